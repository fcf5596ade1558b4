"""Teaching as a teacher does: a real JupyterLab, a real browser, at the sizes of a projector."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jupyterlab_parts import Server
from lesson_parts import IDS, Teacher
from playwright.sync_api import Browser, expect
from processes import until

import tree
from tree.logic.trees import of_everyone
from tree.teaching.classroom.turns import Turn, after, chosen, patient_of, turns

IS_DRAWN = "image => image.naturalWidth > 100"
SIZES = {"large": (1920, 1080), "small": (1280, 720)}


@pytest.fixture(scope="module")
def teacher(browser: Browser, lab: Server) -> Iterator[Teacher]:
    """One page for the tests of this file; each gives a lesson of its own there."""
    context = browser.new_context()
    context.set_default_timeout(60_000)
    yield Teacher(context.new_page(), lab, "lesson")
    context.close()


@pytest.fixture(autouse=True)
def nothing_went_wrong(teacher: Teacher) -> Iterator[None]:
    yield
    assert teacher.lab.errors == []
    assert teacher.lab.outside == []


def all_turns(guide: tree.Guide) -> list[Turn]:
    return [turn for question in chosen(guide, IDS) for turn in turns(question)]


def test_a_lesson_by_mouse(teacher: Teacher) -> None:
    teacher.gives()
    found = all_turns(teacher.guide)
    for number, turn in enumerate(found):
        teacher.waits_for(turn)
        for place in range(2):
            for _ in range(place + 1):
                teacher.row(place).get_by_role("button", name="+", exact=True).click()
        expect(teacher.row(0).locator(".tl-votes")).to_contain_text("1 (33 %)")
        expect(teacher.row(1).locator(".tl-votes")).to_contain_text("2 (67 %)")
        teacher.row(1).get_by_role("button", name="\u2212", exact=True).click()
        expect(teacher.row(1).locator(".tl-votes")).to_contain_text("1 (50 %)")
        teacher.button("Reveal").click()
        expect(teacher.said).to_have_count(1)
        teacher.check_revealed(turn)
        if turn.question.kind != "standing":
            teacher.button("Show the path").click()
            picture = teacher.lesson.get_by_role("region", name="The path").locator("img")
            expect(picture).to_be_visible()
            until(lambda shown=picture: shown.evaluate(IS_DRAWN), what="the picture is there")
        else:
            is_last = turn.place == turn.places
            expect(teacher.button("Show the path")).to_be_enabled(enabled=is_last)
        if number + 1 < len(found):
            teacher.button("Next").click()
    # What was voted and revealed is there when one goes back.
    teacher.button("Previous").click()
    expect(teacher.said).to_have_count(1)
    expect(teacher.row(1).locator(".tl-votes")).to_contain_text("1 (50 %)")


LIVER, BEES = "metastatic_liver_cancer", "wintering_bees"
# A bar stands along the lower edge of its row, and what counts the votes within it.
IN_ITS_ROW = """row => [...row.querySelectorAll(".tl-bar, .jupyter-button, input")].every(part => {
  const [inner, outer] = [part, row].map(each => each.getBoundingClientRect());
  return inner.width > 20 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1
    && inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
})"""


@pytest.mark.parametrize(
    ("guide", "ids"),
    [
        (LIVER, ["branch/weak_heart", "standing/weak_heart"]),
        (
            BEES,
            [
                "branch/the_schoolyard",
                "standing/by_the_pond",
                "sentence/the_mountain_farm/insulation",
            ],
        ),
    ],
)
def test_what_a_button_changes_is_seen(teacher: Teacher, guide: str, ids: list[str]) -> None:
    """On a small laptop, whatever is scrolled; the parts are measured."""
    teacher.gives(SIZES["small"], guide, questions=ids)
    found = [turn for q in chosen(teacher.guide, ids) for turn in turns(q)]
    for number, turn in enumerate(found):
        teacher.waits_for(turn)
        rows = teacher.lesson.locator(".tl-row")
        until(lambda rows=rows: teacher.sees(rows), what="every choice is seen")
        assert all(row.evaluate(IN_ITS_ROW) for row in rows.all())
        teacher.row(0).get_by_role("button", name="+", exact=True).click()
        expect(teacher.row(0).locator(".tl-votes")).to_contain_text("1 (100 %)")
        row = teacher.row(0)
        bar, whole = (part.bounding_box() for part in (row.locator(".tl-bar div"), row))
        assert bar["width"] > 0.9 * whole["width"]
        teacher.button("Reveal").click()
        sentence = teacher.said.locator("p, blockquote")
        until(lambda parts=sentence: teacher.sees(parts), what="the sentence is seen")
        if teacher.button("Show the path").is_enabled():
            teacher.button("Show the path").click()
            walked = teacher.lesson.locator(".tl-walked").first
            walked.locator("img").wait_for()
            steps = walked.locator("li, img")
            until(lambda parts=steps: teacher.sees(parts), what="the path is seen")
        if number + 1 < len(found):
            teacher.button("Next").click()


def test_what_is_the_same_for_everyone_is_said_once(teacher: Teacher) -> None:
    teacher.gives(questions=IDS[1:2])
    (question,) = chosen(teacher.guide, IDS[1:2])
    asked = [turn.step.id for turn in turns(question)]
    everyone = [option for option, _ in of_everyone(teacher.guide)]
    assert asked == ["resection"]
    expect(teacher.lesson).not_to_contain_text("For every patient:")
    for option in everyone:
        expect(teacher.lesson.locator(".tl-body")).not_to_contain_text(option.name)
    teacher.button("Reveal").click()
    expect(teacher.said).to_contain_text("For every patient:")
    for option in everyone:
        expect(teacher.said).to_contain_text(option.name)
    expect(teacher.button("Next")).to_be_disabled()


def test_a_lesson_by_keyboard_alone(teacher: Teacher) -> None:
    teacher.gives(SIZES["small"])
    keyboard = teacher.page.keyboard
    teacher.button("Reveal").focus()
    found = all_turns(teacher.guide)
    for number, turn in enumerate(found):
        teacher.waits_for(turn)
        first, second = (words for _, words in turn.choices[:2])
        teacher.tab_to(f"Votes: {first}")
        keyboard.type("7")
        teacher.tab_to(f"Votes: {second}")
        expect(teacher.row(0).locator(".tl-votes")).to_contain_text("7 (100 %)")
        keyboard.press("ArrowUp")
        expect(teacher.row(1).locator(".tl-votes")).to_contain_text("1 (12 %)")
        teacher.tab_to("Reveal", "Shift+Tab")
        keyboard.press(("Enter", "Space")[number % 2])
        expect(teacher.said).to_have_count(1)
        teacher.check_revealed(turn)
        # The focus stays where it was, on what can be done now.
        if turn.question.kind == "branch":
            until(lambda: teacher.focused() == "Show the path", what="the focus is there")
            keyboard.press("Enter")
            expect(teacher.lesson.get_by_role("region", name="The path")).to_be_visible()
        if number + 1 < len(found):
            teacher.tab_to("Next")
            keyboard.press("Enter")


def test_what_would_you_ask_next(teacher: Teacher) -> None:
    teacher.gives(case="retired_teacher", kinds=["next"])
    (question,) = chosen(teacher.guide, case="retired_teacher", kinds=["next"])
    (turn,) = turns(question)
    teacher.waits_for(turn)
    teacher.button("Reveal").click()
    expect(teacher.said).to_contain_text("Now: 1 option undecided, 2 outcomes.")
    expect(teacher.row(0)).to_contain_text("on average: ")
    patient = patient_of(teacher.guide, question)
    for factor in teacher.guide.factors:
        row = teacher.lesson.locator(".tl-row", has_text=factor.question)
        row.get_by_role("button", name="Ask").click()
        turn = after(turn, factor.id, patient)
        # The vignette answers in its own words.
        reply = teacher.lesson.locator(".tl-asked")
        expect(reply.locator(".tl-reply")).to_contain_text(factor.question)
        expect(reply.locator("blockquote")).to_contain_text(turn.reply[2][0].line)
        expect(teacher.lesson.locator(".tl-row")).to_have_count(len(turn.choices))
        if turn.step is None:
            break
    expect(teacher.said).to_contain_text("It is decided. What the text says:")
    expect(teacher.said).to_contain_text(
        "First choice · “In general”, “usually”: Complete surgical removal"
    )
    teacher.button("Show the path").click()
    expect(teacher.lesson.get_by_role("region", name="The path").locator("img")).to_be_visible()


def test_votes_from_records_hidden_until_they_are_shown(teacher: Teacher) -> None:
    folder = teacher.notebook.with_name("lesson_records")
    folder.mkdir(exist_ok=True)
    teacher.gives(questions=IDS[:1], records="lesson_records")
    practice = tree.Practice(teacher.guide, folder / "somebody.sqlite", kinds=["branch"])
    while practice.question.id != IDS[0]:
        practice.answer = dict.fromkeys((f.id for f in teacher.guide.factors), "no")
        practice.submit()
        practice.go_on()
    practice.answer = dict.fromkeys((f.id for f in teacher.guide.factors), "no")
    practice.submit()
    expect(teacher.lesson).to_contain_text("0 votes, not shown yet")
    teacher.button("Read the records again").click()
    expect(teacher.lesson).to_contain_text("1 vote, not shown yet")
    assert teacher.lesson.locator(".tl-votes").count() == 0
    assert teacher.lesson.locator("input").count() == 0
    teacher.button("Show the votes").click()
    no = [value for value, _ in all_turns(teacher.guide)[0].choices].index("no")
    expect(teacher.row(no).locator(".tl-votes")).to_contain_text("1 (100 %)")
    assert "somebody" not in teacher.lesson.inner_html()


def test_the_key_is_not_to_be_found_before_it_is_revealed(lab: Server, open_page: Any) -> None:
    teacher = Teacher(open_page(), lab, "lesson_key")
    questions = [q for q in teacher.guide.questions() if q.kind != "next"][:6]
    teacher.gives(questions=[question.id for question in questions])
    teacher.lab.save_widgets(True)
    found = [turn for question in questions for turn in turns(question)]
    assert len(found) > 8
    for number, turn in enumerate(found[:8]):
        teacher.waits_for(turn)
        for held in (str(teacher.page.content()), teacher.lab.save()):
            held = re.sub(r"<style>.*?</style>", "", held, flags=re.DOTALL)
            assert turn.question.case.story[:40] in held
            for needle in (turn.question.id, turn.question.case.id, "accepted", "<mark"):
                assert needle not in held, needle
            for needle in ("✓ right", "\\u2713 right", '"tp-said', 'class=\\"tp-said'):
                assert needle not in held, needle
            for statement in teacher.guide.statements:
                assert statement.id not in held
        assert "BoundedIntTextModel" in teacher.notebook.read_text(encoding="utf-8")
        teacher.button("Reveal").click()
        expect(teacher.said).to_have_count(1)
        if not number:
            assert "<mark" in teacher.lab.save().replace("\\u003c", "<")
        teacher.button("Next").click()


MEASURE = """lesson => {
  const found = [];
  for (const part of lesson.querySelectorAll("*")) {
    const own = [...part.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const box = part.getBoundingClientRect();
    if ((own || part.matches("input")) && box.width > 2 && box.height > 2
        && !part.closest("style, .widget-inline-hbox > .widget-label"))
      found.push([parseFloat(getComputedStyle(part).fontSize), part.className,
                  part.textContent.slice(0, 60), box.left, box.right]);
  }
  return found;
}"""


@pytest.mark.parametrize("size", SIZES)
def test_it_can_be_read_at_the_back_of_the_room(teacher: Teacher, size: str) -> None:
    teacher.gives(SIZES[size])
    for turn in all_turns(teacher.guide):
        teacher.waits_for(turn)
        teacher.button("Reveal").click()
        expect(teacher.said).to_have_count(1)
        frame = teacher.lesson.bounding_box()
        for pixels, name, words, left, right in teacher.lesson.evaluate(MEASURE):
            is_note = re.search("tp-quiet|tp-who|tl-why", name) or words in ("The text", "The tree")
            assert pixels >= (20 if is_note else 24), (pixels, name, words)
            # Nothing runs out of the frame.
            assert left >= frame["x"] - 1, words
            assert right <= frame["x"] + frame["width"] + 1, words
        teacher.button("Next").click() if turn != all_turns(teacher.guide)[-1] else None


def test_contrast_names_and_roles(teacher: Teacher) -> None:
    teacher.gives()
    teacher.row(0).get_by_role("button", name="+", exact=True).click()
    expect(teacher.row(0).locator(".tl-votes")).to_contain_text("1 (100 %)")
    teacher.lab.check_with_axe_in_both_themes(".tree-lesson")
    teacher.button("Reveal").click()
    expect(teacher.said).to_have_count(1)
    teacher.button("Show the path").click()
    expect(teacher.lesson.get_by_role("region", name="The path")).to_be_visible()
    teacher.lab.check_with_axe_in_both_themes(".tree-lesson")
