"""The tables of a guide decide what the guide decides, and make a guide that decides the same."""

from __future__ import annotations

import random
from collections.abc import Collection

import pytest
from chances import chances
from examples import examples
from hypothesis import given
from random_tables import counting, decided, every_case, guide_says, number_in, random_table

import tree
from tree.exchange.decision_table import DecisionTable, HitPolicy, Output, TableCase
from tree.exchange.table_guide import guide_of
from tree.exchange.tidying import tidied
from tree.exchange.tree_tables import for_everyone, tables_of

GUIDES = [guide.name for guide in tree.guides()]


@pytest.mark.parametrize("name", GUIDES)
def test_the_tables_of_a_guide_decide_every_case_as_it_does(name: str) -> None:
    guide = tree.load(name)
    chance = random.Random(name)
    for table in tables_of(guide):
        cases = list(every_case(table))
        for case in chance.sample(cases, min(len(cases), 200)):
            assert guide_says(guide, table, case) in (None, counting(table, case))


@examples(60)
@given(chances(200))
def test_a_table_that_went_through_a_guide_decides_the_same(chance: random.Random) -> None:
    table = random_table(chance, chance.choice([p for p in HitPolicy if p is not HitPolicy.EVERY]))
    try:
        files = guide_of([table])
    except tree.TreeError:
        return
    table, _ = tidied(table)
    guide = tree.loads(files.text, files.guide)
    tables = {made.outputs[0].name: made for made in tables_of(guide) if len(made.outputs) == 1}
    if not any(made.inputs for made in tables.values()):
        return  # all that it concludes holds in every case
    constant = for_everyone(guide)
    for case in every_case(table):
        if decided(table, guide, case) is None:
            continue
        for output, results in zip(table.outputs, counting(table, case), strict=True):
            # What holds for everyone stands beside the trees.
            always = {result for result in results if is_constant(output, result, constant)}
            if output.name not in tables:
                assert results == always
            else:
                assert again(table, tables[output.name], case) == results - always


def is_constant(output: Output, result: str, constant: Collection[str]) -> bool:
    return result in constant or f"{output.name}: {result}" in constant


def again(table: DecisionTable, made: DecisionTable, case: TableCase) -> frozenset[str]:
    """What a table that was made anew concludes."""
    places = {input_.name: place for place, input_ in enumerate(table.inputs)}
    answers = []
    for input_, known in zip(made.inputs, made.answers, strict=True):
        own, place = table.answers[places[input_.name]], case[places[input_.name]]
        if place < len(own.bands):
            number = number_in(own.bands[place])
            answers.append(next(i for i, b in enumerate(known.bands) if b.holds(number)))
        else:
            answers.append(known.names.index(own.names[place]))
    [found] = counting(made, tuple(answers))
    return found
