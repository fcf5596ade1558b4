"""Boxes that name a question only beside the answers with which it applies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model.parts import Factor
from .diagrams import ANY_VALUE, Box
from .masks import mask_of


class Dependence:
    """Which levels depend on which. `factors`: those of the levels, each after what it depends on.

    >>> brood = Factor("brood", "Brood?", ())
    >>> caged = Factor("caged", "Caged?", (), asked_if=frozenset({("brood", frozenset({"yes"}))}))
    >>> asked = Dependence([brood, caged])
    >>> asked.applying([(1, 2)]), asked.applying([(0, 2), (1, 2)])
    (((0, 1), (1, 2)), None)
    """

    def __init__(self, factors: Sequence[Factor]) -> None:
        level_of = {factor.id: level for level, factor in enumerate(factors)}
        self.asked_if: dict[int, dict[int, int]] = {}
        for level, factor in enumerate(factors):
            before = ((level_of[id], allowed) for id, allowed in factor.asked_if if id in level_of)
            masks = {other: mask_of(factors[other], allowed) for other, allowed in before}
            every = {other: (1 << len(factors[other].values)) - 1 for other in masks}
            if masks != every:
                self.asked_if[level] = {o: mask for o, mask in masks.items() if mask != every[o]}

    def depending_on(self, level: int) -> set[int]:
        """A level, and those that depend on it."""
        return {level, *(other for other, masks in self.asked_if.items() if level in masks)}

    def implied(self, level: int, named: Iterable[int]) -> int:
        """The values of a level with which all the levels that are named apply."""
        mask = ANY_VALUE
        for other in named:
            mask &= self.asked_if.get(other, {}).get(level, ANY_VALUE)
        return mask

    def applying(self, box: Iterable[tuple[int, int]]) -> Box | None:
        """The cases of a box to which all that it names applies; None where there are none."""
        masks = dict(box)
        for level in [*masks]:
            for other, mask in self.asked_if.get(level, {}).items():
                masks[other] = masks.get(other, ANY_VALUE) & mask
        return tuple(sorted(masks.items())) if all(masks.values()) else None
