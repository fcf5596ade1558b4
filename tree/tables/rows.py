"""A decision table made elsewhere, in a frame or a file → its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from ..loading.sheets import ENDINGS, sheets_of
from ..model.errors import AnswerError, Problem, TreeError

NumberedRows = list[tuple[object, Sequence[object]]]


def rows_of_frame(table: pd.DataFrame) -> Iterator[tuple[object, Sequence[object]]]:
    """The rows, each with its label."""
    rows = table.astype(object).itertuples(index=False, name=None)
    yield from zip(table.index.tolist(), rows, strict=True)


def rows_of_file(path: Path) -> tuple[list[str], NumberedRows]:
    """The first row of a .csv or .xlsx file, and the others with their numbers."""
    if path.suffix.lower() not in ENDINGS:
        ending = path.suffix.lower()
        raise AnswerError([f"{path}: unknown ending '{ending}': allowed: {', '.join(ENDINGS)}"])
    sheet = sheets_of(path.read_bytes(), str(path))[0].checked()
    filled = [(at, row) for at, row in enumerate(sheet.rows, 1) if any(row)]
    if not filled:
        raise TreeError([Problem(str(path), 1, 1, "nothing is written here")])
    (_, head), *rest = filled
    width = max(at for at, name in enumerate(head, 1) if name)
    for at, row in rest:
        if any(row[width:]):
            cells = max(place for place, cell in enumerate(row, 1) if cell)
            message = f"{cells} cells in this row, and {width} in the first"
            raise TreeError([Problem(str(path), at, width + 1, message)])
    return list(head[:width]), [(at, row[:width]) for at, row in rest]
