"""What somebody does who has not read how the workshop works does what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import nbformat
import pytest
from places import DATA, ROOT
from playwright.sync_api import Page, expect
from workshop_page import WorkshopPage, drafted

import tree

CONCERT = (
    "Where does the band play?\n\nIf it\nstays dry, the concert takes place in the park. "
    "In a thunderstorm the school hall is usually nicer. Bring a cushion."
)


@pytest.fixture
def begun(page: Page, tmp_path: Path) -> Iterator[WorkshopPage]:
    page.set_viewport_size({"width": 900, "height": 700})
    shown = WorkshopPage(page, tree.Workshop(tmp_path / "concert", text=CONCERT))
    yield shown
    assert shown.errors == []
    shown.workshop.close()


def weather(begun: WorkshopPage) -> None:
    """Make the question on the weather, for a statement whose form is open."""
    begun.key("condition-0-add").select_option(label="a new question …")
    begun.select("stays dry")
    begun.page.get_by_label("The question, as you would ask it").fill("How is the weather?")
    begun.key("kind").select_option(label="one of a list")
    begun.key("value-0").fill("dry")
    # The row below is empty, so it comes next, and not one more.
    begun.key("value-0").press("Enter")
    expect(begun.key("value-1")).to_be_focused()
    begun.page.keyboard.type("rain")
    begun.page.keyboard.press("Enter")
    expect(begun.key("value-2")).to_be_focused()
    begun.page.keyboard.type("thunderstorm")
    begun.key("save").click()
    expect(begun.key("pick-dry")).to_be_visible()


def in_the_park(begun: WorkshopPage) -> None:
    begun.click_sentence("stays dry")
    begun.key("make-statements").click()
    expect(begun.key("effect")).to_be_focused()
    begun.key("effect").select_option(label="It is offered: recommended, or possible")
    begun.key("names0-more").select_option(label="a new option …")
    begun.select("the concert takes place in the park")
    begun.key("save").click()


def test_what_is_picked_is_taken_when_the_form_is_saved(begun: WorkshopPage) -> None:
    in_the_park(begun)
    # These words are within those of the statement already.
    expect(begun.key("quote-more")).to_have_text("Other words")
    weather(begun)
    begun.key("pick-dry").click()
    begun.key("save").click()
    begun.said("Saved.")
    card = begun.page.locator(".tw-card").first
    expect(card).to_contain_text("Offered: the concert takes place in the park")
    expect(card).to_contain_text("for: How is the weather? dry")


def test_a_form_is_saved_by_keys_where_its_control_is_gone(begun: WorkshopPage) -> None:
    in_the_park(begun)
    weather(begun)
    begun.key("pick-dry").click()
    begun.key("take-it").click()
    expect(begun.key("condition-1-add")).to_be_focused()
    begun.page.keyboard.press("Control+Enter")
    begun.said("Saved.")
    expect(begun.page.locator(".tw-form")).to_have_count(0)


def test_what_was_folded_stays_folded(begun: WorkshopPage) -> None:
    about = begun.page.locator(".tw-write > .tw-more")
    expect(about).to_have_attribute("open", "")
    begun.page.get_by_label("Whom or what it is about, one of them").fill("concert")
    begun.page.get_by_label("Several of them").fill("concerts")
    begun.key("guide-save").click()
    begun.said("Saved.")
    begun.click_sentence("Bring a cushion.")
    expect(about).not_to_have_attribute("open", "")
    about.locator("summary").click()
    begun.click_sentence("stays dry")
    expect(about).to_have_attribute("open", "")


def test_the_first_field_waits_for_what_is_typed(begun: WorkshopPage) -> None:
    begun.click_sentence("Where does the band play?")
    for kind, name in (
        ("context", "Why it decides nothing"),
        ("factors", "The question, as you would ask it"),
        ("options", "What it is called"),
    ):
        begun.key(f"make-{kind}").click()
        expect(begun.page.get_by_label(name)).to_be_focused()
        begun.key("cancel").click()


def test_a_hedge_is_not_lost(begun: WorkshopPage) -> None:
    begun.click_sentence("In a thunderstorm")
    begun.key("make-statements").click()
    begun.key("effect").select_option(label="It is the first choice")
    begun.key("names0-more").select_option(label="a new option …")
    begun.select("the school hall")
    begun.key("save").click()
    begun.key("save").click()
    begun.said("Saved.")
    assert "strength: usually" in begun.workshop._manuscript.files.guide


def test_a_line_that_ends_within_a_sentence_is_wrapped_anew(begun: WorkshopPage) -> None:
    begun.page.set_viewport_size({"width": 1600, "height": 700})
    sentence = begun.page.locator(".tw-sentence", has_text="stays dry")
    assert sentence.evaluate("part => part.getClientRects().length") == 1


def test_the_next_lines_come_without_moving_the_notebook(page: Page, tmp_path: Path) -> None:
    folder = drafted(Path(copytree(DATA / "damaged_library_book", tmp_path / "library")))
    page.set_viewport_size({"width": 900, "height": 640})
    shown = WorkshopPage(page, tree.Workshop(folder))
    page.add_style_tag(content="body { padding-bottom: 2000px }")
    body = page.locator(".tw-body")
    # What is proposed of one sentence does not fit in the panel.
    while not body.evaluate("part => part.scrollHeight > part.clientHeight"):
        shown.key("later").click()
    shown.key("confirm-all").dispatch_event("click")
    shown.said("There is more")
    assert body.evaluate("part => part.scrollTop") > 0
    assert page.evaluate("scrollY") == 0
    shown.workshop.close()


def test_who_is_done_saves_a_page_with_practice(page: Page, tmp_path: Path) -> None:
    folder = Path(copytree(DATA / "damaged_library_book", tmp_path / "library"))
    source = (folder / "guide.yaml").read_text(encoding="utf-8")
    name = source.split("\noptions:\n")[1].split(":")[0].strip()
    waiting = source.replace(f"\n  {name}:\n", f"\n  {name}:\n    draft: true\n", 1)
    (folder / "guide.yaml").write_text(waiting, encoding="utf-8")
    shown = WorkshopPage(page, tree.Workshop(folder))
    expect(shown.key("page")).to_have_count(0)
    assert shown.workshop.explorer is not None
    assert "A draft: 1" in shown.workshop.explorer.payload["disclaimer"]
    page.locator(".tw-body [data-key^=confirm-]").first.click()
    shown.said("Confirmed.")
    # By the same keys as before, though nothing waits.
    page.keyboard.press("u")
    shown.said("Undone.")
    assert "A draft: 1" in shown.workshop.explorer.payload["disclaimer"]
    page.keyboard.press("c")
    shown.said("Confirmed.")
    # Nothing that is saved or shown calls it a draft any more.
    assert "draft" not in shown.workshop.explorer.payload["disclaimer"]
    assert "A draft" not in shown.workshop.explorer.shown.to_html()
    with page.expect_download() as download:
        shown.key("page").click()
    saved = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == "library.html"
    assert "Practise" in saved
    assert "A draft" not in saved
    assert shown.errors == []
    shown.workshop.close()


def test_who_changes_a_proposal_goes_on_with_the_review(page: Page, tmp_path: Path) -> None:
    folder = drafted(Path(copytree(DATA / "damaged_library_book", tmp_path / "library")))
    page.set_viewport_size({"width": 900, "height": 700})
    shown = WorkshopPage(page, tree.Workshop(folder))
    card = page.locator(".tw-review > .tw-card")
    shown.key("tab-review").click()
    # What is read first may have no words of its own to change.
    while not (card.get_attribute("data-entry") or "").startswith("factors/"):
        shown.key("later").click()
    name = str(card.get_attribute("data-entry"))
    question = page.get_by_label("The question, as you would ask it")
    page.keyboard.press("e")
    expect(question).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_attribute("data-entry", name)
    page.keyboard.press("e")
    question.fill("Is it so?")
    page.keyboard.press("Control+Enter")
    shown.said("Saved.")
    expect(card).to_have_attribute("data-entry", name)
    expect(card).to_contain_text("Is it so?")
    page.keyboard.press("c")
    shown.said("Confirmed.")
    expect(card).not_to_have_attribute("data-entry", name)
    # The same holds where cases are written.
    shown.key("tab-cases").click()
    shown.key("new-case").click()
    shown.key("cancel").click()
    expect(shown.key("tab-cases")).to_have_attribute("aria-selected", "true")
    assert shown.errors == []
    shown.workshop.close()


def test_the_notebook_names_what_is_on_the_screen(page: Page, tmp_path: Path) -> None:
    """The first steps of `write_your_own`, done with its words."""
    cells = nbformat.read(ROOT / "notebooks" / "write_your_own.ipynb", as_version=4).cells
    steps = next(cell.source for cell in cells if "In the workshop" in cell.source)
    words: dict[str, str] = {}
    exec(cells[1].source, words)
    page.set_viewport_size({"width": 900, "height": 700})
    shown = WorkshopPage(page, tree.Workshop(tmp_path / "plant", text=words["text"]))

    def named(label: str) -> str:
        assert label in re.findall(r"\*+([^*]+?)\.?\*+", steps)
        return label

    def press(label: str) -> None:
        page.get_by_role("button", name=named(label), exact=True).click()

    shown.click_sentence("If the soil is dry or the leaves hang")
    press("It says something")
    page.get_by_label(named("What they say")).select_option(label=named("It is the first choice"))
    page.get_by_label(named("Of which options")).select_option(label=named("a new option …"))
    shown.select(named("water"))
    press("Save")
    shown.key("condition-0-add").select_option(label=named("a new question …"))
    shown.select(named("it is wet, moist or dry"))
    page.get_by_label("The question, as you would ask it").fill(named("How does the soil feel?"))
    page.get_by_label("The answer is").select_option(label=named("one of a list"))
    shown.key("value-0").click()
    page.keyboard.type("wet\nmoist\ndry")
    press("Save")
    shown.key(f"pick-{named('dry')}").check()
    press("Take")
    shown.key("condition-0-add").select_option(label=named("a new question …"))
    shown.select(named("the leaves hang"))
    page.get_by_label("The question, as you would ask it").fill(named("Do the leaves hang?"))
    press("Save")
    press("Yes")
    press("Save")
    press("Go to the next one")
    guide = shown.workshop._manuscript.files.guide
    assert "any: {how_does_the_soil_feel: dry, do_the_leaves_hang: yes}" in guide
    assert shown.errors == []
    shown.workshop.close()


GARDEN = """Was braucht der Garten heute?

Wenn es seit drei Tagen nicht geregnet hat, gießen wir abends die Beete und den
Rasen.1 Sonst gießen wir nur, was im Topf steht, weil Töpfe schneller trocken wer-
den als Beete. Bei Sturm wird nicht ge\u00adgossen.
"""


def test_what_was_cleaned_is_listed_until_something_is_made(page: Page, tmp_path: Path) -> None:
    shown = WorkshopPage(page, tree.Workshop(tmp_path / "garden"))
    page.locator("textarea").fill(GARDEN)
    shown.key("begin").click()
    expect(page.locator(".tw-notes li")).to_have_text(
        [
            "Zeilenenden innerhalb eines Absatzes, jetzt Leerzeichen: 1 (den Rasen.1)",
            "Weiche Trennstriche, entfernt: 1 (ge·gossen.)",
            "Am Zeilenende getrennte Wörter, verbunden: 1 (wer- den)",
            "Nummern von Anmerkungen, entfernt: 1 (Rasen.1)",
        ]
    )
    expect(page.locator(".tw-sentence")).to_have_count(4)
    shown.click_sentence("Bei Sturm")
    expect(page.locator(".tw-notes li")).to_have_count(4)
    shown.key("make-context").click()
    shown.key("reason").fill("Beiseite")
    shown.key("save").click()
    shown.said("Gespeichert.")
    expect(page.locator(".tw-notes li")).to_have_count(0)
    assert shown.errors == []
    shown.workshop.close()


def test_after_one_sentence_comes_the_next_with_keys(begun: WorkshopPage) -> None:
    press = begun.page.keyboard.press
    begun.key("text").focus()
    press("ArrowDown")
    press("Enter")
    begun.key("make-context").press("Enter")
    begun.page.keyboard.type("heading")
    press("Control+Enter")
    begun.said("Saved.")
    expect(begun.key("next")).to_be_focused()
    press("Enter")
    expect(begun.key("make-factors")).to_be_focused()
    expect(begun.page.locator(".tw-left .tw-unseen")).to_contain_text("Selected: If it stays")
    # Arrows go along the tabs, so that one of them is a stop.
    begun.key("text").focus()
    press("Tab")
    expect(begun.key("tab-write")).to_be_focused()
    press("Tab")
    expect(begun.page.locator(".tw-body")).to_be_focused()


def test_what_was_undone_is_named(begun: WorkshopPage) -> None:
    begun.click_sentence("Bring a cushion.")
    begun.key("make-options").click()
    begun.key("name").fill("a cushion")
    begun.key("save").click()
    begun.said("Saved.")
    begun.page.locator("[data-key^=remove-]").click()
    begun.said("Removed.")
    for key, words in (
        ("undo", "Undone. (removed: a cushion)"),
        ("undo", "Undone. (added: a cushion)"),
        ("redo", "Done again. (added: a cushion)"),
        ("redo", "Done again. (removed: a cushion)"),
    ):
        # Its words are shown, whatever was looked at, and whether or not it is still there.
        begun.click_sentence("Where does the band play?")
        begun.key(key).click()
        expect(begun.page.locator(".tw-said")).to_have_text(words)
        selected = begun.page.locator(".tw-left .tw-unseen")
        expect(selected).to_have_text("Selected: Bring a cushion.")


def test_words_that_say_how_firmly_are_in_sight(begun: WorkshopPage) -> None:
    begun.click_sentence("In a thunderstorm")
    begun.key("make-statements").click()
    expect(begun.key("strength")).to_have_value("usually")
    expect(begun.key("strength")).to_be_visible()
    begun.key("cancel").click()
    begun.click_sentence("Bring a cushion.")
    begun.key("make-statements").click()
    expect(begun.key("strength")).to_be_hidden()


def test_a_label_stands_beside_its_box(begun: WorkshopPage) -> None:
    begun.page.set_viewport_size({"width": 700, "height": 700})
    label = begun.page.locator("label.tw-check", has_text="It is about health")
    lines = label.evaluate(
        "label => [...label.childNodes].map(node => { const all = document.createRange();"
        "all.selectNode(node); return all.getBoundingClientRect().toJSON(); })"
    )
    box, words = lines[0], lines[-1]
    assert words["height"] > 1.5 * box["height"]
    assert words["left"] >= box["right"]


def test_a_form_waits_for_words_that_are_selected_with_keys(begun: WorkshopPage) -> None:
    press = begun.page.keyboard.press
    begun.click_sentence("In a thunderstorm")
    begun.key("make-statements").click()
    begun.key("effect").select_option(label="It is the first choice")
    begun.key("names0-more").select_option(label="a new option …")
    begun.key("text").focus()
    # Into the sentence that is selected, and on to "school hall".
    for _ in range(5):
        press("ArrowRight")
    press("Shift+ArrowRight")
    expect(begun.page.locator(".tw-left .tw-unseen")).to_have_text("Selected: school hall")
    expect(begun.page.locator(".tw-form .tw-chip")).to_have_count(0)
    press("Enter")
    expect(begun.key("name")).to_be_focused()
    expect(begun.key("name")).to_have_value("school hall")
    expect(begun.page.locator(".tw-form .tw-chip")).to_have_text(["school hall"])
    # Back in the form that waits, at the field that it was made for.
    press("Control+Enter")
    expect(begun.key("names0-more")).to_be_focused()


def test_in_another_language_a_number_says_how_its_ranges_are_named(
    page: Page, tmp_path: Path
) -> None:
    shown = WorkshopPage(page, tree.Workshop(tmp_path / "garden", text=GARDEN))
    shown.click_sentence("Bei Sturm")
    shown.key("make-factors").click()
    hint = page.get_by_text("Ihre Bereiche heißen auf Englisch")
    expect(hint).to_have_count(0)
    shown.key("kind").select_option("number")
    expect(hint).to_be_visible()
    shown.workshop.close()
