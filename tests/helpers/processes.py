"""Programs that a test starts: their environment, ports and end, and waiting for them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def until(condition: Callable[[], T], seconds: float = 60, what: str = "") -> T:
    """Poll until the condition holds, and return what it gave."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what or condition}")
        time.sleep(0.05)  # Polls without keeping a core busy; the deadline above ends it.


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def bare_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Without what the `make` and the Python around the tests would add to one that they start."""
    around = {"VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    return {name: value for name, value in environment.items() if name not in around}


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server that a test started, and the kernels below it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)


@contextlib.contextmanager
def running(
    command: Sequence[str | Path],
    answers: Callable[[], object],
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that runs until the test is over, from when it answers; `log`: where it writes."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    try:
        until(answers, 90, f"{Path(command[0]).name} answers; its words are in {log}")
        yield process
    finally:
        stop(process)
