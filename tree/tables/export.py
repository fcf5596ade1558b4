"""Tables → CSV and Excel, so that no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pandas as pd

from ..loading.files import write
from ..model.errors import AnswerError
from ..model.formula_safety import harmless
from ..model.missing import require

ENDINGS = (".csv", ".xlsx")
WIDEST = 60  # letters that a column of a sheet is wide
# What Excel's format cannot hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def save(
    table: pd.DataFrame, path: str | os.PathLike[str], *, caption: str = "", force: bool = False
) -> None:
    """Write a table as CSV or Excel, as the ending of the file says, whole or not at all.

    A cell that a spreadsheet could take for a formula begins with an apostrophe in CSV; in
    Excel it is text. Excel needs the package openpyxl: MissingPackage says how to have it. Raises
    FileExistsError where there is a file already, unless `force` is given.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise AnswerError([f"{target}: unknown ending '{ending}': allowed: {', '.join(ENDINGS)}"])
    data = _csv(table) if ending == ".csv" else _excel(table, caption)
    write(target, data, force=force)


def _csv(table: pd.DataFrame) -> bytes:
    safe = _plain(table).map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
    safe.columns = pd.Index([harmless(str(name)) for name in safe.columns])
    # With the byte order mark, without which Excel takes it for something else.
    return bytes(safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))


def _excel(table: pd.DataFrame, caption: str) -> bytes:
    require("openpyxl", "Writing Excel files", "excel")
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    plain = _plain(table)
    rows = [list(plain.columns), *plain.itertuples(index=False, name=None)]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = CONTROL.sub("", value)
                # Text stays text, whatever it begins with.
                cell.data_type = "s"
            elif value is not None and value == value:
                cell.value = value
            cell.alignment = Alignment(wrap_text=number > 1, vertical="top")
            cell.font = Font(bold=number == 1)
    for column in range(1, len(plain.columns) + 1):
        longest = max(len(str(row[column - 1])) for row in rows[:1000])
        sheet.column_dimensions[get_column_letter(column)].width = min(longest, WIDEST) + 2
    sheet.freeze_panes = "A2"
    book.properties.title = caption
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its index as a column where that has a name, and nothing for missing."""
    named = any(name is not None for name in table.index.names)
    plain = (table.reset_index() if named else table).astype(object)
    return plain.where(plain.notna(), None)
