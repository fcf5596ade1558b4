"""The app, started as `make app` does, on a free port and with a folder of records of its own."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_parts import ROOT, free_port, jupyter_environment, stop, until


@dataclass(frozen=True)
class App:
    """A running app: its address, its folder of records, and the number of its process."""

    url: str
    records: Path
    process: int

    def at(self, notebook: str) -> str:
        return f"{self.url}/voila/render/{notebook}.ipynb"


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@contextlib.contextmanager
def running(folder: Path) -> Iterator[App]:
    """The app on the project's notebooks; `folder` holds its records, settings and log."""
    port, records = free_port(), folder / "records"
    command = [sys.executable, "-m", "tree.app", "--no-browser", "--port", str(port)]
    with (folder / "app.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--records", str(records)],
            cwd=ROOT,
            env=jupyter_environment(folder / "settings"),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            until(lambda: answers(port), what="the app starts")
            yield App(f"http://127.0.0.1:{port}", records, process.pid)
        finally:
            stop(process)
