"""From the click on a toggle to the highlighted branch, in a real JupyterLab and a real browser.

    python tests/benchmarks/toggling.py

Every way has a page of its own in the same JupyterLab, with a kernel of its own that is warm. A
click is `element.click()` in the page, for all alike, and the page's own clock runs from there
until a MutationObserver sees what was asked for: of ours the class of the branch, of the others a
new picture. A page that has just been brought to the front still has work of its own; each waits a
tenth of a second before the click, as who clicks has looked at it first. "to paint" goes on until
two frames have begun, so that what was seen is on screen.

The floor is one class set on one element by a listener of a plain button, beside a drawing as
large. The same behind a stock toggle shows what the toggle itself takes: it tells the kernel of the
click before anything can be seen. The pages take turns, in another order in every round.
"""

from __future__ import annotations

import functools
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import nbformat
from browser_setup import working
from browsing import BROWSER_FLAGS
from jupyterlab_parts import Lab, Server, serving
from measuring import Row, compare, in_turn, table
from playwright.sync_api import Browser, Page, sync_playwright
from toggled import VALUES, guide_of

HERE = Path(__file__).parent

SIZES = (10, 100, 1000)
# How many times the floor, to the class and to paint, at most.
FLOORS = {10: (1.6, 1.3), 100: (1.5, 1.3)}
# A page that is cut off from all others is told the time to 5 µs instead of 100.
ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}

# Clicks, and says after how many milliseconds it was seen, and after how many painted.
CLICK = """async ([click, shown]) => {
  // Of supertree a picture counts that was not there before.
  document.querySelectorAll(".st-container").forEach((old) => (old.dataset.old = ""));
  const button = eval(click);
  const seen = new Function(`return ${shown}`);
  if (!button || seen()) throw new Error(`cannot begin: ${click}, ${shown}`);
  const frame = () => new Promise(requestAnimationFrame);
  // Who clicks has looked at the page before; it has just been brought to the front here.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await frame();
  const found = new Promise((resolve, reject) => {
    const watcher = new MutationObserver(() => {
      if (!seen()) return;
      watcher.disconnect();
      resolve(performance.now());
    });
    const deep = {subtree: true, childList: true};
    watcher.observe(document.body, {...deep, attributeFilter: ["class", "id"]});
    setTimeout(() => reject(new Error(`never seen: ${shown}`)), 60000);
  });
  const start = performance.now();
  button.click();
  const at = await found;
  await frame();
  await frame();
  return [at - start, performance.now() - start];
}"""
FLOOR = """() => {
  const part = document.querySelector(".jp-OutputArea-output svg g.node");
  const button = document.createElement("button");
  button.id = "floor";
  button.textContent = "floor";
  button.addEventListener("click", () => part.classList.toggle("floor"));
  document.addEventListener("click", ({target}) => {
    if (target.closest(".widget-toggle-button")) part.classList.toggle("stock");
  });
  const style = document.createElement("style");
  style.textContent = ".floor, .stock { stroke-width: 3px; }";
  document.querySelector(".jp-OutputArea").prepend(button, style);
}"""
SUPERTREE_NODE = ".st-container:not([data-old]) g.treeNode"
BUTTON = 'document.querySelectorAll(".jp-OutputArea .widget-toggle-button")[{index}]'


@dataclass
class Way:
    """A page, and as JavaScript: what to click for a value, and when that is shown."""

    page: Page
    click: Callable[[int], str]
    shown: Callable[[int], str]
    value: int = 0

    def take(self) -> tuple[float, float]:
        """Click once, and the two times of it."""
        self.value = 1 - self.value
        self.page.bring_to_front()
        times = self.page.evaluate(CLICK, [self.click(self.value), self.shown(self.value)])
        return float(times[0]), float(times[1])


def open_way(browser: Browser, server: Server, way: str, nodes: int) -> Page:
    """A notebook that shows a tree in one way, run."""
    cell = f"import sys; sys.path.insert(0, {str(HERE)!r}); import toggled; toggled.{way}({nodes})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    name = f"{way}-{nodes}.ipynb"
    nbformat.write(notebook, server.folder / name)
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    Lab(page, server, name).start_all()
    return page


def ways(browser: Browser, server: Server, nodes: int) -> dict[str, Way]:
    """The ways that can be tried here, each on its page and drawn."""
    first = guide_of(nodes).tree.nodes[0].factor
    index = [factor.id for factor in guide_of(nodes).factors].index(first)
    question = guide_of(nodes).factor(first).question
    found = {}

    ours = open_way(browser, server, "ours", nodes)
    group = f'document.querySelectorAll(".dtree-toggle [role=radiogroup]")[{index}]'
    labels = [f'.dtree g.edge[aria-label="{question} {value.capitalize()}"]' for value in VALUES]
    ours.locator(labels[0]).first.wait_for(state="attached")
    # Found once, for a page is long to search for a label.
    ours.evaluate(
        "labels => window.edges = labels.map(label => document.querySelector(label))", labels
    )
    taken = "edges[{0}].isConnected && edges[{0}].classList.contains('dtree-taken')"
    ours.locator(".dtree-toggle [role=radio]").first.wait_for(state="attached")
    found["ours"] = Way(
        ours, lambda value: f"{group}.children[{value}]", lambda value: taken.format(value)
    )

    floor = open_way(browser, server, "floor", nodes)
    floor.locator(".jp-OutputArea-output g.node").first.wait_for(state="attached")
    floor.evaluate(FLOOR)
    found["floor"] = Way(
        floor,
        lambda value: 'document.querySelector("#floor")',
        lambda value: f"document.querySelectorAll('g.floor').length === {value}",
    )
    found["stock"] = Way(
        floor,
        lambda value: BUTTON.format(index=value),
        lambda value: f"document.querySelectorAll('g.stock').length === {value}",
    )

    interact = open_way(browser, server, "interact", nodes)
    interact.locator("#shown-yes").first.wait_for(state="attached")
    drawn = "document.querySelector('#shown-{}')"
    found["interact"] = Way(
        interact, lambda value: BUTTON.format(index=value), lambda v: drawn.format(VALUES[v])
    )
    if find_spec("graphviz_anywidget"):
        page = open_way(browser, server, "anywidget", nodes)
        page.locator("#shown-yes").first.wait_for(state="attached")
        found["anywidget"] = Way(
            page, lambda value: BUTTON.format(index=value), lambda v: drawn.format(VALUES[v])
        )
    if find_spec("supertree"):
        page = open_way(browser, server, "supertree", nodes)
        page.locator(SUPERTREE_NODE).first.wait_for(state="attached")
        found["supertree"] = Way(
            page,
            lambda value: BUTTON.format(index=value),
            lambda value: f"document.querySelector('{SUPERTREE_NODE}')",
        )
    return found


NAMES = {
    "floor": "the floor",
    "stock": "the floor behind a stock toggle",
    "interact": "interact + graphviz in the kernel",
    "anywidget": "graphviz-anywidget, new DOT",
    "supertree": "supertree, shown again",
}


def of_size(browser: Browser, server: Server, nodes: int, rounds: int) -> list[Row]:
    """The rows for trees with so many nodes."""
    found = ways(browser, server, nodes)
    painted: dict[str, list[float]] = {name: [] for name in found}

    def click(name: str) -> float:
        seen, paint = found[name].take()
        painted[name].append(paint)
        return seen

    taken = in_turn({name: functools.partial(click, name) for name in found}, rounds)
    for way in {id(way.page): way for way in found.values()}.values():
        way.page.context.close()
    # The round that is not counted was painted, too.
    painted = {name: times[1:] for name, times in painted.items()}
    mine = taken.pop("ours")
    seen = f"toggle → class, {len(guide_of(nodes).tree.nodes):,} nodes"
    faster = {10: 30, 1000: 100}.get(nodes)
    rows: list[Row] = []
    to_class, to_paint = FLOORS.get(nodes, (None, None))
    for name, times in taken.items():
        if name in ("floor", "stock"):
            rows.append(compare(seen, mine, NAMES[name], times, at_most=to_class))
        else:
            aim = None if name == "supertree" else faster
            rows.append(compare(seen, mine, NAMES[name], times, at_least=aim, faster=True))
    on_screen = seen.replace("class", "paint")
    for name in taken:
        closer = {"at_most": to_paint} if name == "floor" else {"faster": True}
        if name != "stock":
            times = painted[name]
            rows.append(compare(on_screen, painted["ours"], NAMES[name], times, **closer))
    return rows


def check_clock(browser: Browser, server: Server) -> None:
    """Refuse to measure on pages that are told the time too coarsely."""
    page = browser.new_page()
    page.goto(f"{server.url}/lab?token={server.token}")
    if not page.evaluate("crossOriginIsolated"):
        raise RuntimeError("the pages' clock is too coarse: they are not cut off from others")
    page.close()


def rows(quick: bool = False) -> list[Row]:
    sizes, rounds = (SIZES[:1], 2) if quick else (SIZES, 30)
    path, reason = working()
    if path is None:
        return [Row("toggle → class", reason)]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), f"--ServerApp.tornado_settings={{'headers': {ISOLATED}}}") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        check_clock(browser, server)
        found = [row for nodes in sizes for row in of_size(browser, server, nodes, rounds)]
        browser.close()
    return found


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
