"""What to practise next: a round of questions, drawn more often from what was misread."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...model.text import in_one_line
from .attempts import Attempt, Judged, Round, first_tries
from .grading import Answer, Grade
from .questions import KINDS, PracticeQuestion
from .steps import OPTION, steps

LENGTH = 10
# What was misread every time is drawn so many times more often than what never was.
PULL = 8.0
# A reading counts half as much as the next one.
FADES = 0.5


def trouble(attempts: Iterable[Attempt], guide: str) -> dict[tuple[str, str], float]:
    """How often each factor and statement was misread, from 0 (never) to near 1 (always).

    Only first tries count, and newer ones more. The keys are ("factor", id) and
    ("statement", id).
    """
    found: dict[tuple[str, str], float] = {}
    for attempt in first_tries(attempts):
        if attempt.guide == guide:
            for judged in attempt.judged:
                for key in judged.keys:
                    worse = 0.0 if judged.right else 1.0
                    found[key] = found.get(key, 0.0) * FADES + worse * (1 - FADES)
    return found


def weight(question: PracticeQuestion, troubles: dict[tuple[str, str], float]) -> float:
    """How strongly a question is drawn: 1 where nothing in it was misread."""
    about = {
        key
        for step in steps(question)
        for key in (("factor", step.factor), ("statement", step.statement))
    }
    return 1.0 + PULL * max((troubles.get(key, 0.0) for key in about), default=0.0)


def draw(
    questions: Sequence[PracticeQuestion],
    attempts: Iterable[Attempt] = (),
    seed: object = 0,
    length: int = LENGTH,
) -> list[PracticeQuestion]:
    """A round: up to `length` questions, each once, the kinds in turn, shuffled with the seed.

    >>> from tree import load
    >>> from tree.teaching.questions.questions import questions
    >>> made = questions(load("data/metastatic_liver_cancer"))
    >>> [question.kind for question in draw(made, length=5, seed=1)]
    ['next', 'concordance', 'sentence', 'standing', 'branch']
    """
    chance = random.Random(str(seed))
    troubles = trouble(attempts, questions[0].reading.id) if questions else {}
    piles = []
    for kind in KINDS:
        # Drawing by weight without putting back: the largest of u ** (1 / weight) come first.
        keyed = [
            (chance.random() ** (1 / weight(question, troubles)), number, question)
            for number, question in enumerate(questions)
            if question.kind == kind
        ]
        piles.append([question for *_, question in sorted(keyed, reverse=True)])
    drawn: list[PracticeQuestion] = []
    while len(drawn) < length and any(piles):
        for pile in piles:
            if pile and len(drawn) < length:
                drawn.append(pile.pop(0))
    chance.shuffle(drawn)
    return drawn


def of_guide(
    attempts: Iterable[Attempt], digest: str, questions: Iterable[PracticeQuestion]
) -> list[Attempt]:
    """The attempts that are about the guide of these questions, and not about another of its id.

    Of a version other than `digest` they are where at least half of what was judged still stands
    in the guide: one that has changed a little keeps its answers, and another guide, whose folder
    has the same name, takes none. The same rule as in place.js.
    """
    known = {
        (step.factor, step.statement, in_one_line(step.quotes))
        for question in questions
        for step in steps(question)
    }
    versions: dict[str, set[tuple[str, str, str]]] = {}
    attempts = list(attempts)
    for each in attempts:
        judged = {(step.factor, step.statement, step.words) for step in each.judged if step.words}
        versions.setdefault(each.guide_digest, set()).update(judged)
    ours = {
        version
        for version, judged in versions.items()
        if version == digest or (judged and len(judged & known) >= len(judged) / 2)
    }
    return [each for each in attempts if each.guide_digest in ours]


def attempt(
    grade: Grade, answer: Answer, digest: str = "", round: str = "", seconds: float = 0.0
) -> Attempt:
    """A graded answer as it is kept in the record."""
    question, found = grade.question, grade.divergence
    judged = [
        Judged(
            right=is_right,
            factor=step.factor,
            statement=step.statement,
            option=step.id if step.about == OPTION else question.option,
            words=in_one_line(step.quotes),
        )
        for step, is_right in grade.judged
    ]
    if found and not judged[-1].statement and found.statement:
        # The text is silent here; misread was what it says for other patients.
        words = in_one_line(found.quotes)
        judged[-1] = replace(judged[-1], statement=found.statement, words=words)
    option = (found.step.id if found.step.about == OPTION else question.option) if found else ""
    return Attempt(
        guide=question.reading.id,
        guide_digest=digest,
        question=question.id,
        kind=question.kind,
        case=question.case.id,
        answer=answer,
        right=grade.right,
        factor=(found.factor or None) if found else None,
        statement=(found.statement or None) if found else None,
        option=option or None,
        expected=found.step.accepted[0] if found else "",
        given=found.given if found else "",
        seconds=float(f"{seconds:.1f}"),
        round=round,
        judged=tuple(judged),
    )


def resumed(
    rounds: Sequence[Round], digest: str, questions: Iterable[PracticeQuestion]
) -> tuple[Round, list[PracticeQuestion]] | None:
    """The newest round with its questions, where it is not at its end and still fits the guide.

    Rounds of another version, or of another guide of the same id, are left as they are.
    """
    by_id = {question.id: question for question in questions}
    newest = next((each for each in reversed(rounds) if each.guide_digest == digest), None)
    if (
        newest is None
        or newest.position >= len(newest.questions)
        or not by_id.keys() >= set(newest.questions)
    ):
        return None
    return newest, [by_id[id] for id in newest.questions]
