"""The widgets in marimo, which has the models of stock widgets and makes no views of them.

`make marimo` runs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest
from app_parts import started
from explorer_state import READ_STATE, expected, seen
from places import LIVER
from playwright.sync_api import Locator, Page, expect
from processes import free_port, until

import tree
from tree.teaching.practice.records import Record

NOTEBOOK = Template("""# /// script
# [tool.marimo.display]
# theme = "$theme"
# ///
import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import tree

    liver = tree.load($liver)
    text = "Give tea to guests. Guests who are tired get coffee."
    return liver, mo, text, tree


@app.cell
def _(liver, mo, tree):
    explorer = mo.ui.anywidget(tree.Explorer(liver))
    explorer
    return (explorer,)


@app.cell
def _(explorer, mo):
    mo.Html(f"<pre id='walk'>{explorer.walk}</pre>")
    return


@app.cell
def _(liver, tree):
    tree.Practice(liver, $record)
    return


@app.cell
def _(liver, tree):
    tree.Lesson(liver, ["branch/weak_heart"])
    return


@app.cell
def _(text, tree):
    tree.Workshop($folder, text=text)
    return


if __name__ == "__main__":
    app.run()
""")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def notebook(page: Page, folder: Path, theme: str) -> Iterator[Page]:
    """The notebook as marimo shows it, with nothing asked from outside."""
    written = NOTEBOOK.substitute(
        theme=theme,
        liver=repr(str(LIVER)),
        record=repr(str(folder / "record.sqlite")),
        folder=repr(str(folder / "tea")),
    )
    (folder / "notebook.py").write_text(written, encoding="utf-8")
    port = free_port()
    command = ["marimo", "run", str(folder / "notebook.py"), f"--port={port}"]
    command += ["--headless", "--no-token", "--no-sandbox"]
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with started(folder, port, *command):
        page.goto(f"http://127.0.0.1:{port}")
        yield page
    assert errors == []


def choose(explorer: Locator, factor: int, value: str) -> None:
    group = explorer.get_by_role("radiogroup").nth(factor)
    group.get_by_label(value.capitalize(), exact=True).check()


@pytest.mark.parametrize("theme", ["light"], indirect=True)
def test_each_toggle_lights_its_branch_and_the_cells_that_read_it_run_again(
    notebook: Page, liver: tree.Guide
) -> None:
    explorer = notebook.locator(".dtree").first
    explorer.get_by_role("radiogroup").nth(len(liver.factors) - 1).wait_for()
    answers: dict[str, str] = {}
    for number, factor in enumerate(liver.factors):
        for value in (*factor.values[::-1], "unknown", factor.values[-1]):
            choose(explorer, number, value)
            answers[factor.id] = value
            known = {id: given for id, given in answers.items() if given != "unknown"}
            walk = liver.walk(known)
            assert seen(explorer.evaluate(READ_STATE)) == expected(walk)
            expect(notebook.locator("#walk")).to_have_text(str(walk))
    explorer.get_by_role("button", name="Reset", exact=True).click()
    assert seen(explorer.evaluate(READ_STATE)) == expected(liver.walk())
    expect(notebook.locator("#walk")).to_have_text(str(liver.walk()))


def test_practice_grades_and_keeps_its_record(notebook: Page, folder: Path, theme: str) -> None:
    practice = notebook.locator(".tree-practice:not(.tree-lesson)")
    submit = practice.get_by_role("button", name="Submit", exact=True)
    submit.click()
    expect(practice).to_contain_text("0 of 10 answered")
    for row in practice.locator(".widget-radio").all():
        row.locator("input").first.check()
    submit.click()
    expect(practice).to_contain_text("1 of 10 answered")
    # Python says what has the focus next.
    expect(practice.locator(".jupyter-button:focus")).to_have_count(1)
    practice.get_by_role("button", name="Next", exact=True).click()
    expect(practice.locator("input:checked")).to_have_count(0)
    record = Record(folder / "record.sqlite")
    assert until(lambda: len(record.attempts("metastatic_liver_cancer"))) == 1
    assert practice.evaluate("panel => getComputedStyle(panel).colorScheme") == theme


@pytest.mark.parametrize("theme", ["light"], indirect=True)
def test_a_lesson_counts_votes_reveals_and_shows_the_path(notebook: Page) -> None:
    lesson = notebook.locator(".tree-lesson")
    lesson.get_by_title("One vote more: Yes", exact=True).click()
    expect(lesson.get_by_label("Votes: Yes", exact=True)).to_have_value("1")
    lesson.get_by_label("Votes: No", exact=True).fill("3")
    lesson.get_by_label("Votes: No", exact=True).blur()
    expect(lesson).to_contain_text("4 votes")
    lesson.get_by_role("button", name="Reveal", exact=True).click()
    expect(lesson.locator(".tl-right")).to_be_in_viewport()
    lesson.get_by_role("button", name="Show the path", exact=True).click()
    expect(lesson.locator(".tl-path")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light"], indirect=True)
def test_the_workshop_writes_the_guide(notebook: Page, folder: Path) -> None:
    workshop = notebook.locator(".tree-workshop")
    workshop.get_by_label("Whom or what it is about, one of them").fill("guest")
    workshop.get_by_label("Several of them").fill("guests")
    workshop.get_by_role("button", name="Save", exact=True).click()
    guide = folder / "tea" / "guide.yaml"
    assert until(lambda: "guest" in guide.read_text(encoding="utf-8"))
