"""A table of patients, of whatever library → the module that deals with it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..model.errors import AnswerError
from ..model.parts import Reading
from . import classifier
from .spelling import Mapped


def classify(
    reading: Reading, table: Any, mapping: Mapped | None, errors: str, keep: bool, prefix: str
) -> Any:
    """What the text says of each row; see `Guide.classify`."""
    if isinstance(table, pd.DataFrame):
        return classifier.classify(reading, table, mapping, errors, keep, prefix)
    root = type(table).__module__.partition(".")[0].lstrip("_")
    if root.startswith("dask"):
        return classifier.classify_dask(reading, table, mapping, errors, keep, prefix)
    if root in ("polars", "duckdb", "pyspark"):
        from . import engines

        return engines.classify(reading, table, mapping, errors, keep, prefix)
    kind = f"{root}.{type(table).__name__}".removeprefix("builtins.")
    raise AnswerError([f"a table of pandas, Polars, DuckDB, Dask or PySpark is wanted: {kind}"])
