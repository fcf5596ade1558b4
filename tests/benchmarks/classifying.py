"""Classify a table of a million patients, beside other ways to do it.

    python tests/benchmarks/classifying.py

The patients are random, all answers known, once as pandas categories and once as words. The floor
is what nobody can do without: every result worked out before, every row's pattern known as a
number, and one lookup of these. Row by row is measured on fewer rows, and told for all of them.
Every way gives the same outcome for every row.
"""

from __future__ import annotations

import functools
import itertools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measuring import Row, compare, in_turn, of_process, table

import tree
from tree.logic.build import Leaf, Question

FOLDER = Path(__file__).parents[2] / "data" / "metastatic_liver_cancer"
ROWS, FEWER = 1_000_000, 10_000
APPLY, FLOOR = 200.0, 2.0


def patients(guide: tree.Guide, count: int) -> pd.DataFrame:
    """So many random patients, all answers known, as categories."""
    chance = np.random.default_rng(0)
    return pd.DataFrame(
        {
            factor.id: pd.Categorical.from_codes(
                chance.integers(0, len(factor.values), count, dtype=np.int8), list(factor.values)
            )
            for factor in guide.factors
        }
    )


def row_by_row(guide: tree.Guide) -> Callable[[Any], str]:
    """What one would apply to every row: down the tree, to the outcome."""
    nodes = guide.tree.nodes
    below = {
        index: (node.factor, dict(node.branches))
        for index, node in enumerate(nodes)
        if isinstance(node, Question)
    }
    named = names(guide)

    def outcome(row: Any) -> str:
        index = 0
        while index in below:
            factor, branches = below[index]
            index = branches[row[factor]]
        return named[index]

    return outcome


def names(guide: tree.Guide) -> dict[int, str]:
    """A name for the outcome of every leaf."""
    return {
        index: ", ".join(node.standings)
        for index, node in enumerate(guide.tree.nodes)
        if isinstance(node, Leaf)
    }


def selecting(guide: tree.Guide, rows: pd.DataFrame) -> Any:
    """As written by hand: a condition for every path, and numpy.select."""
    conditions, choices = [], []
    named = names(guide)
    masks = {
        (factor.id, value): (rows[factor.id] == value).to_numpy()
        for factor in guide.factors
        for value in factor.values
    }

    def below(index: int, met: Any) -> None:
        node = guide.tree.nodes[index]
        if isinstance(node, Leaf):
            conditions.append(met)
            choices.append(named[index])
            return
        for value, target in node.branches:
            mask = masks[node.factor, value]
            below(target, mask if met is None else met & mask)

    below(0, None)
    codes = {name: code for code, name in enumerate(dict.fromkeys(choices))}
    found = np.select(conditions, [np.int8(codes[name]) for name in choices], np.int8(-1))
    return pd.Categorical.from_codes(found, list(codes))


def rows(quick: bool = False) -> Sequence[Row]:
    count, fewer, rounds = (2_000, 200, 2) if quick else (ROWS, FEWER, 9)
    guide = tree.load(FOLDER)
    as_categories = patients(guide, count)
    as_words = as_categories.astype("str")
    # Every pattern once, its results, and for every row the number of its pattern.
    every = pd.DataFrame(
        list(itertools.product(*(factor.values for factor in guide.factors))),
        columns=list(as_categories.columns),
    )
    lookup = guide.classify(every, keep=False)
    codes = np.zeros(count, dtype=np.int64)
    for factor in guide.factors:
        codes = codes * len(factor.values) + as_categories[factor.id].cat.codes.to_numpy()
    outcome = row_by_row(guide)
    few = as_words.head(fewer)
    options = [option.id for option in guide.options]
    taken = in_turn(
        {
            "ours": of_process(functools.partial(guide.classify, as_categories, keep=False)),
            "words": of_process(functools.partial(guide.classify, as_words, keep=False)),
            "apply": of_process(functools.partial(few.apply, outcome, axis=1)),
            "select": of_process(functools.partial(selecting, guide, as_categories)),
            "floor": of_process(functools.partial(lookup.take, codes)),
        },
        rounds,
    )
    # The same of every row, whichever way; in words, for what is missing equals nothing.
    found = guide.classify(as_categories.head(fewer), keep=False).astype("str")
    assert found.equals(guide.classify(few, keep=False).astype("str"))
    assert found.equals(lookup.take(codes[:fewer]).astype("str").set_axis(few.index))
    joined = found[options].agg(", ".join, axis=1)
    assert joined.tolist() == few.apply(outcome, axis=1).tolist()
    assert joined.tolist() == list(selecting(guide, as_categories.head(fewer)))

    apply = [time * count / fewer for time in taken["apply"]]
    what = f"`classify` {count:,} rows"
    beside = f"`df.apply`, from {fewer:,} rows"
    return [
        compare(f"{what}, categories", taken["ours"], beside, apply, at_least=APPLY),
        compare(
            f"{what}, categories", taken["ours"], "`numpy.select`", taken["select"], faster=True
        ),
        compare(f"{what}, categories", taken["ours"], "the floor", taken["floor"], at_most=FLOOR),
        compare(f"{what}, words", taken["words"], beside, apply, faster=True),
        compare(f"{what}, words", taken["words"], "the floor", taken["floor"]),
    ]


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
