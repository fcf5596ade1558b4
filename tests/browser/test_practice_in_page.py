"""Practising in the static page as a student does: a real browser, by mouse and by keyboard."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessible import check_with_axe
from browsing import serving_files
from command_line import run
from hostile import write_hostile_guide
from page_practice_parts import LENGTH, Student, own_key
from pairwise import pairwise
from places import LIVER, ROOT
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from practice_parts import choices
from practised_guide import right_answer, write_guide, wrong_answer

import tree
from tree.model.standing import PATIENT
from tree.teaching.practice import feedback
from tree.teaching.practice.handed_in import read_record
from tree.teaching.questions.questions import PracticeQuestion
from tree.teaching.questions.steps import steps

# A tenth of it unpacks the questions in browsers of before 2023, which cannot do it themselves.
MOST_MORE = 46_500  # bytes


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> tree.Guide:
    return tree.load(write_guide(tmp_path_factory.mktemp("guide") / "liver"))


@pytest.fixture(scope="module")
def file(guide: tree.Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "liver.html"
    guide.to_html(path, practice=True)
    return path


@pytest.fixture(scope="module")
def served(file: Path) -> Iterator[str]:
    with serving_files(file.parent) as url:
        yield f"{url}/{file.name}"


def shown(place: Locator) -> str:
    """The words in a place, also those that are folded away."""
    return plain(str(place.text_content()))


def plain(words: str) -> str:
    """HTML as words alone."""
    return " ".join(html.unescape(re.sub("<[^>]*>", "", words)).split())


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.fixture
def student(context: BrowserContext, file: Path, guide: tree.Guide) -> Iterator[Student]:
    found = Student(context.new_page(), file.as_uri(), guide)
    yield found
    assert found.errors == []
    home = (file.as_uri(), "data:", "blob:")
    assert [url for url in found.requests if not url.startswith(home)] == []


def test_a_whole_round_by_mouse(student: Student, guide: tree.Guide, tmp_path: Path) -> None:
    questions = student.questions
    assert len(questions) == LENGTH
    for number, question in enumerate(questions):
        student.waits_for(question)
        expect(student.practice).to_contain_text(f"{number} of {LENGTH} answered")
        student.choose(question, wrong_answer(question))
        student.button("Submit").click()
        # Word for word as in the notebook.
        wrong = tree.grade(question, wrong_answer(question))
        assert squeezed(shown(student.told)) == squeezed(plain(feedback.graded(wrong)))
        marks = [" ".join(m.split()) for m in student.told.locator("mark").all_text_contents()]
        assert {q.line for q in wrong.divergence.quotes} <= set(marks)
        marked = student.practice.locator(".tp-story mark").all_text_contents()
        assert marked == [quote.words for quote in sorted(wrong.divergence.words, key=start)]
        assert student.practice.locator("input:enabled").count() == 0
        student.button("Try again").click()
        expect(student.told).to_be_empty()
        student.choose(question, right_answer(question))
        student.button("Submit").click()
        right = tree.grade(question, right_answer(question))
        assert squeezed(shown(student.told)) == squeezed(plain(feedback.graded(right)))
        student.button("Show the path").click()
        check_walk(student, question)
        student.button("Finish" if number + 1 == LENGTH else "Next").click()
    expect(student.told).to_contain_text(f"The round is over: 0 of {LENGTH} right at the first try")
    kept = student.kept()["attempts"]
    misread = {j["words"] for a in kept if not a["right"] for j in a["judged"] if not j["right"]}
    assert set(student.told.locator("blockquote").all_text_contents()) == misread - {""}
    assert [attempt["right"] for attempt in kept] == [False, True] * LENGTH
    student.button("Another round").click()
    assert student.questions != questions
    expect(student.practice).to_contain_text(f"0 of {LENGTH} answered")

    # What is saved is a record like any other.
    with student.page.expect_download() as download:
        student.button("Save my record").click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"practice-record-[0-9a-f]{8}\.json", name)
    download.value.save_as(tmp_path / name)
    found = read_record(tmp_path / name).attempts
    assert [a.question for a in found] == [q.id for q in questions for _ in range(2)]
    (learner,) = {attempt.learner for attempt in found}
    assert learner.startswith(name.removeprefix("practice-record-").removesuffix(".json"))
    for attempt in found:
        again = tree.grade(student.by_id[attempt.question], attempt.answer)
        assert attempt.right is again.right
        assert attempt.judged[-1].right is again.right
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", attempt.at)
    progress = tree.progress(tmp_path / name)
    assert f"0 of {LENGTH}" in str(progress)
    assert set(progress.rounds["guide"]) == {guide.id}


def start(quote: Any) -> int:
    return int(quote.start)


def check_walk(student: Student, question: PracticeQuestion) -> None:
    """The drawing shows the walk of the patient, and the words say the same."""
    answers = {**question.walk.answers}
    if question.kind == "concordance":
        answers.update([question.learned])
    walk = student.guide.walk(answers)
    drawn = student.practice.get_by_role("region", name="The path")
    states = drawn.locator("g.node:not(.everyone)").evaluate_all(
        "nodes => nodes.map(node => /dtree-(taken|possible|ruled-out)/.exec(node.classList)[1])"
    )
    assert sorted(states) == sorted(str(state) for on in walk.trees for state in on.nodes)
    names = drawn.locator("g.node.dtree-taken title").all_text_contents()
    for factor, _ in walk.taken:
        assert student.guide.factor(factor).question in names
    assert drawn.locator("[tabindex], [role=button], [aria-pressed]").count() == 0
    words = student.practice.locator(".tp-walk > details")
    for option, found in walk.standings.items():
        name = next(o.name for o in student.guide.options if o.id == option)
        said = PATIENT.label(found.standing) if found.standing else "Not decided yet"
        section = words.locator("section", has=student.page.get_by_text(name, exact=True))
        expect(section.first).to_contain_text(said)


def test_a_whole_round_by_keyboard(student: Student) -> None:
    for number, question in enumerate(student.questions):
        student.waits_for(question)
        key = ("Enter", "Space")[number % 2]
        if number:
            student.is_on("Hint")
        student.press("Hint", key)
        expect(student.hinted).to_contain_text("Hint.")
        if number % 3 == 0:
            student.choose_by_keyboard(question, wrong_answer(question))
            student.press("Submit", key)
            expect(student.told).to_contain_text("Not what the text says.")
            student.is_on("Try again")
            student.page.keyboard.press(key)
            student.is_on("Submit")
            student.tab_to(-1, "Hint", "Shift+Tab")
        student.choose_by_keyboard(question, right_answer(question))
        student.press("Submit", key)
        expect(student.told).to_contain_text("Right.")
        student.is_on("Finish" if number + 1 == LENGTH else "Next")
        student.page.keyboard.press(key)
    expect(student.told).to_contain_text(f"The round is over: 6 of {LENGTH} right")
    student.is_on("Another round")
    student.page.keyboard.press("Enter")
    student.is_on("Hint")


def test_hints_are_those_of_the_notebook(student: Student) -> None:
    for number, question in enumerate(student.questions):
        student.waits_for(question)
        first = steps(question)[0]
        for hints in (1, 2, 3):
            student.button("Hint").click()
            wanted = feedback.hinted(question, first, min(hints, 2))
            assert squeezed(shown(student.hinted)) == squeezed(plain(wanted))
        if not question.choices:
            # Then about the first one that is not answered yet, in the order of the tree.
            row = [factor.id for factor in student.guide.factors].index(first.id)
            student.practice.locator("fieldset").nth(row).locator("input").first.check()
            student.button("Hint").click()
            wanted = feedback.hinted(question, steps(question)[1], 2)
            assert squeezed(shown(student.hinted)) == squeezed(plain(wanted))
        student.choose(question, wrong_answer(question))
        student.button("Submit").click()
        misread = tree.grade(question, wrong_answer(question)).divergence.step
        student.button("Try again").click()
        expect(student.hinted).to_be_empty()
        student.button("Hint").click()
        # After a wrong answer the hint is about what was misread.
        wanted = feedback.hinted(question, misread, 1)
        assert squeezed(shown(student.hinted)) == squeezed(plain(wanted))
        student.choose(question, right_answer(question))
        student.button("Submit").click()
        student.button("Finish" if number + 1 == LENGTH else "Next").click()


def test_nothing_is_graded_while_something_is_open(student: Student) -> None:
    for question in student.questions:
        student.waits_for(question)
        student.button("Submit").click()
        rows = choices(question, None)
        first = {**{f.id: f.question for f in student.guide.factors}, "": ""}[rows[0][0]]
        about = f"First choose an answer to: {first}" if first else "First choose an answer."
        more = f" ({len(rows)} are open.)" if len(rows) > 1 else ""
        expect(student.told).to_have_text(f"Not submitted. {about}{more}")
        assert student.kept()["attempts"] == []
        if question.kind == "standing":
            break
        student.page.evaluate("""() => {
            for (const set of document.querySelectorAll("#tp-page fieldset"))
              set.querySelector("input").click();
        }""")
        student.button("Submit").click()
        student.button("Next").click()
        student.page.evaluate(
            """key => {
            const kept = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({...kept, attempts: []}));
        }""",
            student.key,
        )


def test_left_and_taken_up_again(student: Student) -> None:
    questions = student.questions
    student.choose(questions[0], right_answer(questions[0]))
    student.button("Submit").click()
    expect(student.told).to_contain_text("Right.")
    # Closed before Next: what is right is done with.
    student.page.reload()
    student.waits_for(questions[1])
    expect(student.practice).to_contain_text(f"1 of {LENGTH} answered")
    student.choose(questions[1], wrong_answer(questions[1]))
    student.button("Submit").click()
    student.page.reload()
    student.waits_for(questions[1])
    expect(student.practice).to_contain_text("2 answers kept in this browser")
    assert [q.id for q in student.questions] == [q.id for q in questions]
    assert [a["right"] for a in student.kept()["attempts"]] == [True, False]


def test_another_version_of_the_guide_begins_anew_and_keeps_the_answers(
    student: Student, tmp_path: Path
) -> None:
    question = student.questions[0]
    student.choose(question, right_answer(question))
    student.button("Submit").click()
    before = student.kept()
    folder = write_guide(tmp_path / "liver")
    source = (folder / "cases.yaml").read_text(encoding="utf-8")
    (folder / "cases.yaml").write_text(source.replace("of 58", "of 59"), encoding="utf-8")
    changed = tree.load(folder)
    changed.to_html(tmp_path / "page.html", practice=True)
    other = Student(student.page.context.new_page(), (tmp_path / "page.html").as_uri(), changed)
    after = other.kept()
    assert after["attempts"] == before["attempts"]
    assert after["round"]["guide_digest"] != before["round"]["guide_digest"]
    assert other.errors == []


# --- the key ------------------------------------------------------------------------------


def readable(guide: tree.Guide) -> set[str]:
    """What would give answers away: stories, names of cases, questions and statements, feedback."""
    found = {statement.id for statement in guide.statements}
    for question in guide.questions():
        found |= {question.id, question.case.story, question.asks}
        found |= {json.dumps(right_answer(question)), str(right_answer(question))}
        divergence = tree.grade(question, wrong_answer(question)).divergence
        found |= {divergence.says, *(quote.line for quote in divergence.words)}
        found.add(question.case.id)
    # These are the questions and answers of every guide.
    return {words for words in found if words not in ("more", "less", "unchanged")} - {
        factor.id for factor in guide.factors
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["metastatic_liver_cancer", "ear_infection_in_a_child", "damaged_library_book"]
)
def test_the_source_of_the_page_tells_no_answer(name: str) -> None:
    guide = tree.load(ROOT / "data" / name)
    source, plainly = guide.to_html(practice=True), guide.to_html()
    needles = readable(guide)
    assert len(needles) > 300
    escaped = {html.escape(words) for words in needles} | {
        json.dumps(words, ensure_ascii=False)[1:-1] for words in needles
    }
    given_away = {words for words in needles | escaped if words in source}
    # The explorer shows the guide, and so do both pages; practising adds nothing.
    assert given_away == {words for words in needles | escaped if words in plainly}
    stories = {vignette.story for vignette in guide.vignettes}
    assert not stories & given_away
    assert not any(words.startswith(("branch/", "standing/", "{")) for words in given_away)


def test_the_page_tells_no_answer_before_it_is_given(student: Student) -> None:
    ids = {statement.id for statement in student.guide.statements}
    for number, question in enumerate(student.questions):
        student.waits_for(question)
        held = student.practice.evaluate("place => place.outerHTML")
        assert html.escape(question.case.story, quote=False)[:40] in held
        for needle in (question.id, question.case.id, "<mark", "tp-right", "tp-wrong", *ids):
            assert needle not in held, needle
        wrong = tree.grade(question, wrong_answer(question)).divergence
        assert wrong.says not in shown(student.page.locator("body"))
        student.choose(question, right_answer(question))
        student.button("Submit").click()
        expect(student.told).to_contain_text("Right.")
        student.button("Finish" if number + 1 == LENGTH else "Next").click()


def test_the_page_is_the_same_whatever_is_right(
    browser: Browser, guide: tree.Guide, tmp_path: Path
) -> None:
    """Two guides with the same stories, of which one says the opposite of each answer."""
    folder = write_guide(tmp_path / "liver")
    source = (folder / "cases.yaml").read_text(encoding="utf-8")
    flipped = source.replace("value: yes", "value: o").replace("value: no", "value: yes")
    (folder / "cases.yaml").write_text(flipped.replace("value: o", "value: no"), encoding="utf-8")
    held = []
    for number, each in enumerate((guide, tree.load(folder))):
        path = tmp_path / f"{number}.html"
        each.to_html(path, practice=True)
        context = browser.new_context()
        student = Student(context.new_page(), path.as_uri(), each)
        student.waits_for(student.questions[0])
        kept = student.kept()
        (story,) = [q.id for q in each.questions() if q.id == "branch/retired_teacher"]
        kept["round"]["questions"] = [story]
        student.page.evaluate(
            "([key, kept]) => localStorage.setItem(key, kept)",
            [student.key, json.dumps(kept)],
        )
        student.page.reload()
        student.waits_for(student.by_id[story])
        answers = student.by_id[story].case.answers
        held.append((answers, student.practice.evaluate("place => place.outerHTML")))
        context.close()
    assert held[0][0] != held[1][0]
    assert held[0][1] == held[1][1]


# --- where it is kept ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "my diary",
        "",
        "null",
        "[]",
        '{"format": "practice-record", "version": 1}',
        '{"format": "practice-record", "version": 2, "learner": "a", "attempts": [], "rounds": 0, '
        '"round": null}',
        '{"format": "practice-record", "version": 1, "learner": "a", "attempts": [{"right": 1}], '
        '"rounds": 0, "round": null}',
        '{"format": "practice-record", "version": 1, "learner": "\\ud800", "attempts": [], '
        '"rounds": 0, "round": null}',
        '{"format": "practice-record", "version": 1, "learner": "a", "attempts": [], "rounds": 1, '
        '"round": {"id": "r", "guide_digest": "", "questions": "all", "position": 0}}',
    ],
)
def test_what_is_no_record_is_set_aside(
    context: BrowserContext, file: Path, guide: tree.Guide, content: str
) -> None:
    page = context.new_page()
    page.goto(file.as_uri())
    key = own_key(guide)
    page.evaluate("([key, words]) => localStorage.setItem(key, words)", [key, content])
    page.evaluate("key => localStorage.setItem(`${key}.set-aside-1`, 'older')", key)
    student = Student(page, file.as_uri(), guide)
    page.reload()
    student.waits_for(student.questions[0])
    assert student.kept()["attempts"] == []
    assert page.evaluate("key => localStorage.getItem(`${key}.set-aside-2`)", key) == content
    assert page.evaluate("key => localStorage.getItem(`${key}.set-aside-1`)", key) == "older"
    question = student.questions[0]
    student.choose(question, right_answer(question))
    student.button("Submit").click()
    expect(student.told).to_contain_text("Right.")
    assert [attempt["right"] for attempt in student.kept()["attempts"]] == [True]
    assert student.errors == []


def test_what_was_set_aside_is_said(context: BrowserContext, file: Path, guide: tree.Guide) -> None:
    page = context.new_page()
    page.goto(file.as_uri())
    page.evaluate("key => localStorage.setItem(key, 'my diary')", own_key(guide))
    page.goto(f"{file.as_uri()}#practise")
    warning = page.locator("#tp-page .tp-warning")
    expect(warning).to_contain_text("was no record of practice, or a broken one")
    expect(warning).to_contain_text(f"{own_key(guide)}.set-aside-1")


def test_where_nothing_may_be_kept(
    context: BrowserContext, served: str, guide: tree.Guide, tmp_path: Path
) -> None:
    """A page within a page of somebody else's, which may run scripts and nothing more."""
    page = context.new_page()
    page.set_content(
        f'<iframe sandbox="allow-scripts allow-downloads" width="1200" height="800" '
        f'src="{served}#practise"></iframe>'
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator(".tp-warning")).to_contain_text("will be gone when this page is closed")
    by_story = {q.case.story + q.asks: q for q in guide.questions()}
    for number in range(2):
        story = frame.locator(".tp-story").text_content()
        question = by_story[f"{story}{frame.locator('.tp-asks').text_content()}"]
        for row, (_, label) in enumerate(choices(question, right_answer(question))):
            group = frame.locator("fieldset").nth(row)
            group.get_by_role("radio", name=label, exact=True).check()
        frame.get_by_role("button", name="Submit").click()
        expect(frame.locator(".tp-said")).to_contain_text("Right.")
        frame.get_by_role("button", name="Next").click()
        answered = ("1 answer so far.", "2 answers so far.")[number]
        expect(frame.locator(".tp-keeping")).to_contain_text(answered)
    with page.expect_download() as download:
        frame.get_by_role("button", name="Save my record").click()
    download.value.save_as(tmp_path / "record.json")
    assert [attempt.right for attempt in read_record(tmp_path / "record.json").attempts] == [
        True,
        True,
    ]


def test_where_there_is_no_room_left(student: Student) -> None:
    page = student.page
    # Real: the browser's own limit, filled to the brim.
    page.evaluate("""() => {
        let size = 8_000_000;
        let rest = "";
        while (size >= 1) {
          try { localStorage.setItem("full", rest + "x".repeat(size)); rest += "x".repeat(size); }
          catch { size = Math.floor(size / 2); }
        }
    }""")
    first, second = student.questions[:2]
    student.choose(first, right_answer(first))
    student.button("Submit").click()
    warning = student.practice.locator(".tp-warning")
    expect(warning).to_contain_text("your answers will be gone")
    assert student.kept()["attempts"] == []
    page.evaluate("localStorage.removeItem('full')")
    student.button("Next").click()
    # There is room again: what could not be kept is kept now.
    expect(warning).to_have_count(0)
    student.choose(second, wrong_answer(second))
    student.button("Submit").click()
    assert [attempt["question"] for attempt in student.kept()["attempts"]] == [first.id, second.id]


def test_two_pages_at_once(student: Student) -> None:
    other = Student(student.page.context.new_page(), student.url, student.guide)
    question = student.questions[0]
    for each in (student, other):
        each.choose(question, wrong_answer(question))
        each.button("Submit").click()
        expect(each.told).to_contain_text("Not what the text says.")
    student.button("Try again").click()
    student.choose(question, right_answer(question))
    student.button("Submit").click()
    attempts = student.kept()["attempts"]
    assert [attempt["right"] for attempt in attempts] == [False, False, True]
    assert len({attempt["id"] for attempt in attempts}) == 3
    # What one page forgets does not come back from the other.
    student.button("Forget it").click()
    student.button("Yes, forget").click()
    other.button("Try again").click()
    other.button("Submit").click()
    assert len(other.kept()["attempts"]) == 1
    assert other.errors == []


def test_forgetting_asks_first(student: Student) -> None:
    expect(student.button("Forget it")).to_have_count(0)
    question = student.questions[0]
    student.choose(question, right_answer(question))
    student.button("Submit").click()
    before = student.kept()
    student.button("Forget it").click()
    expect(student.practice).to_contain_text("Forget 1 answer for good?")
    student.is_on("No, keep")
    student.button("No, keep").click()
    assert student.kept() == before
    student.button("Forget it").click()
    student.button("Yes, forget").click()
    after = student.kept()
    assert after["attempts"] == []
    assert after["learner"] != before["learner"]
    student.waits_for(student.questions[0])


# --- the page around it -------------------------------------------------------------------


def test_the_address_tells_what_is_shown(student: Student, guide: tree.Guide) -> None:
    page = student.page
    live = page.locator(".dtree-live")
    expect(student.practice).to_be_visible()
    expect(live).to_be_hidden()
    page.get_by_role("link", name="Explore").click()
    expect(live).to_be_visible()
    expect(student.practice).to_be_hidden()
    assert not page.locator(".dtree-notice").inner_text()
    page.get_by_role("radiogroup").first.get_by_label("No", exact=True).check()
    assert page.url.endswith("#other_organ_involvement=no")
    page.get_by_role("link", name="Practise").click()
    expect(student.practice).to_be_visible()
    assert page.url.endswith("#practise")
    # The explorer does not take that for a patient, and keeps its own, also on paper.
    assert page.locator(".dtree-notice").text_content() == ""
    page.emulate_media(media="print")
    expect(page.locator(".dtree-print li", has_text="spread to organs")).to_contain_text("No")
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Explore").click()
    assert page.url.endswith("#other_organ_involvement=no")
    checked = page.get_by_role("radiogroup").first.get_by_label("No", exact=True)
    expect(checked).to_be_checked()
    page.go_back()
    expect(student.practice).to_be_visible()
    expect(page.get_by_role("link", name="Practise")).to_have_attribute("aria-current", "page")
    page.go_back()
    expect(live).to_be_visible()
    expect(checked).to_be_checked()
    assert not page.locator(".dtree-notice").inner_text()


def test_the_walk_goes_on_in_the_explorer(student: Student) -> None:
    question = student.questions[0]
    student.choose(question, right_answer(question))
    student.button("Submit").click()
    student.button("Show the path").click()
    student.button("Open this case in the explorer").click()
    expect(student.page.locator(".dtree-questions")).to_be_visible()
    answers = {**question.walk.answers, **dict([question.learned] * bool(question.learned[0]))}
    hash = dict(pair.split("=") for pair in student.page.url.split("#")[1].split("&") if pair)
    assert hash == answers
    student.page.get_by_role("link", name="Practise").click()
    # The question is still as it was left.
    expect(student.told).to_contain_text("Right.")


def test_the_text_and_the_tree_are_at_hand(student: Student) -> None:
    student.practice.get_by_text("The text", exact=True).click()
    text = student.practice.get_by_role("region", name="The text")
    for paragraph in filter(None, map(str.strip, student.guide.text.content.splitlines())):
        expect(text).to_contain_text(paragraph)
    student.practice.get_by_text("The tree", exact=True).click()
    drawn = student.practice.get_by_role("region", name="The tree")
    expect(drawn.locator("svg")).to_be_visible()
    assert drawn.locator("svg g.node:not(.everyone)").count() == len(student.guide.tree.nodes)
    assert drawn.locator(".dtree-taken, .dtree-ruled-out").count() == 0


SCHEMES, WIDTHS, CHECKED = ("light", "dark"), (390, 1280), 7
# Everything that is checked in both schemes and in both widths, and these with each other.
LOOKED_AT = set(pairwise([SCHEMES, WIDTHS, range(CHECKED)]))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(
    browser: Browser, file: Path, guide: tree.Guide, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, has_touch=width < 500
    )
    student = Student(context.new_page(), file.as_uri(), guide)

    checked = itertools.count()

    def check() -> None:
        if (scheme, width, next(checked)) in LOOKED_AT:
            check_with_axe(student.page)
        assert student.page.evaluate("document.documentElement.scrollWidth") <= width
        small = student.page.evaluate("""() => [...document.querySelectorAll(
            "#tp-page button, #tp-page summary, #tp-page label, .tp-nav a")]
          .filter(part => part.offsetParent)
          .filter(part => part.getBoundingClientRect().height < 24)
          .map(part => part.textContent)""")
        assert small == []

    check()
    for question in student.questions[:5]:
        student.waits_for(question)
        student.button("Hint").click()
        student.button("Hint").click()
        student.choose(question, wrong_answer(question))
        student.button("Submit").click()
        student.button("Show the path").click()
        student.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        check()
        student.button("Next").click()
    student.button("Forget it").click()
    check()
    assert next(checked) == CHECKED
    assert student.errors == []
    context.close()


def test_on_paper_there_is_the_explorer(student: Student) -> None:
    student.page.emulate_media(media="print")
    expect(student.practice).to_be_hidden()
    expect(student.page.locator(".tp-nav")).to_be_hidden()
    expect(student.page.locator(".dtree-print")).to_be_visible()
    expect(student.page.locator("#dtree-live .dtree-drawing svg")).to_be_visible()


def test_without_javascript(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("svg").is_visible()
    # Chromium, told by a test to run no script, does not show what it shows to people then.
    assert "Practising needs JavaScript." in page.locator("noscript").all_inner_texts()[1]
    expect(page.locator("#tp-page")).to_be_hidden()
    assert page.get_by_role("link").count() == 0
    context.close()


OLDER = "delete globalThis.DecompressionStream"


def test_in_an_older_browser(context: BrowserContext, file: Path, guide: tree.Guide) -> None:
    context.add_init_script(OLDER)
    student = Student(context.new_page(), file.as_uri(), guide)
    question = student.questions[0]
    student.waits_for(question)
    student.choose(question, right_answer(question))
    student.button("Submit").click()
    right = tree.grade(question, right_answer(question))
    assert squeezed(shown(student.told)) == squeezed(plain(feedback.graded(right)))
    assert student.errors == []


@pytest.mark.parametrize("script", ["", OLDER], ids=["now", "in an older browser"])
def test_a_page_that_was_not_copied_whole(
    context: BrowserContext, file: Path, tmp_path: Path, script: str
) -> None:
    context.add_init_script(script)
    source = file.read_text(encoding="utf-8")
    (packed,) = re.findall('id="tp-sheet">([^<]*)<', source)
    (tmp_path / "page.html").write_text(source.replace(packed, packed[:4000]), encoding="utf-8")
    page = context.new_page()
    page.goto(f"{(tmp_path / 'page.html').as_uri()}#practise")
    expect(page.locator("#tp-page")).to_contain_text("copy the whole page again")
    page.get_by_role("link", name="Explore").click()
    expect(page.locator(".dtree-live")).to_contain_text("Next question")


def test_from_a_server_under_the_same_policy(
    context: BrowserContext, served: str, guide: tree.Guide
) -> None:
    student = Student(context.new_page(), served, guide)
    question = student.questions[0]
    student.choose(question, wrong_answer(question))
    student.button("Submit").click()
    student.button("Show the path").click()
    assert student.errors == []
    outside = [url for url in student.requests if not url.startswith((served, "data:", "blob:"))]
    assert [url for url in outside if "favicon" not in url] == []
    policies = [
        re.sub("'sha256-[^']*'", "HASH", policy)
        for page in (guide.to_html(), guide.to_html(practice=True))
        for policy in re.findall('Content-Security-Policy" content="([^"]*)"', page)
    ]
    assert len(policies) == 2
    assert policies[0] == policies[1]
    assert "default-src 'none'; script-src HASH; style-src HASH" in policies[0]


def test_words_of_people_are_never_markup(context: BrowserContext, tmp_path: Path) -> None:
    write_hostile_guide(tmp_path / "hostile")
    hostile = tree.load(tmp_path / "hostile")
    hostile.to_html(tmp_path / "page.html", practice=True)
    student = Student(context.new_page(), (tmp_path / "page.html").as_uri(), hostile)
    for question in student.questions:
        expect(student.practice.locator("fieldset")).to_have_count(len(choices(question, None)))
        student.button("Hint").click()
        student.button("Hint").click()
        wrong = wrong_answer(question)
        student.choose(question, wrong)
        student.button("Submit").click()
        said = feedback.graded(tree.grade(question, wrong))
        assert squeezed(str(student.told.text_content())) == squeezed(
            html.unescape(
                re.sub("</?(b|p|div|mark|span|blockquote|details|summary)[^>]*>", "", said)
            )
        )
        student.button("Show the path").click()
        student.practice.locator(".tp-primary").click()
    assert student.page.evaluate("window.hacked") is None
    assert student.practice.locator("script, img, iframe").count() == 0
    assert student.errors == []


def test_the_plain_page_has_nothing_of_it(liver: tree.Guide, tmp_path: Path) -> None:
    plainly, practising = liver.to_html(), liver.to_html(practice=True)
    for words in ("tree-practice", "tp-page", "Practise", "practise", "DecompressionStream"):
        assert words not in plainly, words
        assert words in practising, words
    liver.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == plainly


@pytest.mark.slow
def test_it_stays_small() -> None:
    for folder in sorted((ROOT / "data").iterdir()):
        if folder.is_dir():
            guide = tree.load(folder)
            before, after = (len(guide.to_html(practice=p).encode()) for p in (False, True))
            print(f"{guide.id}: {before:,} bytes, with practice {after:,}, {after - before:,} more")
            if guide.id == "metastatic_liver_cancer":
                assert after - before <= MOST_MORE


def test_nothing_is_unpacked_before_somebody_practises(
    context: BrowserContext, tmp_path: Path, liver: tree.Guide
) -> None:
    """The page answers as soon as it is read, as it does without practice."""
    context.add_init_script("""document.addEventListener("DOMContentLoaded", () => {
      window.ready = document.querySelector(".dtree-live").textContent;
    })""")
    path = tmp_path / "page.html"
    liver.to_html(path, practice=True)
    page = context.new_page()
    page.goto(path.as_uri())
    assert "Next question: " in page.evaluate("window.ready")
    assert page.locator("#tp-page *").count() == 0


@pytest.mark.slow
def test_from_the_command_line(tmp_path: Path, liver: tree.Guide) -> None:
    target = tmp_path / "page.html"
    done = run("export", LIVER, "-o", target, "--practice", "other_organ_involvement=no")
    assert done.returncode == 0, done.err
    wanted = liver.to_html(answers={"other_organ_involvement": "no"}, practice=True)
    assert target.read_text(encoding="utf-8") == wanted
    again = run("export", LIVER, "-o", target, "--practice")
    assert again.returncode == 1
    assert "file exists" in again.err
    both = run("export", LIVER, "-o", tmp_path / "page.pdf", "--practice", "--pdf")
    assert both.returncode == 2
    assert "not allowed with" in both.err
