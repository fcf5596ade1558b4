"""The condition of a statement as a card shows it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from ...guide import Guide
from ...messages import either, say, spoken, valued
from ...model.parts import Statement

Literal = tuple[str, tuple[str, ...]]


def conjunctions(guide: Guide, statement: Statement) -> list[list[Literal]]:
    """A condition with its factors and values in the guide's order."""
    return [
        [
            (factor.id, tuple(value for value in factor.values if value in values))
            for factor in guide.every_factor
            for asked, values in conjunction
            if asked == factor.id
        ]
        for conjunction in statement.condition
    ]


@spoken
def condition_lines(guide: Guide, statement: Statement) -> Iterator[str]:
    """A condition in words: first what every alternative asks, then the alternatives."""
    first, *others = found = conjunctions(guide, statement)
    common = [literal for literal in first if all(literal in other for other in others)]
    for literal in common:
        yield _literal(guide, literal)
    alternatives = [[literal for literal in each if literal not in common] for each in found]
    if all(alternatives):
        for number, conjunction in enumerate(alternatives):
            words = functools.reduce(_and_then, (_literal(guide, one) for one in conjunction))
            yield say("or: {words}", words=words) if number else say("either: {words}", words=words)


def _literal(guide: Guide, literal: Literal) -> str:
    factor, values = literal
    return f"{guide.factor(factor).question} {either(map(valued, values))}"


def _and_then(before: str, next: str) -> str:
    return say("{before}, and {next}", before=before, next=next)


def named_conjunction(conjunction: Iterable[Literal]) -> str:
    """What a conjunction asks, in the guide's own names."""
    return ", ".join(f"{factor}={'|'.join(values)}" for factor, values in conjunction)


def named(answers: Iterable[tuple[str, str]]) -> str:
    """Answers in the guide's own names."""
    return ", ".join(f"{factor}={value}" for factor, value in answers)
