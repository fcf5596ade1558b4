"""Other guides in a real JupyterLab: hostile, of several values, of several trees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from explorer_state import LABEL, expected, seen
from hostile import HOSTILE, NAMES, write_hostile_guide
from jupyterlab_parts import Lab, Server, run_instead
from places import ROOT
from playwright.sync_api import Browser, expect
from practice_parts import write_notebook
from processes import until
from wintering_bees import FOLDER

import tree

# The explorer of each guide in a cell of its own, and what Python hears of one.
CELLS = (
    "import tree\ntree.Explorer(tree.load('../data/hostile'), {'a': 'yes'})",
    "guide = tree.load('../data/damaged_library_book')\n"
    "explorer = tree.Explorer(guide, {'damage': 'light or heavy'})\nexplorer",
    "print(explorer.answers)",
    "hives = tree.Explorer(tree.load('../data/wintering_bees'))\nhives",
    "others = tree.Explorer(hives.guide)\nothers",
)
# The cell in which tests run code of their own.
ANOTHER = 2


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: Server) -> Iterator[Lab]:
    """All of them in one notebook, opened and run once."""
    write_hostile_guide(lab.folder / "data" / "hostile")
    write_notebook(lab.folder / "notebooks" / "other_guides.ipynb", *CELLS)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    found = Lab(context.new_page(), lab, "notebooks/other_guides.ipynb")
    found.start_all()
    until(found.has_run, 120, "every cell has run")
    yield found
    context.close()


@pytest.fixture(autouse=True)
def nothing_went_wrong(notebook: Lab) -> Iterator[None]:
    yield
    assert notebook.errors == []
    assert notebook.outside == []


def shown(notebook: Lab, cell: str, questions: tuple[tree.Factor, ...]) -> Lab:
    """The notebook at the explorer of the cell with these words, which asks these questions."""
    notebook.within = f'.jp-CodeCell:has-text("{cell}")'
    # Every value of each, and unknown.
    notebook.choices = sum(len(each.values) + 1 for each in questions)
    notebook.show_explorer()
    return notebook


def test_markup_is_shown_as_text(notebook: Lab) -> None:
    """Every label, value, quote and name of a guide that tries to be markup."""
    script, image, _, other = NAMES
    opened = shown(notebook, "hostile", tree.load(notebook.server.folder / "data/hostile").factors)
    explorer = opened.explorer
    text = explorer.evaluate("root => root.textContent")
    for words in HOSTILE:
        assert " ".join(words.split()) in text
    buttons = [button.text_content() for button in explorer.locator("[role=radio]").all()]
    assert buttons == ["Yes", "No", "Unknown", script, image, other.capitalize(), "Unknown"]
    explorer.get_by_label("Example patient").select_option(label=script)
    assert opened.state()["toggles"] == ["No", image]
    assert opened.page.evaluate("window.hacked") is None
    assert explorer.locator("script, img, iframe, .MathJax").count() == 0


def test_one_of_several_values(notebook: Lab) -> None:
    guide = tree.load(ROOT / "data" / "damaged_library_book")
    opened, page = shown(notebook, "damaged", guide.factors), notebook.page
    damage = opened.explorer.locator(".dtree-question").first
    lit = damage.locator("button.mod-active")
    expect(lit).to_have_text(["Light", "Heavy"])
    expect(damage.get_by_role("checkbox", checked=True)).to_have_count(3)
    ids = ("nodes", "branches", "next", "sections")

    def walk_shown(walk: tree.Walk) -> None:
        shown, right = seen(opened.state()), expected(walk)
        assert {id: shown[id] for id in ids} == {id: right[id] for id in ids}

    walk_shown(guide.walk(damage=["light", "heavy"]))
    damage.get_by_role("checkbox", name="Wet", exact=True).click()
    damage.get_by_role("checkbox", name="Light", exact=True).click()
    expect(lit).to_have_text(["Heavy", "Wet"])
    walk_shown(guide.walk(damage=["heavy", "wet"]))
    cell = page.locator(".jp-CodeCell", has_text="print(explorer.answers)").last
    cell.locator(".jp-Editor").click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-OutputArea")).to_contain_text("{'damage': ('heavy', 'wet')}")
    opened.show_explorer()
    # What Python says afterwards is shown, too, one value or several.
    run_instead(cell, "explorer.answers = {'damage': ['none', 'light', 'wet']}")
    opened.show_explorer()
    expect(lit).to_have_text(["None", "Light", "Wet"])
    damage.get_by_label("not sure which").uncheck()
    expect(lit).to_have_text(["None"])
    expect(damage.get_by_role("radio", name="None", exact=True)).to_be_checked()
    walk_shown(guide.walk(damage="none"))


def show(opened: Lab, number: int) -> None:
    """Choose a tree in the list, which is folded where there is little room."""
    name = opened.explorer.locator(".dtree-trees li b").nth(number)
    if not name.is_visible():
        opened.explorer.locator(".dtree-trees summary").click()
    name.click()


def shown_first(notebook: Lab, cell: str, bees: tree.Guide) -> Lab:
    """The first tree of the bees: its questions, and those that no tree asks."""
    elsewhere = {f for each in bees.trees for f in each.factors} - {*bees.trees[0].factors}
    return shown(notebook, cell, tuple(f for f in bees.factors if f.id not in elsewhere))


def test_what_python_changes_of_a_toggle_is_shown(notebook: Lab) -> None:
    bees = tree.load(FOLDER)
    opened = shown_first(notebook, "others = ", bees)
    cell = opened.cell(ANOTHER)
    toggle = opened.explorer.get_by_role("radiogroup", name=bees.factor("weight").question)
    for is_off in (True, False):
        run_instead(cell, f"others.toggles['weight'].disabled = {is_off}")
        opened.show_explorer()
        expect(toggle.get_by_role("radio").first).to_be_enabled(enabled=not is_off)


def test_what_python_sets_at_once_is_one_step(notebook: Lab) -> None:
    """The list says what all of it changed in other trees, and not what the last part of it did."""
    bees = tree.load(FOLDER)
    opened = shown_first(notebook, "others = ", bees)
    several = {
        "weight": ["below 18 kg", "from 18 to 22 kg"],
        "mites": ["below one", "from one to below three"],
    }
    run_instead(opened.cell(ANOTHER), f"others.answers = {several}")
    opened.show_explorer()
    standings = [bees.walk(answers).standings for answers in ({}, several)]
    wanted = [
        each.name
        for each in bees.trees
        for before, now in [([at[o.id].possible for o in each.options] for at in standings)]
        if before != now
    ]
    assert len(wanted) > 1
    expect(opened.explorer.locator(".dtree-trees .dtree-changed b")).to_have_text(wanted)


def test_each_tree_with_shared_answers(notebook: Lab) -> None:
    bees = tree.load(FOLDER)
    opened = shown_first(notebook, "hives = ", bees)
    names = opened.explorer.locator(".dtree-trees li b")
    expect(names).to_have_text([each.name for each in bees.trees])
    answers = {"mites_counted": "yes", "brood": "open"}
    number = next(i for i, each in enumerate(bees.trees) if answers.keys() <= {*each.factors})
    show(opened, number)
    for id, value in answers.items():
        group = opened.explorer.get_by_role("radiogroup", name=bees.factor(id).question)
        group.get_by_role("radio", name=LABEL[value], exact=True).click()
    walk = bees.walk(answers)
    assert seen(opened.state()) == expected(walk, walk.trees[number])
    expect(opened.explorer.locator(".dtree-live")).to_contain_text(
        "Your last answer also changed: "
    )
    for at, on in enumerate(walk.trees):
        show(opened, at)
        until(
            lambda on=on: seen(opened.state()) == expected(walk, on),
            what=f"{on.tree.name} is shown",
        )
    # Another order of the questions may make other trees: the list follows.
    opened.explorer.get_by_text("Change the tree").click()
    first, second = bees.factors[:2]
    opened.explorer.get_by_label(f"Ask later: {first.question}").click()
    other = bees.reorder([second.id, first.id])
    expect(names).to_have_text([each.name for each in other.trees])
