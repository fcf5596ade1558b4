"""The explorer for notebooks: stock toggles around the drawing.

The only module that knows widgets.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets
from ipywidgets import ToggleButtons, widget_serialization

from ..drawing.graphviz import Drawing
from ..guide import Guide
from ..logic.walk import Walk
from ..messages import read_both_ways, spoken, valued
from ..model.disclaimer import disclaimer
from ..model.errors import DrawingError
from ..model.missing import IN_BROWSER
from ..model.parts import UNKNOWN, Factor, OneOrSeveral
from ..web.bundle import scripts, styles
from ..web.catalog import catalog_for
from ..web.page import embedded
from ..web.payload import payload
from ..web.stand_in import StoodInFor


class Explorer(StoodInFor, anywidget.AnyWidget):
    """Toggle what is known of a patient and see the matching branch.

    `answers` (factor → value, or several of which one is right; what is left out is unknown) can be
    read, set and observed; `toggles` holds the ipywidgets ToggleButtons of each factor, which is
    unknown while several are possible. `passages` (ids) says whose
    statements make the tree, `order` (factors) what it asks first; `shown` is the guide
    that comes of both. What does not fit the guide raises AnswerError and changes nothing.

    >>> import tree
    >>> explorer = tree.Explorer(tree.load("data/metastatic_liver_cancer"))
    >>> explorer.toggles["extensive_liver_involvement"].value = "yes"
    >>> explorer.answers
    {'extensive_liver_involvement': 'yes'}
    >>> explorer.answers = {"other_organ_involvement": "no"}
    >>> explorer.toggles["extensive_liver_involvement"].value
    'unknown'
    >>> explorer.passages = ["wascher"]
    >>> explorer.walk.standings["ablation"].possible
    (<Standing.OFFERED: 'offered'>, <Standing.SILENT: 'silent'>)
    """

    _esm = scripts("large.js", "trees.js", "notebook.js")
    _css = styles("explorer.css", "large.css", "trees.css", "notebook.css", "right_to_left.css")

    payload = traitlets.Dict().tag(sync=True)
    # Where trees are large or many, a drawing comes when its tree is looked at, made beside the
    # kernel's other work: {"tree": number, "svg": …}, or "problem".
    drawing = traitlets.Dict().tag(sync=True)
    # The page listens to these directly, so that it needs no kernel to highlight. It sets no
    # trait: it sends words, see `_hear`, for what Python sends back late would undo what the
    # page has set since.
    controls = traitlets.List(traitlets.Instance(ToggleButtons)).tag(
        sync=True, **widget_serialization
    )
    passages = traitlets.List(traitlets.Unicode())
    order = traitlets.List(traitlets.Unicode())
    answers = traitlets.Dict()
    # Where one of several values is right, these: a stock toggle holds one, and is unknown then.
    several = traitlets.Dict().tag(sync=True)
    # How often the page was heard; set by the page alone, where the host looks at traits for it.
    heard = traitlets.Int().tag(sync=True)

    def __init__(self, guide: Guide, answers: Mapping[str, object] | None = None) -> None:
        known = guide.check_possible(answers or {})
        self.guide = self.shown = guide
        self.toggles = _toggles(guide)
        self._setting = False
        # In JupyterLab one thread runs the cells while another one handles what the page says.
        self._lock = threading.RLock()
        super().__init__(
            payload=self._payload(guide),
            controls=list(self.toggles.values()),
            passages=[passage.id for passage in guide.text.passages],
            order=[factor.id for factor in guide.factors],
        )
        for toggle in self.toggles.values():
            toggle.observe(self._read_toggles, "value")
        self.observe(self._rebuild, ["passages", "order"])
        self.on_msg(self._hear)
        self.answers = known
        self._draw_later(0)

    @spoken
    def _payload(self, shown: Guide) -> dict[str, Any]:
        mixed = {"mixed": True} if read_both_ways(shown) else {}
        return payload(shown, self.guide) | catalog_for(str(Explorer._esm)) | mixed

    @property
    def walk(self) -> Walk:
        """What the text says of the patient as toggled now."""
        return self.shown.walk(self.answers)

    @traitlets.validate("answers")
    def _check_answers(self, proposal: Mapping[str, Any]) -> dict[str, OneOrSeveral]:
        return self.guide.check_possible(proposal["value"])

    @traitlets.observe("answers")
    def _set_toggles(self, _change: object) -> None:
        with self._lock:
            # One change of answers, however many toggles it moves.
            self._setting = True
            # By now they may be other ones than those of this change.
            new = self.answers
            try:
                self.several = {
                    id: [*each] for id, each in new.items() if not isinstance(each, str)
                }
                for id, toggle in self.toggles.items():
                    toggle.value = UNKNOWN if id in self.several else new.get(id, UNKNOWN)
            finally:
                self._setting = False

    def _read_toggles(self, change: Mapping[str, Any]) -> None:
        with self._lock:
            if not self._setting:
                moved = {id: t.value for id, t in self.toggles.items() if t is change["owner"]}
                self.answers = {**self.answers, **moved}

    @traitlets.validate("passages")
    def _check_passages(self, proposal: Mapping[str, Any]) -> list[str]:
        self.guide.for_passages(*proposal["value"])
        known = [passage.id for passage in self.guide.text.passages]
        return [id for id in known if id in proposal["value"]]

    @traitlets.validate("order")
    def _check_order(self, proposal: Mapping[str, Any]) -> list[str]:
        return [factor.id for factor in self.guide.reorder(proposal["value"]).factors]

    def confirm(self, guide: Guide) -> None:
        """Show the same guide, of which other entries are confirmed by now."""
        self.guide, self.shown = guide, self._chosen(guide)
        # All that is shown of drafts stands there.
        words = disclaimer(guide)
        if self.payload["disclaimer"] != words:
            self.payload = {**self.payload, "disclaimer": words}

    def _chosen(self, guide: Guide) -> Guide:
        return guide.for_passages(*self.passages).reorder(self.order)

    def _rebuild(self, _change: object) -> None:
        self.shown = self._chosen(self.guide)
        found = self._payload(self.shown)
        with self._lock:
            self.drawing = {}
            self.payload = found
        self._draw_later(0)

    def _draw_later(self, number: int) -> None:
        """Draw a tree that the payload leaves undrawn, in a thread; the layout is a process.

        A browser has neither, and draws at once.
        """
        view = self.payload["trees"][number]["views"][0]
        if view["svg"] or "problem" in view:
            return
        if IN_BROWSER:
            self._draw(self.shown, number)
        else:
            draw = threading.Thread(target=self._draw, args=(self.shown, number), daemon=True)
            draw.start()

    def _draw(self, guide: Guide, number: int) -> None:
        found: dict[str, Any] = {"tree": number}
        try:
            found["svg"] = Drawing(guide.trees[number], alone=True).svg
        except DrawingError as error:
            found["problem"] = f"No drawing: {error}"
        with self._lock:
            # Another guide may be shown by now.
            if self.shown == guide:
                self.drawing = found

    def _hear(self, _widget: object, words: Mapping[str, Any], _buffers: object) -> None:
        """Do what the page says, and tell it that its `word` is heard.

        Until then, whatever the page gets answers an earlier word of its own, and is over.
        """
        try:
            if "answers" in words:
                # A click is one answer; an example, Reset or a change to try are many, in one step.
                with self._lock:
                    self.answers = {**self.answers, **dict(words["answers"])}
            if "passages" in words:
                self.passages = words["passages"]
            if "order" in words:
                self.order = words["order"]
            if words.get("wants") == "shortest order":
                self.order = list(self.shown.shortest_order().factors)
            if words.get("wants") == "drawing":
                self._draw_later(int(words["tree"]))
            if words.get("wants") == "page":
                page = self.shown.to_html(answers=self.answers)
                self.send({"name": f"{self.guide.id}.html", "page": page})
        finally:
            self.send({"heard": words.get("word")})

    @property
    def plain(self) -> str:
        """The words where not even HTML is shown."""
        return repr(self)

    def stand_in(self) -> str:
        """A page that lives without a kernel, with a picture where no script runs."""
        return embedded(self.shown, self.answers)

    def __repr__(self) -> str:
        return f"<explorer of {self.guide.id!r}: {self.answers or 'nothing known'}>"


@spoken
def _toggles(guide: Guide) -> dict[str, ToggleButtons]:
    return {factor.id: _toggle(factor) for factor in guide.factors}


def _toggle(factor: Factor) -> ToggleButtons:
    values = [*factor.values, UNKNOWN]
    return ToggleButtons(
        options=[(valued(value), value) for value in values],
        value=UNKNOWN,
        tooltip=factor.question,
        style={"button_width": "auto"},
    )
