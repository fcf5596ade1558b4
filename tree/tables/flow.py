"""Many patients followed through a tree: how many go where, and what decides for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..logic.build import Question, Tree
from ..logic.decisions import decisions
from ..model.parts import Statement, by_standing, listed
from .patterns import Ints, Patterns

Bools = npt.NDArray[np.bool_]
# What a statement does for a patient: it surely counts, may count, or does not.
SURE, MAYBE, NOT = 2, 1, 0
_HOW = {True: SURE, None: MAYBE, False: NOT}


@dataclass(frozen=True)
class Followed:
    """Kinds of patients and how many there are of each, followed through the tree.

    `answers`: for every factor of the guide, the place of the answer of each kind of patient (see
    `places`); `counts`: how many patients there are of each kind.
    """

    patterns: Patterns
    answers: Mapping[str, Ints]
    counts: Ints

    @property
    def tree(self) -> Tree:
        """The tree that they go through."""
        return self.patterns.tree

    @property
    def patients(self) -> int:
        """How many there are."""
        return int(self.counts.sum())

    @cached_property
    def branches(self) -> dict[tuple[int, str], int]:
        """How many take each branch for certain, by its question's node and its value."""
        return self._flow[1]

    @cached_property
    def nodes(self) -> tuple[int, ...]:
        """How many come to each node on a path that is certain."""
        return self._flow[0]

    @cached_property
    def _flow(self) -> tuple[tuple[int, ...], dict[tuple[int, str], int]]:
        here: list[Bools] = [np.zeros(len(self.counts), dtype=bool) for _ in self.tree.nodes]
        here[0][:] = True
        branches = {}
        # Every node comes before those that it leads to, so one pass is enough.
        for index, node in enumerate(self.tree.nodes):
            if isinstance(node, Question):
                values = self.tree.reading.factor(node.factor).values
                for value, target in node.branches:
                    goes = here[index] & (self.answers[node.factor] == values.index(value))
                    branches[index, value] = int(self.counts[goes].sum())
                    here[target] |= goes
        return tuple(int(self.counts[at].sum()) for at in here), branches

    @cached_property
    def outcomes(self) -> list[int]:
        """How many have each outcome; and, last, of how many it is not decided yet."""
        decided = self._decided(self._ends(self.answers))
        found = np.bincount(decided, weights=self.counts, minlength=len(self.patterns.outcomes) + 1)
        return [int(number) for number in found]

    def by_answer(self, factor: str) -> list[list[int]]:
        """For each value of a factor, for unknown and last for several values: how many have each
        outcome."""
        size = len(self.tree.reading.factor(factor).values) + 2
        ends = len(self.patterns.outcomes) + 1
        # Answers are small numbers, which could not hold the product.
        answers = np.minimum(self.answers[factor], size - 1).astype(np.int64)
        both = answers * ends + self._decided(self._ends(self.answers))
        found = np.bincount(both, weights=self.counts, minlength=size * ends)
        return [[int(number) for number in row] for row in found.reshape(size, ends)]

    def tipped_by(self, factor: str) -> tuple[int, int]:
        """Of how many the factor is known; and for how many of these another answer to it,
        everything else being as it is, leads to another outcome."""
        values = len(self.tree.reading.factor(factor).values)
        known = self.answers[factor] < values
        if factor not in self.patterns.factors:
            return int(self.counts[known].sum()), 0
        now = self._possible(self._ends(self.answers))
        differs = np.zeros(len(self.counts), dtype=bool)
        for place in range(values):
            other = np.full(len(self.counts), place)
            differs |= self._possible(self._ends({**self.answers, factor: other})) != now
        return int(self.counts[known].sum()), int(self.counts[known & differs].sum())

    @cached_property
    def decided_by(self) -> dict[str, int]:
        """For how many patients each statement decides the standing of at least one option."""
        reading = self.tree.reading
        decides = {s.id: np.zeros(len(self.counts), dtype=bool) for s in reading.statements}
        ends = self._ends(self.answers)
        outcomes = list(self.patterns.outcomes)
        for position, option in enumerate(self.tree.options):
            possible = [{outcomes[k][position] for k in end.outcomes} for end in self.patterns.ends]
            said = [found.pop() if len(found) == 1 else None for found in possible]
            for standing in {standing for standing in said if standing is not None}:
                of_ends = np.array([each == standing for each in said])
                those = of_ends[ends]
                fitting = [s for says, s in reading.on_option[option.id] if says == standing]
                sure = np.zeros(len(self.counts), dtype=bool)
                speaking = [self._speaks(s, option.id) for s in fitting]
                for how in speaking:
                    sure |= how == SURE
                for statement, how in zip(fitting, speaking, strict=True):
                    # As in a walk: where none is sure, those of which one will apply.
                    decides[statement.id] |= those & np.where(sure, how == SURE, how == MAYBE)
        return {id: int(self.counts[which].sum()) for id, which in decides.items()}

    def _speaks(self, statement: Statement, option: str) -> Ints:
        """Of each kind of patient whether a statement about an option counts, may, or does not."""
        decided = decisions(self.tree.reading)
        asked = decided.asked(statement, option)
        factors = [factor for factor in self.tree.reading.factors if factor.id in asked]
        answers = [self.answers[factor.id].astype(np.int64) for factor in factors]
        none = np.zeros((len(self.counts), 0), dtype=np.int64)
        each = np.stack(answers, axis=1) if answers else none
        kinds, which = np.unique(each, axis=0, return_inverse=True)
        found = []
        for kind in kinds.tolist():
            known = {
                factor.id: tuple(factor.values[i] for i in self.patterns.places[factor.id].left(at))
                for factor, at in zip(factors, kind, strict=True)
                if at != len(factor.values)
            }
            found.append(_HOW[decided.speaks(statement, option, known)])
        return np.array(found, dtype=np.int8)[which.reshape(-1)]

    def _ends(self, answers: Mapping[str, Ints]) -> Ints:
        if not self.patterns.factors:
            return self.patterns.find(np.zeros((len(self.counts), 0), dtype=np.int64))
        asked = [answers[id] for id in self.patterns.factors]
        return self.patterns.find(np.stack(asked, axis=1).astype(np.int64))

    def _decided(self, ends: Ints) -> Ints:
        """The number of each outcome; one more than the last where it is not decided."""
        still = len(self.patterns.outcomes)
        found = [e.outcomes[0] if len(e.outcomes) == 1 else still for e in self.patterns.ends]
        return np.array(found, dtype=np.int64)[ends]

    def _possible(self, ends: Ints) -> Ints:
        """A number for each set of outcomes that are possible."""
        numbers: dict[tuple[int, ...], int] = {}
        found = [numbers.setdefault(end.outcomes, len(numbers)) for end in self.patterns.ends]
        return np.array(found, dtype=np.int64)[ends]


def followed(patterns: Patterns, answers: Mapping[str, Ints], rows: int) -> Followed:
    """Follow the patients of a table; who is answered for alike is followed once.

    `answers`: for a factor the places of its answers, row by row; unknown where there is none.
    """
    columns = {
        factor.id: answers.get(factor.id, np.full(rows, len(factor.values)))
        for factor in patterns.tree.reading.factors
    }
    # Column after column, so that no number grows beyond the kinds that there are.
    kind, first = np.zeros(rows, dtype=np.int64), np.zeros(min(rows, 1), dtype=np.int64)
    for column in columns.values():
        both = kind * (int(column.max(initial=0)) + 1) + column
        _, first, kind = np.unique(both, return_index=True, return_inverse=True)
    counts = np.bincount(kind, minlength=len(first))
    return Followed(patterns, {id: column[first] for id, column in columns.items()}, counts)


def outcome_words(patterns: Patterns) -> list[str]:
    """Every outcome of the tree in words, by its number."""
    reading = patterns.tree.reading
    return [
        "; ".join(
            f"{reading.label(standing)}: {listed(members, reading.groups)}"
            for standing, members in by_standing(patterns.tree.options, standings)
        )
        for standings in patterns.outcomes
    ]
