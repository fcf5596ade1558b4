"""On what it depends what a text says beside the standings of a case.

All that can be shown there becomes sets of cases: those with a remark, with a member of a relation,
with a standing that is said just so firmly. Where no such set tells two cases apart, the same is
shown for both.
"""

from __future__ import annotations

import itertools

from ..model.parts import Reading, Standing, Statement
from ..model.relations import Relation, RelationKind
from .beside import THERE
from .decisions import Decisions, decisions
from .diagrams import EVERYONE, NOBODY, TooMuchWork
from .firmness import Firmness, firmest, firmness_by

WORK = 20_000  # steps for one option or relation
MOST_WAYS = 100  # of saying how firmly


def shown_beside(reading: Reading) -> tuple[int, ...]:
    """The sets of cases on which it depends what is shown, by their number in `decisions`.

    Where statements are too entangled, the sets for which each of them speaks: then it may seem to
    depend on more than it does.
    """
    decided = decisions(reading)
    found = [decided.held_by(statement) for statement in reading.statements if statement.remark]
    for statement in reading.statements:
        if statement.relation:
            found += _related(decided, statement, statement.relation)
    for option in reading.options:
        for standing in Standing:
            said = reading.on_option[option.id]
            saying = [s for says, s in said if says is standing and (s.strength or s.grade)]
            if saying:
                found += _firmly(decided, option.id, standing, saying)
    return tuple(each for each in dict.fromkeys(found) if each not in (NOBODY, EVERYONE))


def _related(decided: Decisions, statement: Statement, relation: Relation) -> list[int]:
    """For each member of a relation the cases for which it is shown."""
    sets, held = decided.sets, decided.held_by(statement)
    sets.left = WORK
    try:
        there = [
            sets.together(decided.cases(o, says) for o in member.options for says in THERE)
            for member in relation.members
        ]
        if relation.kind is RelationKind.INSTEAD:
            return [sets.both(held, there[1])]
        pairs = (sets.both(*pair) for pair in itertools.combinations(there, 2))
        held = sets.both(held, sets.together(pairs))
        return [sets.both(held, each) for each in there]
    except TooMuchWork:
        return [held]


def _firmly(
    decided: Decisions, option: str, standing: Standing, saying: list[Statement]
) -> list[int]:
    """For each way to say a standing how firmly the cases for which it is said so."""
    sets, reading = decided.sets, decided.reading
    sets.left = WORK
    # By the statements that are heard: of those that speak the firmest, each in other words.
    ways: dict[tuple[Statement, ...], int] = {(): decided.cases(option, standing)}
    try:
        for statement in saying:
            speaks = decided.speaking_on(statement, option)
            before, ways = ways, {}
            for heard, cases in before.items():
                more = firmest(reading, [*heard, statement])
                for way, its in (
                    (heard, sets.less(cases, speaks)),
                    (more, sets.both(cases, speaks)),
                ):
                    ways[way] = sets.either(ways.get(way, NOBODY), its)
            if len(ways) > MOST_WAYS:
                raise TooMuchWork
        shown: dict[Firmness, int] = {}
        for heard, cases in ways.items():
            firm = firmness_by(reading, heard)
            shown[firm] = sets.either(shown.get(firm, NOBODY), cases)
    except TooMuchWork:
        return [decided.speaking_on(statement, option) for statement in saying]
    return list(shown.values())
