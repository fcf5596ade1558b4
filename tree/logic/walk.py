"""Tree + answers → Walk: what is taken, what is still possible, what is ruled out and why."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..model.factors import either
from ..model.parts import OneOrSeveral, Standing, Statement
from ..model.text import folded
from . import beside
from .build import Leaf, Node, Question, Tree
from .decisions import decisions, possible
from .firmness import firmness_of, in_words

# These two are about walks, and import this module.
if TYPE_CHECKING:
    from .what_if import WhatWould
    from .why import Why


class State(enum.StrEnum):
    """What some answers make of a node or branch."""

    TAKEN = "taken"
    POSSIBLE = "possible"
    RULED_OUT = "ruled-out"


@dataclass(frozen=True)
class OptionStanding:
    """What is known of one option for a patient.

    It is decided over all ways to fill in the open answers (the field calls that supervaluation).
    `standing` is None while it is undecided; `possible` holds every standing that is still
    reachable, the strongest first; `because` the statements that decided it.
    """

    standing: Standing | None
    possible: tuple[Standing, ...]
    because: tuple[Statement, ...]

    @property
    def certainty(self) -> str:
        """ "certain" (offered or preferred), "ruled out", "silent", or "possible" while open."""
        if all(standing in (Standing.PREFERRED, Standing.OFFERED) for standing in self.possible):
            return "certain"
        if self.standing is None:
            return "possible"
        return "ruled out" if self.standing is Standing.WITHHELD else "silent"

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words that decided it, each once."""
        return tuple(dict.fromkeys(q.line for s in self.because for q in s.quotes))


@dataclass(frozen=True)
class Walk:
    """What a tree says of one patient, and why. Missing answers stay unknown; nothing is assumed.

    An answer is a value, or several of which one is right.

    >>> from tree import load
    >>> walk = load("data/metastatic_liver_cancer").walk(other_organ_involvement="yes")
    >>> print(walk.what_would("resection", "offered"))
    Complete surgical removal: offered: no change of answers can make it so.
    """

    tree: Tree
    answers: Mapping[str, OneOrSeveral]

    @cached_property
    def known(self) -> dict[str, str]:
        """The answers that are one value."""
        return {id: answer for id, answer in self.answers.items() if isinstance(answer, str)}

    @cached_property
    def _reachable(self) -> frozenset[int]:
        """Nodes that some way of filling in the open answers leads to."""
        return frozenset(_reach(self.tree, self.answers))

    @cached_property
    def _path(self) -> tuple[tuple[int, str], ...]:
        """The certain path: (node, answer) from the root up to the first open question."""
        path, index = [], 0
        while isinstance(node := self.tree.nodes[index], Question):
            answer = self.known.get(node.factor)
            if answer is None:
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
    def matters(self) -> frozenset[str]:
        """The factors whose answer, given all the others, can still change the outcome.

        An answered factor matters if it would matter unanswered.
        """
        still = set(_open_factors(self.tree, self.answers))
        for factor in self.answers:
            others = {f: value for f, value in self.answers.items() if f != factor}
            if factor in _open_factors(self.tree, others):
                still.add(factor)
        return frozenset(still)

    @cached_property
    def settling(self) -> dict[str, float]:
        """The open factors that matter, each with the expected number of outcomes left after it.

        Each value of the factor is taken as equally likely.
        """
        matters = _open_factors(self.tree, self.answers)
        reading = self.tree.reading
        left = {
            factor.id: [
                len(_outcomes(self.tree, self._with(factor.id, value)))
                for value in possible(self.answers.get(factor.id, factor.values))
            ]
            for factor in reading.factors
            # Whether it applies comes first.
            if factor.id in matters and factor.applies(self.answers)
        }
        return {factor: sum(counts) / len(counts) for factor, counts in left.items()}

    @cached_property
    def next(self) -> str | None:
        """The open question that settles most, or None where no answer matters any more.

        The one that leaves the fewest outcomes (`settling`), among equals the first in the
        guide's order.
        """
        return min(self.settling, key=self.settling.__getitem__, default=None)

    def _with(self, factor: str, value: str) -> dict[str, OneOrSeveral]:
        return {**self.answers, factor: value}

    @cached_property
    def standings(self) -> dict[str, OptionStanding]:
        """For every option what is certain or still possible, and the statements behind it."""
        decided, standings = decisions(self.tree.reading), {}
        for option in self.tree.reading.options:
            ends = decided.possible(option.id, self.answers)
            standing = ends[0] if len(ends) == 1 else None
            because = self._because(option.id, standing) if standing else ()
            standings[option.id] = OptionStanding(standing, ends, because)
        return standings

    def _because(self, option: str, standing: Standing) -> tuple[Statement, ...]:
        """The statements that surely count; if there are none, those of which one will."""
        decided = decisions(self.tree.reading)
        fitting = [
            (decided.speaks(statement, option, self.answers), statement)
            for effect, statement in self.tree.reading.on_option[option]
            if effect == standing
        ]
        sure = tuple(s for speaks, s in fitting if speaks)
        return sure or tuple(s for speaks, s in fitting if speaks is None)

    def why(self) -> Why:
        """The path step by step, and for each option every statement for and against."""
        from .why import why

        return why(self)

    def what_would(self, option: str, standing: str) -> WhatWould:
        """The smallest sets of answers whose change gives an option a standing.

        Raises AnswerError for an unknown option or standing.
        """
        from .what_if import what_would

        return what_would(self, option, standing)

    def to_dict(self) -> dict[str, object]:
        """The walk as plain data, ready for JSON."""
        firm = firmness_of(self)
        return {
            "taken": [list(step) for step in self.taken],
            "next": self.next,
            "outcomes": len(self.outcomes),
            "standings": {
                option: {
                    "standing": found.standing and str(found.standing),
                    **firm[option].to_dict(),
                    "possible": [str(standing) for standing in found.possible],
                    "because": list(found.quotes),
                }
                for option, found in self.standings.items()
            },
            **beside.to_dict(self),
        }

    def __repr__(self) -> str:
        answers = ((factor, either(possible(answer))) for factor, answer in self.answers.items())
        known = ", ".join(f"{factor}={answer}" for factor, answer in answers)
        return f"<walk of {self.tree.reading.id!r}: {known or 'nothing known'}>"

    def __str__(self) -> str:
        return folded(self.lines())

    def lines(self) -> Iterator[str]:
        """The walk in words, line by line; `str` folds the long ones."""
        reading = self.tree.reading
        yield f"Known of the {reading.subject.singular}:"
        for factor, value in self.answers.items():
            yield f"  {reading.factor(factor).question} {either(possible(value))}"
        if not self.answers:
            yield "  nothing yet"
        count = len(self.outcomes)
        yield f"{count} of {len(self.tree.outcomes)} outcomes can still be reached."
        if self.next:
            yield f"Next question: {reading.factor(self.next).question}"
        yield ""
        for option in reading.options:
            found = self.standings[option.id]
            yield f"{option.name}: {in_words(self, option.id)}"
            for statement in found.because:
                yield f'    "{statement.words}" ({statement.origin})'
        yield from beside.lines(self)


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
