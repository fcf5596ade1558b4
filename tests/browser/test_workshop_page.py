"""A guide is written on the workshop's screen, with the mouse and with keys alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from accessible import check_with_axe
from places import DATA, LIVER, ROOT
from playwright.sync_api import Page, expect
from workshop_page import WorkshopPage, drafted

import tree

ABOUT_ONE = "Whom or what it is about, one of them: such as patient or book"
ABOUT_MANY = "Several of them: such as patients or books"
TEA = (
    "If it rains, drink tea. Otherwise go for a walk, which is the first choice. "
    "Tea is not recommended after eight in the evening. Good luck!"
)


@pytest.fixture
def page_at_laptop(page: Page) -> Page:
    page.set_viewport_size({"width": 900, "height": 700})
    return page


@pytest.fixture
def begun(page_at_laptop: Page, tmp_path: Path) -> Iterator[WorkshopPage]:
    """A workshop in which nothing is written yet."""
    shown = WorkshopPage(page_at_laptop, tree.Workshop(tmp_path / "tea", text=TEA))
    yield shown
    assert shown.errors == []
    shown.workshop.close()


def drafted_library(place: Path) -> Path:
    return drafted(Path(copytree(DATA / "damaged_library_book", place / "library")))


@pytest.fixture
def liver(page_at_laptop: Page, tmp_path: Path) -> Iterator[WorkshopPage]:
    """The liver guide, finished."""
    folder = Path(copytree(LIVER, tmp_path / "liver"))
    shown = WorkshopPage(page_at_laptop, tree.Workshop(folder))
    yield shown
    assert shown.errors == []
    shown.workshop.close()


def test_a_text_is_pasted(page_at_laptop: Page, tmp_path: Path) -> None:
    shown = WorkshopPage(page_at_laptop, tree.Workshop(tmp_path / "tea"))
    shown.key("begin").click()
    expect(shown.page.locator(".tw-trouble")).to_have_text("Paste the text first.")
    shown.page.get_by_label("Paste the text").fill(TEA)
    shown.key("begin").click()
    expect(shown.page.locator('[data-use="unclaimed"].tw-sentence')).to_have_count(4)
    assert (tmp_path / "tea/text.txt").read_text(encoding="utf-8").strip() == TEA
    assert shown.errors == []
    shown.workshop.close()


def hold_where(shown: WorkshopPage, words: str, question: str) -> None:
    """Let the statement in its form hold where a new question is answered with yes, and save it."""
    shown.key("condition-0-add").select_option(label="a new question …")
    shown.select(words)
    shown.page.get_by_label("The question, as you would ask it").fill(question)
    shown.key("save").click()
    shown.key("pick-yes").click()
    shown.key("save").click()
    shown.said("Saved.")


@pytest.mark.parametrize("by_button", [True, False])
def test_from_nothing_to_ok_with_the_mouse(begun: WorkshopPage, by_button: bool) -> None:
    begun.click_sentence("If it rains")
    begun.key("make-statements").click()
    begun.key("effect").select_option(label="It is offered: recommended, or possible")
    begun.key("names0-more").select_option(label="a new option …")
    begun.select("drink tea")
    expect(begun.page.get_by_label("What it is called")).to_have_value("drink tea")
    begun.page.get_by_label("What it is called").fill("tea")
    begun.key("save").click()
    hold_where(begun, "If it rains", "Does it rain?")
    expect(begun.page.locator(".tw-card").first).to_contain_text("for: Does it rain? yes")

    begun.key("next").click()
    begun.key("make-statements").click()
    # The words suggest what they mean.
    expect(begun.key("effect")).to_have_value("prefer")
    begun.key("names0-more").select_option(label="a new option …")
    begun.select("go for a walk")
    begun.page.get_by_label("What it is called").fill("a walk")
    begun.key("save").click()
    begun.key("condition-0-add").select_option(label="Does it rain?")
    begun.key("pick-no").click()
    begun.key("save").click()

    begun.key("next").click()
    begun.key("make-statements").click()
    expect(begun.key("effect")).to_have_value("withhold")
    begun.key("names0-more").select_option(label="tea")
    hold_where(begun, "after eight in the evening", "Is it after eight?")

    begun.key("next").click()
    begun.key("make-context").click()
    begun.page.get_by_label("Why it decides nothing").fill("an aside")
    begun.key("save").click()
    begun.said("Saved.")

    # Tea is offered when it rains, and withheld late: which of the two is meant?
    begun.key("tab-problems").click()
    problem = begun.page.locator(".tw-problems li", has_text="To correct")
    expect(problem).to_have_count(1)
    if by_button:
        buttons = problem.get_by_role("button", name="is the exception")
        expect(buttons).to_have_count(2)
        buttons.filter(has_text="Tea is not recommended").click()
        begun.said("Saved.")
    else:
        problem.get_by_role("button").first.click()
        begun.page.locator('[data-entry^="statements"] [data-key^="change-"]').click()
        begun.page.locator(".tw-more > summary").click()
        others = begun.key("outweighs-more").locator("option").all_inner_texts()
        offered = next(label for label in others if "Offered: tea" in label)
        begun.key("outweighs-more").select_option(label=offered)
        begun.key("save").click()
    expect(begun.page.locator(".tw-bar .tw-done")).to_have_text("ok")
    begun.key("tab-tree").click()
    drawing = begun.page.locator(".tw-body .tw-drawing svg").first
    expect(drawing).to_be_visible()
    expect(drawing).to_contain_text("Does it rain?")
    guide = tree.load(begun.workshop.folder, strict=True)
    walk = guide.walk(does_it_rain="yes", is_it_after_eight="no")
    assert [str(each) for each in walk.standings["tea"].possible] == ["offered"]
    late = guide.walk(does_it_rain="yes", is_it_after_eight="yes")
    assert [str(each) for each in late.standings["tea"].possible] == ["withheld"]
    assert guide.walk(does_it_rain="no").verdict("walk").startswith("a walk: first choice")


def test_with_keys_alone(begun: WorkshopPage) -> None:
    press = begun.page.keyboard.press
    begun.page.locator(".tw-text").focus()
    press("ArrowRight")
    for _ in range(2):
        press("Shift+ArrowRight")
    expect(begun.page.locator(".tw-left .tw-unseen")).to_have_text("Selected: If it rains")
    press("Enter")
    expect(begun.key("make-factors")).to_be_focused()
    press("Enter")
    begun.page.get_by_label("The question, as you would ask it").focus()
    begun.page.keyboard.type("Does it rain?")
    press("Control+Enter")
    begun.said("Saved.")
    begun.page.locator(".tw-text").focus()
    press("ArrowDown")
    press("ArrowUp")
    press("ArrowDown")
    press("ArrowDown")
    expect(begun.page.locator(".tw-left .tw-unseen")).to_contain_text("Selected: Tea is not")
    assert list(begun.workshop._manuscript.files.ids("factors")) == ["does_it_rain"]
    press("Control+z")
    begun.said("Undone.")
    assert list(begun.workshop._manuscript.files.ids("factors")) == []
    press("Control+Shift+z")
    begun.said("Done again.")
    assert list(begun.workshop._manuscript.files.ids("factors")) == ["does_it_rain"]


def test_a_draft_is_reviewed_to_the_end_with_keys(page_at_laptop: Page, tmp_path: Path) -> None:
    folder = drafted_library(tmp_path)
    finished = tree.load(DATA / "damaged_library_book")
    shown = WorkshopPage(page_at_laptop, tree.Workshop(folder))
    left = shown.workshop.screen.state["left"]
    assert left > 10
    expect(shown.key("tab-review")).to_have_text(f"Review ({left})")
    # As somebody does who has just turned to it.
    shown.key("tab-review").click()
    for number in range(left):
        card = shown.page.locator(".tw-review > .tw-card")
        name = card.get_attribute("data-entry")
        shown.page.keyboard.press("c")
        shown.idle()
        if number == 2:
            # Undo brings it back; then it waits again.
            expect(card).not_to_have_attribute("data-entry", str(name))
            shown.page.keyboard.press("u")
            shown.idle()
            expect(shown.key("tab-review")).to_have_text(f"Review ({left - 2})")
            expect(card).to_have_attribute("data-entry", str(name))
            shown.page.keyboard.press("c")
            shown.idle()
        after = left - number - 1
        expect(shown.key("tab-review")).to_have_text(f"Review ({after})" if after else "Review")
    expect(shown.page.locator(".tw-review .tw-done")).to_have_text("Everything is confirmed.")
    guide = tree.load(folder, strict=True)
    assert guide.statements == finished.statements
    assert shown.errors == []
    shown.workshop.close()


def test_what_one_sentence_says_is_confirmed_at_once(page: Page, tmp_path: Path) -> None:
    folder = drafted_library(tmp_path)
    finished = tree.load(DATA / "damaged_library_book")
    # So low that what belongs together is not all in view.
    page.set_viewport_size({"width": 900, "height": 560})
    shown = WorkshopPage(page, tree.Workshop(folder))
    all = left = shown.workshop.screen.state["left"]
    shown.key("tab-review").click()
    pressed = hidden = 0
    while left:
        cards = shown.page.locator(".tw-review .tw-card").count()
        expect(shown.page.locator(".tw-review .tw-quote").first).to_be_in_viewport()
        for _ in range(6 if cards > 1 else 0):
            shown.page.keyboard.press("a")
            shown.idle()
            pressed += 1
            if shown.workshop.screen.state["left"] < left:
                break
            hidden += 1
            shown.said("There is more: read it first, and confirm then.")
        else:
            if cards == 1:
                shown.page.keyboard.press("c")
                shown.idle()
                pressed += 1
        assert shown.workshop.screen.state["left"] == left - cards
        left -= cards
    assert hidden
    expect(shown.page.locator(".tw-review .tw-done")).to_have_text("Everything is confirmed.")
    assert tree.load(folder, strict=True).statements == finished.statements
    assert pressed - hidden < all * 0.8
    # All that was confirmed at once comes back at once.
    shown.key("undo").click()
    shown.idle()
    assert shown.workshop.screen.state["left"] == cards
    shown.workshop.close()


def test_what_is_confirmed_beside_the_card_leaves_it_there(
    page_at_laptop: Page, tmp_path: Path
) -> None:
    folder = drafted_library(tmp_path)
    shown = WorkshopPage(page_at_laptop, tree.Workshop(folder))
    shown.key("tab-review").click()
    for _ in range(10):
        if shown.key("confirm-all").count():
            break
        shown.key("later").click()
        expect(shown.page.locator(".tw-review .tw-quote").first).to_be_in_viewport(ratio=1)
    card, other = shown.page.locator(".tw-review .tw-card").all()[:2]
    name, beside = card.get_attribute("data-entry"), other.get_attribute("data-entry")
    shown.key(f"confirm-{beside}").click()
    shown.idle()
    expect(shown.page.locator(f'.tw-card[data-entry="{beside}"]')).to_have_count(0)
    expect(shown.page.locator(".tw-review > .tw-card").first).to_have_attribute(
        "data-entry", str(name)
    )
    assert shown.errors == []
    shown.workshop.close()


def open_first(shown: WorkshopPage, section: str) -> str:
    """Open the form of the first entry of a section; its name."""
    entry = next(e for e in shown.workshop.screen.state["entries"] if e["section"] == section)
    shown.key("tab-review").click()
    shown.page.locator(".tw-review .tw-more").evaluate("list => (list.open = true)")
    shown.key(f"all-{section}/{entry['id']}").click()
    shown.key(f"change-{section}/{entry['id']}").click()
    return str(entry["id"])


def edit_outside(folder: Path, old: str, new: str) -> None:
    path = folder / "guide.yaml"
    source = path.read_text(encoding="utf-8")
    assert source.count(old) >= 1
    beside = path.with_name(".guide.yaml.tmp")
    beside.write_text(source.replace(old, new, 1), encoding="utf-8")
    os.replace(beside, path)


QUESTION = "Is there evidence that cancer has spread to other organs than the liver?"


@pytest.mark.parametrize("looked", [True, False])
@pytest.mark.parametrize("mine", [True, False])
def test_a_file_that_is_changed_elsewhere_is_asked_about(
    liver: WorkshopPage, looked: bool, mine: bool
) -> None:
    folder = liver.workshop.folder
    open_first(liver, "factors")
    field = liver.page.get_by_label("The question, as you would ask it")
    field.fill("Mine?")
    first = liver.workshop.screen.state["entries"]
    asked = next(e for e in first if e["section"] == "factors")["fields"]["question"]
    edit_outside(folder, asked, "Theirs?")
    if looked:
        liver.follow()
    liver.key("save").click()
    trouble = liver.page.locator(".tw-form .tw-trouble")
    expect(trouble).to_contain_text("This was changed in the file meanwhile")
    expect(trouble).to_contain_text("Theirs?")
    assert "Mine?" not in (folder / "guide.yaml").read_text(encoding="utf-8")
    liver.key("mine" if mine else "theirs").click()
    expect(liver.page.locator(".tw-form")).to_have_count(0)
    source = (folder / "guide.yaml").read_text(encoding="utf-8")
    assert ("Mine?" in source, "Theirs?" in source) == (mine, not mine)


def test_what_is_changed_elsewhere_beside_a_form_stays(liver: WorkshopPage) -> None:
    open_first(liver, "factors")
    liver.page.get_by_label("The question, as you would ask it").fill("Mine?")
    edit_outside(liver.workshop.folder, "title: What is", "title: What now is")
    liver.follow()
    expect(liver.page.get_by_label("The question, as you would ask it")).to_have_value("Mine?")
    liver.key("save").click()
    liver.said("Saved.")
    source = (liver.workshop.folder / "guide.yaml").read_text(encoding="utf-8")
    assert "Mine?" in source
    assert "title: What now is" in source


def test_a_file_that_is_no_yaml_is_never_written(liver: WorkshopPage) -> None:
    path = liver.workshop.folder / "guide.yaml"
    broken = path.read_text(encoding="utf-8") + "\n  : [\n"
    path.write_text(broken, encoding="utf-8")
    liver.follow()
    expect(liver.page.locator(".tw-body")).to_contain_text("Correct it in an editor")
    assert path.read_text(encoding="utf-8") == broken
    path.write_text(broken.removesuffix("\n  : [\n"), encoding="utf-8")
    liver.follow()
    expect(liver.page.locator(".tw-bar .tw-done")).to_have_text("ok")


def test_what_others_name_goes_only_with_them(liver: WorkshopPage) -> None:
    id = open_first(liver, "options")
    liver.key("remove").click()
    expect(liver.page.locator(".tw-notes")).to_contain_text("It is used here:")
    liver.key("keep").click()
    assert id in liver.workshop._manuscript.files.ids("options")
    liver.key("remove").click()
    liver.key("along").click()
    expect(liver.page.locator(".tw-notes")).not_to_contain_text("It is used here:")
    assert id not in liver.workshop._manuscript.files.ids("options")


def test_a_half_filled_form_outlives_the_page(liver: WorkshopPage) -> None:
    open_first(liver, "factors")
    liver.page.get_by_label("The question, as you would ask it").fill("Half a question")
    liver.page.reload()
    expect(liver.page.get_by_label("The question, as you would ask it")).to_have_value(
        "Half a question"
    )
    liver.key("cancel").click()
    liver.page.reload()
    expect(liver.page.locator(".tw-form")).to_have_count(0)


def test_a_case_is_written_and_worked_out(liver: WorkshopPage) -> None:
    before = len(tree.load(liver.workshop.folder).vignettes)
    liver.key("tab-cases").click()
    liver.key("new-case").click()
    liver.page.get_by_label("The case in a few sentences").fill(
        "A baker has tumors in the liver.\nThe scans show a tumor in the lung, too."
    )
    liver.key("read").click()
    box = liver.page.locator(".tw-words")
    box.focus()
    for _ in range(12):
        liver.page.keyboard.press("ArrowRight")
    for _ in range(3):
        liver.page.keyboard.press("Shift+ArrowRight")
    expect(liver.page.locator(".tw-form")).to_contain_text("“tumor in the lung” answers")
    liver.key("answers-to").select_option(index=1)
    liver.key("answer-yes").click()
    liver.key("save").click()
    liver.said("Saved.")
    guide = tree.load(liver.workshop.folder, strict=True)
    assert len(guide.vignettes) == before + 1
    (given,) = guide.vignettes[-1].given
    assert (given.factor, given.value, given.quotes[0].words) == (
        "other_organ_involvement",
        "yes",
        "tumor in the lung",
    )
    liver.key("tab-cases").click()
    card = liver.page.locator(".tw-cases .tw-card").last
    expect(card).to_contain_text("Complete surgical removal: not for this patient")


def test_a_draft_by_hand(page_at_laptop: Page, tmp_path: Path) -> None:
    text = (DATA / "damaged_library_book/text.txt").read_text(encoding="utf-8")
    answer = ROOT / "tests/drafting/answers/damaged_library_book.txt"
    shown = WorkshopPage(page_at_laptop, tree.Workshop(tmp_path / "library", text=text))
    undrafted = (tmp_path / "library/guide.yaml").read_bytes()
    shown.key("tab-draft").click()
    shown.key("copy").click()
    prompt = shown.page.get_by_label("The prompt")
    expect(prompt).to_have_value(re.compile("library", re.DOTALL))
    shown.key("take").click()
    expect(shown.page.locator(".tw-notes .tw-trouble")).to_have_text("Paste the answer first.")
    shown.page.get_by_label("The answer, as it is").fill(answer.read_text(encoding="utf-8"))
    shown.page.get_by_label("Who answered").fill("a model for this test")
    shown.key("take").click()
    expect(shown.page.locator(".tw-draft")).to_contain_text("Proposed by a model for this test")
    # What came of it is in sight, with the way on.
    expect(shown.page.locator(".tw-draft h3").first).to_be_in_viewport()
    expect(shown.key("to-review")).to_be_focused()
    state = shown.workshop.screen.state
    # What is to be settled is said as in the list of problems, and as the text says it.
    said = shown.page.locator(".tw-draft").inner_text()
    assert "To be settled" in said
    for problem in state["problems"]:
        assert problem["message"] in said
    assert not re.search(r"guide\.yaml|conflict:|\w_\w|'too_long'", said)
    assert state["left"] > 15
    assert state["guide"]["drafted"]["by"] == "a model for this test"
    expect(shown.key("tab-review")).to_have_text(f"Review ({state['left']})")
    # A draft is a step as any other.
    after = (tmp_path / "library/guide.yaml").read_bytes()
    shown.key("undo").click()
    shown.said("Undone.")
    assert (tmp_path / "library/guide.yaml").read_bytes() == undrafted
    shown.key("redo").click()
    shown.said("Done again.")
    assert (tmp_path / "library/guide.yaml").read_bytes() == after
    # Nonsense leaves what is there.
    before = (tmp_path / "library/guide.yaml").read_bytes()
    shown.page.get_by_label("The answer, as it is").fill("I am sorry, I cannot do that.")
    shown.key("take").click()
    expect(shown.page.locator(".tw-draft")).to_contain_text("No guide could be made")
    assert (tmp_path / "library/guide.yaml").read_bytes() == before
    assert shown.errors == []
    shown.workshop.close()


def test_a_draft_by_a_function(page_at_laptop: Page, tmp_path: Path) -> None:
    text = (DATA / "damaged_library_book/text.txt").read_text(encoding="utf-8")
    answer = (ROOT / "tests/drafting/answers/damaged_library_book.txt").read_text(encoding="utf-8")
    workshop = tree.Workshop(tmp_path / "library", text=text, ask=lambda _prompt: answer)
    shown = WorkshopPage(page_at_laptop, workshop)
    shown.key("tab-draft").click()
    expect(shown.page.locator(".tw-draft")).to_contain_text("This program itself sends nothing")
    shown.key("ask").click()
    expect(shown.page.locator(".tw-draft")).to_contain_text("Proposed by")
    assert workshop.screen.state["left"] > 15
    # The form of the whole guide, which was there before, has what was proposed.
    shown.key("tab-write").click()
    title = workshop.screen.state["guide"]["title"]
    assert title in answer
    expect(shown.page.get_by_label("The question that the text answers")).to_have_value(title)
    workshop.close()


@pytest.mark.parametrize("width", [1600, 900, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_accessible_at_all_sizes(liver: WorkshopPage, width: int, dark: bool) -> None:
    page = liver.page
    page.set_viewport_size({"width": width, "height": 800})
    if dark:
        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        page.evaluate("document.body.style.background = '#111'")
    open_first(liver, "statements")
    page.locator(".tw-form .tw-more > summary").click()
    check_with_axe(page, ".tree-workshop")
    for tab in ("review", "problems", "cases", "draft"):
        liver.key(f"tab-{tab}").click()
        check_with_axe(page, ".tree-workshop")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The text is to be read, and nothing lies upon it.
    text, panel = (page.locator(part).bounding_box() for part in (".tw-text", ".tw-right"))
    assert text["height"] >= 200
    assert panel["x"] >= text["x"] + text["width"] or panel["y"] >= text["y"] + text["height"]


def test_words_of_a_text_are_never_markup(page_at_laptop: Page, tmp_path: Path) -> None:
    text = "If <b>it</b> rains, drink <img src=x onerror=alert(1)> tea. 🫖 Good luck 👩‍⚕️!"
    shown = WorkshopPage(page_at_laptop, tree.Workshop(tmp_path / "tea", text=text))
    shown.click_sentence("rains")
    shown.key("make-options").click()
    shown.key("save").click()
    shown.said("Saved.")
    assert shown.page.locator(".tree-workshop :is(b b, img)").count() == 0
    # Letters are counted as Python counts them, also behind an emoji.
    shown.click_sentence("Good luck")
    shown.key("make-context").click()
    shown.page.get_by_label("Why it decides nothing").fill("<i>an aside</i>")
    shown.key("save").click()
    expect(shown.page.locator(".tw-card").first).to_contain_text("<i>an aside</i>")
    source = (tmp_path / "tea/guide.yaml").read_text(encoding="utf-8")
    assert "Good luck 👩‍⚕️!" in source
    shown.workshop.close()


def test_a_form_that_waits_keeps_what_stands_in_it(liver: WorkshopPage) -> None:
    first = open_first(liver, "factors")
    liver.page.get_by_label("The question, as you would ask it").fill("Half a question")
    # Looking elsewhere, and changing something else, loses nothing of it.
    liver.key("tab-problems").click()
    open_first(liver, "options")
    liver.page.get_by_label("What it is called").fill("Another name")
    liver.key("save").click()
    liver.said("Saved.")
    expect(liver.page.get_by_label("The question, as you would ask it")).to_have_value(
        "Half a question"
    )
    liver.key("save").click()
    liver.said("Saved.")
    expect(liver.page.locator(".tw-form")).to_have_count(0)
    state = liver.workshop.screen.state
    labels = {each["id"]: each["label"] for each in state["entries"]}
    assert labels[first] == "Half a question"
    assert "Another name" in labels.values()
    # A form in which nothing was changed does not stay.
    open_first(liver, "factors")
    liver.key("tab-review").click()
    expect(liver.key("tab-write")).to_have_text("Write")


NEEDED = {
    "factors": "Write the question.",
    "options": "Say what it is called.",
    "statements": "Choose what the words say.",
    "context": "Say why it decides nothing.",
    "scopes": "Choose the condition.",
    "groups": "Choose which options they are.",
    "passages": "Say who wrote it.",
}


@pytest.mark.parametrize("section", NEEDED)
def test_a_form_that_is_not_filled_in_is_not_saved(begun: WorkshopPage, section: str) -> None:
    before = begun.workshop._manuscript.files
    begun.click_sentence("If it rains")
    begun.key(f"make-{section}").click()
    if section == "options":
        begun.page.get_by_label("What it is called").fill(" ")
    begun.key("save").click()
    expect(begun.page.locator(".tw-form .tw-trouble")).to_have_text(NEEDED[section])
    expect(begun.page.locator(".tw-form .tw-trouble")).to_be_in_viewport()
    assert begun.workshop._manuscript.files == before
    # An option that is made on the way has no words yet.
    if section == "statements":
        begun.key("effect").select_option(label="It is the first choice")
        begun.key("save").click()
        trouble = begun.page.locator(".tw-form .tw-trouble")
        expect(trouble).to_have_text("Choose the options that the words speak of.")
        begun.key("names0-more").select_option(label="a new option …")
        begun.key("save").click()
        expect(trouble).to_have_text("Select the words in the text first.")
    assert begun.workshop._manuscript.files == before


def test_a_condition_that_is_begun_is_not_lost(begun: WorkshopPage) -> None:
    begun.click_sentence("If it rains")
    begun.key("make-statements").click()
    begun.key("effect").select_option(label="It is offered: recommended, or possible")
    begun.key("names0-more").select_option(label="a new option …")
    begun.select("drink tea")
    begun.key("save").click()
    begun.key("unless-0-add").select_option(label="a new question …")
    begun.select("after eight")
    begun.page.get_by_label("The question, as you would ask it").fill("What hour is it?")
    begun.page.get_by_label("The answer is").select_option(label="a number")
    begun.key("save").click()
    trouble = begun.page.locator(".tw-form .tw-trouble")
    expect(trouble).to_have_text("Say what the number counts, such as days.")
    begun.page.get_by_label("What it counts, such as years").fill("o'clock")
    begun.key("save").click()
    # The answer is asked for at once, in sight.
    expect(begun.key("pick-from")).to_be_focused()
    expect(begun.key("pick-below")).to_be_in_viewport()
    begun.key("save").click()
    expect(trouble).to_have_text("Press Take in the condition first, or Cancel.")
    begun.key("pick-over").fill("20")
    begun.key("pick-over").press("Enter")
    expect(begun.key("unless-1-add").locator("option").first).to_have_text("and if …")
    # What is no longer missing is no longer said.
    expect(trouble).to_have_count(0)
    begun.key("save").click()
    begun.said("Saved.")
    guide = begun.workshop._manuscript.files.guide
    assert "unless: {what_hour_is_it: {over: 20}}" in guide


def test_a_new_answer_is_typed_at_once(begun: WorkshopPage) -> None:
    begun.click_sentence("If it rains")
    begun.key("make-factors").click()
    begun.page.get_by_label("The answer is").select_option(label="one of a list")
    begun.key("value-more").click()
    expect(begun.key("value-2")).to_be_focused()


def test_words_are_selected_beyond_the_edge_of_the_text(begun: WorkshopPage) -> None:
    page = begun.page
    box = page.locator(".tw-text").bounding_box()
    first = page.locator(".tw-text [data-at]").first.bounding_box()
    assert box
    assert first
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 120, first["y"] + first["height"] / 2, steps=5)
    page.mouse.up()
    # The words at the end of the line.
    selected = page.locator(".tw-left .tw-unseen")
    expect(selected).to_have_text(re.compile("^Selected: If it rains, drink tea"))
    expect(selected).not_to_contain_text("Good luck")


def test_what_comes_meanwhile_moves_no_word_under_the_mouse(liver: WorkshopPage) -> None:
    liver.select("Your physicians")
    text = liver.page.locator(".tw-text")
    below = liver.page.locator(".tw-sentence").last
    below.scroll_into_view_if_needed()
    box = below.bounding_box()
    assert box
    liver.page.mouse.move(box["x"] + 2, box["y"] + 5)
    liver.page.mouse.down()
    before = text.evaluate("box => box.scrollTop")
    assert before > 0
    liver.page.evaluate("followPython()")
    assert text.evaluate("box => box.scrollTop") == before
    liver.page.mouse.up()
    expect(liver.page.locator(".tw-left .tw-unseen")).to_contain_text("systemic chemotherapy")


def test_what_an_editor_says_of_the_whole_guide_is_shown(begun: WorkshopPage) -> None:
    title = begun.page.get_by_label("The question that the text answers")
    expect(title).to_have_value("pasted text")
    edit_outside(begun.workshop.folder, "title: pasted text", "title: Tea or a walk?")
    begun.follow()
    expect(title).to_have_value("Tea or a walk?")


def test_the_review_begins_beside_its_sentence(page_at_laptop: Page, tmp_path: Path) -> None:
    folder = drafted_library(tmp_path)
    shown = WorkshopPage(page_at_laptop, tree.Workshop(folder))
    shown.click_sentence("library")
    shown.key("tab-draft").click()
    body = shown.page.locator(".tw-body")
    body.evaluate("body => (body.scrollTop = body.scrollHeight)")
    shown.key("tab-review").click()
    assert body.evaluate("body => body.scrollTop") == 0
    proposed = next(each for each in shown.workshop.screen.state["entries"] if each["draft"])
    start, end = proposed["quotes"][0]
    words = " ".join(shown.workshop.screen.state["text"][start:end].split())
    expect(shown.page.locator(".tw-left .tw-unseen")).to_have_text(f"Selected: {words}")
    shown.workshop.close()


def test_a_question_is_asked_earlier(liver: WorkshopPage) -> None:
    order = liver.workshop.screen.state["order"]
    liver.key("tab-review").click()
    liver.page.locator(".tw-review .tw-more > summary").click()
    liver.key(f"earlier-{order[2]}").click()
    liver.said("Moved.")
    moved = [order[0], order[2], order[1], *order[3:]]
    assert [factor.id for factor in tree.load(liver.workshop.folder).factors] == moved
    expect(liver.key(f"earlier-{order[2]}")).to_be_focused()
    liver.key(f"earlier-{order[2]}").click()
    expect(liver.key(f"earlier-{order[2]}")).to_have_count(0)
    moved = [order[2], order[0], order[1], *order[3:]]
    assert liver.workshop.screen.state["order"] == moved


def test_a_form_goes_with_the_text_that_it_quotes(liver: WorkshopPage) -> None:
    liver.click_sentence("Chemotherapy")
    liver.key("make-context").click()
    liver.page.get_by_label("Why it decides nothing").fill("an aside")
    path = liver.workshop.folder / "text.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"A new line above all.\n\n{text}", encoding="utf-8")
    liver.follow()
    expect(liver.page.locator(".tw-form")).to_have_count(0)
    # With the old text the form is there again.
    path.write_text(text, encoding="utf-8")
    liver.follow()
    liver.page.reload()
    expect(liver.page.get_by_label("Why it decides nothing")).to_have_value("an aside")


def test_whom_it_speaks_of_is_said(begun: WorkshopPage) -> None:
    path = begun.workshop.folder / "guide.yaml"
    field = begun.page.get_by_label
    field("The question that the text answers").fill("Tea or a walk?")
    field(ABOUT_ONE).fill("guest")
    begun.key("guide-save").click()
    expect(begun.page.locator(".tw-notes")).to_contain_text("Give both")
    assert "Tea or a walk?" not in path.read_text(encoding="utf-8")
    field(ABOUT_MANY).fill("guests")
    begun.key("guide-save").click()
    begun.said("Saved.")
    source = path.read_text(encoding="utf-8")
    assert "title: Tea or a walk?" in source
    assert "subject: {one: guest, many: guests}" in source
    about = begun.page.locator(".tw-write > .tw-more")
    expect(about).not_to_have_attribute("open", "")
    about.locator("summary").click()
    expect(field(ABOUT_MANY)).to_have_value("guests")
    # Emptied, it is a patient again.
    field(ABOUT_ONE).fill("")
    field(ABOUT_MANY).fill("")
    begun.key("guide-save").click()
    begun.idle()
    assert "subject:" not in path.read_text(encoding="utf-8").replace("# ", "")


def test_a_conflict_of_many_statements_is_said_and_settled_once(
    page_at_laptop: Page, tmp_path: Path
) -> None:
    text = (ROOT / "tests/drafting/tool_library/text.txt").read_text(encoding="utf-8")
    answer = (ROOT / "tests/drafting/answers/tool_library.txt").read_text(encoding="utf-8")
    workshop = tree.Workshop(tmp_path / "tools", text=text)
    shown = WorkshopPage(page_at_laptop, workshop)
    shown.key("tab-draft").click()
    shown.page.get_by_label("The answer, as it is").fill(answer)
    shown.key("take").click()
    shown.idle()
    (conflict,) = (each for each in workshop.screen.state["problems"] if each["conflict"])
    # What was four errors of `check` stands on one card, and a line on the others.
    assert sum("conflict" in problem.message for problem in workshop.report.errors) == 4
    shown.key("tab-review").click()
    card = shown.page.locator(".tw-review > .tw-card")
    shown.page.locator(".tw-review .tw-more").evaluate("list => (list.open = true)")
    names = [f"statements/{id}" for id in conflict["conflict"]]
    said, lines = [], []
    for name in names:
        shown.key(f"all-{name}").click()
        expect(card).to_have_attribute("data-entry", name)
        said += [name] * card.get_by_text(conflict["message"]).count()
        lines += [name] * card.get_by_text("In a conflict; see Problems").count()
    first = next(e for e in workshop.screen.state["entries"] if f"statements/{e['id']}" in names)
    assert said == [f"statements/{first['id']}"]
    assert sorted([*said, *lines]) == sorted(names)
    shown.key(f"all-{said[0]}").click()
    card.get_by_role("button", name="The wardens may make an exception").click()
    shown.said("Saved.")
    # The button is gone, and the keys still go on from here.
    shown.page.keyboard.press("ArrowRight")
    expect(card).not_to_have_attribute("data-entry", said[0])
    shown.page.keyboard.press("ArrowLeft")
    assert not any(each["conflict"] for each in workshop.screen.state["problems"])
    # The card that was read is still there.
    expect(card).to_have_attribute("data-entry", said[0])
    shown.key("undo").click()
    shown.said("Undone.")
    assert [each for each in workshop.screen.state["problems"] if each["conflict"]] == [conflict]
    assert shown.errors == []
    workshop.close()


def test_what_is_pressed_twice_is_saved_once(begun: WorkshopPage) -> None:
    begun.select("go for a walk")
    begun.key("make-options").click()
    begun.page.get_by_label("What it is called").fill("a walk")
    # Python's answer to the first press is held back until the second one has come.
    begun.page.evaluate(
        """() => {
          const { toPython } = window;
          window.asked = [];
          const free = new Promise(resolve => (window.answerNow = resolve));
          window.toPython = async words => {
            window.asked.push(words);
            const answer = await toPython(words);
            await free;
            return answer;
          };
        }"""
    )
    begun.key("save").click()
    begun.page.wait_for_function("asked.length > 0")
    begun.key("save").click()
    begun.key("save").press("Control+Enter")
    begun.page.evaluate("answerNow()")
    begun.said("Saved.")
    assert begun.page.evaluate("asked.length") == 1
    assert list(begun.workshop._manuscript.files.ids("options")) == ["walk"]


def test_an_assistant_that_fails_says_why(page_at_laptop: Page, tmp_path: Path) -> None:
    def ask(prompt: str) -> str:
        raise RuntimeError("too many tokens.")

    shown = WorkshopPage(page_at_laptop, tree.Workshop(tmp_path / "tea", text=TEA, ask=ask))
    before = (tmp_path / "tea" / "guide.yaml").read_text(encoding="utf-8")
    shown.key("tab-draft").click()
    shown.key("ask").click()
    trouble = shown.page.locator(".tw-notes .tw-trouble")
    expect(trouble).to_contain_text("Asking failed: too many tokens. The prompt has about 2,")
    expect(shown.key("ask")).to_have_text("Ask it")
    assert (tmp_path / "tea" / "guide.yaml").read_text(encoding="utf-8") == before
    assert shown.errors == []
    shown.workshop.close()


def test_what_changed_since_it_was_read_is_not_confirmed(
    page_at_laptop: Page, tmp_path: Path
) -> None:
    folder = drafted_library(tmp_path)
    shown = WorkshopPage(page_at_laptop, tree.Workshop(folder))
    left = shown.workshop.screen.state["left"]
    state = shown.workshop.screen.state
    entry = next(e for e in state["entries"] if e["draft"] and e["section"] == "factors")
    shown.key("tab-review").click()
    shown.page.locator(".tw-review .tw-more").evaluate("list => (list.open = true)")
    shown.key(f"all-factors/{entry['id']}").click()
    # Nobody has looked at the file since.
    edit_outside(folder, f"question: {entry['fields']['question']}", "question: Is it so?")
    shown.key(f"confirm-factors/{entry['id']}").click()
    expect(shown.page.locator(".tw-notes .tw-trouble")).to_contain_text(
        "Changed in the file meanwhile, so nothing was done here: Is it so?"
    )
    assert shown.workshop.screen.state["left"] == left
    shown.key(f"confirm-factors/{entry['id']}").click()
    shown.said("Confirmed.")
    assert shown.errors == []
    shown.workshop.close()
