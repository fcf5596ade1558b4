"""A class session on the projector: one thing at a time, votes, and then what the text says.

Until something is revealed, only Python knows what is right: no widget holds it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipywidgets import HTML, HBox, VBox

from ...guide import Guide
from ...messages import say, spoken
from ...model.errors import AnswerError, allowed, shown
from ...model.parts import UNKNOWN
from ..practice import feedback
from ..practice.controls import Panel, button, read_as_its_words, style
from ..questions.attempts import Attempt
from ..questions.questions import BRANCH, KINDS, NEXT, STANDING
from ..questions.rounds import LENGTH
from . import projection
from .choice_row import MOST_VOTES, ChoiceRow
from .gather import gather
from .in_view import InView
from .turns import Turn, after, chosen, patient_of, tally, turns

# What a class looks at to answer; of the story, what there is room for.
_ASKED = [".tl-story", ".tl-choices", ".tl-asked"]


@dataclass
class _Stand:
    """A turn, and what has become of it."""

    turn: Turn
    votes: dict[str, int] = field(default_factory=dict)
    is_revealed: bool = False


class Lesson(Panel):
    """Questions on a guide for a whole class: vote, reveal, show the path.

    `questions`: ids of questions, in this order; default up to `length`, drawn with the `seed`
    as in Practice, of these `kinds`, on one `case` alone where it is named. `records`: a folder
    of students' records, from which the votes are read; default, they are counted by hand.
    `show_votes`: whether they are shown before the answer is; default, those counted by hand.

    What a teacher does can be done in Python too: set `votes`, then `reveal()`, `show_path()`,
    `ask(factor)` in "what would you ask next?", `go_on()`, `go_back()`. Raises AnswerError for
    an unknown question, case, kind or choice.

    >>> import tree
    >>> lesson = Lesson(tree.load("data/metastatic_liver_cancer"), ["branch/weak_heart"])
    >>> lesson.state
    'question 1 of 1, part 1 of 3: not revealed, no votes'
    >>> lesson.close()
    """

    purpose = "To give the lesson"

    def __init__(
        self,
        guide: Guide,
        questions: Iterable[str] = (),
        *,
        case: str = "",
        kinds: Iterable[str] = KINDS,
        seed: int = 0,
        length: int = LENGTH,
        records: str | os.PathLike[str] | None = None,
        show_votes: bool | None = None,
    ) -> None:
        found = [turns(q) for q in chosen(guide, questions, case, tuple(kinds), seed, length)]
        # Where the trees ask nothing of a patient, there is no branch to ask for.
        stands = [[_Stand(turn) for turn in each] for each in found if each]
        if not stands:
            raise AnswerError(["there is no question of this kind on this guide"])
        self.guide = guide
        self.records = records
        self.votes_are_shown = records is None if show_votes is None else show_votes
        self.messages: list[str] = []
        self._attempts: tuple[Attempt, ...] = ()
        self._stands = stands
        self._at = 0, 0
        self._rows: dict[str, ChoiceRow] = {}

        super().__init__(children=self._laid_out())
        for name in ("tree-practice", "dtree-colours", "tree-lesson"):
            self.add_class(name)
        read_as_its_words(self.guide, self)
        self.read_records()

    @spoken
    def _laid_out(self) -> list[Any]:
        """The widgets that it is made of, from top to bottom."""
        self._head, self._story, self._asked = HTML(), HTML(), HTML()
        self._total, self._said, self._walk, self._place = HTML(), HTML(), HTML(), HTML()
        self._choices, self._buttons = VBox(), HBox()
        self._in_view = InView(within=".tree-lesson", first=_ASKED)
        self._back = button(say("Previous"), lambda: self._look_after(self.go_back))
        self._reveal = button(say("Reveal"), self._reveal_or_show_path, "primary")
        self._next = button(say("Next"), lambda: self._look_after(self.go_on))
        self._show = button("", self._turn_votes)
        self._again = button(say("Read the records again"), self.read_records)
        own = [self._back, self._reveal, self._next, self._show, self._place]
        self._buttons.children = own + [self._again] * (self.records is not None)
        self._buttons.add_class("tp-buttons")
        left, right = VBox([self._story, self._said]), VBox()
        right.children = [self._asked, self._choices, self._total]
        body = HBox([left, right])
        for part, name in (
            *((body, "body"), (left, "side"), (right, "side")),
            *((self._story, "story"), (self._asked, "asked"), (self._said, "said")),
            *((self._choices, "choices"), (self._total, "total"), (self._walk, "walk")),
        ):
            part.add_class(f"tl-{name}")
        self._own = *own, self._again, self._in_view, body, left, right
        self._own += *left.children, *right.children
        sheets = style("practice.css", "practice/notebook.css", "right_to_left.css", "lesson.css")
        foot = HTML(projection.foot(self.guide))
        return [sheets, self._head, self._buttons, body, self._walk, foot, self._in_view]

    # --- what a teacher does --------------------------------------------------------------

    @property
    def turn(self) -> Turn:
        """What is asked now. Prints without its answer."""
        return self._stand.turn

    @property
    def votes(self) -> dict[str, int]:
        """How many chose each answer; it can be set."""
        counted = self._stand.votes
        return {choice: counted.get(choice, 0) for choice, _ in self.turn.choices}

    @votes.setter
    def votes(self, votes: Mapping[str, int]) -> None:
        known = [choice for choice, _ in self.turn.choices]
        wrong = [
            f"unknown choice {shown(v)}: {allowed(str(v), known)}" for v in votes if v not in known
        ]
        wrong += [
            f"{choice}: votes cannot be {shown(count)}"
            for choice, count in votes.items()
            if not isinstance(count, int) or not 0 <= count <= MOST_VOTES
        ]
        if wrong:
            raise AnswerError(wrong)
        self._stand.votes = dict(votes)
        self._show_votes()

    def reveal(self) -> None:
        """Show what is right, with the sentence of the text and the words of the vignette."""
        self._stand.is_revealed = True
        self._show_turn()

    def show_path(self) -> None:
        """Show the path through the tree, as far as it is revealed."""
        if self._can_show_path:
            self._walk.value = projection.path(self.guide, self.turn, self._known)
            self._show_buttons()

    def ask(self, factor: str) -> None:
        """In "what would you ask next?": ask this question, and go on with the answer.

        Raises AnswerError for a question that is not among the choices.
        """
        turn = self.turn
        choices = [choice for choice, _ in turn.choices] if turn.is_open else []
        if factor not in choices:
            raise AnswerError([f"cannot ask {shown(factor)}: {allowed(factor, choices)}"])
        number, place = self._at
        following = after(turn, factor, patient_of(self.guide, turn.question))
        # At the end there is nothing to guess any more.
        stand = _Stand(following, is_revealed=following.step is None)
        self._stands[number][place + 1 :] = [stand]
        self._go(number, place + 1)

    def go_on(self) -> None:
        """Go on to the next part, or question."""
        number, place = self._at
        if place + 1 < len(self._stands[number]):
            self._go(number, place + 1)
        elif number + 1 < len(self._stands):
            self._go(number + 1, 0)

    def go_back(self) -> None:
        """Go back to the part, or question, before. What was voted and revealed there stays."""
        number, place = self._at
        if place:
            self._go(number, place - 1)
        elif number:
            self._go(number - 1, len(self._stands[number - 1]) - 1)

    @spoken
    def read_records(self) -> None:
        """Count the votes in the students' records again: each student's first try."""
        self.messages = []
        if self.records is not None:
            try:
                found = gather(self.records)
            except OSError as error:
                self.messages = [str(error)]
            else:
                self._attempts = found.first_tries(self.guide.id)
                # Names of files may be names of students.
                self.messages = projection.unread(len(found.unreadable), len(found.partly))
        self._ask()

    # --- what is shown --------------------------------------------------------------------

    @property
    def state(self) -> str:
        """Where the lesson stands, in words."""
        count = sum(self.votes.values())
        votes = f"{count or 'no'} vote{'' if count == 1 else 's'}"
        done = "revealed" if self._stand.is_revealed else "not revealed"
        return f"{self._where}: {done}, {votes}"

    def __repr__(self) -> str:
        return f"<lesson on {self.guide.id!r}>"

    @property
    def _stand(self) -> _Stand:
        number, place = self._at
        return self._stands[number][place]

    @property
    @spoken
    def _where(self) -> str:
        number, place = self._at
        turn, count = self.turn, len(self._stands)
        where = say("question {number} of {count}", number=number + 1, count=count)
        if turn.question.kind == NEXT:
            return say("{where}, part {number}", where=where, number=place + 1)
        if turn.places == 1:
            return where
        part = {"number": place + 1, "count": turn.places}
        return say("{where}, part {number} of {count}", where=where, **part)

    @property
    def _known(self) -> dict[str, str] | None:
        """What is revealed of the patient; None for all of it."""
        if self.turn.question.kind != BRANCH:
            return None
        steps = [s.turn.step for s in self._stands[self._at[0]] if s.is_revealed and s.turn.step]
        return {step.id: step.accepted[0] for step in steps if step.accepted[0] != UNKNOWN}

    @property
    def _can_show_path(self) -> bool:
        """Whether the path would show nothing that is not revealed yet."""
        stands = self._stands[self._at[0]]
        whole = self.turn.question.kind == STANDING
        return all(s.is_revealed for s in stands) if whole else self._stand.is_revealed

    def _go(self, number: int, place: int) -> None:
        self._at = number, place
        self._ask()

    def _ask(self) -> None:
        """Build the rows of the turn."""
        for row in self._rows.values():
            for part in (row, *row.parts):
                part.close()
        turn = self.turn
        if self.records is not None:
            self._stand.votes = tally(turn, self._attempts)
        self._rows = {value: self._row(value, words) for value, words in turn.choices}
        rows = self._choices.children = tuple(self._rows.values())
        self._parts = (*self.children, *self._own, *(p for row in rows for p in (row, *row.parts)))
        self._walk.value = ""
        self._show_turn()

    @spoken
    def _row(self, value: str, words: str) -> ChoiceRow:
        """A choice, what its votes are counted with and shown by, and what asks it."""

        def count(votes: int) -> None:
            self._stand.votes[value] = votes
            self._show_votes()

        votes = self._stand.votes.get(value, 0)
        by_hand = count if self.records is None else None
        return ChoiceRow(
            words,
            votes,
            by_hand,
            (lambda: self._look_after(self.ask, value)) if self.turn.is_open else None,
        )

    def _show_turn(self) -> None:
        stand, turn = self._stand, self.turn
        self._head.value = projection.head(self.guide, self.messages)
        self._place.value = projection.place(self._where)
        marked = turn.step.words if stand.is_revealed and turn.step else ()
        self._story.value = feedback.story(turn.question, marked)
        self._asked.value = projection.asked(turn)
        for place, row in enumerate(self._rows.values()):
            row.label.value = projection.choice(turn, place, stand.is_revealed)
        self._said.value = projection.revealed(turn) if stand.is_revealed else ""
        self._show_votes()
        self._show_buttons()
        self._heard_in_turn()

    @spoken
    def _show_votes(self) -> None:
        votes, is_shown = self._stand.votes, self.votes_are_shown or self._stand.is_revealed
        count = sum(self.votes.values())
        for value, row in self._rows.items():
            row.show(votes.get(value, 0), count, is_shown)
        self._total.value = projection.total(self.turn, count, votes.get("", 0), is_shown)
        words = say("Hide the votes") if self.votes_are_shown else say("Show the votes")
        self._show.description = words

    @spoken
    def _show_buttons(self) -> None:
        number, place = self._at
        self._back.disabled = not (number or place)
        self._next.disabled = self._stand is self._stands[-1][-1]
        is_revealed = self._stand.is_revealed
        self._reveal.description = say("Show the path") if is_revealed else say("Reveal")
        self._reveal.disabled = is_revealed and (bool(self._walk.value) or not self._can_show_path)
        wait = is_revealed and not self._can_show_path
        self._reveal.tooltip = say("When every option is revealed") if wait else ""

    def _reveal_or_show_path(self) -> None:
        self._look_after(self.show_path if self._stand.is_revealed else self.reveal)

    def _look_after(self, do: Callable[..., None], *given: str) -> None:
        """Do what a button is for, and bring what has changed into view."""
        do(*given)
        if self._walk.value:
            parts = [".tl-path"]
        else:
            parts = [".tl-choice.tl-right", ".tl-said"] if self._stand.is_revealed else _ASKED
        self._in_view.bring(parts)

    def _turn_votes(self) -> None:
        self.votes_are_shown = not self.votes_are_shown
        self._show_votes()
