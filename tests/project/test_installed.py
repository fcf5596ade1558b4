"""The package as it is handed out: built, installed outside the clone, and used there."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from jupyterlab_parts import Lab, Server, jupyter_environment
from places import DATA, ROOT
from playwright.sync_api import BrowserContext
from processes import bare_environment, free_port, stop, until
from test_project import project_files
from uv import find_uv_bin

import tree

LIVER = "metastatic_liver_cancer"
UV = find_uv_bin()


def done(*command: object, cwd: Path, status: int = 0) -> str:
    """What a program prints; it sees nothing of the clone and of the tests' Python."""
    ended = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == status, ended.stdout + ended.stderr
    return ended.stderr if status else ended.stdout


@dataclass
class Installed:
    """An environment in which the wheel was installed, and an empty folder to work in."""

    home: Path
    work: Path
    wheel: Path

    @property
    def python(self) -> Path:
        scripts = "Scripts" if os.name == "nt" else "bin"
        return self.home / scripts / "python"

    def install(self, extra: str = "") -> None:
        done(UV, "pip", "install", "--python", self.python, f"{self.wheel}{extra}", cwd=self.work)

    def tree(self, *arguments: object, status: int = 0) -> str:
        return done(self.python, "-m", "tree", *arguments, cwd=self.work, status=status)

    def run(self, code: str, status: int = 0) -> str:
        return done(self.python, "-c", code, cwd=self.work, status=status)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    python = ("--no-build-isolation", "--python", sys.executable)
    # The wheel is made from the sdist, as when somebody downloads that.
    done(UV, "build", *python, "--out-dir", folder, ROOT, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Without any extra."""
    home, work = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work")
    done(UV, "venv", "--python", sys.executable, home / "venv", cwd=work)
    found = Installed(home / "venv", work, next(built.glob("*.whl")))
    found.install()
    return found


@pytest.mark.live
def test_the_sdist_has_every_file_of_the_project(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    # `PKG-INFO` is what is said of the package.
    assert {name for name in project_files() if (ROOT / name).is_file()} == names - {"PKG-INFO"}


@pytest.mark.live
def test_without_extras_guides_are_read_walked_and_shown(installed: Installed) -> None:
    where = installed.run("import tree; print(tree.__file__)")
    assert Path(where.strip()).is_relative_to(installed.home)
    listed = installed.run("import tree; print(*(guide.name for guide in tree.guides()))")
    assert listed.split() == sorted(path.name for path in DATA.iterdir() if path.is_dir())
    walk = json.loads(installed.tree("walk", LIVER, "other_organ_involvement=yes", "--json"))
    here = tree.load(DATA / LIVER)
    assert walk == here.walk(other_organ_involvement="yes").to_dict()
    installed.tree("export", LIVER, "-o", "liver.html")
    assert (installed.work / "liver.html").read_text(encoding="utf-8") == here.to_html()
    shown = "import tree; print(type(tree.Explorer(tree.load('wintering_bees'))).__name__)"
    assert installed.run(shown) == "Explorer\n"


@pytest.mark.live
def test_what_is_not_installed_is_said_where_it_is_asked_for(installed: Installed) -> None:
    install = 'python -m pip install "decision-tree-notebook[{}]"\n'
    table = "A table needs the package pandas: " + install.format("tables")
    for asked in (
        f"tree.load({LIVER!r}).decision_table()",
        "tree.audit",
        f"tree.classroom(r'{ROOT / 'notebooks' / 'made_up_class'}').factors",
        f"tree.progress(r'{ROOT / 'notebooks' / 'made_up_record.json'}').rounds",
    ):
        assert installed.run(f"import tree; {asked}", status=1).endswith("MissingPackage: " + table)
    (installed.work / "cases.csv").write_text("other_organ_involvement\nyes\n")
    assert installed.tree("classify", LIVER, "cases.csv", "-o", "out.csv", status=1) == table
    deck = "An Anki deck needs the package genanki: " + install.format("cards")
    assert installed.tree("cards", LIVER, "-o", "out.apkg", status=1) == deck
    assert not (installed.work / "out.apkg").exists()
    lab = "Opening the notebooks needs the package jupyterlab: " + install.format("lab")
    assert installed.tree("lab", "without", status=1) == lab
    assert (installed.work / "without" / "explore.ipynb").is_file()
    app = "The app needs the package voila: " + install.format("app")
    asked = (installed.python, "-m", "tree.jupyter.app")
    assert done(*asked, cwd=installed.work / "without", status=1) == app


def test_lab_opens_the_notebooks_in_a_real_jupyterlab(
    installed: Installed, context: BrowserContext, tmp_path: Path
) -> None:
    installed.install("[lab]")
    port, token = free_port(), secrets.token_hex(16)
    options = ("--no-browser", f"--port={port}", f"--IdentityProvider.token={token}")
    server = Server(f"http://127.0.0.1:{port}", token, installed.work / "mine")
    log = tmp_path / "lab.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(installed.python, "-m", "tree", "lab", "mine"),
                *(f"--with={option}" for option in options),
            ],
            cwd=installed.work,
            env=bare_environment(jupyter_environment(tmp_path / "settings")),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            until(lambda: server.answers() or process.poll() is not None, 120, "tree lab")
            assert process.poll() is None, log.read_text()
            assert "/lab/tree/explore.ipynb" in log.read_text()
            opened = Lab(context.new_page(), server, "explore.ipynb")
            opened.run_all()
            # Nothing is asked of the net, and nobody is asked whether it may be.
            assert (opened.errors, opened.outside) == ([], [])
            assert b"apputils-extension:announcements" in server.fetch("lab")
            opened.page.get_by_text("Would you like to").first.wait_for(state="detached")
            # All cells have run, also those that need pandas, with guides that lie in the package.
            assert opened.page.locator(".jp-OutputArea-output[data-mime-type*=stderr]").count() == 0
        finally:
            stop(process)
