"""Who names an entry of a guide: the places where its name stands, in both files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..loading.keys import ASKED_IF, CONDITION, COUNTS, NOT, RESERVED, SAYING, SCORE, UNLESS
from ..loading.sources import CASES_FILE
from ..loading.yaml_nodes import Span, YamlMapping, YamlNode, YamlScalar, YamlSequence
from ..model.letters import alike
from .guide_files import GuideFiles, Path, named

_CONDITIONS = (*CONDITION, UNLESS)


@dataclass(frozen=True)
class Reference:
    """Where an entry is named: in which entry (`path`), under which of its keys, at which span."""

    path: Path
    key: str
    span: Span

    def __str__(self) -> str:
        return f"{named(self.path)} ({self.key})" if self.key else named(self.path)


def references(files: GuideFiles, path: Path) -> tuple[Reference, ...]:
    """The places that name an entry, in the order of the files.

    >>> from .guide_files import guide_files
    >>> tea = guide_files('''
    ... factors: {rain: {question: Does it rain?, quote: If it rains}}
    ... options: {tea: {name: tea, quote: drink tea}}
    ... statements: {drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}}
    ... ''')
    >>> print(*references(tea, ("factors", "rain")), *references(tea, ("options", "tea")))
    'drink' in statements (when) 'drink' in statements (offer)
    """
    section, id = path
    found = (
        Reference(place, key, node.span)
        for kind, place, key, node in _every_name(files)
        if node.value == id and kind == _KINDS.get(section)
    )
    return tuple(found)


# Which names share a space: an option and a group are named in the same way.
_KINDS = {
    "factors": "factor",
    "options": "option",
    "groups": "option",
    "statements": "statement",
    "passages": "passage",
    "grades": "grade",
}
# What the scalars under a key name.
_NAMED = {
    ("trees", ""): "option",
    ("groups", "options"): "option",
    **{("statements", key): "option" for key in SAYING if key != "remark"},
    ("statements", "outweighs"): "statement",
    ("statements", "grade"): "grade",
    ("scopes", "passage"): "passage",
}
_Name = tuple[str, Path, str, YamlScalar]


def _every_name(files: GuideFiles) -> Iterator[_Name]:
    """Every name of an entry that stands anywhere: its kind, in which entry, under which key."""
    for path, node in files.nodes.items():
        if path[0] == "examples" and len(path) == 2:
            yield from (("factor", path, "", scalar) for scalar in _keys(node))
        elif len(path) == 2:
            for key, value in _fields(node):
                for kind, scalar in _names(path[0], key, value):
                    yield kind, path, key, scalar
    for path, node in files.nodes.items():
        if len(path) == 2 and path[0] != CASES_FILE:
            for scalar in _passages_of_quotes(node):
                yield "passage", path, "quote", scalar


def _fields(node: YamlNode) -> Iterator[tuple[str, YamlNode]]:
    if isinstance(node, YamlMapping):
        yield from ((key.value, value) for key, value in node.entries)
    else:
        yield "", node


def _names(section: str, key: str, node: YamlNode) -> Iterator[tuple[str, YamlScalar]]:
    """The names under one key of an entry."""
    if (section, key) == (CASES_FILE, "answers"):
        yield from (("factor", scalar) for scalar in _keys(node))
    elif key in _CONDITIONS and section in ("scopes", "statements"):
        yield from (("factor", scalar) for scalar in _asked(node))
    elif section == "factors" and key in (ASKED_IF, SCORE):
        yield from (("factor", scalar) for scalar in _keys(node))
    elif kind := _NAMED.get((section, key)):
        yield from ((kind, scalar) for scalar in _scalars(node))


def _asked(node: YamlNode) -> Iterator[YamlScalar]:
    """The factors that a condition asks for."""
    if isinstance(node, YamlSequence):
        for item in node.items:
            yield from _asked(item)
    elif isinstance(node, YamlMapping):
        for key, value in node.entries:
            if key.value in COUNTS and isinstance(value, YamlMapping):
                for _, answers in value.entries:
                    yield from _asked(answers)
            elif key.value in RESERVED:
                yield from _asked(value)
            else:
                yield key


def _keys(node: YamlNode | None) -> Iterator[YamlScalar]:
    if isinstance(node, YamlMapping):
        yield from (key for key, _ in node.entries)


def _scalars(node: YamlNode | None) -> Iterator[YamlScalar]:
    if isinstance(node, YamlScalar):
        yield node
    elif isinstance(node, YamlSequence):
        for item in node.items:
            yield from _scalars(item)
    elif node:
        for _, value in node.entries:
            yield from _scalars(value)


def _passages_of_quotes(node: YamlNode) -> Iterator[YamlScalar]:
    if isinstance(node, YamlSequence):
        for item in node.items:
            yield from _passages_of_quotes(item)
    elif isinstance(node, YamlMapping):
        fields = {key.value: value for key, value in node.entries}
        where = fields.get("in")
        if "words" in fields and isinstance(where, YamlScalar):
            yield where
        for value in fields.values():
            yield from _passages_of_quotes(value)


def value_references(files: GuideFiles, factor: str, value: str) -> tuple[Reference, ...]:
    """The places that name a value of a factor, the factor itself first.

    >>> from .guide_files import guide_files
    >>> tea = guide_files('''
    ... factors: {wind: {question: How is the wind?, quote: wind, values: [weak, strong]}}
    ... statements: {stay: {quote: Stay., when: {wind: {not: [weak]}}, offer: tea}}
    ... ''')
    >>> print(*value_references(tea, "wind", "weak"))
    'wind' in factors (values) 'stay' in statements (when)
    """
    return tuple(
        Reference(path, key, node.span)
        for path, key, node in _every_value(files, factor)
        if alike(node.value) == alike(value)
    )


def _every_value(files: GuideFiles, factor: str) -> Iterator[tuple[Path, str, YamlScalar]]:
    """Every scalar that may name a value of a factor, in which entry, under which key."""
    for path, node in files.nodes.items():
        if len(path) != 2:
            continue
        for key, held in _fields(node):
            if path == ("factors", factor) and key in ("values", "also"):
                each = _keys(held) if isinstance(held, YamlMapping) else _scalars(held)
                yield from ((path, key, scalar) for scalar in each)
            elif path[0] == "factors" and key == SCORE:
                worth = dict(_fields(held)).get(factor)
                yield from ((path, key, scalar) for scalar in _keys(worth))
            elif (path[0] == "examples" and key == factor) or key in (*_CONDITIONS, ASKED_IF):
                inside = held if key != factor else node
                yield from ((path, key, scalar) for scalar in _answers(inside, factor))
            elif (path[0], key) == (CASES_FILE, "answers"):
                given = dict(_fields(dict(_fields(held)).get(factor, held)))
                yield from ((path, key, scalar) for scalar in _scalars(given.get("value")))


def _answers(node: YamlNode, factor: str) -> Iterator[YamlScalar]:
    """The values of a factor that a condition, or an example, names."""
    if isinstance(node, YamlSequence):
        for item in node.items:
            yield from _answers(item, factor)
    elif isinstance(node, YamlMapping):
        for key, value in node.entries:
            if key.value == factor:
                # A limit such as {from: 6} names a number, and no value.
                negated = dict(_fields(value)).get(NOT) if isinstance(value, YamlMapping) else value
                yield from _scalars(negated)
            elif key.value in RESERVED or key.value.isdecimal():
                yield from _answers(value, factor)
