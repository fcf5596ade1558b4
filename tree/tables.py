"""Guides as pandas tables. The only room that knows pandas; imported when a table is asked for."""

from __future__ import annotations

import itertools

import pandas as pd

from .building import Tree
from .walking import Walk

MAX_ROWS = 100_000


def decision_table(tree: Tree) -> pd.DataFrame:
    """Every complete patient, one a row: the answers, then the standing of every option.

    Raises ValueError where there would be more than 100,000 rows.
    """
    reading = tree.reading
    rows = 1
    for factor in reading.factors:
        rows *= len(factor.values)
        if rows > MAX_ROWS:
            raise ValueError(f"more than {MAX_ROWS} patients; the table is for small guides")
    factors = [factor.id for factor in reading.factors]
    records = []
    for values in itertools.product(*(factor.values for factor in reading.factors)):
        answers = dict(zip(factors, values, strict=True))
        standings = Walk(tree, answers).standings
        records.append(answers | {id: str(found.standing) for id, found in standings.items()})
    return pd.DataFrame(records, columns=[*factors, *(o.id for o in reading.options)], dtype="str")
