"""Engines for DMN that are not ours, asked for what a file decides in many cases."""

from __future__ import annotations

import itertools
import random
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from in_node import in_node
from platforms import modules
from random_tables import guide_says, number_in

import tree
from tree.exchange.decision_table import DecisionTable, TableCase, cases
from tree.exchange.dmn_out import MODEL
from tree.exchange.tree_tables import tables_of
from tree.model.answers import Band
from tree.model.parts import Factor

# As many cases as any tree of a shipped guide has, and more.
EVERY = 10_000
NODE_SCRIPT = Path(__file__).with_name("dmn_engines.cjs")
Known = dict[str, str | float | bool]
Found = dict[str, str | None]


@dataclass(frozen=True)
class Asked:
    """A case put to an engine: the decision, what is known by name, and what should come out."""

    decision: str
    known: Known
    expected: Found


def asked_of(guide: tree.Guide, source: bytes, most: int = 300) -> Iterator[Asked]:
    """Cases of all trees of a guide with what its walk says: of each tree every case, or where
    there are more than `most`, one for each row of its table and so many by chance.

    `source`: the guide as DMN, which says how decisions, inputs and outputs are called.
    """
    root = ET.fromstring(source)
    decisions = [d for d in root if d.tag == f"{{{MODEL}}}decision"]
    chance = random.Random(len(source))
    tables = tables_of(guide)
    for table, decision in zip(tables, decisions, strict=False):
        inputs = [e.text or "" for e in decision.iter() if _within(decision, e, "inputExpression")]
        outputs = [e.attrib["name"] for e in decision.iter(f"{{{MODEL}}}output")]
        for case in _cases(table, chance, most):
            said = guide_says(guide, table, case)
            if said is not None:
                values = [next(iter(results), None) for results in said]
                asked = {factor.question: factor for factor in guide.factors}
                factors = [asked[input_.name] for input_ in table.inputs]
                known = dict(zip(inputs, _known(table, factors, case), strict=True))
                expected = dict(zip(outputs, values, strict=True))
                yield Asked(decision.attrib["id"], known, expected)


def _within(decision: ET.Element, element: ET.Element, name: str) -> bool:
    return any(element in parent for parent in decision.iter(f"{{{MODEL}}}{name}"))


def _cases(table: DecisionTable, chance: random.Random, most: int) -> Iterator[TableCase]:
    sizes = [len(answers.names) for answers in table.answers]
    if cases(table) <= most:
        yield from itertools.product(*map(range, sizes))
        return
    rows = [tuple(chance.choice([*taken]) for taken in row) for row in table.accepted]
    others = (tuple(map(chance.randrange, sizes)) for _ in range(most))
    yield from dict.fromkeys([*rows, *others])


def _known(
    table: DecisionTable, factors: Sequence[Factor], case: TableCase
) -> Iterator[str | float | bool]:
    for factor, answers, place in zip(factors, table.answers, case, strict=True):
        if place < len(answers.bands):
            number = inside(answers.bands[place])
            mixed = len(factor.values) > len(factor.bands)
            yield factor.value_of(number) or "" if mixed else number
        elif answers.names == ("yes", "no"):
            yield answers.names[place] == "yes"
        else:
            yield answers.names[place]


def inside(band: Band) -> float:
    """A number in a band: at its limit where that is inside, which shows on which side it is."""
    if band.low is not None and band.low_inside:
        return band.low
    return band.high if band.high is not None and band.high_inside else number_in(band)


def node_engine(node: str, engine: str) -> Callable[[bytes, Sequence[Asked]], list[Found]]:
    """What an engine of npm says: "dmn-eval-js", or "feelin" for what stands in cells."""

    def evaluated(source: bytes, asked: Sequence[Asked]) -> list[Found]:
        put = [{"decision": each.decision, "known": each.known} for each in asked]
        message = {"source": source.decode(), "cases": put, "engine": engine}
        return list(in_node(node, [NODE_SCRIPT, modules("dmn")], message))

    return evaluated


def differing(asked: Sequence[Asked], found: Sequence[Found]) -> list[tuple[Asked, Found]]:
    """The cases in which an engine says something else."""
    pairs = zip(asked, found, strict=True)
    return [(each, said) for each, said in pairs if {**each.expected} != {**said}]
