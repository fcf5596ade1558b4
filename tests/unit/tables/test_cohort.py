"""Cohorts against one walk a patient, counted in plain Python."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections import Counter
from typing import Any

import pandas as pd
import pytest
import random_guides
from chances import chances
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from partly_known import partly_known
from places import ROOT
from seeded_guides import TEXT, WORDS, several_together

import tree
from tree.logic.build import Question
from tree.logic.tree_walk import TreeWalk
from tree.model.answers import NOT_APPLICABLE
from tree.model.errors import AnswerError
from tree.model.parts import (
    UNKNOWN,
    Factor,
    Option,
    Reading,
    Standing,
    Statement,
    by_standing,
    listed,
)

GUIDES = {path.name: tree.load(path) for path in (ROOT / "data").iterdir() if path.is_dir()}


def known(row: dict[str, Any]) -> dict[str, Any]:
    """The answers of a row; what does not apply is no answer."""
    values = {factor: value for factor, value in row.items() if isinstance(value, str)}
    return {factor: value for factor, value in values.items() if value != NOT_APPLICABLE}


def taken(on: TreeWalk) -> list[tuple[int, str]]:
    """The certain path as (node, value), step by step."""
    index, steps = 0, []
    while isinstance(node := on.tree.nodes[index], Question):
        value = on.answers.get(node.factor)
        if not isinstance(value, str):
            break
        steps.append((index, value))
        index = dict(node.branches)[value]
    return steps


def outcomes(guide: tree.Guide, answers: dict[str, str]) -> list[frozenset[Any]]:
    """The outcomes of every tree that are still possible."""
    walk = guide.walk(answers)
    return [frozenset(on.tree.nodes[i].standings for i in on.outcomes) for on in walk.trees]


def words(on: TreeWalk) -> str:
    """An outcome in words: what stands alike together, the strongest first."""
    if len(on.outcomes) > 1:
        return "what is unknown leaves it open"
    reading = on.tree.reading
    found = by_standing(on.tree.options, on.tree.nodes[on.outcomes[0]].standings)
    return "; ".join(f"{reading.label(s)}: {listed(each, reading.groups)}" for s, each in found)


def check(guide: tree.Guide, table: pd.DataFrame) -> None:
    cohort = guide.cohort(table)
    # Not to_dict("records"): of a table without columns, pandas 2.2.0 makes no rows at all.
    patients = [known(dict(row)) for _, row in table.iterrows()]
    walks = [guide.walk(answers) for answers in patients]
    assert cohort.patients == len(patients)

    several = len(guide.trees) > 1
    assert [each.tree for each in cohort.followed.trees] == [*guide.trees]
    assert ("tree" in cohort.outcomes) == several
    for followed in cohort.followed.trees:
        check_tree(cohort, followed, [walk.on(followed.tree) for walk in walks])
    if not several:
        # The names are those of `classify`.
        named = guide.classify(table)["outcome"]
        assert dict(cohort.outcomes["cases"]) == dict(named.value_counts())

    deciding = Counter(
        id
        for walk in walks
        for id in {s.id for found in walk.standings.values() for s in found.because}
    )
    shown = dict(cohort.sentences["cases"])
    assert shown == {s.id: deciding[s.id] for s in guide.statements if s.effects}

    for factor in guide.factors:
        answered = [walk.answers for walk in walks if factor.id in walk.known]
        tips = [
            any(outcomes(guide, {**a, factor.id: v}) != outcomes(guide, a) for v in factor.values)
            for a in answered
        ]
        row = cohort.factors.loc[factor.id]
        assert (row["known"], row["tips"]) == (len(answered), sum(tips))


def check_tree(cohort: Any, followed: Any, walks: list[TreeWalk]) -> None:
    branches = Counter(step for on in walks for step in taken(on))
    assert followed.branches == {at: branches[at] for at in followed.branches}
    assert set(branches) <= set(followed.branches)

    named = [words(on) for on in walks]
    table = cohort.outcomes
    if "tree" in table:
        table = table[table["tree"] == followed.tree.name]
    assert [*table["cases"]] == followed.outcomes
    shown = dict(zip(table["words"], table["cases"], strict=True))
    assert {outcome: count for outcome, count in shown.items() if count} == Counter(named)

    # How the outcomes are spread under each answer.
    for factor in followed.tree.factors:
        answers = [*followed.tree.reading.factor(factor).values, None, "several"]
        spread: Counter[Any] = Counter()
        for on, name in zip(walks, named, strict=True):
            answer = on.answers.get(factor)
            spread["several" if isinstance(answer, tuple) else answer, name] += 1
        assert followed.by_answer(factor) == [
            [spread[answer, name] for name in table["words"]] for answer in answers
        ]


@pytest.mark.slow
@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
@pytest.mark.parametrize("unknown", [0, 0.3])
def test_a_cohort_is_its_patients_one_by_one(guide: tree.Guide, unknown: float) -> None:
    check(guide, guide.synthetic(150, seed=3, unknown=unknown))


@examples(40)
@given(random_guides.readings(factors=4), st.integers(0, 1000), st.floats(0, 1))
def test_so_it_is_on_any_guide(reading: Any, seed: int, unknown: float) -> None:
    guide = random_guides.guide(reading)
    check(guide, guide.synthetic(20, seed=seed, unknown=unknown))


@examples(40)
@given(random_guides.readings(factors=4), chances())
def test_so_it_is_where_answers_are_known_in_part(reading: Any, chance: Any) -> None:
    guide = random_guides.guide(reading)
    check(guide, partly_known(guide, chance, 20))


@pytest.mark.slow
def test_so_it_is_of_a_book_known_in_part() -> None:
    guide = GUIDES["damaged_library_book"]
    table = partly_known(guide, random.Random(1), 150)
    check(guide, table)
    moves = guide.cohort(table).moves
    (row,) = [row for row in moves.rows if row.startswith("What is the damage? Known in part")]
    answers = guide.factor("damage").answer
    several = [cell for cell in table["damage"] if isinstance(answers(cell), tuple)]
    assert row.endswith(f"({len(several)})")


@pytest.mark.slow
@pytest.mark.parametrize("unknown", [0, 0.2])
def test_so_it_is_where_there_are_many_outcomes(unknown: float) -> None:
    """Every factor decides of one option, so that each pattern has an outcome of its own."""
    values = ("a", "b", "c", "d")
    count = 4
    reading = Reading(
        *("many", "Many?", TEXT),
        tuple(Factor(f"f{i}", f"f{i}?", (WORDS,), values) for i in range(count)),
        tuple(Option(f"o{i}", f"choice {i}") for i in range(3 * count)),
        tuple(
            Statement(
                f"s{i}",
                (WORDS,),
                (frozenset({(f"f{i // 3}", frozenset({values[i % 3]}))}),),
                ((f"o{i}", Standing.OFFERED),),
            )
            for i in range(3 * count)
        ),
    )
    guide = random_guides.guide(reading)
    cohort = guide.cohort(guide.synthetic(100, seed=1, unknown=unknown))
    assert len(cohort.followed.trees) == count
    assert all(moves.values for moves in cohort.all_moves)
    check(guide, guide.synthetic(100, seed=1, unknown=unknown))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_so_it_is_on_guides_of_several_trees(seed: int) -> None:
    guide = random_guides.guide(several_together(seed))
    check(guide, partly_known(guide, random.Random(seed), 20))


def test_several_trees_have_a_picture_each() -> None:
    bees = GUIDES["wintering_bees"]
    cohort = bees.cohort(bees.synthetic(100, seed=1, unknown=0.2))
    assert len(cohort.drawings) == len(cohort.all_moves) == 13
    for tree_, drawing in zip(bees.trees, cohort.drawings, strict=True):
        assert "100 synthetic" in "".join(ET.fromstring(drawing.svg).itertext())
        assert f"{tree_.name}:" in str(cohort)
    with pytest.raises(AnswerError, match="13 trees; drawings has a picture of each"):
        _ = cohort.drawing
    with pytest.raises(AnswerError, match="13 trees; all_moves has a picture of each"):
        _ = cohort.moves


def test_answers_as_in_a_registry(liver: tree.Guide) -> None:
    one = {factor.id: 1 for factor in liver.factors}
    none = {factor.id: None for factor in liver.factors}
    cohort = liver.cohort(pd.DataFrame([one, none, one]))
    assert cohort.followed.trees[0].nodes[0] == 3
    assert list(cohort.factors["known"]) == [2] * len(liver.factors)


def test_what_is_wrong_is_told_with_rows(liver: tree.Guide) -> None:
    table = liver.synthetic(3).astype("str")
    table.iloc[1, 0] = "perhaps"
    with pytest.raises(AnswerError, match="unknown value 'perhaps' in 1 row"):
        liver.cohort(table)
    with pytest.raises(AnswerError, match="no column"):
        liver.cohort(table.drop(columns=liver.factors[0].id))


def test_an_empty_cohort(liver: tree.Guide) -> None:
    cohort = liver.cohort(liver.synthetic(0))
    assert str(cohort).startswith("0 synthetic patients")
    for picture in (cohort.drawing, cohort.decides, cohort.tips, cohort.moves):
        ET.fromstring(picture.svg)


def test_the_drawing_says_its_numbers(liver: tree.Guide) -> None:
    cohort = liver.cohort(liver.synthetic(1000, seed=1, unknown=0.1))
    words = "".join(ET.fromstring(cohort.drawing.svg).itertext())
    assert "1,000 synthetic patients" in words
    for count in cohort.followed.trees[0].branches.values():
        assert f"{count:,} ({count / 10:.0f} %)" in words
    # And so does the text, for who cannot see it.
    for count in cohort.followed.trees[0].branches.values():
        assert f"{count:,} ({count / 10:.0f} %)" in str(cohort)


def test_wide_where_many_go(liver: tree.Guide) -> None:
    cohort = liver.cohort(liver.synthetic(1000, seed=1))
    widths = {}
    for edge in ET.fromstring(cohort.drawing.svg).iter("{http://www.w3.org/2000/svg}g"):
        if edge.get("class") == "edge":
            path = edge.find("{http://www.w3.org/2000/svg}path")
            node, _, branch = edge.get("id").removeprefix("n").partition("-")
            value = liver.tree.nodes[int(node)].branches[int(branch)][0]
            widths[int(node), value] = float(path.get("stroke-width", 1))
    counts = cohort.followed.trees[0].branches
    assert len(widths) == len(counts)
    in_order = sorted(widths, key=lambda at: counts[at])
    assert [widths[at] for at in in_order] == sorted(widths.values())
    assert widths[in_order[-1]] > 2 * widths[in_order[0]]


def test_synthetic_patients_are_labelled_and_repeatable(liver: tree.Guide, tmp_path: Any) -> None:
    table = liver.synthetic(50, seed=7, unknown=0.2)
    assert table.equals(liver.synthetic(50, seed=7, unknown=0.2))
    assert not table.equals(liver.synthetic(50, seed=8, unknown=0.2))
    table.to_csv(tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text().startswith("synthetic patient,")
    assert "synthetic" in repr(liver.cohort(table))


def test_weights_and_unknown_are_kept_to() -> None:
    book = GUIDES["damaged_library_book"]
    factor = book.factors[0]
    weights = {factor.id: {factor.values[0]: 3, factor.values[1]: 1}}
    drawn = book.synthetic(20_000, seed=1, unknown=0.25, weights=weights)[factor.id]
    # Far beyond what chance does: ten standard deviations.
    assert abs(drawn.isna().mean() - 0.25) < 0.03
    assert abs((drawn.dropna() == factor.values[0]).mean() - 0.75) < 0.04


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"patients": -1}, "patients=-1: a whole number from 0"),
        ({"patients": "5"}, "patients='5': a whole number"),
        ({"unknown": 1.5}, "unknown=1.5: a share from 0 to 1"),
        ({"weights": {"rain": {}}}, "unknown factor 'rain'"),
        ({"weights": {"other_organ_involvement": {"perhaps": 1}}}, "unknown value 'perhaps'"),
        ({"weights": {"other_organ_involvement": {UNKNOWN: 1}}}, "unknown=… makes answers unknown"),
        ({"weights": {"other_organ_involvement": {"yes": -1}}}, "-1 is no weight"),
        ({"weights": {"other_organ_involvement": {"yes": "1"}}}, "'1' is no weight"),
        ({"weights": {"other_organ_involvement": {"yes": 0}}}, "all of them are 0"),
    ],
)
def test_bad_wishes(liver: tree.Guide, wanted: dict[str, Any], message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        liver.synthetic(**{"patients": 5, **wanted})
