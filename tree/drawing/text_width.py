"""How wide words are in Arial, the font that the layout program measures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

MEASURED_FONT = "Arial"
FONT_SIZE = 14
# Fonts of the same widths.
SHOWN_FONTS = "Arial, Helvetica, 'Liberation Sans', Arimo, sans-serif"

# In thousandths of the font's size, from the space to the tilde. Helvetica, Liberation Sans and
# Arimo have the same.
_ASCII = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556,) * 10,
    *(278, 278, 584, 584, 584, 556, 1015),
    *(667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611),
    *(278, 278, 278, 469, 556, 333),
    *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833),
    *(556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
    *(334, 260, 334, 584),
)
# Dashes, dots, quotation marks and letters that are not made of others.
_MORE = {
    222: "\u2018\u2019",
    278: "\u00a0·",
    333: "„\u201c\u201d",
    350: "•",
    400: "°",
    549: "≤≥±",
    556: "\u2013«»€",
    584: "\u00d7",
    611: "ßø",
    778: "Ø",
    889: "æ",
    1000: "\u2014…Æ",
}


class _Widths(dict[str, int]):
    """The width of each letter that is known, and of those that are as wide as high; else 0."""

    def __missing__(self, letter: str) -> int:
        return 1000 * (unicodedata.east_asian_width(letter) in "WF")


_WIDTHS = _Widths((chr(32 + place), width) for place, width in enumerate(_ASCII))
_WIDTHS.update((letter, width) for width, letters in _MORE.items() for letter in letters)


def width(words: str, size: float) -> float | None:
    """The width of some words in a font of this size; None where a letter is not known.

    >>> width("Yes, of course", 14), width("Größe", 14) == width("Große", 14), width("да", 14)
    (89.488, True, None)
    """
    letters: Iterable[str] = words
    if not words.isascii():
        letters = (c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    found = [*map(_WIDTHS.__getitem__, letters)]
    return sum(found) * size / 1000 if all(found) else None


_BOLDER = 1.07  # times as wide as other letters: Arial, on average
_BOLD_MARKS = 0.144  # of the size: how much more than that a quotation mark takes


def bold_width(words: str, size: float) -> float | None:
    """The same in bold letters, of which the average is known.

    >>> bold_width("yes", 14), bold_width("“yes”", 14)
    (23.30888, 37.31756)
    """
    found = width(words, size)
    marks = sum(words.count(mark) for mark in "\u201c\u201d")
    return found and _BOLDER * found + _BOLD_MARKS * size * marks


def roughly(words: str, size: float = FONT_SIZE) -> float:
    """The same, or a guess where a letter is not known.

    >>> roughly("aa"), round(roughly("да"), 1)
    (15.568, 17.4)
    """
    found = width(words, size)
    if found is not None:
        return found
    wide = sum(unicodedata.east_asian_width(c) in "WF" or ord(c) > 0x1F000 for c in words)
    # What stands above a letter, or says in which direction it goes, takes no room.
    none = sum(unicodedata.category(c) in ("Mn", "Cf") for c in words)
    return (wide + 0.62 * (len(words) - wide - none)) * size
