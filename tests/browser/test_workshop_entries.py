"""Every kind of entry is written, read again and undone on the workshop's screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from workshop_page import WorkshopPage

import tree

TEXT = (
    "Take the bus if the way is longer than three miles (1A). Below one mile, walk. "
    "In between, the bicycle is best, unless the load has three points or more. "
    "A bag gives one point, and a child gives two."
)
GUIDE = """\
title: How do we get there?
subject: {one: errand, many: errands}
factors:
  bag: {question: Is there a bag?, quote: A bag}
  # asked last
  child: {question: Is there a child?, quote: a child}
options:
  bus: {name: the bus, quote: the bus}
  bicycle: {name: the bicycle, quote: the bicycle}
  walk: {name: a walk, quote: walk}
statements:
  far: {quote: Take the bus, when: {bag: yes}, offer: bus}
  near: {quote: "Below one mile, walk.", when: {child: no}, offer: walk}
  between: {quote: the bicycle is best, prefer: bicycle}
"""


@pytest.fixture
def way(page: Page, tmp_path: Path) -> Iterator[WorkshopPage]:
    page.set_viewport_size({"width": 900, "height": 700})
    folder = tmp_path / "way"
    folder.mkdir()
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    (folder / "guide.yaml").write_text(GUIDE, encoding="utf-8")
    shown = WorkshopPage(page, tree.Workshop(folder))
    shown.key("tab-write").click()
    yield shown
    assert shown.errors == []
    shown.workshop.close()


def source(shown: WorkshopPage) -> str:
    return (shown.workshop.folder / "guide.yaml").read_text(encoding="utf-8")


def undo_all(shown: WorkshopPage, steps: int) -> None:
    """Each step is taken back, and the file is letter by letter as it was."""
    for _ in range(steps):
        shown.key("undo").click()
        shown.said("Undone.")
        shown.idle()
    assert source(shown) == GUIDE


def open_list(shown: WorkshopPage) -> None:
    shown.page.locator(".tw-write > .tw-more").evaluate("list => (list.open = true)")


def save(shown: WorkshopPage) -> None:
    shown.key("save").click()
    shown.said("Saved.")
    shown.idle()


def test_grades(way: WorkshopPage) -> None:
    field = way.page.get_by_label
    open_list(way)
    way.key("new-grades").click()
    field("The grade, as the text writes it").fill("1A")
    way.key("save").click()
    expect(way.page.locator(".tw-form .tw-trouble")).to_have_text("Say what it means.")
    field("What it means").fill("strong, on good evidence")
    save(way)
    assert "grades:\n  1A: strong, on good evidence\n" in source(way)
    # A statement is given it,
    way.click_sentence("Take the bus")
    way.key("change-statements/far").click()
    way.page.locator(".tw-form .tw-more > summary").click()
    way.key("grade").select_option(label="1A")
    save(way)
    assert "grade: 1A" in source(way)
    # and keeps it under another name.
    open_list(way)
    way.key("titled-grades-1A").click()
    field("The grade, as the text writes it").fill("1 A")
    save(way)
    assert "grade: 1 A}" in source(way)
    assert "  1 A: strong, on good evidence\n" in source(way)
    # It goes with what names it, once that is confirmed.
    open_list(way)
    way.key("titled-grades-1 A").click()
    way.key("remove").click()
    expect(way.page.locator(".tw-notes")).to_contain_text("It is used here:")
    way.key("along").click()
    way.said("Removed.")
    assert source(way) == GUIDE
    undo_all(way, 4)


def test_options_in_one_tree(way: WorkshopPage) -> None:
    open_list(way)
    way.key("new-trees").click()
    way.page.get_by_label("What the tree is called").fill("On wheels")
    way.key("save").click()
    expect(way.page.locator(".tw-form .tw-trouble")).to_have_text("Choose which options they are.")
    way.key("options-more").select_option(label="the bus")
    way.key("options-more").select_option(label="the bicycle")
    save(way)
    assert "trees:\n  On wheels: [bus, bicycle]\n" in source(way)
    # What stands in two trees is a problem in plain words, which leads to its form.
    open_list(way)
    way.key("new-trees").click()
    way.page.get_by_label("What the tree is called").fill("The rest")
    way.key("options-more").select_option(label="the bus")
    save(way)
    way.key("tab-problems").click()
    problem = way.page.locator(".tw-problems li", has_text="the bus stands in two trees")
    problem.get_by_role("button").click()
    expect(way.page.get_by_label("What the tree is called")).to_have_value("The rest")
    way.key("remove").click()
    way.said("Removed.")
    way.idle()
    undo_all(way, 3)


def test_examples(way: WorkshopPage) -> None:
    open_list(way)
    way.key("new-examples").click()
    way.page.get_by_label("What it is called").fill("With a child: slow")
    way.key("save").click()
    expect(way.page.locator(".tw-form .tw-trouble")).to_have_text("Give one answer at least.")
    way.key("example-child").select_option(label="Yes")
    save(way)
    assert "  'With a child: slow':\n    child: yes\n" in source(way)
    (example,) = tree.load(way.workshop.folder).examples
    assert example == ("With a child: slow", (("child", "yes"),))
    open_list(way)
    way.page.locator('[data-key^="titled-examples-"]').click()
    way.key("example-bag").select_option(label="No")
    way.key("example-child").select_option(index=0)
    save(way)
    assert "  'With a child: slow': {bag: no}\n" in source(way)
    undo_all(way, 2)


def test_ranges_with_names(way: WorkshopPage) -> None:
    way.click_sentence("Take the bus")
    way.key("make-factors").click()
    way.page.get_by_label("The question, as you would ask it").fill("How far is it?")
    way.key("kind").select_option(label="a number, in ranges with names")
    way.key("unit").fill("miles")
    way.key("save").click()
    trouble = way.page.locator(".tw-form .tw-trouble")
    expect(trouble).to_have_text("Write two ranges or more.")
    way.key("band-0").fill("near")
    way.key("band-0-high").fill("one")
    way.key("band-1").fill("in between")
    way.key("save").click()
    expect(trouble).to_have_text("A number such as 18 or 38.5 belongs here, not “one”.")
    way.key("band-0-high").fill("1")
    way.key("band-1-low").fill("1")
    way.key("band-1-highKind").select_option(label="up to")
    way.key("band-1-high").fill("3,5")
    # A further range begins where the one before it ends.
    way.key("band-more").click()
    expect(way.key("band-2-lowKind")).to_have_value("over")
    expect(way.key("band-2-low")).to_have_value("3,5")
    way.key("band-2").fill("far")
    way.page.locator(".tw-form .tw-more > summary").click()
    way.key("range-low").fill("0")
    way.key("also").fill("not known to anybody; a secret")
    save(way)
    (factor,) = [f for f in way.workshop.screen.state["entries"] if f["label"] == "How far is it?"]
    assert factor["fields"]["values"] == {
        "near": {"below": "1"},
        "in between": {"from": "1", "to": "3.5"},
        "far": {"over": "3.5"},
    }
    assert factor["fields"]["range"] == {"from": "0"}
    assert factor["fields"]["also"] == ["not known to anybody", "a secret"]
    # A statement asks for one of them, and follows when it is called otherwise.
    way.key("change-statements/far").click()
    way.key("condition-1-add").select_option(label="How far is it?")
    way.key("pick-far").check()
    way.page.locator(".tw-picker").get_by_role("button", name="Take").click()
    save(way)
    assert "when: {bag: yes, how_far_is_it: far}" in source(way)
    way.key("change-factors/how_far_is_it").click()
    way.key("band-2").fill("a long way")
    save(way)
    assert "when: {bag: yes, how_far_is_it: a long way}" in source(way)
    guide = tree.load(way.workshop.folder)
    assert guide.factors[-1].values[:3] == ("near", "in between", "a long way")
    assert guide.factors[-1].value_of("2") == "in between"
    undo_all(way, 3)


def test_points_that_are_added_up(way: WorkshopPage) -> None:
    way.select("three points or more")
    way.key("make-factors").click()
    way.page.get_by_label("The question, as you would ask it").fill("How many points?")
    way.key("kind").select_option(label="points for other answers, added up")
    way.key("save").click()
    trouble = way.page.locator(".tw-form .tw-trouble")
    expect(trouble).to_have_text("Say which answers give points, and how many.")
    way.key("points-more").select_option(label="Is there a bag?")
    expect(way.key("points-bag-yes")).to_be_focused()
    way.key("points-bag-yes").fill("1")
    way.key("points-more").select_option(label="Is there a child?")
    way.page.get_by_label("Points for: Is there a child? Yes").fill("2")
    way.page.get_by_label("Points for: Is there a child? No").fill("0.5")
    save(way)
    assert "score: {bag: 1, child: {yes: 2, no: 0.5}}" in source(way)
    # A condition names a limit of it, as of any number.
    way.click_sentence("In between")
    way.key("change-statements/between").click()
    way.key("unless-0-add").select_option(label="How many points?")
    way.key("pick-from").fill("3")
    way.page.locator(".tw-picker").get_by_role("button", name="Take").click()
    save(way)
    guide = tree.load(way.workshop.folder)
    assert guide.walk(bag="yes", child="yes").verdict("bicycle").startswith("the bicycle: the text")
    assert guide.walk(bag="no", child="yes").verdict("bicycle").startswith("the bicycle: first")
    undo_all(way, 2)


def test_a_problem_leads_to_its_sentence(way: WorkshopPage) -> None:
    way.key("tab-problems").click()
    problem = way.page.locator(".tw-problems li", has_text="it says nothing of an option yet")
    expect(problem).to_contain_text("Look at it")
    problem.get_by_role("button").click()
    selected = way.page.locator(".tw-left .tw-unseen")
    expect(selected).to_have_text("Selected: A bag gives one point, and a child gives two.")


def test_a_case_without_an_option_is_shown_by_the_explorer(way: WorkshopPage) -> None:
    path = way.workshop.folder / "guide.yaml"
    path.write_text(
        GUIDE.replace(
            "{quote: the bicycle is best,", "{quote: the bicycle is best, when: {bag: yes},"
        )
    )
    way.follow()
    way.key("tab-problems").click()
    problem = way.page.locator(".tw-problems li", has_text="The text speaks for no option where")
    problem.get_by_role("button", name="Show this case below").click()
    expect(way.page.locator(".tw-said")).to_have_text("The explorer below shows it.")
    explorer = way.workshop.explorer
    words = problem.locator(".tw-says").text_content() or ""
    guide = explorer.guide
    for id, value in explorer.answers.items():
        assert f"{guide.factor(id).question} {value}" in words
    assert explorer.answers
    offered = {"preferred", "offered", "not decided yet"}
    assert not offered & {each.standing for each in explorer.walk.standings.values()}


NESTED = "any: [{bag: yes, any: {child: no}}, {child: yes}]"
SCORE = """\
  load:
    question: How heavy is the load?
    quote: the load
    score: {bag: 1, child: 2}
    values: {light: {below: 2}, heavy: {from: 2}}
"""


def test_what_no_form_shows_says_so_and_stays(way: WorkshopPage) -> None:
    changed = GUIDE.replace("when: {bag: yes}", NESTED).replace("options:\n", SCORE + "options:\n")
    (way.workshop.folder / "guide.yaml").write_text(changed, encoding="utf-8")
    way.follow()
    open_entry(way, "statements/far")
    said = way.page.get_by_text("put together in a way that no form shows. It stays as it is")
    expect(said).to_be_visible()
    way.page.locator(".tw-form .tw-more > summary").click()
    way.page.get_by_label("How firmly, in words of the quote").fill("Take")
    save(way)
    assert f"{NESTED}, offer: bus, strength: Take" in source(way)
    open_entry(way, "factors/load")
    expect(way.key("kind").locator("option:checked")).to_have_text(
        "points in ranges with names, as they are"
    )
    way.page.get_by_label("The question, as you would ask it").fill("Is the load heavy?")
    save(way)
    assert SCORE.replace("How heavy is the load?", "Is the load heavy?") in source(way)


def open_entry(shown: WorkshopPage, name: str) -> None:
    shown.key("tab-review").click()
    shown.page.locator(".tw-review .tw-more").evaluate("list => (list.open = true)")
    shown.key(f"all-{name}").click()
    shown.key(f"change-{name}").click()


def test_a_second_author_asks_for_the_first(way: WorkshopPage) -> None:
    (way.workshop.folder / "text.txt").write_text(f"{TEXT}\n\nIn the snow, walk.", "utf-8")
    way.follow()
    way.click_sentence("In the snow")
    way.key("make-passages").click()
    expect(way.key("author")).to_be_focused()
    way.key("author").fill("A walker")
    way.key("save").click()
    way.said("Saved. Who wrote what stands before it?")
    expect(way.key("author")).to_be_focused()
    expect(way.page.locator(".tw-form .tw-chip")).to_contain_text("Take the bus")
    way.key("author").fill("A driver")
    way.key("save").click()
    expect(way.page.locator(".tw-author")).to_have_text(["A driver", "A walker"])
    expect(way.page.locator(".tw-card", has_text="A passage by A walker")).to_have_count(1)
    undo_all(way, 2)
    expect(way.page.locator(".tw-author")).to_have_count(0)
