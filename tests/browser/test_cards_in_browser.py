"""The cards of Anki and Moodle, looked at in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_parts import THEN, Learner
from hostile import HOSTILE, write_hostile_guide
from moodle_parts import bank, text
from places import ROOT
from playwright.sync_api import Page

import tree
from tree.teaching.cards.anki import apkg
from tree.teaching.cards.cards import CardKind, make_cards


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    found = Learner(tmp_path / "anki")
    yield found
    found.collection.close()


def page_of(learner: Learner, side: str, night: bool) -> str:
    """A card's side in a page, as Anki shows it."""
    classes = "card card1" + " nightMode" * night
    return (
        f'<!doctype html><meta charset="utf-8"><base href="{learner.media.as_uri()}/">'
        f'<body class="{classes}"><div id="qa">{side}</div></body>'
    )


def test_hostile_words_stay_words_in_anki(learner: Learner, tmp_path: Path, page: Page) -> None:
    write_hostile_guide(tmp_path / "hostile")
    guide = tree.load(tmp_path / "hostile")
    learner.imports(apkg(guide, THEN))
    seen = ""
    for card in make_cards(guide):
        for side in learner.card(card.id):
            file = learner.folder / "card.html"
            file.write_text(page_of(learner, side, night=False), encoding="utf-8")
            page.goto(file.as_uri())
            assert page.evaluate("window.hacked") is None
            assert page.locator("script, #qa img:not(.branch img)").count() == 0
            seen += page.locator("#qa").inner_text()
    for words in HOSTILE:
        assert words in seen


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [360, 1000])
def test_a_card_can_be_read(learner: Learner, page: Page, night: bool, width: int) -> None:
    cards = {}
    # Only one of them relates options.
    for name in ("damaged_library_book", "ear_infection_in_a_child", "haengende_zimmerpflanze"):
        guide = tree.load(ROOT / "data" / name)
        learner.imports(apkg(guide, THEN))
        cards |= {card.kind: card for card in make_cards(guide)}
    page.set_viewport_size({"width": width, "height": 800})
    assert cards.keys() == set(CardKind)
    for card in cards.values():
        file = learner.folder / "card.html"
        file.write_text(page_of(learner, learner.card(card.id)[1], night), encoding="utf-8")
        page.goto(file.as_uri())
        # Nothing is wider than the screen, and every picture is there.
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for image in page.locator("img").all():
            assert image.evaluate("image => image.complete && image.naturalWidth > 0")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for part in ("blockquote", "small", ".title", ".answer", ".question"):
            ink = page.locator(part).first.evaluate("part => getComputedStyle(part).color")
            assert contrast(ink, paper) >= 4.5, part
        assert (luminance(paper) < 0.1) is night


def luminance(color: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_hostile_words_stay_words_in_moodle(tmp_path: Path, page: Page) -> None:
    write_hostile_guide(tmp_path / "hostile")
    _, questions = bank(tree.load(tmp_path / "hostile"))
    seen = ""
    for question in questions:
        for part in question.iter():
            if part.get("format") != "html":
                continue
            page.set_content(text(part))
            assert page.evaluate("window.hacked") is None
            assert page.locator("script, img:not(.branch img)").count() == 0
            seen += page.locator("body").inner_text()
    for words in HOSTILE:
        assert words in seen
