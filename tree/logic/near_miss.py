"""For a statement a case for which it holds, and a near one for which it does not.

The field calls the pair a positive example and its minimal counterfactual.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..loading.overlaps import joined
from ..model.parts import Conjunction, Factor, Reading, Statement
from .decisions import decisions

Answers = Mapping[str, str]
Miss = tuple[str, str]


def near_miss(reading: Reading, statement: Statement) -> tuple[Answers | None, Miss | None]:
    """A case for which a statement holds, and the answer that, changed, makes it not hold.

    The case has answers to what the statement asks, and none to a question that does not apply.
    Both are None where there is no such case.

    >>> from tree import load
    >>> library = load("data/damaged_library_book")
    >>> near_miss(library, library.statement("lending_desk_hardly_late"))[1]
    ('days_late', 'more than 14 days')
    """
    near = _Near(reading, statement)
    return next(near.misses(), (None, None))


class _Near:
    """Looks for cases of one statement."""

    def __init__(self, reading: Reading, statement: Statement) -> None:
        self.decided, self.statement = decisions(reading), statement
        asked = reading.asked_in(statement.condition)
        self.asked = [factor for factor in reading.factors if factor.id in asked]
        self.counts = {count.id: count for count in reading.counts}
        self.wanted = self._wanted()

    def misses(self) -> Iterator[tuple[Answers, Miss]]:
        """Every case that is tried, with the answers that make it a near miss."""
        for conjunction in self.statement.condition:
            case = self._case(conjunction)
            for factor in reversed(self.asked) if case else ():
                for value in _by_nearness(factor, case.get(factor.id)):
                    if self._holds({**case, factor.id: value}) is False:
                        yield case, (factor.id, value)

    def _holds(self, case: Answers) -> bool | None:
        return self.decided.holds(self.statement, case)

    def _wanted(self) -> Counter[tuple[str, str]]:
        """How often the condition names each value, what it counts included."""
        wanted: Counter[tuple[str, str]] = Counter()
        for id, values in (literal for each in self.statement.condition for literal in each):
            wanted.update((id, value) for value in values)
            if id in self.counts:
                counted = self.counts[id]
                bands = dict(zip(counted.values, counted.bands, strict=True))
                is_enough = any(bands[value].high is None for value in values)
                for part, worth in counted.points:
                    for value, points in worth:
                        wanted[part, value] += 1 if (points > 0) is is_enough else -1
        return wanted

    def _case(self, conjunction: Conjunction) -> dict[str, str]:
        """Answers that fit a conjunction, and the others as little as can be; none if none fits."""
        allowed: Mapping[str, frozenset[str]] = joined(conjunction)
        counting = not self.counts.keys().isdisjoint(allowed)
        if counting:
            allowed = self.decided.case_of(self.statement) or {}
        case: dict[str, str] = {}
        for factor in self.asked:
            fitting = [v for v in factor.values if v in allowed.get(factor.id, factor.values)]
            if not fitting:
                return {}
            if factor.applies(case):
                case[factor.id] = self._least_wanted(factor, fitting)
        return self._least(case) if counting else case

    def _least_wanted(self, factor: Factor, values: Sequence[str]) -> str:
        return min(values, key=lambda value: self.wanted[factor.id, value])

    def _least(self, case: dict[str, str]) -> dict[str, str]:
        """The case with no more of what is counted than it needs."""
        for factor in reversed([factor for factor in self.asked if factor.id in case]):
            changed = {**case, factor.id: self._least_wanted(factor, factor.values)}
            if self._holds(changed) and all(f.applies(changed) for f in self.asked if f.id in case):
                case = changed
        return case


def _by_nearness(factor: Factor, value: str | None) -> list[str]:
    """The other values of a factor, those beside this one first; none where it does not apply."""
    if value is None:
        return []
    place = factor.values.index(value)
    others = [other for other in factor.values if other != value]
    return sorted(others, key=lambda other: abs(factor.values.index(other) - place))
