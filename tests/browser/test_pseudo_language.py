"""All screens in a language whose words are no English ones: what is English there is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pseudo_language
import pytest
from playwright.sync_api import Page
from wintering_bees import FOLDER

import tree


@pytest.fixture(scope="module", autouse=True)
def language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pseudo_language.spoken_here(tmp_path_factory.mktemp("messages")):
        yield


@pytest.fixture(scope="module", params=["liver", "bees"])
def guide(request: pytest.FixtureRequest) -> tree.Guide:
    folder = {"liver": "data/metastatic_liver_cancer", "bees": FOLDER}[request.param]
    return tree.load(folder).in_language(pseudo_language.TAG)


def opened(page: Page) -> None:
    """Open all that can be opened, again for what was made by opening."""
    for _ in range(3):
        page.evaluate(
            "() => document.querySelectorAll('details').forEach(each => (each.open = true))"
        )
        page.evaluate(
            """() => document.querySelectorAll('.dtree-option > summary').forEach(each => {
              if (each.parentElement.children.length < 2) each.click();
            })"""
        )
        page.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(done)))")


def test_the_page(page: Page, guide: tree.Guide, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    guide.to_html(path)
    page.goto(path.as_uri())
    values = [factor.values for factor in guide.factors]
    hashes = ["", "x=1"]
    for chosen in (0, -1):
        answers = [f"{f.id}={each[chosen]}" for f, each in zip(guide.factors, values, strict=True)]
        hashes += ["&".join(answers[:many]) for many in (1, 2, len(answers))]
    found = {}
    for number, hash in enumerate(hashes):
        page.evaluate("hash => { location.hash = hash; }", hash)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        opened(page)
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        for tree_in_view in page.locator(".dtree-trees li button").all()[: 2 * number]:
            tree_in_view.click()
            found |= pseudo_language.plain(page, guide)
        found |= pseudo_language.plain(page, guide)
    assert found == {}


def test_the_still_page(guide: tree.Guide, context: object, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    guide.to_html(path, practice=True)
    browser = context.browser
    still = browser.new_context(java_script_enabled=False).new_page()
    still.goto(path.as_uri())
    assert pseudo_language.plain(still, guide) == {}
