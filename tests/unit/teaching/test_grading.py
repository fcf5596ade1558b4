"""Grading: the first divergence of an answer, against plain enumeration over random guides."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practised_guide import write_guide
from random_guides import guide, holds, patients, readings, readings_and_answers, standings

import tree
from tree.logic.build import Question
from tree.model.parts import UNKNOWN
from tree.teaching.questions.grading import grade
from tree.teaching.questions.questions import (
    KINDS,
    NOT_DECIDED,
    SAYINGS,
    PracticeQuestion,
    plain,
)
from tree.teaching.questions.steps import in_full

RIGHT = "right"


def asked_on_the_way(made, known):
    """The factors that the tree asks some complete patient who fits what is known."""
    found = set()
    for patient in patients(made, known):
        for of in made.trees:
            index = 0
            while isinstance(node := of.nodes[index], Question):
                found.add(node.factor)
                index = dict(node.branches)[patient[node.factor]]
    return found


def expected_options(made, known):
    rows = {standings(made, patient) for patient in patients(made, known)}
    return {
        option.id: str(*{row[k] for row in rows}) if len({row[k] for row in rows}) == 1 else None
        for k, option in enumerate(made.options)
    }


@given(readings_and_answers(factors=4, patients=100), st.data())
def test_first_divergence_is_the_one_that_enumeration_finds(found, data):
    reading, known = found
    made = guide(reading)
    case = plain(reading, "p", known)
    factors = {
        factor.id: data.draw(
            st.sampled_from([known.get(factor.id, UNKNOWN)] * 3 + [*factor.values])
        )
        for factor in reading.factors
    }
    right = {option: s or NOT_DECIDED for option, s in expected_options(made, known).items()}
    options = {
        option: data.draw(st.sampled_from([said] * 3 + [*SAYINGS]))
        for option, said in right.items()
    }
    met = asked_on_the_way(made, known)
    wrong = [f.id for f in reading.factors if factors[f.id] != known.get(f.id, UNKNOWN)]
    on_path = [id for id in wrong if id in met]

    branch = grade(PracticeQuestion("b", "branch", case, made), factors)
    assert (branch.divergence.step.id if branch.divergence else RIGHT) == (
        on_path[0] if on_path else RIGHT
    )
    # What does not matter is told all the same.
    assert [aside.step.id for aside in branch.asides] == [id for id in wrong if id not in met]

    standing = grade(
        PracticeQuestion("s", "standing", case, made), {"factors": factors, "options": options}
    )
    expected = on_path + [option for option in right if options[option] != right[option]]
    assert standing.right is (not expected)
    if not expected:
        return
    divergence = standing.divergence
    assert divergence.step.id == expected[0]
    if on_path:
        assert divergence.factor == on_path[0]
        assert [quote.line for quote in divergence.words] == [
            f"{reading.factor(id).question} {known[id].capitalize()}."
            for id in on_path[:1]
            if id in known
        ]
    else:
        option = expected[0]
        assert divergence.step.accepted == (right[option],)
        assert divergence.given == options[option]
        if right[option] not in ("silent", NOT_DECIDED):
            statement = reading.statement(divergence.statement)
            assert statement.effect_on(option) == right[option]
            assert any(holds(statement, p) for p in patients(reading, known))
            assert divergence.quotes == statement.quotes


@given(readings(factors=3, patients=60), st.data())
def test_one_choice_is_right_or_told_with_the_words_of_the_text(reading, data):
    made = guide(reading)
    asked = [q for q in made.questions() if q.choices]
    if not asked:
        return
    question = data.draw(st.sampled_from(asked))
    grades = {choice: grade(question, choice) for choice, _ in question.choices}
    assert any(found.right for found in grades.values())
    assert not all(found.right for found in grades.values())
    for found in grades.values():
        if found.divergence:
            assert found.divergence.says
            assert found.divergence.factor or found.divergence.statement
            assert found.divergence.quotes or question.kind == "next"


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> tree.Guide:
    return tree.load(write_guide(tmp_path_factory.mktemp("guide") / "liver"))


def question(guide: tree.Guide, id: str) -> PracticeQuestion:
    return next(q for q in guide.questions() if q.id == id)


def test_feedback_on_a_misread_vignette(practised: tree.Guide) -> None:
    branch = question(practised, "branch/retired_teacher")
    wrong = {**branch.case.answers, "extensive_liver_involvement": "yes"}
    found = tree.grade(branch, {**wrong, "complete_removal_feasible": "no"})
    # The first one in the order of the tree, and it alone.
    assert str(found) == (
        "Is the liver extensively involved with metastatic tumors? You said Yes. The vignette "
        "says:\nNo.\n"
        '    the text: "extensive involvement of the liver with metastatic tumors"\n'
        '    the vignette: "three small tumors in the liver"'
    )
    assert found.divergence.factor == "extensive_liver_involvement"


def test_what_the_vignette_does_not_say_stays_unknown(liver: tree.Guide) -> None:
    branch = question(liver, "branch/one_result_missing")
    assert tree.grade(branch, {**branch.case.answers}).right
    found = tree.grade(branch, {**branch.case.answers, "other_organ_involvement": "no"})
    assert "The vignette does not say, and what is unknown stays unknown." in found.divergence.says
    assert found.divergence.words == ()


def test_feedback_on_an_option_quotes_the_sentence_that_decides(
    practised: tree.Guide, liver: tree.Guide
) -> None:
    standing = question(practised, "standing/cook_of_58")
    options = {
        option: str(found.standing or NOT_DECIDED)
        for option, found in standing.walk.standings.items()
    }
    answer = {"factors": standing.case.answers, "options": options}
    assert tree.grade(standing, answer).right
    found = tree.grade(standing, {**answer, "options": {**options, "resection": "offered"}})
    assert found.divergence.statement == "wascher_limited_to_no_other_organ"
    assert (
        found.divergence.says
        == "Complete surgical removal: you said offered. The text: not for this patient."
    )
    assert [quote.line for quote in found.divergence.words] == ["deposits in the lungs"]
    # Surgery depends on the other organs, of which nothing is known yet.
    standing = question(liver, "standing/one_result_missing")
    options = {**expected_options(liver, standing.case.answers), "resection": "offered"}
    found = tree.grade(standing, {"factors": standing.case.answers, "options": options})
    assert "It is not decided yet." in found.divergence.says
    assert "spread to organs other than the liver?" in found.divergence.says


@pytest.mark.parametrize(
    ("kind", "answer", "message"),
    [
        ("branch", {"rain": "yes"}, "unknown factor 'rain'"),
        ("branch", {"other_organ_involvement": "maybe"}, "unknown value 'maybe'"),
        ("branch", "yes", "the answer must be a mapping, not 'yes'"),
        ("standing", {"other_organ_involvement": "no"}, "unknown part 'other_organ_involvement'"),
        ("standing", {"options": {"tea": "offered"}}, "unknown option 'tea'"),
        ("standing", {"options": {"ablation": "offerd"}}, "did you mean 'offered'?"),
        ("standing", {"options": "offered"}, "options must be a mapping"),
        ("next", "rain", "unknown answer 'rain'"),
        ("sentence", "", "unknown answer ''"),
        ("concordance", "mor", "did you mean 'more'? allowed: more, less, unchanged"),
    ],
)
def test_answers_that_do_not_fit(
    liver: tree.Guide, kind: str, answer: object, message: str
) -> None:
    asked = next(q for q in liver.questions() if q.kind == kind)
    with pytest.raises(tree.AnswerError) as caught:
        grade(asked, answer)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_kinds_are_those_that_are_told(liver: tree.Guide) -> None:
    for kind in KINDS:
        # Python 3.13 and later take the indentation away; this does so everywhere.
        assert f"\n{kind} " in inspect.getdoc(PracticeQuestion)


def test_a_sentence_is_told_in_full(liver: tree.Guide) -> None:
    quote = liver.statement("wascher_other_factors").quotes[0]
    whole = in_full(liver.text, quote).line
    assert whole.startswith("In patients with extensive involvement")
    assert whole.endswith("other treatment options may still be available.")
