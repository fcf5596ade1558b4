"""Where the sentences of a text begin and end. Headings and items of a list count as sentences."""

from __future__ import annotations

import re

# The marks before an item of a list, perhaps several; a bullet may stand on a line alone.
ITEM = re.compile(
    r"\s*+(?:[•◦‣▪●·*\u2013-](?:\s++|$)|\d{1,3}\.\s++|\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})\)\s++)++"
)
# A full stop, perhaps a closing quote or bracket, white space, then perhaps an opening one
# and the letter or digit that comes next. Possessive, so that no run is read twice.
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'\u2019”“»«)\]]*+(?=\s++[\"'\u2018“„«»(\[]*+(?P<next>\w))"
)
# What ends with a full stop without ending a sentence: initials and common abbreviations,
# some of them only before a number, and the number of an item.
_NO_END = re.compile(r"\b(?:[^\W\d_a-z]|Drs?|Prof|Mr|Mrs|Ms|St|vs|cf|[eE]\.g|[iI]\.e|al)\.$")
_NO_END_BEFORE_NUMBER = re.compile(r"\b(?:[nN]os?|[fF]igs?|pp?|[vV]ol|ca|approx)\.$")
_NUMBER = re.compile(r"\s*[\d.]+$")
_LONGEST = 12  # characters of an abbreviation, and of a number of an item
_OPENING = "\"'\u2018“„«»(["


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
        for match in _STOP.finditer(content, start, end):
            if _ends(content, begin, match):
                found.append((begin, match.end()))
                begin = match.end()
        found.append((begin, end))
    return [span for span in (_trimmed(content, *span) for span in found) if span[0] < span[1]]


def _ends(content: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether the sentence begun there ends with this stop."""
    following = stop["next"]
    if following.islower() or following == "_":
        return False
    # Only the last word is looked at, so that a long sentence is not read again and again.
    last = max(begin, stop.end() - _LONGEST)
    if _NO_END.search(content, last, stop.end()):
        return False
    if following.isdigit() and _NO_END_BEFORE_NUMBER.search(content, last, stop.end()):
        return False
    return last > begin or not _NUMBER.match(content, begin, stop.end())


def _units(content: str) -> list[tuple[int, int]]:
    units: list[tuple[int, int]] = []
    goes_on = False
    for line in re.finditer(r"[^\n]+", content):
        if not line.group().strip():
            goes_on = False
            continue
        item = ITEM.match(line.group())
        start = line.start() + (item.end() if item else 0)
        words = content[start : line.end()].lstrip().lstrip(_OPENING)
        # A blank line between two lines leaves a gap that is wider than one line end.
        joined = units and goes_on and content[units[-1][1] : line.start()].count("\n") == 1
        if joined and not item and words[:1].islower():
            units[-1] = units[-1][0], line.end()
        else:
            units.append((start, line.end()))
        goes_on = True
    return units


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    inner = content[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
