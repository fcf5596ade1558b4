"""Keeps the messages of several widgets in the order in which they were sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import anywidget
from ipywidgets import HTML, Box, Widget

from ...web.bundle import scripts


class OneThread(anywidget.AnyWidget):
    """An invisible widget: Python handles the messages of all `widgets` in one thread.

    ipykernel 7.4 handles the messages of a widget in the thread that last sent something for that
    widget. There are two: one runs the cells, the other is the one that JupyterLab asks for to
    handle widgets. A click in one thread could overtake a choice in the other. So the page replies
    to this widget, and the thread that handles the reply sends something for every widget.
    """

    _esm = scripts("one_thread.js")

    def __init__(self, widgets: Callable[[], Iterable[Widget]]) -> None:
        super().__init__()
        self._widgets = widgets
        self.on_msg(self._send_for_all)

    def ask(self) -> None:
        """Ask the page for another reply. A cell may have sent something for some of them."""
        self.send({})

    def _send_for_all(self, *_: Any) -> None:
        for widget in self._widgets():
            if not isinstance(widget, (HTML, Box)):
                # This never changes, so the page shows nothing new.
                widget.send_state("_view_name")
