"""A guide as JSON: its text, everything that was read in it, and the trees that this makes.

Beside what was read stand its sources, the text and `guide.yaml`, of which the guide is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from ..guide import Guide
from ..loading.cases_file import Vignette
from ..logic.build import Leaf, Tree
from ..logic.trees import of_everyone
from ..model.answers import Band
from ..model.errors import Problem, TreeError, shown
from ..model.factors import Factor
from ..model.parts import Condition, Group, Option, Scope, Standing, Statement
from ..model.relations import Relation
from ..model.text import Quote
from ..opening import loads
from .guide_json_schema import FORMAT, Json
from .guide_json_schema import schema as schema

# What the sources alone do not tell: the name of the guide, and what stands in another file.
_ELSEWHERE = ("id", "cases")
MOST_NAMED = 12  # places that differ from the sources
NAME = "guide.json"


def data(guide: Guide) -> Json:
    """The whole guide as plain data, ready for JSON; `schema` describes it.

    `format` is the version of this shape. A quote has its words and where they stand in the text:
    `text.content[start:end]`, in Unicode code points. A condition is a list of alternatives, each a
    list of what holds together: a factor, and the values of which it has one; exceptions are taken
    out of it already, and scopes are in it. A tree begins with its first node; branches and
    outcomes refer to nodes and options. `yaml` is empty where the guide was not read from a file.

    >>> from tree import load
    >>> made = data(load("metastatic_liver_cancer"))
    >>> made["format"], made["options"][0]["name"]
    (1, 'Complete surgical removal')
    """
    return {
        **_read(guide),
        "trees": [_tree(tree) for tree in guide.trees],
        "everyone": _standings(of_everyone(guide)),
        "yaml": "\n".join(source()) if (source := guide.lines.get(guide.file)) else "",
    }


def digest(guide: Guide) -> str:
    """The SHA-256 of what was read, as 64 hexadecimal figures: the same for equal guides."""
    written = json.dumps(_read(guide), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def from_data(found: object) -> tuple[str, str]:
    """The sources of a guide as JSON: its text, and `guide.yaml`; checked as any guide is.

    `found`: what `data` makes. Raises TreeError where it is something else, where something is
    wrong in the guide, and where what was read in it is not what the sources say: as these alone
    are read, changes of the rest would be lost.

    >>> from tree import load, loads
    >>> text, yaml = from_data(data(load("metastatic_liver_cancer")))
    >>> loads(text, yaml)
    <guide 'guide': 3 passages, 5 factors, 6 options, 33 statements>
    """
    if not isinstance(found, dict) or "format" not in found:
        raise _refused("is no guide: it has no 'format'")
    if found["format"] != FORMAT or isinstance(found["format"], bool):
        raise _refused(f"unknown format {shown(found['format'])}: allowed: {FORMAT}")
    text, yaml = found.get("text"), found.get("yaml")
    content = text.get("content") if isinstance(text, dict) else None
    if not isinstance(content, str):
        raise _refused("'text' must have a 'content' in words")
    if not isinstance(yaml, str) or not yaml:
        raise _refused("'yaml' must hold the guide.yaml that the guide was read from")
    differing: list[str] = []
    for key, value in data(loads(content, yaml)).items():
        if key not in _ELSEWHERE:
            differing += _differing(value, found.get(key), key)
    if differing:
        places = ", ".join(differing[:MOST_NAMED]) + ", …" * (len(differing) > MOST_NAMED)
        raise _refused(f"differs from its text and its yaml, which alone are read: {places}")
    return content, yaml


def _refused(message: str) -> TreeError:
    return TreeError([Problem(NAME, 0, 0, message)])


def _differing(own: Any, other: Any, path: str) -> Iterator[str]:
    """Where two parts of plain data differ."""
    if isinstance(own, dict) and isinstance(other, dict):
        for key in [*own, *(key for key in other if key not in own)]:
            yield from _differing(own.get(key), other.get(key), f"{path}.{key}")
    elif isinstance(own, list) and isinstance(other, list) and len(own) == len(other):
        for place, (one, two) in enumerate(zip(own, other, strict=True)):
            yield from _differing(one, two, f"{path}[{place}]")
    elif own != other:
        yield path


def _read(guide: Guide) -> Json:
    """What was read in the text."""
    subject = guide.subject
    return {
        "format": FORMAT,
        "id": guide.id,
        "title": guide.title,
        "language": guide.language,
        "subject": {
            "one": subject.singular,
            "many": subject.plural,
            "medical": subject.is_medical,
        },
        "text": {
            "file": PurePath(guide.text.file).name,
            "content": guide.text.content,
            "passages": [
                {"id": p.id, "author": p.author, "start": p.start, "end": p.end}
                for p in guide.text.passages
            ],
        },
        "grades": [{"grade": grade, "means": means} for grade, means in guide.grades],
        "factors": [_factor(factor) for factor in guide.factors],
        "counts": [{**_factor(count), "points": _points(count)} for count in guide.counts],
        "options": [_option(option) for option in guide.options],
        "groups": [{**_option(group), "options": [*group.options]} for group in guide.groups],
        "scopes": [_scope(scope) for scope in guide.scopes],
        "statements": [_statement(statement) for statement in guide.statements],
        "context": [{"quote": _quote(quote), "reason": why} for quote, why in guide.context],
        "unclaimed": _quotes(guide.unclaimed),
        "drafts": [{"kind": kind, "id": id} for kind, id in guide.drafts],
        "examples": [{"name": name, "answers": dict(answers)} for name, answers in guide.examples],
        "cases": [_case(vignette) for vignette in guide.vignettes],
    }


def _quote(quote: Quote) -> Json:
    return {
        "words": quote.words,
        "start": quote.start,
        "end": quote.end,
        "passage": quote.passage,
    }


def _quotes(quotes: Iterable[Quote]) -> list[Json]:
    return [*map(_quote, quotes)]


def _factor(factor: Factor) -> Json:
    bands = [_band(band) for band in factor.bands]
    bands += [None] * (len(factor.values) - len(bands))
    values = zip(factor.values, bands, strict=True)
    return {
        "id": factor.id,
        "question": factor.question,
        "short": factor.short,
        "help": factor.help,
        "values": [{"name": name, "band": band} for name, band in values],
        "unit": factor.unit,
        "range": _band(factor.range),
        "asked_if": _conjunction(factor.asked_if),
        "quotes": _quotes(factor.quotes),
        "judgement": _quote(factor.judgement) if factor.judgement else None,
    }


def _band(band: Band | None) -> Json | None:
    if band is None:
        return None
    return {
        "low": band.low,
        "low_inside": band.low_inside,
        "high": band.high,
        "high_inside": band.high_inside,
    }


def _points(count: Factor) -> list[Json]:
    return [{"factor": id, "values": dict(worth)} for id, worth in count.points]


def _conjunction(conjunction: Iterable[tuple[str, frozenset[str]]]) -> list[Json]:
    """What holds together, in an order that is always the same."""
    asked = ({"factor": id, "values": sorted(values)} for id, values in conjunction)
    return sorted(asked, key=lambda each: (each["factor"], each["values"]))


def _condition(condition: Condition) -> list[list[Json]]:
    return [_conjunction(each) for each in condition]


def _option(option: Option | Group) -> Json:
    short = {"short": option.short} if isinstance(option, Option) else {}
    return {
        "id": option.id,
        "name": option.name,
        **short,
        "synonyms": [*option.synonyms],
        "quotes": _quotes(option.quotes),
        "does": _quotes(option.does),
    }


def _scope(scope: Scope) -> Json:
    return {
        "id": scope.id,
        "start": scope.start,
        "end": scope.end,
        "condition": _condition(scope.condition),
        "quotes": _quotes(scope.quotes),
    }


def _statement(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "quotes": _quotes(statement.quotes),
        "condition": _condition(statement.condition),
        "unless": _condition(statement.unless),
        "scopes": [*statement.scopes],
        "effects": {option: str(standing) for option, standing in statement.effects},
        "relation": _relation(statement.relation) if statement.relation else None,
        "remark": statement.remark,
        "basis": statement.basis,
        "because": statement.because,
        "outweighs": [*statement.outweighs],
        "strength": statement.strength,
        "grade": statement.grade,
    }


def _relation(relation: Relation) -> Json:
    return {"kind": str(relation.kind), "members": [member.id for member in relation.members]}


def _case(vignette: Vignette) -> Json:
    return {
        "id": vignette.id,
        "story": vignette.story,
        "given": [
            {"factor": g.factor, "value": g.value, "words": [q.words for q in g.quotes]}
            for g in vignette.given
        ],
        "distractors": [quote.words for quote in vignette.distractors],
    }


def _tree(tree: Tree) -> Json:
    return {
        "name": tree.name,
        "options": [option.id for option in tree.options],
        "nodes": [
            {"standings": _standings(zip(tree.options, node.standings, strict=True))}
            if isinstance(node, Leaf)
            else {
                "factor": node.factor,
                "branches": [{"value": value, "node": to} for value, to in node.branches],
            }
            for node in tree.nodes
        ],
    }


def _standings(pairs: Iterable[tuple[Option, Standing]]) -> dict[str, str]:
    return {option.id: str(standing) for option, standing in pairs}
