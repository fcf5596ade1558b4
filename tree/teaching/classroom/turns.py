"""A question for a whole class: one thing to say at a time, with its choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ...guide import Guide
from ...loading.cases_file import Vignette
from ...logic.tree_walk import TreeWalk
from ...messages import say, spoken, valued
from ...model.errors import AnswerError, allowed, shown
from ...model.parts import UNKNOWN, Option
from ...model.text import Quote, folded
from ..questions.attempts import Attempt
from ..questions.questions import (
    BRANCH,
    KINDS,
    NEXT,
    NOT_DECIDED,
    STANDING,
    PracticeQuestion,
    plain,
    plain_cases,
    sayings,
    values_of,
)
from ..questions.rounds import LENGTH, draw
from ..questions.steps import FACTOR, OPTION, Step, met_on, steps

MOST_ASKED = 6  # questions to choose from in "next"


@dataclass(frozen=True)
class Turn:
    """One thing for a class to say: a factor, an option, or the whole of a question.

    `step`: what is right, None where there is nothing more to ask. `reply`: in "next", the
    question that was asked before, the answer, and the words of the vignette. `place`, `places`:
    which turn of its question it is.
    """

    question: PracticeQuestion
    step: Step | None
    place: int = 1
    places: int = 1
    reply: tuple[str, str, tuple[Quote, ...]] | None = None

    @property
    def is_open(self) -> bool:
        """Whether "next" goes on from it, by asking."""
        return self.question.kind == NEXT and self.step is not None

    @property
    @spoken
    def asks(self) -> str:
        """What is asked, in words."""
        if self.step is None:
            return say("Nothing more is to be asked.")
        if self.step.about == FACTOR:
            asked = self.question.reading.factor(self.step.id).question
            return say("What does the vignette say? {question}", question=asked)
        if self.step.about == OPTION:
            name = self.question.reading.option(self.step.id).name
            return say("What does the text say about \u201c{name}\u201d here?", name=name)
        if self.question.kind == NEXT:
            return say("What would you ask next? Now: {now}.", now=self.question.walk.left)
        return self.question.asks

    @property
    def help(self) -> str:
        """What explains the question, where the guide does."""
        if self.step is None or self.step.about != FACTOR:
            return ""
        return self.question.reading.factor(self.step.id).explained

    @property
    @spoken
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Every answer with its words."""
        if self.step is None:
            return ()
        if self.step.about == FACTOR:
            values = values_of(self.question.reading.factor(self.step.id))
            return tuple((value, valued(value)) for value in values)
        if self.step.about == OPTION:
            return tuple(sayings(self.question.reading).items())
        return _few(self.question)

    def said_in(self, attempt: Attempt) -> str | None:
        """What an attempt at the same question answers here; None where that is unknown."""
        answer = attempt.answer
        if self.step is None or attempt.question != self.question.id:
            return None
        if self.step.about not in (FACTOR, OPTION):
            return answer if isinstance(answer, str) else None
        if self.question.kind == STANDING and isinstance(answer, dict):
            answer = answer.get("factors" if self.step.about == FACTOR else "options")
        if not isinstance(answer, dict):
            return None
        left_out = UNKNOWN if self.step.about == FACTOR else NOT_DECIDED
        return str(answer.get(self.step.id) or left_out)

    def lines(self) -> Iterator[str]:
        """It line by line, without the answer."""
        yield self.question.case.story
        yield ""
        yield self.asks
        yield from (f"  {letter(k)} {words}" for k, (_, words) in enumerate(self.choices))

    def __str__(self) -> str:
        return folded(self.lines())

    def __repr__(self) -> str:
        # The case holds the answers, so it is not shown.
        return f"<turn {self.place} of {self.places} of {self.question.id!r}>"


def letter(place: int) -> str:
    """How a class calls a choice.

    >>> letter(0), letter(26)
    ('A', '27')
    """
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def turns(question: PracticeQuestion) -> tuple[Turn, ...]:
    """The turns of a question.

    A branch: the factors that the trees ask on the patient's path. Standings: the options that
    these trees decide; what is the same for everyone is not asked. Of the others one, though
    "next" goes on from it. Of several trees, those of which the vignette says something.

    >>> from tree import load
    >>> bees = load("data/wintering_bees")
    >>> standing = next(q for q in bees.questions() if q.id == "standing/by_the_pond")
    >>> [turn.step.id for turn in turns(standing)]
    ['insulation', 'ventilated_floor', 'strap', 'stone']
    """
    found = _steps(question)
    if question.kind == BRANCH:
        met = met_on(trees_of_turns(question))
        found = tuple(step for step in found if step.id in met)
    elif question.kind == STANDING:
        decided = {option.id for on in trees_of_turns(question) for option in on.tree.options}
        found = tuple(step for step in found if step.about == OPTION and step.id in decided)
    return tuple(Turn(question, step, k, len(found)) for k, step in enumerate(found, 1))


def _steps(question: PracticeQuestion) -> tuple[Step, ...]:
    return steps(replace(question, choices=_few(question)))


def _few(question: PracticeQuestion) -> tuple[tuple[str, str], ...]:
    """The choices, as many as a class can weigh: in "next" from the best to one that settles
    nothing, in the order of the guide.
    """
    choices = question.choices
    if question.kind != NEXT or len(choices) <= MOST_ASKED:
        return choices
    settling, ids = question.walk.settling, [id for id, _ in choices]
    ordered = sorted(settling.keys() & {*ids}, key=lambda id: (settling[id], ids.index(id)))
    ordered += [id for id in ids if id not in settling]
    kept = {ordered[k * (len(ordered) - 1) // (MOST_ASKED - 1)] for k in range(MOST_ASKED)}
    return tuple(choice for choice in choices if choice[0] in kept)


def trees_of_turns(question: PracticeQuestion) -> tuple[TreeWalk, ...]:
    """The trees of a question that ask something that its vignette answers; else all of them."""
    walks, answers = question.walk.trees, question.case.answers
    return tuple(on for on in walks if answers.keys() & {*on.tree.factors}) or walks


def not_asked(question: PracticeQuestion) -> list[Option]:
    """The options of trees of which the vignette says nothing."""
    asked = {on.tree for on in trees_of_turns(question)}
    return [o for on in question.walk.trees if on.tree not in asked for o in on.tree.options]


def after(turn: Turn, factor: str, patient: Vignette) -> Turn:
    """What is asked next when a class has asked for a factor: the vignette answers.

    Where it does not say, the factor stays unknown and is not asked for again.
    """
    question = turn.question
    reading = question.reading
    value = patient.answers.get(factor, UNKNOWN)
    quotes = tuple(q for given in patient.given if given.factor == factor for q in given.quotes)
    case, id = question.case, f"{question.id} without {factor}"
    if value != UNKNOWN:
        answers = {**case.answers, factor: value}
        known = {f.id: answers[f.id] for f in reading.factors if f.id in answers}
        case = plain(reading, case.id, known)
        id = f"{NEXT}/{', '.join(f'{f}={v}' for f, v in known.items())}"
    choices = tuple(choice for choice in question.choices if choice[0] != factor)
    following = replace(question, id=id, case=case, choices=choices)
    matters = following.walk.settling.keys() & {choice for choice, _ in choices}
    step = _steps(following)[0] if matters else None
    place = turn.place + 1
    return Turn(following, step, place, place, (factor, value, quotes))


def patient_of(guide: Guide, question: PracticeQuestion) -> Vignette:
    """The patient behind a question, some of whose answers it may leave out."""
    known = {v.id: v for v in guide.vignettes or plain_cases(guide)}
    id = question.case.id
    return known.get(id) or known.get(id.partition(" without ")[0], question.case)


def chosen(
    guide: Guide,
    ids: Iterable[str] = (),
    case: str = "",
    kinds: Sequence[str] = KINDS,
    seed: int = 0,
    length: int = LENGTH,
) -> list[PracticeQuestion]:
    """The questions of a lesson: these, in this order; or drawn as in practice.

    `case`: on this patient alone; then "next" begins with nothing known. Raises AnswerError for
    an unknown question, case or kind.
    """
    wrong = [f"unknown kind {shown(k)}: {allowed(str(k), KINDS)}" for k in kinds if k not in KINDS]
    bank = {question.id: question for question in guide.questions(seed)}
    cases = {vignette.id: vignette for vignette in guide.vignettes or plain_cases(guide)}
    if case and case not in cases:
        wrong.append(f"unknown case {shown(case)}: {allowed(case, cases)}")
    asked = list(ids)
    wrong += [
        f"unknown question {shown(id)}: {allowed(str(id), bank)}" for id in asked if id not in bank
    ]
    if wrong:
        raise AnswerError(wrong)
    if asked:
        return [bank[id] for id in asked]
    found = [question for question in bank.values() if question.kind in kinds]
    if case:
        of_case = (q for q in found if q.kind != NEXT and patient_of(guide, q).id == case)
        found = [*of_case, *(_from_nothing(guide, case) if NEXT in kinds else ())]
    return draw(found, seed=seed, length=length)


def _from_nothing(guide: Guide, case: str) -> Iterator[PracticeQuestion]:
    choices = tuple((factor.id, factor.question) for factor in guide.factors)
    nothing = plain(guide, f"{case} without anything", {})
    question = PracticeQuestion(f"{NEXT}/nothing known", NEXT, nothing, guide, choices=choices)
    if question.walk.settling:
        yield question


def tally(turn: Turn, attempts: Iterable[Attempt]) -> dict[str, int]:
    """How many students chose each answer when they first met the question; attempts in order.

    What is not among the choices is counted under "".
    """
    first: dict[str, str] = {}
    for attempt in attempts:
        said = turn.said_in(attempt)
        if said is not None:
            first.setdefault(attempt.learner, said)
    votes = dict.fromkeys((choice for choice, _ in turn.choices), 0)
    for said in first.values():
        key = said if said in votes else ""
        votes[key] = votes.get(key, 0) + 1
    return votes
