"""The explorer of a notebook, with its settings, in a language whose words are no English ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pseudo_language
import pytest
from jupyterlab_parts import Host, Server, serving
from places import LIVER
from playwright.sync_api import Page
from practice_parts import write_notebook
from processes import until
from wintering_bees import FOLDER

import tree

CELLS = [
    "import tree\nguide = tree.load({folder!r}).in_language({tag!r})",
    "explorer = tree.Explorer(guide)\nexplorer",
]
OPEN = "root => root.querySelectorAll('details').forEach(each => (each.open = true))"
# Presses what a part of the settings offers; the page shows it a frame or a kernel's answer later.
PRESS = """(root, [part, at]) => {
  const parts = root.querySelectorAll(`.dtree-settings ${part}`);
  parts[at % parts.length]?.click();
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A JupyterLab whose kernels know the language, as this process does meanwhile."""
    folder = tmp_path_factory.mktemp("pseudo")
    (folder / "messages").mkdir()
    (folder / "served").mkdir()
    with pseudo_language.spoken_here(folder / "messages"), serving(folder / "served") as found:
        yield found


@pytest.mark.parametrize("folder", [LIVER, FOLDER], ids=["liver", "bees"])
def test_the_explorer_and_its_settings(page: Page, server: Server, folder: Path) -> None:
    guide = tree.load(folder).in_language(pseudo_language.TAG)
    cells = [cell.format(folder=str(folder), tag=pseudo_language.TAG) for cell in CELLS]
    notebook = f"{folder.name}.ipynb"
    write_notebook(server.folder / notebook, *cells)
    host = Host(page, server, notebook)
    host.run()
    explorer = page.locator(".dtree").first
    explorer.locator("svg g.node").first.wait_for()
    found: dict[str, str] = {}

    def look() -> None:
        explorer.evaluate(OPEN)
        host.settled()
        found.update(pseudo_language.plain(page, guide, ".dtree"))

    look()
    for part, many in (("[type=radio]", 2), ("[type=checkbox]", 3), ("li button", 4)):
        for at in range(many):
            explorer.evaluate(PRESS, [part, at])
            until(host.hears, what="the kernel has answered")
            look()
    for button in explorer.locator(".dtree-settings .dtree-order > button").all():
        button.click()
        look()
    for chosen in range(3):
        for group in explorer.get_by_role("radiogroup").all():
            if group.is_visible():
                group.get_by_role("radio").nth(chosen % 2).click()
                look()
    assert host.errors == []
    assert found == {}
