"""Whether the path is seen while it is answered: drawn, or in words where it has no room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from explorer_state import LABEL, SETTLED
from one_view import ALIGN
from playwright.sync_api import Locator

import tree
from tree.logic.build import Leaf, Tree

# Answers a path question by question; after each, what of it is not seen, and how large the words.
FOLLOW = """async (root, answers) => {
  const buttons = [...root.querySelectorAll("button")];
  buttons.find(each => each.textContent === "Reset").click();
  await SETTLED;
  const frame = root.querySelector(".dtree-drawing");
  const steps = root.querySelector(".dtree-steps");
  const svg = frame.querySelector("svg");
  const scale = svg.getBoundingClientRect().width / svg.getAttribute("width");
  const found = {scale, undrawn: [], unseen: [], endsUnseen: [], steps: 0};
  const page = window.seenThrough === document.scrollingElement;
  const isIn = (part, around) => {
    const [box, seen] = [part, around].map(each => each.getBoundingClientRect());
    return box.top >= seen.top - 1 && box.bottom <= seen.bottom + 1
      && box.left >= seen.left - 1 && box.right <= seen.right + 1 && box.width + box.height > 0;
  };
  const inWindow = part => {
    const {top, bottom} = part.getBoundingClientRect();
    return page ? top >= -1 && bottom <= innerHeight + 1 : isIn(part, window.seenThrough);
  };
  for (const [question, label] of answers) {
    const asked = () => [...root.querySelectorAll("[role=radiogroup]")]
      .find(each => each.getAttribute("aria-label") === question);
    // A notebook makes the toggles of a tree when it is first looked at.
    while (!asked()) await new Promise(requestAnimationFrame);
    const group = asked();
    [...group.querySelectorAll("[role=radio], label")]
      .find(each => each.textContent === label).click();
    await SETTLED;
    if (page) scrollTo(0, 0);
    const path = [...frame.querySelectorAll("g.dtree-taken")];
    const name = part => part.getAttribute("aria-label");
    const shape = part => part.querySelector("path:not(.dtree-target), polygon");
    const undrawn = path.filter(part => !isIn(shape(part), frame) || !inWindow(shape(part)));
    // A step in words has a question and its answer.
    const told = new Set([...steps.children]
      .filter(step => isIn(step, steps) && inWindow(step))
      .flatMap(step => [step.title, `${step.title} ${step.lastChild.textContent}`]));
    found.undrawn.push(...undrawn.map(name));
    found.unseen.push(...undrawn.map(name).filter(each => !told.has(each)));
    const end = path.find(part => part.matches(".leaf, .dtree-asked-next"));
    if (!end || undrawn.includes(end)) found.endsUnseen.push(end ? name(end) : "");
    found.taken = path.length;
    found.steps = Math.max(found.steps, told.size / 2);
  }
  return found;
}""".replace("SETTLED", SETTLED)


def paths(shape: Tree) -> Iterator[list[tuple[str, str]]]:
    """The answers on each path from the root to a leaf."""

    def going(index: int, known: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
        node = shape.nodes[index]
        if isinstance(node, Leaf):
            yield known
            return
        for value, target in node.branches:
            yield from going(target, [*known, (node.factor, value)])

    return going(0, [])


def follow(
    explorer: Locator, guide: tree.Guide, shape: Tree, most: int = 12
) -> Iterator[dict[str, Any]]:
    """What is seen of some paths, in an explorer that stands at the beginning of its window."""
    explorer.evaluate(ALIGN)
    all_paths = [each for each in paths(shape) if each]
    for answers in all_paths[:: len(all_paths) // most + 1]:
        asked = [(guide.factor(id).question, LABEL[value]) for id, value in answers]
        yield explorer.evaluate(FOLLOW, asked)
