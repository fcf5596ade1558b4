"""What a right answer to a question says, step by step, with the words that make it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ...logic.build import Question
from ...logic.decisions import decisions
from ...logic.tree_walk import State, TreeWalk
from ...logic.walk import Walk
from ...model.parts import UNKNOWN, Option, Statement
from ...model.text import Quote, Text
from .likelihood import likelihood
from .questions import (
    CONCORDANCE,
    NEXT,
    NOT_DECIDED,
    SENTENCE,
    STANDING,
    PracticeQuestion,
)

FACTOR, OPTION, CHOICE = "factor", "option", "choice"


@dataclass(frozen=True)
class Step:
    """One thing that an answer says, and what the text and the vignette say of it.

    `about`: "factor", "option" or "choice" (the whole of a question with choices), and the `id`
    of the factor or option. `accepted`: the right answers, the one to show first. `factor` and
    `statement`: what a wrong answer has misread. `quotes`: the words of the text that decide,
    `words`: those of the vignette; `read`: words of the text that help without deciding.
    """

    about: str
    id: str
    accepted: tuple[str, ...]
    factor: str = ""
    statement: str = ""
    quotes: tuple[Quote, ...] = ()
    words: tuple[Quote, ...] = ()
    read: tuple[Quote, ...] = ()
    on_path: bool = True


def steps(question: PracticeQuestion) -> tuple[Step, ...]:
    """Every step of the right answer, in the order of the tree, then of the options.

    The factors that the patient's path does not ask come last.
    """
    if question.kind == NEXT:
        return (_next_step(question),)
    if question.kind == SENTENCE:
        return (_sentence_step(question),)
    if question.kind == CONCORDANCE:
        return (_concordance_step(question),)
    factors = list(_factor_steps(question))
    options = _option_steps(question) if question.kind == STANDING else ()
    return (
        *(step for step in factors if step.on_path),
        *options,
        *(step for step in factors if not step.on_path),
    )


def in_full(text: Text, quote: Quote) -> Quote:
    """The whole sentence, or sentences, of the text that a quote stands in.

    >>> text = Text("t", "Rest. Drink warm tea. Sleep.")
    >>> in_full(text, text.quote(12, 16)).words
    'Drink warm tea.'
    """
    spans = [s for s in text.sentences if s[0] < quote.end and quote.start < s[1]]
    start = min([quote.start, *(start for start, _ in spans)])
    return text.quote(start, max([quote.end, *(end for _, end in spans)]))


def met_on(trees: Iterable[TreeWalk]) -> set[str]:
    """The factors that these trees ask, or may still ask."""
    return {
        node.factor
        for on in trees
        for node, state in zip(on.tree.nodes, on.nodes, strict=True)
        if isinstance(node, Question) and state is not State.RULED_OUT
    }


def _factor_steps(question: PracticeQuestion) -> Iterator[Step]:
    met = met_on(question.walk.trees)
    said = {given.factor: given.quotes for given in question.case.given}
    for factor in question.reading.factors:
        value = question.case.answers.get(factor.id, UNKNOWN)
        yield Step(
            FACTOR,
            factor.id,
            (value,),
            factor=factor.id,
            quotes=factor.quotes,
            words=said.get(factor.id, ()),
            read=factor.quotes,
            on_path=factor.id in met,
        )


def _option_steps(question: PracticeQuestion) -> Iterator[Step]:
    for option in question.reading.options:
        found = question.walk.standings[option.id]
        # Of an option left open: the strongest statement of which it is open whether it applies.
        statements = found.because if found.standing else _open(question.walk, option.id)
        step = Step(OPTION, option.id, (str(found.standing or NOT_DECIDED),))
        yield _deciding(question, step, statements[0]) if statements else step


def _open(walk: Walk, option: str) -> list[Statement]:
    said, speaks = walk.reading.on_option[option], decisions(walk.reading).speaks
    return [statement for _, statement in said if speaks(statement, option, walk.answers) is None]


def _deciding(question: PracticeQuestion, step: Step, statement: Statement) -> Step:
    """The step with the statement that decides it, and what the vignette says to it."""
    words = statement_words(question, statement)
    quotes = statement.quotes
    return replace(
        step, statement=statement.id, quotes=quotes, words=words, read=step.read or quotes
    )


def statement_words(question: PracticeQuestion, statement: Statement) -> tuple[Quote, ...]:
    """The words of the vignette on the factors that a statement asks for."""
    asked = question.reading.asked_in(statement.condition)
    given = (each for each in question.case.given if each.factor in asked)
    return tuple(quote for each in given for quote in each.quotes)


def _next_step(question: PracticeQuestion) -> Step:
    # A class may have asked for some already, in vain.
    asked = [choice for choice, _ in question.choices]
    settling = {f: left for f, left in question.walk.settling.items() if f in asked}
    least = min(settling.values())
    best = tuple(factor for factor, left in settling.items() if left == least)
    undecided = (o.id for o in question.reading.options if _is_open(question.walk, o))
    hanging = [s for option in undecided for s in _open(question.walk, option)]
    return Step(
        CHOICE,
        "",
        best,
        factor=best[0],
        quotes=question.reading.factor(best[0]).quotes,
        read=hanging[0].quotes if hanging else (),
    )


def _is_open(walk: Walk, option: Option) -> bool:
    return walk.standing_of(option.id).standing is None


def _sentence_step(question: PracticeQuestion) -> Step:
    because = question.walk.standing_of(question.option).because
    choices = [choice for choice, _ in question.choices]
    right = [statement for statement in because if statement.id in choices]
    asked = question.reading.asked_in(right[0].condition)
    factors = (f for f in question.reading.factors if f.id in asked)
    step = Step(
        CHOICE,
        "",
        tuple(statement.id for statement in right),
        read=tuple(quote for factor in factors for quote in factor.quotes),
    )
    return _deciding(question, step, right[0])


def _concordance_step(question: PracticeQuestion) -> Step:
    factor, value = question.learned
    option = question.option
    before = question.walk.standing_of(option)
    after = Walk(question.reading, {**question.walk.answers, factor: value}).standing_of(option)
    change = likelihood(before.possible, after.possible)
    step = Step(CHOICE, "", (str(change),), factor=factor)
    # Where the text is silent afterwards, what it would have said.
    statements = after.because or _open(question.walk, option)
    if statements:
        return _deciding(question, step, statements[0])
    return replace(step, quotes=question.reading.factor(factor).quotes)
