"""Question + answer → grade: right, or the first step where the answer leaves the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...messages import say, spoken
from ...model.errors import AnswerError, allowed, shown
from ...model.parts import UNKNOWN
from ...model.text import folded
from .divergence import Divergence, diverged
from .questions import (
    BRANCH,
    NOT_DECIDED,
    SAYINGS,
    STANDING,
    PracticeQuestion,
)
from .steps import CHOICE, FACTOR, OPTION, Step, steps

Answer = str | Mapping[str, str] | Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Grade:
    """What an answer is worth. `divergence`: the first one, None where the answer is right.

    `asides`: factors answered differently from the vignette, without effect on the outcome.
    `judged`: every step up to the first divergence, and whether it was right.
    """

    question: PracticeQuestion
    divergence: Divergence | None
    asides: tuple[Divergence, ...] = ()
    judged: tuple[tuple[Step, bool], ...] = field(default=(), repr=False)

    @property
    def right(self) -> bool:
        """Whether the answer is the text's."""
        return self.divergence is None

    @spoken
    def __str__(self) -> str:
        lines = list(self.divergence.lines()) if self.divergence else [say("Right.")]
        for aside in self.asides:
            lines += [say("The outcome is unaffected, but:"), *aside.lines()]
        return folded(lines)

    def __repr__(self) -> str:
        return f"<grade of {self.question!r}: {'right' if self.right else 'not right'}>"


def grade(question: PracticeQuestion, answer: Answer) -> Grade:
    """Compare an answer with the text's, step by step along the tree's path.

    First the factors that the tree asks on the patient's path, in its order, then the options in
    the guide's order. Raises AnswerError where the answer does not fit the question; see
    `PracticeQuestion` for its shape.

    >>> from tree import load
    >>> from tree.teaching.questions.questions import questions
    >>> branch = questions(load("data/metastatic_liver_cancer"))[0]
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


def read(question: PracticeQuestion, answer: Answer) -> dict[tuple[str, str], str]:
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
