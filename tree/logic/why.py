"""Why: the path step by step, and for each option every statement for and against it.

Statements are defeasible rules with priorities: a stronger one outweighs a weaker one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.parts import Factor, Option, Standing, Statement
from ..model.text import folded
from .build import Leaf
from .walk import OptionStanding, Walk


@dataclass(frozen=True)
class Argument:
    """A statement about an option, what it says, and its weight for this patient.

    `weight`: "decides"; "outweighed" by a stronger statement; "applies", but the option is
    not decided yet; "open" while it depends on open answers whether it applies.
    """

    statement: Statement
    says: Standing
    weight: str

    @property
    def is_for(self) -> bool:
        """Whether it speaks for the option."""
        return self.says is not Standing.WITHHELD


@dataclass(frozen=True)
class Why:
    """The reasons of a walk. `steps`: (factor, answer) in order; `arguments` by option id,
    the strongest first, without those that surely do not apply. Prints in words."""

    walk: Walk
    steps: tuple[tuple[Factor, str], ...]
    arguments: dict[str, tuple[Argument, ...]]

    def __str__(self) -> str:
        return folded(self.lines())

    def __repr__(self) -> str:
        return f"<why of {self.walk!r}>"

    def lines(self) -> Iterator[str]:
        """The reasons line by line; `str` folds the long ones."""
        reading = self.walk.tree.reading
        yield "The path:"
        for number, (factor, answer) in enumerate(self.steps, 1):
            yield f"  {number}. {factor.question} {answer}"
            yield from (f'       "{quote.line}" ({quote.passage})' for quote in factor.quotes)
        if not self.steps:
            no_question = isinstance(self.walk.tree.nodes[0], Leaf)
            yield (
                "  no question is asked"
                if no_question
                else "  not begun: the first question of the tree is open"
            )
        for option in reading.options:
            yield ""
            yield from self._option_lines(option, self.walk.standings[option.id])

    def _option_lines(self, option: Option, found: OptionStanding) -> Iterator[str]:
        if found.standing:
            yield f"{option.name}: {found.standing.label.lower()}"
        else:
            choices = " or ".join(standing.label.lower() for standing in found.possible)
            yield f"{option.name}: not decided yet ({choices})"
        for side, is_for in (("for", True), ("against", False)):
            arguments = [a for a in self.arguments[option.id] if a.is_for is is_for]
            if arguments:
                yield f"  {side}:"
            for argument in arguments:
                yield from _argument_lines(argument)


def _argument_lines(argument: Argument) -> Iterator[str]:
    statement = argument.statement
    says = argument.says.label.lower()
    yield f'    {argument.weight}: {says}: "{statement.words}" ({statement.origin})'
    if statement.because:
        yield f"        because: {statement.because}"


def why(walk: Walk) -> Why:
    """The reasons behind a walk."""
    reading = walk.tree.reading
    arguments = {
        option.id: tuple(
            Argument(statement, says, weight)
            for says, statement in reading.on_option[option.id]
            if (weight := _weight(statement, says, walk, walk.standings[option.id]))
        )
        for option in reading.options
    }
    steps = tuple((reading.factor(factor), value) for factor, value in walk.taken)
    return Why(walk, steps, arguments)


def _weight(statement: Statement, says: Standing, walk: Walk, found: OptionStanding) -> str:
    """The weight of an argument; "" where it surely does not apply."""
    applies = statement.applies(walk.answers)
    if applies is False:
        return ""
    if statement in found.because:
        return "decides"
    if found.standing and found.standing.strength > says.strength:
        return "outweighed"
    return "applies" if applies else "open"
