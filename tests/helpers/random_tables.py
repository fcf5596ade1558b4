"""Random decision tables, and a guide's answer to each of their cases."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import tree
from tree.exchange.decision_table import (
    DecisionTable,
    HitPolicy,
    Input,
    Output,
    Rule,
    TableCase,
    Test,
    counting,
)
from tree.model.answers import Band

COLOURS = ("red", "green", "blue")
STEPS = ("wait", "act", "call")


def random_table(chance: random.Random, policy: HitPolicy | None = None) -> DecisionTable:
    """A table of up to three inputs, two outputs and six rules; often contradictory."""
    inputs = (
        Input("Colour", COLOURS if chance.random() < 0.5 else ()),
        Input("Age", unit=chance.choice(("", "years"))),
        Input("is cold?"),
    )[: chance.randint(1, 3)]
    default = chance.choice(("", "", "wait"))
    outputs = (Output("Step", STEPS, default), Output("Sent to", (), ""))[: chance.randint(1, 2)]
    asking = (_colours, _ages, _cold)
    rules = tuple(
        Rule(
            f"Row {place}",
            tuple(
                make(chance) if chance.random() < 0.7 else None for make in asking[: len(inputs)]
            ),
            (chance.choice(STEPS), chance.choice(("wait", "a", "b", "")))[: len(outputs)],
        )
        for place in range(1, chance.randint(2, 7))
    )
    return DecisionTable(
        "What to do?", inputs, outputs, rules, policy or chance.choice([*HitPolicy])
    )


def _colours(chance: random.Random) -> Test:
    values = chance.sample(COLOURS, chance.randint(1, 3))
    return Test(tuple(values), negated=chance.random() < 0.3)


def _ages(chance: random.Random) -> Test:
    low = chance.randint(0, 3)
    bands = [
        Band(low, low, True, True),
        Band(low, None, chance.random() < 0.5),
        Band(None, low, high_inside=chance.random() < 0.5),
        Band(low, low + chance.randint(1, 3), chance.random() < 0.5, chance.random() < 0.5),
    ]
    return Test(
        ("not measured",) * (chance.random() < 0.2),
        tuple(chance.sample(bands, chance.randint(1, 2))),
        negated=chance.random() < 0.2,
    )


def _cold(chance: random.Random) -> Test:
    return Test((chance.choice(("yes", "no", "No")),))


def every_case(table: DecisionTable) -> Iterator[TableCase]:
    """Every combination of the answers that its inputs tell apart."""
    yield from itertools.product(*(range(len(answers.names)) for answers in table.answers))


def decided(
    table: DecisionTable, guide: tree.Guide, case: TableCase
) -> tuple[frozenset[str], ...] | None:
    """What a guide offers for a case, for each output, in the words of the table.

    None where the guide does not know an answer of the case, as no rule that is left asks it.
    """
    factors = {factor.question: factor for factor in guide.factors}
    answers: dict[str, str | float] = {}
    for input_, known, place in zip(table.inputs, table.answers, case, strict=True):
        factor = factors.get(input_.name)
        if factor and place < len(known.bands):
            answers[factor.id] = number_in(known.bands[place])
        elif factor:
            answer = factor.value_of(known.names[place])
            if answer is None:
                return None
            answers[factor.id] = answer
    standings = guide.walk(answers).standings
    offered = [o for o in guide.options if standings[o.id].standing == "offered"]
    return tuple(
        frozenset(
            option.name.removeprefix(f"{output.name}: ")
            for option in offered
            if f"“{output.name}”" in option.quotes[0].words
        )
        for output in table.outputs
    )


def guide_says(
    guide: tree.Guide, table: DecisionTable, case: TableCase
) -> tuple[frozenset[str], ...] | None:
    """What the guide says of the options that the outputs of a table name.

    None for numbers that the guide refuses.
    """
    asked = {factor.question: factor for factor in guide.factors}
    answers: dict[str, str] = {}
    for input_, known, place in zip(table.inputs, table.answers, case, strict=True):
        factor = asked[input_.name]
        banded = place < len(known.bands)
        answer = number_in(known.bands[place]) if banded else known.names[place]
        value = factor.value_of(answer)
        if value is None:
            return None
        answers[factor.id] = value
    for factor in guide.factors:
        # What does not apply in this case is not answered.
        if not all(answers.get(id) in values for id, values in factor.asked_if):
            answers.pop(factor.id, None)
    walk = guide.walk(answers)
    options = {option.name: option.id for option in guide.options}
    if table.outputs[0].name not in options:
        # The name of a tree stands before those of its options that another tree has, too.
        own = f"{table.outputs[0].name}: "
        offered = (o.name for o in guide.options if walk.standings[o.id].standing == "offered")
        named = {name.removeprefix(own) for name in offered}
        return (frozenset(named) & frozenset(table.results[0]),)
    return tuple(
        frozenset({guide.label(walk.standings[options[output.name]].standing)})
        for output in table.outputs
    )


def number_in(band: Band) -> float:
    """A number that a band holds."""
    if band.low is None or band.high is None:
        return (band.low or 0) + 0.5 if band.high is None else band.high - 0.5
    return (band.low + band.high) / 2


__all__ = ["counting", "decided", "every_case", "guide_says", "random_table"]
