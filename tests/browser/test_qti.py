"""Questions as QTI, answered in a player that is not ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import serving_files
from hostile import write_hostile_guide
from places import DATA
from playwright.sync_api import Page
from qti_player import Played, write_player

import tree
from tree.exchange.qti import package
from tree.teaching.cards.answering import Answering, Way, answerings
from tree.teaching.cards.cards import Card, make_cards


def check_item(item: Played, card: Card, how: Answering, right: bool) -> None:
    """Answer rightly, or wrongly as far as it goes, and look at score and feedback."""
    for line in (*card.given, card.question):
        assert " ".join(line.split()) in item.words
    if how.way is Way.NONE:
        assert item.submit()["SCORE"] == "0"
    elif how.way is Way.CHOICE:
        at = how.choices.index(how.right)
        item.choices.nth(at if right else (at + 1) % len(how.choices)).click()
        assert item.submit()["SCORE"] == ("1" if right else "0")
    else:
        columns = len(how.choices)
        for row, (_, label) in enumerate(card.standings):
            at = how.choices.index(label)
            # Only the first row is wrong: each counts for itself.
            item.tick(row, at if right or row else (at + 1) % columns, columns)
        wanted = len(card.standings) - (not right)
        assert item.submit()["SCORE"] == str(wanted)
    outcome = item.submit()
    assert outcome["FEEDBACK"] == ("read" if how.way is Way.NONE else "right" if right else "wrong")
    assert (
        outcome["MAXSCORE"]
        == {
            Way.NONE: "0",
            Way.CHOICE: "1",
            Way.MATCH: str(len(card.standings)),
        }[how.way]
    )
    for sentence in card.sentences:
        assert " ".join(sentence.words.split()) in item.feedback


@pytest.mark.parametrize("version", ["3", "2.1"])
@pytest.mark.parametrize(
    ("name", "right"), [("metastatic_liver_cancer", True), ("damaged_library_book", False)]
)
def test_every_item_is_graded(
    page: Page, tmp_path: Path, node: str, name: str, right: bool, version: str
) -> None:
    guide = tree.load(DATA / name)
    items = write_player(tmp_path, package(guide, version), node if version == "2.1" else "")
    cards = list(answerings(guide, make_cards(guide)))
    assert len(cards) == len(items)
    with serving_files(tmp_path) as url:
        for item, (card, how) in zip(items, cards, strict=True):
            check_item(Played(page, url, item), card, how, right)


@pytest.mark.parametrize("version", ["3", "2.1"])
def test_hostile_words_are_words(page: Page, tmp_path: Path, node: str, version: str) -> None:
    write_hostile_guide(tmp_path / "hostile")
    guide = tree.load(tmp_path / "hostile")
    (tmp_path / "player").mkdir()
    made = package(guide, version)
    items = write_player(tmp_path / "player", made, node if version == "2.1" else "")
    cards = list(answerings(guide, make_cards(guide)))
    with serving_files(tmp_path / "player") as url:
        for item, (card, how) in zip(items, cards, strict=True):
            check_item(Played(page, url, item), card, how, right=True)
            assert page.evaluate("window.hacked") is None
