"""The workshop in a language whose words are no English ones; see `pseudo_language`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pseudo_language
import pytest
from playwright.sync_api import Page
from wintering_bees import FOLDER
from workshop_page import WorkshopPage

import tree


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Iterator[WorkshopPage]:
    """The bees, in that language, with a draft among its entries and a case."""
    (tmp_path / "messages").mkdir()
    with pseudo_language.spoken_here(tmp_path / "messages"):
        folder = Path(shutil.copytree(FOLDER, tmp_path / "bees"))
        source = (folder / "guide.yaml").read_text(encoding="utf-8")
        source = source.replace("language: en", f"language: {pseudo_language.TAG}")
        source = re.sub(r"\n(    offer: )", r"\n    draft: true\n\1", source, count=1)
        (folder / "guide.yaml").write_text(source, encoding="utf-8")
        page.set_viewport_size({"width": 1300, "height": 900})
        found = WorkshopPage(page, tree.Workshop(folder, ask=lambda prompt: "nothing"))
        yield found
        assert found.errors == []
        found.workshop.close()


def test_every_view_and_every_form(shown: WorkshopPage) -> None:
    page, workshop = shown.page, shown.workshop
    guide = workshop.explorer.guide if workshop.explorer else None
    assert guide is not None
    found: dict[str, str] = {}

    def look() -> None:
        shown.idle()
        page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
        nonlocal found
        found |= pseudo_language.plain(page, guide, ".tree-workshop")

    for tab in ("write", "review", "problems", "cases", "draft"):
        shown.key(f"tab-{tab}").click()
        look()
    shown.key("copy").click()
    look()
    # Each kind of entry, as it is and as a new one.
    sections = dict.fromkeys(entry["section"] for entry in workshop.screen.state["entries"])
    for section in sections:
        entry = next(e for e in workshop.screen.state["entries"] if e["section"] == section)
        shown.key("tab-review").click()
        page.locator(".tw-review .tw-more").evaluate("each => (each.open = true)")
        shown.key(f"all-{section}/{entry['id']}").click()
        shown.key(f"change-{section}/{entry['id']}").click()
        look()
        shown.key("cancel").click()
    shown.key("tab-write").click()
    for kind in ("factors", "options", "statements", "context", "scopes", "groups", "passages"):
        page.locator(".tw-sentence").first.click()
        shown.key(f"make-{kind}").click()
        look()
        if kind == "factors":
            for answer in ("list", "number", "bands", "score", "yes-no"):
                shown.key("kind").select_option(answer)
                look()
                if answer == "score":
                    add_points(shown, look)
        if kind == "statements":
            say_everything(shown, look)
        shown.key("cancel").click()
    for kind in ("grades", "trees", "examples"):
        page.locator(".tw-write > .tw-more").evaluate("each => (each.open = true)")
        shown.key(f"new-{kind}").click()
        shown.key("save").click()
        look()
        shown.key("cancel").click()
    shown.key("tab-cases").click()
    shown.key("new-case").click()
    page.locator("textarea").fill(guide.text.content[:60])
    look()
    shown.key("read").click()
    look()
    page.locator(".tw-words").focus()
    page.keyboard.press("ArrowRight")
    look()
    shown.key("answers-to").select_option(index=1)
    look()
    shown.key("cancel").click()
    # An option that others name.
    option = next(e for e in workshop.screen.state["entries"] if e["section"] == "options")
    shown.key("tab-review").click()
    shown.key(f"all-options/{option['id']}").click()
    shown.key(f"remove-options/{option['id']}").click()
    page.locator(".tw-notes li").first.wait_for()
    look()
    shown.key("keep").click()
    draft = next(e for e in workshop.screen.state["entries"] if e["draft"])
    shown.key(f"all-{draft['section']}/{draft['id']}").click()
    look()
    shown.key(f"confirm-{draft['section']}/{draft['id']}").click()
    look()
    shown.key("undo").click()
    look()
    assert not_of_the_text(found, guide) == []


def not_of_the_text(found: dict[str, str], guide: tree.Guide) -> list[str]:
    """What is left of English words without quotations of the text, whole or cut."""
    content = " ".join(guide.text.content.split())
    quotation = re.compile(r"“[^”]*”")
    left = []
    for each in found:
        _, words = each.split(": ", 1)
        words = re.sub(r"^⟦[^\ua789]*\ua789 (.*)⟧$", r"\1", quotation.sub("", words))
        if words.removesuffix(" …") in content:
            continue
        if pseudo_language.english(words, pseudo_language.words_of(guide)):
            left.append(each)
    return left


def add_points(shown: WorkshopPage, look) -> None:
    """Points for the answers to every question."""
    for entry in shown.workshop.screen.state["entries"]:
        if entry["section"] == "factors" and not entry["fields"].get("score"):
            shown.key("points-more").select_option(entry["id"])
    look()


def say_everything(shown: WorkshopPage, look) -> None:
    """Each effect, and each kind of condition."""
    effects = ("prefer", "withhold", "combine", "order", "apart", "instead", "remark", "offer")
    for effect in effects:
        shown.key("effect").select_option(effect)
        look()
    for field, choice in (("condition-0", "+count"), ("unless-0", None)):
        add = shown.key(f"{field}-add")
        if choice:
            add.select_option(choice)
        else:
            add.select_option(index=1)
        look()
        shown.page.locator(".tw-picker button").last.click()
    factors = shown.workshop.explorer.guide.factors
    for factor in (next(f for f in factors if f.bands), next(f for f in factors if not f.bands)):
        shown.key("condition-0-add").select_option(factor.id)
        look()
        shown.page.locator(".tw-picker button").last.click()
    shown.key("implied").check()
    look()
