"""Questions to practise on: made from a guide, the same in every run, and never telling."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT
from practised_guide import write_guide
from random_guides import (
    ends,
    guide,
    holds,
    patients,
    readings,
    readings_and_answers,
    standings,
    table,
)

import tree
from tree.model.parts import Standing
from tree.teaching.questions.questions import KINDS, digest, plain, plain_cases, questions
from tree.teaching.questions.steps import steps

GUIDES = sorted(path.parent for path in (ROOT / "data").glob("*/guide.yaml"))
# From least to most likely to be done.
ORDER = [Standing.WITHHELD, Standing.SILENT, Standing.OFFERED, Standing.PREFERRED]


@pytest.mark.parametrize("folder", GUIDES, ids=lambda path: path.name)
def test_every_guide_gives_questions_of_every_kind(folder: Path) -> None:
    found = tree.load(folder).questions()
    assert {question.kind for question in found} == set(KINDS)
    ids = [question.id for question in found]
    assert len(ids) == len(set(ids))
    for question in found:
        for given_ in question.case.given:
            for quote in given_.quotes:
                assert question.case.story[quote.start : quote.end] == quote.words
        words = [words for _, words in question.choices]
        assert len(words) == len(set(words))
        for step in steps(question):
            assert step.accepted
            assert step.quotes or step.about == "option"


@pytest.mark.slow
def test_the_same_seed_gives_the_same_questions_in_every_process() -> None:
    code = (
        "import tree; from tree.teaching.questions.questions import digest; "
        "g = tree.load('data/ear_infection_in_a_child'); "
        "print(digest(g), [(q.id, q.choices, q.case.story) for q in g.questions(7)])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 1000


def test_another_seed_asks_other_things(liver: tree.Guide) -> None:
    one, other = ({q.id for q in liver.questions(seed)} for seed in (1, 2))
    assert one != other
    assert one & other


def test_written_vignettes_are_used_where_there_are_any(tmp_path: Path) -> None:
    found = tree.load(write_guide(tmp_path / "liver")).questions()
    first = {kind: next(q for q in found if q.kind == kind) for kind in KINDS}
    assert first["branch"].case.story.startswith("A retired teacher")
    assert first["standing"].case.id == "retired_teacher"
    # A fact that the story tells cannot be learned; then the patient is told plainly.
    stories = {q.id.split("=")[0]: q.case.story for q in found if q.kind == "concordance"}
    cook = stories["concordance/cook_of_58/chemotherapy_responsive_tumor"]
    teacher = stories["concordance/retired_teacher/chemotherapy_responsive_tumor"]
    assert cook.startswith("A cook of 58")
    assert teacher.startswith("Is there evidence that cancer has spread")
    assert "chemotherapy" not in teacher


def test_a_question_does_not_tell_its_answer(liver: tree.Guide) -> None:
    branch = liver.questions()[0]
    assert repr(branch) == "<question 'branch/liver_alone'>"
    assert "Given" not in str(branch)
    ids = [statement.id for statement in liver.statements]
    for question in liver.questions():
        if question.kind == "sentence":
            offered = [choice for choice, _ in question.choices]
            assert offered == sorted(offered, key=lambda id: ids.index(id)) or len(offered) > 1


def test_the_digest_follows_what_is_practised(liver: tree.Guide, tmp_path: Path) -> None:
    folder = write_guide(tmp_path / "liver")
    before = tree.load(folder)
    assert digest(before, before.vignettes) == digest(before, before.vignettes)
    assert digest(before, before.vignettes) != digest(liver)
    source = (folder / "guide.yaml").read_text(encoding="utf-8")
    changed = source.replace("{other_organ_involvement: yes}", "{other_organ_involvement: no}")
    (folder / "guide.yaml").write_text(changed, encoding="utf-8")
    assert digest(tree.load(folder), before.vignettes) != digest(before, before.vignettes)


def asked_of(found, seed):
    """Questions on a patient of whom something may be unknown, and on the plain cases."""
    reading, known = found
    made = guide(reading)
    cases = [plain(made, "somebody", known), *plain_cases(made)]
    return questions(made, cases, seed)


def left_of(walk, rows):
    """How many options are undecided, and how many outcomes there are in all trees."""
    ids = [option.id for option in walk.reading.options]
    undecided = sum(len(set(column)) > 1 for column in zip(*rows, strict=True))
    places = [[ids.index(option.id) for option in on.tree.options] for on in walk.trees]
    return undecided, sum(len({tuple(row[i] for i in of) for row in rows}) for of in places)


@given(readings_and_answers(factors=4, patients=100), st.integers(0, 3))
def test_what_is_asked_next_is_what_enumeration_finds(found, seed):
    reading, _ = found
    outcomes = table(reading)
    for question in asked_of(found, seed):
        if question.kind != "next":
            continue
        known = question.case.answers
        left = {}
        for factor in reading.factors:
            pairs = [
                [standings(reading, {**p, factor.id: value}) for value in factor.values]
                for p in patients(reading, known)
            ]
            if factor.id not in known and any(len(set(pair)) > 1 for pair in pairs):
                each = [
                    left_of(question.walk, ends(reading, outcomes, {**known, factor.id: value}))
                    for value in factor.values
                ]
                left[factor.id] = tuple(statistics.mean(n) for n in zip(*each, strict=True))
        best = {factor for factor, count in left.items() if count == min(left.values())}
        (step,) = steps(question)
        assert set(step.accepted) == best
        assert best < {choice for choice, _ in question.choices}


@given(readings_and_answers(factors=4, patients=100), st.integers(0, 3))
def test_sentences_that_decide_are_those_that_enumeration_finds(found, seed):
    reading, _ = found
    for question in asked_of(found, seed):
        if question.kind != "sentence":
            continue
        fitting = patients(reading, question.case.answers)
        at = [option.id for option in reading.options].index(question.option)
        (said,) = {standings(reading, p)[at] for p in fitting}
        (step,) = steps(question)
        assert said is not Standing.SILENT
        wrong = {choice for choice, _ in question.choices} - set(step.accepted)
        assert wrong
        for id in step.accepted:
            statement = reading.statement(id)
            assert statement.effect_on(question.option) == said
            assert any(holds(statement, p) for p in fitting)
        for id in wrong:
            statement = reading.statement(id)
            always = all(holds(statement, p) for p in fitting)
            assert statement.effect_on(question.option) != said or not always


@given(readings_and_answers(factors=4, patients=100), st.integers(0, 3))
def test_what_becomes_more_likely_is_what_enumeration_finds(found, seed):
    reading, _ = found
    for question in asked_of(found, seed):
        if question.kind != "concordance":
            continue
        at = [option.id for option in reading.options].index(question.option)
        known = question.case.answers
        factor, value = question.learned
        assert factor not in known
        before, after = (
            {ORDER.index(standings(reading, p)[at]) for p in patients(reading, answers)}
            for answers in (known, {**known, factor: value})
        )
        # No other open fact matters, so that the new one settles everything.
        assert len(after) == 1
        ((now,), lost) = after, before - after
        expected = "unchanged" if not lost else "more" if max(lost) < now else "less"
        assert not lost or all(x < now for x in lost) or all(x > now for x in lost)
        (step,) = steps(question)
        assert step.accepted == (expected,)


@given(readings(factors=4, patients=100))
def test_a_plain_story_says_what_is_known_and_no_more(reading):
    known = {factor.id: factor.values[-1] for factor in reading.factors[::2]}
    case = plain(reading, "p", known)
    assert case.answers == known
    for factor in reading.factors:
        assert (factor.question in case.story) is (factor.id in known)


def test_a_guide_whose_tree_asks_nothing_can_be_practised(tmp_path: Path) -> None:
    always = tree.loads(
        "Drink tea, in rain and in sun.",
        """
title: What to drink?
factors: {rain: {question: Does it rain?, quote: in rain and in sun}}
options: {tea: {name: tea, quote: Drink tea}}
statements: {tea: {quote: Drink tea, any: [{rain: yes}, {rain: no}], offer: tea}}
""",
    )
    practice = tree.Practice(always, tmp_path / "r.sqlite")
    assert {question.kind for question in practice.questions} >= {"branch", "standing"}
    practice.close()
