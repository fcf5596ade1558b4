"""The text beside the tree, the reasons, what would change them, and other trees of the text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import pytest
from accessible import check_with_axe
from explorer_state import LABEL, expected, seen
from jupyterlab_parts import Lab
from playwright.sync_api import expect
from processes import until

import tree
from tree.logic import beside
from tree.logic.build import unfold
from tree.logic.firmness import Firmness
from tree.logic.tree_walk import TreeWalk
from tree.model.standing import PATIENT, Standing
from tree.model.text import Quote

PATIENTS: list[dict[str, str]] = [
    {},
    {"other_organ_involvement": "yes"},
    {"extensive_liver_involvement": "yes", "chemotherapy_responsive_tumor": "no"},
    {
        "other_organ_involvement": "no",
        "extensive_liver_involvement": "no",
        "other_factors_against_resection": "no",
        "complete_removal_feasible": "yes",
        "chemotherapy_responsive_tumor": "yes",
    },
]

# Every part of the text panel in order: its words and its marks.
READ_TEXT = """root => [...root.querySelectorAll(".dtree-words > *")].map(part => ({
  words: part.textContent,
  clause: part.matches("mark"),
  lit: part.classList.contains("dtree-lit"),
  deciding: part.classList.contains("dtree-deciding"),
}))"""

READ_LIT = """root => ({
  factors: [...root.querySelectorAll(".dtree-question.dtree-lit .dtree-asked")]
    .map(part => part.textContent),
  branches: [...root.querySelectorAll(".edge.dtree-lit title")].map(part => part.textContent),
  options: [...root.querySelectorAll(".dtree-option.dtree-lit > summary")]
    .map(part => part.firstChild.textContent),
  remarks: [...root.querySelectorAll("li.dtree-lit")].map(part => part.firstChild.textContent),
})"""


@pytest.fixture(autouse=True)
def afresh(opened: Lab) -> None:
    opened.page.get_by_role("button", name="Reset").first.click()
    # What comes later than the highlight would put out what a test lights.
    opened.settled()


def answer(opened: Lab, guide: tree.Guide, answers: dict[str, str]) -> None:
    for i, factor in enumerate(guide.factors):
        if factor.id in answers:
            opened.toggle(i, LABEL[answers[factor.id]]).click()
    opened.settled()


def offsets(parts: list[dict[str, Any]], key: str) -> set[int]:
    """The offsets of the text that carry a mark."""
    found: set[int] = set()
    start = 0
    for part in parts:
        end = start + len(part["words"])
        if part[key]:
            found.update(range(start, end))
        start = end
    return found


def covered(quotes: Iterable[Quote]) -> set[int]:
    return {at for quote in quotes for at in range(quote.start, quote.end)}


def entries(guide: tree.Guide) -> Iterable[tuple[str, Any, tuple[Quote, ...]]]:
    """Every entry of the guide with its kind and all of its quotes."""
    for factor in guide.factors:
        judged = (factor.judgement,) if factor.judgement else ()
        yield "factor", factor, (*factor.quotes, *judged)
    for option in guide.options:
        yield "option", option, (*option.quotes, *option.does)
    for group in guide.groups:
        yield "group", group, (*group.quotes, *group.does)
    for statement in guide.statements:
        yield "statement", statement, statement.quotes


def rests_on(guide: tree.Guide, quotes: set[Quote]) -> dict[str, set[str]]:
    """What must be lit for some quotes, by a plain reading of the guide."""
    question = {factor.id: factor.question for factor in guide.factors}
    name = {option.id: option.name for option in guide.options}
    lit: dict[str, set[str]] = {k: set() for k in ("factors", "branches", "options", "remarks")}
    for kind, entry, own in entries(guide):
        if not quotes.intersection(own):
            continue
        if kind == "factor":
            lit["factors"].add(entry.question)
        elif kind == "option":
            lit["options"].add(entry.name)
        elif kind == "group":
            lit["options"].update(name[id] for id in entry.options)
        else:
            for factor, values in (literal for clause in entry.condition for literal in clause):
                lit["factors"].add(question[factor])
                drawn = values if factor in guide.tree.factors else ()
                lit["branches"].update(f"{question[factor]} {LABEL[v]}" for v in drawn)
            lit["options"].update(name[id] for id, _ in entry.effects)
            related = entry.relation.options if entry.relation else ()
            lit["options"].update(name[id] for id in related)
            lit["remarks"].update({beside_standings(guide).get(entry.id, "")} - {""})
    return lit


def beside_standings(guide: tree.Guide) -> dict[str, str]:
    """The relations and remarks that are shown while nothing is answered, by their statements."""
    walk = guide.walk()
    found = {each.statement.id: each.words(guide) for each in beside.relations(walk)}
    found |= {each.statement.id: each.words for each in beside.remarks(walk)}
    return found | {each.id: each.remark + beside.how(each) for each in beside.for_everyone(guide)}


def test_the_text_stands_as_written_with_every_quote_marked(opened: Lab, liver: tree.Guide) -> None:
    parts = opened.explorer.evaluate(READ_TEXT)
    assert "".join(part["words"] for part in parts) == liver.text.content
    everything = covered(quote for _, _, quotes in entries(liver) for quote in quotes)
    assert offsets(parts, "clause") == everything
    authors = opened.explorer.locator(".dtree-author").all_text_contents()
    assert authors == [passage.author for passage in liver.text.passages]


def test_a_clause_lights_what_rests_on_it_by_keyboard(opened: Lab, liver: tree.Guide) -> None:
    quotes = {quote for _, _, found in entries(liver) for quote in found}
    parts = opened.explorer.evaluate(READ_TEXT)
    opened.explorer.locator(".dtree-clause[tabindex='0']").focus()
    start = 0
    for part in parts:
        if part["clause"]:
            here = {quote for quote in quotes if quote.start <= start < quote.end}
            lit = opened.explorer.evaluate(READ_LIT)
            assert {k: set(v) for k, v in lit.items()} == rests_on(liver, here), part["words"]
            assert covered(here) == offsets(opened.explorer.evaluate(READ_TEXT), "lit")
            opened.page.keyboard.press("ArrowRight")
        start += len(part["words"])


def test_a_clause_lights_what_rests_on_it_by_mouse(opened: Lab) -> None:
    clause = opened.explorer.locator(".dtree-clause", has_text="no evidence of other organ")
    clause.first.hover()
    lit = opened.explorer.evaluate(READ_LIT)
    assert lit["branches"] == [
        "Is there evidence that cancer has spread to organs other than the liver? Yes"
    ]
    said = opened.explorer.locator(".dtree-pointed")
    expect(said).to_contain_text("On these words rest: Is there evidence")
    expect(said).to_contain_text("Complete surgical removal")


def test_a_branch_lights_its_clauses_and_brings_them_into_view(
    opened: Lab, liver: tree.Guide
) -> None:
    asked = map(liver.factor, liver.tree.factors)
    for factor, value in itertools.product(asked, ("yes", "no")):
        named = {
            quote
            for statement in liver.statements
            for clause in statement.condition
            for id, values in clause
            if id == factor.id and value in values
            for quote in statement.quotes
        }
        opened.branch(factor.question, LABEL[value]).first.focus()
        parts = opened.explorer.evaluate(READ_TEXT)
        assert offsets(parts, "lit") == covered(named or factor.quotes), (factor.id, value)
        in_view = opened.explorer.evaluate("""root => {
            const page = root.querySelector(".dtree-text").getBoundingClientRect();
            const first = root.querySelector(".dtree-clause.dtree-lit").getBoundingClientRect();
            return first.top >= page.top && first.top < page.bottom;
        }""")
        assert in_view, (factor.id, value)


def test_a_node_lights_its_clauses(opened: Lab, liver: tree.Guide) -> None:
    factor = liver.factor("complete_removal_feasible")
    opened.explorer.locator(f'.node[aria-label="{factor.question}"]').focus()
    lit = offsets(opened.explorer.evaluate(READ_TEXT), "lit")
    assert covered(factor.quotes) <= lit
    leaf = opened.explorer.locator(".node.leaf").first
    leaf.focus()
    assert offsets(opened.explorer.evaluate(READ_TEXT), "lit")


@pytest.mark.parametrize("answers", PATIENTS, ids=str)
def test_the_clauses_that_justify_the_outcome_stand_out(
    opened: Lab, liver: tree.Guide, answers: dict[str, str]
) -> None:
    answer(opened, liver, answers)
    walk = liver.walk(answers)
    # What sets this patient apart: of what holds for everyone nothing is marked.
    standings = [walk.standings[option.id] for option in liver.tree.options]
    deciding = covered(q for found in standings for s in found.because for q in s.quotes)
    assert offsets(opened.explorer.evaluate(READ_TEXT), "deciding") == deciding


def test_coverage_can_be_shown(opened: Lab) -> None:
    opened.explorer.locator("summary", has_text="For authors").click()
    box = opened.explorer.get_by_label("Sentences: 19 used, 4 context, 0 unclaimed")
    box.check()
    context = opened.explorer.locator(".dtree-coverage .dtree-context")
    expect(context).to_have_count(4)
    expect(context.first).to_have_css("font-style", "italic")
    box.uncheck()
    expect(context).to_have_count(0)


@pytest.mark.parametrize("answers", PATIENTS, ids=str)
def test_reasons_and_changes_are_those_of_python(
    opened: Lab, liver: tree.Guide, answers: dict[str, str]
) -> None:
    answer(opened, liver, answers)
    opened.open_options()
    walk = liver.walk(answers)
    label = {"open": "depends on open answers", "decides": "decides: no sentence is stronger"}
    basis = {"stated": "stated", "implied": "implied, not said outright"}
    for option in liver.options:
        entry = opened.explorer.locator(
            f'.dtree-option[data-option="{liver.options.index(option)}"]'
        )
        arguments = walk.why().arguments[option.id]
        shown = entry.locator(".dtree-argument").all_text_contents()
        # What decides comes first in the page, then what is against; each keeps its order.
        ordered = sorted(arguments, key=lambda a: (a.weight != "decides", a.is_for))
        for text, argument in zip(shown, ordered, strict=True):
            weight = label.get(argument.weight, argument.weight)
            firm = Firmness.of(argument.statement)
            says = firm.after(PATIENT.label(argument.says))
            says = f"{says}, {basis[argument.statement.basis]}; {weight}"
            assert text.startswith(says)
            assert all(quote.line in text for quote in argument.statement.quotes)
            assert argument.statement.because in text
        for standing in ("preferred", "offered", "withheld"):
            found = walk.what_would(option.id, standing)
            if walk.standings[option.id].standing == standing:
                continue
            becomes = PATIENT.label(Standing(standing))
            if not found.changes:
                expect(entry).to_contain_text(f"{becomes}: no change of answers can make it so.")
                continue
            ways = entry.locator(".dtree-change", has_text=f"{becomes}: ").locator(".dtree-way")
            expect(ways).to_have_count(len(found.changes))
            for way, change in zip(ways.all(), found.changes, strict=True):
                items = way.locator("li").all_text_contents()
                assert items == [
                    f"{liver.factor(factor).question} {LABEL[value]}"
                    for factor, value in change.answers
                ]


def test_try_it_changes_exactly_these_answers(opened: Lab, liver: tree.Guide) -> None:
    opened.toggle(0, "Yes").click()
    entry = opened.explorer.locator('.dtree-option[data-option="0"]')
    opened.open_options()
    first_choice = entry.locator(".dtree-change", has_text="First choice: ")
    first_choice.get_by_role("button", name="Try it").first.click()
    change = liver.walk(other_organ_involvement="yes").what_would("resection", "preferred")
    walk = liver.walk({"other_organ_involvement": "yes", **dict(change.changes[0].answers)})
    assert seen(opened.state()) == expected(walk)
    assert str(walk.standings["resection"].standing) == "preferred"


def test_questions_that_no_longer_matter_say_so(opened: Lab, liver: tree.Guide) -> None:
    opened.toggle(1, "Yes").click()
    walk = liver.walk(extensive_liver_involvement="yes")
    # On the path taken a question has led here, whatever another answer would change.
    on_path = {factor for factor, _ in walk.trees[0].taken}
    opened.settled()
    for factor in liver.factors:
        row = opened.explorer.locator(".dtree-question", has_text=factor.question)
        muted = "dtree-idle" in (row.get_attribute("class") or "")
        assert muted == (factor.id not in walk.matters | on_path), factor.id
        words = row.text_content() or ""
        beside = "changes details only" in words
        assert ("does not change the outcome" in words or beside) == muted
    # Muted, and still answerable.
    opened.toggle(0, "Yes").click()
    assert opened.state()["toggles"][0] == "Yes"


def test_keys_belong_to_the_explorer_while_it_has_the_focus(opened: Lab, liver: tree.Guide) -> None:
    page = opened.page
    select = opened.explorer.get_by_label("Example patient")
    select.focus()
    page.keyboard.press("ArrowDown")
    assert seen(opened.state()) == expected(liver.walk(dict(liver.examples[0][1])))
    # In JupyterLab the letter b alone makes a new cell.
    cells = page.locator(".jp-Cell").count()
    opened.page.get_by_role("button", name="Reset").first.focus()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    assert seen(opened.state()) == expected(liver.walk())
    assert page.locator(".jp-Cell").count() == cells


def test_escape_puts_the_lights_out(opened: Lab) -> None:
    opened.explorer.locator(".dtree-clause").nth(4).click()
    expect(opened.explorer.locator(".dtree-lit").first).to_be_attached()
    opened.page.keyboard.press("Escape")
    expect(opened.explorer.locator(".dtree-lit")).to_have_count(0)


def settings(opened: Lab) -> None:
    part = opened.explorer.locator("details", has_text="Change the tree").last
    if part.get_attribute("open") is None:
        part.locator("summary").click()


def test_every_path_its_own_leaf(opened: Lab, liver: tree.Guide) -> None:
    settings(opened)
    opened.explorer.get_by_label("Every path its own leaf").check()
    answer(opened, liver, PATIENTS[2])
    unfolded = TreeWalk(unfold(liver.tree), PATIENTS[2])
    assert seen(opened.state()) == expected(liver.walk(PATIENTS[2]), unfolded)
    expect(opened.explorer.locator(".node.leaf")).to_have_count(5)
    opened.explorer.get_by_label("Shared parts drawn once").check()
    assert seen(opened.state()) == expected(liver.walk(PATIENTS[2]))


def test_one_physician_at_a_time(opened: Lab, liver: tree.Guide) -> None:
    settings(opened)
    boxes = {p.id: opened.explorer.get_by_label(p.author) for p in liver.text.passages}
    boxes["overview"].uncheck()
    boxes["transplant_surgery"].click()
    wascher = liver.for_passages("wascher")
    until(lambda: seen(opened.state()) == expected(wascher.walk()), what="the tree of one")
    opened.toggle(1, "Yes").click()
    walk = wascher.walk(extensive_liver_involvement="yes")
    assert seen(opened.state()) == expected(walk)
    # Somebody has to speak: the last box cannot be cleared.
    boxes["wascher"].click()
    assert boxes["wascher"].is_checked()
    boxes["overview"].click()
    until(lambda: boxes["overview"].is_checked())
    boxes["transplant_surgery"].click()
    walk = liver.walk(extensive_liver_involvement="yes")
    until(lambda: seen(opened.state()) == expected(walk), what="the tree of all")


def test_another_order_of_questions(opened: Lab, liver: tree.Guide) -> None:
    settings(opened)
    last = liver.factors[-1]
    opened.explorer.get_by_label(f"Ask earlier: {last.question}").click()
    other = liver.reorder([*[f.id for f in liver.factors[:3]], last.id])
    until(lambda: seen(opened.state()) == expected(other.walk()) | in_order(other), what="moved")
    opened.explorer.get_by_role("button", name="Shortest order").click()
    shortest = liver.reorder(other.shortest_order().factors)
    until(lambda: seen(opened.state()) == expected(shortest.walk()) | in_order(shortest))
    opened.explorer.get_by_role("button", name="As in the guide").click()
    until(lambda: seen(opened.state()) == expected(liver.walk()), what="as in the guide")


def in_order(guide: tree.Guide) -> dict[str, Any]:
    """Nobody is answered; the rows stand in the guide's order."""
    return {"toggles": ["Unknown"] * len(guide.factors)}


def test_the_outline_says_the_same_as_the_drawing(opened: Lab, liver: tree.Guide) -> None:
    opened.explorer.locator("summary", has_text="The tree as an outline").click()
    for answers in PATIENTS:
        opened.page.get_by_role("button", name="Reset").first.click()
        answer(opened, liver, answers)
        walk = liver.walk(answers).on(liver.tree)
        found = opened.explorer.evaluate("""root =>
          [...root.querySelectorAll(".dtree-outline li")].map(item => [
            item.parentElement.previousElementSibling.textContent.replace(/ \\[\\d+\\]$/, ""),
            item.querySelector("b").textContent])""")
        said = {"taken": " (taken)", "possible": "", "ruled-out": " (ruled out)"}
        wanted = [
            [liver.factor(liver.tree.nodes[i].factor).question, f"{LABEL[value]}{said[state]}"]
            for (i, value), state in walk.branches.items()
        ]
        assert sorted(found) == sorted(wanted)


def test_save_as_a_page(opened: Lab, liver: tree.Guide) -> None:
    opened.toggle(0, "No").click()
    with opened.page.expect_download() as download:
        opened.explorer.get_by_role("button", name="Save as a page").click()
    assert download.value.suggested_filename == "metastatic_liver_cancer.html"
    saved = download.value.path().read_text(encoding="utf-8")
    assert saved == liver.to_html(answers={"other_organ_involvement": "no"})


@pytest.mark.parametrize("width", [480, 800, 1900])
def test_nothing_is_cut_off(opened: Lab, width: int) -> None:
    page = opened.page
    # As a person would on a small screen: the side bar folded away.
    opened.page.locator(".jp-NotebookPanel-toolbar").first.click()
    page.keyboard.press("Control+b")
    page.set_viewport_size({"width": width, "height": 2400})
    opened.show_explorer()
    cut = opened.explorer.evaluate("""root => [...root.querySelectorAll("*")]
      .filter(part => !part.closest(".dtree-drawing, .dtree-text")
        && part.getBoundingClientRect().right > root.getBoundingClientRect().right + 1)
      .map(part => part.className || part.tagName)""")
    page.keyboard.press("Control+b")
    page.set_viewport_size({"width": 1660, "height": 2000})
    opened.show_explorer()
    assert cut == []


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_legible_in_both_themes(opened: Lab, theme: str) -> None:
    page = opened.page
    page.locator(".lm-MenuBar-itemLabel", has_text="Settings").first.click()
    page.locator(".lm-Menu-item", has_text="Theme").first.hover()
    page.locator(".lm-Menu-item", has_text=theme).first.click()
    light = "true" if theme.endswith("Light") else "false"
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    opened.show_explorer()
    opened.toggle(1, "Yes").click()
    opened.explorer.locator(".dtree-clause").nth(5).click()
    # Contrast, names, roles: everything that axe knows, in the explorer alone.
    check_with_axe(page, ".dtree")


def test_nothing_went_wrong(opened: Lab) -> None:
    assert opened.errors == []
    assert opened.outside == []
