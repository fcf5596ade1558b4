"""What is wrong or missing in a whole guide, as far as it could be read."""

from __future__ import annotations

from collections.abc import Iterator

from .coverage import cover
from .errors import Problem, shown
from .reading import Reading


def check(reading: Reading) -> list[Problem]:
    """Problems that only show when the parts of a guide are seen together."""
    return list(_never_used(reading)) if reading.statements else []


def unclaimed(reading: Reading) -> list[Problem]:
    """The sentences that the guide neither quotes nor sets aside as context."""
    return [
        Problem(
            reading.text.file,
            *reading.text.place(sentence.words.start),
            f"unclaimed sentence {shown(sentence.words.line)}: quote it, or list it under context",
        )
        for sentence in cover(reading).unclaimed
    ]


def _never_used(reading: Reading) -> Iterator[Problem]:
    conditions = [clause for s in reading.statements for clause in s.condition]
    asked = {factor for clause in conditions for factor, _ in clause}
    for factor in reading.factors:
        if factor.id not in asked:
            yield _problem(reading, "factor", factor.id, "is never used by a statement")
    for option in reading.options:
        if not reading.on_option[option.id]:
            yield _problem(reading, "option", option.id, "is never used by a statement")


def _problem(reading: Reading, kind: str, id: str, what: str) -> Problem:
    line, column = reading.places.get((kind, id), (1, 1))
    return Problem(reading.file, line, column, f"{kind} '{id}' {what}")
