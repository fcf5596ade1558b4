"""What an answer leaves possible: one value, several of which one is right, or all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from . import ranges
from .answers import WRONG, Spelling
from .letters import visible

# What may hold several values, and what stands between them in words.
SEVERAL = (list, tuple, set, frozenset)
OR = re.compile(r"\s*,\s*or\s+|\s+or\s+|\s*,\s+", re.IGNORECASE)


def possible(answer: Collection[str]) -> Collection[str]:
    """The values that an answer leaves possible: it is one, or several of which one is right."""
    return (answer,) if isinstance(answer, str) else answer


def left_possible(spelling: Spelling, written: object) -> tuple[int, ...] | None:
    """The places of the values that an answer leaves; None where a part of it fits none.

    Beside one value it may be several, in a list or in words with "or" between them, or a range
    where the values are bands. What is unknown leaves them all.

    A value may have an "or" in its name; the longest name that fits wins.

    >>> sky = Spelling(("blue", "grey", "black"))
    >>> [left_possible(sky, answer) for answer in ("grey", "grey or black", None, "grey or red")]
    [(1,), (1, 2), (0, 1, 2), None]
    >>> left_possible(Spelling(("wet or dry", "damp", "wet")), "damp or wet or dry")
    (0, 1)
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
        return _split(spelling, written)
    return (written,)


def _split(spelling: Spelling, words: str) -> list[str]:
    """The values between the "or"s. A name may hold an "or" itself: the longest one that fits wins,
    as long as what follows it fits, too."""
    cuts = [(0, 0), *(match.span() for match in OR.finditer(words))]
    starts, ends = [end for _, end in cuts], [*(start for start, _ in cuts[1:]), len(words)]
    names = (visible(word) for word in (*spelling.values, *spelling.mapped))
    longest = 1 + max(len(OR.findall(name)) for name in names)
    # For each place from the last to the first how many pieces make its first value; 0 where what
    # follows can be read in no way.
    taken = [0] * len(starts)
    for at in reversed(range(len(starts))):
        for count in range(min(longest, len(starts) - at), 0, -1):
            rest = at + count
            part = words[starts[at] : ends[rest - 1]]
            fits = spelling.place(part) != WRONG or (count == 1 and _within(spelling, part))
            if fits and (rest == len(starts) or taken[rest]):
                taken[at] = count
                break
    if not taken[0]:
        return OR.split(words)
    parts, at = [], 0
    while at < len(starts):
        parts.append(words[starts[at] : ends[at + taken[at] - 1]])
        at += taken[at]
    return parts


def _within(spelling: Spelling, words: object) -> tuple[int, ...]:
    """The places of the values whose bands share a number with a range in words."""
    limit = ranges.in_words(words) if isinstance(words, str) else None
    # A number by itself is no range.
    if limit is None or limit.low == limit.high:
        return ()
    bands = enumerate(spelling.bands)
    return tuple(place for place, band in bands if ranges.common(band, limit))
