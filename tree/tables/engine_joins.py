"""A table of another engine joined with what is to be said of its codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

ResultRows = list[tuple[Any, ...]]


def engine_of(table: object) -> str:
    """The library that a table is of."""
    root = type(table).__module__.partition(".")[0].lstrip("_")
    return "duckdb" if root.startswith("duckdb") else root


def joined(native: Any, names: Sequence[str], rows: ResultRows, engine: str, first: Any) -> Any:
    """A table with what `rows` say of its codes; their columns have these names.

    `first`: the table that came in.
    """
    match engine:
        case "polars":
            import polars as pl

            schema = {names[0]: pl.Int64} | dict.fromkeys(names[1:], pl.String)
            known = pl.DataFrame(rows, schema=schema, orient="row")
            right = known.lazy() if isinstance(native, pl.LazyFrame) else known
            return native.join(right, on=names[0], how="left", maintain_order="left")
        case "duckdb":
            return _joined_in_sql(native, names, rows, first)
        case _:
            columns_ = [f"`{name.replace('`', '``')}` string" for name in names[1:]]
            columns_.insert(0, f"`{names[0]}` bigint")
            told_of = native.sparkSession.createDataFrame(rows, ", ".join(columns_))
            return native.join(told_of, on=names[0], how="left")


def _joined_in_sql(native: Any, names: Sequence[str], rows: ResultRows, first: Any) -> Any:
    """The join by DuckDB, on the connection that the table is of, which needs no name for it:
    a table of one row of its own is made into the table of codes. Most codes have their words
    in common, so that these are written once."""
    numbers: dict[tuple[Any, ...], int] = {}
    ends = [(code, numbers.setdefault(tuple(words), len(numbers))) for code, *words in rows]
    # DuckDB counts the items of a list from 1; of no rows at all none is asked for.
    said = zip(*numbers, strict=True) if numbers else ([] for _ in names[1:])
    words = (
        f"{_list(each)}[number + 1] AS {_named([n])}"
        for n, each in zip(names[1:], said, strict=True)
    )
    codes, at = zip(*ends, strict=True) if ends else ((), ())
    one_row = first.limit(0).aggregate("count(*) AS n")
    known = one_row.project(
        f"unnest({_list(codes)}::BIGINT[]) AS code, unnest({_list(at)}) AS number"
    )
    # The number of the code, so that no two tables that are joined have a column of one name.
    code = f"known_{names[0]}"
    known = known.project(f"code AS {_named([code])}, {', '.join(words)}").set_alias("known")
    on = f"patients.{_named(names[:1])} = known.{_named([code])}"
    return native.set_alias("patients").join(known, on, how="left")


def _list(values: Iterable[object]) -> str:
    return f"[{', '.join(map(_sql, values))}]"


def _sql(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _named(names: Iterable[str]) -> str:
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)
