"""Practice in the static page, and what a student does there."""

from __future__ import annotations

import json
import re
from typing import Any

from browsing import errors_of
from playwright.sync_api import Locator, Page, expect
from practice_parts import choices
from processes import until

import tree
from tree.teaching.questions.questions import PracticeQuestion, digest

KEY = "tree-practice/"


LENGTH = 10


def own_key(guide: tree.Guide) -> str:
    """Where the browser keeps the record of a guide that has not changed since it was begun."""
    return f"{KEY}{guide.id}/{digest(guide, guide.vignettes)}"


class Student:
    """A page opened at *Practise*, and what a student does there."""

    def __init__(self, page: Page, url: str, guide: tree.Guide) -> None:
        self.page, self.url, self.guide = page, url, guide
        self.by_id = {question.id: question for question in guide.questions()}
        self.requests: list[str] = []
        self.errors = errors_of(page)
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(f"{url}#practise")
        self.practice.locator(".tp-keeping").wait_for()
        # Of a guide that has changed, that of the guide as it was when the record was begun.
        begun = [key for key in self.places() if re.fullmatch("[0-9a-f]+", key.rpartition("/")[2])]
        self.key = own_key(guide) if own_key(guide) in begun else "".join(begun)

    @property
    def practice(self) -> Locator:
        return self.page.locator("#tp-page")

    @property
    def told(self) -> Locator:
        """What is said of the answer."""
        return self.practice.locator("[role=status]").nth(2)

    @property
    def hinted(self) -> Locator:
        return self.practice.locator("[role=status]").nth(1)

    def button(self, name: str) -> Locator:
        return self.practice.get_by_role("button", name=name, exact=True)

    def places(self) -> list[str]:
        """Where the browser keeps something of a guide in a folder of this name."""
        found = self.page.evaluate("Object.keys(localStorage)")
        return sorted(key for key in found if key.startswith(KEY + self.guide.id))

    def kept(self) -> Any:
        """What the browser keeps."""
        content = self.page.evaluate("key => localStorage.getItem(key)", self.key)
        return None if content is None else json.loads(content)

    @property
    def questions(self) -> list[PracticeQuestion]:
        return [self.by_id[id] for id in self.kept()["round"]["questions"]]

    def waits_for(self, question: PracticeQuestion) -> None:
        expect(self.practice.locator(".tp-story")).to_have_text(question.case.story)
        expect(self.practice.locator(".tp-asks")).to_have_text(question.asks)
        expect(self.practice.locator("fieldset")).to_have_count(len(choices(question, None)))
        expect(self.practice.locator("input:checked")).to_have_count(0)

    def choose(self, question: PracticeQuestion, answer: Any) -> None:
        for number, (_, label) in enumerate(choices(question, answer)):
            row = self.practice.locator("fieldset").nth(number)
            row.get_by_role("radio", name=label, exact=True).check()

    def focused(self) -> tuple[int, str]:
        """What has the focus: the number of its row, or -1 elsewhere; and its words."""
        row, words = self.page.evaluate("""() => {
            const now = document.activeElement;
            const rows = [...document.querySelectorAll("#tp-page fieldset")];
            return [rows.indexOf(now.closest("fieldset")),
                    (now.closest("label") ?? now).textContent.trim()];
        }""")
        return row, words

    def tab_to(self, row: int, words: str, key: str = "Tab") -> None:
        for _ in range(120):
            if self.focused() == (row, words):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"no tab stop at {row} {words!r}")

    def choose_by_keyboard(self, question: PracticeQuestion, answer: Any) -> None:
        """As in any group of radio buttons: Tab goes to it, arrows choose."""
        for number, (_, label) in enumerate(choices(question, answer)):
            for _ in range(120):
                if self.focused()[0] == number:
                    break
                self.page.keyboard.press("Tab")
            self.page.keyboard.press("Space")
            for _ in range(20):
                if self.focused() == (number, label):
                    break
                self.page.keyboard.press("ArrowDown")
            assert self.focused() == (number, label)

    def press(self, button: str, key: str) -> None:
        self.tab_to(-1, button)
        self.page.keyboard.press(key)

    def is_on(self, button: str) -> None:
        until(lambda: self.focused() == (-1, button), what=f"the focus is on {button}")
