"""Question + answer → grade: right, or the first step where the answer leaves the text."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ...logic.build import Question as Asked
from ...logic.walk import State, Walk
from ...model.errors import AnswerError, allowed, shown
from ...model.parts import UNKNOWN, Option, Standing, Statement, capitalized
from ...model.sentences import sentences
from ...model.text import Quote, Text, folded
from .questions import (
    BRANCH,
    CONCORDANCE,
    NEXT,
    NOT_DECIDED,
    SAYINGS,
    SENTENCE,
    STANDING,
    Question,
    likelihood,
)

Answer = str | Mapping[str, str] | Mapping[str, Mapping[str, str]]

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


@dataclass(frozen=True)
class Divergence:
    """Where an answer leaves the text: what was expected and given, said in plain words, with
    the words of the text (`quotes`) and of the vignette (`words`)."""

    step: Step
    expected: str
    given: str
    says: str
    factor: str
    statement: str
    quotes: tuple[Quote, ...]
    words: tuple[Quote, ...]

    def lines(self) -> Iterator[str]:
        """It line by line."""
        yield self.says
        yield from (f'    the text: "{quote.line}"' for quote in self.quotes)
        yield from (f'    the vignette: "{quote.line}"' for quote in self.words)


@dataclass(frozen=True)
class Grade:
    """What an answer is worth. `divergence`: the first one, None where the answer is right.

    `asides`: factors answered otherwise than in the vignette on which nothing hangs here.
    `judged`: every step up to the first divergence, and whether it was right.
    """

    question: Question
    divergence: Divergence | None
    asides: tuple[Divergence, ...] = ()
    judged: tuple[tuple[Step, bool], ...] = field(default=(), repr=False)

    @property
    def right(self) -> bool:
        """Whether the answer is the text's."""
        return self.divergence is None

    def __str__(self) -> str:
        lines = list(self.divergence.lines()) if self.divergence else ["Right."]
        for aside in self.asides:
            lines += ["Nothing hangs on it here, but:", *aside.lines()]
        return folded(lines)

    def __repr__(self) -> str:
        return f"<grade of {self.question!r}: {'right' if self.right else 'not right'}>"


def grade(question: Question, answer: Answer) -> Grade:
    """Compare an answer with the text's, step by step along the tree's path.

    First the factors that the tree asks on the patient's path, in its order, then the options in
    the guide's order. Raises AnswerError where the answer does not fit the question; see
    `Question` for its shape.

    >>> from tree import load
    >>> from tree.teaching.questions import questions
    >>> branch = questions(load("data/metastatic_liver_cancer").tree)[0]
    >>> print(grade(branch, dict(branch.case.answers)))
    Right.
    >>> grade(branch, {}).divergence.factor
    'other_organ_involvement'
    """
    given = read(question, answer)
    judged: list[tuple[Step, bool]] = []
    first = None
    asides = []
    for step in steps(question):
        said = given[step.about, step.id]
        is_right = said in step.accepted
        if first is None and step.on_path:
            judged.append((step, is_right))
            if not is_right:
                first = diverged(question, step, said)
        elif not step.on_path and not is_right:
            asides.append(diverged(question, step, said))
    return Grade(question, first, tuple(asides), tuple(judged))


def read(question: Question, answer: Answer) -> dict[tuple[str, str], str]:
    """An answer as one value for each step. Raises AnswerError where it does not fit."""
    if question.kind not in (BRANCH, STANDING):
        choices = [choice for choice, _ in question.choices]
        if answer not in choices:
            raise AnswerError([f"unknown answer {shown(answer)}: {allowed(str(answer), choices)}"])
        return {(CHOICE, ""): str(answer)}
    if not isinstance(answer, Mapping):
        raise AnswerError([f"the answer must be a mapping, not {shown(answer)}"])
    parts: Mapping[str, object] = answer if question.kind == STANDING else {"factors": answer}
    wrong = [
        f"unknown part {shown(part)}: {allowed(str(part), ('factors', 'options'))}"
        if part not in ("factors", "options")
        else f"{part} must be a mapping, not {shown(content)}"
        for part, content in parts.items()
        if part not in ("factors", "options") or not isinstance(content, Mapping)
    ]
    if wrong:
        raise AnswerError(wrong)
    factors, options = (_mapping(parts.get(part)) for part in ("factors", "options"))
    known = question.reading.check_answers(factors)
    ids = [option.id for option in question.reading.options]
    for option, said in options.items():
        if option not in ids:
            wrong.append(f"unknown option {shown(option)}: {allowed(str(option), ids)}")
        elif said is not None and said not in SAYINGS:
            wrong.append(f"{option}: unknown standing {shown(said)}: {allowed(str(said), SAYINGS)}")
    if wrong:
        raise AnswerError(wrong)
    given = {(FACTOR, f.id): known.get(f.id, UNKNOWN) for f in question.reading.factors}
    return given | {(OPTION, id): str(options.get(id) or NOT_DECIDED) for id in ids}


def _mapping(part: object) -> Mapping[str, object]:
    return part if isinstance(part, Mapping) else {}


def steps(question: Question) -> tuple[Step, ...]:
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
    spans = [s for s in _sentences(text.content) if s[0] < quote.end and quote.start < s[1]]
    start = min([quote.start, *(start for start, _ in spans)])
    return text.quote(start, max([quote.end, *(end for _, end in spans)]))


@functools.lru_cache(maxsize=8)
def _sentences(content: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentences(content))


def told(question: Question, step: Step) -> str:
    """What is right at a step, in words, whatever was answered.

    >>> from tree import load
    >>> from tree.teaching.questions import questions
    >>> branch = questions(load("data/metastatic_liver_cancer").tree)[0]
    >>> told(branch, steps(branch)[0])
    'The vignette says: Yes.'
    """
    if step.about == FACTOR:
        return _vignette_says(step)
    if step.about == OPTION:
        return f"{_named(question, step.id)}. {_option_words(question, step, False)}"
    if question.kind == NEXT:
        left = _number(question.walk.settling[step.accepted[0]])
        return (
            f"{len(question.walk.outcomes)} outcomes can be reached now; after this question "
            f"{left} on average: {_asked(question, step.accepted[0])}"
        )
    if question.kind == SENTENCE:
        return f"{_stands(question)} This sentence decides."
    expected = dict(question.choices)[step.accepted[0]]
    return f"{_named(question, question.option)}. {_before_and_after(question, expected)}"


def reason(question: Question, choice: str) -> str:
    """Why one of the choices is right or not, in a few words; "" where there is nothing to add."""
    if question.kind == NEXT:
        left = question.walk.settling.get(choice, len(question.walk.outcomes))
        return f"leaves {_number(left)} outcomes on average"
    return _why_sentence(question, choice) if question.kind == SENTENCE else ""


# --- what is right, and where the text says so ---------------------------------------------


def _factor_steps(question: Question) -> Iterator[Step]:
    nodes = question.tree.nodes
    met = {
        node.factor
        for node, state in zip(nodes, question.walk.nodes, strict=True)
        if isinstance(node, Asked) and state is not State.RULED_OUT
    }
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


def _option_steps(question: Question) -> Iterator[Step]:
    for option in question.reading.options:
        found = question.walk.standings[option.id]
        # Of an option left open: the strongest statement of which it is open whether it applies.
        statements = found.because if found.standing else _open(question.walk, option.id)
        step = Step(OPTION, option.id, (str(found.standing or NOT_DECIDED),))
        yield _deciding(question, step, statements[0]) if statements else step


def _open(walk: Walk, option: str) -> list[Statement]:
    on_option = walk.tree.reading.on_option[option]
    return [statement for _, statement in on_option if statement.applies(walk.answers) is None]


def _deciding(question: Question, step: Step, statement: Statement) -> Step:
    """The step with the statement that decides it, and what the vignette says to it."""
    words = _words(question, statement)
    quotes = statement.quotes
    return replace(
        step, statement=statement.id, quotes=quotes, words=words, read=step.read or quotes
    )


def _words(question: Question, statement: Statement) -> tuple[Quote, ...]:
    """The words of the vignette on the factors that a statement asks for."""
    asked = {factor for clause in statement.condition for factor, _ in clause}
    return tuple(q for g in question.case.given if g.factor in asked for q in g.quotes)


def _next_step(question: Question) -> Step:
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
    return walk.standings[option.id].standing is None


def _sentence_step(question: Question) -> Step:
    because = question.walk.standings[question.option].because
    choices = [choice for choice, _ in question.choices]
    right = [statement for statement in because if statement.id in choices]
    asked = {factor for clause in right[0].condition for factor, _ in clause}
    factors = (f for f in question.reading.factors if f.id in asked)
    step = Step(
        CHOICE,
        "",
        tuple(statement.id for statement in right),
        read=tuple(quote for factor in factors for quote in factor.quotes),
    )
    return _deciding(question, step, right[0])


def _concordance_step(question: Question) -> Step:
    factor, value = question.learned
    option = question.option
    before = question.walk.standings[option]
    after = Walk(question.tree, {**question.walk.answers, factor: value}).standings[option]
    change = likelihood(before.possible, after.possible)
    step = Step(CHOICE, "", (str(change),), factor=factor)
    # Where the text is silent afterwards, what it would have said.
    statements = after.because or _open(question.walk, option)
    if statements:
        return _deciding(question, step, statements[0])
    return replace(step, quotes=question.reading.factor(factor).quotes)


# --- what is told of a wrong answer --------------------------------------------------------


def diverged(question: Question, step: Step, given: str) -> Divergence:
    """What is told of a wrong answer to a step."""
    quotes, words, statement = step.quotes, step.words, step.statement
    if step.about == FACTOR:
        expected, said, says = _factor_words(question, step, given)
    elif step.about == OPTION:
        expected, said = SAYINGS[step.accepted[0]], SAYINGS[given]
        option = _named(question, step.id)
        if not statement:
            # The text is silent: what was read of the option is said of other patients.
            for standing, other in question.reading.on_option[step.id]:
                if standing == given:
                    statement, quotes = other.id, other.quotes
                    words = _words(question, other)
                    break
        says = f"{option}: you said {_small(said)}. {_option_words(question, step, bool(quotes))}"
    elif question.kind == NEXT:
        expected, said = _asked(question, step.accepted[0]), _asked(question, given)
        says = _next_words(question, step, given)
    elif question.kind == SENTENCE:
        names = dict(question.choices)
        expected, said = names[step.accepted[0]], names[given]
        says = _sentence_words(question, given)
    else:
        names = dict(question.choices)
        expected, said = names[step.accepted[0]], names[given]
        says = _concordance_words(question, expected, said)
    return Divergence(step, expected, said, says, step.factor, statement, quotes, words)


def _factor_words(question: Question, step: Step, given: str) -> tuple[str, str, str]:
    expected, said = capitalized(step.accepted[0]), capitalized(given)
    asked = question.reading.factor(step.id).question
    return expected, said, f"{asked} You said {said}. {_vignette_says(step)}"


def _vignette_says(step: Step) -> str:
    if step.accepted[0] == UNKNOWN:
        return "The vignette does not say, and what is unknown stays unknown."
    return f"The vignette says: {capitalized(step.accepted[0])}."


def _option_words(question: Question, step: Step, has_sentence: bool) -> str:
    expected = step.accepted[0]
    if expected == NOT_DECIDED:
        statement = question.reading.statement(step.statement)
        missing = [
            question.reading.factor(factor).question
            for factor in _ordered(question, statement)
            if factor not in question.case.answers
        ]
        return f"It is not decided yet. It hangs on what the vignette does not say: {missing[0]}"
    if expected == str(Standing.SILENT):
        more = " This sentence is about other patients." if has_sentence else ""
        return f"For this patient the text is silent about it.{more}"
    return f"The text: {_small(SAYINGS[expected])}."


def _ordered(question: Question, statement: Statement) -> list[str]:
    asked = {factor for clause in statement.condition for factor, _ in clause}
    return [factor.id for factor in question.reading.factors if factor.id in asked]


def _next_words(question: Question, step: Step, given: str) -> str:
    settling = question.walk.settling
    best = step.accepted[0]
    now = len(question.walk.outcomes)
    after = f"{_number(settling[given])} on average" if given in settling else f"still {now}"
    return (
        f"{now} outcomes can be reached now. After the question you chose it is {after}; "
        f"after this one {_number(settling[best])}: {_asked(question, best)}"
    )


def _number(value: float) -> str:
    """A number as short as it can be said.

    >>> _number(2.0), _number(8 / 3)
    ('2', '2.7')
    """
    return f"{value:.1f}".removesuffix(".0")


def _sentence_words(question: Question, given: str) -> str:
    why = _why_sentence(question, given)
    return f"{_stands(question)} The sentence that you chose {why}; this one decides."


def _stands(question: Question) -> str:
    standing = str(question.walk.standings[question.option].standing)
    return f"{_named(question, question.option)}: {_small(SAYINGS[standing])}."


def _why_sentence(question: Question, choice: str) -> str:
    statement = question.reading.statement(choice)
    if statement in question.walk.standings[question.option].because:
        return "decides"
    if statement.applies(question.walk.answers):
        return "applies, but what decides is stronger"
    if statement.applies(question.walk.answers) is None:
        return "may apply or not: the vignette does not say"
    return "is about other patients"


def _concordance_words(question: Question, expected: str, said: str) -> str:
    option = _named(question, question.option)
    return f"{option}: you said {_small(said)}. {_before_and_after(question, expected)}"


def _before_and_after(question: Question, expected: str) -> str:
    factor, value = question.learned
    before = question.walk.standings[question.option].possible
    after = Walk(question.tree, {**question.walk.answers, factor: value})
    return (
        f"Before: {_either(before)}. With the new fact: "
        f"{_either(after.standings[question.option].possible)}. That is {_small(expected)}."
    )


def _either(standings: Iterable[Standing]) -> str:
    return " or ".join(_small(standing.label) for standing in standings)


def _small(label: str) -> str:
    """A standing as it stands within a sentence.

    >>> _small("First choice"), _small("The text is silent")
    ('first choice', 'the text is silent')
    """
    return label[:1].lower() + label[1:]


def _named(question: Question, option: str) -> str:
    return next(o.name for o in question.reading.options if o.id == option)


def _asked(question: Question, factor: str) -> str:
    return question.reading.factor(factor).question
