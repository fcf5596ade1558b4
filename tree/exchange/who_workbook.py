"""The decision-support workbooks of WHO's SMART guidelines → decision tables.

A block begins with "Decision ID", goes on with the business rule and the trigger, then a head:
inputs, output, action, annotations, references. Inputs of a row hold together; rows stand for
themselves, so all that hold count. A cell is a condition in words, see `worded_conditions`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..loading.sheets import Sheet
from ..model.letters import alike
from .decision_table import DecisionTable, HitPolicy, Input, Output, Rule, Test
from .worded_conditions import WordedCondition, alternatives

_BEGIN = "decision id"
_ABOUT = ("business rule", "trigger")
_INPUT = re.compile(r"inputs?(?:\(s\))?", re.IGNORECASE)
_OUTPUT = re.compile(r"(?:outputs?|actions?)(?:\(s\))?", re.IGNORECASE)
_NOTE = re.compile(r"(?:annotations?|references?)(?:\(s\))?", re.IGNORECASE)


@dataclass(frozen=True)
class _DecisionBlock:
    """A decision: its title, what the sheet says about it, its columns, and its numbered rows."""

    title: str
    about: tuple[str, ...]
    inputs: tuple[int, ...]
    outputs: tuple[tuple[int, str], ...]
    notes: tuple[int, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def who_tables(sheet: Sheet) -> list[DecisionTable]:
    """The decision tables of a sheet; none where it has no block of the kind.

    >>> rows = (("Decision ID", "T.1 Warm?"), ("Inputs", "Output"), ('"Cold" = TRUE', "Tea"))
    >>> [table] = who_tables(Sheet("Tea", rows))
    >>> table.title, table.inputs[0].name, table.rules[0].results
    ('T.1 Warm?', 'Cold', ('Tea',))
    """
    return [_table(block) for block in _blocks(sheet) if block.rows]


def _blocks(sheet: Sheet) -> Iterator[_DecisionBlock]:
    starts = [at for at, row in enumerate(sheet.rows) if _first(row).lower() == _BEGIN]
    for start, end in itertools.pairwise([*starts, len(sheet.rows)]):
        head = next((at for at in range(start, end) if _is_head(sheet.rows[at])), None)
        if head is not None:
            yield _block(sheet, start, head, end)


def _first(row: Sequence[str]) -> str:
    return next((cell for cell in row if cell), "")


def _is_head(row: Sequence[str]) -> bool:
    return any(_INPUT.fullmatch(c) for c in row) and any(_OUTPUT.fullmatch(c) for c in row)


def _block(sheet: Sheet, start: int, head: int, end: int) -> _DecisionBlock:
    titled = {_first(row).lower(): _second(row) for row in sheet.rows[start:head]}
    kinds, kind = [], ""
    for cell in sheet.rows[head]:
        kind = cell or kind
        kinds.append(kind)
    inputs = [at for at, kind in enumerate(kinds) if _INPUT.fullmatch(kind)]
    outputs = [(at, kind) for at, kind in enumerate(kinds) if _OUTPUT.fullmatch(kind)]
    rows = []
    for at in range(head + 1, end):
        row = sheet.rows[at]
        if any(row[place] for place in inputs) and any(row[place] for place, _ in outputs):
            rows.append((at, row))
    return _DecisionBlock(
        titled.get(_BEGIN, "") or sheet.name,
        tuple(filter(None, (titled.get(each, "") for each in _ABOUT))),
        tuple(inputs),
        tuple(outputs),
        tuple(at for at, kind in enumerate(kinds) if _NOTE.fullmatch(kind)),
        tuple(rows),
    )


def _second(row: Sequence[str]) -> str:
    filled = [cell for cell in dict.fromkeys(row) if cell]
    return filled[1] if len(filled) > 1 else ""


def _table(block: _DecisionBlock) -> DecisionTable:
    read = [
        (number, row, found)
        for number, row in block.rows
        for found in alternatives([row[place] for place in block.inputs])
    ]
    inputs: dict[str, Input] = {}
    for _, _, conditions in read:
        for condition in conditions:
            inputs.setdefault(_key(condition), Input(condition.name, unit=condition.unit))
    outputs = _outputs(block)
    rules = tuple(
        Rule(
            f"Row {number + 1}",
            tuple(_tests(conditions, inputs)),
            tuple(row[place] for place in outputs),
            tuple(dict.fromkeys(row[place] for place in block.notes if row[place])),
            (number + 1, 1),
        )
        for number, row, conditions in read
    )
    named = tuple(Output(name) for name in outputs.values())
    return DecisionTable(
        block.title,
        tuple(inputs.values()),
        named,
        rules,
        HitPolicy.EVERY,
        block.about,
        medical=True,
    )


def _key(condition: WordedCondition) -> str:
    return alike(f"{condition.name} [{condition.unit}]")


def _outputs(block: _DecisionBlock) -> dict[int, str]:
    """The columns of results, with a name for each; not those that repeat one before them."""
    found: dict[int, str] = {}
    seen: list[list[str]] = []
    for place, name in block.outputs:
        cells = [row[place] for _, row in block.rows]
        if any(cells) and cells not in seen:
            seen.append(cells)
            number = 1 + sum(each.split(" (")[0] == name for each in found.values())
            found[place] = f"{name} ({number})" if number > 1 else name
    return found


def _tests(
    conditions: Sequence[WordedCondition], inputs: dict[str, Input]
) -> Iterator[Test | None]:
    own = {_key(condition): condition.test for condition in conditions}
    for key in inputs:
        yield own.get(key)
