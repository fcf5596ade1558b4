"""A sheet of WHO's kind, a table of SSVC and a DMN file: in, looked at in a browser, and out again.

What is decided is compared at each step, case by case, with the tables evaluated directly.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from explorer_state import expected, seen, states_at
from foreign_tables import WHO_ROWS, ssvc_table
from places import ROOT
from playwright.sync_api import BrowserContext
from random_tables import counting, decided, every_case, guide_says

import tree
from tree.exchange.convert import read_tables
from tree.exchange.tidying import tidied


def foreign(kind: str, folder: Path) -> Path:
    """A file of this kind."""
    file = folder / f"table.{kind}"
    if kind == "dmn":
        return ROOT / "tests/dmn/garden_watering/garden_watering.dmn"
    if kind == "json":
        file.write_text(json.dumps(ssvc_table()), encoding="utf-8")
        return file
    book = openpyxl.Workbook()
    for row in WHO_ROWS:
        book.active.append(row)
    book.save(file)
    return file


@pytest.mark.parametrize("kind", ["xlsx", "json", "dmn"])
def test_a_table_goes_in_is_explored_and_comes_out(
    kind: str, tmp_path: Path, context: BrowserContext
) -> None:
    chance = random.Random(kind)
    file = foreign(kind, tmp_path)
    tree.convert(file, tmp_path / "guide")
    report = tree.check(tmp_path / "guide")
    assert report.ok, report
    guide = report.guide
    compared = 0
    for table in (tidied(each)[0] for each in read_tables(file)):
        for case in some(list(every_case(table)), chance):
            found = decided(table, guide, case)
            assert found in (None, counting(table, case)), case
            compared += found is not None
    assert compared > 3

    guide.to_html(tmp_path / "page.html")
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    patients = some([dict(case) for case in guide.cases()], chance)
    for answers, states in zip(patients, states_at(page, patients), strict=True):
        walk = guide.walk(answers)
        for on, state in zip(walk.trees, states, strict=True):
            assert seen(state) == expected(walk, on), (answers, on)

    out = tmp_path / f"out.{kind}"
    tree.convert(tmp_path / "guide", out, to="ssvc" if kind == "json" else "")
    for table in read_tables(out):
        cases = some(list(every_case(table)), chance)
        said = {case: guide_says(guide, table, case) for case in cases}
        known = {case: results for case, results in said.items() if results is not None}
        assert len(known) > len(cases) / 2
        assert known == {case: counting(table, case) for case in known}


def some(cases: list[Any], chance: random.Random) -> list[Any]:
    return chance.sample(cases, min(len(cases), 40))
