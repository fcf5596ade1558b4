"""A guide as JSON is what its schema says, and makes the same guide again."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import written_guides
from chances import chances
from examples import examples
from hypothesis import given
from random_guides import guide as guide_of
from random_guides import readings_beside
from strange_guides import GUIDE, TEXT

import tree
from tree.exchange.guide_json import data, digest, from_data, schema

GUIDES = [guide.name for guide in tree.guides()]
VALIDATOR = jsonschema.Draft202012Validator(schema())


def written(guide: tree.Guide) -> Any:
    """What stands in a file."""
    return json.loads(json.dumps(data(guide), allow_nan=False))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_comes_back(name: str) -> None:
    guide = tree.load(name)
    found = written(guide)
    VALIDATOR.validate(found)
    again = tree.loads(*from_data(found))
    assert again.statements == guide.statements
    assert again.factors == guide.factors
    assert [str(each) for each in again.trees] == [str(each) for each in guide.trees]


def test_everything_that_the_format_has_is_in_it() -> None:
    guide = tree.loads(TEXT, GUIDE)
    found = written(guide)
    VALIDATOR.validate(found)
    assert from_data(found) == (TEXT, GUIDE)
    empty = [key for key, value in found.items() if value in ([], {}, "")]
    assert empty == ["cases", "everyone"]


@pytest.mark.parametrize("name", GUIDES)
def test_a_quote_stands_where_it_says(name: str) -> None:
    found = written(tree.load(name))
    quotes = [*quotes_in(found)]
    assert len(quotes) > 20
    content = found["text"]["content"]
    assert all(content[each["start"] : each["end"]] == each["words"] for each in quotes)


def quotes_in(found: Any) -> list[dict[str, Any]]:
    below = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    own = [found] if isinstance(found, dict) and "passage" in found else []
    return own + [each for part in below for each in quotes_in(part)]


@pytest.mark.parametrize("name", GUIDES)
def test_its_trees_decide_as_the_guide_does(name: str) -> None:
    guide = tree.load(name)
    found = written(guide)
    for case in guide.cases(minimal=True):
        said = dict(found["everyone"])
        for each in found["trees"]:
            node = each["nodes"][0]
            while "factor" in node:
                [after] = [
                    b["node"] for b in node["branches"] if b["value"] == case[node["factor"]]
                ]
                node = each["nodes"][after]
            said |= node["standings"]
        walk = guide.walk(case)
        assert said == {id: str(each.standing) for id, each in walk.standings.items()}


@examples(60)
@given(readings_beside())
def test_a_random_guide_is_what_the_schema_says(made: Any) -> None:
    guide = guide_of(made[0])
    found = written(guide)
    VALIDATOR.validate(found)
    with pytest.raises(tree.TreeError, match="'yaml' must hold"):
        from_data(found)


@examples(40)
@given(chances(600))
def test_a_random_guide_comes_back(chance: Any) -> None:
    yaml = written_guides.written(written_guides.guide(chance))
    try:
        guide = tree.loads(written_guides.text(), yaml)
    except tree.TreeError:
        return
    found = written(guide)
    VALIDATOR.validate(found)
    assert from_data(found) == (written_guides.text(), yaml)


def test_nothing_is_said_of_the_computer() -> None:
    assert written(tree.load("metastatic_liver_cancer"))["text"]["file"] == "text.txt"


def test_a_digest_is_that_of_what_was_read() -> None:
    first = digest(tree.loads(TEXT, GUIDE))
    assert first == digest(tree.loads(TEXT, f"# A remark\n{GUIDE}"))
    assert first != digest(tree.loads(TEXT, GUIDE.replace("offer: walk", "prefer: walk")))


def changed(**parts: Any) -> Any:
    return {**written(tree.load("metastatic_liver_cancer")), **parts}


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([], "guide.json: is no guide: it has no 'format'"),
        ({}, "guide.json: is no guide: it has no 'format'"),
        ({"format": 2}, "guide.json: unknown format '2': allowed: 1"),
        ({"format": True}, "guide.json: unknown format 'True': allowed: 1"),
        ({"format": 1}, "guide.json: 'text' must have a 'content' in words"),
        (changed(text={"content": 3}), "guide.json: 'text' must have a 'content' in words"),
        (changed(yaml=""), "guide.json: 'yaml' must hold the guide.yaml that the guide was read"),
        (changed(yaml=None), "guide.json: 'yaml' must hold the guide.yaml that the guide was read"),
        (changed(yaml="title: x"), "guide.yaml:1:1: the guide lacks the key 'factors'"),
        (changed(trees=[]), "differs from its text and its yaml, which alone are read: trees"),
        (changed(subject={"one": "cat", "many": "patients"}), ": subject.one, subject.medical"),
    ],
    ids=range(11),
)
def test_what_cannot_be_read_is_refused(found: Any, message: str) -> None:
    with pytest.raises(tree.TreeError) as refused:
        from_data(found)
    assert message in str(refused.value)
    assert all(len(str(problem)) < 700 for problem in refused.value.problems)
