"""A guide with the statements of some grades alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ..model.errors import AnswerError, allowed, shown
from ..model.parts import Reading

R = TypeVar("R", bound=Reading)


def for_grades(reading: R, grades: tuple[str, ...]) -> R:
    """The same guide with the statements of these grades alone; one without a grade is left out.

    Factors and options stay, and of an option of which nothing is said any more the text does not
    say. Raises AnswerError for an unknown grade.
    """
    known = [grade for grade, _ in reading.grades]
    if not known:
        raise AnswerError(["the guide has no grades"])
    wrong = [
        f"unknown grade {shown(grade)}: {allowed(str(grade), known)}"
        for grade in grades
        if grade not in known
    ]
    if wrong or not grades:
        raise AnswerError(wrong or [f"name at least one grade: {', '.join(known)}"])
    return replace(reading, statements=tuple(s for s in reading.statements if s.grade in grades))
