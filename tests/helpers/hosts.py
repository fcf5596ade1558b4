"""A notebook that shows an explorer, in JupyterLab and in Notebook 7."""

from __future__ import annotations

import dataclasses

from jupyterlab_parts import Lab, Server
from places import LIVER
from processes import until

CELLS = [f"import tree\nliver = tree.load({str(LIVER)!r})", "tree.Explorer(liver)"]


class Host(Lab):
    """A notebook of two cells, of which the second shows an explorer."""

    def run(self) -> None:
        until(self.hears, 60, "the kernel is ready")
        self.menu("Run", "runmenu:run-all")

    def hears(self) -> bool:
        # What the page has heard is known after one more look at it.
        self.page.locator(".jp-Cell").count()
        kernel = self.server.kernel_of(self.notebook)
        idle = kernel is not None and kernel["execution_state"] == "idle"
        return idle and self.kernel_answered


@dataclasses.dataclass(frozen=True)
class Seven(Server):
    """The same server, seen with Notebook 7."""

    def page_url(self, notebook: str) -> str:
        return f"{self.url}/notebooks/{notebook}?token={self.token}"
