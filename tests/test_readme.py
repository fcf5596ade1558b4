"""The README tells the truth: its code runs, and no command, option or key is left out."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jupyterlab_parts import ROOT

from tree.loading import keys

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    python (-m tree .*)$", README, re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    # The patients of whoever reads it.
    (tmp_path / "patients.csv").write_text("damage,noted_on_slip\nlight,nein\nwet,yes\n")
    return tmp_path


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_its_python_runs(project: Path) -> None:
    practising, teaching, numbers, code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    shutil.copytree(ROOT / "notebooks" / "made_up_class", project / "notebooks" / "made_up_class")
    done = run(["-c", code + practising + teaching + numbers], project)
    assert done.returncode == 0, done.stderr
    assert "Nothing has been practised yet." in done.stdout
    assert "8 students, " in done.stdout
    assert "row 1, resection: says offered; the text says withheld" in done.stdout
    assert (project / "evidence.csv").read_bytes().count(b"wascher") > 5
    assert (project / "liver.html").stat().st_size > 10_000


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run(project: Path, command: str) -> None:
    done = run(shlex.split(command), project)
    assert done.returncode == 0, done.stderr


def test_every_command_and_option_is_there() -> None:
    known = run(["-m", "tree", "--help"], ROOT).stdout
    commands = re.findall(r"^ {4}(\w+) ", known, re.MULTILINE)
    assert {"check", "walk", "draw", "export"} <= set(commands)
    assert len(COMMANDS) >= len(commands)
    for command in commands:
        assert re.search(rf"python -m tree {command}\b", README), command
        options = re.findall(r"--[a-z]+", run(["-m", "tree", command, "--help"], ROOT).stdout)
        for option in set(options) - {"--help", "--output"}:
            assert option in README, option


@pytest.mark.parametrize(
    "section", keys.SECTIONS + keys.CASE_SECTIONS, ids=lambda section: section.name
)
def test_every_key_of_a_guide_is_documented(section: keys.Section) -> None:
    rows = re.findall(r"^\| (`.*) \|$", chapter(section.name), re.MULTILINE)
    assert rows == [
        f"`{key.name}`{' (needed)' if key.required else ''} | {key.about}" for key in section.keys
    ]


def chapter(name: str) -> str:
    """The part of the format's description about one kind of entry."""
    told = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(
        rf"^### (?:The|An?|An entry of) {name}\n(.*?)(?=^##|\Z)", told, re.MULTILINE | re.DOTALL
    )
    return str(found)
