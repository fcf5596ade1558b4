"""A guide as DMN in Drools, which takes the file as it is: it decides as the walk, in all of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dmn_engines import asked_of, differing
from dmn_guides import guide_of_markup, made_guides
from dmn_service import DmnService, dmn_service

import tree
from tree.exchange.dmn_out import write
from tree.exchange.tree_tables import for_everyone

pytestmark = pytest.mark.live
GUIDES = [guide.name for guide in tree.guides()]
# A table has been looked through, and no case is without a rule or has two.
NOTHING = "DECISION_TABLE_ANALYSIS_EMPTY"
# It says the first two of every table with one output, whose name others look for and dmn-js
# writes. The last two say that rows could be one: each is a way through the tree, with its words.
MINOR = {
    "ILLEGAL_USE_OF_NAME",
    "ILLEGAL_USE_OF_TYPEREF",
    "DECISION_TABLE_CONTRACTION_RULE",
    "DECISION_TABLE_2NDNFVIOLATION",
}


@pytest.fixture(scope="module")
def drools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DmnService]:
    with dmn_service(tmp_path_factory.mktemp("drools") / "log.txt") as found:
        yield found


@pytest.mark.parametrize("name", GUIDES)
def test_it_decides_as_the_walk(name: str, drools: DmnService) -> None:
    guide = tree.load(name)
    source, _ = write(guide)
    asked = [*asked_of(guide, source, 160)]
    assert len(asked) > 10
    assert differing(asked, drools.found(source, asked)) == []


def test_it_decides_guides_of_chance_as_the_walk(drools: DmnService) -> None:
    compared = 0
    for guide in made_guides(24):
        source, _ = write(guide)
        asked = [*asked_of(guide, source, 30)]
        compared += len(asked)
        assert differing(asked, drools.found(source, asked)) == []
    assert compared > 200


def test_hostile_words_stay_words_in_drools(drools: DmnService) -> None:
    guide = guide_of_markup()
    source, _ = write(guide)
    asked = [*asked_of(guide, source)]
    assert differing(asked, drools.found(source, asked)) == []


@pytest.mark.parametrize("name", GUIDES)
def test_what_holds_for_everyone_is_there(name: str, drools: DmnService) -> None:
    guide = tree.load(name)
    found = drools.decisions(write(guide)[0], {})
    assert sorted(found.values()) == sorted(for_everyone(guide).values())


def test_it_finds_no_gap_no_overlap_and_nothing_that_the_standard_forbids(
    drools: DmnService,
) -> None:
    for guide in [*map(tree.load, GUIDES), *made_guides(12), guide_of_markup()]:
        remarks = drools.remarks(write(guide)[0])
        assert set(remarks) <= {NOTHING, *MINOR}, remarks
