"""Whatever the notebooks do with the liver guide works with every guide that ships."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import nbformat
import pytest
from places import ROOT

import tree
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
    assert "</svg>" in guide.draw().svg
    assert str(guide.tree).startswith(guide.factor(guide.tree.factors[0]).question)
    explorer = tree.Explorer(guide)
    for patient in (dict(answers) for _, answers in guide.examples):
        explorer.answers = patient
        assert explorer.walk.answers == patient
        walk = guide.walk(patient)
        assert "</svg>" in guide.draw(patient).svg
        for option, found in walk.standings.items():
            assert bool(found.quotes) == (found.standing not in (None, "silent"))
            arguments = walk.why().arguments[option]
            assert all(said.statement.quotes for said in arguments)
            assert all(guide.holds(s.statement.id, patient) is not False for s in arguments)
            if found.standing is None:
                assert " or ".join(found.possible)
            assert str(walk.what_would(option, "withheld"))
        if walk.next:
            assert guide.factor(walk.next).question
    # Of cases that differ in what does not apply to them, one.
    rows = len(guide.cases())
    table = guide.decision_table()
    assert len(table) == rows
    assert table.groupby(guide.options[0].id).size().sum() == rows
    coverage = guide.coverage()
    assert coverage.counts["unclaimed"] == 0
    assert coverage.sentences[0].claim == "context"
    kinds = [kind for kind, _ in groupby(guide.ambiguities(), key=lambda one: one.kind)]
    assert len(kinds) >= 4
    assert len(kinds) == len(set(kinds))
    for passage in guide.text.passages:
        assert guide.for_passages(passage.id).tree.leaves
    assert any(compared.differences for compared in guide.compare_passages().options)
    shortest = guide.shortest_order()
    assert "</svg>" in guide.reorder(shortest.factors).draw().svg
    if unfolded_size(guide.tree) <= 150:
        assert "</svg>" in guide.draw(unfolded=True).svg


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
