"""What people write in the cells of a decision table → tests of an input.

Any answer: an empty cell, "-" or "any". Numbers: "<18", "≥ 7", "3 to 6", "[18..25)", "not 5".
Words: "low", "low, middle", "not low". Whether a column is about numbers shows in all its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model.answers import Band
from ..model.letters import alike, visible
from ..model.ranges import banded, in_words
from .decision_table import YES_NO, Test

ANY = {"", "-", "\u2013", "\u2014", "\u2212", "*", "any", "(any)"}
_NUMBER = r"-?\d+(?:[.,]\d+)?"
_INTERVAL = re.compile(rf"([\[\]()])\s*({_NUMBER})\s*(?:\.\.+|…|;|,\s)\s*({_NUMBER})\s*([\[\]()])")
_NOT = re.compile(r"(?:not\b|!=|<>|≠)\s*(.+)", re.IGNORECASE | re.DOTALL)
# "not low" may also be what an answer is called.
_BARE_NOT = re.compile(r"not\s+[^(].*", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"""\s*["“”„«»]([^"“”„«»]*)["“”„«»]\s*""")
_SPELLED = {"true": "yes", "false": "no", "y": "yes", "n": "no"}
# Between the answers of a list: what stands within quotation marks or brackets parts nothing.
_PARTS = re.compile(r"""(?:["“”„«»][^"“”„«»]*["“”„«»]|[\[(][^\])]*[\])]|[^,;\n|])+""")


@dataclass(frozen=True)
class TestColumn:
    """The tests of a column, None for any answer, and whether it is about numbers."""

    tests: tuple[Test | None, ...]
    numbers: bool


def column_of(cells: Sequence[str]) -> TestColumn:
    """The tests that the cells of a column stand for.

    In a column of "low", "middle", "high" and "not low" the last is any answer but low; where there
    are no others, as in "credible" and "not credible", it is an answer of its own.

    A column is about numbers where at least one cell is a limit or a range, and every cell with a
    digit is one, or a number; other words in it are answers beside the number. A column of yes and
    no may write true, false, y and n.

    >>> [str(test) for test in column_of(["<18", ">= 18", "not measured"]).tests]
    ['less than 18', '18 or more', 'not measured']
    >>> [str(test) for test in column_of(["low, middle", "not low", "-"]).tests]
    ['low or middle', 'not low', 'None']
    >>> [str(test) for test in column_of(["TRUE", "n"]).tests]
    ['yes', 'no']
    """
    read = [None if visible(cell).lower() in ANY else _parts(cell) for cell in cells]
    named = {alike(part) for each in read if each and not each.negated for part in each.parts}
    for place, each in enumerate(read):
        if each and each.negated and not named - {*map(alike, each.parts)}:
            words = cells[place].strip()
            if _BARE_NOT.fullmatch(words) and not any(map(band_of, each.parts)):
                read[place] = _WrittenCell((words,), False)
    parts = [part for each in read if each for part in each.parts]
    numbers = _are_numbers(parts)
    flags = {alike(part) for part in parts} <= {*_SPELLED, *YES_NO}
    tests = (None if each is None else _test(each, numbers, flags) for each in read)
    return TestColumn(tuple(tests), numbers)


@dataclass(frozen=True)
class _WrittenCell:
    parts: tuple[str, ...]
    negated: bool


def _parts(cell: str) -> _WrittenCell:
    words = cell.strip()
    negation = _NOT.fullmatch(words)
    if negation:
        words = negation.group(1).strip()
        if words.startswith("(") and words.endswith(")"):
            words = words[1:-1]
    # A comma between two digits is a decimal comma.
    parts = [words] if band_of(words) else [part.strip() for part in _PARTS.findall(words)]
    return _WrittenCell(tuple(filter(None, parts)), bool(negation))


def band_of(words: str) -> Band | None:
    """The numbers that a limit, a range or an interval leaves; None where it is none of these.

    >>> print(band_of("[18..25)"), band_of("≥ 7 years"), band_of("seven"), sep="; ")
    18 or more and less than 25; 7 or more; None
    """
    if found := _INTERVAL.fullmatch(words.strip()):
        opening, low, high, closing = found.groups()
        bounds = {
            "from" if opening == "[" else "over": float(low.replace(",", ".")),
            "to" if closing == "]" else "below": float(high.replace(",", ".")),
        }
        return banded(bounds)
    return in_words(words)


def _are_numbers(parts: Iterable[str]) -> bool:
    """Whether these are limits and ranges, and no codes such as 1, 2, 3."""
    limits = False
    for part in parts:
        if _QUOTED.fullmatch(part):
            continue
        band = band_of(part)
        if band is None and any(map(str.isdigit, part)):
            return False
        limits |= band is not None and band.low != band.high
    return limits


def _test(cell: _WrittenCell, numbers: bool, flags: bool) -> Test:
    bands = [band for part in cell.parts if numbers and (band := band_of(part))]
    words = [part for part in cell.parts if not (numbers and band_of(part))]
    values = [_bare(word) for word in words]
    if flags:
        values = [_SPELLED.get(alike(value), alike(value)) for value in values]
    return Test(tuple(values), tuple(bands), cell.negated)


def _bare(word: str) -> str:
    """A word without quotation marks around it."""
    quoted = _QUOTED.fullmatch(word)
    return quoted.group(1).strip() if quoted else word
