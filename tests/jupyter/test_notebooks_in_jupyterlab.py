"""The notebooks as a newcomer meets them: opened, run, saved, opened again, in JupyterLab."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyterlab_parts import Host, Lab, Server, Seven
from places import ROOT
from playwright.sync_api import Locator, Page, expect
from processes import until

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WIDGET = "application/vnd.jupyter.widget-view+json"
# The widget that each of these begins with, and how it says that nobody has touched it.
FIRST = {
    "explore": (".dtree", "Unknown"),
    "practice": (".tree-practice", "0 of 10 answered"),
    "teach": (".tree-lesson", "part 1 of"),
}
PANEL = ".jp-WindowedPanel-outer"
# Of every cell in the page: its number, the words and pictures of its outputs.
SEEN = """panel => Object.fromEntries(
  [...panel.querySelectorAll(".jp-CodeCell[data-windowed-list-index]")].map((cell) => {
    const outputs = [...cell.querySelectorAll(".jp-OutputArea-output")];
    const images = outputs.flatMap((output) => [...output.querySelectorAll("img")]);
    return [cell.dataset.windowedListIndex, {
      words: outputs.map((output) => output.innerText.trim()),
      images: images.map((image) => image.complete && image.naturalWidth > 50),
      folded: cell.classList.contains("jp-mod-outputsScrolled"),
    }];
  }))"""


def of_its_own(lab: Server, name: str, purpose: str) -> str:
    """A copy of a notebook: JupyterLab never connects to a kernel again whose first page was
    closed while the kernel started."""
    path = f"notebooks/{name}_{purpose}.ipynb"
    shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", lab.folder / path)
    return path


def tops(panel: Locator) -> Iterator[int]:
    """Where to scroll to, one after the other, so that every cell comes into sight."""
    top = 0
    while top < panel.evaluate("panel => panel.scrollHeight"):
        yield top
        top += 500


def pictures(cell: Any) -> int:
    """How many pictures a cell shows before the notebook is trusted."""
    return sum(
        len(re.findall("<img ", "".join(output.get("data", {}).get("text/html", ""))))
        for output in cell.get("outputs", [])
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_before_it_is_trusted_every_picture_is_seen(page: Page, lab: Server, path: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 1000})
    Lab(page, lab, of_its_own(lab, path.stem, "untrusted"))
    cells = nbformat.read(path, as_version=4).cells
    wanted = {str(k): pictures(cell) for k, cell in enumerate(cells) if cell.cell_type == "code"}
    panel = page.locator(PANEL).first
    seen: dict[str, Any] = {}

    def all_loaded() -> bool:
        now = panel.evaluate(SEEN)
        seen.update(now)
        # The script of what stands in for a widget has a picture that no eye sees.
        return all(all(cell["images"]) for cell in now.values())

    for top in tops(panel):
        panel.evaluate("(panel, top) => panel.scrollTo(0, top)", top)
        until(all_loaded, what="every picture in sight has come")
    assert {k: len(cell["images"]) for k, cell in seen.items()} == wanted
    assert sum(wanted.values()) >= 2
    for cell in seen.values():
        assert not [words for words in cell["words"] if re.match(r"<[\w ]+[ :>]", words)]
        assert not cell["folded"]


@pytest.mark.parametrize("name", FIRST)
def test_the_first_screen_holds_the_widget_as_it_was(page: Page, lab: Server, name: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    opened = Lab(page, lab, of_its_own(lab, name, "first"))
    opened.start_all()
    until(opened.has_run, 120, "every cell has run")
    panel = page.locator(PANEL).first
    panel.evaluate("panel => panel.scrollTo(0, 0)")
    selector, untouched = FIRST[name]
    widget = page.locator(selector).first
    widget.wait_for()
    window, box = panel.bounding_box(), widget.bounding_box()
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert window
    assert box
    assert heading
    assert heading["y"] > window["y"]
    # What comes first takes less than half of the window.
    assert box["y"] < window["y"] + window["height"] / 2
    if name == "explore":
        assert set(opened.state()["toggles"]) == {untouched}
    else:
        expect(widget).to_contain_text(untouched)
    # What stands in for it has stepped back.
    expect(page.locator(".dtree-embedded").first).to_be_hidden()
    assert opened.errors == []


def test_reopened_without_its_kernel_it_says_what_to_do(page: Page, lab: Server) -> None:
    """Practice has no page that lives without Python, and no widget either."""
    path = of_its_own(lab, "practice", "reopened")
    opened = Lab(page, lab, path)
    opened.start_all()
    until(opened.has_run, 120, "every cell has run")
    opened.save_widgets(False)
    until(lambda: WIDGET in opened.save(), what="the notebook is saved with its widget")
    opened.menu("Kernel", "kernelmenu:shutdown")
    Lab(page, lab, path)
    words = page.get_by_text("To practise, click into this cell and press Shift+Enter")
    words.wait_for()
    expect(page.locator(".jp-OutputArea-output.jupyter-widgets")).to_be_hidden()


def without_widgets(notebook: Any) -> Any:
    for cell in notebook["cells"]:
        # JupyterLab forgets it where it is as it would be anyway.
        cell["metadata"].pop("scrolled", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
        if cell["cell_type"] == "code":
            cell["outputs"] = [each for each in cell["outputs"] if each.get("data") != {}]
    notebook["metadata"].pop("widgets", None)
    notebook["metadata"]["language_info"].pop("version", None)
    return notebook


@pytest.mark.parametrize("name", ["explore", "teach"])
def test_run_and_saved_little_of_it_has_changed(page: Page, lab: Server, name: str) -> None:
    """The numbers of the widgets, and the version of Python: nothing that one has to look at."""
    opened = Lab(page, lab, of_its_own(lab, name, "saved"))
    opened.start_all()
    until(opened.has_run, 120, "every cell has run")
    opened.save_widgets(False)
    saved = until(lambda: WIDGET in (now := opened.save()) and now, what="it is saved")
    committed = (ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert without_widgets(json.loads(saved)) == without_widgets(json.loads(committed))
    lines = len(set(saved.splitlines()) - set(committed.splitlines()))
    print(f"{name}: {lines} lines of the saved file are new")
    assert lines < 20


@pytest.mark.parametrize("name", FIRST)
def test_notebook_7_folds_nothing(page: Page, lab: Server, name: str) -> None:
    seven = Seven(**dataclasses.asdict(lab))
    page.set_viewport_size({"width": 1280, "height": 720})
    opened = Host(page, seven, of_its_own(lab, name, "in_7"))
    assert page.locator("body[data-notebook=notebooks]").count() == 1
    opened.run()
    selector, _ = FIRST[name]
    page.locator(selector).first.wait_for()
    cell = page.locator(".jp-CodeCell", has=page.locator(selector)).first
    area = cell.locator(".jp-Cell-outputArea").first
    until(lambda: area.evaluate("area => area.clientHeight") > 400, 30, "it is there")
    # As it does to what is high when it comes, sooner or later.
    cell.evaluate("cell => cell.classList.add('jp-mod-outputsScrolled')")
    scrolled = area.evaluate("area => { area.scrollTop = 50; return area.scrollTop; }")
    assert scrolled == 0
    assert area.evaluate("area => area.clientHeight") > 400
