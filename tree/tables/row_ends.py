"""The ends of all rows of a table in one tree, looked up by the code of each row's pattern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from .patterns import MOST_CODES, Ints, Patterns

MOST_LISTED = 1 << 20  # patterns whose ends are kept in one list
NOWHERE = -1
_KINDS = (np.int8, np.int16, np.int32, np.int64)


class RowEnds:
    """Finds the end of every row in one tree. What was found once is kept for further tables."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns
        self._of_code: Ints = np.zeros(0, dtype=np.int8)

    def find(self, places: Mapping[str, Ints], rows: int) -> Ints:
        """For every row the number of its end, in the smallest kind of number that holds it.

        `places`: for every factor the places of its answers, row by row.
        """
        patterns, count = self.patterns, self.patterns.count
        if count >= MOST_CODES:
            found = patterns.find(np.stack([places[id] for id in patterns.factors], axis=1))
            return found.astype(smallest(len(patterns.ends)))
        # Small numbers are quicker to work with.
        small = smallest(count)
        codes: Ints = np.zeros(rows, dtype=small)
        for id, weight in zip(patterns.factors, patterns.weights, strict=True):
            if weight == 1:
                codes = places[id].astype(small)
            else:
                codes += np.multiply(places[id], weight, dtype=small)
        if count > MOST_LISTED:
            which, distinct = pd.factorize(codes)
            found = patterns.find(patterns.digits(distinct))
            return looked_up(found.astype(smallest(len(patterns.ends))), which)
        # A code means another pattern once an answer of several values was met.
        if len(self._of_code) != count:
            self._of_code = np.full(count, NOWHERE, dtype=np.int8)
        ends = looked_up(self._of_code, codes)
        if ends.min(initial=0) == NOWHERE:
            self._add(np.flatnonzero(np.bincount(codes[ends == NOWHERE])))
            ends = looked_up(self._of_code, codes)
        return ends

    def _add(self, codes: Ints) -> None:
        """Find the ends of more codes."""
        found = self.patterns.find(self.patterns.digits(codes))
        self._of_code = self._of_code.astype(smallest(len(self.patterns.ends)))
        self._of_code[codes] = found


def smallest(count: int) -> Any:
    """The smallest kind of number that can count so far."""
    return next(kind for kind in _KINDS if count <= np.iinfo(kind).max)


def looked_up(table: Ints, at: Ints) -> Ints:
    """What a table has at the number of every row.

    >>> looked_up(np.array([7, 8, -1], dtype=np.int8), np.array([2, 0, 0], dtype=np.int8))
    array([-1,  7,  7], dtype=int8)
    """
    if not len(at):
        return np.zeros(0, dtype=table.dtype)
    if (table == table[0]).all():
        return np.full(len(at), table[0])
    if table.itemsize == at.itemsize == 1:
        # Twice as quick as numpy, which makes large numbers of small ones first.
        every = table.tobytes().ljust(256, b"\0")
        return np.frombuffer(bytearray(at).translate(every), dtype=table.dtype)
    return table.take(at)
