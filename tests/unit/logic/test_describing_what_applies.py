"""Descriptions where questions depend on each other, compared with plain enumeration."""

import itertools
import random
from dataclasses import replace

import counted_guides
import pytest
from chances import chances
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import DATA
from random_guides import patients, standings, total

import tree
from tree.logic import descriptions
from tree.logic.counted_descriptions import describe_counting
from tree.logic.decisions import decisions
from tree.logic.descriptions import WORK, describe_set, in_short
from tree.model.parts import Factor, Option, Reading, Standing, Statement
from tree.model.text import Text

# Those in which one question depends on another.
GUIDES = ["damaged_library_book", "wintering_bees"]


def depending(chance, most=5, cases=200):
    """A guide whose questions depend on one or two others, and these perhaps on others still."""
    factors, room = [], cases
    for number in range(chance.randint(2, most)):
        values = ("yes", "no") if chance.random() < 0.6 else ("a", "b", "c")
        room //= len(values)
        if not room:
            break
        asked_if = {}
        for other in chance.sample(factors, min(len(factors), chance.choice([0, 1, 1, 2]))):
            least = chance.randint(1, len(other.values) - 1)
            for id, allowed in {
                *other.asked_if,
                (other.id, frozenset(chance.sample(other.values, least))),
            }:
                asked_if[id] = asked_if.get(id, allowed) & allowed
        if all(asked_if.values()):
            asked_if = frozenset(asked_if.items())
            factors.append(Factor(f"f{number}", "?", (), values, asked_if=asked_if))

    def conjunction():
        named = chance.sample(factors, min(len(factors), chance.randint(1, 3)))
        literals = {f"{i}": f for i, f in enumerate(named)}.values()
        return frozenset(
            literal
            for f in literals
            for literal in {*f.asked_if, (f.id, frozenset(some(chance, f.values)))}
        )

    def statement(number):
        condition = tuple(conjunction() for _ in range(chance.randint(1, 4)))
        effect = chance.choice([Standing.OFFERED, Standing.WITHHELD])
        return Statement(f"s{number}", (), condition, (("tea", effect),))

    statements = tuple(statement(number) for number in range(chance.randint(1, 3)))
    options = (Option("tea", "Tea"),)
    return Reading("tea", "Tea?", Text("text.txt", ""), tuple(factors), options, statements)


def some(chance, values):
    return chance.sample(values, chance.randint(1, len(values)))


def fits(description, case):
    """Whether all that a description names applies to a case and is answered so."""
    return all(case.get(factor) in values for factor, values in description)


def described(reading, standing, work=WORK):
    decided = decisions(reading)
    return describe_set(decided.sets, reading.factors, decided.cases("tea", standing), work)


def held_by(description, cases):
    return frozenset(i for i, case in enumerate(cases) if fits(description, case))


def check(reading, cases, wanted, found):
    """Exact, prime, none superfluous; and nothing is named but beside what it depends on."""
    each = [held_by(description, cases) for description in found.each]
    assert frozenset().union(*each) == wanted
    for i in range(len(each)):
        assert frozenset().union(*each[:i], *each[i + 1 :]) != wanted
    for description, held in zip(found.each, each, strict=True):
        assert in_full(reading, description)
        for at, (factor, values) in enumerate(description):
            # Each value that it names is the answer of somebody whom it fits.
            assert {cases[i][factor] for i in held} == set(values)
            # With a factor less, and those that depend on it, it would fit others, too.
            others = [one for one in description if factor not in before(reading, one[0])]
            assert not held_by([one for one in others if one[0] != factor], cases) <= wanted
            # So it would with a value more.
            for value in set(reading.factor(factor).values) - set(values):
                rest = (*description[:at], (factor, (*values, value)), *description[at + 1 :])
                wider = held_by(rest, cases)
                assert wider == held or not wider <= wanted
        check_in_short(reading, cases, description, held)


def check_in_short(reading, cases, description, held):
    """It fits the same, and would fit others if any of it was left out."""
    short = in_short(reading.factor, description)
    assert held_by(short, cases) == held
    for at in range(len(short)):
        assert held_by((*short[:at], *short[at + 1 :]), cases) != held


def before(reading, factor):
    return {id for id, _ in reading.factor(factor).asked_if}


def in_full(reading, description):
    """Whether it names no question without the answers that this depends on."""
    said = dict(description)
    return all(
        id in said and set(said[id]) <= allowed
        for named in said
        for id, allowed in reading.factor(named).asked_if
    )


def wanted_cases(reading, cases, standing):
    return frozenset(i for i, c in enumerate(cases) if standings(reading, c)[0] is standing)


@examples(400)
@given(chances().map(depending), st.sampled_from(list(Standing)))
def test_a_description_names_only_what_is_asked(reading, standing):
    cases = patients(reading)
    wanted = wanted_cases(reading, cases, standing)
    check(reading, cases, wanted, described(reading, standing))


def every_description(reading):
    """All that could be said: for each factor some of its values, or none."""
    sides = [
        [(f.id, chosen) for n in range(1, len(f.values)) for chosen in combinations(f.values, n)]
        for f in reading.factors
    ]
    for named in itertools.product(*([None, *side] for side in sides)):
        yield tuple(literal for literal in named if literal)


def combinations(values, count):
    return itertools.combinations(values, count)


def fewest(reading, cases, wanted):
    """How many descriptions it takes at least, and the least that so many say, by trying all.

    Of these, those that fit as many as can be.
    """
    shortest = {}
    for description in every_description(reading):
        held = held_by(description, cases)
        if held and held <= wanted and in_full(reading, description):
            shortest[held] = min(shortest.get(held, 99), len(description))
    largest = {one: n for one, n in shortest.items() if not any(one < other for other in shortest)}
    for count in itertools.count():
        covers = [
            sum(largest[one] for one in chosen)
            for chosen in itertools.combinations(largest, count)
            if frozenset().union(*chosen) == wanted
        ]
        if covers:
            return count, min(covers)
    raise AssertionError


@examples(250)
@given(chances().map(lambda chance: depending(chance, 4, 30)), st.sampled_from(list(Standing)))
def test_they_are_as_few_and_as_short_as_can_be(reading, standing):
    cases = patients(reading)
    found = described(reading, standing).each
    wanted = wanted_cases(reading, cases, standing)
    assert (len(found), sum(map(len, found))) == fewest(reading, cases, wanted)


@pytest.mark.parametrize("seed", range(200))
def test_the_quicker_search_is_as_exact(seed, monkeypatch):
    monkeypatch.setattr(descriptions, "MORE_WORK", WORK)
    reading = depending(random.Random(seed), most=7, cases=600)
    cases = patients(reading)
    for standing in Standing:
        # One step is not enough for the exact search, but where there is nothing to look for.
        found = described(reading, standing, work=1)
        assert found.more == 0
        check(reading, cases, wanted_cases(reading, cases, standing), found)


@pytest.mark.slow
@examples(150)
@given(st.randoms(use_true_random=False))
def test_counts_are_named_and_everyone_is_described_all_the_same(chance):
    made = counted_guides.guide(chance)
    guide = counted_guides.loaded(made)
    if guide is None:
        return
    decided = decisions(guide)
    every = counted_guides.cases(made, counted_guides.FACTORS)
    totals = [{c.id: total(c, case) for c in guide.counts} for case in every]
    cases = [case | counted for case, counted in zip(every, totals, strict=True)]
    for place, option in enumerate(("tea", "rest")):
        for standing in Standing:
            node = decided.cases(option, standing)
            found = describe_counting(guide, node)
            said = (counted_guides.standings(made, case)[place] for case in every)
            wanted = frozenset(i for i, each in enumerate(said) if each == standing)
            assert found.more == 0
            each = [held_by(description, cases) for description in found.each]
            assert frozenset().union(*each) == wanted
            assert all(each)
            assert len(each) <= len(describe_set(decided.sets, guide.factors, node).each)


def test_a_choice_of_many_is_one_description():
    text = ", ".join(f"sign {i}" for i in range(9))
    signs = ", ".join(f"s{i}: yes" for i in range(9))
    factors = "\n".join(f"  s{i}: {{question: 'Sign {i}?', quote: sign {i}}}" for i in range(9))
    guide = tree.loads(
        text,
        f"title: Treat?\nfactors:\n{factors}\noptions: {{rest: {{name: rest, quote: sign 1}}}}\n"
        "statements:\n"
        f"  five: {{quote: sign 2, when: {{at_least: {{5: {{{signs}}}}}}}, offer: rest}}\n",
    )
    offered = decisions(guide).cases("rest", Standing.OFFERED)
    (only,) = describe_counting(guide, offered).each
    assert [values for _, values in only] == [("at least 5",)]


def test_what_is_counted_is_read_back_as_a_count_where_more_decides():
    read = tree.load(DATA / "wintering_bees").read_back()
    (joining,) = [option for option in read.options if option.option.id == "joining"]
    offered = [line for line in joining.lines(read.reading) if line.startswith(("offered", "or"))]
    assert offered[1].startswith("or for: Is either colony sick, or was it? neither; How many of")
    assert offered[1].endswith("? at least 3")
    assert len(offered) == 3


def without_dependence(reading):
    return [replace(factor, asked_if=frozenset()) for factor in reading.factors]


@pytest.mark.parametrize("name", GUIDES)
def test_of_real_guides_there_are_no_more_than_if_all_applied_and_they_say_less(name):
    guide = tree.load(DATA / name)
    decided = decisions(guide)
    said = said_before = 0
    for option in guide.options:
        for standing in Standing:
            cases = decided.cases(option.id, standing)
            found = describe_set(decided.sets, guide.factors, cases).each
            others = describe_set(decided.sets, without_dependence(guide), cases).each
            assert len(found) <= len(others)
            said += sum(len(in_short(guide.factor, each)) for each in found)
            said_before += sum(map(len, others))
    assert said < said_before


def test_it_may_take_one_more_to_name_nothing_that_is_not_asked():
    """Two boxes would do, "low or middle, ripe" and "low or high, not ripe"; but nobody asks
    whether what is low is ripe."""
    place = Factor("place", "?", (), ("low", "middle", "high"))
    asked_if = frozenset({("place", frozenset({"middle", "high"}))})
    ripe = Factor("ripe", "?", (), asked_if=asked_if)
    condition = (
        frozenset({("place", frozenset({"low"}))}),
        frozenset({("place", frozenset({"middle"})), ("ripe", frozenset({"yes"}))}),
        frozenset({("place", frozenset({"high"})), ("ripe", frozenset({"no"}))}),
    )
    pick = Statement("s", (), condition, (("tea", Standing.OFFERED),))
    text, options = Text("text.txt", ""), (Option("tea", "Tea"),)
    reading = Reading("tea", "Tea?", text, (place, ripe), options, (pick,))
    assert described(reading, Standing.OFFERED).each == (
        (("place", ("low",)),),
        (("place", ("middle",)), ("ripe", ("yes",))),
        (("place", ("high",)), ("ripe", ("no",))),
    )
