"""A decision table made elsewhere, in a frame or a file → its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ..model.errors import AnswerError, Problem, TreeError
from ..model.formula_safety import plain

NumberedRows = list[tuple[object, Sequence[object]]]


def rows_of_frame(table: pd.DataFrame) -> Iterator[tuple[object, Sequence[object]]]:
    """The rows, each with its label."""
    rows = table.astype(object).itertuples(index=False, name=None)
    yield from zip(table.index.tolist(), rows, strict=True)


def rows_of_file(path: Path) -> tuple[list[str], NumberedRows]:
    """The first row, and the others with their numbers."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise AnswerError([f"{path}: unknown ending '{ending}': allowed: .csv, .xlsx"])
    rows = list(_csv(path) if ending == ".csv" else _xlsx(path))
    filled = [
        (at, row) for at, row in rows if any(str(cell).strip() for cell in row if cell is not None)
    ]
    if not filled:
        raise TreeError([Problem(str(path), 1, 1, "nothing is written here")])
    (_, head), *rest = filled
    names = ["" if name is None else str(name).strip() for name in head]
    for at, row in rest:
        if any(cell not in (None, "") for cell in row[len(names) :]):
            message = f"{len(row)} cells in this row, and {len(names)} in the first"
            raise TreeError([Problem(str(path), at, len(names) + 1, message)])
    return names, [
        (at, [*row[: len(names)], *[None] * (len(names) - len(row))]) for at, row in rest
    ]


def _csv(path: Path) -> Iterator[tuple[int, list[Any]]]:
    data = path.read_bytes()
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte 0x{data[error.start]:02X}; save it as CSV UTF-8"
        raise TreeError([Problem(str(path), line, 1, message)]) from None
    head = content.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(content), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        for number, row in enumerate(reader, 1):
            yield number, [plain(cell.strip()) for cell in row]
    except csv.Error as error:
        raise TreeError(
            [Problem(str(path), reader.line_num, 1, f"not readable as CSV: {error}")]
        ) from None


def _xlsx(path: Path) -> Iterator[tuple[int, list[Any]]]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        message = "an Excel file needs the package openpyxl: python -m pip install openpyxl"
        raise AnswerError([f"{message}; or save it as .csv"]) from None
    with path.open("rb") as file:
        try:
            sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        except Exception as error:  # openpyxl lets through whatever its parts raise
            message = f"not readable as an Excel file: {error or type(error).__name__}"
            raise TreeError([Problem(str(path), 1, 1, message)]) from None
    yield from enumerate(rows, 1)
