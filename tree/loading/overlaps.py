"""The conjunctions of many statements at once: a set of them is one number with a bit for each."""

from __future__ import annotations

import functools
import itertools
import operator
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..model.parts import Condition, Conjunction, Statement


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


def contradicted(*conjunctions: Conjunction) -> list[str]:
    """The factors of which no value fits all of these conjunctions.

    >>> wet, dry = (frozenset({("rain", frozenset({value}))}) for value in ("yes", "no"))
    >>> contradicted(wet, dry), contradicted(wet)
    (['rain'], [])
    """
    return [factor for factor, values in joined(*conjunctions).items() if not values]


def without(
    condition: Condition, exception: Condition, every: Mapping[str, frozenset[str]], most: int
) -> Condition | None:
    """The condition where the exception does not hold; None where it has too many alternatives.

    `every`: all values of each factor; `most`: alternatives. No alternative is a part of another.

    >>> wet, storm = (frozenset({(name, frozenset({"yes"}))}) for name in ("rain", "wind"))
    >>> every = dict.fromkeys(("rain", "wind"), frozenset({"yes", "no"}))
    >>> without((wet,), (storm,), every, 9) == (wet | {("wind", frozenset({"no"}))},)
    True
    """
    left = list(condition)
    for literals in map(joined, exception):
        if not all(literals.values()):
            continue
        # Where not all of it holds, one of its literals does not.
        opposites = [frozenset({(f, every[f] - values)}) for f, values in literals.items()]
        parts: dict[Conjunction, dict[str, frozenset[str]]] = {}
        for one in left:
            if not all(joined(one, frozenset(literals.items())).values()):
                parts[one] = joined(one)
                continue
            for opposite in opposites:
                both = joined(one, opposite)
                if all(both.values()):
                    parts.setdefault(frozenset(both.items()), both)
        if len(parts) > 2 * most:
            return None
        left = [
            one
            for one, values in parts.items()
            if not any(
                one is not other and _includes(larger, values) for other, larger in parts.items()
            )
        ]
        if len(left) > most:
            return None
    return tuple(left)


def _includes(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> bool:
    """Whether a conjunction holds wherever another one does."""
    return len(one) <= len(other) and all(f in other and other[f] <= v for f, v in one.items())


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
