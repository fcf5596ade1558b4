"""The worksheet grades as Python does: walked here in a few lines, and by the page's script."""

from __future__ import annotations

import base64
import itertools
import json
import random
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT
from playwright.sync_api import Page
from practised_guide import wrong_answer
from random_guides import guide, readings, readings_and_answers
from seeded_guides import random_reading

import tree
from tree.loading.cases_file import Vignette
from tree.model.parts import capitalized
from tree.teaching.questions.divergence import Divergence
from tree.teaching.questions.grading import grade
from tree.teaching.questions.questions import (
    KINDS,
    SAYINGS,
    PracticeQuestion,
    plain,
    questions,
    values_of,
)
from tree.teaching.questions.rounds import attempt
from tree.teaching.questions.steps import in_full, steps
from tree.teaching.questions.worksheet import CASE_HERE, sealed, worksheet
from tree.web.bundle import scripts

GUIDES = [
    "metastatic_liver_cancer",
    "ear_infection_in_a_child",
    "damaged_library_book",
    "haengende_zimmerpflanze",
]
# What is the attempt's own, and what the page adds when it keeps it.
OWN = ("id", "at", "learner", "round", "seconds")


def rows(question: PracticeQuestion) -> dict[int, list[str]]:
    """What can be answered, by the number of the row."""
    if question.choices:
        return {-1: [value for value, _ in question.choices]}
    found = [list(values_of(factor)) for factor in question.reading.factors]
    if question.kind == "standing":
        found += [list(SAYINGS) for _ in question.reading.options]
    return dict(enumerate(found))


def answer(question: PracticeQuestion, chosen: dict[int, int]) -> Any:
    """Chosen numbers as an answer that `grade` takes."""
    said = {row: values[chosen[row]] for row, values in rows(question).items()}
    if question.choices:
        return said[-1]
    count = len(question.reading.factors)
    factors = {f.id: said[k] for k, f in enumerate(question.reading.factors)}
    if question.kind == "branch":
        return factors
    return {
        "factors": factors,
        "options": {o.id: said[count + k] for k, o in enumerate(question.reading.options)},
    }


def right_choice(question: PracticeQuestion) -> dict[int, int]:
    """Numbers that make a right answer."""
    found = {(step.about, step.id): step.accepted[0] for step in steps(question)}
    keys = [("choice", "")] if question.choices else []
    if not keys:
        keys = [("factor", f.id) for f in question.reading.factors]
        keys += [("option", o.id) for o in question.reading.options] * (question.kind == "standing")
    return {
        row: values.index(found[key])
        for (row, values), key in zip(rows(question).items(), keys, strict=True)
    }


def told(question: PracticeQuestion, found: Divergence) -> list[Any]:
    """All that is told of a divergence, from Python's grading alone."""
    text = question.reading.text
    sentences = dict.fromkeys(in_full(text, quote).line for quote in found.quotes)
    spans = [[quote.start, quote.end] for quote in found.words]
    return [found.says, " … ".join(q.line for q in found.quotes), list(sentences), spans]


def expected(question: PracticeQuestion, chosen: dict[int, int]) -> dict[str, Any]:
    """What must be said of an answer, as Python grades it."""
    given = answer(question, chosen)
    found = grade(question, given)
    kept = asdict(attempt(found, given, "digest"))
    return {
        "told": told(question, found.divergence) if found.divergence else None,
        "asides": [told(question, aside) for aside in found.asides],
        "attempt": {key: value for key, value in kept.items() if key not in OWN},
    }


def questions_of(sheet: dict[str, Any]) -> list[Any]:
    return [
        (name.replace(CASE_HERE, sheet["cases"][case][0]), kind, case, *rest)
        for name, kind, case, *rest in zip(*sheet["questions"], strict=True)
    ]


def walked(sheet: dict[str, Any], number: int, chosen: dict[int, int]) -> dict[str, Any]:
    """The same from the worksheet: the first step whose answer is not accepted."""
    id, kind, case, _, option, choices, numbers, _ = questions_of(sheet)[number]
    words, first, asides, judged = sheet["words"], None, [], []
    for row, on_path, accepted, factor, statement, quotes, spans, _, says, others in (
        sheet["steps"][number] for number in numbers
    ):
        value = chosen[row]
        changed = next((other[1:] for other in others if other[0] == value), None)
        wrong = [
            value,
            says[value],
            row,
            accepted,
            factor,
            *(changed or (statement, quotes, spans)),
        ]
        right = value in accepted
        if on_path and first is None:
            about = option if row < sheet["factors"] else None
            judged.append(
                {
                    "right": right,
                    "factor": words[factor],
                    "statement": words[statement if right else wrong[5]],
                    "option": sheet["rows"][row][0] if about is None else words[about],
                    "words": sheet["quotes"][quotes if right else wrong[6]][0],
                }
            )
            first = None if right else wrong
        elif not on_path and not right:
            asides.append(wrong)

    def said(wrong: list[Any]) -> list[Any]:
        line, sentences = sheet["quotes"][wrong[6]]
        full = [" ".join("".join(sheet["sentences"][s][1:]).split()) for s in sentences]
        return [words[wrong[1]], line, list(dict.fromkeys(full)), pairs(wrong[7])]

    labels = {-1: [sheet["choices"][c] for c in choices]}
    labels |= {row: entry[3] for row, entry in enumerate(sheet["rows"])}
    values = {row: labels[row][value][0] for row, value in chosen.items()}
    part = [
        {sheet["rows"][row][0]: v for row, v in values.items() if (row >= sheet["factors"]) is side}
        for side in (False, True)
    ]
    whole = {"factors": part[0], "options": part[1]} if part[1] else part[0]
    return {
        "told": said(first) if first else None,
        "asides": [said(aside) for aside in asides],
        "attempt": {
            "guide": sheet["guide"],
            "guide_digest": "digest",
            "question": id,
            "kind": sheet["kinds"][kind],
            "case": sheet["cases"][case][0],
            "answer": values.get(-1, whole),
            "right": first is None,
            "factor": (words[first[4]] or None) if first else None,
            "statement": (words[first[5]] or None) if first else None,
            "option": (judged[-1]["option"] or None) if first else None,
            "expected": labels[first[2]][first[3][0]][0] if first else "",
            "given": labels[first[2]][first[0]][0] if first else "",
            "judged": judged,
        },
    }


def pairs(spans: list[int]) -> list[list[int]]:
    return [spans[k : k + 2] for k in range(0, len(spans), 2)]


def read_back(data: dict[str, Any]) -> dict[str, Any]:
    """The worksheet as a page has it: packed and unpacked."""
    return dict(json.loads(zlib.decompress(base64.b64decode(sealed(data)))))


def plainly(found: dict[str, Any]) -> dict[str, Any]:
    """Tuples as lists, as JSON has them."""
    return dict(json.loads(json.dumps(found)))


def some_answers(
    question: PracticeQuestion, chance: random.Random, count: int
) -> Iterator[dict[int, int]]:
    """A right answer, every answer that is wrong in one place, and some at random."""
    right = right_choice(question)
    yield right
    for row, values in rows(question).items():
        for value in range(len(values)):
            yield {**right, row: value}
    for _ in range(count):
        yield {row: chance.randrange(len(values)) for row, values in rows(question).items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", GUIDES)
def test_every_answer_as_python_grades_it(name: str) -> None:
    made = tree.load(ROOT / "data" / name)
    asked = made.questions()
    sheet = read_back(worksheet(made, made.vignettes)) | {"digest": "digest"}
    assert [entry[0] for entry in questions_of(sheet)] == [question.id for question in asked]
    chance = random.Random(1)
    seen = Counter()
    for number, question in enumerate(asked):
        for chosen in some_answers(question, chance, 3):
            wanted = plainly(expected(question, chosen))
            assert walked(sheet, number, chosen) == wanted, (question.id, chosen)
            seen[question.kind, wanted["told"] is None] += 1
    assert seen.keys() == set(itertools.product(KINDS, (True, False)))


@given(readings_and_answers(factors=4, patients=100, passages=2), st.data())
def test_random_guides_as_python_grades_them(found: Any, data: Any) -> None:
    reading, known = found
    made = guide(reading)
    case = plain(reading, "p", known)
    sheet = read_back(worksheet(made, [case]))
    asked = questions(made, [case])
    number = data.draw(st.integers(0, len(asked) - 1))
    question = asked[number]
    right = right_choice(question)
    chosen = {
        row: data.draw(st.sampled_from([right[row]] * 2 + list(range(len(values)))))
        for row, values in rows(question).items()
    }
    assert walked(sheet, number, chosen) == plainly(expected(question, chosen))


@given(readings(factors=3, patients=60))
def test_what_is_shown_before_an_answer(reading: Any) -> None:
    made = guide(reading)
    sheet = read_back(worksheet(made))
    for entry, question in zip(questions_of(sheet), made.questions(), strict=True):
        _, _, case, asks, _, choices, numbers, walk = entry
        assert sheet["cases"][case] == [question.case.id, question.case.story]
        assert sheet["words"][asks] == question.asks
        assert [tuple(sheet["choices"][c]) for c in choices] == list(question.choices)
        # Which rows there are is told by the steps: each row once.
        assert sorted(sheet["steps"][n][0] for n in numbers) == list(rows(question))
        known = {**question.walk.answers, **dict([question.learned] * (question.learned[0] != ""))}
        values = [values_of(factor)[k] for factor, k in zip(made.factors, walk, strict=True)]
        assert {
            f.id: v for f, v in zip(made.factors, values, strict=True) if v != "unknown"
        } == known
        for step, n in zip(steps(question), numbers, strict=True):
            line = sheet["quotes"][sheet["steps"][n][7]][0]
            assert line == " … ".join(quote.line for quote in step.read)
    labels = [entry[3] for entry in sheet["rows"][: sheet["factors"]]]
    assert labels == [[[v, capitalized(v)] for v in values_of(f)] for f in made.factors]


def test_sealed_holds_everything_and_shows_nothing(liver: tree.Guide) -> None:
    data = worksheet(liver, liver.vignettes)
    held = sealed(data)
    assert read_back(data) == plainly(data)
    assert len(held) < 20_000
    assert held.isascii()
    for words in ("accepted", "unknown", liver.title, *(s.id for s in liver.statements)):
        assert words not in held


# --- the page's own script ------------------------------------------------------------------

CALL = """async ([source, packed, asked]) => {
  const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
  const {inflated, nameQuestions, questionOf, gradeOf, attemptOf} = await import(url);
  const sheet = await inflated(packed);
  nameQuestions(sheet);
  const told = ({says, quotes, words}) => {
    const full = quotes.sentences.map(([, ...pieces]) => pieces.join("").trim());
    const pairs = words.flatMap((start, i) => i % 2 ? [] : [[start, words[i + 1]]]);
    return [says, quotes.line, [...new Set(full)], pairs];
  };
  return asked.map(([number, chosen]) => {
    const question = questionOf(sheet, number);
    const rows = new Map(chosen);
    const grade = gradeOf(question, rows);
    return {
      told: grade.divergence && told(grade.divergence),
      asides: grade.asides.map(told),
      attempt: {...attemptOf(sheet, question, rows, grade), guide_digest: "digest"},
    };
  });
}"""


def script() -> str:
    """What the page practises with, as a module."""
    names = "inflated, nameQuestions, questionOf, gradeOf, attemptOf, drawRound"
    return f"{scripts('practice.js')}export {{{names}}};"


def compare(page: Page, made: tree.Guide, vignettes: tuple[Vignette, ...], count: int) -> None:
    chance = random.Random(7)
    asked = questions(made, vignettes)
    tries = [
        (number, question, chosen)
        for number, question in enumerate(asked)
        for chosen in some_answers(question, chance, count)
    ]
    packed = sealed(worksheet(made, vignettes))
    numbers = [[number, list(map(list, chosen.items()))] for number, _, chosen in tries]
    found = page.evaluate(CALL, [script(), packed, numbers])
    for (_, question, chosen), seen in zip(tries, found, strict=True):
        assert seen == plainly(expected(question, chosen)), (question.id, chosen)


@pytest.mark.parametrize("name", GUIDES)
def test_the_script_grades_as_python_does(blank: Page, name: str) -> None:
    made = tree.load(ROOT / "data" / name)
    compare(blank, made, made.vignettes, 2)


@pytest.mark.parametrize("seed", range(12))
def test_the_script_grades_generated_guides(blank: Page, seed: int) -> None:
    compare(blank, guide(random_reading(seed)), (), 4)


DRAW = """async ([source, packed, attempts, seeds, length]) => {
  const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
  const {inflated, nameQuestions, drawRound} = await import(url);
  const sheet = await inflated(packed);
  nameQuestions(sheet);
  return seeds.map(seed => drawRound(sheet, attempts, seed, length));
}"""


def test_rounds_are_drawn_by_the_rule_of_the_notebook(blank: Page, liver: tree.Guide) -> None:
    asked = liver.questions()
    packed = sealed(worksheet(liver, liver.vignettes))

    def drawn(attempts: list[Any], seeds: list[str], length: int = 10) -> list[list[int]]:
        kept = [asdict(each) for each in attempts]
        return list(blank.evaluate(DRAW, [script(), packed, kept, seeds, length]))

    seeds = [f"0/{k}" for k in range(300)]
    rounds = drawn([], seeds)
    for found in rounds:
        assert len(set(found)) == 10
        assert Counter(asked[n].kind for n in found) == dict.fromkeys(KINDS, 2)
    assert rounds == drawn([], seeds)
    # Every question gets its turn, and the kinds come in any order.
    assert {n for found in rounds for n in found} == set(range(len(asked)))
    assert len({tuple(asked[n].kind for n in found) for found in rounds}) > 250
    assert sorted(drawn([], ["1"], 10_000)[0]) == list(range(len(asked)))

    # What was misread comes more often, until it is read rightly.
    missed = next(question for question in asked if question.kind == "sentence")
    (statement,) = {step.statement for step in steps(missed)}
    about = {n for n, q in enumerate(asked) if statement in {step.statement for step in steps(q)}}
    assert len(about) < len(asked) / 2
    wrong = wrong_answer(missed)
    attempts = [attempt(grade(missed, wrong), wrong, round=str(k)) for k in range(2)]

    def share(attempts: list[Any]) -> float:
        return sum(n in about for found in drawn(attempts, seeds, 5) for n in found)

    before = share([])
    assert share(attempts) > 1.5 * before
    right = answer(missed, right_choice(missed))
    better = [attempt(grade(missed, right), right, round=str(k)) for k in range(2, 8)]
    assert share(attempts + better) < 1.2 * before
    # Only the first try of a round counts.
    again = [attempt(grade(missed, wrong), wrong, round="7") for _ in range(3)]
    assert share(attempts + better + again) < 1.2 * before
