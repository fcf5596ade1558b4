"""Patients of whom some answers are known in part."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

import tree
from tree.model.factors import Factor, either


def answer(chance: random.Random, factor: Factor) -> str | None:
    """A value, several in the words of a table, or nothing."""
    several = chance.sample(factor.values, chance.randint(1, len(factor.values)))
    # "three or more" is a value, and no longer read as one beside others.
    if any(" or " in value for value in several):
        several = several[:1]
    return chance.choice([None, factor.values[0], either(several), " or ".join(several)])


def partly_known(guide: tree.Guide, chance: Any, count: int) -> pd.DataFrame:
    """So many patients, one a row."""
    rows = [{f.id: answer(chance, f) for f in guide.factors} for _ in range(count)]
    columns = [factor.id for factor in guide.factors]
    return pd.DataFrame(rows, columns=columns, index=range(count), dtype=object)
