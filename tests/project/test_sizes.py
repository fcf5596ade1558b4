"""A file is one job, and a function fits a screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from places import ROOT

MOST_LINES, LONGEST_FUNCTION = 350, 60
MODULES = sorted((ROOT / "tree").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= MOST_LINES
    too_long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert too_long == {}
