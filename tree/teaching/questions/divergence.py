"""The first step at which an answer leaves the text, and what to say about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ...logic.decisions import decisions
from ...logic.walk import Walk
from ...messages import apart, say, spoken, valued, with_colon
from ...model.parts import UNKNOWN, Standing
from ...model.text import Quote
from .questions import (
    NEXT,
    NOT_DECIDED,
    SENTENCE,
    PracticeQuestion,
    sayings,
)
from .steps import FACTOR, OPTION, Step, statement_words


@dataclass(frozen=True)
class Divergence:
    """Where an answer leaves the text: what was given, as the guide calls it; what to say of it in
    plain words, with the words of the text (`quotes`) and of the vignette (`words`)."""

    step: Step
    given: str
    says: str
    factor: str
    statement: str
    quotes: tuple[Quote, ...]
    words: tuple[Quote, ...]

    def lines(self) -> Iterator[str]:
        """It line by line."""
        yield self.says
        for quote in self.quotes:
            yield "    " + say('the text: "{words}"', words=quote.line)
        for quote in self.words:
            yield "    " + say('the vignette: "{words}"', words=quote.line)


@spoken
def right_answer_words(question: PracticeQuestion, step: Step) -> str:
    """What is right at a step, in words, whatever was answered.

    >>> from tree import load
    >>> from tree.teaching.questions.questions import questions
    >>> from tree.teaching.questions.steps import steps
    >>> branch = questions(load("data/metastatic_liver_cancer"))[0]
    >>> right_answer_words(branch, steps(branch)[0])
    'The vignette says: Yes.'
    """
    if step.about == FACTOR:
        return _vignette_says(step)
    if step.about == OPTION:
        return f"{_named(question, step.id)}. {_option_words(question, step, False)}"
    if question.kind == NEXT:
        left = question.walk.settling[step.accepted[0]]
        words = say(
            "Now: {now}. After this question, on average: {left}.",
            now=question.walk.left,
            left=left,
        )
        return f"{words} {_asked(question, step.accepted[0])}"
    if question.kind == SENTENCE:
        return f"{_stands(question)} {say('This sentence decides.')}"
    expected = dict(question.choices)[step.accepted[0]]
    return f"{_named(question, question.option)}. {_before_and_after(question, expected)}"


@spoken
def reason(question: PracticeQuestion, choice: str) -> str:
    """Why one of the choices is right or not, in a few words; "" where there is nothing to add."""
    if question.kind == NEXT:
        left = question.walk.settling.get(choice, question.walk.left)
        return say("on average: {left}", left=left)
    return _why_sentence(question, choice) if question.kind == SENTENCE else ""


# --- what is right, and where the text says so ---------------------------------------------


@spoken
def diverged(question: PracticeQuestion, step: Step, given: str) -> Divergence:
    """What to say about a wrong answer to a step."""
    quotes, words, statement = step.quotes, step.words, step.statement
    if step.about == FACTOR:
        asked = _asked(question, step.id)
        chosen = say("You said {said}.", said=valued(given))
        says = f"{asked} {chosen} {_vignette_says(step)}"
    elif step.about == OPTION:
        said = sayings(question.reading)[given]
        option = _named(question, step.id)
        if not statement:
            # The text is silent: the sentence that was read speaks of other patients.
            for standing, other in question.reading.on_option[step.id]:
                if standing == given:
                    statement, quotes = other.id, other.quotes
                    words = statement_words(question, other)
                    break
        says = f"{_you_said(option, said)} {_option_words(question, step, bool(quotes))}"
    elif question.kind == NEXT:
        says = _next_words(question, step, given)
    elif question.kind == SENTENCE:
        says = _sentence_words(question, given)
    else:
        names = dict(question.choices)
        says = _concordance_words(question, names[step.accepted[0]], names[given])
    return Divergence(step, given, says, step.factor, statement, quotes, words)


def _vignette_says(step: Step) -> str:
    if step.accepted[0] == UNKNOWN:
        return say("The vignette does not say, and what is unknown stays unknown.")
    return say("The vignette says: {value}.", value=valued(step.accepted[0]))


def _option_words(question: PracticeQuestion, step: Step, has_sentence: bool) -> str:
    expected = step.accepted[0]
    if expected == NOT_DECIDED:
        statement = question.reading.statement(step.statement)
        missing = [
            question.reading.factor(factor).question
            for factor in _ordered(question, decisions(question.reading).asked(statement, step.id))
            if factor not in question.case.answers
        ]
        return say(
            "It is not decided yet. It depends on what the vignette leaves out: {question}",
            question=missing[0],
        )
    if expected == str(Standing.SILENT):
        subject = question.reading.subject
        silent = say(
            "For this {subject} the text does not say anything about it.", subject=subject.singular
        )
        others = say("This sentence is about other {subjects}.", subjects=subject.plural)
        return f"{silent} {others}" if has_sentence else silent
    return say("The text: {verdict}.", verdict=_small(sayings(question.reading)[expected]))


def _ordered(question: PracticeQuestion, asked: Collection[str]) -> list[str]:
    return [factor.id for factor in question.reading.factors if factor.id in asked]


def _next_words(question: PracticeQuestion, step: Step, given: str) -> str:
    settling = question.walk.settling
    best = step.accepted[0]
    now = question.walk.left
    words = say(
        "Now: {now}. After the question that you chose, on average: {chosen}. "
        "After this one: {best}.",
        now=now,
        chosen=settling.get(given, now),
        best=settling[best],
    )
    return f"{words} {_asked(question, best)}"


def _sentence_words(question: PracticeQuestion, given: str) -> str:
    other = say(
        "The sentence that you chose {reason}; this one decides.",
        reason=_why_sentence(question, given),
    )
    return f"{_stands(question)} {other}"


def _stands(question: PracticeQuestion) -> str:
    standing = str(question.walk.standing_of(question.option).standing)
    words = _small(sayings(question.reading)[standing])
    return with_colon(_named(question, question.option), words) + "."


def _why_sentence(question: PracticeQuestion, choice: str) -> str:
    statement = question.reading.statement(choice)
    if statement in question.walk.standing_of(question.option).because:
        return say("decides")
    decided = decisions(question.reading)
    holds = decided.holds(statement, question.walk.answers)
    speaks = decided.speaks(statement, question.option, question.walk.answers)
    if holds and speaks is False:
        return say("applies, but another sentence outweighs it")
    if holds and speaks:
        return say("applies, but what decides is stronger")
    if holds is not False:
        return say("may apply or not: the vignette does not say")
    return say("is about other {subjects}", subjects=question.reading.subject.plural)


def _concordance_words(question: PracticeQuestion, expected: str, said: str) -> str:
    chosen = _you_said(_named(question, question.option), said)
    return f"{chosen} {_before_and_after(question, expected)}"


def _you_said(option: str, said: str) -> str:
    return say("{option}: you said {said}.", option=option, said=_small(said))


def _before_and_after(question: PracticeQuestion, expected: str) -> str:
    factor, value = question.learned
    either = question.reading.subject.choices
    before = question.walk.standing_of(question.option).possible
    after = Walk(question.reading, {**question.walk.answers, factor: value})
    return say(
        "Before: {before}. With the new fact: {after}. That is {verdict}.",
        before=either(before),
        after=either(after.standing_of(question.option).possible),
        verdict=_small(expected),
    )


def _small(label: str) -> str:
    """A standing as it stands within a sentence.

    >>> _small("First choice"), _small("The text does not say")
    ('first choice', 'the text does not say')
    """
    return label[:1].lower() + label[1:]


def _named(question: PracticeQuestion, option: str) -> str:
    return apart(question.reading.option(option).name)


def _asked(question: PracticeQuestion, factor: str) -> str:
    return apart(question.reading.factor(factor).question)
