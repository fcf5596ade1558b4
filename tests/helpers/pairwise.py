"""A sample of combinations for what all combinations would take too long for."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def pairwise(choices: Sequence[Sequence[T]]) -> list[tuple[T, ...]]:
    """Few combinations, one choice of each place, in which any two choices of two places meet.

    Greedy: the next combination is the one with the most pairs that are new. All combinations are
    looked at each time, so it is for a few hundred of them.

    >>> pairwise(["ab", "xy", "12"])
    [('a', 'x', '1'), ('a', 'y', '2'), ('b', 'x', '2'), ('b', 'y', '1')]
    """
    all_of_them = list(itertools.product(*choices))
    left = {pair for combination in all_of_them for pair in pairs(combination)}
    found = []
    while left:
        best = max(all_of_them, key=lambda combination: len(left & pairs(combination)))
        found.append(best)
        left -= pairs(best)
    return found


def pairs(combination: Sequence[T]) -> set[tuple[tuple[int, T], ...]]:
    """Any two choices of a combination, each with its place."""
    return set(itertools.combinations(enumerate(combination), 2))
