"""The widgets with the versions that Colab has had: its kernel and ipywidgets 7.7.

Colab itself cannot be run here, and has a page and a widget manager of its own. Notebook 6 is the
page that others had with these versions. `make colab` runs it.
"""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from classic_notebook import ClassicNotebook
from jupyterlab_parts import Classic, jupyter_environment
from playwright.sync_api import Page
from processes import free_port, running

import tree

# Where it is not given, the file is only looked at.
PYTHON = Path(os.environ.get("COLAB_PYTHON", ""))
VERSIONS = """import ipywidgets, IPython, notebook, sys
print(*(each.__version__ for each in (ipywidgets, IPython, notebook)), *sys.version_info[:2])"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classic]:
    """Notebook 6 of an environment with these versions, on loopback alone."""
    folder = tmp_path_factory.mktemp("colab")
    port, token = free_port(), secrets.token_hex(16)
    found = Classic(f"http://127.0.0.1:{port}", token, folder, "")
    command = [str(PYTHON), "-m", "notebook", "--no-browser", "--ip=127.0.0.1", "--allow-root"]
    command += [f"--port={port}", f"--NotebookApp.token={token}", f"--notebook-dir={folder}"]
    settings = jupyter_environment(folder / "settings")
    with running(command, found.answers, folder / "notebook.log", settings):
        yield found


@pytest.fixture
def notebook(page: Page, server: Classic, tmp_path: Path) -> Iterator[ClassicNotebook]:
    found = ClassicNotebook(page, server, tmp_path)
    yield found
    assert found.errors == []


def test_these_are_the_versions() -> None:
    done = subprocess.run([PYTHON, "-c", VERSIONS], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("7.7.1 7.34.0 6.5.7 3 ")


def test_explorer_practice_and_lesson(notebook: ClassicNotebook, liver: tree.Guide) -> None:
    notebook.check_explorer(liver)
    # The stock widgets of 7 know no message that moves it.
    notebook.check_practice(moves_focus=False)
    notebook.check_lesson()
