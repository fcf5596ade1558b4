"""The notebooks as a newcomer meets them: opened, run, saved, opened again, in JupyterLab."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hosts import is_alive
from jupyterlab_parts import Host, Lab, Server, Seven
from places import ROOT
from playwright.sync_api import Browser, Locator, Page, expect
from processes import until

WIDGET = "application/vnd.jupyter.widget-view+json"
# The widget that each of these begins with, and how it says that nobody has touched it.
FIRST = {
    "explore": (".dtree", "Unknown"),
    "practice": (".tree-practice", "0 of 10 answered"),
    "teach": (".tree-lesson", "part 1 of"),
}
# In one order for all tests: so each is opened once.
NAMES = list(
    dict.fromkeys([*FIRST, *(p.stem for p in sorted((ROOT / "notebooks").glob("*.ipynb")))])
)
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


@pytest.fixture(scope="module")
def notebook(request: pytest.FixtureRequest, browser: Browser, lab: Server) -> Iterator[Lab]:
    """A copy of a notebook, opened once for all tests of it, in their order."""
    path = f"notebooks/{request.param}_opened.ipynb"
    shutil.copy(ROOT / "notebooks" / f"{request.param}.ipynb", lab.folder / path)
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(60_000)
    yield Lab(context.new_page(), lab, path)
    context.close()


def name_of(notebook: Lab) -> str:
    return Path(notebook.notebook).stem.removesuffix("_opened")


@functools.cache
def run(notebook: Lab) -> None:
    """Run every cell, unless a test before has done so."""
    notebook.start_all()
    until(notebook.has_run, 120, "every cell has run")


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


@pytest.mark.parametrize("notebook", NAMES, indirect=True)
def test_before_it_is_trusted_every_picture_is_seen(notebook: Lab) -> None:
    path = ROOT / "notebooks" / f"{name_of(notebook)}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    wanted = {str(k): pictures(cell) for k, cell in enumerate(cells) if cell.cell_type == "code"}
    panel = notebook.page.locator(PANEL).first
    seen: dict[str, Any] = {}

    def all_loaded() -> bool:
        now = panel.evaluate(SEEN)
        seen.update(now)
        # The script of what stands in for a widget has a picture that no eye sees.
        return all(all(cell["images"]) for cell in now.values())

    def all_seen() -> bool:
        for top in tops(panel):
            panel.evaluate("(panel, top) => panel.scrollTo(0, top)", top)
            until(all_loaded, what="every picture in sight has come")
        # Before all of it is there, the notebook is not as high.
        return wanted.keys() <= seen.keys()

    until(all_seen, what="every cell has been in sight")
    # A heading may be looked at before JupyterLab has made it one.
    assert {k: len(seen[k]["images"]) for k in wanted} == wanted
    assert sum(wanted.values()) >= 2
    for cell in seen.values():
        assert not [words for words in cell["words"] if re.match(r"<[\w ]+[ :>]", words)]
        assert not cell["folded"]


def scroll_to(part: Locator, notebook: Lab) -> None:
    """JupyterLab takes away what is unseen."""
    panel = notebook.page.locator(PANEL).first

    def shown() -> bool:
        if part.count():
            return True
        panel.evaluate("(panel, top) => panel.scrollTo(0, top)", next(notebook.tops))
        return False

    until(shown, what="it comes into sight")


@pytest.mark.parametrize("notebook", ["explore"], indirect=True)
def test_before_it_is_trusted_a_picture_says_how_to_make_it_live(notebook: Lab) -> None:
    """Opened for the first time, nothing run: JupyterLab shows sanitized output only."""
    sentence = notebook.page.get_by_text("To make it live, open this notebook in JupyterLab")
    scroll_to(sentence, notebook)
    area = notebook.page.locator(".jp-OutputArea-output", has=sentence)
    assert area.locator("img[alt^='Decision tree']").count() == 1
    assert area.locator("iframe, script").count() == 0
    words = (area.text_content() or "").strip()
    assert words.startswith("A picture of the explorer.")
    assert len(words) < 200


@pytest.mark.parametrize("notebook", FIRST, indirect=True)
def test_the_first_screen_holds_the_widget_as_it_was(notebook: Lab) -> None:
    page = notebook.page
    page.set_viewport_size({"width": 1280, "height": 720})
    run(notebook)
    panel = page.locator(PANEL).first
    panel.evaluate("panel => panel.scrollTo(0, 0)")
    selector, untouched = FIRST[name_of(notebook)]
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
    if selector == ".dtree":
        assert set(notebook.state()["toggles"]) == {untouched}
    else:
        expect(widget).to_contain_text(untouched)
    # What stands in for it has stepped back.
    expect(page.locator(".dtree-embedded").first).to_be_hidden()
    assert notebook.errors == []


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


@pytest.mark.parametrize("notebook", ["explore", "teach"], indirect=True)
def test_run_and_saved_little_of_it_has_changed(notebook: Lab) -> None:
    """The numbers of the widgets, and the version of Python: nothing that one has to look at."""
    run(notebook)
    notebook.save_widgets(False)
    saved = until(lambda: WIDGET in (now := notebook.save()) and now, what="it is saved")
    name = name_of(notebook)
    committed = (ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert without_widgets(json.loads(saved)) == without_widgets(json.loads(committed))
    lines = len(set(saved.splitlines()) - set(committed.splitlines()))
    print(f"{name}: {lines} lines of the saved file are new")
    assert lines < 20


def reopen_without_its_kernel(notebook: Lab) -> Page:
    """Run, saved, the kernel gone, opened again: JupyterLab alone would say "model not found"."""
    run(notebook)
    notebook.save_widgets(False)
    until(lambda: WIDGET in notebook.save(), what="the notebook is saved with its widget")
    notebook.menu("Kernel", "kernelmenu:shutdown")
    return Lab(notebook.page, notebook.server, notebook.notebook).page


@pytest.mark.parametrize("notebook", ["explore"], indirect=True)
def test_reopened_without_its_kernel_the_explorer_lives(notebook: Lab) -> None:
    page = reopen_without_its_kernel(notebook)
    page.set_viewport_size({"width": 1280, "height": 2000})
    scroll_to(page.locator("iframe[title=Explorer]"), notebook)
    # The working page stands first, and that there is no widget is not said above or below it.
    expect(page.locator(".jp-OutputArea-output.jupyter-widgets")).to_be_hidden()
    is_alive(page.frame_locator("iframe[title=Explorer]"))


@pytest.mark.parametrize("notebook", ["practice"], indirect=True)
def test_reopened_without_its_kernel_practice_says_what_to_do(notebook: Lab) -> None:
    """It has no page that lives without Python, and no widget either."""
    page = reopen_without_its_kernel(notebook)
    page.get_by_text("To practise, open this notebook in JupyterLab, click into").wait_for()
    expect(page.locator(".jp-OutputArea-output.jupyter-widgets")).to_be_hidden()


def test_jupyterlab_offers_our_exporter(lab: Server) -> None:
    assert b'"offline"' in lab.fetch("api/nbconvert")


def first_cells(lab: Server) -> str:
    """A notebook of the cells that show the widgets that others begin with."""
    path = "notebooks/first_cells.ipynb"
    read = [nbformat.read(ROOT / "notebooks" / f"{n}.ipynb", as_version=4) for n in FIRST]
    cells = [next(cell for cell in each.cells if cell.cell_type == "code") for each in read]
    for name, cell in zip(FIRST, cells, strict=True):
        cell.id = name
    read[0].cells = cells
    nbformat.write(read[0], lab.folder / path)
    return path


def test_notebook_7_folds_nothing(page: Page, lab: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    opened = Host(page, Seven(**dataclasses.asdict(lab)), first_cells(lab))
    assert page.locator("body[data-notebook=notebooks]").count() == 1
    opened.run()
    page.locator(".dtree svg g.node").first.wait_for()
    for selector, least in ((".dtree", 1000), (".tree-practice", 400), (".tree-lesson", 400)):
        page.locator(selector).first.wait_for()
        cell = page.locator(".jp-CodeCell", has=page.locator(selector)).first
        area = cell.locator(".jp-Cell-outputArea").first
        until(functools.partial(is_higher, area, least), 30, "all of it is shown")
        # As it does to what is high when it comes, sooner or later.
        cell.evaluate("cell => cell.classList.add('jp-mod-outputsScrolled')")
        scrolled = area.evaluate("area => { area.scrollTop = 50; return area.scrollTop; }")
        assert scrolled == 0
        assert is_higher(area, least)


def is_higher(area: Locator, least: int) -> bool:
    return bool(area.evaluate("area => area.clientHeight") > least)
