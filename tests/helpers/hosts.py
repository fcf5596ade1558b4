"""A notebook that shows an explorer, and the page that stands in for it."""

from __future__ import annotations

from places import LIVER
from playwright.sync_api import FrameLocator, expect

CELLS = [f"import tree\nliver = tree.load({str(LIVER)!r})", "tree.Explorer(liver)"]


def is_alive(explorer: FrameLocator) -> None:
    """Toggling a factor changes what the explorer says and highlights."""
    explorer.get_by_role("radiogroup").first.get_by_label("Yes", exact=True).check()
    expect(explorer.locator(".dtree-live")).to_contain_text(
        "Not for this patient · “in general”: Complete surgical removal"
    )
    assert explorer.locator("g.edge.dtree-taken").count() == 1
