"""Contrast, names and roles of a page, as axe sees them."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

RUN = "([part, options]) => axe.run(part ?? document, options)"


def check_with_axe(page: Page, part: str | None = None, **options: object) -> None:
    """A page, or a part of it named by a selector; `options` are settings of axe."""
    # To load it takes a third of the time of a run, so that happens once for each page.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What is right is not reported element by element, which takes as long as finding it.
    found = AxeResults(page.evaluate(RUN, [part, {"resultTypes": ["violations"], **options}]))
    assert found.violations_count == 0, found.generate_report()
