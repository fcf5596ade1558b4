"""Whether the fonts that a layout program draws with have all letters; if not, it draws boxes."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from pathlib import Path

from ..model.errors import DrawingError

# The scripts of the fonts that graphviz-pure brings along, as Unicode names their letters.
_BROUGHT = {"LATIN", "GREEK", "CYRILLIC", "HEBREW", "MODIFIER", "MICRO", "FEMININE", "MASCULINE"}
_TIME_LIMIT = 30  # seconds; the fonts are read when they are asked for the first time


def check_letters(program: str, source: str) -> None:
    """Raise DrawingError where a PNG of a source would show boxes in place of letters."""
    if "graphviz-pure" in os.path.basename(program):
        _check_brought(source)
    else:
        _check_installed(program, source)


def _check_brought(source: str) -> None:
    """graphviz-pure has its own fonts and no others.

    >>> _check_brought('digraph {"Größe, Да, כן"}')
    >>> _check_brought('digraph {"是"}')
    Traceback (most recent call last):
    ...
    tree.model.errors.DrawingError: graphviz-pure cannot write letters such as 是 into a PNG: save \
an SVG, or install Graphviz and a font that has them, and let TREE_DOT name its dot program
    """
    for letter in filter(str.isalpha, source):
        if unicodedata.name(letter, "").split(" ")[0] not in _BROUGHT:
            raise DrawingError(
                f"graphviz-pure cannot write letters such as {letter} into a PNG: save an SVG, or "
                "install Graphviz and a font that has them, and let TREE_DOT name its dot program"
            )


def _check_installed(program: str, source: str) -> None:
    """Graphviz takes each letter from any font of the computer that has it."""
    signs = _signs_of_fonts(program)
    if signs is None:
        return
    for letter in dict.fromkeys(filter(str.isalpha, source)):
        if not any(ord(letter) in some for some in signs):
            raise DrawingError(
                f"no font here has letters such as {letter}, which a PNG would show as boxes: "
                "save an SVG, or install a font that has them (on Debian, fonts-noto-core has "
                "most scripts, and fonts-noto-cjk Chinese, Japanese and Korean)"
            )


def _signs_of_fonts(program: str) -> set[range] | None:
    """What is in any font, as fontconfig tells, which Graphviz asks, too. None: it is not there.

    It is asked anew each time: somebody may have installed a font meanwhile.
    """
    # Beside the program first: conda has a Graphviz with its own fonts.
    beside = shutil.which("fc-list", path=str(Path(program).resolve().parent))
    asked = beside or shutil.which("fc-list")
    if not asked:
        return None
    command = [asked, ":scalable=true", "--format", "%{charset}\n"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIME_LIMIT, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return {_signs(span) for span in done.stdout.split()}


def _signs(span: str) -> range:
    """
    >>> _signs("20-7e"), _signs("37e")
    (range(32, 127), range(894, 895))
    """
    first, _, last = span.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)
