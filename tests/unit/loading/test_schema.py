"""The JSON Schema says of a guide's shape what the loader says, and is kept fresh."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from places import BAD, ROOT
from ruamel.yaml import YAML

import tree
from tree.loading.schema import schema

GUIDES = sorted((ROOT / "data").glob("*/guide.yaml"))
VALIDATOR = jsonschema.Draft7Validator(schema())

START = """
title: Tea or a walk?
factors:
  rain: {question: Does it rain?, quote: If it rains}
  wind: {question: How windy?, quote: wind, values: [none, light, strong]}
  hour:
    question: What time?
    quote: wind
    unit: h
    values: {day: {from: 8, to: 20}, night: {over: 20}}
  warm: {question: How warm?, quote: wind, unit: degrees, range: {over: -40}, also: [not known]}
options:
  tea: {name: tea, quote: [drink tea, {words: wind, nth: 1}], draft: true}
statements:
  drink: {quote: "If it rains, drink tea.", %s, offer: tea}
  warmth: {quote: Mind, when: {warm: {from: 10}}, offer: tea}
"""
TEXT = "If it rains, drink tea. Mind the wind."
GOOD = [
    "when: {rain: yes}",
    "when: {rain: [yes, no], wind: {not: none}}",
    "when: {wind: {not: [none, light]}, any: {rain: yes, hour: day}}",
    "any: {rain: yes, all: {wind: light, hour: day}}",
    "any: [{rain: yes, wind: light}, {rain: no, any: {wind: strong, hour: night}}]",
    "all: [{any: {rain: yes, wind: light}}, {any: {wind: strong, hour: night}}]",
    "all: {rain: yes, any: {wind: light, hour: day}}",
    "when: {rain: yes}, unless: {wind: strong, any: {hour: night, warm: {below: 3.5}}}",
    "when: {warm: [{from: -3, below: 7}, {from: 30}, not known], hour: {over: 20}}",
    "when: {warm: {not: [{over: 4.5, to: 9}]}}",
]
REFUSED = [
    "when: rain",
    "when: {rain: {nor: yes}}",
    "when: {rain: {not: yes, or: no}}",
    "when: {any: {all: {any: {rain: yes}}}}",
    "any: {}",
    "any: []",
    "all: {any: {rain: yes, all: {any: {wind: light}}}}",
    "wenn: {rain: yes}",
    "draft: false",
    "basis: guessed",
    "when: {rain: []}",
    "unless: [{rain: yes}, {wind: strong}]",
    "unless: rain",
    "when: {warm: {above: 3}}",
    "when: {warm: {not: {over: 3, above: 3}}}",
    "when: {warm: {over: three}}",
    "recommend: tea",
]
MORE = [
    "subject: {one: guest, many: guests}",
    "grades: {1A: strong, 2C: weak}",
    "trees: {Drinks: [tea]}",
    "trees: {Drinks: tea}",
    "scopes: {all: {passage: text, when: {rain: yes}}}",
    "scopes: {all: {begins: If it, ends: the wind., any: {rain: yes}, quote: If it}}",
    "context: {last: {quote: Mind the wind., reason: aside}}",
    "context: {quote: Mind the wind., reason: aside}",
    "context: [{quote: Mind the wind., reason: aside}]",
    "unclaimed: {last: Mind the wind.}",
    "unclaimed: {last: {quote: Mind the wind.}, first: {words: wind, nth: 1}}",
    "unclaimed: {words: wind, nth: 1}",
    "unclaimed: [Mind the wind.]",
    "unclaimed:",
]
MORE_REFUSED = [
    "subject: guest",
    "subject: {one: guest}",
    "grades: [1A, 2C]",
    "grades: {}",
    "trees: {}",
    "trees: [tea]",
    "trees: {Drinks: []}",
    "scopes: {}",
    "scopes: {all: {passage: text, when: rain}}",
    "context: {last: aside}",
    "context: {last: {quote: Mind the wind.}}",
    "unclaimed: {last: [Mind, the wind.]}",
    "unclaimed: {last: {quote: Mind, reason: aside}}",
]


def read(source: str) -> object:
    return YAML(typ="safe", pure=True).load(source)


def errors(source: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(read(source))]


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(schema())


def test_the_file_beside_the_guides_is_fresh() -> None:
    kept = (ROOT / "data" / "guide.schema.json").read_text(encoding="utf-8")
    assert kept == json.dumps(schema(), indent=2) + "\n", "run: python -m tree schema"


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.parent.name)
def test_every_guide_fits_and_names_it(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert errors(source) == []
    assert source.startswith("# yaml-language-server: $schema=../guide.schema.json\n")


@pytest.mark.parametrize("condition", GOOD)
def test_what_the_loader_takes_fits(condition: str) -> None:
    source = START % condition
    problems = tree.check_text(TEXT, source).errors
    assert [p for p in problems if "draft" not in p.message and "never" not in p.message] == []
    assert errors(source) == []


@pytest.mark.parametrize("condition", REFUSED)
def test_what_has_the_wrong_shape_fits_neither(condition: str) -> None:
    source = START % condition
    with pytest.raises(tree.TreeError):
        tree.loads(TEXT, source)
    assert errors(source)


@pytest.mark.parametrize("more", MORE)
def test_sections_that_the_loader_takes_fit(more: str) -> None:
    source = START % "any: {rain: yes, wind: light, hour: day}" + more
    problems = tree.check_text(TEXT, source).errors
    assert [
        p.message for p in problems if "draft" not in p.message and "claimed" not in p.message
    ] == []
    assert errors(source) == []


@pytest.mark.parametrize("more", MORE_REFUSED)
def test_sections_of_the_wrong_shape_fit_neither(more: str) -> None:
    source = START % "any: {rain: yes, wind: light, hour: day}" + more
    with pytest.raises(tree.TreeError):
        tree.loads(TEXT, source)
    assert errors(source)


SHAPES = [
    "unknown_top_key",
    "unknown_key",
    "list_for_mapping",
    "missing_keys",
    "empty_list",
    "text_for_mapping",
    "nothing_for_mapping",
    "context_is_text",
    "value_alone",
    "nth_zero",
    "bad_entry_name",
    "unknown_basis",
    "unless_is_a_list",
    "limit_unknown_key",
    "context_named_wrongly",
    "subject_without_many",
    "slips_of_keys",
]


@pytest.mark.parametrize("case", SHAPES)
def test_bad_shapes_do_not_fit(case: str) -> None:
    assert errors((BAD / case / "guide.yaml").read_text(encoding="utf-8"))


def test_every_key_is_explained() -> None:
    def properties(node: object) -> list[dict[str, object]]:
        if isinstance(node, list):
            return [found for item in node for found in properties(item)]
        if not isinstance(node, dict):
            return []
        own = [node["properties"]] if "description" in str(node.get("properties")) else []
        return own + [found for value in node.values() for found in properties(value)]

    found = properties(schema())
    assert len(found) >= 9
    for each in found:
        for key, value in each.items():
            assert value["description"], key
