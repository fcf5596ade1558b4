"""A teacher who gives a lesson in JupyterLab."""

from __future__ import annotations

from jupyterlab_parts import Lab, Server
from playwright.sync_api import Locator, Page, expect
from practice_parts import write_notebook
from practised_guide import write_guide

import tree
from tree.teaching.classroom.turns import Turn

IDS = ["branch/cook_of_58", "standing/retired_teacher", "sentence/retired_teacher/resection"]


class Teacher:
    """A notebook with a lesson, open in JupyterLab, and what a teacher does there."""

    def __init__(
        self,
        page: Page,
        server: Server,
        name: str,
        more: str = f"{IDS}",
        guide: str = "liver_cases",
    ) -> None:
        self.page = page
        write_guide(server.folder / "data" / "liver_cases")
        self.guide = tree.load(server.folder / "data" / guide)
        self.notebook = server.folder / "notebooks" / f"{name}.ipynb"
        if not self.notebook.exists():
            write_notebook(
                self.notebook,
                f"import tree\nguide = tree.load('../data/{guide}')\n"
                f"lesson = tree.Lesson(guide, {more})\nlesson",
            )
        self.lab = Lab(page, server, f"notebooks/{name}.ipynb")
        self.lab.start_all()
        self.button("Reveal").wait_for()
        # Clicked first, so that JupyterLab's own scrolling is over.
        self.lesson.scroll_into_view_if_needed()

    @property
    def lesson(self) -> Locator:
        return self.page.locator(".tree-lesson")

    @property
    def said(self) -> Locator:
        return self.lesson.locator(".tp-said[role=status]")

    def button(self, name: str) -> Locator:
        return self.lesson.get_by_role("button", name=name, exact=True)

    def row(self, place: int) -> Locator:
        return self.lesson.locator(".tl-row").nth(place)

    def waits_for(self, turn: Turn) -> None:
        """Until the page asks this, with nothing revealed."""
        expect(self.lesson.locator(".tp-asks")).to_have_text(turn.asks)
        expect(self.lesson.locator(".tp-story")).to_have_text(turn.question.case.story)
        expect(self.lesson.locator(".tl-row")).to_have_count(len(turn.choices))
        expect(self.said).to_have_count(0)

    def check_revealed(self, turn: Turn) -> None:
        right = [place for place, (v, _) in enumerate(turn.choices) if v in turn.step.accepted]
        expect(self.lesson.locator(".tl-right")).to_have_count(len(right))
        for place in right:
            expect(self.row(place)).to_contain_text("✓ right")
        marks = [" ".join(m.split()) for m in self.said.locator("mark").all_text_contents()]
        assert {quote.line for quote in turn.step.quotes} == set(marks)
        story = self.lesson.locator(".tp-story mark").all_text_contents()
        assert [quote.line for quote in turn.step.words] == story

    def focused(self) -> str:
        return str(
            self.page.evaluate("""() => {
                const now = document.activeElement;
                return now.matches("input") ? now.labels[0].textContent : now.textContent.trim();
            }""")
        )

    def tab_to(self, words: str, key: str = "Tab") -> None:
        seen: list[str] = []
        while self.focused() != words:
            seen.append(self.focused())
            assert len(seen) < 60, seen
            self.page.keyboard.press(key)
