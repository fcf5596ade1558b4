"""Where the sentences of a text begin and end. Headings and items of a list count as sentences."""

from __future__ import annotations

import re

_BULLET = re.compile(r"\s*(?:[•*\u2013-]|\d{1,3}[.)])\s+")
# A full stop, perhaps a closing quote or bracket, white space, then a capital or a digit.
_END = re.compile(r"[.!?]+[\"'”\u2019)\]]*(?=\s+[\"'“\u2018(\[]*[A-Z0-9À-Þ])")
# What ends with a full stop without ending a sentence: initials and common abbreviations.
_NO_END = re.compile(
    r"(?:\b[A-Z]|\b(?:Dr|Prof|Mr|Mrs|Ms|St|No|Fig|vs|cf|approx|e\.g|i\.e|etc|al))\.$"
)


def sentences(content: str) -> list[tuple[int, int]]:
    """The offsets (start, end) of every sentence, in order.

    A line is a unit of its own, unless it goes on in small letters in the next one.

    >>> text = "Advice\\n  • Rest. Drink tea, e.g. a lot\\n    of it.\\n  • Dr. A. Who says so."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Advice', 'Rest.', 'Drink tea, e.g. a lot\\n    of it.', 'Dr. A. Who says so.']
    """
    found = []
    for start, end in _units(content):
        begin = start
        for match in _END.finditer(content, start, end):
            if not _NO_END.search(content, begin, match.end()):
                found.append((begin, match.end()))
                begin = match.end()
        found.append((begin, end))
    return [span for span in (_trimmed(content, *span) for span in found) if span[0] < span[1]]


def _units(content: str) -> list[tuple[int, int]]:
    units: list[tuple[int, int]] = []
    goes_on = False
    for line in re.finditer(r"[^\n]+", content):
        if not line.group().strip():
            goes_on = False
            continue
        bullet = _BULLET.match(line.group())
        start = line.start() + (bullet.end() if bullet else 0)
        words = content[start : line.end()].lstrip()
        # A blank line between two lines leaves a gap that is wider than one line end.
        joined = units and goes_on and content[units[-1][1] : line.start()].count("\n") == 1
        if joined and not bullet and words[:1].islower():
            units[-1] = units[-1][0], line.end()
        else:
            units.append((start, line.end()))
        goes_on = True
    return units


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    inner = content[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
