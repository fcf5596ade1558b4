"""An answer means the same in the page as in a walk."""

from __future__ import annotations

import json
from pathlib import Path

from answer_cases import (
    GUIDES,
    kinds,
    partial_words,
    words,
)
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tree.model.letters import INVISIBLE
from tree.model.possible import left_possible
from tree.web.bundle import scripts
from tree.web.payload import payload

CALL = """async ([source, factor, answers]) => {
  const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
  const {placesOf} = await import(url);
  return answers.map((answer) => placesOf(factor, answer));
}"""


@examples(60)
@given(kind=kinds, answers=st.lists(words() | partial_words(), min_size=10, max_size=40))
def test_a_page_means_what_a_walk_means(blank: Page, kind: str, answers: list[str]) -> None:
    guide = GUIDES[kind]
    (factor,) = json.loads(json.dumps(payload(guide)))["factors"]
    source = scripts("bands.js") + "export {placesOf};"
    found = blank.evaluate(CALL, [source, factor, answers])
    spelling = guide.factor("f").spelling
    left = [left_possible(spelling, answer) or () for answer in answers]
    assert found == [
        [spelling.unknown] if len(places) == spelling.unknown else [*places] for places in left
    ]


def test_page_and_python_see_the_same_letters(blank: Page) -> None:
    found = blank.evaluate(
        """() => [...Array(0x110000).keys()].filter((code) => (code < 0xd800 || code > 0xdfff)
          && /\\p{Default_Ignorable_Code_Point}/u.test(String.fromCodePoint(code)))"""
    )
    assert found == [code for code in range(0x110000) if INVISIBLE.match(chr(code))]


def test_an_address_is_read_like_any_answer(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    for kind, answer, label in (
        ("bands named no and yes", "1", "No"),
        ("bands named no and yes", "2,5", "Yes"),
        ("yes and no", " Y ", "Yes"),
        ("bands and a word", "1 to 3 or yes", "Short Long Yes"),
        ("words", "low, High", "Low High"),
    ):
        GUIDES[kind].to_html(tmp_path / "page.html", force=True)
        page.goto("about:blank")
        page.goto(f"{(tmp_path / 'page.html').as_uri()}#f={answer.replace(' ', '+')}")
        checked = page.locator(".dtree-choice label:has(input:checked)")
        expect(checked).to_have_text(label.split())
    page.goto("about:blank")
    page.goto(f"{(tmp_path / 'page.html').as_uri()}#f=perhaps")
    assert "unknown value “perhaps” of f" in page.locator(".dtree-notice").inner_text()
    page.close()
