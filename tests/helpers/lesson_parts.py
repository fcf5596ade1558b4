"""A teacher who gives a lesson in JupyterLab."""

from __future__ import annotations

import json
from typing import Any

from jupyterlab_parts import Lab, Server
from playwright.sync_api import Locator, Page, expect
from practice_parts import write_notebook
from practised_guide import write_guide
from processes import until

import tree
from tree.teaching.classroom.turns import Turn

IDS = ["branch/cook_of_58", "standing/retired_teacher", "sentence/retired_teacher/resection"]


IN_SIGHT = """parts => parts.every(part => {
  const box = part.getBoundingClientRect();
  const room = part.closest(".jp-WindowedPanel-outer").getBoundingClientRect();
  const bar = part.closest(".tree-lesson").querySelector(".tp-buttons").getBoundingClientRect();
  return box.height > 0 && box.top >= Math.max(room.top, bar.bottom) - 1
    && box.bottom <= room.bottom + 1 && box.left >= room.left && box.right <= room.right;
})"""


class Teacher:
    """A notebook with a lesson, open in JupyterLab, and what a teacher does there.

    Which lesson is given lies in a file beside the notebook, so that one page gives several, and
    the page does not name what is asked.
    """

    def __init__(self, page: Page, server: Server, name: str) -> None:
        self.page = page
        self.guide = tree.load(write_guide(server.folder / "data" / "liver_cases"))
        self.notebook = server.folder / "notebooks" / f"{name}.ipynb"
        write_notebook(
            self.notebook,
            "import json, pathlib, tree",
            f"given = json.loads(pathlib.Path('{name}.json').read_text())\n"
            "guide = tree.load(given.pop('guide'))\n"
            "lesson = tree.Lesson(guide, **given)\nlesson",
        )
        self.lab = Lab(page, server, f"notebooks/{name}.ipynb")

    def gives(
        self, size: tuple[int, int] = (1920, 1080), guide: str = "liver_cases", **given: Any
    ) -> None:
        """A lesson from its beginning, in a window of this size; default on the questions IDS."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.guide = tree.load(self.lab.server.folder / "data" / guide)
        given = {"guide": f"../data/{guide}", **(given or {"questions": IDS})}
        self.notebook.with_suffix(".json").write_text(json.dumps(given), encoding="utf-8")
        self.lesson.evaluate_all("lessons => lessons.map(lesson => lesson.dataset.before = '')")
        self.lab.start_all()
        self.page.locator(".tree-lesson:not([data-before])").wait_for()
        until(self.lab.has_run, what="every cell has run")
        # Clicked first, so that JupyterLab's own scrolling is over.
        self.button("Reveal").wait_for()
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

    def sees(self, part: Locator) -> bool:
        """Whether all of a part stands in the window, below the lesson's buttons."""
        return bool(part.count() and part.evaluate_all(IN_SIGHT))

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
        # The answer and the story are widgets of their own, which come one after the other.
        quoted = {quote.line for quote in turn.step.quotes}
        marks = self.said.locator("mark")
        until(
            lambda: {" ".join(each.split()) for each in marks.all_text_contents()} == quoted,
            what="every quote is marked",
        )
        words = [quote.line for quote in turn.step.words]
        story = self.lesson.locator(".tp-story mark")
        until(lambda: story.all_text_contents() == words, what="the words of the story are marked")

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
