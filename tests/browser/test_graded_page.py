"""The page of a guide with grades, short labels and a subject of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from graded_guides import wilting_plant
from places import DATA
from playwright.sync_api import BrowserContext, Page, expect
from subject_words import medical_words

import tree

# All that is seen or read aloud, also what is folded away; not the guide as data, and no script.
ALL_WORDS = """() => [...document.querySelectorAll("body *:not(script, style)")]
  .flatMap(each => [
    ...[...each.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.textContent),
    ...["aria-label", "title", "alt", "placeholder"].map(name => each.getAttribute(name) ?? "")
  ])
  .join("\\n")"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach(each => (each.open = true))"


@pytest.fixture
def plant(context: BrowserContext, tmp_path: Path) -> Page:
    path = tmp_path / "plant.html"
    wilting_plant().to_html(path, {"soil": "wet", "yellow": "yes", "burnt": "no", "roots": "yes"})
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def test_how_firmly_stands_beside_every_standing(plant: Page) -> None:
    option = plant.locator(".dtree-option > summary")
    expect(option.filter(has_text="Watering")).to_have_text("Watering · “we suggest against” · 2B")
    expect(option.filter(has_text="Shade")).to_have_text("Shade · “In general” · 2C")
    expect(option.filter(has_text="Repotting")).to_have_text("Repotting · “usually”")
    live = plant.locator(".dtree-live").first
    expect(live).to_contain_text("Not for this plant · “we suggest against” · 2B: Watering.")
    plant.get_by_role("radiogroup").nth(0).get_by_label("Dry").click()
    expect(option.filter(has_text="Watering")).to_have_text("Watering · “we recommend” · 1A")
    plant.get_by_role("radiogroup").nth(2).get_by_label("Unknown").click()
    # Shade is offered with 1A or with 2C.
    expect(option.filter(has_text="Shade")).to_have_text("Shade")


def test_outline_drawing_table_and_paper_say_it_too(plant: Page) -> None:
    plant.evaluate(OPEN_ALL)
    against = "Not for this plant · “we suggest against” · 2B: Watering"
    expect(plant.locator(".dtree-outline").first).to_contain_text(against)
    leaf = plant.locator(".dtree-drawing .leaf[aria-label*='“we suggest against” · 2B: Watering']")
    expect(leaf.first).to_be_visible()
    expect(plant.locator("table")).to_contain_text("Not for this plant · “we suggest against” · 2B")
    plant.emulate_media(media="print")
    expect(plant.locator(".dtree-print")).to_contain_text("The plant")
    expect(plant.locator(".dtree-print")).to_contain_text(
        "Watering: Not for this plant · “we suggest"
    )


def test_short_labels_stand_where_there_is_little_room(plant: Page) -> None:
    question = "How does the soil feel, two fingers deep?"
    asked = plant.locator(".dtree-asked").first
    expect(asked).to_have_text("Soil?")
    expect(asked).to_have_attribute("title", question)
    row = plant.locator(".dtree-option", has=plant.locator("summary", has_text="Shade"))
    expect(row.locator("summary").first).to_have_attribute("title", "A place in the shade")
    row.locator("summary").first.click()
    expect(row).to_have_attribute("open", "")
    expect(row.locator("p").first).to_have_text("A place in the shade")
    # Screen readers and who opens the words have the whole.
    expect(plant.get_by_role("radiogroup", name=question)).to_be_visible()
    plant.evaluate(OPEN_ALL)
    expect(plant.locator(".dtree-question").first).to_contain_text(question)
    expect(plant.locator(".dtree-question").nth(1)).to_contain_text("Are leaves yellow?")
    drawn = plant.locator(".dtree-drawing .question").first
    expect(drawn.locator("text").first).to_have_text("Soil?")
    expect(drawn).to_have_attribute("aria-label", question)
    head = plant.locator("th", has_text="Soil?")
    expect(head).to_have_attribute("title", question)
    # What is the same for everyone stands below the tree, once.
    expect(plant.locator(".dtree-everyone")).to_contain_text("A place in the shade")
    expect(plant.locator(".dtree-drawing")).not_to_contain_text("Shade")
    expect(plant.locator("th", has_text="Shade")).to_have_count(0)


@pytest.mark.parametrize("subject", ["book", "plant"])
def test_no_screen_speaks_of_patients(
    context: BrowserContext, tmp_path: Path, subject: str
) -> None:
    guide = wilting_plant() if subject == "plant" else tree.load(DATA / "damaged_library_book")
    path = tmp_path / "page.html"
    guide.to_html(path, practice=True)
    page = context.new_page()
    for place in ("", "#practise"):
        page.goto(path.as_uri() + place)
        page.evaluate("() => document.readyState")
        if place:
            page.get_by_role("button", name="Hint").click()
        else:
            expect(page.locator(".dtree-live").first).to_contain_text("Outcomes still possible")
        page.evaluate(OPEN_ALL)
        words = page.evaluate(ALL_WORDS)
        assert f"Example {subject}" in words
        assert "A teaching aid, built from one text." in words
        assert f"Not for this {subject}" in words
        assert medical_words(words) == []
