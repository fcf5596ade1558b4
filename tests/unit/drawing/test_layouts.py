"""How trees are laid out: large ones from left to right, and several by one program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from large_guides import write_guide
from places import ROOT

import tree
from tree.drawing.arrangement import LARGE
from tree.drawing.graphviz import Drawing, svgs
from tree.logic.build import unfold


def test_large_trees_go_from_left_to_right(tmp_path: Path, liver: tree.Guide) -> None:
    hundred = tree.load(write_guide(tmp_path / "hundred", 100))
    assert "rankdir=LR" in Drawing(hundred.tree).digraph.source
    assert "rankdir" not in Drawing(liver.tree).digraph.source

    def size(drawing: Drawing) -> tuple[float, float]:
        _, _, width, height = drawing.svg.partition('viewBox="')[2].partition('"')[0].split()
        return float(width), float(height)

    width, height = size(hundred.draw())
    # A phone or a sheet is narrow, and goes on below; as broad as deep, it would be far wider.
    assert width < 2_000
    assert height > 1_000
    # What remains of it for one patient is small again.
    walk = hundred.walk(dict.fromkeys([factor.id for factor in hundred.factors], "yes"))
    assert "rankdir" not in Drawing(hundred.tree, walk.on(hundred.tree), branch=True).digraph.source


@pytest.mark.slow
def test_export_tells_that_it_draws(tmp_path: Path) -> None:
    folder = write_guide(tmp_path / "large", 1_000)
    done = subprocess.run(
        [sys.executable, "-m", "tree", "export", str(folder), "-o", str(tmp_path / "large.html")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    nodes = len(tree.load(folder).tree.nodes)
    assert done.stderr == f"drawing {nodes} questions and outcomes ...\n"


def test_several_are_laid_out_together_as_one_by_one(liver: tree.Guide) -> None:
    bees = tree.load(ROOT / "data" / "wintering_bees")
    book = tree.load(ROOT / "data" / "damaged_library_book")
    shapes = [*bees.trees, liver.tree, unfold(book.tree), *bees.trees[:1]]
    assert any(len(shape.nodes) > LARGE for shape in shapes)
    assert svgs([Drawing(shape) for shape in shapes]) == [Drawing(shape).svg for shape in shapes]
    assert svgs([]) == []
