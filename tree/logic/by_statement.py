"""A guide with some of its statements alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ..model.errors import AnswerError, allowed, shown
from ..model.parts import Reading

R = TypeVar("R", bound=Reading)


def for_statements(reading: R, ids: tuple[str, ...]) -> R:
    """The same guide with these statements alone, and the options that they speak of.

    Where they speak of no option, as a remark does, all options stay. Raises AnswerError for an
    unknown statement.
    """
    known = [statement.id for statement in reading.statements]
    wrong = [
        f"unknown statement {shown(i)}: {allowed(str(i), known)}" for i in ids if i not in known
    ]
    if wrong or not ids:
        raise AnswerError(wrong or [f"name at least one statement: {', '.join(known)}"])
    kept = tuple(s for s in reading.statements if s.id in ids)
    named = {option for s in kept for option, _ in s.effects}
    named |= {option for s in kept if s.relation for option in s.relation.options}
    spoken_of = tuple(option for option in reading.options if option.id in named)
    return replace(reading, statements=kept, options=spoken_of or reading.options)
