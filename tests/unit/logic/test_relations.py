"""Relations of options, and remarks with a condition: what is shown beside the standings."""

import pytest
import random_guides as guides
from examples import examples
from hypothesis import given
from random_guides import readings_beside

import tree
from tree.logic import beside
from tree.logic.build import build
from tree.model.parts import Reading
from tree.tables.guide_tables import evidence

TEXT = (
    "If it rains, drink tea. Or eat cake. Cake usually goes with tea. Or go for a walk. "
    "When it is dry, first walk and then eat. Walk, and have no tea. "
    "The paths are wet after a rain. Wear boots."
)
GUIDE = """
title: Tea, cake or a walk?
factors:
  rain: {question: Does it rain?, quote: If it rains}
options:
  tea: {name: Tea, quote: drink tea}
  cake: {name: Cake, quote: eat cake}
  walk: {name: Walk, quote: go for a walk}
groups:
  indoors: {name: Indoors, quote: eat cake, options: [tea, cake]}
grades: {1A: surely}
statements:
  drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}
  eat: {quote: Or eat cake., offer: cake}
  go: {quote: Or go for a walk., when: {rain: no}, prefer: walk}
  both: {quote: Cake usually goes with tea., combine: [tea, cake], strength: usually, grade: 1A}
  after: {quote: first walk and then eat, when: {rain: no}, order: [walk, indoors]}
  rather: {quote: "Walk, and have no tea.", instead: {of: tea, use: walk}, basis: implied,
           because: A walk stands in its place.}
  wet: {quote: The paths are wet after a rain., when: {rain: yes}, remark: The paths are wet.}
  boots: {quote: Wear boots., remark: Wear boots.}
"""


@pytest.fixture(scope="module")
def guide() -> tree.Guide:
    return tree.loads(TEXT, GUIDE)


def words(guide, **answers):
    walk = guide.walk(answers)
    return [found.words(guide) for found in beside.relations(walk)]


def test_a_relation_is_shown_where_it_holds_and_its_options_are_there(guide):
    assert words(guide, rain="yes") == ["In combination: Tea with Cake · “usually” · 1A"]
    assert words(guide, rain="no") == [
        "In this order: Walk, then Indoors",
        "Instead of Tea: Walk",
    ]


def test_it_is_open_as_long_as_an_answer_can_change_it(guide):
    assert words(guide) == [
        "Depends on open answers: In combination: Tea with Cake · “usually” · 1A",
        "Depends on open answers: In this order: Walk, then Indoors",
        "Depends on open answers: Instead of Tea: Walk",
    ]


def test_standings_are_those_of_the_guide_without_relations(guide):
    kept = GUIDE[: GUIDE.index("  both:")]
    plain = tree.loads(TEXT, kept)
    assert plain.tree.nodes == guide.tree.nodes


def test_a_walk_says_them_in_words_and_as_data(guide):
    walk = guide.walk(rain="no")
    said = str(walk)
    assert 'Instead of Tea: Walk\n    "Walk, and have no tea." (text, implied)' in said
    assert "because: A walk stands in its place." in said
    assert "The paths are wet" not in said
    assert said.endswith('For everyone:\n  Wear boots. "Wear boots." (text)')
    assert walk.to_dict()["relations"][0] == {
        "kind": "order",
        "of": ["walk", "indoors"],
        "certain": True,
        "strength": None,
        "grade": None,
        "because": ["first walk and then eat"],
    }
    assert "Instead of Tea: Walk" in str(walk.why())


def test_a_remark_is_shown_where_it_holds(guide):
    wet = "The paths are wet after a rain."
    rain, dry, still = (guide.walk(a) for a in ({"rain": "yes"}, {"rain": "no"}, {}))
    assert f'For this patient also:\n  The paths are wet. "{wet}"' in str(rain)
    assert f'  Depends on open answers: The paths are wet. "{wet}"' in str(still)
    remarks = [(w.to_dict()["remarks"], w.to_dict()["open_remarks"]) for w in (rain, dry, still)]
    assert remarks == [(["Wear boots.", wet], []), (["Wear boots."], []), (["Wear boots."], [wet])]
    assert [s.id for s in beside.for_everyone(guide)] == ["boots"]


def test_the_other_views_of_a_guide_have_them(guide):
    read = str(guide.read_back())
    assert "In combination: Tea with Cake (“usually”, 1A)\n      for everyone" in read
    assert "In this order: Walk, then Indoors\n      for: Does it rain? no" in read
    table = evidence(guide).set_index("statement")
    assert table.loc["both", "effect"] == "in combination: tea with cake"
    assert table.loc["rather", "effect"] == "instead of tea: walk"
    assert table.loc["wet", "condition"] == "rain=yes"


def test_a_change_of_a_relation_is_a_change_of_the_guide(guide):
    turned = GUIDE.replace("order: [walk, indoors]", "order: [indoors, walk]")
    turned = turned.replace("combine: [tea, cake]", "combine: [cake, tea]")
    said = str(tree.diff(guide, tree.loads(TEXT, turned)))
    assert "order: walk, indoors → indoors, walk" in said
    # In a combination the order in which options are named says nothing.
    assert "combine" not in said
    renamed = GUIDE.replace("tea:", "green_tea:").replace("[tea,", "[green_tea,")
    renamed = renamed.replace("offer: tea", "offer: green_tea").replace("of: tea", "of: green_tea")
    assert "combine" not in str(tree.diff(guide, tree.loads(TEXT, renamed)))


def test_a_factor_that_only_they_ask_matters():
    asking = GUIDE.replace("factors:", "factors:\n  wind: {question: Windy?, quote: Wear boots.}")
    boots = "boots: {quote: Wear boots.,"
    asking = asking.replace(boots, f"{boots} when: {{wind: yes}},")
    report = tree.check_text(TEXT, asking)
    assert not [p for p in report.problems if "never matters" in p.message], report
    assert report.guide.tree.factors == ("rain",)


@pytest.mark.slow
@examples(150)
@given(readings_beside(factors=4, patients=40))
def test_what_is_shown_is_what_every_completion_says(found):
    reading, answers = found
    walk = guides.walk(reading, answers)
    completions = guides.patients(reading, answers)
    shown = {each.statement.id: each for each in beside.relations(walk)}
    remarks = {each.statement.id: each.certain for each in beside.remarks(walk)}
    everyone = {statement.id for statement in beside.for_everyone(reading)}
    for statement in reading.statements:
        held = {guides.holds(statement, patient) for patient in completions}
        if statement.relation:
            ways = {guides.shown_members(reading, statement, patient) for patient in completions}
            named = {id for members in ways for id in members}
            assert (statement.id in shown) == bool(named)
            if named:
                each = shown[statement.id]
                assert {member.id for member in each.members} == named
                assert each.certain == (len(ways) == 1)
        elif statement.remark and all(map(_holds(statement), guides.patients(reading))):
            assert statement.id in everyone
            assert statement.id not in remarks
        elif statement.remark:
            assert remarks.get(statement.id) == (None if held == {False} else held == {True})


def _holds(statement):
    return lambda patient: guides.holds(statement, patient)


@pytest.mark.slow
@examples(60)
@given(readings_beside(factors=4, patients=40))
def test_they_never_change_a_standing(found):
    reading, _ = found
    plain = [s for s in reading.statements if s.effects]
    without = Reading(**{**_fields(reading), "statements": tuple(plain)})
    assert build(reading).nodes == build(without).nodes


def _fields(reading):
    return {name: getattr(reading, name) for name in reading.__dataclass_fields__}
