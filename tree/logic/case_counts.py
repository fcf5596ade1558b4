"""How many complete cases there are. What does not apply to a case does not multiply them."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Mapping
from functools import cached_property

from ..model.parts import Factor, Reading
from .diagrams import EVERYONE, NOBODY, Diagrams

WORK = 1_000_000  # steps in which conditions on what is asked are joined


class CaseCounts:
    """The number of cases, of all or of those with some answers.

    >>> from tree import load
    >>> liver = load("data/metastatic_liver_cancer")
    >>> counts = CaseCounts(liver)
    >>> counts.count(), counts.count({"other_organ_involvement": "yes"}) == counts.count() // 2
    (32, True)
    """

    def __init__(self, reading: Reading) -> None:
        self._factors = _grouped(reading)
        self._sets = Diagrams([len(factor.values) for factor in self._factors])
        self._sets.left = WORK

    def count(self, answers: Mapping[str, str] | None = None) -> int:
        """How many cases there are with these answers, each to a question that applies."""
        answers = answers or {}
        only = {
            level: factor.values.index(answers[factor.id])
            for level, factor in enumerate(self._factors)
            if factor.id in answers
        }
        ways = [1 if f.id in answers else len(f.values) for f in self._factors]
        # How many ways there are to answer what comes after each level.
        free = [*itertools.accumulate(reversed(ways), operator.mul, initial=1)][::-1]
        below = {NOBODY: 0, EVERYONE: 1}

        def from_level(node: int, level: int) -> int:
            """The cases from a level down: a node leaves open what lies before its own."""
            return below[node] * free[level] // free[self._sets.level_of[node]]

        for node in self._nodes:
            level, ends = self._sets.level_of[node], self._sets.ends_of[node]
            ahead = [ends[only[level]]] if level in only else ends
            below[node] = sum(from_level(end, level + 1) for end in ahead)
        return from_level(self._each_once, 0)

    @cached_property
    def _nodes(self) -> list[int]:
        """The nodes of the set, those that a node leads to before it."""
        found, stack = set[int](), [self._each_once]
        while stack:
            node = stack.pop()
            if node not in (NOBODY, EVERYONE) and node not in found:
                found.add(node)
                stack += self._sets.ends_of[node]
        return sorted(found)

    @cached_property
    def _each_once(self) -> int:
        """The cases with an answer to every question, where what does not apply has its first."""
        level = {factor.id: level for level, factor in enumerate(self._factors)}
        found = EVERYONE
        for factor in reversed(self._factors):
            applies = EVERYONE
            for id, values in factor.asked_if:
                own = self._factors[level[id]].values
                mask = sum(1 << i for i, value in enumerate(own) if value in values)
                applies = self._sets.both(applies, self._sets.holding(((level[id], mask),)))
            first = self._sets.holding(((level[factor.id], 1),))
            found = self._sets.both(found, self._sets.either(applies, first))
        return found


def _grouped(reading: Reading) -> list[Factor]:
    """The factors, those that depend on each other together: so the sets stay small."""
    group = {factor.id: place for place, factor in enumerate(reading.factors)}
    for factor in reading.factors:
        joined = {group[id] for id in (factor.id, *(id for id, _ in factor.asked_if))}
        if len(joined) > 1:
            group = {id: min(joined) if own in joined else own for id, own in group.items()}
    return sorted(reading.factors, key=lambda factor: group[factor.id])


def count_cases(reading: Reading) -> int:
    """How many complete cases there are."""
    return CaseCounts(reading).count()
