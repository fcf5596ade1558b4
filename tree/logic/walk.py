"""Reading + answers → Walk: what is certain of every option, what is open, and why."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..messages import either, in_a_row, number, plural, say, spoken, with_colon, worded
from ..model.errors import AnswerError, allowed, shown
from ..model.parts import OneOrSeveral, Option, Reading, Standing, Statement
from ..model.possible import possible
from ..model.text import folded, short_number
from . import beside
from .build import Leaf, Tree
from .decisions import decisions
from .firmness import firmness_of, in_words
from .tree_walk import TreeWalk
from .trees import trees_of

# These two are about walks, and import this module.
if TYPE_CHECKING:
    from .what_if import WhatWould
    from .why import Why


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


class Left(NamedTuple):
    """What an answer leaves open: so many options undecided, and so many outcomes of all trees.

    >>> print(Left(1.5, 4))
    1.5 options undecided, 4 outcomes
    """

    undecided: float
    outcomes: float

    def __str__(self) -> str:
        # What is no whole number has the form of several.
        options, outcomes = (int(count) if count == int(count) else 2 for count in self)
        undecided, left = (number(short_number(count)) for count in self)
        words = (
            plural(
                "{count} option undecided", "{count} options undecided", options, count=undecided
            ),
            plural("{count} outcome", "{count} outcomes", outcomes, count=left),
        )
        return in_a_row(words)


@dataclass(frozen=True)
class Walk:
    """What a guide says of one patient, and why. Missing answers stay unknown; nothing is assumed.

    An answer is a value, or several of which one is right.

    >>> from tree import load
    >>> walk = load("data/metastatic_liver_cancer").walk(other_organ_involvement="yes")
    >>> print(walk.what_would("resection", "offered"))
    Complete surgical removal: offered: no change of answers can make it so.
    """

    reading: Reading
    answers: Mapping[str, OneOrSeveral]

    @cached_property
    def known(self) -> dict[str, str]:
        """The answers that are one value."""
        return {id: answer for id, answer in self.answers.items() if isinstance(answer, str)}

    @cached_property
    def trees(self) -> tuple[TreeWalk, ...]:
        """The walk on every tree of the guide."""
        return tuple(TreeWalk(tree, self.answers) for tree in trees_of(self.reading))

    def on(self, tree: Tree) -> TreeWalk:
        """The walk on one tree, such as an unfolded one."""
        return TreeWalk(tree, self.answers)

    @cached_property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """The certain path of every tree as (factor, value), each step once."""
        return tuple(dict.fromkeys(step for on in self.trees for step in on.taken))

    @cached_property
    def left(self) -> Left:
        """How much is open now."""
        undecided = sum(map(_undecided, self.trees))
        return Left(undecided, sum(len(on.outcomes) for on in self.trees))

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The options whose standing is still open."""
        return tuple(id for id, found in self.standings.items() if found.standing is None)

    @cached_property
    def matters(self) -> frozenset[str]:
        """The factors whose answer, given all the others, can still change a standing.

        An answered factor matters if it would matter unanswered.
        """
        return frozenset[str]().union(*(on.matters for on in self.trees))

    @cached_property
    def next(self) -> str | None:
        """The next question on the path of the first tree that has one; None where none has.

        A question that no longer matters is left out.
        """
        return next((on.next for on in self.trees if on.next), None)

    @cached_property
    def settling(self) -> dict[str, Left]:
        """The open factors that matter, each with what is expected to be left after its answer.

        Each value of the factor is taken as equally likely.
        """
        return {
            factor.id: self._left_after(factor.id)
            for factor in self.reading.factors
            # Whether it applies comes first.
            if factor.id in self._asking and factor.applies(self.answers)
        }

    @cached_property
    def settles_most(self) -> str | None:
        """The open question that settles most, or None where no answer matters any more.

        The one that leaves the fewest options undecided, then the fewest outcomes (`settling`);
        among equals the first in the guide's order.
        """
        return min(self.settling, key=self.settling.__getitem__, default=None)

    @cached_property
    def _asking(self) -> Mapping[str, list[TreeWalk]]:
        """For each open factor that matters, the trees on which it does."""
        asking: dict[str, list[TreeWalk]] = {}
        for on in self.trees:
            for factor in on.open_factors:
                asking.setdefault(factor, []).append(on)
        return asking

    def _left_after(self, factor: str) -> Left:
        values = possible(self.answers.get(factor, self.reading.factor(factor).values))
        asking = self._asking[factor]
        # A tree that does not ask it stays as it is, whatever the answer.
        undecided = len(values) * (self.left.undecided - sum(map(_undecided, asking)))
        outcomes = len(values) * (self.left.outcomes - sum(len(on.outcomes) for on in asking))
        for on, value in itertools.product(asking, values):
            after = TreeWalk(on.tree, {**self.answers, factor: value})
            undecided += _undecided(after)
            outcomes += len(after.outcomes)
        return Left(undecided / len(values), outcomes / len(values))

    @cached_property
    def standings(self) -> dict[str, OptionStanding]:
        """For every option what is certain or still possible, and the statements behind it."""
        return {option.id: self.standing_of(option.id) for option in self.reading.options}

    def standing_of(self, option: str) -> OptionStanding:
        """The same of one option."""
        ends = decisions(self.reading).possible(option, self.answers)
        standing = ends[0] if len(ends) == 1 else None
        because = self._because(option, standing) if standing else ()
        return OptionStanding(standing, ends, because)

    def _because(self, option: str, standing: Standing) -> tuple[Statement, ...]:
        """The statements that surely count; if there are none, those of which one will."""
        decided = decisions(self.reading)
        fitting = [
            (decided.speaks(statement, option, self.answers), statement)
            for effect, statement in self.reading.on_option[option]
            if effect == standing
        ]
        sure = tuple(s for speaks, s in fitting if speaks)
        return sure or tuple(s for speaks, s in fitting if speaks is None)

    @spoken
    def verdict(self, option: str) -> str:
        """What the text says of one option, in words, with the sentences that say so.

        Raises AnswerError for an unknown option.

        >>> from tree import load
        >>> liver = load("data/metastatic_liver_cancer")
        >>> print(liver.walk(other_factors_against_resection="yes").verdict("resection"))
        Complete surgical removal: not for this patient
            "other factors that make liver resection unwise" (wascher, stated)
        """
        known = {found.id: found for found in self.reading.options}
        if option not in known:
            raise AnswerError([f"unknown option {shown(option)}: {allowed(str(option), known)}"])
        return folded(self._option_lines(known[option]))

    def why(self, *options: str) -> Why:
        """The path step by step, and for each option every statement for and against.

        `options`: of these alone. Raises AnswerError for an unknown option.
        """
        from .why import why

        return why(self, options)

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
            "outcomes": self.left.outcomes if len(self.trees) == 1 else None,
            "undecided": list(self.undecided),
            "trees": {
                on.tree.name: {
                    "options": [option.id for option in on.tree.options],
                    "taken": [list(step) for step in on.taken],
                    "next": on.next,
                    "outcomes": len(on.outcomes),
                }
                for on in self.trees
            },
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
        return f"<walk of {self.reading.id!r}: {known or 'nothing known'}>"

    def __str__(self) -> str:
        return folded(self.lines())

    @spoken
    def lines(self) -> Iterator[str]:
        """The walk in words, line by line; `str` folds the long ones."""
        reading = self.reading
        yield say("Known of the {subject}:", subject=reading.subject.singular)
        for factor, value in self.answers.items():
            yield f"  {reading.factor(factor).question} {either(map(worded, possible(value)))}"
        if not self.answers:
            yield "  " + say("nothing yet")
        yield from self._next_lines()
        yield ""
        for option in reading.options:
            yield from self._option_lines(option)
        yield from beside.lines(self)

    def _option_lines(self, option: Option) -> Iterator[str]:
        yield with_colon(option.name, in_words(self, option.id))
        for statement in self.standings[option.id].because:
            yield f'    "{statement.words}" ({statement.origin})'

    def _next_lines(self) -> Iterator[str]:
        for on in self.trees:
            named = len(self.trees) > 1
            left = say(
                "{left} of {count} outcomes can still be reached.",
                left=len(on.outcomes),
                count=len(on.tree.outcomes),
            )
            yield with_colon(on.tree.name, left) if named else left
            if on.next:
                question = self.reading.factor(on.next).question
                indent = "  " * named
                yield indent + say("Next question: {question}", question=question)
        most = self.settles_most
        if most and most not in [on.next for on in self.trees]:
            question = self.reading.factor(most).question
            yield say("The question that tells you most: {question}", question=question)


def _undecided(on: TreeWalk) -> int:
    """How many options of a tree are still open."""
    left = [on.tree.nodes[leaf] for leaf in on.outcomes]
    columns = zip(*(node.standings for node in left if isinstance(node, Leaf)), strict=True)
    return sum(len({*column}) > 1 for column in columns)
