"""Packages for learning platforms, run by a runtime that is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from browsing import serving_files
from learning_platform import Learner, write_platform
from playwright.sync_api import BrowserContext, Page, expect
from practised_guide import right_answer, write_guide, wrong_answer

import tree

VERSIONS = ("1.2", "2004")
LENGTH = 10
At = Callable[..., Learner]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> tree.Guide:
    return tree.load(write_guide(tmp_path_factory.mktemp("guide") / "liver"))


@pytest.fixture
def at_platform(context: BrowserContext, guide: tree.Guide, tmp_path: Path) -> Iterator[At]:
    """A learner at a platform of a version, which may have set something beforehand."""
    with ExitStack() as open_until_then:
        learners = []

        def begin(version: str, **start: object) -> Learner:
            write_platform(tmp_path, guide, version, start)
            url = open_until_then.enter_context(serving_files(tmp_path))
            learners.append(Learner(context.new_page(), url, guide))
            return learners[-1]

        yield begin
        assert [learner.errors for learner in learners] == [[] for _ in learners]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_round_is_scored_by_the_first_tries(at_platform: At, version: str) -> None:
    learner = at_platform(version)
    questions = [*learner.questions()]
    assert len(questions) == LENGTH
    for number, question in enumerate(questions):
        if number < 3:
            learner.answer(question, wrong_answer(question))
            learner.press("Try again")
        learner.answer(question, right_answer(question))
        if number + 1 < LENGTH:
            assert score_of(learner, version) == {"raw": ""}
            assert completion_of(learner, version) == "incomplete"
            learner.press("Next")
    assert score_of(learner, version)["raw"] == "70"
    assert completion_of(learner, version) == "completed"
    right = [each["result"] for each in learner.interactions]
    wrong = "wrong" if version == "1.2" else "incorrect"
    assert right == [wrong, "correct"] * 3 + ["correct"] * (LENGTH - 3)
    assert learner.refused == []
    # A round that goes worse does not take the score away.
    learner.press("Finish")
    learner.press("Another round")
    for question in learner.questions():
        learner.answer(question, wrong_answer(question))
        learner.frame.locator(".tp-primary").last.click()
    assert score_of(learner, version)["raw"] == "70"
    assert learner.refused == []


def score_of(learner: Learner, version: str) -> dict[str, str]:
    score = (learner.cmi["core"] if version == "1.2" else learner.cmi)["score"]
    if not score["raw"]:
        return {"raw": ""}
    scaled = {"scaled": "0.7"} if version == "2004" else {}
    assert score == {"raw": score["raw"], "min": "0", "max": "100", **scaled}
    return dict(score)


def completion_of(learner: Learner, version: str) -> str:
    if version == "1.2":
        return str(learner.cmi["core"]["lesson_status"])
    assert learner.cmi["success_status"] == "unknown"
    return str(learner.cmi["completion_status"])


def test_answers_are_told_by_their_names(at_platform: At, guide: tree.Guide) -> None:
    learner = at_platform("2004")
    for question in learner.questions():
        learner.answer(question, right_answer(question))
        learner.frame.locator(".tp-primary").last.click()
    rows = [*guide.factors, *guide.options]
    for question, told in zip(learner.questions(), learner.interactions, strict=True):
        assert told["description"] == question.asks[:250]
        assert told["type"] == ("choice" if question.choices else "matching")
        patterns = [each["pattern"] for each in told["correct_responses"].values()]
        assert told["learner_response"] in patterns
        right = right_answer(question)
        if question.choices:
            assert told["learner_response"].split("_", 1)[1] == plain(right)
        else:
            said = {**right.get("factors", {}), **right.get("options", {})} or right
            pairs = [pair.split("[.]") for pair in told["learner_response"].split("[,]")]
            assert {row.split("_", 1)[1]: value.split("_", 1)[1] for row, value in pairs} == {
                row.id: plain(said[row.id]) for row in rows if row.id in said
            }
        assert told["timestamp"].endswith("Z")
        assert told["latency"].startswith("PT")


def plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_next_visit_goes_on_where_the_last_one_stopped(at_platform: At, version: str) -> None:
    learner = at_platform(version)
    first, second, *_ = questions = [*learner.questions()]
    learner.answer(first, wrong_answer(first))
    before = json.loads(learner.cmi["suspend_data"])
    learner.comes_back()
    assert [*learner.questions()] == questions
    told = learner.frame.locator(".tp-keeping")
    expect(told).to_contain_text("1 answer kept by the learning platform under your name.")
    learner.answer(first, right_answer(first))
    learner.press("Next")
    learner.comes_back()
    expect(told).to_contain_text("2 answers kept by the learning platform")
    expect(learner.frame.locator(".tp-asks")).to_have_text(second.asks)
    after = json.loads(learner.cmi["suspend_data"])
    # Letter by letter what was there, and one more.
    assert after[8].startswith(before[8] + ";")
    assert [each["id"] for each in learner.interactions] == [learner.interactions[0]["id"]] * 2
    where = learner.cmi["core"] if version == "1.2" else learner.cmi
    assert where["exit"] == "suspend"
    assert where["session_time"] not in ("", "00:00:00", "PT0H0M0S")
    assert learner.page.evaluate("Object.keys(localStorage)") == ["visits"]
    # What is handed in is what was practised, with its names.
    with learner.page.expect_download() as loading:
        learner.press("Save my record")
    record = json.loads(loading.value.path().read_text(encoding="utf-8"))
    assert [each["right"] for each in record["attempts"]] == [False, True]
    assert [each["question"] for each in record["attempts"]] == [first.id] * 2
    assert record["attempts"][1]["answer"] == right_answer(first)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_score_that_the_platform_names_is_passed_or_not(at_platform: At, version: str) -> None:
    named = {"student_data": {"mastery_score": "60"}}
    learner = at_platform(
        version, **(named if version == "1.2" else {"scaled_passing_score": "0.6"})
    )
    for number, question in enumerate(learner.questions()):
        answer = wrong_answer if number < 5 else right_answer
        learner.answer(question, answer(question))
        learner.frame.locator(".tp-primary").last.click()
    status = ("core", "lesson_status") if version == "1.2" else ("success_status",)
    assert at(learner.cmi, *status) == "failed"
    learner.press("Another round")
    for question in learner.questions():
        learner.answer(question, right_answer(question))
        learner.frame.locator(".tp-primary").last.click()
    assert at(learner.cmi, *status) == "passed"
    assert learner.refused == []


def at(found: object, *names: str) -> object:
    for name in names:
        assert isinstance(found, dict)
        found = found[name]
    return found


def test_what_the_platform_does_not_keep_is_said(at_platform: At) -> None:
    learner = at_platform("1.2")
    question = next(learner.questions())
    learner.page.evaluate("window.full = true")
    learner.answer(question, right_answer(question))
    expect(learner.frame.locator(".tp-warning")).to_contain_text("Save your record before.")


@pytest.mark.parametrize("kept", ["no JSON", "[2]", "null", '[1, "d", "x", 1, -1, 0, 3, 4, 5]'])
def test_what_is_nothing_of_ours_begins_anew(at_platform: At, kept: str) -> None:
    learner = at_platform("2004", suspend_data=kept)
    question = next(learner.questions())
    learner.answer(question, right_answer(question))
    expect(learner.frame.locator(".tp-keeping")).to_contain_text("1 answer kept")


def test_forgetting_leaves_the_score_with_the_platform(at_platform: At) -> None:
    learner = at_platform("2004")
    for question in learner.questions():
        learner.answer(question, right_answer(question))
        learner.frame.locator(".tp-primary").last.click()
    learner.press("Forget it")
    learner.press("Yes, forget")
    learner.comes_back()
    expect(learner.frame.locator(".tp-keeping")).to_contain_text("0 answers kept")
    assert learner.cmi["score"]["raw"] == "100"


def test_without_a_platform_it_is_the_page_to_practise_on(
    page: Page, guide: tree.Guide, tmp_path: Path
) -> None:
    write_platform(tmp_path, guide, "1.2")
    with serving_files(tmp_path) as url:
        page.goto(f"{url}/index.html")
        expect(page.locator(".tp-keeping")).to_contain_text("0 answers kept in this browser")
        expect(page).to_have_url(f"{url}/index.html#practise")
        page.get_by_role("link", name="Explore").click()
        expect(page.locator("#dtree-live .dtree-drawing")).to_be_visible()
