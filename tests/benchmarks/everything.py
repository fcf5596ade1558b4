"""Every benchmark, printed and kept in docs/benchmarks.md: `make bench`.

With PYTHONPATH=tests/helpers,

python tests/benchmarks/everything.py                 some minutes
python tests/benchmarks/everything.py liver growing   these parts alone
python tests/benchmarks/everything.py --quick         whether they run; nothing is kept

Each part is kept as soon as it is measured, so a run that is stopped loses no more than one.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import classifying
import growing
import importing
import liver
import pages
import recommendations
import toggling
from measuring import machine, table, when

from tree.loading.files import write

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


def measured(benchmark: ModuleType, quick: bool = False) -> str:
    """The table of a benchmark, and when it was made."""
    rows = table(benchmark.rows(quick))
    return f"{when()}:\n\n{rows}"


def kept(page: str, machine: str, name: str, part: str) -> str:
    """The page with one part anew, and what it was measured on; the other parts stay as they are.

    >>> first, second = list(BENCHMARKS)[:2]
    >>> page = kept(f"before\\n{BEGIN}{END}after", "A machine.", second, "10 ms\\n")
    >>> page.splitlines()[2:]
    ['A machine.', '', '**The page without Jupyter**', '', '10 ms', '<!-- up to here -->', 'after']
    >>> both = kept(kept(page, "Another.", first, "2 ms\\n"), "Another.", second, "9 ms\\n")
    >>> [line for line in both.splitlines() if " ms" in line]
    ['2 ms', '9 ms']
    """
    before, _, rest = page.partition(BEGIN)
    tables, _, after = rest.partition(END)
    _, *known = re.split(r"^\*\*(.+)\*\*\n\n", tables, flags=re.MULTILINE)
    parts = {**dict(zip(known[::2], known[1::2], strict=True)), name: part}
    shown = [f"**{name}**\n\n{parts[name].strip()}\n" for name in BENCHMARKS if name in parts]
    return f"{before}{BEGIN}" + "\n".join([f"{machine}\n", *shown]) + f"{END}{after}"


def main(arguments: Sequence[str]) -> None:
    """Measure what is named, or all."""
    quick, start = "--quick" in arguments, time.monotonic()
    wanted = [argument for argument in arguments if argument != "--quick"]
    known = [benchmark.__name__ for benchmark in BENCHMARKS.values()]
    if unknown := [name for name in wanted if name not in known]:
        sys.exit(f"no benchmark {', '.join(unknown)}: there are {', '.join(known)}")
    for name, benchmark in BENCHMARKS.items():
        if not wanted or benchmark.__name__ in wanted:
            print(f"{name} ...", file=sys.stderr, flush=True)
            part = measured(benchmark, quick)
            print(f"**{name}**\n\n{part}", flush=True)
            if not quick:
                page = PAGE.read_text(encoding="utf-8")
                write(PAGE, kept(page, f"{machine(*PACKAGES)}.", name, part).encode(), force=True)
            print(f"{time.monotonic() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
