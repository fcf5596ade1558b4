"""Whatever the notebooks do with the liver guide works with every guide that ships."""

from __future__ import annotations

import math
import re
from itertools import groupby
from pathlib import Path

import nbformat
import pytest
from places import ROOT

import tree
from tree.guide import MOST_CASES
from tree.logic.build import unfolded_size

GUIDES = sorted(path.parent for path in (ROOT / "data").glob("*/guide.yaml"))
NOTEBOOKS = [ROOT / "notebooks" / f"{name}.ipynb" for name in ("explore", "from_text_to_tree")]


@pytest.mark.parametrize("folder", GUIDES, ids=lambda path: path.name)
def test_explore_and_from_text_to_tree(folder: Path) -> None:
    guide = tree.load(folder)
    assert str(guide.text).split() == guide.text.content.split()
    for factor in guide.factors:
        assert factor.question
        assert factor.quotes[0].line
    for statement in guide.statements:
        assert guide.statement(statement.id).condition
        assert not statement.is_blank
        assert str(guide.explain(statement.id)).startswith('"')
        assert guide.for_statements(statement.id).trees
    assert len(guide.options_by_passage()) == len(guide.options)
    if len(guide.trees) == 1:
        assert guide.tree is guide.trees[0]
    for each in guide.trees:
        assert "</svg>" in guide.draw(tree=each).svg
        assert str(each).startswith(guide.factor(each.factors[0]).question)
    explorer = tree.Explorer(guide)
    for patient in (dict(answers) for _, answers in guide.examples):
        explorer.answers = patient
        assert explorer.walk.answers == patient
        walk = guide.walk(patient)
        assert "</svg>" in guide.draw(patient, tree=guide.trees[-1]).svg
        why = walk.why()
        for option, found in walk.standings.items():
            assert bool(found.quotes) == (found.standing not in (None, "silent"))
            arguments = why.arguments[option]
            assert all(said.statement.quotes for said in arguments)
            assert all(guide.holds(s.statement.id, patient) is not False for s in arguments)
            if found.standing is None:
                assert " or ".join(found.possible)
            assert str(walk.what_would(option, "withheld"))
            assert walk.verdict(option) in str(walk)
        if walk.next:
            assert guide.factor(walk.next).question
    if math.prod(len(factor.values) for factor in guide.factors) <= MOST_CASES:
        # Of cases that differ in what does not apply to them, one.
        rows = len(guide.cases())
        table = guide.decision_table()
        assert len(table) == rows
        assert table.groupby(guide.options[0].id).size().sum() == rows
    assert guide.cases(minimal=True)
    coverage = guide.coverage()
    assert coverage.counts["unclaimed"] == 0
    assert coverage.sentences[0].claim == "context"
    kinds = [kind for kind, _ in groupby(guide.ambiguities(), key=lambda one: one.kind)]
    several = len(guide.text.passages) > 1  # authors, who differ
    assert len(kinds) >= 3 + several
    assert len(kinds) == len(set(kinds))
    for passage in guide.text.passages if several else ():
        assert guide.for_passages(passage.id).trees[0].leaves
    differences = [compared.differences for compared in guide.compare_passages().options]
    assert any(differences) == several
    shortest = guide.shortest_order()
    reordered = guide.reorder(shortest.factors)
    assert "</svg>" in reordered.draw(tree=reordered.trees[0]).svg
    for each in guide.trees:
        if unfolded_size(each) <= 150:
            assert "</svg>" in guide.draw(unfolded=True, tree=each).svg


def test_nothing_that_the_notebooks_use_is_left_out() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    used = {
        name
        for path in NOTEBOOKS
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for name in re.findall(r"\b(?:liver|explorer|walk|coverage|wascher)\.(\w+)", cell.source)
    }
    assert len(used) > 15
    assert {name for name in used if not re.search(rf"\.{name}\b", source)} == set()
