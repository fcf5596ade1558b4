"""The order of the questions: another one, and the one that asks the fewest."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..model.errors import AnswerError, TreeError, allowed, shown
from ..model.parts import Factor, Reading, Standing
from .build import MAX_NODES, Leaf, Tree, build
from .trees import trees_of

R = TypeVar("R", bound=Reading)
# Factors, and complete patients; above that a heuristic looks for the shortest order.
EXACT = 10
EXACT_PATIENTS = 60_000
MOST_BUILT = 300_000  # nodes in all: some seconds


def reorder(reading: R, factors: Sequence[str]) -> R:
    """The same guide asking these factors first, then the others as before.

    What a question depends on is asked before it all the same. Raises AnswerError for an unknown
    factor, or for one that is given twice.
    """
    known = {factor.id: factor for factor in reading.factors}
    if isinstance(factors, str):
        factors = [factors]
    wrong = [
        f"unknown factor {shown(id)}: {allowed(str(id), known)}"
        for id in factors
        if id not in known
    ]
    wrong += [f"factor '{id}' is given twice" for id in known if list(factors).count(id) > 1]
    if wrong:
        raise AnswerError(wrong)
    asked: dict[str, Factor] = {}
    for id in (*factors, *known):
        before = {other for other, _ in known[id].asked_if} - asked.keys()
        for each in (*(f for f in known if f in before), id):
            asked.setdefault(each, known[each])
    return replace(reading, factors=tuple(asked.values()))


def average_questions(tree: Tree) -> float:
    """How many questions a patient is asked on average, all complete patients alike.

    >>> from tree import load
    >>> average_questions(load("data/metastatic_liver_cancer").tree)
    1.875
    """
    asked = [0.0] * len(tree.nodes)
    for index in reversed(range(len(tree.nodes))):
        node = tree.nodes[index]
        if not isinstance(node, Leaf):
            below = [asked[target] for _, target in node.branches]
            asked[index] = 1 + sum(below) / len(below)
    return asked[0]


@dataclass(frozen=True)
class ShortestOrder:
    """The order with the fewest questions on average, and the averages after and before.

    `exact` says whether every order was considered, `stopped` whether there was more to try than
    the work that is allowed.
    """

    factors: tuple[str, ...]
    average: float
    average_now: float
    exact: bool
    stopped: bool = False

    def __str__(self) -> str:
        how = "the shortest of all orders" if self.exact else "the shortest order found"
        if self.stopped:
            how = f"the shortest order found among trees of {MOST_BUILT:,} nodes in all"
        return (
            f"{', '.join(self.factors)}\n{how}: {self.average:.3f} questions on average, "
            f"now {self.average_now:.3f}"
        )


def shortest_order(reading: Reading) -> ShortestOrder:
    """The order of the factors that asks the fewest questions on average over all patients.

    Where there are several trees, each asks its own. Exact for one tree of up to 10 factors and
    60,000 complete patients (dynamic programming over sets of factors: whether a question is asked
    depends only on which were asked before, not in what order; Friedman and Supowit, 1990).
    Otherwise each factor in turn is moved to its best place until nothing improves (sifting;
    Rudell, 1993), or until 300,000 nodes have been built: then it has `stopped`. Among equals the
    guide's order wins.
    """
    trees = trees_of(reading)
    now = sum(map(average_questions, trees))
    asked = [f for f in reading.factors if any(f.id in tree.factors for tree in trees)]
    exact = len(trees) == 1 and len(asked) <= EXACT
    exact = exact and math.prod(len(factor.values) for factor in asked) <= EXACT_PATIENTS
    # Not every order is one where questions depend on others.
    exact = exact and not any(factor.asked_if for factor in asked)
    ids = tuple(factor.id for factor in asked)
    averages = _Averages(trees)
    order = _exact_order(trees[0]) if exact else _sifted_order(averages, ids)
    best = _Averages(trees).of(order)
    if best >= now - 1e-9:
        order, best = ids, now
    ordered = tuple(factor.id for factor in reorder(reading, order).factors)
    return ShortestOrder(ordered, best, now, exact, averages.stopped)


class _Averages:
    """The averages of some trees with their factors in other orders, each worked out once."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self.trees = trees
        self._known: dict[tuple[int, tuple[str, ...]], float] = {}
        self._left = MOST_BUILT
        self.stopped = False

    def of(self, order: Sequence[str]) -> float:
        """The sum for all trees; infinite where one is too large, or too much has been built."""
        # A tree is another one only if factors of its own changed places.
        own = [tuple(id for id in order if id in tree.factors) for tree in self.trees]
        new = [number for number, each in enumerate(own) if (number, each) not in self._known]
        if new:
            reordered = reorder(self.trees[0].reading, order)
            for number in new:
                self._known[number, own[number]] = self._built(reordered, self.trees[number])
        return sum(self._known[number, each] for number, each in enumerate(own))

    def _built(self, reading: Reading, tree: Tree) -> float:
        self.stopped = self._left <= 0
        if self.stopped:
            return math.inf
        try:
            built = build(reading, tree.options)
        except TreeError:
            self._left -= MAX_NODES
            return math.inf
        self._left -= len(built.nodes)
        return average_questions(built)


def _exact_order(tree: Tree) -> tuple[str, ...]:
    factors = [tree.reading.factor(id) for id in tree.factors]
    everyone = frozenset(range(len(factors)))
    asked = _asked(tree)
    # For each set of factors asked first: the least average, and the order that gives it.
    best: dict[frozenset[int], tuple[float, tuple[int, ...]]] = {frozenset(): (0.0, ())}
    for size in range(len(factors)):
        for before in map(frozenset, itertools.combinations(range(len(factors)), size)):
            average, order = best[before]
            for i in sorted(everyone - before):
                candidate = (average + asked[i][before], (*order, i))
                after = before | {i}
                if after not in best or candidate < best[after]:
                    best[after] = candidate
    return tuple(factors[i].id for i in best[everyone][1])


def _asked(tree: Tree) -> list[Mapping[frozenset[int], float]]:
    """For each factor: how likely it is asked, by the set of factors asked before it."""
    factors = [tree.reading.factor(id) for id in tree.factors]
    outcome = {
        values: _outcome(tree, {f.id: v for f, v in zip(factors, values, strict=True)})
        for values in itertools.product(*(factor.values for factor in factors))
    }
    found: list[Mapping[frozenset[int], float]] = []
    for i, factor in enumerate(factors):
        others = [k for k in range(len(factors)) if k != i]
        # The answers to all others for which this factor makes a difference.
        deciding = {
            (*values[:i], "", *values[i + 1 :])
            for values in outcome
            if any(
                outcome[(*values[:i], v, *values[i + 1 :])] != outcome[values]
                for v in factor.values
            )
        }
        sets = {frozenset(others): deciding}
        likely: dict[frozenset[int], float] = {}
        for size in range(len(others), -1, -1):
            for before in map(frozenset, itertools.combinations(others, size)):
                if before not in sets:
                    # One factor fewer is known: forget its answer.
                    forgotten = next(k for k in others if k not in before)
                    sets[before] = {
                        (*values[:forgotten], "", *values[forgotten + 1 :])
                        for values in sets[before | {forgotten}]
                    }
                count = 1
                for k in before:
                    count *= len(factors[k].values)
                likely[before] = len(sets[before]) / count
        found.append(likely)
    return found


def _outcome(tree: Tree, answers: Mapping[str, str]) -> tuple[Standing, ...]:
    index = 0
    while not isinstance(node := tree.nodes[index], Leaf):
        index = dict(node.branches)[answers[node.factor]]
    return node.standings


def _sifted_order(averages: _Averages, factors: Sequence[str]) -> tuple[str, ...]:
    order = list(factors)
    least, improved = sum(map(average_questions, averages.trees)), True
    while improved and not averages.stopped:
        improved = False
        for id in factors:
            others = [other for other in order if other != id]
            for place in range(len(order)):
                candidate = [*others[:place], id, *others[place:]]
                found = averages.of(candidate)
                if found < least - 1e-9:
                    order, least, improved = candidate, found, True
    return tuple(order)
