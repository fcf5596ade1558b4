"""Toggle and see, in one view, in the page: on a laptop, a large screen and a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from one_view import check_one_view, look_after_each
from playwright.sync_api import Page, expect

import tree

# To the outcome that all questions lead to: five nodes and the four branches between them.
ANSWERS, TAKEN = ["No", "No", "No", "Yes", "Yes"], 9


@pytest.fixture(scope="module")
def url(liver: tree.Guide, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("view") / "liver.html"
    liver.to_html(path)
    return path.as_uri()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1920, 1080)])
def test_the_page_shows_toggle_and_branch(
    open_page: Callable[..., Page], url: str, size: tuple[int, int]
) -> None:
    page = open_page(*size)
    page.goto(url)
    explorer = page.locator(".dtree").first
    check_one_view(look_after_each(page, explorer, ANSWERS), TAKEN)


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (844, 390)])
def test_on_a_phone_the_verdict_stays_in_view(
    open_page: Callable[..., Page], url: str, size: tuple[int, int]
) -> None:
    page = open_page(*size)
    page.goto(url)
    verdict = page.locator(".dtree-live")
    for number, label in enumerate(ANSWERS):
        choice = page.get_by_role("radiogroup").nth(number).get_by_label(label, exact=True)
        choice.scroll_into_view_if_needed()
        choice.check()
        expect(verdict).to_be_in_viewport(ratio=1)
    expect(verdict).to_contain_text("First choice")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size[0] < 620:
        # The outline comes before the drawing, and is open.
        outline = page.locator(".dtree-outline")
        drawing = page.locator(".dtree-drawing")
        assert outline.bounding_box()["y"] < drawing.bounding_box()["y"]
