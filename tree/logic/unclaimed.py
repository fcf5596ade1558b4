"""Sentences that nobody has claimed, and lines whose sentences cannot be told apart."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from ..model.errors import WARNING, Problem, shortened, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import Reading
from .coverage import WHOLE, Claim, cover

MOST_NAMED = 5  # entries in one message


def unclaimed(reading: Reading) -> list[Problem]:
    """The sentences that the guide neither quotes nor sets aside as context."""
    return [*listed(reading), *_unclaimed(reading)]


def listed(reading: Reading) -> Iterator[Problem]:
    """The sentences that the author has listed as still to be claimed."""
    sentences = cover(reading).sentences if reading.unclaimed else ()
    starts = [sentence.words.start for sentence in sentences]
    ends = [sentence.words.end for sentence in sentences]
    for quote in reading.unclaimed:
        first = bisect.bisect_right(ends, quote.start)
        last = bisect.bisect_left(starts, quote.end)
        inside = sentences[first:last]
        if any(s.claim is Claim.UNCLAIMED for s in inside):
            message = "quote it in an entry, or move it to context"
            message = f"unclaimed sentence {shown(quote.line)}: {message}"
        elif inside:
            by = list(dict.fromkeys(name for s in inside for name in s.by))
            names = ", ".join([*map(shortened, by[:MOST_NAMED]), *["..."] * (len(by) > MOST_NAMED)])
            message = f"sentence {shown(quote.line)} is claimed by {names}: delete it here"
        else:
            message = f"mark {shown(quote.line)} is outside every sentence: delete it here"
        finding = Finding(FindingKind.LISTED)
        yield Problem(
            reading.file,
            *reading.places.get(("unclaimed", str(quote.start)), (1, 1)),
            message,
            finding=finding,
        )


def _unclaimed(reading: Reading) -> Iterator[Problem]:
    spans = sorted((quote.start, quote.end) for quote in reading.unclaimed)
    for sentence in cover(reading).unclaimed:
        words = sentence.words
        before = bisect.bisect_left(spans, (words.end, 0))
        if before and spans[before - 1][1] > words.start:
            continue
        if sentence.whole_line and sentence.by:
            by = listing(list(sentence.by))
            message = (
                f"unclaimed line {shown(words.line)}: {by} quote only a part of it; quote the "
            )
            message += "rest, or list it under context"
        else:
            message = f"unclaimed sentence {shown(words.line)}: quote it, or list it under context"
        place = reading.text.place(words.start)
        finding = Finding(FindingKind.UNCLAIMED, sentence=words)
        yield Problem(reading.text.file, *place, message, finding=finding)


def undivided(reading: Reading) -> Iterator[Problem]:
    """Say where sentences cannot be told apart, and what is counted in their place."""
    lines = cover(reading).whole_lines
    if lines:
        place = reading.text.place(lines[0].words.start)
        where = "this line" if len(lines) == 1 else f"{len(lines)} lines, such as this one,"
        message = f"the sentences of {where} cannot be told apart: {WHOLE}"
        finding = Finding(FindingKind.UNDIVIDED, sentence=lines[0].words)
        yield Problem(reading.text.file, *place, message, WARNING, finding=finding)


def listing(names: Sequence[str]) -> str:
    """The first of some names, as they are written in a file.

    >>> listing(["tea"]), listing(["tea", "cake"])
    ('tea', '[tea, cake]')
    """
    shortened = [*names[:MOST_NAMED], *(["..."] if len(names) > MOST_NAMED else [])]
    return shortened[0] if len(names) == 1 else f"[{', '.join(shortened)}]"
