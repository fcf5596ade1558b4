"""A class that practises in two languages, with records of today and older ones, is one class."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import made_up_class
import pseudo_language
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

import tree
from tree.messages import in_language, valued
from tree.teaching.questions.attempts import FORMAT, VERSION, Attempt, Judged
from tree.teaching.questions.grading import grade
from tree.teaching.questions.questions import BRANCH, STANDING, PracticeQuestion, values_of
from tree.teaching.questions.rounds import attempt

TAGS = ("en", pseudo_language.TAG)
GUIDES = ("metastatic_liver_cancer", "damaged_library_book", "wintering_bees")


@pytest.fixture(scope="module", autouse=True)
def language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pseudo_language.spoken_here(tmp_path_factory.mktemp("messages")):
        yield


class Made(list[tuple[tree.Guide, tree.Guide, list[PracticeQuestion]]]):
    """Where an example fails, its words need not all be printed."""

    def __repr__(self) -> str:
        return "guides"


@pytest.fixture(scope="module")
def guides() -> Made:
    """Three guides in English, in the other language, and with their questions."""
    found = [tree.load(ROOT / "data" / name) for name in GUIDES]
    return Made((g, g.in_language(pseudo_language.TAG), g.questions()) for g in found)


def answered(question: PracticeQuestion, number: int) -> Attempt:
    """An attempt that is wrong here and there, the same for the same number."""
    said = made_up_class.answered(question, random.Random(number), 0.4, {})
    made = attempt(grade(question, said), said, round=f"{number}")
    return replace(made, id=f"{number}", at=f"{number}")


def test_a_record_is_the_same_in_any_language(guides: Made) -> None:
    for _, other, asked in guides:
        pairs = zip(asked, other.questions(), strict=True)
        for number, (plain, said) in enumerate(pairs):
            made = answered(plain, number)
            assert made == answered(said, number)
            if made.kind == BRANCH and made.factor:
                values = values_of(plain.reading.factor(made.factor))
                assert {made.expected, made.given} <= {*values}


def as_before(found: Attempt, tag: str) -> Attempt:
    """As records were kept: with the words of the screen."""
    with in_language(tag):
        return replace(found, expected=valued(found.expected), given=valued(found.given))


@pytest.mark.slow
@given(st.integers(0, 2), st.integers(0, 9999), st.integers(1, 20))
@examples(25)
def test_languages_and_versions_are_counted_together(
    tmp_path_factory: pytest.TempPathFactory,
    guides: Made,
    which: int,
    seed: int,
    many: int,
) -> None:
    guide, other, questions = guides[which]
    chance = random.Random(seed)
    asked = [each for each in questions if each.kind in (BRANCH, STANDING)]
    made = [answered(chance.choice(asked), number) for number in range(many)]
    mixed = [
        as_before(each, chance.choice(TAGS)) if chance.random() < 0.6 else each for each in made
    ]
    folder = tmp_path_factory.mktemp("class")
    for name, attempts in (("plain", made), ("mixed", mixed)):
        write(folder / f"{name}/{guide.id}.json", attempts)
    plain, found = (tree.classroom(folder / name, other) for name in ("plain", "mixed"))
    assert found.confusion.equals(plain.confusion)
    assert set(found.confusion.columns) <= {v for f in guide.factors for v in values_of(f)}
    assert str(found) == str(plain)
    assert found.misread.equals(plain.misread)


def write(path: Path, attempts: list[Attempt]) -> None:
    path.parent.mkdir()
    whole = {"format": FORMAT, "version": VERSION, "learner": "x"}
    path.write_text(json.dumps({**whole, "attempts": [asdict(each) for each in attempts]}))


def test_older_records_say_themselves_what_their_words_mean(tmp_path: Path) -> None:
    """Without the guide, and in a language that is not in force."""

    def misread(factor: str, expected: str, given: str, said: str) -> Attempt:
        judged = (Judged(False, factor=factor),)
        more = {"factor": factor, "expected": expected, "given": given, "judged": judged}
        return Attempt("g", "d", factor, BRANCH, "c", {factor: said}, False, id=factor, **more)

    attempts = [
        misread("rain", "Ja", "Nein", "no"),
        misread("snow", "Nein", "Ja", "yes"),
        misread("scan", "On MRI", "On CT", "on CT"),
        misread("other", "on MRI", "Unbekannt", "unknown"),
    ]
    write(tmp_path / "class" / "record.json", attempts)
    told = tree.classroom(tmp_path / "class").confusion.stack()
    assert {key[1:] for key in told[told > 0].index} == {
        ("rain", "yes", "no"),
        ("snow", "no", "yes"),
        # Of a value of the guide's own that nobody answered, the word is all there is.
        ("scan", "On MRI", "on CT"),
        ("other", "on MRI", "unknown"),
    }
