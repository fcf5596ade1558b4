"""Questions to practise on, made from a tree and its cases. None of them tells its answer."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ...loading.cases_file import Given, Vignette
from ...logic.decisions import decisions
from ...logic.patients import minimal_cases
from ...logic.walk import Walk
from ...messages import say, spoken, valued
from ...model.errors import AnswerError, allowed, shown
from ...model.parts import UNKNOWN, Factor, Reading, Standing, Statement
from ...model.standing import PATIENT, SHOWN_FIRST
from ...model.text import Quote, folded
from .likelihood import UNCHANGED, likelihood, likely

BRANCH, STANDING, NEXT, SENTENCE, CONCORDANCE = KINDS = (
    "branch",
    "standing",
    "next",
    "sentence",
    "concordance",
)
# The answers for an option: its standing, or that it is still open.
NOT_DECIDED = "not decided yet"
SAYINGS = (*map(str, SHOWN_FIRST), NOT_DECIDED)
MOST_CHOICES = 5
MOST_TRIES = 50


@dataclass(frozen=True)
class PracticeQuestion:
    """One thing to practise: a patient, and what is asked about the patient.

    What an answer to each kind looks like (what is left out is unknown, or not decided yet):

    branch       {factor: value, …}: the factors, as the vignette answers them
    standing     {"factors": {…}, "options": {option: standing, …}}: and what the text says
    next         a factor: the open question that settles most
    sentence     a statement: one that decides the standing of `option`
    concordance  "more", "less" or "unchanged": what `learned` makes of `option`

    `choices`: for the last three kinds, every possible answer with its words.
    """

    id: str
    kind: str
    case: Vignette
    reading: Reading = field(compare=False)
    option: str = ""
    learned: tuple[str, str] = ("", "")
    choices: tuple[tuple[str, str], ...] = ()

    @cached_property
    def walk(self) -> Walk:
        """What the text says of the patient, as far as the vignette tells."""
        return Walk(self.reading, self.case.answers)

    @property
    @spoken
    def asks(self) -> str:
        """The question in words."""
        if self.kind == BRANCH:
            return say("What does the vignette say? Where it does not say, choose Unknown.")
        if self.kind == STANDING:
            return say("What does the vignette say, and what does the text say about each option?")
        if self.kind == NEXT:
            return say(
                "Which question should be asked next? Choose the one that leaves the fewest "
                "options undecided, and then the fewest outcomes, each answer being equally likely."
            )
        name = self.reading.option(self.option).name
        if self.kind == SENTENCE:
            return say(
                "\u201c{name}\u201d: which sentence decides what the text says of it here?",
                name=name,
            )
        factor, value = self.learned
        question = self.reading.factor(factor).question
        fact = f"{question} {valued(value)}"
        return say(
            "You now learn: {fact}. "
            "Does \u201c{name}\u201d become more likely, less likely, or is it unchanged?",
            fact=fact,
            name=name,
        )

    def lines(self) -> Iterator[str]:
        """The question line by line, without its answer."""
        yield self.case.story
        yield ""
        yield self.asks
        for answer, words in self.choices:
            yield f"  {answer}: {words}"

    def __str__(self) -> str:
        return folded(self.lines())

    def __repr__(self) -> str:
        # The case holds the answers, so it is not shown.
        return f"<question {self.id!r}>"


@spoken
def questions(
    reading: Reading, vignettes: Iterable[Vignette] = (), seed: int = 0
) -> list[PracticeQuestion]:
    """Every question on these patients; without vignettes, on plain ones made from the trees.

    Of many that ask nearly the same, the seed chooses one. An id names what is asked, so that
    it stays the same in every run.

    >>> from tree import load
    >>> liver = load("data/metastatic_liver_cancer")
    >>> made = questions(liver)
    >>> made[0]
    <question 'branch/patient_1'>
    >>> sorted({question.kind for question in made}) == sorted(KINDS)
    True
    """
    found: list[PracticeQuestion] = []
    for case in tuple(vignettes) or plain_cases(reading):
        chance = random.Random(f"{seed}/{case.id}")
        found.append(PracticeQuestion(f"{BRANCH}/{case.id}", BRANCH, case, reading))
        found.append(PracticeQuestion(f"{STANDING}/{case.id}", STANDING, case, reading))
        found += _next(reading, case, chance)
        found += _sentence(reading, case, chance)
        found += _concordance(reading, case, chance)
    return list({question.id: question for question in found}.values())


def named(bank: Iterable[PracticeQuestion], id: str) -> PracticeQuestion:
    """The question of this name. Raises AnswerError where there is none."""
    found = {question.id: question for question in bank}
    if id not in found:
        raise AnswerError([f"unknown question {shown(id)}: {allowed(str(id), found)}"])
    return found[id]


def of_case(bank: Iterable[PracticeQuestion], case: str) -> list[PracticeQuestion]:
    """The questions on one case, or all of them. Raises AnswerError where there is no such case."""
    every = list(bank)
    cases = list(dict.fromkeys(question.case.id for question in every))
    if case and case not in cases:
        raise AnswerError([f"unknown case {shown(case)}: {allowed(case, cases)}"])
    return [question for question in every if case in ("", question.case.id)]


@spoken
def plain_cases(reading: Reading) -> list[Vignette]:
    """A few patients who exercise every tree, each described by question and answer."""
    kind = "patient" if reading.subject == PATIENT else "case"
    return [
        plain(reading, f"{kind}_{number}", patient)
        for number, patient in enumerate(minimal_cases(reading), 1)
    ]


@spoken
def plain(reading: Reading, id: str, answers: Mapping[str, str]) -> Vignette:
    """A patient described by question and answer.

    >>> tea = Factor("rain", "Does it rain?", ())
    >>> from tree.model.text import Text
    >>> plain(Reading("g", "G", Text("t", ""), (tea,), (), ()), "a", {"rain": "no"}).story
    'Does it rain? No.'
    """
    story, given = "", []
    for factor in reading.factors:
        if factor.id in answers:
            words = f"{factor.question} {valued(answers[factor.id])}."
            story += " " * bool(story)
            quote = Quote(words, len(story), len(story) + len(words), "")
            given.append(Given(factor.id, answers[factor.id], (quote,)))
            story += words
    nothing = say("Nothing is known of the {subject} yet.", subject=reading.subject.singular)
    return Vignette(id, story or nothing, tuple(given))


def digest(reading: Reading, vignettes: Iterable[Vignette] = ()) -> str:
    """A short name for exactly this text, reading and cases: it changes when they do."""
    content = [
        reading.text.content,
        [(f.id, f.question, f.values) for f in reading.factors],
        [(o.id, o.name) for o in reading.options],
        [
            (
                statement.id,
                [quote.start for quote in statement.quotes],
                sorted(
                    sorted((f, sorted(v)) for f, v in conjunction)
                    for conjunction in statement.condition
                ),
                statement.effects,
            )
            for statement in reading.statements
        ],
        [(v.id, v.story, v.answers) for v in vignettes],
    ]
    return hashlib.sha256(json.dumps(content).encode(errors="replace")).hexdigest()[:16]


def _without(reading: Reading, case: Vignette, left_out: Iterable[str]) -> Vignette:
    """The same patient with some answers unknown; the vignette itself where it gives none."""
    dropped = sorted(set(left_out).intersection(case.answers))
    if not dropped:
        return case
    known = {factor: value for factor, value in case.answers.items() if factor not in dropped}
    return plain(reading, f"{case.id} without {', '.join(dropped)}", known)


def _next(reading: Reading, case: Vignette, chance: random.Random) -> Iterator[PracticeQuestion]:
    """The first patient, with more and more left out, for whom there is something to choose."""
    left_out = list(case.answers)
    chance.shuffle(left_out)
    # Of very many, several more at a time.
    for count in range(0, len(left_out) + 1, len(left_out) // MOST_TRIES + 1):
        shorter = _without(reading, case, left_out[:count])
        known = shorter.answers
        settling = Walk(reading, known).settling
        is_open = [factor for factor in reading.factors if factor.id not in known]
        best = [f for f, left in settling.items() if left == min(settling.values())]
        if len(settling) > 1 and len(best) < len(is_open):
            # Named by what is known: with less known, two patients may be the same.
            facts = ", ".join(f"{factor}={value}" for factor, value in known.items())
            id = case.id if shorter is case else facts or "nothing known"
            choices = tuple((factor.id, factor.question) for factor in is_open)
            yield PracticeQuestion(f"{NEXT}/{id}", NEXT, shorter, reading, choices=choices)
            return


def _sentence(
    reading: Reading, case: Vignette, chance: random.Random
) -> Iterator[PracticeQuestion]:
    """For each option that the text speaks of: the sentences on it, of which some decide."""
    walk, decided = Walk(reading, case.answers), decisions(reading)
    for option, found in walk.standings.items():
        right = {s.words: s for s in found.because}
        others = {
            statement.words: statement
            for says, statement in reading.on_option[option]
            # A statement that says the same and may apply would not be wrong, nor would one that
            # gave way although a careful reader infers it.
            if decided.holds(statement, walk.answers) is False
            or (says != found.standing and statement.basis == "stated")
            # Words that a right choice quotes too would be a wrong choice by a hair.
            if not any(_overlap(statement, decides) for decides in found.because)
        }
        if not right or not others:
            continue
        offered = list(right.values())[: MOST_CHOICES - 1]
        wrong = list(others.values())
        offered += chance.sample(wrong, min(len(wrong), MOST_CHOICES - len(offered)))
        offered.sort(key=lambda statement: (statement.quotes[0].start, statement.id))
        choices = tuple((statement.id, statement.words) for statement in offered)
        id = f"{SENTENCE}/{case.id}/{option}"
        yield PracticeQuestion(id, SENTENCE, case, reading, option, choices=choices)


def _overlap(one: Statement, other: Statement) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.quotes for b in other.quotes)


def _concordance(
    reading: Reading, case: Vignette, chance: random.Random
) -> Iterator[PracticeQuestion]:
    """For each factor one question, on the patient of whom that fact alone is missing.

    Where other open facts matter to an option as well, the new one may tip the scales without
    settling anything; that is not asked.
    """
    whole = Walk(reading, case.answers)
    asked = {option.id: decisions(reading).asked_by(option.id) for option in reading.options}
    for factor in reading.factors:
        before = _without(reading, case, [factor.id])
        walk = Walk(reading, before.answers)
        # What does not ask the factor is as it was for the whole patient.
        walks = (walk.on(on.tree) if factor.id in on.tree.factors else on for on in whole.trees)
        # Those of trees on which another open fact matters.
        unsettled = [on.tree for on in walks if not on.open_factors <= {factor.id}]
        left_out = {option.id for tree in unsettled for option in tree.options}
        standings = {
            option: walk.standing_of(option) if factor.id in asked[option] else standing
            for option, standing in whole.standings.items()
            if option not in left_out
        }
        found: dict[str, list[tuple[str, str]]] = {}
        for value in factor.values:
            after = Walk(reading, {**before.answers, factor.id: value})
            for option, standing in standings.items():
                # Nothing is learned from what the text never speaks of.
                if standing.standing is Standing.SILENT:
                    continue
                change: str | None = UNCHANGED
                if factor.id in asked[option]:
                    change = likelihood(standing.possible, after.standing_of(option).possible)
                if change:
                    found.setdefault(change, []).append((value, option))
        if found:
            value, option = chance.choice(found[chance.choice(sorted(found))])
            id = f"{CONCORDANCE}/{case.id}/{factor.id}={value}/{option}"
            fact = (factor.id, value)
            yield PracticeQuestion(id, CONCORDANCE, before, reading, option, fact, likely())


@spoken
def sayings(reading: Reading) -> dict[str, str]:
    """The answers to choose from for an option, each with its words."""
    words = (reading.label(standing) for standing in SHOWN_FIRST)
    return dict(zip(SAYINGS, (*words, say("Not decided yet")), strict=True))


def values_of(factor: Factor) -> tuple[str, ...]:
    """What may be answered to a factor: its values, or unknown."""
    return (*factor.values, UNKNOWN)
