"""A file of Word → plain text. The only module that knows mammoth."""

from __future__ import annotations

import io
import re
import zipfile

from ...model.text import counted
from .changes import Cleaning
from .markup import text_of

MOST_UNPACKED = 200_000_000  # bytes
INSTALL = "python -m pip install mammoth"
# Where there is a title, the headings are parts of what it is the title of.
_TITLE = b'w:val="Title"'
_BELOW_TITLE = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        *(f"p[style-name='heading {n}'] => h{n + 1}:fresh" for n in range(1, 6)),
        *(f"p[style-name='Heading {n}'] => h{n + 1}:fresh" for n in range(1, 6)),
    ]
)
_WORDS = re.compile(rb"<w:t(?: [^>]*)?>([^<]+)</w:t>")


def text_of_word(data: bytes) -> tuple[str, tuple[Cleaning, ...]]:
    """The text of a .docx file, and what is left out of it.

    Raises ValueError with what to do where it cannot be read.
    """
    try:
        import mammoth
    except ImportError as error:
        raise ValueError(f"files of Word need the package mammoth: {INSTALL}") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise ValueError(f"unpacks to more than {counted(MOST_UNPACKED, 'byte')}")
            notes = list(_left_out(packed))
            styles = _BELOW_TITLE if _TITLE in packed.read("word/document.xml") else ""
        pictures = mammoth.images.img_element(_unread)
        made = mammoth.convert_to_html(io.BytesIO(data), style_map=styles, convert_image=pictures)
    except ValueError:
        raise
    # A broken file can raise almost anything in the three libraries that read it.
    except Exception as error:
        raise ValueError("is a broken Word file: open it there and save it again") from error
    text, more = text_of(made.value)
    return text, (*notes, *more)


def _unread(_picture: object) -> dict[str, str]:
    return {}


def _left_out(packed: zipfile.ZipFile) -> list[Cleaning]:
    """What stands in parts of their own, beside the text."""
    notes = []
    parts = {"header": "head of a page", "footer": "foot of a page", "comments": "comment"}
    several = {"header": "heads of pages", "footer": "feet of pages"}
    for part, kind in parts.items():
        names = [name for name in packed.namelist() if re.fullmatch(rf"word/{part}\d*\.xml", name)]
        pieces = [
            b"".join(_WORDS.findall(packed.read(name))).decode(errors="replace") for name in names
        ]
        if pieces := [piece for piece in pieces if piece.strip()]:
            notes.append(Cleaning(kind, "left out", tuple(pieces), several.get(part, "")))
    return notes
