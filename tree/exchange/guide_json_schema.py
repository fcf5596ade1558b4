"""The shape of a guide as JSON, as a JSON Schema."""

from __future__ import annotations

from typing import Any

from ..loading.keys import BASES
from ..model.relations import RelationKind
from ..model.standing import Standing

FORMAT = 1
DRAFT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]
_WORDS = {"type": "string"}
_PLACE = {"type": "integer", "minimum": 0}
_TRUE = {"type": "boolean"}


def schema() -> Json:
    """The JSON Schema, draft 2020-12, of what `guide_json.data` makes.

    >>> schema()["properties"]["format"]
    {'const': 1}
    """
    return {
        "$schema": DRAFT,
        "title": "A guide: a text, what was read in it, and the trees that this makes",
        **_object(
            format={"const": FORMAT},
            id=_about("the name of its folder"),
            title=_WORDS,
            language=_about("a language tag, such as en or pt-BR"),
            subject=_object(one=_WORDS, many=_WORDS, medical=_TRUE),
            text=_object(file=_WORDS, content=_WORDS, passages=_list("passage")),
            grades=_several(_object(grade=_WORDS, means=_WORDS)),
            factors=_list("factor"),
            counts=_list("count"),
            options=_list("option"),
            groups=_list("group"),
            scopes=_list("scope"),
            statements=_list("statement"),
            context=_several(_object(quote=_ref("quote"), reason=_WORDS)),
            unclaimed=_list("quote"),
            drafts=_several(_object(kind=_WORDS, id=_WORDS)),
            examples=_several(_object(name=_WORDS, answers=_named(_WORDS))),
            cases=_list("case"),
            trees=_list("tree"),
            everyone=_ref("standings"),
            yaml=_about(
                "guide.yaml, from which the guide is made again; empty where there is none"
            ),
        ),
        "$defs": {**_of_text(), **_of_factors(), **_of_statements(), **_of_trees()},
    }


def _of_text() -> Json:
    quote = _object(words=_WORDS, start=_PLACE, end=_PLACE, passage=_WORDS)
    given = _object(factor=_WORDS, value=_WORDS, words=_several(_WORDS))
    return {
        "passage": _object(id=_WORDS, author=_WORDS, start=_PLACE, end=_PLACE),
        "quote": {**quote, "description": "text.content[start:end] in Unicode code points"},
        "case": _object(
            id=_WORDS, story=_WORDS, given=_several(given), distractors=_several(_WORDS)
        ),
    }


def _of_factors() -> Json:
    limit = {"type": ["number", "null"]}
    factor: Json = {
        "id": _WORDS,
        "question": _WORDS,
        "short": _WORDS,
        "help": _WORDS,
        "values": _several(_object(name=_WORDS, band=_ref("band"))),
        "unit": _WORDS,
        "range": _ref("band"),
        "asked_if": _ref("conjunction"),
        "quotes": _list("quote"),
        "judgement": {"anyOf": [_ref("quote"), {"type": "null"}]},
    }
    points = _object(factor=_WORDS, values=_named({"type": "number"}))
    band = _object(low=limit, low_inside=_TRUE, high=limit, high_inside=_TRUE)
    asked = _object(factor=_WORDS, values={**_several(_WORDS), "minItems": 1})
    return {
        "factor": _object(**factor),
        "count": _object(**factor, points=_several(points)),
        "band": {"anyOf": [band, {"type": "null"}]},
        "conjunction": {**_several(asked), "description": "all of these hold"},
        "condition": {**_list("conjunction"), "description": "one of these holds"},
    }


def _of_statements() -> Json:
    named: Json = {
        "id": _WORDS,
        "name": _WORDS,
        "synonyms": _several(_WORDS),
        "quotes": _list("quote"),
        "does": _list("quote"),
    }
    relation = _object(kind={"enum": [*map(str, RelationKind)]}, members=_several(_WORDS))
    return {
        "option": _object(**named, short=_WORDS),
        "group": _object(**named, options=_several(_WORDS)),
        "scope": _object(
            id=_WORDS,
            start=_PLACE,
            end=_PLACE,
            condition=_ref("condition"),
            quotes=_list("quote"),
        ),
        "standings": _named({"enum": [*map(str, Standing)]}),
        "statement": _object(
            id=_WORDS,
            quotes={**_list("quote"), "minItems": 1},
            condition=_ref("condition"),
            unless=_ref("condition"),
            scopes=_several(_WORDS),
            effects=_ref("standings"),
            relation={"anyOf": [relation, {"type": "null"}]},
            remark=_WORDS,
            basis={"enum": [*BASES]},
            because=_WORDS,
            outweighs=_several(_WORDS),
            strength=_WORDS,
            grade=_WORDS,
        ),
    }


def _of_trees() -> Json:
    branch = _object(value=_WORDS, node=_PLACE)
    node = {
        "oneOf": [
            _object(factor=_WORDS, branches={**_several(branch), "minItems": 2}),
            _object(standings=_ref("standings")),
        ]
    }
    return {
        "tree": _object(
            name=_WORDS, options=_several(_WORDS), nodes={**_several(node), "minItems": 1}
        )
    }


def _object(**properties: Json) -> Json:
    """An object that has all of some properties, and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def _named(value: Json) -> Json:
    """Names of the author's choice, each with a value."""
    return {"type": "object", "additionalProperties": value}


def _several(item: Json) -> Json:
    return {"type": "array", "items": item}


def _list(shape: str) -> Json:
    return _several(_ref(shape))


def _ref(shape: str) -> Json:
    return {"$ref": f"#/$defs/{shape}"}


def _about(description: str) -> Json:
    return {**_WORDS, "description": description}
