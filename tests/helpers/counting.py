"""Work that is counted: the same on every machine, however busy it is."""

from __future__ import annotations

import contextlib
import gc
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import tree

MOST_STEPS = 100_000_000  # a minute
OURS = str(Path(tree.__file__).parent)


@dataclass
class Work:
    steps: int = 0


@contextlib.contextmanager
def counted() -> Iterator[Work]:
    """How many lines of ours are run meanwhile, each as often as it is run.

    A loop counts once for every time around, on one line, too. What a library does with one
    call counts as one step; where that is most of the work, see `times_as_long`. What would
    never end is ended, by an AssertionError.
    """
    work = Work()

    def line(_frame: FrameType, event: str, _arg: object) -> Any:
        work.steps += event == "line"
        if work.steps > MOST_STEPS:
            raise AssertionError(f"more than {MOST_STEPS:,} steps")
        return line

    def call(frame: FrameType, _event: str, _arg: object) -> Any:
        return line if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield work
    finally:
        sys.settrace(before)


def steps(act: Callable[[], object]) -> int:
    with counted() as work:
        act()
    return work.steps


def times_as_long(
    small: Callable[[], object], large: Callable[[], object], enough: float, tries: int = 10
) -> float:
    """How many times as long the large takes, where the work is done by libraries in C.

    Of this process alone, in turn and of some tries the quickest, as what else a machine does
    can only make it slower. Ends as soon as it is less than `enough`, or beyond doubt.
    """
    taken: dict[Callable[[], object], list[float]] = {small: [], large: []}
    ratio = float("inf")
    for _ in range(tries):
        for act, found in taken.items():
            # What earlier tests have left behind is not looked through for garbage meanwhile.
            gc.disable()
            try:
                start = time.process_time()
                act()
                # Of what is too short to be measured, no more is said than that.
                found.append(max(time.process_time() - start, 0.001))
            finally:
                gc.enable()
        ratio = min(taken[large]) / min(taken[small])
        # What takes many times as long, and not just a moment, is not tried again.
        if ratio < enough or (ratio > 2 * enough and min(taken[large]) > 1):
            break
    return ratio
