"""The path is in view in other forms of a tree, too: unfolded, in another order, by one author."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_state import LABEL, SETTLED
from jupyterlab_parts import Host, Server, serving
from one_view import ALIGN
from places import LIVER
from playwright.sync_api import Locator, Page
from practice_parts import write_notebook
from wintering_bees import FOLDER

import tree
from tree.logic.build import Leaf, Tree, unfold, unfolded_size
from tree.web.payload import MOST_UNFOLDED

# Answers a path question by question; after each, what of it is in view, and how large the words.
FOLLOW = """async ([root, answers]) => {
  const buttons = [...root.querySelectorAll("button")];
  buttons.find(each => each.textContent === "Reset").click();
  await SETTLED;
  const frame = root.querySelector(".dtree-drawing");
  const svg = frame.querySelector("svg");
  const found = {scale: svg.getBoundingClientRect().width / svg.getAttribute("width"), hidden: []};
  const lookAt = (part, name) => {
    const box = part.querySelector("path, polygon").getBoundingClientRect();
    for (const seen of [frame, window.seenThrough].map(each => each.getBoundingClientRect())) {
      const fits = box.top >= seen.top - 1 && box.bottom <= seen.bottom + 1
        && box.left >= seen.left - 1 && box.right <= seen.right + 1 && box.width + box.height > 0;
      if (!fits) found.hidden.push(name);
    }
  };
  for (const [question, label] of answers) {
    const group = [...root.querySelectorAll("[role=radiogroup]")]
      .find(each => each.getAttribute("aria-label") === question);
    [...group.querySelectorAll("[role=radio]")].find(each => each.textContent === label).click();
    await SETTLED;
    const path = [...frame.querySelectorAll("g.dtree-taken")];
    for (const part of path) lookAt(part, part.getAttribute("aria-label"));
    found.taken = path.length;
    // The end of the path, whatever else there is room for.
    const end = path.find(part => part.matches(".leaf, .dtree-asked-next"));
    found.end = end.getAttribute("aria-label");
    found.endHidden = found.hidden.includes(found.end);
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


class Opened:
    """An explorer at the beginning of the window of a JupyterLab with its side bar open."""

    def __init__(self, page: Page, server: Server, guide: tree.Guide, name: str) -> None:
        page.set_viewport_size({"width": 1280, "height": 720})
        self.host, self.guide, self.page = Host(page, server, f"{name}.ipynb"), guide, page
        self.host.run()
        self.explorer: Locator = page.locator(".dtree").first
        self.explorer.locator("svg g.node").first.wait_for()
        self.explorer.evaluate(ALIGN)

    def show(self, number: int, form: int) -> None:
        """A tree, drawn with shared parts once (0) or unfolded (1)."""
        self.explorer.evaluate(
            """async (root, [tree, form]) => {
              root.querySelectorAll(".dtree-trees li button")[tree]?.click();
              root.querySelectorAll(".dtree-settings [type=radio]")[form]?.click();
              await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            }""",
            [number, form],
        )

    def follow(self, shape: Tree, most: int = 12) -> Iterator[dict[str, object]]:
        """What is seen of some paths."""
        all_paths = [each for each in paths(shape) if each]
        for answers in all_paths[:: len(all_paths) // most + 1]:
            asked = [(self.guide.factor(id).question, LABEL[value]) for id, value in answers]
            found = self.page.evaluate(FOLLOW, [self.explorer.element_handle(), asked])
            # Letters of 14 px, drawn at this scale.
            assert found["scale"] >= 0.75
            assert found["taken"] == 2 * len(answers) + 1, answers
            yield found


def reversed_order(guide: tree.Guide) -> list[str]:
    return [factor.id for factor in guide.factors][::-1]


# What else is done with the explorer, and whether all of each path has room; where it has not, its
# end is in view. The trees of the bees with most outcomes are wider than any notebook.
LIVERS = {
    "as_written": ("", True),
    "reversed": ("explorer.order = {order}", True),
    "overview": ("explorer.passages = ['overview']", True),
    "transplant_surgery": ("explorer.passages = ['transplant_surgery']", True),
    "wascher": ("explorer.passages = ['wascher']", False),
}
WIDE_BEES = {4, 7}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("forms")
    order = reversed_order(tree.load(LIVER))
    for name, (change, _) in LIVERS.items():
        write(folder, name, LIVER, change.format(order=order))
    write(folder, "bees", FOLDER, "")
    with serving(folder) as found:
        yield found


def write(folder: Path, name: str, guide: Path, change: str) -> None:
    made = f"import tree\nexplorer = tree.Explorer(tree.load({str(guide)!r}))\n{change}"
    write_notebook(folder / f"{name}.ipynb", made, "explorer")


def check_forms(opened: Opened, number: int, shape: Tree, is_whole: bool) -> None:
    """A tree as it is drawn at first, and unfolded where that is another form."""
    forms = [shape]
    if len(shape.nodes) < unfolded_size(shape) <= MOST_UNFOLDED:
        forms.append(unfold(shape))
    for form, drawn in enumerate(forms):
        opened.show(number, form)
        for seen in opened.follow(drawn):
            assert not seen["endHidden"], (shape.name, form, seen)
            assert not (is_whole and seen["hidden"]), (shape.name, form, seen)


@pytest.mark.parametrize("name", LIVERS)
def test_the_liver_guide(page: Page, server: Server, name: str) -> None:
    guide = tree.load(LIVER)
    shown = guide.reorder(reversed_order(guide)) if name == "reversed" else guide
    shown = shown.for_passages(name) if name in {p.id for p in guide.text.passages} else shown
    opened = Opened(page, server, guide, name)
    check_forms(opened, 0, shown.tree, LIVERS[name][1])
    assert opened.host.errors == []


def test_each_tree_of_the_bees(page: Page, server: Server) -> None:
    bees = tree.load(FOLDER)
    opened = Opened(page, server, bees, "bees")
    for number, shape in enumerate(bees.trees):
        check_forms(opened, number, shape, number not in WIDE_BEES)
    assert opened.host.errors == []
