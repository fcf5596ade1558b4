"""The app's first page: a card for every notebook that is part of the app."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..drawing.graphviz import Drawing
from ..guide import Guide
from ..loading.shipped import shipped_guides
from ..messages import ENGLISH, direction, in_language, language_of, say, shared
from ..model.disclaimer import disclaimer, teaching_aid
from ..model.errors import DrawingError, TreeError
from ..opening import load
from .app_words import error_words, first_page_words, page_words

# Cells with this tag make up the app; a notebook without any is shown whole.
TAG = "app"
_LOADED = re.compile(r"""\bload\(\s*["']([^"']+)["']""")
_HEADING = re.compile(r"^#+\s+(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class PageCard:
    """What the first page shows of a notebook.

    `about`: the title of its guide. `picture`: the name of a file beside the notebook; where
    there is none, `image` is a drawing of its guide, as HTML. `says`: what its guide says of
    itself, see `disclaimer`. `language`: of its words. `way`: in which these are read.
    """

    name: str
    title: str
    words: str
    audience: str = ""
    picture: str = ""
    image: str = ""
    about: str = ""
    says: str = ""
    language: str = ENGLISH
    way: str = "ltr"


def _shipped() -> dict[str, PageCard]:
    """The cards of the notebooks that ship, by name, in the language in force."""
    cards = (
        PageCard(
            "practice",
            say("Practise"),
            say("Read a short story, answer, and see the sentence of the text that decides."),
            say("For students, alone: ten questions, about ten minutes."),
            "practice.png",
        ),
        PageCard(
            "explore",
            say("Explore"),
            say(
                "Say what is known, and watch the path through the tree. "
                "Every verdict has its sentence."
            ),
            say("For everyone who asks what the text says of a case."),
            "explorer.png",
        ),
        PageCard(
            "teach",
            say("Teach"),
            say("One question at a time on the projector: the class votes, and you reveal."),
            say("For teachers, in front of a class."),
            "teach.png",
        ),
    )
    return {card.name: card for card in cards}


def cards(notebooks: Path) -> list[PageCard]:
    """The cards of a folder of notebooks: the three that ship first, then others by name."""
    found = {path.stem: _card(path) for path in notebooks.glob("*.ipynb")}
    first = _shipped().keys()
    names = [*first, *sorted(found.keys() - first)]
    return [card for name in names if (card := found.get(name))]


def first_page(notebooks: Path) -> dict[str, Any]:
    """What the first page shows; its words are in the language that its guides share."""
    shown = cards(notebooks)
    tag = shared(card.language for card in shown)
    with in_language(tag):
        words, way = first_page_words(), direction()
    return {
        "cards": shown,
        "saying": saying(shown),
        "language": tag,
        "way": way,
        "words": words,
    }


def error_page(notebooks: Path, status: int, why: str = "") -> dict[str, Any]:
    """The words of a page that says what went wrong, in the language that the guides share.

    `why`: the name of a message that says more.
    """
    tag = language_of_pages(notebooks)
    with in_language(tag):
        return {"language": tag, "way": direction(), "words": error_words(status, why)}


def language_of_pages(notebooks: Path) -> str:
    """The language that the guides of the app's notebooks share."""
    parts = ((path, _shown(_cells(path))) for path in notebooks.glob("*.ipynb"))
    return shared(_language(_guide(path.parent, shown)) for path, shown in parts if shown)


def around(notebook: Path) -> dict[str, Any]:
    """What stands around the page of a notebook, in the language of its guide."""
    shown = _shown(_cells(notebook))
    guide = _guide(notebook.parent, shown) if shown else None
    tag = _language(guide)
    with in_language(tag):
        return {"language": tag, "way": direction(), "words": page_words()}


def saying(shown: Iterable[PageCard]) -> str:
    """What the page says of itself, where that is the same of every card; else nothing.

    >>> saying([PageCard("a", "A", "", says="A teaching aid."), PageCard("b", "B", "")])
    ''
    """
    said = {card.says for card in shown}
    return said.pop() if len(said) == 1 else ""


def _card(path: Path) -> PageCard | None:
    """None for a notebook that is no part of the app, or cannot be read."""
    cells = _cells(path)
    shown = _shown(cells)
    if not shown:
        return None
    guide = _guide(path.parent, shown)
    tag = _language(guide)
    with in_language(tag):
        card = _shipped().get(path.stem) or _described(path.stem, cells)
        picture = card.picture or f"{path.stem}.png"
        has_picture = (path.parent / picture).is_file()
        return replace(
            card,
            picture=picture if has_picture else "",
            image="" if has_picture or not guide else _drawn(guide),
            about=guide.title if guide else "",
            # Of a guide that is not found it may be medical.
            says=disclaimer(guide) if guide else teaching_aid(is_medical=True),
            language=tag,
            way=direction(),
        )


def _language(guide: Guide | None) -> str:
    return language_of(guide) if guide else ENGLISH


def _cells(path: Path) -> list[Any]:
    """None of a notebook that cannot be read."""
    import nbformat

    try:
        return list(nbformat.read(path, as_version=4).cells)
    except (OSError, ValueError, nbformat.ValidationError):
        return []


def _shown(cells: Iterable[Any]) -> list[Any]:
    return [cell for cell in cells if TAG in cell.metadata.get("tags", [])]


def _described(name: str, cells: Iterable[Any]) -> PageCard:
    """A notebook in its own words: its first heading, and its first paragraph."""
    texts = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    heading = _HEADING.search(texts)
    paragraphs = [part.strip() for part in texts.split("\n\n")]
    words = next((part for part in paragraphs if part and not part.startswith("#")), "")
    plain = re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", words)
    return PageCard(name, heading[1] if heading else name, plain)


def _guide(folder: Path, cells: Iterable[Any]) -> Guide | None:
    """The guide that the cells load, as far as that can be seen without running them."""
    loaded = _LOADED.search("\n".join(c.source for c in cells if c.cell_type == "code"))
    if not loaded:
        return None
    path = folder / loaded[1]
    if not path.exists():
        path = shipped_guides().get(loaded[1], path)
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
