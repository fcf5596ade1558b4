"""A guide of 300 independent recommendations, beside one of 30.

    PYTHONPATH=tests/helpers python tests/benchmarks/recommendations.py

Ten times as many may take ten times as long, and no more. What Python does is the time of this
process; what the page does is told by its own clock. A toggle is a click in the page, until the
class of its branch has changed.
"""

from __future__ import annotations

import functools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from browser_setup import working
from browsing import BROWSER_FLAGS
from independent_guides import independent
from measuring import Row, compare, in_turn, of_process, table
from pages import READY, opened
from playwright.sync_api import Browser, Page, sync_playwright

import tree
from tree.loading import yaml_nodes

FEW, LINEAR = 30, 10
TOGGLE = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const seen = () => document.querySelector(".dtree-drawing .edge.dtree-taken")?.ariaLabel;
  const before = seen();
  const inputs = document.querySelectorAll(".dtree-choice input");
  const other = inputs[0].checked ? inputs[1] : inputs[0];
  const start = performance.now();
  other.click();
  const took = performance.now() - start;
  if (seen() === before) throw new Error("nothing is highlighted");
  return took;
}"""


def ready(folder: Path) -> None:
    """Load, check, walk, and make all that an explorer shows."""
    yaml_nodes.parse_unnamed.cache_clear()
    assert not tree.check(folder).errors
    guide = tree.load(folder)
    assert guide.walk(f0="yes").standings["d0"].standing == "offered"
    assert tree.Explorer(guide).payload["trees"]


def pages(browser: Browser, files: dict[int, Path], rounds: int) -> list[Row]:
    answering = in_turn(
        {
            count: functools.partial(opened, browser, file, READY["ours"])
            for count, file in files.items()
        },
        rounds,
    )
    shown = {count: browser.new_page() for count in files}
    for count, page in shown.items():
        page.goto(files[count].as_uri())
        page.locator(".dtree-drawing g.edge").first.wait_for(state="attached")
    toggled = in_turn(
        {count: functools.partial(toggle, page) for count, page in shown.items()}, rounds
    )
    return [
        row_of("the page of {} recommendations, until it answers", answering),
        row_of("toggle → class, {} recommendations", toggled),
    ]


def toggle(page: Page) -> float:
    page.bring_to_front()
    return float(page.evaluate(TOGGLE))


def row_of(what: str, taken: dict[int, list[float]], unit: str = "ms") -> Row:
    """What many take beside what few take, by their counts."""
    (many, slow), (few, quick) = taken.items()
    return compare(what.format(many), slow, f"of {few}", quick, at_most=LINEAR, unit=unit)


def rows(quick: bool = False) -> Sequence[Row]:
    rounds = 2 if quick else 11
    few = 3 if quick else FEW
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folders = {
            count: independent(Path(place) / str(count), count) for count in (few * LINEAR, few)
        }
        taken = in_turn(
            {n: of_process(functools.partial(ready, f)) for n, f in folders.items()}, rounds
        )
        files = {count: Path(place) / f"{count}.html" for count in folders}
        for count, folder in folders.items():
            tree.load(folder).to_html(files[count])
        sizes = {count: [file.stat().st_size / 1000] for count, file in files.items()}
        found = [
            row_of("load + check + walk + explorer of {} recommendations", taken),
            row_of("the page of {} recommendations, bytes", sizes, "kB"),
        ]
        path, _ = working()
        if path is None:
            return found
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        found += pages(browser, files, rounds)
        browser.close()
    return found


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
