"""The bytes of a file → what kind of document it is, or what to do with one that cannot be read."""

from __future__ import annotations

import codecs
import io
import re
import zipfile

PLAIN, MARKUP, WORD, PDF = "plain text", "HTML", "Word", "PDF"
ENDINGS = {
    PLAIN: (".txt", ".md"),
    MARKUP: (".html", ".htm", ".xhtml"),
    WORD: (".docx",),
    PDF: (".pdf",),
}
ALL_ENDINGS = tuple(ending for endings in ENDINGS.values() for ending in endings)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
# Marks that stand at the beginning of a file.
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", "is a file of an older Word: open it there and save it as .docx"),
    (b"{\\rtf", "is rich text (RTF): open it in a word processor and save it as .docx"),
    (b"\x89PNG", "is a picture: only text can be read; type it, or let a scanner program read it"),
    (
        b"\xff\xd8\xff",
        "is a picture: only text can be read; type it, or let a scanner program read it",
    ),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind(data: bytes, ending: str = "") -> str:
    """What kind of document these bytes are: their beginning says so, not the name of the file.

    `ending`: that of the file's name, such as .txt; HTML is only taken for HTML where it is called
    so. Raises ValueError with what to do where it is none that can be read.

    >>> kind(b"%PDF-1.7"), kind(b"Drink tea.", ".txt")
    ('PDF', 'plain text')
    >>> kind(b"<html><p>Tea", ".txt")
    Traceback (most recent call last):
    ValueError: is HTML, not plain text: give its name the ending .html, and its tags are left out
    """
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    for mark, advice in _BEGINNINGS:
        if data.startswith(mark):
            raise ValueError(advice)
    if ending in ENDINGS[MARKUP]:
        return MARKUP
    if _HTML.match(data[:2000]):
        raise ValueError(
            "is HTML, not plain text: give its name the ending .html, and its tags are left out"
        )
    for wanted in (WORD, PDF):
        if ending in ENDINGS[wanted]:
            raise ValueError(
                f"is called {ending}, but is no {wanted} file: save it as one, or as .txt"
            )
    return PLAIN


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ValueError("is a packed file that is broken: save or copy it again") from error
    if "word/document.xml" in names:
        return WORD
    if "content.xml" in names:
        raise ValueError("is a file of LibreOffice: open it there and save it as .docx")
    if any(name.endswith(".iwa") for name in names):
        raise ValueError("is a file of Pages: open it there and export it as Word (.docx)")
    raise ValueError("is a packed file, and no text: unpack it, or save the text as .docx or .txt")


def decoded(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text of bytes, and which encoding they were in where that was not UTF-8.

    `encoding`: what they are in; default: UTF-8, or UTF-16 where they say so themselves. Raises
    ValueError with what to do for others.

    >>> decoded("naïve".encode("utf-16"))
    ('naïve', 'UTF-16')
    >>> decoded("é".encode("cp1252"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: not UTF-8: byte 0xe9; save it as UTF-8, or say --encoding cp1252 if ... 'é'
    """
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except LookupError:
            raise ValueError(f"unknown encoding {encoding!r}: such as cp1252 or utf-16") from None
        except UnicodeError:
            raise ValueError(
                f"is not in {encoding}: leave --encoding out, or name another"
            ) from None
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise ValueError("begins like UTF-16, but is broken: save it as UTF-8") from None
    # Every second byte of Latin letters in UTF-16 is nothing.
    for which, zeros in (("utf-16-le", data[1:2000:2]), ("utf-16-be", data[:2000:2])):
        if zeros and 2 * zeros.count(0) > len(zeros):
            raise ValueError(f"looks like UTF-16: save it as UTF-8, or say --encoding {which}")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        raise ValueError(_not_utf8(data, error)) from None


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    message = f"not UTF-8: byte 0x{data[error.start]:02x}; save it as UTF-8"
    start = max(data.rfind(blank, 0, error.start) for blank in (b" ", b"\n", b"\t")) + 1
    word = re.match(rb"\S{1,40}", data[start:])
    try:
        guess = word.group().decode("cp1252") if word else ""
    except UnicodeDecodeError:
        return message
    return f"{message}, or say --encoding cp1252 if it makes {guess!r}"
