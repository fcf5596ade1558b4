"""The strongest of many boxes for every case: a decision diagram made from the first level down.

That is top-down knowledge compilation: what the answers so far leave of the boxes is their
*residual*, and cases with the same residual go on in the same diagram (formula caching). The levels
are gone through one after the other, breadth first. The boxes left are bits of one integer, so that
an answer takes one operation, however many boxes there are.
"""

from __future__ import annotations

import itertools
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .diagrams import ENDS, Diagrams

# The bits of a residual, from the lowest on: the end of no strength, then for each strength its
# boxes, and above them its end. One end is set, that of the strongest box that surely holds. What
# is below it has no say any more and is not set; so where nothing but an end is, it is the answer.
_Residual = int
_Literal = tuple[str, frozenset[str]]


@dataclass(slots=True)
class _Layer:
    """A level that boxes ask. `keeps`: for each of its values the boxes that may still hold."""

    level: int
    keeps: list[int]
    asking: int = 0
    parts: list[int] = field(default_factory=list)  # the boxes with each literal of the level
    last: int = 0  # the boxes that ask nothing after it
    # Of boxes of one strength that ask the same after it, the one that stands for them.
    twins: dict[int, int] = field(default_factory=dict)
    twinned: int = 0
    # The numbers of the residuals that it is asked of; for each value those of what comes after.
    asked: list[int] = field(default_factory=list)
    after: list[list[int]] = field(default_factory=list)

    def settled(self, sets: Diagrams, residual: _Residual, ends: Sequence[int]) -> _Residual:
        """What is left after the answer: boxes that hold give way to their end, twins to one.

        Each twin takes a step.
        """
        holding = residual & self.last
        if holding:
            end = ends[bisect(ends, holding)]
            residual = residual & -end | end
        twins = residual & self.twinned
        if twins:
            sets.step(twins.bit_count())
            for box in _bits(twins):
                residual = residual ^ box | self.twins[box]
        return residual


def strongest(
    sets: Diagrams,
    boxes: Sequence[tuple[int, Iterable[_Literal]]],
    place: Callable[[_Literal], tuple[int, int]],
    most: int,
) -> int:
    """Where every case comes to the highest strength of the boxes that hold it.

    `boxes`: a strength, and the literals that hold together; `place`: the level of a literal, and
    a bit for each value allowed. Where boxes overlap in very many ways, two and two may be quicker:
    it is given up with TooMuchWork after `most` of the steps that are left.
    """
    asking, ends, ranks, bit = defaultdict[_Literal, int](int), list[int](), list[int](), 1
    for strength in range(ENDS):
        lowest = bit
        for literals in [literals for own, literals in boxes if own == strength]:
            for literal in literals:
                asking[literal] |= bit
            bit <<= 1
        ranks.append(bit - lowest)
        ends.append(bit)
        bit <<= 1
    every = sum(ranks)
    # Before the first level, nothing has been asked.
    root = _Layer(-1, [], every)
    layers = _layers(sets, asking, place, bit - 1)
    _look_ahead([root, *layers], ranks)
    spare = max(0, sets.left - most)
    sets.left -= spare
    try:
        first = root.settled(sets, every | ends[0], ends)
        if first in ends:
            return ends.index(first)
        count = _descend(sets, layers, first, ends)
    finally:
        sets.left = max(0, sets.left) + spare
    return _gathered(sets, layers, count)


def _layers(
    sets: Diagrams,
    asking: Mapping[_Literal, int],
    place: Callable[[_Literal], tuple[int, int]],
    everything: _Residual,
) -> list[_Layer]:
    """The levels that boxes ask, in order. `asking`: for each literal the boxes that have it."""
    found: dict[int, _Layer] = {}
    for literal, part in asking.items():
        level, allowed = place(literal)
        layer = found.get(level)
        if layer is None:
            layer = found[level] = _Layer(level, [everything] * sets.sizes[level])
        layer.parts.append(part)
        layer.asking |= part
        for value, kept in enumerate(layer.keeps):
            if not allowed >> value & 1:
                layer.keeps[value] = kept & ~part
    return [found[level] for level in sorted(found)]


def _look_ahead(layers: Sequence[_Layer], ranks: Sequence[int]) -> None:
    """Note at each level which boxes ask nothing after it, and which ask the same.

    From the last level up, boxes are parted by what they ask: the field's partition refinement.
    """
    later, alike = 0, list[int]()
    for layer in reversed(layers):
        layer.last = layer.asking & ~later
        later |= layer.asking
        parted = _parted([*alike, *(layer.last & rank for rank in ranks)], layer.parts)
        # Those that are not parted here are twins from a level further up on.
        for boxes in alike if layer is layers[0] else {*alike}.difference(parted):
            one = 1 << boxes.bit_length() - 1
            layer.twinned |= boxes ^ one
            layer.twins.update(dict.fromkeys(_bits(boxes ^ one), one))
        alike = parted


def _parted(groups: Iterable[int], by: Iterable[int]) -> list[int]:
    """Groups of boxes of which each is in a part or outside of it; none of a single box."""
    found = [boxes for boxes in groups if boxes & boxes - 1]
    for part in by:
        found = [
            half for boxes in found for half in (boxes & part, boxes & ~part) if half & half - 1
        ]
    return found


def _bits(boxes: int) -> Iterator[int]:
    while boxes:
        lowest = boxes & -boxes
        yield lowest
        boxes ^= lowest


def _descend(
    sets: Diagrams, layers: Sequence[_Layer], first: _Residual, ends: Sequence[int]
) -> int:
    """Find what comes after every residual; how many numbers were given.

    Each answer to a residual takes a step.
    """
    # The residuals that the levels so far do not ask. No level asks the ends; their numbers are
    # the strengths.
    waiting = {end: strength for strength, end in enumerate(ends)}
    numbers = itertools.count(ENDS)
    waiting[first] = next(numbers)
    for layer in layers:
        asking, special = layer.asking, layer.last | layer.twinned
        asked = [residual for residual in waiting if residual & asking]
        sets.step(len(asked) * len(layer.keeps))
        layer.asked = [*map(waiting.pop, asked)]
        for kept in layer.keeps:
            after = []
            for residual in asked:
                left = residual & kept
                if left & special:
                    left = layer.settled(sets, left, ends)
                # Quicker than to look first whether it waits already; some numbers are left out.
                after.append(waiting.setdefault(left, next(numbers)))
            layer.after.append(after)
    return next(numbers)


def _gathered(sets: Diagrams, layers: Sequence[_Layer], count: int) -> int:
    """The diagram of the first residual, made from the last level up."""
    nodes: list[int] = [*range(ENDS)] + [0] * (count - ENDS)
    for layer in reversed(layers):
        ends = (map(nodes.__getitem__, after) for after in layer.after)
        made = sets.nodes_at(layer.level, zip(*ends, strict=True))
        for number, node in zip(layer.asked, made, strict=True):
            nodes[number] = node
    return nodes[ENDS]
