"""Why: the path step by step, and for each option every statement for and against it.

Statements are defeasible rules with priorities; `decisions` says which of them count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..messages import plural, say, spoken, with_colon, worded
from ..model.errors import AnswerError, allowed, shortened, shown
from ..model.parts import Factor, Option, Standing, Statement, Subject
from ..model.text import folded
from .beside import relation_lines
from .decisions import decisions
from .firmness import Firmness, in_words
from .walk import Walk


@dataclass(frozen=True)
class Argument:
    """A statement about an option, what it says, and its weight for this patient.

    `weight`: "decides"; "outweighed"; "applies", but the option is not decided yet; "open"
    while it depends on open answers whether it counts. `by`: the statements that outweigh it,
    or may: those that it is the exception to, or what is stated where it is implied, or the
    stronger ones that decide.
    """

    statement: Statement
    says: Standing
    weight: str
    by: tuple[Statement, ...] = ()

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

    @spoken
    def lines(self) -> Iterator[str]:
        """The reasons line by line; `str` folds the long ones."""
        reading = self.walk.reading
        yield say("The path:")
        for number, (factor, answer) in enumerate(self.steps, 1):
            yield f"  {number}. {factor.question} {worded(answer)}"
            yield from (f'       "{quote.line}" ({quote.passage})' for quote in factor.quotes)
        if not self.steps:
            no_question = not any(on.tree.factors for on in self.walk.trees)
            words = say("not begun: the first question is open")
            yield "  " + (say("no question is asked") if no_question else words)
        for option in reading.options:
            if option.id in self.arguments:
                yield ""
                yield from self._option_lines(option)
        if len(self.arguments) == len(reading.options):
            yield from relation_lines(self.walk)

    def _option_lines(self, option: Option) -> Iterator[str]:
        yield with_colon(option.name, in_words(self.walk, option.id))
        for side, is_for in ((say("For it"), True), (say("Against it"), False)):
            arguments = [a for a in self.arguments[option.id] if a.is_for is is_for]
            if arguments:
                yield "  " + with_colon(side)
            for argument in arguments:
                yield from _argument_lines(argument, self.walk.reading.subject)


def _argument_lines(argument: Argument, subject: Subject) -> Iterator[str]:
    statement = argument.statement
    firm = Firmness.of(statement)
    says = firm.after(subject.within(argument.says))
    weight = {
        "decides": say("decides"),
        "outweighed": say("outweighed"),
        "applies": say("applies"),
        "open": say("open"),
    }[argument.weight]
    words = with_colon(says, f'"{statement.words}" ({statement.origin})')
    yield "    " + with_colon(weight, words)
    if argument.by:
        others = len(argument.by) - 1
        more = plural(" and {count} more", " and {count} more", others) if others else ""
        yield "        " + say('by: "{words}"', words=shortened(argument.by[0].words)) + more
    if statement.because:
        yield "        " + say("because: {because}", because=statement.because)


def why(walk: Walk, options: Collection[str] = ()) -> Why:
    """The reasons behind a walk. `options`: of these alone; AnswerError for an unknown one."""
    reading = walk.reading
    known = [option.id for option in reading.options]
    wrong = [
        f"unknown option {shown(o)}: {allowed(str(o), known)}" for o in options if o not in known
    ]
    if wrong:
        raise AnswerError(wrong)
    arguments = {
        option.id: tuple(
            argument
            for says, statement in reading.on_option[option.id]
            if (argument := _weigh(statement, says, walk, option.id))
        )
        for option in reading.options
        if not options or option.id in options
    }
    steps = tuple((reading.factor(factor), value) for factor, value in walk.taken)
    return Why(walk, steps, arguments)


def _weigh(statement: Statement, says: Standing, walk: Walk, option: str) -> Argument | None:
    """What a statement about an option weighs; None where it surely does not hold."""
    decided, found = decisions(walk.reading), walk.standings[option]
    if decided.holds(statement, walk.answers) is False:
        return None
    if statement in found.because:
        return Argument(statement, says, "decides")
    speaks = decided.speaks(statement, option, walk.answers)
    if speaks is False:
        by = decided.set_aside_by(statement, option, walk.answers)
        return Argument(statement, says, "outweighed", by)
    if found.standing and found.standing.strength > says.strength:
        return Argument(statement, says, "outweighed", found.because)
    return Argument(statement, says, "applies" if speaks else "open")
