"""Contrast, names and roles of a page, as axe sees them."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def check_with_axe(page: Page, part: str | None = None, **options: object) -> None:
    """A page, or a part of it named by a selector; `options` are settings of axe."""
    # What is right is not reported element by element, which takes as long as finding it.
    found = Axe().run(page, context=part, options={"resultTypes": ["violations"], **options})
    assert found.violations_count == 0, found.generate_report()
