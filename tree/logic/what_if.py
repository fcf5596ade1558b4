"""What would change a standing: the smallest sets of answers that would have to be others.

The field calls them minimal counterfactual explanations. Where answers are still open, a set
that only adds answers is a minimal abductive explanation of the standing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ..messages import say, spoken, with_colon, worded
from ..model.errors import AnswerError, allowed, shown
from ..model.parts import Standing, Statement
from ..model.possible import possible
from ..model.text import folded
from .build import Leaf, Node, Question, build
from .decisions import WORK
from .diagrams import TooMuchWork
from .firmness import Firmness, firmness
from .walk import Walk

Changes = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """Answers to give anew, in the guide's order, and the statements that then decide.

    `firm`: how firmly the text then says it.
    """

    answers: tuple[tuple[str, str], ...]
    because: tuple[Statement, ...]
    firm: Firmness


@dataclass(frozen=True)
class WhatWould:
    """Every smallest change that makes an option's standing certain. Prints in words.

    `too_many`: there are too many ways to look through, and no change is given.
    """

    walk: Walk
    option: str
    standing: Standing
    changes: tuple[Change, ...]
    too_many: bool = False

    @spoken
    def __str__(self) -> str:
        reading = self.walk.reading
        becomes = with_colon(
            reading.option(self.option).name, reading.subject.within(self.standing)
        )
        if self.too_many:
            return say("{becomes}: too many ways to look through.", becomes=becomes)
        if not self.changes:
            return say("{becomes}: no change of answers can make it so.", becomes=becomes)
        lines = []
        for change in self.changes:
            firmly = change.firm.after(becomes)
            if change.answers:
                lines.append(say("{becomes}, if exactly these change:", becomes=firmly))
                lines += [f"  {reading.factor(f).question} {worded(v)}" for f, v in change.answers]
            else:
                lines.append(say("{becomes}: it is so already.", becomes=firmly))
            for statement in change.because:
                lines.append(f'    "{statement.words}" ({statement.origin})')
        return folded(lines)

    def __repr__(self) -> str:
        return f"<what would make {self.option!r} {self.standing}: {len(self.changes)} ways>"


def what_would(walk: Walk, option: str, standing: str) -> WhatWould:
    """All minimal sets of changed answers after which the option surely has the standing.

    These are the minimal counterfactual explanations: no part of a set would do. An open question
    may be answered or, where its answer then no longer matters, stay open. Sets are ordered by
    size, then as the guide orders its factors. The work is bounded, see `too_many`. Raises
    AnswerError for an unknown option or standing.
    """
    reading = walk.reading
    options = [found.id for found in reading.options]
    wrong = []
    if option not in options:
        wrong.append(f"unknown option {shown(option)}: {allowed(str(option), options)}")
    if standing not in list(Standing):
        wrong.append(f"unknown standing {shown(standing)}: {allowed(str(standing), Standing)}")
    if wrong:
        raise AnswerError(wrong)

    wanted = Standing(standing)
    position = {factor.id: i for i, factor in enumerate(reading.factors)}
    found = []
    try:
        smallest = _minimal_sets(walk, option, wanted)
    except TooMuchWork:
        return WhatWould(walk, option, wanted, (), too_many=True)
    for changes in smallest:
        answers = tuple(sorted(changes, key=lambda pair: (position[pair[0]], pair[1])))
        after = Walk(walk.reading, {**walk.answers, **dict(answers)})
        firm = firmness(reading, option, wanted, after.answers)
        found.append(Change(answers, after.standings[option].because, firm))
    found.sort(key=lambda c: (len(c.answers), [(position[f], v) for f, v in c.answers]))
    return WhatWould(walk, option, wanted, tuple(found))


def _minimal_sets(walk: Walk, option: str, wanted: Standing) -> set[Changes]:
    reading, answers = walk.reading, walk.answers
    nodes = build(reading, [reading.option(option)]).nodes
    known: dict[frozenset[int], set[Changes]] = {}
    left = WORK

    def sets(ahead: frozenset[int]) -> set[Changes]:
        """The smallest changes after which every one of these nodes leads to what is wanted."""
        # An open question leads to several nodes at once. One change must serve all of
        # them, so they go on together, factor by factor.
        nonlocal left
        if ahead not in known:
            found = set(ways(ahead))
            # To compare sets with each other is quick beside looking at nodes.
            left -= len(ahead) + len(found) ** 2 // 100
            if left < 0:
                raise TooMuchWork
            known[ahead] = _smallest(found)
        return known[ahead]

    def ways(ahead: frozenset[int]) -> Iterator[Changes]:
        leaves = {node.standings[0] for i in ahead if isinstance(node := nodes[i], Leaf)}
        if leaves - {wanted}:
            return
        asked = {node.factor for i in ahead if isinstance(node := nodes[i], Question)}
        factor = next((factor for factor in reading.factors if factor.id in asked), None)
        if factor is None:
            yield frozenset()
            return
        known = possible(answers.get(factor.id, factor.values))
        yield from sets(_after(nodes, ahead, factor.id, known))
        for value in factor.values:
            if {value} != {*known}:
                change = frozenset({(factor.id, value)})
                for changes in sets(_after(nodes, ahead, factor.id, (value,))):
                    yield change | changes

    return sets(frozenset({0}))


def _after(
    nodes: tuple[Node, ...], ahead: Iterable[int], factor: str, values: Collection[str]
) -> frozenset[int]:
    """The nodes that are ahead once a factor has one of these values."""
    after: set[int] = set()
    for index in ahead:
        node = nodes[index]
        if isinstance(node, Question) and node.factor == factor:
            after.update(target for value, target in node.branches if value in values)
        else:
            after.add(index)
    return frozenset(after)


def _smallest(found: Iterable[Changes]) -> set[Changes]:
    """Drop every set that holds another one."""
    kept: list[Changes] = []
    for changes in sorted(found, key=len):
        if not any(other <= changes for other in kept):
            kept.append(changes)
    return set(kept)
