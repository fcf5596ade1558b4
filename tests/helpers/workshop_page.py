"""The workshop's screen in a plain page: the real front end, and a real workshop in Python.

Between the two stands a line of its own instead of JupyterLab's, so that a test takes a second.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

import tree
from tree.jupyter.workshop import WorkshopScreen

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Workshop</title><style>{css}</style></head>
<body><main id="place"></main><script type="module">{script}</script></body></html>"""
_START = """
const heard = new Map();
let state = JSON.parse(await window.stateOfPython());
const tell = (name, value) => (heard.get(name) ?? []).forEach(act => act(value));
const model = {
  get: () => state,
  on: (name, act) => heard.set(name, [...(heard.get(name) ?? []), act]),
  off: () => {},
  async send(words) {
    const said = JSON.parse(await window.toPython(JSON.stringify(words)));
    state = said.state;
    tell("change:state");
    said.answers.forEach(answer => tell("msg:custom", answer));
  }
};
window.followPython = async () => {
  state = JSON.parse(await window.stateOfPython());
  tell("change:state");
};
screenOfWorkshop.render({ model, el: document.getElementById("place") });
"""


def drafted(folder: Path) -> Path:
    """A finished guide whose entries all wait to be confirmed."""
    source = (folder / "guide.yaml").read_text(encoding="utf-8")
    waiting = re.sub(r"^(  \w+:)\n(?=    )", r"\1\n    draft: true\n", source, flags=re.MULTILINE)
    assert waiting.count("draft: true") > 10
    (folder / "guide.yaml").write_text(waiting, encoding="utf-8")
    return folder


class WorkshopPage:
    """The screen of a workshop in a page, and what a person does there."""

    def __init__(self, page: Page, workshop: tree.Workshop) -> None:
        self.page = page
        self.workshop = workshop
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.expose_function("toPython", self._hear)
        page.expose_function("stateOfPython", lambda: json.dumps(workshop.screen.state))
        script = str(WorkshopScreen._esm).replace("export default", "const screenOfWorkshop =")
        # A page of a file has a store of its own, as one of JupyterLab has.
        path = workshop.folder.parent / "page.html"
        path.write_text(_PAGE.format(css=WorkshopScreen._css, script=script + _START), "utf-8")
        page.goto(path.as_uri())
        page.locator(".tree-workshop").wait_for()

    def _hear(self, words: str) -> str:
        answers: list[Any] = []
        self.workshop.screen.send = lambda answer, *_: answers.append(answer)
        self.workshop._hear(None, json.loads(words), None)
        return json.dumps({"state": self.workshop.screen.state, "answers": answers})

    def key(self, name: str) -> Locator:
        """A control by its key."""
        return self.page.locator(f'[data-key="{name}"]')

    def idle(self) -> None:
        """Wait until no step is on its way."""
        self.page.locator('.tree-workshop[aria-busy="false"]').wait_for()

    def follow(self) -> None:
        """Let Python look at the files, and the page at what it found."""
        self.workshop.refresh_if_changed()
        self.page.evaluate("followPython()")

    def select(self, words: str) -> None:
        """Select words of the text with the mouse."""
        text = self.workshop.screen.state["text"]
        start = text.index(words)
        first, last = self._box(start), self._box(start + len(words) - 1)
        self.page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
        self.page.mouse.down()
        end = last["x"] + last["width"] - 1
        self.page.mouse.move(end, last["y"] + last["height"] / 2, steps=4)
        self.page.mouse.up()
        expect(self.page.locator(".tw-left .tw-unseen")).to_have_text(f"Selected: {words}")

    def _box(self, offset: int) -> Any:
        """Where the word with a letter stands on the screen."""
        # What is far away becomes words when it comes near.
        handle = self.page.wait_for_function(
            """offset => {
              const near = [...document.querySelectorAll(".tw-text [data-at]")].reverse();
              const word = near.find(each => Number(each.dataset.at) <= offset);
              if (!word.parentElement.matches(".tw-line-of-text")) return word;
              word.scrollIntoView({block: "center"});
            }""",
            arg=offset,
        ).as_element()
        assert handle is not None
        handle.scroll_into_view_if_needed()
        return handle.bounding_box()

    def click_sentence(self, words: str) -> None:
        self.page.locator(".tw-sentence", has_text=words).first.click()

    def said(self, words: str) -> None:
        expect(self.page.locator(".tw-said")).to_contain_text(words)
