"""The strongest of many boxes for every case: a decision diagram made from the first level down.

That is top-down knowledge compilation: what the answers so far leave of the boxes is their
*residual*, and cases with the same residual go on in the same diagram (formula caching). The levels
are gone through one after the other, breadth first. The boxes left are bits of one integer, so that
an answer takes one operation, however many boxes there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    # The residuals that come here, by number; and the numbers of those that come after: of all
    # with the first value, then of all with the second one, and so on.
    residuals: dict[_Residual, int] = field(default_factory=dict)
    after: list[int] = field(default_factory=list)

    def settled(self, sets: Diagrams, residual: _Residual, ends: Iterable[int]) -> _Residual:
        """What is left after the answer: boxes that hold give way to their end, twins to one.

        Each twin takes a step.
        """
        holding = residual & self.last
        if holding:
            end = next(end for end in ends if end > holding)
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
    asking: dict[_Literal, list[int]] = defaultdict(list)
    ends, ranks, bit = dict[int, int](), list[int](), 1
    for strength in range(ENDS):
        first = bit
        for literals in [literals for own, literals in boxes if own == strength]:
            for bits in map(asking.__getitem__, literals):
                bits.append(bit)
            bit <<= 1
        ranks.append(bit - first)
        ends[bit] = strength
        bit <<= 1
    every = sum(ranks)
    # Before the first level, one answer leaves them all.
    root = _Layer(-1, [-1], every, residuals={every | 1: 0})
    layers = [root, *_layers(sets, asking, place)]
    _look_ahead(layers, ranks)
    spare = max(0, sets.left - most)
    sets.left -= spare
    try:
        count = _descend(sets, layers, ends)
    finally:
        sets.left = max(0, sets.left) + spare
    return _gathered(sets, layers, count)


def _layers(
    sets: Diagrams,
    asking: dict[_Literal, list[int]],
    place: Callable[[_Literal], tuple[int, int]],
) -> list[_Layer]:
    """The levels that boxes ask, in order."""
    found: dict[int, _Layer] = {}
    for literal, bits in asking.items():
        level, allowed = place(literal)
        layer = found.get(level)
        if layer is None:
            layer = found[level] = _Layer(level, [-1] * sets.sizes[level])
        part = sum(bits)
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
        parted = _parted([layer.last & rank for rank in ranks], layer.parts)
        for boxes in alike:
            parts = _parted([boxes], layer.parts) if boxes & layer.asking else [boxes]
            parted += parts
            # Those that are not parted here are twins from a level further up on.
            if parts != [boxes] or layer is layers[0]:
                layer.twinned |= boxes
                layer.twins.update(dict.fromkeys(_bits(boxes), 1 << boxes.bit_length() - 1))
        alike = parted


def _parted(groups: Iterable[int], by: Iterable[int]) -> list[int]:
    """Groups of boxes of which each is in a part or outside of it; none of a single box."""
    found = [boxes for boxes in groups if boxes & boxes - 1]
    for part in by:
        each = [half for boxes in found for half in (boxes & part, boxes & ~part)]
        found = [boxes for boxes in each if boxes & boxes - 1]
    return found


def _bits(boxes: int) -> Iterator[int]:
    while boxes:
        lowest = boxes & -boxes
        yield lowest
        boxes ^= lowest


def _descend(sets: Diagrams, layers: Sequence[_Layer], ends: dict[int, int]) -> int:
    """Find what comes after every residual; how many there are, together with the ends.

    Each answer to a residual takes a step.
    """
    count = ENDS
    for at, layer in enumerate(layers):
        sets.step(len(layer.residuals) * len(layer.keeps))
        below = [(each.asking, each.residuals) for each in layers[at + 1 :]]
        special, after = layer.last | layer.twinned, layer.after
        for kept in layer.keeps:
            for residual in layer.residuals:
                left = residual & kept
                if left & special:
                    left = layer.settled(sets, left, ends)
                if left in ends:
                    after.append(ends[left])
                    continue
                for asking, known in below:
                    if asking & left:
                        number = known.setdefault(left, count)
                        if number == count:
                            count += 1
                        after.append(number)
                        break
    return count


def _gathered(sets: Diagrams, layers: Sequence[_Layer], count: int) -> int:
    """The diagram of the first residual, made from the last level up."""
    nodes: list[int] = [*range(ENDS)] + [0] * (count - ENDS)
    for layer in reversed(layers[1:]):
        many = len(layer.residuals)
        ends = [*map(nodes.__getitem__, layer.after)]
        columns = [ends[first : first + many] for first in range(0, len(ends), many or 1)]
        made = sets.nodes_at(layer.level, zip(*columns, strict=True))
        for number, node in zip(layer.residuals.values(), made, strict=True):
            nodes[number] = node
    return nodes[layers[0].after[0]]
