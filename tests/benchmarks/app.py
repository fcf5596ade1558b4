"""How many students the app carries: the wait for a first question, and the memory of each.

    PYTHONPATH=tests/helpers python tests/benchmarks/app.py [students …]      default: 1 5 10 20 40

Everybody comes at once, which is the worst that a class can do. The wait ends when the server
has sent the page with its question; a browser needs a second more to draw it. The memory is the
share of the machine's that is a session's own (PSS: what processes share is divided by them),
of all the kernels and the server together.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from app_parts import App, running

STUDENTS = (1, 5, 10, 20, 40)
MOST_WAIT = 600  # seconds
# What stands in the page for the widget; a browser then asks for what the widget holds.
READY = "application/vnd.jupyter.widget-view+json"


def visit(url: str) -> float:
    """Open a page as a new visitor; the seconds until it is there."""
    begun = time.monotonic()
    with urllib.request.urlopen(url, timeout=MOST_WAIT) as answer:
        content = answer.read().decode()
    if READY not in content:
        raise RuntimeError("the page came without a question")
    return time.monotonic() - begun


def memory(app: App) -> float:
    """Megabytes that the server and its kernels hold."""
    server = psutil.Process(app.process)
    family = [server, *server.children(recursive=True)]
    return sum(process.memory_full_info().pss for process in family) / 1e6


def measure(students: int) -> str:
    """A row of the table, from an app of its own."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as app:
        visit(app.at("practice"))
        one = memory(app)
        with ThreadPoolExecutor(students) as pool:
            waits = sorted(pool.map(visit, [app.at("practice")] * students))
        each = (memory(app) - one) / students
    median = statistics.median(waits)
    return f"{students:8}   {median:11.1f}   {waits[-1]:12.1f}   {each:15.0f}"


if __name__ == "__main__":
    print("students   median wait   longest wait   MB per session")
    for number in map(int, sys.argv[1:] or STUDENTS):
        print(measure(number), flush=True)
