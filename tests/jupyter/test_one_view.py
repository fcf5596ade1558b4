"""Toggle and see, in one view: in JupyterLab, Notebook 7 and Voilà, without scrolling."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from app_parts import explorer_alone, plain_voila
from hosts import CELLS
from jupyterlab_parts import Host, Server, Seven
from one_view import check_one_view, look_after_each
from playwright.sync_api import Page
from practice_parts import write_notebook

SIZES = [(1280, 720), (1440, 900), (1920, 1080)]
# To the outcome that all questions lead to: five nodes and the four branches between them.
ANSWERS, TAKEN = ["No", "No", "No", "Yes", "Yes"], 9


def check_at_every_size(page: Page) -> None:
    explorer = page.locator(".dtree").first
    explorer.locator("svg g.node").first.wait_for()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        explorer.get_by_role("button", name="Reset").click()
        check_one_view(look_after_each(page, explorer, ANSWERS), TAKEN)


def check_that_the_verdict_stays(page: Page) -> None:
    """However far down in the questions one is."""
    page.set_viewport_size({"width": 1280, "height": 420})
    explorer = page.locator(".dtree").first
    explorer.get_by_role("radiogroup").last.scroll_into_view_if_needed()
    window = explorer.evaluate("() => window.seenThrough.getBoundingClientRect().top")
    assert explorer.bounding_box()["y"] < window
    assert explorer.locator(".dtree-live").bounding_box()["y"] >= window - 1


def test_in_jupyterlab_with_its_side_bar_open(page: Page, lab: Server) -> None:
    write_notebook(lab.folder / "one_view.ipynb", *CELLS)
    page.set_viewport_size({"width": 1280, "height": 720})
    host = Host(page, lab, "one_view.ipynb")
    host.run()
    assert page.locator(".jp-FileBrowser").is_visible()
    check_at_every_size(page)
    check_that_the_verdict_stays(page)
    assert host.errors == []


def test_in_notebook_7(page: Page, lab: Server) -> None:
    write_notebook(lab.folder / "one_view_in_7.ipynb", *CELLS)
    Host(page, Seven(**dataclasses.asdict(lab)), "one_view_in_7.ipynb").run()
    check_at_every_size(page)


def test_in_voila(page: Page, tmp_path: Path) -> None:
    with plain_voila(tmp_path, "explore") as url:
        page.goto(url)
        explorer_alone(page)
        check_at_every_size(page)
