"""Where things are in the project."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
LIVER = DATA / "metastatic_liver_cancer"
BAD = ROOT / "tests" / "bad"


@functools.cache
def syntax(path: Path) -> ast.Module:
    """The Python of a file, parsed once for all tests that look at it."""
    return ast.parse(path.read_text(encoding="utf-8"))
