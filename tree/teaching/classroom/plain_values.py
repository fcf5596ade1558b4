"""Attempts → what was read as what, by the names of the guide, whatever language was on screen.

Older records hold what was expected and given as words of a screen. An answer holds names of the
guide in all records, so it says which word stands for which name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...messages import VALUES, valued
from ...model.parts import UNKNOWN, capitalized
from ..questions.attempts import Attempt
from ..questions.questions import BRANCH, STANDING


@dataclass(frozen=True)
class _Reading:
    """How one attempt read a factor; `value`: its answer, "" where it holds none."""

    attempt: Attempt
    factor: str
    right: bool
    value: str

    @property
    def key(self) -> tuple[str, str]:
        return self.attempt.guide, self.factor


ValuesOfGuides = Mapping[tuple[str, str], Iterable[str]]  # by guide and factor


def read_values(
    attempts: Iterable[Attempt], known: ValuesOfGuides
) -> Iterator[tuple[str, str, str, str]]:
    """Guide, factor, what the vignette says of it, and what was answered.

    `known`: the values of the guides that are there.
    """
    readings = list(_readings(attempts))
    values = _values_by_word(readings, known)
    # What every guide may have as a value has the same word everywhere.
    common = {capitalized(value): value for value in VALUES}
    common |= {valued(value): value for value in VALUES}
    common |= {
        word: value for each in values.values() for word, value in each.items() if value in VALUES
    }
    for reading in readings:
        names = common | values[reading.key]
        word, expected = reading.attempt.given, reading.attempt.expected
        given = reading.value or names.get(word, word)
        yield *reading.key, given if reading.right else names.get(expected, expected), given


def _readings(attempts: Iterable[Attempt]) -> Iterator[_Reading]:
    for attempt in attempts:
        if attempt.kind not in (BRANCH, STANDING) or not isinstance(attempt.answer, dict):
            continue
        said = attempt.answer if attempt.kind == BRANCH else attempt.answer.get("factors")
        for each in attempt.judged:
            # What is left out is unknown.
            value = str(said.get(each.factor) or UNKNOWN) if isinstance(said, dict) else ""
            is_known = value if each.right else attempt.factor == each.factor
            if each.factor and is_known:
                yield _Reading(attempt, each.factor, each.right, value)


def _values_by_word(
    readings: Iterable[_Reading], known: ValuesOfGuides
) -> dict[tuple[str, str], dict[str, str]]:
    """For each factor of a guide the values by their words; each value is a word for itself."""
    plain = defaultdict(set, {key: set(values) for key, values in known.items()})
    shown: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for each in readings:
        plain[each.key].add(each.value)
        if each.right or not each.value:
            continue
        if each.attempt.given == each.value:
            plain[each.key].add(each.attempt.expected)
        else:
            shown[each.key][each.attempt.given] = each.value
    return {
        key: {capitalized(value): value for value in values}
        | shown[key]
        | {value: value for value in values}
        for key, values in plain.items()
    }
