"""Which options share a tree, and what stands outside of all trees."""

import itertools
import random
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from chances import chances
from counting import counted
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from large_guides import guide as large_guide
from places import DATA
from random_guides import guide, patients, readings, standings, walk

import tree
from tree.loading import loader
from tree.loading.sources import strings
from tree.logic.build import Leaf, Question, build
from tree.logic.decisions import decisions
from tree.logic.trees import of_everyone, trees_of
from tree.model.parts import Factor, Option, Reading, Standing, Statement
from tree.model.text import Text


def offering(asked, count):
    """A guide of options that are each offered where all of some findings, by number, are there."""
    factors = tuple(Factor(f"f{i}", f"Is finding {i} there?", ()) for i in range(count))
    options = tuple(Option(f"d{i}", f"drug {i}") for i in range(len(asked)))
    statements = tuple(
        Statement(
            f"s{i}",
            (),
            (frozenset((f"f{number}", frozenset({"yes"})) for number in numbers),),
            ((f"d{i}", Standing.OFFERED),),
        )
        for i, numbers in enumerate(asked)
    )
    return Reading("many", "Many", Text("t", "words"), factors, options, statements)


def independent(count):
    """So many recommendations that have nothing to do with each other."""
    return offering([{i} for i in range(count)], count)


def end_of(made, patient):
    index = 0
    while isinstance(node := made.nodes[index], Question):
        index = dict(node.branches)[patient[node.factor]]
    return node.standings


@examples(150)
@given(readings(options=6), st.integers(2, 40))
def test_every_option_stands_in_one_tree_or_is_of_everyone(reading, nodes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tree.logic.trees.MOST_NODES", nodes)
        # A copy, for which nothing is worked out yet.
        reading = replace(reading)
        trees, everyone = trees_of(reading), of_everyone(reading)
    rows = {tuple(p.items()): standings(reading, p) for p in patients(reading)}
    same = {
        option.id: column[0]
        for option, column in zip(reading.options, zip(*rows.values(), strict=True), strict=True)
        if len(set(column)) == 1
    }
    if len(same) == len(reading.options):
        # Nothing differs, and one leaf says it all.
        assert everyone == []
        ((only,),) = (made.nodes for made in trees)
        assert only == Leaf(tuple(same.values()))
        return
    assert {option.id: standing for option, standing in everyone} == same
    shown = [option for made in trees for option in made.options]
    assert sorted(o.id for o in shown) == sorted(o.id for o in reading.options if o.id not in same)
    place = [option.id for option in reading.options]
    for made in trees:
        at = [place.index(option.id) for option in made.options]
        assert at == sorted(at)
        for patient, row in rows.items():
            assert end_of(made, dict(patient)) == tuple(row[i] for i in at)
    firsts = [place.index(made.options[0].id) for made in trees]
    assert firsts == sorted(firsts)


@examples(100)
@given(readings(options=6), st.integers(2, 40))
def test_trees_are_readable_and_none_should_be_joined(reading, nodes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tree.logic.trees.MOST_NODES", nodes)
        trees = trees_of(replace(reading))
        again = trees_of(replace(reading))
    assert [made.nodes for made in trees] == [made.nodes for made in again]
    options = [option for made in trees for option in made.options]
    whole = build(reading, sorted(options, key=reading.options.index))
    assert (len(trees) == 1) or len(whole.nodes) > nodes
    for made in trees:
        assert len(made.options) == 1 or len(made.nodes) <= nodes
    for one, other in itertools.combinations(trees, 2):
        both = sorted((*one.options, *other.options), key=reading.options.index)
        joint = len(build(reading, both).nodes)
        assert joint > nodes or joint >= len(one.nodes) + len(other.nodes)


def joined_plainly(reading, options, most):
    """The options that share a tree: of all pairs the one that saves most, again and again."""

    @cache
    def size(places):
        return len(build(reading, [options[place] for place in places]).nodes)

    clusters = [(place,) for place in range(len(options))]
    while True:
        saving = {}
        for (first, one), (second, other) in itertools.combinations(enumerate(clusters), 2):
            joint, apart = size(tuple(sorted(one + other))), size(one) + size(other)
            if joint <= most and joint < apart:
                saving[first, second] = apart - joint
        if not saving:
            return [[options[place] for place in each] for each in sorted(clusters)]
        first, second = max(saving, key=lambda pair: (saving[pair], -pair[0], -pair[1]))
        clusters[first] = tuple(sorted(clusters[first] + clusters.pop(second)))


@examples(40)
@given(chances(60), st.integers(4, 16))
def test_trees_are_joined_as_the_rule_says(chance, most):
    asked = [{chance.randrange(8) for _ in range(chance.randint(1, 3))} for _ in range(12)]
    reading = offering(asked, 8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tree.logic.trees.MOST_NODES", most)
        trees = trees_of(reading)
    if len(build(reading).nodes) > most:
        expected = joined_plainly(reading, reading.options, most)
        assert [list(made.options) for made in trees] == expected


@pytest.mark.slow
def test_many_entangled_options_are_joined_in_few_steps():
    source = large_guide(400, 40_000, factors=40, options=400, spread=4, asks=(1, 2))
    reading, problems = loader.read(strings(*source))
    assert not problems
    decisions(reading)
    with counted() as work:
        assert 20 < len(trees_of(reading)) < 200
    # There are 79,800 pairs, and most of those that share a factor save nothing.
    assert work.steps < 60 * 79_800


@pytest.mark.slow
def test_patients_of_a_large_guide_have_what_its_statements_say():
    source = large_guide(
        *(400, 40_000),
        factors=40,
        options=100,
        spread=6,
        asks=(1, 3),
        verbs=("offer", "prefer", "withhold"),
    )
    reading, problems = loader.read(strings(*source))
    assert not problems
    chance = random.Random(11)
    for _ in range(25):
        patient = {factor.id: chance.choice(factor.values) for factor in reading.factors}
        walked = walk(reading, patient)
        on_trees = {
            option.id: standing
            for on in walked.trees
            for option, standing in zip(
                on.tree.options, on.tree.nodes[on.outcomes[0]].standings, strict=True
            )
        }
        for option in reading.options:
            # Statement by statement, without any diagram.
            said = {
                standing
                for statement in reading.statements
                if any(
                    all(patient[id] in values for id, values in conjunction)
                    for conjunction in statement.condition
                )
                for on, standing in statement.effects
                if on == option.id
            }
            strongest = max(said, key=lambda each: each.strength, default=Standing.SILENT)
            assert walked.standings[option.id].standing is strongest
            assert on_trees.get(option.id, strongest) is strongest


@pytest.mark.parametrize("count", [6, 14, 300])
def test_independent_recommendations_are_trees_of_three_nodes(count):
    reading = independent(count)
    with counted() as work:
        found = guide(reading)
        assert [len(made.nodes) for made in found.trees] == [3] * count
        walked = walk(reading, {"f0": "yes", "f1": "no"})
        assert walked.left == (count - 2, 2 * count - 2)
        assert walked.next == "f2"
        assert walked.standings["d0"].standing is Standing.OFFERED
        assert walked.standings["d1"].standing is Standing.SILENT
        assert walked.undecided == tuple(f"d{i}" for i in range(2, count))
    # Every pair of trees is looked at, and none of them is built.
    assert work.steps < 20 * count * count + 40_000
    with pytest.raises(tree.AnswerError, match=f"this guide has {count} trees, not one: drug 0; "):
        _ = found.tree
    assert found.tree_of("d1") == found.trees[1] == found.tree_with("d1")


def test_what_is_the_same_for_everyone_has_no_tree():
    liver = tree.load(DATA / "metastatic_liver_cancer")
    assert [option.id for option in liver.tree.options] == ["resection"]
    assert len(liver.tree.nodes) == 6
    assert {str(standing) for _, standing in of_everyone(liver)} == {"offered"}
    assert "For everyone:\n    Offered" in str(liver.tree)
    assert liver.tree_with("ablation").nodes == (Leaf((Standing.OFFERED,)),)
    # It is written once, beside the tree.
    assert liver.draw().svg.count("Chemotherapy") == 1


def test_a_real_guideline_makes_trees_that_can_be_read():
    bees = tree.load(DATA / "wintering_bees")
    assert len(bees.trees) > 10
    assert max(len(made.nodes) for made in bees.trees) <= 20
    assert [made.name for made in bees.trees[:2]] == ["Feeding", "Syrup as feed, Fondant as feed"]
    for made in bees.trees:
        assert "</svg>" in bees.draw(tree=made).svg
        assert "</svg>" in bees.draw({"weight": "below 18 kg"}, tree=made).svg


GUIDE = """
title: What to wear?
factors:
  rain: {question: Does it rain?, quote: If it rains}
  cold: {question: Is it cold?, quote: If it is cold}
options:
  coat: {name: a coat, quote: a coat}
  boots: {name: boots, quote: boots}
  hat: {name: a hat, quote: a hat}
  shirt: {name: a shirt, quote: a shirt}
groups:
  warm: {name: warm things, quote: a hat, options: [hat, shirt]}
statements:
  rain: {quote: "If it rains, a coat and boots.", when: {rain: yes}, offer: [coat, boots]}
  cold: {quote: "If it is cold, a hat.", when: {cold: yes}, offer: hat}
  shirt: {quote: Always a shirt., offer: shirt}
"""
TEXT = "If it rains, a coat and boots. If it is cold, a hat. Always a shirt."


def test_an_author_says_which_options_share_a_tree():
    def named(trees):
        found = tree.loads(TEXT, GUIDE + trees)
        return [(made.name, [option.id for option in made.options]) for made in found.trees]

    assert named("") == [("a coat, boots, a hat", ["coat", "boots", "hat"])]
    # In the order given; what is of everyone stays outside.
    assert named("trees: {Head: warm, Feet: boots}") == [
        ("Head", ["hat"]),
        ("Feet", ["boots"]),
        ("a coat", ["coat"]),
    ]
    assert named("trees: {Nothing: shirt}") == named("")
    assert named("trees: {All: [hat, boots, coat]}") == [("All", ["hat", "boots", "coat"])]


def test_a_walk_says_of_every_tree_where_it_is():
    found = tree.loads(TEXT, GUIDE + "trees: {Head: hat, Body: [coat, boots]}")
    walked = found.walk(rain="yes")
    assert walked.taken == (("rain", "yes"),)
    assert walked.next == "cold"
    data = walked.to_dict()
    assert data["outcomes"] is None
    assert data["undecided"] == ["hat"]
    assert data["trees"] == {
        "Head": {"options": ["hat"], "taken": [], "next": "cold", "outcomes": 2},
        "Body": {
            "options": ["coat", "boots"],
            "taken": [["rain", "yes"]],
            "next": None,
            "outcomes": 1,
        },
    }
    lines = str(walked).splitlines()
    assert "Head: 2 of 2 outcomes can still be reached." in lines
    assert "  Next question: Is it cold?" in lines


@pytest.mark.slow
def test_draw_names_the_trees_where_there_are_several(tmp_path: Path):
    command = [sys.executable, "-m", "tree", "draw", str(DATA / "wintering_bees")]
    file = tmp_path / "bees.svg"
    done = subprocess.run([*command, "-o", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "13 trees: name an option of the one to draw with --tree" in done.stderr
    assert "Feeding; Syrup as feed, Fondant as feed; " in done.stderr
    assert not file.exists()
    done = subprocess.run(
        [*command, "-o", str(file), "--tree", "thymol", "mites_counted=yes"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Thymol" in file.read_text(encoding="utf-8")
