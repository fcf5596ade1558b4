"""Minimum set cover: the fewest of many sets that together hold everything.

Branch and bound from a greedy cover; a bound is how many items there are of which no set holds
two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

# Steps of the search for fewer sets; then the best ones found so far are taken.
MOST_STEPS = 20_000

Items = frozenset[Hashable]


def fewest(sets: Sequence[Items]) -> list[int]:
    """The positions of fewest sets that together hold everything that any of them holds.

    Of equally many, always the same. Where 20,000 steps do not settle which are the fewest, none
    of those returned could be left out.

    >>> fewest([frozenset("ab"), frozenset("bc"), frozenset("cd"), frozenset("de")])
    [0, 2, 3]
    """
    # An item is a bit, and a set a number: what two sets share is then found at once.
    items = sorted({item for found in sets for item in found}, key=repr)
    bit = {item: 1 << i for i, item in enumerate(items)}
    bits = [sum(bit[item] for item in found) for found in sets]
    useful = _useful(bits)
    search = _Search([bits[i] for i in useful])
    return sorted(useful[i] for i in search.fewest())


def needed(sets: Sequence[Items]) -> list[int]:
    """The positions that are left when each set of which the others hold everything is dropped.

    >>> needed([frozenset("a"), frozenset("ab"), frozenset("bc")])
    [1, 2]
    """
    holders = Counter(item for found in sets for item in found)
    kept = []
    for i, found in enumerate(sets):
        if all(holders[item] > 1 for item in found):
            holders.subtract(found)
        else:
            kept.append(i)
    return kept


def _useful(bits: Sequence[int]) -> list[int]:
    """Positions of the sets that no other one holds; of equal sets, the first."""
    kept: list[int] = []
    for i in sorted(range(len(bits)), key=lambda i: -bits[i].bit_count()):
        if bits[i] and not any(bits[i] & ~bits[other] == 0 for other in kept):
            kept.append(i)
    return sorted(kept)


class _Search:
    """Tries the sets that hold the rarest item, one by one, and goes on with what is left."""

    def __init__(self, sets: Sequence[int]) -> None:
        self.sets = sets
        everything = _union(sets)
        bits = [1 << i for i in range(everything.bit_length())]
        holders = {bit: [i for i, found in enumerate(sets) if found & bit] for bit in bits}
        self.rarest_first = sorted(bits, key=lambda bit: len(holders[bit]))
        self.holders = holders
        # Everything that some set holds together with an item.
        self.beside = {bit: _union(sets[i] for i in holders[bit]) for bit in bits}
        self.everything = everything
        self.best: list[int] = []
        self.seen: dict[int, int] = {}  # what was left → the fewest chosen then
        self.steps = 0

    def fewest(self) -> list[int]:
        """Positions of the fewest sets found."""
        self.best = self.greedy()
        self.go_on([], self.everything)
        return self.best

    def greedy(self) -> list[int]:
        """Always the set that adds most; then without those that the others make needless."""
        chosen: list[int] = []
        left = self.everything
        while left:
            most = max(range(len(self.sets)), key=lambda i: (self.sets[i] & left).bit_count())
            chosen.append(most)
            left &= ~self.sets[most]
        for i in list(chosen):
            if self.everything == _union(self.sets[other] for other in chosen if other != i):
                chosen.remove(i)
        return chosen

    def go_on(self, chosen: list[int], left: int) -> None:
        self.steps += 1
        if not left:
            if len(chosen) < len(self.best):
                self.best = chosen
            return
        if self.steps > MOST_STEPS or len(chosen) + self.at_least(left) >= len(self.best):
            return
        if self.seen.get(left, len(chosen) + 1) <= len(chosen):
            return
        self.seen[left] = len(chosen)
        rarest = next(bit for bit in self.rarest_first if left & bit)
        gain = {i: (self.sets[i] & left).bit_count() for i in self.holders[rarest]}
        for i in sorted(gain, key=lambda i: -gain[i]):
            self.go_on([*chosen, i], left & ~self.sets[i])

    def at_least(self, left: int) -> int:
        """So many sets are needed: there are so many items of which no set holds two."""
        count = 0
        for bit in self.rarest_first:
            if left & bit:
                count += 1
                left &= ~self.beside[bit]
        return count


def _union(sets: Iterable[int]) -> int:
    union = 0
    for found in sets:
        union |= found
    return union
