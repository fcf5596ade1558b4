"""The explorer where JupyterLab lacks something."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hosts import CELLS, is_alive
from jupyterlab_parts import Host, Server, serving
from playwright.sync_api import Page, expect
from practice_parts import write_notebook


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Another one than for all tests, since its settings say what it lacks."""
    folder = tmp_path_factory.mktemp("lacking")
    write_notebook(folder / "explorer.ipynb", *CELLS)
    with serving(folder) as found:
        yield found


LACKING = "JSON.parse(document.querySelector('#jupyter-config-data').text).disabledExtensions"


# What JupyterLab is without when its own environment has not got the package.
@pytest.mark.parametrize(
    "missing",
    [["anywidget"], ["anywidget", "@jupyter-widgets/jupyterlab-manager"]],
    ids=["no anywidget", "no widgets"],
)
def test_without_widgets_the_page_lives_and_says_what_to_install(
    page: Page, server: Server, missing: list[str]
) -> None:
    # It is read whenever a page is opened.
    config = server.folder / "settings" / "jupyter_config_dir" / "labconfig"
    config.mkdir(parents=True, exist_ok=True)
    disabled = {"disabledExtensions": dict.fromkeys(missing, True)}
    (config / "page_config.json").write_text(json.dumps(disabled), encoding="utf-8")
    Host(page, server, "explorer.ipynb").run()
    assert {*missing} <= {*page.evaluate(LACKING)}
    is_alive(page.frame_locator("iframe[title=Explorer]"))
    expect(page.locator(".dtree-embedded > p")).to_contain_text(
        "install ipywidgets and anywidget in the environment that JupyterLab itself runs in"
    )
