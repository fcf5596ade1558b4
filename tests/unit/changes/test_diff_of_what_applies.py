"""Two guides whose questions depend on each other and are counted, case by case."""

import itertools
from dataclasses import replace

import counted_guides
import pytest
from chances import chances
from counted_guides import FACTORS
from examples import examples
from hypothesis import assume, given

import tree
from tree.changes.align import align
from tree.model.parts import Standing


def fits(patients, case):
    return all(case[factor] in values for factor, values in patients)


def changed(made, chance):
    """The same guide with something else that makes a question apply, or in a condition."""
    other = counted_guides.guide(chance)
    part = chance.choice(["factors", "statements", "factors and statements"])
    return made | {key: other[key] for key in part.split(" and ")}


def renamed(reading, name):
    """A guide with other names for its factors."""

    def asking(condition):
        return tuple(frozenset((name(id), v) for id, v in literals) for literals in condition)

    def depending(factor):
        (asked_if,) = asking((factor.asked_if,))
        return replace(factor, id=name(factor.id), asked_if=asked_if)

    return replace(
        reading,
        factors=tuple(map(depending, reading.factors)),
        counts=tuple(
            replace(count, points=tuple((name(id), worth) for id, worth in count.points))
            for count in reading.counts
        ),
        statements=tuple(
            replace(s, condition=asking(s.condition), unless=asking(s.unless))
            for s in reading.statements
        ),
    )


def answered(made, every):
    """The answers of a case that apply to it in a guide."""
    return counted_guides.cases(made, {id: [value] for id, value in every.items()})[0]


def check(before, after, old, new):
    found = tree.diff(old, new)
    for values in itertools.product(*FACTORS.values()):
        case = dict(zip(FACTORS, values, strict=True))
        each = [counted_guides.standings(made, answered(made, case)) for made in (before, after)]
        for option, said in zip(("tea", "rest"), zip(*each, strict=True), strict=True):
            was, now = map(Standing, said)
            changes = [c for c in found.outcomes if c.option.id == option and not c.more]
            told = {
                (c.before, c.after)
                for c in changes
                if any(fits(one.patients, case) for one in c.cases)
            }
            assert told == ({(was, now)} if was is not now else set())
    return found


@pytest.mark.slow
@examples(80)
@given(chances())
def test_two_guides_case_by_case(chance):
    before = counted_guides.guide(chance)
    after = changed(before, chance)
    old, new = counted_guides.loaded(before), counted_guides.loaded(after)
    assume(old and new)
    found = check(before, after, old, new)
    for change in found.outcomes:
        for case in change.cases:
            # What decides is said of each, unless nothing is said.
            assert bool(case.before) is (change.before is not Standing.SILENT)
            assert bool(case.after) is (change.after is not Standing.SILENT)
    assert not tree.diff(old, old)


@examples(40)
@given(chances())
def test_what_a_question_depends_on_keeps_its_meaning_under_another_name(chance):
    made = counted_guides.guide(chance)
    old = counted_guides.loaded(made)
    assume(old)
    # Questions tell which is which.
    old = replace(old, factors=tuple(replace(f, question=f"{f.id}?") for f in old.factors))
    new = renamed(old, lambda id: f"the {id}" if id in FACTORS else id)
    found = tree.diff(old, new)
    assert found.outcomes == ()
    assert {(entry.kind, entry.what, entry.fields) for entry in found.entries} <= {
        ("factor", "renamed", ())
    }
    assert [f.asked_if for f in align(old, new).named.factors] == [f.asked_if for f in new.factors]


COUNTED = """
title: Rest?
factors:
  weak: {question: Is it weak?, quote: weak}
  dry: {question: Is its nose dry?, quote: dry}
  hot: {question: Is it hot?, quote: hot}
options: {rest: {name: rest, quote: Rest}}
statements:
  two: {quote: Rest with two, when: {at_least: {2: {weak: yes, dry: yes, hot: yes}}}, offer: rest}
"""
DEPENDING = COUNTED.replace("quote: hot}", "quote: hot, asked_if: {dry: yes}}")


def test_what_is_counted_where_it_applies_alone_changes_what_it_comes_to():
    text = "Rest with two of these: weak, dry, hot."
    found = tree.diff(tree.loads(text, COUNTED), tree.loads(text, DEPENDING))
    (change,) = found.outcomes
    assert (str(change.before), str(change.after)) == ("offered", "silent")
    (case,) = change.cases
    assert dict(case.patients) == {"weak": ("yes",), "dry": ("no",), "hot": ("yes",)}
    # The guides do not agree on when to ask the last one, so nothing is left out.
    assert "with: Is it weak? yes; Is its nose dry? no; Is it hot? yes" in str(found)
