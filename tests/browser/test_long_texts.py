"""A long text in the workshop: what each sentence takes is done once, and near the eye alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from counting import steps
from playwright.sync_api import Page, expect
from workshop_page import WorkshopPage

import tree

# What is made of the text, and which of it changes.
WATCH = """() => {
  window.made = 0;
  const count = changes => changes.forEach(({ addedNodes, type }) => {
    window.made += type === "childList" ? addedNodes.length : 1;
  });
  const watching = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(count).observe(document.querySelector(".tw-text"), watching);
}"""
NODES = "document.querySelectorAll('.tw-text *').length"


def long_text(sentences: int) -> str:
    return " ".join(
        f"If the number {i} is drawn, take the box with the number {i} home."
        for i in range(sentences)
    )


@pytest.mark.slow
def test_each_step_takes_work_that_grows_with_the_text_alone(tmp_path: Path) -> None:
    option = {"name": "the box", "quote": [{"at": [30, 40]}]}
    aside = {"quote": [{"at": [0, 60]}], "reason": "an aside"}
    taken: list[list[int]] = []
    for sentences in (50, 600, 1_200, 2_400):
        workshop = tree.Workshop(tmp_path / f"{sentences}")
        taken.append(
            [
                steps(lambda words=words, heard=workshop: heard._answer(words))
                for words in (
                    {"wants": "begin", "text": long_text(sentences)},
                    {"do": "add", "section": "options", "fields": option},
                    {"do": "add", "section": "context", "fields": aside},
                )
            ]
        )
        workshop.close()
    # The first one loads what is loaded when it is asked for.
    for few, some, many in zip(*taken[1:], strict=True):
        # Twice as much is added by twice as many sentences; by a square it would be four times.
        assert many - some < 2.6 * (some - few), taken


def test_what_is_made_grows_with_the_sentences_and_not_with_their_words(
    page: Page, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 900, "height": 700})
    nodes, made = [], []
    for sentences in (400, 800):
        workshop = tree.Workshop(tmp_path / f"{sentences}/long", text=long_text(sentences))
        shown = WorkshopPage(page.context.new_page(), workshop)
        # The words in view are there.
        shown.page.locator(".tw-text span[data-at='3']").wait_for()
        nodes.append(int(shown.page.evaluate(NODES)))
        shown.page.evaluate(WATCH)
        shown.page.locator(".tw-text").focus()
        for _ in range(3):
            shown.page.keyboard.press("ArrowDown")
        expect(shown.page.locator(".tw-left .tw-unseen")).to_contain_text("the number 2 home")
        shown.page.keyboard.press("ArrowLeft")
        expect(shown.page.locator(".tw-left .tw-unseen")).not_to_contain_text("the number 2 home")
        made.append(int(shown.page.evaluate("window.made")))
        assert shown.errors == []
        shown.page.close()
        workshop.close()
    # A sentence and the blank after it.
    assert nodes[1] - nodes[0] <= 2 * 400 + 20, nodes
    # What an action changes has nothing to do with how long the text is.
    assert abs(made[1] - made[0]) <= 10, made


def test_words_far_away_are_there_when_they_are_needed(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 900, "height": 700})
    workshop = tree.Workshop(tmp_path / "long", text=long_text(300))
    shown = WorkshopPage(page, workshop)
    shown.select("take the box with the number 250 home")
    shown.key("make-options").click()
    shown.key("save").click()
    shown.said("Saved.")
    shown.page.locator(".tw-text").evaluate("box => (box.scrollTop = 0)")
    shown.click_sentence("If the number 299 is drawn")
    sentence = "If the number 299 is drawn, take the box with the number 299 home."
    heard = shown.page.locator(".tw-left .tw-unseen")
    expect(heard).to_have_text(f"Selected: {sentence}")
    words = shown.page.locator(".tw-text .tw-selected")
    assert "".join(words.all_text_contents()) == sentence
    assert shown.errors == []
    workshop.close()
