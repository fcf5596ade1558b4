"""The smallest parts of a condition: a factor with its values, or how many of several are so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from ..model import ranges
from ..model.answers import UNKNOWN, number_named
from ..model.errors import Problem, allowed, hint, shown
from ..model.factors import at_least
from ..model.findings import Finding, FindingKind
from ..model.letters import alike
from ..model.parts import Conjunction, Factor
from .keys import ASKED_IF, AT_LEAST, AT_MOST, NOT, RESERVED
from .overlaps import contradicted, joined
from .values import Values
from .yaml_nodes import YamlMapping, YamlNode, YamlScalar

# A count as it is written by mistake: "at least 3", "at_most_2_of".
COUNT = re.compile(r"(at[\W_]*least|at[\W_]*most|exactly)[\W_]*(\d*)[\W_]*(of)?", re.IGNORECASE)
Points = tuple[tuple[str, tuple[tuple[str, float], ...]], ...]


class Literals(Values):
    """Reads them for one guide; `factors` are those that may be named, `counts` those made here."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.factors: dict[str, Factor] = {}
        self.counts: dict[str, Factor] = {}

    def literal(self, key: YamlScalar, node: YamlNode) -> Conjunction:
        """One factor with the values that it may have."""
        factor = self.factors.get(key.value)
        if factor is None:
            what = count_meant(key.value) or allowed(key.value, self.factors) + hint(key.value)
            self.report(key, f"undefined factor {shown(key.value)}: {what}")
            return frozenset()
        if isinstance(node, YamlMapping) and [key.value for key, _ in node.entries] == [NOT]:
            unnamed = self.values_in(factor, node.entries[0][1])
            named = frozenset(factor.values) - unnamed
            if unnamed and not named:
                self.report(
                    node,
                    f"'not' names every value of {shown(factor.id)}: nobody is left",
                    Finding(FindingKind.NOT_ANY_VALUE, factor=factor.id),
                )
        else:
            named = self.values_in(factor, node)
        # Where a question does not apply, none of its values does.
        return factor.asked_if | {(factor.id, named)} if named else frozenset()

    def answer(self, key: YamlScalar, node: YamlNode) -> tuple[str, str] | None:
        """One factor with the one value that a patient has."""
        factor = self.factors.get(key.value)
        written = node.value if isinstance(node, YamlScalar) else ""
        if factor and factor.points:
            counted = ", ".join(other for other, _ in factor.points)
            finding = Finding(FindingKind.SCORE_ANSWERED, factor=factor.id)
            self.report(key, f"{shown(factor.id)} counts others: answer these: {counted}", finding)
            return None
        # Most are written just so, and need not be understood.
        if factor and (value := written if written in factor.values else factor.value_of(written)):
            return factor.id, value
        if isinstance(node, YamlMapping):
            self.wrong_type(node, f"a value of {shown(key.value)} expected here")
        elif factor and alike(written) == UNKNOWN:
            self.report(node, f"leave {shown(factor.id)} out: what is not given is unknown")
        elif factor and factor.bands and number_named(written) is not None:
            self.report(
                node,
                f"no band of {shown(factor.id)} holds {written}: {factor.bounds}",
                Finding(FindingKind.NO_BAND_HOLDS, factor=factor.id, words=written),
            )
        elif factor and (reason := factor.spelling.reason(written)):
            self.report(node, f"{shown(written)} is no value of {shown(factor.id)}: {reason}")
        else:
            values = dict(self.literal(key, node)).get(key.value, frozenset())
            if len(values) > 1:
                self.report(node, f"a case has one value of {shown(key.value)}, not several")
            elif values:
                return key.value, min(values)
        return None

    def asked_if(self, factor: Factor, node: YamlNode, before: Collection[str]) -> Conjunction:
        """The answers without which a question does not apply, to questions asked before it."""
        found: Conjunction = frozenset()
        for key, value in self.pairs(node, f"asked_if of {shown(factor.id)}"):
            if key.value in RESERVED:
                what = f"'{key.value}' in {ASKED_IF}: only factors with their values stand here"
                self.report(key, what)
            elif key.value in self.factors and key.value not in before:
                itself = key.value == factor.id
                why = "itself" if itself else f"{shown(key.value)}, which comes after it"
                what = f"{shown(factor.id)} depends on {why}: list what it depends on before it"
                kind = FindingKind.DEPENDS_ON_LATER
                kind = FindingKind.DEPENDS_ON_ITSELF if itself else kind
                self.report(key, what, Finding(kind, factor=factor.id, other=key.value))
            else:
                found |= self.literal(key, value)
        if isinstance(node, YamlMapping) and not node.entries:
            self.report(node, f"{ASKED_IF} of {shown(factor.id)} names no factor")
        if never := contradicted(found):
            what = f"nobody is asked {shown(factor.id)}"
            self.fits_nothing(node, what, never, "all that it depends on")
            return frozenset()
        return frozenset(joined(found).items())

    def fits_nothing(self, node: YamlNode, what: str, never: Iterable[str], rest: str) -> None:
        """Report what cannot be, as no value of some factors fits the rest."""
        factors = tuple(sorted(never))
        names = ", ".join(map(shown, factors))
        finding = Finding(FindingKind.CONTRADICTS, factors=factors)
        self.report(node, f"{what}: no value of {names} fits {rest}", finding)

    # --- counts ---------------------------------------------------------------------------

    def counted(self, key: YamlScalar, node: YamlNode) -> Conjunction:
        """How many of some answers are given: at least, at most, or exactly so many."""
        if not isinstance(node, YamlMapping) or not node.entries:
            example = f"{{{key.value}: {{3: {{a: yes, b: yes, c: yes, d: yes}}}}}}"
            self.wrong_type(node, f"a number with the answers to count, {example}, expected here")
            return frozenset()
        literals: set[tuple[str, frozenset[str]]] = set()
        for number, answers in node.entries:
            before = len(self.problems)
            several = self.several_answers(key, answers)
            count = self.whole(key, number, len(self.names(answers)))
            if count is not None and len(self.problems) == before:
                literals |= set(self.limits_of_count(key.value, count, several))
        return frozenset(literals)

    def several_answers(
        self, key: YamlScalar, node: YamlNode
    ) -> list[tuple[Factor, frozenset[str]]]:
        """The answers that are counted, each of another factor."""
        found = []
        for name, value in self.pairs(node, f"what '{key.value}' counts"):
            values = dict(self.literal(name, value)).get(name.value)
            if values and self.factors[name.value].points:
                finding = Finding(FindingKind.SCORE_COUNTED, factor=name.value)
                message = f"{shown(name.value)} counts others itself: give its parts here"
                self.report(name, message, finding)
            elif values:
                found.append((self.factors[name.value], values))
        if isinstance(node, YamlMapping) and len(node.entries) < 2:
            self.report(
                node,
                f"'{key.value}' counts two answers or more",
                Finding(FindingKind.COUNTS_TOO_FEW),
            )
        return found

    def whole(self, key: YamlScalar, node: YamlScalar, several: int) -> int | None:
        """The number of a count, which some of so many answers can come to and others not."""
        least = 1 if key.value == AT_LEAST else 0
        most = several - 1 if key.value == AT_MOST else several
        if not (node.value.isascii() and node.value.isdecimal() and len(node.value) < 4):
            self.report(node, f"a whole number such as 3 expected here, not {shown(node.value)}")
            return None
        count = int(node.value)
        if several > 1 and not least <= count <= most:
            what = f"'{key.value}' of {several} answers"
            self.report(
                node,
                f"{what} is a number from {least} to {most}, not {count}",
                Finding(FindingKind.COUNT_OUT_OF_REACH, count=count, least=least, most=most),
            )
            return None
        return count

    def limits_of_count(
        self, kind: str, count: int, several: list[tuple[Factor, frozenset[str]]]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        """A limit of a count as one of counts of at least so many."""
        if kind != AT_MOST and count > 0:
            made = at_least(count, several)
            self.counts[made.id] = made
            yield made.id, frozenset(made.values[:1])
        if kind != AT_LEAST and count < len(several):
            made = at_least(count + 1, several)
            self.counts[made.id] = made
            yield made.id, frozenset(made.values[1:])

    def scoring(self, factor: Factor, key: YamlScalar) -> frozenset[str]:
        """The values that a key of a score names: one, or a limit such as `from 45`."""
        limit = ranges.in_words(key.value) if key.value not in factor.values else None
        if factor.bands and limit:
            return self.within_limit(factor, key, limit)
        return self.values_in(factor, key)

    def points(self, id: str, node: YamlNode) -> Points:
        """What a score counts: for each factor its values with their points."""
        found = []
        for key, worth in self.pairs(node, f"the score {shown(id)}"):
            factor = self.factors.get(key.value)
            if factor is None or factor.points:
                choices = [other for other, one in self.factors.items() if not one.points]
                what = "another score" if factor else f"an undefined factor {shown(key.value)}"
                what = "itself" if key.value == id else what
                self.report(
                    key, f"the score {shown(id)} counts {what}: {allowed(key.value, choices)}"
                )
                continue
            values: dict[str, float] = {}
            if isinstance(worth, YamlMapping):
                for value, number in worth.entries:
                    for each in self.scoring(factor, value):
                        if each in values:
                            self.report(value, f"{shown(each)} has points twice")
                        values[each] = self.number(number) or 0.0
            elif "yes" in factor.values:
                values["yes"] = self.number(worth) or 0.0
            else:
                some = f"{{{factor.values[0]}: 1}}" if factor.values else "{value: 1}"
                self.report(worth, f"say which values of {shown(factor.id)} count, such as {some}")
            found.append((factor.id, tuple(values.items())))
        if isinstance(node, YamlMapping) and not node.entries:
            self.report(
                node,
                f"the score {shown(id)} counts nothing: name factors with points",
                Finding(FindingKind.SCORE_OF_NOTHING, factor=id),
            )
        return tuple(found)


def count_meant(name: str) -> str:
    """How a count is written that was written in another way; "" where it is none.

    >>> count_meant("at least 3"), count_meant("exactly_two")
    ('a count is written at_least: {3: {factor: value, ...}}', '')
    """
    found = COUNT.fullmatch(name)
    if not found:
        return ""
    kind = re.sub(r"[\W_]+", "_", found[1].lower())
    kind = {"atleast": AT_LEAST, "atmost": AT_MOST}.get(kind, kind)
    return f"a count is written {kind}: {{{found[2] or 3}: {{factor: value, ...}}}}"
