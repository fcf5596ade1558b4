"""Where things are in the project."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
LIVER = DATA / "metastatic_liver_cancer"
BAD = ROOT / "tests" / "bad"
