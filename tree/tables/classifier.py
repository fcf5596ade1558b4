"""What the text says of every row of a pandas table, without a loop over its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..model.answers import MOST, WRONG, Spelling, missing
from ..model.parts import Reading
from .bad_answers import BadAnswers, check_columns, check_errors, raise_or_warn
from .guide_patterns import Column, GuidePatterns
from .patterns import Ints
from .places import Places
from .progress import waiting
from .row_ends import NOWHERE, RowEnds, looked_up, smallest
from .spelling import Mapped, places_of

BLOCK = 1 << 18  # rows that are looked at together: some megabytes


class Classifier:
    """A guide, ready to say of tables what the text says of each row.

    Keep one for several tables of the same patients: what was found once is kept. The wrong
    answers of all tables are counted in `found`.
    """

    def __init__(
        self,
        reading: Reading,
        mapping: Mapped | None = None,
        prefix: str = "",
        rows_are: str = "row",
    ) -> None:
        self.reading = reading
        self.places = places_of(reading, mapping)
        self.patterns = GuidePatterns(reading, self.places)
        self.prefix = prefix
        self.bad_answers = BadAnswers(rows_are)
        self._in_trees = [RowEnds(patterns) for patterns in self.patterns.trees]

    @property
    def results(self) -> list[str]:
        """The names of the columns that come out."""
        return [column.name for column in self.patterns.columns(self.prefix)]

    def answers(self, table: pd.DataFrame) -> dict[str, Ints]:
        """For every factor the places of its answers; wrong ones are unknown, and counted."""
        return {
            id: self._placed(id, table[id], places)
            if id in table.columns
            else np.full(len(table), places.unknown, dtype=np.int32)
            for id, places in self.places.items()
        }

    def ends(self, table: pd.DataFrame) -> list[Ints]:
        """For every tree the number of each row's end; wrong answers are unknown, and counted."""
        answers = self.answers(table)
        return [each.find(answers, len(table)) for each in self._in_trees]

    def _placed(self, id: str, column: Any, places: Places) -> Ints:
        """The place of every answer of a column."""
        unknown = places.unknown
        if places.spelling.bands and _holds_numbers(column):
            at = _in_bands(column, places.spelling)
            if (at == WRONG).any():
                which, answers = pd.factorize(column)
                self._count(id, column, which, answers, at == WRONG)
                at[at == WRONG] = unknown
            return at
        which, answers = _factorized(column)
        found = [places.place(answer) for answer in answers]
        if WRONG in found:
            self._count(id, column, which, answers, np.array([*found, 0])[which] == WRONG)
            found = [unknown if place == WRONG else place for place in found]
        # An answer that is missing is number -1: the last of the list.
        in_place = found == list(range(min(len(found), unknown + 1)))
        if in_place and unknown <= np.iinfo(which.dtype).max:
            # Categories as the factor has them, each with its place already.
            if which.min(initial=0) == 0:
                return which
            # Read as a number without a sign, -1 is the greatest of all; unknown is the last place.
            unsigned = which.view(f"u{which.itemsize}")
            known: Ints = np.minimum(unsigned, unsigned.dtype.type(unknown))
            return known.view(which.dtype)
        return np.array([*found, unknown], dtype=smallest(places.count))[which]

    def _count(self, id: str, column: Any, which: Ints, answers: Any, wrong: Any) -> None:
        rows = np.flatnonzero(wrong)
        of_row = which[rows]
        kinds, first, counts = np.unique(of_row, return_index=True, return_counts=True)
        for kind in kinds[np.argsort(first)].tolist():
            at = np.searchsorted(kinds, kind)
            labels = column.index[rows[of_row == kind][:5]] if len(kinds) <= 1000 else []
            self.bad_answers.add(id, _plain(answers[kind]), int(counts[at]), labels)

    def result_table(self, ends: Sequence[Ints], index: pd.Index[Any]) -> pd.DataFrame:
        """The results of some rows, one column each, as categories; `ends` by tree."""
        columns = self.patterns.columns(self.prefix)
        made = {column.name: _categories(column, ends[column.tree]) for column in columns}
        return pd.DataFrame(made, index=index, copy=False)

    def result_words(self, ends: Sequence[Ints]) -> list[list[str]]:
        """The same in words, column by column; "" where there is nothing to say."""
        return [
            np.array([*column.words, ""], dtype=object)[
                np.array(column.of_end, dtype=np.intp)[ends[column.tree]]
            ].tolist()
            for column in self.patterns.columns(self.prefix)
        ]


def classify(
    reading: Reading,
    table: pd.DataFrame,
    mapping: Mapped | None = None,
    errors: str = "raise",
    keep: bool = True,
    prefix: str = "",
) -> pd.DataFrame:
    """What the text says of each row; see `Guide.classify`."""
    check_errors(errors)
    classifier = Classifier(reading, mapping, prefix)
    asked, results = classifier.patterns.factors, classifier.results
    missing = check_columns(reading, asked, table.columns, results, keep)
    if errors == "raise":
        raise_or_warn(missing, errors)
    blocks = []
    used = table[[id for id in classifier.places if id in table.columns]]
    with waiting(len(table), reading.subject.plural) as done:
        # Of a table without rows there is one block, too.
        for start in range(0, max(len(table), 1), BLOCK):
            block = used.iloc[start : start + BLOCK]
            blocks.append(classifier.ends(block))
            done(len(block))
    raise_or_warn([*missing, *classifier.bad_answers.messages(classifier.places)], errors)
    ends = [np.concatenate(of_tree) for of_tree in zip(*blocks, strict=True)]
    results_of_rows = classifier.result_table(ends, table.index)
    return pd.concat([table, results_of_rows], axis=1) if keep else results_of_rows


def classify_dask(
    reading: Reading, table: Any, mapping: Mapped | None, errors: str, keep: bool, prefix: str
) -> Any:
    """The same of a Dask table, part by part when it is computed; the parts are pandas tables.

    So that every part has the same categories, all paths are looked up first.
    """
    check_errors(errors)
    empty = table._meta_nonempty.iloc[:0]
    words = _plain_words(classify(reading, empty, mapping, errors, keep, prefix), prefix)
    part: Callable[..., pd.DataFrame] = _part
    options = {"mapping": mapping, "errors": errors, "keep": keep, "prefix": prefix}
    return table.map_partitions(part, reading=reading, meta=words, **options)


def _part(part: pd.DataFrame, reading: Reading, **options: Any) -> pd.DataFrame:
    return _plain_words(classify(reading, part, **options), options["prefix"])


def _plain_words(table: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Paths differ from part to part, and so would their categories."""
    # Not "str", which before pandas 3 makes the word "nan" of what is missing.
    names = [f"{prefix}{name}" for name in ("path", "possible")]
    return table.astype({name: "string" for name in names if name in table.columns})


def _categories(column: Column, ends: Ints) -> Any:
    small = np.int8 if len(column.words) < 128 else np.int32
    codes: Any = looked_up(np.array(column.of_end, dtype=small), ends)
    dtype: Any = pd.CategoricalDtype(pd.Index(column.words, dtype="str"))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)


def _factorized(column: Any) -> tuple[Ints, Any]:
    """Each answer as a number, and what the numbers stand for; -1 for missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories
    try:
        which, answers = pd.factorize(column)
    except (TypeError, ArithmeticError):  # lists and the like, which no answer can be
        return _told_apart(column)
    # True and 1 are the same to pandas, and not to a factor with bands.
    mixed = column.dtype == object and any(_is_0_or_1(answer) for answer in answers)
    return _told_apart(column) if mixed else (which, answers)


def _is_0_or_1(answer: object) -> bool:
    return not isinstance(answer, str) and isinstance(answer, Hashable) and answer in (0, 1)


def _told_apart(column: Any) -> tuple[Ints, Any]:
    """The same of answers of many kinds, one after the other."""
    numbers: dict[object, int] = {}
    answers: list[object] = []
    which = np.full(len(column), NOWHERE, dtype=np.intp)
    for row, answer in enumerate(column):
        if missing(answer):
            continue
        try:
            key = type(answer), answer
            hash(key)
        except TypeError:
            key = type(answer), repr(answer)
        which[row] = numbers.setdefault(key, len(numbers))
        if len(numbers) > len(answers):
            answers.append(answer)
    return which, answers


def _holds_numbers(column: Any) -> bool:
    types = pd.api.types
    others = types.is_bool_dtype(column) or types.is_complex_dtype(column)
    return types.is_numeric_dtype(column) and not others


def _in_bands(column: Any, spelling: Spelling) -> Ints:
    """As `Spelling.place`, all numbers of a column at once."""
    numbers = column.to_numpy(dtype=float, na_value=np.nan)
    places = np.full(len(numbers), WRONG, dtype=np.int32)
    usable = np.isfinite(numbers) & (np.abs(numbers) < MOST)
    for place, band in reversed(list(enumerate(spelling.bands))):
        inside = usable.copy()
        if band.low is not None:
            inside &= (numbers >= band.low) if band.low_inside else (numbers > band.low)
        if band.high is not None:
            inside &= (numbers <= band.high) if band.high_inside else (numbers < band.high)
        places[inside] = place
    for number, place in spelling.numbers.items():
        places[numbers == number] = place
    places[np.isnan(numbers)] = spelling.unknown
    return places


def _plain(answer: Any) -> Any:
    """An answer as Python's own value."""
    return answer.item() if isinstance(answer, np.generic) else answer
