"""A busy kernel: what is chosen meanwhile stands, and what it answers late brings nothing back."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_state import LABEL
from jupyterlab_parts import Lab, Server
from playwright.sync_api import Browser, Locator, expect
from practice_parts import write_notebook
from processes import until

import tree

CELLS = (
    "import itertools, pathlib, time, tree\n"
    "explorer = tree.Explorer(tree.load('../data/metastatic_liver_cancer'))\n"
    "go, held, count = pathlib.Path('go'), pathlib.Path('held'), itertools.count()",
    "held.touch()\nwhile not go.exists():\n    time.sleep(0.01)\nheld.unlink()\ngo.unlink()",
    "print(next(count), [explorer.answers, explorer.passages, explorer.order])",
    "explorer",
    "explorer",
)

# Everything that shows what is chosen, in every explorer of the page, at every change of the page.
WATCH = """() => {
  const read = () => [...document.querySelectorAll(".jp-Notebook .dtree")].map(root => ({
    checked: [...root.querySelectorAll("[role=radio][aria-checked=true]")].map(e => e.textContent),
    lit: [...root.querySelectorAll("[role=radio].mod-active")].map(e => e.textContent),
    taken: [...root.querySelectorAll("g.node.dtree-taken > title")].map(e => e.textContent),
    answered: [...root.querySelectorAll("g.edge[aria-pressed=true]")].map(
      e => e.getAttribute("aria-label")),
    patient: root.querySelector("select").value,
    said: root.querySelector("[aria-live]").textContent,
    boxes: [...root.querySelectorAll(".dtree-settings [type=checkbox]")].map(e => e.checked),
    order: [...root.querySelectorAll(".dtree-order li")].map(e => e.textContent),
  }));
  window.states = [JSON.stringify(read())];
  window.watcher?.disconnect();
  window.watcher = new MutationObserver(() => {
    const now = JSON.stringify(read());
    if (now !== window.states.at(-1)) window.states.push(now);
  });
  window.watcher.observe(document.querySelector(".jp-Notebook"), {
    subtree: true, childList: true, attributes: true, characterData: true});
}"""


class Busy:
    """A notebook with two views of an explorer, whose kernel can be held."""

    def __init__(self, lab: Lab, folder: Path) -> None:
        self.lab, self.page = lab, lab.page
        self.go, self.held = folder / "go", folder / "held"
        self.runs = 0

    @property
    def views(self) -> Locator:
        return self.page.locator(".jp-Notebook .dtree")

    def run(self, words: str) -> Locator:
        cell = self.page.locator(".jp-CodeCell", has_text=words).first
        cell.locator(".jp-Editor").click()
        self.page.keyboard.press("Control+Enter")
        return cell.locator(".jp-OutputArea")

    def hold(self) -> None:
        self.run("held.touch()")
        until(self.held.exists, what="the kernel is held")

    def release(self) -> list[Any]:
        """Let the kernel answer everything; what Python has then."""
        self.runs += 1
        output = self.run("print(next(count)")
        self.go.touch()
        # Answers come in order, so that all that came before this have come.
        return list(ast.literal_eval(until(lambda: self.printed(output), what="it answers")))

    def printed(self, output: Locator) -> str:
        """What is printed now, also where JupyterLab has not laid it out yet."""
        number, _, words = (output.text_content() or "").strip().partition(" ")
        return words if number == str(self.runs) and words.endswith("]") else ""

    def states(self) -> list[str]:
        return list(self.page.evaluate("window.states"))

    def while_held(self, *acts: Act) -> tuple[list[str], list[Any]]:
        """Do this faster than the kernel answers; what the page showed after, and Python's view."""
        self.hold()
        for act in acts:
            act(self.views.first)
            # As a person would see it before acting again.
            self.lab.state()
        self.page.evaluate(WATCH)
        python = self.release()
        self.lab.state()
        return self.states(), python


@pytest.fixture(scope="module")
def busy(browser: Browser, lab: Server) -> Iterator[Busy]:
    folder = lab.folder / "notebooks"
    write_notebook(folder / "busy.ipynb", *CELLS)
    context = browser.new_context(viewport={"width": 1280, "height": 5000})
    context.set_default_timeout(60_000)
    found = Busy(Lab(context.new_page(), lab, "notebooks/busy.ipynb"), folder)
    found.go.touch()
    found.lab.start_all()
    until(lambda: found.views.count() == 2, what="both views are there")
    found.lab.show_explorer()
    for at in range(2):
        found.views.nth(at).get_by_text("Change the tree").click()
    yield found
    assert found.lab.errors == []
    context.close()


Act = Callable[[Locator], object]


def example(number: int) -> Act:
    return lambda view: view.get_by_label("Example patient").select_option(index=number)


def toggle(factor: int, label: str) -> Act:
    def act(view: Locator) -> None:
        group = view.get_by_role("radiogroup").nth(factor)
        group.get_by_role("radio", name=label, exact=True).click()

    return act


def branch(question: str, label: str) -> Act:
    return lambda view: view.locator(f'.edge[aria-label="{question} {label}"] text').click()


def press(name: str) -> Act:
    return lambda view: view.get_by_role("button", name=name, exact=True).click()


def tick(number: int) -> Act:
    return lambda view: view.locator(".dtree-settings [type=checkbox]").nth(number).click()


@pytest.mark.parametrize(
    "name", ["two examples", "click, example", "example, click", "branch", "clicks", "Reset"]
)
def test_nothing_comes_back(busy: Busy, liver: tree.Guide, name: str) -> None:
    (_, first), (_, second), *_ = liver.examples
    ids = [factor.id for factor in liver.factors]
    acts, wanted = {
        "two examples": ([example(1), example(2)], dict(second)),
        "click, example": ([toggle(0, "Yes"), example(1)], dict(first)),
        "example, click": ([example(1), toggle(0, "Yes")], {**dict(first), ids[0]: "yes"}),
        "branch": (
            [branch(liver.factors[0].question, label) for label in ("Yes", "No")],
            {ids[0]: "no"},
        ),
        "clicks": (
            [
                toggle(0, "Yes"),
                toggle(0, "No"),
                example(2),
                toggle(0, "Yes"),
                toggle(0, "No"),
                toggle(1, "Yes"),
                toggle(1, "Unknown"),
                example(1),
            ],
            dict(first),
        ),
        "Reset": ([example(2), toggle(1, "No"), press("Reset")], {}),
    }[name]
    busy.while_held(press("Reset"))
    shown, (answers, *_) = busy.while_held(*acts)
    assert len(shown) == 1, shown
    assert answers == wanted
    labels = [LABEL[wanted.get(id)] for id in ids]
    for at in range(2):
        group = busy.views.nth(at).locator("[role=radio][aria-checked=true]")
        expect(group).to_have_text(labels)


def test_settings_do_not_come_back(busy: Busy, liver: tree.Guide) -> None:
    passages = [passage.id for passage in liver.text.passages]
    ids = [factor.id for factor in liver.factors]
    earlier = press(f"Ask earlier: {liver.factors[2].question}")
    shown, (_, spoken, order) = busy.while_held(tick(0), tick(1), earlier, earlier)
    assert spoken == passages[2:]
    assert order == [ids[2], ids[0], ids[1], *ids[3:]]
    # Once from what was to what was asked for, in each of the two views.
    assert len(shown) <= 3, shown
    shown, (_, spoken, order) = busy.while_held(tick(0), tick(1), press("As in the guide"))
    assert (spoken, order) == (passages, ids)
    assert len(shown) <= 3, shown
