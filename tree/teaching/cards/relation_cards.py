"""Guide → cards that ask how a text relates several options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...guide import Guide
from ...logic.beside import how
from ...messages import both, spoken
from ...model.parts import Statement
from ...model.relations import Relation, RelationKind


@dataclass(frozen=True)
class RelationCard:
    """What one or more statements of a passage say of the same options, for the same cases.

    `about`: the options and groups in words, in the guide's order, so that they give nothing away;
    `answer`: the relations in words, line by line; `choices`: the right one first, then the others
    that the same options might have, or none where there is more than one answer.
    """

    statements: tuple[Statement, ...]
    about: str
    answer: tuple[str, ...]
    choices: tuple[str, ...]


@spoken
def relation_cards(guide: Guide) -> Iterator[RelationCard]:
    """One for each passage, condition and set of options that are related."""
    alike: dict[object, list[tuple[Statement, Relation]]] = {}
    for statement in guide.statements:
        if relation := statement.relation:
            members = frozenset(member.id for member in relation.members)
            key = statement.quotes[0].passage, frozenset(statement.condition), members
            alike.setdefault(key, []).append((statement, relation))
    for found in alike.values():
        _, relation = found[0]
        ids = {member.id for member in relation.members}
        names = [name for id, name in guide.names.items() if id in ids]
        answer = [relation.words(guide.names) + how(s) for s, relation in found]
        several = len(set(answer)) > 1
        yield RelationCard(
            tuple(statement for statement, _ in found),
            both(names),
            tuple(dict.fromkeys(answer)),
            () if several else _choices(guide, relation),
        )


def _choices(guide: Guide, relation: Relation) -> tuple[str, ...]:
    """The relation in words, and those that the same options might have."""
    turned = relation.members[::-1]
    others = [
        Relation(kind, members)
        for kind in RelationKind
        for members in ((relation.members, turned) if kind in _TURNING else (relation.members,))
        if kind is not RelationKind.INSTEAD or len(members) == 2
    ]
    return tuple(dict.fromkeys(each.words(guide.names) for each in (relation, *others)))


# What says something else the other way round.
_TURNING = (RelationKind.ORDER, RelationKind.INSTEAD)
