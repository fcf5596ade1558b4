"""A page of several trees: the list, the address, search, the table, paper; and many trees."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessible import check_with_axe
from explorer_state import READ_STATE, SETTLED, expected, seen
from independent_guides import independent
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from seeded_guides import random_patients
from wintering_bees import FOLDER

import tree
from tree.logic.build import count_paths

MOST_BYTES = 300_000  # of a page of 300 recommendations
WEIGHT = "Below 18 kg"


@pytest.fixture(scope="module")
def bees() -> tree.Guide:
    return tree.load(FOLDER)


@pytest.fixture(scope="module")
def file(bees: tree.Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("several") / "bees.html"
    bees.to_html(path)
    return path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "many.html"
    tree.load(independent(path.parent / "guide", 300)).to_html(path)
    return path


@pytest.fixture
def page(context: BrowserContext, file: Path) -> Iterator[Page]:
    found, errors = context.new_page(), []
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.goto(file.as_uri())
    yield found
    assert errors == []


def entry(page: Page, name: str) -> object:
    return page.locator(".dtree-trees li button", has=page.locator("b", has_text=name)).first


def in_view(page: Page) -> Locator:
    """The name of the tree in view; the list says it a frame after the tree is there."""
    return page.locator(".dtree-trees [aria-current=true] b")


def choose(page: Page, question: str, label: str) -> None:
    row = page.get_by_role("radiogroup", name=question)
    row.get_by_label(label, exact=True).check()


def test_each_tree_is_in_the_list_and_shown_alone(page: Page, bees: tree.Guide) -> None:
    answers = {"weight": "below 18 kg", "brood": "open", "mites_counted": "yes"}
    page.evaluate(
        "hash => { location.hash = hash; }", "&".join(f"{k}={v}" for k, v in answers.items())
    )
    walk = bees.walk(answers)
    names = page.locator(".dtree-trees li b")
    expect(names).to_have_text([each.name for each in bees.trees])
    for number, on in enumerate(walk.trees):
        names.nth(number).click()
        assert seen(page.locator(".dtree").evaluate(READ_STATE)) == expected(walk, on)
        # Its questions alone, and those that no tree asks.
        elsewhere = {f for each in bees.trees for f in each.factors} - {*on.tree.factors}
        asked = [factor.label for factor in bees.factors if factor.id not in elsewhere]
        expect(page.locator(".dtree-question .dtree-asked")).to_have_text(asked)


def test_an_answer_says_what_else_it_changes(page: Page) -> None:
    entry(page, "Treatment against mites").click()
    choose(page, "Have mites been counted in the colony?", "No")
    said = page.locator(".dtree-live")
    expect(said).to_contain_text("Your last answer also changed: ")
    # The list comes after the verdict.
    page.evaluate(SETTLED)
    marked = page.locator(".dtree-trees .dtree-changed b").all_inner_texts()
    others = [name for name in marked if name != in_view(page).inner_text()]
    # Of many the list says which.
    assert len(others) > 2
    expect(said).to_contain_text(f"Your last answer also changed: {len(others)} other trees.")
    # It is still marked when another tree is looked at, until the next answer.
    entry(page, others[0]).click()
    expect(page.locator(".dtree-trees .dtree-changed")).to_have_count(len(marked))
    page.get_by_role("button", name="Reset").click()
    expect(said).not_to_contain_text("from another")


def test_several_answers_in_one_step_say_what_all_of_them_changed(
    page: Page, tmp_path: Path
) -> None:
    """An example is one step, and so is what the history of the browser brings back."""
    folder = shutil.copytree(FOLDER, tmp_path / "bees")
    with (folder / "guide.yaml").open("a", encoding="utf-8") as file:
        file.write("\nexamples:\n  Late: {mites_counted: 'no', weight: below 18 kg}\n")
    guide = tree.load(folder)

    def possible(**answers: str) -> dict[str, list[object]]:
        standings = guide.walk(answers).standings
        return {
            each.name: [standings[option.id].possible for option in each.options]
            for each in guide.trees
        }

    now = possible(**dict(guide.examples[0][1]))
    wanted = [name for name, was in possible().items() if was != now[name]]
    of_last = [name for name, was in possible(mites_counted="no").items() if was != now[name]]
    assert wanted != of_last
    path = tmp_path / "bees.html"
    guide.to_html(path)
    page.goto(path.as_uri())
    page.get_by_label("Example ").select_option(index=1)
    changed = page.locator(".dtree-trees .dtree-changed b")
    expect(changed).to_have_text(wanted)
    page.go_back()
    expect(changed).to_have_count(0)
    page.go_forward()
    expect(changed).to_have_text(wanted)


def test_a_chosen_tree_comes_into_view(page: Page) -> None:
    """However far down in the tree before somebody has read on."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate("scrollTo(0, 400)")
    entry(page, "Oxalic acid").click()
    first = page.locator(".dtree-question").first
    expect(first).to_be_in_viewport(ratio=1)
    verdict = page.locator(".dtree-live").bounding_box()
    assert verdict
    box = first.bounding_box()
    assert box
    assert box["y"] >= verdict["y"] + verdict["height"]


def test_what_settles_most_is_said_beside_the_next_question(page: Page, bees: tree.Guide) -> None:
    walk = bees.walk()
    most = bees.factor(walk.settles_most)
    assert walk.settles_most != walk.trees[0].next
    expect(page.locator(".dtree-settles")).to_have_text(f"Tells you most: {most.label}")
    page.locator(".dtree-settles").click()
    shown = page.locator(".dtree-question:visible .dtree-asked", has_text=most.label)
    expect(shown).to_be_visible()
    # In a tree that asks it, it is said at the question.
    patients = random_patients(bees, random.Random(1), 200)
    answers, walk, number = next(
        (answers, walk, number)
        for answers in patients
        for walk in [bees.walk(answers)]
        for number, on in enumerate(walk.trees)
        if walk.settles_most in on.open_factors and on.next != walk.settles_most
    )
    hash = "&".join(f"{factor}={value}" for factor, value in answers.items())
    page.evaluate("hash => { location.hash = hash; }", hash)
    page.locator(".dtree-trees li button").nth(number).click()
    question = bees.factor(walk.settles_most).question
    row = page.locator(".dtree-question", has=page.get_by_role("radiogroup", name=question))
    expect(row).to_contain_text("tells you most")
    next_one = page.locator(".dtree-is-next .dtree-asked")
    expect(next_one).to_have_text(bees.factor(walk.trees[number].next).label)


def test_the_address_keeps_the_tree(page: Page) -> None:
    entry(page, "Oxalic acid").click()
    assert page.url.endswith("#.tree=oxalic_acid")
    entry(page, "Thymol").click()
    page.go_back()
    expect(in_view(page)).to_have_text("Oxalic acid")
    page.go_back()
    expect(in_view(page)).to_have_text("Feeding")
    page.go_forward()
    page.reload()
    expect(in_view(page)).to_have_text("Oxalic acid")
    # Any option of a tree names it; a wrong name is left out and said.
    page.evaluate("() => { location.hash = '.tree=queen_removed&weight=20'; }")
    expect(in_view(page)).to_contain_text("Joining the weak colony")
    page.evaluate("() => { location.hash = '.tree=nothing'; }")
    expect(page.locator(".dtree-notice")).to_contain_text("unknown value “nothing” of .tree")
    expect(in_view(page)).to_have_text("Feeding")


def test_search_over_all(page: Page) -> None:
    found = page.locator(".dtree-trees li:visible b")
    field = page.get_by_role("searchbox", name="Search all trees")
    # By its name, by an option and by a question.
    for words, names in (
        ("OXALIC", ["Oxalic acid"]),
        (
            "removing the older",
            ["Joining the weak colony to a strong one, Removing the older queen"],
        ),
        ("how much does the colony weigh", ["Feeding"]),
    ):
        field.fill(words)
        expect(found).to_have_text(names)
        expect(page.locator(".dtree-finder [role=status]")).to_have_text("1 tree")
    field.fill("no such words")
    expect(found).to_have_count(0)


def test_one_tab_stop_and_arrow_keys(page: Page, bees: tree.Guide) -> None:
    stops = page.locator(".dtree-trees li button[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(in_view(page)).to_have_text(bees.trees[1].name)
    expect(stops).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(in_view(page)).to_have_text(bees.trees[-1].name)


def test_the_decision_table_is_that_of_the_tree_in_view(page: Page, bees: tree.Guide) -> None:
    page.locator("summary", has_text="Decision table").click()
    rows = page.locator(".dtree-table tr")
    for number, shape in enumerate(bees.trees):
        page.locator(".dtree-trees li button").nth(number).click()
        expect(rows).to_have_count(1 + count_paths(shape))
        heads = page.locator(".dtree-table th").all_inner_texts()
        assert heads[-len(shape.options) :] == [option.label for option in shape.options]


def test_on_a_phone_the_list_is_folded(browser: Browser, file: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(file.as_uri())
    summary = page.locator(".dtree-trees summary")
    expect(summary).to_have_text("Tree 1 of 13: Feeding · 0 settled")
    expect(entry(page, "Thymol")).to_be_hidden()
    summary.click()
    entry(page, "Thymol").click()
    expect(summary).to_contain_text("Tree 6 of 13: Thymol")
    expect(entry(page, "Thymol")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_axe_finds_nothing(browser: Browser, file: Path) -> None:
    for scheme, width in (("light", 320), ("dark", 390), ("dark", 1280), ("light", 1920)):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        page.goto(file.as_uri() + "#weight=20")
        page.locator(".dtree-trees details").evaluate("part => { part.open = true; }")
        page.locator("summary", has_text="Decision table").click()
        check_with_axe(page)
        context.close()


def test_without_javascript_few_trees_are_all_there(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    bees = tree.load(FOLDER)
    assert page.locator("pre").all_text_contents() == [str(each) for each in bees.trees]
    assert page.locator("svg").count() == len(bees.trees)
    context.close()


def test_many_trees(browser: Browser, many: Path) -> None:
    """A small page, in which each tree is drawn when it is looked at."""
    size = many.stat().st_size
    print(f"page of 300 recommendations: {size:,} bytes")
    assert size <= MOST_BYTES
    context = browser.new_context()
    page = context.new_page()
    page.goto(many.as_uri() + "#.tree=d217")
    expect(page.locator(".dtree-drawing svg g.node")).to_have_count(3)
    expect(page.locator(".dtree-drawing")).to_contain_text("Is finding 217 there?")
    page.get_by_role("searchbox").fill("finding 99 ")
    page.locator(".dtree-trees li:visible button").click()
    choose(page, "Is finding 99 there?", "Yes")
    expect(page.locator(".dtree-drawing .leaf.dtree-taken")).to_contain_text("drug 99")
    assert re.search("#f99=yes&.tree=d99$", page.url)
    context.close()
    without = browser.new_context(java_script_enabled=False)
    page = without.new_page()
    page.goto(many.as_uri())
    expect(page.get_by_text("To see the other 299 trees, allow JavaScript.")).to_be_visible()
    assert page.locator("svg").count() == 1
    without.close()
