"""The possible values of a factor as the bits of a number."""

from __future__ import annotations

from collections.abc import Collection

from ..model.parts import Factor


def mask_of(factor: Factor, allowed: Collection[str]) -> int:
    """A bit for each value that is possible: a walk asks this often, mostly of a single one.

    >>> mask_of(Factor("rain", "Does it rain?", ()), ["no"])
    2
    """
    if isinstance(allowed, str):
        return 1 << factor.values.index(allowed) if allowed in factor.values else 0
    return sum(1 << i for i, value in enumerate(factor.values) if value in allowed)


def values_in(factor: Factor, mask: int) -> frozenset[str]:
    """The values of these bits.

    >>> values_in(Factor("rain", "Does it rain?", ()), 2)
    frozenset({'no'})
    """
    return frozenset(value for i, value in enumerate(factor.values) if mask >> i & 1)
