"""The explorer where JupyterLab lacks something, and in Notebook 7."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hosts import CELLS
from jupyterlab_parts import Host, Seven, serving
from playwright.sync_api import Page, expect
from practice_parts import write_notebook
from processes import until


# What JupyterLab is without when its own environment has not got the package.
@pytest.mark.parametrize(
    "missing",
    [["anywidget"], ["anywidget", "@jupyter-widgets/jupyterlab-manager"]],
    ids=["no anywidget", "no widgets"],
)
def test_without_widgets_the_page_lives_and_says_what_to_install(
    page: Page, tmp_path: Path, missing: list[str]
) -> None:
    config = tmp_path / "settings" / "jupyter_config_dir" / "labconfig"
    config.mkdir(parents=True)
    disabled = {"disabledExtensions": dict.fromkeys(missing, True)}
    (config / "page_config.json").write_text(json.dumps(disabled), encoding="utf-8")
    write_notebook(tmp_path / "explorer.ipynb", *CELLS)
    with serving(tmp_path) as server:
        Host(page, server, "explorer.ipynb").run()
        explorer = page.frame_locator("iframe[title=Explorer]")
        explorer.get_by_role("radiogroup").first.get_by_label("Yes", exact=True).check()
        expect(explorer.locator(".dtree-live")).to_contain_text(
            "Not for this patient · in general: Complete surgical"
        )
        expect(page.locator(".dtree-embedded > p")).to_contain_text(
            "install ipywidgets and anywidget in the environment that JupyterLab itself runs in"
        )


def test_notebook_7_folds_no_explorer(page: Page, tmp_path: Path) -> None:
    write_notebook(tmp_path / "explorer.ipynb", *CELLS)
    with serving(tmp_path) as server:
        seven = Seven(**dataclasses.asdict(server))
        host = Host(page, seven, "explorer.ipynb")
        host.run()
        page.locator(".dtree svg g.node").first.wait_for()
        assert page.locator("body[data-notebook=notebooks]").count() == 1
        cell = page.locator(".jp-CodeCell", has=page.locator(".dtree"))
        area = cell.locator(".jp-Cell-outputArea").first
        until(lambda: area.evaluate("area => area.clientHeight") > 1000, 30, "all of it is shown")
        # As it does to what is high when it comes, sooner or later.
        cell.evaluate("cell => cell.classList.add('jp-mod-outputsScrolled')")
        assert area.evaluate("area => area.clientHeight") > 1000
