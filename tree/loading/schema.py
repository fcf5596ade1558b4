"""The keys of a guide as a JSON Schema, so that editors complete and explain them."""

from __future__ import annotations

from typing import Any

from . import keys

DRAFT = "http://json-schema.org/draft-07/schema#"
# An editor reads YAML's own types; the loader takes every scalar as text.
_LINE = {"type": ["string", "number", "boolean"]}


def schema() -> dict[str, Any]:
    """The schema of `guide.yaml`, draft 7, which the YAML tools of editors read best.

    It knows the shape of a guide. What only the text can tell, such as whether a quote stands
    in it, `check` says.

    >>> schema()["required"]
    ['title', 'factors', 'options', 'statements']
    """
    sections = {section.name: _section(section) for section in keys.SECTIONS}
    guide = sections.pop("guide")
    return {
        "$schema": DRAFT,
        "title": "A guide",
        **guide,
        "definitions": _shapes() | _counting() | _conditions() | sections,
    }


def _section(section: keys.Section) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            key.name: {**_ref(key.holds), "description": key.about} for key in section.keys
        },
        "required": list(section.required),
        "additionalProperties": False,
    }


def _ref(shape: str) -> dict[str, Any]:
    # What stands beside a bare $ref is not read in draft 7.
    return {"allOf": [{"$ref": f"#/definitions/{shape}"}]}


def _one_or_list(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, {"type": "array", "items": shape, "minItems": 1}]}


def _named(entry: str) -> dict[str, Any]:
    """A mapping of names of the author's choice to entries."""
    return {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
        "additionalProperties": _ref(entry),
        "minProperties": 1,
    }


def _condition(nested: bool) -> dict[str, Any]:
    """A mapping of factors to values that must all hold, perhaps with a nested any or all."""
    within = {
        keys.ANY: _ref("nested-one-of"),
        keys.ALL: _ref("nested-all-of-several"),
    }
    inner = dict.fromkeys(within, False) if nested else within
    counts = {key: _ref("count") for key in keys.COUNTS}
    return {
        "type": "object",
        "properties": {**inner, **counts},
        "additionalProperties": _ref("answer"),
    }


def _shapes() -> dict[str, Any]:
    """What a key can hold, by the names that `keys` gives these shapes."""
    quote = {"anyOf": [_LINE, _ref("quote")]}
    answers = {"type": "object", "additionalProperties": _LINE}
    one_answer = {"anyOf": [_LINE, _ref("band")]}
    several_answers = _one_or_list(one_answer)
    return {
        "line": _LINE,
        "lines": _one_or_list(_LINE),
        "ids": _one_or_list(_LINE),
        "two-ids": {"type": "array", "items": _LINE, "minItems": 2},
        "true": {"enum": [True, "true"]},
        "basis": {"enum": list(keys.BASES)},
        "number": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9.]+$"}]},
        "ordinal": {
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[1-9]"}]
        },
        "one-quote": quote,
        "quotes": _one_or_list(_ref("one-quote")),
        "passages": _named("passage"),
        "factors": _named("factor"),
        "options": _named("option"),
        "groups": _named("group"),
        "statements": _named("statement"),
        "scopes": _named("scope"),
        "grades": {"type": "object", "additionalProperties": _LINE, "minProperties": 1},
        "trees": {
            "type": "object",
            "additionalProperties": _one_or_list(_LINE),
            "minProperties": 1,
        },
        "contexts": {"anyOf": [*_one_or_list(_ref("context"))["anyOf"], _named("context")]},
        "unclaimed": _unclaimed(),
        "examples": {"type": "object", "additionalProperties": answers},
        "values": {
            "anyOf": [
                {"type": "array", "items": _LINE, "minItems": 2},
                {"type": "object", "additionalProperties": _ref("band"), "minProperties": 2},
            ]
        },
        "answer": {
            "anyOf": [
                *several_answers["anyOf"],
                {
                    "type": "object",
                    "properties": {keys.NOT: several_answers},
                    "required": [keys.NOT],
                    "additionalProperties": False,
                },
            ]
        },
    }


def _conditions() -> dict[str, Any]:
    """What can stand in a condition, nested once."""
    return {
        "all-of": _condition(nested=False),
        "all-of-several": _one_or_list(_ref("all-of")),
        "one-of": {**_one_or_list(_ref("all-of")), "minProperties": 1},
        "nested-all-of": _condition(nested=True),
        "nested-all-of-several": _one_or_list(_ref("nested-all-of")),
        "nested-one-of": {**_one_or_list(_ref("nested-all-of")), "minProperties": 1},
    }


def _counting() -> dict[str, Any]:
    """What counts answers: a score with points, and how many of several are given."""
    return {
        "score": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {
                "anyOf": [
                    _ref("number"),
                    {
                        "type": "object",
                        "minProperties": 1,
                        "additionalProperties": _ref("number"),
                    },
                ]
            },
        },
        "count": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[0-9]{1,3}$"},
            "additionalProperties": {
                "type": "object",
                "minProperties": 2,
                "additionalProperties": _ref("answer"),
            },
        },
    }


def _unclaimed() -> dict[str, Any]:
    """Quotes in a list, or by names of the author's choice, which are no keys of a quote."""
    entry = {
        "type": "object",
        "properties": {"quote": _ref("one-quote")},
        "required": ["quote"],
        "additionalProperties": False,
    }
    named = {
        "type": "object",
        "propertyNames": {
            "pattern": "^[a-z][a-z0-9_]*$",
            "not": {"enum": list(keys.QUOTE.names)},
        },
        "additionalProperties": {"anyOf": [_ref("one-quote"), entry]},
    }
    listed = {"type": ["array", "null"], "items": _ref("one-quote")}
    return {"anyOf": [listed, _ref("one-quote"), named]}
