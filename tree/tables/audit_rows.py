"""Rows of a decision table beside each other: the same, contradictory, and whom none speaks of."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ..logic.patients import applying
from ..model.parts import Factor, OneOrSeveral, Reading

MOST_PATIENTS = 1 << 20  # that are ticked off one by one
EXAMPLES = 5


@dataclass(frozen=True)
class AuditRow:
    """A row of a decision table. `label` as the table numbers it."""

    label: object
    # For each factor the value, or several of which any will do, or None where all will.
    values: tuple[OneOrSeveral | None, ...]
    # By option what the row says of it: a standing, "not decided yet", or nothing. An option of
    # which the row does not speak is left out.
    says: Mapping[str, str]
    tree: str = ""  # that it is of, by name, where the table says so


@dataclass
class RowsTogether:
    """Pairs of rows, and patients of whom no row speaks: some of them, and how many there are.

    `checked`: whether the patients were looked for; there may be too many.
    """

    doubled: list[tuple[object, object]] = field(default_factory=list)
    contradictory: list[tuple[object, object]] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    patients_missing: int = 0
    checked: bool = True


def together(
    reading: Reading, rows: Sequence[AuditRow], asked: Collection[str] | None = None
) -> RowsTogether:
    """Find what concerns the rows of a table together: those that are missing, doubled or at odds.

    `asked`: the factors that the rows must tell apart; by default all. Patients that
    differ in others alone count once, unless a row tells them apart.
    """
    found = RowsTogether()
    same: dict[tuple[OneOrSeveral | None, ...], AuditRow] = {}
    different = []
    for row in rows:
        first = same.setdefault(row.values, row)
        if first is row:
            different.append(row)
        elif first.says == row.says:
            found.doubled.append((first.label, row.label))
        else:
            found.contradictory.append((first.label, row.label))
    axes = _axes(reading, rows, asked)
    found.checked = math.prod(len(factor.values) for factor in axes.values()) <= MOST_PATIENTS
    if found.checked:
        _tick_off(reading, axes, different, found)
    return found


def _axes(
    reading: Reading, rows: Sequence[AuditRow], asked: Collection[str] | None
) -> dict[int, Factor]:
    """The factors that tell patients apart, by their place in the guide."""
    places = {factor.id: place for place, factor in enumerate(reading.factors)}
    told = {*places} if asked is None else {*asked}
    told |= {id for id, at in places.items() if any(row.values[at] is not None for row in rows)}
    # A question may depend on one before it alone.
    for factor in reversed(reading.factors):
        told |= {id for id, _ in factor.asked_if} if factor.id in told else set()
    return {at: factor for at, factor in enumerate(reading.factors) if factor.id in told}


def _tick_off(
    reading: Reading, axes: Mapping[int, Factor], rows: Sequence[AuditRow], found: RowsTogether
) -> None:
    # Who was the first to speak of each patient, by the row's number.
    sizes = [len(factor.values) for factor in axes.values()]
    speaker: npt.NDArray[np.int32] = np.full(sizes, -1, dtype=np.int32)
    for number, row in enumerate(rows):
        place = _place(axes, row)
        before = speaker[place]
        for other in np.unique(before[before >= 0]).tolist():
            if rows[other].says != row.says:
                found.contradictory.append((rows[other].label, row.label))
        speaker[place] = np.where(before < 0, number, before)
    for each in np.argwhere(speaker < 0):
        pairs = zip(axes.values(), each.tolist(), strict=True)
        patient = applying(reading, {f.id: f.values[at] for f, at in pairs})
        found.patients_missing += patient is not None
        if patient is not None and found.patients_missing <= EXAMPLES:
            found.missing.append(patient)


def _place(
    axes: Mapping[int, Factor], row: AuditRow
) -> tuple[slice, ...] | tuple[npt.NDArray[np.int_], ...]:
    """Whom a row speaks of: along every axis the places of the values that will do."""
    places: list[list[int]] = []
    for at, factor in axes.items():
        value = row.values[at]
        several = factor.values if value is None else (value,) if isinstance(value, str) else value
        places.append([factor.values.index(each) for each in several])
    # Where all will do, or one alone, slices are quicker.
    sizes = [len(factor.values) for factor in axes.values()]
    if all(len(each) in (1, size) for each, size in zip(places, sizes, strict=True)):
        return tuple(slice(each[0], each[-1] + 1) for each in places)
    return np.ix_(*places)
