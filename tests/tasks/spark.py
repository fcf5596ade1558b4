"""Spark says the same. It needs Java and is large, so that it has a command: `make spark`."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from engine_tables import GUIDES, load, patients, results, types
from pyspark.sql import SparkSession


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
        # Few rows: what compiling takes is not won back.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    builder = SparkSession.builder.master("local[1]")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize(
    ("name", "numbers"),
    [(GUIDES[1], {"days_late": [None, 3.0, 20.0] * 20}), ("wintering_bees", {})],
)
def test_spark_says_the_same(spark: Any, name: str, numbers: dict[str, list[float]]) -> None:
    guide = load(name)
    columns = patients(guide, 60) | numbers
    expected = results(guide, columns)
    kinds = {pl.Int64: "bigint", pl.Float64: "double", pl.String: "string"}
    wanted = ", ".join(f"`{name}` {kinds[kind]}" for name, kind in types(columns).items())
    table = spark.createDataFrame(list(zip(*columns.values(), strict=True)), wanted)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Spark's own, on new versions of pandas
        found = [row.asDict() for row in guide.classify(table).collect()]
    found.sort(key=lambda row: row["who"])
    assert [{k: row[k] for k in expected[0]} for row in found] == expected
