"""Whose record is whose: two guides in folders of one name, and a guide that changes a little."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import serving_files
from page_practice_parts import Student, own_key
from places import ROOT
from playwright.sync_api import Browser, BrowserContext, expect
from practised_guide import right_answer, write_guide, wrong_answer

import tree
from tree.teaching.practice.records import Record

SHARED = "tree-practice/my_guide"
Opened = Callable[[tree.Guide], Student]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context()
    found.set_default_timeout(30_000)
    yield found
    found.close()


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> list[tree.Guide]:
    """Two guides whose folders have the same name."""
    folder = tmp_path_factory.mktemp("guides")
    other = folder / "b" / "my_guide"
    shutil.copytree(ROOT / "data" / "ear_infection_in_a_child", other)
    return [tree.load(write_guide(folder / "a" / "my_guide")), tree.load(other)]


# In which file, what stood there, and what stands there now.
CHANGES = [
    ("guide.yaml", "title: What is", "title: Once more, what is"),
    ("guide.yaml", "reasonably safe", "fairly safe"),
    ("guide.yaml", "name: Complete surgical removal", "name: surgical removal"),
    ("cases.yaml", "of 58", "of 59"),
    ("*", "reasonable safety", "enough safety"),
]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> list[tree.Guide]:
    """The first guide, changed a little: once for each of the changes."""
    found = []
    for name, old, new in CHANGES:
        folder = write_guide(tmp_path_factory.mktemp("changed") / "my_guide")
        for path in folder.glob(name):
            source = path.read_text(encoding="utf-8")
            assert old in source or name == "*"
            path.write_text(source.replace(old, new), encoding="utf-8")
        found.append(tree.load(folder))
    return found


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tree.Guide], Path]:
    """Writes the page of a guide, once for all tests; all pages lie in one folder."""
    folder = tmp_path_factory.mktemp("pages")
    made: dict[int, Path] = {}

    def page_of(guide: tree.Guide) -> Path:
        if id(guide) not in made:
            path = folder / f"{len(made)}.html"
            guide.to_html(path, practice=True)
            made[id(guide)] = path
        return made[id(guide)]

    return page_of


@pytest.fixture(params=["http", "file"])
def opened(
    request: pytest.FixtureRequest,
    context: BrowserContext,
    guides: list[tree.Guide],
    page_of: Callable[[tree.Guide], Path],
) -> Iterator[Opened]:
    """Opens pages of guides, all of them from one server, or as files."""
    with serving_files(page_of(guides[0]).parent) as server:

        def open_page(guide: tree.Guide) -> Student:
            path = page_of(guide)
            address = f"{server}/{path.name}"
            url = path.as_uri() if request.param == "file" else address
            return Student(context.new_page(), url, guide)

        yield open_page


def answers(student: Student, *are_right: bool) -> None:
    """Answer some questions, and go on after each."""
    # A page behind another one draws, and so is clicked, once in a while only.
    student.page.bring_to_front()
    place = student.kept()["round"]["position"]
    for number, is_right in enumerate(are_right, place):
        question = student.questions[number]
        student.waits_for(question)
        answer = right_answer(question) if is_right else wrong_answer(question)
        student.choose(question, answer)
        student.button("Submit").click()
        expect(student.told).to_contain_text("Right." if is_right else "Not what the text says.")
        student.button("Next").click()


def again(student: Student) -> None:
    student.page.reload()
    student.practice.locator(".tp-keeping").wait_for()


def test_two_guides_of_one_name_have_a_record_each(
    guides: list[tree.Guide], opened: Opened
) -> None:
    first = opened(guides[0])
    answers(first, True, False)
    before = first.kept()
    second = opened(guides[1])
    expect(second.practice).to_contain_text("0 answers kept in this browser")
    answers(second, True)
    assert first.kept() == before
    # Each goes on where it stopped.
    for student, place, count in ((first, 2, "2 answers"), (second, 1, "1 answer")):
        again(student)
        student.waits_for(student.questions[place])
        expect(student.practice).to_contain_text(f"{count} kept in this browser")
    kept = second.kept()
    first.button("Forget it").click()
    first.button("Yes, forget").click()
    assert first.kept()["attempts"] == []
    again(second)
    assert second.kept() == kept
    assert first.errors == second.errors == []


def test_what_two_guides_shared_is_parted(guides: list[tree.Guide], opened: Opened) -> None:
    students = [opened(guide) for guide in guides]
    for student in students:
        answers(student, True, False)
    first, second = (student.kept() for student in students)
    # As it was kept before: by both in turn, one of them in an older version too, and by a third.
    older = [{**a, "id": f"old{n}", "guide_digest": "0"} for n, a in enumerate(first["attempts"])]
    strange = {**first["attempts"][0], "id": "x", "guide_digest": "1", "judged": []}
    attempts = [*older, strange, *first["attempts"], *second["attempts"]]
    shared = {**second, "attempts": attempts, "rounds": 5}
    page = students[0].page
    for student in students:
        page.evaluate("key => localStorage.removeItem(key)", student.key)
    page.evaluate("([key, all]) => localStorage.setItem(key, all)", [SHARED, json.dumps(shared)])

    def left() -> Any:
        return json.loads(page.evaluate("key => localStorage.getItem(key)", SHARED))

    again(students[0])
    ours = [*older, *first["attempts"]]
    kept = students[0].kept()
    by_id = {attempt["id"]: attempt for attempt in ours}
    assert {attempt["id"]: attempt for attempt in kept["attempts"]} == by_id
    assert kept["learner"] == shared["learner"]
    assert left() == {**shared, "attempts": [strange, *second["attempts"]]}
    again(students[1])
    assert students[1].kept()["attempts"] == second["attempts"]
    assert students[1].kept()["round"] == second["round"]
    students[1].waits_for(students[1].questions[2])
    # What belongs to neither stays where it is.
    assert left() == {**shared, "attempts": [strange], "round": None}
    before = [student.kept() for student in students]
    for student in students:
        again(student)
    assert [student.kept() for student in students] == before
    assert students[0].errors == students[1].errors == []


def test_where_there_is_no_room_to_part_it_nothing_is_lost(
    guides: list[tree.Guide], opened: Opened
) -> None:
    student = opened(guides[0])
    answers(student, True)
    kept = student.kept()
    page = student.page
    page.evaluate("key => localStorage.removeItem(key)", student.key)
    # Most of it is another guide's; ours would fit, but not beside a longer name and a new round.
    other = {**kept["attempts"][0], "guide_digest": "1", "judged": [], "id": "x"}
    content = json.dumps({**kept, "attempts": [*kept["attempts"], other]})
    page.evaluate(
        """([key, content]) => {
        localStorage.setItem(key, content);
        let size = 8_000_000;
        let rest = "";
        while (size >= 1) {
          try { localStorage.setItem("full", rest + "x".repeat(size)); rest += "x".repeat(size); }
          catch { size = Math.floor(size / 2); }
        }
    }""",
        [SHARED, content],
    )
    again(student)
    found = page.evaluate("key => localStorage.getItem(key)", SHARED)
    assert found == content
    page.evaluate("localStorage.removeItem('full')")
    again(student)
    assert student.kept()["attempts"] == kept["attempts"]


def test_a_guide_that_changes_a_little_keeps_its_answers(
    guides: list[tree.Guide], changed: list[tree.Guide], opened: Opened
) -> None:
    student = opened(guides[0])
    answers(student, True, False, True, True)
    before = student.kept()
    opened(guides[1])
    all_kept = student.page.evaluate("Object.entries(localStorage)")
    for guide in changed:
        later = opened(guide)
        expect(later.practice).to_contain_text("4 answers kept in this browser")
        kept = [key for key in later.places() if key not in (own_key(guides[1]), SHARED)]
        assert len(kept) == 1
        found = json.loads(later.page.evaluate("key => localStorage.getItem(key)", kept[0]))
        assert found["attempts"] == before["attempts"]
        # Forgotten is forgotten, in whatever version.
        later.button("Forget it").click()
        later.button("Yes, forget").click()
        again(student)
        expect(student.practice).to_contain_text("0 answers kept in this browser")
        assert later.errors == student.errors == []
        later.page.close()
        # The next change finds what this one has found.
        student.page.evaluate(
            """all => { localStorage.clear();
              for (const [key, value] of all) localStorage.setItem(key, value); }""",
            all_kept,
        )


@pytest.mark.slow
def test_two_guides_of_one_name_in_one_file(guides: list[tree.Guide], tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    for _ in range(3):
        places = []
        for guide in guides:
            practice = tree.Practice(guide, path, length=6)
            places.append(practice.round.position)
            question = practice.question
            assert question
            practice.answer = wrong_answer(question)
            practice.submit()
            practice.go_on()
            practice.close()
    # Each went on where it stopped, though they took turns.
    assert places == [2, 2]
    rounds = Record(path).rounds("my_guide")
    assert len(rounds) == 2


@pytest.mark.slow
def test_what_was_misread_of_another_guide_does_not_draw(
    guides: list[tree.Guide], tmp_path: Path
) -> None:
    def drawn(path: Path) -> list[str]:
        practice = tree.Practice(guides[0], path, seed=4)
        practice.close()
        return [question.id for question in practice.questions]

    plainly = drawn(tmp_path / "plain.sqlite")
    record = Record(tmp_path / "record.sqlite")
    other = tree.Practice(guides[1], record.path)
    other.answer = wrong_answer(other.questions[0])
    other.submit()
    (made,) = record.attempts()
    # Of another guide, which misreads what has the same names here.
    ids = [statement.id for statement in guides[0].statements]
    for number, id in enumerate(ids[::3]):
        step = tree.teaching.questions.attempts.Judged(False, statement=id, words="Other words.")
        record.add(
            tree.teaching.questions.attempts.Attempt(
                "my_guide",
                made.guide_digest,
                f"q{number}",
                "branch",
                "c",
                {},
                False,
                judged=(step,),
            )
        )
    # The count of rounds is part of what draws; a file of its own has none.
    fresh = Record(tmp_path / "fresh.sqlite")
    fresh.take_in(record.path)
    assert drawn(fresh.path) == plainly
