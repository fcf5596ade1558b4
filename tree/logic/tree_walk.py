"""One tree + answers → TreeWalk: what of it is taken, still possible, and ruled out."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..model.parts import OneOrSeveral, Standing
from ..model.possible import possible
from .build import Leaf, Node, Question, Tree


class State(enum.StrEnum):
    """What some answers make of a node or branch."""

    TAKEN = "taken"
    POSSIBLE = "possible"
    RULED_OUT = "ruled-out"


@dataclass(frozen=True)
class TreeWalk:
    """A tree and some answers. Missing answers stay unknown; nothing is assumed.

    >>> from tree import load
    >>> liver = load("data/metastatic_liver_cancer")
    >>> TreeWalk(liver.tree, {"other_organ_involvement": "no"}).taken
    (('other_organ_involvement', 'no'),)
    """

    tree: Tree
    answers: Mapping[str, OneOrSeveral]

    @cached_property
    def _reachable(self) -> frozenset[int]:
        """Nodes that some way of filling in the open answers leads to."""
        return frozenset(_reach(self.tree, self.answers))

    @cached_property
    def _path(self) -> tuple[tuple[int, str], ...]:
        """The certain path: (node, answer) from the root up to the first open question."""
        path, index = [], 0
        while isinstance(node := self.tree.nodes[index], Question):
            answer = self.answers.get(node.factor)
            if not isinstance(answer, str):
                break
            path.append((index, answer))
            index = dict(node.branches)[answer]
        return tuple(path)

    @cached_property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """The certain path as (factor, value)."""
        nodes = self.tree.nodes
        return tuple(
            (node.factor, value)
            for index, value in self._path
            if isinstance(node := nodes[index], Question)
        )

    @cached_property
    def outcomes(self) -> tuple[int, ...]:
        """The outcomes still reachable, each by its first leaf."""
        return tuple(_outcomes(self.tree, self.answers).values())

    @cached_property
    def nodes(self) -> tuple[State, ...]:
        """The state of every node. The only outcome left is taken, whatever is still open."""
        taken = {index for index, _ in self._path}
        if self._path:
            index, value = self._path[-1]
            node = self.tree.nodes[index]
            taken |= {dict(node.branches)[value]} if isinstance(node, Question) else set()
        else:
            taken.add(0)
        if len(self.outcomes) == 1:
            taken.update(self._reachable.intersection(self.tree.leaves))
        return tuple(
            State.TAKEN
            if i in taken
            else State.POSSIBLE
            if i in self._reachable
            else State.RULED_OUT
            for i in range(len(self.tree.nodes))
        )

    @cached_property
    def branches(self) -> dict[tuple[int, str], State]:
        """The state of every branch, by its question's node and its value."""
        states = {}
        for index, node in enumerate(self.tree.nodes):
            if isinstance(node, Question):
                ahead = dict(_ahead(node, self.answers)) if index in self._reachable else {}
                for value, _ in node.branches:
                    states[index, value] = (
                        State.TAKEN
                        if (index, value) in self._path
                        else State.POSSIBLE
                        if value in ahead
                        else State.RULED_OUT
                    )
        return states

    @cached_property
    def open_factors(self) -> frozenset[str]:
        """The open factors whose answer, given all the others, can still change the outcome."""
        return frozenset(_open_factors(self.tree, self.answers))

    @cached_property
    def matters(self) -> frozenset[str]:
        """The factors whose answer, given all the others, can still change the outcome.

        An answered factor matters if it would matter unanswered.
        """
        still = set(self.open_factors)
        for factor in self.answers:
            if factor in self.tree.factors:
                others = {f: value for f, value in self.answers.items() if f != factor}
                still |= {factor} & _open_factors(self.tree, others)
        return frozenset(still)

    @cached_property
    def next(self) -> str | None:
        """The first open question on the path that matters, or None where no answer does any more.

        It is the root of the tree that remains.
        """
        for factor in self.tree.reading.factors:
            if factor.id in self.open_factors and factor.applies(self.answers):
                return factor.id
        return None

    def __repr__(self) -> str:
        return f"<walk of {self.tree!r}: {dict(self.answers)}>"


def _ahead(node: Node, answers: Mapping[str, OneOrSeveral]) -> list[tuple[str, int]]:
    """The branches of a node that fit the answers."""
    if isinstance(node, Leaf):
        return []
    if node.factor not in answers:
        return list(node.branches)
    values = possible(answers[node.factor])
    return [(value, target) for value, target in node.branches if value in values]


def _reach(tree: Tree, answers: Mapping[str, OneOrSeveral]) -> set[int]:
    reached = {0}
    # Every node comes before those it leads to, so one pass finds them all.
    for index, node in enumerate(tree.nodes):
        if index in reached:
            reached.update(target for _, target in _ahead(node, answers))
    return reached


def _outcomes(tree: Tree, answers: Mapping[str, OneOrSeveral]) -> dict[tuple[Standing, ...], int]:
    """The outcomes still reachable, each with its first leaf."""
    outcomes: dict[tuple[Standing, ...], int] = {}
    for index in sorted(_reach(tree, answers)):
        node = tree.nodes[index]
        if isinstance(node, Leaf):
            outcomes.setdefault(node.standings, index)
    return outcomes


def _open_factors(tree: Tree, answers: Mapping[str, OneOrSeveral]) -> set[str]:
    """The open factors that still matter: those that the tree that remains asks.

    That tree is the decision diagram restricted to the answers, and reduced again.
    """
    # From the leaves up: answered questions are passed through, and so are those whose
    # answers no longer lead to different ends. Equal remainders are one number, so that
    # none is ever compared in depth.
    number_of = [0] * len(tree.nodes)
    numbers: dict[tuple[object, tuple[int, ...]], int] = {}
    asked: list[tuple[str | None, tuple[int, ...]]] = []
    for index in reversed(range(len(tree.nodes))):
        node = tree.nodes[index]
        ends = tuple(number_of[target] for _, target in _ahead(node, answers))
        if len(set(ends)) == 1:
            number_of[index] = ends[0]
            continue
        factor = node.factor if isinstance(node, Question) else None
        key = (node.standings if isinstance(node, Leaf) else factor, ends)
        number_of[index] = numbers.setdefault(key, len(numbers))
        if number_of[index] == len(asked):
            asked.append((factor, ends))
    factors: set[str] = set()
    ahead = {number_of[0]}
    for number in reversed(range(len(asked))):
        if number in ahead:
            factor, ends = asked[number]
            ahead.update(ends)
            factors |= {factor} if factor else set()
    return factors
