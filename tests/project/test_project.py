"""The project's own files: what they promise in the README holds."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from jupyterlab_parts import Server, jupyter_environment
from places import ROOT
from processes import bare_environment, free_port, stop, until
from ruamel.yaml import YAML

# conda-forge's name, where it differs; graphviz-pure is not there and comes through pip.
CONDA_NAME = {"graphviz": "python-graphviz"}
ONLY_PIP = {"graphviz-pure"}
ONLY_CONDA = {"python", "pip", "graphviz"}


def split(requirement: str) -> tuple[str, str]:
    # For whom it is meant is of no matter here: conda has nothing for browsers.
    wanted = requirement.partition(";")[0]
    name, constraint = re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", wanted).groups()
    return name, constraint


def test_environment_is_equal_to_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    listed = [*project["dependencies"], *extras["tables"], *extras["lab"]]
    wanted = dict(map(split, (each for each in listed if "[" not in each)))
    tests = dict(map(split, extras["test"]))
    environment = YAML(typ="safe", pure=True).load(ROOT / "environment.yml")
    listed = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    conda = dict(map(split, listed))

    expected = {CONDA_NAME.get(k, k): v for k, v in wanted.items() if k not in ONLY_PIP}
    expected["nbval"] = tests["nbval"]
    assert {k: v for k, v in conda.items() if k not in ONLY_CONDA} == expected
    assert {"pip": ["."]} in environment["dependencies"]
    assert environment["channels"] == ["conda-forge"]
    assert conda["python"] == "=3.12"
    assert project["requires-python"] == ">=3.11"


def project_copy(folder: Path) -> Path:
    """The project as git would hand it out, with what is not committed yet; of an sdist, all."""
    for name in project_files():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def project_files() -> list[str]:
    if not (ROOT / ".git").exists():
        made = {".venv", ".venv-lowest", ".node", "__pycache__", ".pytest_cache", "dist"}
        names = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return [str(name) for name in names if not made & {*name.parts}]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name]


@pytest.mark.live
def test_make_lab_sets_up_everything_and_serves_the_notebook(tmp_path: Path) -> None:
    folder = project_copy(tmp_path / "project")
    port, token = free_port(), secrets.token_hex(16)
    server = Server(f"http://127.0.0.1:{port}", token, folder)
    arguments = f"--no-browser --port={port} --IdentityProvider.token={token}"
    # The environment that the tests run in must not help.
    environment = bare_environment(jupyter_environment(tmp_path / "settings"))
    log = tmp_path / "make.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "lab", f"LAB_ARGS={arguments}"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            until(lambda: server.answers() or process.poll() is not None, 400, "make lab")
            assert process.poll() is None, log.read_text()
            served = server.fetch("files/notebooks/explore.ipynb")
            assert served == (ROOT / "notebooks" / "explore.ipynb").read_bytes()
            # It opens on that notebook, and its kernel is of the environment just made.
            assert "/lab/tree/notebooks/explore.ipynb" in log.read_text()
            assert b"python3" in server.fetch("api/kernelspecs")
            assert (folder / ".venv" / "bin" / "jupyter-lab").exists()
        finally:
            stop(process)


def test_make_says_which_python_it_needs(tmp_path: Path) -> None:
    folder = project_copy(tmp_path / "project")
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "lab", f"PYTHON={old}"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stdout


def test_make_help_names_every_target() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("lab", "test", "lint", "help"):
        assert re.search(rf"^{target} ", done.stdout, re.MULTILINE), target


def test_source_text_and_license_are_there() -> None:
    for name in ("README.md", "LICENSE", "environment.yml", ".ci/run"):
        assert (ROOT / name).is_file(), name
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
