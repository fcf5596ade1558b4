"""A box of widgets where the host makes no views of stock ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import anywidget
import traitlets
from ipywidgets import Box, Widget, widget_serialization

from ...web.bundle import scripts, styles


class BoxScreen(anywidget.AnyWidget):
    """Shows a box with all that is in it; what it shows stays the box's own.

    Marimo, for one, shows widgets of anywidget alone, and has no more than the models of others.
    """

    _esm = scripts("boxes.js")
    _css = styles("boxes.css")

    box = traitlets.Instance(Box).tag(sync=True, **widget_serialization)

    def __init__(self, box: Box) -> None:
        super().__init__(box=box)
        self.on_msg(self._hear)

    def _hear(self, _widget: object, words: Mapping[str, Any], _buffers: object) -> None:
        """Set what a person has chosen in one of the widgets, if it is still there."""
        for widget in _within(self.box):
            if widget.model_id == words.get("id"):
                widget.set_state({words["name"]: words["value"]})


def _within(box: Box) -> Iterator[Widget]:
    for child in box.children:
        yield child
        if isinstance(child, Box):
            yield from _within(child)


class ShownAsBox:
    """Mixed into a box: what marimo shows of it."""

    def _display_(self) -> Any:
        box: Any = self  # a mixin does not know what it is mixed into
        return BoxScreen(box)
