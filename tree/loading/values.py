"""The values of factors as an author writes them: words, bands of numbers, limits."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from ..model import ranges
from ..model.answers import NUMBER, UNKNOWN, Band, number_named
from ..model.errors import Problem, allowed, hint, shown
from ..model.findings import Finding, FindingKind
from ..model.letters import alike, composed
from ..model.parts import Factor
from . import limits
from .keys import BAND, NOT
from .quotes import Quotes
from .yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence

MAX_VALUES = 50


class Values(Quotes):
    """Reads values of one guide; `limits`: those of its conditions, factor by factor, for
    numbers without bands of their own."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.limits: Callable[[], Mapping[str, Collection[Band]]] = dict

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
                self.report(item, *problem)
            elif value:
                values.append(value)
                if bounds is not None and isinstance(item, YamlScalar):
                    bands.append((item, self.band(f"the band {shown(value)}", bounds)))
            if len(values) > MAX_VALUES:
                self.report(item, f"more than {MAX_VALUES} values in factor {shown(id)}")
                break
        if len(values) < 2:
            hints = "".join(map(hint, values))
            self.report(
                node,
                f"factor {shown(id)} needs at least two values{hints}",
                Finding(FindingKind.FEW_VALUES, factor=id),
            )
        if banded and len(self.problems) == before:
            self.check_names(bands)
            self.check_order(bands)
        return tuple(values), tuple(band for _, band in bands)

    def band(self, what: str, node: YamlNode) -> Band:
        """A range of numbers by its bounds; `what` it is, for messages."""
        found = self.keys(node, what, BAND)
        bounds = {name: self.number(bound) for name, bound in found.items()}
        for one, other in (("from", "over"), ("to", "below")):
            if one in found and other in found:
                self.report(found[other], f"'{other}' beside '{one}': one such bound is enough")
        if isinstance(node, YamlMapping) and not node.entries:
            self.report(node, f"{what} has no bound: give {', '.join(BAND.names)}")
        low, high = bounds.get("from", bounds.get("over")), bounds.get("to", bounds.get("below"))
        band = Band(low, high, "from" in found, "to" in found)
        if (
            low is not None
            and high is not None
            and not (low < high or (low == high and band.low_inside and band.high_inside))
        ):
            self.report(
                node, f"no number is {band}", Finding(FindingKind.BAND_EMPTY, band=str(band))
            )
        return band

    def check_names(self, bands: Sequence[tuple[YamlScalar, Band]]) -> None:
        """A value that is called by a number must stand for that number."""
        for item, band in bands:
            number = number_named(item.value)
            if number is not None and not band.holds(number):
                named = f"value {shown(item.value)} is a number, and its band does not hold it"
                self.report(
                    item,
                    f"{named} ({band}): give it another name",
                    Finding(FindingKind.BAND_NAMED_AS_NUMBER, words=item.value, band=str(band)),
                )

    def check_order(self, bands: Sequence[tuple[YamlScalar, Band]]) -> None:
        """Each band must begin just where the one before it ends."""
        for (first, one), (second, other) in itertools.pairwise(bands):
            before, after = shown(first.value), shown(second.value)
            pair = {"first": first.value, "second": second.value}
            if one.high is None:
                hint = "end that one with 'below' or 'to', and list bands in ascending order"
                self.report(
                    second,
                    f"band {after} comes after {before}, which has no end: {hint}",
                    Finding(FindingKind.BAND_UNORDERED, **pair),
                )
            elif other.low is None:
                hint = f"begin it with 'from' or 'over' where {before} ends"
                self.report(
                    second,
                    f"band {after} comes after {before} without a beginning: {hint}",
                    Finding(FindingKind.BAND_UNORDERED, **pair),
                )
            elif other.low < one.high or (
                other.low == one.high and one.high_inside and other.low_inside
            ):
                hint = "begin it exactly there, and list bands in ascending order"
                at = f"{one.high:.12g}"
                self.report(
                    second,
                    f"band {after} overlaps with {before}, which ends at {at}: {hint}",
                    Finding(FindingKind.BAND_OVERLAP, **pair),
                )
            elif other.low > one.high or not (one.high_inside or other.low_inside):
                gap = f"what is between {one.high:.12g} and {other.low:.12g}"
                gap = f"{one.high:.12g}" if other.low == one.high else gap
                hint = f"begin {after} exactly where {before} ends"
                self.report(
                    second, f"no band holds {gap}: {hint}", Finding(FindingKind.BAND_GAP, **pair)
                )

    def number(self, node: YamlNode) -> float | None:
        value = self.line(node)
        if value and not NUMBER.fullmatch(value):
            self.report(
                node,
                f"a number such as 18 or 38.5 expected, not {shown(value)}",
                Finding(FindingKind.NO_NUMBER, words=value),
            )
            return None
        return float(value) if value else None

    # --- numbers -------------------------------------------------------------------------

    def number_values(
        self, id: str, node: YamlNode, within: Band, unit: str
    ) -> tuple[tuple[str, ...], tuple[Band, ...]]:
        """The bands between all limits that conditions name, and what they are called."""
        bands = limits.parted(self.limits().get(id, ()), within)
        if len(bands) < 2:
            example = f"{{{id}: {{over: 4.5}}}}"
            what = f"factor {shown(id)} is a number, and no condition parts its numbers"
            self.report(
                node,
                f"{what}: write a limit, such as {example}, or give it 'values'",
                Finding(FindingKind.NUMBER_UNPARTED, factor=id),
            )
            return (), ()
        if len(bands) > MAX_VALUES:
            self.report(node, f"the limits of factor {shown(id)} make more than {MAX_VALUES} bands")
            return (), ()
        return tuple(ranges.named_by_bounds(bands, unit)), bands

    def range_of(self, id: str, node: YamlNode | None) -> Band | None:
        """The numbers that can be."""
        return self.band(f"the range of {shown(id)}", node) if node is not None else None

    def within(self, id: str, node: YamlNode, bands: Sequence[Band], range: Band) -> list[Band]:
        """The bands as far as they lie in the range; none may be left without a number."""
        cut = [ranges.common(band, range) for band in bands]
        for band, left in zip(bands, cut, strict=True):
            if left is None:
                self.report(
                    node,
                    f"a band of {shown(id)} ({band}) is outside the range ({range})",
                    Finding(FindingKind.BAND_OUTSIDE_RANGE, band=str(band), range=str(range)),
                )
        return [left or band for band, left in zip(bands, cut, strict=True)]

    def also(self, id: str, node: YamlNode | None, values: Sequence[str]) -> tuple[str, ...]:
        """The named answers beside a number."""
        found: list[str] = []
        for item in self.several(node):
            value = self.name(item)
            if problem := _taken(value, id, [*values, *found], banded=True):
                self.report(item, *problem)
            elif number_named(value) is not None:
                self.report(
                    item,
                    f"value {shown(value)} is a number: 'also' holds words",
                    Finding(FindingKind.ALSO_A_NUMBER, words=value),
                )
            elif value:
                found.append(value)
        if node is not None and len(values) + len(found) > MAX_VALUES:
            self.report(node, f"more than {MAX_VALUES} values in factor {shown(id)}")
        return tuple(found)

    # --- in a condition ------------------------------------------------------------------

    def values_in(self, factor: Factor, node: YamlNode) -> frozenset[str]:
        """The values that a part of a condition names: one, a limit, or a list of these."""
        if isinstance(node, YamlSequence):
            items = self.several(node)
            return frozenset().union(*(self.value_in(factor, item) for item in items))
        return self.value_in(factor, node)

    def value_in(self, factor: Factor, node: YamlNode) -> frozenset[str]:
        if isinstance(node, YamlMapping):
            return self.limited_to(factor, node)
        value = composed(self.line(node))
        if not value:
            return frozenset()
        if value not in factor.values:
            # Of a number that could not be parted it has been said already.
            if message := self.no_value(factor, value) if factor.values else "":
                finding = Finding(FindingKind.UNDEFINED_VALUE, factor=factor.id, words=value)
                self.report(node, message, finding)
            return frozenset()
        return frozenset({value})

    def no_value(self, factor: Factor, value: str) -> str:
        """What to say of a word that is no value."""
        limit = limits.meant(value)
        if limit and factor.bands:
            return (
                f"undefined value {shown(value)} of {shown(factor.id)}: a limit is written {limit}"
            )
        what = allowed(value, factor.values) + hint(value)
        return f"undefined value {shown(value)} of {shown(factor.id)}: {what}"

    def limited_to(self, factor: Factor, node: YamlMapping) -> frozenset[str]:
        """The values whose bands lie within a limit; no band may lie in it in part."""
        id = shown(factor.id)
        number = bool(factor.bands or not factor.values)
        if not number or not any(key.value in BAND.names for key, _ in node.entries):
            limit = "a limit such as {over: 4.5}, " * number
            what = f"a value of {id}, {limit}a list of values, or {{{NOT}: ...}} expected here"
            choices = f"; {allowed('', factor.values)}" * bool(factor.values)
            limit_given = any(key.value in BAND.names for key, _ in node.entries)
            finding = Finding(FindingKind.LIMIT_OF_WORDS, factor=factor.id)
            self.report(node, f"{what}{choices}", finding if limit_given else None)
            return frozenset()
        before = len(self.problems)
        bounds = self.band(f"the limit of {id}", node)
        if len(self.problems) > before or not factor.bands:
            return frozenset()
        return self.within_limit(factor, node, bounds)

    def within_limit(self, factor: Factor, node: YamlNode, limit: Band) -> frozenset[str]:
        """The values whose bands lie within a limit."""
        id = shown(factor.id)
        bands = dict(zip(factor.values, factor.bands, strict=False))
        inside = frozenset(v for v, band in bands.items() if ranges.inside(band, limit))
        for value, band in bands.items():
            if value not in inside and ranges.common(band, limit):
                what = f"the limit of {id} ({limit}) ends within {shown(value)} ({band})"
                finding = Finding(
                    FindingKind.LIMIT_WITHIN, factor=factor.id, limit=str(limit), words=value
                )
                self.report(node, f"{what}: a limit must be a bound of its values", finding)
                return frozenset()
        if not inside:
            self.report(
                node,
                f"no number of {id} is {limit}: {factor.bounds}",
                Finding(FindingKind.LIMIT_OUTSIDE, factor=factor.id, limit=str(limit)),
            )
        return inside


def _taken(value: str, id: str, others: Iterable[str], banded: bool) -> tuple[str, Finding] | None:
    """Why a value cannot be one: an answer could be this one or another."""
    if alike(value) == UNKNOWN:
        message = f"value {shown(value)} is reserved: any factor may be unknown"
        return message, Finding(FindingKind.VALUE_RESERVED, words=value)
    number = None if banded else number_named(value)
    for other in others:
        if alike(value) == alike(other) or (number is not None and number == number_named(other)):
            before = "" if value.lower() == other.lower() else f", first as {shown(other)}"
            message = f"value {shown(value)} appears twice in factor {shown(id)}{before}"
            return message, Finding(FindingKind.VALUE_TWICE, words=value, factor=id)
    return None
