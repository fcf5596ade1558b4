"""Every file in tests/bad_dmn has something wrong; beside it stands what must be said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import tree
from tree.exchange.dmn_in import read
from tree.exchange.places_in_xml import DEEPEST, MOST_BYTES, MOST_ELEMENTS, read_xml
from tree.exchange.table_guide import guide_of

FILES = sorted((Path(__file__).parents[2] / "bad_dmn").glob("*.dmn"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_all_that_is_wrong_is_said_with_its_place(path: Path) -> None:
    with pytest.raises(tree.TreeError) as raised:
        guide_of(read(path.read_bytes(), path.name), source=path.name)
    assert all(problem.line and problem.column for problem in raised.value.problems)
    found = "".join(f"{problem}\n" for problem in raised.value.problems)
    assert found == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_there_are_bad_files() -> None:
    assert len(FILES) > 12


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<a>" + b" " * MOST_BYTES + b"</a>", "10,000,007 bytes, more than 10,000,000"),
        (b"<a>" + b"<b/>" * MOST_ELEMENTS + b"</a>", "more than 400,000 elements"),
        (b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1), "more than 60 elements stand within"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "no XML that can be read"),
        (b"", "no XML that can be read"),
    ],
)
def test_what_would_take_long_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(tree.TreeError, match=message):
        read_xml(data, "large.xml")
