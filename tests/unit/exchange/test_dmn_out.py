"""A guide as DMN: valid, read back as it was, and decided by engines that are not ours."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET

import pytest
from chances import chances
from dmn_engines import EVERY, asked_of, differing, inside, node_engine
from dmn_guides import guide_of_markup, made_guides
from examples import examples
from hypothesis import given
from lxml import etree
from platforms import modules
from random_tables import counting, every_case, random_table

import tree
from tree.exchange.decision_table import InputAnswers
from tree.exchange.dmn_in import read
from tree.exchange.dmn_out import MODEL, write
from tree.exchange.table_guide import guide_of
from tree.exchange.tree_tables import for_everyone, tables_of
from tree.model.parts import Factor

GUIDES = [guide.name for guide in tree.guides()]


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    folder = modules("dmn") / "dmn-moddle" / "resources" / "dmn" / "xsd"
    return etree.XMLSchema(etree.parse(folder / "DMN13.xsd"))


@pytest.mark.live
@pytest.mark.parametrize(("engine", "most"), [("dmn-eval-js", EVERY), ("feelin", 300)])
@pytest.mark.parametrize("name", GUIDES)
def test_an_engine_decides_as_the_walk(name: str, engine: str, most: int, node: str) -> None:
    guide = tree.load(name)
    source, _ = write(guide)
    asked = [*asked_of(guide, source, most)]
    assert asked
    assert differing(asked, node_engine(node, engine)(source, asked)) == []


@pytest.mark.live
@pytest.mark.parametrize("engine", ["dmn-eval-js", "feelin"])
def test_engines_decide_guides_of_chance_as_the_walk(engine: str, node: str) -> None:
    compared = 0
    for guide in made_guides(24):
        source, _ = write(guide)
        asked = [*asked_of(guide, source, 60)]
        compared += len(asked)
        assert differing(asked, node_engine(node, engine)(source, asked)) == []
    assert compared > 200


@pytest.mark.live
def test_it_is_valid_against_the_schema(schema: etree.XMLSchema) -> None:
    for guide in [*map(tree.load, GUIDES), *made_guides(20), guide_of_markup()]:
        source, _ = write(guide)
        assert schema.validate(etree.fromstring(source)), schema.error_log


@pytest.mark.live
@pytest.mark.parametrize("engine", ["dmn-eval-js", "feelin"])
def test_hostile_words_stay_words(engine: str, node: str) -> None:
    guide = guide_of_markup()
    source, _ = write(guide)
    asked = [*asked_of(guide, source)]
    assert len(asked) == 6
    assert differing(asked, node_engine(node, engine)(source, asked)) == []


@pytest.mark.parametrize("name", GUIDES)
def test_read_back_a_shipped_guide_decides_the_same(name: str) -> None:
    assert_same(tree.load(name))


@examples(40)
@given(chances(200))
def test_read_back_a_guide_of_a_table_decides_the_same(chance: random.Random) -> None:
    try:
        files = guide_of([random_table(chance)])
    except tree.TreeError:
        return
    assert_same(tree.loads(files.text, files.guide))


def test_read_back_hostile_words_are_the_same() -> None:
    assert_same(guide_of_markup())


def assert_same(guide: tree.Guide) -> None:
    """What is written and read again decides what the guide's tables decide."""
    written_tables = tables_of(guide)
    source, _ = write(guide)
    found = read(source, "again.dmn") if written_tables or for_everyone(guide) else ()
    constants = dict(zip(for_everyone(guide), found[len(written_tables) :], strict=True))
    for (name, standing), table in zip(
        for_everyone(guide).items(), constants.values(), strict=True
    ):
        assert (table.title, table.rules[0].results) == (plain(name), (standing,))
    chance = random.Random(1)
    for one, again in zip(written_tables, found, strict=False):
        assert [plain(i.name) for i in one.inputs] == [i.name for i in again.inputs]
        asked = {factor.question: factor for factor in guide.factors}
        factors = [asked[input_.name] for input_ in one.inputs]
        cases = [*every_case(one)]
        for case in chance.sample(cases, min(len(cases), 100)):
            pairs = zip(factors, one.answers, again.answers, case, strict=True)
            place = tuple(place_in(factor, own, found, at) for factor, own, found, at in pairs)
            if None not in place:
                assert counting(again, place) == counting(one, case)


def place_in(factor: Factor, own: InputAnswers, found: InputAnswers, at: int) -> int | None:
    """Where an answer of a table stands in another one, which may name bands as the guide does.

    None for a number that cannot be.
    """
    if at >= len(own.bands):
        return found.names.index(own.names[at])
    number = inside(own.bands[at])
    value = factor.value_of(number)
    if value is None or not found.bands:
        return None if value is None else found.names.index(value)
    return next(place for place, band in enumerate(found.bands) if band.holds(number))


def plain(words: str) -> str:
    return " ".join(words.split())


def test_the_words_that_decide_stand_beside_the_rules() -> None:
    source, lost = write(tree.load("metastatic_liver_cancer"))
    notes = [e[0].text or "" for e in ET.fromstring(source).iter(f"{{{MODEL}}}annotationEntry")]
    assert any("limited to patients who have no evidence of other organ" in note for note in notes)
    assert any(line.startswith("how options go together") for line in lost)


def test_names_are_names_in_feel() -> None:
    source, _ = write(guide_of_markup())
    names = [e.attrib["name"] for e in ET.fromstring(source).iter(f"{{{MODEL}}}variable")]
    assert len({*names}) == len(names)
    assert all(name.isascii() and name.isidentifier() and name.islower() for name in names)
    assert not {"if", "date", "true", "null"} & {*names}
