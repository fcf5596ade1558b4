"""Limits of numbers in conditions → the bands between them, and their names."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator

from ..model.answers import NUMBER, Band
from ..model.ranges import banded, between, bounds_in, edges, in_words
from .keys import ASKED_IF, BAND, CONDITION, COUNTS, NOT, SCORE, UNLESS, WHEN
from .yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence


def parted(limits: Iterable[Band], within: Band) -> tuple[Band, ...]:
    """The bands between all limits, in ascending order; together they are all numbers `within`.

    >>> print(*parted([Band(high=4.5, high_inside=True)], Band()), sep="; ")
    4.5 or less; more than 4.5
    """
    first, last = edges(within)
    cuts = sorted({cut for limit in limits for cut in edges(limit) if first < cut < last})
    places = [first, *cuts, last]
    return tuple(between(*pair) for pair in itertools.pairwise(places))


def meant(words: str) -> str:
    """How a limit is written that was written in another way; "" where it is no limit.

    >>> meant("<=4.5"), meant("over 4,5 hours"), meant("3 to 6"), meant("yes")
    ('{to: 4.5}', '{over: 4.5}', '{from: 3, to: 6}', '')
    """
    found = bounds_in(words)
    return f"{{{', '.join(f'{bound}: {number}' for bound, number in found)}}}" if found else ""


def _scored(section: YamlNode | None) -> dict[str, list[Band]]:
    """The limits in scores and dependences of a section of factors, factor by factor."""
    found: dict[str, list[Band]] = {}
    for entry in _values(section):
        for key, node in _pairs(entry):
            if key == ASKED_IF:
                for factor, limit in _limits(WHEN, node):
                    found.setdefault(factor, []).append(limit)
            for factor, worth in _pairs(node) if key == SCORE else ():
                limits = (in_words(value) for value, _ in _pairs(worth))
                found.setdefault(factor, []).extend(limit for limit in limits if limit)
    return found


def written(factors: YamlNode | None, *sections: YamlNode | None) -> dict[str, list[Band]]:
    """The limits in the entries of some sections: in scores, dependences and conditions, by factor.

    What is no limit is left out here, and reported where its condition is read.
    """
    found = _scored(factors)
    for section in sections:
        for entry in _values(section):
            for key, node in _pairs(entry):
                if key in (*CONDITION, UNLESS):
                    for factor, limit in _limits(key, node):
                        found.setdefault(factor, []).append(limit)
    return found


def _limits(key: str, node: YamlNode) -> Iterator[tuple[str, Band]]:
    """The limits at a key of a condition: a factor, or what holds several."""
    if isinstance(node, YamlSequence):
        for item in node.items:
            yield from _limits(key, item)
    elif key in (*CONDITION, UNLESS):
        for inner, value in _pairs(node):
            yield from _limits(inner, value)
    elif key in COUNTS:
        for _, several in _pairs(node):
            yield from _limits(WHEN, several)
    elif isinstance(node, YamlMapping) and [name for name, _ in _pairs(node)] == [NOT]:
        yield from _limits(key, node.entries[0][1])
    elif limit := _limit(node):
        yield key, limit


def _limit(node: YamlNode) -> Band | None:
    pairs: Collection[tuple[str, str]]
    if isinstance(node, YamlMapping):
        pairs = [(k, v.value.strip()) for k, v in _pairs(node) if isinstance(v, YamlScalar)]
    else:
        pairs = bounds_in(node.value) if isinstance(node, YamlScalar) else ()
    return banded({k: float(v) for k, v in pairs if k in BAND.names and NUMBER.fullmatch(v)})


def _pairs(node: YamlNode) -> list[tuple[str, YamlNode]]:
    entries = node.entries if isinstance(node, YamlMapping) else ()
    return [(key.value, value) for key, value in entries]


def _values(node: YamlNode | None) -> list[YamlNode]:
    return [value for _, value in _pairs(node)] if node else []
