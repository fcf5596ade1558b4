"""Load, check, build and draw the guide on the liver: our part, and the layout program's own.

python tests/benchmarks/liver.py
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from measuring import Row, clocked, compare, in_turn, limited, table

import tree
from tree import building, checking, drawing, located

FOLDER = Path(__file__).parents[2] / "data" / "metastatic_liver_cancer"
AIM = 15.0


def ours() -> float:
    """Everything but the layout, which is asked for before and remembered."""
    start = time.perf_counter()
    report = tree.check(FOLDER)
    assert report.guide
    assert report.guide.draw().svg
    return 1000 * (time.perf_counter() - start)


@contextlib.contextmanager
def without_c() -> Iterator[None]:
    """As where PyYAML's parser in C is not there: the one in Python does it all."""
    kept = sys.modules.get("yaml")
    sys.modules["yaml"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["yaml"]
        if kept:
            sys.modules["yaml"] = kept


def ours_without_c() -> float:
    with without_c():
        return ours()


def rows(quick: bool = False) -> Sequence[Row]:
    rounds = 3 if quick else 31
    guide = tree.load(FOLDER)
    source = guide.draw().digraph.source
    yaml = [(FOLDER / name).read_text(encoding="utf-8") for name in ("guide.yaml", "cases.yaml")]

    def layout() -> None:
        drawing._run.cache_clear()
        drawing._render(source, "svg")

    def parse() -> None:
        for one in yaml:
            located.parse("", one)

    taken = in_turn(
        {
            "layout": clocked(layout),
            "ours": ours,
            "ours without C": ours_without_c,
            "yaml": clocked(parse),
            "build": clocked(lambda: building.build(guide)),
            "review": clocked(lambda: checking.review(guide.tree)),
        },
        rounds,
    )
    what = "load + check + build + draw the guide on the liver, without the layout"
    program = "the layout program"
    return [
        limited(what, taken["ours"], AIM),
        compare(what, taken["ours"], program, taken["layout"]),
        compare("of that, YAML to nodes", taken["yaml"], "all of ours", taken["ours"]),
        compare("of that, building", taken["build"], "all of ours", taken["ours"]),
        compare("the same where PyYAML is missing", taken["ours without C"], "ours", taken["ours"]),
    ]


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
