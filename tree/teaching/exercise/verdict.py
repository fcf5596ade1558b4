"""What is found in a student's guide, and the same in plain words for the student."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...changes.outcomes import AFTER, BEFORE, Case
from ...changes.shared import Shared
from ...logic.descriptions import in_words
from ...messages import either, in_a_row, in_turn, plural, say, spoken, with_colon
from ...model.errors import Problem, shown
from ...model.parts import Factor, Option, Reading, Standing, Statement, Subject
from ...model.text import Quote, counted, folded
from ...opening import Report
from ..questions.steps import in_full

MOST_SHOWN = 3  # differences, problems and statements of each kind, unless all are asked for
MOST_NAMED = 8


@dataclass(frozen=True)
class OutcomeDifference:
    """Options of which the student's guide differs from the reference, and for whom.

    `cases`: the smallest descriptions of these patients, each with the deciding statements,
    `before` those of the student and `after` those of the reference; `more`: how many paths
    they leave out. `patient`: one of them, in full; `mine` and `theirs`: the statements that
    decide for this one. `only`: "before" where the student's guide alone has the options,
    "after" where the reference alone has them.
    """

    options: tuple[Option, ...]
    student: Standing
    reference: Standing
    cases: tuple[Case, ...]
    more: int
    only: str
    patient: Mapping[str, str]
    mine: tuple[Statement, ...]
    theirs: tuple[Statement, ...]
    # How much of all patients and options it concerns.
    weight: float


@dataclass(frozen=True)
class Part:
    """Statements of a student that quote the same words as some of the reference.

    `theirs` is empty where the reference lets these words decide nothing; `differences` is
    empty where the statements say the same.
    """

    mine: tuple[Statement, ...]
    theirs: tuple[Statement, ...]
    differences: tuple[OutcomeDifference, ...]

    @property
    def right(self) -> bool:
        """Whether these statements say what the reference reads in their words."""
        return bool(self.theirs) and not self.differences


@dataclass(frozen=True)
class Verdict:
    """What `compare` found. Prints in words for the student, without giving the key away.

    `report`: what `check` says of the student's guide. `whole`: whether all of it could be
    read; then `differences` has what it decides otherwise, the most telling first. Otherwise
    `parts` has what could be judged of single statements, and `spoiled` names those that could
    not be. `waiting`: statements in which nothing is filled in; `begin`: in an attempt without
    any statement the first sentence that decides something. `missing`: answers of the
    reference, by factor, that the student's guide does not know. `too_large`: the options on
    which the guides could not be compared.
    """

    student: Reading | None
    reference: Reading
    report: Report
    whole: bool = False
    differences: tuple[OutcomeDifference, ...] = ()
    parts: tuple[Part, ...] = ()
    spoiled: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    begin: Quote | None = None
    missing: tuple[tuple[str, tuple[str, ...]], ...] = ()
    too_large: tuple[Option, ...] = ()
    factors: tuple[Shared, ...] = ()

    @property
    def right(self) -> bool:
        """Whether every patient of the reference has the same outcome in the student's guide."""
        return self.whole and not (self.differences or self.missing or self.too_large)

    def __str__(self) -> str:
        return folded(self.lines())

    def __repr__(self) -> str:
        if self.whole:
            count = len(self.differences)
            state = "right" if self.right else f"not yet, {counted(count, 'difference')}"
            return f"<verdict: {state}>"
        right = sum(part.right for part in self.parts)
        return f"<verdict: cannot be read whole; {right} of {len(self.parts)} parts right>"

    # --- in words ------------------------------------------------------------------------

    @spoken
    def lines(self, full: bool = False) -> Iterator[str]:
        """The verdict in words. `full`: every difference, with the conditions of the reference."""
        most = None if full else MOST_SHOWN
        if self.right:
            yield say(
                "Right: for every {subject} your guide says what the reference says.",
                subject=self._subject.singular,
            )
            return
        if self.begin:
            yield say("Nothing is decided yet. Begin with this sentence of the text:")
            yield f'  "{self.begin.line}"'
            yield say("For whom does it hold, and what does it say of which option?")
        yield from self._problems(most)
        if self.whole:
            yield from self._whole(full, most)
        else:
            yield from self._parts(full, most)
        if not full and self._hidden():
            yield ""
            yield say("To see everything, the answers too: lines(full=True), or --full.")

    def _hidden(self) -> bool:
        return bool(self.differences) or any(part.differences for part in self.parts)

    def _problems(self, most: int | None) -> Iterator[str]:
        found = () if self.report.guide else _telling(self.report.errors, self.waiting)
        if not found:
            return
        if self.begin:
            yield ""
        yield say("Besides, check says:") if self.whole else say("This cannot be read yet:")
        for problem in found[:most]:
            yield from (f"  {line}" for line in problem.pointed().split("\n"))
        if left := _left(found, most):
            yield plural("And {count} more problem.", "And {count} more problems.", left)
        if self.whole or self.parts:
            yield ""

    def _whole(self, full: bool, most: int | None) -> Iterator[str]:
        if self.differences:
            count = len({o.id for difference in self.differences for o in difference.options})
            yield plural(
                "Not yet: for some {subjects} your guide says something different, "
                "on {count} option.",
                "Not yet: for some {subjects} your guide says something different, "
                "on {count} options.",
                count,
                subjects=self._subject.plural,
            )
        else:
            yield say("Not yet.")
        for factor, values in self.missing:
            parts = {"values": either(values), "question": self._factor(factor).question}
            yield say("Your guide has no answer {values} to: {question}", **parts)
        for option in self.too_large:
            yield say(
                "{option}: too many statements concern it to compare the guides.",
                option=option.name,
            )
        for number, difference in enumerate(self.differences[:most], 1):
            yield ""
            yield from self._difference(difference, full, f"{number}. ")
        if self.differences[MOST_SHOWN:] and not full:
            yield ""
        if left := _left(self.differences, most):
            yield plural("And {count} more difference.", "And {count} more differences.", left)

    def _parts(self, full: bool, most: int | None) -> Iterator[str]:
        right = [part for part in self.parts if part.right]
        if right:
            names = _names(s for part in right for s in part.mine)
            yield say("Right as far as it goes: {names}.", names=names)
        elsewhere = [part for part in self.parts if not part.theirs]
        for part in elsewhere[:most]:
            names = _names(part.mine)
            yield say("{names}: in the reference these words decide nothing:", names=names)
            yield f'  "{part.mine[0].words}"'
        if left := _left(elsewhere, most):
            yield plural(
                "And {count} more such statement.", "And {count} more such statements.", left
            )
        wrong = [part for part in self.parts if part.theirs and part.differences]
        for part in wrong[:most]:
            yield ""
            yield say("Not yet: {names}", names=_names(part.mine))
            for difference in part.differences[: None if full else 1]:
                yield from self._difference(difference, full, "  ")
        if left := _left(wrong, most):
            yield plural(
                "And {count} more statement to look at.",
                "And {count} more statements to look at.",
                left,
            )
        if self.spoiled:
            names = in_a_row(self.spoiled)
            yield say("To be judged once they can be read: {names}.", names=names)
        if self.waiting and not self.begin:
            named = self.waiting if full else self.waiting[:8]
            names, left = in_a_row(named), len(self.waiting) - len(named)
            if left:
                yield say("Not filled in yet: {names} and {count} more.", names=names, count=left)
            else:
                yield say("Not filled in yet: {names}.", names=names)

    def _difference(self, found: OutcomeDifference, full: bool, lead: str) -> Iterator[str]:
        yield f"{lead}{', '.join(option.name for option in found.options)}"
        gap = " " * len(lead)
        if full:
            for number, case in enumerate(found.cases):
                who = in_words(self._factor, case.patients)
                yield gap + self._for(who, is_first=not number)
            if found.more:
                more = plural(
                    "and {count} more path, too many to describe",
                    "and {count} more paths, too many to describe",
                    found.more,
                )
                yield gap + more
        elif found.patient:
            answers = tuple((factor, (value,)) for factor, value in found.patient.items())
            example = in_words(self._factor, answers)
            yield gap + say("for example with: {case}", case=example)
        else:
            yield gap + say("for everyone")
        mine = _in_cases(found.cases, lambda case: case.before) if full else found.mine
        theirs = _in_cases(found.cases, lambda case: case.after) if full else found.theirs
        none = say("has no such option")
        said = none if found.only == AFTER else self._subject.within(found.student)
        named = f" ({_names(mine)})" if mine else ""
        yield gap + say("your guide: {verdict}", verdict=said) + named
        said = none if found.only == BEFORE else self._subject.within(found.reference)
        yield gap + say("the reference: {verdict}", verdict=said)
        if full:
            for statement in theirs:
                yield f"{gap}  " + with_colon(statement.id, f'"{statement.words}"')
                yield f"{gap}    {say('holds for: {who}', who=self._condition(statement))}"
            return
        # Where the text is silent, it is the student's own sentence that was misread.
        assert self.student
        misread = _sentences(self.reference, theirs) or _sentences(self.student, mine)
        for sentence in misread[:MOST_SHOWN]:
            yield gap + say('read again: "{sentence}"', sentence=sentence)

    def _for(self, who: str, is_first: bool) -> str:
        if not who:
            return say("for everyone")
        if not is_first:
            return say("or {who}", who=who)
        return say("for {subjects} with: {who}", subjects=self._subject.plural, who=who)

    def _condition(self, statement: Statement) -> str:
        conjunctions = []
        for conjunction in statement.condition:
            asked = [
                (f.id, tuple(v for v in f.values if v in dict(conjunction)[f.id]))
                for f in self.reference.every_factor
                if f.id in dict(conjunction)
            ]
            conjunctions.append(in_words(self.reference.factor, tuple(asked)) or say("everyone"))
        others = (say("or {who}", who=who) for who in conjunctions[1:])
        return in_turn([*conjunctions[:1], *others])

    @property
    def _subject(self) -> Subject:
        return self.reference.subject

    def _factor(self, id: str) -> Factor:
        return {shared.factor.id: shared.factor for shared in self.factors}[id]


# --- words --------------------------------------------------------------------------------


def _telling(problems: Sequence[Problem], waiting: Iterable[str]) -> list[Problem]:
    """The problems without those that only say that nothing is filled in."""
    silent = tuple(f"statement {shown(id)} says nothing:" for id in waiting)
    return [problem for problem in problems if not problem.message.startswith(silent)]


def _left(found: Sequence[object], most: int | None) -> int:
    """How many are not shown."""
    return max(len(found) - most, 0) if most is not None else 0


def _names(statements: Iterable[Statement]) -> str:
    return ", ".join(dict.fromkeys(statement.id for statement in statements))


def _in_cases(
    cases: Iterable[Case], side: Callable[[Case], tuple[Statement, ...]]
) -> tuple[Statement, ...]:
    """The statements that decide in any of the cases, each once."""
    return tuple({s.id: s for case in cases for s in side(case)}.values())


def _sentences(reading: Reading, statements: Iterable[Statement]) -> list[str]:
    """The sentences of the text that statements quote, each once."""
    quotes: Iterable[Quote] = (quote for s in statements for quote in s.quotes)
    return list(dict.fromkeys(in_full(reading.text, quote).line for quote in quotes))
