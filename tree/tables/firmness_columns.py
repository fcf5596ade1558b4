"""Columns that say how firmly the text says what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..logic.decisions import decisions
from ..logic.firmness import Firmness, firmness
from ..model.parts import Reading, Standing

PARTS = ("strength", "grade")


def column(option: str, part: str) -> str:
    """The name of a column that says how firmly; no option has such an id.

    >>> column("tea", "grade")
    'tea: grade'
    """
    return f"{option}: {part}"


def all_columns(reading: Reading) -> set[str]:
    """The names that such columns of a guide can have."""
    return {column(option.id, part) for option in reading.options for part in PARTS}


def named_columns(
    reading: Reading, option: str, firm: Sequence[Firmness | None]
) -> dict[str, Sequence[str | None]]:
    """A column for the words and one for the grades, where a statement on the option has any.

    None stands for a row that says nothing of the option.
    """
    said = [statement for _, statement in reading.on_option[option]]
    return {
        column(option, part): [None if each is None else getattr(each, part) for each in firm]
        for part in PARTS
        if any(getattr(statement, part) for statement in said)
    }


def firmness_columns(
    reading: Reading, option: str, table: Mapping[str, Sequence[Any]]
) -> dict[str, Sequence[str | None]]:
    """The same for a table of complete cases: a column for each factor, one for the option."""
    said = [statement for _, statement in reading.on_option[option]]
    if not any(statement.strength or statement.grade for statement in said):
        return {}
    asked = {id for statement in said for id in decisions(reading).asked(statement, option)}
    ids = [factor.id for factor in reading.factors if factor.id in asked]
    # Cases that are answered alike where it matters are looked at once.
    known: dict[tuple[str, ...], Firmness] = {}
    firm = []
    for standing, *answers in zip(table[option], *(table[id] for id in ids), strict=True):
        key = tuple(answers)
        if key not in known:
            given = dict(zip(ids, key, strict=True))
            known[key] = firmness(reading, option, Standing(standing), given)
        firm.append(known[key])
    return named_columns(reading, option, firm)
