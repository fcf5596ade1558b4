"""What is worked out once for each guide or tree, and kept there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def once(work: Callable[[T], R]) -> Callable[[T], R]:
    """Let a function keep what it makes of its only argument in that argument itself.

    `functools.cached_property` does so for the methods of a class; this is for functions that stand
    further down than the class. What they make goes when the argument does.

    >>> from tree import load
    >>> from tree.logic.decisions import decisions
    >>> liver = load("data/metastatic_liver_cancer")
    >>> decisions(liver) is decisions(liver)
    True
    """
    name = f"_{work.__module__}.{work.__qualname__}"

    @functools.wraps(work)
    def kept(thing: T) -> R:
        known = vars(thing)
        if name not in known:
            known[name] = work(thing)
        found: R = known[name]
        return found

    return kept
