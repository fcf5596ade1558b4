"""Many patients followed through trees: how many go where, and what decides for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..logic.build import Question, Tree
from ..logic.decisions import decisions
from ..logic.trees import of_everyone
from ..model.parts import Option, Reading, Standing, Statement, by_standing, listed
from .guide_patterns import GuidePatterns
from .patterns import Ints, Patterns
from .row_ends import RowEnds

Bools = npt.NDArray[np.bool_]
# What a statement does for a patient: it surely counts, may count, or does not.
SURE, MAYBE, NOT = 2, 1, 0
_HOW = {True: SURE, None: MAYBE, False: NOT}


@dataclass(frozen=True)
class Kinds:
    """Kinds of patients, and how many there are of each.

    `answers`: for every factor of the guide, the place of the answer of each kind of patient (see
    `places`); `counts`: how many patients there are of each kind.
    """

    answers: Mapping[str, Ints]
    counts: Ints

    def number(self, which: Bools) -> int:
        """How many patients are of some kinds."""
        return int(self.counts[which].sum())


@dataclass(frozen=True)
class FollowedTree:
    """Kinds of patients followed through one tree."""

    patterns: Patterns
    kinds: Kinds

    @property
    def tree(self) -> Tree:
        """The tree that they go through."""
        return self.patterns.tree

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
        counts, answers = self.kinds.counts, self.kinds.answers
        here: list[Bools] = [np.zeros(len(counts), dtype=bool) for _ in self.tree.nodes]
        here[0][:] = True
        branches = {}
        # Every node comes before those that it leads to, so one pass is enough.
        for index, node in enumerate(self.tree.nodes):
            if isinstance(node, Question):
                values = self.tree.reading.factor(node.factor).values
                for value, target in node.branches:
                    goes = here[index] & (answers[node.factor] == values.index(value))
                    branches[index, value] = self.kinds.number(goes)
                    here[target] |= goes
        return tuple(self.kinds.number(at) for at in here), branches

    @cached_property
    def outcomes(self) -> list[int]:
        """How many have each outcome; and, last, of how many it is not decided yet."""
        size = len(self.patterns.outcomes) + 1
        found = np.bincount(self._decided, weights=self.kinds.counts, minlength=size)
        return [int(number) for number in found]

    def by_answer(self, factor: str) -> list[list[int]]:
        """For each value of a factor, for unknown and last for several values: how many have each
        outcome."""
        size = len(self.tree.reading.factor(factor).values) + 2
        ends = len(self.patterns.outcomes) + 1
        # Answers are small numbers, which could not hold the product.
        answers = np.minimum(self.kinds.answers[factor], size - 1).astype(np.int64)
        both = answers * ends + self._decided
        found = np.bincount(both, weights=self.kinds.counts, minlength=size * ends)
        return [[int(number) for number in row] for row in found.reshape(size, ends)]

    def tipped_by(self, factor: str) -> Bools:
        """Of each kind whether another answer to a factor leads to another outcome."""
        differs = np.zeros(len(self.kinds.counts), dtype=bool)
        if factor not in self.patterns.factors:
            return differs
        now = self._ends
        for place in range(len(self.tree.reading.factor(factor).values)):
            other = np.full(len(differs), place)
            after = self._ends_of({**self.kinds.answers, factor: other})
            # Only now: an end that was first met just now has its number, too.
            possible = self._possible
            differs |= possible[after] != possible[now]
        return differs

    def standings(self, option: int) -> Iterator[tuple[Standing, Bools]]:
        """The certain standings of an option of the tree, and which kinds have them."""
        ends, outcomes = self._ends, list(self.patterns.outcomes)
        possible = [{outcomes[k][option] for k in end.outcomes} for end in self.patterns.ends]
        said = [found.pop() if len(found) == 1 else None for found in possible]
        for standing in {standing for standing in said if standing is not None}:
            yield standing, np.array([each == standing for each in said])[ends]

    @cached_property
    def _ends(self) -> Ints:
        return self._ends_of(self.kinds.answers)

    def _ends_of(self, answers: Mapping[str, Ints]) -> Ints:
        return self._finder.find(answers, len(self.kinds.counts))

    @cached_property
    def _finder(self) -> RowEnds:
        return RowEnds(self.patterns)

    @property
    def _decided(self) -> Ints:
        """The number of each outcome; one more than the last where it is not decided."""
        ends, still = self._ends, len(self.patterns.outcomes)
        found = [e.outcomes[0] if len(e.outcomes) == 1 else still for e in self.patterns.ends]
        return np.array(found, dtype=np.int64)[ends]

    @property
    def _possible(self) -> Ints:
        """For every end the number of the set of outcomes that are possible."""
        numbers: dict[tuple[int, ...], int] = {}
        found = [numbers.setdefault(end.outcomes, len(numbers)) for end in self.patterns.ends]
        return np.array(found, dtype=np.int64)


@dataclass(frozen=True)
class Followed:
    """Kinds of patients followed through every tree of a guide."""

    patterns: GuidePatterns
    kinds: Kinds

    @property
    def reading(self) -> Reading:
        """The guide."""
        return self.patterns.reading

    @cached_property
    def trees(self) -> tuple[FollowedTree, ...]:
        """How they go through each tree."""
        return tuple(FollowedTree(each, self.kinds) for each in self.patterns.trees)

    @property
    def patients(self) -> int:
        """How many there are."""
        return int(self.kinds.counts.sum())

    def tipped_by(self, factor: str) -> tuple[int, int]:
        """Of how many the factor is known; and for how many of these another answer to it,
        everything else being as it is, leads to another outcome of any tree."""
        known = self.kinds.answers[factor] < len(self.reading.factor(factor).values)
        differs = np.zeros(len(known), dtype=bool)
        for each in self.trees:
            differs |= each.tipped_by(factor)
        return self.kinds.number(known), self.kinds.number(known & differs)

    @cached_property
    def decided_by(self) -> dict[str, int]:
        """For how many patients each statement decides the standing of at least one option."""
        reading, every = self.reading, len(self.kinds.counts)
        decides = {s.id: np.zeros(every, dtype=bool) for s in reading.statements}
        for option, standing, those in self._standings():
            fitting = [s for says, s in reading.on_option[option.id] if says == standing]
            sure = np.zeros(every, dtype=bool)
            speaking = [self._speaks(s, option.id) for s in fitting]
            for how in speaking:
                sure |= how == SURE
            for statement, how in zip(fitting, speaking, strict=True):
                # As in a walk: where none is sure, those of which one will apply.
                decides[statement.id] |= those & np.where(sure, how == SURE, how == MAYBE)
        return {id: self.kinds.number(which) for id, which in decides.items()}

    def _standings(self) -> Iterator[tuple[Option, Standing, Bools]]:
        """Every option with each of its certain standings, and which kinds have it."""
        for each in self.trees:
            for position, option in enumerate(each.tree.options):
                for standing, those in each.standings(position):
                    yield option, standing, those
        for option, standing in of_everyone(self.reading):
            yield option, standing, np.ones(len(self.kinds.counts), dtype=bool)

    def _speaks(self, statement: Statement, option: str) -> Ints:
        """Of each kind of patient whether a statement about an option counts, may, or does not."""
        decided = decisions(self.reading)
        asked = decided.asked(statement, option)
        factors = [factor for factor in self.reading.factors if factor.id in asked]
        answers = [self.kinds.answers[factor.id].astype(np.int64) for factor in factors]
        none = np.zeros((len(self.kinds.counts), 0), dtype=np.int64)
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


def followed(patterns: GuidePatterns, answers: Mapping[str, Ints], rows: int) -> Followed:
    """Follow the patients of a table; who is answered for alike is followed once.

    `answers`: for a factor the places of its answers, row by row; unknown where there is none.
    """
    columns = {
        factor.id: answers.get(factor.id, np.full(rows, len(factor.values)))
        for factor in patterns.reading.factors
    }
    # Column after column, so that no number grows beyond the kinds that there are.
    kind, first = np.zeros(rows, dtype=np.int64), np.zeros(min(rows, 1), dtype=np.int64)
    for column in columns.values():
        if len(first) == rows:
            break
        both = kind * (int(column.max(initial=0)) + 1) + column
        _, first, kind = np.unique(both, return_index=True, return_inverse=True)
    counts = np.bincount(kind, minlength=len(first))
    return Followed(patterns, Kinds({id: c[first] for id, c in columns.items()}, counts))


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
