"""Classify a table of a million patients, beside other ways to do it.

    PYTHONPATH=tests/helpers python tests/benchmarks/classifying.py

One guide has one tree, the other 30 options that have nothing to do with each other. The patients
are random, all answers known, once as pandas categories and once as words. The floor is what nobody
can do without: every result worked out before, every row's pattern known as a number, and one
lookup of these in each tree. Row by row is measured on fewer rows, and told for all of them. Every
way gives the same outcome for every row.
"""

from __future__ import annotations

import functools
import itertools
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from independent_guides import independent
from measuring import Row, compare, in_turn, of_process, table

import tree
from tree.logic.build import Leaf, Question, Tree

FOLDER = Path(__file__).parents[2] / "data" / "metastatic_liver_cancer"
ROWS, FEWER = 1_000_000, 10_000
MANY = 30  # independent options, a tree each
APPLY, SELECT, FLOOR = 200.0, 1.0, 1.5


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
    """What one would apply to every row: down the trees, to the standings of all options."""
    trees = [
        {
            index: (node.factor, dict(node.branches))
            for index, node in enumerate(each.nodes)
            if isinstance(node, Question)
        }
        for each in guide.trees
    ]
    named = [names(each) for each in guide.trees]

    def outcome(row: Any) -> str:
        found = []
        for below, of_leaf in zip(trees, named, strict=True):
            index = 0
            while index in below:
                factor, branches = below[index]
                index = branches[row[factor]]
            found.append(of_leaf[index])
        return ", ".join(found)

    return outcome


def names(one: Tree) -> dict[int, str]:
    """A name for the outcome of every leaf."""
    return {
        index: ", ".join(node.standings)
        for index, node in enumerate(one.nodes)
        if isinstance(node, Leaf)
    }


def selecting(guide: tree.Guide, rows: pd.DataFrame) -> list[Any]:
    """As written by hand: for every tree a condition for every path, and numpy.select."""
    masks = {
        (factor.id, value): (rows[factor.id] == value).to_numpy()
        for factor in guide.factors
        for value in factor.values
    }
    return [_selecting(each, masks) for each in guide.trees]


def _selecting(one: Tree, masks: Mapping[tuple[str, str], Any]) -> Any:
    conditions, choices = [], []
    named = names(one)

    def below(index: int, met: Any) -> None:
        node = one.nodes[index]
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


def floor(guide: tree.Guide, table: pd.DataFrame) -> Callable[[], object]:
    """The results of every pattern of each tree, and one lookup of these by its number."""
    lookups = []
    for each in guide.trees:
        asked = [guide.factor(id) for id in each.factors]
        every = pd.DataFrame(
            list(itertools.product(*(factor.values for factor in asked))), columns=each.factors
        )
        own = [option.id for option in each.options]
        if len(guide.trees) == 1:
            own = [option.id for option in guide.options]
            own = ["outcome", *own, "path", "possible"]
        results = guide.classify(every.reindex(columns=table.columns), keep=False)[own]
        codes = np.zeros(len(table), dtype=np.int64)
        for factor in asked:
            codes = codes * len(factor.values) + table[factor.id].cat.codes.to_numpy()
        lookups.append((results, codes))
    return lambda: [results.take(codes) for results, codes in lookups]


def rows(quick: bool = False) -> Sequence[Row]:
    with tempfile.TemporaryDirectory() as folder:
        many = tree.load(independent(Path(folder) / "many", MANY))
        return [*_rows(tree.load(FOLDER), quick, ""), *_rows(many, quick, f", {MANY} options")]


def _rows(guide: tree.Guide, quick: bool, more: str) -> Sequence[Row]:
    count, fewer, rounds = (2_000, 200, 2) if quick else (ROWS, FEWER, 9)
    as_categories = patients(guide, count)
    as_words = as_categories.astype("str")
    outcome = row_by_row(guide)
    few = as_words.head(fewer)
    look_up = floor(guide, as_categories)
    taken = in_turn(
        {
            "ours": of_process(functools.partial(guide.classify, as_categories, keep=False)),
            "words": of_process(functools.partial(guide.classify, as_words, keep=False)),
            "apply": of_process(functools.partial(few.apply, outcome, axis=1)),
            "select": of_process(functools.partial(selecting, guide, as_categories)),
            "floor": of_process(look_up),
        },
        rounds,
    )
    # The same of every row, whichever way; in words, for what is missing equals nothing.
    found = guide.classify(as_categories.head(fewer), keep=False).astype("str")
    assert found.equals(guide.classify(few, keep=False).astype("str"))
    looked_up = floor(guide, as_categories.head(fewer))()
    for part in looked_up:
        assert part.astype("str").set_axis(few.index).equals(found[part.columns])
    options = [option.id for each in guide.trees for option in each.options]
    joined = found[options].agg(", ".join, axis=1).tolist()
    assert joined == few.apply(outcome, axis=1).tolist()
    chosen = zip(*selecting(guide, as_categories.head(fewer)), strict=True)
    assert joined == [", ".join(each) for each in chosen]

    apply = [time * count / fewer for time in taken["apply"]]
    ours, words = f"`classify` {count:,} rows{more}, categories", f"`classify` {count:,} rows{more}"
    beside = f"`df.apply`, from {fewer:,} rows"
    return [
        compare(ours, taken["ours"], beside, apply, at_least=APPLY),
        compare(ours, taken["ours"], "`numpy.select`", taken["select"], at_least=SELECT),
        compare(ours, taken["ours"], "the floor", taken["floor"], at_most=FLOOR),
        compare(f"{words}, words", taken["words"], beside, apply, faster=True),
        compare(f"{words}, words", taken["words"], "the floor", taken["floor"]),
    ]


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
