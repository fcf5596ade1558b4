"""What a screen asks for becomes a step, or a clear refusal; places are letters of Unicode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import DATA

import tree
from tree.authoring.edits import Conflict, Edit, applied
from tree.authoring.form_fields import form_fields
from tree.authoring.guide_files import GuideFiles, guide_files
from tree.authoring.screen_state import screen_state
from tree.authoring.screen_steps import step
from tree.loading.sources import CASES_FILE
from tree.model.text import Text

TEXT = Text("text.txt", "🫖 If it rains, drink tea. Otherwise walk. Good luck!")
TEA = guide_files(
    """\
title: Tea?
drafted: {by: a parrot}
factors:
  rain: {question: Does it rain?, quote: If it rains, draft: true}
options:
  tea: {name: tea, quote: drink tea}
statements:
  drink:
    quote: If it rains, drink tea.
    when: {rain: yes}
    offer: tea
    draft: true
unclaimed:
  - Otherwise walk.
  - Good luck!
"""
)


def made(files: GuideFiles, asked: dict[str, Any], text: Text = TEXT) -> GuideFiles:
    edit = step(files, text, asked)
    assert isinstance(edit, Edit), str(edit)
    after = applied(files, edit)
    assert isinstance(after, GuideFiles), str(after)
    assert applied(after, edit.undone) == files
    return after


def at(words: str) -> dict[str, Any]:
    start = TEXT.content.index(words)
    return {"at": [start, start + len(words)]}


def test_an_entry_is_added_and_its_sentence_is_no_longer_unclaimed() -> None:
    fields = {"quote": [at("Good luck!")], "reason": "an aside"}
    after = made(TEA, {"do": "add", "section": "context", "fields": fields})
    assert "quote: Good luck!" in after.guide
    assert after.ids("unclaimed") == ("Otherwise walk.",)


def test_only_what_has_been_changed_is_written() -> None:
    asked = {
        "do": "change",
        "path": ["statements", "drink"],
        "fields": {"offer": None, "prefer": ["tea"]},
        "was": {"offer": "tea", "prefer": None},
    }
    after = made(TEA, asked)
    assert after.guide == TEA.guide.replace("offer: tea", "prefer: tea")


@pytest.mark.parametrize("was", [{"offer": "cocoa"}, {"prefer": "tea"}, {"when": {}}])
def test_what_is_another_one_by_now_is_a_conflict(was: dict[str, Any]) -> None:
    asked = {
        "do": "change",
        "path": ["statements", "drink"],
        "fields": {"offer": ["x"]},
        "was": was,
    }
    found = step(TEA, TEXT, asked)
    assert isinstance(found, Conflict)
    assert "offer: tea" in str(found.entries[0].found)
    gone = step(TEA, TEXT, asked | {"path": ["statements", "walk"]})
    assert isinstance(gone, Conflict)
    assert gone.entries[0].found is None


def test_values_are_renamed_wherever_they_are_named() -> None:
    plain = TEA.guide.replace("quote: If it rains, draft: true", "quote: If it rains")
    files = guide_files(
        plain.replace("Does it rain?", "Rain?, values: [heavy, light]").replace("yes", "heavy")
    )
    asked = {
        "do": "change",
        "path": ["factors", "rain"],
        "fields": {"question": "How much rain?"},
        "was": {"question": "Rain?"},
        "renamed": {"heavy": "a lot"},
    }
    after = made(files, asked)
    assert "values: [a lot, light]" in after.guide
    assert "when: {rain: a lot}" in after.guide
    assert "How much rain?" in after.guide


def test_who_proposed_it_goes_with_the_last_that_is_confirmed() -> None:
    first = made(TEA, {"do": "confirm", "path": ["factors", "rain"]})
    assert "drafted" in first.guide
    last = made(first, {"do": "confirm", "path": ["statements", "drink"]})
    assert "draft" not in last.guide


def test_what_was_read_together_is_confirmed_at_once() -> None:
    rain, drink = ["factors", "rain"], ["statements", "drink"]
    asked = {"do": "confirm", "path": rain, "also": [{"path": drink, "was": {"offer": "tea"}}]}
    assert "draft" not in made(TEA, asked).guide


@pytest.mark.parametrize("place", ["path", "also"])
def test_what_has_changed_since_it_was_read_is_not_confirmed(place: str) -> None:
    rain = {"path": ["factors", "rain"], "was": {"question": "Does it snow?"}}
    drink = {"path": ["statements", "drink"], "was": {}}
    first, second = (rain, drink) if place == "path" else (drink, rain)
    result = step(TEA, TEXT, {"do": "confirm", **first, "also": [second]})
    assert isinstance(result, Conflict)
    assert [each.path for each in result.entries] == [("factors", "rain")]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "no step is called None"),
        ({"do": "burn"}, "no step is called 'burn'"),
        ({"do": "confirm", "path": "rain"}, "no entry has the path 'rain'"),
        ({"do": "confirm", "path": ["options", "tea"]}, "'tea' in options is no draft"),
        ({"do": "confirm", "path": ["options", "no"]}, "there is no entry 'no' in options"),
        ({"do": "remove", "path": ["options", "no"]}, "there is no entry 'no' in options"),
        ({"do": "move", "path": ["options", "tea"], "behind": "no"}, "cannot be moved there"),
        ({"do": "set", "key": "options", "value": "x"}, "no key of a guide with a single value"),
        ({"do": "add", "section": "soup", "fields": {}}, "no section is called 'soup'"),
        ({"do": "add", "section": "options", "fields": []}, "fields must have names"),
        (
            {"do": "add", "section": "options", "fields": {"quote": {"at": ["a", 2]}}},
            "no place in the text",
        ),
        (
            {"do": "add", "section": "options", "fields": {"quote": {"at": [5, 900]}}},
            "nothing is selected",
        ),
    ],
)
def test_what_no_screen_asks_is_refused(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        made(TEA, asked)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.just("tea"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["at", "lost", "quote", "name", "rain", "any"]), inner)
    ),
    max_leaves=8,
)
ASKED = st.fixed_dictionaries(
    {
        "do": st.sampled_from(["add", "change", "remove", "confirm", "move", "set", "unconfirm"]),
        "path": st.sampled_from([["statements", "drink"], ["options", "tea"], ["factors", "x"]])
        | ANYTHING,
        "section": st.sampled_from(["options", "statements", "context", CASES_FILE]) | ANYTHING,
        "fields": st.dictionaries(st.sampled_from(["quote", "name", "when", "offer"]), ANYTHING),
        "key": st.sampled_from(["title", "options"]) | ANYTHING,
        "value": ANYTHING,
        "renamed": st.dictionaries(st.just("yes"), st.text(max_size=4)),
    }
)


@given(ASKED)
def test_nothing_that_is_sent_breaks_anything(asked: dict[str, Any]) -> None:
    """A step or a refusal; and where it is a step, it can be taken back."""
    try:
        edit = step(TEA, TEXT, asked)
        after = applied(TEA, edit) if isinstance(edit, Edit) else edit
    except (ValueError, tree.TreeError):
        return
    if isinstance(after, GuideFiles):
        assert applied(after, edit.undone) == TEA


# --- grades, trees and examples -----------------------------------------------------------------

TITLED = guide_files(
    """\
title: Tea?
factors:
  rain: {question: Does it rain?, quote: If it rains}
options:
  tea: {name: tea, quote: drink tea}
  walk: {name: a walk, quote: walk}
trees: {Indoors: tea}  # what is in the house
# as the text says
grades:
  # the strongest
  1A: do it
  '2 C': "if you like: do"
statements:
  drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea, grade: 1A}
  stroll: {quote: Otherwise walk., when: {rain: no}, offer: walk, grade: '2 C'}
examples:
  Wet day: {rain: yes}
"""
)


def test_a_grade_is_called_otherwise_wherever_it_is_given() -> None:
    path = ["grades", "2 C"]
    assert form_fields(TITLED, TEXT, ("grades", "2 C")) == {
        "title": "2 C",
        "meaning": "if you like: do",
    }
    asked = {"do": "change", "path": path, "fields": {"title": "2: C"}, "was": {"title": "2 C"}}
    after = made(TITLED, asked)
    assert after.guide == TITLED.guide.replace("'2 C'", "'2: C'")
    gone = made(TITLED, {"do": "remove", "path": path, "along": True})
    assert "2 C" not in gone.guide
    assert "# the strongest" in gone.guide
    with pytest.raises(ValueError, match="still named by: 'stroll' in statements"):
        made(TITLED, {"do": "remove", "path": path})
    # What somebody else has changed meanwhile is asked about.
    late = asked | {"was": {"title": "2 C", "meaning": "something else"}}
    assert isinstance(step(TITLED, TEXT, late), Conflict)


@pytest.mark.parametrize(
    ("section", "fields", "says"),
    [
        ("grades", {"title": " ", "meaning": "x"}, "say what it is called"),
        ("grades", {"title": "1A", "meaning": "x"}, "of this name already"),
        ("trees", {"title": "Outdoors", "options": []}, "nothing is chosen"),
        ("examples", {"title": "Dry day", "answers": "rain"}, "nothing is chosen"),
    ],
)
def test_what_has_no_title_or_holds_nothing_is_refused(
    section: str, fields: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        made(TITLED, {"do": "add", "section": section, "fields": fields})


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=8)
HELD = st.one_of(
    st.tuples(st.just("grades"), st.fixed_dictionaries({"title": LINES, "meaning": LINES})),
    st.tuples(
        st.just("trees"),
        st.fixed_dictionaries(
            {"title": LINES, "options": st.lists(st.sampled_from(["tea", "walk"]), min_size=1)}
        ),
    ),
    st.tuples(
        st.just("examples"),
        st.fixed_dictionaries({"title": LINES, "answers": st.just({"rain": "no"})}),
    ),
)
OLD = {"grades": "1A", "trees": "Indoors", "examples": "Wet day"}


@given(HELD, st.booleans())
def test_whatever_a_title_holds_is_read_back_as_it_was_written(
    held: tuple[str, dict[str, Any]], is_new: bool
) -> None:
    section, fields = held
    path = [section, OLD[section]]
    asked: dict[str, Any] = {"do": "change", "path": path, "fields": fields}
    if is_new:
        asked = {"do": "add", "section": section, "fields": fields}
    wanted = {
        key: " ".join(value.split()) if isinstance(value, str) else value
        for key, value in fields.items()
    }
    if not all(wanted.values()) or (section, wanted["title"]) in TITLED.nodes:
        return
    after = made(TITLED, asked)
    assert form_fields(after, TEXT, (section, wanted["title"])) == wanted
    # Every other entry says what it said.
    for other in TITLED.nodes:
        if len(other) == 2 and other != tuple(path) and other[0] != "statements":
            assert form_fields(after, TEXT, other) == form_fields(TITLED, TEXT, other)


@pytest.mark.parametrize("folder", sorted(DATA.glob("*/guide.yaml")), ids=lambda p: p.parent.name)
def test_the_state_has_every_entry_and_the_words_of_every_quote(folder: Path) -> None:
    guide = tree.load(folder.parent)
    cases = folder.with_name("cases.yaml")
    files = guide_files(
        folder.read_text("utf-8"), cases.read_text("utf-8") if cases.exists() else ""
    )
    state = screen_state(files, guide.text, guide, True, (), guide.vignettes)
    letters = state["text"]
    by_id = {(each["section"], each["id"]): each for each in state["entries"]}
    for statement in guide.statements:
        entry = by_id["statements", statement.id]
        words = [letters[start:end] for start, end in entry["quotes"]]
        assert words == [quote.words for quote in statement.quotes]
        places = [quote["at"] for quote in entry["fields"]["quote"]]
        assert places == [[q.start, q.end] for q in statement.quotes]
    assert {id for section, id in by_id if section == "factors"} == {f.id for f in guide.factors}
    assert {id for section, id in by_id if section == "options"} == {o.id for o in guide.options}
    assert len(state["sentences"]) == len(guide.coverage().sentences)
    assert (state["left"], state["problems"]) == (0, [])
    assert [case["id"] for case in state["cases"]] == [v.id for v in guide.vignettes]
    assert all(case["read"] for case in state["cases"])


def test_a_quote_that_is_not_there_is_kept_as_words() -> None:
    files = guide_files("options: {tea: {name: tea, quote: [drink cocoa, drink tea]}}")
    fields = form_fields(files, TEXT, ("options", "tea"))
    assert fields["quote"][0] == {"lost": "drink cocoa"}
    after = made(
        files,
        {"do": "change", "path": ["options", "tea"], "fields": {"quote": fields["quote"][:1]}},
    )
    assert "quote: drink cocoa" in after.guide
