"""Every question of a guide with all that can be said of each answer, as one dict for a page.

All of it is worked out here, by the grading of this folder: the page walks the steps and shows
what the dict says. It stays small by holding in lists, once, what many questions share.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from ...loading.cases_file import Vignette
from ...messages import spoken, valued
from ...model.parts import UNKNOWN, Factor, Reading
from ...model.text import Quote, in_one_line
from .divergence import Divergence, diverged
from .highlights import marked
from .questions import (
    CONCORDANCE,
    KINDS,
    SAYINGS,
    PracticeQuestion,
    digest,
    questions,
    sayings,
    values_of,
)
from .rounds import FADES, LENGTH, PULL
from .steps import CHOICE, FACTOR, OPTION, Step, steps

# No name holds this letter, for YAML does not.
CASE_HERE = "\0"

T = TypeVar("T", bound=Hashable)


@spoken
def worksheet(
    reading: Reading, vignettes: Sequence[Vignette] = (), seed: int = 0
) -> dict[str, Any]:
    """The questions of a guide on these patients, ready for JSON.

    `words` are all other words, once; where others name words, they give the number there, and 0
    is none. `rows`: [name, question, help, [[value, label], …]] of each factor, then of each
    option. `sentences`: [author, plain, marked, plain, …], `quotes`: [their words on one line,
    the sentences they stand in]. `choices`: [value, label]. `cases`: [name, story].

    `questions`, column by column, which packs better: name, kind, case, asks, option, choices,
    steps, walk; in a name the name of the case is CASE_HERE; `walk` gives for each factor the
    number of its value among the row's, for *Show the path*.

    `steps`: [row (-1: the choices of the question), on the path or not, accepted values, factor,
    statement, quotes, words of the vignette, quotes to read again, says, others]. Words of the
    vignette are first, last, first, last, …, in letters of the story; `says` tells for each value
    of the row what is wrong with it, 0 for the accepted ones; `others` are [value, statement,
    quotes, words] of wrong values that misread another thing than the step is about.
    """
    return _Worksheet(reading, vignettes, seed).data()


def sealed(data: dict[str, Any]) -> str:
    """The dict, packed so that it cannot be read where it stands. Anybody can unpack it: it is
    kept from the eye, not from those who want to know.

    >>> zlib.decompress(base64.b64decode(sealed({})))
    b'{}'
    """
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(content.encode(), 9)).decode()


class _List(Generic[T]):
    """Things by their number; the same thing has the same one."""

    def __init__(self, *first: T) -> None:
        self.numbers: dict[T, int] = {}
        for thing in first:
            self(thing)

    def __call__(self, thing: T) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))


class _Worksheet:
    def __init__(self, reading: Reading, vignettes: Sequence[Vignette], seed: int) -> None:
        self.reading = reading
        self.vignettes = vignettes
        self.seed = seed
        self.words = _List("")
        self.quotes: _List[tuple[Quote, ...]] = _List(())
        self.sentences: _List[tuple[str, ...]] = _List()
        self.cases: _List[tuple[str, str]] = _List()
        self.choices: _List[tuple[str, str]] = _List()
        self.steps: _List[tuple[object, ...]] = _List()
        ids = [(FACTOR, f.id) for f in self.reading.factors]
        ids += [(OPTION, o.id) for o in self.reading.options]
        self.row_at = {key: number for number, key in enumerate(ids)}

    def data(self) -> dict[str, Any]:
        made = [self.question(q) for q in questions(self.reading, self.vignettes, self.seed)]
        quotes = [self.quoted(quotes) for quotes in self.quotes.numbers]
        said = list(sayings(self.reading).items())
        return {
            "guide": self.reading.id,
            "digest": digest(self.reading, self.vignettes),
            "seed": self.seed,
            "length": LENGTH,
            "pull": PULL,
            "fades": FADES,
            "kinds": KINDS,
            "factors": len(self.reading.factors),
            # What is alike stands near: the packing looks back no further than 32 kB.
            "steps": [*self.steps.numbers],
            "questions": [*zip(*made, strict=True)] or [()] * 8,
            "cases": [*self.cases.numbers],
            "rows": [
                *([f.id, f.question, f.explained, _labels(f)] for f in self.reading.factors),
                *([option.id, option.name, "", said] for option in self.reading.options),
            ],
            "quotes": quotes,
            "choices": [*self.choices.numbers],
            "sentences": [*self.sentences.numbers],
            "words": [*self.words.numbers],
        }

    def question(self, question: PracticeQuestion) -> list[Any]:
        known = dict(question.walk.answers)
        if question.kind == CONCORDANCE:
            known.update([question.learned])
        return [
            question.id.replace(question.case.id, CASE_HERE, 1),
            KINDS.index(question.kind),
            self.cases((question.case.id, question.case.story)),
            self.words(question.asks),
            self.words(question.option),
            [self.choices(choice) for choice in question.choices],
            [self.step(question, step) for step in steps(question)],
            [
                values_of(factor).index(known.get(factor.id, UNKNOWN))
                for factor in self.reading.factors
            ],
        ]

    def step(self, question: PracticeQuestion, step: Step) -> int:
        values = self.values(question, step)
        wrong = {v: diverged(question, step, v) for v in values if v not in step.accepted}
        return self.steps(
            (
                -1 if step.about == CHOICE else self.row_at[step.about, step.id],
                int(step.on_path),
                tuple(map(values.index, step.accepted)),
                self.words(step.factor),
                self.words(step.statement),
                self.quotes(step.quotes),
                _spans(step.words),
                self.quotes(step.read),
                tuple(self.words(wrong[v].says) if v in wrong else 0 for v in values),
                tuple(
                    (
                        values.index(value),
                        self.words(found.statement),
                        self.quotes(found.quotes),
                        _spans(found.words),
                    )
                    for value, found in wrong.items()
                    if _about(found) != (step.statement, step.quotes, step.words)
                ),
            )
        )

    def values(self, question: PracticeQuestion, step: Step) -> list[str]:
        if step.about == CHOICE:
            return [value for value, _ in question.choices]
        if step.about == OPTION:
            return list(SAYINGS)
        return list(values_of(self.reading.factor(step.id)))

    def quoted(self, quotes: tuple[Quote, ...]) -> list[Any]:
        found = marked(self.reading.text, quotes)
        return [
            in_one_line(quotes),
            [self.sentences((each.whose, *each.pieces)) for each in found],
        ]


def _labels(factor: Factor) -> list[tuple[str, str]]:
    return [(value, valued(value)) for value in values_of(factor)]


def _about(found: Divergence) -> tuple[str, tuple[Quote, ...], tuple[Quote, ...]]:
    return found.statement, found.quotes, found.words


def _spans(words: Iterable[Quote]) -> tuple[int, ...]:
    return tuple(place for quote in words for place in (quote.start, quote.end))
