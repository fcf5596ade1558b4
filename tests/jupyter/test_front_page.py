"""The first page of the app, and what is seen until a page is there: real Voilà, real browser."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from accessible import check_with_axe
from app_parts import App, running
from arabic_guide import GUIDE, TEXT
from places import ROOT
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

import tree
from tree.model.disclaimer import disclaimer
from tree.model.parts import capitalized

LIVER, BEES = "metastatic_liver_cancer", "wintering_bees"
SHIPPED = ("practice", "explore", "teach")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("app")) as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A teacher's own notebooks, beside the guides."""
    found = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "data", found / "data")
    (found / "notebooks").mkdir()
    return found / "notebooks"


@pytest.fixture(scope="module")
def own(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("app"), "--notebooks", str(folder)) as found:
        yield found


@pytest.fixture
def viewport() -> ViewportSize:
    return {"width": 1280, "height": 720}


def write(folder: Path, name: str, heading: str, guide: str = "", tags: tuple[str, ...] = ("app",)):
    """A notebook with a heading, a paragraph and a cell that loads a guide."""
    source = f"import tree\nguide = tree.load('../data/{guide}')" if guide else "1"
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell(f"# {heading}\n\nMade *by* a [teacher](x.html)."),
            nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)}),
        ]
    )
    nbformat.write(notebook, folder / f"{name}.ipynb")


def front(app: App) -> str:
    with urllib.request.urlopen(app.url, timeout=60) as answer:
        return str(answer.read().decode())


IN_WINDOW = """parts => parts.every(part => {
  const box = part.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.top >= 0 && box.left >= 0
    && box.bottom <= innerHeight && box.right <= innerWidth;
})"""


def test_every_card_is_seen_whole_on_a_laptop(app: App, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(app.url)
    expect(page.locator(".card")).to_have_count(len(SHIPPED))
    for part in (".card", ".card h2", ".card .audience", ".card .about", ".saying"):
        found = page.locator(part)
        assert found.count()
        assert found.evaluate_all(IN_WINDOW), part
    pictures = page.locator(".picture img")
    assert pictures.evaluate_all("all => all.map(each => each.naturalWidth > 300)") == [True] * 3
    assert tree.load(ROOT / "data" / LIVER).title in page.inner_text(".card")
    # All of a card leads to its page, not its name alone.
    box = page.locator(".card").nth(1).bounding_box()
    assert box
    leads = "([x, y]) => document.elementFromPoint(x, y).closest('a').pathname"
    for x, y in ((8, 8), (box["width"] / 2, box["height"] - 6)):
        path = page.evaluate(leads, [box["x"] + x, box["y"] + y])
        assert path == "/voila/render/explore.ipynb"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_can_be_read(app: App, browser: Browser, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
    )
    page = context.new_page()
    page.goto(app.url)
    # As the browser has it, so is the page that opens.
    links = page.locator("h2 a").evaluate_all("all => all.map(each => each.href)")
    assert ["theme=dark" in link for link in links] == [scheme == "dark"] * 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_with_axe(page)
    # What is wished for counts more.
    other = {"light": "Dark", "dark": "Light"}[scheme]
    page.goto(f"{app.url}/?theme={other.lower()}")
    links = page.locator("h2 a").evaluate_all("all => all.map(each => each.href)")
    assert ["theme=dark" in link for link in links] == [scheme == "light"] * 3
    check_with_axe(page)
    context.close()


# Notes in every frame what is seen, over all pages of a tab: the card that says that it opens its
# page, or how wide the line is, or the page, or nothing.
NOTE = """
const seen = part => {
  const box = document.querySelector(part)?.getBoundingClientRect();
  return box && box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
};
const width = part => document.querySelector(part)?.getBoundingClientRect().width;
const moment = () => {
  if (seen(".is-opening .opening")) return ["the card says so"];
  if (seen(".card h2")) return ["the first page"];
  // Its words come a moment later, from a script; a line that moves is no blank page.
  if (seen("#app-starting .track"))
    return ["the line", width("#app-starting .done"),
            document.querySelector("#app-starting .words").textContent];
  return [document.querySelector(".tree-practice") ? "the page" : "a blank page"];
};
const note = () => {
  // Before its first part is there as a whole, the browser still shows the page before.
  if (document.querySelector(".card, #app-starting .track, #rendered_cells"))
    sessionStorage.moments =
      JSON.stringify([...JSON.parse(sessionStorage.moments ?? "[]"), moment()]);
  requestAnimationFrame(note);
};
note();
"""


def test_a_line_moves_until_the_page_is_there(app: App, context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(NOTE)
    page.goto(f"{app.url}/?theme=dark")
    page.locator(".card h2 a").first.click()
    page.locator(".tree-practice").wait_for()
    expect(page.locator("#app-starting")).to_have_count(0)
    moments = json.loads(page.evaluate("sessionStorage.moments"))
    kinds = [kind for kind, *_ in moments]
    assert list(dict.fromkeys(kinds)) == [
        "the first page",
        "the card says so",
        "the line",
        "the page",
    ]
    widths = [moment[1] for moment in moments if moment[0] == "the line"]
    assert widths == sorted(widths)
    assert len(set(widths)) > 20
    assert widths[-1] > 2 * widths[0] > 0
    words = {moment[2] for moment in moments if moment[0] == "the line"}
    assert "Starting a session for you …" in words
    assert len(words) > 1
    # Who goes back finds the first page as it was.
    page.go_back()
    expect(page.locator(".is-opening")).to_have_count(0)


@pytest.mark.slow
def test_each_guide_says_what_it_is(own: App, folder: Path) -> None:
    bees, liver = (tree.load(ROOT / "data" / name) for name in (BEES, LIVER))
    write(folder, "hives", "Hives", BEES)
    content = front(own)
    assert disclaimer(bees) in content
    assert "medical" not in content
    assert "patient" not in content
    assert content.count(disclaimer(bees)) == 1
    # Of several kinds, each card says its own.
    write(folder, "livers", "Livers", LIVER)
    hives, livers = front(own).split('class="card"')[1:]
    assert disclaimer(bees) in hives
    assert "medical" not in hives
    assert disclaimer(liver) in livers
    for card, guide in ((hives, bees), (livers, liver)):
        assert guide.title in card
        assert "Made by a teacher." in card
        # Without a picture of its own it shows its tree.
        assert '<img alt="Decision tree: ' in card
    (folder / "livers.ipynb").unlink()


@pytest.mark.slow
def test_words_of_people_are_never_markup(own: App, folder: Path) -> None:
    write(folder, "hostile", "<script>alert(1)</script> & {{ 1 + 1 }}", "nowhere")
    write(folder, "a<b>", "Named <b>", BEES)
    content = front(own)
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 1 + 1 }}" in content
    assert "a%3Cb%3E.ipynb" in content
    for name in ("hostile", "a<b>"):
        (folder / f"{name}.ipynb").unlink()


@pytest.mark.slow
def test_what_cannot_be_read_spoils_nothing(own: App, folder: Path) -> None:
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    write(folder, "not_of_the_app", "Hidden", BEES, tags=())
    write(folder, "no_guide", "No guide")
    content = front(own)
    assert "broken" not in content
    assert "Hidden" not in content
    # It may be medical, so it is said that this is no advice.
    assert "A teaching aid, built from one text; not medical advice." in content
    for name in ("broken", "not_of_the_app", "no_guide"):
        (folder / f"{name}.ipynb").unlink()
    assert capitalized("hives") in front(own)


RIGHT_EDGES = """parts => parts.map(part => {
  const range = document.createRange();
  range.selectNodeContents(part);
  return part.getBoundingClientRect().right - range.getBoundingClientRect().right;
})"""


def test_what_stands_around_an_arabic_page_begins_on_the_right(
    own: App, folder: Path, context: BrowserContext
) -> None:
    guide = folder.parent / "data" / "tea"
    guide.mkdir()
    (guide / "text.txt").write_text(TEXT, encoding="utf-8")
    (guide / "guide.yaml").write_text(GUIDE, encoding="utf-8")
    write(folder, "tea", "1", "tea")
    page = context.new_page()
    # Held back, so that the line stays while one looks at it.
    page.route("**/static/looking.js", lambda route: route.abort())
    page.add_init_script("window.requestAnimationFrame = () => 0")
    page.goto(own.at("tea"), wait_until="commit")
    for part in ("#app-starting .words", "#app-starting .patience", ".app-home"):
        page.locator(part).wait_for()
        assert page.locator(part).evaluate_all(RIGHT_EDGES) == [0], part
    (folder / "tea.ipynb").unlink()
