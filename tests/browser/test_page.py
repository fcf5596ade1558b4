"""The offline page in a real browser: from a file, from a server, by keyboard, on paper."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from accessible import check_with_axe
from browsing import errors_of, serving_files
from command_line import run
from explorer_state import READ_STATE, address, expected, seen, states_at
from hostile import HOSTILE, write_hostile_guide
from pairwise import pairwise
from places import LIVER, ROOT
from playwright.sync_api import Browser, BrowserContext, Page, expect
from processes import until
from seeded_guides import TEXT, WORDS, random_patients, random_reading, several_together

import tree
from tree.logic.trees import trees_of
from tree.logic.walk import Walk
from tree.model.letters import visible
from tree.model.parts import Factor, Option, Reading, Standing, Statement
from tree.web.page import page as page_of

LIMIT = 93_000  # bytes: a seventh of what supertree saves
ONLY_LIVER = {
    "other_organ_involvement": "no",
    "extensive_liver_involvement": "no",
    "other_factors_against_resection": "no",
    "complete_removal_feasible": "yes",
    "chemotherapy_responsive_tumor": "yes",
}


# What the page says once it is read, and of a branch that is then chosen.
AS_SOON_AS_READ = """document.addEventListener("DOMContentLoaded", () => {
  const branch = document.querySelector(".dtree-drawing g.edge");
  const said = document.querySelector(".dtree-live").textContent;
  branch.dispatchEvent(new MouseEvent("click", {bubbles: true}));
  window.ready = [said, branch.getAttribute("class")];
})"""


class Visit:
    """A page in a browser, with everything that it asked for and that went wrong."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page = context.new_page()
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.errors = errors_of(self.page)
        self.page.goto(url)

    def state(self) -> dict[str, Any]:
        return dict(self.page.locator(".dtree").first.evaluate(READ_STATE))

    def go(self, answers: dict[str, str]) -> None:
        """Go to a patient by the address, as a link within the page would."""
        self.page.evaluate("hash => { location.hash = hash; }", address(answers))
        self.page.evaluate("() => new Promise(resolve => requestAnimationFrame(resolve))")

    def choice(self, factor: int, label: str) -> Any:
        group = self.page.get_by_role("radiogroup").nth(factor)
        return group.get_by_label(label, exact=True)

    def outside(self, home: str) -> list[str]:
        return [url for url in self.requests if not url.startswith((home, "data:", "blob:"))]


@pytest.fixture(scope="module")
def file(liver: tree.Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "liver.html"
    liver.to_html(path)
    return path


@pytest.fixture
def visit(context: BrowserContext, file: Path) -> Iterator[Visit]:
    found = Visit(context, file.as_uri())
    yield found
    assert found.errors == []
    assert found.outside(file.as_uri()) == []


@pytest.fixture(scope="module")
def served(file: Path) -> Iterator[str]:
    with serving_files(file.parent) as url:
        yield f"{url}/{file.name}"


def test_one_small_file(file: Path) -> None:
    html = file.read_text(encoding="utf-8")
    size = len(html.encode())
    print(f"liver page: {size:,} bytes")
    assert size <= LIMIT
    assert "default-src 'none'" in html
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", html)


def test_patients_as_python_walks(visit: Visit, liver: tree.Guide) -> None:
    """Of all 243, which node walks, those in which any two answers meet."""
    ids = [factor.id for factor in liver.factors]
    found = [dict(zip(ids, values, strict=True)) for values in pairwise([("yes", "no", "")] * 5)]
    patients = [{id: value for id, value in each.items() if value} for each in found]
    for answers, (state,) in zip(patients, states_at(visit.page, patients), strict=True):
        assert seen(state) == expected(liver.walk(answers)), answers


@pytest.mark.parametrize("first", [0, 20])
def test_generated_guides_as_python_walks(
    context: BrowserContext, tmp_path: Path, first: int
) -> None:
    """A fifth of those that node walks, and some of several trees."""
    page = context.new_page()
    several = map(several_together, range(first, first + 3))
    for seed, reading in enumerate([*map(random_reading, range(first, first + 20)), *several]):
        trees = trees_of(reading)
        path = tmp_path / f"{seed}.html"
        path.write_text(page_of(reading), encoding="utf-8")
        page.goto(path.as_uri())
        patients = random_patients(reading, random.Random(seed), 4)
        for answers, states in zip(patients, states_at(page, patients), strict=True):
            walk = Walk(reading, answers)
            assert len(states) == max(len(trees), 1)
            for on, state in zip(walk.trees, states, strict=True):
                assert seen(state) == expected(walk, on), (seed, answers, on)


@pytest.mark.parametrize(
    "name", ["ear_infection_in_a_child", "damaged_library_book", "haengende_zimmerpflanze"]
)
def test_other_guides_as_python_walks(context: BrowserContext, tmp_path: Path, name: str) -> None:
    guide = tree.load(ROOT / "data" / name)
    guide.to_html(tmp_path / "page.html")
    visit = Visit(context, (tmp_path / "page.html").as_uri())
    patients = [dict(answers) for _, answers in guide.examples]
    patients += random_patients(guide, random.Random(5), 40)
    for answers, (state,) in zip(patients, states_at(visit.page, patients), strict=True):
        assert seen(state) == expected(guide.walk(answers)), answers
        # A group stands over its options where they all have the same standing.
        names = {option.id: option.label for option in guide.options}
        said = {option: str(s.standing) for option, s in guide.walk(answers).standings.items()}
        together = {
            group.name: [names[option] for option in group.options]
            for group in guide.groups
            if len({said[option] for option in group.options}) == 1
        }
        for group, members in state["groups"].items():
            assert members == together[group]
        for members in together.values():
            assert any(set(members) <= set(others) for others in state["groups"].values())
    assert visit.errors == []


def test_the_address_holds_the_patient(visit: Visit, liver: tree.Guide) -> None:
    visit.choice(0, "No").check()
    visit.choice(3, "Yes").check()
    assert visit.page.url.endswith("#other_organ_involvement=no&complete_removal_feasible=yes")
    visit.page.go_back()
    assert seen(visit.state()) == expected(liver.walk(other_organ_involvement="no"))
    visit.page.go_back()
    assert seen(visit.state()) == expected(liver.walk())
    visit.page.go_forward()
    assert seen(visit.state()) == expected(liver.walk(other_organ_involvement="no"))
    # An example moves five answers in one step of history.
    visit.page.get_by_label("Example patient").select_option(index=1)
    assert seen(visit.state()) == expected(liver.walk(ONLY_LIVER))
    visit.page.go_back()
    assert seen(visit.state()) == expected(liver.walk(other_organ_involvement="no"))


def test_an_address_opens_exactly_that_patient(
    context: BrowserContext, served: str, liver: tree.Guide
) -> None:
    visit = Visit(context, served + address(ONLY_LIVER))
    assert seen(visit.state()) == expected(liver.walk(ONLY_LIVER))
    assert visit.errors == []
    home = served.rsplit("/", 1)[0]
    assert visit.outside(home) == []


def test_what_the_address_names_wrongly_is_said_and_left_out(
    context: BrowserContext, file: Path, liver: tree.Guide
) -> None:
    wrong = (
        "#other_organ_involvement=no&other_organ_involvement=yes&nonsense=1"
        "&complete_removal_feasible=<b>maybe</b>&=&%"
    )
    visit = Visit(context, file.as_uri() + wrong)
    assert seen(visit.state()) == expected(liver.walk(other_organ_involvement="no"))
    notice = visit.page.locator(".dtree-notice")
    expect(notice).to_contain_text("a second answer to other_organ_involvement")
    expect(notice).to_contain_text("unknown factor “nonsense”")
    expect(notice).to_contain_text("unknown value “<b>maybe</b>” of complete_removal_feasible")
    assert notice.locator("b").count() == 0
    assert visit.errors == []


def test_a_page_opened_on_a_patient_can_be_emptied(
    context: BrowserContext, tmp_path: Path, liver: tree.Guide
) -> None:
    path = tmp_path / "page.html"
    path.write_text(liver.to_html(answers={"other_organ_involvement": "yes"}), encoding="utf-8")
    visit = Visit(context, path.as_uri())
    assert seen(visit.state()) == expected(liver.walk(other_organ_involvement="yes"))
    visit.page.get_by_role("button", name="Reset").click()
    assert seen(visit.state()) == expected(liver.walk())
    visit.page.reload()
    assert seen(visit.state()) == expected(liver.walk())


def test_copy_link_and_pictures(browser: Browser, served: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    # What the picture is painted from.
    context.add_init_script("""
      globalThis.Image = class extends Image {
        set src(address) { super.src = globalThis.painted = address; }
        get src() { return super.src; }
      };
    """)
    visit = Visit(context, served + address(ONLY_LIVER))
    page = visit.page
    said = page.locator(".dtree-along [role=status]")
    page.get_by_role("button", name="Copy link").click()
    expect(said).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="Copy picture").click()
    page.wait_for_function(
        "async () => (await navigator.clipboard.read())[0].types.includes('image/png')"
    )
    svg = page.evaluate("decodeURIComponent(painted.replace(/^[^,]*,/, ''))")
    # Highlighted, and standing alone: the taken path is thick, and no class is needed.
    assert svg.startswith("<svg")
    assert 'stroke-width="3.5px"' in svg
    assert "class=" not in svg
    assert "stroke-width:24" not in svg
    assert visit.errors == []
    context.close()


def test_the_clipboard_is_asked_for_a_picture_within_the_click(
    browser: Browser, file: Path
) -> None:
    """WebKit closes it afterwards, while the picture is made."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script("""
      const { ClipboardItem } = globalThis;
      globalThis.ClipboardItem = class extends ClipboardItem {
        constructor(kinds) {
          super(kinds);
          globalThis.asked = { during: globalThis.event?.type, png: kinds["image/png"] };
        }
      };
    """)
    visit = Visit(context, file.as_uri())
    visit.page.get_by_role("button", name="Copy picture").click()
    expect(visit.page.locator(".dtree-along [role=status]")).to_have_text("Copied.")
    assert visit.page.evaluate("[asked.during, asked.png instanceof Promise]") == ["click", True]
    head = visit.page.evaluate("""async () => {
      const [item] = await navigator.clipboard.read();
      const png = await item.getType("image/png");
      return [...new Uint8Array(await png.arrayBuffer()).slice(0, 8)];
    }""")
    assert bytes(head) == b"\x89PNG\r\n\x1a\n"
    assert visit.errors == []
    context.close()


def test_a_page_asks_for_no_icon(context: BrowserContext, served: str) -> None:
    visit = Visit(context, served)
    visit.page.locator(".dtree-live").first.wait_for()
    assert visit.page.locator("link[rel=icon]").get_attribute("href") == "data:,"
    assert [url for url in visit.requests if "favicon" in url] == []


def test_a_closed_clipboard_saves_a_file(context: BrowserContext, file: Path) -> None:
    visit = Visit(context, file.as_uri())
    visit.page.evaluate(
        "() => { navigator.clipboard.write = () => Promise.reject(new Error('closed')); }"
    )
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Copy picture").click()
    assert download.value.suggested_filename == "tree.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_without_javascript(browser: Browser, file: Path, liver: tree.Guide) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("svg").is_visible()
    assert page.locator("svg g.node").count() == 6
    assert page.locator("pre").text_content() == str(liver.tree)
    assert page.locator(".dtree-words").text_content() == liver.text.content
    page.get_by_text("Decision table: 5 paths").click()
    assert page.locator("table tr").count() == 6
    assert "First choice" in page.locator("table").inner_text()
    # On paper too.
    page.emulate_media(media="print")
    assert page.locator("svg").is_visible()
    assert page.locator("pre").is_visible()
    context.close()


def test_on_paper(browser: Browser, file: Path, tmp_path: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    visit = Visit(context, file.as_uri() + address(ONLY_LIVER))
    page = visit.page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("body").evaluate("b => getComputedStyle(b).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    paper = page.locator(".dtree-print")
    expect(paper).to_be_visible()
    for words in (
        "completely removed with reasonable safety? Yes",
        "Complete surgical removal: First choice",
        "The first line approach is usually surgery",
        "A tumor board should be involved.",
        "Source: ",
        "not medical advice",
    ):
        expect(paper).to_contain_text(words)
    # No heading stands alone at the end of a page.
    ends = paper.locator("h2").evaluate_all("all => all.map(h => getComputedStyle(h).breakAfter)")
    assert set(ends) == {"avoid"}
    assert page.locator(".dtree-drawing svg").is_visible()
    for hidden in (
        ".dtree-questions",
        ".dtree-tools",
        ".dtree-text",
        ".dtree-outcome",
        ".dtree-live",
    ):
        assert not page.locator(hidden).is_visible(), hidden
    target = tmp_path / "liver.pdf"
    page.emulate_media(media="print", color_scheme="light")
    page.pdf(path=target, prefer_css_page_size=True)
    assert 1 <= target.read_bytes().count(b"/Type /Page\n") <= 2
    context.close()


def test_on_paper_what_is_not_answered_takes_a_line(
    open_page: Callable[..., Page], file: Path, liver: tree.Guide
) -> None:
    page = open_page()
    first, *others = liver.factors
    page.goto(f"{file.as_uri()}#{first.id}=no")
    page.emulate_media(media="print")
    paper = page.locator(".dtree-print")
    expect(paper.locator("li", has_text=first.question)).to_contain_text("No")
    expect(paper).to_contain_text("Not answered: " + " ".join(f.question for f in others))
    expect(paper).not_to_contain_text("Unknown")


STATES: list[dict[str, str]] = [
    {},
    {"other_organ_involvement": "yes"},
    {"other_organ_involvement": "no"},
    {"extensive_liver_involvement": "yes"},
    {"extensive_liver_involvement": "yes", "chemotherapy_responsive_tumor": "no"},
    {"chemotherapy_responsive_tumor": "yes"},
    {"complete_removal_feasible": "no"},
    {"other_organ_involvement": "no", "complete_removal_feasible": "yes"},
    ONLY_LIVER,
    ONLY_LIVER | {"chemotherapy_responsive_tumor": "no"},
]
# One column, two and three.
SCHEMES, WIDTHS = ("light", "dark"), (320, 800, 1920)
# Every state in both schemes and in all widths, and these with each other.
LOOKED_AT = set(pairwise([SCHEMES, WIDTHS, range(len(STATES))]))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(browser: Browser, file: Path, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    visit = Visit(context, file.as_uri())
    for number, answers in enumerate(STATES):
        if (scheme, width, number) not in LOOKED_AT:
            continue
        visit.go(answers)
        if number % 2:
            # Every other state with all that can be opened open, and a clause lit.
            visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            reading = visit.page.get_by_role("button", name="Read the text")
            if reading.is_visible():
                reading.click()
            visit.page.locator(".dtree-clause").nth(5).click()
        check_with_axe(visit.page)
    context.close()


def test_by_keyboard_alone(visit: Visit, liver: tree.Guide) -> None:
    page = visit.page

    def tab_to(selector: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"no tab stop at {selector}")

    tab_to(".dtree-choice input")
    outline = page.evaluate(
        "getComputedStyle(document.activeElement.closest('label')).outlineStyle"
    )
    assert outline == "solid"
    page.keyboard.press("ArrowLeft")
    assert seen(visit.state()) == expected(liver.walk(other_organ_involvement="no"))
    # The drawing is one Tab stop; arrow keys go through it.
    tab_to("g.node")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('svg')") is None
    tab_to("g.node")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.matches('g.edge')")
    assert page.locator("svg [tabindex='0']").count() == 1
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    question, _, value = name.rpartition(" ")
    factor = next(f for f in liver.factors if f.question == question)
    walk = liver.walk({"other_organ_involvement": "no", factor.id: value.lower()})
    assert seen(visit.state()) == expected(walk)
    tab_to(".dtree-clause")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".dtree-pointed")).to_contain_text("On these words rest")
    tab_to("summary")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [320, 390, 640])
def test_small_screens_and_zoom(browser: Browser, file: Path, width: int) -> None:
    # 640 is a screen of 1280 at 200 % zoom, 320 the same at 400 %.
    context = browser.new_context(viewport={"width": width, "height": 700}, has_touch=True)
    visit = Visit(context, file.as_uri() + address(ONLY_LIVER))
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate("""() => [...document.querySelectorAll(
        "button, select, summary, .dtree-choice label, label:has([type=checkbox])")]
      .filter(part => part.offsetParent)
      .map(part => [part.textContent, part.getBoundingClientRect()])
      .filter(([, box]) => box.height < 24 || box.width < 24)
      .map(([words]) => words)""")
    assert small == []
    # The drawing scrolls in its frame; the page goes on scrolling over it.
    frame = page.locator(".dtree-drawing")
    assert frame.evaluate("f => getComputedStyle(f).touchAction") == "auto"
    # The end of the path is in view, however wide the drawing is.
    end = frame.locator(".leaf.dtree-taken").bounding_box()
    room = frame.bounding_box()
    assert end
    assert room
    assert room["x"] <= end["x"] + end["width"] / 2 <= room["x"] + room["width"]
    before = frame.locator("svg").bounding_box()
    page.get_by_role("button", name="Larger drawing").click()
    after = frame.locator("svg").bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"]
    page.get_by_role("button", name="Drawing as large as fits").click()
    fitted = frame.locator("svg").bounding_box()
    assert fitted
    # Not smaller than can be read: then the frame scrolls.
    natural = float(frame.locator("svg").get_attribute("width"))
    assert fitted["width"] <= max(width, 0.75 * natural + 1)
    assert fitted["width"] >= 0.75 * natural - 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_hostile_guide_shows_text_and_runs_nothing(
    context: BrowserContext, tmp_path: Path
) -> None:
    write_hostile_guide(tmp_path / "hostile")
    guide = tree.load(tmp_path / "hostile")
    path = tmp_path / "hostile.html"
    guide.to_html(path)
    visit = Visit(context, path.as_uri())
    text = visit.page.evaluate("document.body.textContent")
    for words in HOSTILE:
        assert " ".join(words.split()) in text
    visit.page.get_by_label("Example patient").select_option(index=1)
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator("main script, main img, main b > b, iframe").count() == 0
    assert visit.page.title() == HOSTILE[0]
    assert visit.errors == []
    assert visit.outside(path.as_uri()) == []


@pytest.mark.parametrize(
    "words",
    [
        "</script><script>window.hacked = 1</script>",
        "<!-- <script>",
        "javascript:window.hacked=1",
        "${hacked} $$ $script $title",
        "W" * 3000,
        "\u202emirrored\u202c שלום",
        "long words " * 900,
        "🌳" * 50,
    ],
    ids=lambda words: words[:12],
)
def test_hostile_words_in_every_field(context: BrowserContext, tmp_path: Path, words: str) -> None:
    words = words.strip()
    folder = tmp_path / "guide"
    folder.mkdir()
    (folder / "text.txt").write_text(words, encoding="utf-8")
    quote = words
    name = visible(words)
    guide = {
        "title": words,
        "passages": {"all": {"author": words, "begins": quote}},
        "factors": {"a": {"question": words, "quote": quote, "help": words, "judgement": quote}},
        "options": {"o": {"name": name, "synonyms": [name], "quote": quote, "does": quote}},
        "statements": {
            "s": {
                "quote": quote,
                "when": {"a": "yes"},
                "withhold": "o",
                "basis": "implied",
                "because": words,
            },
            "r": {"quote": quote, "remark": words},
        },
        # YAML allows no key longer than 1,024 characters.
        "examples": {words[:1000]: {"a": "yes"}},
    }
    (folder / "guide.yaml").write_text(json.dumps(guide, ensure_ascii=False), encoding="utf-8")
    path = tmp_path / "page.html"
    tree.load(folder).to_html(path)
    visit = Visit(context, path.as_uri() + "#a=yes")
    assert visit.state()["toggles"] == ["Yes"]
    assert " ".join(words.split()) in visit.page.evaluate("document.body.textContent")
    assert visit.page.evaluate("window.hacked") is None
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 1280
    assert visit.errors == []


def test_a_large_guide_says_how_much_of_its_table_is_shown(tmp_path: Path) -> None:
    """A small tree whose textbook form is huge: 28 factors in 14 pairs."""
    factors = tuple(Factor(f"f{i}", f"f{i}?", (WORDS,)) for i in range(28))
    pairs = tuple(
        frozenset((f"f{i}", frozenset({"yes"})) for i in (a, a + 1)) for a in range(0, 28, 2)
    )
    statements = (
        Statement("s", (WORDS,), pairs, (("o", Standing.WITHHELD),)),
        Statement("t", (WORDS,), effects=(("o", Standing.OFFERED),)),
    )
    reading = Reading("pairs", "Pairs", TEXT, factors, (Option("o", "O"),), statements)
    assert [len(shape.nodes) for shape in trees_of(reading)] == [30]
    html = page_of(reading)
    assert "Decision table: the first 200 of 32,767 paths" in html
    assert html.count("<tr>") == 201


def test_it_answers_as_soon_as_it_is_read(context: BrowserContext, file: Path) -> None:
    """No frame, no timer and nothing else is waited for; `make bench` says how long it takes."""
    context.add_init_script(AS_SOON_AS_READ)
    visit = Visit(context, file.as_uri())
    said, answered = visit.page.evaluate("window.ready")
    assert "Next question: " in said
    assert "dtree-taken" in answered


def test_export_writes_whole_or_not_at_all(tmp_path: Path, liver: tree.Guide) -> None:
    path = tmp_path / "page.html"
    liver.to_html(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        liver.to_html(path)
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        liver.to_html(path)
    assert path.read_bytes() == b"mine"
    liver.to_html(path, force=True)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["page.html"]
    # A link stays one; what is no file stays what it is.
    link = tmp_path / "link.html"
    link.symlink_to(path)
    path.write_bytes(b"old")
    liver.to_html(link, force=True)
    assert link.is_symlink()
    assert path.read_bytes() == before
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a file that can be replaced"):
        liver.to_html(tmp_path / "pipe", force=True)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.usefixtures("chromium")
def test_pages_are_printed_by_a_browser(tmp_path: Path) -> None:
    target = tmp_path / "liver.pdf"
    answers = [f"{factor}={value}" for factor, value in ONLY_LIVER.items()]
    done = run("export", LIVER, "-o", target, "--pdf", *answers)
    assert done.returncode == 0, done.err
    assert target.read_bytes().startswith(b"%PDF")


def test_without_a_browser_nothing_is_printed(tmp_path: Path) -> None:
    none = run("export", LIVER, "-o", tmp_path / "x.pdf", "--pdf", TREE_BROWSER="no-such-browser")
    assert none.returncode == 1
    assert "a PDF needs Chromium" in none.err
    assert "TREE_BROWSER names 'no-such-browser'" in none.err
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.slow
def test_export_from_the_command_line(tmp_path: Path) -> None:
    target = tmp_path / "liver.html"
    assert run("export", LIVER, "-o", target).returncode == 0
    kept = target.read_bytes()
    again = run("export", LIVER, "-o", target, "other_organ_involvement=no")
    assert again.returncode == 1
    assert "file exists; --force, or force=true, replaces it" in again.err
    assert target.read_bytes() == kept
    ending = run("export", LIVER, "-o", tmp_path / "liver.svg")
    assert ending.returncode == 1
    assert "must end in .html" in ending.err
    wrong = run("export", LIVER, "-o", target, "--force", "other_organ_involvement=maybe")
    assert wrong.returncode == 1
    assert target.read_bytes() == kept
    right = run("export", LIVER, "-o", target, "--force", "other_organ_involvement=no")
    assert right.returncode == 0
    assert b'"start":["no",null,null,null,null]' in target.read_bytes()


def test_save_from_the_explorer(liver: tree.Guide) -> None:
    explorer = tree.Explorer(liver, {"other_organ_involvement": "no"})
    sent: list[Any] = []
    explorer.send = sent.append  # the front end's side of the wire
    explorer._handle_custom_msg({"wants": "page", "word": "1"}, [])
    assert sent == [
        {
            "name": "metastatic_liver_cancer.html",
            "page": liver.to_html(answers={"other_organ_involvement": "no"}),
        },
        {"heard": "1"},
    ]


def test_many_answers_reach_python_in_one_step(liver: tree.Guide) -> None:
    explorer = tree.Explorer(liver, {"other_organ_involvement": "yes"})
    seen_by_python: list[dict[str, str]] = []
    explorer.observe(lambda change: seen_by_python.append(change["new"]), "answers")
    explorer._handle_custom_msg({"answers": ONLY_LIVER, "word": "1"}, [])
    assert seen_by_python == [ONLY_LIVER]
    assert explorer.toggles["complete_removal_feasible"].value == "yes"


def test_what_is_pointed_at_is_seen_in_the_drawing(visit: Visit) -> None:
    ground = """() => [...document.querySelectorAll(".dtree-drawing .node")].map(node =>
      [node.matches(".dtree-lit"), getComputedStyle(node.querySelector("path, polygon")).fill])"""
    before = [colour for _, colour in visit.page.evaluate(ground)]
    visit.page.locator(".dtree-clause").nth(1).click()

    def is_seen() -> bool:
        after = visit.page.evaluate(ground)
        changed = [(colour != old) == lit for (lit, colour), old in zip(after, before, strict=True)]
        return any(lit for lit, _ in after) and all(changed)

    until(is_seen, what="the colours are those of what is lit")
