"""The widgets in nbclassic, the interface that came before JupyterLab, on JupyterLab's server.

Colab's versions are tried in its like, so `make colab` runs both.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from classic_notebook import ClassicNotebook
from jupyterlab_parts import Classic, Server
from playwright.sync_api import Page

import tree


def test_explorer_practice_and_lesson(
    page: Page, lab: Server, liver: tree.Guide, tmp_path: Path
) -> None:
    classic = ClassicNotebook(page, Classic(**dataclasses.asdict(lab)), tmp_path)
    classic.check_explorer(liver)
    classic.check_practice()
    classic.check_lesson()
    assert classic.errors == []
