"""Conditions as WHO's workbooks write them in words → tests of named inputs.

"Gestational age" ≤ 12 weeks · 13 weeks ≤ "Gestational age" ≤ 27 weeks · "Pallor present" = TRUE ·
"Danger signs" = "Convulsing" · "Age" < 5 AND "Weight" IN ("low", "very low"). What is none of these
is a question of its own, in its own words, with the answers yes and no.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.answers import Band
from ..model.letters import alike, visible
from ..model.ranges import banded, common
from .decision_table import Test

MOST_ALTERNATIVES = 50  # of one row
_QUOTES = str.maketrans("“”„«»", '"""""')
_NUMBER = r"(-?\d+(?:\.\d+)?)\s*(.*?)"
_COMPARED = re.compile(
    r"(?P<name>.+?)\s*(?P<sign><=|>=|≤|≥|<|>|≠|!=|<>|=)\s*(?P<value>.+)", re.DOTALL
)
_BETWEEN = re.compile(rf"{_NUMBER}\s*(<=|≤|<)\s*(?P<name>.+?)\s*(<=|≤|<)\s*{_NUMBER}\s*", re.DOTALL)
_LISTED = re.compile(r"(?P<name>.+?)\s+(?P<not>NOT\s+)?IN\s*\((?P<values>.+)\)", re.DOTALL)
_BOUNDS = {"<": "below", "≤": "to", "<=": "to", ">": "over", "≥": "from", ">=": "from"}
# From the other side: a number is less than the name.
_FROM_LEFT = {"<": "over", "≤": "from", "<=": "from"}
_FLAGS = {"true": "yes", "false": "no", "yes": "yes", "no": "no"}


@dataclass(frozen=True)
class WordedCondition:
    """What is asked of one input; `unit` is that of a number."""

    name: str
    test: Test
    unit: str = ""


def alternatives(cells: Sequence[str]) -> Iterator[tuple[WordedCondition, ...]]:
    """The conditions of a row, one tuple for each way in which it can hold.

    Cells hold together, and so do the parts of a cell with AND between them; OR parts alternatives.
    Of two conditions on one number, what they have in common is left.

    >>> [[(c.name, str(c.test)) for c in way] for way in alternatives(['"A" = 1 OR "B" = TRUE'])]
    [[('A', '1')], [('B', 'yes')]]
    """
    ways = itertools.product(*(_ways(cell) for cell in cells if visible(cell)))
    for way in itertools.islice(ways, MOST_ALTERNATIVES):
        yield tuple(_together(itertools.chain.from_iterable(way)))


def _ways(cell: str) -> list[list[WordedCondition]]:
    """The conjunctions of a cell."""
    words = visible(cell)
    parts = [_split(part, "AND") for part in _split(words, "OR")]
    read = [[condition_in(part) for part in conjunction] for conjunction in parts]
    if all(condition for conjunction in read for condition in conjunction):
        return [[c for c in conjunction if c] for conjunction in read]
    return [[WordedCondition(words, Test(("yes",), words=words))]]


def _split(words: str, word: str) -> list[str]:
    """Words, parted where a word in capitals stands outside of quotation marks and brackets."""
    pieces, depth, quoted = [""], 0, False
    for token in re.split(rf"(\s{word}\s|[\"“”„()])", words):
        if token.strip() == word and not depth and not quoted:
            pieces.append("")
            continue
        quoted ^= token in '"“”„' and bool(token)
        depth += (token == "(") - (token == ")")
        pieces[-1] += token
    return [piece.strip() for piece in pieces if piece.strip()]


def condition_in(words: str) -> WordedCondition | None:
    """The condition that words state, or None where they state none that is known.

    >>> print(condition_in('13 weeks ≤ "Gestational age" ≤ 27 weeks').test)
    13 or more and 27 or less
    >>> condition_in('"Danger signs" = "Convulsing"').test.values
    ('Convulsing',)
    >>> condition_in("The woman is unwell") is None
    True
    """
    if found := _BETWEEN.fullmatch(words):
        low, unit, first, name, second, high, other = found.groups()
        bounds = {_FROM_LEFT[first]: float(low), _BOUNDS[second]: float(high)}
        band = banded(bounds)
        same = not unit or not other or alike(unit) == alike(other)
        return _number(name, band, other or unit, words) if band and same else None
    if found := _LISTED.fullmatch(words):
        values = [_bare(part) for part in re.split(r",|;|\sOR\s", found["values"])]
        negated = bool(found["not"])
        return WordedCondition(_bare(found["name"]), Test(tuple(values), (), negated, words))
    if found := _COMPARED.fullmatch(words):
        return _compared(found["name"], found["sign"], found["value"].strip(), words)
    return None


def _compared(name: str, sign: str, value: str, words: str) -> WordedCondition | None:
    number = re.fullmatch(_NUMBER, value)
    if sign in _BOUNDS:
        band = banded({_BOUNDS[sign]: float(number.group(1))}) if number else None
        return _number(name, band, number.group(2), words) if number and band else None
    negated = sign != "="
    flag = _FLAGS.get(alike(value))
    values = (flag,) if flag else tuple(_bare(part) for part in _split(value, "OR"))
    return WordedCondition(_bare(name), Test(values, (), negated, words))


def _number(name: str, band: Band | None, unit: str, words: str) -> WordedCondition | None:
    if band is None:
        return None
    return WordedCondition(_bare(name), Test((), (band,), False, words), unit.strip())


def _bare(words: str) -> str:
    return words.translate(_QUOTES).replace('"', "").strip()


def _together(conditions: Iterator[WordedCondition]) -> Iterator[WordedCondition]:
    """Conditions, those on one input as one where they can be; else in words of their own."""
    found: dict[str, WordedCondition] = {}
    for condition in conditions:
        key = alike(f"{condition.name} [{condition.unit}]")
        other = found.get(key)
        if other is None:
            found[key] = condition
        elif both := _common(other.test, condition.test):
            found[key] = WordedCondition(condition.name, both, condition.unit)
        elif other.test != condition.test:
            words = condition.test.words
            found[alike(words)] = WordedCondition(words, Test(("yes",), words=words))
    yield from found.values()


def _common(one: Test, other: Test) -> Test | None:
    """What passes two tests, where they are of numbers."""
    if one.values or other.values or one.negated or other.negated:
        return None
    bands = [both for a in one.bands for b in other.bands if (both := common(a, b))]
    words = " AND ".join(dict.fromkeys((one.words, other.words)))
    return Test((), tuple(bands), False, words) if bands else None
