"""For whom two guides do not say the same, and the statements that make it so."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..logic.build import MAX_NODES, Leaf, Tree, build_beside
from ..logic.decisions import decisions
from ..logic.descriptions import WORK, Description, describe
from ..logic.diagrams import TooMuchWork
from ..model.errors import TreeError
from ..model.parts import Conjunction, Factor, Option, Reading, Standing, Statement
from .align import Aligned
from .shared import (
    Meanings,
    Shared,
    dependences,
    meanings,
    recounted,
    shared_factors,
    translated,
)

BEFORE, AFTER = "before", "after"
# For all options together, so that no guide takes minutes.
MOST_NODES = 5 * MAX_NODES
MOST_WORK = 5 * WORK


@dataclass(frozen=True)
class Case:
    """Patients for whom an outcome changed, and the statements that decide before and after."""

    patients: Description
    before: tuple[Statement, ...]
    after: tuple[Statement, ...]


@dataclass(frozen=True)
class OutcomeChange:
    """A standing of an option that became another one, and for whom.

    `cases`: the smallest descriptions of these patients; `more`: how many paths of the two
    trees together they leave out, 0 unless there are very many. `only`: "before" or "after"
    where one guide alone has the option; the other is silent about it.
    """

    option: Option
    before: Standing
    after: Standing
    cases: tuple[Case, ...]
    more: int = 0
    only: str = ""


@dataclass(frozen=True)
class Outcomes:
    """For whom the outcome changed, option by option.

    `factors`: the questions of both guides, with the values that both can describe.
    `too_large`: the options on which the guides could not be compared.
    """

    changes: tuple[OutcomeChange, ...]
    factors: tuple[Shared, ...]
    too_large: tuple[Option, ...] = ()


def outcomes(aligned: Aligned) -> Outcomes:
    """For every option and every pair of standings that differ: who has them.

    Nobody is enumerated: one tree sorts the patients by what both guides say of an option.
    """
    factors = shared_factors(aligned)
    olds, news = meanings(factors)
    before = _Side.of(aligned.named, aligned.before, olds, factors)
    after = _Side.of(aligned.after, aligned.after, news, factors)
    asked = tuple(shared.factor for shared in factors)
    options = {option.id: option for option in aligned.after.options}
    options = options | {o.id: o for o in aligned.named.options if o.id not in options}
    old_order = [factor.id for factor in aligned.named.factors]
    differing = [id for id in options if before.says(id) != after.says(id)]
    changes: list[OutcomeChange] = []
    too_large: list[Option] = []
    nodes = 0
    for id in differing:
        built = _tree((before, after), asked, old_order, id) if nodes <= MOST_NODES else None
        if built is None:
            too_large.append(options[id])
            nodes += MAX_NODES
            continue
        nodes += len(built[0].nodes)
        has = [id in {option.id for option in side.reading.options} for side in (before, after)]
        only = BEFORE if not has[1] else AFTER if not has[0] else ""
        found = _changes(*built, id, MOST_WORK // len(differing))
        changes += (OutcomeChange(options[id], *each, only) for each in found)
    return Outcomes(tuple(changes), factors, tuple(too_large))


@dataclass(frozen=True)
class _Side:
    """A guide with the names and values of both, and its statements as they are written."""

    reading: Reading
    written: Mapping[str, Statement]

    @classmethod
    def of(
        cls,
        named: Reading,
        original: Reading,
        meant: Meanings,
        factors: Iterable[Shared],
    ) -> _Side:
        """`original`: with its own names; `meant`: what its factors and values are in both."""
        statements = [
            replace(statement, condition=translated(statement.condition, meant))
            for statement in named.statements
        ]
        own = dependences(named.factors, meant)
        asked = tuple(
            replace(shared.factor, asked_if=own.get(shared.factor.id, frozenset()))
            for shared in factors
        )
        counts = tuple(recounted(count, meant) for count in named.counts)
        pairs = zip(named.statements, original.statements, strict=True)
        return cls(
            replace(named, factors=asked, counts=counts, statements=tuple(statements)),
            {statement.id: own for statement, own in pairs},
        )

    def ordered(self, ids: Sequence[str]) -> _Side:
        """The same, asking in another order."""
        if ids == [factor.id for factor in self.reading.factors]:
            return self
        factors = tuple(self.reading.factor(id) for id in ids)
        return _Side(replace(self.reading, factors=factors), self.written)

    def says(self, option: str) -> object:
        """What it says of an option, to be compared; the order in which it does says nothing."""
        said = self.reading.on_option.get(option, ())
        rules = {(standing, conjunction) for standing, s in said for conjunction in s.condition}
        counts = {
            (count.id, count.points, count.bands, tuple(self._depending(count)))
            for count in self.reading.counts
        }
        with contextlib.suppress(TooMuchWork):
            if option not in decisions(self.reading).weighed:
                return rules, counts
        every = {
            (s.id, frozenset(s.condition), s.effects, s.basis, frozenset(s.outweighs))
            for s in self.reading.statements
        }
        return rules, counts, every

    def _depending(self, count: Factor) -> Iterator[Conjunction]:
        """What must be so that each of its parts counts."""
        return (self.reading.factor(id).asked_if for id, _ in count.points)

    def because(
        self, option: str, standing: Standing, box: Mapping[str, frozenset[str]]
    ) -> tuple[Statement, ...]:
        """The statements that decide for all these patients; if there are none, for some."""
        decided = decisions(self.reading)
        said = self.reading.on_option.get(option, ())
        speaking = [
            (decided.speaks(s, option, box), self.written[s.id])
            for says, s in said
            if says is standing
        ]
        sure = tuple(own for speaks, own in speaking if speaks)
        return sure or tuple(own for speaks, own in speaking if speaks is None)


# The two guides side by side.
Sides = tuple[_Side, _Side]


def _tree(
    sides: Sides, factors: tuple[Factor, ...], old_order: Sequence[str], option: str
) -> tuple[Tree, Sides] | None:
    """The tree of what both guides say of one option, or None where it is too large.

    `factors`: of both; `old_order`: as the first guide has them.
    """
    first = {id: i for i, id in enumerate(old_order)}
    by_first = tuple(sorted(factors, key=lambda f: first.get(f.id, len(first))))
    # What is too large in the order of one guide may be small in that of the other.
    for asked in (factors, by_first):
        before, after = (side.ordered([factor.id for factor in asked]) for side in sides)
        # Its options are the guides.
        guides = (Option(BEFORE, BEFORE), Option(AFTER, AFTER))
        with contextlib.suppress(TreeError, RecursionError):
            columns = [(before.reading, option), (after.reading, option)]
            tree = build_beside(replace(after.reading, factors=asked), guides, columns)
            return tree, (before, after)
    return None


def _changes(
    tree: Tree, sides: Sides, option: str, work: int
) -> Iterator[tuple[Standing, Standing, tuple[Case, ...], int]]:
    """Each pair of standings that differ, with those who have them."""
    values = {factor.id: frozenset(factor.values) for factor in tree.reading.factors}
    leaves = {node.standings for node in tree.nodes if isinstance(node, Leaf)}
    pairs = [pair for pair in itertools.permutations(Standing, 2) if pair in leaves]
    for standings in pairs:
        found = describe(tree, Leaf(standings).__eq__, min(WORK, work // len(pairs)))
        cases = []
        for patients in found.each:
            box = values | {factor: frozenset(chosen) for factor, chosen in patients}
            because = [
                side.because(option, standing, box)
                for side, standing in zip(sides, standings, strict=True)
            ]
            cases.append(Case(patients, *because))
        yield *standings, tuple(cases), found.more
