"""Relations that contradict each other, compared with plain enumeration of every case."""

from __future__ import annotations

import itertools
import re
from typing import Any

import random_guides as guides
from examples import examples
from hypothesis import given
from random_guides import readings_beside

import tree
from tree.logic.contradictions import contradictions
from tree.model.relations import RelationKind

TEXT = (
    "A. If it rains, drink tea. Or eat cake. Or go for a walk. Cake goes with tea. Have no cake "
    "with it. First tea, then cake. First cake, then tea. Rather walk. Rather have tea.\n\n"
    "B. Keep them apart."
)
GUIDE = """
title: Tea, cake or a walk?
passages: {a: {author: A, begins: A.}, b: {author: B, begins: B.}}
factors:
  rain: {question: Does it rain?, quote: If it rains}
options:
  tea: {name: Tea, quote: drink tea}
  cake: {name: Cake, quote: eat cake}
  walk: {name: Walk, quote: go for a walk}
groups:
  sweet: {name: Sweet, quote: eat cake, options: [cake, walk]}
context: {start: {quote: A., reason: It has no words.}, end: {quote: B., reason: It has no words.}}
statements:
  drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}
  eat: {quote: Or eat cake., offer: cake}
  go: {quote: Or go for a walk., offer: walk}
"""
BESIDE = {
    "both": ("Cake goes with tea.", "combine: [tea, cake]"),
    "never": ("Have no cake with it.", "apart: [cake, tea]"),
    "first_tea": ("First tea, then cake.", "order: [tea, walk, cake]"),
    "first_cake": ("First cake, then tea.", "order: [cake, tea]"),
    "walk": ("Rather walk.", "instead: {of: tea, use: walk}"),
    "tea": ("Rather have tea.", "instead: {of: walk, use: tea}"),
    "b_apart": ("Keep them apart.", "apart: [cake, tea]"),
}
SAY = "say for whom each of them holds, with 'when' or 'unless'"


def said(**changed: str) -> list[str]:
    """What is found of these statements, each as above or with something else."""
    lines = [
        f'  {id}: {{quote: "{BESIDE[id][0]}", {what or BESIDE[id][1]}}}\n'
        for id, what in changed.items()
    ]
    left = [quote for id, (quote, _) in BESIDE.items() if id not in changed]
    rest = "".join(f'  rest{i}: {{quote: "{q}", remark: It is so.}}\n' for i, q in enumerate(left))
    report = tree.check_text(TEXT, GUIDE + "".join(lines) + rest)
    found = [p for p in report.problems if re.match("conflict|passages", p.message)]
    assert {p.severity == "error" for p in found} <= {p.message[0] == "c" for p in found}
    return [p.message for p in found]


def test_what_is_combined_and_kept_apart() -> None:
    assert said(both="", never="") == [
        "conflict: 'never' keeps 'tea' and 'cake' apart, which 'both' combines for the same "
        f"patient, such as rain=yes; {SAY}"
    ]
    # Where it does not rain, no tea is there.
    assert said(both="", never="apart: [cake, tea], when: {rain: no}") == []
    assert said(both="combine: [tea, cake], when: {rain: no}", never="") == []
    # Of the group the walk can be had with tea.
    assert said(both="combine: [tea, sweet]", never="") == []
    assert len(said(both="combine: [tea, sweet]", never="apart: [tea, sweet]")) == 1


def test_what_is_combined_and_replaced() -> None:
    assert said(both="combine: [walk, cake, tea]", tea="") == [
        "conflict: 'tea' uses 'tea' instead of 'walk', which 'both' combines for the same patient, "
        f"such as rain=yes; {SAY}"
    ]
    assert said(both="", tea="") == []


def test_orders_and_replacements_in_a_circle() -> None:
    assert said(first_tea="order: [tea, walk, cake], when: {rain: yes}", first_cake="") == [
        "conflict: 'first_tea' and 'first_cake' put options in an order that goes in a circle for "
        f"the same patient ('tea', then 'cake', then 'tea'), such as rain=yes; {SAY}"
    ]
    assert said(first_tea="order: [tea, cake], when: {rain: no}", first_cake="") == []
    assert said(walk="", tea="") == [
        "conflict: 'walk' and 'tea' put options in each other's place, in a circle for the same "
        f"patient ('tea', for it 'walk', for it 'tea'), such as rain=yes; {SAY}"
    ]


def test_two_passages_may_disagree() -> None:
    assert said(both="", b_apart="") == [
        "passages disagree: 'b_apart' keeps 'tea' and 'cake' apart, which 'both' combines for the "
        "same patient, such as rain=yes; two authors may disagree, and both are shown"
    ]
    assert said(first_tea="", b_apart="order: [cake, tea]") == [
        "passages disagree: 'first_tea' and 'b_apart' put options in an order that goes in a "
        "circle for the same patient ('tea', then 'cake', then 'tea'), such as rain=yes; two "
        "authors may disagree, and both are shown"
    ]


# --- any guide --------------------------------------------------------------------------------


def contradicting(reading: Any, patient: dict[str, str]) -> set[tuple[str, ...]]:
    """The pairs that contradict each other for one case, and the kinds that go in a circle."""
    options = guides.there(reading, patient)
    holding = [s for s in reading.statements if s.relation and guides.holds(s, patient)]
    found: set[tuple[str, ...]] = set()
    for one, other in itertools.product(holding, holding):
        if one.relation.kind is not RelationKind.COMBINE:
            continue
        if other.relation.kind not in (RelationKind.APART, RelationKind.INSTEAD):
            continue
        parted = {
            frozenset(pair)
            for first, second in itertools.combinations(other.relation.members, 2)
            for pair in itertools.product(first.options, second.options)
        }
        for first, second in itertools.combinations(one.relation.members, 2):
            pairs = list(itertools.product(options & {*first.options}, options & {*second.options}))
            if pairs and all(frozenset(pair) in parted for pair in pairs):
                found.add((one.id, other.id))
    for kind in (RelationKind.ORDER, RelationKind.INSTEAD):
        before = {
            pair
            for s in holding
            if s.relation.kind is kind
            for first, second in itertools.combinations(s.relation.members, 2)
            for pair in itertools.product(first.options, second.options)
            if options.issuperset(pair)
        }
        for _ in options:
            before |= {(a, d) for a, b in before for c, d in before if b == c}
        if any(a == b for a, b in before):
            found.add((str(kind),))
    return found


@examples(200)
@given(readings_beside(factors=4, patients=40))
def test_what_is_reported_is_what_some_case_contradicts(found: Any) -> None:
    reading, _ = found
    each = [(patient, contradicting(reading, patient)) for patient in guides.patients(reading)]
    expected = set().union(*(pairs for _, pairs in each))
    reported = set()
    for problem in contradictions(reading):
        assert problem.severity == "error"
        if " combines " in problem.message:
            other, one = re.findall(r"'(b\d)'", problem.message)
            what: tuple[str, ...] = (one, other)
        else:
            what = ("order",) if "an order" in problem.message else ("instead",)
        reported.add(what)
        # The case that is named is one of them.
        named = re.search("such as (.*?); say", problem.message)
        assert named
        case = dict(answer.split("=") for answer in named[1].split(", ") if "=" in answer)
        assert [pairs for patient, pairs in each if case.items() <= patient.items()]
        assert all(what in pairs for patient, pairs in each if case.items() <= patient.items())
    assert reported == expected
