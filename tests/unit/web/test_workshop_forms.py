"""The forms of the workshop: an entry that is opened and saved unchanged says what it said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from in_node import in_node
from places import DATA, ROOT

import tree
from tree.authoring import entries
from tree.authoring.edits import applied
from tree.authoring.form_fields import as_written, form_fields
from tree.authoring.guide_files import GuideFiles, guide_files
from tree.loading.sources import CASES_FILE

FORMS = ROOT / "tree/web/static/workshop/forms.js"
# Reads entries, opens each in a form, and says what the form would ask for: unchanged, and as a new
# entry with all that stands in it.
SCRIPT = f"""
import {{ readFileSync }} from "node:fs";
import {{ askedOf, newForm }} from {json.dumps(FORMS.as_uri())};
const found = JSON.parse(readFileSync(0, "utf-8")).map(({{ section, id, fields }}) => ({{
  unchanged: askedOf(newForm(section, fields, id)),
  anew: askedOf(newForm(section, fields)),
  whole: newForm(section, fields).values.condition !== null,
}}));
console.log(JSON.stringify(found));
"""
CONDITION = {"when", "any", "all"}
GUIDES = sorted(path.parent for path in DATA.glob("*/guide.yaml"))


def files_of(folder: Path) -> GuideFiles:
    cases = folder / "cases.yaml"
    return guide_files(
        (folder / "guide.yaml").read_text("utf-8"),
        cases.read_text("utf-8") if cases.exists() else "",
    )


def through_forms(node: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(in_node(node, ["--input-type=module", "-e", SCRIPT], found))


@pytest.mark.parametrize("folder", GUIDES, ids=lambda folder: folder.name)
def test_an_entry_that_is_saved_unchanged_changes_nothing(node: str, folder: Path) -> None:
    guide, files = tree.load(folder), files_of(folder)
    sections = {"passages", "factors", "options", "groups", "scopes", "statements", "context"}
    found = [
        {"section": path[0], "id": path[1], "fields": form_fields(files, guide.text, path)}
        for path in files.nodes
        if len(path) == 2 and path[0] in sections | {CASES_FILE}
    ]
    made = through_forms(node, found)
    assert [each["unchanged"] for each in made] == [None] * len(found)
    # All of the conditions of the guides that ship have a form.
    assert [e["fields"] for e, m in zip(found, made, strict=True) if not m["whole"]] == []
    # Written anew from what stands in the form, each field says the same.
    for entry, each in zip(found, made, strict=True):
        path = (entry["section"], entry["id"])
        fields = each["anew"]["fields"]
        assert {*entry["fields"]} - {"draft"} - CONDITION <= {*fields}, path
        # A condition may be written in another way, and mean the same.
        gone = CONDITION & {*entry["fields"]} - {*fields}
        written = as_written(fields) | dict.fromkeys(gone)
        if path[0] != CASES_FILE:
            edit = entries.changed(files, guide.text, path, written)
            files = after(files, edit)
    again = tree.check_text(guide.text.content, files.guide)
    assert again.ok, str(again)
    assert again.guide is not None
    assert again.guide.statements == guide.statements
    assert again.guide.factors == guide.factors
    assert again.guide.options == guide.options
    assert again.guide.groups == guide.groups
    assert again.guide.scopes == guide.scopes


def after(files: GuideFiles, edit: Any) -> GuideFiles:
    made = applied(files, edit)
    assert isinstance(made, GuideFiles), str(made)
    return made


CONDITIONS = [
    ({}, None),
    ({"when": {"a": "yes", "b": ["x", "y"]}}, None),
    ({"when": {"a": {"not": "no"}, "n": {"from": "3", "below": "9"}}}, None),
    ({"any": {"a": "yes", "b": "x"}}, None),
    ({"any": [{"a": "yes", "b": "x"}, {"c": "no"}]}, None),
    (
        {"when": {"a": "yes", "any": {"b": "x", "c": "no"}}},
        {"when": {"a": "yes"}, "any": {"b": "x", "c": "no"}},
    ),
    ({"all": [{"any": {"a": "yes", "b": "x"}}, {"any": {"c": "no", "d": "z"}}]}, None),
    ({"when": {"at_least": {"2": {"a": "yes", "b": "x"}}, "c": "no"}}, None),
    (
        {"when": {"a": "yes"}, "any": [{"b": "x", "c": "no"}, {"d": "z"}]},
        {"any": [{"a": "yes", "b": "x", "c": "no"}, {"a": "yes", "d": "z"}]},
    ),
    ({"any": {"at_least": {"2": {"a": "yes", "b": "x"}}, "c": "no"}}, None),
]


@pytest.mark.parametrize(("fields", "written"), CONDITIONS)
def test_conditions(node: str, fields: dict[str, Any], written: dict[str, Any] | None) -> None:
    entry = {"quote": [{"at": [0, 3]}], **fields, "offer": "tea"}
    (made,) = through_forms(node, [{"section": "statements", "id": "s", "fields": entry}])
    assert made["unchanged"] is None
    assert made["whole"]
    keys = {"when", "any", "all"}
    found = {key: value for key, value in made["anew"]["fields"].items() if key in keys}
    assert found == (written or fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"any": [{"a": "yes", "any": {"b": "x"}}, {"c": "no"}]},
        {"when": {"a": ["yes", "no"]}, "any": [{"a": "yes", "c": "no"}, {"d": "z"}]},
    ],
)
def test_a_condition_of_another_shape_stays_as_it_is(node: str, fields: dict[str, Any]) -> None:
    entry = {"quote": [{"at": [0, 3]}], **fields, "offer": "tea"}
    (made,) = through_forms(node, [{"section": "statements", "id": "s", "fields": entry}])
    assert (made["unchanged"], made["whole"]) == (None, False)
    assert not made["anew"]["fields"].keys() & {"when", "any", "all"}


# --- the answers to a question ------------------------------------------------------------------

WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters=";", exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=5,
)
NUMBERS = st.integers(-9, 99).map(str) | st.sampled_from(["0.5", "4.25"])
RANGES = st.fixed_dictionaries(
    {}, optional={"from": NUMBERS, "below": NUMBERS}
) | st.fixed_dictionaries({}, optional={"over": NUMBERS, "to": NUMBERS})
BESIDE = {
    "unit": WORDS,
    "range": RANGES.filter(bool),
    "also": st.lists(WORDS, min_size=1, max_size=3),
}
ANSWERS = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"values": st.lists(WORDS, min_size=2, max_size=4, unique=True)}),
    st.fixed_dictionaries(
        {"unit": WORDS}, optional={key: BESIDE[key] for key in ("range", "also")}
    ),
    st.fixed_dictionaries(
        {"values": st.dictionaries(WORDS, RANGES.filter(bool), min_size=2, max_size=4)},
        optional=BESIDE,
    ),
    st.fixed_dictionaries(
        {
            "score": st.dictionaries(
                st.sampled_from(["a", "b", "c"]),
                NUMBERS | st.dictionaries(WORDS, NUMBERS, min_size=2, max_size=3),
                min_size=1,
            )
        }
    ),
)


@examples(10, deadline=None)
@given(st.lists(ANSWERS, min_size=20, max_size=40))
def test_all_kinds_of_answers_have_a_form(node: str, answers: list[dict[str, Any]]) -> None:
    base = {"question": "How?", "quote": [{"at": [0, 3]}]}
    found = [{"section": "factors", "id": "f", "fields": base | each} for each in answers]
    for entry, made in zip(found, through_forms(node, found), strict=True):
        assert made["unchanged"] is None
        assert made["anew"]["fields"] == entry["fields"]
