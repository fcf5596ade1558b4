"""Files of strangers that attack, break off or contradict themselves: `convert` and `audit` say
where, and nothing is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from command_line import run
from places import ROOT

import tree

HEAD = ("Cold", "Drink")
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet'


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(*changes: tuple[bytes, bytes], **added: bytes) -> bytes:
    """A workbook of which some bytes are others, and which has more files."""
    source = zipfile.ZipFile(io.BytesIO(workbook(Tea=[HEAD, ("yes", "tea")])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            for old, new in changes:
                data = data.replace(old, new)
            archive.writestr(name, data)
        for name, data in added.items():
            archive.writestr(name, data)
    return file.getvalue()


def merged() -> bytes:
    """A head of two columns that are one cell: their names are the same."""
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(Tea=[("Cold", "", "Drink"), ("yes", "no", "tea")]))
    )
    book["Tea"].merge_cells("A1:B1")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


DRINKS = [HEAD, ("yes", "tea"), ("YES", "milk")]
PLANTS = [("Dry", "Do"), ("yes", "water"), ("no", "wait")]
# The file, and what stands behind its name.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (
        lambda: changed(**{"xl/media/x.bin": b"0" * 210_000_000}),
        ": it unpacks to 210,",
    ),
    "laughs.xlsx": (
        lambda: changed((b"<worksheet", LAUGHS), (b"<v>0</v>", b"<v>&b;</v>")),
        ": xl/worksheets/sheet1.xml has a DOCTYPE or defines entities",
    ),
    "outside.xlsx": (
        lambda: changed((b"<worksheet", OUTSIDE), (b"<v>0</v>", b"<v>&a;</v>")),
        ": xl/worksheets/sheet1.xml has a DOCTYPE or defines entities",
    ),
    "upwards.xlsx": (
        lambda: changed((b"/xl/worksheets/sheet1.xml", b"../../../../etc/hostname")),
        ":1:1: not readable as an Excel file: it has no sheet",
    ),
    "formula.xlsx": (
        lambda: workbook(Tea=[HEAD, ("yes", "tea"), ("=1+1", "milk")]),
        ": sheet 'Tea', cell A3: a formula without a stored value",
    ),
    "error.xlsx": (
        lambda: workbook(Tea=[HEAD, ("#REF!", "tea")]),
        ": sheet 'Tea', cell A2: the error #REF!",
    ),
    "merged.xlsx": (merged, ":1:2: two columns are called 'Cold': A and B"),
    "long.csv": (lambda: b"Cold,Drink\n" + b"yes,tea\n" * 100_000, ": more than 100,000 rows"),
    "long.xlsx": (
        lambda: workbook(Tea=[("a", "b")] * 100_001),
        ": sheet 'Tea': more than 100,000 rows",
    ),
    "rules.csv": (
        lambda: b"Age,Drink\n" + b"".join(b"%d,tea\n" % n for n in range(5_001)),
        ": 5,001 rules, more than 5,000",
    ),
    "policy.csv": (lambda: b"C+,Cold,Drink\n1,yes,2\n2,-,3\n", ":1:1: the hit policy 'C+'"),
    "letter.csv": (lambda: b"\nX,Cold,Drink\n1,yes,2\n2,-,3\n", ":2:1: the hit policy 'X'"),
    "contradictory.csv": (
        lambda: b"Cold,Drink\nyes,tea\nno,water\nYES,milk\n",
        ":4:1: Row 2 and Row 4 both hold where Cold is yes, and conclude different things",
    ),
    "contradictory.xlsx": (
        lambda: workbook(Drinks=DRINKS, Plants=PLANTS),
        ":3:1: Drinks, Row 2 and Drinks, Row 3 both hold where Cold is yes",
    ),
    "bomb.dmn": (
        lambda: (ROOT / "tests/bad_dmn/entity_bomb.dmn").read_bytes(),
        ":2:23: the file has a DOCTYPE",
    ),
    "outside.dmn": (
        lambda: (ROOT / "tests/bad_dmn/external_entity.dmn").read_bytes(),
        ":2:50: the file has a DOCTYPE",
    ),
    "policy.dmn": (
        lambda: (ROOT / "tests/bad_dmn/hit_policy.dmn").read_bytes(),
        ":3:5: the decision 'Drink' (d_1): unknown hit policy 'FRIST'",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_the_place_is_said_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    make, message = FILES[name]
    file = tmp_path / name
    file.write_bytes(make())
    made = run("convert", name, "-o", "guide", cwd=tmp_path)
    assert made.returncode == 1
    assert made.stderr.decode().startswith(name + message), made.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == [name]


# What contradicts itself, or has many rules, is compared with the text all the same: each row by
# itself. The large workbook takes seconds to make and to read.
ROW_BY_ROW = ("contradictory", "rules", "long.xlsx")
AUDITED = [name for name in FILES if not name.startswith(ROW_BY_ROW)]


@pytest.mark.parametrize("name", AUDITED)
def test_it_is_no_table_to_compare_a_text_with(name: str, tmp_path: Path) -> None:
    make, message = FILES[name]
    file = tmp_path / name
    file.write_bytes(make())
    with pytest.raises(tree.TreeError) as raised:
        tree.audit(tree.load("metastatic_liver_cancer"), file)
    assert str(raised.value).startswith(str(file) + message)
