"""Patients to try a guide on: all of them, or a few that exercise everything in it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from ..model.parts import Conjunction, Factor, Reading
from .build import Question
from .decisions import decisions
from .set_cover import fewest, needed
from .trees import MOST_DRAWN, trees_of

Patient = dict[str, str]
# Patients times statements up to which every patient is looked at.
MOST_LOOKED_AT = 200_000
# So many wishes are looked through for those that one patient can fulfil together.
MOST_JOINED = 200

# What is asked of a patient: for some factors, the values that will do.
Wish = Mapping[str, frozenset[str]]


def every_case(reading: Reading) -> Iterator[Patient]:
    """Every complete patient, in the order of the factors and their values.

    Two answers to each of n factors make 2 to the n patients, so they come one at a time. What
    does not apply to a patient is left out.
    """
    factors = reading.factors
    if any(factor.asked_if for factor in factors):
        yield from _answered({}, factors)
        return
    for values in itertools.product(*(factor.values for factor in factors)):
        yield {factor.id: value for factor, value in zip(factors, values, strict=True)}


def _answered(case: Patient, left: Sequence[Factor]) -> Iterator[Patient]:
    """The complete patients with some answers, who also answer what is left and applies."""
    for place, factor in enumerate(left):
        if factor.applies(case):
            for value in factor.values:
                yield from _answered({**case, factor.id: value}, left[place + 1 :])
            return
    yield case


def applying(reading: Reading, every: Patient) -> Patient | None:
    """A patient with an answer to every question, without those that do not apply.

    Of patients that differ only in what does not apply to them, the first; None for the others.
    """
    if not any(factor.asked_if for factor in reading.factors):
        return every
    case = reading.applicable(every)
    first = all(f.id in case or every[f.id] == f.values[0] for f in reading.factors)
    return case if first else None


def minimal_cases(reading: Reading) -> list[Patient]:
    """A smallest set of complete patients that exercises every branch and every statement.

    A branch is exercised by a patient whose path goes along it, a statement by one to whom it
    applies. In a guide of very many patients the set is small, though perhaps not the smallest;
    even there, no patient in it could be left out. Of a tree that is too large to be drawn every
    outcome is exercised, for its branches would take thousands.
    """
    patients = math.prod(len(factor.values) for factor in reading.factors)
    if patients * len(reading.statements) > MOST_LOOKED_AT:
        exercised = _joined(reading)
        chosen = needed(list(exercised))
    else:
        exercised = {}
        for patient in every_case(reading):
            # Of patients who exercise the same, the first.
            exercised.setdefault(exercises(reading, patient), patient)
        chosen = fewest(list(exercised))
    found = list(exercised.values())
    return [found[i] for i in chosen]


def exercises(reading: Reading, patient: Patient) -> frozenset[object]:
    """The statements, by id, and the branches, as (tree, node, value), that a patient exercises.

    Of a tree that is too large to be drawn, its outcome as (tree, node).
    """
    found: set[object] = {s.id for s in decisions(reading).all_that_hold(patient)}
    for number, tree in enumerate(trees_of(reading)):
        index = 0
        while isinstance(node := tree.nodes[index], Question):
            value = patient[node.factor]
            if len(tree.nodes) <= MOST_DRAWN:
                found.add((number, index, value))
            index = dict(node.branches)[value]
        if len(tree.nodes) > MOST_DRAWN:
            found.add((number, index))
    return frozenset(found)


def _joined(reading: Reading) -> dict[frozenset[object], Patient]:
    """Patients who together exercise everything, each by what he exercises.

    Each is made to exercise something new, and with it whatever else fits in.
    """
    left = _wishes(reading)
    found: dict[frozenset[object], Patient] = {}
    while left:
        _, joined = left.popitem()
        for wish in itertools.islice(reversed(left.values()), MOST_JOINED):
            if all(joined.get(factor, values) & values for factor, values in wish.items()):
                joined = _both(joined, wish)
        every = {
            factor.id: next(v for v in factor.values if v in joined.get(factor.id, factor.values))
            for factor in reading.factors
        }
        patient = reading.applicable(every)
        new = exercises(reading, patient)
        found[new] = patient
        for item in new:
            left.pop(item, None)
    return found


def _wishes(reading: Reading) -> dict[object, Wish]:
    """For each item of `exercises` what makes a patient exercise it, the most exacting last."""
    wishes: dict[object, Wish] = {}
    for number, tree in enumerate(trees_of(reading)):
        to: dict[int, Wish] = {0: {}}
        for index, node in enumerate(tree.nodes):
            if isinstance(node, Question):
                for value, target in node.branches:
                    wish: Wish = {**to[index], node.factor: frozenset({value})}
                    if len(tree.nodes) <= MOST_DRAWN:
                        wishes[number, index, value] = wish
                    to.setdefault(target, wish)
            elif len(tree.nodes) > MOST_DRAWN:
                wishes[number, index] = to[index]
    for statement in reading.statements:
        possible = (wish for wish in map(_wish, statement.condition) if all(wish.values()))
        for wish in itertools.islice(possible, 1):
            wishes[statement.id] = wish
    return dict(sorted(wishes.items(), key=lambda found: len(found[1])))


def _wish(conjunction: Conjunction) -> Wish:
    wish: Wish = {}
    # A conjunction may name a factor twice.
    for literal in conjunction:
        wish = _both(wish, dict([literal]))
    return wish


def _both(one: Wish, other: Wish) -> Wish:
    """What fulfils both; no value is left where they contradict each other."""
    return {**one, **{factor: one.get(factor, values) & values for factor, values in other.items()}}
