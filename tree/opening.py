"""Folder or strings → Guide, or a report of everything that is wrong with it."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from .guide import Guide
from .loading import loader
from .loading.cases_file import read_vignettes
from .loading.shipped import shipped_guide, shipped_guides
from .loading.sources import Source, folder, strings
from .logic import review, unclaimed
from .logic.coverage import Claim
from .messages import in_a_row, plural, say
from .model.errors import ERROR, Problem, TreeError, located, sorted_problems
from .model.parts import Reading
from .model.text import counted

if TYPE_CHECKING:
    from .changes.diff import GuideChanges

WIDTH = 100  # letters of a line that fit beside a notebook's margin


@dataclass(frozen=True)
class Report:
    """What `check` found. `guide` is None where no tree could be made.

    >>> report = check("data/metastatic_liver_cancer")
    >>> report.problems, report.ok
    ((), True)
    """

    guide: Guide | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be fixed."""
        return tuple(p for p in self.problems if p.severity == ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What may be meant, and should be looked at."""
        return tuple(p for p in self.problems if p.severity != ERROR)

    @property
    def ok(self) -> bool:
        """Whether there is nothing that must be fixed."""
        return not self.errors

    @property
    def summary(self) -> str:
        """What is in the guide, and how many problems it has, in one line.

        In the language in force: English on the command line, in a workshop that of the guide.
        """
        if self.guide is None:
            return plural(
                "{count} error: no tree can be made yet; more problems may appear once this is "
                "fixed",
                "{count} errors: no tree can be made yet; more problems may appear once this is "
                "fixed",
                len(self.errors),
            )
        errors, warnings = len(self.errors), len(self.warnings)
        state = [plural("{count} error", "{count} errors", errors) if errors else say("ok")]
        state += [plural("{count} warning", "{count} warnings", warnings)] * bool(warnings)
        return say(
            "{state}: {parts}; sentences: {claims}",
            state=in_a_row(state),
            parts=in_a_row(_parts(self.guide)),
            claims=in_a_row(_claims(self.guide)),
        )

    def to_dict(self) -> dict[str, object]:
        """The report as plain data, ready for JSON; a problem of a whole file has line 0."""
        fields = ("file", "line", "column", "severity", "message")
        return {
            "ok": self.ok,
            "problems": [{name: getattr(p, name) for name in fields} for p in self.problems],
            "sentences": self.guide.coverage().counts if self.guide else None,
        }

    def __str__(self) -> str:
        return "\n".join([*map(_folded, self.problems), _fold(self.summary)])

    @property
    def counts(self) -> str:
        """How many errors and warnings there are.

        >>> check("data/metastatic_liver_cancer").counts
        '0 errors, 0 warnings'
        """
        errors, warnings = len(self.errors), len(self.warnings)
        return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"

    def __repr__(self) -> str:
        return f"<report: {self.counts}>"


def _parts(guide: Guide) -> Iterator[str]:
    """How many parts of each kind a guide has."""
    yield plural("{count} passage", "{count} passages", len(guide.text.passages))
    yield plural("{count} factor", "{count} factors", len(guide.factors))
    yield plural("{count} option", "{count} options", len(guide.options))
    yield plural("{count} statement", "{count} statements", len(guide.statements))
    outcomes = sum(len(tree.outcomes) for tree in guide.trees)
    yield plural("{count} outcome", "{count} outcomes", outcomes)
    if guide.vignettes:
        yield plural("{count} case", "{count} cases", len(guide.vignettes))


def _claims(guide: Guide) -> Iterator[str]:
    """How many of its sentences are claimed, and how."""
    counts = guide.coverage().counts
    yield plural("{count} used", "{count} used", counts[Claim.USED])
    yield say("{count} context", count=counts[Claim.CONTEXT])
    yield say("{count} unclaimed", count=counts[Claim.UNCLAIMED])


def _folded(problem: Problem) -> str:
    """A problem as it is shown, its message folded between words: notebooks cut words in two."""
    message, *source = problem.pointed().split("\n")
    return "\n".join([_fold(message), *source])


def _fold(words: str) -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent="  ", break_long_words=False)


@dataclass(frozen=True)
class ShippedGuide:
    """A guide that comes with the package: `load(name)` opens it, wherever one is.

    `language`: of its text; `cases`: how many it has to practise on.
    """

    name: str
    title: str
    language: str
    cases: int
    folder: Path

    def __str__(self) -> str:
        return f"{self.name}: {self.title}"


def guides() -> tuple[ShippedGuide, ...]:
    """The guides that come with the package, by name.

    >>> [guide.name for guide in guides()][:2]
    ['damaged_library_book', 'ear_infection_in_a_child']
    >>> print(guides()[-1])
    wintering_bees: Wintering honey bees: what does this colony need?
    """
    found = []
    for name, place in shipped_guides().items():
        guide = load(place)
        cases = len(guide.vignettes)
        found.append(ShippedGuide(name, guide.title, guide.language, cases, place))
    return tuple(found)


def load(path: str | os.PathLike[str], strict: bool = False) -> Guide:
    """Load a guide from its folder, or by its name one that ships with the package.

    A folder of that name here goes before one that ships, which `guides()` lists. `strict`:
    whatever `check` calls an error is one.

    Raises TreeError with every problem of the guide, each with file, line and column.
    """
    return _load(_folder(path), strict)


def loads(text: str, yaml: str, strict: bool = False) -> Guide:
    """A guide from two strings: the text, and what would stand in `guide.yaml`.

    Raises TreeError as `load` does.

    >>> guide = loads("If it rains, drink tea.", '''
    ... title: Tea?
    ... factors: {rain: {question: Does it rain?, quote: If it rains}}
    ... options: {tea: {name: tea, quote: drink tea}}
    ... statements: {drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}}
    ... ''')
    >>> print(guide.tree)
    Does it rain?
    - yes
        Offered: tea
    - no
        The text does not say: tea
    """
    return _load(strings(text, yaml), strict)


def check(path: str | os.PathLike[str]) -> Report:
    """Everything that is wrong with a guide, and what may be. Raises nothing for a bad guide."""
    try:
        source = _folder(path)
    except TreeError as error:
        return Report(None, error.problems)
    return _check(source)


def diff(
    before: Guide | str | os.PathLike[str], after: Guide | str | os.PathLike[str]
) -> GuideChanges:
    """What changed from one guide to another, and for whom the outcome changed.

    Each is a guide, its folder or its name; `before` may also be a git revision of the folder
    `after`, such as "HEAD~1". Where a folder has the name of a revision, the folder is meant.
    Raises TreeError for what cannot be loaded.

    >>> folder = "data/metastatic_liver_cancer"
    >>> print(diff(folder, folder))
    Nothing changed.
    """
    from .changes import diff
    from .loading.git import revision

    new = after if isinstance(after, Guide) else load(after)
    if isinstance(before, Guide):
        return diff.diff(before, new)
    if os.path.isdir(before) or shipped_guide(before) or isinstance(after, Guide):
        return diff.diff(load(before), new)
    try:
        source = revision(str(before), after)
    except ValueError as error:
        message = f"no such folder, and as a git revision: {error}"
        raise TreeError([Problem(str(before), 0, 0, message)]) from None
    return diff.diff(_load(source, strict=False), new)


def check_text(text: str, yaml: str) -> Report:
    """As `check`, for a guide given as two strings."""
    return _check(strings(text, yaml))


def _folder(path: str | os.PathLike[str]) -> Source:
    try:
        return folder(path)
    except ValueError as error:
        raise TreeError([Problem(str(path), 0, 0, str(error))]) from None


def _load(source: Source, strict: bool) -> Guide:
    guide, problems = _made(source, *loader.read(source))
    if strict and guide:
        problems += _reviewed(guide)
    errors = [problem for problem in problems if problem.severity == ERROR]
    if guide is None or errors:
        raise TreeError(errors)
    return guide


def _check(source: Source) -> Report:
    reading, problems = loader.read(source)
    guide, problems = _made(source, reading, problems)
    if guide:
        problems += _reviewed(guide)
    elif reading:
        # The other sentences are not reported: after a slip, those that it concerns would only
        # seem unclaimed.
        problems += located(unclaimed.listed(reading), reading.lines)
    return Report(guide, sorted_problems(problems))


def _made(
    source: Source, reading: Reading | None, problems: list[Problem]
) -> tuple[Guide | None, list[Problem]]:
    """The guide and what is wrong with its cases, or why there is none."""
    # What a slip has spoiled would make other things seem wrong, too.
    if reading is None or problems:
        return None, problems
    vignettes, problems = read_vignettes(source, reading)
    parts = {field.name: getattr(reading, field.name) for field in fields(reading)}
    guide = Guide(**parts, vignettes=vignettes)
    # What is wrong with cases waits until the guide is right.
    if slips := review.check(guide):
        return None, located(slips, guide.lines)
    try:
        # Built at once: a tree that grows too large is a problem of the guide.
        _ = guide.trees
    except TreeError as error:
        return None, located(error.problems, guide.lines)
    return guide, problems


def _reviewed(guide: Guide) -> list[Problem]:
    return located(review.review(guide), guide.lines)
