"""The pages in browsers that are some years old, and where a page cannot start at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import opened
from explorer_state import READ_STATE, expected, seen
from places import ROOT
from playwright.sync_api import Browser, BrowserContext, Page, expect

import tree
from tree.web.bundle import STATIC

# What browsers have learned since the spring of 2022, and a little before.
NEWER = """
  for (const name of ["toSorted", "toReversed", "toSpliced", "with", "findLast", "findLastIndex",
    "at"]) delete Array.prototype[name];
  delete Object.hasOwn;
  delete Object.groupBy;
  delete Map.groupBy;
  delete Array.fromAsync;
  delete Promise.withResolvers;
  delete String.prototype.at;
  delete String.prototype.replaceAll;
  for (const name of ["union", "intersection", "difference", "isSubsetOf"]) {
    delete Set.prototype[name];
  }
  for (const name of ["map", "filter", "toArray"]) delete globalThis.Iterator?.prototype[name];
  delete globalThis.structuredClone;
  delete AbortSignal.any;
  delete AbortSignal.timeout;
  delete Element.prototype.checkVisibility;
  delete Element.prototype.setHTMLUnsafe;
  delete globalThis.navigation;
  delete globalThis.scheduler;
"""
UNKNOWN_CSS = [
    ("light-dark(", "no-light-dark("),
    (":has(", ":no-has("),
    ("@container", "@no-container"),
]
ANSWERS = {"other_organ_involvement": "no", "extensive_liver_involvement": "no"}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    # A dark desktop, which an older browser must not take half of.
    found = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    found.set_default_timeout(30_000)
    yield found
    found.close()


@pytest.fixture(scope="module")
def older(liver: tree.Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose style says some things as an older browser hears them: not at all."""
    path = tmp_path_factory.mktemp("older") / "liver.html"
    html = liver.to_html(practice=True)
    for word, unknown in UNKNOWN_CSS:
        assert word in html
        html = html.replace(word, unknown)
    # The page allows only the style that it was made with.
    path.write_text(re.sub("<meta http-equiv=[^>]*>", "", html), encoding="utf-8")
    return path


def colour(page: Page, selector: str, name: str) -> str:
    part = page.locator(selector).first
    return str(part.evaluate("(part, name) => getComputedStyle(part)[name]", name))


def test_a_page_without_what_is_newer(
    context: BrowserContext, older: Path, liver: tree.Guide
) -> None:
    context.add_init_script(NEWER)
    page, errors = opened(context, older.as_uri())
    assert page.evaluate("[].toSorted === undefined && CSS.supports('color', 'red')")
    page.evaluate("answers => { location.hash = new URLSearchParams(answers); }", ANSWERS)
    page.locator(".edge.dtree-taken").first.wait_for()
    state = page.locator(".dtree").first.evaluate(READ_STATE)
    assert seen(state) == expected(liver.walk(ANSWERS))
    for kind in (".dtree-option", ".dtree-would"):
        closed = page.locator(f"{kind}:not([open]) > summary")
        while closed.count():
            closed.first.click()
    expect(page.locator(".dtree-change").first).to_be_visible()
    page.get_by_text("The tree as an outline").click()
    expect(page.locator(".dtree-outline").first).to_be_visible()
    assert errors == []


def test_practising_without_what_is_newer(context: BrowserContext, older: Path) -> None:
    context.add_init_script(NEWER)
    page, errors = opened(context, older.as_uri() + "#practise")
    practice = page.locator("#tp-page")
    practice.get_by_role("button", name="Hint").click()
    for row in practice.locator("fieldset").all():
        row.get_by_role("radio").first.check()
    practice.get_by_role("button", name="Submit", exact=True).click()
    expect(practice.locator(".tp-said b").first).to_be_visible()
    # What is kept is read again.
    page.reload()
    expect(practice.locator(".tp-keeping")).to_contain_text("1 answer kept")
    assert errors == []


def test_without_light_dark_the_tree_is_seen(context: BrowserContext, older: Path) -> None:
    page, _ = opened(context, f"{older.as_uri()}#other_organ_involvement=no")
    page.locator(".edge.dtree-taken").first.wait_for()
    white, dark, blue = "rgb(255, 255, 255)", "rgb(26, 26, 26)", "rgb(0, 114, 178)"
    assert colour(page, "body", "backgroundColor") == white
    assert colour(page, "body", "color") == dark
    assert colour(page, ".node:not(.dtree-asked-next) > path", "fill") == white
    assert colour(page, ".node > text", "fill") == dark
    assert colour(page, ".edge.dtree-possible > path:not(.dtree-target)", "stroke") == (
        "rgb(85, 85, 85)"
    )
    assert colour(page, ".edge.dtree-taken > path:not(.dtree-target)", "stroke") == blue
    assert colour(page, ".dtree select", "backgroundColor") == white
    # Nothing of the page is dark, though the desktop is.
    assert colour(page, ".dtree-choice input", "colorScheme") == "light"
    page.get_by_role("link", name="Practise").click()
    assert colour(page, ".tree-practice", "backgroundColor") == white
    assert colour(page, ".tree-practice", "color") == dark
    assert colour(page, ".tp-button.tp-primary", "backgroundColor") == blue
    assert colour(page, ".tree-practice", "colorScheme") == "light"


def test_without_has_a_choice_and_the_focus_are_seen(context: BrowserContext, older: Path) -> None:
    page, _ = opened(context, older.as_uri() + "#practise")
    radio = page.locator("#tp-page").get_by_role("radio").first
    radio.focus()
    page.keyboard.press("Space")
    assert colour(page, "#tp-page input:focus-visible", "outlineStyle") == "solid"
    page.get_by_role("button", name="Hint").focus()
    assert colour(page, "#tp-page .tp-button:focus-visible", "outlineStyle") == "solid"
    page.get_by_role("link", name="Explore").click()
    page.get_by_role("radio", name="Yes").first.check()
    # As white as the page it would not be seen.
    assert colour(page, ".dtree-choice :checked", "accentColor") == "auto"


def test_every_colour_has_a_plain_one_before_it() -> None:
    sheets = sorted(STATIC.rglob("*.css"))
    assert sum("light-dark(" in sheet.read_text(encoding="utf-8") for sheet in sheets) >= 3
    for sheet in sheets:
        style = sheet.read_text(encoding="utf-8")
        plain, *supported = style.split("@supports (color: light-dark(#000, #fff)) {")
        assert "light-dark(" not in plain, sheet.name
        for block in supported:
            inside, _, after = block.partition("\n}\n")
            assert "light-dark(" not in after, sheet.name
            for name, light in re.findall(r"(--[\w-]+): light-dark\((#\w+),", inside):
                assert f"\n  {name}: {light};" in plain, (sheet.name, name)


# Without any of these the live page cannot start.
@pytest.mark.parametrize(
    "missing",
    [
        "DOMParser.prototype.parseFromString = () => { throw new Error('none') }",
        "delete globalThis.XMLSerializer",
        "delete Element.prototype.replaceChildren",
        "delete Element.prototype.toggleAttribute; delete Element.prototype.append",
        "delete globalThis.requestAnimationFrame",
        "delete globalThis.URLSearchParams",
    ],
)
def test_where_the_page_cannot_start_the_still_one_stays(
    context: BrowserContext, tmp_path: Path, liver: tree.Guide, missing: str
) -> None:
    (tmp_path / "liver.html").write_text(liver.to_html(), encoding="utf-8")
    context.add_init_script(missing)
    page, errors = opened(context, (tmp_path / "liver.html").as_uri())
    assert len(errors) == 1
    assert page.locator("#dtree-live > *").count() == 0
    assert page.locator("#dtree-live").inner_text() == ""
    assert page.locator("#dtree-plain svg g.node:not(.everyone)").count() == 6
    expect(page.locator("#dtree-plain svg")).to_be_visible()
    expect(page.locator("#dtree-plain pre")).to_have_text(str(liver.tree))
    expect(page.locator("#dtree-plain")).to_contain_text("answers to toggles in a newer browser")
    expect(page.locator(".dtree-table")).to_be_visible()


def test_javascript_is_checked_against_the_language_of_2021() -> None:
    """So the check of its types refuses newer methods, wherever they are called."""
    settings = (ROOT / "tsconfig.json").read_text(encoding="utf-8")
    assert '"lib": ["es2021", "dom", "dom.iterable"]' in settings
