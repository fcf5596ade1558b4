"""The clauses of many statements at once: a set of them is one number with a bit for each."""

from __future__ import annotations

import functools
import operator
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from .reading import Clause, Statement


class Together:
    """Statements side by side, to ask of all of them at once for whom they hold.

    >>> clause = frozenset({("rain", frozenset({"yes"}))})
    >>> dry = Statement("dry", (), (frozenset({("rain", frozenset({"no"}))}),))
    >>> together = Together([dry, Statement("wet", (), (clause,)), Statement("all", ())])
    >>> list(together.named(together.meeting(dry)))
    ['dry', 'all']
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._owners: list[str] = []
        self._clauses: dict[str, int] = {}
        naming: dict[str, int] = defaultdict(int)
        allowing: dict[tuple[str, str], int] = defaultdict(int)
        for statement in statements:
            first = len(self._owners)
            for clause in statement.condition:
                bit = 1 << len(self._owners)
                self._owners.append(statement.id)
                for factor, values in _merged(clause).items():
                    naming[factor] |= bit
                    for value in values:
                        allowing[factor, value] |= bit
            self._clauses[statement.id] = (1 << len(self._owners)) - (1 << first)
        self.every = (1 << len(self._owners)) - 1
        self._naming, self._allowing = naming, allowing

    def fitting(self, factor: str, values: Collection[str]) -> int:
        """The clauses that one of these values of a factor fits."""
        allowing = (self._allowing.get((factor, value), 0) for value in values)
        return functools.reduce(operator.or_, allowing, self.every & ~self._naming.get(factor, 0))

    def meeting(self, statement: Statement) -> int:
        """The clauses that hold for some patient for whom this statement holds, too."""
        found = 0
        for clause in statement.condition:
            fitting = (self.fitting(*literal) for literal in _merged(clause).items())
            found |= functools.reduce(operator.and_, fitting, self.every)
        return found

    def clauses_of(self, ids: Iterable[str]) -> int:
        """The clauses of these statements."""
        return functools.reduce(operator.or_, (self._clauses.get(id, 0) for id in ids), 0)

    def named(self, clauses: int) -> Iterator[str]:
        """The statements that these clauses belong to, each once, in their order."""
        while clauses:
            owner = self._owners[(clauses & -clauses).bit_length() - 1]
            clauses &= ~self._clauses[owner]
            yield owner


def _merged(clause: Clause) -> dict[str, frozenset[str]]:
    """Each factor of a clause once, with the values that all its literals allow."""
    values: dict[str, frozenset[str]] = {}
    for factor, allowed in clause:
        values[factor] = values.get(factor, allowed) & allowed
    return values
