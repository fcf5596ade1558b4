"""Synthetic patients: drawn by chance, to try a guide on. They tell nothing of real ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..model.answers import NOT_APPLICABLE
from ..model.errors import AnswerError, allowed, shown
from ..model.parts import UNKNOWN, Factor, Reading

MOST = 100_000_000
Weights = Mapping[str, Mapping[str, float]]


def synthetic(
    reading: Reading,
    patients: int,
    seed: int = 0,
    unknown: float = 0.0,
    weights: Weights | None = None,
) -> pd.DataFrame:
    """Patients whose answers are drawn by chance, each answer independently of the others.

    One row a patient, one column a factor, as categories; what is unknown is missing. The same
    `seed` gives the same patients. `unknown`: the share of answers that are unknown, from 0 to
    1. `weights`: for a factor how often each value is drawn, in proportion to each other; else
    all values are equally likely. A question that does not apply is answered "not applicable".
    Raises AnswerError for what does not fit.

    >>> from tree import load
    >>> book = load("data/damaged_library_book")
    >>> table = synthetic(book, 1000, weights={"damage": {"none": 3, "light": 1}})
    >>> "heavy" in set(table["damage"])
    False
    """
    weights = weights or {}
    check(reading, patients, unknown, weights)
    chance = np.random.default_rng(seed)
    columns = {}
    drawn: dict[str, Any] = {}
    for factor in reading.factors:
        share = shares(factor, weights.get(factor.id))
        codes = chance.choice(len(factor.values), size=patients, p=share).astype(np.int16)
        codes[chance.random(patients) < unknown] = -1
        values = list(factor.values)
        for id, allowed_values in factor.asked_if:
            # Of whom it is unknown whether it applies, the answer may be known all the same.
            others = [i for i, v in enumerate(reading.factor(id).values) if v not in allowed_values]
            codes[np.isin(drawn[id], [*others, len(reading.factor(id).values)])] = len(values)
        drawn[factor.id] = codes
        values += [NOT_APPLICABLE] * bool(factor.asked_if)
        columns[factor.id] = pd.Categorical.from_codes(codes, categories=pd.Index(values))
    return pd.DataFrame(columns, index=pd.RangeIndex(1, patients + 1, name=synthetic_name(reading)))


def synthetic_name(reading: Reading) -> str:
    """The name of the index: it stands in every view and file of such a table."""
    return f"synthetic {reading.subject.singular}"


def shares(factor: Factor, weights: Mapping[str, float] | None) -> list[float]:
    """How likely each value of a factor is."""
    if weights is None:
        return [1 / len(factor.values)] * len(factor.values)
    found = [float(weights.get(value, 0)) for value in factor.values]
    return [each / sum(found) for each in found]


def check(reading: Reading, patients: int, unknown: float, weights: Weights) -> None:
    """Raise AnswerError with everything that is wrong."""
    wrong = []
    if not isinstance(patients, int) or not 0 <= patients <= MOST:
        wrong.append(f"patients={patients!r}: a whole number from 0 to {MOST:,}")
    if not isinstance(unknown, int | float) or not 0 <= unknown <= 1:
        wrong.append(f"unknown={unknown!r}: a share from 0 to 1")
    known = {factor.id: factor for factor in reading.factors}
    for id, of_value in weights.items():
        if id not in known:
            wrong.append(f"weights: unknown factor {shown(id)}: {allowed(id, known)}")
            continue
        values = known[id].values
        for value, weight in of_value.items():
            if value not in values:
                hint = "; unknown=… makes answers unknown" if value == UNKNOWN else ""
                what = allowed(value, values)
                wrong.append(f"weights: {id}: unknown value {shown(value)}: {what}{hint}")
            elif not isinstance(weight, int | float) or not 0 <= weight < float("inf"):
                wrong.append(f"weights: {id}: {value}: {weight!r} is no weight; 0 or more")
        if not any(of_value.get(value) for value in values):
            wrong.append(f"weights: {id}: all of them are 0")
    if wrong:
        raise AnswerError(wrong)
