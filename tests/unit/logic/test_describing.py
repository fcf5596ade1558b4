"""The smallest descriptions, compared with plain enumeration of every patient and every box."""

import itertools
import random

import pytest
from counting import counted
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_guides import patients, readings, standings
from seeded_guides import random_reading

from tree.logic import descriptions
from tree.logic.build import build, count_paths
from tree.logic.descriptions import describe, in_words
from tree.model.parts import Factor, Option, Reading, Standing, Statement
from tree.model.text import Text


def fits(description, patient):
    return all(patient[factor] in values for factor, values in description)


def wanted(reading, patient, standing):
    return standings(reading, patient)[0] is standing


def box(reading, description):
    """The sets of values, one for each factor of the guide."""
    said = dict(description)
    return [frozenset(said.get(f.id, f.values)) for f in reading.factors]


def inside(sides, target):
    return all(values in target for values in itertools.product(*sides))


def target_of(reading, standing):
    return {tuple(p.values()) for p in patients(reading) if wanted(reading, p, standing)}


def check(reading, found, target):
    """Exact, prime, none superfluous, in order, and said in the words of the guide."""
    assert found.more == 0
    boxes = [box(reading, description) for description in found.each]
    held = [set(itertools.product(*sides)) for sides in boxes]
    assert set().union(*held) == target
    for sides in boxes:
        for i, factor in enumerate(reading.factors):
            for value in set(factor.values) - sides[i]:
                wider = [*sides[:i], sides[i] | {value}, *sides[i + 1 :]]
                assert not inside(wider, target)
    for i in range(len(held)):
        assert set().union(*held[:i], *held[i + 1 :]) != target
    position = {factor.id: i for i, factor in enumerate(reading.factors)}
    assert [len(d) for d in found.each] == sorted(len(d) for d in found.each)
    for description in found.each:
        asked = [position[id] for id, _ in description]
        assert asked == sorted(set(asked))
        for id, values in description:
            factor = reading.factor(id)
            assert set(values) < set(factor.values)
            assert values == tuple(v for v in factor.values if v in values)


@examples(250)
@given(readings(factors=6, options=1), st.sampled_from(list(Standing)))
def test_descriptions_fit_exactly_and_say_no_more_than_they_must(reading, standing):
    found = describe(build(reading), lambda leaf: leaf.standings[0] is standing)
    check(reading, found, target_of(reading, standing))


@pytest.mark.parametrize("seed", range(60))
def test_descriptions_of_seeded_guides(seed):
    reading = random_reading(seed)
    tree = build(reading)
    for standing in Standing:
        found = describe(tree, lambda leaf, wanted=standing: leaf.standings[0] is wanted)
        check(reading, found, target_of(reading, standing))


def primes(reading, target):
    """Every box in the target that no other such box holds, by trying all."""
    sides = [
        [
            frozenset(chosen)
            for count in range(1, len(f.values) + 1)
            for chosen in itertools.combinations(f.values, count)
        ]
        for f in reading.factors
    ]
    boxes = [found for found in itertools.product(*sides) if inside(found, target)]
    return [
        one
        for one in boxes
        if not any(
            one != other and all(a <= b for a, b in zip(one, other, strict=True)) for other in boxes
        )
    ]


def fewest(reading, target):
    """How many primes are needed at least, and the least that so many can say."""
    found = primes(reading, target)
    held = [set(itertools.product(*sides)) for sides in found]
    said = [
        sum(len(side) < len(f.values) for side, f in zip(sides, reading.factors, strict=True))
        for sides in found
    ]
    for count in itertools.count():
        covers = [
            sum(said[i] for i in chosen)
            for chosen in itertools.combinations(range(len(found)), count)
            if set().union(*(held[i] for i in chosen)) == target
        ]
        if covers:
            return count, min(covers)
    raise AssertionError


@examples(150)
@given(readings(factors=4, options=1, patients=36), st.sampled_from(list(Standing)))
def test_small_guides_get_as_few_as_can_be(reading, standing):
    found = describe(build(reading), lambda leaf: leaf.standings[0] is standing).each
    assert (len(found), sum(map(len, found))) == fewest(reading, target_of(reading, standing))


def about(factors, *conjunctions, values=("yes", "no")):
    """A guide that offers tea where one of the conjunctions holds."""
    condition = tuple(
        frozenset((f, frozenset([v] if isinstance(v, str) else v)) for f, v in conjunction.items())
        for conjunction in conjunctions
    )
    return Reading(
        "tea",
        "Tea?",
        Text("text.txt", ""),
        tuple(Factor(id, f"{id}?", (), values) for id in factors),
        (Option("tea", "Tea"),),
        (Statement("s", (), condition, (("tea", Standing.OFFERED),)),),
    )


def offered(leaf):
    return leaf.standings[0] is Standing.OFFERED


def described(reading, **limits):
    return describe(build(reading), offered, **limits)


def test_a_path_says_more_than_is_needed():
    # The tree asks a before b, so its second path says "a: no" as well.
    reading = about("ab", {"a": "yes"}, {"b": "yes"})
    assert described(reading).each == ((("a", ("yes",)),), (("b", ("yes",)),))


def test_values_are_joined():
    reading = about("ab", {"a": "x", "b": "x"}, {"a": "y", "b": "x"}, values=("x", "y", "z"))
    (only,) = described(reading).each
    assert only == (("a", ("x", "y")), ("b", ("x",)))
    assert in_words(reading.factor, only) == "a? x or y; b? x"


def test_everyone_and_nobody():
    assert described(about("a", {})).each == ((),)
    assert in_words(about("a").factor, ()) == ""
    assert described(about("a")).each == ()


def test_a_ring_needs_three_of_its_six_primes():
    ring = about(
        "abc",
        *({"a": "yes", "b": "no"}, {"b": "yes", "c": "no"}, {"c": "yes", "a": "no"}),
        *({"a": "no", "b": "yes"}, {"b": "no", "c": "yes"}, {"c": "no", "a": "yes"}),
    )
    assert len(described(ring).each) == 3


@pytest.mark.slow
def test_few_descriptions_of_very_many_paths():
    # Every path through the tree says which of the pairs fail: there are more than a million.
    names = [f"f{i}" for i in range(40)]
    pairs = [{names[i]: "yes", names[i + 1]: "yes"} for i in range(0, 40, 2)]
    with counted() as work:
        found = described(about(names, *pairs))
    # Eight millions.
    assert work.steps < 25_000_000
    assert found.more == 0
    assert [dict(d) for d in found.each] == [
        {id: (value,) for id, value in pair.items()} for pair in pairs
    ]


def parity(count):
    """Tea for whoever says yes an odd number of times: no two patients can be put together."""
    names = [f"f{i}" for i in range(count)]
    return about(
        names,
        *(
            dict(zip(names, values, strict=True))
            for values in itertools.product(("yes", "no"), repeat=count)
            if values.count("yes") % 2
        ),
    )


def test_what_cannot_be_described_in_bounds_is_counted():
    reading = parity(8)
    found = described(reading)
    assert len(found.each) == descriptions.MOST
    assert found.more == 128 - descriptions.MOST
    assert len(set(found.each)) == descriptions.MOST
    for description in found.each:
        (said,) = itertools.product(*box(reading, description))
        assert said.count("yes") % 2


@pytest.mark.slow
@pytest.mark.parametrize("work", [0, 30, 300, 3_000, 30_000])
def test_little_work_leaves_paths_but_tells_no_lies(work):
    chance = random.Random(work)
    names = [f"f{i}" for i in range(14)]
    conjunctions = [
        {name: chance.choice(("yes", "no")) for name in chance.sample(names, 4)} for _ in range(25)
    ]
    reading = about(names, *conjunctions)
    found = described(reading, work=work)
    target = target_of(reading, Standing.OFFERED)
    held = set()
    for description in found.each:
        held |= set(itertools.product(*box(reading, description)))
    assert held <= target
    assert (held == target) is (found.more == 0)
    assert found == described(reading, work=work)


def tangled(seed, factors, conjunctions, literals):
    """A guide of many conjunctions that overlap."""
    chance = random.Random(seed)
    names = [f"f{i}" for i in range(factors)]
    return about(
        names,
        *(
            {
                name: chance.sample(("x", "y", "z"), chance.choice((1, 2)))
                for name in chance.sample(names, literals)
            }
            for _ in range(conjunctions)
        ),
        values=("x", "y", "z"),
    )


# With less work it is the quicker search that finds them, and that has to be as exact.
@pytest.mark.slow
@pytest.mark.parametrize("work", [descriptions.WORK, 5_000])
@pytest.mark.parametrize("seed", range(5))
def test_descriptions_of_tangled_guides(seed, work):
    reading = tangled(seed, factors=6, conjunctions=12, literals=4)
    check(reading, described(reading, work=work), target_of(reading, Standing.OFFERED))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_large_guide_does_not_take_long(seed):
    tree = build(tangled(seed, factors=22, conjunctions=14, literals=3))
    with counted() as work:
        found = describe(tree, offered)
    # Up to eight millions.
    assert work.steps < 25_000_000
    # Millions of paths, and as many descriptions as there are conjunctions.
    assert count_paths(tree) > 1_000_000
    assert (len(found.each), found.more) == (14, 0)
