"""The README and the pages tell the truth: what they show runs, what they name is there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import write_command_line
import yaml
from places import ROOT
from ruamel.yaml import YAML

import tree
from tree.loading import keys

PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
TEXTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in PAGES}
PRINTED = {
    "docs/students.md": "Nothing has been practised yet.",
    "docs/teachers.md": "8 students, ",
    "docs/tables.md": "row 1, resection: says offered; the text says withheld",
}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def python(page: str) -> list[str]:
    return [code for language, code in BLOCK.findall(TEXTS[page]) if language == "python"]


def typed(page: str) -> list[str]:
    """The lines that a page shows to be typed in a terminal, in order."""
    rest = BLOCK.sub(lambda found: found[2] if found[1] == "sh" else "", TEXTS[page])
    return re.findall(r"^(?: {4})?((?:python|make) .*)$", rest, re.MULTILINE)


def commands(page: str) -> list[str]:
    start = "python -m tree "
    return [line.removeprefix("python ") for line in typed(page) if line.startswith(start)]


def pages_with(what: list[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", [page for page in TEXTS if page in what])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "notebooks" / "made_up_class", tmp_path / "notebooks" / "made_up_class")
    # The patients and the text of whoever reads the pages.
    (tmp_path / "patients.csv").write_text("damage,noted_on_slip\nlight,nein\nwet,yes\n")
    (tmp_path / "my_text.txt").write_text("If it rains, drink tea.\n")
    return tmp_path


def call(arguments: list[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(arguments: list[str], folder: Path) -> str:
    """What a command prints, with a failure if it fails."""
    running = call(arguments, folder)
    printed, problems = running.communicate()
    assert running.returncode == 0, f"{shlex.join(arguments)}\n{problems}"
    return printed


def watch(arguments: list[str], folder: Path) -> None:
    """Run a command that goes on until it is ended, as far as its first look."""
    with call(arguments, folder) as running:
        assert running.stderr
        lines = []
        for line in running.stderr:
            lines.append(line)
            if line.startswith("watching "):
                break
        running.terminate()
    assert lines[-1].startswith("watching "), "".join(lines)
    # A folder that is there is summed up in a line.
    assert re.match(rf"{arguments[-1]}: \d+ error", lines[-2]), "".join(lines)


@pytest.mark.slow
@pages_with([page for page in TEXTS if python(page)])
def test_the_python_of_a_page_runs(page: str, project: Path) -> None:
    printed = run(["-c", "".join(python(page))], project)
    assert PRINTED.get(page, "") in printed
    if page == "README.md":
        assert (project / "liver.html").stat().st_size > 10_000
    if page == "docs/tables.md":
        assert (project / "evidence.csv").read_bytes().count(b"wascher") > 5


@pytest.mark.slow
@pages_with([page for page in TEXTS if commands(page)])
def test_the_commands_of_a_page_run(page: str, project: Path) -> None:
    for command in commands(page):
        if command.split()[2] == "lab":
            # It would wait for who works in JupyterLab; `test_installed.py` opens that.
            command += " --write-only"
        (watch if "--watch" in command else run)(shlex.split(command), project)


@pytest.mark.slow
def test_every_command_is_shown_and_every_option_described() -> None:
    page = TEXTS["docs/command-line.md"]
    names = re.findall(r"^ {4}(\w+) ", run(["-m", "tree", "--help"], ROOT), re.MULTILINE)
    assert {"check", "walk", "draw", "export"} <= set(names)
    shown = {command.split()[2] for page in TEXTS for command in commands(page)}
    assert set(names) <= shown
    for name in names:
        (part,) = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
        options = re.findall(r"--[a-z]+", run(["-m", "tree", name, "--help"], ROOT))
        for option in {*options} - {"--help"}:
            assert re.search(rf"^\| `(-\w [A-Z]+, )?{option}\b", part, re.MULTILINE), option


def test_the_page_on_the_command_line_is_of_today() -> None:
    assert TEXTS["docs/command-line.md"] == write_command_line.page(), "run: make docs"


@pytest.mark.parametrize(
    "section", keys.SECTIONS + keys.CASE_SECTIONS, ids=lambda section: section.name
)
def test_every_key_of_a_guide_is_documented(section: keys.Section) -> None:
    rows = re.findall(r"^\| (`.*) \|$", chapter(section.name), re.MULTILINE)
    assert rows == [
        f"`{key.name}`{' (needed)' if key.required else ''} | {key.about}" for key in section.keys
    ]


LOADS = re.findall(r"^<!-- loads -->\n```yaml\n(.*?)^```$", TEXTS["docs/authors.md"], re.M | re.S)


@pytest.mark.parametrize("source", LOADS, ids=lambda source: source.split("\n")[0])
def test_a_guide_that_is_shown_loads(source: str) -> None:
    # Its text is what it quotes, once and in its order.
    statements = YAML(typ="safe", pure=True).load(source)["statements"]
    scopes = re.findall(r"^    begins: (.*)$", source, re.MULTILINE)
    quotes = [*scopes, *(statement["quote"] for statement in statements.values())]
    report = tree.check_text(" ".join(quotes), source)
    assert report.guide, report
    assert report.ok, report


def chapter(name: str) -> str:
    """The part of the format's description about one kind of entry."""
    (found,) = re.findall(
        rf"^### (?:(?:The|An?|An entry of) {name}|{name.capitalize()})\n(.*?)(?=^##|\Z)",
        TEXTS["docs/authors.md"],
        re.MULTILINE | re.DOTALL,
    )
    return str(found)


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", BLOCK.sub("", TEXTS[page]))
    for link in links:
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        goal = (ROOT / page).parent / path if path else ROOT / page
        assert goal.resolve().exists(), link
        if anchor:
            assert anchor in anchors(goal.read_text(encoding="utf-8")), link


def anchors(text: str) -> set[str]:
    """The names under which GitHub makes headings known."""
    headings = re.findall(r"^#+ (.*)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_every_path_and_every_target_of_make_is_there(page: str) -> None:
    code = [*re.findall(r"`([^`\n]+)`", BLOCK.sub("", TEXTS[page])), *typed(page)]
    words = " ".join(code)
    for path in re.findall(r"(?<![\w/.])(?:tree|tests|notebooks|data|docs)/[\w./-]*", words):
        assert (ROOT / path).exists(), path
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in code:
        if target := re.match(r"make ([a-z-]+)", line):
            assert re.search(rf"^{target[1]}:", makefile, re.MULTILINE), line


def test_the_readme_is_one_page() -> None:
    assert len(TEXTS["README.md"].splitlines()) <= 130
    for path in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{path.name})" in TEXTS["README.md"]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.findall(r"^## (.*)$", TEXTS["CHANGELOG.md"], re.MULTILINE)[0]
    assert {project["version"], citation["version"], newest} == {newest}
    assert (citation["cff-version"], citation["license"]) == ("1.2.0", project["license"])


def test_ci_runs_all_checks_on_every_python_that_is_promised() -> None:
    path = ROOT / ".github" / "workflows" / "ci.yml"
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    steps = {name: [step.get("run") for step in job["steps"]] for name, job in jobs.items()}
    assert ".ci/run" in steps["everything"]
    assert "make lowest" in steps["lowest"]
    pythons = jobs["everything"]["strategy"]["matrix"]["python"]
    assert pythons == ["3.11", "3.12", "3.13", "3.14"]
    assert "secrets" not in path.read_text(encoding="utf-8")
