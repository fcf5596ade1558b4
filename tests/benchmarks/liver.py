"""Load, check, build and draw the guide on the liver: our part, and the layout program's own.

Ours is the time of this process, the layout program's that on the wall.

python tests/benchmarks/liver.py
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from measuring import Row, clocked, compare, in_turn, of_process, table

import tree
from tree.drawing import layout_program
from tree.loading import yaml_nodes
from tree.logic import build, review

FOLDER = Path(__file__).parents[2] / "data" / "metastatic_liver_cancer"
AIM = 2.0  # times the layout


def ours() -> None:
    """Everything but the layout, which is asked for before and remembered."""
    yaml_nodes.parse_unnamed.cache_clear()
    report = tree.check(FOLDER)
    assert report.guide
    assert report.guide.draw().svg


@contextlib.contextmanager
def without_c() -> Iterator[None]:
    """As where PyYAML's parser in C is not there: the one in Python does it all."""
    kept = sys.modules.get("yaml")
    sys.modules["yaml"] = None
    try:
        yield
    finally:
        del sys.modules["yaml"]
        if kept:
            sys.modules["yaml"] = kept


def ours_without_c() -> None:
    with without_c():
        ours()


def rows(quick: bool = False) -> Sequence[Row]:
    rounds = 3 if quick else 31
    guide = tree.load(FOLDER)
    source = guide.draw().digraph.source
    yaml = [(FOLDER / name).read_text(encoding="utf-8") for name in ("guide.yaml", "cases.yaml")]

    def layout() -> None:
        layout_program.run.cache_clear()
        layout_program.render(source, "svg")

    def parse() -> None:
        yaml_nodes.parse_unnamed.cache_clear()
        for one in yaml:
            yaml_nodes.parse("", one)

    taken = in_turn(
        {
            "layout": clocked(layout),
            "ours": of_process(ours),
            "ours without C": of_process(ours_without_c),
            "yaml": of_process(parse),
            "build": of_process(lambda: build.build(replace(guide))),
            "review": of_process(lambda: review.review(guide)),
        },
        rounds,
    )
    what = "load + check + build + draw the guide on the liver, without the layout"
    program = "the layout program"
    return [
        compare(what, taken["ours"], program, taken["layout"], at_most=AIM),
        compare("of that, YAML to nodes", taken["yaml"], "all of ours", taken["ours"]),
        compare("of that, building", taken["build"], "all of ours", taken["ours"]),
        compare("the same where PyYAML is missing", taken["ours without C"], "ours", taken["ours"]),
    ]


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
