"""What is done with several widgets is heard in the order in which it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import anywidget
from ipywidgets import HTML, Box, Widget

from ...web.bundle import scripts


class OneThread(anywidget.AnyWidget):
    """Shows nothing; it lets Python hear all `widgets` of a panel in one thread.

    ipykernel 7.4 hears each widget in the thread that spoke of it last: that of the cells, or that
    in which JupyterLab lets widgets be heard. A button in one of them would be heard before what
    was chosen in the other. So the page answers this widget, and where the answer is heard, all of
    them are spoken of.
    """

    _esm = scripts("one_thread.js")

    def __init__(self, widgets: Callable[[], Iterable[Widget]]) -> None:
        super().__init__()
        self._widgets = widgets
        self.on_msg(self._speak_of_all)

    def ask(self) -> None:
        """After something that a cell may have done."""
        self.send({})

    def _speak_of_all(self, *_: Any) -> None:
        for widget in self._widgets():
            if not isinstance(widget, (HTML, Box)):
                # Something that never changes, so that nothing changes in the page.
                widget.send_state("_view_name")
