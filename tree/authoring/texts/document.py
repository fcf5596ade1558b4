"""A file of any kind, or pasted words → the text of a guide, with what was cleaned away."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from ...loading.sources import MAX_BYTES, check_size, read_bytes
from ...model.errors import Problem, TreeError
from ...model.text import CONTROL, decode
from .changes import Cleaning, Replacement, applied
from .cleaning import cleaned
from .kinds import ENDINGS, MARKUP, PDF, PLAIN, decoded, kind

MOST_BYTES = 50_000_000  # of a document, most of which may be pictures


@dataclass(frozen=True)
class Document:
    """A text, and the document that it was taken from.

    `name`: what the document is called; `ending`: of the kind that it is; `data`: the text as it is
    written to a file.
    """

    name: str
    ending: str
    content: str
    data: bytes
    original: bytes
    cleaned: tuple[Cleaning, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the text is not just what is in the document."""
        return self.data != self.original

    def report(self, text_file: str, original_file: str) -> str:
        """What was cleaned, in full, with the digests of both files."""
        lines = [
            f"{text_file} was made of {original_file}.",
            *(
                f"SHA-256 of {name}: {hashlib.sha256(data).hexdigest()}"
                for name, data in ((text_file, self.data), (original_file, self.original))
            ),
            "",
        ]
        for cleaning in self.cleaned:
            lines += [cleaning.head, *(f"    {piece}" for piece in cleaning.shown)]
        return "\n".join(lines) + "\n"


def document(path: str | os.PathLike[str], encoding: str = "") -> Document:
    """The text of a file: plain text, Markdown, HTML, Word or PDF.

    `encoding`: of plain text and HTML; default: UTF-8. Raises TreeError with what to do where no
    text can be taken from it.
    """
    data, problems = read_bytes(path, MOST_BYTES)
    if problems:
        raise TreeError(problems)
    return text_of(data, str(path), encoding)


def text_of(data: bytes, name: str = "pasted text", encoding: str = "") -> Document:
    """The same of bytes; `name`: how messages call them, with an ending if they have one.

    >>> text_of(b"Drink tea.").content
    'Drink tea.'
    """
    try:
        check_size(len(data), MOST_BYTES)
        what = kind(data, Path(name).suffix.lower())
        content, notes = _read(what, data, encoding)
    except ValueError as error:
        raise TreeError([Problem(name, 0, 0, str(error))]) from None
    content, more = cleaned(content)
    notes = (*notes, *more)
    # A file in which nothing was cleaned stays as it is, to the byte.
    written = content.encode(errors="replace") if notes or what != PLAIN else data
    if len(written) > MAX_BYTES:
        message = f"its text has {len(written)} bytes; at most {MAX_BYTES} are read"
        raise TreeError([Problem(name, 0, 0, message)])
    content, problems = decode(name, written)
    if problems:
        raise TreeError(problems)
    return Document(name, ENDINGS[what][0], content, written, data, notes)


def text_of_words(words: str) -> Document:
    r"""The same of words that were pasted. Signs that nobody sees come along from some programs.

    >>> text_of_words("Drink\x02 tea.").content
    'Drink tea.'
    """
    if len(words) > MAX_BYTES:
        message = f"{len(words):,} letters; at most {MAX_BYTES:,} are read: paste a part of it"
        raise TreeError([Problem("pasted text", 0, 0, message)])
    plain, notes = _without_controls(words)
    found = text_of(plain.encode())
    given = words.encode(errors="replace")
    return replace(found, original=given, cleaned=(*notes, *found.cleaned)) if notes else found


def _recoded(named: str) -> tuple[Cleaning, ...]:
    return (Cleaning(f"file in {named}", "written in UTF-8", ("",)),) if named else ()


def _read(what: str, data: bytes, encoding: str) -> tuple[str, tuple[Cleaning, ...]]:
    """The text of one kind of document, before it is cleaned."""
    if what in (PLAIN, MARKUP):
        content, named = decoded(data, encoding)
        notes = _recoded(named)
        if what == PLAIN:
            return content, notes
        from .markup import text_of

        content, more = text_of(content)
        notes = (*notes, *more)
    elif what == PDF:
        from .pdf import text_of_pdf

        content, notes = text_of_pdf(data)
    else:
        from .word import text_of_word

        content, notes = text_of_word(data)
    content, more = _without_controls(content)
    return content, (*notes, *more)


def _without_controls(content: str) -> tuple[str, tuple[Cleaning, ...]]:
    """A text without signs that nobody sees; breaks of lines and pages stay."""
    hidden = [Replacement(*m.span()) for m in CONTROL.finditer(content) if m.group() not in "\f\v"]
    if not hidden:
        return content, ()
    note = Cleaning("control character", "taken out", ("",) * len(hidden))
    return applied(content, hidden), (note,)
