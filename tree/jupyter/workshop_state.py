"""What the screen of the workshop is given: the state of a folder, with pictures of its trees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..authoring.edits import Edit
from ..authoring.guide_folder import TEXT_FILE
from ..authoring.languages import FALLBACK
from ..authoring.manuscript import Manuscript
from ..authoring.screen_state import screen_state
from ..drawing.graphviz import Drawing
from ..guide import Guide
from ..loading import loader
from ..loading.sources import GUIDE_FILE
from ..loading.sources import folder as files_of
from ..logic.build import Tree
from ..logic.trees import undrawable
from ..messages import ENGLISH, in_language, language_of
from ..model.errors import DrawingError, Problem
from ..model.parts import Reading
from ..model.text import Text
from ..opening import Report
from ..web.catalog import catalog_for

MOST_PICTURES = 12
LARGEST_PICTURE = 120  # nodes
# What the screen can count on, also where there is nothing to show.
_NOTHING: dict[str, Any] = {
    "guide": {},
    "text": "",
    "tag": FALLBACK,
    "passages": [],
    "sentences": [],
    "entries": [],
    "order": [],
    "cases": [],
    "titled": {},
    "outcomes": {},
    "confirmed": 0,
    "left": 0,
    "problems": [],
    "trees": [],
    "stale": False,
    "ok": False,
    "undo": None,
    "redo": None,
    "history": "",
}


class WorkshopState:
    """The states of one folder; it remembers the last good guide, its pictures and the text."""

    def __init__(self, folder: Path, can_ask: bool) -> None:
        self.folder = folder
        self.can_ask = can_ask
        self.text = Text(TEXT_FILE, "")
        self._good: Guide | None = None
        self._pictures: list[dict[str, str]] = []

    def unbegun(self) -> dict[str, Any]:
        """Of a folder without a guide."""
        return {**self._everywhere(), "begun": False}

    def lost(self, manuscript: Manuscript) -> dict[str, Any]:
        """Of a folder from which the guide was taken away while it was open."""
        away = self.folder / GUIDE_FILE if self.folder.is_dir() else self.folder
        kept = manuscript.kept_aside()
        copy = f" A copy of what it held: {kept}." if kept else ""
        message = f"{away} is not there any more.{copy} Put it back, and go on here."
        unreadable = [{"message": message}]
        return {**self._everywhere(), "begun": True, "unreadable": unreadable}

    def unreadable(self, report: Report, script: str) -> dict[str, Any]:
        """Of files that are no YAML that can be edited."""
        return {
            **self._everywhere(),
            "begun": True,
            "unreadable": [_plain(problem) for problem in report.problems],
            **catalog_for(script),
        }

    def of(self, manuscript: Manuscript, report: Report, script: str) -> dict[str, Any]:
        """Of a folder with a guide. `script`: the front end, whose words are translated."""
        reading = report.guide or loader.read(files_of(self.folder))[0]
        self.text = reading.text if reading else self._text_alone()
        with in_language(language_of(reading) if reading else ENGLISH):
            return self._of(manuscript, report, reading, script)

    def _of(
        self, manuscript: Manuscript, report: Report, reading: Reading | None, script: str
    ) -> dict[str, Any]:
        guide = report.guide
        if guide and guide != self._good:
            self._good, self._pictures = guide, list(map(_picture, guide.trees[:MOST_PICTURES]))
        history = manuscript.history
        vignettes = guide.vignettes if guide else ()
        return {
            **self._everywhere(),
            "begun": True,
            **screen_state(
                manuscript.files, self.text, reading, guide is not None, report.problems, vignettes
            ),
            "trees": self._pictures,
            "stale": guide is None and bool(self._pictures),
            "ok": report.ok,
            "undo": _named(history.done),
            "redo": _named(history.undone),
            "history": history.message,
            "outcomes": _outcomes(guide) if guide else {},
            **catalog_for(script),
        }

    def _everywhere(self) -> dict[str, Any]:
        place = self.folder.resolve()
        return {**_NOTHING, "folder": place.name, "place": str(place), "ask": self.can_ask}

    def _text_alone(self) -> Text:
        content, _ = files_of(self.folder).read(TEXT_FILE)
        return Text(TEXT_FILE, content, language=FALLBACK)


def _picture(tree: Tree) -> dict[str, str]:
    if undrawable(tree) or len(tree.nodes) > LARGEST_PICTURE:
        return {"name": tree.name, "svg": ""}
    try:
        return {"name": tree.name, "svg": Drawing(tree).svg}
    except DrawingError:
        return {"name": tree.name, "svg": ""}


def _named(steps: tuple[Edit, ...]) -> dict[str, Any] | None:
    """The next step to undo or redo: what it did, and to which entry."""
    return {"what": steps[-1].what, "where": list(steps[-1].where)} if steps else None


def _outcomes(guide: Guide) -> dict[str, list[str]]:
    """Of each written case what the guide says, a line for each option."""
    return {
        case.id: [
            guide.walk(case.answers).verdict(option.id).split("\n")[0] for option in guide.options
        ]
        for case in guide.vignettes
    }


def _plain(problem: Problem) -> dict[str, str]:
    return {"message": str(problem)}
