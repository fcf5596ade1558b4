"""The results of a class as a table that the gradebook of a learning platform takes.

When a table is imported into Moodle, the teacher says which column names the student and which is
the grade. Canvas has columns of its own: of the ways to name a student the login stands here, and
the second row has the points that are possible.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from ..model.errors import AnswerError, allowed, shown
from ..model.formula_safety import harmless
from ..teaching.questions.attempts import Attempt, first_tries

MOODLE, CANVAS = PLATFORMS = ("moodle", "canvas")
MOST = 100  # points


def results(attempts: Iterable[Attempt]) -> dict[str, tuple[int, int]]:
    """For each learner how many questions were right at the first try, and how many were asked."""
    found: dict[str, tuple[int, int]] = {}
    for attempt in first_tries(attempts):
        right, asked = found.get(attempt.learner, (0, 0))
        found[attempt.learner] = right + attempt.right, asked + 1
    return found


def table(
    attempts: Iterable[Attempt],
    students: Mapping[str, str],
    platform: str = MOODLE,
    item: str = "Practice",
) -> bytes:
    """The percentage that was right at the first try, one row a student, as CSV in UTF-8.

    `students`: what the platform calls each learner. `item`: the column of the grade. Raises
    AnswerError for another platform, or where two learners have one name.

    >>> tried = Attempt("g", "d", "branch/a", "branch", "a", {}, True, learner="x")
    >>> print(table([tried], {"x": "anna"}).decode().replace("\\r", ""))
    "Username","Practice","Feedback"
    "anna","100","1 of 1 right at the first try"
    <BLANKLINE>
    """
    if platform not in PLATFORMS:
        raise AnswerError([f"unknown platform {shown(platform)}: {allowed(platform, PLATFORMS)}"])
    twice = {name for name in students.values() if [*students.values()].count(name) > 1}
    if twice:
        names = ", ".join(sorted(map(shown, twice)))
        raise AnswerError([f"several records of one name: {names}; rename all but one"])
    rows = [
        (students[learner], f"{100 * right / asked:.4g}", right, asked)
        for learner, (right, asked) in results(attempts).items()
        if learner in students
    ]
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL)
    for row in (_moodle if platform == MOODLE else _canvas)(sorted(rows), item):
        writer.writerow(map(harmless, row))
    return made.getvalue().encode()


Rows = Iterable[tuple[str, str, int, int]]


def _moodle(rows: Rows, item: str) -> Iterable[tuple[str, ...]]:
    yield "Username", item, "Feedback"
    for name, percent, right, asked in rows:
        yield name, percent, f"{right} of {asked} right at the first try"


def _canvas(rows: Rows, item: str) -> Iterable[tuple[str, ...]]:
    yield "Student", "ID", "SIS User ID", "SIS Login ID", "Section", item
    yield "    Points Possible", "", "", "", "", str(MOST)
    for name, percent, _, _ in rows:
        yield name, "", "", name, "", percent
