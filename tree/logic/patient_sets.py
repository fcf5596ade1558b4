"""Sets of patients as shared graphs, and the boxes of patients that lie in them.

The graphs are reduced ordered multi-valued decision diagrams; a box that lies in a set is an
implicant of it, and one that cannot be made larger a prime implicant.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

# Everyone with one of some values of each of some factors: the level of a factor, and a bit for
# each of its values that will do.
Box = tuple[tuple[int, int], ...]
# The numbers of two sets.
NOBODY, EVERYONE = 0, 1
ANY_VALUE = -1  # every bit is set


class TooMuchWork(Exception):
    """The search has taken all the steps that it was given."""


class Sets:
    """Sets of patients as shared graphs. Equal sets are one number, so comparing is free.

    A node asks the factor of its level, and has an end for each value: another node, further
    down, or NOBODY or EVERYONE. `left`: the steps that may still be taken.
    """

    def __init__(self, sizes: list[int]) -> None:
        self.sizes = sizes
        self.left = 0
        self.nodes: list[tuple[int, tuple[int, ...]]] = [(len(sizes), ()), (len(sizes), ())]
        self.numbers: dict[tuple[int, tuple[int, ...]], int] = {}
        # For each node the levels that it asks, a bit for each.
        self.asked = {NOBODY: 0, EVERYONE: 0}
        self.met: dict[tuple[str, int, int], int] = {}

    def step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooMuchWork

    def node(self, level: int, ends: tuple[int, ...]) -> int:
        if len(set(ends)) == 1:
            return ends[0]
        key = (level, ends)
        if key not in self.numbers:
            self.numbers[key] = len(self.nodes)
            self.nodes.append(key)
        return self.numbers[key]

    def ends(self, node: int, level: int) -> tuple[int, ...]:
        """Where the values of a factor lead from a node at its level or further down."""
        own, ends = self.nodes[node]
        return ends if own == level else (node,) * self.sizes[level]

    def levels(self, node: int) -> Iterator[int]:
        """The levels that a set asks."""
        bits = self._levels(node)
        return (level for level in range(bits.bit_length()) if bits >> level & 1)

    def _levels(self, node: int) -> int:
        if node not in self.asked:
            level, ends = self.nodes[node]
            self.asked[node] = 1 << level
            for end in {*ends}:
                self.asked[node] |= self._levels(end)
        return self.asked[node]

    def both(self, one: int, other: int) -> int:
        """The patients who are in both sets."""
        if one == other or NOBODY in (one, other):
            return min(one, other)
        if EVERYONE in (one, other):
            return max(one, other)
        return self._joined(self.both, min(one, other), max(one, other))

    def either(self, one: int, other: int) -> int:
        """The patients who are in one set or the other."""
        if one == other or NOBODY in (one, other):
            return max(one, other)
        if EVERYONE in (one, other):
            return EVERYONE
        return self._joined(self.either, min(one, other), max(one, other))

    def less(self, one: int, other: int) -> int:
        """The patients of one set who are not in the other."""
        if one in (other, NOBODY) or other == EVERYONE:
            return NOBODY
        return one if other == NOBODY else self._joined(self.less, one, other)

    def _joined(self, join: Callable[[int, int], int], one: int, other: int) -> int:
        """What becomes of two sets when those below each answer are joined."""
        key = (join.__name__, one, other)
        if key not in self.met:
            self.step()
            level = min(self.nodes[one][0], self.nodes[other][0])
            ends = []
            for a, b in zip(self.ends(one, level), self.ends(other, level), strict=True):
                ends.append(join(a, b))
            self.met[key] = self.node(level, tuple(ends))
        return self.met[key]

    def without(self, node: int, box: Box) -> int:
        """The patients of a set whom a box does not hold."""
        known: dict[tuple[int, int], int] = {}

        def rest(node: int, first: int) -> int:
            if node == NOBODY or first == len(box):
                return NOBODY
            key = (node, first)
            if key not in known:
                self.step()
                level, mask = box[first]
                own = self.nodes[node][0]
                ends = []
                if own < level:
                    for end in self.nodes[node][1]:
                        ends.append(rest(end, first))
                else:
                    for i, end in enumerate(self.ends(node, level)):
                        ends.append(rest(end, first + 1) if mask >> i & 1 else end)
                known[key] = self.node(min(own, level), tuple(ends))
            return known[key]

        return rest(node, 0)

    def holding(self, box: Box) -> int:
        """The set of everyone whom a box holds."""
        node = EVERYONE
        for level, mask in reversed(box):
            ends = (node if mask >> i & 1 else NOBODY for i in range(self.sizes[level]))
            node = self.node(level, tuple(ends))
        return node

    def holds(self, node: int, box: Mapping[int, int]) -> bool:
        """Whether everyone whom a box holds is in a set."""
        seen, stack = {node}, [node]
        while stack:
            node = stack.pop()
            if node == NOBODY:
                return False
            self.step()
            level, ends = self.nodes[node]
            mask = box.get(level, ANY_VALUE)
            ahead = {end for i, end in enumerate(ends) if mask >> i & 1} - seen
            seen |= ahead
            stack += ahead
        return True

    def share(self, node: int, box: Box) -> float:
        """How much of everyone is both in a set and in a box."""
        masks, known = dict(box), {NOBODY: 0.0, EVERYONE: 1.0}

        def inside(node: int) -> float:
            if node not in known:
                self.step()
                level, ends = self.nodes[node]
                mask, total, count = masks.get(level, ANY_VALUE), 0.0, 0
                for i, end in enumerate(ends):
                    if mask >> i & 1:
                        total, count = total + inside(end), count + 1
                known[node] = total / count
            return known[node]

        share = inside(node)
        for level, mask in box:
            share *= mask.bit_count() / self.sizes[level]
        return share

    def path(self, node: int) -> Box:
        """The first path through a set, with every value that takes it."""
        path = []
        while node not in (NOBODY, EVERYONE):
            level, ends = self.nodes[node]
            node = next(end for end in ends if end != NOBODY)
            path.append((level, sum(1 << i for i, end in enumerate(ends) if end == node)))
        return tuple(path)

    def paths(self, node: int) -> int:
        """How many paths there are through a set."""
        known = {NOBODY: 0, EVERYONE: 1}

        def count(node: int) -> int:
            if node not in known:
                total = 0
                for end in set(self.nodes[node][1]):
                    total += count(end)
                known[node] = total
            return known[node]

        return count(node)

    def primes(self, node: int) -> tuple[Box, ...]:
        """Every box that lies in a set and in no larger box that does."""
        known: dict[int, tuple[Box, ...]] = {NOBODY: (), EVERYONE: ((),)}

        def primes(node: int) -> tuple[Box, ...]:
            if node not in known:
                level, ends = self.nodes[node]
                masks: dict[int, int] = {}
                for i, end in enumerate(ends):
                    masks[end] = masks.get(end, 0) | 1 << i
                found: list[Box] = []
                several = [end for end in masks if end != NOBODY]
                for count in range(1, len(several) + 1):
                    for chosen in itertools.combinations(several, count):
                        self.step()
                        common = EVERYONE
                        for end in chosen:
                            common = self.both(common, end)
                        others = [end for end in several if end not in chosen]
                        mask = sum(masks[end] for end in chosen)
                        literal = ((level, mask),) if mask + 1 < 1 << len(ends) else ()
                        for box in primes(common):
                            self.step()
                            # With one more value it would leave the set; otherwise it is not prime.
                            if not any(self.holds(end, dict(box)) for end in others):
                                found.append((*literal, *box))
                known[node] = tuple(found)
            return known[node]

        return primes(node)

    def widened(self, path: Box, within: int, levels: Iterable[int]) -> Box:
        """A prime box of a set around a path through it: factors dropped, then values added."""
        box = dict(path)
        for level in levels:
            fewer = {other: mask for other, mask in box.items() if other != level}
            if self.holds(within, fewer):
                box = fewer
        for level in list(box):
            for i in range(self.sizes[level]):
                wider = box | {level: box[level] | 1 << i}
                if wider != box and self.holds(within, wider):
                    box = wider
        return tuple(box.items())
