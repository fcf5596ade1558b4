"""A tree of 1,156 nodes in a real browser: quick, found one's way in, on a phone and on paper."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessible import check_with_axe
from explorer_state import SETTLED
from large_guides import write_guide
from page_work import WATCH, PageCounter
from playwright.sync_api import Browser, Locator, Page, expect
from processes import until

import tree
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
  const key = (key) =>
    drawing.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  for (let i = 0; i < 40; i++) { drawing.scrollTop += 250; await frame(); }
  for (const pressed of "++---0+++1-") { key(pressed); await frame(); await frame(); }
  const [, fold] = document.querySelectorAll(".dtree-find > label input");
  for (let i = 0; i < 4; i++) { fold.click(); await frame(); await frame(); }
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


def test_a_hundred_toggles_write_what_is_in_sight(counted: PageCounter) -> None:
    work = counted.of(TOGGLE, [100, 7])
    print(f"a hundred toggles: {work}")
    # Of 1,156 nodes, every branch looked at some ten times for each toggle, and twice for each
    # question, to find the one that settles most.
    assert work.steps < 40_000_000
    # To write the state of every part, in sight or not, takes more than a thousand each time.
    assert work.writes < 100 * 170
    # Three frames each. What measures between two writes makes the browser lay out once more.
    assert work.layouts < 100 * 5


def test_moving_folding_and_searching_write_what_is_in_sight(counted: PageCounter) -> None:
    choose(counted.page, 0, "Yes")
    choose(counted.page, 1, "No")
    settled(counted.page)
    work = counted.of(MOVING)
    print(f"moving, folding and searching: {work}")
    # 61 acts, of which folding puts what remains elsewhere, all of it at once.
    assert work.steps < 6_000_000
    assert work.writes < 61 * 200
    assert work.layouts < 61 * 3


# What is written before the frame after a click, and what the next one brings.
FIRST_FRAME = """async number => {
  const group = document.querySelectorAll("[role=radiogroup]")[number];
  const before = counted.taken();
  group.querySelector("input:not(:checked)").click();
  const first = await new Promise(go => requestAnimationFrame(() => go(counted.taken())));
  await SETTLED;
  return [first - before, counted.taken() - first];
}""".replace("SETTLED", SETTLED)


@pytest.mark.parametrize(("size", "most"), [(10, 5), (1_000, 60)])
def test_a_toggle_lights_the_branch_alone_in_its_first_frame(
    browser: Browser, tmp_path: Path, size: int, most: int
) -> None:
    path = tmp_path / "page.html"
    guide = tree.load(write_guide(tmp_path / "guide", size))
    guide.to_html(path)
    with counting_page(browser, path) as counter:
        counter.page.evaluate(WATCH)
        for number in range(len(guide.factors)):
            first, later = counter.page.evaluate(FIRST_FRAME, number)
            print(f"{len(guide.tree.nodes)} nodes: {first} writes, {later} a frame later")
            assert first <= most
            assert 0 < first < later


def test_only_what_is_in_sight_is_in_the_page(page: Page, guide: tree.Guide) -> None:
    for label in ("Drawing in full size", "Drawing as large as fits"):
        page.get_by_role("button", name=label).click()
        settled(page)
        assert page.locator(".dtree-drawing g.node, .dtree-drawing g.edge").count() < 500


# --- the same as Python says ------------------------------------------------------------------


def states_in_sight(page: Page) -> Counter[tuple[str, str]]:
    found = page.evaluate("""() => [...document.querySelectorAll(".dtree-drawing g.node")].map(
      part => [part.getAttribute("aria-label"),
               /dtree-(taken|possible|ruled-out)/.exec(part.getAttribute("class"))[1]])""")
    return Counter(map(tuple, found))


def test_every_part_scrolled_to_shows_its_state(page: Page, guide: tree.Guide) -> None:
    """Answered here, scrolled to there: what was away is dressed when it comes."""
    chance = random.Random(3)
    answers = {
        factor.id: chance.choice(("yes", "no")) for factor in chance.sample(guide.factors, 4)
    }
    for id, value in answers.items():
        number = [factor.id for factor in guide.factors].index(id)
        choose(page, number, value.capitalize())
    settled(page)
    walk = guide.walk(answers).trees[0]
    names = {f"{factor.question}" for factor in guide.factors}
    wanted: Counter[tuple[str, str]] = Counter()
    for node, state in zip(guide.tree.nodes, walk.nodes, strict=True):
        if not isinstance(node, Leaf):
            wanted[guide.factor(node.factor).question, str(state)] += 1
    seen: dict[str, tuple[str, str]] = {}
    script = """async () => {
      const frame = () => new Promise(go => requestAnimationFrame(() => setTimeout(go)));
      const drawing = document.querySelector(".dtree-drawing");
      const found = new Map(), numbers = new Map();
      drawing.scrollLeft = 0;
      for (let left = 0; left < drawing.scrollWidth; left += 400) {
        for (let top = 0; top < drawing.scrollHeight; top += 600) {
          drawing.scrollTo(left, top);
          await frame();
          for (const part of drawing.querySelectorAll("g.node")) {
            if (!numbers.has(part)) numbers.set(part, `${numbers.size}`);
            const state = /dtree-(taken|possible|ruled-out)/.exec(part.getAttribute("class"))[1];
            found.set(numbers.get(part), [part.getAttribute("aria-label"), state]);
          }
        }
      }
      return Object.fromEntries(found);
    }"""
    page.get_by_role("button", name="Smaller drawing").click()
    seen = page.evaluate(script)
    assert len(seen) == len(guide.tree.nodes)
    shown = Counter((name, state) for name, state in seen.values() if name in names)
    assert shown == wanted
    leaves = Counter(state for name, state in seen.values() if name not in names)
    assert leaves == Counter(str(walk.nodes[index]) for index in guide.tree.leaves)


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
    assert sum(int(words.split()[0]) for words in total) == tree.logic.build.count_paths(guide.tree)


# --- finding one's way ------------------------------------------------------------------------


def scale(page: Page) -> float:
    return float(
        page.evaluate("""() => { const svg = document.querySelector(".dtree-drawing svg");
          return Number(svg.getAttribute("width")) / svg.viewBox.baseVal.width; }""")
    )


def test_zoom_by_buttons_keys_and_wheel(page: Page) -> None:
    page.get_by_role("button", name="Drawing in full size").click()
    assert scale(page) == pytest.approx(1)
    page.get_by_role("button", name="Larger drawing").click()
    assert scale(page) == pytest.approx(1.25)
    frame = frame_of(page)
    frame.focus()
    for key, wanted in (("-", 1), ("-", 0.8), ("+", 1), ("1", 1)):
        page.keyboard.press(key)
        assert scale(page) == pytest.approx(wanted)
    page.keyboard.press("0")
    fitted = frame.evaluate("f => [f.scrollHeight - f.clientHeight, f.scrollWidth - f.clientWidth]")
    assert max(fitted) <= 1
    expect(frame.locator("canvas")).to_be_visible()
    # A click in the overview leads to the place, large enough to read.
    box = frame.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert scale(page) >= 0.7
    expect(frame.locator("g.node").first).to_be_attached()
    place = frame.evaluate("f => (f.scrollTop + f.clientHeight / 2) / f.scrollHeight")
    assert place == pytest.approx(0.5, abs=0.02)
    # The wheel scrolls; with Ctrl it zooms, and what is below the pointer stays there.
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    before = scale(page)
    top = frame.evaluate("f => f.scrollTop")
    page.mouse.wheel(0, 300)
    until(lambda: frame.evaluate("f => f.scrollTop") > top, what="the wheel scrolls")
    assert scale(page) == before
    at = "f => (f.scrollTop + 200) / f.scrollHeight"
    fixed = frame.evaluate(at)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    until(lambda: scale(page) > before, what="Ctrl and the wheel zoom")
    assert frame.evaluate(at) == pytest.approx(fixed, abs=0.001)


def test_pan_by_mouse_and_arrows(page: Page, guide: tree.Guide) -> None:
    frame = frame_of(page)
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    start = frame.evaluate("f => [f.scrollLeft, f.scrollTop]")
    page.mouse.move(box["x"] + 400, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 130, steps=5)
    page.mouse.up()
    moved = frame.evaluate("f => [f.scrollLeft, f.scrollTop]")
    assert moved[0] - start[0] == pytest.approx(100, abs=2)
    assert moved[1] - start[1] == pytest.approx(170, abs=2)
    # What was dragged was not clicked: nothing is answered.
    assert page.locator("[role=radiogroup] :checked").evaluate_all(
        "all => all.every(input => input.parentElement.textContent === 'Unknown')"
    )
    frame.focus()
    page.keyboard.press("ArrowDown")
    until(lambda: frame.evaluate("f => f.scrollTop") > moved[1], what="arrows scroll")


def test_a_branch_in_sight_answers(page: Page, guide: tree.Guide) -> None:
    question = guide.factor(guide.tree.nodes[0].factor).question
    page.locator(f'.dtree-drawing .edge[aria-label="{question} No"] text').click()
    expect(page.get_by_role("radiogroup").nth(0).get_by_label("No", exact=True)).to_be_checked()
    # By keyboard: of thousands of parts those at the end of the path are on the tab key's way.
    stops = page.locator('.dtree-drawing g[tabindex="0"]')
    expect(stops).to_have_count(3)
    expect(page.locator(".dtree-crumbs li")).to_have_count(2)
    page.locator('.dtree-drawing .edge[tabindex="0"][aria-label$=" Yes"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".dtree-crumbs li")).to_have_count(3)


def test_follows_the_path_unless_told_not_to(page: Page, guide: tree.Guide) -> None:
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
    page.get_by_text("Follow the path").click()
    before = frame_of(page).evaluate("f => [f.scrollLeft, f.scrollTop]")
    for number in range(5):
        choose(page, number, "Unknown")
    settled(page)
    assert frame_of(page).evaluate("f => [f.scrollLeft, f.scrollTop]") == before
    # Kept for the next time.
    page.reload()
    expect(page.get_by_label("Follow the path")).not_to_be_checked()
    page.get_by_role("button", name="To the question that the path has come to").click()
    until(lambda: in_sight(page, here), what="brought into sight by hand")


def test_fold_what_is_ruled_out(page: Page, guide: tree.Guide) -> None:
    answers = {factor.id: ("yes", "no")[at % 2] for at, factor in enumerate(guide.factors[:6])}
    for number, value in enumerate(answers.values()):
        choose(page, number, value.capitalize())
    settled(page)
    before = frame_of(page).evaluate("f => f.scrollHeight") / scale(page)
    page.get_by_label("Fold what is ruled out").check()
    settled(page)
    walk = guide.walk(answers).trees[0]
    left = [state for state in walk.nodes if state is not State.RULED_OUT]
    assert len(left) < 100
    assert page.locator(".dtree-drawing .dtree-ruled-out").count() == 0
    # The empty stretches are gone, and nothing lies upon another.
    after = frame_of(page).evaluate("f => f.scrollHeight") / scale(page)
    assert after < before / 5
    page.get_by_role("button", name="Drawing in full size").click()
    tops = page.evaluate("""async () => {
      const frame = () => new Promise(go => requestAnimationFrame(() => setTimeout(go)));
      const drawing = document.querySelector(".dtree-drawing");
      const boxes = new Map();
      for (let left = 0; left < drawing.scrollWidth; left += 400) {
        for (let top = 0; top < drawing.scrollHeight; top += 400) {
          drawing.scrollTo(left, top);
          await frame();
          for (const part of drawing.querySelectorAll("g.node")) {
            const box = part.querySelector("path, polygon").getBoundingClientRect();
            const [x, y] = [box.x + drawing.scrollLeft, box.y + drawing.scrollTop];
            boxes.set(part, [x, y, x + box.width, y + box.height]);
          }
        }
      }
      return [...boxes.values()];
    }""")
    assert len(tops) == len(left)
    for i, (a, b, c, d) in enumerate(tops):
        for x0, y0, x1, y1 in tops[:i]:
            assert c <= x0 or x1 <= a or d <= y0 or y1 <= b
    outline = page.locator("details .dtree-outline")
    page.get_by_text("The tree as an outline").click()
    assert outline.locator(".dtree-ruled-out:visible").count() == 0
    page.get_by_label("Fold what is ruled out").uncheck()
    settled(page)
    assert outline.locator(".dtree-ruled-out:visible").count() > 0
    assert frame_of(page).evaluate("f => f.scrollHeight") / scale(page) == pytest.approx(
        before, rel=0.02
    )


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


def test_crumbs_lead_to_their_places(page: Page, guide: tree.Guide) -> None:
    for number, label in enumerate(("Yes", "No", "Yes")):
        choose(page, number, label)
    crumbs = page.get_by_role("navigation", name="The path so far")
    answers = dict(zip([f.id for f in guide.factors], ("yes", "no", "yes"), strict=False))
    path = []
    node = guide.tree.nodes[0]
    while not isinstance(node, Leaf) and node.factor in answers:
        path.append((node.factor, answers[node.factor]))
        node = guide.tree.nodes[dict(node.branches)[answers[node.factor]]]
    wanted = [f"{guide.factor(factor).question} {value.capitalize()}" for factor, value in path]
    buttons = crumbs.get_by_role("button")
    expect(buttons).to_have_count(len(path) + 1)
    assert [words.strip() for words in buttons.all_inner_texts()[:-1]] == wanted
    expect(buttons.last).to_have_attribute("aria-current", "step")
    frame_of(page).evaluate("f => f.scrollTo(f.scrollWidth, 0)")
    buttons.nth(0).focus()
    page.keyboard.press("Enter")
    root = page.locator(f'.dtree-drawing g.node[aria-label="{guide.factors[0].question}"]')
    until(lambda: in_sight(page, root), what="the first question is in sight")
    expect(page.locator(".dtree-pointed")).to_contain_text(guide.factors[0].question)


# --- everywhere -------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(browser: Browser, file: Path, width: int, scheme: str) -> None:
    page = open_page(browser, file, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for number, label in enumerate(("Yes", "No")):
        choose(page, number, label)
    page.get_by_label("Search the tree").fill("f11")
    page.keyboard.press("Enter")
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
        ".dtree button, .dtree summary, .dtree label:has([type=checkbox]), [type=search]")]
      .filter(part => part.offsetParent)
      .map(part => [part.textContent, part.getBoundingClientRect()])
      .filter(([, box]) => box.height < 24 || box.width < 24).map(([words]) => words)""")
    assert small == []
    # Two fingers make it larger.
    frame_of(page).scroll_into_view_if_needed()
    before = scale(page)
    client = page.context.new_cdp_session(page)
    box = frame_of(page).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80), ("touchEnd", 0)):
        points = [{"x": x - apart, "y": y}, {"x": x + apart, "y": y}] if apart else []
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    until(lambda: scale(page) == pytest.approx(2 * before, rel=0.05), what="the pinch zooms")
    page.context.close()


def test_on_paper_the_outline_as_far_as_it_is_open(
    browser: Browser, file: Path, tmp_path: Path, guide: tree.Guide
) -> None:
    page = open_page(browser, file)
    for number, label in enumerate(("Yes", "No")):
        choose(page, number, label)
    settled(page)
    page.emulate_media(media="print")
    assert not frame_of(page).is_visible()
    paper = page.locator(".dtree-print .dtree-outline")
    expect(paper).to_be_visible()
    for factor, value in zip(guide.factors, ("Yes", "No"), strict=False):
        expect(page.locator(".dtree-print")).to_contain_text(f"{factor.question} {value}")
    expect(paper).to_contain_text("Yes (taken)")
    page.pdf(path=tmp_path / "large.pdf", prefer_css_page_size=True)
    assert 1 <= (tmp_path / "large.pdf").read_bytes().count(b"/Type /Page\n") <= 3
    page.context.close()


def test_the_whole_drawing_can_be_taken_along(page: Page, guide: tree.Guide) -> None:
    # What the picture is painted from.
    page.evaluate("""() => {
      window.Image = class extends Image {
        set src(address) { window.taken = decodeURIComponent(address); }
        decode() { return new Promise(() => {}); }
      };
    }""")
    page.get_by_role("button", name="Copy picture").click()
    until(lambda: page.evaluate("window.taken"), what="the drawing is taken along")
    assert page.evaluate("window.taken.split('<g').length") > len(guide.tree.nodes)
    settled(page)
    shown = page.locator(".dtree-drawing g.node")
    until(lambda: shown.count() < 500, what="only what is in sight is left")


def test_a_small_page_has_nothing_of_this(liver: tree.Guide) -> None:
    small = liver.to_html()
    assert "dtree-search" not in small
    assert "dtree-stage" not in small
    assert '"large"' not in small
