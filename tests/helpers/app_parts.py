"""The app, started as `make app` does, on a free port and with a folder of records of its own."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import processes
import psutil
from jupyterlab_parts import jupyter_environment
from places import ROOT
from playwright.sync_api import Page, expect
from processes import free_port


@dataclass(frozen=True)
class App:
    """A running app: its address, its folder of records, and the number of its process."""

    url: str
    records: Path
    process: int

    def at(self, notebook: str) -> str:
        return f"{self.url}/voila/render/{notebook}.ipynb"

    def kernels(self) -> int:
        """How many sessions there are: the kernels that run."""
        family = psutil.Process(self.process).children(recursive=True)
        return sum(map(_is_kernel, family))


def _is_kernel(process: psutil.Process) -> bool:
    try:
        return "ipykernel_launcher" in process.cmdline()
    except psutil.Error:
        return False


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def ask(app: App, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """Status and body of an answer, to a request with these headers alone."""
    place = urlsplit(app.url)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=120)
    headers.setdefault("Host", place.netloc)
    connection.putrequest(method, path, skip_host=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    # What a connection that stays open sends has no end.
    body = "" if answer.status == 101 else answer.read().decode(errors="replace")
    connection.close()
    return answer.status, body


@contextlib.contextmanager
def running(folder: Path, *settings: str) -> Iterator[App]:
    """The app on the project's notebooks; `folder` holds its records, settings and log."""
    port, records = free_port(), folder / "records"
    command = ["tree.jupyter.app", "--no-browser", "--port", str(port), "--records", str(records)]
    command += settings
    with started(folder, port, *command) as process:
        yield App(f"http://127.0.0.1:{port}", records, process.pid)


@contextlib.contextmanager
def plain_voila(folder: Path, notebook: str) -> Iterator[str]:
    """The address of one of the project's notebooks in Voilà as it comes."""
    port = free_port()
    command = ["voila", f"notebooks/{notebook}.ipynb", "--no-browser", f"--port={port}"]
    with started(folder, port, *command):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def started(folder: Path, port: int, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python module that serves the project at a port, with its settings and log in `folder`."""
    environment = jupyter_environment(folder / "settings")
    log, python = folder / "app.log", [sys.executable, "-m"]
    with processes.running(
        [*python, *command], lambda: answers(port), log, environment, ROOT
    ) as process:
        yield process


def explorer_alone(page: Page) -> None:
    """The live explorer is there, and the page that it brings along steps back."""
    page.locator(".dtree svg g.node").first.wait_for()
    expect(page.locator(".dtree-embedded")).to_be_hidden()
    page.get_by_role("radiogroup").first.get_by_role("radio", name="Yes", exact=True).click()
    expect(page.locator(".edge.dtree-taken").first).to_be_visible()
    assert page.locator("iframe[title=Explorer]").count() == 0
