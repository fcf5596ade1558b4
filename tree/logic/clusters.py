"""Options → the groups of them that share a tree: bottom-up clustering of their diagrams.

Of all pairs of clusters the one that saves most nodes is joined, until none saves any within the
limit. How much a pair can save at most is known without its product, so only promising pairs are
multiplied: the greedy algorithm with lazy evaluation.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

from .diagrams import Diagrams

# A node: the level that it asks, and where each value leads. An end asks nothing: it is at the
# level below all others.
Nodes = Sequence[tuple[int, tuple[int, ...]]]


def clusters(sets: Diagrams, roots: Sequence[int], most: int) -> list[list[int]]:
    """Which diagrams are shown together: for each cluster their places, in order.

    `roots`: one for each option. Two clusters are joined where both as one have fewer nodes than
    they have apart, and not more than `most`; first those that save most, and of as many the first.
    """
    shapes = ((place, _shape(sets, root, most)) for place, root in enumerate(roots))
    left = {place: _Cluster([place], nodes) for place, nodes in shapes if nodes}
    alone = [[place] for place in range(len(roots)) if place not in left]
    queue = [
        _Pair(one, left[one], other, left[other], most)
        for one, other in itertools.combinations(left, 2)
        if left[one].shares_a_factor(left[other])
    ]
    queue = [pair for pair in queue if pair.saving > 0]
    heapq.heapify(queue)
    while queue:
        pair = heapq.heappop(queue)
        if left.get(pair.first) is not pair.one or left.get(pair.second) is not pair.other:
            continue
        if not pair.joint:
            if pair.join():
                heapq.heappush(queue, pair)
            continue
        del left[pair.second]
        made = left[pair.first] = pair.joint
        for place, other in left.items():
            if other is not made and made.shares_a_factor(other):
                first, second = sorted((pair.first, place))
                new = _Pair(first, left[first], second, left[second], most)
                if new.saving > 0:
                    heapq.heappush(queue, new)
    return sorted([*alone, *(sorted(cluster.places) for cluster in left.values())])


class _Cluster:
    """Some options, by their places, and the nodes of their tree, the root first."""

    def __init__(self, places: Sequence[int], nodes: Nodes) -> None:
        self.places = places
        self.nodes = nodes
        self.at_level = Counter(level for level, _ in nodes)
        self.asked = _bits(level for level, ends in nodes if ends)

    def shares_a_factor(self, other: _Cluster) -> bool:
        return bool(self.asked & other.asked)


class _Pair:
    """Two clusters that may become one. `saving`: how many nodes that saves, or at most can."""

    def __init__(self, first: int, one: _Cluster, second: int, other: _Cluster, limit: int) -> None:
        self.first, self.one = first, one
        self.second, self.other = second, other
        self.apart = len(one.nodes) + len(other.nodes)
        self.most = min(limit, self.apart - 1)
        self.joint: _Cluster | None = None
        # After the answers above a level, each cluster goes on in as many ways as it has nodes
        # there, and both together in no fewer.
        least = (one.at_level | other.at_level).total()
        self.saving = self.apart - least if least <= self.most else 0

    def join(self) -> bool:
        """Make both one, where that is worth it."""
        nodes = _product(self.one.nodes, self.other.nodes, self.most)
        if nodes:
            self.joint = _Cluster([*self.one.places, *self.other.places], nodes)
            self.saving = self.apart - len(nodes)
        return bool(nodes)

    def __lt__(self, other: _Pair) -> bool:
        return (-self.saving, self.first, self.second) < (-other.saving, other.first, other.second)


def _shape(sets: Diagrams, root: int, most: int) -> Nodes | None:
    """The nodes of one diagram, numbered from its root; None where there are more than `most`."""
    numbers = {root: 0}
    order = [root]
    for node in order:
        for end in sets.ends_of[node]:
            if end not in numbers:
                numbers[end] = len(order)
                order.append(end)
        if len(order) > most:
            return None
    return [
        (sets.level_of[node], tuple([numbers[end] for end in sets.ends_of[node]])) for node in order
    ]


def _product(one: Nodes, other: Nodes, most: int) -> Nodes | None:
    """The nodes of two diagrams side by side; None where there are more than `most`.

    Different pairs of nodes of reduced diagrams differ for some case, so each is a node.
    """
    numbers = {(0, 0): 0}
    order = [(0, 0)]
    nodes = []
    for mine, yours in order:
        (level, ends), (lower, others) = one[mine], other[yours]
        if level < lower:
            pairs = [(end, yours) for end in ends]
        elif lower < level:
            level, pairs = lower, [(mine, end) for end in others]
        else:
            pairs = list(zip(ends, others, strict=True))
        for pair in pairs:
            if pair not in numbers:
                if len(order) == most:
                    return None
                numbers[pair] = len(order)
                order.append(pair)
        nodes.append((level, tuple([numbers[pair] for pair in pairs])))
    return nodes


def _bits(levels: Iterable[int]) -> int:
    bits = 0
    for level in levels:
        bits |= 1 << level
    return bits
