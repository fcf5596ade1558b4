"""What may be meant, and may not, of scopes and the statements in them."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.errors import WARNING, Problem, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import Reading


def check_scopes(reading: Reading) -> Iterator[Problem]:
    """Warnings: scopes without a statement, and statements that stand in one in part."""
    used = {id for statement in reading.statements for id in statement.scopes}
    for scope in reading.scopes:
        if scope.id not in used:
            message = f"scope {shown(scope.id)} holds no statement: no first quote lies inside"
            finding = Finding(FindingKind.SCOPE_OF_NOTHING, scope=scope.id)
            yield _warning(reading, ("scope", scope.id), message, finding)
    scopes = {scope.id: scope for scope in reading.scopes}
    for statement in reading.statements:
        for id in statement.scopes:
            outside = [q for q in statement.quotes if id in scopes and not scopes[id].holds(q)]
            if outside:
                where = f"statement {shown(statement.id)} begins in scope {shown(id)}"
                message = f"{where}, whose condition holds for {shown(outside[0].line)}, too"
                finding = Finding(
                    FindingKind.BEGINS_IN_SCOPE,
                    statement=statement.id,
                    scope=id,
                    words=outside[0].line,
                )
                yield _warning(reading, ("statement", statement.id), message, finding)


def _warning(reading: Reading, entry: tuple[str, str], message: str, finding: Finding) -> Problem:
    place = reading.places.get(entry, (1, 1))
    return Problem(reading.file, *place, message, WARNING, finding=finding)
