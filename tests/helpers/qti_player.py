"""A player of QTI 3 that is not ours, in a page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from in_node import in_node
from platforms import modules
from playwright.sync_api import Locator, Page

_HOST = """<!doctype html><meta charset="utf-8"><title>Player</title>
<link rel="icon" href="data:,"><script src="player.js"></script>
<qti-item><item-container item-url="items/%s.xml"></item-container></qti-item>
"""


UPGRADE = Path(__file__).with_name("upgrade_qti.mjs")


def upgrade(items: Path, node: str) -> None:
    """Make items of QTI 2.1 in a folder such of QTI 3, with the converter of the player's makers.

    No player of QTI 2.1 is to be had from npm.
    """
    paths = sorted(items.iterdir())
    sources = [path.read_text(encoding="utf-8") for path in paths]
    assert all("imsqti_v2p1" in source for source in sources)
    for path, made in zip(paths, in_node(node, [UPGRADE, modules()], sources), strict=True):
        path.write_text(made, encoding="utf-8")


def write_player(folder: Path, package: bytes, upgraded_by: str = "") -> list[str]:
    """A folder to serve: a package unpacked, the player, a page for each item; says which.

    `upgraded_by`: the path of Node, for a package of QTI 2.1.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(folder)
    if upgraded_by:
        upgrade(folder / "items", upgraded_by)
    player = modules() / "@citolab" / "qti-components" / "cdn" / "index.global.js"
    (folder / "player.js").write_bytes(player.read_bytes())
    items = sorted(path.stem for path in (folder / "items").iterdir())
    for item in items:
        (folder / f"{item}.html").write_text(_HOST % item, encoding="utf-8")
    return items


class Played:
    """One item in the player, and what a learner does there."""

    def __init__(self, page: Page, url: str, item: str) -> None:
        self.page = page
        page.goto(f"{url}/{item}.html")
        self.place = page.locator("qti-assessment-item")
        self.place.locator("qti-item-body").wait_for()

    @property
    def choices(self) -> Locator:
        return self.place.locator("qti-simple-choice")

    @property
    def words(self) -> str:
        return " ".join(self.place.inner_text().split())

    def tick(self, row: int, column: int, columns: int) -> None:
        """In the table of a match."""
        self.place.locator("qti-match-interaction input").nth(row * columns + column).check()

    def submit(self) -> dict[str, Any]:
        """What the player says of the answer, by the names of the outcomes."""
        found: dict[str, Any] = self.place.evaluate("""item => {
            item.processResponse();
            return Object.fromEntries(item.variables.map(one => [one.identifier, one.value]));
        }""")
        return found

    @property
    def feedback(self) -> str:
        """The words of the feedback that is shown."""
        shown: list[str] = self.place.locator("qti-modal-feedback").evaluate_all(
            "all => all.filter(each => each.shadowRoot.querySelector('dialog')?.open)"
            ".map(each => each.textContent)"
        )
        return " ".join(" ".join(shown).split())
