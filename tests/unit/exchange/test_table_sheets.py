"""Sheets as people write them, and what is refused of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import tree
from tree.exchange.cells import column_of
from tree.exchange.decision_table import HitPolicy
from tree.exchange.layouts import SheetReading, plain_table
from tree.loading.sheets import MOST_ROWS, Sheet, sheets_of

Rows = Sequence[Sequence[object]]


def workbook(*rows: Sequence[object], merge: str = "", name: str = "Tea") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["<18", "≥ 18"], ["less than 18", "18 or more"]),
        (["[18..25)", "(25..30]", "< 18"], ["18 or more and less than 25",
         "more than 25 and 30 or less", "less than 18"]),
        (["3 to 6", "7,5", ">6"], ["3 or more and 6 or less", "7.5",
         "more than 6"]),
        (["not 5", "not(<3)", "over 9"], ["not 5", "not less than 3",
         "more than 9"]),
        (["1", "2", "1, 2"], ["1", "2", "1 or 2"]),
        (["low; middle", "high\nvery high", "≠ low"], ["low or middle", "high or very high",
         "not low"]),
        (['"Medium","Low"', '"a, b"'], ["Medium or Low", "a, b"]),
        (["credible", "not credible"], ["credible", "not credible"]),
        (["low", "middle", "not low"], ["low", "middle", "not low"]),
        (["<18", "18+", "not measured"], ["less than 18", "18 or more", "not measured"]),
        (["TRUE", "false", "y", "-"], ["yes", "no", "yes", "None"]),
        (["", "\u2013", "any", "*"], ["None"] * 4),
        (["18 months", "two years"], ["18 months", "two years"]),
    ],
)  # fmt: skip
def test_cells_are_read_as_people_write_them(cells: list[str], read: list[str]) -> None:
    assert [str(test) for test in column_of(cells).tests] == read


@examples(300)
@given(st.lists(st.text(), max_size=5))
def test_any_cells_are_read(cells: list[str]) -> None:
    assert len(column_of(cells).tests) == len(cells)


def table(*rows: Sequence[str], **how: object) -> list[tuple[list[str], tuple[str, ...]]]:
    made = plain_table(Sheet("Tea", tuple(map(tuple, rows))), "tea.csv", SheetReading(**how))
    return [([str(test) for test in rule.tests], rule.results) for rule in made.rules]


def test_the_last_column_holds_results_where_the_head_says_nothing() -> None:
    assert table(("Cold?", "Dark?", "Drink"), ("yes", "-", "tea")) == [(["yes", "None"], ("tea",))]


@pytest.mark.parametrize(
    "head",
    [
        [("IF Cold", "THEN Drink", "THEN Place", "Notes")],
        [("Input: Cold", "Output: Drink", "Output: Place", "Comment")],
        [("Conditions", "Results", "", "Notes"), ("Cold", "Drink", "Place", "Notes")],
    ],
)
def test_the_head_parts_conditions_from_results(head: list[tuple[str, ...]]) -> None:
    assert table(*head, ("yes", "tea", "bed", "why")) == [(["yes"], ("tea", "bed"))]


def test_columns_of_results_can_be_named() -> None:
    rows = (("Drink", "Cold"), ("tea", "yes"))
    assert table(*rows, outputs=("drink",)) == [(["yes"], ("tea",))]
    with pytest.raises(tree.TreeError, match="no column 'Drnk': did you mean 'Drink'"):
        table(*rows, outputs=("Drnk",))


def test_an_empty_cell_means_any_answer_or_what_stands_above() -> None:
    rows = (("Cold", "Dark", "Drink"), ("yes", "yes", "tea"), ("", "no", "milk"))
    assert table(*rows)[1] == (["None", "no"], ("milk",))
    assert table(*rows, above=True)[1] == (["yes", "no"], ("milk",))


def test_merged_cells_hold_for_all_that_they_cover() -> None:
    data = workbook(("Cold", "Drink"), ("yes", "tea"), (None, "milk"), merge="A2:A3")
    [sheet] = sheets_of(data, "tea.xlsx")
    assert sheet.rows == (("Cold", "Drink"), ("yes", "tea"), ("yes", "milk"))
    assert sheet.merged == {(2, 0)}


def test_ssvc_names_columns_with_versions() -> None:
    names = ("row", "Use v1.0.0", "In List v1.0.0 (cisa)", "Wait, Act v1.0.1")
    made = plain_table(Sheet("s", (names, ("0", "not so", "no", "act"))), "s.csv")
    assert [input_.name for input_ in made.inputs] == ["Use", "In List"]
    assert [output.name for output in made.outputs] == ["Wait, Act"]
    assert made.rules[0].tests[0].values == ("not so",)


def test_a_letter_of_dmn_names_the_policy() -> None:
    made = plain_table(Sheet("s", (("P", "Cold", "Drink"), ("1", "yes", "tea"))), "s.csv")
    assert made.policy is HitPolicy.PRIORITY


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 210_000_000)
    return file.getvalue()


def with_entity() -> bytes:
    """A workbook whose sheet asks for a file outside of it."""
    source = zipfile.ZipFile(io.BytesIO(workbook(("Cold", "Drink"), ("yes", "tea"))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet'
                data = data.replace(b"<worksheet", entity, 1).replace(b"<v>0</v>", b"<v>&e;</v>")
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (bomb, "it unpacks to 210,000,000 bytes, more than 200,000,000"),
        (with_entity, "sheet1.xml has a DOCTYPE or defines entities"),
        (lambda: b"PK\x03\x04 and no more", "not readable as an Excel file"),
        (lambda: workbook(("Cold", "Drink"), ("=1+1", "tea")),
         "sheet 'Tea', cell A2: a formula without a stored value"),
        (lambda: workbook(*[("a", "b")] * (MOST_ROWS + 1)), "sheet 'Tea': more than 100,000 rows"),
    ],
)  # fmt: skip
def test_what_a_workbook_must_not_do_is_refused(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(tree.TreeError, match=f"^tea.xlsx.*{message}"):
        [sheet.checked() for sheet in sheets_of(make(), "tea.xlsx")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Cold;Drink\nyes;tea\xe9".encode("latin-1"), "t.csv:2:1: not UTF-8: byte 0xE9"),
        (b'"Cold', "t.csv:1:1: not readable as CSV"),
        (b"a\n" * (MOST_ROWS + 1), "more than 100,000 rows"),
        (b"", "nothing is written here"),
        (b"Drink\ntea", "no column of conditions"),
        (b"Cold,cold,Drink\n1,2,3", "two columns are called 'cold': A and B"),
    ],
)
def test_what_is_wrong_in_a_file_of_text_has_its_place(data: bytes, message: str) -> None:
    with pytest.raises(tree.TreeError, match=message):
        [plain_table(sheet, "t.csv") for sheet in sheets_of(data, "t.csv")]


@examples(200)
@given(st.binary(max_size=300), st.sampled_from([".csv", ".xlsx", ".ods"]))
def test_any_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    try:
        sheets = sheets_of(data, f"t{ending}")
    except tree.TreeError:
        return
    assert all(len(row) == len(sheets[0].rows[0]) for row in sheets[0].rows)


def test_the_file_is_named_in_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "tea.csv"
    file.write_text("Cold,Drink\nyes,tea\nYES,milk\n", encoding="utf-8")
    with pytest.raises(
        tree.TreeError, match="Row 2 and Row 3 both hold where Cold is yes"
    ) as raised:
        tree.convert(file, tmp_path / "guide")
    assert str(raised.value).startswith(str(file))
    assert not (tmp_path / "guide").exists()
