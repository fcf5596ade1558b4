"""A decision table of any layout, compared row by row with what the text says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..guide import Guide
from ..loading.sheets import ENDINGS, sheets_of
from ..model.errors import AnswerError, allowed, shown
from ..model.letters import alike
from ..model.parts import Factor, Option, Standing
from ..model.ranges import common, inside
from ..tables import audit as tables_audit
from .convert import READ, read_tables
from .decision_table import DecisionTable, Rule, Test, titled

if TYPE_CHECKING:
    import pandas as pd

NAMED = (Standing.PREFERRED, Standing.OFFERED)


def audit(guide: Guide, table: pd.DataFrame | str | os.PathLike[str]) -> tables_audit.AuditReport:
    """Compare a decision table with what the text says.

    `table`: a pandas table; or the path of a file that `convert` reads: .csv, .xlsx, SSVC's .json
    and more. Its columns of questions are factors, by id, question or name. Its results are
    standings, in a column for each option, or the option itself that is named, in one column. Rows
    stand in any order and may say "any" for an answer that does not matter; in a file they are
    numbered as a spreadsheet numbers them.

    Raises TreeError for a file that is no such table, AnswerError for a table without options.

    >>> from tree import load
    >>> liver = load("metastatic_liver_cancer")
    >>> audit(liver, liver.decision_table()).ok
    True
    """
    if not isinstance(table, str | os.PathLike) or _names_options(guide, Path(table)):
        return tables_audit.audit(guide, table)
    rows: dict[str, dict[str, object]] = {}
    for each in titled(read_tables(Path(table))):
        for place, row in _rows(guide, each):
            # One row of a sheet may make several rules, as it does where it says OR.
            same = sum(name == place or name.startswith(f"{place} (") for name in rows)
            rows[f"{place} ({same + 1})" if same else place] = row
    return tables_audit.audit_of_rows(guide, rows)


def _names_options(guide: Guide, path: Path) -> bool:
    """Whether a sheet has the columns that our own tables have: one for each option."""
    if path.suffix.lower() not in ENDINGS or not path.is_file():
        return path.suffix.lower() not in READ or not path.is_file()
    sheet = sheets_of(path.read_bytes(), str(path))[0]
    head = next((row for row in sheet.rows if any(row)), ())
    return bool({alike(cell) for cell in head} & {*map(alike, _by_name(guide.options))})


def _by_name(entries: tuple[Option, ...] | tuple[Factor, ...]) -> dict[str, str]:
    """The ids of options or factors by what a table may call them."""
    names: dict[str, str] = {}
    for entry in entries:
        called = entry.question if isinstance(entry, Factor) else entry.name
        for name in (entry.id, called, called.rstrip("?"), entry.label):
            names.setdefault(alike(name), entry.id)
    return names


def _rows(guide: Guide, table: DecisionTable) -> Iterator[tuple[str, dict[str, object]]]:
    """The rows of a table as an audit takes them: values of factors, and standings of options."""
    asked, problems = [], []
    factors, options = _by_name(guide.factors), _by_name(guide.options)
    for input_ in table.inputs:
        id = factors.get(alike(input_.name))
        if id is None:
            what = allowed(input_.name, [factor.id for factor in guide.factors])
            problems.append(f"no question {shown(input_.name)}: {what}")
        asked.append(id)
    results = {alike(result) for listed in table.results for result in listed}
    outputs = {alike(output.name) for output in table.outputs}
    if not (results | outputs) & {*options}:
        what = ", ".join(option.name for option in guide.options)
        problems.append(f"neither a result nor its column is an option; the options are {what}")
    if problems:
        raise AnswerError(problems)
    for rule in table.rules:
        answers = {
            id: _values(guide.factor(id), test, rule)
            for id, test in zip(asked, rule.tests, strict=True)
            if id and test
        }
        yield rule.place, {**answers, **_standings(guide, table, rule, answers, options)}


def _values(factor: Factor, test: Test, rule: Rule) -> list[str]:
    """The values of a factor that pass a test."""
    names = {alike(value) for value in test.values}
    taken = [value for value in factor.values if alike(value) in names]
    for value, band in zip(factor.values, factor.bands, strict=False):
        met = [wanted for wanted in test.bands if common(wanted, band)]
        if met and not any(inside(band, wanted) for wanted in met):
            message = f"{rule.place}: {factor.question}: {test} parts {shown(value)} of the guide"
            raise AnswerError([message])
        if met:
            taken.append(value)
    unknown = names - {*map(alike, factor.values)}
    if unknown:
        what = allowed(min(unknown), factor.values)
        raise AnswerError([f"{rule.place}: {factor.question}: no answer {min(unknown)!r}: {what}"])
    return [v for v in factor.values if (v in taken) is not test.negated]


def _standings(
    guide: Guide,
    table: DecisionTable,
    rule: Rule,
    answers: dict[str, list[str]],
    options: dict[str, str],
) -> dict[str, object]:
    """What a row says of each option.

    Where a column names one option of several, it does not say whether that one is the first
    choice or offered, nor whether the others are withheld or not spoken of: then it is right as
    long as the text names the same.
    """
    says: dict[str, object] = {}
    walk = guide.walk(answers)
    for output, result, listed in zip(table.outputs, rule.results, table.results, strict=True):
        if own := options.get(alike(output.name)):
            says[own] = result
            continue
        named = options.get(alike(result))
        for id in (id for each in listed if (id := options.get(alike(each)))):
            standing = walk.standings[id].standing
            if id == named:
                says[id] = str(standing if standing in NAMED else Standing.OFFERED)
            else:
                says[id] = "" if standing is None or standing in NAMED else str(standing)
    return says
