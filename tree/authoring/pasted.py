"""Texts as they are pasted: marks of pages and lines that no file of text needs."""

from __future__ import annotations

from ..model.text import counted

# What a PDF puts between pages, and a word processor between lines (a vertical tab).
_BREAKS = {b"\x0c": "page break", b"\x0b": "vertical tab"}


def cleaned(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    r"""A text in UTF-8 with line breaks in the place of other breaks, and what was replaced.

    >>> cleaned(b"Rest.\x0cDrink tea.")
    (b'Rest.\nDrink tea.', ('1 page break: a line break now',))
    """
    notes = []
    for mark, name in _BREAKS.items():
        if count := data.count(mark):
            now = "a line break" if count == 1 else "line breaks"
            notes.append(f"{counted(count, name)}: {now} now")
            data = data.replace(mark, b"\n")
    return data, tuple(notes)
