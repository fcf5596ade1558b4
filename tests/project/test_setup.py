"""The tests' own set-up: a browser is found or installed, or what is missing is said plainly."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import ROOT
from playwright.sync_api import Browser
from processes import bare_environment
from uv import find_uv_bin

from tree.web.browsers import COMMANDS, MAC, WINDOWS, browsers

# Of tests that take a browser by one way or another, and of those that take none.
SOME = [
    *("tests/browser/test_answers_in_page.py", "tests/browser/test_page.py"),
    *("-k", "same_letters or printed"),
]


def nowhere(folder: Path) -> dict[str, str]:
    """An environment in which no browser is found."""
    left_out = {"CI", "TREE_BROWSER", "PLAYWRIGHT_BROWSERS_PATH", "XDG_CACHE_HOME"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    if sys.platform == "darwin":
        # There it is looked for in /Applications, whatever these variables say.
        kept["TREE_BROWSER"] = "no-such-browser"
    return {**kept, "PATH": str(folder), "HOME": str(folder)}


def pytest_in(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_without_a_browser_what_needs_one_is_skipped_and_says_so(tmp_path: Path) -> None:
    done = pytest_in(nowhere(tmp_path), *SOME)
    assert done.returncode == 0, done.stdout
    skipped = [line for line in done.stdout.splitlines() if line.startswith("SKIPPED")]
    assert skipped
    assert all("no browser: install Chromium or Chrome" in line for line in skipped)
    assert re.search(r"^1 passed, 2 skipped", done.stdout, re.MULTILINE)


@pytest.mark.slow
def test_in_ci_a_missing_browser_fails_and_says_why_in_a_line(tmp_path: Path) -> None:
    done = pytest_in({**nowhere(tmp_path), "CI": "true"}, *SOME)
    assert done.returncode == 1, done.stdout
    assert "SKIPPED" not in done.stdout
    assert "Traceback" not in done.stdout
    failed = [line for line in done.stdout.splitlines() if line.startswith("ERROR ")]
    assert failed
    assert all("no browser: install" in line for line in failed)
    assert re.search(r"^1 passed, .*2 errors", done.stdout, re.MULTILINE)


def program(path: Path, content: str = "#!/bin/sh\n") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    path.chmod(0o755)
    return str(path)


def test_a_browser_is_found_in_the_usual_places(tmp_path: Path) -> None:
    home, bare = tmp_path / "home", {"PATH": str(tmp_path / "bin")}
    mac = [program(home / name) for name in MAC]
    assert [p for p in browsers({**bare, "HOME": str(home)}, "darwin") if p in mac] == mac
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        files = [program(tmp_path / variable / name) for name in WINDOWS]
        assert list(browsers({**bare, variable: str(tmp_path / variable)}, "win32")) == files
    # What is on the PATH goes before, and a name in TREE_BROWSER before all.
    first = [program(tmp_path / "bin" / name) for name in COMMANDS]
    assert list(browsers({**bare, "HOME": str(home)}, "linux")) == first
    assert list(browsers({**bare, "TREE_BROWSER": mac[0]}, "linux")) == mac[:1]


def test_the_newest_download_of_playwright_is_found(tmp_path: Path) -> None:
    inside = {
        "linux": (".cache", "chrome-linux64/chrome"),
        "darwin": ("Library/Caches", "chrome-mac/Chromium.app/Contents/MacOS/Chromium"),
        "win32": (".", "chrome-win/chrome.exe"),
    }
    for system, (cache, name) in inside.items():
        kept = tmp_path / system / cache / "ms-playwright"
        new, old = (program(kept / f"chromium-{n}" / name) for n in (1255, 998))
        home = {name: str(tmp_path / system) for name in ("HOME", "LOCALAPPDATA")}
        assert [p for p in browsers({"PATH": "", **home}, system) if p in (new, old)] == [new, old]
        named = {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(kept)}
        assert new in browsers(named, system)


def install(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tests/helpers/browser_setup.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def offline(folder: Path) -> dict[str, str]:
    """No browser, apt without a source, and a Playwright whose downloads are refused."""
    settings = folder / "apt.conf"
    settings.write_text(f'Dir "{folder}/apt"; Dir::State::status "/dev/null";\n')
    if apt := shutil.which("apt-get"):
        (folder / "apt-get").symlink_to(apt)
    refused = {"APT_CONFIG": str(settings), "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9"}
    return {**nowhere(folder), **refused}


@pytest.mark.slow
def test_where_nothing_can_be_installed_a_line_says_what_is_missing(tmp_path: Path) -> None:
    # Nor is a browser taken for one that does not start.
    stub = program(tmp_path / "chromium-browser", "#!/bin/sh\necho it has moved >&2\nexit 1\n")
    done = install(offline(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    first, line = done.stdout.splitlines()
    assert "installing one takes" in first
    assert line.startswith(f"no browser: {stub} does not start (it has moved); install Chromium")
    assert line.endswith("are skipped")


@pytest.mark.slow
def test_in_ci_what_is_missing_is_an_error(tmp_path: Path) -> None:
    # Where a browser is named, none is installed.
    done = install({**offline(tmp_path), "CI": "true", "TREE_BROWSER": "no-such-browser"})
    assert (done.returncode, done.stderr) == (1, "")
    (line,) = done.stdout.splitlines()
    assert line.startswith("no browser: TREE_BROWSER names 'no-such-browser'")
    assert not line.endswith("are skipped")


@pytest.fixture
def downloads(tmp_path: Path, browser: Browser, chromium: str) -> Iterator[str]:
    """A server that has the browser that Playwright asks for: the one of this computer."""
    wanted = Path(browser.browser_type.executable_path)
    archive = tmp_path / "browser.zip"
    with zipfile.ZipFile(archive, "w") as made:
        name = zipfile.ZipInfo(f"{wanted.parent.name}/{wanted.name}")
        name.external_attr = 0o755 << 16
        made.writestr(name, f'#!/bin/sh\nexec "{chromium}" "$@"\n')

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(archive.stat().st_size))
            self.end_headers()
            self.wfile.write(archive.read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_playwright_downloads_what_is_then_found(tmp_path: Path, downloads: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    path = os.pathsep.join(filter(None, [str(home), os.environ.get("PATH")]))
    environment = {**offline(home), "PLAYWRIGHT_DOWNLOAD_HOST": downloads}
    done = install(environment)
    assert done.returncode == 0, done.stdout
    assert "no browser" not in done.stdout
    again = pytest_in({**environment, "PATH": path}, *SOME)
    assert "skipped" not in again.stdout


@pytest.mark.slow
@pytest.mark.parametrize("uv", ["exit 2", 'exec "$REAL_UV" "$@"'])
def test_where_uv_fails_pip_installs(tmp_path: Path, uv: str) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    program(tmp_path / "bin" / "uv", f"#!/bin/sh\n{uv}\n")
    # A project that needs nothing; its `jupyter` takes any arguments.
    (tmp_path / "small.py").write_text("main = print\n")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "small"\nversion = "1"\nscripts = { jupyter = "small:main" }\n'
        '[tool.setuptools]\npy-modules = ["small"]\n'
    )
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    done = subprocess.run(
        ["make", ".venv/lab", f"PYTHON={sys.executable}"],
        cwd=tmp_path,
        env={**bare_environment(), "PATH": path, "REAL_UV": find_uv_bin()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Fetching JupyterLab" in done.stdout
    assert ("pip takes a few minutes" in done.stdout) is (uv == "exit 2")
    assert (tmp_path / ".venv" / "bin" / "jupyter").exists()
