"""What all tests share. Browser and JupyterLab are loaded when a test asks for one."""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from examples import QUICK, SHARE
from hypothesis import HealthCheck, settings
from places import DATA, LIVER, ROOT

import tree

if TYPE_CHECKING:
    from jupyterlab_parts import Lab, Server
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

# Of what jsonschema loads, this takes seconds alone; it is for formats that no schema here names.
sys.modules.setdefault("rfc3987_syntax", None)

# It has a command of its own, which installs what it needs: `make spark`.
collect_ignore = [] if importlib.util.find_spec("pyspark") else ["tasks/spark.py"]

# The same examples in every run, so that a failure is met by everyone.
settings.register_profile(
    "tree", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(QUICK, settings.get_profile("tree"), max_examples=100 // SHARE)
# Unless another one is named: --hypothesis-profile=quick
settings.load_profile("tree")

# What takes a browser or a Jupyter server. The rest are the quick tests: -m "not live".
LIVE = {"chromium", "lab", "app"}
# Of the guides that ship the largest; the others are among the quick tests.
LARGEST = "ear_infection_in_a_child"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if LIVE & set(getattr(item, "fixturenames", ())):
            item.add_marker("live")
        elif LARGEST in item.name:
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    # What has been loaded stays; it is not looked through for garbage again and again.
    gc.collect()
    gc.freeze()


def path_of_a_browser() -> str:
    from browser_setup import is_there

    return is_there()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    # Before anything is set up, so that no JupyterLab starts for a test that is skipped.
    if "chromium" in getattr(item, "fixturenames", ()):
        path_of_a_browser()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab serving a copy of the notebooks and the data."""
    from jupyterlab_parts import serving

    folder = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name)
    with serving(folder) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser that starts. Every test that needs one asks for this, or `browser`."""
    return path_of_a_browser()


@pytest.fixture(scope="session")
def node() -> str:
    """Node as Playwright brings it, so that it is there with the other tools of the tests."""
    from playwright._impl._driver import compute_driver_executable

    return compute_driver_executable()[0]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    from browsing import BROWSER_FLAGS
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        yield found
        found.close()


@pytest.fixture
def viewport() -> ViewportSize:
    """The size of the window; a file that needs another one has a fixture of this name."""
    return {"width": 1280, "height": 900}


@pytest.fixture
def context(browser: Browser, viewport: ViewportSize) -> Iterator[BrowserContext]:
    """A browser in which nothing is kept from another test."""
    found = browser.new_context(viewport=viewport)
    found.set_default_timeout(60_000)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of a width and height, each in a browser of its own."""
    with contextlib.ExitStack() as opened:

        def new(width: int = 1280, height: int = 2200) -> Page:
            context = browser.new_context(viewport={"width": width, "height": height})
            opened.callback(context.close)
            context.set_default_timeout(60_000)
            return context.new_page()

        yield new


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """An empty page, in which parts of our scripts are tried."""
    page = browser.new_page()
    page.goto("about:blank")
    yield page
    page.close()


@pytest.fixture(scope="session")
def liver() -> tree.Guide:
    return tree.load(LIVER)


@pytest.fixture(scope="session")
def library() -> tree.Guide:
    return tree.load(DATA / "damaged_library_book", strict=True)


@pytest.fixture(scope="session")
def ear() -> tree.Guide:
    return tree.load(DATA / "ear_infection_in_a_child", strict=True)


@pytest.fixture(scope="module")
def opened(browser: Browser, lab: Server) -> Iterator[Lab]:
    """The notebook, opened and run once for the tests of this file, in their order."""
    from jupyterlab_parts import Lab, add_cells

    # What else Python does with the explorer that the notebook shows.
    name = "notebooks/explored.ipynb"
    shutil.copy(lab.folder / "notebooks" / "explore.ipynb", lab.folder / name)
    answers = {"other_organ_involvement": "no", "extensive_liver_involvement": "yes"}
    add_cells(lab.folder / name, f"explorer.answers = {answers}", "print(explorer.walk)")
    # High enough that the whole explorer is in sight, wide enough for the text beside it.
    context = browser.new_context(viewport={"width": 1660, "height": 2000})
    context.set_default_timeout(60_000)
    found = Lab(context.new_page(), lab, name)
    found.run_all()
    found.open_options()
    yield found
    context.close()
