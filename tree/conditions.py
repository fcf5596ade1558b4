"""Values and conditions as an author writes them → the clauses that they stand for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from .errors import Problem, allowed, hint, shown
from .keys import ALL, ANY, BAND, NOT
from .located import Mapping, Node, Scalar
from .quoting import Quotes
from .reading import ALWAYS, NUMBER, UNKNOWN, Band, Clause, Condition, Factor

MAX_VALUES = 50
MAX_CLAUSES = 200


class Conditions(Quotes):
    """Reads values and conditions of one guide; `factors` are those that it may name."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.factors: dict[str, Factor] = {}

    # --- values --------------------------------------------------------------------------

    def values(self, id: str, node: Node | None) -> tuple[tuple[str, ...], tuple[Band, ...]]:
        """The values of a factor, and their bands where it is a range."""
        if node is None:
            return ("yes", "no"), ()
        banded = isinstance(node, Mapping)
        pairs = (
            node.entries if isinstance(node, Mapping) else [(n, None) for n in self.several(node)]
        )
        values: list[str] = []
        bands: list[tuple[Node, Band]] = []
        for item, bounds in pairs:
            value = self.line(item)
            if value.casefold() == UNKNOWN:
                self.report(item, f"value {shown(value)} is reserved: any factor may be unknown")
            elif value.casefold() in [v.casefold() for v in values]:
                self.report(item, f"value {shown(value)} stands twice in factor '{id}'")
            elif value:
                values.append(value)
                if bounds is not None:
                    bands.append((item, self.band(value, bounds)))
            if len(values) > MAX_VALUES:
                self.report(item, f"more than {MAX_VALUES} values in factor '{id}'")
                break
        if len(values) < 2:
            mend = "".join(map(hint, values))
            self.report(node, f"factor '{id}' needs at least two values{mend}")
        if banded:
            self.check_order(bands)
        return tuple(values), tuple(band for _, band in bands)

    def band(self, value: str, node: Node) -> Band:
        found = self.keys(node, f"the band {shown(value)}", BAND)
        bounds = {name: self.number(bound) for name, bound in found.items()}
        for one, other in (("from", "over"), ("to", "below")):
            if one in found and other in found:
                self.report(found[other], f"'{other}' beside '{one}': a band has one such bound")
        if isinstance(node, Mapping) and not found:
            self.report(node, f"the band {shown(value)} has no bound: give {', '.join(BAND.names)}")
        low, high = bounds.get("from", bounds.get("over")), bounds.get("to", bounds.get("below"))
        band = Band(low, high, "from" in found, "to" in found)
        if (
            low is not None
            and high is not None
            and not (low < high or (low == high and band.low_inside and band.high_inside))
        ):
            self.report(node, f"no number is {band}")
        return band

    def check_order(self, bands: Sequence[tuple[Node, Band]]) -> None:
        """Each band must begin just where the one before it ends."""
        for (_, one), (node, other) in itertools.pairwise(bands):
            if one.high is None:
                self.report(node, "stands after a band that has no end: give that one 'below'")
            elif other.low is None:
                self.report(node, "has no beginning and stands after another band: give 'from'")
            elif other.low < one.high or (
                other.low == one.high and one.high_inside and other.low_inside
            ):
                self.report(node, f"overlaps with the band before it, which ends at {one.high:g}")
            elif other.low > one.high or not (one.high_inside or other.low_inside):
                gap = f"between {one.high:g} and {other.low:g}"
                at = f"at {one.high:g}" if other.low == one.high else gap
                self.report(node, f"a gap {at}: begin this band just where the one before it ends")

    def number(self, node: Node) -> float | None:
        value = self.line(node)
        if value and not NUMBER.fullmatch(value):
            self.report(node, f"a number such as 18 or 38.5 expected, not {shown(value)}")
            return None
        return float(value) if value else None

    # --- conditions ----------------------------------------------------------------------

    def condition(self, found: dict[str, Node]) -> Condition:
        """The clauses of one of which a patient must meet all: when, any and all together."""
        parts = []
        if "when" in found:
            parts.append(("when", found["when"], self.all_of(found["when"])))
        if ANY in found:
            parts.append((ANY, found[ANY], self.one_of(found[ANY])))
        if ALL in found:
            parts.append((ALL, found[ALL], self.all_of(found[ALL], listed=True)))
        return self.together(parts)

    def all_of(self, node: Node, nested: int = 0, listed: bool = False) -> Condition:
        """A mapping whose entries must all hold, or, if `listed`, a list of such mappings."""
        if listed and not isinstance(node, Mapping):
            items = [(f"{ALL} [{i}]", item) for i, item in enumerate(self.several(node), 1)]
            return self.together([(name, item, self.all_of(item, nested)) for name, item in items])
        if not isinstance(node, Mapping):
            self.wrong_type(node, "factors with their values expected here")
            return ALWAYS
        parts = [(key.value, key, self.entry(key, value, nested)) for key, value in node.entries]
        plain = [part for part in parts if part[0] not in (ANY, ALL)]
        joined = frozenset().union(*(clause for _, _, clauses in plain for clause in clauses))
        return self.together(
            [("when", node, (joined,)), *(part for part in parts if part[0] in (ANY, ALL))]
        )

    def one_of(self, node: Node, nested: int = 0) -> Condition:
        """A mapping of which each entry is an alternative, or a list of alternatives."""
        if isinstance(node, Mapping):
            if not node.entries:
                self.report(node, "'any' needs at least one alternative")
            each = [self.entry(key, value, nested) for key, value in node.entries]
        else:
            each = [self.all_of(item, nested) for item in self.several(node)]
        return self.limited(node, [clause for clauses in each for clause in clauses])

    def entry(self, key: Scalar, node: Node, nested: int) -> Condition:
        """A factor with its value, or a nested any or all."""
        if key.value not in (ANY, ALL):
            return (self.literal(key, node),)
        if nested:
            self.report(key, f"'{key.value}' is nested twice; once is allowed")
            return ALWAYS
        if key.value == ANY:
            return self.one_of(node, nested + 1)
        return self.all_of(node, nested + 1, listed=True)

    def together(self, parts: Sequence[tuple[str, Node, Condition]]) -> Condition:
        """The clauses that hold where all parts do; (name, place, clauses) of each."""
        condition: Condition = ALWAYS
        before: list[str] = []
        for name, node, clauses in parts:
            joined: list[Clause] = []
            for clause in clauses:
                fitting = [both for one in condition if _possible(both := _both(one, clause))]
                joined += fitting
                if not fitting:
                    factors = {f for one in condition for f in _never(_both(one, clause))}
                    for factor in sorted(factors):
                        self.report(
                            node,
                            f"'{name}' contradicts '{before[-1] if before else 'when'}': "
                            f"no value of '{factor}' fits both",
                        )
            before.append(name)
            condition = self.limited(node, joined) or condition
        return condition

    def limited(self, node: Node, clauses: Iterable[Clause]) -> Condition:
        kept = tuple(dict.fromkeys(clauses))
        if len(kept) > MAX_CLAUSES:
            self.report(
                node,
                f"the condition has {len(kept)} alternatives; at most {MAX_CLAUSES} are allowed",
            )
        return kept[:MAX_CLAUSES]

    def literal(self, key: Scalar, node: Node) -> Clause:
        """One factor with the values that it may have."""
        factor = self.factors.get(key.value)
        if factor is None:
            what = allowed(key.value, self.factors) + hint(key.value)
            self.report(key, f"undefined factor {shown(key.value)}: {what}")
            return frozenset()
        if not isinstance(node, Mapping):
            named = self.named_values(factor, node)
            return frozenset({(factor.id, frozenset(named))} if named else ())
        if [entry.value for entry, _ in node.entries] != [NOT]:
            self.report(node, f"a value of '{factor.id}', a list, or {{not: ...}} expected here")
            return frozenset()
        others = set(factor.values).difference(self.named_values(factor, node.entries[0][1]))
        if not others:
            self.report(node, f"no value of '{factor.id}' is left")
        return frozenset({(factor.id, frozenset(others))} if others else ())

    def answer(self, key: Scalar, node: Node) -> tuple[str, str] | None:
        """One factor with the one value that a patient has."""
        factor = self.factors.get(key.value)
        written = node.value if isinstance(node, Scalar) else ""
        if factor and (value := factor.value_of(written)):
            return factor.id, value
        if isinstance(node, Mapping):
            self.wrong_type(node, f"a value of {shown(key.value)} expected here")
        elif factor and written == UNKNOWN:
            self.report(node, f"leave '{factor.id}' out: what is not given is unknown")
        elif factor and factor.bands and NUMBER.fullmatch(written):
            self.report(node, f"no band of '{factor.id}' holds {written}: {factor.bounds}")
        else:
            for id, values in self.literal(key, node):
                if len(values) > 1:
                    self.report(node, f"a patient has one value of '{id}', not several")
                else:
                    return id, min(values)
        return None

    def named_values(self, factor: Factor, node: Node) -> list[str]:
        values = []
        for item in self.several(node):
            value = self.line(item)
            if value and value not in factor.values:
                what = allowed(value, factor.values) + hint(value)
                self.report(item, f"undefined value {shown(value)} of '{factor.id}': {what}")
            values.append(value)
        return values


def _both(first: Clause, second: Clause) -> Clause:
    """The clause that holds where both do. It names each factor once."""
    values = dict(first)
    for factor, allowed_values in second:
        values[factor] = values.get(factor, allowed_values) & allowed_values
    return frozenset(values.items())


def _never(clause: Clause) -> list[str]:
    """The factors of which no value is left."""
    return [factor for factor, values in clause if not values]


def _possible(clause: Clause) -> bool:
    return not _never(clause)
