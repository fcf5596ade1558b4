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

MANY, FEW = 300, 30
LINEAR = MANY / FEW
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
    assert not tree.check(folder).errors
    guide = tree.load(folder)
    assert guide.walk(f0="yes").standings["d0"].standing == "offered"
    assert tree.Explorer(guide).payload["trees"]


def pages(browser: Browser, files: dict[str, Path], rounds: int) -> list[Row]:
    answering = in_turn(
        {
            name: functools.partial(opened, browser, file, READY["ours"])
            for name, file in files.items()
        },
        rounds,
    )
    shown = {name: browser.new_page() for name in files}
    for name, page in shown.items():
        page.goto(files[name].as_uri())
        page.locator(".dtree-drawing g.edge").first.wait_for(state="attached")
    toggled = in_turn(
        {name: functools.partial(toggle, page) for name, page in shown.items()}, rounds
    )
    return [
        *rows_of(f"the page of {MANY} recommendations, until it answers", answering),
        *rows_of(f"toggle → class, {MANY} recommendations", toggled),
    ]


def toggle(page: Page) -> float:
    page.bring_to_front()
    return float(page.evaluate(TOGGLE))


def rows_of(what: str, taken: dict[str, list[float]]) -> list[Row]:
    return [compare(what, taken["many"], f"of {FEW}", taken["few"], at_most=LINEAR)]


def rows(quick: bool = False) -> Sequence[Row]:
    rounds = 2 if quick else 11
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folders = {
            name: independent(Path(place) / name, count)
            for name, count in (("many", MANY), ("few", FEW))
        }
        taken = in_turn(
            {n: of_process(functools.partial(ready, f)) for n, f in folders.items()}, rounds
        )
        files = {name: Path(place) / f"{name}.html" for name in folders}
        for name, folder in folders.items():
            tree.load(folder).to_html(files[name])
        many, few = ([files[name].stat().st_size / 1000] for name in ("many", "few"))
        found = [
            *rows_of(f"load + check + walk + explorer of {MANY} recommendations", taken),
            compare(
                f"the page of {MANY} recommendations, bytes",
                *(many, f"of {FEW}", few),
                at_most=LINEAR,
                unit="kB",
            ),
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
