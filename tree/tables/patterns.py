"""What a tree says of patterns: patients as rows of numbers, many at once.

A pattern holds for every factor that the tree asks the place of its answer (see `places`). As
digits they make one number, the pattern's code.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ..logic.build import Leaf, Question, Tree
from ..model.parts import Standing
from .places import Places

Digits = npt.NDArray[np.int64]  # one row a pattern, one column a factor
Ints = npt.NDArray[Any]

MOST_CODES = 1 << 62  # what a number of 64 bits holds
# A state of the descent: the nodes that can be reached, and whether the certain path goes on.
Descent = tuple[tuple[int, ...], bool]


@dataclass(frozen=True)
class End:
    """What is known at the end: the outcomes still possible, by number, and the certain path.

    `path` has for every factor that is asked 1 more than the place of its value, 0 for none.
    """

    outcomes: tuple[int, ...]
    path: tuple[int, ...]


class Patterns:
    """The patterns of a tree, and the ends that they lead to, each end with a number.

    `ends` grows with the patterns that are looked up, and the patterns with the answers that are
    given a place in `places`, which has those of every factor.
    """

    def __init__(self, tree: Tree, places: Mapping[str, Places]) -> None:
        self.tree = tree
        self.factors = tree.factors
        self.places = places
        self.values = [tree.reading.factor(id).values for id in self.factors]
        self.ends: list[End] = []
        self._numbers: dict[End, int] = {}
        self._states: list[Descent] = [((0,), True)]
        self._state_numbers = {self._states[0]: 0}
        self._steps: list[dict[tuple[int, int], int]] = [{} for _ in self.factors]

    @property
    def sizes(self) -> list[int]:
        """How many places the answers to each factor have so far."""
        return [self.places[id].count for id in self.factors]

    @property
    def count(self) -> int:
        """How many patterns there are so far."""
        return math.prod(self.sizes)

    @property
    def weights(self) -> list[int]:
        """What each place counts in a code."""
        return list(itertools.accumulate(self.sizes, lambda a, b: a * b, initial=1))[:-1]

    @cached_property
    def outcomes(self) -> dict[tuple[Standing, ...], int]:
        """The outcomes of the tree, numbered from 0 as one meets them going down its paths."""
        found: dict[tuple[Standing, ...], int] = {}
        stack, seen = [0], set[int]()
        while stack:
            index = stack.pop()
            node = self.tree.nodes[index]
            if isinstance(node, Leaf):
                found.setdefault(node.standings, len(found))
            elif index not in seen:
                stack += (target for _, target in reversed(node.branches))
            seen.add(index)
        return found

    def digits(self, codes: Ints) -> Digits:
        """The patterns of some codes."""
        columns = [
            codes // weight % size for weight, size in zip(self.weights, self.sizes, strict=True)
        ]
        if not columns:
            return np.zeros((len(codes), 0), dtype=np.int64)
        return np.stack(columns, axis=1).astype(np.int64)

    def find(self, digits: Digits) -> Ints:
        """For every pattern the number of its end."""
        state = np.zeros(len(digits), dtype=np.int64)
        path = np.zeros(digits.shape, dtype=np.int16)
        for position, values in enumerate(self.values):
            here, unknown = digits[:, position], len(values)
            # Of those who are still on a certain path and are asked this, the answer.
            asked, goes_on = self._asking(position)
            known = asked[state] & goes_on[state] & (here < unknown)
            path[:, position] = np.where(known, here + 1, 0)
            state = self._step(position, state, np.where(asked[state], here, unknown))
        return self._numbered(state, path)

    def _asking(self, position: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        factor, nodes = self.factors[position], self.tree.nodes
        asked = [
            any(isinstance(n := nodes[i], Question) and n.factor == factor for i in state[0])
            for state in self._states
        ]
        return np.array(asked, dtype=bool), np.array([s[1] for s in self._states], dtype=bool)

    def _step(self, position: int, state: Ints, here: Ints) -> Ints:
        """The states after one answer; each of the few that occur is worked out once."""
        size, steps = self.sizes[position], self._steps[position]
        distinct, which = np.unique(state * size + here, return_inverse=True)
        met = [divmod(key, size) for key in distinct.tolist()]
        for before, place in met:
            if (before, place) not in steps:
                steps[before, place] = self._state(position, self._states[before], place)
        return np.array([steps[each] for each in met], dtype=np.int64)[which]

    def _state(self, position: int, state: Descent, place: int) -> int:
        nodes, goes_on = state
        left = self.places[self.factors[position]].left(place)
        reached: set[int] = set()
        for index in nodes:
            node = self.tree.nodes[index]
            if isinstance(node, Leaf) or node.factor != self.factors[position]:
                reached.add(index)
                continue
            targets = dict(node.branches)
            reached.update(targets[self.values[position][at]] for at in left)
            goes_on &= len(left) == 1
        after = tuple(sorted(reached)), goes_on
        if after not in self._state_numbers:
            self._state_numbers[after] = len(self._states)
            self._states.append(after)
        return self._state_numbers[after]

    def _numbered(self, state: Ints, path: Ints) -> Ints:
        """The number of the end that each state and path make."""
        if not len(state):
            return state
        both = np.ascontiguousarray(np.column_stack([state, path]))
        rows = both.view(np.dtype((np.void, both.dtype.itemsize * both.shape[1]))).ravel()
        _, first, which = np.unique(rows, return_index=True, return_inverse=True)
        return np.array([self._end(state[i], path[i]) for i in first], dtype=np.int64)[which]

    def _end(self, state: int, path: Ints) -> int:
        leaves = (self.tree.nodes[index] for index in self._states[state][0])
        outcomes = {self.outcomes[leaf.standings] for leaf in leaves if isinstance(leaf, Leaf)}
        end = End(tuple(sorted(outcomes)), tuple(path.tolist()))
        if end not in self._numbers:
            self._numbers[end] = len(self.ends)
            self.ends.append(end)
        return self._numbers[end]

    def path(self, end: End) -> str:
        """A path in words: factor=value → factor=value."""
        steps = zip(self.factors, self.values, end.path, strict=True)
        return " → ".join(f"{factor}={values[at - 1]}" for factor, values, at in steps if at)
