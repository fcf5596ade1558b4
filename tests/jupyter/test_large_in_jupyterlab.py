"""A large tree in a real JupyterLab: there at once, and the drawing when it is ready."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from jupyterlab_parts import Lab, Server
from large_guides import write_guide
from playwright.sync_api import Page, expect
from processes import until

import tree
from tree.drawing.layout_program import program
from tree.web.page import embedded

# A layout program that begins only when a file is there.
WAITING = """#!{python}
import os, pathlib, sys, time
if "-V" not in sys.argv:
    while not pathlib.Path({go!r}).exists():
        time.sleep(0.05)
os.execv({program!r}, [{program!r}, *sys.argv[1:]])
"""
FACTORS = 16


def open_large(page: Page, lab: Server, name: str, *cells: str) -> Lab:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(notebook, lab.folder / "notebooks" / f"{name}.ipynb")
    return Lab(page, lab, f"notebooks/{name}.ipynb", choices=3 * FACTORS)


def test_there_at_once_and_the_drawing_when_it_is_ready(
    page: Page, lab: Server, tmp_path: Path
) -> None:
    folder = lab.folder / "data" / "large"
    guide = tree.load(write_guide(folder, 1_000))
    go = tmp_path / "go"
    waiting = tmp_path / "dot"
    waiting.write_text(WAITING.format(python=sys.executable, go=str(go), program=program()))
    waiting.chmod(0o700)
    opened = open_large(
        page,
        lab,
        "large",
        f"import os, tree\nos.environ |= {{'TREE_DOT': {str(waiting)!r}}}\n"
        "explorer = tree.Explorer(tree.load('../data/large'))\nexplorer",
        "print('answers:', explorer.answers)",
    )
    opened.start_all()
    opened.show_explorer()
    explorer = opened.explorer
    drawing = explorer.locator(".dtree-drawing")
    expect(drawing.get_by_role("status")).to_have_text("Drawing …")

    # All but the drawing is there, and works.
    opened.toggle(0, "Yes").click()
    opened.toggle(1, "No").click()
    walk = guide.walk({guide.factors[0].id: "yes", guide.factors[1].id: "no"})
    live = explorer.locator(".dtree-live")
    expect(live).to_contain_text(f"Next question: {guide.factor(walk.next).question}")
    outline = explorer.locator("details .dtree-outline")
    expect(outline).to_be_visible()
    expect(outline.locator("li.dtree-taken")).to_have_count(2)
    # The kernel is free for other cells.
    cell = opened.page.locator(".jp-CodeCell", has_text="print('answers:'").first
    cell.locator(".jp-Editor").click()
    opened.page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-OutputArea")).to_contain_text("answers: {'f0': 'yes', 'f1': 'no'}")
    opened.show_explorer()
    expect(drawing.get_by_role("status")).to_be_visible()

    go.touch()
    expect(drawing.locator("svg g.node").first).to_be_attached()
    expect(drawing.get_by_role("status")).to_have_count(0)
    # It shows the patient as toggled meanwhile, and what is toggled now.
    taken = drawing.locator("g.node.dtree-taken")
    until(lambda: taken.count() >= 3, what="the path is highlighted")
    opened.toggle(1, "Unknown").click()
    expect(taken).to_have_count(2)

    # Another order is another drawing, in the same frame; what the first one heard is over.
    explorer.get_by_text("Change the tree").click()
    explorer.get_by_role("button", name=f"Ask later: {guide.factors[0].question}").click()
    # The answer to what is now asked second leads nowhere yet.
    expect(taken).to_have_count(1)
    expect(explorer.locator(".dtree-search")).to_have_count(1)
    assert opened.errors == []
    assert opened.outside == []


def test_where_no_drawing_can_be_made_the_rest_works(page: Page, lab: Server) -> None:
    if not (lab.folder / "data" / "large").exists():
        write_guide(lab.folder / "data" / "large", 1_000)
    failing = shutil.which("false")
    opened = open_large(
        page,
        lab,
        "undrawn",
        f"import os, tree\nos.environ |= {{'TREE_DOT': {failing!r}}}\n"
        "tree.Explorer(tree.load('../data/large'))",
    )
    opened.start_all()
    opened.show_explorer()
    status = opened.explorer.locator(".dtree-drawing").get_by_role("status")
    expect(status).to_contain_text("No drawing: ")
    expect(status).to_contain_text("failed with status 1")
    opened.toggle(0, "Yes").click()
    expect(opened.explorer.locator("details .dtree-outline li.dtree-taken")).to_have_count(1)
    assert opened.errors == []


@pytest.mark.slow
def test_a_notebook_keeps_no_drawing_of_megabytes(tmp_path: Path) -> None:
    explorer = tree.Explorer(tree.load(write_guide(tmp_path / "large", 1_000)))
    assert explorer.payload["trees"][0]["views"][0]["svg"] == ""
    until(lambda: explorer.drawing, what="the drawing comes")
    assert explorer.drawing["svg"].startswith("<svg")
    kept = embedded(explorer.shown)
    assert len(kept) < 1_000_000
    assert "<svg" not in kept
    # Another tree is another drawing; that of the first, when it comes late, is not shown.
    explorer.order = [factor.id for factor in reversed(explorer.guide.factors)]
    assert explorer.drawing == {}
    until(lambda: explorer.drawing, what="the drawing of the other tree comes")
    explorer._draw(explorer.guide, 0)
    assert explorer.drawing["svg"] == explorer.shown.draw().svg
    assert json.dumps(explorer.payload)
