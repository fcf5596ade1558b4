"""What the text says of every row of a table that lies in another engine, worked out there.

One expression serves all of them: it makes a number of each row's answers, its code, and a join
with the small table of all codes says the rest. Where there are several trees, small ones share a
code. The only module that knows narwhals.
"""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np

from ..model.answers import MOST, WRONG, Spelling
from ..model.errors import AnswerError, shown
from ..model.parts import Reading
from .bad_answers import BadAnswers, check_columns, check_errors, raise_or_warn
from .engine_joins import CodeWords, ResultRows, engine_of, joined
from .guide_patterns import GuidePatterns
from .patterns import MOST_CODES, Patterns
from .places import Places
from .spelling import Mapped, places_of

# Without blanks: older versions of narwhals do not quote names for DuckDB.
CODE = "code_of_the_case"
PLACE = "place_of_"  # before the name of a factor
# Up to so many codes are all joined; of more only those that occur, which asks for them first.
MOST_JOINED = 4_096
MOST_TOGETHER = 256  # codes of trees that are joined together
MOST_OCCURRING = 1_000_000
MOST_SPELLED = 100_000  # unusual spellings of one column
# As most numbers are written, in what all engines understand.
NUMBER = r"^-?[0-9]{1,12}([.][0-9]{1,9})?\z"


def classify(
    reading: Reading,
    table: Any,
    mapping: Mapped | None = None,
    errors: str = "raise",
    keep: bool = True,
    prefix: str = "",
) -> Any:
    """What the text says of each row; see `Guide.classify`. A lazy table stays lazy."""
    check_errors(errors)
    every = places_of(reading, mapping)
    patterns = GuidePatterns(reading, every)
    check_size(patterns)
    frame: Any = nw.from_native(table)
    schema = frame.collect_schema()
    results = [column.name for column in patterns.columns(prefix)]
    groups = _grouped(patterns.trees)
    # To SQL small letters and capitals are the same.
    fold = engine_of(table) != "polars"
    named = [*results, *(group.code for group in groups)]
    missing = check_columns(reading, patterns.factors, schema, named, keep, fold=fold)
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
    # An answer of several values has made more patterns.
    groups = _grouped(patterns.trees)
    kept = list(schema) if keep else []
    coded = placed.select(*kept, **{each.code: each.of_row(every, there) for each in groups})
    ends = [group.ends(coded) for group in groups]
    made = patterns.columns(prefix)
    known = []
    for group, of_code in zip(groups, ends, strict=True):
        told = [column for column in made if column.tree in group.trees]
        rows = [
            (code, *(c.words[at] if (at := c.of_end[end[c.tree]]) >= 0 else None for c in told))
            for code, end in of_code.items()
        ]
        known.append(CodeWords(group.code, [column.name for column in told], rows))
    native = joined(nw.to_native(coded), known, table)
    return nw.to_native(nw.from_native(native).select(*kept, *results))


@dataclass(frozen=True)
class _Group:
    """Trees, by their number, whose codes make one number together: so there are fewer joins."""

    code: str
    trees: Mapping[int, Patterns]

    @property
    def count(self) -> int:
        """How many codes there are."""
        return math.prod(each.count for each in self.trees.values())

    @property
    def weights(self) -> Iterator[int]:
        """What the code of each tree counts."""
        counts = [each.count for each in self.trees.values()]
        yield from itertools.accumulate(counts[:-1], operator.mul, initial=1)

    def of_row(self, every: Mapping[str, Places], there: Collection[str]) -> nw.Expr:
        """The code of a row whose places are known."""
        codes = (_code(each, every, there) for each in self.trees.values())
        weighted = (code * weight for code, weight in zip(codes, self.weights, strict=True))
        return functools.reduce(operator.add, weighted)

    def ends(self, coded: Any) -> dict[int, dict[int, int]]:
        """The end in every tree for every code: for all codes, or for those that occur."""
        if self.count <= MOST_JOINED:
            codes = np.arange(self.count)
        else:
            codes = np.array(_occurring(coded, self.code), dtype=np.int64)
        of_tree = {
            number: each.find(each.digits(codes // weight % each.count)).tolist()
            for (number, each), weight in zip(self.trees.items(), self.weights, strict=True)
        }
        every = zip(*of_tree.values(), strict=True)
        return {
            code: dict(zip(of_tree, ends, strict=True))
            for code, ends in zip(codes.tolist(), every, strict=True)
        }


def _grouped(trees: Sequence[Patterns]) -> list[_Group]:
    """The trees in their order, several together while they have few codes."""
    groups: list[dict[int, Patterns]] = []
    for number, patterns in enumerate(trees):
        if not groups or _Group("", groups[-1]).count * patterns.count > MOST_TOGETHER:
            groups.append({})
        groups[-1][number] = patterns
    return [_Group(f"{CODE}_{place}", each) for place, each in enumerate(groups)]


def check_size(patterns: GuidePatterns) -> None:
    """Raise AnswerError where a tree has more patterns than an engine can number."""
    if any(each.count >= MOST_CODES for each in patterns.trees):
        raise AnswerError(["the tree asks too many questions for this engine; take pandas"])


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


def _occurring(coded: Any, code: str) -> list[int]:
    rows = _rows(coded.select(code).unique().head(MOST_OCCURRING + 1))
    if len(rows) > MOST_OCCURRING:
        raise AnswerError([f"more than {MOST_OCCURRING} different cases; take them in parts"])
    return sorted(each for (each,) in rows)


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
