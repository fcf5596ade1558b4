"""The same patients in the tables of every engine."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
from places import ROOT
from seeded_guides import random_patients

import tree

GUIDES = ["metastatic_liver_cancer", "damaged_library_book", "ear_infection_in_a_child"]


Columns = dict[str, list[Any]]


Plain = list[dict[str, Any]]


def load(name: str) -> tree.Guide:
    return tree.load(ROOT / "data" / name)


def patients(guide: tree.Guide, count: int, seed: int = 1) -> Columns:
    """Patients by column, with a number that tells them apart."""
    found = random_patients(guide, random.Random(seed), count)
    known = {f.id: [patient.get(f.id) for patient in found] for f in guide.factors}
    return {"who": list(range(count)), **known}


def types(columns: Columns) -> dict[str, Any]:
    """A column of nothing but None has a type all the same."""
    kinds = {int: pl.Int64, float: pl.Float64, bool: pl.Boolean, str: pl.String}
    return {
        name: kinds[next((type(v) for v in values if v is not None), str)]
        for name, values in columns.items()
    }


def in_polars(columns: Columns) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=types(columns))


# Before version 2, a table does not keep its connection open.
CONNECTIONS = []


def in_duckdb(columns: Columns) -> Any:
    """A table on a connection of its own."""
    connection = duckdb.connect()
    CONNECTIONS.append(connection)
    # At once: row by row it takes longer than what is tested.
    connection.register("given", in_polars(columns).to_arrow())
    connection.execute("CREATE TABLE patients AS SELECT * FROM given")
    connection.unregister("given")
    return connection.table("patients")


def in_dask(columns: Columns, parts: int = 3) -> Any:
    return dask().from_pandas(in_pandas(columns), npartitions=parts)


def dask() -> Any:
    """Loaded late: it takes longer than the other engines together, and few tests need it."""
    import dask.dataframe

    return dask.dataframe


def in_pandas(columns: Columns) -> pd.DataFrame:
    return pd.DataFrame({k: pd.Series(v, dtype=object) for k, v in columns.items()}).infer_objects()


def plain_duckdb(relation: Any) -> Plain:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def plain_pandas(table: pd.DataFrame) -> Plain:
    found = table.astype(object)
    return found.where(found.notna(), None).to_dict("records")


# What makes a table, what reads it, and its type.
ENGINES: dict[str, tuple[Callable[[Columns], Any], Callable[[Any], Plain], Callable[[], type]]] = {
    "polars": (in_polars, lambda t: t.to_dicts(), lambda: pl.DataFrame),
    "polars, lazy": (
        lambda c: in_polars(c).lazy(),
        lambda t: t.collect().to_dicts(),
        lambda: pl.LazyFrame,
    ),
    "duckdb": (in_duckdb, plain_duckdb, lambda: duckdb.DuckDBPyRelation),
    "dask": (in_dask, lambda t: plain_pandas(t.compute()), lambda: dask().DataFrame),
}


def results(guide: tree.Guide, columns: Columns, **options: Any) -> Plain:
    """By pandas, without the columns that came in."""
    return plain_pandas(guide.classify(in_pandas(columns), **options, keep=False))
