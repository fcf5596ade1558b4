"""Spreadsheets as grids of words: .csv and .xlsx, with what merged cells cover filled in.

What a file may do to a program is bounded before it is opened: its size, how much it unpacks to,
and the number of its rows.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ..model.errors import Problem, TreeError, allowed
from ..model.formula_safety import plain
from ..model.missing import require

ENDINGS = (".csv", ".xlsx")
MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 500


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, and the words of its cells, row by row; every row is as long.

    `merged`: the cells, by row and column, whose words stand in a cell that they are merged with.
    `problems`: cells that have no words, as they hold a formula or an error.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: frozenset[tuple[int, int]] = frozenset()
    problems: tuple[Problem, ...] = ()

    def checked(self) -> Sheet:
        """Itself. Raises TreeError where cells have no words."""
        if self.problems:
            raise TreeError(self.problems)
        return self


def sheets_of(data: bytes, file: str) -> list[Sheet]:
    """The sheets of a file. `file`: its name, which says its kind.

    Raises TreeError where it cannot be read.
    """
    ending = Path(file).suffix.lower()
    if ending not in ENDINGS:
        _refuse(file, f"unknown ending {ending!r}: {allowed(ending, ENDINGS)}")
    if len(data) > MOST_BYTES:
        _refuse(file, f"{len(data):,} bytes, more than {MOST_BYTES:,}")
    return [_csv(data, file)] if ending == ".csv" else _xlsx(data, file)


def _refuse(file: str, message: str, line: int = 0, column: int = 0) -> NoReturn:
    raise TreeError([Problem(file, line, column, message)])


def column_name(place: int) -> str:
    """The letters of a column, by its place from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _csv(data: bytes, file: str) -> Sheet:
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _refuse(file, f"not UTF-8: byte 0x{data[error.start]:02X}; save it as CSV UTF-8", line, 1)
    head = content.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(content), delimiter=max(",;\t", key=head.count), strict=True)
    rows = []
    try:
        for row in reader:
            rows.append([plain(cell.strip()) for cell in row])
            _bounded(file, "", len(rows), len(row))
    except csv.Error as error:
        _refuse(file, f"not readable as CSV: {error}", reader.line_num, 1)
    return Sheet(Path(file).stem, _even(rows))


def _bounded(file: str, sheet: str, rows: int, columns: int) -> None:
    where = f"sheet {sheet!r}: " if sheet else ""
    if rows > MOST_ROWS:
        _refuse(file, f"{where}more than {MOST_ROWS:,} rows; take the table in parts")
    if columns > MOST_COLUMNS:
        _refuse(file, f"{where}more than {MOST_COLUMNS:,} columns")


def _even(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows of the same length, without the empty ones at the end."""
    made = [list(row) for row in rows]
    while made and not any(made[-1]):
        made.pop()
    width = max(map(len, made), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in made)


def _xlsx(data: bytes, file: str) -> list[Sheet]:
    require("openpyxl", "Reading Excel files", "excel")
    import openpyxl

    _check_zip(data, file)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
        formulas = any(cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet))
        stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True) if formulas else book
    except TreeError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parts raise
        _refuse(file, f"not readable as an Excel file: {error or type(error).__name__}", 1, 1)
    if not book.worksheets:
        _refuse(file, "not readable as an Excel file: it has no sheet", 1, 1)
    pairs = zip(book.worksheets, stored.worksheets, strict=True)
    return [_sheet(sheet, values, file) for sheet, values in pairs]


def _check_zip(data: bytes, file: str) -> None:
    """Refuse what would unpack to far more than it is, itself or as XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
            if unpacked > MOST_UNPACKED:
                _refuse(file, f"it unpacks to {unpacked:,} bytes, more than {MOST_UNPACKED:,}")
            for name in archive.namelist():
                # Excel writes neither; openpyxl alone would read them, unless defusedxml is there.
                part = archive.read(name) if name.endswith((".xml", ".rels")) else b""
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                    _refuse(file, f"{name} has a DOCTYPE or defines entities; save it anew")
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError) as error:
        _refuse(file, f"not readable as an Excel file: {error}", 1, 1)


def _cells(sheet: Any) -> Iterator[Any]:
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def _sheet(sheet: Any, values: Any, file: str) -> Sheet:
    problems = []
    found: dict[tuple[int, int], str] = {}
    for cell in _cells(sheet):
        value = values[cell.coordinate].value if cell.data_type == "f" else cell.value
        place = f"sheet {sheet.title!r}, cell {cell.coordinate}"
        if value is None:
            message = f"{place}: a formula without a stored value; put its value in its place"
            problems.append(Problem(file, 0, 0, message))
        elif cell.data_type == "e" or (isinstance(value, str) and value.startswith("#REF")):
            problems.append(Problem(file, 0, 0, f"{place}: the error {value}"))
        found[cell.row - 1, cell.column - 1] = _words(value)
    merged = {}
    for area in sheet.merged_cells.ranges:
        top = found.get((area.min_row - 1, area.min_col - 1), "")
        for row in range(area.min_row - 1, area.max_row):
            for column in range(area.min_col - 1, area.max_col):
                if (row, column) != (area.min_row - 1, area.min_col - 1):
                    merged[row, column] = top
    every = found | merged
    width = 1 + max((column for _, column in every), default=-1)
    _bounded(file, sheet.title, 1 + max((row for row, _ in every), default=-1), width)
    height = 1 + max((row for row, _ in every), default=-1)
    rows = ([every.get((row, column), "") for column in range(width)] for row in range(height))
    return Sheet(sheet.title, _even(rows), frozenset(merged), tuple(problems))


def _words(value: object) -> str:
    """What a cell holds, as words.

    >>> _words(5.0), _words(True), _words(datetime.date(2026, 1, 2)), _words(" tea ")
    ('5', 'true', '2026-01-02', 'tea')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return plain(str(value if value is not None else "").strip())
