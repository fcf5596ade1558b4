"""Two vignettes of our own for the tests, and a student who practises on them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
from jupyterlab_parts import Lab, Server
from places import LIVER
from playwright.sync_api import Locator, Page, expect
from processes import until

import tree
from tree.model.parts import capitalized
from tree.teaching.practice.records import Record
from tree.teaching.questions.grading import grade
from tree.teaching.questions.questions import PracticeQuestion

LENGTH = 5
SHOWN = {
    "preferred": "First choice",
    "offered": "Offered",
    "withheld": "Withheld",
    "silent": "The text is silent",
    "not decided yet": "Not decided yet",
}
# In the second one the vignette does not say everything.
CASES = """
retired_teacher:
  vignette: >-
    A retired teacher has three small tumors in the liver, and the scans show no spread to any
    other organ. The surgeon is confident that all three can be taken out safely, and finds
    nothing else that speaks against an operation. The tumor is of a type that usually shrinks
    under chemotherapy. She plays the organ in her village.
  answers:
    other_organ_involvement:
      value: no
      words: no spread to any other organ
    extensive_liver_involvement:
      value: no
      words: three small tumors in the liver
    other_factors_against_resection:
      value: no
      words: nothing else that speaks against an operation
    complete_removal_feasible:
      value: yes
      words: all three can be taken out safely
    chemotherapy_responsive_tumor:
      value: yes
      words: of a type that usually shrinks under chemotherapy
  distractors: She plays the organ in her village.
cook_of_58:
  vignette: >-
    A cook of 58 has tumors throughout the liver. There are deposits in the lungs as well. The
    laboratory has not yet said what type of tumor it is.
  answers:
    other_organ_involvement:
      value: yes
      words: deposits in the lungs
    extensive_liver_involvement:
      value: yes
      words: tumors throughout the liver
"""


def write_guide(folder: Path) -> Path:
    """The liver guide with the vignettes."""
    if (folder / "cases.yaml").exists():
        return folder
    shutil.copytree(LIVER, folder, dirs_exist_ok=True)
    (folder / "cases.yaml").write_text(CASES, encoding="utf-8")
    return folder


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook of these code cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(notebook, path)


def right_answer(question: PracticeQuestion) -> Any:
    """An answer that is right, from the case and the walk alone."""
    walk = question.walk
    factors = {f.id: walk.answers.get(f.id, "unknown") for f in question.reading.factors}
    if question.kind == "branch":
        return factors
    if question.kind == "standing":
        said = {id: str(o.standing or "not decided yet") for id, o in walk.standings.items()}
        return {"factors": factors, "options": said}
    return next(choice for choice, _ in question.choices if grade(question, choice).right)


def wrong_answer(question: PracticeQuestion) -> Any:
    """An answer that leaves the text: at the last option, at the first factor, or elsewhere."""
    right = right_answer(question)
    if question.kind == "standing":
        last = question.reading.options[-1].id
        wrong = "withheld" if right["options"][last] != "withheld" else "offered"
        return {**right, "options": {**right["options"], last: wrong}}
    if question.kind == "branch":
        first = next(f for f in question.reading.factors if f.id in question.tree.factors)
        return {**right, first.id: next(v for v in first.values if v != right[first.id])}
    return next(choice for choice, _ in question.choices if not grade(question, choice).right)


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
        self.lab = Lab(page, server, f"notebooks/{name}.ipynb")
        self.lab.start_all()
        self.button("Submit").wait_for()
        # When its last cell has run, JupyterLab takes the focus back to the notebook.
        until(self.lab.has_run, what="every cell has run")

    def save(self) -> str:
        """Save the notebook, with its widgets, and give what is on the disk."""
        before = self.notebook.stat().st_mtime_ns
        self.lab.menu("File", "docmanager:save")

        def saved() -> str:
            # While it is written, the file is empty or ends halfway.
            content = self.notebook.read_text(encoding="utf-8")
            is_new = self.notebook.stat().st_mtime_ns > before
            return content if is_new and content.rstrip().endswith("}") else ""

        return until(saved, what="the notebook is saved")

    def save_with(self, words: str) -> str:
        """Save it until these words are in it: the widgets' state comes a moment later."""

        def found() -> str:
            content = self.save()
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
