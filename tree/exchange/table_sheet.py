"""Decision tables → a sheet, in the layout that `layouts` reads: .csv and .xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ..guide import Guide
from ..model.answers import Band
from ..model.errors import AnswerError
from ..model.formula_safety import harmless
from ..model.missing import require
from .decision_table import DecisionTable, HitPolicy, Input, Test
from .tree_tables import for_everyone, tables_of

_LETTERS = {
    HitPolicy.UNIQUE: "U",
    HitPolicy.ANY: "A",
    HitPolicy.FIRST: "F",
    HitPolicy.PRIORITY: "P",
    HitPolicy.EVERY: "C",
}
NOTES = "Notes"


def write_csv(guide: Guide) -> tuple[bytes, tuple[str, ...]]:
    """The table of a guide that has one tree, and what the table does not say.

    Raises AnswerError for a guide of several trees.
    """
    tables = tables_of(guide)
    if len(tables) != 1:
        message = f"a .csv file has room for one table, and the guide has {len(tables)} trees"
        raise AnswerError([f"{message}; write .xlsx"])
    file = io.StringIO()
    csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows_of(tables[0]))
    return file.getvalue().encode("utf-8-sig"), _lost(guide)


def write_xlsx(guide: Guide) -> tuple[bytes, tuple[str, ...]]:
    """The tables of a guide, one sheet for each tree, and what they do not say."""
    require("openpyxl", "Writing Excel files", "excel")
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables_of(guide):
        sheet = book.create_sheet(_sheet_name(table.title, book.sheetnames))
        for row in rows_of(table):
            sheet.append([harmless(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), _lost(guide)


def _lost(guide: Guide) -> tuple[str, ...]:
    constant = for_everyone(guide).items()
    return tuple(f"for everyone: {name}: {standing}" for name, standing in constant)


def rows_of(table: DecisionTable) -> list[list[str]]:
    """A table row by row; above its rules the letter of its policy, and its columns.

    >>> from .decision_table import Output, Rule
    >>> band = Band(18, low_inside=True)
    >>> rule = Rule("Row 2", (Test(bands=(band,)),), ("yes",), ("Because.",))
    >>> asked = (Input("Age", unit="years"),)
    >>> rows_of(DecisionTable("Loans", asked, (Output("Loan"),), (rule,)))
    [['U', 'IF Age [years]', 'THEN Loan', 'Notes'], ['1', '>= 18', 'yes', 'Because.']]
    """
    head = [_LETTERS[table.policy], *(f"IF {_named(each)}" for each in table.inputs)]
    rows = [[*head, *(f"THEN {output.name}" for output in table.outputs), NOTES]]
    for number, rule in enumerate(table.rules, 1):
        cells = [cell(test) for test in rule.tests]
        rows.append([str(number), *cells, *rule.results, "\n".join(rule.notes)])
    return rows


def _named(input_: Input) -> str:
    return f"{input_.name} [{input_.unit}]" if input_.unit else input_.name


def cell(test: Test | None) -> str:
    """A test as `cells` reads it.

    >>> cell(Test(("low", "very low"))), cell(Test(("a, b",), negated=True)), cell(None)
    ('low, very low', 'not("a, b")', '-')
    """
    if test is None:
        return "-"
    parts = [*map(_word, test.values), *map(_limits, test.bands)]
    return f"not({', '.join(parts)})" if test.negated else ", ".join(parts)


def _word(value: str) -> str:
    """A value, in quotation marks where it could be read as something else."""
    plain = value.replace(" ", "").isalpha() and not value.lower().startswith(("not ", "any"))
    return value if plain else '"' + value.replace('"', "'") + '"'


def _limits(band: Band) -> str:
    low, high = (None if n is None else f"{n:.12g}" for n in (band.low, band.high))
    if low is not None and high is not None:
        opening, closing = "[" if band.low_inside else "(", "]" if band.high_inside else ")"
        return f"{opening}{low}..{high}{closing}"
    if low is not None:
        return f"{'>=' if band.low_inside else '>'} {low}"
    return f"{'<=' if band.high_inside else '<'} {high}"


def _sheet_name(title: str, taken: Sequence[str]) -> str:
    """A name that a spreadsheet takes: 31 letters at most, and some not."""
    plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")[:28]
    plain = plain or "Table"
    names = [plain, *(f"{plain} {number}" for number in range(2, len(taken) + 3))]
    used = {name.lower() for name in taken}
    return next(name for name in names if name.lower() not in used)
