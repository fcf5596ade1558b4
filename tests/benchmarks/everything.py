"""Every benchmark, printed and kept in docs/benchmarks.md: `make bench`.

With PYTHONPATH=tests/helpers,

python tests/benchmarks/everything.py            a few minutes
python tests/benchmarks/everything.py --quick    whether they run; nothing is kept
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import classifying
import growing
import importing
import liver
import pages
import recommendations
import toggling
from measuring import machine, table

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- written by make bench -->\n", "<!-- up to here -->\n"
BENCHMARKS = {
    "From a toggle to the highlighted branch": toggling,
    "The page without Jupyter": pages,
    "Importing": importing,
    "The guide on the liver": liver,
    "Building guides of growing size": growing,
    "300 independent recommendations": recommendations,
    "Classifying a table": classifying,
}
PACKAGES = (
    *("jupyterlab", "ipywidgets", "anywidget", "pandas", "ruamel.yaml", "PyYAML", "graphviz-pure"),
    *("graphviz-anywidget", "supertree", "scikit-learn", "dd"),
)


def told(quick: bool) -> str:
    """All tables, each under its name; printed as they come."""
    start = time.monotonic()
    parts = [f"{machine(*PACKAGES)}.\n"]
    for name, benchmark in BENCHMARKS.items():
        print(f"{name} ...", file=sys.stderr, flush=True)
        parts.append(f"**{name}**\n\n{table(benchmark.rows(quick))}")
        print(parts[-1], flush=True)
    print(f"{time.monotonic() - start:.0f} s", file=sys.stderr)
    return "\n".join(parts)


def kept(page: str, tables: str) -> str:
    """The page with these tables instead of the ones before.

    >>> kept("before\\n" + BEGIN + "old\\n" + END + "after", "new\\n").split("\\n")[2:3]
    ['new']
    """
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{tables}{END}{after}"


if __name__ == "__main__":
    quick = "--quick" in sys.argv
    tables = told(quick)
    if not quick:
        PAGE.write_text(kept(PAGE.read_text(encoding="utf-8"), tables), encoding="utf-8")
