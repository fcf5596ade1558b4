"""Random guides and patients, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import replace

from random_guides import in_a_circle

from tree.model.parts import EVERYTHING, Factor, Group, Option, Reading, Standing, Statement
from tree.model.relations import Member, Relation, RelationKind
from tree.model.text import Passage, Quote, Text

TEXT = Text("text.txt", "some words", (Passage("all", "somebody", 0, 10),))
WORDS = Quote("some words", 0, 10, "all")


def random_reading(seed: int) -> Reading:
    """Up to 6 factors, some with three values, and up to 10 statements on up to 4 options.

    Some statements are implied, and some outweigh those after them in an order of their own, or
    everything: where that would make a circle, none does.
    """
    chance = random.Random(seed)
    factors = tuple(
        Factor(f"f{i}", f"f{i}?", (WORDS,), ("yes", "no", "maybe")[: chance.choice((2, 2, 3))])
        for i in range(chance.randint(1, 6))
    )
    options = tuple(Option(f"o{i}", f"Option {i}") for i in range(chance.randint(1, 4)))

    def conjunction() -> frozenset[tuple[str, frozenset[str]]]:
        asked = chance.sample(factors, chance.randint(0, min(3, len(factors))))
        return frozenset(
            (f.id, frozenset(chance.sample(f.values, chance.randint(1, len(f.values)))))
            for f in asked
        )

    statements = tuple(
        Statement(
            f"s{i}",
            (WORDS,),
            tuple(conjunction() for _ in range(chance.randint(1, 2))),
            ((chance.choice(options).id, chance.choice(list(Standing)[:3])),),
        )
        for i in range(chance.randint(1, 10))
    )
    order = chance.sample(range(len(statements)), len(statements))
    weighed = []
    for place, number in enumerate(order):
        after = [f"s{other}" for other in order[place + 1 :]]
        outweighs = [id for id in after if chance.random() < 0.25]
        outweighs += [EVERYTHING] * (chance.random() < 0.1)
        basis = chance.choice(("stated", "implied"))
        one = replace(statements[number], outweighs=tuple(outweighs), basis=basis)
        weighed.append(replace(one, because="Inferred." * (basis == "implied")))
    weighed.sort(key=lambda statement: int(statement.id[1:]))
    reading = Reading("random", "Random", TEXT, factors, options, tuple(weighed))
    return replace(reading, statements=statements) if in_a_circle(reading) else reading


def several_together(seed: int) -> Reading:
    """Seven such guides in one, of questions and options of their own: mostly several trees.

    Some statements of one also ask what another asks.
    """
    chance = random.Random(seed)
    factors, options, statements = list[Factor](), list[Option](), list[Statement]()
    for number in range(7):
        one = random_reading(7 * seed + number)
        named = {
            part.id: f"{part.id}_{number}" for part in (*one.factors, *one.options, *one.statements)
        }
        named[EVERYTHING] = EVERYTHING
        asked_elsewhere = chance.sample(factors, min(len(factors), 1))
        factors += [
            replace(factor, id=named[factor.id], question=f"{named[factor.id]}?")
            for factor in one.factors
        ]
        options += [
            replace(option, id=named[option.id], name=f"{option.name} of {number}")
            for option in one.options
        ]
        for statement in one.statements:
            more = {(f.id, frozenset(f.values[:1])) for f in asked_elsewhere}
            more = more if chance.random() < 0.15 else set()
            condition = tuple(
                frozenset({(named[id], values) for id, values in each} | more)
                for each in statement.condition
            )
            statements.append(
                replace(
                    statement,
                    id=named[statement.id],
                    condition=condition,
                    effects=tuple((named[option], s) for option, s in statement.effects),
                    outweighs=tuple(named[other] for other in statement.outweighs),
                )
            )
    reading = Reading("several", "Several", TEXT, tuple(factors), tuple(options), tuple(statements))
    if not in_a_circle(reading):
        return reading
    return replace(reading, statements=tuple(replace(s, outweighs=()) for s in statements))


def with_more_beside(reading: Reading, seed: int) -> Reading:
    """The same guide with a group, and with relations and remarks of any condition."""
    chance = random.Random(seed)
    ids = [option.id for option in reading.options]
    group = Group("g", "Some options", options=tuple(ids[:2]))
    more = []
    for number, kind in enumerate([*RelationKind, None, None]):
        members = [Member(id, (id,)) for id in chance.sample(ids, len(ids))]
        if chance.random() < 0.5:
            rest = [member for member in members if member.id not in group.options]
            members = [Member("g", group.options), *rest]
        if kind is RelationKind.INSTEAD:
            members = members[:2]
        condition = chance.choice(reading.statements).condition
        made = Statement(f"b{number}", (WORDS,), chance.choice((condition, (frozenset(),))))
        if kind is None:
            strength = chance.choice(("", "some"))
            more.append(replace(made, remark=f"Remark {number}.", strength=strength))
        elif len(members) > 1:
            relation = Relation(kind, tuple(members))
            grade = chance.choice(["", *(grade for grade, _ in reading.grades)])
            more.append(replace(made, relation=relation, grade=grade))
    return replace(reading, groups=(group,), statements=(*reading.statements, *more))


def random_patients(reading: Reading, chance: random.Random, count: int) -> list[dict[str, str]]:
    """Patients of whom some answers are known."""
    found = []
    for _ in range(count):
        values = {f.id: chance.choice((*f.values, "")) for f in reading.factors}
        found.append({id: value for id, value in values.items() if value})
    return found
