"""Ranges of numbers: as people write them, and what two of them have in common.

A cut is a place between numbers: (18, False) is just before 18, (18, True) just after it. So the
order of cuts is that of tuples, and a range is what lies between two of them.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from .answers import Band
from .letters import visible

Cut = tuple[float, bool]

_NUMBER = r"(-?\d+(?:[.,]\d+)?)"
# How limits are written by mistake, and the bounds that are meant.
_MEANT = [
    (r"(?:<=|=<|≤|up to|at most|no more than|until|to) ?{n}", ("to",)),
    (r"(?:>=|=>|≥|at least|no less than|from|since) ?{n}", ("from",)),
    (r"(?:<|below|under|less than|fewer than|before) ?{n}", ("below",)),
    (r"(?:>|over|above|more than|after) ?{n}", ("over",)),
    (r"{n} ?(?:\+|or more|or older|or over|and more|and over)", ("from",)),
    (r"{n} ?(?:or less|or fewer|or younger|and less)", ("to",)),
    (r"(?:between |from )?{n} ?(?:-|\u2013|to|and|\.\.+|…) ?{n}", ("from", "to")),
    (r"=?=? ?{n}", ("from", "to")),
]
_SLIPS = [
    (re.compile(rf"{words.replace('{n}', _NUMBER)}(?: ?[^\W\d][^\d]*)?", re.IGNORECASE), bounds)
    for words, bounds in _MEANT
]


def edges(band: Band) -> tuple[Cut, Cut]:
    """Where a band begins and ends.

    >>> edges(Band(4.5, 6, high_inside=True))
    ((4.5, True), (6, True))
    """
    low = (-math.inf, False) if band.low is None else (band.low, not band.low_inside)
    high = (math.inf, True) if band.high is None else (band.high, band.high_inside)
    return low, high


def between(start: Cut, end: Cut) -> Band:
    """The band from one cut to another."""
    low, high = start[0], end[0]
    return Band(
        None if low == -math.inf else low,
        None if high == math.inf else high,
        low != -math.inf and not start[1],
        high != math.inf and end[1],
    )


def inside(band: Band, other: Band) -> bool:
    """Whether every number of a band is in another."""
    (start, end), (first, last) = edges(band), edges(other)
    return first <= start and end <= last


def common(band: Band, other: Band) -> Band | None:
    """The numbers that are in both, or None.

    >>> print(common(Band(high=9), Band(4, low_inside=True)))
    4 or more and less than 9
    """
    (start, end), (first, last) = edges(band), edges(other)
    start, end = max(start, first), min(end, last)
    return between(start, end) if start < end else None


def joined(bands: Iterable[Band]) -> tuple[Band, ...]:
    """Bands in ascending order, those that touch as one.

    >>> print(*joined([Band(high=4), Band(4, 6, low_inside=True), Band(9)]), sep="; ")
    less than 6; more than 9
    """
    found: list[tuple[Cut, Cut]] = []
    for start, end in map(edges, bands):
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return tuple(between(*pair) for pair in found)


def bounds_in(words: str) -> list[tuple[str, str]]:
    """The bounds that words name, each with its number; none where they name none."""
    seen = visible(words)
    # A number has few digits; what is longer is no limit, and would be searched for long.
    for pattern, bounds in _SLIPS if len(seen) < 100 else ():
        if match := pattern.fullmatch(seen):
            numbers = [number.replace(",", ".") for number in match.groups()]
            return list(zip(bounds, numbers * (len(bounds) // len(numbers)), strict=True))
    return []


def in_words(words: str) -> Band | None:
    """The numbers that a limit in words leaves, or None where it is no limit.

    >>> print(in_words("from 45"), in_words("3 to 6"), in_words("yes"), sep="; ")
    45 or more; 3 or more and 6 or less; None
    """
    bounds = {bound: float(number) for bound, number in bounds_in(words)}
    return banded(bounds)


def banded(bounds: Mapping[str, float]) -> Band | None:
    """The range between some bounds; None where no number is left."""
    low, high = bounds.get("from", bounds.get("over")), bounds.get("to", bounds.get("below"))
    band = Band(low, high, "from" in bounds, "to" in bounds)
    start, end = edges(band)
    return band if bounds and start < end else None


def named_by_bounds(bands: Sequence[Band], unit: str) -> Iterator[str]:
    """A name for each of several bands; the first and the last one go by one bound.

    >>> bands = [Band(high=4.5, high_inside=True), Band(4.5, 6), Band(6, low_inside=True)]
    >>> list(named_by_bounds(bands, "hours"))
    ['up to 4.5 hours', 'over 4.5 to below 6 hours', 'from 6 hours']
    """
    for place, band in enumerate(bands):
        low = band.low if place else None
        high = band.high if place < len(bands) - 1 else None
        if low is not None and low == high:
            words = f"exactly {_plain(low)}"
        elif low is None and high is not None:
            words = f"{'up to' if band.high_inside else 'below'} {_plain(high)}"
        else:
            words = f"{'from' if band.low_inside else 'over'} {_plain(low or 0)}"
            if high is not None:
                words += f" to {'' if band.high_inside else 'below '}{_plain(high)}"
        yield f"{words} {unit}".rstrip()


def _plain(number: float) -> str:
    # Adding nothing makes 0 of -0.
    return f"{number + 0:.9f}".rstrip("0").rstrip(".")


def merged(
    values: Sequence[str], bands: Sequence[Band], unit: str, chosen: Collection[str]
) -> list[str]:
    """The chosen ones of some values, with one name for neighbours that are named by their bounds.

    `bands`: those of the first values.

    >>> bands = [Band(high=3), Band(3, 28, low_inside=True), Band(28, low_inside=True)]
    >>> values = (*named_by_bounds(bands, "days"), "not known")
    >>> merged(values, bands, "days", {"below 3 days", "from 3 to below 28 days", "not known"})
    ['below 28 days', 'not known']
    >>> merged(("young", "old"), [Band(high=3), Band(3)], "days", {"young", "old"})
    ['young', 'old']
    """
    count = len(bands)
    if tuple(named_by_bounds(bands, unit)) != tuple(values[:count]):
        return [value for value in values if value in chosen]
    names = []
    for is_chosen, run in itertools.groupby(range(count), lambda at: values[at] in chosen):
        places = list(run)
        if is_chosen:
            first, last = places[0], places[-1]
            whole = between(edges(bands[first])[0], edges(bands[last])[1])
            others = [*bands[:first], whole, *bands[last + 1 :]]
            names.append(list(named_by_bounds(others, unit))[first])
    return [*names, *(value for value in values[count:] if value in chosen)]
