"""What `tree` exports: names that tell apart, each defined once, and a page returned or written."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest
from places import ROOT, syntax

import tree
from tree.logic import build, walk


def test_public_names_differ_by_more_than_a_capital() -> None:
    small = Counter(name.lower() for name in tree.__all__)
    assert [name for name, count in small.items() if count > 1] == []
    assert sorted(tree.__all__) == tree.__all__
    assert all(getattr(tree, name) is not None for name in tree.__all__)


def test_there_is_one_walk_and_one_tree(liver: tree.Guide) -> None:
    assert tree.Tree is build.Tree
    assert tree.Walk is walk.Walk
    assert type(liver.tree) is tree.Tree
    assert type(liver.walk()) is tree.Walk


def defined(path: Path) -> list[str]:
    """The classes and the types that a module defines at its top."""
    names = []
    for line in syntax(path).body:
        if isinstance(line, ast.ClassDef):
            names.append(line.name)
        elif isinstance(line, ast.Assign | ast.AnnAssign):
            targets = line.targets if isinstance(line, ast.Assign) else [line.target]
            names += [each.id for each in targets if isinstance(each, ast.Name)]
    return [name for name in names if name.lstrip("_")[:1].isupper() and not name.isupper()]


def test_no_two_classes_or_types_share_a_name() -> None:
    names = Counter(name for path in (ROOT / "tree").rglob("*.py") for name in defined(path))
    assert [name for name, count in names.items() if count > 1] == []
    standard = set(dir(__import__("collections.abc").abc))
    assert standard.isdisjoint(names)


@pytest.mark.slow
def test_the_page_is_returned_or_written(tmp_path: Path, liver: tree.Guide) -> None:
    path, patient = tmp_path / "page.html", {"other_organ_involvement": "yes"}
    for answers in ({}, patient):
        for practice in (False, True):
            page = liver.to_html(answers=answers, practice=practice)
            liver.to_html(path, answers, practice=practice, force=True)
            assert path.read_text(encoding="utf-8") == page
    with pytest.raises(FileExistsError):
        liver.to_html(path)
    with pytest.raises(tree.AnswerError, match="unknown factor 'liver'"):
        liver.to_html(path, {"liver": "yes"}, force=True)
    assert path.read_text(encoding="utf-8") == page
