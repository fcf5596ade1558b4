"""What is wrong with a guide, listed for somebody who sees sentences, questions and options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from ..loading.sources import CASES_FILE, GUIDE_FILE
from ..messages import say
from ..model.errors import ERROR, Problem
from ..model.findings import Finding
from ..model.text import Quote, Text
from .form_fields import form_fields
from .guide_files import GuideFiles, Path
from .plain_conflicts import disputes, is_conflict
from .plain_problems import COUNTED, NamesOnScreen, plainly
from .quoted_places import quoted_places


def names_on_screen(files: GuideFiles, text: Text) -> NamesOnScreen:
    """What each entry is called in a message: what has no name, by the words that it quotes."""
    names: dict[str, dict[str, str]] = {}
    for (section, id), quotes in quoted_places(files, text).items():
        words = " … ".join(quote.line for quote in quotes)
        has_no_name = section in ("statements", "scopes")
        called = words if has_no_name else label(section, form_fields(files, text, (section, id)))
        names.setdefault(section, {})[id] = called or id
    return names


def label(section: str, fields: Mapping[str, Any], says: Iterable[str] = ()) -> str:
    """What an entry is called on a screen: its own words, never its name in the file."""
    first = next(iter(says), "")
    key = {"factors": "question", "passages": "author", "context": "reason"}.get(section, "name")
    return str(fields.get(key) or first)


def listed_problems(
    files: GuideFiles, problems: Sequence[Problem], names: NamesOnScreen
) -> Iterator[dict[str, Any]]:
    """What is wrong, each with the entry that it is about; sentences and drafts are counted.

    Each has its message and severity; `where` in a file, of what only an editor can correct; the
    `path` of its entry; the statements of a `conflict`; `at`, the place of a sentence; and where
    there are trees, the answers of a `case` for which it is so.
    """
    for dispute in disputes(problems):
        yield {
            **_problem(files, dispute.problems[0], dispute.message(names)),
            "path": ["statements", dispute.statement],
            # Of which one may be the exception to the others.
            "conflict": [dispute.statement, *dispute.others],
        }
    for problem in problems:
        if is_conflict(problem) or (problem.finding and problem.finding.kind in COUNTED):
            continue
        yield _problem(files, problem, plainly(problem, names))


def _problem(files: GuideFiles, problem: Problem, message: str) -> dict[str, Any]:
    name = PurePath(problem.file).name
    path = files.path_at(problem.line, name) if _in_files(name) and problem.line else ()
    message = _nothing_yet(files, path) or message
    where = f"{name}, {problem.line}" if problem.line else name
    return {
        "severity": "error" if problem.severity == ERROR else "warning",
        "message": message,
        # Who reads plain words looks for no line of a file.
        "where": "" if message != problem.message else where,
        "path": list(path) if len(path) == 2 else [],
        "conflict": [],
        # The sentence that it is about, where it is about no entry.
        "at": _sentence_of(problem.finding),
        "case": _case_of(problem),
    }


def _case_of(problem: Problem) -> dict[str, str]:
    found = problem.finding.parts.get("case") if problem.finding else None
    # Where something is wrong, the trees may be those of before.
    return dict(found) if isinstance(found, Mapping) and problem.severity != ERROR else {}


def _sentence_of(finding: Finding | None) -> list[int] | None:
    sentence = finding.parts.get("sentence") if finding else None
    return [sentence.start, sentence.end] if isinstance(sentence, Quote) else None


def _in_files(name: str) -> bool:
    return name in (GUIDE_FILE, CASES_FILE)


def _nothing_yet(files: GuideFiles, path: Path) -> str:
    """What a section that is still empty wants, for somebody who sees no file."""
    if len(path) != 1 or files.ids(path[0]):
        return ""
    return {
        "factors": say("There is no question yet: select the words that one is about."),
        "options": say("There is no option yet: select the words that name one."),
        "statements": say("No sentence says anything yet: select one that speaks of an option."),
    }.get(path[0], "")
