"""A student who practises in JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from jupyterlab_parts import Lab, Server
from playwright.sync_api import Locator, Page, expect
from practised_guide import write_guide
from processes import until

import tree
from tree.model.parts import capitalized
from tree.teaching.practice.records import Record
from tree.teaching.questions.questions import PracticeQuestion

LENGTH = 5
SHOWN = {
    "preferred": "First choice",
    "offered": "Offered",
    "withheld": "Not for this patient",
    "silent": "The text does not say",
    "not decided yet": "Not decided yet",
}


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook of these code cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(notebook, path)


class Practising:
    """A page that practises a guide, and what a student does there by mouse and keyboard."""

    def __init__(self, page: Page, guide: tree.Guide, record: Path, seed: int = 1) -> None:
        self.page, self.guide, self.record, self.seed = page, guide, record, seed

    @property
    def practice(self) -> Locator:
        return self.page.locator(".tree-practice")

    def button(self, name: str) -> Locator:
        return self.practice.get_by_role("button", name=name, exact=True)

    @property
    def said(self) -> Locator:
        return self.practice.locator(".tp-said[role=status]").last

    @property
    def questions(self) -> list[PracticeQuestion]:
        by_id = {question.id: question for question in self.guide.questions(self.seed)}
        return [by_id[id] for id in Record(self.record).rounds(self.guide.id)[-1].questions]

    def waits_for(self, question: PracticeQuestion) -> None:
        """Until the page shows this question, with nothing chosen."""
        expect(self.practice.locator(".tp-story")).to_have_text(question.case.story)
        expect(self.practice.locator(".tp-asks")).to_have_text(question.asks)
        expect(self.practice.locator(".widget-radio")).to_have_count(len(choices(question, None)))
        expect(self.practice.locator("input:checked")).to_have_count(0)

    def radio(self, number: int, label: str) -> Locator:
        group = self.practice.locator(".widget-radio").nth(number)
        return group.get_by_role("radio", name=label, exact=True)

    def choose(self, question: PracticeQuestion, answer: Any) -> None:
        for number, (_, label) in enumerate(choices(question, answer)):
            radio = self.radio(number, label)
            # What is clicked while the page still moves may not be hit.
            until(lambda radio=radio: radio.is_checked() or radio.click(), what=label)

    # --- without a mouse ------------------------------------------------------------------

    def focused(self) -> tuple[int, str]:
        """What has the focus: the number of its row, or -1 for a button; and its words."""
        row, words = self.page.evaluate("""() => {
            const now = document.activeElement;
            const rows = [...document.querySelectorAll(".tree-practice .widget-radio")];
            return [rows.indexOf(now.closest(".widget-radio")),
                    (now.closest("label") ?? now).textContent.trim()];
        }""")
        return row, words

    def tab_to(self, row: int, words: str) -> None:
        seen = []
        while self.focused() != (row, words):
            seen.append(self.focused())
            assert len(seen) < 100, seen
            self.page.keyboard.press("Tab")

    def choose_by_keyboard(self, question: PracticeQuestion, answer: Any) -> None:
        for number, (_, label) in enumerate(choices(question, answer)):
            self.tab_to(number, label)
            self.page.keyboard.press("Space")
            # As a person sees it before going on.
            expect(self.radio(number, label)).to_be_checked()

    def press(self, button: str, key: str) -> None:
        self.tab_to(-1, button)
        self.page.keyboard.press(key)

    def text(self) -> str:
        """Everything that the page holds, not only what can be seen."""
        return str(self.page.content())


class Student(Practising):
    """A notebook that practises, open in JupyterLab, and what a student does there."""

    def __init__(
        self,
        page: Page,
        server: Server,
        name: str,
        guide: str = "liver_cases",
        more: str = f"length={LENGTH}, seed=1",
    ) -> None:
        self.server = server
        write_guide(server.folder / "data" / "liver_cases")
        self.notebook = server.folder / "notebooks" / f"{name}.ipynb"
        record = self.notebook.with_name(f"{name}.sqlite")
        super().__init__(page, tree.load(server.folder / "data" / guide), record)
        if not self.notebook.exists():
            write_notebook(
                self.notebook,
                f"import tree\nguide = tree.load('../data/{guide}')\n"
                f"practice = tree.Practice(guide, '{name}.sqlite', {more})\n"
                "practice",
                "print(practice)",
            )
        self.opens()

    def opens(self) -> None:
        """Open the notebook, also again after it was open, and run it."""
        self.page.goto("about:blank")
        self.lab = Lab(self.page, self.server, f"notebooks/{self.notebook.name}")
        self._runs()

    def begins_anew(self) -> None:
        """The first round again, on the same page, as if nothing had been answered there."""
        self.record.unlink(missing_ok=True)
        self._runs()

    def _runs(self) -> None:
        """Run every cell, until there is another practice than before."""
        self.practice.evaluate_all("all => all.map(practice => practice.dataset.before = '')")
        self.lab.start_all()
        self.page.locator(".tree-practice:not([data-before])").wait_for()
        self.button("Submit").wait_for()
        # When its last cell has run, JupyterLab takes the focus back to the notebook.
        until(self.lab.has_run, what="every cell has run")

    def save_with(self, words: str) -> str:
        """Save it until these words are in it: the widgets' state comes a moment later."""

        def found() -> str:
            content = self.lab.save()
            return content if words in content else ""

        return until(found, what=words)


def choices(question: PracticeQuestion, answer: Any) -> list[tuple[str, str]]:
    """Every row of the question, with the label to choose in it."""
    if question.choices:
        return [("", dict(question.choices).get(answer, ""))]
    factors = (answer or {}).get("factors", answer) if answer else {}
    rows = [(f.id, capitalized(factors.get(f.id, ""))) for f in question.reading.factors]
    if question.kind == "standing":
        options = (answer or {}).get("options", {})
        rows += [(o.id, SHOWN.get(options.get(o.id, ""), "")) for o in question.reading.options]
    return rows
