"""Problems, each with its place, and the errors that carry all of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where: lines and columns count from 1.

    >>> print(Problem("guide.yaml", 3, 5, "unknown key 'quot'"))
    guide.yaml:3:5: unknown key 'quot'
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class TreeError(Exception):
    """A guide that cannot be used. `problems` holds every problem, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class AnswerError(ValueError):
    """Answers that do not fit the guide. `messages` holds one line for each wrong answer."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))


class DrawingError(RuntimeError):
    """The layout program is missing or failed."""


def shown(value: object, limit: int = 60) -> str:
    """Write a value on one line, quoted and shortened, for a message.

    >>> shown("resektion")
    "'resektion'"
    >>> shown("a" * 100, limit=10)
    "'aaaaaaa...'"
    """
    text = str(value)
    return repr(text if len(text) <= limit else text[: limit - 3] + "...")


def allowed(value: str, choices: Iterable[str], most: int = 12) -> str:
    """Say what is allowed instead of `value`, the nearest match first.

    >>> allowed("resektion", ["ablation", "resection"])
    "did you mean 'resection'? allowed: ablation, resection"
    >>> allowed("x", [])
    'none is defined'
    """
    choices = [str(choice) for choice in choices]
    if not choices:
        return "none is defined"
    near = difflib.get_close_matches(value[:200], choices, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    more = f" and {len(choices) - most} more" if len(choices) > most else ""
    return f"{hint}allowed: {', '.join(choices[:most])}{more}"
