"""What brings parts of a lesson into view on the page."""

from __future__ import annotations

from collections.abc import Sequence

import anywidget
import traitlets

from ...web.bundle import scripts


class InView(anywidget.AnyWidget):
    """Shows nothing itself; it stands in a panel, and brings parts of that into view.

    `within`: a selector of the panel; `first`: of the parts that matter when the panel is first
    seen. Of several parts the last matters most.
    """

    _esm = scripts("in_view.js")

    within = traitlets.Unicode().tag(sync=True)
    first = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def bring(self, parts: Sequence[str]) -> None:
        """Scroll to these parts of the panel, no further than it takes."""
        self.send({"parts": list(parts)})
