"""What to practise next: a round of questions, drawn more often from what was misread."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from .grading import steps
from .questions import KINDS, Question
from .records import Attempt, first_tries

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


def weight(question: Question, troubles: dict[tuple[str, str], float]) -> float:
    """How strongly a question is drawn: 1 where nothing in it was misread."""
    about = {
        key
        for step in steps(question)
        for key in (("factor", step.factor), ("statement", step.statement))
    }
    return 1.0 + PULL * max((troubles.get(key, 0.0) for key in about), default=0.0)


def draw(
    questions: Sequence[Question],
    attempts: Iterable[Attempt] = (),
    seed: object = 0,
    length: int = LENGTH,
) -> list[Question]:
    """A round: up to `length` questions, each once, the kinds in turn, shuffled with the seed.

    >>> from tree import load
    >>> from tree.questions import questions
    >>> made = questions(load("data/metastatic_liver_cancer").tree)
    >>> [question.kind for question in draw(made, length=5, seed=1)]
    ['concordance', 'branch', 'sentence', 'standing', 'next']
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
    drawn: list[Question] = []
    while len(drawn) < length and any(piles):
        for pile in piles:
            if pile and len(drawn) < length:
                drawn.append(pile.pop(0))
    chance.shuffle(drawn)
    return drawn
