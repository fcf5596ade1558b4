"""Writing a guide in the workshop: a real JupyterLab, a real browser, files that change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest
from accessible import check_with_axe
from explorer_state import expected, seen
from jupyterlab_parts import Lab, Server
from playwright.sync_api import Browser, Locator, expect
from processes import until

import tree

WORKSHOP = ".widget-vbox:has(.tree-workshop):has(.dtree)"


class Watched(Lab):
    """The notebook about writing one's own, run to its end, with the folder of its workshop."""

    folder: Path

    @property
    def workshop(self) -> Locator:
        return self.page.locator(WORKSHOP).locator(".tree-workshop")

    @property
    def problems(self) -> Locator:
        """What stands under Problems."""
        self.workshop.get_by_role("tab", name="Problems").click()
        return self.workshop.locator(".tw-problems li")

    def is_ok(self) -> None:
        expect(self.workshop.locator(".tw-bar .tw-done")).to_have_text("ok")

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
    found = Watched(context.new_page(), lab, "notebooks/write_your_own.ipynb", 10, WORKSHOP)
    found.start_all()
    until(found.has_run, 120, "it has run")
    # A cell has saved the guide anew; now nothing is replaced any more.
    guides = (lab.folder / "tmp").glob("*/guide/guide.yaml")
    found.folder = next(
        path.parent for path in guides if "into_the_shade" in path.read_text("utf-8")
    )
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
    watched.is_ok()
    shows(watched)


def test_opens_with_the_text_and_the_tree_of_the_file(watched: Watched, good: str) -> None:
    watched.is_ok()
    counts = tree.load(watched.folder).coverage().counts
    for claim, use in (("used", "claimed"), ("context", "context"), ("unclaimed", "unclaimed")):
        sentences = watched.workshop.locator(f'.tw-sentence[data-use="{use}"]')
        expect(sentences).to_have_count(counts[claim])
    expect(watched.problems).to_have_count(1)
    expect(watched.problems).to_contain_text("The text speaks for no option where: ")
    shows(watched)


def test_a_slip_is_listed_and_the_last_good_tree_stays(watched: Watched, good: str) -> None:
    watched.toggle(2, "No").click()
    shows(watched, sun="no")
    before = watched.state()

    slip = good.replace("    offer: water\n", "    ofer: water\n")
    watched.save(slip)
    expect(watched.problems).to_have_count(1)
    expect(watched.problems).to_contain_text("To correct: ")
    expect(watched.problems).to_contain_text("unknown key 'ofer'")
    watched.workshop.get_by_role("tab", name="Tree").click()
    expect(watched.workshop.locator(".tw-body .tw-trees")).to_contain_text(
        "before the last problem"
    )
    assert watched.state() == before
    # It lives on, too.
    watched.toggle(0, "Moist").click()
    assert watched.state()["toggles"] == ["Moist", "Unknown", "No"]
    assert watched.state()["branches"] != before["branches"]

    # Corrected; and a statement says more now, so that wet soil ends like the midday sun.
    old = "    withhold: water\n    basis"
    assert good.count(old) == 1
    watched.save(good.replace(old, "    withhold: water\n    offer: shade\n    basis"))
    watched.is_ok()
    expect(watched.problems).to_have_count(0)
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


def test_the_explorer_says_what_is_still_a_draft(watched: Watched, good: str) -> None:
    waits = good.replace("  rot:\n", "  rot:\n    draft: true\n")
    assert waits != good
    watched.save(waits)
    expect(watched.explorer).to_contain_text("A draft: 1 of its entries is not confirmed.")
    watched.save(good)
    expect(watched.explorer).not_to_contain_text("A draft")


def test_the_page_stays_where_it_was_read(watched: Watched, good: str) -> None:
    panel = watched.page.locator(".jp-WindowedPanel-outer").first
    top = panel.evaluate("panel => panel.scrollTop")
    assert top > 0
    watched.save(good.replace("title: The plant", "title: Really, the plant"))
    expect(watched.explorer).to_contain_text("Really, the plant on our window sill")
    assert panel.evaluate("panel => panel.scrollTop") == top


def test_a_step_is_saved_and_the_explorer_follows(watched: Watched, good: str) -> None:
    workshop = watched.workshop
    workshop.get_by_role("tab", name="Write").click()
    workshop.locator(".tw-sentence", has_text="Wet soil makes").click()
    workshop.locator('[data-key="change-statements/rot"]').click()
    workshop.locator('[data-key="names0-more"]').select_option(label="a place in the shade")
    workshop.locator('[data-key="save"]').click()
    expect(workshop.locator(".tw-said")).to_have_text("Saved.")
    source = (watched.folder / "guide.yaml").read_text(encoding="utf-8")
    assert "withhold: [water, shade]" in source
    shows(watched)
    workshop.locator('[data-key="undo"]').click()
    expect(workshop.locator(".tw-said")).to_contain_text("Undone. (changed: ")
    assert (watched.folder / "guide.yaml").read_text(encoding="utf-8") == good
    shows(watched)


def test_all_of_it_is_in_the_window_at_once(watched: Watched, good: str) -> None:
    """Text, panel and their controls, in the room that a laptop leaves."""
    size = watched.page.viewport_size
    watched.page.set_viewport_size({"width": 1280, "height": 720})
    watched.workshop.scroll_into_view_if_needed()
    for part in (".tw-bar", ".tw-text", ".tw-tabs", ".tw-body"):
        box = watched.workshop.locator(part).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 720, part
        assert box["x"] + box["width"] <= 1280, part
    assert size is not None
    watched.page.set_viewport_size(size)
    shows(watched)


def test_no_accessibility_violations(watched: Watched, good: str) -> None:
    # Enough problems that the list scrolls.
    watched.save(good + "".join(f"slip_{i}: x\n" for i in range(30)))
    expect(watched.problems).to_have_count(30)
    check_with_axe(watched.page, ".tree-workshop")


# What opens each form of the answers to a question, and of what holds for the whole guide.
KINDS = ("yes or no", "one of a list", "a number", "a number, in ranges with names")
WHOLE = ("grades", "trees", "examples")


def test_no_accessibility_violations_in_forms(watched: Watched, good: str) -> None:
    """Nothing is saved: each form is filled in so far that all of its fields are there."""

    def key(name: str) -> Locator:
        return watched.workshop.locator(f'[data-key="{name}"]')

    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        watched.choose_theme(theme)
        key("tab-write").click()
        watched.workshop.locator(".tw-text [data-use]").first.click()
        key("make-factors").click()
        more = watched.workshop.locator(".tw-form .tw-more > summary")
        more.click()
        for kind in (*KINDS, "points for other answers, added up"):
            key("kind").select_option(label=kind)
            watched.check_with_axe(".tree-workshop")
        key("cancel").click()
        for section in WHOLE:
            about = watched.workshop.locator(".tw-write > .tw-more")
            if about.get_attribute("open") is None:
                about.locator("summary").first.click()
            key(f"new-{section}").click()
            watched.check_with_axe(".tree-workshop")
            key("cancel").click()


def test_nothing_went_wrong_unseen(watched: Watched) -> None:
    assert watched.errors == []
    assert watched.outside == []


def kill_kernel(lab: Lab) -> None:
    """End the kernel as a machine that runs out of memory does."""
    kernel = lab.server.kernel_of(lab.notebook)
    assert kernel is not None
    for process in psutil.process_iter(["cmdline"]):
        if any(str(kernel["id"]) in word for word in process.info["cmdline"] or ()):
            process.kill()


def test_nothing_is_lost_where_the_kernel_dies(browser: Browser, lab: Server) -> None:
    cell = nbformat.v4.new_code_cell('import tree\ntree.Workshop("../tea")')
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": python})
    nbformat.write(notebook, lab.folder / "notebooks/own.ipynb")
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(60_000)
    own = Lab(context.new_page(), lab, "notebooks/own.ipynb", 0)
    own.start_all()
    page = own.page
    page.get_by_label("Paste the text").fill("If it rains, drink tea. Good luck!")
    page.locator('[data-key="begin"]').click()
    page.locator(".tw-sentence", has_text="drink tea").click()
    page.locator('[data-key="make-options"]').click()
    page.get_by_label("What it is called").fill("a cup of tea")
    # JupyterLab says, soon or late, that it starts another one; until then nothing can be clicked.
    restarted = page.locator(".jp-Dialog button", has_text="Ok")
    page.add_locator_handler(restarted, lambda button: button.click())
    kill_kernel(own)
    page.locator('[data-key="save"]').click()
    expect(page.locator(".tw-notes")).to_contain_text("Python does not answer")
    expect(page.get_by_label("What it is called")).to_have_value("a cup of tea")
    until(own.kernel_is_ready, what="the next kernel is ready")
    own.start_all()
    until(own.has_run, 120, "it has run")
    expect(page.locator(".tw-notes")).not_to_contain_text("Python does not answer")
    expect(page.get_by_label("What it is called")).to_have_value("a cup of tea")
    page.locator('[data-key="save"]').click()
    expect(page.locator(".tw-said")).to_have_text("Saved.")
    source = (lab.folder / "tea/guide.yaml").read_text(encoding="utf-8")
    assert "name: a cup of tea" in source
    in_a_second_tab(own)
    context.close()


def in_a_second_tab(own: Lab) -> None:
    """The notebook as it was saved shows the workshop, though its cell was run again since then."""
    own.save()
    own.start_all()
    until(own.has_run, 120, "it has run again")
    second = Lab(own.page.context.new_page(), own.server, own.notebook, 0).page
    second.locator('[data-key="undo"]').click()
    for page in (second, own.page):
        expect(page.locator('.tree-workshop [data-key="undo"]')).to_have_attribute("title", "")
