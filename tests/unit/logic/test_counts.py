"""Counts of answers, scores, and answers that leave several values possible.

Everything is compared with plain enumeration of the cases, read straight off the guide as it is
written.
"""

from __future__ import annotations

import itertools

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from written_guides import COUNTS, written

import tree
from tree.logic.decisions import decisions

TEXT = "How is it? Take tea. Take rest. Rule 0 holds. Rule 1 holds. Rule 2 holds."
FACTORS = {
    "a": ["yes", "no"],
    "b": ["yes", "no"],
    "c": ["low", "middle", "high"],
    "d": ["yes", "no"],
}


def factor(values):
    return {"question": "How is it?", "quote": "How is it?", "values": values}


literals = st.sampled_from(sorted(FACTORS)).flatmap(
    lambda id: st.tuples(
        st.just(id),
        st.lists(
            st.sampled_from(FACTORS[id]), min_size=1, max_size=len(FACTORS[id]) - 1, unique=True
        ),
    )
)


@st.composite
def counts(draw):
    """at_least, at_most or exactly so many of some answers."""
    kind = draw(st.sampled_from(sorted(COUNTS)))
    several = dict(draw(st.lists(literals, min_size=2, max_size=4, unique_by=lambda one: one[0])))
    least, most = int(kind == "at_least"), len(several) - (kind == "at_most")
    return {kind: {str(draw(st.integers(least, most))): several}}


@st.composite
def conditions(draw):
    """A count beside a plain answer, or as one of two alternatives."""
    plain = dict([draw(literals)])
    if draw(st.booleans()):
        return {"any": [draw(counts()), plain]}
    points = st.integers(-2, 3).map(str)
    score = {"score": {draw(st.sampled_from(["from", "over"])): draw(points)}}
    return {
        "when": draw(st.sampled_from([plain, {}])) | draw(st.sampled_from([draw(counts()), score]))
    }


@st.composite
def guides(draw):
    """Two rules on tea, and a score that is used, with points for some answers."""
    points = {
        id: {value: str(draw(st.integers(-2, 2))) for value in FACTORS[id][:-1]}
        for id in draw(st.lists(st.sampled_from(sorted(FACTORS)), min_size=1, unique=True))
    }
    unused = {"when": {"score": {"from": "1"}}, "offer": "rest"}
    every = {id: values[0] for id, values in FACTORS.items()}
    return {
        "title": "How is it?",
        "factors": {id: factor(values) for id, values in FACTORS.items()}
        | {"score": {"question": "How is it?", "quote": "How is it?", "score": points}},
        "options": {
            "tea": {"name": "tea", "quote": "Take tea."},
            "rest": {"name": "rest", "quote": "Take rest."},
        },
        "statements": {
            "s0": {"quote": "Rule 0 holds.", **draw(conditions()), "offer": "tea"},
            "s1": {"quote": "Rule 1 holds.", **draw(conditions()), "withhold": "tea"},
            "s2": {"quote": "Rule 2 holds.", "any": [unused.pop("when"), every], **unused},
        },
    }


# --- what it means, without a tree ---------------------------------------------------------


def meets(made, condition, case):
    return all(entry(made, key, value, case) for key, value in condition.items())


def entry(made, key, value, case):
    if key == "any":
        return any(meets(made, one, case) for one in value)
    if key in COUNTS:
        return all(
            COUNTS[key](sum(case[id] in values for id, values in several.items()), int(number))
            for number, several in value.items()
        )
    if key == "score":
        worth = made["factors"]["score"]["score"]
        total = sum(int(points.get(case[id], 0)) for id, points in worth.items())
        return all(total >= int(n) if k == "from" else total > int(n) for k, n in value.items())
    return case[key] in (value if isinstance(value, list) else [value])


def holds(made, id, case):
    rule = made["statements"][id]
    condition = rule.get("when", {}) | ({"any": rule["any"]} if "any" in rule else {})
    return meets(made, condition, case)


def standing(made, case):
    if holds(made, "s1", case):
        return "withheld"
    return "offered" if holds(made, "s0", case) else "silent"


def cases(possible):
    return [dict(zip(FACTORS, chosen, strict=True)) for chosen in itertools.product(*possible)]


def loaded(made):
    """The guide; None where what it counts contradicts the rest."""
    report = tree.check_text(TEXT, written(made))
    if report.guide is None:
        slips = ("can never hold", "contradicts")
        assert all(any(slip in p.message for slip in slips) for p in report.errors), report
    return report.guide


@examples(150)
@given(guides(), st.data())
def test_counts_scores_and_several_possible_values(made, data):
    guide = loaded(made)
    if guide is None:
        return
    answers = {
        id: data.draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
        for id, values in FACTORS.items()
    }
    left = cases([[v for v in FACTORS[id] if v in answers[id]] for id in FACTORS])
    walk = guide.walk(answers)
    expected = {standing(made, case) for case in left}
    assert set(walk.standings["tea"].possible) == expected
    assert (walk.standings["tea"].standing is None) == (len(expected) > 1)
    reached = {guide.tree.nodes[at].standings for at in walk.outcomes}
    assert reached == {guide.tree.nodes[o].standings for c in left for o in guide.walk(c).outcomes}
    for id in ("s0", "s1"):
        said = {holds(made, id, case) for case in left}
        found = decisions(guide).holds(guide.statement(id), walk.answers)
        assert found is (said.pop() if len(said) == 1 else None)


def outcome(guide, case):
    standings = guide.walk(case).standings
    return tuple(str(standings[option].standing) for option in ("tea", "rest"))


@examples(80)
@given(guides(), st.data())
def test_a_question_matters_while_its_answer_can_change_the_outcome(made, data):
    guide = loaded(made)
    if guide is None:
        return
    answers = {
        id: data.draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
        for id, values in FACTORS.items()
    }
    walk = guide.walk(answers)
    left = [[v for v in FACTORS[id] if v in answers[id]] for id in FACTORS]
    for place, id in enumerate(FACTORS):
        others = cases([*left[:place], [None], *left[place + 1 :]])
        ends = {
            (outcome(guide, {**case, id: value}), tuple(case.items()))
            for case in others
            for value in left[place]
        }
        # More ends than cases: for one of them the answer changes something.
        changes = len(ends) > len(others)
        assert (id in walk.settling) == (changes and len(left[place]) > 1)


SIGNS = {f"s{i}": factor(["yes", "no"]) for i in range(1, 10)}
NINE = {
    "title": "Treat?",
    "factors": SIGNS,
    "options": {"tea": {"name": "tea", "quote": "Take tea."}},
    "statements": {
        "s": {
            "quote": "Rule 0 holds.",
            "when": {"at_least": {"5": dict.fromkeys(SIGNS, "yes")}},
            "offer": "tea",
        }
    },
}


def test_nine_signs_of_which_five_are_needed():
    guide = tree.loads(TEXT, written(NINE))
    assert len(guide.tree.nodes) == 5 * 5 + 2
    yes = {f"s{i}": "yes" for i in range(1, 5)}
    no = {f"s{i}": "no" for i in range(5, 9)}
    walk = guide.walk(yes | no)
    assert walk.standings["tea"].standing is None
    assert walk.next == "s9"
    assert guide.walk(yes | no | {"s9": "yes"}).standings["tea"].standing == "offered"
    # Known as soon as it must be.
    assert guide.walk(no | {"s9": "no"}).standings["tea"].standing == "silent"


def test_five_of_fifteen_and_a_score_of_forty_parts_do_not_blow_up():
    signs = {f"s{i}": factor(["yes", "no"]) for i in range(40)}
    some = dict.fromkeys(list(signs)[:15], "yes")
    made = {
        **NINE,
        "factors": {
            **signs,
            "score": {
                "question": "How is it?",
                "quote": "How is it?",
                "score": dict.fromkeys(signs, "2"),
            },
        },
    }
    made["statements"] = {
        "s": {"quote": "Rule 0 holds.", "when": {"at_least": {"5": some}}, "offer": "tea"},
        "t": {"quote": "Rule 1 holds.", "when": {"score": {"over": "39"}}, "prefer": "tea"},
    }
    guide = tree.loads(TEXT, written(made))
    assert len(guide.tree.nodes) < 2_000


AGE = {"question": "How is it?", "quote": "How is it?", "unit": "years"}


def with_age(**rule):
    return {
        **NINE,
        "factors": {
            "fever": factor(["yes", "no"]),
            "age": AGE,
            "score": {
                "question": "How is it?",
                "quote": "How is it?",
                "score": {"fever": "1", "age": {"below 15": "1", "from 45": "-1"}},
            },
        },
        "statements": {"s": {"quote": "Rule 0 holds.", **rule, "offer": "tea"}},
    }


def test_a_score_counts_bands_that_its_own_limits_make():
    made = with_age(when={"score": {"from": "1"}})
    guide = tree.loads(TEXT, written(made))
    bands = ("below 15 years", "from 15 to below 45 years", "from 45 years")
    assert guide.factor("age").values == bands
    said = {
        (fever, age): str(guide.walk(fever=fever, age=age).standings["tea"].standing)
        for fever in ("yes", "no")
        for age in (9, 30, 70)
    }
    assert said == {
        ("yes", 9): "offered",
        ("yes", 30): "offered",
        ("yes", 70): "silent",
        ("no", 9): "offered",
        ("no", 30): "silent",
        ("no", 70): "silent",
    }
    # One answer alone can settle it, and a range of ages can, too.
    assert guide.walk(age="10 to 14").standings["tea"].standing == "offered"
    assert guide.walk(age="from 45").standings["tea"].standing == "silent"
    assert guide.walk(age="20 to 50", fever="no").standings["tea"].standing == "silent"
    assert guide.walk(age="20 to 50", fever="yes").standings["tea"].standing is None
    with pytest.raises(tree.AnswerError, match="'score' counts others: answer these: fever, age"):
        guide.walk(score=2)
