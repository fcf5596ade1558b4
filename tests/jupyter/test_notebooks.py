"""nbval checks every notebook strictly, and is shown to be able to fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from places import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WIDGET = "application/vnd.jupyter.widget-view+json"


def nbval(notebook: Path) -> subprocess.CompletedProcess[str]:
    command = [
        *(sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env"),
        *("--nbval-sanitize-with", str(ROOT / "tests" / "jupyter" / "nbval_sanitize.cfg")),
        *("-p", "no:cacheprovider", "--rootdir", str(notebook.parent), "-c", "/dev/null"),
        str(notebook),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path / "notebooks"


@pytest.mark.live
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_those_of_a_fresh_run(notebook: Path) -> None:
    done = nbval(notebook)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d+ passed", done.stdout)
    assert not re.search("skipped|deselected", done.stdout)


@pytest.mark.live
@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        pytest.param("print(liver.text)", "tumor board", "tumour board", id="printed text"),
        pytest.param(
            "liver.draw()", ">Not for this patient:<", ">Denied to this patient:<", id="picture"
        ),
        pytest.param("explorer\n", "nothing known", "all known", id="state of the explorer"),
        pytest.param("decision_table()", "15", "16", id="table"),
    ],
)
def test_nbval_sees_an_altered_output(copy: Path, source: str, old: str, new: str) -> None:
    path = copy / "explore.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(c for c in notebook.cells if c.cell_type == "code" and source in c.source + "\n")
    outputs = [o if o.output_type == "stream" else o.data for o in cell.outputs]
    kept, kind = next((o, key) for o in outputs for key in o if old in str(o[key]))
    kept[kind] = kept[kind].replace(old, new, 1)
    nbformat.write(notebook, path)
    done = nbval(path)
    assert done.returncode == 1, done.stdout
    assert "1 failed" in done.stdout


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_reads_well_without_a_kernel(notebook: Path) -> None:
    cells = nbformat.read(notebook, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert 25 <= len(cells) <= 40
    assert [c.execution_count for c in code] == list(range(1, len(code) + 1))
    assert max(len(cell.source.splitlines()) for cell in code) <= 8
    assert cells[0].cell_type == "markdown"
    assert "not medical advice" in cells[0].source
    outputs = [output for cell in code for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    # A widget's random id would show "model not found"; its picture is kept instead.
    assert not [output for output in outputs if WIDGET in output.get("data", {})]
    assert [output for output in outputs if "image/svg+xml" in output.get("data", {})]


def test_what_shows_a_widget_is_not_folded() -> None:
    cells = [cell for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells]
    shown = [
        cell
        for cell in cells
        for output in cell.get("outputs", [])
        if re.match(
            "<(explorer|practice|lesson|workshop) ", output.get("data", {}).get("text/plain", "")
        )
    ]
    assert len(shown) == 8
    assert [cell.source for cell in shown if cell.metadata.get("scrolled") is not False] == []
