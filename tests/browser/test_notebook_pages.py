"""Notebooks that leave as pages: offline, with their explorers alive or legibly still."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hosts import is_alive
from places import ROOT
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from processes import until

import tree
from tree.web.page import embedded

EXPLORE = ROOT / "notebooks" / "explore.ipynb"
LIMIT = 600_000  # bytes
WIDGET = "application/vnd.jupyter.widget-view+json"


def convert(folder: Path, form: str, *sources: Path, execute: bool = False) -> None:
    """Write a page of each notebook into the folder."""
    command = [sys.executable, "-m", "jupyter", "nbconvert", *map(str, sources)]
    command += ["--to", form, "--output-dir", str(folder)]
    done = subprocess.run(
        [*command, "--execute"] if execute else command,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def outside(requests: list[str]) -> list[str]:
    return [url for url in requests if not url.startswith(("file:", "data:", "blob:", "about:"))]


@pytest.fixture
def viewport() -> ViewportSize:
    return {"width": 1280, "height": 1000}


def opened(context: BrowserContext, path: Path) -> tuple[Page, list[str]]:
    page, requests = context.new_page(), []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    return page, requests


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages that our exporter has made of several notebooks, all in one program."""
    folder = tmp_path_factory.mktemp("offline")
    with_widget_state(folder / "state.ipynb")
    math = nbformat.v4.new_markdown_cell("Odds are $p / (1 - p)$.")
    nbformat.write(nbformat.v4.new_notebook(cells=[math]), folder / "math.ipynb")
    shutil.copy(EXPLORE.with_name("explorer.png"), folder)
    picture = nbformat.v4.new_markdown_cell("![The explorer](explorer.png)")
    nbformat.write(nbformat.v4.new_notebook(cells=[picture]), folder / "picture.ipynb")
    convert(folder, "offline", EXPLORE, *folder.glob("*.ipynb"))
    return folder


def with_widget_state(path: Path) -> None:
    """The notebook as JupyterLab saves it with the widgets' state stored."""
    notebook = nbformat.read(EXPLORE, as_version=4)
    data: Any = {WIDGET: {"model_id": "0" * 32, "version_major": 2, "version_minor": 0}}
    for cell in notebook.cells:
        if cell.source.endswith("\nexplorer"):
            # Its own output, after the page that stands in for it.
            cell.outputs.append(nbformat.v4.new_output("display_data", data))
    notebook.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {
            "state": {
                "0" * 32: {"model_name": "AnyModel", "model_module": "anywidget", "state": {}}
            },
            "version_major": 2,
            "version_minor": 0,
        }
    }
    nbformat.write(notebook, path)


@pytest.mark.parametrize("kind", ["as committed", "with widget state", "executed on the way"])
def test_our_exporter_opens_offline_and_alive(
    context: BrowserContext, offline: Path, tmp_path: Path, kind: str
) -> None:
    path = offline / ("state.html" if kind == "with widget state" else "explore.html")
    if kind == "executed on the way":
        convert(tmp_path, "offline", EXPLORE, execute=True)
        path = tmp_path / "explore.html"
    size = path.stat().st_size
    print(f"exported notebook, {kind}: {size:,} bytes")
    assert size <= LIMIT
    # Nothing is left of the widget, which would only weigh.
    assert "vnd.jupyter.widget" not in path.read_text(encoding="utf-8")
    page, requests = opened(context, path)
    is_alive(page.frame_locator("iframe[title=Explorer]"))
    assert outside(requests) == []
    # The frame is as high as its page: nothing scrolls inside it.
    frame = page.locator("iframe[title=Explorer]")
    until(
        lambda: frame.evaluate(
            "f => f.clientHeight >= f.contentDocument.documentElement.scrollHeight"
        ),
        10,
        "the frame fits",
    )
    assert page.get_by_role("heading", name="Three patients").is_visible()


def test_plain_html_of_the_saved_notebook_is_alive(context: BrowserContext, tmp_path: Path) -> None:
    convert(tmp_path, "html", EXPLORE)
    page, _ = opened(context, tmp_path / "explore.html")
    is_alive(page.frame_locator("iframe[title=Explorer]"))


def test_without_scripts_a_picture_and_how_to_make_it_live(browser: Browser, offline: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page, requests = opened(context, offline / "explore.html")
    sentence = page.get_by_text("To make it live, open this notebook in JupyterLab")
    assert sentence.is_visible()
    image = page.locator("div:has(> p:has-text('To make it live')) > img")
    assert image.is_visible()
    box = image.bounding_box()
    assert box
    assert box["width"] > 400
    assert outside(requests) == []
    context.close()


# As jQuery does it in classic notebooks: what is shown first, then each script in the head.
IN_THE_HEAD = """([parts, moved]) => {
  for (const part of parts) {
    const output = document.createElement("div");
    output.innerHTML = part;
    document.body.append(output);
    for (const found of output.querySelectorAll("script")) {
      const script = document.createElement("script");
      script.text = found.text;
      if (moved) found.remove();
      document.head.append(script);
      if (!moved) script.remove();
    }
  }
}"""


@pytest.mark.parametrize("moved", [False, True], ids=["copied", "moved"])
def test_a_host_that_runs_scripts_in_its_head(
    context: BrowserContext, liver: tree.Guide, moved: bool
) -> None:
    page = context.new_page()
    page.goto("about:blank")
    page.evaluate("document.head.innerHTML = '<style>p { color: red }</style><title>Host</title>'")
    # The same explorer may stand in two places, and another between them.
    parts = [
        embedded(liver),
        embedded(liver, {"other_organ_involvement": "no"}),
        embedded(liver),
    ]
    page.evaluate(IN_THE_HEAD, [parts, moved])
    assert page.locator("head > style").count() == 1
    assert page.title() == "Host"
    expect(page.locator("iframe")).to_have_count(3)
    for number, place in enumerate(page.locator(".dtree-embedded").all()):
        explorer = place.frame_locator("iframe")
        asked = explorer.get_by_role("radiogroup").first
        chosen = "No" if number == 1 else "Unknown"
        expect(asked.get_by_label(chosen, exact=True)).to_be_checked()
        is_alive(explorer)


def test_math_is_shown_plainly(context: BrowserContext, offline: Path) -> None:
    page, requests = opened(context, offline / "math.html")
    expect(page.locator("body")).to_contain_text("Odds are $p / (1 - p)$.")
    assert outside(requests) == []


def test_pictures_beside_a_notebook_come_along(context: BrowserContext, offline: Path) -> None:
    page, requests = opened(context, offline / "picture.html")
    picture = page.get_by_role("img", name="The explorer")
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 500
    assert outside(requests) == []


def test_make_export_writes_a_folder_for_any_host(context: BrowserContext, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = subprocess.run(
        ["make", "export", f"SITE={site}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in site.iterdir())
    guides = [path.name for path in (ROOT / "data").iterdir() if path.is_dir()]
    notebooks = [path.stem for path in (ROOT / "notebooks").glob("*.ipynb")]
    pages = [*guides, *(f"{guide}_practice" for guide in guides), *notebooks]
    assert names == sorted(f"{page}.html" for page in (*pages, "index"))
    page, requests = opened(context, site / "index.html")
    assert "not medical advice" in page.inner_text("body")
    links = page.get_by_role("link")
    assert links.count() == len(pages)
    for link in range(len(pages)):
        page.goto((site / "index.html").as_uri())
        title = links.nth(link).inner_text().removeprefix("Notebook: ")
        practises = title.startswith("Practise: ")
        links.nth(link).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(
            title.removeprefix("Practise: ")
        )
        # A link to practising opens there.
        practising = page.locator("#tp-page").get_by_role("heading").first
        expect(practising).to_be_visible(visible=practises)
    assert outside(requests) == []
