"""How firmly the text says a standing: compared case by case with what the docs say."""

from __future__ import annotations

import json

import graded_guides
import pytest
from command_line import run
from examples import examples
from graded_guides import GUIDE, TEXT, firmness_of, graded, wilting_plant
from hypothesis import given
from hypothesis import strategies as st
from places import DATA
from random_guides import deciding, guide, patients, readings, walk
from seeded_guides import random_patients

import tree
from tree.logic import firmness
from tree.logic.build import build, unfold
from tree.logic.paths import paths, standings_at
from tree.model.parts import Standing


def graded_readings(**limits):
    chance = st.randoms(use_true_random=False)
    return st.builds(graded, readings(factors=4, patients=100, **limits), chance)


def said(found):
    return {option: (firm.strength, firm.grade) for option, firm in found.items() if firm}


@examples(150)
@given(graded_readings())
def test_of_a_complete_case_what_decides_says_how_firmly(reading):
    for patient in patients(reading):
        expected = {
            option.id: firmness_of(reading, deciding(reading, patient, option.id)[1])
            for option in reading.options
        }
        found = said(firmness.firmness_of(walk(reading, patient)))
        assert found == {option: firm for option, firm in expected.items() if any(firm)}


@examples(100)
@given(graded_readings(), st.randoms(use_true_random=False))
def test_with_answers_missing_nothing_is_said_that_may_turn_out_otherwise(reading, chance):
    for answers in random_patients(reading, chance, 5):
        for option, firm in firmness.firmness_of(walk(reading, answers)).items():
            for patient in patients(reading, answers) if firm else ():
                strength, grade = firmness_of(reading, deciding(reading, patient, option)[1])
                assert firm.strength in ("", strength)
                assert firm.grade in ("", grade)


@examples(60)
@given(graded_readings(), st.randoms(use_true_random=False))
def test_what_would_change_it_says_how_firmly_the_text_then_says_it(reading, chance):
    for answers in random_patients(reading, chance, 3):
        for option in reading.options:
            for standing in Standing:
                for change in walk(reading, answers).what_would(option.id, standing).changes:
                    said = {
                        firmness_of(reading, deciding(reading, patient, option.id)[1])
                        for patient in patients(reading, {**answers, **dict(change.answers)})
                    }
                    for part in range(2):
                        shown = (change.firm.strength, change.firm.grade)[part]
                        assert not shown or {each[part] for each in said} == {shown}
                    if len(said) == 1 and len(reading.factors) == len(answers):
                        assert (change.firm.strength, change.firm.grade) == said.pop()


@examples(100)
@given(graded_readings())
def test_at_an_outcome_stands_what_holds_on_every_path_to_it(reading):
    for shape in (build(reading), unfold(build(reading))):
        at = firmness.firmness_at(shape)
        for answers, leaf in paths(shape):
            for option, firm in at.get(leaf, {}).items():
                kinds = {(each.strength, each.grade) for each in (firm, *firm.others)}
                for patient in patients(reading, answers) if firm else ():
                    strength, grade = firmness_of(reading, deciding(reading, patient, option)[1])
                    if firm.others:
                        assert (strength, grade) in kinds
                    assert firm.others or firm.strength in ("", strength)
                    assert firm.others or firm.grade in ("", grade)


@examples(60)
@given(readings(factors=4))
def test_a_guide_without_words_and_grades_looks_as_it_did(reading):
    shape = build(reading)
    assert not firmness.firmness_at(shape)
    assert " · " not in str(shape) + words(reading)
    assert all(not firm for firm in firmness.firmness_of(walk(reading, {})).values())
    table = guide(reading).decision_table()
    assert list(table.columns) == [e.id for e in (*reading.factors, *reading.options)]
    assert not {"strength", "grade"} & set(guide(reading).evidence().columns)


def words(reading):
    return str(walk(reading, {})) + str(walk(reading, {}).why())


def test_the_firmest_grade_decides_which_words_are_shown():
    plant = wilting_plant()
    found = firmness.firmness_of(plant.walk(soil="dry", yellow="yes", burnt="yes"))
    assert said(found) == {"water": ("we recommend", "1A"), "shade": ("we recommend", "1A")}
    found = firmness.firmness_of(plant.walk(soil="moist", yellow="yes", burnt="no", roots="yes"))
    assert said(found) == {
        "water": ("may be considered", "2C"),
        "shade": ("In general", "2C"),
        "pot": ("usually", ""),
    }
    # Whether leaves are burnt is open, and with it how firmly shade is offered.
    assert said(firmness.firmness_of(plant.walk(soil="dry"))) == {"water": ("we recommend", "1A")}


def test_it_is_shown_wherever_the_standing_is():
    plant = wilting_plant()
    wet = plant.walk(soil="wet", yellow="yes", burnt="no", roots="no")
    for words in (str(wet), str(wet.why())):
        assert "Watering: not for this plant · “we suggest against” · 2B" in words
        assert "A place in the shade: offered · “In general” · 2C" in words
        assert "Repotting: the text does not say" in words
    assert "outweighed: offered · “may be considered” · 2C" in str(wet.why())
    assert "Not for this plant · “we suggest against” · 2B: Watering" in str(plant.tree)
    # Where a leaf is reached with one or the other, it says so.
    assert "Offered · “we recommend” · 1A or “may be considered” · 2C: Watering" in str(plant.tree)
    assert "Offered · “In general” · 2C: A place" not in str(plant.tree)
    standings = wet.to_dict()["standings"]
    assert standings["water"]["strength"] == "we suggest against"
    assert (standings["pot"]["strength"], standings["pot"]["grade"]) == (None, None)
    assert {"standing", "possible", "because"} <= standings["pot"].keys()


def test_a_weaker_grade_behind_a_firmer_one():
    plant = wilting_plant()
    both = plant.walk(soil="dry", yellow="yes", burnt="no", roots="no")
    assert "Watering: offered · “we recommend” · 1A: it is so already." in str(
        both.what_would("water", "offered")
    )
    # Each way to it with the grade that it leads to.
    neither = plant.walk(soil="moist", yellow="no", burnt="no", roots="no")
    found = neither.what_would("water", "offered")
    assert [(dict(change.answers), change.firm.grade) for change in found.changes] == [
        ({"soil": "dry"}, "1A"),
        ({"yellow": "yes"}, "2C"),
    ]
    assert "Watering: offered · “may be considered” · 2C, if exactly these change:" in str(found)
    # A grade that changes is a change of its statement, and of no standing.
    changed = tree.diff(plant, tree.loads(TEXT, GUIDE.replace("grade: 1A", "grade: 2C")))
    assert changed.outcomes == ()
    assert str(changed).count("grade: 1A → 2C") == 2


def test_in_tables():
    plant = wilting_plant()
    table = plant.decision_table()
    assert list(table.columns)[4:] == [
        *("water", "water: strength", "water: grade", "shade", "shade: strength"),
        *("shade: grade", "pot", "pot: strength"),
    ]
    for row in table.to_dict("records"):
        found = plant.walk({factor.id: row[factor.id] for factor in plant.factors})
        for option, firm in firmness.firmness_of(found).items():
            assert row[f"{option}: strength"] == firm.strength
            assert row.get(f"{option}: grade", "") == firm.grade
    # The audit of our own table takes these columns for what they are.
    assert tree.audit(plant, table).ok
    assert tree.audit(plant, plant.decision_table(compact=True)).ok
    compact = plant.decision_table(compact=True).to_dict("records")
    for row, (answers, leaf) in zip(compact, paths(plant.tree), strict=True):
        standing = standings_at(plant.tree, leaf)[0]
        firm = firmness.firmness(plant, "water", standing, answers)
        assert (row["water: strength"], row["water: grade"]) == (firm.strength, firm.grade)
    evidence = plant.evidence().set_index("statement")
    assert evidence.loc["wet", ["strength", "grade"]].tolist() == ["we suggest against", "2B"]


def test_on_the_command_line(tmp_path):
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "guide.yaml").write_text(GUIDE, encoding="utf-8")
    done = run("walk", tmp_path, "soil=dry")
    assert "Watering: offered · “we recommend” · 1A\n" in done.out
    data = json.loads(run("walk", "--json", tmp_path, "soil=dry").out)
    assert data["standings"]["water"]["grade"] == "1A"


# --- the statements of some grades alone ----------------------------------------------------


@examples(60)
@given(
    graded_readings(), st.sets(st.sampled_from([g for g, _ in graded_guides.GRADES]), min_size=1)
)
def test_of_some_grades_alone(reading, grades):
    found = guide(reading).for_grades(*grades)
    assert list(found.statements) == [s for s in reading.statements if s.grade in grades]
    assert found.factors == reading.factors
    assert found.tree.reading is found


def test_unknown_grades():
    plant = wilting_plant()
    assert [s.id for s in plant.for_grades("1A", "2B").statements] == ["dry", "wet", "sunburn"]
    with pytest.raises(tree.AnswerError, match="unknown grade '1a': did you mean '1A'"):
        plant.for_grades("1a")
    with pytest.raises(tree.AnswerError, match="name at least one grade: 1A, 2B, 2C"):
        plant.for_grades()
    with pytest.raises(tree.AnswerError, match="the guide has no grades"):
        tree.load(DATA / "damaged_library_book").for_grades("1A")
