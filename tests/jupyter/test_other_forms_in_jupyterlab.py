"""The path is in view in other forms of a tree, too: unfolded, in another order, by one author."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyterlab_parts import Host, Server, serving
from paths_in_view import follow
from places import LIVER
from playwright.sync_api import Locator, Page
from practice_parts import write_notebook
from wintering_bees import FOLDER

import tree
from tree.logic.build import Tree, unfold, unfolded_size
from tree.web.payload import MOST_UNFOLDED


class Opened:
    """An explorer at the beginning of the window of a JupyterLab with its side bar open."""

    def __init__(self, page: Page, server: Server, guide: tree.Guide, name: str) -> None:
        page.set_viewport_size({"width": 1280, "height": 720})
        self.host, self.guide, self.page = Host(page, server, f"{name}.ipynb"), guide, page
        self.host.run()
        self.explorer: Locator = page.locator(".dtree").first
        self.explorer.locator("svg g.node").first.wait_for()

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


def reversed_order(guide: tree.Guide) -> list[str]:
    return [factor.id for factor in guide.factors][::-1]


# What else is done with the explorer.
LIVERS = {
    "as_written": "",
    "reversed": "explorer.order = {order}",
    "overview": "explorer.passages = ['overview']",
    "transplant_surgery": "explorer.passages = ['transplant_surgery']",
    "wascher": "explorer.passages = ['wascher']",
}
OTHERS = ("damaged_library_book", "ear_infection_in_a_child")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("forms")
    order = reversed_order(tree.load(LIVER))
    for name, change in LIVERS.items():
        write(folder, name, LIVER, change.format(order=order))
    for name in OTHERS:
        write(folder, name, LIVER.parent / name, "")
    write(folder, "bees", FOLDER, "")
    with serving(folder) as found:
        yield found


def write(folder: Path, name: str, guide: Path, change: str) -> None:
    made = f"import tree\nexplorer = tree.Explorer(tree.load({str(guide)!r}))\n{change}"
    write_notebook(folder / f"{name}.ipynb", made, "explorer")


def check_forms(opened: Opened, number: int, shape: Tree, most: int = 12) -> None:
    """A tree as it is drawn at first, and unfolded where that is another form."""
    forms = [shape]
    if len(shape.nodes) < unfolded_size(shape) <= MOST_UNFOLDED:
        forms.append(unfold(shape))
    for form, drawn in enumerate(forms):
        opened.show(number, form)
        check_paths(opened, drawn, most)


def check_paths(opened: Opened, drawn: Tree, most: int) -> None:
    """All of each path is seen at each step, drawn or in words."""
    for seen in follow(opened.explorer, opened.guide, drawn, most):
        # Letters of 14 px, drawn at this scale.
        assert seen["scale"] >= 0.65
        assert seen["unseen"] == seen["endsUnseen"] == [], (drawn.name, seen)


@pytest.mark.parametrize("name", LIVERS)
def test_the_liver_guide(page: Page, server: Server, name: str) -> None:
    guide = tree.load(LIVER)
    shown = guide.reorder(reversed_order(guide)) if name == "reversed" else guide
    shown = shown.for_passages(name) if name in {p.id for p in guide.text.passages} else shown
    opened = Opened(page, server, guide, name)
    check_forms(opened, 0, shown.tree)
    assert opened.host.errors == []


def test_each_tree_of_the_bees(page: Page, server: Server) -> None:
    bees = tree.load(FOLDER)
    opened = Opened(page, server, bees, "bees")
    for number, shape in enumerate(bees.trees):
        check_forms(opened, number, shape)
    assert opened.host.errors == []


@pytest.mark.parametrize("name", OTHERS)
def test_a_large_tree(page: Page, server: Server, name: str) -> None:
    guide = tree.load(LIVER.parent / name)
    opened = Opened(page, server, guide, name)
    check_forms(opened, 0, guide.tree, 4)
    assert opened.host.errors == []
