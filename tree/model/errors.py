"""Problems, each with its place, and the errors that carry all of them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .findings import Finding

ERROR, WARNING = "error", "warning"
SHOWN = 90  # letters of a line that are shown with a problem
MOST_PROBLEMS = 1_000  # that are listed at once
ENOUGH = f"{MOST_PROBLEMS} problems up to here; what follows is not checked"
MOST_COMPARED = 200  # choices that are compared with a misspelt one


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where: lines and columns count from 1; line 0 is no place.

    `severity`: "error", or "warning" for what may be meant. `source`: the line that it
    stands in, where there is one. `finding`: the same in parts, for somebody who sees no file;
    None for a slip that only an editor can make.

    >>> print(Problem("guide.yaml", 3, 5, "unknown key 'quot'"))
    guide.yaml:3:5: unknown key 'quot'
    """

    file: str
    line: int
    column: int
    message: str
    severity: str = ERROR
    source: str = field(default="", compare=False, repr=False)
    finding: Finding | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        # A name of the author's choice may hold any kind of line break.
        object.__setattr__(self, "message", " ".join(self.message.split()))

    def __str__(self) -> str:
        kind = "" if self.severity == ERROR else f"{self.severity}: "
        place = f":{self.line}:{self.column}" * bool(self.line)
        return f"{self.file}{place}: {kind}{self.message}"

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


def located(
    problems: Iterable[Problem], lines: Mapping[str, Callable[[], Sequence[str]]]
) -> list[Problem]:
    """The problems, each with the line that it stands in; `lines`: those of every file.

    >>> [found] = located([Problem("t", 2, 1, "odd")], {"t": "Rest.\\nDrink!".splitlines})
    >>> found.source
    'Drink!'
    """
    listed = list(problems)
    # Most files have no problem, and are not divided into lines.
    found = {file: lines[file]() for file in {each.file for each in listed} & lines.keys()}
    return [
        replace(problem, source=found[problem.file][problem.line - 1])
        if 0 < problem.line <= len(found.get(problem.file, ()))
        else problem
        for problem in listed
    ]


def sorted_problems(problems: Iterable[Problem], most: int = MOST_PROBLEMS) -> tuple[Problem, ...]:
    """The problems in the order of the file, each once; of very many, the first.

    >>> problems = [Problem("t", line, 1, "odd") for line in (3, 2, 1)]
    >>> print(*sorted_problems(problems, most=1), sep="\\n")
    t:1:1: odd
    t:2:1: 2 more problems from here on are not listed
    """
    found = sorted(set(problems))
    rest = found[most:]
    if len(rest) < 2:
        return tuple(found)
    worst = ERROR if any(problem.severity == ERROR for problem in rest) else WARNING
    message = f"{len(rest)} more problems from here on are not listed"
    return (*found[:most], replace(rest[0], message=message, severity=worst, finding=None))


class TreeError(Exception):
    """A guide that cannot be used. `problems` holds its problems in the order of the file, all
    of them unless there are more than a thousand."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted_problems(problems)
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
    return repr(shortened(str(value), limit))


def shortened(text: str, limit: int = 60) -> str:
    """The beginning of a text that is longer than so many letters.

    >>> shortened("a" * 100, limit=10)
    'aaaaaaa...'
    """
    return text if len(text) <= limit else text[: limit - 3] + "..."


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
    # Of very many those that begin or end like it, and not all of these.
    close = [c for c in choices if c[:1] == value[:1] or c[-1:] == value[-1:]]
    compared = choices if len(choices) <= MOST_COMPARED else close[:MOST_COMPARED]
    near = [choice for choice in choices if value and choice.lower() == value.lower()]
    near = near or difflib.get_close_matches(value[:200], compared, n=1)
    hint = f"{meant(near[0])} " if near else ""
    more = f" and {len(choices) - most} more" if len(choices) > most else ""
    return f"{hint}allowed: {', '.join(map(shortened, choices[:most]))}{more}"


def meant(name: str) -> str:
    """A question for the name that comes nearest.

    >>> meant("resection")
    "did you mean 'resection'?"
    """
    return f"did you mean {shown(name)}?"


def hint(name: str) -> str:
    """How a name that is not known may have been meant: as a list, or as a name and a value.

    >>> hint("tea, walk"), hint("rain:yes"), hint("tee")
    ('; several are written [tea, walk]', "; write a space after ':'", '')
    """
    if "," in name:
        return f"; several are written [{shown(name)[1:-1]}]"
    return "; write a space after ':'" if ":" in name else ""
