"""Join a table of another engine with the words for its codes."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

ResultRows = list[tuple[Any, ...]]
MOST_LISTED = 256  # codes; what is known of more is joined


def engine_of(table: object) -> str:
    """The library that a table is of."""
    root = type(table).__module__.partition(".")[0].lstrip("_")
    return "duckdb" if root.startswith("duckdb") else root


@dataclass(frozen=True)
class CodeWords:
    """The words for the codes in a column: for each code a row, with a word for each name."""

    code: str
    names: Sequence[str]
    rows: ResultRows

    @property
    def is_list(self) -> bool:
        """Whether the codes count the rows from 0, and there are few of them."""
        return 0 < len(self.rows) <= MOST_LISTED and all(
            code == place for place, (code, *_) in enumerate(self.rows)
        )


def joined(native: Any, known: Sequence[CodeWords], first: Any) -> Any:
    """A table with what is known of its codes, one column for each name.

    `first`: the table that came in.
    """
    engine = engine_of(first)
    if engine == "duckdb":
        return _joined_in_sql(native, known, first)
    join = _joined_in_polars if engine == "polars" else _joined_in_spark
    return functools.reduce(join, known, native)


def _joined_in_polars(native: Any, known: CodeWords) -> Any:
    import polars as pl

    schema = {known.code: pl.Int64} | dict.fromkeys(known.names, pl.String)
    rows = pl.DataFrame(known.rows, schema=schema, orient="row")
    right = rows.lazy() if isinstance(native, pl.LazyFrame) else rows
    return native.join(right, on=known.code, how="left", maintain_order="left")


def _joined_in_spark(native: Any, known: CodeWords) -> Any:
    names = (name.replace("`", "``") for name in known.names)
    columns = [f"`{known.code}` bigint", *(f"`{name}` string" for name in names)]
    rows = native.sparkSession.createDataFrame(known.rows, ", ".join(columns))
    return native.join(rows, on=known.code, how="left")


def _joined_in_sql(native: Any, known: Sequence[CodeWords], first: Any) -> Any:
    """One join is quickest. But DuckDB plans every step again from the start, so of several what
    is known of few codes is looked up in lists, all of it in one step."""
    listed = [each for each in known if each.is_list] if len(known) > 1 else []
    if listed:
        words = (sql for each in listed for sql in _looked_up(each))
        native = native.project(", ".join(["*", *words]))
    for each in known:
        if each not in listed:
            native = _joined_with_table(native, each, first)
    return native


def _looked_up(known: CodeWords) -> Iterator[str]:
    """An expression for each column: the word of a row's code. DuckDB counts the items from 1."""
    _, *columns = zip(*known.rows, strict=True)
    for name, words in zip(known.names, columns, strict=True):
        yield f"({_list(words)}::VARCHAR[])[{_named([known.code])} + 1] AS {_named([name])}"


def _joined_with_table(native: Any, known: CodeWords, first: Any) -> Any:
    """The join on the connection that the table is of, which needs no name for it: a table of one
    row of its own is made into the table of codes. Most codes have their words in common, so that
    these are written once."""
    numbers: dict[tuple[Any, ...], int] = {}
    ends = [(code, numbers.setdefault(tuple(words), len(numbers))) for code, *words in known.rows]
    # Of no rows at all none is asked for.
    said = zip(*numbers, strict=True) if numbers else ([] for _ in known.names)
    words = (
        f"{_list(each)}[number + 1] AS {_named([n])}"
        for n, each in zip(known.names, said, strict=True)
    )
    codes, at = zip(*ends, strict=True) if ends else ((), ())
    one_row = first.limit(0).aggregate("count(*) AS n")
    table = one_row.project(
        f"unnest({_list(codes)}::BIGINT[]) AS code, unnest({_list(at)}) AS number"
    )
    # The number of the code, so that no two tables that are joined have a column of one name.
    code = f"known_{known.code}"
    table = table.project(f"code AS {_named([code])}, {', '.join(words)}").set_alias("known")
    on = f"patients.{_named([known.code])} = known.{_named([code])}"
    return native.set_alias("patients").join(table, on, how="left")


def _list(values: Iterable[object]) -> str:
    return f"[{', '.join(map(_sql, values))}]"


def _sql(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _named(names: Iterable[str]) -> str:
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)
