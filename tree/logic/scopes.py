"""What may be meant, and may not, of scopes and the statements in them."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.errors import WARNING, Problem, shown
from ..model.parts import Reading


def check_scopes(reading: Reading) -> Iterator[Problem]:
    """Warnings: scopes without a statement, and statements that stand in one in part."""
    used = {id for statement in reading.statements for id in statement.scopes}
    for scope in reading.scopes:
        if scope.id not in used:
            message = f"scope {shown(scope.id)} holds no statement: no first quote lies inside"
            yield _warning(reading, ("scope", scope.id), message)
    scopes = {scope.id: scope for scope in reading.scopes}
    for statement in reading.statements:
        for id in statement.scopes:
            outside = [q for q in statement.quotes if id in scopes and not scopes[id].holds(q)]
            if outside:
                where = f"statement {shown(statement.id)} begins in scope {shown(id)}"
                message = f"{where}, whose condition holds for {shown(outside[0].line)}, too"
                yield _warning(reading, ("statement", statement.id), message)


def _warning(reading: Reading, entry: tuple[str, str], message: str) -> Problem:
    return Problem(reading.file, *reading.places.get(entry, (1, 1)), message, WARNING)
