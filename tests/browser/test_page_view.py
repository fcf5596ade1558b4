"""Toggle and see, in one view, in the page: on a laptop, a large screen and a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from explorer_state import SETTLED
from one_view import check_one_view, look_after_each
from paths_in_view import follow
from places import ROOT
from playwright.sync_api import Page, expect

import tree

# To the outcome that all questions lead to: five nodes and the four branches between them.
ANSWERS, TAKEN = ["No", "No", "No", "Yes", "Yes"], 9


GUIDES = (
    "metastatic_liver_cancer",
    "wintering_bees",
    "damaged_library_book",
    "ear_infection_in_a_child",
)
# On both sides of each width at which the columns change, with one tree and with several.
WIDTHS = (320, 390, 760, 800, 1024, 1080, 1180, 1280, 1440, 1510, 1530, 1920)


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("view")
    for name in GUIDES:
        tree.load(ROOT / "data" / name).to_html(folder / f"{name}.html")
    return {name: (folder / f"{name}.html").as_uri() for name in GUIDES}


@pytest.fixture(scope="module")
def url(urls: dict[str, str]) -> str:
    return urls[GUIDES[0]]


@pytest.mark.parametrize("name", GUIDES[:2])
def test_the_text_is_there_or_one_button_away(
    open_page: Callable[..., Page], urls: dict[str, str], name: str
) -> None:
    page = open_page()
    page.goto(urls[name])
    text = page.locator(".dtree-text")
    button = page.get_by_role("button", name="Read the text")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert text.is_visible() != button.is_visible(), width
        if button.is_visible():
            button.click()
            expect(text).to_be_visible()
            page.get_by_role("button", name="Questions").click()


def test_only_a_pointer_that_moves_points(open_page: Callable[..., Page], url: str) -> None:
    """What scrolls below a resting one is not meant."""
    page = open_page()
    page.goto(url)
    said = page.locator(".dtree-pointed")
    for kind in (".dtree-clause", ".dtree-drawing .node"):
        part, known = page.locator(kind).first, said.inner_text()
        part.dispatch_event("pointermove")
        assert said.inner_text() == known
        part.dispatch_event("pointermove", {"movementX": 1})
        assert said.inner_text() != known


PLACES = """() => [...document.querySelectorAll(".dtree-question")]
  .map(row => Math.round(row.getBoundingClientRect().y + scrollY))"""


# Down to the last question; and to an outcome beside which the others no longer matter.
@pytest.mark.parametrize("answers", [ANSWERS, ["No", "Yes", "Yes", "No"]])
@pytest.mark.parametrize("width", [320, 390, 844, 1280])
def test_no_question_moves_when_one_is_answered(
    open_page: Callable[..., Page], url: str, width: int, answers: list[str]
) -> None:
    page = open_page(width, 844)
    page.goto(url)
    before = page.evaluate(PLACES)
    for number, label in enumerate(answers):
        page.get_by_role("radiogroup").nth(number).get_by_label(label, exact=True).check()
        assert page.evaluate(PLACES) == before, number


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1920, 1080)])
def test_the_page_shows_toggle_and_branch(
    open_page: Callable[..., Page], url: str, size: tuple[int, int]
) -> None:
    page = open_page(*size)
    page.goto(url)
    explorer = page.locator(".dtree").first
    check_one_view(look_after_each(page, explorer, ANSWERS), TAKEN)


def forms(guide: tree.Guide) -> dict[str, tree.Guide]:
    """A guide as it is written, asked in another order, and by one author."""
    passages = [passage.id for passage in guide.text.passages]
    alone = {id: guide.for_passages(id) for id in passages} if passages[1:] else {}
    backwards = [factor.id for factor in guide.factors][::-1]
    return {"written": guide, "backwards": guide.reorder(backwards), **alone}


# The longest texts, on wide trees, in each form.
FORMS = [(name, "written") for name in GUIDES[:2]] + [
    (name, form) for name in GUIDES[2:] for form in forms(tree.load(ROOT / "data" / name))
]


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_all_of_the_path_is_seen_at_each_step(
    open_page: Callable[..., Page], tmp_path: Path, name: str, form: str
) -> None:
    guide = forms(tree.load(ROOT / "data" / name))[form]
    guide.to_html(tmp_path / "page.html")
    page = open_page(1280, 720)
    page.goto((tmp_path / "page.html").as_uri())
    for number, shape in enumerate(guide.trees):
        if len(guide.trees) > 1:
            page.locator(".dtree-trees li button").nth(number).click()
            page.evaluate(SETTLED)
        for seen in follow(page.locator(".dtree").first, guide, shape, 8):
            # Letters of 14 px, drawn at this scale.
            assert seen["scale"] >= 0.65
            assert seen["unseen"] == [], shape.name
            assert seen["endsUnseen"] == [], shape.name
            # What is drawn whole is not said in words as well.
            assert bool(seen["steps"]) == (seen["scale"] == 0.75), shape.name


# The last words of the verdict, and whether they are seen: not cut off, and above all else.
LAST_WORDS = """live => {
  const range = document.createRange();
  range.selectNodeContents(live);
  const last = [...range.getClientRects()].at(-1);
  const [box, x, y] = [live.firstChild.getBoundingClientRect(), last.x + 2, last.y + 5];
  return last.bottom <= box.bottom + 1 && live.contains(document.elementFromPoint(x, y));
}"""


@pytest.mark.parametrize("width", [320, 390, 844, 1280])
def test_a_long_verdict_opens_and_moves_nothing(
    open_page: Callable[..., Page], urls: dict[str, str], width: int
) -> None:
    page = open_page(width, 1600)
    page.goto(urls["ear_infection_in_a_child"])
    live, before = page.locator(".dtree-live"), page.evaluate(PLACES)
    for number, label in enumerate(["Yes", "Yes", "Yes", "Under 6 months"]):
        page.get_by_role("radiogroup").nth(number).get_by_label(label, exact=True).check()
        assert page.evaluate(PLACES) == before, number
    page.get_by_label("Example child").select_option(index=1)
    page.evaluate(SETTLED)
    assert not live.evaluate(LAST_WORDS)
    for opens in (live.click, live.focus):
        opens()
        assert live.evaluate(LAST_WORDS)
        assert page.evaluate(PLACES) == before
        live.blur()
        assert not live.evaluate(LAST_WORDS)


def test_the_verdict_quotes_the_path_that_is_drawn(
    open_page: Callable[..., Page], url: str
) -> None:
    """An answer beside the path may be a reason, too; its words come second."""
    page = open_page(1280, 720)
    page.goto(url)
    for number, label in [(0, "No"), (1, "Yes"), (3, "No")]:
        page.get_by_role("radiogroup").nth(number).get_by_label(label, exact=True).check()
    verdict = page.locator(".dtree-live")
    expect(verdict).to_contain_text("extensive involvement of the liver")
    expect(verdict).not_to_contain_text("can undergo complete removal")


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (844, 390)])
def test_on_a_phone_the_verdict_stays_in_view(
    open_page: Callable[..., Page], url: str, size: tuple[int, int]
) -> None:
    page = open_page(*size)
    page.goto(url)
    verdict = page.locator(".dtree-live")
    for number, label in enumerate(ANSWERS):
        choice = page.get_by_role("radiogroup").nth(number).get_by_label(label, exact=True)
        choice.scroll_into_view_if_needed()
        choice.check()
        expect(verdict).to_be_in_viewport(ratio=1)
    expect(verdict).to_contain_text("First choice")
    page.evaluate(SETTLED)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size[0] > size[1]:
        # On its side the end of the path is seen beside the last question.
        leaf = page.locator(".dtree-drawing .leaf.dtree-taken").bounding_box()
        assert leaf
        assert leaf["y"] >= 0
        assert leaf["y"] + leaf["height"] <= size[1]
    if size[0] < 620:
        # The outline comes before the drawing, and is open.
        outline = page.locator(".dtree-outline")
        drawing = page.locator(".dtree-drawing")
        assert outline.bounding_box()["y"] < drawing.bounding_box()["y"]


def test_the_outcome_is_below_the_questions_and_beside_the_text(
    open_page: Callable[..., Page], urls: dict[str, str]
) -> None:
    page = open_page(1920, 1080)
    page.goto(urls["wintering_bees"])
    boxes = [
        page.locator(f".dtree-{name}").bounding_box() for name in ("asking", "outcome", "side")
    ]
    asking, outcome, side = [box for box in boxes if box]
    # A tree of one question is low, and the text beside it is not.
    assert side["y"] + side["height"] > outcome["y"]
    assert outcome["y"] - (asking["y"] + asking["height"]) < 40
    assert outcome["x"] + outcome["width"] <= side["x"]


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("width", [800, 1280])
def test_the_outcome_comes_below_the_drawing_however_far_one_scrolls(
    open_page: Callable[..., Page], urls: dict[str, str], name: str, width: int
) -> None:
    page = open_page(width, 720)
    page.goto(urls[name])
    for height in (700, 500, 300):
        apart = page.evaluate(
            """height => {
              const [tools, outcome] = [".dtree-drawn .dtree-tools", ".dtree-outcome"]
                .map(name => document.querySelector(name));
              scrollBy(0, outcome.getBoundingClientRect().top - height);
              return outcome.getBoundingClientRect().top - tools.getBoundingClientRect().bottom;
            }""",
            height,
        )
        assert apart >= 0, height
