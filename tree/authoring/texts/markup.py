"""HTML → plain text, in which headings, items of lists and rows of tables are still to be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from .changes import Cleaning

CELLS = " | "
# What nobody reads as part of the text, and how it is called.
_LEFT_OUT = {
    "title": "name of the window",
    "script": "program",
    "style": "style sheet",
    "template": "template",
    "noscript": "stand-in",
    "nav": "menu",
    "form": "form",
    "button": "button",
    "svg": "picture",
    "img": "picture",
    "iframe": "frame",
    "object": "frame",
    "video": "film",
    "audio": "sound",
    "canvas": "picture",
}
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "header", "hr", "html", "li", "main"),
    *("ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    *_HEADINGS,
}
_APART = {"p", "ul", "ol", "table", "dl", "blockquote", "pre", *_HEADINGS}
_RAISED = str.maketrans("0123456789abcde", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ")
_NOTE = re.compile(r"\[?\(?([0-9]{1,3}|[a-e])\)?\]?")
_BACK = {"↑", "↩", "↩︎", "^"}
# A mark of a paragraph that is to stand apart, and one of a line; no text has them.
_PARAGRAPH, _LINE = "\ue000", "\ue001"
_MOST_DEEP = 200
_INDENTED = re.compile(r" +(?:- |\d+\. )")


def text_of(html: str) -> tuple[str, tuple[Cleaning, ...]]:
    """The text of a page, with all that is left out of it.

    Headings get a #, items a - or their number, the cells of a row stand on one line.

    >>> page = "<h2>Tea</h2><ul><li>hot<li>cold</ul><table><tr><td>a<td>b</table>"
    >>> print(text_of(page)[0], end="")
    ## Tea
    <BLANKLINE>
    - hot
    - cold
    <BLANKLINE>
    a | b
    """
    page = BeautifulSoup(html.replace(_PARAGRAPH, "").replace(_LINE, ""), "html5lib")
    notes = list(_without_unread(page))
    _without_note_links(page)
    words = "".join(_words(page.body or page))
    parts = (_lines(part) for part in words.split(_PARAGRAPH))
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n", tuple(notes)


def _lines(part: str) -> list[str]:
    """The lines of a paragraph; an item within another one keeps its indent."""
    lines = [line.rstrip() for line in part.split(_LINE) if line.strip()]
    return [line if _INDENTED.match(line) else line.lstrip() for line in lines]


def _without_unread(page: BeautifulSoup) -> Iterator[Cleaning]:
    """Take out what nobody reads, and say what it was."""
    pieces: dict[str, list[str]] = {}
    for tag in page.find_all(True):
        if tag.decomposed:
            continue
        kind = _LEFT_OUT.get(tag.name, "hidden part" if _hidden(tag) else "")
        if kind and tag.name not in ("html", "body"):
            shown = tag.get("alt") or tag.get_text(" ", strip=True)
            read_by_nobody = tag.name in ("script", "style", "template")
            pieces.setdefault(kind, []).append("" if read_by_nobody else str(shown))
            tag.decompose()
    for kind, found in pieces.items():
        yield Cleaning(kind, "left out", tuple(found))


def _hidden(tag: Tag) -> bool:
    style = re.sub(r"\s", "", str(tag.get("style", ""))).lower()
    return tag.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style


def _without_note_links(page: BeautifulSoup) -> None:
    """Links to notes become raised marks, which are cleaned with those of other texts."""
    for link in page.find_all("a"):
        words = link.get_text(strip=True)
        leads_here = str(link.get("href", "")).startswith("#")
        note = _NOTE.fullmatch(words)
        if leads_here and words in _BACK:
            link.decompose()
        elif leads_here and note and (link.find("sup") or link.find_parent("sup")):
            link.replace_with(note[1].translate(_RAISED))


def _words(tag: Tag, depth: int = 0) -> Iterator[str]:
    for child in tag.children:
        yield from _piece(child, depth)


def _piece(child: PageElement, depth: int) -> Iterator[str]:
    if isinstance(child, Tag):
        yield from _tag(child, depth)
    elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
        if child.find_parent("pre"):
            yield child.replace("\n", _LINE)
        else:
            yield re.sub(r"[ \t\n\r\f]+", " ", child)


def _tag(tag: Tag, depth: int) -> Iterator[str]:
    name = tag.name
    if depth > _MOST_DEEP:
        yield tag.get_text(" ")
    elif name == "br":
        yield _LINE
    elif name == "sup":
        raised = "".join(_words(tag, depth + 1)).strip()
        note = _NOTE.fullmatch(raised)
        yield note[1].translate(_RAISED) if note else raised
    elif name == "tr":
        cells = tag.find_all(["td", "th"], recursive=False)
        yield _LINE + (CELLS.join(map(_flat, cells)) or _flat(tag)) + _LINE
    elif name in _HEADINGS:
        yield f"{_PARAGRAPH}{_HEADINGS[name]} {_flat(tag)}{_PARAGRAPH}"
    elif name == "li":
        yield f"{_LINE}{_mark(tag)}"
        yield "".join(_words(tag, depth + 1)).lstrip(f" {_LINE}{_PARAGRAPH}")
        yield _LINE
    elif name in _BLOCKS:
        nested = name in ("ul", "ol") and tag.find_parent("li")
        inside = name == "p" and tag.find_parent("li")
        edge = _PARAGRAPH if name in _APART and not nested and not inside else _LINE
        yield edge
        yield from _words(tag, depth + 1)
        yield edge
    else:
        yield from _words(tag, depth + 1)


def _flat(tag: Tag) -> str:
    """The words of a heading or a cell, on one line."""
    return " ".join(re.sub(f"[{_LINE}{_PARAGRAPH}]", " ", "".join(_words(tag))).split())


def _mark(item: Tag) -> str:
    """What stands before an item of a list: a dash or its number, further in within another."""
    lists = [parent for parent in item.parents if parent.name in ("ul", "ol")]
    indent = "  " * max(0, len(lists) - 1)
    if not lists or lists[0].name == "ul":
        return f"{indent}- "
    before = item.find_previous_siblings("li")
    start = str(lists[0].get("start", "1"))
    return f"{indent}{(int(start) if start.isdecimal() else 1) + len(before)}. "
