"""What the widgets of teaching have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import HTML, Button, DOMWidget, VBox

from ...messages import direction, read_both_ways, spoken
from ...model.parts import Reading
from ...web.bundle import styles
from ...web.stand_in import StoodInFor
from .box_screen import ShownAsBox
from .one_thread import OneThread


class Panel(StoodInFor, ShownAsBox, VBox):
    """A widget made of others, which are closed with it."""

    # Also where __init__ raised, ipywidgets closes what there is.
    _parts: tuple[Any, ...] = ()
    _one_thread: OneThread | None = None

    def _heard_in_turn(self) -> None:
        """Keep messages of the parts in the order in which the page sends them, from now on."""
        if self._one_thread:
            self._one_thread.ask()
        else:
            self._one_thread = OneThread(lambda: self._parts)

    def close(self) -> None:
        """Take the widgets away. What was answered before is kept where it was."""
        for part in (*self._parts, *filter(None, [self._one_thread])):
            part.close()
        self._parts, self._one_thread = (), None
        super().close()


def style(*names: str) -> HTML:
    """Style sheets for the widget that this one stands in."""
    return HTML(f"<style>{styles(*names)}</style>")


@spoken
def read_as_its_words(guide: Reading, widget: DOMWidget) -> None:
    """Let a widget begin on the right where the language of its guide does."""
    if direction() == "rtl":
        widget.add_class("dtree-rtl")
    if read_both_ways(guide):
        widget.add_class("dtree-mixed")


def button(words: str, do: Callable[[], None], style: str = "", help: str = "") -> Button:
    """A button that does something."""
    made = Button(description=words, button_style=style, tooltip=help)
    made.on_click(lambda _button: do())
    return made


def focus(widget: DOMWidget) -> None:
    """Put the focus on a widget, as `focus` of ipywidgets 8 does; 7 has no such method."""
    widget.send({"do": "focus"})
