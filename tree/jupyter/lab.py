"""The notebooks that ship, written into a folder of one's own and opened in JupyterLab."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..loading.files import write
from ..loading.shipped import SHIPPED
from ..model.missing import require
from ..model.text import counted

FIRST = "explore.ipynb"
# JupyterLab asks the net for news where nothing says otherwise.
_SETTINGS = Path(__file__).parent / "lab_settings"


@dataclass(frozen=True)
class WrittenNotebooks:
    """What became of the notebooks in a folder: those written, and others that were kept."""

    folder: Path
    new: tuple[str, ...]
    kept: tuple[str, ...]

    def __str__(self) -> str:
        words = f"{self.folder}: {counted(len(self.new), 'file')} written"
        if self.kept:
            names = ", ".join(self.kept)
            words += f"; changed by you, or of another version, and left as they are: {names}"
            words += " (--force replaces them)"
        return words


def write_notebooks(folder: str | os.PathLike[str], force: bool = False) -> WrittenNotebooks:
    """Write the notebooks that ship, and what they read, into a folder.

    What is there is left as it is, unless `force`. A notebook that was only run is not a changed
    one. Raises OSError where nothing can be written.
    """
    source, place = SHIPPED / "notebooks", Path(folder)
    new, kept = [], []
    for path in _files(source):
        name = path.relative_to(source)
        there = place / name
        if _same(path, there):
            continue
        if os.path.lexists(there) and not force:
            kept.append(name.as_posix())
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        write(there, path.read_bytes())
        new.append(name.as_posix())
    return WrittenNotebooks(place, tuple(new), tuple(kept))


def _files(source: Path) -> list[Path]:
    """The notebooks, and the made-up records that they read; in a clone there is more."""
    found = [*source.glob("*.ipynb"), *source.glob("made_up_*.json"), *source.glob("made_up_*/*.*")]
    return sorted(found)


def _same(shipped: Path, there: Path) -> bool:
    """Whether a file is the one that ships; of a notebook, whether its cells are."""
    try:
        before, now = shipped.read_bytes(), there.read_bytes()
        return before == now or (
            shipped.suffix == ".ipynb" and _cells(before) == _cells(now) is not None
        )
    except OSError:
        return False


def _cells(notebook: bytes) -> list[tuple[Any, str]] | None:
    """What a person writes in a notebook; None where it is none."""
    try:
        cells = json.loads(notebook)["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (ValueError, LookupError, TypeError):
        return None


def open_lab(folder: Path, arguments: list[str]) -> int:
    """Open JupyterLab in a folder until it is ended; returns its status.

    `arguments`: more of JupyterLab's own. Raises MissingPackage where it is not installed.
    """
    require("jupyterlab", "Opening the notebooks", "lab")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}"]
    command += [f"--LabApp.default_url=/lab/tree/{FIRST}"]
    # Jupyter refuses to run as root unless told, as in a container.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    paths = [str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    settings = os.pathsep.join(filter(None, paths))
    environment = {**os.environ, "JUPYTER_CONFIG_PATH": settings}
    # JupyterLab hears Ctrl+C itself, and asks.
    process = subprocess.Popen([*command, *arguments], env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
