"""Practising in a notebook: a vignette, stock widgets to answer with, and the text's own words.

Until an answer is submitted, only Python knows what is right: no widget holds it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from typing import Any

from ipywidgets import HTML, HBox, RadioButtons, VBox

from ...guide import Guide
from ...messages import say, spoken, valued
from ...model.errors import AnswerError, allowed, shown
from ..questions.attempts import Attempt, Round, first_tries
from ..questions.grading import Answer, Grade, grade, read
from ..questions.questions import (
    BRANCH,
    KINDS,
    STANDING,
    PracticeQuestion,
    digest,
    sayings,
    values_of,
)
from ..questions.rounds import LENGTH, attempt, draw, of_guide, resumed
from ..questions.steps import CHOICE, FACTOR, OPTION, Step, steps
from . import feedback
from .controls import Panel, button, focus, read_as_its_words, style
from .records import Record

HINTS = 2


class Practice(Panel):
    """A round of questions on a guide: read, answer, and see where the reading left the text.

    Every attempt goes at once to the file `record` (default: `practice-record.sqlite` in the
    current folder; in an app, a file of the visitor's own). A round that was left is taken up
    where it stood, unless `new`; otherwise one of up to `length` questions begins, drawn with the
    `seed` and more often from what was misread. `kinds`: the kinds of question to draw; default
    all, see `questions.PracticeQuestion`.

    What a student does can be done in Python too: set `answer`, then `submit()`, `hint()`,
    `again()`, `show_path()`, `go_on()`. Raises AnswerError for an unknown kind, and
    OSError where the record cannot be kept.

    >>> import tempfile, tree
    >>> folder = tempfile.TemporaryDirectory()
    >>> practice = Practice(tree.load("data/metastatic_liver_cancer"), f"{folder.name}/r.sqlite")
    >>> practice.state
    'question 1 of 10: not answered yet'
    >>> practice.close(); folder.cleanup()
    """

    purpose = "To practise"

    def __init__(
        self,
        guide: Guide,
        record: str | os.PathLike[str] | None = None,
        *,
        seed: int = 0,
        length: int = LENGTH,
        kinds: Iterable[str] = KINDS,
        new: bool = False,
    ) -> None:
        kinds = tuple(kinds)
        wrong = [f"unknown kind {shown(k)}: {allowed(k, KINDS)}" for k in kinds if k not in KINDS]
        if wrong:
            raise AnswerError(wrong)
        self.guide = guide
        self.record = Record(record)
        self.grade: Grade | None = None
        self.round: Round
        self.questions: list[PracticeQuestion]
        self._drawn_with = seed, length, kinds
        self._digest = digest(guide, guide.vignettes)
        self._all = guide.questions(seed)
        self._at = 0
        self._begun = 0.0
        self._inputs: dict[tuple[str, str], RadioButtons] = {}
        self._hints = 0
        # What the last answer misread, for the hints of the next try.
        self._misread: Step | None = None
        # Attempts that could not be written; they are tried again with the next one.
        self._unkept: list[Attempt] = []
        self._trouble = ""

        super().__init__(children=self._laid_out())
        self.add_class("tree-practice")
        self.add_class("dtree-colours")
        read_as_its_words(self.guide, self)
        found = resumed(self.record.rounds(guide.id), self._digest, self._all)
        if found and not new:
            self.round, self.questions = found
            self._at = self.round.position
            self._ask()
        else:
            self.begin()

    @spoken
    def _laid_out(self) -> list[Any]:
        """The widgets that it is made of, from top to bottom."""
        self._head, self._story, self._hinted = HTML(), HTML(), HTML()
        self._said, self._walk = HTML(), HTML()
        self._answers, self._hint_row, self._buttons = VBox(), HBox(), HBox()
        self._hint = button(say("Hint"), self.hint)
        self._submit = button(say("Submit"), self.submit, "primary")
        self._again = button(say("Try again"), self.again)
        self._show = button(say("Show the path"), self.show_path)
        self._next = button(say("Next"), self.go_on, "primary")
        self._another = button(say("Another round"), self.begin, "primary")
        self._own = self._hint, self._submit, self._again, self._show, self._next, self._another
        for row in (self._hint_row, self._buttons):
            row.add_class("tp-buttons")
        self._style = style("practice.css", "practice/notebook.css", "right_to_left.css")
        self._book = HTML(feedback.open_book(self.guide) + feedback.kept_in(self.record.path))
        return [
            *(self._style, self._head, self._story, self._hint_row, self._hinted),
            *(self._answers, self._buttons, self._said, self._walk, self._book),
        ]

    # --- what a student does --------------------------------------------------------------

    def begin(self) -> None:
        """Begin another round."""
        seed, length, kinds = self._drawn_with
        count = len(self.record.rounds(self.guide.id))
        bank = [question for question in self._all if question.kind in kinds]
        attempts = of_guide(self.record.attempts(self.guide.id), self._digest, self._all)
        self.questions = draw(bank, attempts, f"{seed}/{count}", length)
        ids = [question.id for question in self.questions]
        self.round = self.record.begin(self.guide.id, self._digest, ids)
        self._at = 0
        self._ask()

    @property
    def question(self) -> PracticeQuestion | None:
        """The question that is asked now; None at the end of the round."""
        return self.questions[self._at] if self._at < len(self.questions) else None

    @property
    def answer(self) -> Answer:
        """What is answered now, in the shape that `grade` takes; it can be set.

        Raises AnswerError for what does not fit the question.
        """
        parts: dict[str, dict[str, str]] = {FACTOR: {}, OPTION: {}, CHOICE: {}}
        for (about, id), found in self._inputs.items():
            if found.value is not None:
                parts[about][id] = found.value
        kind = self.question.kind if self.question else ""
        if kind == STANDING:
            return {"factors": parts[FACTOR], "options": parts[OPTION]}
        return parts[FACTOR] if kind == BRANCH else parts[CHOICE].get("", "")

    @answer.setter
    def answer(self, answer: Answer) -> None:
        parts: Mapping[str, Any]
        if self.question and answer:
            read(self.question, answer)
        if isinstance(answer, str):
            parts = {CHOICE: {"": answer}}
        elif self.question and self.question.kind == STANDING:
            parts = {FACTOR: answer.get("factors", {}), OPTION: answer.get("options", {})}
        else:
            parts = {FACTOR: answer}
        for (about, id), found in self._inputs.items():
            found.value = parts.get(about, {}).get(id) or None
        self._heard_in_turn()

    def submit(self) -> None:
        """Grade the answer, keep it in the record, and tell where it leaves the text."""
        question = self.question
        if question is None or self.grade:
            return
        missing = [key for key, found in self._inputs.items() if found.value is None]
        if missing:
            self._said.value = feedback.not_answered(question, missing)
            return
        self.grade = grade(question, self.answer)
        seconds = time.monotonic() - self._begun
        made = attempt(self.grade, self.answer, self._digest, self.round.id, seconds)
        # What is right is done with, even if the notebook is closed now.
        self._keep(made, self._at + self.grade.right)
        self._misread = self.grade.divergence.step if self.grade.divergence else None
        self._said.value = feedback.graded(self.grade)
        marked = self.grade.divergence.words if self.grade.divergence else ()
        self._story.value = feedback.story(question, marked)
        self._show_state()
        focus(self._next if self.grade.right else self._again)

    def hint(self) -> None:
        """First the sentence of the text to read, then the words of the vignette."""
        if self.question and not self.grade:
            self._hints = min(self._hints + 1, HINTS)
            step = self._misread or self._first_open(self.question)
            self._hinted.value = feedback.hinted(self.question, step, self._hints)

    def again(self) -> None:
        """Answer the same question once more."""
        if self.question and self.grade and not self.grade.right:
            self._begin_try(self.question)
            focus(self._submit)

    def show_path(self) -> None:
        """Show the patient's walk through the tree; only after an answer."""
        if self.grade:
            self._walk.value = feedback.walked(self.guide, self.grade.question)
            self._show_state()
            focus(self._next)

    def go_on(self) -> None:
        """Go on to the next question, or to the end of the round."""
        if self.grade:
            self._at += 1
            self._keep(None, self._at)
            self._ask()
            focus(self._hint if self.question else self._another)

    # --- what is shown --------------------------------------------------------------------

    @property
    def state(self) -> str:
        """Where the student stands, in words."""
        if not self.question:
            return f"round over: {self._right()} of {len(self.questions)} right at the first try"
        if self.grade is None:
            done = "not answered yet"
        else:
            done = "right" if self.grade.right else "not right"
        return f"question {self._at + 1} of {len(self.questions)}: {done}"

    def __repr__(self) -> str:
        # The same whatever the record holds, so that a notebook may be compared with its last run.
        return f"<practice of {self.guide.id!r}>"

    @spoken
    def _ask(self) -> None:
        for old in self._answers.children:
            old.close()
        self._parts = (*self.children, *self._own)
        self._inputs = {}
        self._misread = None
        question = self.question
        if question:
            self._answers.children = self._made(question)
            self._parts += self._answers.children
            self._begin_try(question)
        else:
            self._answers.children = ()
            self.grade = None
            self._story.value = self._hinted.value = self._walk.value = ""
            self._said.value = feedback.over(
                say(
                    "The round is over: {right} of {total} right at the first try.",
                    right=self._right(),
                    total=len(self.questions),
                ),
                self._tries(),
            )
            self._show_state()

    def _begin_try(self, question: PracticeQuestion) -> None:
        self.grade = None
        self._hints = 0
        self._begun = time.monotonic()
        self._story.value = feedback.story(question)
        self._hinted.value = self._said.value = self._walk.value = ""
        self._show_state()

    def _made(self, question: PracticeQuestion) -> list[HTML | RadioButtons]:
        """A label and a row of choices for each thing to answer."""
        parts: list[HTML | RadioButtons] = [HTML(feedback.asked(question))]
        reading = question.reading
        if question.kind in (BRANCH, STANDING):
            for factor in reading.factors:
                choices = [(value, valued(value)) for value in values_of(factor)]
                label = HTML(feedback.label(factor.question, factor.explained))
                parts += [label, self._choices((FACTOR, factor.id), choices, "horizontal")]
        if question.kind == STANDING:
            parts.append(HTML(feedback.options_head()))
            for option in reading.options:
                label = HTML(feedback.label(option.name))
                made = self._choices((OPTION, option.id), sayings(reading).items(), "horizontal")
                parts += [label, made]
        if question.choices:
            parts.append(self._choices((CHOICE, ""), question.choices, "vertical"))
        return parts

    def _choices(
        self, key: tuple[str, str], choices: Iterable[tuple[str, str]], orientation: str
    ) -> RadioButtons:
        # The front end tells choices apart by their words, so no two may have the same.
        seen: dict[str, int] = {}
        options = []
        for value, words in choices:
            seen[words] = seen.get(words, 0) + 1
            options.append((words if seen[words] == 1 else f"{words} ({seen[words]})", value))
        made = RadioButtons(options=options, value=None, orientation=orientation)
        self._inputs[key] = made
        return made

    @spoken
    def _show_state(self) -> None:
        at = min(self._at + (self.grade is not None), len(self.questions))
        messages = [*self.record.messages, *([self._trouble] if self._trouble else [])]
        self._head.value = feedback.head(self.guide, at, len(self.questions), messages)
        for found in self._inputs.values():
            found.disabled = self.grade is not None
        self._hint_row.children = [self._hint] if self.question and not self.grade else []
        self._next.description = (
            say("Next") if self._at + 1 < len(self.questions) else say("Finish")
        )
        if not self.question:
            self._buttons.children = [self._another]
        elif self.grade is None:
            self._buttons.children = [self._submit]
        else:
            show = [] if self._walk.value else [self._show]
            again = [] if self.grade.right else [self._again]
            self._buttons.children = [*again, *show, self._next]
        self._heard_in_turn()

    def _first_open(self, question: PracticeQuestion) -> Step:
        """What a hint is about: the first step that is not answered yet."""
        found = steps(question)
        still = (step for step in found if self._inputs[step.about, step.id].value is None)
        return next(still, found[0])

    def _keep(self, made: Attempt | None, position: int) -> None:
        self._unkept += [made] if made else []
        try:
            while self._unkept:
                self.record.add(self._unkept[0])
                self._unkept.pop(0)
            self.round = self.record.move(self.round, position)
            self._trouble = ""
        except OSError as error:
            self._trouble = f"{error}. What could not be kept is tried again with the next answer."

    def _tries(self) -> list[Attempt]:
        return list(first_tries(self.record.attempts(self.guide.id, self.round.id)))

    def _right(self) -> int:
        return sum(each.right for each in self._tries())
