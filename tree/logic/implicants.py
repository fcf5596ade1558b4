"""Boxes of cases that lie in a set: implicants of it, and prime ones where none is larger."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from .dependence import Dependence
from .diagrams import ANY_VALUE, EVERYONE, NOBODY, Box, Diagrams


def prime_boxes(sets: Diagrams, node: int) -> tuple[Box, ...]:
    """Every box that lies in a set and in no larger box that does."""
    known: dict[int, tuple[Box, ...]] = {NOBODY: (), EVERYONE: ((),)}

    def primes(node: int) -> tuple[Box, ...]:
        if node not in known:
            level, ends = sets.level_of[node], sets.ends_of[node]
            masks: dict[int, int] = {}
            for i, end in enumerate(ends):
                masks[end] = masks.get(end, 0) | 1 << i
            found: list[Box] = []
            several = [end for end in masks if end != NOBODY]
            for count in range(1, len(several) + 1):
                for chosen in itertools.combinations(several, count):
                    sets.step()
                    common = EVERYONE
                    for end in chosen:
                        common = sets.both(common, end)
                    others = [end for end in several if end not in chosen]
                    mask = sum(masks[end] for end in chosen)
                    literal = ((level, mask),) if mask + 1 < 1 << len(ends) else ()
                    for box in primes(common):
                        sets.step()
                        # With one more value it would leave the set; otherwise it is not prime.
                        if not any(sets.holds(end, dict(box)) for end in others):
                            found.append((*literal, *box))
            known[node] = tuple(found)
        return known[node]

    return primes(node)


def largest(sets: Diagrams, boxes: Iterable[Box | None]) -> tuple[Box, ...]:
    """The boxes that lie in no other one of them, each once."""
    found = dict.fromkeys(box for box in boxes if box is not None)
    return tuple(box for box in found if not any(_is_inside(sets, box, other) for other in found))


def _is_inside(sets: Diagrams, box: Box, other: Box) -> bool:
    sets.step()
    masks = dict(box)
    return box != other and all(not masks.get(at, ANY_VALUE) & ~mask for at, mask in other)


def widened(
    sets: Diagrams, path: Box, within: int, levels: Iterable[int], asked: Dependence
) -> Box:
    """A prime box of a set around a path through it: factors dropped, then values added.

    A factor goes with those that depend on it, and no value comes with which one of these would
    not apply.
    """
    box = dict(path)
    for level in levels:
        dropped = asked.depending_on(level)
        fewer = {other: mask for other, mask in box.items() if other not in dropped}
        if sets.holds(within, fewer):
            box = fewer
    for level in list(box):
        with_all = asked.implied(level, box)
        for i in range(sets.sizes[level]):
            wider = box | {level: box[level] | 1 << i}
            if with_all >> i & 1 and wider != box and sets.holds(within, wider):
                box = wider
    return tuple(box.items())


def share(sets: Diagrams, node: int, box: Box) -> float:
    """How much of everyone is both in a set and in a box."""
    masks, known = dict(box), {NOBODY: 0.0, EVERYONE: 1.0}

    def inside(node: int) -> float:
        if node not in known:
            sets.step()
            level, ends = sets.level_of[node], sets.ends_of[node]
            mask, total, count = masks.get(level, ANY_VALUE), 0.0, 0
            for i, end in enumerate(ends):
                if mask >> i & 1:
                    total, count = total + inside(end), count + 1
            known[node] = total / count
        return known[node]

    share = inside(node)
    for level, mask in box:
        share *= mask.bit_count() / sets.sizes[level]
    return share


def shortest(sets: Diagrams, node: int) -> Box:
    """A shortest path through a set, with one value at each level; of as short ones the first.

    >>> sets = Diagrams([2, 2])
    >>> sets.left = 100
    >>> shortest(sets, sets.either(sets.holding(((0, 1), (1, 1))), sets.holding(((1, 2),))))
    ((0, 1),)
    """
    known: dict[int, Box | None] = {NOBODY: None, EVERYONE: ()}

    def from_node(node: int) -> Box | None:
        if node not in known:
            level, ends = sets.level_of[node], sets.ends_of[node]
            paths = [(1 << value, from_node(end)) for value, end in enumerate(ends)]
            found = [((level, mask), *path) for mask, path in paths if path is not None]
            known[node] = min(found, key=len)
        return known[node]

    return from_node(node) or ()
