"""What the text says of every row of a table that lies in another engine, worked out there.

One expression serves all of them: it makes a number of each row's answers, its code, and a
join with the small table of all codes says the rest. The only module that knows narwhals.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np

from ..logic.build import Tree
from ..model.answers import MOST, WRONG, Spelling
from ..model.errors import AnswerError, shown
from .bad_answers import BadAnswers, check_columns, check_errors, raise_or_warn
from .patterns import MOST_CODES, Patterns, columns
from .places import Places
from .spelling import Mapped, places_of

# Without blanks: older versions of narwhals do not quote names for DuckDB.
CODE = "code_of_the_case"
PLACE = "place_of_"  # before the name of a factor
# Up to so many codes are all joined; of more only those that occur, which asks for them first.
MOST_JOINED = 4_096
MOST_OCCURRING = 1_000_000
MOST_SPELLED = 100_000  # unusual spellings of one column
# As most numbers are written, in what all engines understand.
NUMBER = r"^-?[0-9]{1,12}([.][0-9]{1,9})?\z"

ResultRows = list[tuple[Any, ...]]


def classify(
    tree: Tree,
    table: Any,
    mapping: Mapped | None = None,
    errors: str = "raise",
    keep: bool = True,
    prefix: str = "",
) -> Any:
    """What the text says of each row; see `Guide.classify`. A lazy table stays lazy."""
    check_errors(errors)
    every = places_of(tree.reading, mapping)
    patterns = Patterns(tree, every)
    check_size(patterns)
    frame: Any = nw.from_native(table)
    schema = frame.collect_schema()
    results = [column.name for column in columns(patterns, prefix)]
    # To SQL small letters and capitals are the same.
    results_and_code = [*results, CODE]
    fold = engine_of(table) != "polars"
    missing = check_columns(
        tree.reading, patterns.factors, schema, results_and_code, keep, fold=fold
    )
    there = {id: places for id, places in every.items() if id in schema}
    place_in = {id: _place(id, places.spelling, schema[id]) for id, places in there.items()}
    placed = frame.with_columns(**{PLACE + id: place for id, place in place_in.items()})
    bad_answers = BadAnswers()
    for id, answers in _unusual(placed, there).items():
        for answer, times in answers.items():
            if there[id].place(answer) == WRONG:
                bad_answers.add(id, answer, times)
        if words := _plain_words(id, there[id], answers, schema[id]):
            place_in[id] = _by_word(nw.col(id).cast(nw.String), words, place_in[id])
            placed = placed.with_columns(**{PLACE + id: place_in[id]})
    raise_or_warn([*missing, *bad_answers.messages(there)], errors)
    check_size(patterns)
    coded = placed.with_columns(_code(patterns, every, there).alias(CODE))
    if patterns.count <= MOST_JOINED:
        codes = np.arange(patterns.count)
    else:
        codes = np.array(_occurring(coded), dtype=np.int64)
    ends = patterns.find(patterns.digits(codes))
    made = columns(patterns, prefix)
    rows = [
        (code, *(c.words[at] if (at := c.of_end[end]) >= 0 else None for c in made))
        for code, end in zip(codes.tolist(), ends.tolist(), strict=True)
    ]
    kept = list(schema) if keep else []
    native = nw.to_native(coded.select(*kept, CODE))
    joined: Any = nw.from_native(_joined(native, [CODE, *results], rows, engine_of(table)))
    return nw.to_native(joined.select(*kept, *results))


def check_size(patterns: Patterns) -> None:
    """Raise AnswerError where there are more patterns than an engine can number."""
    if patterns.count >= MOST_CODES:
        raise AnswerError(["the tree asks too many questions for this engine; take pandas"])


def engine_of(table: object) -> str:
    """The library that a table is of."""
    root = type(table).__module__.partition(".")[0].lstrip("_")
    return "duckdb" if root.startswith("duckdb") else root


def _place(id: str, spelling: Spelling, dtype: Any) -> nw.Expr:
    """The place of the value that an answer stands for, as `Spelling.place` has it.

    WRONG for words that fit none, and for those that are spelt in a way that is not usual.
    """
    column = nw.col(id)
    cases: list[tuple[nw.Expr, int]] = []
    is_missing = column.is_null()
    if dtype == nw.Boolean:
        true_or_false = {True: spelling.place(True), False: spelling.place(False)}
        cases = [(column == answer, place) for answer, place in true_or_false.items()]
    elif dtype.is_numeric():
        number = column.cast(nw.Float64)
        is_missing = is_missing | number.is_nan() if dtype.is_float() else is_missing
        cases = [(number == n, place) for n, place in spelling.numbers.items()]
        cases += _bands(number, spelling)
    elif dtype in (nw.String, nw.Categorical, nw.Enum):
        column = column.cast(nw.String)
        cases = _words(column, spelling.words)
        if spelling.bands:
            digits = nw.when(column.str.contains(NUMBER)).then(column).cast(nw.Float64)
            cases += [(digits == n, place) for n, place in spelling.numbers.items()]
            cases += _bands(digits, spelling)
    elif dtype != nw.Unknown:
        raise AnswerError([f"{id}: a column of {dtype} holds no answers"])
    return _first([(is_missing, spelling.unknown), *cases], nw.lit(WRONG))


def _words(column: nw.Expr, words: Mapping[str, int]) -> list[tuple[nw.Expr, int]]:
    """The words that stand for each place."""
    of_place: dict[int, list[str]] = {}
    for word, place in words.items():
        of_place.setdefault(place, []).append(word)
    return [(column.is_in(each), place) for place, each in of_place.items()]


def _plain_words(id: str, places: Places, answers: Iterable[object], dtype: Any) -> dict[str, int]:
    """What unusual spellings stand for, where it is plain."""
    if dtype not in (nw.String, nw.Categorical, nw.Enum):
        return {}
    words = {word: places.place(word) for word in answers if isinstance(word, str)}
    plain = {word: place for word, place in words.items() if place != WRONG}
    if len(plain) > MOST_SPELLED:
        which = f"more than {MOST_SPELLED} unusual spellings, such as {shown(next(iter(plain)))}"
        raise AnswerError([f"{id}: {which}; write numbers as 7.5"])
    return plain


def _by_word(column: nw.Expr, words: Mapping[str, int], found: nw.Expr) -> nw.Expr:
    """The place of a word, or what else was found.

    There may be a thousand places, so half of them are left at every step: an expression that
    takes one after the other would be too deep for some engines.
    """

    of_place = sorted(words, key=words.__getitem__)

    def among(some: Sequence[str]) -> nw.Expr:
        first, last = words[some[0]], words[some[-1]]
        if first == last:
            return nw.lit(first)
        middle = [word for word in some if words[word] <= (first + last) // 2]
        rest = some[len(middle) :]
        return nw.when(column.is_in(middle)).then(among(middle)).otherwise(among(rest))

    return nw.when(column.is_in(of_place)).then(among(of_place)).otherwise(found)


def _bands(number: nw.Expr, spelling: Spelling) -> Iterator[tuple[nw.Expr, int]]:
    for place, band in enumerate(spelling.bands):
        inside = [number > -MOST, number < MOST]
        if band.low is not None:
            inside.append(number >= band.low if band.low_inside else number > band.low)
        if band.high is not None:
            inside.append(number <= band.high if band.high_inside else number < band.high)
        yield functools.reduce(operator.and_, inside), place


def _first(cases: Sequence[tuple[nw.Expr, int]], found: nw.Expr) -> nw.Expr:
    """The place of the first case that holds, or what else was found."""
    for holds, place in reversed(cases):
        found = nw.when(holds).then(nw.lit(place)).otherwise(found)
    return found


def _code(patterns: Patterns, every: Mapping[str, Places], there: Collection[str]) -> nw.Expr:
    """The code of a row whose places are known; what is wrong counts as unknown."""
    code: nw.Expr = nw.lit(0).cast(nw.Int64)
    for id, weight in zip(patterns.factors, patterns.weights, strict=True):
        unknown: nw.Expr = nw.lit(every[id].unknown)
        place = nw.col(PLACE + id)
        known = nw.when(place == WRONG).then(unknown).otherwise(place) if id in there else unknown
        code = code + known.cast(nw.Int64) * weight
    return code


def _unusual(placed: Any, there: Collection[str]) -> dict[str, dict[object, int]]:
    """The answers of each column that have no place yet, each with the number of its rows.

    One look at all columns, a second at those that have some.
    """
    if not there:
        return {}
    places = [PLACE + id for id in there]
    one_or_none = [
        nw.when(nw.col(place) == WRONG).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(place)
        for place in places
    ]
    ((*counts,),) = _rows(placed.select(*one_or_none))
    found: dict[str, dict[object, int]] = {}
    for id, count in zip(there, counts, strict=True):
        if count:
            unusual = placed.filter(nw.col(PLACE + id) == WRONG).group_by(id)
            rows = _rows(unusual.agg(**{CODE: nw.len()}))
            found[id] = dict(sorted(rows, key=lambda row: (-row[1], str(row[0]))))
    return found


def _occurring(coded: Any) -> list[int]:
    rows = _rows(coded.select(CODE).unique().head(MOST_OCCURRING + 1))
    if len(rows) > MOST_OCCURRING:
        raise AnswerError([f"more than {MOST_OCCURRING} different cases; take them in parts"])
    return sorted(code for (code,) in rows)


def _rows(frame: Any) -> ResultRows:
    """All rows of a small table, as Python has them."""
    native = nw.to_native(frame)
    match engine_of(native):
        case "polars":
            native = native.collect() if hasattr(native, "collect") else native
            return list(native.rows())
        case "duckdb":
            return list(native.fetchall())
        case _:
            return [tuple(row) for row in native.collect()]


def _joined(native: Any, names: Sequence[str], rows: ResultRows, engine: str) -> Any:
    """A table with what `rows` say of its codes; their columns have these names."""
    match engine:
        case "polars":
            import polars as pl

            schema = {names[0]: pl.Int64} | dict.fromkeys(names[1:], pl.String)
            known = pl.DataFrame(rows, schema=schema, orient="row")
            right = known.lazy() if isinstance(native, pl.LazyFrame) else known
            return native.join(right, on=names[0], how="left", maintain_order="left")
        case "duckdb":
            return _joined_in_sql(native, names, rows)
        case _:
            columns_ = [f"`{name.replace('`', '``')}` string" for name in names[1:]]
            columns_.insert(0, f"`{names[0]}` bigint")
            told_of = native.sparkSession.createDataFrame(rows, ", ".join(columns_))
            return native.join(told_of, on=names[0], how="left")


def _joined_in_sql(native: Any, names: Sequence[str], rows: ResultRows) -> Any:
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
    one_row = native.limit(0).aggregate("count(*) AS n")
    known = one_row.project(
        f"unnest({_list(codes)}::BIGINT[]) AS code, unnest({_list(at)}) AS number"
    )
    known = known.project(f"code, {', '.join(words)}").set_alias("known")
    on = f"patients.{_named(names[:1])} = known.code"
    return native.set_alias("patients").join(known, on, how="left")


def _list(values: Iterable[object]) -> str:
    return f"[{', '.join(map(_sql, values))}]"


def _sql(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _named(names: Iterable[str]) -> str:
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)
