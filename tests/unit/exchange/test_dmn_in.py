"""DMN files become tables that decide what the files say, or are refused with their place."""

from __future__ import annotations

import random

import pytest
from chances import chances
from dmn_files import SPACE, dmn_of
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_tables import counting, every_case, number_in, random_table

import tree
from tree.exchange.composing import Linked, composed
from tree.exchange.decision_table import DecisionTable, HitPolicy, Input, Output, Rule, Test
from tree.exchange.dmn_in import read
from tree.exchange.dmn_model import NAMESPACES
from tree.exchange.table_guide import guide_of
from tree.exchange.tidying import tidied


@examples(150)
@given(chances(200))
def test_a_table_that_is_read_decides_every_case_as_it_was_written(chance: random.Random) -> None:
    table, _ = tidied(random_table(chance))
    [found] = read(dmn_of(table), "made.dmn")
    assert found.policy == table.policy
    for case in every_case(table):
        assert counting(found, case) == counting(table, case)


@examples(100)
@given(chances(300))
def test_tables_that_ask_each_other_decide_as_one_after_the_other(chance: random.Random) -> None:
    first, second = asking_each_other(chance)
    _, made = read(dmn_of(first, second), "made.dmn")
    known = {input_.name.strip("?"): place for place, input_ in enumerate(first.inputs)}
    numbers = [number_in(band) for answers in made.answers for band in answers.bands] or [0.5]
    for case in every_case(first):
        [between] = counting(first, case)
        answers = {name: first.answers[at].names[case[at]] for name, at in known.items()}
        for number in numbers:
            if "Age" not in answers:
                answers = answers | {"Age": str(number)}
            elif case[known["Age"]] < len(first.answers[known["Age"]].bands):
                answers = answers | {
                    "Age": str(number_in(first.answers[known["Age"]].bands[case[known["Age"]]]))
                }
            expected = second_says(second, between, answers)
            places = [place_of(made, at, answers) for at in range(len(made.inputs))]
            if None not in places:
                assert counting(made, tuple(places)) == (expected,)


def asking_each_other(chance: random.Random) -> tuple[DecisionTable, DecisionTable]:
    """A table, and one that asks for its result and for a number."""
    while True:
        policy = chance.choice([HitPolicy.FIRST, HitPolicy.PRIORITY])
        first, _ = tidied(random_table(chance, policy))
        if len(first.outputs) == 1:
            break
    first = DecisionTable(
        "First",
        first.inputs,
        (Output("First", first.outputs[0].values, first.outputs[0].default),),
        first.rules,
        first.policy,
    )
    rules = tuple(
        Rule(
            f"Row {place}",
            (
                Test(
                    tuple(chance.sample(["wait", "act", "call"], chance.randint(1, 2))),
                    negated=chance.random() < 0.3,
                )
                if chance.random() < 0.8
                else None,
                Test(("not measured",)) if chance.random() < 0.3 else None,
            ),
            (chance.choice(["x", "y", "z"]),),
        )
        for place in range(1, chance.randint(2, 5))
    )
    policy = chance.choice([HitPolicy.FIRST, HitPolicy.EVERY])
    return first, DecisionTable(
        "Second", (Input("First"), Input("Age")), (Output("Second"),), rules, policy
    )


def second_says(
    table: DecisionTable, between: frozenset[str], answers: dict[str, str]
) -> frozenset[str]:
    """What the second table concludes, worked out rule by rule."""
    [result] = between or {""}
    found = []
    for rule in table.rules:
        asked, age = rule.tests
        if asked and (result in asked.values) == asked.negated:
            continue
        if age and answers["Age"] not in age.values:
            continue
        found.append(rule.results[0])
    return frozenset(found[:1] if table.policy is HitPolicy.FIRST else found)


def place_of(table: DecisionTable, at: int, answers: dict[str, str]) -> int | None:
    """The place of an answer; None where the table does not know it."""
    known, answer = table.answers[at], answers.get(table.inputs[at].name, "")
    if known.bands and answer.lstrip("-").replace(".", "").isdigit():
        return next(i for i, band in enumerate(known.bands) if band.holds(float(answer)))
    return known.names.index(answer) if answer in known.names else None


@pytest.mark.parametrize("space", NAMESPACES)
def test_every_version_of_dmn_is_read(space: str) -> None:
    table = random_table(random.Random(1), HitPolicy.FIRST)
    assert read(dmn_of(table, space=space), "a.dmn") == read(dmn_of(table), "a.dmn")


@pytest.mark.parametrize(
    ("policy", "found"),
    [("COLLECT", HitPolicy.EVERY), ("OUTPUT ORDER", HitPolicy.EVERY), ("ANY", HitPolicy.ANY)],
)
def test_what_a_hit_policy_says_beside_is_listed(policy: str, found: HitPolicy) -> None:
    source = drinks(policy=policy)
    [table] = read(source, "drinks.dmn")
    assert table.policy is found
    assert bool(table.lost) == (found is HitPolicy.EVERY)


def drinks(policy: str = "UNIQUE", cell: str = "&lt; 11", result: str = '"tea"') -> bytes:
    return f"""<definitions xmlns="{SPACE}">
  <inputData id="i" name="hour"><variable name="hour" typeRef="number"/></inputData>
  <decision id="d" name="Drink"><decisionTable hitPolicy="{policy}">
    <input label="Which hour is it?"><inputExpression><text>hour</text></inputExpression></input>
    <output><outputValues><text>"tea", "cocoa"</text></outputValues></output>
    <rule><description>It wakes.</description>
      <inputEntry><text>{cell}</text></inputEntry>
      <outputEntry><text>{result}</text></outputEntry></rule>
    <rule><inputEntry><text>[11..24]</text></inputEntry>
      <outputEntry><text>"cocoa"</text></outputEntry></rule>
  </decisionTable></decision></definitions>""".encode()


def test_a_file_becomes_a_guide_in_its_words() -> None:
    files = guide_of(read(drinks(), "drinks.dmn"))
    report = tree.check_text(files.text, files.guide)
    assert report.ok, report
    assert "“Which hour is it?” is less than 11" in files.text
    assert "It wakes." in files.text
    assert report.guide.walk({report.guide.factors[0].id: 7}).standings["tea"].standing == "offered"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            drinks(cell="hour2"),
            "drinks.dmn:7:19: the decision 'Drink' (d): Row 1, 'Which hour is "
            "it?': 'hour2': the value of another name, 'hour2', is not read; "
            "write a constant",
        ),
        (
            drinks(result='"te"'),
            "drinks.dmn:8:20: the decision 'Drink' (d): Row 1, 'Drink': 'te' is "
            "not among its values: did you mean 'tea'? allowed: tea, cocoa",
        ),
        (
            drinks(cell='"early"'),
            "drinks.dmn:7:19: the decision 'Drink' (d): Row 1, 'Which hour is "
            "it?': a string is compared with a number",
        ),
    ],
)
def test_a_slip_is_named_with_its_place(source: bytes, message: str) -> None:
    with pytest.raises(tree.TreeError) as raised:
        read(source, "drinks.dmn")
    assert [str(problem) for problem in raised.value.problems] == [message]


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(tree.TreeError) as raised:
        read(drinks("SOMETIMES", "now()", "null + 1"), "drinks.dmn")
    assert len(raised.value.problems) == 3


def test_too_many_ways_are_refused() -> None:
    inputs = tuple(Input(f"q{n}") for n in range(30))
    yes = Test(("yes",))
    rules = tuple(
        Rule(
            f"Row {n}",
            tuple(yes if at in (n, 29 - n) else None for at in range(30)),
            (f"r{n % 3}",),
        )
        for n in range(15)
    )
    first = DecisionTable("First", inputs, (Output("First"),), rules, HitPolicy.FIRST)
    second = DecisionTable(
        "Second",
        (Input("First"),),
        (Output("Second"),),
        (Rule("Row 1", (Test(("r0",)),), ("x",)),),
        HitPolicy.FIRST,
    )
    with pytest.raises(tree.TreeError, match="there are too many ways to its results"):
        composed([Linked(first, (None,) * 30), Linked(second, ((0, 0),))], "many.dmn")


@examples(200)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_what_is_no_dmn_is_refused(data: bytes) -> None:
    with pytest.raises(tree.TreeError):
        read(data, "strange.dmn")


@examples(200)
@given(chances(200))
def test_a_scribbled_file_is_read_or_refused(chance: random.Random) -> None:
    letters = list(dmn_of(random_table(chance)).decode())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(letters))
        start = chance.randrange(len(letters))
        letters[at : at + chance.randint(0, 9)] = chance.choice(
            [
                [],
                ["\x00"],
                list("<![CDATA["),
                list("&#x202e;"),
                list('"'),
                list("&lt;"),
                list("null"),
                letters[start : start + 30],
            ]
        )
    try:
        files = guide_of(read("".join(letters).encode(), "scribbled.dmn"))
    except tree.TreeError:
        return
    report = tree.check_text(files.text, files.guide)
    assert report.ok, report
