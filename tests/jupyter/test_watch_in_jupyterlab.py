"""Writing a guide beside the notebook: a real JupyterLab, a real browser, files that change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessible import check_with_axe
from explorer_state import expected, seen
from jupyterlab_parts import Lab, Server
from playwright.sync_api import Browser, Locator, expect
from processes import until

import tree

WATCH = ".widget-vbox:has(.tree-report)"


class Watched(Lab):
    """The notebook about writing one's own, run to its end, with the folder that it watches."""

    folder: Path

    @property
    def report(self) -> Locator:
        return self.page.locator(".tree-report").first

    @property
    def listed(self) -> Locator:
        return self.report.locator("li")

    def save(self, source: str) -> None:
        """Save the guide as an editor does: beside it first, then moved there."""
        beside = self.folder / ".guide.yaml.tmp"
        beside.write_text(source, encoding="utf-8")
        os.replace(beside, self.folder / "guide.yaml")


def shows(watched: Watched, **answers: str) -> None:
    """Wait until the explorer shows the file as it is on disk, for these answers."""
    walk = tree.load(watched.folder).walk(answers)
    until(lambda: seen(watched.state()) == expected(walk), what=f"{answers} shown")


@pytest.fixture(scope="module")
def watched(browser: Browser, lab: Server) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 2000})
    context.set_default_timeout(60_000)
    found = Watched(context.new_page(), lab, "notebooks/write_your_own.ipynb", 10, WATCH)
    found.start_all()
    until(found.has_run, 120, "it has run")
    # A cell has saved the guide anew; now nothing is replaced any more.
    (guide,) = (lab.folder / "tmp").glob("*/guide/guide.yaml")
    found.folder = guide.parent
    until(found.in_sight, what="the watched explorer comes into sight")
    shows(found)
    found.show_explorer()
    yield found
    context.close()


@pytest.fixture
def good(watched: Watched) -> Iterator[str]:
    """The guide as the notebook leaves it; put back after each test."""
    source = (watched.folder / "guide.yaml").read_text(encoding="utf-8")
    yield source
    watched.save(source)
    expect(watched.report).to_contain_text("guide: ok, 1 warning")
    shows(watched)


def test_opens_with_the_list_and_the_tree_of_the_file(watched: Watched, good: str) -> None:
    expect(watched.report).to_contain_text("guide: ok, 1 warning: 1 passage, 3 factors")
    expect(watched.listed).to_have_count(1)
    expect(watched.listed).to_contain_text("warning guide.yaml, line 18: gap: ")
    shows(watched)


def test_a_slip_is_listed_and_the_last_good_tree_stays(watched: Watched, good: str) -> None:
    watched.toggle(2, "No").click()
    shows(watched, sun="no")
    before = watched.state()

    slip = good.replace("    offer: water\n", "    ofer: water\n")
    watched.save(slip)
    expect(watched.report).to_contain_text(
        "1 error: no tree can be made yet; more problems may appear once this is fixed. "
        "Below: the last"
    )
    expect(watched.listed).to_have_count(1)
    line = slip.splitlines().index("    ofer: water") + 1
    expect(watched.listed).to_contain_text(f"error guide.yaml, line {line}: unknown key 'ofer'")
    assert watched.listed.locator("pre").inner_text() == "ofer: water\n^"
    assert watched.state() == before
    # It lives on, too.
    watched.toggle(0, "Moist").click()
    assert watched.state()["toggles"] == ["Moist", "Unknown", "No"]
    assert watched.state()["branches"] != before["branches"]

    # Mended; and a statement says more now, so that wet soil ends like the midday sun.
    old = "    withhold: water\n    basis"
    assert good.count(old) == 1
    watched.save(good.replace(old, "    withhold: water\n    offer: shade\n    basis"))
    expect(watched.report).to_contain_text("guide: ok: 1 passage")
    expect(watched.listed).to_have_count(0)
    # What was answered in the old tree is answered in the new one.
    shows(watched, sun="no", soil="moist")
    assert len(watched.state()["nodes"]) == len(before["nodes"]) - 2
    watched.explorer.get_by_role("button", name="Reset").click()


def test_it_follows_what_is_typed_into_the_editor_of_jupyterlab(
    watched: Watched, good: str, lab: Server
) -> None:
    place = (watched.folder / "guide.yaml").relative_to(lab.folder)
    beside = watched.page.context.new_page()
    beside.goto(lab.page_url(str(place)))
    words = beside.locator(".cm-line", has_text="question: How does the soil feel?")
    words.click()
    beside.keyboard.press("End")
    beside.keyboard.press("Backspace")
    beside.keyboard.type(" today?")
    beside.keyboard.press("Control+S")
    expect(watched.explorer).to_contain_text("How does the soil feel today?")
    shows(watched)
    beside.close()


def test_the_page_stays_where_it_was_read(watched: Watched, good: str) -> None:
    panel = watched.page.locator(".jp-WindowedPanel-outer").first
    top = panel.evaluate("panel => panel.scrollTop")
    assert top > 0
    watched.save(good.replace("title: The plant", "title: Really, the plant"))
    expect(watched.explorer).to_contain_text("Really, the plant on our window sill")
    assert panel.evaluate("panel => panel.scrollTop") == top


def test_the_list_has_no_accessibility_violations(watched: Watched, good: str) -> None:
    # Enough of them that the list scrolls.
    watched.save(good + "".join(f"slip_{i}: x\n" for i in range(30)))
    expect(watched.listed).to_have_count(30)
    check_with_axe(watched.page, ".tree-report")


def test_nothing_went_wrong_unseen(watched: Watched) -> None:
    assert watched.errors == []
    assert watched.outside == []
