"""What an answer leaves possible: one value, several of which one is right, or all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import ranges
from .answers import WRONG, Spelling

# What may hold several values, and what stands between them in words.
SEVERAL = (list, tuple, set, frozenset)
OR = re.compile(r"\s*,\s*or\s+|\s+or\s+|\s*,\s+", re.IGNORECASE)


def left_possible(spelling: Spelling, written: object) -> tuple[int, ...] | None:
    """The places of the values that an answer leaves; None where a part of it fits none.

    Beside one value it may be several, in a list or in words with "or" between them, or a range
    where the values are bands. What is unknown leaves them all.

    >>> sky = Spelling(("blue", "grey", "black"))
    >>> [left_possible(sky, answer) for answer in ("grey", "grey or black", None, "grey or red")]
    [(1,), (1, 2), (0, 1, 2), None]
    """
    found: set[int] = set()
    for part in _parts(spelling, written):
        place = spelling.place(part)
        places: Iterable[int] = (place,)
        if place == spelling.unknown:
            places = range(spelling.unknown)
        elif place == WRONG:
            places = _within(spelling, part)
        if not places:
            return None
        found.update(places)
    return tuple(sorted(found)) or None


def _parts(spelling: Spelling, written: object) -> Iterable[object]:
    """The parts of an answer that names several values."""
    if isinstance(written, SEVERAL):
        return written
    if isinstance(written, str) and spelling.place(written) == WRONG:
        return OR.split(written)
    return (written,)


def _within(spelling: Spelling, words: object) -> tuple[int, ...]:
    """The places of the values whose bands share a number with a range in words."""
    limit = ranges.in_words(words) if isinstance(words, str) else None
    # A number by itself is no range.
    if limit is None or limit.low == limit.high:
        return ()
    bands = enumerate(spelling.bands)
    return tuple(place for place, band in bands if ranges.common(band, limit))
