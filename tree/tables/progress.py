"""A progress bar on long work, where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DELAY = 2.0  # seconds without a bar: short work needs none


@contextmanager
def waiting(total: int | None, unit: str) -> Iterator[Callable[[int], object]]:
    """Give a function to report how much was done; `total`: of how much, where known.

    The bar goes to a notebook, or to standard error where that is a terminal.
    """
    if not (sys.stderr.isatty() or "ipykernel" in sys.modules):
        yield lambda _done: None
        return
    # It knows a notebook from a terminal.
    from tqdm.auto import tqdm

    with tqdm(total=total, unit=f" {unit}", delay=DELAY, leave=False, unit_scale=True) as bar:
        yield bar.update
