"""The workshop: a guide is written beside its text, step by step, without writing YAML."""

from __future__ import annotations

import asyncio
import functools
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import anywidget
import traitlets
from ipywidgets import VBox

from ..authoring.edits import Conflict
from ..authoring.entries import Place, StillNamed
from ..authoring.manuscript import Manuscript, Saved
from ..authoring.screen_steps import step
from ..authoring.wording import hedge, suggestion
from ..guide import Guide
from ..loading.watching import SECONDS, stamp
from ..messages import in_language, say
from ..model.errors import Problem, TreeError
from ..model.text import Text
from ..opening import Report, check
from ..teaching.practice.box_screen import ShownAsBox
from ..web.bundle import scripts, styles
from ..web.stand_in import StoodInFor
from . import workshop_beginning
from .explorer import Explorer
from .workshop_beginning import Ask, is_begun
from .workshop_state import WorkshopState

P = ParamSpec("P")
R = TypeVar("R")

_SCRIPT = scripts("workshop.js")
_open: dict[Path, Workshop] = {}
# Where something is tried out, by its text.
_tried: dict[str, Path] = {}


class WorkshopScreen(anywidget.AnyWidget):
    """What the workshop shows and hears. It sets no trait: it sends words, and gets an answer."""

    _esm = _SCRIPT
    _css = styles("workshop.css", "right_to_left.css")

    state = traitlets.Dict().tag(sync=True)


def _one_at_a_time(
    do: Callable[Concatenate[Workshop, P], R],
) -> Callable[Concatenate[Workshop, P], R]:
    """Let only one thread in: one handles what the page says, another one looks at the folder."""

    @functools.wraps(do)
    def alone(workshop: Workshop, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with workshop._lock:
            return do(workshop, *args, **kwargs)

    return alone


class Workshop(StoodInFor, ShownAsBox, VBox):
    """A screen on which a guide is written beside its text, and its explorer below.

    Every step is saved at once to the files of the folder, which may be edited elsewhere at the
    same time; they are looked at while the kernel has nothing else to do. Where the folder holds no
    guide yet, one of `text` is begun there, or the screen asks for a text. `folder`: default one
    in a place for trying out, for the same text the same one until Python ends. `ask`: a function
    that takes a prompt and returns an assistant's answer, for drafts; without it the screen shows
    prompts to copy. `seconds`: between two looks at the files; default 0.4. Of a folder there is
    one workshop at work: where a second one is made, the first shows the same.

    While the guide cannot be read, the explorer of its last good state stays. `report` is what
    `check` says now; `explorer` is None until there was a tree. `refresh()` looks at once;
    `close()` ends it.

    >>> workshop = Workshop("data/metastatic_liver_cancer")
    >>> workshop
    <workshop of 'metastatic_liver_cancer': 0 errors, 0 warnings>
    >>> workshop.explorer.answers
    {}
    >>> workshop.close()
    """

    purpose = "To write a guide beside its text"

    def __init__(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        text: str = "",
        ask: Ask | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.folder = _place_for_trying(text) if folder is None else Path(folder)
        if text and not is_begun(self.folder):
            workshop_beginning.begin(self.folder, text)
        self.ask = ask
        self.explorer: Explorer | None = None
        self.report = Report(None, ())
        self.screen = WorkshopScreen()
        self._state = WorkshopState(self.folder, can_ask=ask is not None)
        self._manuscript: Manuscript | None = None
        self._seen: object = None
        self._lock = threading.RLock()
        super().__init__(children=[self.screen])
        _take_over(self)
        self.screen.on_msg(self._hear)
        self.refresh()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # In plain Python nothing runs between two lines: refresh() is called by hand.
            self._task = None
        else:
            self._task = loop.create_task(_follow(self, seconds))

    @_one_at_a_time
    def refresh(self) -> Report:
        """Check the folder now, and show what was found."""
        self._seen = stamp(self.folder)
        if not is_begun(self.folder):
            # What was there is not given up because its file is away for a moment.
            lost = self._manuscript
            self.screen.state = self._state.lost(lost) if lost else self._state.unbegun()
            return self.report
        self.report = check(self.folder)
        if self.report.guide:
            self._explore(self.report.guide)
        try:
            self._manuscript = self._manuscript or Manuscript(self.folder)
            self._manuscript.refresh()
        except (TreeError, ValueError):
            self.screen.state = self._state.unreadable(self.report, _SCRIPT)
        else:
            self.screen.state = self._state.of(self._manuscript, self.report, _SCRIPT)
        return self.report

    @_one_at_a_time
    def refresh_if_changed(self) -> None:
        """Check the folder if one of its files was saved since the last look."""
        if stamp(self.folder) != self._seen:
            self.refresh()

    def close(self) -> None:
        """End watching, and take the widgets away."""
        if _open.get(self.folder.resolve()) is self:
            del _open[self.folder.resolve()]
        self._end()
        super().close()

    def show_same_as(self, other: Workshop) -> None:
        """Show another workshop from now on: a page that has this one still shows something."""
        self._end()
        traitlets.dlink((other, "children"), (self, "children"))

    def _end(self) -> None:
        """End watching."""
        if self._task:
            self._task.cancel()
            self._task = None
        if self.explorer:
            _discard(self.explorer)
            self.explorer = None
        self.screen.close()

    def _explore(self, guide: Guide) -> None:
        """Show the explorer of a guide that is new; what was answered stays answered."""
        old = self.explorer
        if old and old.guide == guide:
            old.confirm(guide)
            return
        kept = {f.id: f.value_of(old.answers.get(f.id)) for f in guide.factors} if old else {}
        self.explorer = Explorer(guide, kept)
        self.children = [self.screen, self.explorer]
        if old:
            _discard(old)

    # --- what the screen says ----------------------------------------------------------------

    def _hear(self, _widget: object, words: Mapping[str, Any], _buffers: object) -> None:
        """Do what the screen asks, and answer the `word` that it was asked by."""
        try:
            answer = self._answer(words)
        except StillNamed as error:
            named = [list(found.path) for found in error.references]
            answer = {"problem": str(error), "named": named}
        except TreeError as error:
            answer = {"problem": "; ".join(map(_said, error.problems))}
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            answer = {"problem": f"nothing was saved: {error.strerror or error}{where}"}
        except ValueError as error:
            answer = {"problem": str(error)}
        self.screen.send({"heard": words.get("word"), **answer})

    def _answer(self, words: Mapping[str, Any]) -> dict[str, Any]:
        if "do" in words:
            return self._done(words)
        answers: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "suggestion": self._suggest,
            "begin": self._begin,
            "prompt": lambda _: workshop_beginning.next_prompt(self.folder),
            "answer": self._take,
            "draft": self._draft,
            "page": lambda _: self._page(),
            "case": self._show_case,
        }
        wanted = str(words.get("wants"))
        if wanted not in answers:
            raise ValueError(f"nothing is called {wanted!r}")
        return answers[wanted](words)

    @_one_at_a_time
    def _done(self, words: Mapping[str, Any]) -> dict[str, Any]:
        """Save a step of the author."""
        if self._manuscript is None:
            raise ValueError("the files cannot be read; correct them in an editor first")
        does = words["do"]
        if does in ("undo", "redo"):
            result = getattr(self._manuscript, does)()
        elif not self._text.content:
            raise ValueError("the file with the text is empty, or away: put it back first")
        else:
            self._manuscript.refresh()
            made = step(self._manuscript.files, self._text, words)
            result = made if isinstance(made, Conflict) else self._manuscript.do(made)
        self.refresh()
        if isinstance(result, Conflict):
            return {"conflict": [_plain(each) for each in result.entries]}
        if isinstance(result, Saved):
            return {"path": list(result.edit.where), "message": result.message}
        with in_language(self._text.language):
            nothing = say("There is nothing to undo."), say("There is nothing to redo.")
        return {"problem": nothing[does == "redo"]}

    @property
    def _text(self) -> Text:
        return self._state.text

    def _suggest(self, words: Mapping[str, Any]) -> dict[str, Any]:
        place = Place(*map(int, words["at"]))
        found = suggestion(self._text, place)
        firmly = found.strength if found else hedge(self._text, place)
        if not (found or firmly):
            return {"suggestion": None}
        effect, says = (found.effect, str(found)) if found else ("", "")
        strength = list(firmly) if firmly else None
        return {"suggestion": {"effect": effect, "strength": strength, "words": says}}

    @_one_at_a_time
    def _begin(self, words: Mapping[str, Any]) -> dict[str, Any]:
        cleaned = workshop_beginning.begin(
            self.folder, str(words.get("text", "")), str(words.get("language", ""))
        )
        self.refresh()
        return {"cleaned": list(cleaned)}

    @_one_at_a_time
    def _take(self, words: Mapping[str, Any]) -> dict[str, Any]:
        taken = workshop_beginning.take_answer(
            self.folder, str(words.get("answer", "")), str(words.get("model", ""))
        )
        self._adopt()
        return taken

    def _draft(self, words: Mapping[str, Any]) -> dict[str, Any]:
        if self.ask is None:
            raise ValueError("no function to ask was given: Workshop(folder, ask=function)")
        drafted = workshop_beginning.ask_assistant(
            self.folder, self.ask, str(words.get("model", ""))
        )
        self._adopt()
        return drafted

    def _page(self) -> dict[str, Any]:
        """A page to hand out, with practice in it."""
        guide = self.report.guide
        if guide is None:
            raise ValueError("the guide has problems by now; solve them first")
        return {"name": f"{guide.id}.html", "page": guide.to_html(practice=True)}

    def _show_case(self, words: Mapping[str, Any]) -> dict[str, Any]:
        """Let the explorer show a case in which something is to be looked at."""
        if self.explorer:
            self.explorer.answers = dict(words["case"])
        return {}

    @_one_at_a_time
    def _adopt(self) -> None:
        """Show a draft, as a step that can be undone."""
        if self._manuscript:
            self._manuscript.adopt("draft")
        self.refresh()

    def __repr__(self) -> str:
        return f"<workshop of {self.folder.resolve().name!r}: {self.report.counts}>"


def _said(problem: Problem) -> str:
    """A problem in words; where it is of a whole file, with its name."""
    is_whole = problem.file and not problem.line
    return f"{Path(problem.file).name}: {problem.message}" if is_whole else problem.message


def _plain(found: Any) -> dict[str, Any]:
    """An entry that is another one by now, for the screen."""
    return {"path": list(found.path), "words": str(found), "found": found.found}


def _discard(explorer: Explorer) -> None:
    for toggle in explorer.toggles.values():
        toggle.close()
    explorer.close()


def _place_for_trying(text: str) -> Path:
    """A cell that is run again goes on with what was written, as long as that is there."""
    if text not in _tried or not _tried[text].exists():
        _tried[text] = Path(tempfile.mkdtemp(), "guide")
    return _tried[text]


def _take_over(workshop: Workshop) -> None:
    """A cell that is run again would leave its earlier workshop at work, unseen.

    A second tab may show the earlier one, which stands in the notebook as it was saved.
    """
    place = workshop.folder.resolve()
    earlier = _open.get(place)
    _open[place] = workshop
    if earlier:
        earlier.show_same_as(workshop)


async def _follow(workshop: Workshop, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        workshop.refresh_if_changed()
