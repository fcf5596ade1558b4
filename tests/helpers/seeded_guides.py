"""Random guides and patients, the same for the same seed."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import Any

from random_guides import in_a_circle

from tree.logic.trees import trees_of
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


def readings_apart(seed: int, parts: int = 5) -> Reading:
    """Several such guides as one, that share no factor and no option: it has several trees."""
    random_ones = map(random_reading, itertools.count(100 * seed))
    asking = (one for one in random_ones if len(trees_of(one)[0].factors) > 1)
    each = list(itertools.islice(asking, parts))
    return replace(
        each[0],
        factors=tuple(_renamed(f, part) for part, one in enumerate(each) for f in one.factors),
        options=tuple(_renamed(o, part) for part, one in enumerate(each) for o in one.options),
        statements=tuple(
            replace(
                _renamed(s, part),
                condition=tuple(
                    frozenset((f"p{part}_{factor}", values) for factor, values in conjunction)
                    for conjunction in s.condition
                ),
                effects=tuple((f"p{part}_{option}", standing) for option, standing in s.effects),
                outweighs=tuple(i if i == EVERYTHING else f"p{part}_{i}" for i in s.outweighs),
            )
            for part, one in enumerate(each)
            for s in one.statements
        ),
    )


def _renamed(entry: Any, part: int) -> Any:
    named = {"name": f"{entry.name} of {part}"} if isinstance(entry, Option) else {}
    return replace(entry, id=f"p{part}_{entry.id}", **named)


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
