"""The conjunctions of many statements at once: a set of them is one number with a bit for each."""

from __future__ import annotations

import functools
import itertools
import operator
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from ..model.parts import Conjunction, Statement


def joined(*conjunctions: Conjunction) -> dict[str, frozenset[str]]:
    """Each factor of these conjunctions once, with the values that all of them allow.

    Where no value is left for a factor, no patient meets all of them.

    >>> mild, warm = frozenset({"mild", "cold"}), frozenset({"mild", "hot"})
    >>> joined(frozenset({("day", mild)}), frozenset({("day", warm)}))
    {'day': frozenset({'mild'})}
    """
    values: dict[str, frozenset[str]] = {}
    for factor, allowed in itertools.chain(*conjunctions):
        values[factor] = values.get(factor, allowed) & allowed
    return values


class Together:
    """Statements side by side, to ask of all of them at once for whom they hold.

    >>> conjunction = frozenset({("rain", frozenset({"yes"}))})
    >>> dry = Statement("dry", (), (frozenset({("rain", frozenset({"no"}))}),))
    >>> together = Together([dry, Statement("wet", (), (conjunction,)), Statement("all", ())])
    >>> list(together.named(together.meeting(dry)))
    ['dry', 'all']
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._owners: list[str] = []
        self._conjunctions: dict[str, int] = {}
        naming: dict[str, int] = defaultdict(int)
        allowing: dict[tuple[str, str], int] = defaultdict(int)
        for statement in statements:
            first = len(self._owners)
            for literals in _met(statement):
                bit = 1 << len(self._owners)
                self._owners.append(statement.id)
                for factor, values in literals.items():
                    naming[factor] |= bit
                    for value in values:
                        allowing[factor, value] |= bit
            self._conjunctions[statement.id] = (1 << len(self._owners)) - (1 << first)
        self.every = (1 << len(self._owners)) - 1
        self._naming, self._allowing = naming, allowing

    def fitting(self, factor: str, values: Collection[str]) -> int:
        """The conjunctions that one of these values of a factor fits."""
        allowing = (self._allowing.get((factor, value), 0) for value in values)
        return functools.reduce(operator.or_, allowing, self.every & ~self._naming.get(factor, 0))

    def meeting(self, statement: Statement) -> int:
        """The conjunctions that hold for some patient for whom this statement holds, too."""
        found = 0
        for literals in _met(statement):
            fitting = (self.fitting(*literal) for literal in literals.items())
            found |= functools.reduce(operator.and_, fitting, self.every)
        return found

    def conjunctions_of(self, ids: Iterable[str]) -> int:
        """The conjunctions of these statements."""
        return functools.reduce(operator.or_, (self._conjunctions.get(id, 0) for id in ids), 0)

    def named(self, conjunctions: int) -> Iterator[str]:
        """The statements that these conjunctions belong to, each once, in their order."""
        while conjunctions:
            owner = self._owners[(conjunctions & -conjunctions).bit_length() - 1]
            conjunctions &= ~self._conjunctions[owner]
            yield owner


def _met(statement: Statement) -> Iterator[dict[str, frozenset[str]]]:
    """The conjunctions of a statement that some patient meets."""
    return (
        literals
        for conjunction in statement.condition
        if all((literals := joined(conjunction)).values())
    )
