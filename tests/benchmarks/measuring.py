"""What the benchmarks share: how times are taken, compared and told."""

from __future__ import annotations

import datetime
import functools
import gc
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

TIMES = "\N{MULTIPLICATION SIGN}"


def clocked(
    work: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> Callable[[], float]:
    """The work as something that tells how many milliseconds it took.

    `clock`: of the wall; `time.process_time` for what this process does alone, so that what
    others do on the machine meanwhile is not counted.
    """

    def take() -> float:
        # What another way has left behind is cleared away at nobody's expense.
        gc.collect()
        start = clock()
        work()
        return 1000 * (clock() - start)

    return take


of_process = functools.partial(clocked, clock=time.process_time)


# A way that takes seconds varies by little: after these rounds it has had its share of the time.
LEAST_ROUNDS, ENOUGH = 9, 5_000.0  # ms


def in_turn(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """What each way took, round by round, so that whatever else runs hits all of them alike.

    A round before the first one is not counted. In every round the order is another one. A way
    that has taken five seconds in all rests after nine rounds.
    """
    for way in ways.values():
        way()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    chance = random.Random(0)
    for _ in range(rounds):
        for name in chance.sample(list(ways), len(ways)):
            if len(taken[name]) < LEAST_ROUNDS or sum(taken[name]) < ENOUGH:
                taken[name].append(ways[name]())
    return taken


def told(times: Sequence[float], unit: str = "ms") -> str:
    """The median and the middle half.

    >>> told([1, 2, 3, 4, 100])
    '3.0 ms (2.0 to 4.0)'
    """
    low, middle, high = (
        statistics.quantiles(times, n=4, method="inclusive") if len(times) > 1 else 3 * [times[0]]
    )
    spread = f" ({number(low)} to {number(high)})" if len(times) > 1 else ""
    return f"{number(middle)} {unit}{spread}"


def number(value: float) -> str:
    """Two digits that count, and never fewer than all before the point.

    >>> number(0.0312), number(3.14), number(31.4), number(1437)
    ('0.031', '3.1', '31', '1,437')
    """
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}" if value < 1 else f"{value:.1f}"


@dataclass(frozen=True)
class Row:
    """One line of the table. `met`: None where nothing was aimed at."""

    what: str
    ours: str
    other: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        said = {None: "", True: "met", False: "**missed**"}[self.met]
        return self.what, self.ours, self.other, self.ratio, self.aim, said


def compare(
    what: str,
    ours: Sequence[float],
    name: str,
    others: Sequence[float],
    at_most: float | None = None,
    at_least: float | None = None,
    faster: bool = False,
    unit: str = "ms",
) -> Row:
    """Ours beside another: how many times as much, or, with `at_least`, how many times faster."""
    mine, its = statistics.median(ours), statistics.median(others)
    faster = faster or at_least is not None
    ratio = its / mine if faster else mine / its
    aim = (
        f"≥ {at_least:g} {TIMES} faster"
        if at_least
        else f"≤ {at_most:.3g} {TIMES}"
        if at_most
        else ""
    )
    met = ratio >= at_least if at_least else ratio <= at_most if at_most else None
    word = f" {TIMES} faster" if faster else f" {TIMES}"
    return Row(
        what, told(ours, unit), f"{name}: {told(others, unit)}", number(ratio) + word, aim, met
    )


def limited(what: str, ours: Sequence[float], most: float, beside: str = "") -> Row:
    """Ours beside a number of milliseconds."""
    met = statistics.median(ours) <= most
    return Row(what, told(ours), beside, aim=f"≤ {number(most)} ms", met=met)


HEAD = ("what", "ours", "beside", "ratio", "aim", "")


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown."""
    lines = [HEAD, ("---",) * len(HEAD), *(row.cells for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n".replace("|  |", "| |") for cells in lines)


def when() -> str:
    """The day, and how busy the machine has been."""
    # Above the number of cores, others have worked on it too, and times are longer.
    busy = f", with a load of {os.getloadavg()[1]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{datetime.date.today():%Y-%m-%d}{busy}"


def machine(*packages: str) -> str:
    """What it ran on, in one line, and the versions of what was measured."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        held = f", {memory:.0f} GB of memory"
    except (ValueError, OSError):
        held = ""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return (
        f"{os.cpu_count()} cores of {platform.machine()}{held}, {platform.system()}, "
        f"Python {platform.python_version()}, {', '.join(found)}"
    )
