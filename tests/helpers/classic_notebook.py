"""A notebook open in the interface that came before JupyterLab, and what a person does there."""

from __future__ import annotations

from pathlib import Path

import nbformat
from explorer_state import READ_STATE, expected, seen
from jupyterlab_parts import Classic
from nbformat.sign import NotebookNotary
from places import LIVER
from playwright.sync_api import Page, expect
from practice_parts import write_notebook

import tree

# What a notebook keeps of a widget whose kernel has ended.
LOST_WIDGET = {"version_major": 2, "version_minor": 0, "model_id": "of-an-earlier-day"}
IS_LOST = "the widget state could not be found"
CELLS = [
    f"import tree\nliver = tree.load({str(LIVER)!r})\nexplorer = tree.Explorer(liver)\nexplorer",
    "print(explorer.walk)",
    "tree.Practice(liver, {record!r})",
    "tree.Lesson(liver, ['branch/weak_heart'])",
]


def keep_a_widget(path: Path, settings: Path) -> None:
    """Put a widget that is lost under the first cell, in a notebook that the server trusts."""
    notebook = nbformat.read(path, as_version=4)
    data = {"application/vnd.jupyter.widget-view+json": LOST_WIDGET}
    notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", data)]
    nbformat.write(notebook, path)
    own = settings / "jupyter_data_dir"
    own.mkdir(parents=True, exist_ok=True)
    NotebookNotary(data_dir=str(own)).sign(notebook)


class ClassicNotebook:
    """The notebook with an explorer, practice and a lesson, all of whose cells run."""

    def __init__(self, page: Page, server: Classic, folder: Path) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        cells = [cell.replace("{record!r}", repr(str(folder / "record.sqlite"))) for cell in CELLS]
        write_notebook(server.folder / "classic.ipynb", *cells)
        keep_a_widget(server.folder / "classic.ipynb", server.folder / "settings")
        page.goto(server.page_url("classic.ipynb"))
        # The widgets' manager asks the kernel which widgets there are, and then renders every
        # output with a widget anew. Of one that already stands there it forgets which it is, and
        # shows nothing; only then is what runs shown for good.
        page.get_by_text(IS_LOST).wait_for(timeout=60_000)
        page.evaluate("Jupyter.notebook.execute_all_cells()")

    def check_explorer(self, liver: tree.Guide) -> None:
        """Each toggle lights its branch, and the kernel hears of it."""
        explorer = self.page.locator(".dtree").first
        toggles = explorer.get_by_role("radiogroup")
        toggles.nth(len(liver.factors) - 1).wait_for()
        answers: dict[str, str] = {}
        for number, factor in enumerate(liver.factors):
            for value in (*factor.values[::-1], "unknown", factor.values[-1]):
                name = value.capitalize()
                toggles.nth(number).get_by_role("radio", name=name, exact=True).click()
                answers[factor.id] = value
                known = {id: given for id, given in answers.items() if given != "unknown"}
                assert seen(explorer.evaluate(READ_STATE)) == expected(liver.walk(known))
        self.page.evaluate("Jupyter.notebook.execute_cells([1])")
        printed = self.page.locator(".cell").nth(1).locator(".output_stdout")
        expect(printed).to_have_text(str(liver.walk(answers)), use_inner_text=True)

    def check_practice(self, moves_focus: bool = True) -> None:
        """An answer is graded. `moves_focus`: the stock widgets take it, as those of 8 do."""
        practice = self.page.locator(".tree-practice:not(.tree-lesson)")
        for row in practice.locator(".widget-radio").all():
            row.locator("input").first.check()
        practice.get_by_role("button", name="Submit", exact=True).click()
        expect(practice).to_contain_text("1 of 10 answered")
        expect(practice.locator("button:focus")).to_have_count(int(moves_focus))
        practice.get_by_role("button", name="Next", exact=True).click()
        expect(practice.locator("input:checked")).to_have_count(0)

    def check_lesson(self) -> None:
        lesson = self.page.locator(".tree-lesson")
        lesson.get_by_role("button", name="Reveal", exact=True).click()
        expect(lesson.locator(".tl-right").first).to_be_visible()
