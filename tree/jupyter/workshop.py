"""A guide while it is being written: the checker's list and the explorer, fresh on every save."""

from __future__ import annotations

import asyncio
import os
from html import escape
from pathlib import Path

from ipywidgets import HTML, Accordion, VBox

from ..guide import Guide
from ..loading.watching import SECONDS, stamp
from ..messages import ENGLISH, in_language, language_of, say
from ..model.errors import Problem
from ..opening import Report, check
from ..web.stand_in import StoodInFor
from .explorer import Explorer

_STYLE = """
<style>
.tree-report { color: var(--jp-ui-font-color1, #111); font-size: 14px; line-height: 1.45; }
.tree-report ol { margin: 0.4em 0; padding-left: 1.6em; max-height: 22em; overflow: auto; }
.tree-report li { margin: 0.5em 0; overflow-wrap: anywhere; }
.tree-report pre { margin: 0.2em 0 0; padding: 0.2em 0.6em; overflow-x: auto; line-height: 1.2;
  color: inherit; border-left: 3px solid var(--jp-border-color1, #999); }
.tree-read-back pre { white-space: pre-wrap; }
.tree-report.tree-read-back ol { max-height: none; }
.tree-report .tree-error pre { border-left-color: var(--jp-error-color1, #d32f2f); }
</style>
"""
MOST_SHOWN = 100


class Workshop(StoodInFor, VBox):
    """The list of `check` and the explorer of a folder, made anew whenever a file is saved.

    While the guide cannot be read, the explorer of its last good state stays. `report` is the
    newest one; `explorer` is None until there was a tree. Between the two, a part that opens says
    the guide back, sentence by sentence, to be compared with the text. `refresh()` looks at once;
    `close()` ends it. Files are looked at while the kernel has nothing else to do.

    >>> workshop = Workshop("data/metastatic_liver_cancer")
    >>> workshop
    <workshop of 'metastatic_liver_cancer': 0 errors, 0 warnings>
    >>> workshop.explorer.answers
    {}
    >>> workshop.close()
    """

    purpose = "To see what the checker says, and the tree"

    def __init__(self, folder: str | os.PathLike[str], seconds: float = SECONDS) -> None:
        self.folder = Path(folder)
        self.explorer: Explorer | None = None
        self._list = HTML()
        self.read_back = Accordion([HTML()], selected_index=None)
        self.read_back.observe(self._say_back, "selected_index")
        self._seen: object = None
        super().__init__(children=[self._list])
        self.report: Report
        self.refresh()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # In plain Python nothing runs between two lines: refresh() is called by hand.
            self._task = None
        else:
            self._task = loop.create_task(_follow(self, seconds))

    def refresh(self) -> Report:
        """Check the folder now, and show what was found."""
        self._seen = stamp(self.folder)
        self.report = check(self.folder)
        old = self.explorer
        guide = self.report.guide
        shown = guide or (old.guide if old else None)
        with in_language(language_of(shown) if shown else ENGLISH):
            self._show(guide, old)
        return self.report

    def _show(self, guide: Guide | None, old: Explorer | None) -> None:
        """Show the report, in the language in force, and the explorer of a guide that is new."""
        # Where nothing is to be shown anew, what somebody has opened there stays open.
        if guide and not (old and old.guide == guide):
            kept = {f.id: f.value_of(old.answers.get(f.id)) for f in guide.factors} if old else {}
            self.explorer = Explorer(guide, kept)
            self.read_back.titles = (say("Read back: what was made of each sentence"),)
            self.children = [self._list, self.read_back, self.explorer]
            if old:
                _discard(old)
            self._say_back()
        self._list.value = _STYLE + self._listed()

    def refresh_if_changed(self) -> None:
        """Check the folder if one of its files was saved since the last look."""
        if stamp(self.folder) != self._seen:
            self.refresh()

    def close(self) -> None:
        """End watching, and take the widgets away."""
        if self._task:
            self._task.cancel()
            self._task = None
        if self.explorer:
            _discard(self.explorer)
            self.explorer = None
        self._list.close()
        self.read_back.close()
        super().close()

    def _say_back(self, _change: object = None) -> None:
        """Fill the part that says the guide back, if it is open: of a large guide it takes long."""
        if self.explorer and self.read_back.selected_index is not None:
            self.read_back.children[0].value = _STYLE + _read_back(self.explorer.guide)

    def _listed(self) -> str:
        """The report as HTML; everything that comes from a file is escaped."""
        problems = self.report.problems
        items = "".join(map(_item, problems[:MOST_SHOWN]))
        more = len(problems) - MOST_SHOWN
        after = f"<p>{escape(say('and {count} more', count=more))}</p>" if more > 0 else ""
        is_stale = self.explorer and not self.report.guide
        stale = f" {escape(say('Below: the last good state.'))}" if is_stale else ""
        state = escape(self.report.summary)
        name = escape(self.folder.resolve().name)
        return (
            f'<div class="tree-report"><p role="status"><b>{name}</b>: {state}.{stale}</p>'
            f"{_scrolled(items) if items else ''}{after}</div>"
        )

    def __repr__(self) -> str:
        return f"<workshop of {self.folder.resolve().name!r}: {self.report.counts}>"


def _scrolled(items: str) -> str:
    """A list that scrolls must be within reach of the keyboard."""
    label = escape(say("What the checker says"))
    return f'<ol tabindex="0" aria-label="{label}">{items}</ol>'


def _item(problem: Problem) -> str:
    """A problem; what is wrong with a file is said in English, whatever the language."""
    place = Path(problem.file).name + f", line {problem.line}" * bool(problem.line)
    head = f"<b>{problem.severity}</b> {escape(place)}: {escape(problem.message)}"
    _, *source = problem.pointed().split("\n")
    lines = "\n".join(line.removeprefix("    ") for line in source)
    shown = f"<pre>{escape(lines)}</pre>" if source else ""
    return f'<li class="tree-{problem.severity}">{head}{shown}</li>'


def _read_back(guide: Guide) -> str:
    """The guide said back as HTML; everything that comes from a file is escaped."""
    read = guide.read_back()
    parts = [(f"“{s.sentence.words.line}”", s.lines(guide)) for s in read.sentences]
    parts += [(option.option.name, option.lines(guide)) for option in read.options]
    items = "".join(
        f"<li>{escape(head)}<pre>{escape(chr(10).join(lines))}</pre></li>" for head, lines in parts
    )
    return f'<div class="tree-report tree-read-back"><ol>{items}</ol></div>'


def _discard(explorer: Explorer) -> None:
    for toggle in explorer.toggles.values():
        toggle.close()
    explorer.close()


async def _follow(workshop: Workshop, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        workshop.refresh_if_changed()


# A cell that is run again would else leave its earlier workshop at work, unseen.
_open: dict[Path, Workshop] = {}


def watch(folder: str | os.PathLike[str], seconds: float = SECONDS) -> Workshop:
    """Show the checker's list and the explorer of a folder; both follow when a file is saved.

    `seconds`: between two looks at the files; default 0.4. Watching a folder again ends its
    earlier watch.
    """
    place = Path(folder).resolve()
    if place in _open:
        _open[place].close()
    _open[place] = Workshop(folder, seconds)
    return _open[place]
