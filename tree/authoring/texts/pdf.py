"""A PDF → plain text, put together from the places of its letters. Alone knows pdfminer.

A PDF holds no paragraphs, headings or tables: size and place of the letters show them.
"""

from __future__ import annotations

import io
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from .changes import Cleaning
from .pdf_lines import Line, Page, paragraphs

MOST_PAGES = 500
INSTALL = "python -m pip install pdfminer.six"
_RAISED = str.maketrans("0123456789abcde", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ")
_SCAN = (
    "holds pictures of its pages and no letters, as a scanner makes them: let a program read the "
    "letters first (such as ocrmypdf), or type the text"
)
_LOCKED = "is locked with a password: open it, print it into a new PDF without one, and take that"


def text_of_pdf(data: bytes) -> tuple[str, tuple[Cleaning, ...]]:
    """The text of a PDF, with a form feed between its pages, and what is left out of it.

    Raises ValueError with what to do where it cannot be read.
    """
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError as error:
        raise ValueError(f"PDFs need the package pdfminer.six: {INSTALL}") from error
    pages: list[Page] = []
    pictures: list[int] = []
    try:
        layouts = extract_pages(io.BytesIO(data), laparams=LAParams(), maxpages=MOST_PAGES + 1)
        for number, layout in enumerate(layouts, 1):
            pages.append(_page(layout))
            if not pages[-1].lines and _has_picture(layout):
                pictures.append(number)
    except PDFPasswordIncorrect as error:
        raise ValueError(_LOCKED) from error
    except Exception as error:  # a PDF can be broken in as many ways as it can be made
        raise ValueError("is a broken PDF: print it into a new one and take that") from error
    if len(pages) > MOST_PAGES:
        raise ValueError(f"has more than {MOST_PAGES} pages: take out those that you need")
    if not any(page.lines for page in pages):
        raise ValueError(_SCAN if pictures else "is a PDF without a letter in it")
    return "\f".join(_written(pages)), tuple(_notes(pages, pictures))


def _written(pages: Sequence[Page]) -> Iterator[str]:
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.words)
    body = sizes.most_common(1)[0][0]
    larger = sorted({size for size in sizes if size > 1.1 * body}, reverse=True)
    levels = {size: "#" * min(number, 6) for number, size in enumerate(larger, 1)}
    for page in pages:
        yield "\n".join(paragraphs(page, levels))


def _notes(pages: Sequence[Page], pictures: Sequence[int]) -> Iterator[Cleaning]:
    if pictures:
        pieces = tuple(f"page {number}" for number in pictures)
        yield Cleaning(
            "page without letters", "not read: a picture", pieces, "pages without letters"
        )
    if unreadable := sum(page.unreadable for page in pages):
        kind = "letter that its font does not name"
        yield Cleaning(kind, "left out", ("",) * unreadable, "letters that their fonts do not name")


def _page(layout: Any) -> Page:
    from pdfminer.layout import LTTextLineHorizontal

    lines, unreadable = [], 0
    for item in _inside(layout):
        if isinstance(item, LTTextLineHorizontal):
            line, lost = _line(item)
            unreadable += lost
            if line.words.strip():
                lines.append(line)
    return Page(tuple(lines), float(layout.width), unreadable)


def _inside(item: Any) -> Iterator[Any]:
    from pdfminer.layout import LTContainer, LTTextLine

    if isinstance(item, LTContainer) and not isinstance(item, LTTextLine):
        for child in item:
            yield from _inside(child)
    else:
        yield item


def _has_picture(layout: Any) -> bool:
    from pdfminer.layout import LTImage

    return any(isinstance(item, LTImage) for item in _inside(layout))


def _line(item: Any) -> tuple[Line, int]:
    """A line with its place; small raised letters become marks of notes or exponents."""
    from pdfminer.layout import LTChar

    letters = [letter for letter in item if isinstance(letter, LTChar)]
    seen = [letter for letter in letters if letter.get_text().strip()]
    if not seen:
        return Line("", 0, 0, 0, 0, False), 0
    size = statistics.median(letter.size for letter in seen)
    base = statistics.median(letter.y0 for letter in seen)
    words: list[str] = []
    lost = 0
    for letter in item:
        glyph = letter.get_text()
        if glyph.startswith("(cid:") or "\ue000" <= glyph[:1] <= "\uf8ff":
            # At the beginning of a line it is the sign of an item, from a font of signs.
            words += ["• "] * (not words)
            lost += bool(words[1:])
            continue
        raised = (
            isinstance(letter, LTChar)
            and letter.size < 0.85 * size
            and letter.y0 > base + 0.15 * size
        )
        words.append(glyph.translate(_RAISED) if raised else glyph)
    bold = all("bold" in letter.fontname.lower() for letter in seen)
    line = "".join(words).replace("\n", "")
    return Line(line.strip(), item.x0, item.x1, base, round(size, 1), bold), lost
