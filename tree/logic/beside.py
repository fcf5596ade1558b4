"""What a text says beside the standings of a case: relations of options, and remarks.

Neither changes a standing. A relation is shown where it holds and its options are there, that is
preferred or offered; a remark where it holds. As long as open answers can still change that, both
are marked as open. As for standings, that is decided over all ways to fill in the open answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..messages import say, spoken, with_colon
from ..model.parts import OneOrSeveral, Reading, Standing, Statement
from ..model.relations import Member, Relation
from .decisions import STANDINGS, decisions
from .diagrams import EVERYONE
from .firmness import Firmness

# Walks and reasons show what is found here, and import this module.
if TYPE_CHECKING:
    from .walk import Walk

THERE = (Standing.PREFERRED, Standing.OFFERED)


@dataclass(frozen=True)
class ShownRelation:
    """A relation that is shown for a case, or may be.

    `members`: those of its options and groups that are there, or can be; `certain`: whether open
    answers can change none of this.
    """

    statement: Statement
    relation: Relation
    members: tuple[Member, ...]
    certain: bool

    def words(self, reading: Reading) -> str:
        """The relation in words, with how firmly the text says it."""
        words = self.relation.words(reading.names, self.members) + how(self.statement)
        return words if self.certain else say("Depends on open answers: {words}", words=words)


@dataclass(frozen=True)
class ShownRemark:
    """A remark that holds for a case but not for everyone; it may hold if it is not `certain`."""

    statement: Statement
    certain: bool

    @property
    def words(self) -> str:
        """The remark, with how firmly the text says it."""
        words = self.statement.remark + how(self.statement)
        return words if self.certain else say("Depends on open answers: {words}", words=words)


def how(statement: Statement) -> str:
    """How firmly a statement is said, to stand behind it: its strength and its grade."""
    words = Firmness.of(statement).words
    return words and f" · {words}"


def for_everyone(reading: Reading) -> tuple[Statement, ...]:
    """The remarks that hold for every case.

    >>> from tree import load
    >>> [remark.id for remark in for_everyone(load("data/damaged_library_book"))]
    ['lending_desk_nobody_is_scolded', 'repair_room_stay_and_watch']
    """
    held_by = decisions(reading).held_by
    return tuple(s for s in reading.statements if s.remark and held_by(s) == EVERYONE)


def relations(walk: Walk) -> tuple[ShownRelation, ...]:
    """The relations that are shown for a case, or may be, in the order of the guide.

    >>> from tree import load
    >>> relations(load("data/damaged_library_book").walk(damage="light"))
    ()
    """
    shown = (
        _shown(walk, statement, statement.relation)
        for statement in walk.reading.statements
        if statement.relation
    )
    return tuple(filter(None, shown))


def remarks(walk: Walk) -> tuple[ShownRemark, ...]:
    """The remarks that hold for a case, or may, and not for everyone."""
    reading, found = walk.reading, []
    everyone = for_everyone(reading)
    for statement in reading.statements:
        if statement.remark and statement not in everyone:
            holds = decisions(reading).holds(statement, walk.answers)
            found += [ShownRemark(statement, bool(holds))] * (holds is not False)
    return tuple(found)


def ever_shown(reading: Reading, statement: Statement, relation: Relation) -> bool:
    """Whether there is a case for which a relation is shown."""
    return any(_ways(reading, statement, relation, {}))


def _shown(walk: Walk, statement: Statement, relation: Relation) -> ShownRelation | None:
    reading = walk.reading
    holds = decisions(reading).holds(statement, walk.answers)
    ways = _ways(reading, statement, relation, walk.answers)
    named = {member for members in ways for member in members}
    if not named:
        return None
    members = tuple(member for member in relation.members if member in named)
    return ShownRelation(statement, relation, members, bool(holds) and len(ways) == 1)


def _ways(
    reading: Reading, statement: Statement, relation: Relation, answers: Mapping[str, OneOrSeveral]
) -> set[tuple[Member, ...]]:
    """The members that are there, for each case that fits the answers and for which it holds."""
    decided = decisions(reading)
    options = [option for member in relation.members for option in member.options]
    diagrams = [decided.standing[option] for option in options]
    found = set()
    for holds, *ends in decided.sets.reached_together(
        [decided.held_by(statement), *diagrams], decided.box(answers)
    ):
        if holds:
            pairs = zip(options, ends, strict=True)
            found.add(relation.among({o for o, end in pairs if STANDINGS[end] in THERE}))
    return found


# --- as data, and in words ------------------------------------------------------------------


def to_dict(walk: Walk) -> dict[str, object]:
    """Relations and remarks as plain data: those that are open under names of their own."""
    everyone = for_everyone(walk.reading)
    beside = remarks(walk)
    certain = [found.statement for found in beside if found.certain]
    still = [found.statement for found in beside if not found.certain]
    return {
        "relations": [
            {
                "kind": str(found.relation.kind),
                "of": [member.id for member in found.members],
                "certain": found.certain,
                **Firmness.of(found.statement).to_dict(),
                "because": _lines([found.statement]),
            }
            for found in relations(walk)
        ],
        "remarks": _lines([*everyone, *certain]),
        "open_remarks": _lines(still),
    }


@spoken
def lines(walk: Walk) -> Iterator[str]:
    """Relations and remarks in words, line by line."""
    yield from relation_lines(walk)
    conditional = remarks(walk)
    if conditional:
        yield ""
        yield with_colon(say("For this {subject} also", subject=walk.reading.subject.singular))
    for remark in conditional:
        yield _quoted(remark.statement, remark.words)
    everyone = for_everyone(walk.reading)
    if everyone:
        yield ""
        yield with_colon(say("For everyone"))
    for statement in everyone:
        yield _quoted(statement, statement.remark + how(statement))


@spoken
def relation_lines(walk: Walk) -> Iterator[str]:
    """The relations in words, each with its sentence."""
    shown = relations(walk)
    if shown:
        yield ""
    for found in shown:
        yield found.words(walk.reading)
        yield f'    "{found.statement.words}" ({found.statement.origin})'
        if found.statement.because:
            yield "        " + say("because: {because}", because=found.statement.because)


def _quoted(statement: Statement, words: str) -> str:
    return f'  {words} "{statement.words}" ({statement.quotes[0].passage})'


def _lines(statements: list[Statement]) -> list[str]:
    return [quote.line for statement in statements for quote in statement.quotes]
