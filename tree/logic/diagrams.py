"""Reduced ordered multi-valued decision diagrams that share their nodes (what a BDD is for yes
and no): sets of cases, and the standing of an option for every case.

A box of cases that lies in a set is an implicant of it, and one that cannot be made larger a
prime implicant.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

# Everyone with one of some values of each of some factors: the level of a factor, and a bit for
# each of its values that will do.
Box = tuple[tuple[int, int], ...]
# The numbers of two sets. In the diagram of a standing the ends are the strengths, 0 to 3.
NOBODY, EVERYONE = 0, 1
ENDS = 4
ALL_ENDS = (1 << ENDS) - 1
ANY_VALUE = -1  # every bit is set
# Diagrams are gone through as deep as there are factors, three calls for each. From Python 3.11 on
# that takes nothing of the stack of C, so more than the usual 1,000 calls are safe.
sys.setrecursionlimit(max(sys.getrecursionlimit(), 5000))


class TooMuchWork(Exception):
    """The search has taken all the steps that it was given."""


class Diagrams:
    """Sets of cases as shared graphs. Equal sets are one number, so comparing is free.

    A node asks the factor of its level, and has an end for each value: another node, further
    down, or one of the four ends. A set ends in NOBODY and EVERYONE; a standing, also made here,
    in its strength. `sizes`: how many values each factor has. `left`: the steps that may still be
    taken.
    """

    def __init__(self, sizes: list[int]) -> None:
        self.sizes = sizes
        self.left = 0
        self.bits = [[1 << value for value in range(size)] for size in sizes]
        # For each node the level that it asks, and its ends.
        self.level_of = [len(sizes)] * ENDS
        self.ends_of: list[tuple[int, ...]] = [()] * ENDS
        # For each level the numbers of its nodes, by their ends.
        self.numbers: list[dict[tuple[int, ...], int]] = [{} for _ in sizes]
        # For each node what it leads to; see `_below`.
        self.below = {end: 1 << end for end in range(ENDS)}
        self.met: dict[tuple[str, int, int], int] = {}

    def step(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooMuchWork

    def node(self, level: int, ends: tuple[int, ...]) -> int:
        """The number of a node, the same for the same level and ends."""
        # Quicker than a set of them.
        if ends[0] == ends[-1] and ends.count(ends[0]) == len(ends):
            return ends[0]
        number = self.numbers[level].setdefault(ends, len(self.ends_of))
        if number == len(self.ends_of):
            self.level_of.append(level)
            self.ends_of.append(ends)
        return number

    def nodes_at(self, level: int, each: Iterable[tuple[int, ...]]) -> list[int]:
        """The numbers of many nodes of a level; quicker than one by one."""
        found, numbers, made = [], self.numbers[level], self.ends_of
        count = len(made)
        for ends in each:
            number = ends[0]
            if number != ends[-1] or ends.count(number) < len(ends):
                number = numbers.setdefault(ends, count)
                if number == count:
                    made.append(ends)
                    count += 1
            found.append(number)
        self.level_of += [level] * (count - len(self.level_of))
        return found

    def ends(self, node: int, level: int) -> tuple[int, ...]:
        """Where the values of a factor lead from a node at its level or further down."""
        return self.ends_of[node] if self.level_of[node] == level else (node,) * self.sizes[level]

    def levels(self, node: int) -> Iterator[int]:
        """The levels that a set asks."""
        bits = self._below(node) >> ENDS
        while bits:
            level = (bits & -bits).bit_length() - 1
            yield level
            bits ^= 1 << level

    def _below(self, node: int) -> int:
        """A bit for each end that a diagram leads to, and then one for each level that it asks."""
        found = self.below.get(node)
        if found is None:
            found = 1 << ENDS + self.level_of[node]
            for end in {*self.ends_of[node]}:
                found |= self._below(end)
            self.below[node] = found
        return found

    def both(self, one: int, other: int) -> int:
        """The cases that are in both sets."""
        if one == other or NOBODY in (one, other):
            return min(one, other)
        if EVERYONE in (one, other):
            return max(one, other)
        return self._joined(self.both, min(one, other), max(one, other))

    def either(self, one: int, other: int) -> int:
        """The cases that are in one set or the other."""
        if one == other or NOBODY in (one, other):
            return max(one, other)
        if EVERYONE in (one, other):
            return EVERYONE
        return self._joined(self.either, min(one, other), max(one, other))

    def less(self, one: int, other: int) -> int:
        """The cases of one set that are not in the other."""
        if one in (other, NOBODY) or other == EVERYONE:
            return NOBODY
        return one if other == NOBODY else self._joined(self.less, one, other)

    def _joined(self, join: Callable[[int, int], int], one: int, other: int) -> int:
        """What becomes of two sets when those below each answer are joined: the field's apply."""
        key = (join.__name__, one, other)
        found = self.met.get(key)
        if found is None:
            self.step()
            first, second = self.level_of[one], self.level_of[other]
            mine, theirs = self.ends_of[one], self.ends_of[other]
            if first < second:
                ends = [join(end, other) for end in mine]
            elif second < first:
                ends = [join(one, end) for end in theirs]
            else:
                ends = [join(a, b) for a, b in zip(mine, theirs, strict=True)]
            found = self.met[key] = self.node(min(first, second), tuple(ends))
        return found

    def together(self, sets: Iterable[int]) -> int:
        """The cases in any of the sets; two and two, so that the large ones are joined last."""
        left = list(sets)
        while len(left) > 1:
            rest = left[len(left) - len(left) % 2 :]
            left = [self.either(a, b) for a, b in zip(left[::2], left[1::2], strict=False)] + rest
        return left[0] if left else NOBODY

    def stronger(self, one: int, other: int) -> int:
        """Where every case comes to the higher end of the two that it comes to in each diagram."""
        if one == other or max(one, other) < ENDS:
            return max(one, other)
        if NOBODY in (one, other):
            return one or other
        return self._joined(self.stronger, min(one, other), max(one, other))

    def with_end(self, node: int, end: int, wanted: int = EVERYONE) -> int:
        """The cases that come to one end of a diagram; they come to the wanted one instead."""
        if node < ENDS:
            return wanted if node == end else NOBODY
        key = ("with_end", node, ENDS * end + wanted)
        found = self.met.get(key)
        if found is None:
            ends = tuple([self.with_end(below, end, wanted) for below in self.ends_of[node]])
            found = self.met[key] = self.node(self.level_of[node], ends)
        return found

    def branching(self, level: int, ends: Sequence[int]) -> int:
        """The set that goes on at an end for each value, whatever the ends ask themselves."""
        if all(self.level_of[end] > level for end in ends):
            return self.node(level, tuple(ends))
        each = (self.both(self.holding(((level, 1 << i),)), end) for i, end in enumerate(ends))
        return self.together(each)

    def counted(
        self, points: Sequence[tuple[int, Sequence[float], int]], wanted: Callable[[float], bool]
    ) -> int:
        """The cases whose points add up to a total that is wanted.

        `points`: for each level that has some, in ascending order, those of each of its values,
        and the cases that have them; all others have none.
        There are no more nodes than factors times totals, where the alternatives would be as many
        as the choices of k out of n.
        """
        known: dict[tuple[int, float], int] = {}

        def below(at: int, total: float) -> int:
            if at == len(points):
                return EVERYONE if wanted(total) else NOBODY
            key = (at, total)
            if key not in known:
                self.step()
                level, own, cases = points[at]
                node = self.branching(level, [below(at + 1, round(total + m, 9)) for m in own])
                if cases != EVERYONE:
                    rest = self.less(below(at + 1, total), cases)
                    node = self.either(self.both(node, cases), rest)
                known[key] = node
            return known[key]

        return below(0, 0.0)

    def reached(self, node: int, box: Mapping[int, int]) -> set[int]:
        """The ends that the cases of a box come to.

        `box`: for some levels a bit for each value that is possible.
        """
        if not box:
            return {end for end in range(ENDS) if self._below(node) >> end & 1}
        ends, seen, stack = set(), {node}, [node]
        while stack:
            node = stack.pop()
            if node < ENDS:
                ends.add(node)
                continue
            mask = box.get(self.level_of[node], ANY_VALUE)
            for i, target in enumerate(self.ends_of[node]):
                if mask >> i & 1 and target not in seen:
                    seen.add(target)
                    stack.append(target)
        return ends

    def reached_together(
        self, nodes: Sequence[int], box: Mapping[int, int]
    ) -> set[tuple[int, ...]]:
        """The ends that several diagrams come to for the same cases of a box, side by side."""
        ends, seen, stack = set(), {tuple(nodes)}, [tuple(nodes)]
        while stack:
            each = stack.pop()
            level = min(map(self.level_of.__getitem__, each))
            if level == len(self.sizes):
                ends.add(each)
                continue
            self.step()
            mask = box.get(level, ANY_VALUE)
            below = zip(*(self.ends(node, level) for node in each), strict=True)
            for i, after in enumerate(below):
                if mask >> i & 1 and after not in seen:
                    seen.add(after)
                    stack.append(after)
        return ends

    def is_in(self, node: int, box: Mapping[int, int]) -> bool | None:
        """Whether all cases of a box are in a set, or none; None if some are."""
        ends = self.reached(node, box)
        return None if len(ends) > 1 else ends == {EVERYONE}

    def without(self, node: int, box: Box) -> int:
        """The cases of a set that a box does not hold."""
        known: dict[tuple[int, int], int] = {}

        def rest(node: int, first: int) -> int:
            if node == NOBODY or first == len(box):
                return NOBODY
            key = (node, first)
            if key not in known:
                self.step()
                level, mask = box[first]
                own = self.level_of[node]
                ends = []
                if own < level:
                    for end in self.ends_of[node]:
                        ends.append(rest(end, first))
                else:
                    for i, end in enumerate(self.ends(node, level)):
                        ends.append(rest(end, first + 1) if mask >> i & 1 else end)
                known[key] = self.node(min(own, level), tuple(ends))
            return known[key]

        return rest(node, 0)

    def holding(self, box: Box, end: int = EVERYONE) -> int:
        """The set of everyone whom a box holds; they come to `end`."""
        node, bits = end, self.bits
        for level, mask in reversed(box):
            ends = [node if mask & bit else NOBODY for bit in bits[level]]
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
            mask = box.get(self.level_of[node], ANY_VALUE)
            ahead = {end for i, end in enumerate(self.ends_of[node]) if mask >> i & 1} - seen
            seen |= ahead
            stack += ahead
        return True

    def path(self, node: int) -> Box:
        """The first path through a set, with every value that takes it."""
        path = []
        while node not in (NOBODY, EVERYONE):
            level, ends = self.level_of[node], self.ends_of[node]
            node = next(end for end in ends if end != NOBODY)
            path.append((level, sum(1 << i for i, end in enumerate(ends) if end == node)))
        return tuple(path)

    def paths(self, node: int) -> int:
        """How many paths there are through a set."""
        known = {NOBODY: 0, EVERYONE: 1}

        def count(node: int) -> int:
            if node not in known:
                total = 0
                for end in set(self.ends_of[node]):
                    total += count(end)
                known[node] = total
            return known[node]

        return count(node)
