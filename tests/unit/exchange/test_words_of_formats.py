"""Guides in other formats, in a language whose words are no English ones; see `pseudo_language`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pseudo_language
import pytest
from places import LIVER
from wintering_bees import FOLDER

import tree
from tree.exchange import fhir, markdown, qti

# What people read in a questionnaire or a plan; all other parts are for programs.
READ = {"text", "title", "description", "display", "prefix", "valueString"}
# Of an item of QTI, in either spelling; all around them is for programs.
OF_ITEMS = re.compile(
    r"\}(?:p|li|td|th|strong|blockquote|qti-prompt|prompt"
    r"|qti-simple-choice|simpleChoice)$"
)
# The syntax of Mermaid, and of Markdown.
OF_MARKS = re.compile(
    r"```\w*|<[^>]*>|[\\*`_#>]|^(?:flowchart.*|\s*(?:classDef|class|style|linkStyle) .*)$"
)


@pytest.fixture(scope="module", autouse=True)
def language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pseudo_language.spoken_here(tmp_path_factory.mktemp("messages")):
        yield


@pytest.fixture(scope="module", params=[LIVER, FOLDER], ids=["liver", "bees"])
def guide(request: pytest.FixtureRequest) -> tree.Guide:
    return tree.load(request.param).in_language(pseudo_language.TAG)


def strings(part: object, name: str = "") -> Iterator[str]:
    """What people read of a JSON document."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from strings(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value, name)
    elif isinstance(part, str) and name in READ:
        yield part


def test_markdown(guide: tree.Guide) -> None:
    lines = [OF_MARKS.sub("", line) for line in markdown.document(guide).splitlines()]
    assert len(lines) > 20
    assert pseudo_language.plain_lines(lines, guide) == {}


@pytest.mark.slow
@pytest.mark.parametrize("version", ["2.1", "3"])
def test_qti(guide: tree.Guide, version: str) -> None:
    lines = []
    with zipfile.ZipFile(io.BytesIO(qti.package(guide, version))) as packed:
        for name in packed.namelist():
            if name.startswith("items/"):
                for part in ElementTree.fromstring(packed.read(name)).iter():
                    if OF_ITEMS.search(part.tag):
                        lines.append(" ".join("".join(part.itertext()).split()))
    assert len(lines) > 50
    assert pseudo_language.plain_lines(lines, guide) == {}


@pytest.mark.parametrize("version", ["R4", "R5"])
def test_fhir(guide: tree.Guide, version: str) -> None:
    lines = [line for text in strings(fhir.bundle(guide, version)[0]) for line in text.splitlines()]
    assert len(lines) > 10
    assert pseudo_language.plain_lines(lines, guide) == {}
