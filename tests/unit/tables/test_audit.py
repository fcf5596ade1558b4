"""A decision table made elsewhere: exactly the cells that disagree are told, with the sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from chances import chances
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from independent_guides import independent
from partly_known import partly_known
from places import ROOT
from random_guides import guide as as_guide
from random_guides import readings

import tree
from tree.tables import audit_rows

GUIDES = ["metastatic_liver_cancer", "damaged_library_book", "ear_infection_in_a_child"]
DAMAGE = "none, light, heavy, wet, wet with heavy damage"
STANDINGS = ["withheld", "preferred", "offered", "silent"]


def load(name: str) -> tree.Guide:
    return tree.load(ROOT / "data" / name)


def plain(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(table).copy()


@pytest.mark.slow
@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("name", GUIDES)
def test_our_own_tables_are_right_in_every_form(name: str, compact: bool, tmp_path: Path) -> None:
    guide = load(name)
    table = guide.decision_table(compact)
    for ending in ("csv", "xlsx"):
        table.save(tmp_path / f"t.{ending}")
    shuffled = plain(table).sample(frac=1, random_state=1)
    named = plain(table).rename(
        columns={f.id: f.question for f in guide.factors} | {o.id: o.name for o in guide.options}
    )
    labels = plain(table).replace(
        {"preferred": "First choice", "offered": " OFFERED", "silent": "the text does not say"}
    )
    turned = plain(table)[list(table.columns)[::-1]]
    for found in (table, shuffled, named, labels, turned, tmp_path / "t.csv", tmp_path / "t.xlsx"):
        audit = tree.audit(guide, found)
        assert audit.ok, str(audit)
        assert bool(audit)
        assert len(audit.cells) == 0
        assert str(audit).startswith(f"ok: {len(table)} rows")


@pytest.mark.slow
def test_the_rows_of_each_tree_are_audited_by_themselves(tmp_path: Path) -> None:
    many = tree.load(independent(tmp_path / "many", 300))
    assert tree.audit(many, many.decision_table(compact=True)).ok
    bees = load("wintering_bees")
    table = bees.decision_table(compact=True)
    table.save(tmp_path / "t.csv")
    table.save(tmp_path / "t.xlsx")
    for found in (table, tmp_path / "t.csv", tmp_path / "t.xlsx"):
        audit = tree.audit(bees, found)
        assert audit.ok, str(audit)
    table = plain(many.decision_table(compact=True))
    first, second, third, fourth = table.index[:4]
    table.loc[second, "d0"] = "offered"  # who does not have finding 0
    table.loc[third, "d1"] = None
    table = table.drop(fourth)
    table.loc[first, "d7"] = "withheld"  # another tree's
    audit = tree.audit(many, table)
    wrong = {(cell.row, cell.column, cell.says, cell.text_says) for cell in audit.wrong}
    assert wrong == {
        (first, "d7", "withheld", "not decided yet (offered or silent)"),
        (second, "d0", "offered", "silent"),
        (third, "d1", "(nothing)", "offered"),
    }
    assert (audit.patients_missing, audit.missing) == (1, ({"f1": "no"},))
    table.loc[first, "tree"] = "drug x"
    assert "row 1, tree: says drug x; the text says no tree is called so" in str(
        tree.audit(many, table)
    )


@examples(100)
@given(st.data())
def test_exactly_the_cells_that_were_changed_are_told(data: st.DataObject) -> None:
    guide = as_guide(data.draw(readings(factors=4)))
    right = plain(guide.decision_table(compact=data.draw(st.booleans())))
    table = right.copy()
    options = [option.id for option in guide.options]
    cell = st.tuples(st.sampled_from(table.index.tolist()), st.sampled_from(options))
    changes = data.draw(
        st.dictionaries(cell, st.sampled_from([*STANDINGS, "not decided yet", "", "maybe"]))
    )
    for (row, column), says in changes.items():
        table.loc[row, column] = says
    audit = tree.audit(guide, table)
    expected = {
        (row, column, says or "(nothing)", right.loc[row, column])
        for (row, column), says in changes.items()
        if says != right.loc[row, column]
    }
    told = audit.cells[["row", "column", "says", "text says"]]
    assert {tuple(row) for row in told.itertuples(index=False)} == expected
    assert len(told) == len(expected)
    assert audit.ok == (not expected)
    assert (audit.patients_missing, audit.doubled, audit.contradictory, audit.notes) == (
        *(0, (), ()),
        (),
    )


def test_a_cell_is_told_with_its_sentence_and_passage() -> None:
    guide = load(GUIDES[0])
    table = plain(guide.decision_table())
    table.loc[3, "resection"] = "first choice"
    audit = tree.audit(guide, table)
    assert repr(audit) == "<audit of 32 rows: 1 cell disagrees>"
    (cell,) = audit.cells.to_dict("records")
    assert cell == {
        "row": 3,
        "column": "resection",
        "says": "preferred",
        "text says": "withheld",
        "sentence": cell["sentence"],
        "passage": "wascher, transplant_surgery",
    }
    walk = guide.walk({f.id: table.loc[3, f.id] for f in guide.factors})
    assert cell["sentence"] == " … ".join(walk.standings["resection"].quotes)
    assert "limited to patients who have no evidence" in str(audit).replace("\n", " ")
    assert audit.cells.caption.endswith(guide.title)


def test_any_where_the_answer_matters_is_not_decided() -> None:
    guide = load(GUIDES[0])
    table = plain(guide.decision_table(compact=True)).iloc[[0]]
    table["other_organ_involvement"] = "any"
    audit = tree.audit(guide, table)
    (cell,) = audit.cells.to_dict("records")
    assert (cell["says"], cell["column"]) == ("withheld", "resection")
    assert cell["text says"] == "not decided yet (withheld or preferred)"
    assert cell["sentence"]
    table["resection"] = "not decided yet"
    assert len(tree.audit(guide, table).cells) == 0


def test_rows_that_are_missing_doubled_or_contradict() -> None:
    guide = load(GUIDES[1])
    table = plain(guide.decision_table())
    audit = tree.audit(guide, table.drop(index=[2, 5]))
    assert audit.patients_missing == 2
    ids = [factor.id for factor in guide.factors]
    # What does not apply to a patient is left out.
    missing = [table.loc[row, ids] for row in (2, 5)]
    assert list(audit.missing) == [row[row != "not applicable"].to_dict() for row in missing]
    assert "no row speaks of 2 books, such as:" in str(audit)

    audit = tree.audit(guide, pd.concat([table, table.iloc[[6]].set_axis([200])]))
    assert (audit.doubled, audit.contradictory) == (((7, 200),), ())
    other = table.iloc[[6]].set_axis([201]).assign(mending="offered")
    audit = tree.audit(guide, pd.concat([table, other]))
    assert (audit.doubled, audit.contradictory) == ((), ((7, 201),))
    assert "rows 7 and 201 speak of the same book and contradict" in str(audit)

    # A row with "any" that speaks of patients of other rows.
    compact = plain(guide.decision_table(compact=True))
    wide = compact.iloc[[0]].set_axis([99]).assign(days_late="any")
    audit = tree.audit(guide, pd.concat([compact, wide]))
    assert audit.contradictory == ((2, 99), (3, 99))
    assert set(audit.cells["row"]) == {99}
    # Only with the first who spoke of a patient.
    narrow = compact.loc[[2]].set_axis([100]).assign(noted_on_slip="yes")
    assert tree.audit(guide, pd.concat([compact, wide, narrow])).contradictory == (
        (2, 99),
        (3, 99),
    )
    assert audit.patients_missing == 0


def test_a_table_of_some_columns_and_others() -> None:
    guide = load(GUIDES[1])
    table = plain(guide.decision_table())
    audit = tree.audit(guide, table.drop(columns="mending").assign(note="x", mendin="y"))
    assert audit.notes == (
        "unknown column 'note': allowed: damage, days_late, noted_on_slip, anyones_mishap, "
        "can_be_bought, under_twelve, thank_you, mending, another_copy, paying, shelving",
        "unknown column 'mendin': did you mean 'mending'? allowed: damage, days_late, "
        "noted_on_slip, anyones_mishap, can_be_bought, under_twelve, thank_you, mending, "
        "another_copy, paying, shelving",
        "no column for the option 'mending'",
    )
    assert not audit.ok
    assert len(audit.cells) == 0
    audit = tree.audit(guide, table.drop(columns="under_twelve"))
    assert audit.notes == ("no column for the factor 'under_twelve'",)
    with pytest.raises(tree.AnswerError, match="no column is an option; the options are thank_you"):
        tree.audit(guide, table[["damage"]])
    twice = pd.concat([table, table[["mending"]]], axis=1)
    assert tree.audit(guide, twice).notes == (
        "the column 'mending' appears twice; the first is read",
    )


def test_answers_that_fit_no_value_are_told_and_their_row_is_not_counted() -> None:
    guide = load(GUIDES[1])
    table = plain(guide.decision_table()).astype(object)
    wrong = table.index[table["damage"] == "light"][0]
    table.loc[wrong, "damage"] = "nun"
    # As a spreadsheet has them.
    table.loc[table.index[table["under_twelve"] == "yes"][-1], "under_twelve"] = True
    table.loc[table.index[table["days_late"] == "up to 14 days"][0], "days_late"] = 3
    audit = tree.audit(guide, table)
    assert audit.cells[["row", "column", "says", "text says"]].to_numpy().tolist() == [
        [wrong, "damage", "nun", f"nothing of this; one of {DAMAGE}, any"]
    ]
    assert audit.patients_missing == 1


def test_a_guide_of_too_many_patients_to_tick_off(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = load(GUIDES[1])
    monkeypatch.setattr(audit_rows, "MOST_PATIENTS", 100)
    audit = tree.audit(guide, guide.decision_table(compact=True))
    # Not 160: of a book that is not damaged it is not asked whether that was noted.
    assert len(guide.cases()) == 136
    assert audit.notes == ("whether rows are missing was not checked: 136 books",)


def test_rows_of_files_are_numbered_as_in_a_spreadsheet(tmp_path: Path) -> None:
    guide = load(GUIDES[1])
    table = guide.decision_table(compact=True)
    wrong = plain(table)
    wrong.loc[2, "paying"] = "offered"
    tree.save(wrong, tmp_path / "t.csv")
    tree.save(wrong, tmp_path / "t.xlsx")
    for name in ("t.csv", "t.xlsx"):
        assert tree.audit(guide, tmp_path / name).cells["row"].tolist() == [3]
        assert tree.audit(guide, str(tmp_path / name)).cells["column"].tolist() == ["paying"]
    # As a spreadsheet in another country writes it: semicolons, and an empty line.
    text = (tmp_path / "t.csv").read_text("utf-8-sig").replace(",", ";")
    (tmp_path / "t.csv").write_text(text.replace("\n", "\n;;;\n", 1))
    assert tree.audit(guide, tmp_path / "t.csv").cells["row"].tolist() == [4]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", b"", "t.csv:1:1: nothing is written here"),
        ("t.csv", b"damage,mending\nnone,\xff\n", "t.csv:2:1: not UTF-8: byte 0xFF"),
        ("t.csv", b'damage,mending\nnone,"x\n', "t.csv:2:1: not readable as CSV: unexpected end"),
        ("t.csv", b"damage,mending\nnone,a,b\n", "t.csv:2:3: 3 cells in this row, and 2 in the"),
        ("t.xlsx", b"PK no", "t.xlsx:1:1: not readable as an Excel file: "),
        ("t.xlsx", b"", "t.xlsx:1:1: not readable as an Excel file: "),
    ],
)
def test_files_that_are_no_tables(
    name: str, content: bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    with pytest.raises(tree.TreeError) as caught:
        tree.audit(load(GUIDES[1]), name)
    assert str(caught.value).startswith(message)


def test_files_of_another_kind_or_not_there(tmp_path: Path) -> None:
    guide = load(GUIDES[1])
    with pytest.raises(tree.AnswerError, match=r"unknown ending '.ods': allowed: .csv, .xlsx"):
        tree.audit(guide, tmp_path / "t.ods")
    with pytest.raises(FileNotFoundError):
        tree.audit(guide, tmp_path / "t.csv")
    with pytest.raises(FileNotFoundError):
        tree.audit(guide, tmp_path / "t.xlsx")


def test_cells_that_excel_keeps_as_numbers_and_truth(tmp_path: Path) -> None:
    guide = load(GUIDES[1])
    table = guide.decision_table(compact=True)
    book = openpyxl.Workbook()
    book.active.append(list(table.columns))
    for row in table.to_numpy().tolist():
        days = {"up to 14 days": 3, "more than 14 days": 40.5}
        cells = {"yes": True, "no": False, "any": None, **days}
        book.active.append([cells.get(cell, cell) for cell in row])
    book.save(tmp_path / "t.xlsx")
    assert tree.audit(guide, tmp_path / "t.xlsx").ok


@examples(60)
@given(st.data())
def test_whatever_stands_in_the_cells_is_told_and_never_fails(data: st.DataObject) -> None:
    guide = load(GUIDES[1])
    cells: Any = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates(),
        st.sampled_from(["any", "none", "offered", np.nan, np.float64(3), pd.NA, pd.NaT]),
    )  # fmt: skip
    names = [*(f.id for f in guide.factors), *(o.id for o in guide.options)]
    rows = data.draw(st.lists(st.tuples(*[cells] * len(names)), max_size=4))
    audit = tree.audit(guide, pd.DataFrame(rows, columns=names, dtype=object))
    assert str(audit)
    assert repr(audit)
    assert len(audit.cells) <= len(rows) * len(names)


@pytest.mark.slow
def test_ten_thousand_rows_take_little_time() -> None:
    guide = load(GUIDES[2])
    table = pd.concat([plain(guide.decision_table())] * 6, ignore_index=True)
    audit = tree.audit(guide, table.sample(frac=1, random_state=1))
    assert len(audit.doubled) == 5 * len(guide.cases())
    assert not audit.contradictory


# --- rows that speak of several values --------------------------------------------------------


@examples(40)
@given(readings(factors=4), chances())
def test_a_row_of_several_values_says_what_a_walk_says(reading: Any, chance: Any) -> None:
    guide = as_guide(reading)
    table = partly_known(guide, chance, 6)
    walks = [guide.walk(row) for row in table.to_dict("records")]
    for option in guide.options:
        found = [walk.standings[option.id].standing for walk in walks]
        table[option.id] = [str(standing) if standing else "not decided yet" for standing in found]
    audit = tree.audit(guide, table)
    assert not audit.wrong
    fits = [
        all(case[f] in ((a,) if isinstance(a, str) else a) for f, a in walk.answers.items())
        for case in guide.cases()
        for walk in walks
    ]
    spoken_of = sum(any(fits[at : at + len(walks)]) for at in range(0, len(fits), len(walks)))
    assert audit.patients_missing == len(guide.cases()) - spoken_of


def test_rows_of_several_values_may_contradict_others() -> None:
    guide = load(GUIDES[1])
    table = plain(guide.decision_table())
    alike = table[table["damage"].isin(["light", "heavy"])].index
    joined = table.copy()
    joined.loc[alike, "damage"] = "light or heavy"
    audit = tree.audit(guide, joined)
    # Each row is there twice now, and where the two differ in what is so, it is open.
    assert not audit.patients_missing
    assert len(audit.doubled) + len(audit.contradictory) == len(alike) // 2
    undecided = {cell.text_says for cell in audit.wrong}
    assert all(words.startswith("not decided yet (") for words in undecided)
