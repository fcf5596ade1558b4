"""A guide of several trees in a real JupyterLab."""

from __future__ import annotations

import nbformat
from explorer_state import LABEL, expected, seen
from jupyterlab_parts import Lab, Server
from playwright.sync_api import Page, expect
from processes import until
from wintering_bees import FOLDER

import tree

CELL = "import tree\nexplorer = tree.Explorer(tree.load('../data/wintering_bees'))\nexplorer"


def show(opened: Lab, number: int) -> None:
    """Choose a tree in the list, which is folded where there is little room."""
    name = opened.explorer.locator(".dtree-trees li b").nth(number)
    if not name.is_visible():
        opened.explorer.locator(".dtree-trees summary").click()
    name.click()


def test_each_tree_with_shared_answers(page: Page, lab: Server) -> None:
    bees = tree.load(FOLDER)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(notebook, lab.folder / "notebooks" / "several_trees.ipynb")
    radios = sum(len(factor.values) + 1 for factor in bees.factors)
    opened = Lab(page, lab, "notebooks/several_trees.ipynb", radios=radios)
    opened.start_all()
    opened.show_explorer()
    names = opened.explorer.locator(".dtree-trees li b")
    expect(names).to_have_text([each.name for each in bees.trees])
    answers = {"mites_counted": "yes", "brood": "open"}
    number = next(i for i, each in enumerate(bees.trees) if answers.keys() <= {*each.factors})
    show(opened, number)
    for id, value in answers.items():
        group = opened.explorer.get_by_role("radiogroup", name=bees.factor(id).question)
        group.get_by_role("radio", name=LABEL[value], exact=True).click()
    walk = bees.walk(answers)
    assert seen(opened.state()) == expected(walk, walk.trees[number])
    expect(opened.explorer.locator(".dtree-live")).to_contain_text("This also changes: ")
    for at, on in enumerate(walk.trees):
        show(opened, at)
        until(
            lambda on=on: seen(opened.state()) == expected(walk, on),
            what=f"{on.tree.name} is shown",
        )
    # Another order of the questions may make other trees: the list follows.
    opened.explorer.get_by_text("Change the tree").click()
    first, second = bees.factors[:2]
    opened.explorer.get_by_label(f"Ask later: {first.question}").click()
    other = bees.reorder([second.id, first.id])
    expect(names).to_have_text([each.name for each in other.trees])
    assert opened.errors == []
    assert opened.outside == []
