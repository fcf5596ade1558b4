"""Whether a condition holds, decided over all ways to fill in the open answers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

# In disjunctive normal form, as `parts.Condition`: alternatives of (factor, allowed values).
Alternatives = Iterable[Iterable[tuple[str, frozenset[str]]]]
# A conjunction whose answers are still open: each factor that it asks, once.
Open = dict[str, frozenset[str]]
AllValues = Mapping[str, Sequence[str]]

MOST_STEPS = 20_000  # of the search for a way to fill in the answers so that nothing holds


def holds(condition: Alternatives, answers: Mapping[str, str], values: AllValues) -> bool | None:
    """True if a condition holds however the open answers are filled in, False if it never
    does, and None while both can be.

    `values`: all values of each factor. A factor that is not in it may have any other value.
    That something always holds is the tautology problem: after 20,000 steps the answer is None.

    >>> dry, any_wind = frozenset({"no"}), frozenset({"weak", "strong"})
    >>> condition = [[("rain", dry)], [("wind", any_wind)]]
    >>> holds(condition, {}, {"rain": ("yes", "no"), "wind": ("weak", "strong")})
    True
    """
    still = []
    for conjunction in condition:
        left = _left(conjunction, answers, values)
        if left is not None:
            if not left:
                return True
            still.append(left)
    if not still:
        return False
    known = [left for left in still if left.keys() <= values.keys()]
    return True if _Covering(values).covers(known) else None


def _left(
    conjunction: Iterable[tuple[str, frozenset[str]]], answers: Mapping[str, str], values: AllValues
) -> Open | None:
    """What remains of a conjunction after the answers; None where it cannot hold any more."""
    left: Open = {}
    for factor, allowed in conjunction:
        if factor in answers:
            if answers[factor] not in allowed:
                return None
        else:
            left[factor] = allowed & left.get(factor, allowed)
    if not all(left.values()):
        return None
    return {
        factor: allowed
        for factor, allowed in left.items()
        if factor not in values or not allowed.issuperset(values[factor])
    }


class _Covering:
    """The search whether some conjunctions together hold for every case."""

    def __init__(self, values: AllValues) -> None:
        self.values = values
        self.left = MOST_STEPS

    def covers(self, conjunctions: list[Open]) -> bool:
        """Whether one of them holds for every case. Branches on the factor that most ask."""
        # Together they hold for no larger a share of all cases than each for itself, added up.
        share = sum(
            math.prod(len(allowed) / len(self.values[f]) for f, allowed in conjunction.items())
            for conjunction in conjunctions
        )
        self.left -= 1 + len(conjunctions)
        if share < 1 - 1e-9 or self.left < 0:
            return False
        asked = Counter(factor for conjunction in conjunctions for factor in conjunction)
        if not asked:
            return True
        factor = min(asked, key=lambda factor: (-asked[factor], factor))
        return all(self.covers(_given(conjunctions, factor, v)) for v in self.values[factor])


def _given(conjunctions: list[Open], factor: str, value: str) -> list[Open]:
    """What remains of the conjunctions when a factor has a value."""
    left = []
    for conjunction in conjunctions:
        if value in conjunction.get(factor, (value,)):
            rest = {f: allowed for f, allowed in conjunction.items() if f != factor}
            if not rest:
                return [rest]
            left.append(rest)
    return left
