"""Problems, each with its place, and the errors that carry all of them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

ERROR, WARNING = "error", "warning"
SHOWN = 90  # letters of a line that are shown with a problem


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where: lines and columns count from 1.

    `severity`: "error", or "warning" for what may be meant. `source`: the line that it
    stands in, where there is one.

    >>> print(Problem("guide.yaml", 3, 5, "unknown key 'quot'"))
    guide.yaml:3:5: unknown key 'quot'
    """

    file: str
    line: int
    column: int
    message: str
    severity: str = ERROR
    source: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        kind = "" if self.severity == ERROR else f"{self.severity}: "
        return f"{self.file}:{self.line}:{self.column}: {kind}{self.message}"

    def pointed(self) -> str:
        """The message, and below it the line with a caret under the place.

        >>> print(Problem("t", 3, 5, "unknown key 'quot'", source="    quot: Rest").pointed())
        t:3:5: unknown key 'quot'
            quot: Rest
            ^
        """
        place = self.column - 1
        head = self.source[: min(place, SHOWN)]
        indent = len(head) - len(head.lstrip())
        start = max(indent, min(place - SHOWN // 2, len(self.source) - SHOWN))
        line = self.source[start : start + SHOWN].rstrip()
        if not line or not place - start <= len(line):
            return str(self)
        cut = "…" * (start > indent)
        before = "".join(map(_blank, cut + line[: place - start]))
        more = "…" * (start + SHOWN < len(self.source))
        return f"{self}\n    {cut}{line}{more}\n    {before}^"


def _blank(letter: str) -> str:
    """As much blank space as a letter takes on a terminal."""
    if letter == "\t" or unicodedata.combining(letter):
        return "\t" * (letter == "\t")
    return " " * (2 if unicodedata.east_asian_width(letter) in "WF" else 1)


def located(problems: Iterable[Problem], lines: Mapping[str, Sequence[str]]) -> list[Problem]:
    """The problems, each with the line that it stands in; `lines`: those of every file."""
    return [
        replace(problem, source=lines[problem.file][problem.line - 1])
        if problem.line <= len(lines.get(problem.file, ()))
        else problem
        for problem in problems
    ]


class TreeError(Exception):
    """A guide that cannot be used. `problems` holds every problem, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(problem.pointed() for problem in self.problems))


class AnswerError(ValueError):
    """Answers that do not fit the guide. `messages` holds one line for each wrong answer."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))


class RecordError(ValueError):
    """A file that is no record of practice, or a broken one."""


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


def hint(name: str) -> str:
    """How a name that is not known may have been meant: as a list, or as a name and a value.

    >>> hint("tea, walk"), hint("rain:yes"), hint("tee")
    ('; several are written [tea, walk]', "; write a space after ':'", '')
    """
    if "," in name:
        return f"; several are written [{shown(name)[1:-1]}]"
    return "; write a space after ':'" if ":" in name else ""
