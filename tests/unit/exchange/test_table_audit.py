"""A table of any layout, compared with what a guide says."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import tree

TEXT = """\
If it is cold, drink tea. If it is warm and you are thirsty, drink water. Milk is not for the old:
from 70 years on, leave milk. Milk may be drunk by others when it is warm."""
YAML = """\
title: What to drink?
subject: {one: guest, many: guests}
factors:
  weather: {question: How is the weather?, quote: "If it is cold", values: [cold, warm]}
  thirsty: {question: Are you thirsty?, quote: you are thirsty}
  age: {question: How old are you?, quote: from 70 years on, unit: years}
options:
  tea: {name: tea, quote: drink tea}
  water: {name: water, quote: drink water}
  milk: {name: milk, quote: Milk may be drunk}
statements:
  a: {quote: "If it is cold, drink tea.", when: {weather: cold}, prefer: tea}
  b:
    quote: If it is warm and you are thirsty, drink water.
    when: {weather: warm, thirsty: yes}
    offer: water
  c: {quote: "from 70 years on, leave milk", when: {age: {from: 70}}, withhold: milk}
  d:
    quote: Milk may be drunk by others when it is warm.
    when: {weather: warm, age: {below: 70}}
    offer: milk
"""
ONE_COLUMN = """\
IF How is the weather,IF Are you thirsty?,IF age [years],THEN drink,Notes
cold,-,-,tea,
warm,TRUE,>= 70,water,
warm,no,>=70,,
"""


@pytest.fixture
def guide() -> tree.Guide:
    return tree.loads(TEXT, YAML)


def audited(guide: tree.Guide, tmp_path: Path, table: str) -> tree.AuditReport:
    file = tmp_path / "drinks.csv"
    file.write_text(table, encoding="utf-8")
    return tree.audit(guide, file)


def test_one_column_names_the_option_that_the_text_names(guide: tree.Guide, tmp_path: Path) -> None:
    report = audited(guide, tmp_path, ONE_COLUMN)
    assert report.wrong == ()
    # Who is young and warm has no row.
    assert report.patients_missing == 2


def test_a_row_that_names_another_option_is_found(guide: tree.Guide, tmp_path: Path) -> None:
    report = audited(guide, tmp_path, ONE_COLUMN.replace("cold,-,-,tea", "cold,-,-,water"))
    # Nothing more is said about tea: the first choice is not named.
    said = {(cell.row, cell.column, cell.says, cell.text_says) for cell in report.wrong}
    assert ("Row 2", "water", "offered", "silent") in said


def test_a_column_for_each_option_may_ask_for_ranges(guide: tree.Guide, tmp_path: Path) -> None:
    table = "IF weather,IF age,THEN tea,THEN milk\nwarm,>= 70,silent,offered\n"
    report = audited(guide, tmp_path, table)
    assert [(cell.row, cell.column, cell.text_says) for cell in report.wrong] == [
        ("Row 2", "milk", "withheld")
    ]
    assert report.wrong[0].sentence == "from 70 years on, leave milk"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("IF wether,THEN drink\ncold,tea\n", "no question 'wether': did you mean 'weather'"),
        ("IF weather,THEN drink\nhot,tea\n", "Row 2: How is the weather?: no answer 'hot'"),
        ("IF weather,THEN drink\ncold,gin\n", "the options are tea, water, milk"),
        ("IF age,THEN drink\n>= 65,tea\n", "Row 2: How old are you?: 65 or more parts 'below 70"),
    ],
)
def test_what_does_not_fit_the_guide_is_said(
    guide: tree.Guide, tmp_path: Path, table: str, message: str
) -> None:
    with pytest.raises(tree.AnswerError) as raised:
        audited(guide, tmp_path, table)
    assert message in str(raised.value)


def test_rows_of_several_sheets_are_named_after_them(guide: tree.Guide, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Cold days"
    for row in (("IF weather", "THEN drink"), ("cold", "water")):
        book.active.append(row)
    for row in (("IF weather", "IF thirsty", "THEN drink"), ("warm", "yes", "tea")):
        (book["Warm days"] if "Warm days" in book else book.create_sheet("Warm days")).append(row)
    book.save(tmp_path / "drinks.xlsx")
    report = tree.audit(guide, tmp_path / "drinks.xlsx")
    said = {(cell.row, cell.column, cell.says) for cell in report.wrong}
    assert {
        ("Cold days, Row 2", "water", "offered"),
        ("Warm days, Row 2", "tea", "offered"),
    } <= said


def test_a_row_that_makes_several_rules_is_compared_in_each(
    guide: tree.Guide, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("Decision ID", "DRINK.DT.01 Drinks", "", ""),
        ("Input", "", "Output", "Annotations"),
        ('"weather" = "cold" OR "thirsty" = TRUE', "", "tea", ""),
    ):
        book.active.append(row)
    book.save(tmp_path / "drinks.xlsx")
    rows = {cell.row for cell in tree.audit(guide, tmp_path / "drinks.xlsx").wrong}
    # The first is right of tea, and the text says nothing of it for who is thirsty alone.
    assert "Row 3 (2)" in rows
