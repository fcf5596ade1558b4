"""The app's first page: a card for every notebook that is part of the app."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from ..drawing.graphviz import Drawing
from ..guide import Guide
from ..model.disclaimer import disclaimer, teaching_aid
from ..model.errors import DrawingError, TreeError
from ..opening import load

# Cells with this tag make up the app; a notebook without any is shown whole.
TAG = "app"
_LOADED = re.compile(r"""\bload\(\s*["']([^"']+)["']""")
_HEADING = re.compile(r"^#+\s+(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class PageCard:
    """What the first page shows of a notebook.

    `about`: the title of its guide. `picture`: the name of a file beside the notebook; where
    there is none, `image` is a drawing of its guide, as HTML. `says`: what its guide says of
    itself, see `disclaimer`.
    """

    name: str
    title: str
    words: str
    audience: str = ""
    picture: str = ""
    image: str = ""
    about: str = ""
    says: str = ""


KNOWN = (
    PageCard(
        "practice",
        "Practise",
        "Read a short story, answer, and see the sentence of the text that decides.",
        "For students, alone: ten questions, about ten minutes.",
        "practice.png",
    ),
    PageCard(
        "explore",
        "Explore",
        "Say what is known, and watch the path through the tree. Every verdict has its sentence.",
        "For everyone who asks what the text says of a case.",
        "explorer.png",
    ),
    PageCard(
        "teach",
        "Teach",
        "One question at a time on the projector: the class votes, and you reveal.",
        "For teachers, in front of a class.",
        "teach.png",
    ),
)


def cards(notebooks: Path) -> list[PageCard]:
    """The cards of a folder of notebooks: the three that ship first, then others by name."""
    known = {card.name: card for card in KNOWN}
    found = {path.stem: _card(path, known.get(path.stem)) for path in notebooks.glob("*.ipynb")}
    names = [*known, *sorted(found.keys() - known.keys())]
    return [card for name in names if (card := found.get(name))]


def saying(shown: Iterable[PageCard]) -> str:
    """What the page says of itself, where that is the same of every card; else nothing.

    >>> saying([PageCard("a", "A", "", says="A teaching aid."), PageCard("b", "B", "")])
    ''
    """
    said = {card.says for card in shown}
    return said.pop() if len(said) == 1 else ""


def _card(path: Path, known: PageCard | None) -> PageCard | None:
    """None for a notebook that is no part of the app, or cannot be read."""
    try:
        cells = nbformat.read(path, as_version=4).cells
    except (OSError, ValueError, nbformat.ValidationError):
        return None
    shown = [cell for cell in cells if TAG in cell.metadata.get("tags", [])]
    if not shown:
        return None
    card = known or _described(path.stem, cells)
    guide = _guide(path.parent, (cell.source for cell in shown if cell.cell_type == "code"))
    picture = card.picture or f"{path.stem}.png"
    has_picture = (path.parent / picture).is_file()
    return PageCard(
        card.name,
        card.title,
        card.words,
        card.audience,
        picture=picture if has_picture else "",
        image="" if has_picture or not guide else _drawn(guide),
        about=guide.title if guide else "",
        # Of a guide that is not found it may be medical.
        says=disclaimer(guide) if guide else teaching_aid(is_medical=True),
    )


def _described(name: str, cells: Iterable[Any]) -> PageCard:
    """A notebook in its own words: its first heading, and its first paragraph."""
    texts = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    heading = _HEADING.search(texts)
    paragraphs = [part.strip() for part in texts.split("\n\n")]
    words = next((part for part in paragraphs if part and not part.startswith("#")), "")
    plain = re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", words)
    return PageCard(name, heading[1] if heading else name, plain)


def _guide(folder: Path, sources: Iterable[str]) -> Guide | None:
    """The guide that the cells load, as far as that can be seen without running them."""
    loaded = _LOADED.search("\n".join(sources))
    if not loaded:
        return None
    path = folder / loaded[1]
    try:
        inside = path.iterdir() if path.is_dir() else iter([path])
        return _loaded(path, max(file.stat().st_mtime_ns for file in inside))
    except (TreeError, OSError, ValueError):
        return None


@lru_cache(maxsize=32)
def _loaded(path: Path, _changed: int) -> Guide:
    """A guide, loaded again when its files have changed."""
    return load(path)


def _drawn(guide: Guide) -> str:
    try:
        return Drawing(guide.trees[0]).image
    except (TreeError, DrawingError):
        return ""
