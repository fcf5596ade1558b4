"""A sheet of WHO's kind, a table of SSVC and a DMN file: in, looked at in a browser, and out again.

What is decided is compared at each step, case by case, with the tables evaluated directly.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from explorer_state import expected, seen, states_at
from foreign_tables import assert_file_decides, assert_guide_decides, foreign, some
from playwright.sync_api import BrowserContext

import tree


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
    assert_guide_decides(guide, file, chance)

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
    assert_file_decides(out, guide, chance)
