"""A decision table made elsewhere, compared cell by cell with what the text says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ..logic.case_counts import count_cases
from ..logic.decisions import decisions
from ..logic.trees import of_everyone, trees_of
from ..logic.walk import OptionStanding, Walk
from ..model.answers import missing, written
from ..model.errors import AnswerError, allowed, shown
from ..model.letters import alike
from ..model.parts import Factor, OneOrSeveral, Option, Reading, Standing, Statement, Subject
from ..model.standing import PATIENT
from ..model.text import counted, folded
from .audit_rows import EXAMPLES, AuditRow, RowsTogether, together
from .firmness_columns import all_columns
from .guide_patterns import OPEN
from .guide_tables import ANY, Table, any_of, captioned, tree_column
from .rows import NumberedRows, rows_of_file, rows_of_frame

if TYPE_CHECKING:
    from ..guide import Guide

COLUMNS = ("row", "column", "says", "text says", "sentence", "passage")
# Columns that our own tables have beside these.
KNOWN = {
    "case",
    "patient",
    "path",
    "number",
    "tree",
    "outcome",
    "possible",
    "questions",
    "cases",
    "patients",
}
MOST_ROWS = 100_000
NOTHING = "(nothing)"


@dataclass(frozen=True)
class Cell:
    """A cell that does not say what the text says. `row` as the table numbers it."""

    row: object
    column: str
    says: str
    text_says: str
    sentence: str = ""
    passage: str = ""

    @property
    def line(self) -> str:
        """It in words."""
        because = f': "{self.sentence}" ({self.passage})' if self.sentence else ""
        cell = f"row {self.row}, {self.column}: says {self.says}"
        return f"{cell}; the text says {self.text_says}{because}"


@dataclass(frozen=True)
class AuditReport:
    """What is wrong with a decision table. Prints in words; `cells` is a pandas table.

    `missing`: patients of whom no row speaks, at most five of `patients_missing`; `doubled`
    and `contradictory`: pairs of rows; `notes`: columns that are missing or not understood,
    and what could not be checked.
    """

    rows: int
    wrong: tuple[Cell, ...]
    missing: tuple[Mapping[str, str], ...] = ()
    patients_missing: int = 0
    doubled: tuple[tuple[object, object], ...] = ()
    contradictory: tuple[tuple[object, object], ...] = ()
    notes: tuple[str, ...] = ()
    title: str = field(default="", repr=False)
    subject: Subject = field(default=PATIENT, repr=False)

    @property
    def ok(self) -> bool:
        """Whether every patient has a row, and every cell says what the text says."""
        return not (
            self.wrong or self.patients_missing or self.doubled or self.contradictory or self.notes
        )

    @property
    def cells(self) -> Table:
        """The cells that disagree, each with what the text says, and the sentence."""
        rows = [(c.row, c.column, c.says, c.text_says, c.sentence, c.passage) for c in self.wrong]
        table = pd.DataFrame(rows, columns=list(COLUMNS))
        table = table.astype(dict.fromkeys(COLUMNS[1:], "str"))
        return captioned(table, f"The cells that do not say what the text says. {self.title}")

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        return folded(self.lines())

    def __repr__(self) -> str:
        return f"<audit of {self.rows} rows: {'ok' if self.ok else self._count(len(self.wrong))}>"

    @staticmethod
    def _count(cells: int) -> str:
        return f"{counted(cells, 'cell')} disagree{'s' * (cells == 1)}"

    def lines(self) -> Iterator[str]:
        """The audit in words, line by line; `str` folds the long ones."""
        if self.ok:
            yield f"ok: {self.rows} rows say of every {self.subject.singular} what the text says"
            return
        yield f"{self.rows} rows; {self._count(len(self.wrong))} with the text"
        yield from self.notes
        yield from (cell.line for cell in self.wrong)
        for first, second in self.contradictory:
            same = f"the same {self.subject.singular} and contradict each other"
            yield f"rows {first} and {second} speak of {same}"
        for first, second in self.doubled:
            yield f"rows {first} and {second} are the same"
        if self.patients_missing:
            yield f"no row speaks of {self.subject.counted(self.patients_missing)}, such as:"
        for patient in self.missing:
            yield "  " + ", ".join(f"{factor}={value}" for factor, value in patient.items())


def audit(guide: Guide, table: pd.DataFrame | str | os.PathLike[str]) -> AuditReport:
    """Compare a decision table with what the text says.

    `table`: a pandas table, or the path of a .csv or .xlsx file. Its columns are factors and
    options, by id, question or name; its rows stand in any order and may say "any" for an
    answer that does not matter. In a file, rows are numbered as a spreadsheet numbers them.

    Raises TreeError for a file that is no such table, AnswerError for a table without options.
    """
    if isinstance(table, pd.DataFrame):
        read = list(rows_of_frame(table))
        names = [str(name) for name in table.columns]
    else:
        names, read = rows_of_file(Path(table))
    if len(read) > MOST_ROWS:
        raise AnswerError([f"{len(read)} rows, more than {MOST_ROWS}; take the table in parts"])
    return _Auditor(guide, names).audit(read)


def audit_of_rows(guide: Guide, rows: Mapping[str, Mapping[str, object]]) -> AuditReport:
    """The same of rows by their names, each with its cells by column."""
    return audit(guide, pd.DataFrame.from_dict(dict(rows), orient="index"))


class _Auditor:
    def __init__(self, reading: Reading, names: Sequence[str]) -> None:
        self.reading, self.names = reading, names
        self.asked = {factor for tree in trees_of(reading) for factor in tree.factors}
        self.entries: list[Factor | Option] = [*self.reading.factors, *self.reading.options]
        self.cells: list[Cell] = []
        self.notes: list[str] = []
        self.answers: dict[tuple[str, str], OneOrSeveral | None] = {}
        labels = {reading.label(standing).casefold(): str(standing) for standing in Standing}
        self.standings = _STANDINGS | labels
        self.walks: dict[tuple[OneOrSeveral | None, ...], Walk] = {}
        self.trees = {tree.name: tree for tree in trees_of(reading)}
        self.everyone = {option.id for option, _ in of_everyone(reading)}
        named = tree_column(reading)
        several = len(self.trees) > 1 and named in self.names
        self.tree_column = self.names.index(named) if several else None
        self.column = self.understood()
        self.options = [o for o in self.reading.options if o.id in self.column]
        if not self.options:
            known = ", ".join(option.id for option in self.reading.options)
            raise AnswerError([f"no column is an option; the options are {known}"])

    def understood(self) -> dict[str, int]:
        """Which column is which factor or option; what is not understood is noted."""
        meant: dict[str, str] = {}
        for entry in self.entries:
            for name in (entry.id, *_names(entry)):
                meant.setdefault(_bare(name), entry.id)
        meant |= {_bare(e.id): e.id for e in self.entries}
        firm = all_columns(self.reading)
        column: dict[str, int] = {}
        for number, name in enumerate(self.names):
            id = meant.get(_bare(name))
            if id is None:
                if name and name.lower() not in KNOWN and name not in firm:
                    what = allowed(name, [*dict.fromkeys(meant.values())])
                    self.notes.append(f"unknown column {shown(name)}: {what}")
            elif id in column:
                self.notes.append(f"the column {shown(name)} appears twice; the first is read")
            else:
                column[id] = number
        for entry in self.entries:
            needed = isinstance(entry, Option) or entry.id in self.asked
            if entry.id not in column and needed:
                kind = "option" if isinstance(entry, Option) else "factor"
                self.notes.append(f"no column for the {kind} {shown(entry.id)}")
        return column

    def audit(self, read: NumberedRows) -> AuditReport:
        rows = [row for label, cells in read if (row := self.row(label, cells))]
        for row in rows:
            self.compare(row)
        every = [*self.together(rows)]
        if not all(found.checked for found in every):
            of = self.reading.subject.counted(count_cases(self.reading))
            self.notes.append(f"whether rows are missing was not checked: {of}")
        return AuditReport(
            rows=len(read),
            wrong=tuple(self.cells),
            missing=tuple([one for found in every for one in found.missing][:EXAMPLES]),
            patients_missing=sum(found.patients_missing for found in every),
            doubled=tuple(pair for found in every for pair in found.doubled),
            contradictory=tuple(pair for found in every for pair in found.contradictory),
            notes=tuple(self.notes),
            title=self.reading.title,
            subject=self.reading.subject,
        )

    def together(self, rows: Sequence[AuditRow]) -> Iterator[RowsTogether]:
        """What concerns all rows together, or those of each tree."""
        if self.tree_column is None:
            yield together(self.reading, rows)
            return
        for name, tree in self.trees.items():
            own = [row for row in rows if row.tree == name]
            yield together(self.reading, own, tree.factors)

    def row(self, label: object, cells: Sequence[object]) -> AuditRow | None:
        """What a row says, or None where an answer fits no value."""
        values: list[OneOrSeveral | None] = []
        fits = True
        for factor in self.reading.factors:
            cell = cells[self.column[factor.id]] if factor.id in self.column else None
            answer = self.answer(factor, cell)
            if answer is None and not _may_be_any(factor, cell):
                choices = f"one of {', '.join((*factor.values, any_of(factor)))}"
                text_says = f"nothing of this; {choices}"
                self.cells.append(Cell(label, factor.id, _shown(cell), text_says))
                fits = False
            values.append(answer)
        name = "" if self.tree_column is None else _shown(cells[self.tree_column])
        if self.tree_column is not None and name not in self.trees:
            unknown = f"no tree is called so; {allowed(name, self.trees)}"
            self.cells.append(Cell(label, self.names[self.tree_column], name, unknown))
            fits = False
        says = {o.id: self.standing(cells[self.column[o.id]]) for o in self.options}
        if name in self.trees:
            # The row of a tree leaves the options of others empty.
            own = self.everyone | {option.id for option in self.trees[name].options}
            says = {id: word for id, word in says.items() if word or id in own}
        return AuditRow(label, tuple(values), says, name) if fits else None

    def answer(self, factor: Factor, cell: object) -> OneOrSeveral | None:
        """What a cell answers. The same words come again in very many rows."""
        if not isinstance(cell, str):
            return factor.answer(cell)
        key = factor.id, cell
        if key not in self.answers:
            self.answers[key] = factor.answer(cell)
        return self.answers[key]

    def standing(self, cell: object) -> str:
        """What a cell says of an option, in our words where it is one of them."""
        word = "" if missing(cell) else " ".join(written(cell).split())
        return self.standings.get(word.casefold(), word)

    def walk(self, row: AuditRow) -> Walk:
        if row.values not in self.walks:
            ids = [factor.id for factor in self.reading.factors]
            pairs = zip(ids, row.values, strict=True)
            known = {id: value for id, value in pairs if value is not None}
            self.walks[row.values] = Walk(self.reading, known)
        return self.walks[row.values]

    def compare(self, row: AuditRow) -> None:
        walk = self.walk(row)
        for option in self.options:
            if option.id not in row.says:
                continue
            found = walk.standing_of(option.id)
            right = str(found.standing) if found.standing else OPEN
            if row.says[option.id] == right:
                continue
            said = row.says[option.id] or NOTHING
            text_says = right
            if found.standing is None:
                text_says = f"{right} ({' or '.join(map(str, found.possible))})"
            quotes = [q for s in _because(walk, option, found) for q in s.quotes]
            sentence = " … ".join(dict.fromkeys(quote.line for quote in quotes))
            passages = ", ".join(dict.fromkeys(quote.passage for quote in quotes))
            self.cells.append(Cell(row.label, option.id, said, text_says, sentence, passages))


def _may_be_any(factor: Factor, cell: object) -> bool:
    """Whether a cell that is no value says that any will do. A value may be called so itself."""
    of_no_matter = isinstance(cell, str) and alike(cell) in (ANY, f"({ANY})", "-")
    return of_no_matter or factor.is_unknown(cell)


def _names(entry: Factor | Option) -> tuple[str, ...]:
    return (entry.question,) if isinstance(entry, Factor) else (entry.name, *entry.synonyms)


def _bare(name: str) -> str:
    return alike(name.replace("_", " ")).rstrip("?")


_STANDINGS = {
    **{str(standing): str(standing) for standing in Standing},
    # Also as page and picture of earlier versions say it.
    "the text is silent": str(Standing.SILENT),
    "first": str(Standing.PREFERRED),
    OPEN: OPEN,
}


def _because(walk: Walk, option: Option, found: OptionStanding) -> Sequence[Statement]:
    if found.standing:
        return found.because
    about, speaks = walk.reading.on_option[option.id], decisions(walk.reading).speaks
    return [s for _, s in about if speaks(s, option.id, walk.answers) is not False]


def _shown(cell: object) -> str:
    return NOTHING if missing(cell) else str(cell)
