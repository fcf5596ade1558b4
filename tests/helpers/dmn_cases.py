"""Cases put to a guide that was made of DMN tables, as the public TCK of DMN has them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import tree
from tree.exchange.decision_table import DecisionTable
from tree.exchange.feel import word
from tree.model.letters import alike

TESTCASE = "{http://www.omg.org/spec/DMN/20160719/testcase}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
Expected = dict[str, frozenset[str]]


@dataclass(frozen=True)
class TckCase:
    """A test case: what is known, and for each decision its results, by the names of outputs."""

    id: str
    known: Mapping[str, str]
    expected: Mapping[str, Expected]


def tck_cases(path: Path) -> Iterator[TckCase]:
    """The cases of a file of the TCK; outputs of a decision with just one are called ""."""
    for case in ET.parse(path).getroot().iter(f"{TESTCASE}testCase"):
        known: dict[str, str] = {}
        for node in case.iter(f"{TESTCASE}inputNode"):
            known |= dict(_known(node, node.attrib["name"]))
        expected = {
            node.attrib["name"]: _results(found)
            for node in case.iter(f"{TESTCASE}resultNode")
            if (found := node.find(f"{TESTCASE}expected")) is not None
        }
        yield TckCase(case.attrib.get("id", ""), known, expected)


def _known(node: ET.Element, name: str) -> Iterator[tuple[str, str]]:
    for part in node.iter(f"{TESTCASE}component"):
        yield from _known(part, f"{name}.{part.attrib['name']}")
    value = node.find(f"{TESTCASE}value")
    if value is not None and value.text is not None:
        yield name, _said(value)


def _said(value: ET.Element) -> str:
    kind, text = value.attrib.get(TYPE, ""), value.text or ""
    if kind.endswith("boolean"):
        return word(text == "true")
    return text if kind.endswith("string") else word(float(text))


def _results(found: ET.Element) -> Expected:
    parts = [*found.iter(f"{TESTCASE}component")]
    results: dict[str, set[str]] = {}
    for part in parts or [found]:
        said = results.setdefault(part.attrib.get("name", ""), set())
        values = part.iter(f"{TESTCASE}value") if not parts else part.iterfind(f"{TESTCASE}value")
        said |= {_said(value) for value in values if value.text is not None}
    return {name: frozenset(said) for name, said in results.items()}


def concluded(table: DecisionTable, guide: tree.Guide, known: Mapping[str, str]) -> Expected:
    """What a guide offers of the outputs of a table, by their names.

    `known`: answers by question; what the guide does not ask is left out.
    """
    questions = {alike(factor.question): factor.id for factor in guide.factors}
    answers = {
        questions[alike(name)]: value for name, value in known.items() if alike(name) in questions
    }
    standings = guide.walk(answers).standings
    offered = [o for o in guide.options if standings[o.id].standing == "offered"]
    return {
        output.name: frozenset(
            option.name.removeprefix(f"{output.name}: ")
            for option in offered
            if f"“{output.name}”" in option.quotes[0].words
        )
        for output in table.outputs
    }
