"""A program in Node: JSON goes in on standard input, and JSON comes back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from places import ROOT

TIME_LIMIT = 300  # seconds


def in_node(node: str, arguments: Sequence[str | Path], data: object) -> Any:
    """What a program answers; `arguments`: those of Node, in the folder of the project."""
    done = subprocess.run(
        [node, *map(str, arguments)],
        cwd=ROOT,
        input=json.dumps(data),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIME_LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
