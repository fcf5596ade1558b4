"""Patients to try a guide on: all of them, or a few that exercise everything in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from .building import Question, Tree

Patient = dict[str, str]
# Up to so many patients are looked at one by one; of more, only as many as the tree needs.
MOST_LOOKED_AT = 5_000
# Steps of the search for a smaller set; then the best one found so far is taken.
MOST_STEPS = 20_000


def every_case(tree: Tree) -> Iterator[Patient]:
    """Every complete patient, in the order of the factors and their values.

    Two answers to each of n factors make 2 to the n patients, so they come one at a time.
    """
    factors = tree.reading.factors
    for values in itertools.product(*(factor.values for factor in factors)):
        yield {factor.id: value for factor, value in zip(factors, values, strict=True)}


def minimal_cases(tree: Tree) -> list[Patient]:
    """A smallest set of complete patients that exercises every branch and every statement.

    A branch is exercised by a patient whose path goes along it, a statement by one to whom it
    applies. The set is as small as can be for guides with few patients; for the others it is
    small, and no patient in it could be left out.
    """
    patients = list(itertools.islice(every_case(tree), MOST_LOOKED_AT + 1))
    if len(patients) > MOST_LOOKED_AT:
        patients = _needed(tree)
    # Of patients who exercise the same, the first.
    exercised: dict[frozenset[object], Patient] = {}
    for patient in patients:
        exercised.setdefault(exercises(tree, patient), patient)
    chosen = _smallest_cover(list(exercised))
    return [patient for found, patient in exercised.items() if found in chosen]


def exercises(tree: Tree, patient: Patient) -> frozenset[object]:
    """The branches, as (node, value), and the statements, by id, that a patient exercises."""
    found: set[object] = {s.id for s in tree.reading.statements if s.applies(patient)}
    index = 0
    while isinstance(node := tree.nodes[index], Question):
        value = patient[node.factor]
        found.add((index, value))
        index = dict(node.branches)[value]
    return frozenset(found)


def _needed(tree: Tree) -> list[Patient]:
    """At least one patient for each branch and each clause of a statement."""
    paths: dict[int, Patient] = {0: {}}
    partial: list[Patient] = []
    for index, node in enumerate(tree.nodes):
        if isinstance(node, Question):
            for value, target in node.branches:
                path = {**paths[index], node.factor: value}
                paths.setdefault(target, path)
                partial.append(path)
    for statement in tree.reading.statements:
        for clause in statement.condition:
            partial.append({factor: min(values) for factor, values in clause})
    first = {factor.id: factor.values[0] for factor in tree.reading.factors}
    return [{**first, **known} for known in partial]


def _smallest_cover(sets: list[frozenset[object]]) -> set[frozenset[object]]:
    """Fewest of these sets that together hold everything that any of them holds."""
    # What another set holds and more is never needed.
    useful: list[frozenset[object]] = []
    for found in sorted(sets, key=len, reverse=True):
        if not any(found <= other for other in useful):
            useful.append(found)
    holding: dict[object, list[int]] = {}
    for number, found in enumerate(useful):
        for item in found:
            holding.setdefault(item, []).append(number)

    best = _greedy(useful, set(holding))
    largest = max(map(len, useful), default=1)
    steps = 0

    def search(chosen: tuple[int, ...], left: frozenset[object]) -> None:
        nonlocal best, steps
        steps += 1
        if not left:
            best = list(chosen)
            return
        # Even sets as large as the largest would not be fewer than the best so far.
        if len(chosen) - (-len(left) // largest) >= len(best) or steps > MOST_STEPS:
            return
        rarest = min(left, key=lambda item: (len(holding[item]), str(item)))
        for number in sorted(holding[rarest], key=lambda n: -len(useful[n] & left)):
            search((*chosen, number), left - useful[number])

    search((), frozenset(holding))
    return {useful[number] for number in best}


def _greedy(sets: list[frozenset[object]], left: set[object]) -> list[int]:
    """Always the set that adds most; then without those that the later ones made needless."""
    chosen: list[int] = []
    while left:
        number = max(range(len(sets)), key=lambda n: len(sets[n] & left))
        chosen.append(number)
        left = left - sets[number]
    for number in list(chosen):
        others = frozenset().union(*(sets[n] for n in chosen if n != number))
        if sets[number] <= others:
            chosen.remove(number)
    return chosen
