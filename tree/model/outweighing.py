"""Which statements outweigh which: defeasible priorities, as in default logic."""

from __future__ import annotations

import graphlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from .parts import EVERYTHING, Reading, Standing, Statement

MOST_CIRCLES = 20


def outweighers(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    """For each statement that is outweighed by others, these, in the order of the guide.

    One that outweighs everything outweighs all others that speak of one of its options, but for
    those that name it, and those that outweigh everything as well: such stand side by side.

    >>> one, other = Statement("one", ()), Statement("other", (), outweighs=("one",))
    >>> [(id, [s.id for s in found]) for id, found in outweighers([one, other]).items()]
    [('one', ['other'])]
    """
    if not any(statement.outweighs for statement in statements):
        return {}
    known = {statement.id for statement in statements}
    speaking: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for option, _ in statement.effects:
            speaking[option].append(statement)
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        outweighed = {id: None for id in statement.outweighs if id in known}
        if EVERYTHING in statement.outweighs:
            for option, _ in statement.effects:
                for other in speaking[option]:
                    if not {EVERYTHING, statement.id} & {*other.outweighs}:
                        outweighed[other.id] = None
        outweighed.pop(statement.id, None)
        for id in outweighed:
            found[id].append(statement)
    return found


def on_options(outweigher: Statement, outweighed: Statement) -> list[str]:
    """The options on which one statement outweighs another.

    Those that both speak of: on what else the other says, it is silent. Where they have no option
    in common it outweighs the whole of the other.
    """
    own = {option for option, _ in outweigher.effects}
    theirs = [option for option, _ in outweighed.effects]
    common = [option for option in theirs if option in own]
    return common or theirs


def weighed(reading: Reading, found: Mapping[str, Sequence[Statement]]) -> Iterator[str]:
    """The options on which a statement that holds may still not speak.

    `found`: what outweighs each statement.
    """
    for id, others in found.items():
        for other in others:
            yield from on_options(other, reading.statement(id))
    implied = [s for s in reading.statements if s.basis == "implied"]
    for option in {option for s in implied for option, _ in s.effects}:
        said = reading.on_option[option]
        if any(map(is_implied_withholding, said)) and any(map(is_stated_offer, said)):
            yield option


def is_implied_withholding(said: tuple[Standing, Statement]) -> bool:
    return said[0] is Standing.WITHHELD and said[1].basis == "implied"


def is_stated_offer(said: tuple[Standing, Statement]) -> bool:
    return said[0] is not Standing.WITHHELD and said[1].basis == "stated"


def circles(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Statements that outweigh each other in a circle, each the next, and the last the first.

    At least one of each tangle, and never more than 20.
    """
    by_id = {statement.id: statement for statement in statements}
    graph = {id: {s.id for s in found} for id, found in outweighers(statements).items()}
    for _ in range(MOST_CIRCLES):
        try:
            graphlib.TopologicalSorter(graph).prepare()
        except graphlib.CycleError as error:
            circle = error.args[1][:-1]
            # It begins with the one that stands first in the guide.
            first = min(circle, key=list(by_id).index)
            at = circle.index(first)
            circle = [*circle[at:], *circle[:at]]
            yield [by_id[id] for id in circle]
            for one, next_ in zip(circle, [*circle[1:], first], strict=True):
                graph[next_].discard(one)
        else:
            return
