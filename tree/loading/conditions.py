"""Conditions as an author writes them → the conjunctions that they stand for.

A condition becomes its disjunctive normal form: alternatives, each a conjunction of what it asks
of single factors.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from ..model.errors import Problem, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import ALWAYS, Condition, Conjunction
from .keys import ALL, ANY, CONDITION, COUNTS, UNLESS
from .literals import Literals
from .overlaps import contradicted, joined, without
from .yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence

MAX_CONJUNCTIONS = 200  # of one condition
MAX_ALTERNATIVES = 20_000  # of all conditions together

# The name of a part of a condition, its place, and its conjunctions.
ConditionPart = tuple[str, YamlNode, Condition]


class Conditions(Literals):
    """Reads conditions of one guide."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.alternatives = 0
        # Of the condition that is being read, each with its place.
        self.each: list[tuple[YamlNode, Condition]] = []

    # --- conditions ----------------------------------------------------------------------

    def condition(
        self, found: dict[str, YamlNode], around: Sequence[ConditionPart] = ()
    ) -> tuple[Condition, Condition]:
        """The conjunctions of one of which a patient must meet all, and those of the exception.

        when, any and all hold together, and what is `around`; unless is taken out of them.
        """
        before_it, self.each = len(self.problems), []
        parts = [self.part(key, found[key]) for key in CONDITION if key in found]
        condition = self.together([*parts, *around])
        if len(self.problems) == before_it:
            self.check_alternatives(condition)
        exception: Condition = ()
        if UNLESS in found:
            self.each = []
            _, node, exception = self.part(UNLESS, found[UNLESS])
            if len(self.problems) == before_it:
                self.check_alternatives(exception)
            if len(self.problems) == before_it:
                condition = self.except_where(node, condition, exception)
        before = self.alternatives
        self.alternatives += len(condition) + len(exception)
        if (parts or exception) and before <= MAX_ALTERNATIVES < self.alternatives:
            what = "alternatives in all conditions together"
            node = parts[0][1] if parts else found[UNLESS]
            self.report(
                node,
                f"more than {MAX_ALTERNATIVES} {what}; write simpler ones",
                Finding(FindingKind.TOO_MANY_ALTERNATIVES),
            )
        return (condition, exception) if self.alternatives <= MAX_ALTERNATIVES else (ALWAYS, ())

    def part(self, key: str, node: YamlNode) -> ConditionPart:
        """One part of a condition by its key."""
        if key == ANY:
            return key, node, self.one_of(node)
        if key == UNLESS and isinstance(node, YamlSequence):
            what = "an exception: several are written {any: [{...}, {...}]}"
            self.wrong_type(node, f"factors with their values expected here as {what}")
            return key, node, ALWAYS
        return key, node, self.all_of(node, listed=key == ALL)

    def except_where(self, node: YamlNode, condition: Condition, exception: Condition) -> Condition:
        """The condition without the patients of the exception."""
        pairs = itertools.product(condition, exception)
        if all(contradicted(*pair) for pair in pairs):
            self.report(
                node,
                f"'{UNLESS}' never meets the rest of the condition: delete it",
                Finding(FindingKind.UNLESS_NEVER_MEETS),
            )
            return condition
        known = {**self.factors, **self.counts}
        every = {id: frozenset(factor.values) for id, factor in known.items()}
        left = without(condition, exception, every, MAX_CONJUNCTIONS)
        if left is None:
            left = self.limited(node, condition, too_many=True)
        elif not left:
            self.report(
                node,
                f"'{UNLESS}' leaves nobody: it holds wherever the rest does",
                Finding(FindingKind.UNLESS_LEAVES_NOBODY),
            )
        return left

    def check_alternatives(self, condition: Condition) -> None:
        """Each alternative must be one for somebody for whom the whole condition holds."""
        conjunctions = set(condition)
        for node, alternative in self.each:
            if not conjunctions.isdisjoint(alternative):
                continue
            pairs = list(itertools.product(alternative, condition))
            if all(contradicted(*pair) for pair in pairs):
                never = {factor for pair in pairs for factor in contradicted(*pair)}
                what = "this alternative can never hold"
                self.fits_nothing(node, what, never, "both it and the rest of the condition")

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
        if self.never_applies(plain):
            return ALWAYS
        together = frozenset().union(
            *(conjunction for _, _, conjunctions in plain for conjunction in conjunctions)
        )
        return self.together(
            [("when", node, (together,)), *(part for part in parts if part[0] in (ANY, ALL))]
        )

    def never_applies(self, parts: Sequence[ConditionPart]) -> bool:
        """Report factors that apply only where another part of the condition does not hold."""
        before = len(self.problems)
        dependent = [
            part for part in parts if part[0] in self.factors and self.factors[part[0]].asked_if
        ]
        for name, node, (conjunction, *_) in dependent:
            rest = [other for _, each, (other, *_) in parts if each is not node]
            both = joined(*rest, conjunction)
            for id, values in self.factors[name].asked_if:
                if id in both and not both[id]:
                    when = f"{shown(id)} is {' or '.join(sorted(values))}"
                    self.report(
                        node,
                        f"{shown(name)} applies only where {when}: the rest of the "
                        "condition says otherwise",
                        Finding(
                            FindingKind.NOT_ASKED_THEN,
                            factor=name,
                            other=id,
                            values=tuple(sorted(values)),
                        ),
                    )
        return len(self.problems) > before

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
        """A factor with its value, a count of several, or a nested any or all."""
        if key.value in COUNTS:
            return (self.counted(key, node),)
        if key.value not in (ANY, ALL):
            return (self.literal(key, node),)
        if nested:
            self.report(key, f"'{key.value}' is nested twice; once is allowed")
            return ALWAYS
        if key.value == ANY:
            return self.one_of(node, nested + 1)
        return self.all_of(node, nested + 1, listed=True)

    def together(self, parts: Sequence[ConditionPart]) -> Condition:
        """The conjunctions that hold where all parts do; (name, place, conjunctions) of each."""
        condition: Condition = ALWAYS
        before: list[str] = []
        for name, node, conjunctions in parts:
            fitting: dict[Conjunction, None] = {}
            for conjunction in conjunctions:
                for both in (joined(one, conjunction) for one in condition):
                    if all(both.values()):
                        fitting[frozenset(both.items())] = None
                if len(fitting) > MAX_CONJUNCTIONS:
                    return self.limited(node, fitting)
            if not fitting:
                pairs = itertools.product(condition, conjunctions)
                for factor in sorted({factor for pair in pairs for factor in contradicted(*pair)}):
                    self.report(
                        node,
                        f"'{name}' contradicts '{before[-1] if before else 'when'}': "
                        f"no value of {shown(factor)} fits both",
                        Finding(FindingKind.CONTRADICTS, factors=(factor,)),
                    )
            before.append(name)
            condition = tuple(fitting) or condition
        return condition

    def limited(
        self, node: YamlNode, conjunctions: Iterable[Conjunction], too_many: bool = False
    ) -> Condition:
        kept = tuple(dict.fromkeys(conjunctions))
        if too_many or len(kept) > MAX_CONJUNCTIONS:
            self.report(
                node,
                f"the condition has more than {MAX_CONJUNCTIONS} alternatives; "
                "say it in several statements, or with fewer 'any' together",
                Finding(FindingKind.TOO_MANY_ALTERNATIVES),
            )
        return kept[:MAX_CONJUNCTIONS]
