"""The explorer's answers in Python, and its toggles."""

from __future__ import annotations

import json
from typing import Any

import pytest
from places import DATA

import tree


@pytest.fixture
def explorer() -> tree.Explorer:
    return tree.Explorer(tree.load(DATA / "damaged_library_book"))


def test_a_toggle_is_unknown_while_one_of_several_values_is_right(explorer: tree.Explorer) -> None:
    seen: list[dict[str, Any]] = []
    explorer.observe(lambda change: seen.append(change["new"]), "answers")
    explorer.answers = {"damage": ["heavy", "light"], "noted_on_slip": "no"}
    assert explorer.answers == {"damage": ("light", "heavy"), "noted_on_slip": "no"}
    assert explorer.several == {"damage": ["light", "heavy"]}
    assert explorer.toggles["damage"].value == "unknown"
    assert explorer.toggles["noted_on_slip"].value == "no"
    assert explorer.walk.answers == explorer.answers
    # Another toggle leaves it as it is, and its own says one value.
    explorer.toggles["noted_on_slip"].value = "yes"
    assert explorer.answers == {"damage": ("light", "heavy"), "noted_on_slip": "yes"}
    explorer.toggles["damage"].value = "wet"
    assert explorer.answers == {"damage": "wet", "noted_on_slip": "yes"}
    assert explorer.several == {}
    assert len(seen) == 3


@pytest.mark.parametrize("words", ["light or heavy", ["light", "heavy"], {"heavy", "light"}])
def test_several_values_may_be_written_in_all_ways(explorer: tree.Explorer, words: Any) -> None:
    explorer.answers = {"damage": words}
    assert explorer.answers == {"damage": ("light", "heavy")}


def test_what_is_wrong_changes_nothing(explorer: tree.Explorer) -> None:
    explorer.answers = {"damage": "light or heavy"}
    with pytest.raises(tree.AnswerError, match="damage: unknown value 'light or purple'"):
        explorer.answers = {"damage": "light or purple"}
    assert explorer.answers == {"damage": ("light", "heavy")}


def test_a_page_opens_on_one_of_several_values() -> None:
    html = tree.load(DATA / "damaged_library_book").to_html(answers={"damage": "light or heavy"})
    data = html.partition('id="dtree-payload">')[2].partition("</script>")[0]
    assert json.loads(data)["start"] == [["light", "heavy"], *[None] * 5]
