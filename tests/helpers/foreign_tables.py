"""Small tables in the forms of others, and whether a guide made of one decides the same."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import openpyxl
from places import ROOT
from random_tables import counting, decided, every_case, guide_says

import tree
from tree.exchange.convert import read_tables
from tree.exchange.tidying import tidied

# A sheet of the kind that WHO publishes.
WHO_ROWS = (
    ("", "Decision ID", "PLANT.DT.01 Watering", "", "", "", ""),
    ("", "Business rule", "Water when the soil is dry.", "", "", "", ""),
    ("", "Trigger", "PLANT.A The round on Mondays", "", "", "", ""),
    ("", "Inputs", "", "Output", "Action", "Annotations", "Reference(s)"),
    ("", '"Moisture" < 20 %', '"Pot has a hole" = TRUE', "Dry", "Water well", "It runs.", "B1"),
    ("", '"Moisture" < 20 %', '"Pot has a hole" = FALSE', "Dry", "Water a little", "", "B1"),
    ("", '20 % ≤ "Moisture" ≤ 60 %', "", "Good", "Wait", "", "B2"),
    ("", "The soil smells", "", "Wet", "Repot", "", ""),
    ("", "", "", "", "", "", ""),
    ("", "Decision ID", "PLANT.DT.02 Light", "", "", "", ""),
    ("", "Input", "", "Output", "", "Annotations", ""),
    ("", '"Window" = "North" OR "Leaves" IN ("pale", "yellow")', "", "Move it", "", "", ""),
)  # fmt: skip


def ssvc_table(**more: Any) -> dict[str, Any]:
    """A small table of SSVC's form."""

    def point(key: str, name: str, *values: str) -> dict[str, Any]:
        named = [{"key": v[0].upper(), "name": v, "definition": f"It is {v}"} for v in values]
        top = {"namespace": "x_example.test#tea", "key": key, "version": "1.0.0", "name": name}
        return {**top, "definition": name, "schemaVersion": "2.0.0", "values": named}

    points = {
        "x:C:1": point("C", "Cold", "no", "yes"),
        "x:T:1": point("T", "Thirst", "little", "much"),
        "x:D:1": point("D", "Drink", "tea", "water"),
    }
    rows = [("N", "L", "W"), ("Y", "L", "T"), ("N", "M", "W"), ("Y", "M", "T")]
    return {
        "namespace": "x_example.test#tea",
        "key": "D",
        "version": "1.0.0",
        "name": "What to drink?",
        "definition": "Of an evening",
        "schemaVersion": "2.0.0",
        "decision_points": points,
        "outcome": "x:D:1",
        "mapping": [dict(zip(points, row, strict=True)) for row in rows],
        **more,
    }


def foreign(kind: str, folder: Path) -> Path:
    """A file of a kind: a sheet as WHO writes them, a table of SSVC, or tables of DMN."""
    if kind == "dmn":
        return ROOT / "tests/dmn/garden_watering/garden_watering.dmn"
    file = folder / f"table.{kind}"
    if kind == "json":
        file.write_text(json.dumps(ssvc_table()), encoding="utf-8")
        return file
    book = openpyxl.Workbook()
    for row in WHO_ROWS:
        book.active.append(row)
    book.save(file)
    return file


def assert_guide_decides(guide: tree.Guide, file: Path, chance: random.Random) -> None:
    """A guide decides as the tables in a file, evaluated directly."""
    compared = 0
    for table in (tidied(each)[0] for each in read_tables(file)):
        for case in some(list(every_case(table)), chance):
            found = decided(table, guide, case)
            assert found in (None, counting(table, case)), case
            compared += found is not None
    assert compared > 3


def assert_file_decides(file: Path, guide: tree.Guide, chance: random.Random) -> None:
    """The tables in a file, evaluated directly, decide as the guide that they were made of."""
    for table in read_tables(file):
        cases = some(list(every_case(table)), chance)
        said = {case: guide_says(guide, table, case) for case in cases}
        known = {case: results for case, results in said.items() if results is not None}
        assert len(known) > len(cases) / 2
        assert known == {case: counting(table, case) for case in known}


def some(cases: list[Any], chance: random.Random) -> list[Any]:
    """At most 40 of these."""
    return chance.sample(cases, min(len(cases), 40))
