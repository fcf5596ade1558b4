"""Browsers of other engines than Chromium's, driven by what their makers offer for it.

Playwright brings a Firefox and a WebKit of its own, which nobody uses; these are the ones that
Debian's users have.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from places import ROOT

MODULES = ROOT / ".node" / "engines" / "node_modules"
SIZE = (1280, 900)


class Engine(Protocol):
    """A browser with one page."""

    def open(self, url: str) -> None: ...

    def run(self, source: str, argument: Any = None) -> Any:
        """What a JavaScript function says to the argument, waited for."""

    def picture(self, path: Path) -> None:
        """Write what is in the window as a PNG."""

    @property
    def version(self) -> str: ...


class Firefox:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def _ask(self, name: str, **more: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"name": name, **more}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "Firefox has ended"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def open(self, url: str) -> None:
        self._ask("open", url=url)

    def run(self, source: str, argument: Any = None) -> Any:
        return self._ask("run", source=source, argument=argument)

    def picture(self, path: Path) -> None:
        self._ask("picture", path=str(path))

    @property
    def version(self) -> str:
        return str(self._ask("version"))


class WebKit:
    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, url: str) -> None:
        self.driver.get(url)

    def run(self, source: str, argument: Any = None) -> Any:
        # An error would not end the waiting by itself.
        value, error = self.driver.execute_async_script(
            "const [argument, done] = arguments;"
            f"(async () => ({source})(argument))()"
            ".then(value => done([value ?? null, null]), error => done([null, `${error}`]));",
            argument,
        )
        assert error is None, error
        return value

    def picture(self, path: Path) -> None:
        self.driver.save_screenshot(str(path))

    @property
    def version(self) -> str:
        agent = self.run("() => navigator.userAgent")
        return f"WebKitGTK ({agent})"


def program(name: str) -> str:
    path = shutil.which(name)
    assert path, f"{name} is missing; make engines installs it"
    return path


@contextlib.contextmanager
def firefox() -> Iterator[Engine]:
    script = Path(__file__).with_name("firefox.mjs")
    with subprocess.Popen(
        [program("node"), str(script), str(MODULES), program("firefox-esr")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "MOZ_HEADLESS": "1"},
    ) as process:
        yield Firefox(process)
        assert process.stdin
        process.stdin.close()
        process.wait(60)


@contextlib.contextmanager
def webkit() -> Iterator[Engine]:
    from selenium import webdriver
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service

    options = Options()
    # Debian keeps it outside the PATH, in a folder that names the computer's kind and the version.
    options.binary_location = str(max(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
    options.add_argument("--automation")
    with display() as screen:
        service = Service(program("WebKitWebDriver"), env={**os.environ, "DISPLAY": screen})
        found = webdriver.WebKitGTK(options=options, service=service)
        try:
            found.set_window_size(*SIZE)
            found.set_script_timeout(600)
            yield WebKit(found)
        finally:
            found.quit()


@contextlib.contextmanager
def display() -> Iterator[str]:
    """A screen that nobody sees: WebKitGTK has no way to do without one."""
    reading, writing = os.pipe()
    command = [program("Xvfb"), "-displayfd", str(writing), "-screen", "0", "1600x1200x24"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with open(reading, encoding="ascii") as number:
            yield f":{number.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


ENGINES = {"firefox": firefox, "webkit": webkit}
