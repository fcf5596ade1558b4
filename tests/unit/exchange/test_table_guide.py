"""A guide made of a decision table decides what the table decides."""

from __future__ import annotations

import random

from chances import chances
from examples import examples
from hypothesis import given
from random_tables import counting, decided, every_case, random_table

import tree
from tree.exchange.decision_table import DecisionTable, HitPolicy
from tree.exchange.table_guide import MadeGuide, guide_of
from tree.exchange.tidying import tidied


@examples(200)
@given(chances(200))
def test_the_guide_of_a_table_decides_every_case_as_the_table(chance: random.Random) -> None:
    table = random_table(chance)
    files = made_or_refused(table)
    table, _ = tidied(table)
    if isinstance(files, str):
        assert may_be_refused(table, files), files
        return
    report = tree.check_text(files.text, files.guide)
    assert report.ok, report
    for case in every_case(table):
        assert decided(table, report.guide, case) in (None, counting(table, case)), case


def made_or_refused(table: DecisionTable) -> MadeGuide | str:
    try:
        return guide_of([table])
    except tree.TreeError as error:
        return str(error)


def may_be_refused(table: DecisionTable, message: str) -> bool:
    """Whether a table contradicts itself, or decides nothing, worked out case by case."""
    said = [counting(table, case) for case in every_case(table)]
    if "conclude different things" in message:
        alone = table.policy in (HitPolicy.UNIQUE, HitPolicy.ANY)
        # Of two rules that hold together, one may also say nothing of an output.
        silent = any("" in rule.results for rule in table.rules)
        return alone and (silent or any(len(results) > 1 for each in said for results in each))
    if "no rule is left" in message:
        return not any(results for each in said for results in each)
    return "no input is left" in message and len(set(said)) == 1
