"""What brings a part of a lesson into view on the page."""

from __future__ import annotations

import anywidget

from ...web.bundle import scripts


class InView(anywidget.AnyWidget):
    """Shows nothing itself; stands in the panel whose parts it brings into view."""

    _esm = scripts("in_view.js")

    def bring(self, within: str, *parts: str) -> None:
        """Scroll to these parts of a panel, no further than it takes; the last matters most."""
        self.send({"within": within, "parts": parts})
