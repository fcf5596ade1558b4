"""For whom two guides do not say the same, and the statements that make it so."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..logic.build import MAX_NODES, Leaf, Tree, build
from ..logic.descriptions import WORK, Description, describe
from ..model.errors import TreeError
from ..model.parts import Condition, Conjunction, Option, Reading, Standing, Statement
from .align import Aligned, Meaning, Shared, shared_factors, translated

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
    olds = {f.id: (f.factor.id, f.before) for f in factors if f.before is not None}
    news = {f.id: (f.factor.id, f.after) for f in factors if f.after is not None}
    before = _rules(aligned.named, aligned.before, olds)
    after = _rules(aligned.after, aligned.after, news)
    options = {option.id: option for option in aligned.after.options}
    options = options | {o.id: o for o in aligned.named.options if o.id not in options}
    both: dict[str, Sides] = {id: (before.get(id, ()), after.get(id, ())) for id in options}
    # The order in which things are said changes nothing.
    differing = [
        id for id, sides in both.items() if _conjunctions(sides[0]) != _conjunctions(sides[1])
    ]
    changes: list[OutcomeChange] = []
    too_large: list[Option] = []
    nodes = 0
    for id in differing:
        tree = _tree(aligned, factors, both[id]) if nodes <= MOST_NODES else None
        if tree is None:
            too_large.append(options[id])
            nodes += MAX_NODES
            continue
        nodes += len(tree.nodes)
        only = BEFORE if id not in after else AFTER if id not in before else ""
        found = _changes(tree, both[id], MOST_WORK // len(differing))
        changes += (OutcomeChange(options[id], *each, only) for each in found)
    return Outcomes(tuple(changes), factors, tuple(too_large))


@dataclass(frozen=True)
class _Rule:
    """What a statement says of one option, its condition said with the values of both guides."""

    standing: Standing
    condition: Condition
    statement: Statement


# What each of the two guides says of an option.
Sides = tuple[tuple[_Rule, ...], tuple[_Rule, ...]]


def _rules(
    named: Reading, original: Reading, meanings: Mapping[str, tuple[str, Meaning]]
) -> dict[str, tuple[_Rule, ...]]:
    """What a guide says of each of its options. `original`: with its own names."""
    found: dict[str, list[_Rule]] = {option.id: [] for option in named.options}
    for statement, own in zip(named.statements, original.statements, strict=True):
        condition = translated(statement.condition, meanings)
        for option, standing in statement.effects:
            found[option].append(_Rule(standing, condition, own))
    return {option: tuple(said) for option, said in found.items()}


def _conjunctions(said: Iterable[_Rule]) -> set[tuple[Standing, Conjunction]]:
    return {(each.standing, conjunction) for each in said for conjunction in each.condition}


def _tree(aligned: Aligned, factors: Iterable[Shared], sides: Sides) -> Tree | None:
    """The tree of what both guides say of one option, or None where it is too large."""
    statements = tuple(
        replace(each.statement, condition=each.condition, effects=((guide, each.standing),))
        for guide, said in zip((BEFORE, AFTER), sides, strict=True)
        for each in said
    )
    asked = {factor for statement in statements for factor in statement.asked}
    order = [f.factor for f in factors if f.factor.id in asked]
    first = {factor.id: i for i, factor in enumerate(aligned.named.factors)}
    # What is too large in the order of one guide may be small in that of the other.
    for ordered in (order, sorted(order, key=lambda f: first.get(f.id, len(first)))):
        with contextlib.suppress(TreeError, RecursionError):
            return build(
                Reading(
                    id=aligned.after.id,
                    title=aligned.after.title,
                    text=aligned.after.text,
                    factors=tuple(ordered),
                    # Its options are the guides.
                    options=(Option(BEFORE, BEFORE), Option(AFTER, AFTER)),
                    statements=statements,
                )
            )
    return None


def _changes(
    tree: Tree, sides: Sides, work: int
) -> Iterator[tuple[Standing, Standing, tuple[Case, ...], int]]:
    """Each pair of standings that differ, with those who have them."""
    values = {factor.id: frozenset(factor.values) for factor in tree.reading.factors}
    leaves = {node.standings for node in tree.nodes if isinstance(node, Leaf)}
    pairs = [pair for pair in itertools.permutations(Standing, 2) if pair in leaves]
    for before, after in pairs:
        found = describe(tree, Leaf((before, after)).__eq__, min(WORK, work // len(pairs)))
        cases = []
        for patients in found.each:
            box = values | {factor: frozenset(chosen) for factor, chosen in patients}
            cases.append(
                Case(patients, _because(sides[0], before, box), _because(sides[1], after, box))
            )
        yield before, after, tuple(cases), found.more


def _because(
    said: Iterable[_Rule], standing: Standing, box: Mapping[str, frozenset[str]]
) -> tuple[Statement, ...]:
    """The statements that decide for all these patients; if there are none, for some of them."""
    fitting = [each for each in said if each.standing is standing]
    sure = [
        each.statement
        for each in fitting
        if any(all(box[f] <= values for f, values in conjunction) for conjunction in each.condition)
    ]
    return tuple(sure) or tuple(
        each.statement
        for each in fitting
        if any(all(box[f] & values for f, values in conjunction) for conjunction in each.condition)
    )
