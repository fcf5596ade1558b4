"""Values and conditions as an author writes them → the conjunctions that they stand for.

A condition becomes its disjunctive normal form: alternatives, each a conjunction of what it asks
of single factors.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from ..model.answers import NUMBER, UNKNOWN, Band, number_named
from ..model.errors import Problem, allowed, hint, shown
from ..model.letters import alike, composed
from ..model.parts import ALWAYS, Condition, Conjunction, Factor
from .keys import ALL, ANY, BAND, NOT
from .overlaps import joined
from .quotes import Quotes
from .yaml_nodes import YamlMapping, YamlNode, YamlScalar

MAX_VALUES = 50
MAX_CONJUNCTIONS = 200  # of one condition
MAX_ALTERNATIVES = 20_000  # of all conditions together


class Conditions(Quotes):
    """Reads values and conditions of one guide; `factors` are those that it may name."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.factors: dict[str, Factor] = {}
        self.alternatives = 0
        # Of the condition that is being read, each with its place.
        self.each: list[tuple[YamlNode, Condition]] = []

    # --- values --------------------------------------------------------------------------

    def values(self, id: str, node: YamlNode | None) -> tuple[tuple[str, ...], tuple[Band, ...]]:
        """The values of a factor, and their bands where it is a range."""
        if node is None:
            return ("yes", "no"), ()
        banded = isinstance(node, YamlMapping)
        pairs = (
            node.entries
            if isinstance(node, YamlMapping)
            else [(n, None) for n in self.several(node)]
        )
        values: list[str] = []
        bands: list[tuple[YamlScalar, Band]] = []
        before = len(self.problems)
        for item, bounds in pairs:
            value = self.name(item)
            if problem := _taken(value, id, values, banded):
                self.report(item, problem)
            elif value:
                values.append(value)
                if bounds is not None and isinstance(item, YamlScalar):
                    bands.append((item, self.band(value, bounds)))
            if len(values) > MAX_VALUES:
                self.report(item, f"more than {MAX_VALUES} values in factor {shown(id)}")
                break
        if len(values) < 2:
            mend = "".join(map(hint, values))
            self.report(node, f"factor {shown(id)} needs at least two values{mend}")
        if banded and len(self.problems) == before:
            self.check_names(bands)
            self.check_order(bands)
        return tuple(values), tuple(band for _, band in bands)

    def band(self, value: str, node: YamlNode) -> Band:
        found = self.keys(node, f"the band {shown(value)}", BAND)
        bounds = {name: self.number(bound) for name, bound in found.items()}
        for one, other in (("from", "over"), ("to", "below")):
            if one in found and other in found:
                self.report(found[other], f"'{other}' beside '{one}': a band has one such bound")
        if isinstance(node, YamlMapping) and not node.entries:
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

    def check_names(self, bands: Sequence[tuple[YamlScalar, Band]]) -> None:
        """A value that is called by a number must stand for that number."""
        for item, band in bands:
            number = number_named(item.value)
            if number is not None and not band.holds(number):
                named = f"value {shown(item.value)} is a number, and its band does not hold it"
                self.report(item, f"{named} ({band}): give it another name")

    def check_order(self, bands: Sequence[tuple[YamlScalar, Band]]) -> None:
        """Each band must begin just where the one before it ends."""
        for (first, one), (second, other) in itertools.pairwise(bands):
            before, after = shown(first.value), shown(second.value)
            if one.high is None:
                hint = "end that one with 'below' or 'to', and list bands in ascending order"
                self.report(second, f"band {after} comes after {before}, which has no end: {hint}")
            elif other.low is None:
                hint = f"begin it with 'from' or 'over' where {before} ends"
                self.report(
                    second, f"band {after} comes after {before} without a beginning: {hint}"
                )
            elif other.low < one.high or (
                other.low == one.high and one.high_inside and other.low_inside
            ):
                hint = "begin it exactly there, and list bands in ascending order"
                at = f"{one.high:.12g}"
                self.report(
                    second, f"band {after} overlaps with {before}, which ends at {at}: {hint}"
                )
            elif other.low > one.high or not (one.high_inside or other.low_inside):
                gap = f"what is between {one.high:.12g} and {other.low:.12g}"
                gap = f"{one.high:.12g}" if other.low == one.high else gap
                hint = f"begin {after} exactly where {before} ends"
                self.report(second, f"no band holds {gap}: {hint}")

    def number(self, node: YamlNode) -> float | None:
        value = self.line(node)
        if value and not NUMBER.fullmatch(value):
            self.report(node, f"a number such as 18 or 38.5 expected, not {shown(value)}")
            return None
        return float(value) if value else None

    # --- conditions ----------------------------------------------------------------------

    def condition(self, found: dict[str, YamlNode]) -> Condition:
        """The conjunctions of one of which a patient must meet all: when, any and all together."""
        parts = []
        before_it, self.each = len(self.problems), []
        if "when" in found:
            parts.append(("when", found["when"], self.all_of(found["when"])))
        if ANY in found:
            parts.append((ANY, found[ANY], self.one_of(found[ANY])))
        if ALL in found:
            parts.append((ALL, found[ALL], self.all_of(found[ALL], listed=True)))
        condition = self.together(parts)
        if len(self.problems) == before_it:
            self.check_alternatives(condition)
        before, self.alternatives = self.alternatives, self.alternatives + len(condition)
        if parts and before <= MAX_ALTERNATIVES < self.alternatives:
            what = "alternatives in all conditions together"
            self.report(parts[0][1], f"more than {MAX_ALTERNATIVES} {what}; write simpler ones")
        return condition if self.alternatives <= MAX_ALTERNATIVES else ALWAYS

    def check_alternatives(self, condition: Condition) -> None:
        """Each alternative must be one for somebody for whom the whole condition holds."""
        conjunctions = set(condition)
        for node, alternative in self.each:
            pairs = itertools.product(alternative, condition)
            if conjunctions.isdisjoint(alternative) and not any(
                _possible(_both(*p)) for p in pairs
            ):
                pairs = itertools.product(alternative, condition)
                never = sorted({factor for pair in pairs for factor in _never(_both(*pair))})
                factors = ", ".join(map(shown, never))
                self.report(
                    node,
                    f"this alternative can never hold: no value of {factors} fits both it and the "
                    "rest of the condition",
                )

    def all_of(self, node: YamlNode, nested: int = 0, listed: bool = False) -> Condition:
        """A mapping whose entries must all hold, or, if `listed`, a list of such mappings."""
        if listed and not isinstance(node, YamlMapping):
            items = [(f"{ALL} [{i}]", item) for i, item in enumerate(self.several(node), 1)]
            return self.together([(name, item, self.all_of(item, nested)) for name, item in items])
        if not isinstance(node, YamlMapping):
            self.wrong_type(node, "factors with their values expected here")
            return ALWAYS
        parts = [(key.value, key, self.entry(key, value, nested)) for key, value in node.entries]
        plain = [part for part in parts if part[0] not in (ANY, ALL)]
        joined = frozenset().union(
            *(conjunction for _, _, conjunctions in plain for conjunction in conjunctions)
        )
        return self.together(
            [("when", node, (joined,)), *(part for part in parts if part[0] in (ANY, ALL))]
        )

    def one_of(self, node: YamlNode, nested: int = 0) -> Condition:
        """A mapping of which each entry is an alternative, or a list of alternatives."""
        if isinstance(node, YamlMapping):
            if not node.entries:
                self.report(node, "'any' needs at least one alternative")
            places: Sequence[YamlNode] = [key for key, _ in node.entries]
            each = [self.entry(key, value, nested) for key, value in node.entries]
        else:
            places = self.several(node)
            each = [self.all_of(item, nested) for item in places]
        self.each += zip(places, each, strict=True)
        return self.limited(
            node, [conjunction for conjunctions in each for conjunction in conjunctions]
        )

    def entry(self, key: YamlScalar, node: YamlNode, nested: int) -> Condition:
        """A factor with its value, or a nested any or all."""
        if key.value not in (ANY, ALL):
            return (self.literal(key, node),)
        if nested:
            self.report(key, f"'{key.value}' is nested twice; once is allowed")
            return ALWAYS
        if key.value == ANY:
            return self.one_of(node, nested + 1)
        return self.all_of(node, nested + 1, listed=True)

    def together(self, parts: Sequence[tuple[str, YamlNode, Condition]]) -> Condition:
        """The conjunctions that hold where all parts do; (name, place, conjunctions) of each."""
        condition: Condition = ALWAYS
        before: list[str] = []
        for name, node, conjunctions in parts:
            joined: dict[Conjunction, None] = {}
            for conjunction in conjunctions:
                fitting = [both for one in condition if _possible(both := _both(one, conjunction))]
                joined |= dict.fromkeys(fitting)
                if len(joined) > MAX_CONJUNCTIONS:
                    return self.limited(node, joined)
            if not joined:
                pairs = itertools.product(condition, conjunctions)
                for factor in sorted({factor for pair in pairs for factor in _never(_both(*pair))}):
                    self.report(
                        node,
                        f"'{name}' contradicts '{before[-1] if before else 'when'}': "
                        f"no value of {shown(factor)} fits both",
                    )
            before.append(name)
            condition = tuple(joined) or condition
        return condition

    def limited(self, node: YamlNode, conjunctions: Iterable[Conjunction]) -> Condition:
        kept = tuple(dict.fromkeys(conjunctions))
        if len(kept) > MAX_CONJUNCTIONS:
            self.report(
                node,
                f"the condition has more than {MAX_CONJUNCTIONS} alternatives; "
                "say it in several statements, or with fewer 'any' together",
            )
        return kept[:MAX_CONJUNCTIONS]

    def literal(self, key: YamlScalar, node: YamlNode) -> Conjunction:
        """One factor with the values that it may have."""
        factor = self.factors.get(key.value)
        if factor is None:
            what = allowed(key.value, self.factors) + hint(key.value)
            self.report(key, f"undefined factor {shown(key.value)}: {what}")
            return frozenset()
        if not isinstance(node, YamlMapping):
            named = self.named_values(factor, node)
            return frozenset({(factor.id, frozenset(named))} if named else ())
        if [entry.value for entry, _ in node.entries] != [NOT]:
            self.report(
                node,
                f"a value of {shown(factor.id)}, a list of values, or {{not: ...}} expected here; "
                f"{allowed('', factor.values)}",
            )
            return frozenset()
        others = set(factor.values).difference(self.named_values(factor, node.entries[0][1]))
        if not others:
            self.report(node, f"'not' names every value of {shown(factor.id)}: nobody is left")
        return frozenset({(factor.id, frozenset(others))} if others else ())

    def answer(self, key: YamlScalar, node: YamlNode) -> tuple[str, str] | None:
        """One factor with the one value that a patient has."""
        factor = self.factors.get(key.value)
        written = node.value if isinstance(node, YamlScalar) else ""
        if factor and (value := factor.value_of(written)):
            return factor.id, value
        if isinstance(node, YamlMapping):
            self.wrong_type(node, f"a value of {shown(key.value)} expected here")
        elif factor and alike(written) == UNKNOWN:
            self.report(node, f"leave {shown(factor.id)} out: what is not given is unknown")
        elif factor and factor.bands and number_named(written) is not None:
            self.report(node, f"no band of {shown(factor.id)} holds {written}: {factor.bounds}")
        elif factor and (reason := factor.spelling.reason(written)):
            self.report(node, f"{shown(written)} is no value of {shown(factor.id)}: {reason}")
        else:
            for id, values in self.literal(key, node):
                if len(values) > 1:
                    self.report(node, f"a patient has one value of {shown(id)}, not several")
                else:
                    return id, min(values)
        return None

    def named_values(self, factor: Factor, node: YamlNode) -> list[str]:
        values = []
        for item in self.several(node):
            value = composed(self.line(item))
            if value and value not in factor.values:
                what = allowed(value, factor.values) + hint(value)
                self.report(item, f"undefined value {shown(value)} of {shown(factor.id)}: {what}")
            values.append(value)
        return values


def _taken(value: str, id: str, others: Iterable[str], banded: bool) -> str:
    """Why a value cannot be one: an answer could be this one or another. Or ""."""
    if alike(value) == UNKNOWN:
        return f"value {shown(value)} is reserved: any factor may be unknown"
    number = None if banded else number_named(value)
    for other in others:
        if alike(value) == alike(other) or (number is not None and number == number_named(other)):
            before = "" if value.lower() == other.lower() else f", first as {shown(other)}"
            return f"value {shown(value)} appears twice in factor {shown(id)}{before}"
    return ""


def _both(first: Conjunction, second: Conjunction) -> Conjunction:
    """The conjunction that holds where both do. It names each factor once."""
    return frozenset(joined(first, second).items())


def _never(conjunction: Conjunction) -> list[str]:
    """The factors of which no value is left."""
    return [factor for factor, values in conjunction if not values]


def _possible(conjunction: Conjunction) -> bool:
    return not _never(conjunction)
