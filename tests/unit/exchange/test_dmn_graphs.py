"""A model in the form of the public TCK of DMN: tables that ask each other, as their cases say."""

from __future__ import annotations

from pathlib import Path

import pytest
import tck

from tree.exchange.dmn_in import read

FOLDER = Path(__file__).parents[2] / "dmn"


def test_every_case_of_a_graph_comes_out_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    assert tck.main(str(FOLDER)) == 0
    assert "| garden_watering | 150 of 150 |" in capsys.readouterr().out


def test_a_case_that_differs_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (FOLDER / "garden_watering").iterdir():
        changed = path.read_text("utf-8").replace('<text>"hose"</text>', '<text>"can"</text>')
        (tmp_path / path.name).write_text(changed, encoding="utf-8")
    assert tck.main(str(tmp_path)) == 4
    assert "garden_watering, case 001: {'': frozenset({'can'})}" in capsys.readouterr().out


def test_rules_say_by_which_result_they_hold() -> None:
    path = FOLDER / "garden_watering" / "garden_watering.dmn"
    tables = read(path.read_bytes(), path.name)
    assert [table.title for table in tables] == ["Dryness", "Need", "Tool", "Hour", "Sprinkler"]
    tool = tables[2]
    assert [input_.name for input_ in tool.inputs] == ["Rain of the week", "Soil", "Hot"]
    assert tool.rules[0].place == "Row 1 (Thirst: high)"
    assert any("it repeats 'Dryness'" in line for line in tables[0].lost)
