"""What would change a standing: the smallest sets of answers that would have to be others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .building import Leaf
from .errors import AnswerError, allowed, shown
from .reading import Standing, Statement
from .text import folded
from .walking import Walk

Changes = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """Answers to give anew, in the guide's order, and the statements that then decide."""

    answers: tuple[tuple[str, str], ...]
    because: tuple[Statement, ...]


@dataclass(frozen=True)
class WhatWould:
    """Every smallest change that makes an option's standing certain. Prints in words."""

    walk: Walk
    option: str
    standing: Standing
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        reading = self.walk.tree.reading
        name = next(option.name for option in reading.options if option.id == self.option)
        becomes = f"{name}: {self.standing.label.lower()}"
        if not self.changes:
            return f"{becomes}: nothing can make it so."
        lines = []
        for change in self.changes:
            if change.answers:
                lines.append(f"{becomes}, if exactly these change:")
                lines += [f"  {reading.factor(f).question} {v}" for f, v in change.answers]
            else:
                lines.append(f"{becomes}: it is so already.")
            for statement in change.because:
                words = " … ".join(quote.line for quote in statement.quotes)
                lines.append(f'    "{words}" ({statement.origin})')
        return folded(lines)

    def __repr__(self) -> str:
        return f"<what would make {self.option!r} {self.standing}: {len(self.changes)} ways>"


def what_would(walk: Walk, option: str, standing: str) -> WhatWould:
    """All minimal sets of changed answers after which the option surely has the standing.

    Minimal: no part of a set would do. An open question may be answered or, where its
    answer then no longer matters, stay open. Sets are ordered by size, then as the guide
    orders its factors. Raises AnswerError for an option or a standing that there is not.
    """
    reading = walk.tree.reading
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
    for changes in _minimal_sets(walk, options.index(option), wanted):
        answers = tuple(sorted(changes, key=lambda pair: (position[pair[0]], pair[1])))
        after = Walk(walk.tree, {**walk.answers, **dict(answers)})
        found.append(Change(answers, after.standings[option].because))
    found.sort(key=lambda c: (len(c.answers), [(position[f], v) for f, v in c.answers]))
    return WhatWould(walk, option, wanted, tuple(found))


def _minimal_sets(walk: Walk, option: int, wanted: Standing) -> set[Changes]:
    # From the leaves up: for each node, the smallest changes after which whoever comes
    # through it ends with the wanted standing.
    sets: list[set[Changes]] = [set() for _ in walk.tree.nodes]
    for index in reversed(range(len(walk.tree.nodes))):
        node = walk.tree.nodes[index]
        if isinstance(node, Leaf):
            sets[index] = {frozenset()} if node.standings[option] is wanted else set()
            continue
        answer = walk.answers.get(node.factor)
        ways: set[Changes] = set()
        for value, target in node.branches:
            own = frozenset() if value == answer else frozenset({(node.factor, value)})
            ways.update(own | changes for changes in sets[target])
        if answer is None:
            # The question may stay open where one change serves all of its values.
            together: set[Changes] = {frozenset()}
            for _, target in node.branches:
                pairs = (a | b for a in together for b in sets[target])
                together = _smallest(changes for changes in pairs if _consistent(changes))
            ways |= together
        sets[index] = _smallest(ways)
    return sets[0]


def _consistent(changes: Changes) -> bool:
    return len({factor for factor, _ in changes}) == len(changes)


def _smallest(found: Iterable[Changes]) -> set[Changes]:
    """Drop every set that holds another one."""
    kept: list[Changes] = []
    for changes in sorted(set(found), key=len):
        if not any(other <= changes for other in kept):
            kept.append(changes)
    return set(kept)
