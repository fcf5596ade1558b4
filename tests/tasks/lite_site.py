"""The site of `make lite`: Python in a real browser, no server but one of files, and no net.

`make lite-test` runs it.
"""

from __future__ import annotations

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from explorer_state import READ_STATE, expected, seen
from lite_parts import served
from places import ROOT
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from processes import until

import tree
from tree.drawing.graphviz import Drawing
from tree.drawing.svg import polish
from tree.messages import in_language, language_of

# Python starts in seconds, and in minutes where much is done beside it.
PATIENCE = 300_000
# There is no pandas for browsers: a cell with a table says so, and Jupyter runs none after it.
TABLE = (
    "A table needs the package pandas: it is not part of this page; "
    "install the project on a computer for that"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, built as everybody builds it."""
    with served(tmp_path_factory.mktemp("lite") / "site") as url:
        yield url


class LitePage:
    """The site in a browser, with a notebook open."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.outside: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:")):
            self.outside.append(url)

    def open(self, notebook: str) -> None:
        self.page.goto(f"{self.site}/lab/index.html?path={notebook}.ipynb")
        self.page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        # The page itself says until when it drops what it is to run; from before it has cells.
        self.page.get_by_text("please run no cell yet").wait_for(state="hidden")

    @property
    def prompts(self) -> Locator:
        return self.page.locator(".jp-CodeCell .jp-InputPrompt")

    @property
    def first(self) -> Locator:
        return self.page.locator(".jp-CodeCell").first

    def run_first(self) -> None:
        self.first.click()
        self.page.keyboard.press("Shift+Enter")

    def run_all(self) -> None:
        self._run("runmenu:run-all")
        until(lambda: re.search(r"\d", "".join(self.prompts.all_text_contents())), PATIENCE / 1000)
        until(lambda: "*" not in "".join(self.prompts.all_text_contents()), PATIENCE / 1000)

    def run_what_is_left(self) -> None:
        """Run the cells after one that failed, at which Jupyter has stopped."""
        left = self.page.locator(".jp-CodeCell", has=self.page.get_by_text("[ ]:", exact=True))
        left.first.locator(".jp-InputPrompt").click()
        self._run("notebook:run-all-below")
        until(lambda: "[ ]" not in "".join(self.prompts.all_text_contents()), PATIENCE / 1000)
        until(lambda: "*" not in "".join(self.prompts.all_text_contents()), PATIENCE / 1000)

    def _run(self, command: str) -> None:
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
        self.page.locator(f'.lm-Menu-item[data-command="{command}"]').click()

    def errors(self) -> list[str]:
        """What cells say on standard error, or when they fail."""
        found = self.page.locator(
            '.jp-OutputArea-output[data-mime-type*="stderr"], '
            '.jp-OutputArea-output[data-mime-type*="error"]'
        )
        # What is out of view has no inner text.
        return [text.strip() for text in found.all_text_contents()]


@pytest.fixture
def lite(context: BrowserContext, site: str) -> Iterator[LitePage]:
    found = LitePage(context.new_page(), site)
    yield found
    assert found.outside == []


def test_the_explorer_comes_alive_and_toggles_light_the_branch(
    lite: LitePage, liver: tree.Guide
) -> None:
    lite.open("explore")
    # A visitor sees what is going on until Python is there.
    expect(lite.page.locator("#python-progress")).to_contain_text(re.compile(r"Python .* \d+ s"))
    lite.run_first()
    explorer = lite.page.locator(".dtree").first
    toggles = explorer.get_by_role("radiogroup")
    toggles.first.get_by_role("radio", name="Unknown", exact=True).wait_for()
    walk = liver.walk()
    assert seen(explorer.evaluate(READ_STATE)) == expected(walk)
    for number, value in enumerate(("no", "yes")):
        toggles.nth(number).get_by_role("radio", name=value.capitalize(), exact=True).click()
        walk = liver.walk({**walk.answers, liver.factors[number].id: value})
        assert seen(explorer.evaluate(READ_STATE)) == expected(walk)
    expect(lite.page.locator("#python-progress")).to_have_count(0)
    lite.run_all()
    assert lite.errors() == [TABLE]


def test_on_a_phone_the_notebook_is_alone(browser: Browser, site: str, liver: tree.Guide) -> None:
    """JupyterLab's panels would leave it no width, and no button that runs a cell."""
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    lite = LitePage(phone.new_page(), site)
    lite.open("explore")
    lite.first.tap()
    lite.page.locator('[data-jp-item-name="run"]').tap()
    explorer = lite.page.locator(".dtree").first
    yes = explorer.get_by_role("radiogroup").first.get_by_role("radio", name="Yes", exact=True)
    yes.tap()
    walk = liver.walk({liver.factors[0].id: "yes"})
    assert seen(explorer.evaluate(READ_STATE)) == expected(walk)
    # The list of files has the others.
    lite.page.goto(site)
    lite.page.locator(".jp-DirListing-item", has_text="practice.ipynb").tap()
    with phone.expect_page() as opened:
        lite.page.get_by_text("Open", exact=True).tap()
    expect(opened.value.locator(".jp-Notebook")).to_contain_text("Practise", timeout=PATIENCE)
    assert lite.outside == []
    phone.close()


def test_what_is_practised_is_there_after_a_reload(lite: LitePage) -> None:
    lite.open("practice")
    lite.run_first()
    practice = lite.page.locator(".tree-practice")
    expect(practice).to_contain_text("0 of 10 answered", timeout=PATIENCE)
    first = practice.locator(".tp-story").inner_text()
    for row in practice.locator(".widget-radio").all():
        row.locator("input").first.click()
    practice.get_by_role("button", name="Submit", exact=True).click()
    expect(practice).to_contain_text("1 of 10 answered")
    practice.get_by_role("button", name="Next", exact=True).click()
    expect(practice.locator(".tp-story")).not_to_have_text(first)
    story = practice.locator(".tp-story").inner_text()
    lite.page.goto("about:blank")
    lite.open("practice")
    lite.run_first()
    expect(practice).to_contain_text("1 of 10 answered", timeout=PATIENCE)
    assert practice.locator(".tp-story").inner_text() == story
    # It lies in the list of files, from where it can be taken along.
    file = lite.page.locator(".jp-DirListing-item", has_text="practice-record.sqlite").first
    expect(file).to_be_attached()


@pytest.mark.parametrize(
    ("name", "tables"), [("from_text_to_tree", 1), ("write_your_own", 0), ("teach", 1)]
)
def test_every_cell_runs_or_says_that_it_needs_tables(
    lite: LitePage, name: str, tables: int
) -> None:
    lite.open(name)
    lite.run_all()
    assert lite.errors() == [TABLE] * tables
    if name == "from_text_to_tree":
        lite.run_what_is_left()
        assert lite.errors() == [TABLE]
        assert "[ ]" not in "".join(lite.prompts.all_text_contents())


LAYOUT = """
const { instance } = await import(process.argv[1]);
const viz = await instance();
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const sources = JSON.parse(Buffer.concat(chunks));
const drawn = sources.map(dot => viz.renderString(dot, { format: "svg" }));
process.stdout.write(JSON.stringify(drawn));
"""


def test_both_layout_programs_give_drawings_with_the_same_parts(site: str, node: str) -> None:
    trees = [each for guide in tree.guides() for each in tree.load(guide.name).trees]
    drawings = [Drawing(each) for each in trees]
    modules = ROOT / ".node" / "lite" / "node_modules" / "@viz-js" / "viz" / "dist" / "viz.js"
    done = subprocess.run(
        [node, "--input-type=module", "-e", LAYOUT, modules.as_uri()],
        input=json.dumps([drawing.digraph.source for drawing in drawings]),
        capture_output=True,
        text=True,
        check=True,
    )
    for drawing, other in zip(drawings, json.loads(done.stdout), strict=True):
        with in_language(language_of(drawing)):
            polished = polish(other, drawing.tree)
        assert parts(polished) == parts(drawing.svg)


def parts(svg: str) -> dict[str, tuple[str, ...]]:
    """What the front end finds in a drawing: each node and branch by its id, with its words."""
    found = {}
    for group in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g"):
        words = (each.text or "" for each in group.iter() if each.tag.endswith(("title", "text")))
        shapes = {each.tag for each in group if not each.tag.endswith(("title", "text"))}
        found[group.get("id", "")] = (group.get("class", ""), *words, *sorted(shapes))
    return found
