"""Values and conditions: what an author writes against a plain evaluation of it."""

import copy
import re

import pytest
import strange_guides
import written_guides
from chances import chances
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_guides import holds as meets
from written_guides import BOUNDS, bands, holds, patients, written

import tree

TEXT = written_guides.text()


def read(made):
    return tree.loads(TEXT, written(made))


def about(condition, factors):
    """A guide of one statement with this condition, and of one that uses every factor."""
    some = {id: written_guides.first_of(factor) for id, factor in factors.items()}
    option = {"name": "choice 0", "quote": "Take choice 0."}
    return {
        "title": "?",
        "factors": factors,
        "options": {"o0": option, "o1": {**option, "name": "choice 1"}},
        "statements": {
            "s0": {"quote": "Rule 0 holds.", **condition, "offer": "o0"},
            "s1": {"quote": "Rule 1 holds.", "any": some, "offer": "o1"},
        },
    }


def drawn(chance):
    """A random condition on up to four factors, in a guide."""
    factors = {f"f{i}": written_guides.factor(chance, i) for i in range(chance.randint(1, 4))}
    return about(written_guides.condition(chance, factors), factors)


def truths(made):
    """For whom the first statement holds, by evaluating it as it is written."""
    return [holds(made["statements"]["s0"], patient) for patient in patients(made)]


# --- conditions -----------------------------------------------------------------------------


@examples(400)
@given(chances())
def test_a_condition_holds_for_whom_it_says(chance):
    made = drawn(chance)
    expected = truths(made)
    guide, problems = strange_guides.read(TEXT, written(made))
    if guide is None:
        # Only where an alternative can hold for nobody, and so might as well not be there.
        slips = ("contradicts", "can never hold")
        slips += ("'unless' never meets", "'unless' leaves nobody")
        assert all(any(slip in problem.message for slip in slips) for problem in problems)
        assert not any(expected) or any(truths(other) == expected for other in without_one(made))
        return
    statement = guide.statement("s0")
    every = map(guide.check_answers, patients(made))
    assert [meets(statement, patient, guide.counts) for patient in every] == expected
    standings = [str(guide.walk(p).standings["o0"].standing) for p in patients(made)]
    assert standings == ["offered" if met else "silent" for met in expected]
    # What never holds is a slip of the author's, and refused.
    assert any(expected)


def without_one(made):
    """The guide without the exception, or one of the alternatives, of its first condition."""

    def shorter(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                for less in shorter(inner):
                    yield {**value, key: less}
                if key in ("any", "all"):
                    yield from ({**value, key: less} for less in fewer(inner))
        elif isinstance(value, list):
            for i, item in enumerate(value):
                yield from ([*value[:i], less, *value[i + 1 :]] for less in shorter(item))

    def fewer(value):
        if isinstance(value, list):
            yield from (value[:i] + value[i + 1 :] for i in range(len(value)))
        elif isinstance(value, dict):
            yield from ({k: v for k, v in value.items() if k != key} for key in value)

    first = made["statements"]["s0"]
    for less in ({k: v for k, v in first.items() if k != "unless"}, *shorter(first)):
        other = copy.copy(made)
        other["statements"] = {**made["statements"], "s0": less}
        yield other


@given(chances())
def test_all_says_the_same_as_when(chance):
    factors = {f"f{i}": written_guides.factor(chance, i) for i in range(3)}
    inner = written_guides.all_of(chance, factors, 0)
    found = []
    for condition in ({"when": inner}, {"all": inner}, {"all": [inner]}):
        try:
            guide = read(about(condition, factors))
        except tree.TreeError as error:
            found.append(len(error.problems))
        else:
            found.append(guide.statement("s0").condition)
    assert len(set(found)) == 1


LEVELS = {"level": {"question": "?", "quote": "Ask question 0.", "values": ["low", "mid", "high"]}}
YES_NO = {f"f{i}": {"question": "?", "quote": f"Ask question {i}."} for i in range(3)}


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            {"when": {"level": {"not": ["low", "mid", "high"]}}},
            "'not' names every value of 'level': nobody is left",
        ),
        ({"when": {"level": {"not": "medium"}}}, "undefined value 'medium' of 'level'"),
        (
            {"when": {"level": {"no": "low"}}},
            "a value of 'level', a list of values, or {not: ...} expected",
        ),
        ({"when": {"level": {}}}, "a value of 'level', a list of values, or {not: ...} expected"),
        ({"when": {"level": {"not": []}}}, "the list is empty"),
        ({"any": {"any": {"any": {"level": "low"}}}}, "'any' is nested twice; once is allowed"),
        ({"when": {"all": {"any": {"level": "low"}}}}, "'any' is nested twice; once is allowed"),
        ({"any": []}, "the list is empty"),
        ({"all": []}, "the list is empty"),
        ({"any": {}}, "'any' needs at least one alternative"),
        ({"when": {"any": {}}}, "'any' needs at least one alternative"),
        ({"all": ["level"]}, "factors with their values expected here"),
        ({"any": "level"}, "factors with their values expected here"),
        ({"when": {"not": {"level": "low"}}}, "undefined factor 'not'"),
        ({"when": {"level": "low"}, "all": {"level": "mid"}}, "'all' contradicts 'when'"),
    ],
)
def test_what_is_no_condition(condition, message):
    report = tree.check_text(TEXT, written(about(condition, LEVELS)))
    assert report.guide is None
    assert [p for p in report.problems if p.message.startswith(message)]


def test_a_condition_of_too_many_alternatives():
    factors = {f"f{i}": YES_NO["f0"] for i in range(16)}
    # 8 pairs of which one must hold: 2 to the 8th ways.
    pairs = [{"any": {f"f{i}": "yes", f"f{i + 1}": "yes"}} for i in range(0, 16, 2)]
    (problem,) = tree.check_text(TEXT, written(about({"all": pairs}, factors))).problems
    assert problem.message.startswith("the condition has more than 200 alternatives")
    guide = read(about({"all": pairs[:6]}, factors))
    assert len(guide.statement("s0").condition) == 64


@pytest.mark.parametrize("name", ["when", "any", "all", "not"])
def test_a_factor_cannot_be_named_like_a_part_of_a_condition(name):
    made = about({}, YES_NO | {name: YES_NO["f0"]})
    messages = [problem.message for problem in tree.check_text(TEXT, written(made)).problems]
    assert f"factor '{name}': this name has a meaning of its own in conditions" in messages


# --- bands ----------------------------------------------------------------------------------

numbers = st.integers(-50, 100).map(str) | st.sampled_from(
    [*written_guides.NUMBERS, "6.5", "24.01"]
)


def banded(values):
    factor = {"question": "?", "quote": "Ask question 0.", "values": values, "unit": "years"}
    return about({"when": {"age": next(iter(values))}}, {"age": factor})


@given(chances(), numbers, st.sampled_from([None, "-60", "-60.5"]), st.booleans())
def test_a_number_stands_for_the_band_that_holds_it(chance, number, low, inside):
    values = bands(chance)
    if low:
        values["band 0"]["from" if inside else "over"] = low
    fitting = [
        name
        for name, bounds in values.items()
        if all(BOUNDS[bound](float(number), float(at)) for bound, at in bounds.items())
    ]
    factor = read(banded(values)).factor("age")
    assert len(fitting) <= 1
    for answer in (number, float(number)):
        # Python writes very large and very small floats in a way that people do not.
        if "e" not in str(answer):
            assert factor.value_of(answer) == (fitting[0] if fitting else None)
    assert [factor.value_of(name) for name in values] == list(values)


@given(chances(), st.data())
def test_bands_with_one_bound_moved_leave_a_gap_or_overlap(chance, data):
    values = bands(chance)
    names = list(values)
    index = data.draw(st.integers(1, len(names) - 1))
    bound = next(b for b in ("from", "over") if b in values[names[index]])
    at = values[names[index]][bound]
    moved = data.draw(st.sampled_from(["-0.0005", "0.0005"]))
    values[names[index]][bound] = f"{float(at) + float(moved):.4f}"
    messages = [p.message for p in tree.check_text(TEXT, written(banded(values))).problems]
    wanted = "no band holds what is between" if moved == "0.0005" else " overlaps with "
    assert any(wanted in message for message in messages)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"a": {"below": "1"}, "b": {"over": "1"}}, "no band holds 1:"),
        ({"a": {"to": "1"}, "b": {"from": "1"}}, "band 'b' overlaps with 'a'"),
        ({"a": {"below": "1"}, "b": {"from": "2"}}, "no band holds what is between 1 and 2:"),
        ({"a": {"below": "2"}, "b": {"from": "1"}}, "band 'b' overlaps with 'a'"),
        ({"a": {"from": "1"}, "b": {"below": "1"}}, "band 'b' comes after 'a', which has no end"),
        (
            {"a": {"below": "1"}, "b": {"below": "2"}},
            "band 'b' comes after 'a' without a beginning",
        ),
        (
            {"a": {"from": "1", "over": "1", "below": "2"}, "b": {"from": "2"}},
            "'over' beside 'from'",
        ),
        ({"a": {"to": "1", "below": "1"}, "b": {"over": "1"}}, "'below' beside 'to'"),
        ({"a": {}, "b": {"from": "1"}}, "the band 'a' has no bound"),
        (
            {"a": "1", "b": {"from": "1"}},
            "the band 'a' must hold the keys from, over, to, below",
        ),
        ({"a": {"from": "1", "below": "1"}, "b": {"from": "1"}}, "no number is 1 or more and less"),
        (
            {"a": {"from": "2", "to": "1"}, "b": {"over": "1"}},
            "no number is 2 or more and 1 or less",
        ),
        (
            {"a": {"below": "six"}, "b": {"from": "6"}},
            "a number such as 18 or 38.5 expected, not 'six'",
        ),
        ({"a": {"below": "1e3"}, "b": {"from": "1e3"}}, "a number such as 18 or 38.5 expected"),
        ({"a": {"below": ["1"]}, "b": {"from": "1"}}, "text expected here, not a list"),
        ({"a": {"under": "1"}, "b": {"from": "1"}}, "unknown key 'under' in the band 'a'"),
        ({"a": {"below": "1"}}, "factor 'age' needs at least two values"),
    ],
)
def test_what_is_no_arrangement_of_bands(values, message):
    report = tree.check_text(TEXT, written(banded(values)))
    assert report.guide is None
    assert [p for p in report.problems if p.message.startswith(message)], report


def test_a_unit_belongs_to_bands():
    made = about({"when": {"level": "low"}}, {"level": {**LEVELS["level"], "unit": "years"}})
    (problem,) = tree.check_text(TEXT, written(made)).problems
    assert problem.message.startswith("'unit' belongs to values with bounds")


def test_more_values_than_a_question_can_have():
    values = [f"v{i}" for i in range(51)]
    factors = {"f0": {**YES_NO["f0"], "values": values}}
    messages = [p.message for p in tree.check_text(TEXT, written(about({}, factors))).problems]
    assert messages == ["more than 50 values in factor 'f0'"]
    factors["f0"]["values"] = values[:50]
    assert len(read(about({}, factors)).factor("f0").values) == 50


# --- scopes ---------------------------------------------------------------------------------


def scoped(chance):
    """A guide with stretches of the text that share a condition, and the rules in each."""
    factors = {f"f{i}": written_guides.factor(chance, i) for i in range(chance.randint(1, 3))}
    made = about({}, factors)
    made["statements"]["s0"] |= written_guides.condition(chance, factors)
    made["scopes"], inside = {}, {}
    for number in range(chance.randint(1, 3)):
        first, last = sorted(chance.choices(range(2), k=2))
        ends = {"begins": f"Rule {first} holds.", "ends": f"Rule {last} holds."}
        made["scopes"][f"c{number}"] = ends | {"when": written_guides.all_of(chance, factors, 0)}
        inside[f"c{number}"] = range(first, last + 1)
    return made, inside


@examples(150)
@given(chances())
def test_a_scope_holds_for_the_statements_inside(chance):
    made, inside = scoped(chance)
    report = tree.check_text(TEXT, written(made))
    every = patients(made)
    truth = [
        [
            holds(made["statements"][f"s{rule}"], patient)
            and all(holds(made["scopes"][id], patient) for id in inside if rule in inside[id])
            for patient in every
        ]
        for rule in range(2)
    ]
    guide = report.guide
    if guide is None:
        slips = ("contradicts", "can never hold", "'unless' never meets", "'unless' leaves nobody")
        assert all(any(slip in p.message for slip in slips) for p in report.errors)
        return
    for rule, expected in enumerate(truth):
        found = guide.statement(f"s{rule}")
        assert [
            meets(found, guide.check_answers(patient), guide.counts) for patient in every
        ] == expected
        assert found.scopes == tuple(id for id in inside if rule in inside[id])
        assert any(expected)
    empty = {p.message.split("'")[1] for p in report.warnings if "holds no statement" in p.message}
    assert not empty


def test_a_scope_may_be_a_passage_or_go_on_to_its_end():
    made = about({}, YES_NO)
    made["scopes"] = {
        "whole": {"passage": "text", "when": {"f0": "yes"}},
        "rest": {"begins": "Rule 1 holds.", "when": {"f1": "yes"}, "quote": "Rule 7 holds."},
    }
    guide = read(made)
    assert guide.statement("s0").scopes == ("whole",)
    assert guide.statement("s1").scopes == ("whole", "rest")
    by = {s.words.line: s.by for s in guide.coverage().sentences}
    assert by["Rule 7 holds."] == ("rest",)


# --- names, grades, subject -----------------------------------------------------------------


def test_what_is_written_of_names_grades_and_the_subject_is_read():
    made = about({"strength": "holds", "grade": "2C"}, {"f0": {**YES_NO["f0"], "short": "F"}})
    made["subject"] = {"one": "passenger", "many": "passengers"}
    made["grades"] = {"1A": "strong", "2C": "weak"}
    made["options"]["o0"] |= {"name": "of my own", "short": "own", "synonyms": "choice 0"}
    guide = read(made)
    assert (guide.subject.singular, guide.subject.plural) == ("passenger", "passengers")
    assert guide.grades == (("1A", "strong"), ("2C", "weak"))
    assert (guide.statement("s0").strength, guide.statement("s0").grade) == ("holds", "2C")
    assert (guide.option("o0").name, guide.option("o0").short) == ("of my own", "own")
    assert guide.factor("f0").short == "F"
    plain = read(about({}, YES_NO))
    assert (plain.subject.singular, plain.subject.plural) == ("patient", "patients")


def test_context_and_unclaimed_may_have_names():
    made = about({}, YES_NO)
    entry = {"quote": "Rule 7 holds.", "reason": "an aside", "draft": "true"}
    quotes = ["Rule 8 holds.", {"quote": "Rule 9 holds."}]
    found = []
    for context, unclaimed in (
        ([entry], [quotes[0], quotes[1]["quote"]]),
        ({"aside": entry}, dict(zip(("a", "b"), quotes, strict=True))),
    ):
        guide = read({**made, "context": context, "unclaimed": unclaimed})
        found.append((guide.context, guide.unclaimed))
        report = tree.check_text(
            TEXT, written({**made, "context": context, "unclaimed": unclaimed})
        )
        assert len([p for p in report.errors if "context is a draft" in p.message]) == 1
    assert found[0] == found[1]
    assert len(found[0][1]) == 2


# --- limits ---------------------------------------------------------------------------------


@pytest.mark.parametrize("bound", BOUNDS)
@given(number=numbers, at=st.sampled_from(written_guides.NUMBERS))
def test_a_number_is_on_the_side_of_a_limit_where_it_belongs(bound, number, at):
    factor = {"question": "?", "quote": "Ask question 0.", "unit": "years"}
    guide = read(about({"when": {"age": {bound: at}}}, {"age": factor}) | one_use(bound, at))
    applies = meets(guide.statement("s0"), guide.check_answers({"age": number}))
    assert applies == BOUNDS[bound](float(number), float(at))
    names = guide.factor("age").values
    assert len(set(names)) == len(names) == 2
    assert all(name.endswith(" years") for name in names)


def one_use(bound, at):
    """Statements of which one names the limit, and the other all but it."""
    return {
        "statements": {
            "s0": {"quote": "Rule 0 holds.", "when": {"age": {bound: at}}, "offer": "o0"},
            "s1": {"quote": "Rule 1 holds.", "when": {"age": {"not": {bound: at}}}, "offer": "o1"},
        }
    }


# --- outweighs, drafts, unclaimed -----------------------------------------------------------


@given(chances())
def test_what_is_written_of_a_statement_is_read(chance):
    made = written_guides.guide(chance)
    try:
        guide = read(made)
    except tree.TreeError:
        return
    for id, one in made["statements"].items():
        assert guide.statement(id).outweighs == tuple(one.get("outweighs", ()))
        assert (("statement", id) in guide.drafts) == ("draft" in one)
    assert [quote.line for quote in guide.unclaimed] == made.get("unclaimed", [])


@pytest.mark.parametrize(
    ("outweighs", "message"),
    [
        ("s0", "statement 's0' outweighs itself: allowed: s1"),
        ("s2", "statement 's0' outweighs an undefined statement 's2': allowed: s1"),
        ([], "the list is empty"),
        ({"s1": "yes"}, "text expected here"),
    ],
)
def test_what_cannot_be_outweighed(outweighs, message):
    made = about({"outweighs": outweighs}, YES_NO)
    (problem,) = tree.check_text(TEXT, written(made)).problems
    assert problem.message.startswith(message)


@pytest.mark.parametrize("value", ["false", "yes", "True"])
def test_a_draft_is_true_or_not_there(value):
    made = about({"draft": value}, YES_NO)
    report = tree.check_text(TEXT, written(made))
    assert [p.message for p in report.problems] == [
        "draft must be true; to confirm the entry, delete the line"
    ]
    line = written(made).splitlines()[report.problems[0].line - 1]
    assert re.search(rf"draft: {value}", line)
