"""Practising as a student does: a real JupyterLab, a real browser, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jupyterlab_parts import Server, run_instead
from playwright.sync_api import Browser, expect
from practice_parts import LENGTH, Student
from practised_guide import right_answer, wrong_answer
from processes import until

import tree
from tree.teaching.practice.handed_in import read_record
from tree.teaching.practice.records import Record
from tree.teaching.questions.questions import PracticeQuestion


@pytest.fixture(scope="module")
def only_student(browser: Browser, lab: Server) -> Iterator[Student]:
    context = browser.new_context(viewport={"width": 1280, "height": 2200})
    context.set_default_timeout(60_000)
    yield Student(context.new_page(), lab, "practice_shared")
    context.close()


@pytest.fixture
def student(only_student: Student) -> Iterator[Student]:
    """One page for several tests, each of which begins there with nothing answered."""
    only_student.begins_anew()
    yield only_student
    assert only_student.lab.errors == []


def test_the_key_is_not_to_be_found_before_the_answer(student: Student) -> None:
    """The first test on this page, since the widgets of an answered round keep their answers."""
    student.lab.save_widgets(True)
    for question in student.questions:
        student.waits_for(question)
        story = " ".join(question.case.story.split())[:40]
        # The story is there, so this is the right place to look in.
        assert story in student.text()
        for held in (student.text(), student.save_with(story)):
            for needle in (question.id, question.case.id, "accepted", "<mark", "tp-said tp-"):
                assert needle not in held, needle
            for statement in student.guide.statements:
                assert statement.id not in held
            assert not re.search(r'"index": \d', held)
        assert "RadioButtonsModel" in student.notebook.read_text(encoding="utf-8")
        student.choose(question, right_answer(question))
        student.button("Submit").click()
        expect(student.said).to_contain_text("Right.")
        student.button("Next" if question != student.questions[-1] else "Finish").click()
    expect(student.said).to_contain_text("The round is over")


def test_a_round_by_mouse_closed_and_resumed(student: Student) -> None:
    questions = student.questions
    assert len(questions) == LENGTH
    for question in questions[:2]:
        answer_wrong_then_right(student, question)
    student.button("Next").click()
    # Of the third one only a wrong answer is given, then everything is closed.
    student.waits_for(questions[2])
    student.choose(questions[2], wrong_answer(questions[2]))
    student.button("Submit").click()
    expect(student.said).to_contain_text("Not what the text says.")
    student.lab.save_widgets(False)
    student.lab.save()
    student.lab.menu("Kernel", "kernelmenu:shutdown")
    until(lambda: not student.server.kernel_of(student.lab.notebook), 90, "the kernel is gone")
    assert student.lab.errors == []
    student.opens()
    assert [q.id for q in student.questions] == [q.id for q in questions]
    expect(student.practice).to_contain_text(f"2 of {LENGTH} answered")
    for question in questions[2:]:
        answer_wrong_then_right(student, question)
    student.button("Finish").click()
    expect(student.said).to_contain_text(f"The round is over: 0 of {LENGTH} right at the first try")
    found = read_record(student.record).attempts
    assert [a.question for a in found] == [
        q.id for k, q in enumerate(questions) for _ in range(3 if k == 2 else 2)
    ]
    assert [a.right for a in found] == [False, True] * 2 + [False] * 2 + [True] + [False, True] * 2
    student.button("Another round").click()
    expect(student.practice).to_contain_text(f"0 of {LENGTH} answered")
    assert len(Record(student.record).rounds(student.guide.id)) == 2
    assert student.lab.outside == []


def answer_wrong_then_right(student: Student, question: PracticeQuestion) -> None:
    """One question by mouse; the feedback is the sentence of the text."""
    if student.button("Next").count():
        student.button("Next").click()
    student.waits_for(question)
    wrong = wrong_answer(question)
    student.choose(question, wrong)
    student.button("Submit").click()
    expect(student.said).to_contain_text("Not what the text says.")
    divergence = tree.grade(question, wrong).divergence
    expect(student.said).to_contain_text(divergence.says)
    for quote in divergence.quotes:
        marks = student.said.locator("mark").all_text_contents()
        assert quote.line in [" ".join(words.split()) for words in marks]
    for quote in divergence.words:
        expect(student.said).to_contain_text(quote.line)
        expect(student.practice.locator(".tp-story mark").first).to_be_visible()
    student.button("Try again").click()
    expect(student.practice.locator(".tp-said")).to_have_count(0)
    student.choose(question, right_answer(question))
    student.button("Submit").click()
    expect(student.said).to_contain_text("Right.")
    student.button("Show the path").click()
    picture = student.practice.get_by_role("region", name="The path").locator("img")
    expect(picture).to_be_visible()
    until(
        lambda: picture.evaluate("image => image.naturalWidth") > 100, what="the picture is there"
    )


def test_a_round_by_keyboard_alone(student: Student) -> None:
    student.page.locator(".tree-practice button").first.focus()
    for number, question in enumerate(student.questions):
        key = ("Enter", "Space")[number % 2]
        student.waits_for(question)
        # The focus waits above the answers.
        until(lambda: student.focused() == (-1, "Hint"), what="the focus has moved")
        student.page.keyboard.press(key)
        expect(student.said).to_contain_text("Hint.")
        is_right = number % 2 == 0
        if not is_right:
            student.choose_by_keyboard(question, wrong_answer(question))
            student.press("Submit", key)
            expect(student.said).to_contain_text("Not what the text says.")
            # The focus waits at what can be done now.
            until(lambda: student.focused() == (-1, "Try again"), what="the focus has moved")
            student.page.keyboard.press(key)
            expect(student.practice.locator(".tp-said")).to_have_count(0)
            until(lambda: student.focused() == (-1, "Submit"), what="the focus has moved")
            student.practice.get_by_role("button", name="Hint").focus()
        student.choose_by_keyboard(question, right_answer(question))
        student.press("Submit", key)
        expect(student.said).to_contain_text("Right.")
        last = "Finish" if number + 1 == LENGTH else "Next"
        until(lambda last=last: student.focused() == (-1, last), what="the focus has moved")
        student.page.keyboard.press(key)
    expect(student.said).to_contain_text(f"The round is over: 3 of {LENGTH} right")
    until(lambda: student.focused() == (-1, "Another round"), what="the focus has moved")


# Hearing of the first row takes until another cell lets it go on.
HELD = """\
import threading
go = threading.Event()
rows = [row for box in practice.children for row in getattr(box, "children", ())]
first = next(row for row in rows if hasattr(row, "options"))
first.observe(lambda change: go.wait(60), "value")
print("held")"""


@pytest.mark.parametrize("number", [0, 1])
def test_an_answer_is_submitted_after_it_was_chosen(student: Student, number: int) -> None:
    """Python hears of each widget in the thread that spoke of it last, and there may be two: the
    first question was made by a cell, the second one for the page."""
    for question in student.questions[:number]:
        student.waits_for(question)
        student.choose(question, right_answer(question))
        student.button("Submit").click()
        student.button("Next").click()
    question = student.questions[number]
    student.waits_for(question)
    cell = student.page.locator(".jp-CodeCell").last
    run_instead(cell, HELD)
    expect(cell.locator(".jp-OutputArea")).to_contain_text("held")
    student.choose(question, right_answer(question))
    student.button("Submit").click()
    run_instead(cell, "print('after it')")
    expect(cell.locator(".jp-OutputArea")).to_contain_text("after it")
    run_instead(cell, "go.set()")
    expect(student.said).to_contain_text("Right.")


def test_two_notebooks_at_once(student: Student, lab: Server, open_page: Any) -> None:
    one = student
    questions = one.questions
    other = Student(open_page(), lab, one.notebook.stem)
    for student in (one, other):
        student.waits_for(questions[0])
        student.choose(questions[0], right_answer(questions[0]))
    for student in (one, other):
        student.button("Submit").click()
    for student in (one, other):
        expect(student.said).to_contain_text("Right.")
    assert [attempt.question for attempt in read_record(one.record).attempts] == [
        questions[0].id
    ] * 2


def test_contrast_names_and_roles(student: Student) -> None:
    question = student.questions[0]
    student.button("Hint").click()
    student.choose(question, wrong_answer(question))
    student.lab.check_with_axe_in_both_themes(".tree-practice")
    student.button("Submit").click()
    expect(student.said).to_contain_text("Not what the text says.")
    student.button("Show the path").click()
    expect(student.practice.get_by_role("region", name="The path")).to_be_visible()
    student.lab.check_with_axe_in_both_themes(".tree-practice")
