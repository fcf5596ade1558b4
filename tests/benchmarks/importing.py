"""What `import tree` costs, beside `import ipywidgets` alone. Each in a Python of its own.

python tests/benchmarks/importing.py
"""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from measuring import Row, clocked, compare, in_turn, table

ROOT = Path(__file__).parents[2]
AIM = 1.25


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True)


def rows(quick: bool = False) -> Sequence[Row]:
    rounds = 3 if quick else 21
    codes = {
        "tree": "import tree",
        "ipywidgets": "import ipywidgets",
        "loaded": "import tree; tree.load('data/metastatic_liver_cancer')",
        "explorer": "import tree; tree.Explorer",
        "nothing": "pass",
    }
    ways = {name: clocked(functools.partial(run, code)) for name, code in codes.items()}
    taken = in_turn(ways, rounds)
    # What Python itself takes to start is not counted for anyone.
    start = sorted(taken.pop("nothing"))[rounds // 2]
    net = {name: [max(0.1, time - start) for time in times] for name, times in taken.items()}
    beside = "`import ipywidgets`"
    return [
        compare("`import tree`", net["tree"], beside, net["ipywidgets"], at_most=AIM),
        compare("`import tree` and the guide loaded", net["loaded"], beside, net["ipywidgets"]),
        compare("`import tree` and the explorer named", net["explorer"], beside, net["ipywidgets"]),
    ]


if __name__ == "__main__":
    print(table(rows("--quick" in sys.argv)), end="")
