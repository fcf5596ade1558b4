"""The site on which Python runs in the browser, built as everybody builds it."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from browsing import serving_files
from places import ROOT
from processes import bare_environment


def build(folder: Path) -> None:
    done = subprocess.run(
        ["make", "lite", f"LITE={folder}"],
        cwd=ROOT,
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextlib.contextmanager
def served(folder: Path, shows_its_app: bool = False) -> Iterator[str]:
    """The address of the site, once it is built.

    `shows_its_app`: to scripts in the page, which then run cells as its menus do.
    """
    build(folder)
    file = folder / "jupyter-lite.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    settings["jupyter-config-data"]["exposeAppInBrowser"] = shows_its_app
    file.write_text(json.dumps(settings), encoding="utf-8")
    with serving_files(folder) as url:
        yield url
