"""The answers of a table that fit no value: how many there are, and in which rows."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..model.answers import Spelling, written
from ..model.checked_answers import unfitting
from ..model.errors import AnswerError, allowed, shown
from ..model.parts import Reading
from ..model.text import counted
from .places import Places

ROWS = 5  # that are named for each answer
MOST = 20  # different answers that are listed of each column
LENIENT = '--lenient, or errors="coerce", takes these as unknown'
USER = 5  # who asked: up through the modules that a table goes through
ERRORS = ("raise", "coerce")
COUNTED = 10_000  # different answers that are counted each on its own
OTHERS = "\0"  # no answer: all that come after these


@dataclass
class BadAnswers:
    """Wrong answers by column, and how often each stands there; `rows` names the first."""

    rows_are: str = "row"
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[object]] = field(default_factory=dict)
    # By column and word the answer itself: a list is none that could be looked up.
    answers: dict[tuple[str, str], object] = field(default_factory=dict)

    def add(self, column: str, answer: object, count: int, rows: Iterable[object] = ()) -> None:
        """Count an answer; of very many different ones the later together."""
        counts = self.counts.setdefault(column, {})
        word = written(answer)
        if word not in counts and len(counts) >= COUNTED:
            word = OTHERS
        counts[word] = counts.get(word, 0) + count
        self.answers.setdefault((column, word), answer)
        named = self.rows.setdefault((column, word), [])
        named += list(rows)[: ROWS - len(named)]

    def __bool__(self) -> bool:
        return bool(self.counts)

    def messages(self, places: Mapping[str, Places]) -> Iterator[str]:
        """One line for each answer, the most frequent first."""
        for column, counts in self.counts.items():
            listed = sorted((w for w in counts if w != OTHERS), key=lambda word: -counts[word])
            for word in listed[:MOST]:
                yield self._message(column, places[column].spelling, word, counts[word])
            if rest := listed[MOST:]:
                more = sum(counts[word] for word in (*rest, OTHERS) if word in counts)
                such = shown(rest[0])
                yield f"{column}: {more} more rows hold other unknown values, such as {such}"

    def _message(self, column: str, spelling: Spelling, word: str, count: int) -> str:
        rows = self.rows[column, word]
        named = ", ".join(str(row) for row in rows) + ", …" * (0 < len(rows) < count)
        where = f" ({self.rows_are}{'s' * (count > 1)} {named})" if rows else ""
        times = f" in {counted(count, 'row')}{where}"
        return f"{column}: unknown value {unfitting(spelling, self.answers[column, word], times)}"


def raise_or_warn(messages: list[str], errors: str) -> None:
    """Raise AnswerError with these messages, or only warn where `errors` is "coerce"."""
    if messages and errors == "raise":
        raise AnswerError([*messages, LENIENT])
    if messages:
        warnings.warn("taken as unknown:\n" + "\n".join(messages), UserWarning, stacklevel=USER)


def check_errors(errors: object) -> None:
    """Raise AnswerError for an unknown value for errors=."""
    if errors not in ERRORS:
        what = allowed(str(errors), ERRORS)
        raise AnswerError([f"unknown value {shown(errors)} for errors=: {what}"])


def check_columns(
    reading: Reading,
    asked: Iterable[str],
    there: Iterable[object],
    results: Iterable[str],
    keep: bool = True,
    fold: bool = False,
) -> list[str]:
    """What is wrong with the columns of a table, a line each for those that are missing.

    Raises AnswerError for a column that stands twice, where no column is a factor, and where
    a result would have the name of a column that is kept; `fold`: but for capitals.
    """
    names = [str(name) for name in there]
    known = [factor.id for factor in reading.factors]
    wrong = [f"the column {shown(id)} appears twice" for id in known if names.count(id) > 1]
    of_results = {_folded(name, fold) for name in results if keep}
    wrong += [
        f"the column {shown(name)} has the name of a result; rename it, or let prefix='…' rename "
        "the results"
        for name in names
        if _folded(name, fold) in of_results
    ]
    if known and not set(known).intersection(names):
        wrong.append(f"no column has the name of a factor; the factors are {', '.join(known)}")
    if wrong:
        raise AnswerError(wrong)
    others = [name for name in dict.fromkeys(names) if name not in known]
    return [
        f"no column {shown(id)}; {_nearest(id, others)}add an empty column to mean unknown"
        for id in asked
        if id not in names
    ]


def _folded(name: str, fold: bool) -> str:
    return name.lower() if fold else name


def _nearest(id: str, others: list[str]) -> str:
    hint, meant, _ = allowed(id, others).partition("? ")
    return f"{hint}? " if meant and hint.startswith("did you mean") else ""
