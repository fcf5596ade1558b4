"""dm-tree has the import name of this package; where it answers, that is said in a sentence."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from sysconfig import get_path

import nbformat
import pytest
from places import ROOT
from processes import bare_environment

import tree

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def dm_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the real dm-tree, and what it needs but for NumPy, which is here."""
    folder = tmp_path_factory.mktemp("dm-tree")
    command = [*(sys.executable, "-m", "pip", "install", "--quiet", "--target"), str(folder)]
    subprocess.run([*command, "--no-deps", "dm-tree", "absl-py", "attrs", "wrapt"], check=True)
    return folder


@pytest.fixture(params=["overwritten", "uninstalled"])
def broken(request: pytest.FixtureRequest, dm_tree: Path, tmp_path: Path) -> Path:
    """A folder of packages with our files as they are after dm-tree came, and after it went."""
    shutil.copytree(ROOT / "tree", tmp_path / "tree")
    if request.param == "overwritten":
        shutil.copytree(dm_tree, tmp_path, dirs_exist_ok=True)
    else:
        (tmp_path / "tree" / "__init__.py").unlink()
    return tmp_path


def run(packages: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        # Without -S, the link of an editable install would find the files of this project, too.
        [sys.executable, "-P", "-S", *arguments],
        cwd=packages,
        # Packages on this path are found before those that are installed.
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(packages), get_path("purelib")])},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_command_line_and_make_say_what_has_happened(broken: Path) -> None:
    script = str(broken / "tree" / "namesake.py")
    for arguments in (["-m", "tree", "check", "."], [script]):
        done = run(broken, *arguments)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert "dm-tree has the same import name" in line
        assert "uninstall dm-tree, then install decision-tree-notebook again" in line


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebooks_say_what_has_happened(broken: Path, notebook: Path) -> None:
    cells = [cell.source for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code"]
    first = next(source for source in cells if "import tree" in source)
    done = run(broken, "-c", first)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert "dm-tree is in the way: uninstall it, then install this project again" in last
    # Nothing of the package is used before.
    assert "tree." not in "".join(cells[: cells.index(first)])


@pytest.mark.slow
def test_who_asks_us_for_what_dm_tree_has_learns_why(dm_tree: Path, tmp_path: Path) -> None:
    shutil.copytree(dm_tree, tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "tree", tmp_path / "tree", dirs_exist_ok=True)
    done = run(tmp_path, "-c", "import tree; tree.load; tree.map_structure")
    assert "'map_structure'; this is decision-tree-notebook: dm-tree has" in done.stderr


def test_ours_is_ours() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", tree.__version__)
    assert "__version__" in dir(tree)
    with pytest.raises(AttributeError, match=r"has no attribute 'lode'$"):
        _ = tree.lode
    done = subprocess.run([sys.executable, "-P", ROOT / "tree" / "namesake.py"], check=False)
    assert done.returncode == 0


def test_make_looks_before_it_opens_anything() -> None:
    for target in ("lab", "app"):
        command = ["make", "--dry-run", "--always-make", target]
        done = subprocess.run(
            command, cwd=ROOT, env=bare_environment(), capture_output=True, text=True, check=True
        )
        *_, check, opens = done.stdout.splitlines()
        assert check.endswith("-P tree/namesake.py")
        assert "jupyter lab" in opens or "tree.jupyter.app" in opens
