"""The clauses of many statements at once: a set of them is one number with a bit for each."""

from __future__ import annotations

import functools
import operator
from collections import defaultdict
from collections.abc import Collection, Iterable

from .reading import Statement


class Together:
    """Statements side by side, to ask of all of them at once for whom they hold.

    >>> clause = frozenset({("rain", frozenset({"yes"}))})
    >>> dry = Statement("dry", (), (frozenset({("rain", frozenset({"no"}))}),))
    >>> Together([dry, Statement("wet", (), (clause,)), Statement("all", ())]).meeting(dry)
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
                for factor, values in clause:
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

    def meeting(self, statement: Statement) -> list[str]:
        """The statements that hold for some patient for whom this one holds, too."""
        found = 0
        for clause in statement.condition:
            fitting = (self.fitting(factor, values) for factor, values in clause)
            found |= functools.reduce(operator.and_, fitting, self.every)
        return self.named(found)

    def clauses_of(self, ids: Iterable[str]) -> int:
        """The clauses of these statements."""
        return functools.reduce(operator.or_, (self._clauses[id] for id in ids), 0)

    def named(self, clauses: int) -> list[str]:
        """The statements that these clauses belong to, each once, in their order."""
        bits = enumerate(reversed(bin(clauses)[2:]))
        return list(dict.fromkeys(self._owners[i] for i, bit in bits if bit == "1"))
