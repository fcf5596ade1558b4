"""What an explorer shows, read from the page, and what it must show, worked out in Python."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import tree
from tree.logic.firmness import firmness_of, verdicts_at
from tree.logic.tree_walk import TreeWalk
from tree.logic.trees import of_everyone
from tree.logic.walk import Walk
from tree.messages import say, spoken, valued
from tree.model.parts import listed

if TYPE_CHECKING:
    from playwright.sync_api import Page

YES_NO_UNKNOWN = ("Yes", "No", "Unknown")


class Labels(dict[str | None, str]):
    """How the value of an answer is written on screen, in the language in force."""

    def __missing__(self, value: str | None) -> str:
        return valued(value or "unknown")


LABEL = Labels()


# The verdict comes a frame after the highlight, the rest of the drawing another one, then all else.
_FRAME = "new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))"
SETTLED = f"({_FRAME}).then(() => {_FRAME}).then(() => {_FRAME})"


# Reads the page alone, in the order of the drawing: nodes n0, n1, … and their branches.
READ_STATE = """async root => {
  await SETTLED;
  const state = part => ["taken", "possible", "ruled-out"]
    .filter(name => part.classList.contains(`dtree-${name}`)).join("+");
  const nodes = [...root.querySelectorAll("g.node:not(.everyone)")];
  const edges = [...root.querySelectorAll("g.edge")];
  return {
    nodes: nodes.map(part => [part.querySelector("title").textContent, state(part)]),
    branches: edges.map(part => [part.querySelector("title").textContent, state(part)]),
    answered: edges.filter(part => part.getAttribute("aria-pressed") === "true").length,
    // Stock toggles in a notebook, radio buttons in a page.
    toggles: [...root.querySelectorAll("[role=radio][aria-checked=true], .dtree-choice :checked")]
      .map(chosen => (chosen.closest("label") ?? chosen).textContent),
    next: [...root.querySelectorAll(".dtree-is-next .dtree-asked")].map(e => e.textContent),
    said: root.querySelector("[aria-live]").textContent,
    sections: Object.fromEntries([...root.querySelectorAll(".dtree-outcome section")]
      .map(part => [part.querySelector(".dtree-h1").textContent,
        [...part.querySelectorAll(".dtree-option > summary")].map(e => e.textContent)])),
    quotes: Object.fromEntries([...root.querySelectorAll(".dtree-option")]
      .map(part => [part.querySelector("summary").textContent,
        [...part.querySelectorAll("q")].map(e => e.textContent)])),
    groups: Object.fromEntries([...root.querySelectorAll(".dtree-group")]
      .map(part => [part.getAttribute("aria-label"),
        [...part.querySelectorAll(".dtree-option > summary")].map(e => e.innerText)])),
  };
}""".replace("SETTLED", SETTLED)


# The same of a page for one address after the other, and there for each tree in its list.
READ_STATES = """async (root, addresses) => {
  const read = READ_STATE;
  const states = [];
  for (const address of addresses) {
    location.hash = address;
    await new Promise(done => requestAnimationFrame(done));
    const trees = root.querySelectorAll(".dtree-trees li button").length;
    const shown = [];
    for (let at = 0; at < Math.max(trees, 1); at++) {
      root.querySelectorAll(".dtree-trees li button")[at]?.click();
      shown.push(await read(root));
    }
    states.push(shown);
  }
  return JSON.stringify(states);
}""".replace("READ_STATE", READ_STATE)


def address(answers: dict[str, str]) -> str:
    """Where a page shows what it says for these answers."""
    return "#" + "&".join(f"{factor}={value}" for factor, value in answers.items())


def states_at(page: Page, patients: Sequence[dict[str, str]]) -> list[list[dict[str, Any]]]:
    """What a page shows for each of these answers, by its trees; asked all at once, since asking
    a page takes longer than what it does."""
    root = page.locator(".dtree").first
    return list(json.loads(root.evaluate(READ_STATES, [*map(address, patients)])))


@spoken
def expected(walk: Walk, on: TreeWalk | None = None) -> dict[str, Any]:
    """What the page must show for a walk on a tree, or on the first one, computed in Python."""
    reading, on = walk.reading, on or walk.trees[0]
    question = {factor.id: factor.question for factor in reading.factors}

    def name(index: int) -> str:
        node = on.tree.nodes[index]
        if hasattr(node, "factor"):
            return question[node.factor]
        found = verdicts_at(on.tree, index)
        return "; ".join(f"{label}: {listed(each, reading.groups)}" for label, each in found)

    # Its questions alone, and those that no tree asks.
    elsewhere = {f for each in walk.trees for f in each.tree.factors} - {*on.tree.factors}
    following = reading.factor(on.next) if on.next else None
    firm, sections = firmness_of(walk), dict[str, list[str]]()
    shown = [*on.tree.options, *(option for option, _ in of_everyone(reading))]
    for option in (option for option in reading.options if option in shown):
        standing = walk.standings[option.id].standing
        heading = reading.label(standing) if standing else say("Not decided yet")
        sections.setdefault(heading, []).append(firm[option.id].after(option.label))
    return {
        "nodes": sorted([name(i), str(state)] for i, state in enumerate(on.nodes)),
        "branches": sorted(
            [f"{name(i)} {LABEL[value]}", str(state)] for (i, value), state in on.branches.items()
        ),
        "answered": sum(
            walk.answers.get(on.tree.nodes[i].factor) == value for i, value in on.branches
        ),
        "toggles": [
            LABEL[value]
            for factor in reading.factors
            if factor.id not in elsewhere
            for answer in [walk.answers.get(factor.id)]
            for value in (answer if isinstance(answer, tuple) else (answer,))
        ],
        "next": [following.short or following.question] if following else [],
        "sections": sections,
    }


def seen(shown: dict[str, Any]) -> dict[str, Any]:
    """The part of the page's state that a walk decides, in the same shape."""
    return {
        "nodes": sorted(shown["nodes"]),
        "branches": sorted(shown["branches"]),
        "answered": shown["answered"],
        "toggles": shown["toggles"],
        "next": shown["next"],
        # The path, combinations and remarks have sections of their own, without options.
        "sections": {heading: options for heading, options in shown["sections"].items() if options},
    }


def answers_of(guide: tree.Guide, labels: Sequence[str]) -> dict[str, str]:
    pairs = zip(guide.factors, labels, strict=True)
    return {factor.id: label.lower() for factor, label in pairs if label != "Unknown"}
