"""Lines with their places on a page → paragraphs, headings, items and rows, in reading order."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .markup import CELLS

_BULLET = re.compile("[•▪◦‣●○■□·∙*\u2013-]\\s+")
_ITEM = re.compile(r"- |\(?(?:\d{1,3}|[a-z])[.)]\s")
_LONG = 25  # letters; a column of prose has lines longer than a cell
_NEAR = 1.1  # sizes of a letter; cells are further apart
_LEAST_ROWS = 6  # of two long pieces each, that show two columns


@dataclass(frozen=True)
class Line:
    """Words between two places of a page; `base`: how high they stand, `size`: of their letters."""

    words: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Page:
    """The lines of a page; `unreadable`: letters that cannot be told from the file."""

    lines: tuple[Line, ...]
    width: float
    unreadable: int = 0


def paragraphs(page: Page, levels: Mapping[float, str]) -> Iterator[str]:
    """The text of a page, line by line; blank lines stand between its paragraphs.

    `levels`: which sizes of letters are those of headings, and their marks. A word divided at the
    end of a line stays divided.
    """
    for column in _columns(page):
        before: Line | None = None
        open_line = ""
        right = max((line.right for line in column), default=0)
        leading = _leading(column)
        for line in column:
            mark = levels.get(line.size, "")
            words = _BULLET.sub("- ", line.words, count=1)
            if before and not _ITEM.match(words) and _goes_on(before, line, right, leading):
                open_line += f"\n{words}" if open_line.endswith(("-", "\u2010")) else f" {words}"
            else:
                if before:
                    yield open_line
                    if _apart(before, line, leading):
                        yield ""
                open_line = f"{mark} {words}" if mark else words
            before = line
        if before:
            yield open_line


def _columns(page: Page) -> Iterator[list[Line]]:
    """The lines in reading order: from top to bottom, one column of prose after the other."""
    rows = _rows(page.lines)
    split = _gutter(rows, page.width)
    if split is None:
        yield [_joined(row) for row in rows]
        return
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if any(line.left < split - 1 and line.right > split + 1 for line in row):
            # What runs over both columns ends them.
            yield from filter(None, (left, right))
            yield [_joined(row)]
            left, right = [], []
            continue
        for column, inside in ((left, False), (right, True)):
            if half := [line for line in row if (line.right > split + 1) is inside]:
                column.append(_joined(half))
    yield from filter(None, (left, right))


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one height, from left to right; rows from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and abs(rows[-1][0].base - line.base) < 0.4 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _gutter(rows: Sequence[Sequence[Line]], width: float) -> float | None:
    """Where two columns of prose part, or None where the pieces of a row are cells of a table."""
    pairs = [row for row in rows if len(row) == 2 and min(len(x.words) for x in row) >= _LONG]
    if len(pairs) < _LEAST_ROWS:
        return None
    ends, begins = max(row[0].right for row in pairs), min(row[1].left for row in pairs)
    return (ends + begins) / 2 if ends < begins and 0.25 < ends / width < 0.75 else None


def _joined(row: Sequence[Line]) -> Line:
    """A row as one line: cells stay apart, an item follows its mark, a wide blank is a blank."""
    words = row[0].words
    for before, line in itertools.pairwise(row):
        marked = before is row[0] and len(words) <= 4
        marked = bool(marked and (_BULLET.match(f"{words} ") or _ITEM.match(f"{words} ")))
        near = line.left - before.right < _NEAR * line.size
        words += f"{' ' if marked or near else CELLS}{line.words}"
    longest = max(row, key=lambda line: len(line.words))
    return replace(longest, words=words, left=row[0].left, right=row[-1].right)


def _leading(column: Sequence[Line]) -> float:
    """How far the lines of a paragraph are apart: the commonest distance, of several the least."""
    pairs = [(a, b) for a, b in itertools.pairwise(column) if a.size == b.size]
    gaps = Counter(round(a.base - b.base) for a, b in pairs if 0 < a.base - b.base < 3 * a.size)
    return float(max(gaps, key=lambda gap: (gaps[gap], -gap))) if gaps else 0.0


def _apart(before: Line, line: Line, leading: float) -> bool:
    """Whether there is a gap between two lines, or they are of different kinds."""
    alike = before.size == line.size and before.bold == line.bold
    return not alike or before.base - line.base > 1.25 * leading


def _goes_on(before: Line, line: Line, right: float, leading: float) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    if CELLS in line.words or CELLS in before.words or _apart(before, line, leading):
        return False
    if before.words.endswith(("-", "\u2010")):
        return True
    # The first word would have found room in a line that ends its paragraph.
    width = (line.right - line.left) / max(1, len(line.words))
    room = right - before.right
    first = line.words.split(maxsplit=1)[0]
    full = room < width * (len(first) + 1.5)
    return full or (line.words[0].islower() and not before.words.endswith((".", ":", "?", "!")))
