"""Descriptions that name a count, where its parts would take one for each choice of them."""

from __future__ import annotations

from collections.abc import Collection

from ..model.parts import Reading
from .decisions import WORK, Decisions, decisions
from .dependence import Dependence
from .descriptions import Description, Descriptions, describe_set
from .diagrams import EVERYONE, NOBODY, Diagrams, TooMuchWork


def describe_counting(reading: Reading, target: int) -> Descriptions:
    """As `describe_set`, of a set of `decisions`; with counts where that takes fewer descriptions.

    Together they fit exactly. One with a count may say more than it must.

    >>> from tree import load
    >>> from tree.model.parts import Standing
    >>> bees = load("data/wintering_bees")
    >>> offered = decisions(bees).cases("queen_removed", Standing.OFFERED)
    >>> len(describe_counting(bees, offered).each)
    2
    """
    decided = decisions(reading)
    plain = describe_set(decided.sets, reading.factors, target)
    if not reading.counts:
        return plain
    try:
        counting = _with_counts(decided, target)
    except TooMuchWork:
        return plain
    return min(plain, counting, key=lambda found: (found.more > 0, len(found.each)))


def _with_counts(decided: Decisions, target: int) -> Descriptions:
    sets, factors = decided.sets, decided.reading.factors
    level_of = {factor.id: level for level, factor in enumerate(factors)}
    asked = Dependence(factors)
    found: list[Description] = []
    more = 0
    for count in decided.reading.counts:
        # With the parts goes what depends on them.
        parts = {at for id, _ in count.points for at in asked.depending_on(level_of[id])}
        if not parts & {*sets.levels(target)}:
            continue
        for value in count.values:
            sets.left = WORK
            # Those to whom the parts do not matter are described without them.
            whatever = sets.less(EVERYONE, _freed(sets, sets.less(EVERYONE, target), parts))
            held = decided.counted(count, [value])
            whose = _freed(sets, sets.both(sets.less(target, whatever), held), parts)
            named = sets.both(whose, held)
            if named != NOBODY and sets.less(named, target) == NOBODY:
                target = sets.less(target, named)
                described = describe_set(sets, factors, whose)
                found += [(*each, (count.id, (value,))) for each in described.each]
                more += described.more
    rest = describe_set(sets, factors, target)
    return Descriptions((*rest.each, *found), rest.more + more)


def _freed(sets: Diagrams, node: int, levels: Collection[int]) -> int:
    """Whoever is in a set with some answers at these levels: the field's existential quantifier."""
    known = {NOBODY: NOBODY, EVERYONE: EVERYONE}

    def below(node: int) -> int:
        if node not in known:
            sets.step()
            level, after = sets.level_of[node], [below(end) for end in sets.ends_of[node]]
            known[node] = (
                sets.together(after) if level in levels else sets.node(level, tuple(after))
            )
        return known[node]

    return below(node)
