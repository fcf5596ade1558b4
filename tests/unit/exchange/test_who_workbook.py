"""Workbooks of the kind that WHO publishes: conditions in words, and several decisions."""

from __future__ import annotations

import pytest
from foreign_tables import WHO_ROWS
from random_tables import number_in

import tree
from tree.exchange.table_guide import guide_of
from tree.exchange.who_workbook import who_tables
from tree.exchange.worded_conditions import alternatives, condition_in
from tree.loading.sheets import Sheet

SHEET = Sheet("Plants", WHO_ROWS)


def test_each_decision_is_a_table() -> None:
    watering, light = who_tables(SHEET)
    assert watering.title == "PLANT.DT.01 Watering"
    assert watering.about == ("Water when the soil is dry.", "PLANT.A The round on Mondays")
    assert [input_.name for input_ in watering.inputs] == [
        "Moisture",
        "Pot has a hole",
        "The soil smells",
    ]
    assert watering.rules[0].results == ("Dry", "Water well")
    assert watering.rules[0].notes == ("It runs.", "B1")
    assert [rule.place for rule in watering.rules] == ["Row 5", "Row 6", "Row 7", "Row 8"]
    # One row, two ways in which it holds.
    assert [rule.place for rule in light.rules] == ["Row 12", "Row 12"]


@pytest.mark.parametrize(
    ("moisture", "hole", "smells", "offered"),
    [
        (10, "yes", "no", {"Dry", "Water well"}),
        (10, "no", "no", {"Dry", "Water a little"}),
        (60, "yes", "no", {"Good", "Wait"}),
        (61, "yes", "no", set()),
        (10, "yes", "yes", {"Dry", "Water well", "Wet", "Repot"}),
    ],
)
def test_every_row_that_holds_counts(
    moisture: int, hole: str, smells: str, offered: set[str]
) -> None:
    made = guide_of(who_tables(SHEET)[:1])
    report = tree.check_text(made.text, made.guide)
    assert report.ok, report
    guide = report.guide
    walk = guide.walk(moisture=moisture, pot_has_a_hole=hole, soil_smells=smells)
    names = {option.id: option.name for option in guide.options}
    assert {
        names[id] for id, found in walk.standings.items() if found.standing == "offered"
    } == offered


def test_the_words_of_the_workbook_stand_at_every_branch() -> None:
    made = guide_of(who_tables(SHEET)[:1])
    guide = tree.loads(made.text, made.guide)
    [because] = guide.walk(moisture=10, pot_has_a_hole="yes").standings["water_well"].because
    assert because.quotes[0].words == (
        'Row 5: if "Moisture" < 20 % and "Pot has a hole" = TRUE, then “Output” is Dry and '
        "“Action” is Water well. It runs. B1."
    )
    assert guide.subject.singular == "patient"


def test_two_tables_on_one_question_share_it() -> None:
    made = guide_of(who_tables(SHEET))
    guide = tree.loads(made.text, made.guide)
    assert len(guide.factors) == 5
    assert {s.id.split("_row")[0] for s in guide.statements} == {
        "plant_dt_01_watering",
        "plant_dt_02_light",
    }


@pytest.mark.parametrize(
    ("words", "name", "answers"),
    [
        ('"Age" ≤ 12 weeks', "Age", "12 or less"),
        ('12 weeks < "Age" <= 27 weeks', "Age", "more than 12 and 27 or less"),
        ('"Test done" = FALSE', "Test done", "no"),
        ("“Sign” = “No sign”", "Sign", "No sign"),
        ('Result" = "Positive: any"', "Result", "Positive: any"),
        ('"Sign" ≠ "Pale"', "Sign", "not Pale"),
        ('"Sign" NOT IN ("Pale", "Grey")', "Sign", "not Pale or Grey"),
    ],
)
def test_conditions_are_read_in_their_words(words: str, name: str, answers: str) -> None:
    found = condition_in(words)
    assert found is not None
    assert (found.name, str(found.test)) == (name, answers)
    assert found.test.words == words


def test_two_limits_on_one_number_hold_together() -> None:
    [[found]] = alternatives(['"Age" ≥ 10 years', '"Age" < 19 years'])
    [band] = found.test.bands
    assert (band.holds(10), band.holds(18.9), band.holds(19), number_in(band)) == (
        True,
        True,
        False,
        14.5,
    )


def test_units_tell_numbers_apart() -> None:
    [[mass, molar]] = alternatives(['"Glucose" ≥ 126 mg/dL AND "Glucose" < 7 mmol/L'])
    assert (mass.unit, molar.unit) == ("mg/dL", "mmol/L")


def test_what_cannot_be_read_is_a_question_in_its_own_words() -> None:
    [[found]] = alternatives(["The plant is unwell (see below) OR it leans"])
    assert found.name == "The plant is unwell (see below) OR it leans"
    assert str(found.test) == "yes"
