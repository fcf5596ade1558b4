"""`python -m tree lab`: the notebooks in a folder of one's own, and what a learner did to them."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from command_line import run
from places import ROOT

SHIPPED = ROOT / "notebooks"
NAMES = sorted(path.name for path in SHIPPED.glob("*.ipynb"))


def written(folder: Path, *more: str) -> str:
    done = run("lab", folder, "--write-only", *more)
    assert done.returncode == 0, done.err
    return str(done.out)


def test_a_folder_has_the_notebooks_and_what_they_read(tmp_path: Path) -> None:
    assert written(tmp_path / "mine").endswith("files written\n")
    assert sorted(path.name for path in (tmp_path / "mine").glob("*.ipynb")) == NAMES
    for path in (tmp_path / "mine").rglob("*.*"):
        assert path.read_bytes() == (SHIPPED / path.relative_to(tmp_path / "mine")).read_bytes()
    assert (tmp_path / "mine" / "made_up_class" / "made_up_a.json").is_file()
    assert "0 files written" in written(tmp_path / "mine")


def test_a_changed_notebook_is_kept_and_named_until_force(tmp_path: Path) -> None:
    written(tmp_path)
    path = tmp_path / "explore.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nMy notes."
    nbformat.write(notebook, path)
    before = path.read_bytes()
    said = written(tmp_path)
    assert said == (
        f"{tmp_path}: 0 files written; changed by you, or of another version, and left as they "
        "are: explore.ipynb (--force replaces them)\n"
    )
    assert path.read_bytes() == before
    assert "1 file written" in written(tmp_path, "--force")
    assert path.read_bytes() == (SHIPPED / "explore.ipynb").read_bytes()


def test_a_notebook_that_was_run_is_not_a_changed_one(tmp_path: Path) -> None:
    written(tmp_path)
    path = tmp_path / "explore.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], 7
    nbformat.write(notebook, path)
    before = path.read_bytes()
    assert written(tmp_path) == f"{tmp_path}: 0 files written\n"
    assert written(tmp_path, "--force") == f"{tmp_path}: 0 files written\n"
    assert path.read_bytes() == before


def test_what_is_no_notebook_is_kept_too(tmp_path: Path) -> None:
    for content in ("", "no JSON", "[]", json.dumps({"cells": [{"source": 3}]})):
        (tmp_path / "explore.ipynb").write_text(content, encoding="utf-8")
        assert "explore.ipynb (--force" in written(tmp_path)
        assert (tmp_path / "explore.ipynb").read_text(encoding="utf-8") == content
