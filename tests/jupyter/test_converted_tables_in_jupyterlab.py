"""Tables of others in JupyterLab: made a guide, checked, explored, exported, and out again."""

from __future__ import annotations

import random
import shutil

import pytest
from explorer_state import LABEL, expected, seen
from foreign_tables import assert_file_decides, assert_guide_decides, foreign, some
from jupyterlab_parts import Lab, Server
from playwright.sync_api import Browser, BrowserContext, expect
from practice_parts import write_notebook
from processes import until

import tree

# What an author does, cell by cell; KIND and TO are those of the file.
CELLS = (
    "import tree\nprint(tree.convert('table.KIND', 'guide_KIND'))",
    "print(tree.check('guide_KIND'))",
    "explorer = tree.Explorer(tree.load('guide_KIND'))\nexplorer",
    "print(explorer.walk)",
    "explorer.guide.to_html('page_KIND.html', explorer.answers, force=True)\n"
    "print(tree.convert('guide_KIND', 'out.KIND', to=TO, force=True))",
)


def notebook_for(kind: str, context: BrowserContext, lab: Server) -> Lab:
    """The notebook of a kind of file, of which the cells up to the explorer have run."""
    folder = lab.folder / "notebooks"
    file = foreign(kind, folder)
    if file.parent != folder:
        shutil.copy(file, folder / f"table.{kind}")
    to = "'ssvc'" if kind == "json" else "''"
    cells = [cell.replace("KIND", kind).replace("TO", to) for cell in CELLS]
    write_notebook(folder / f"table_{kind}.ipynb", *cells)
    opened = Lab(context.new_page(), lab, f"notebooks/table_{kind}.ipynb")
    opened.start_all()
    until(opened.has_run, 120, "every cell has run")
    return opened


def answer(opened: Lab, guide: tree.Guide, answers: dict[str, str]) -> None:
    """Answer the questions of the tree in view."""
    for id, value in answers.items():
        group = opened.explorer.get_by_role("radiogroup", name=guide.factor(id).question)
        group.get_by_role("radio", name=LABEL[value], exact=True).click()


def run_cell(opened: Lab, words: str) -> str:
    """Run the cell with these words, and give what it prints."""
    cell = opened.page.locator(".jp-CodeCell", has_text=words).first
    cell.locator(".jp-Editor").click()
    opened.page.keyboard.press("Control+Enter")
    until(opened.has_run, what="the cell has run")
    return " ".join(cell.locator(".jp-OutputArea").inner_text().split())


@pytest.mark.parametrize("kind", ["xlsx", "json", "dmn"])
def test_a_table_becomes_a_guide_in_the_notebook_and_comes_out_the_same(
    kind: str, browser: Browser, context: BrowserContext, lab: Server
) -> None:
    chance, folder = random.Random(kind), lab.folder / "notebooks"
    opened = notebook_for(kind, context, lab)
    page = opened.page
    for words, said in (("tree.convert", f"guide_{kind}: written"), ("tree.check", "ok")):
        cell = page.locator(".jp-CodeCell", has_text=words).first
        expect(cell.locator(".jp-OutputArea")).to_contain_text(said)
    report = tree.check(folder / f"guide_{kind}")
    assert report.ok, report
    guide = report.guide
    assert_guide_decides(guide, folder / f"table.{kind}", chance)
    # In the tree in view: its questions, and those that no tree asks.
    shown = guide.trees[0]
    elsewhere = {f for each in guide.trees for f in each.factors} - {*shown.factors}
    opened.choices = sum(len(f.values) + 1 for f in guide.factors if f.id not in elsewhere)
    opened.show_explorer()
    for case in some([dict(case) for case in guide.cases()], chance)[:4]:
        answers = {id: case[id] for id in shown.factors if id in case}
        opened.page.get_by_role("button", name="Reset").first.click()
        answer(opened, guide, answers)
        walk = guide.walk(answers)
        assert seen(opened.state()) == expected(walk, walk.trees[0]), answers
        opened.open_options()
        quotes = opened.state()["quotes"].values()
        because = [s for option in shown.options for s in walk.standings[option.id].because]
        words = {quote.words for statement in because for quote in statement.quotes}
        assert words
        assert words <= {words for several in quotes for words in several}

    heard = run_cell(opened, "print(explorer.walk)")
    assert " ".join(str(walk).split()) == heard
    run_cell(opened, "explorer.guide.to_html")
    assert_file_decides(folder / f"out.{kind}", guide, chance)
    exported = browser.new_context(offline=True).new_page()
    exported.goto((folder / f"page_{kind}.html").as_uri())
    opened.page, opened.within = exported, ""
    assert seen(opened.state()) == expected(walk, walk.trees[0])
    exported.context.close()
