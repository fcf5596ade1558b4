"""Guides, patients and cohorts as data frames."""

from ..model.missing import require

for _package in ("pandas", "numpy", "narwhals"):
    require(_package, "A table", "tables")
