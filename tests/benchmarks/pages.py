"""The static page of the guide on the liver, beside the page that supertree saves.

    python tests/benchmarks/pages.py

Both are opened from disk, in turn, each time in a new tab. The page's own clock runs from the
beginning of the navigation: of ours until the toggles are there, which is when everything answers,
of supertree's until its first node is drawn. supertree's tree has about as many nodes; it is fitted
to the patients with a breast mass that come with scikit-learn, and they are in the page, as they
are where supertree is used as its own documents show it.
"""

from __future__ import annotations

import contextlib
import functools
import io
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from browser_setup import working
from browsing import BROWSER_FLAGS
from measuring import Row, compare, in_turn, limited, table
from places import LIVER
from playwright.sync_api import Browser, sync_playwright

import tree

BYTES, TIME = 1 / 7, 1 / 4
READY = {"ours": ".dtree input[type=radio]", "supertree": "g.treeNode"}
# Runs before the page does, and notes when what is waited for comes.
WATCH = """
new MutationObserver((_, watcher) => {
  if (!document.querySelector("SELECTOR")) return;
  watcher.disconnect();
  window.ready = performance.now();
}).observe(document, {subtree: true, childList: true});
"""


def save_supertree(path: Path, nodes: int) -> None:
    import supertree
    from sklearn.datasets import load_breast_cancer
    from sklearn.tree import DecisionTreeClassifier

    known = load_breast_cancer()
    model = DecisionTreeClassifier(max_leaf_nodes=(nodes + 1) // 2, random_state=0)
    model.fit(known.data, known.target)
    names = (list(known.feature_names), list(known.target_names))
    shown = supertree.SuperTree(model, known.data, known.target, *names)
    with contextlib.redirect_stdout(io.StringIO()):
        shown.save_html(str(path))


def opened(browser: Browser, path: Path, selector: str) -> float:
    """Milliseconds until the page is ready."""
    page = browser.new_page()
    page.add_init_script(WATCH.replace("SELECTOR", selector))
    page.goto(path.as_uri())
    time = float(page.wait_for_function("window.ready").json_value())
    page.close()
    return time


def rows(quick: bool = False) -> Sequence[Row]:
    rounds = 2 if quick else 21
    guide = tree.load(LIVER)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = {"ours": Path(folder) / "ours.html"}
        guide.to_html(files["ours"])
        if find_spec("supertree"):
            files["supertree"] = Path(folder) / "supertree.html"
            save_supertree(files["supertree"], len(guide.tree.nodes))
        sizes = {name: path.stat().st_size / 1000 for name, path in files.items()}
        path, _ = working()
        if path is None:
            return [Row("the static page", f"{sizes['ours']:.0f} kB; no Chromium to open it in")]
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        ways = {
            name: functools.partial(opened, browser, file, READY[name])
            for name, file in files.items()
        }
        taken = in_turn(ways, rounds)
        browser.close()
    what = "the static page"
    if "supertree" not in files:
        return [limited(f"{what}, opened", taken["ours"], 500, "supertree is not there")]
    beside = "supertree's saved page"
    mine, its = ([sizes[name]] for name in ("ours", "supertree"))
    return [
        compare(f"{what}, bytes", mine, beside, its, at_most=BYTES, unit="kB"),
        compare(
            f"{what}, until it answers", taken["ours"], beside, taken["supertree"], at_most=TIME
        ),
    ]


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
