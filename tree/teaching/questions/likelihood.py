"""Whether a new fact makes an option more likely: concordance, as tests of reasoning have it."""

from __future__ import annotations

from collections.abc import Iterable

from ...messages import say
from ...model.standing import Standing

MORE, LESS, UNCHANGED = "more", "less", "unchanged"


def likelihood(before: Iterable[Standing], after: Iterable[Standing]) -> str | None:
    """What a new fact makes of an option whose possible standings were `before`, are `after`.

    From least to most: withheld, silent, offered, preferred. The option becomes "more" likely
    where all that is no longer possible lies below all that still is; "less" where it lies
    above; "unchanged" where all is still possible; None where it can be seen either way.

    >>> likelihood([Standing.WITHHELD, Standing.OFFERED], [Standing.OFFERED])
    'more'
    >>> likelihood([Standing.PREFERRED, Standing.SILENT], [Standing.SILENT])
    'less'
    >>> likelihood([Standing.OFFERED], [Standing.OFFERED])
    'unchanged'
    >>> likelihood([Standing.PREFERRED, Standing.OFFERED, Standing.SILENT], [Standing.OFFERED])
    """
    left = {_RANK[standing] for standing in after}
    lost = {_RANK[standing] for standing in before} - left
    if not lost:
        return UNCHANGED
    if max(lost) < min(left):
        return MORE
    return LESS if min(lost) > max(left) else None


_RANK = {
    Standing.WITHHELD: 0,
    Standing.SILENT: 1,
    Standing.OFFERED: 2,
    Standing.PREFERRED: 3,
}


def likely() -> tuple[tuple[str, str], ...]:
    """The answers to choose from, each with its words."""
    return (
        (MORE, say("More likely")),
        (LESS, say("Less likely")),
        (UNCHANGED, say("Unchanged")),
    )
