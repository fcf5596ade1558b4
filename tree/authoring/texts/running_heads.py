"""Heads and feet of pages: what returns at the edge of one page after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .changes import Replacement

MOST_LINES = 3  # that a head or a foot has
_NUMBER = re.compile(r"\d+")
_ONLY_NUMBER = re.compile(r"[\W_]*\d{1,4}[\W_]*")
# What a page is called where its number is given, in the languages of sentences.
_PAGE_NUMBER = re.compile(
    r"\W*(?:p(?:age|ag|ágina|agina|agină)?|s(?:eite|ida|ide|ivu|tr(?:ona|ana|ánka)?|ayfa)?|oldal"
    r"|trang|halaman|стр(?:аница)?|第|ページ)\.?\s*\d{1,4}(?:\s*(?:/|\w{1,4})\s*\d{1,4})?\W*\w?",
    re.I,
)
MOST_PAGES = 2_000  # a text with more of them has other breaks
_ENOUGH = 3  # pages on which any other line counts on


def heads(content: str) -> list[Replacement]:
    r"""The lines at the top of pages that return on half of them or more.

    >>> heads("Tea guide\nRest.\fTea guide\nDrink.")
    [Replacement(start=0, end=10, becomes=''), Replacement(start=16, end=26, becomes='')]
    """
    return _edges(content, top=True)


def feet(content: str) -> list[Replacement]:
    r"""The same at the bottom; numbers of pages count on.

    >>> len(feet("Rest.\n- 1 -\fDrink.\n- 2 -")), len(feet("Rest.\n7\fDrink.\n7"))
    (2, 0)
    """
    return _edges(content, top=False)


def _edges(content: str, top: bool) -> list[Replacement]:
    pages = [_lines(content, start, end) for start, end in _pages(content)]
    edges = [(lines if top else lines[::-1])[:MOST_LINES] for lines in pages if lines]
    if not 2 <= len(edges) <= MOST_PAGES:
        return []
    returning = [
        _returning(
            [content[slice(*lines[row])].strip() if row < len(lines) else "" for lines in edges]
        )
        for row in range(MOST_LINES)
    ]
    changes = []
    for page, lines in enumerate(edges):
        for row, place in enumerate(lines):
            if page not in returning[row]:
                break
            changes.append(_line(content, *place, top))
    return sorted(changes, key=lambda change: change.start)


def _returning(row: Sequence[str]) -> set[int]:
    """On which pages a line of this row is one that returns. `row`: the line of each page."""
    alike: dict[str, list[int]] = {}
    for page, line in enumerate(row):
        alike.setdefault(_NUMBER.sub("#", line), []).append(page)
    found: set[int] = set()
    for shape, pages in alike.items():
        line = row[pages[0]]
        if not line or len(pages) < 2 or 2 * len(pages) < len(row):
            continue
        numbers_pages = _ONLY_NUMBER.fullmatch(line) or _PAGE_NUMBER.fullmatch(line)
        counts = (numbers_pages or len(pages) >= _ENOUGH) and _count_on(row, pages)
        if "#" not in shape or shape == line or counts:
            found.update(pages)
    return found


def _count_on(row: Sequence[str], pages: Sequence[int]) -> bool:
    """Whether the numbers of lines that are alike grow from page to page, or stay the same."""
    columns = list(zip(*(map(int, _NUMBER.findall(row[page])) for page in pages), strict=True))
    grows = [len({n - page for n, page in zip(c, pages, strict=True)}) == 1 for c in columns]
    same = [len(set(column)) == 1 for column in columns]
    if _ONLY_NUMBER.fullmatch(row[pages[0]]):
        return any(grows)
    return all(g or s for g, s in zip(grows, same, strict=True))


def _pages(content: str) -> list[tuple[int, int]]:
    ends = [match.start() for match in re.finditer("\f", content)]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(content)], strict=True))


def _lines(content: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a page that are not blank."""
    lines = []
    for line in content[start:end].split("\n"):
        if line.strip():
            lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _line(content: str, start: int, end: int, top: bool) -> Replacement:
    """The line, with the break that parts it from the text."""
    if top:
        return Replacement(start, end + (content[end : end + 1] == "\n"))
    return Replacement(start - (start > 0 and content[start - 1] == "\n"), end)
