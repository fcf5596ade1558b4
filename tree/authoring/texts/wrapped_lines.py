"""Line breaks that only a narrow column made: the paragraph goes on in the next line.

Words that are copied from a PDF, a mail or a terminal bring them along. They would stay lines of
odd lengths, and in German a sentence would end wherever a line begins with a noun.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model.sentences import ITEM
from .changes import Replacement

_NARROWEST, _WIDEST = 40, 120  # letters of the longest line of a column
# In a proportional font, one full line has fewer letters than another.
_FULL = 0.8
# A heading, a row, a quotation or an item of a list begins.
_BEGINS = re.compile(rf"[#|>+]|{ITEM.pattern}")
# A heading, a row of a table or an announcement ends.
_ENDS = re.compile(r"^[#>]|\||\t|\S {3,}\S|:$")
# A hyphen divides a word; other cleaners join it.
_DIVIDED = re.compile(r"\u00ad$|[^\W\d_][-\u2010]$")
_SENTENCE_ENDS = re.compile(r"[.!?…]\W*$")
_SENTENCE_BEGINS = re.compile(r"\w{3}[.!?…]\W*\s\W*[^\W\d_]")


def wrapped_lines(content: str) -> list[Replacement]:
    r"""The line breaks inside of paragraphs that were set in a column.

    >>> wrapped_lines("If the soil is dry or the leaves hang, water is the\nfirst thing.")
    [Replacement(start=51, end=52, becomes=' ')]
    >>> wrapped_lines("Beans need warm soil and room for themselves\nPeas\nnone of it")
    []
    """
    blocks = itertools.groupby(_lines(content), key=lambda line: bool(line.words))
    return [
        Replacement(before.end, after.start, " ")
        for has_words, block in blocks
        if has_words
        for before, after in _wrapped(list(block))
    ]


@dataclass(frozen=True)
class _Line:
    """A line without the blanks around it, and where it stands."""

    words: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def _lines(content: str) -> Iterator[_Line]:
    start = 0
    for line in content.split("\n"):
        yield _Line(line.strip(), start + len(line) - len(line.lstrip()))
        start += len(line) + 1


def _wrapped(block: Sequence[_Line]) -> Iterator[tuple[_Line, _Line]]:
    """Of lines with no empty one among them, each that goes on in the next one, and that one."""
    width = max(len(line.words) for line in block)
    if not _NARROWEST <= width <= _WIDEST:
        return
    is_column = False
    full: list[tuple[_Line, _Line]] = []
    short: list[tuple[_Line, _Line]] = []
    for before, after in itertools.pairwise(block):
        if _DIVIDED.search(before.words):
            # That shows a column, too.
            is_column |= after.words[0].islower()
            continue
        if _ENDS.search(before.words) or _BEGINS.match(after.words):
            continue
        needed = len(f"{before.words} {after.words.split()[0]}")
        (full if needed > _FULL * width else short).append((before, after))
    if not is_column and not any(_surely_goes_on(*pair) for pair in full):
        return
    # A short line that ends no sentence shows a list, in which each line may stand for itself. At
    # the top it is a heading.
    is_list = any(
        not _SENTENCE_ENDS.search(before.words) for before, _ in short if before is not block[0]
    )
    for before, after in full:
        if not is_list or after.words[0].islower() or _SENTENCE_ENDS.search(before.words):
            yield before, after


def _surely_goes_on(before: _Line, after: _Line) -> bool:
    """Whether the next line goes on in small letters, or a sentence began late in this one."""
    begun = _SENTENCE_BEGINS.search(before.words) and not _SENTENCE_ENDS.search(before.words)
    return after.words[0].islower() or bool(begun)
