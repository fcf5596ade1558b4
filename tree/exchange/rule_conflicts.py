"""Rules that contradict each other, that can never hold, or that one alone of several counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..messages import worded
from ..model.errors import Problem, TreeError, shown
from .decision_table import (
    NOWHERE,
    ONE_COUNTS,
    DecisionTable,
    HitPolicy,
    Rule,
    SourcePlace,
    overlapping,
    rank,
)
from .sentences import concluding

T = TypeVar("T")
# Pairs of rules that hold together, in tables in which one of them counts.
MOST_PAIRS = 100_000
MOST_NAMED = 20  # contradictions that are named


@dataclass(frozen=True)
class KeptRules:
    """A table without what decides nothing. `notes`: what that was; `contradictions`: rules that
    hold together and may not conclude different things, in words and with the place of the later.
    """

    table: DecisionTable
    notes: tuple[str, ...]
    contradictions: tuple[tuple[SourcePlace, str], ...]


def without_asides(table: DecisionTable) -> KeptRules:
    """The table without rules that can never hold or conclude nothing, and inputs that none asks.

    >>> from .decision_table import Input, Output, Test
    >>> rules = (Rule("Row 1", (Test(("a",)),), ("",)),)
    >>> table = DecisionTable("t", (Input("p", ("a",)),), (Output("r"),), rules)
    >>> without_asides(table).notes[0]
    'Row 1 is left out: it has no result'
    """
    notes, rules = list[str](), list[Rule]()
    for rule, accepted in zip(table.rules, table.accepted, strict=True):
        if not all(accepted):
            notes.append(f"{rule.place} is left out: no case fits its conditions")
        elif not any(rule.results) and table.policy not in ONE_COUNTS:
            notes.append(f"{rule.place} is left out: it has no result")
        else:
            every = zip(rule.tests, accepted, table.answers, strict=True)
            # A test that any answer passes asks nothing.
            tests = (t if len(taken) < len(a.names) else None for t, taken, a in every)
            rules.append(replace(rule, tests=tuple(tests)))
    asking = [any(rule.tests[place] for rule in rules) for place in range(len(table.inputs))]
    for input_, asks in zip(table.inputs, asking, strict=True):
        if not asks:
            notes.append(f"the input {shown(input_.name)} is left out: no rule asks it")
    saying = [
        bool(output.default) or any(rule.results[place] for rule in rules)
        for place, output in enumerate(table.outputs)
    ]
    for output, says in zip(table.outputs, saying, strict=True):
        if not says:
            notes.append(
                f"the output {shown(output.name)} is left out: no rule has a result for it"
            )
    left = replace(
        table,
        inputs=_only(table.inputs, asking),
        outputs=_only(table.outputs, saying),
        rules=tuple(
            replace(
                rule,
                tests=_only(rule.tests, asking),
                results=_only(rule.results, saying),
            )
            for rule in rules
        ),
    )
    return KeptRules(left, tuple(notes), tuple(_contradictions(left)))


def _only(entries: Sequence[T], kept: Sequence[bool]) -> tuple[T, ...]:
    return tuple(entry for entry, keep in zip(entries, kept, strict=True) if keep)


def _contradictions(table: DecisionTable) -> Iterator[tuple[SourcePlace, str]]:
    if table.policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return
    found = 0
    for later, bits in enumerate(overlapping(table)):
        for earlier in _places(bits):
            one, other = table.rules[earlier], table.rules[later]
            if one.results == other.results:
                continue
            found += 1
            if found <= MOST_NAMED:
                said = [concluding(table, each.results) or "nothing" for each in (one, other)]
                yield (
                    other.at,
                    f"{one.place} and {other.place} both hold {_for_whom(table, earlier, later)}, "
                    f"and conclude different things: {said[0]}; {said[1]}. Correct one of them, "
                    "or say which counts: the policy first, priority or every",
                )
    if found > MOST_NAMED:
        yield NOWHERE, f"{found - MOST_NAMED:,} more pairs of rules contradict each other"


def _for_whom(table: DecisionTable, one: int, other: int) -> str:
    """A case for which two rules hold."""
    words = []
    for place, (input_, answers) in enumerate(zip(table.inputs, table.answers, strict=True)):
        both = table.accepted[one][place] & table.accepted[other][place]
        if len(both) < len(answers.names):
            words.append(f"{input_.name} is {worded(answers.names[min(both)])}")
    return f"where {', '.join(words)}" if words else "in every case"


def outweighed(table: DecisionTable, file: str) -> dict[int, list[int]]:
    """For each rule those that hold together with it, do not count beside it and conclude
    something different, where one alone counts. By the rules' places.

    Raises TreeError where these are too many.
    """
    if table.policy not in ONE_COUNTS:
        return {}
    meeting = overlapping(table)
    if (together := sum(bits.bit_count() for bits in meeting)) > MOST_PAIRS:
        message = (
            f"{together:,} pairs of rules hold together, more than {MOST_PAIRS:,}; "
            "take the table in parts, or make its rules exclude each other"
        )
        raise TreeError([Problem(file, *table.at, message)])
    ranks = [rank(table, place) for place in range(len(table.rules))]
    found: dict[int, list[int]] = {}
    for later, bits in enumerate(meeting):
        for earlier in _places(bits):
            winner, loser = sorted((earlier, later), key=ranks.__getitem__)
            pairs = zip(table.rules[winner].results, table.rules[loser].results, strict=True)
            if any(said not in ("", instead) for instead, said in pairs):
                found.setdefault(winner, []).append(loser)
    return found


def _places(bits: int) -> Iterator[int]:
    """The places of the bits that are set.

    >>> list(_places(0b1010))
    [1, 3]
    """
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
