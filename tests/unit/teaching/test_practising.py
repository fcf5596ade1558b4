"""Rounds, and the practice widget driven from Python; the browser is in another file."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hostile import HOSTILE, write_hostile_guide
from ipywidgets import Widget
from places import ROOT
from practised_guide import right_answer, write_guide, write_opposite_guide, wrong_answer

import tree
from tree.teaching.practice.handed_in import read_record
from tree.teaching.questions.attempts import Round
from tree.teaching.questions.grading import grade
from tree.teaching.questions.questions import KINDS
from tree.teaching.questions.rounds import attempt, draw, resumed, trouble, weight
from tree.teaching.questions.steps import steps


@pytest.fixture
def guide(tmp_path: Path) -> tree.Guide:
    return tree.load(write_guide(tmp_path / "liver"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.sqlite"


# --- rounds ---------------------------------------------------------------------------------


def test_a_round_holds_each_question_once_and_every_kind(liver: tree.Guide) -> None:
    bank = liver.questions()
    drawn = draw(bank, seed=3, length=10)
    assert len({question.id for question in drawn}) == 10
    assert Counter(question.kind for question in drawn) == dict.fromkeys(KINDS, 2)
    assert drawn == draw(bank, seed=3, length=10)
    assert drawn != draw(bank, seed=4, length=10)
    assert len(draw(bank, length=10_000)) == len(bank)
    assert draw([]) == []


@pytest.mark.slow
def test_what_was_misread_is_drawn_more_often(liver: tree.Guide) -> None:
    bank = liver.questions()
    sentences = [question for question in bank if question.kind == "sentence"]
    missed = sentences[0]
    (statement,) = {step.statement for step in steps(missed)}
    about = {q.id for q in sentences if statement in {step.statement for step in steps(q)}}
    assert len(about) < len(sentences)
    graded = grade(missed, wrong_answer(missed))
    attempts = [attempt(graded, wrong_answer(missed), round=str(k)) for k in range(2)]

    def share(attempts):
        rounds = [draw(sentences, attempts, seed, length=5) for seed in range(200)]
        return sum(question.id in about for drawn in rounds for question in drawn) / 1000

    assert share(attempts) > 1.5 * share([])
    # A later right reading makes up for it.
    graded = grade(missed, right_answer(missed))
    attempts += [attempt(graded, right_answer(missed), round=str(k)) for k in range(2, 8)]
    assert share(attempts) < 1.2 * share([])


def test_trouble_counts_first_tries_of_this_guide(liver: tree.Guide) -> None:
    question = liver.questions()[0]
    wrong = attempt(grade(question, wrong_answer(question)), wrong_answer(question), round="r")
    right = attempt(grade(question, right_answer(question)), right_answer(question), round="r")
    key = ("factor", wrong.factor)
    assert trouble([wrong, right], liver.id)[key] == 0.5
    assert trouble([right, wrong], liver.id)[key] == 0
    assert trouble([replace(wrong, guide="other")], liver.id) == {}
    assert weight(question, {}) == 1
    assert weight(question, {key: 0.5}) == 5


def test_a_round_is_resumed_only_where_it_fits(liver: tree.Guide) -> None:
    bank = liver.questions()
    ids = tuple(question.id for question in bank[:3])
    stands = Round("r", liver.id, "digest", ids, 1)
    assert resumed([stands], "digest", bank) == (stands, bank[:3])
    assert resumed([], "digest", bank) is None
    assert resumed([stands], "other digest", bank) is None
    assert resumed([replace(stands, position=3)], "digest", bank) is None
    assert resumed([replace(stands, questions=("gone",))], "digest", bank) is None
    # Only the newest round: an older one was left for it.
    assert resumed([stands, replace(stands, position=3)], "digest", bank) is None


# --- the widget -----------------------------------------------------------------------------


def test_a_whole_round_right_and_wrong(guide: tree.Guide, path: Path) -> None:
    practice = tree.Practice(guide, path, length=5, seed=1)
    for number in range(1, 6):
        question = practice.question
        assert practice.state == f"question {number} of 5: not answered yet"
        practice.answer = wrong_answer(question)
        practice.submit()
        assert practice.state == f"question {number} of 5: not right"
        practice.submit()  # once is enough
        practice.again()
        practice.answer = right_answer(question)
        practice.submit()
        assert practice.state == f"question {number} of 5: right"
        practice.show_path()
        practice.go_on()
    assert practice.state == "round over: 0 of 5 right at the first try"
    found = read_record(path).attempts
    assert [attempt.right for attempt in found] == [False, True] * 5
    assert all(attempt.factor or attempt.statement for attempt in found if not attempt.right)
    practice.begin()
    assert practice.state == "question 1 of 5: not answered yet"
    practice.close()


def test_it_goes_on_where_it_stopped(guide: tree.Guide, path: Path) -> None:
    first = tree.Practice(guide, path, length=5)
    ids = [question.id for question in first.questions]
    first.answer = right_answer(first.question)
    first.submit()  # and closed before Next
    second = tree.Practice(guide, path, length=5)
    assert [question.id for question in second.questions] == ids
    assert second.state == "question 2 of 5: not answered yet"
    second.answer = wrong_answer(second.question)
    second.submit()
    assert tree.Practice(guide, path).state == "question 2 of 5: not answered yet"
    second.go_on()
    assert tree.Practice(guide, path).state == "question 3 of 5: not answered yet"
    assert tree.Practice(guide, path, new=True).state == "question 1 of 10: not answered yet"


def test_the_next_round_is_another_one(guide: tree.Guide, path: Path) -> None:
    rounds = [tree.Practice(guide, path, new=True).questions for _ in range(3)]
    assert rounds[0] != rounds[1] != rounds[2]
    again = [tree.Practice(guide, path.with_name("other"), new=True).questions for _ in range(3)]
    assert rounds == again


def texts_in(practice: tree.Practice) -> str:
    """All that the widgets hold: what the page and a notebook saved with its widgets can show."""
    state = Widget.get_manager_state()["state"]
    assert len(state) > 10
    return json.dumps(state) + repr(practice)


@pytest.mark.slow
def test_the_key_is_in_no_widget_before_the_answer(guide: tree.Guide, path: Path) -> None:
    Widget.close_all()
    practice = tree.Practice(guide, path, length=10, seed=1)
    while question := practice.question:
        held = texts_in(practice)
        assert question.id not in held
        for name in ("accepted", "retired_teacher", "given"):
            assert name not in held
        for statement in guide.statements:
            assert statement.id not in held
        assert '"index": null' in held
        practice.answer = right_answer(question)
        practice.submit()
        practice.go_on()
    practice.close()


def test_what_is_held_is_the_same_whatever_is_right(guide: tree.Guide, tmp_path: Path) -> None:
    """Two guides with the same stories, of which one says the opposite of each answer."""
    opposite = tree.load(write_opposite_guide(tmp_path / "liver"))
    held = []
    for each in (guide, opposite):
        Widget.close_all()
        practice = tree.Practice(each, tmp_path / "r.sqlite", kinds=["branch"], new=True, seed=5)
        state = json.dumps(Widget.get_manager_state()["state"])
        for number, id in enumerate(dict.fromkeys(re.findall("[0-9a-f]{32}", state))):
            state = state.replace(id, str(number))
        held.append((practice.question.case.answers, state))
        practice.record.path.unlink()
        practice.close()
    assert held[0][0] != held[1][0]
    assert held[0][1] == held[1][1]


def test_nothing_is_graded_while_something_is_open(guide: tree.Guide, path: Path) -> None:
    practice = tree.Practice(guide, path, kinds=["branch"])
    practice.answer = {"other_organ_involvement": "no"}
    practice.submit()
    practice.again()
    practice.show_path()
    practice.go_on()
    assert practice.state.endswith("not answered yet")
    assert "Is the liver extensively involved" in practice._said.value
    assert read_record(path).attempts == ()


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_does_not_fit_is_refused(guide: tree.Guide, path: Path, kind: str) -> None:
    """One that answers another kind of question is never taken for no answer."""
    practice = tree.Practice(guide, path, kinds=[kind])
    mapping = kind in ("branch", "standing")
    for wrong in ("no such answer", {"other_organ_involvment": "no"}, {"resection": "preferred"}):
        with pytest.raises(tree.AnswerError, match=r"unknown|must be a mapping"):
            practice.answer = wrong
        assert practice.answer in ({}, "", {"factors": {}, "options": {}})
    practice.answer = right_answer(practice.question)
    practice.answer = {} if mapping else ""
    practice.submit()
    assert practice.state.endswith("not answered yet")


def test_hints_first_the_text_then_the_vignette(guide: tree.Guide, path: Path) -> None:
    practice = tree.Practice(guide, path, kinds=["branch"], seed=2)
    while practice.question.case.id != "retired_teacher":
        practice.answer = right_answer(practice.question)
        practice.submit()
        practice.go_on()
    practice.hint()
    assert "<mark>no evidence of other organ involvement by metastatic cancer</mark>" in (
        practice._hinted.value
    )
    assert "no spread to any other organ" not in practice._hinted.value
    practice.hint()
    assert "no spread to any other organ" in practice._hinted.value
    practice.answer = {
        **right_answer(practice.question),
        "complete_removal_feasible": "no",
    }
    practice.submit()
    practice.again()
    practice.hint()
    # After a wrong answer the hint is about what was misread.
    assert "can undergo complete removal of all detectable" in practice._hinted.value


def test_what_cannot_be_kept_is_tried_again(guide: tree.Guide, tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    practice = tree.Practice(guide, folder / "r.sqlite", length=3)
    folder.rename(tmp_path / "away")
    practice.answer = right_answer(practice.question)
    practice.submit()
    assert "unable to open database file" in practice._head.value
    assert practice.state.endswith("right")
    (tmp_path / "away").rename(folder)
    practice.go_on()
    assert "unable to open" not in practice._head.value
    assert len(read_record(folder / "r.sqlite").attempts) == 1


def test_a_file_set_aside_is_told(guide: tree.Guide, path: Path) -> None:
    path.write_text("my diary")
    practice = tree.Practice(guide, path)
    assert "record.sqlite was not used" in practice._head.value
    assert path.with_name("record.sqlite.set-aside-1").read_text() == "my diary"


def test_unknown_kinds(guide: tree.Guide, path: Path) -> None:
    with pytest.raises(tree.AnswerError, match="unknown kind 'brunch': did you mean 'branch'"):
        tree.Practice(guide, path, kinds=(kind for kind in ["brunch"]))
    assert not path.exists()


def test_words_of_people_are_never_markup(tmp_path: Path) -> None:
    write_hostile_guide(tmp_path / "hostile")
    hostile = tree.load(tmp_path / "hostile")
    practice = tree.Practice(hostile, tmp_path / "r.sqlite", length=100)
    while question := practice.question:
        practice.hint()
        practice.hint()
        practice.answer = wrong_answer(question)
        practice.submit()
        practice.show_path()
        shown = [part for part in practice.children if hasattr(part, "value")]
        shown += [part for part in practice._answers.children if type(part).__name__ == "HTML"]
        for part in shown:
            assert "<script" not in part.value
            assert "<img src=x" not in part.value
        practice.go_on()
    assert "&lt;script&gt;" in practice._head.value
    assert HOSTILE


# --- progress -------------------------------------------------------------------------------


def test_progress_counts_what_was_read(guide: tree.Guide, path: Path) -> None:
    practice = tree.Practice(guide, path, kinds=["branch", "sentence"], length=6)
    expected = Counter()
    for number in range(6):
        question = practice.question
        answer = wrong_answer(question) if number % 2 else right_answer(question)
        for step, is_right in grade(question, answer).judged:
            expected[step.factor or step.statement, is_right] += 1
        practice.answer = answer
        practice.submit()
        practice.go_on()
    progress = tree.progress(path)
    for table, name in ((progress.factors, "factor"), (progress.statements, "statement")):
        assert len(table)
        for row in table.itertuples():
            id = getattr(row, name)
            assert row.right == expected[id, True]
            assert row.asked == expected[id, True] + expected[id, False]
            source = guide.factor(id) if name == "factor" else guide.statement(id)
            assert row.words == " … ".join(quote.line for quote in source.quotes)
        assert list(table["share"]) == sorted(table["share"])
    assert progress.rounds[["asked", "right", "share"]].values.tolist() == [[6, 3, 50]]
    assert str(progress.plot) == "round 1: 50 %"
    assert "3 of 6 (50 %)" in str(progress)
    assert tree.progress(path, guide="other").attempts == ()
    # The same from JSON.
    practice.record.to_json(path.with_suffix(".json"))
    assert str(tree.progress(path.with_suffix(".json"))) == str(progress)


def test_the_made_up_record_fits_the_guide(liver: tree.Guide) -> None:
    attempts = read_record(ROOT / "notebooks" / "made_up_record.json").attempts
    assert {attempt.learner for attempt in attempts} == {"made-up"}
    told = {" … ".join(q.line for q in s.quotes) for s in (*liver.statements, *liver.factors)}
    assert {judged.words for attempt in attempts for judged in attempt.judged} - {""} <= told


def test_progress_of_nothing(path: Path) -> None:
    progress = tree.progress(path)
    assert str(progress) == "Nothing has been practised yet."
    assert repr(progress) == "<progress: 0 attempts in 0 rounds>"
    assert list(progress.factors.columns) == ["guide", "factor", "words", "asked", "right", "share"]
    assert progress._repr_html_() == "<p>Nothing has been practised yet.</p>"
    assert "</svg>" in progress.plot.svg
    assert not path.exists()
