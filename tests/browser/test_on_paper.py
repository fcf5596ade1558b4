"""Pages on paper: every tree is there, with its legend, and all letters can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from explorer_state import SETTLED, address
from large_guides import far_apart
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTPage, LTTextLine
from places import DATA
from playwright.sync_api import Browser, Page, expect
from seeded_guides import random_patients

import tree

GUIDES = sorted(each.parent.name for each in DATA.glob("*/guide.yaml"))
BEES = "wintering_bees"
LEAST = 8  # pt
# The one tree of the bees that has no room on an upright page.
WIDE = "Joining the weak colony to a strong one, Removing the older queen"
# A tree of this many questions in a row has an upright page of its own; one of four is in place.
TALL = 9


def open_page(page: Page, guide: tree.Guide, folder: Path, answers: dict[str, str]) -> None:
    guide.to_html(folder / "page.html")
    page.goto((folder / "page.html").as_uri() + (address(answers) if answers else ""))
    expect(page.locator(".dtree-live")).to_be_visible()
    page.evaluate(SETTLED)


def printed(page: Page, folder: Path) -> list[LTPage]:
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    return list(extract_pages(folder / "page.pdf"))


def lines_of(part: Any) -> Iterator[LTTextLine]:
    for inner in part if isinstance(part, Iterable) else ():
        if isinstance(inner, LTTextLine):
            yield inner
        else:
            yield from lines_of(inner)


def smallest(sheets: list[LTPage]) -> float:
    letters = (each for sheet in sheets for line in lines_of(sheet) for each in line)
    return min(each.size for each in letters if isinstance(each, LTChar))


def words_on(sheet: LTPage) -> str:
    return " ".join(line.get_text().strip() for line in lines_of(sheet))


@pytest.mark.parametrize("is_known", [False, True], ids=["empty", "answered"])
@pytest.mark.parametrize("name", GUIDES)
def test_every_guide_can_be_read_on_paper(
    page: Page, tmp_path: Path, name: str, is_known: bool
) -> None:
    guide = tree.load(DATA / name)
    cases = [dict(answers) for _, answers in guide.examples] or random_patients(guide, Random(1), 1)
    answers = cases[0] if is_known else {}
    open_page(page, guide, tmp_path, answers)
    sheets = printed(page, tmp_path)
    assert smallest(sheets) >= LEAST
    # No page has a line or two alone.
    assert [n for n, sheet in enumerate(sheets) if len(list(lines_of(sheet))) < 6] == []
    page.emulate_media(media="print")
    concerned = [on for on in guide.walk(answers).trees if on.taken or not answers]
    drawn = page.locator(".dtree-drawing svg:visible").count()
    in_words = page.locator(".dtree-print .dtree-outline:visible").count()
    # The tree in view is always there.
    assert drawn + in_words >= max(1, len(concerned))
    legend = page.get_by_text("Thick: ").or_(page.get_by_text("Dick: "))
    expect(legend).to_have_count(1 if drawn else 0)


def test_wide_trees_have_a_page_on_its_side(page: Page, tmp_path: Path) -> None:
    bees = tree.load(DATA / BEES)
    open_page(page, bees, tmp_path, {})
    sheets = printed(page, tmp_path)
    on_side = [WIDE in words_on(sheet) for sheet in sheets if sheet.width > sheet.height]
    assert on_side == [True]
    # They come last, so that no other page is left half empty.
    assert WIDE in words_on(sheets[-1])
    # Also the tree in view.
    page.get_by_role("navigation").get_by_role("button", name=WIDE).click()
    page.evaluate(SETTLED)
    sheets = printed(page, tmp_path)
    assert smallest(sheets) >= LEAST
    assert sheets[-1].width > sheets[-1].height
    assert WIDE in words_on(sheets[-1])
    page.emulate_media(media="print")
    expect(page.locator(".dtree-view")).to_be_hidden()
    expect(page.locator(".dtree-print > p").first).to_have_text(
        "The drawing stands at the end, on a page of its own."
    )
    expect(page.locator(".dtree-print > div h2")).to_have_count(len(bees.trees))


def test_on_paper_are_the_trees_that_concern_the_case(page: Page, tmp_path: Path) -> None:
    bees = tree.load(DATA / BEES)
    open_page(page, bees, tmp_path, {})
    others = page.locator(".dtree-print > div h2")
    page.emulate_media(media="print")
    names = sorted((each.name for each in bees.trees[1:]), key=WIDE.__eq__)
    expect(others).to_have_text(names)
    expect(page.get_by_text("Trees left out here")).to_have_count(0)
    page.emulate_media(media="screen")
    page.goto(page.url + address({"weight": "below 18 kg"}))
    page.evaluate(SETTLED)
    page.emulate_media(media="print")
    taken = {on.tree.name for on in bees.walk(weight="below 18 kg").trees[1:] if on.taken}
    expect(others).to_have_text([name for name in names if name in taken])
    # What is not there is named, in the order of the list.
    left_out = [each.name for each in bees.trees[1:] if each.name not in taken]
    said = page.get_by_text("Trees left out here")
    expect(said).to_have_text(
        f"Trees left out here, as no answer leads into them: {'; '.join(left_out)}"
    )
    expect(page.locator(".dtree-print").first).to_have_text("Feeding")
    expect(page.locator(".dtree-trees")).to_be_hidden()
    expect(page.locator(".dtree-questions")).to_be_hidden()


def chain(length: int) -> tuple[str, str]:
    """A text and its guide: an option that each of many things is against, asked in a row."""
    text = " ".join(f"Not where thing {n} is there." for n in range(length)) + " We sail."
    factors = "\n".join(
        f"  thing_{n}: {{question: Is thing {n} there?, quote: thing {n} is there}}"
        for n in range(length)
    )
    against = "\n".join(
        f"  not_{n}: {{quote: Not where thing {n} is there, when: {{thing_{n}: yes}}, "
        "withhold: sail}"
        for n in range(length)
    )
    guide = (
        f"title: Do we sail?\nfactors:\n{factors}\n"
        "options:\n  sail: {name: Sailing, quote: We sail}\n"
        f"statements:\n  yes: {{quote: We sail, prefer: sail}}\n{against}\n"
    )
    return text, guide


@pytest.mark.parametrize("length", [4, TALL])
def test_a_tall_tree_has_an_upright_page(page: Page, tmp_path: Path, length: int) -> None:
    guide = tree.loads(*chain(length))
    open_page(page, guide, tmp_path, {})
    sheets = printed(page, tmp_path)
    assert smallest(sheets) >= LEAST
    assert all(sheet.width < sheet.height for sheet in sheets)
    page.emulate_media(media="print")
    in_place = page.locator(".dtree-view")
    expect(in_place).to_be_visible(visible=length < TALL)
    expect(page.locator("svg:visible")).to_have_count(1)


def test_without_javascript_a_large_tree_is_in_words_alone(
    browser: Browser, tmp_path: Path
) -> None:
    for name, drawn in (("metastatic_liver_cancer", True), ("ear_infection_in_a_child", False)):
        tree.load(DATA / name).to_html(tmp_path / "page.html", force=True)
        page = browser.new_page(java_script_enabled=False)
        page.goto((tmp_path / "page.html").as_uri())
        expect(page.locator("svg")).to_be_visible()
        assert smallest(printed(page, tmp_path)) >= LEAST
        page.emulate_media(media="print")
        expect(page.locator("svg")).to_be_visible(visible=drawn)
        expect(page.locator("pre")).to_be_visible()
        page.close()


def test_a_tree_that_is_not_drawn_is_in_words(page: Page, tmp_path: Path) -> None:
    guide = tree.loads(*far_apart())
    open_page(page, guide, tmp_path, {})
    page.emulate_media(media="print")
    expect(page.locator(".dtree-print .dtree-outline")).to_be_visible()
