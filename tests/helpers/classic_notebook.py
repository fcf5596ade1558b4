"""A notebook open in the interface that came before JupyterLab, and what a person does there."""

from __future__ import annotations

from pathlib import Path

from explorer_state import READ_STATE, expected, seen
from jupyterlab_parts import Classic
from places import LIVER
from playwright.sync_api import Page, expect
from practice_parts import write_notebook

import tree

IS_READY = """() => window.Jupyter?.notebook?._fully_loaded
  && Jupyter.notebook.kernel?.is_connected()
  && Jupyter.notebook.kernel.comm_manager.targets["jupyter.widget"]"""
# The widgets' manager asks the kernel what there is, and then renders all outputs anew. The kernel
# answers in order.
IS_ANSWERED = """() => new Promise(answered =>
  Jupyter.notebook.kernel.execute("", {shell: {reply: answered}}))"""
CELLS = [
    f"import tree\nliver = tree.load({str(LIVER)!r})\nexplorer = tree.Explorer(liver)\nexplorer",
    "print(explorer.walk)",
    "tree.Practice(liver, {record!r})",
    "tree.Lesson(liver, ['branch/weak_heart'])",
]


class ClassicNotebook:
    """The notebook with an explorer, practice and a lesson, all of whose cells run."""

    def __init__(self, page: Page, server: Classic, folder: Path) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        cells = [cell.replace("{record!r}", repr(str(folder / "record.sqlite"))) for cell in CELLS]
        write_notebook(server.folder / "classic.ipynb", *cells)
        page.goto(server.page_url("classic.ipynb"))
        page.wait_for_function(IS_READY)
        page.evaluate(IS_ANSWERED)
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
