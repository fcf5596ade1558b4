"""One of several values, in a page: by its address, by mouse and by keyboard."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from explorer_state import READ_STATE, expected, seen
from partly_known import partly_known
from places import DATA
from playwright.sync_api import BrowserContext, Page, expect

import tree
from tree.model.factors import either

CHOSEN = ".dtree-choice label:has(input:checked)"


@pytest.fixture(scope="module")
def book() -> tree.Guide:
    return tree.load(DATA / "damaged_library_book")


@pytest.fixture
def page(context: BrowserContext, book: tree.Guide, tmp_path: Path) -> Page:
    book.to_html(tmp_path / "book.html", {"damage": "light or heavy"})
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.goto((tmp_path / "book.html").as_uri())
    yield made
    assert errors == []


def walk_shown(page: Page, walk: tree.Walk) -> None:
    """The tree, the standings and the toggles that are shown are those of a walk."""
    assert seen(page.locator(".dtree").first.evaluate(READ_STATE)) == expected(walk)


@pytest.mark.slow
def test_an_address_may_leave_several_values_possible(page: Page, book: tree.Guide) -> None:
    for answers in partly_known(book, random.Random(3), 30).to_dict("records"):
        walk = book.walk(answers)
        pairs = {f: a if isinstance(a, str) else either(a) for f, a in walk.answers.items()}
        page.evaluate(
            "pairs => { location.hash = new URLSearchParams(pairs); }", list(pairs.items())
        )
        page.evaluate("() => new Promise(resolve => requestAnimationFrame(resolve))")
        walk_shown(page, walk)


def test_a_box_makes_the_toggles_of_a_question_check_boxes(page: Page, book: tree.Guide) -> None:
    damage = page.locator(".dtree-question").first
    box = damage.get_by_label("not sure which")
    expect(damage.locator(CHOSEN)).to_have_text(["Light", "Heavy"])
    expect(box).to_be_checked()
    expect(damage.get_by_role("group", name="What is the damage?")).to_be_visible()
    walk_shown(page, book.walk(damage=["light", "heavy"]))
    damage.get_by_role("checkbox", name="Wet", exact=True).check()
    expect(page).to_have_url(page.url.split("#")[0] + "#damage=light+or+heavy+or+wet")
    walk_shown(page, book.walk(damage=["light", "heavy", "wet"]))
    damage.get_by_role("checkbox", name="Unknown").check()
    expect(damage.locator(CHOSEN)).to_have_text(["Unknown"])
    page.go_back()
    expect(damage.locator(CHOSEN)).to_have_text(["Light", "Heavy", "Wet"])
    # Without the box the first of them is the answer.
    box.uncheck()
    expect(damage.get_by_role("radiogroup")).to_be_visible()
    expect(damage.locator(CHOSEN)).to_have_text(["Light"])
    walk_shown(page, book.walk(damage="light"))
    # Of yes and no both together say nothing.
    expect(page.get_by_label("not sure which")).to_have_count(1)


def test_by_keyboard_alone(page: Page, book: tree.Guide) -> None:
    damage = page.locator(".dtree-question").first
    damage.get_by_role("checkbox", name="Heavy", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(damage.locator(CHOSEN)).to_have_text(["Light", "Wet"])
    walk_shown(page, book.walk(damage=["light", "wet"]))
