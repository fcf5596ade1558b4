"""A tree of 1,156 nodes in a real browser: quick, found one's way in, on a phone and on paper."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessible import check_with_axe
from explorer_state import SETTLED, expected, seen, states_at
from large_guides import PAIRS, far_apart, write_guide
from page_work import WATCH, PageCounter
from playwright.sync_api import Browser, Locator, Page, expect
from processes import until

import tree
from tree.drawing.arrangement import LARGE
from tree.logic.build import Leaf
from tree.logic.tree_walk import State


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> tree.Guide:
    found = tree.load(write_guide(tmp_path_factory.mktemp("large") / "guide", 1_000))
    assert len(found.tree.nodes) >= 1_000
    return found


@pytest.fixture(scope="module")
def file(guide: tree.Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "large.html"
    guide.to_html(path)
    print(f"page of {len(guide.tree.nodes)} nodes: {path.stat().st_size:,} bytes")
    return path


def open_page(browser: Browser, file: Path, **settings: Any) -> Page:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
    context.set_default_timeout(60_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    expect(page.locator(".dtree-drawing svg g.node").first).to_be_attached()
    page.errors = errors
    return page


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    found = open_page(browser, file)
    yield found
    assert found.errors == []
    found.context.close()


def choose(page: Page, factor: int, label: str) -> None:
    group = page.get_by_role("radiogroup").nth(factor)
    group.get_by_label(label, exact=True).check(force=True)


def settled(page: Page) -> None:
    """What comes a frame after the highlight has come."""
    page.evaluate(SETTLED)


def frame_of(page: Page) -> Locator:
    return page.locator(".dtree-drawing")


def in_sight(page: Page, part: Locator) -> bool:
    if part.count() == 0:
        return False
    box, frame = part.first.bounding_box(), frame_of(page).bounding_box()
    assert frame
    return bool(box) and all(
        frame[at] - 1 <= box[at] and box[at] + box[size] <= frame[at] + frame[size] + 1
        for at, size in (("x", "width"), ("y", "height"))
    )


# --- no more work than it asks for ------------------------------------------------------------

# Toggles, each as a click by the hand would.
TOGGLE = """async ([count, seed]) => {
  const frame = () => new Promise(go => requestAnimationFrame(() => setTimeout(go)));
  const groups = [...document.querySelectorAll("[role=radiogroup]")];
  const random = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let i = 0; i < count; i++) {
    const inputs = [...groups[random(groups.length)].querySelectorAll("input:not(:checked)")];
    const input = inputs[random(inputs.length)];
    await frame();
    input.click();
    await frame();
    await frame();
  }
}"""

MOVING = """async () => {
  const frame = () => new Promise(go => requestAnimationFrame(() => setTimeout(go)));
  const drawing = document.querySelector(".dtree-drawing");
  for (let i = 0; i < 40; i++) { drawing.scrollTop += 250; await frame(); }
  const buttons = document.querySelectorAll(".dtree-zoom button");
  for (const at of [0, 0, 1, 1, 1, 2, 0, 0, 0, 1]) { buttons[at].click(); await frame(); }
  const field = document.querySelector("[type=search]");
  for (const words of ["f", "f1", "f11", "choice", "choice 2", ""]) {
    field.value = words;
    field.dispatchEvent(new Event("input"));
    await frame(); await frame();
  }
}"""


@pytest.fixture
def counted(browser: Browser, file: Path) -> Iterator[PageCounter]:
    """A page that counts what it does; how long that takes is for `make bench` to say."""
    with counting_page(browser, file) as found:
        yield found


@contextlib.contextmanager
def counting_page(browser: Browser, file: Path) -> Iterator[PageCounter]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        counter = PageCounter(page)
        page.goto(file.as_uri())
        expect(page.locator(".dtree-drawing svg g.node").first).to_be_attached()
        settled(page)
        yield counter


def test_toggles_write_what_has_changed(counted: PageCounter) -> None:
    parts = counted.page.locator(".dtree-drawing :is(g.node, g.edge)").count()
    toggles = 15
    work = counted.of(TOGGLE, [toggles, 7])
    print(f"{toggles} toggles of {parts} parts: {work}")
    # Of 1,156 nodes, every branch looked at some ten times for each toggle, and twice for each
    # question, to find the one that settles most.
    assert work.steps < toggles * 400_000
    # Of a random toggle about a third of all parts change; the others are not written.
    assert work.writes < toggles * parts / 2
    # Three frames each. What measures between two writes makes the browser lay out once more.
    assert work.layouts < toggles * 5


def test_scrolling_zooming_and_searching_write_little(counted: PageCounter) -> None:
    choose(counted.page, 0, "Yes")
    choose(counted.page, 1, "No")
    settled(counted.page)
    work = counted.of(MOVING)
    print(f"scrolling, zooming and searching: {work}")
    # 56 acts; what a search marks is written, and no more.
    assert work.steps < 6_000_000
    assert work.writes < 56 * 100
    assert work.layouts < 56 * 3


# What is written before the frame after a click, and what the next one brings.
FIRST_FRAME = """async number => {
  const group = document.querySelectorAll("[role=radiogroup]")[number];
  const before = counted.taken();
  group.querySelector("input:not(:checked)").click();
  const first = await new Promise(go => requestAnimationFrame(() => go(counted.taken())));
  await SETTLED;
  return [first - before, counted.taken() - first];
}""".replace("SETTLED", SETTLED)


@pytest.mark.parametrize("size", [10, 1_000])
def test_a_toggle_lights_the_branch_alone_in_its_first_frame(
    browser: Browser, tmp_path: Path, size: int
) -> None:
    path = tmp_path / "page.html"
    guide = tree.load(write_guide(tmp_path / "guide", size))
    guide.to_html(path)
    with counting_page(browser, path) as counter:
        counter.page.evaluate(WATCH)
        for number in range(len(guide.factors)):
            first, later = counter.page.evaluate(FIRST_FRAME, number)
            # Of each place where it is asked one answer is marked; and the path goes on.
            factor = guide.factors[number].id
            asked = [node for node in guide.tree.nodes if getattr(node, "factor", "") == factor]
            most = 3 + len(asked)
            print(f"{len(guide.tree.nodes)} nodes: {first} writes, {later} a frame later")
            assert first <= most
            assert 0 < first < later


# --- the same as Python says ------------------------------------------------------------------


def test_every_part_shows_its_state(page: Page, guide: tree.Guide) -> None:
    chance = random.Random(3)
    patients = [
        {factor.id: chance.choice(("yes", "no")) for factor in chance.sample(guide.factors, size)}
        for size in (4, 9, len(guide.factors))
    ]
    for answers, (state,) in zip(patients, states_at(page, patients), strict=True):
        shown, wanted = seen(state), expected(guide.walk(answers))
        for part in ("nodes", "branches", "answered"):
            assert shown[part] == wanted[part], (part, answers)


def test_the_outline_says_the_states(page: Page, guide: tree.Guide) -> None:
    for factor, label in ((0, "Yes"), (1, "No")):
        choose(page, factor, label)
    settled(page)
    page.get_by_text("The tree as an outline").click()
    outline = page.locator("details .dtree-outline")
    walk = guide.walk({guide.factors[0].id: "yes", guide.factors[1].id: "no"}).trees[0]
    expect(outline.locator("li.dtree-taken")).to_have_count(2)
    # Where the path is open, its answers are seen; others wait to be opened.
    first = outline.locator(":scope > ul > li")
    assert [words.split(" ")[0] for words in first.all_inner_texts()] == ["Yes", "No"]
    assert "(taken)" in first.nth(0).inner_text()
    assert "(ruled out)" in first.nth(1).inner_text()
    closed = first.nth(1).locator("> details")
    assert closed.locator("ul").count() == 0
    closed.locator("> summary").click()
    expect(closed.locator("> ul > li")).to_have_count(2)
    # As many ends as there are paths below.
    assert walk.nodes[0] is State.TAKEN
    total = first.locator("> details > summary > .dtree-count").all_inner_texts()
    counts = [int(words.split()[0].replace(",", "")) for words in total]
    assert sum(counts) == tree.logic.build.count_paths(guide.tree)


# --- finding one's way ------------------------------------------------------------------------


def scale(page: Page) -> float:
    return float(
        page.evaluate("""() => { const svg = document.querySelector(".dtree-drawing svg");
          return svg.getBoundingClientRect().width / Number(svg.getAttribute("width")); }""")
    )


def test_zoom_keeps_the_middle(page: Page) -> None:
    frame = frame_of(page)
    frame.evaluate("f => f.scrollTo(300, 2000)")
    middle = """f => ["Left", "Top"].map((side, at) => (f["scroll" + side]
      + f["client" + ["Width", "Height"][at]] / 2) / f.firstChild.getBoundingClientRect()
      [["width", "height"][at]])"""
    before, fixed = scale(page), frame.evaluate(middle)
    assert before == pytest.approx(0.75, abs=0.25)
    for name, by in (("Larger", 1.25), ("Larger", 1.25), ("Smaller", 0.8), ("Larger", 1.25)):
        page.get_by_role("button", name=f"{name} drawing").click()
        before *= by
        assert scale(page) == pytest.approx(before, abs=0.01)
        assert frame.evaluate(middle) == pytest.approx(fixed, abs=0.003)
    for _ in range(12):
        page.get_by_role("button", name="Smaller drawing").click()
    assert scale(page) == pytest.approx(0.25, abs=0.01)
    page.get_by_role("button", name="Drawing as large as fits").click()
    assert 0.75 <= scale(page) <= 1
    # The frame scrolls, not the page.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("f => f.scrollHeight > 2 * f.clientHeight")


def test_a_branch_in_sight_answers(page: Page, guide: tree.Guide) -> None:
    question = guide.factor(guide.tree.nodes[0].factor).question
    page.locator(f'.dtree-drawing .edge[aria-label="{question} No"] text').click()
    expect(page.get_by_role("radiogroup").nth(0).get_by_label("No", exact=True)).to_be_checked()
    expect(page.locator(".dtree-drawing .node.dtree-taken")).to_have_count(2)
    # By keyboard: of thousands of parts the end of the path is the one that the Tab key comes to;
    # the arrow keys go on from there.
    choose(page, 1, "Yes")
    expect(page.locator(".dtree-drawing .node.dtree-taken")).to_have_count(3)
    page.get_by_label("Search the tree").focus()
    stop = page.locator('.dtree-drawing g[tabindex="0"]')
    expect(stop).to_have_count(1)
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(stop).to_be_focused()
    expect(stop).to_have_class(re.compile(r"node.* dtree-taken"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".dtree-drawing .node.dtree-taken")).to_have_count(4)
    # What has the focus keeps it.
    expect(stop).to_be_focused()
    expect(stop).to_have_class(re.compile("edge"))


def test_follows_the_path_where_it_goes_on(page: Page, guide: tree.Guide) -> None:
    here = page.locator('.dtree-drawing g.node[tabindex="0"]')
    until(lambda: in_sight(page, here), what="the first question is in sight")
    answers: dict[str, str] = {}
    for value in ("no", "yes", "no", "yes", "no"):
        end = max(i for i, s in enumerate(guide.walk(answers).trees[0].nodes) if s is State.TAKEN)
        factor = guide.tree.nodes[end].factor
        answers[factor] = value
        number = [f.id for f in guide.factors].index(factor)
        choose(page, number, value.capitalize())
        until(lambda: in_sight(page, here), what="the end of the path is in sight")
    # Who looks somewhere else stays there, as long as an answer does not lead on.
    frame_of(page).evaluate("f => f.scrollTo(0, 5000)")
    later = [f.id for f in guide.factors].index(guide.factors[-1].id)
    choose(page, later, "Yes")
    settled(page)
    assert frame_of(page).evaluate("f => f.scrollTop") == 5000
    page.get_by_role("button", name="Reset").click()
    until(lambda: in_sight(page, here), what="the first question is in sight again")


def test_search_by_word(page: Page, guide: tree.Guide) -> None:
    field = page.get_by_label("Search the tree")
    status = page.locator(".dtree-found")
    question = guide.factors[11].question
    places = [
        node
        for node in guide.tree.nodes
        if not isinstance(node, Leaf) and node.factor == guide.factors[11].id
    ]
    field.fill(question)
    expect(status).to_have_text(f"{len(places)} places")
    expect(status).to_have_attribute("role", "status")
    now = page.locator(".dtree-drawing g.dtree-hit-now")
    for count in (1, 2, 3):
        page.keyboard.press("Enter")
        expect(status).to_have_text(f"{count} of {len(places)} places: {question}")
        until(lambda: in_sight(page, now), what="the place is in sight")
        expect(now).to_have_attribute("aria-label", question)
        expect(page.locator("main details li.dtree-hit-now")).to_have_count(1)
    page.keyboard.press("Shift+Enter")
    expect(status).to_contain_text(f"2 of {len(places)}")
    page.get_by_role("button", name="Next place").click()
    expect(status).to_contain_text(f"3 of {len(places)}")
    # Outcomes by their options, where the text says something of them; quotes; nothing.
    option = guide.tree.options[-1]
    said = [
        node
        for node in guide.tree.nodes
        if isinstance(node, Leaf) and str(node.standings[-1]) != "silent"
    ]
    field.fill(f"  {option.name.upper()}  ")
    expect(status).to_have_text(f"{len(said)} places")
    words = guide.statements[0].quotes[0].line[:40]
    field.fill(words)
    expect(status).not_to_have_text("0 places")
    field.fill("<b>no such words</b>")
    expect(status).to_have_text("0 places")
    page.keyboard.press("Escape")
    expect(status).to_have_text("")
    assert page.locator(".dtree-hit").count() == 0


# --- everywhere -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def smaller_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with all that pages of large trees have, of fewer nodes: axe looks at each of them."""
    folder = tmp_path_factory.mktemp("smaller")
    guide = tree.load(write_guide(folder / "guide", 100))
    assert LARGE < len(guide.tree.nodes) < 3 * LARGE
    guide.to_html(folder / "page.html")
    return folder / "page.html"


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(browser: Browser, smaller_file: Path, width: int, scheme: str) -> None:
    settings = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = open_page(browser, smaller_file, **settings)
    for number, label in enumerate(("Yes", "No")):
        choose(page, number, label)
    page.get_by_label("Search the tree").fill("f10")
    page.keyboard.press("Enter")
    expect(page.locator(".dtree-drawing g.dtree-hit-now")).to_have_count(1)
    settled(page)
    check_with_axe(page)
    page.context.close()


def test_on_a_phone(browser: Browser, file: Path) -> None:
    size = {"width": 390, "height": 844}
    page = open_page(browser, file, viewport=size, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # The outline comes first, and is open.
    outline = page.locator("main details .dtree-outline")
    expect(outline).to_be_visible()
    above, below = outline.bounding_box(), frame_of(page).bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    small = page.evaluate("""() => [...document.querySelectorAll(
        ".dtree button, .dtree summary, [type=search]")]
      .filter(part => part.offsetParent)
      .map(part => [part.textContent, part.getBoundingClientRect()])
      .filter(([, box]) => box.height < 24 || box.width < 24).map(([words]) => words)""")
    assert small == []
    page.context.close()


def test_on_paper_the_outline_as_far_as_it_is_open(
    browser: Browser, file: Path, tmp_path: Path, guide: tree.Guide
) -> None:
    page = open_page(browser, file)
    for number, label in enumerate(("Yes", "No")):
        choose(page, number, label)
    settled(page)
    page.emulate_media(media="print")
    expect(frame_of(page)).to_be_hidden()
    paper = page.locator(".dtree-print .dtree-outline")
    expect(paper).to_be_visible()
    for factor, value in zip(guide.factors, ("Yes", "No"), strict=False):
        expect(page.locator(".dtree-print")).to_contain_text(f"{factor.question} {value}")
    expect(paper).to_contain_text("Yes (taken)")
    page.pdf(path=tmp_path / "large.pdf", prefer_css_page_size=True)
    assert 1 <= (tmp_path / "large.pdf").read_bytes().count(b"/Type /Page\n") <= 3
    page.context.close()


def test_a_small_page_has_nothing_of_this(liver: tree.Guide) -> None:
    small = liver.to_html()
    assert "dtree-search" not in small
    assert '"large"' not in small


def test_a_tree_that_is_not_drawn_still_answers(browser: Browser, tmp_path: Path) -> None:
    guide = tree.loads(*far_apart())
    path = tmp_path / "page.html"
    guide.to_html(path)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    tea, milk = page.locator(".dtree-trees li button").all()
    expect(frame_of(page).get_by_role("status")).to_contain_text("it is not drawn")
    assert frame_of(page).locator("svg").count() == 0
    answers = {f"a{i}": "yes" for i in range(PAIRS)}
    for factor in answers:
        choose(page, [f.id for f in guide.factors].index(factor), "Yes")
    expect(page.locator(".dtree-live")).to_contain_text("Next question: b0?")
    choose(page, [f.id for f in guide.factors].index("b3"), "Yes")
    expect(tea).to_contain_text("Offered")
    expect(milk).to_contain_text("First choice")
    milk.click()
    expect(frame_of(page).locator("g.node")).to_have_count(3)
    tea.click()
    page.locator(".dtree-option > summary", has_text="tea").click()
    expect(page.locator(".dtree-outcome")).to_contain_text("If it rains, drink tea")
    assert errors == []
    context.close()
