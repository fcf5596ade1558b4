"""The work of a page, counted: the same on every machine, however busy it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

WATCH = """() => {
  const counted = window.counted = {writes: 0};
  const add = records => {
    for (const {addedNodes} of records) counted.writes += Math.max(1, addedNodes.length);
  };
  const watcher = new MutationObserver(add);
  counted.taken = () => { add(watcher.takeRecords()); return counted.writes; };
  watcher.observe(document,
    {subtree: true, childList: true, attributes: true, characterData: true});
}"""


@dataclass(frozen=True)
class Work:
    """`steps`: blocks of the page's scripts, each as often as it ran; `writes`: attributes, texts
    and nodes that were set; `layouts` and `styles`: how often the browser worked these out."""

    steps: int
    writes: int
    layouts: int
    styles: int


class PageCounter:
    """Counts what a page does; made before the page is opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wire = page.context.new_cdp_session(page)
        for part in ("Performance", "Profiler"):
            self.wire.send(f"{part}.enable")
        self.wire.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})

    def of(self, script: str, argument: Any = None) -> Work:
        """What happens while a script runs, which waits for all that it wants counted."""
        self.page.evaluate(WATCH)
        self._steps()
        before = self._metrics()
        self.page.evaluate(script, argument)
        after = self._metrics()
        layouts, styles = (after[k] - before[k] for k in ("LayoutCount", "RecalcStyleCount"))
        return Work(self._steps(), self.page.evaluate("counted.taken()"), int(layouts), int(styles))

    def _metrics(self) -> dict[str, float]:
        return {m["name"]: m["value"] for m in self.wire.send("Performance.getMetrics")["metrics"]}

    def _steps(self) -> int:
        """Those since it was asked before, of scripts in the page itself."""
        own = (
            script
            for script in self.wire.send("Profiler.takePreciseCoverage")["result"]
            if script["url"] == self.page.url.partition("#")[0]
        )
        return sum(
            part["count"]
            for script in own
            for function in script["functions"]
            for part in function["ranges"]
        )
