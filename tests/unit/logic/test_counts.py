"""Counts of answers, scores, questions that depend on others, and answers of several values.

Everything is compared with plain enumeration of the cases, read straight off the guide as it is
written.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from counted_guides import FACTORS, TEXT, cases, factor, guide, holds, loaded, standings
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from written_guides import written

import tree
from tree.logic.build import build
from tree.logic.case_counts import CaseCounts
from tree.logic.decisions import decisions
from tree.model.factors import Factor

chances = st.randoms(use_true_random=False)
OPTIONS = ("tea", "rest")


def drawn(chance):
    """What is possible of each factor."""
    return {
        id: sorted(chance.sample(values, chance.randint(1, len(values))), key=values.index)
        for id, values in FACTORS.items()
    }


@examples(200)
@given(chances)
def test_counts_scores_and_several_possible_values(chance):
    made = guide(chance)
    found = loaded(made)
    if found is None:
        return
    possible = drawn(chance)
    left = cases(made, possible)
    walk = found.walk(possible)
    expected = {standings(made, case) for case in left}
    on = walk.on(build(found))
    assert {on.tree.nodes[at].standings for at in on.outcomes} == expected
    for place, option in enumerate(OPTIONS):
        standing = walk.standings[option]
        assert set(standing.possible) == {each[place] for each in expected}
        assert (standing.standing is None) == (len(standing.possible) > 1)
    for id in ("s0", "s1", "s2"):
        said = {holds(made, id, case) for case in left}
        sure = decisions(found).holds(found.statement(id), walk.answers)
        assert sure is (said.pop() if len(said) == 1 else None)


@examples(100)
@given(chances)
def test_a_question_matters_while_its_answer_can_change_the_outcome(chance):
    made = guide(chance)
    found = loaded(made)
    if found is None:
        return
    possible = drawn(chance)
    walk = found.walk(possible)
    for id in FACTORS:
        # The outcomes of cases that differ in this answer alone.
        each = [cases(made, {**possible, id: [value]}) for value in possible[id]]
        ends = {}
        for case in (case for found_cases in each for case in found_cases if id in case):
            others = tuple((f, v) for f, v in case.items() if f != id)
            ends.setdefault(others, set()).add(standings(made, case))
        asked_if = made["factors"][id].get("asked_if", {})
        applies = all(set(possible[on]) <= set(values) for on, values in asked_if.items())
        # Whether it applies comes first.
        assert applies or id not in walk.settling
        if not any(id in made["factors"][other].get("asked_if", {}) for other in FACTORS):
            assert (id in walk.settling) == (applies and any(len(e) > 1 for e in ends.values()))
        else:
            assert id in walk.settling or not any(len(e) > 1 for e in ends.values())
    if walk.undecided:
        assert walk.next is not None


@examples(60)
@given(chances)
def test_every_case_is_there_once_without_what_does_not_apply(chance):
    made = guide(chance)
    found = loaded(made)
    if found is None:
        return
    every = cases(made, FACTORS)
    assert sorted(map(sorted, (c.items() for c in found.cases()))) == sorted(
        map(sorted, (c.items() for c in every))
    )
    table = found.decision_table()
    ids = [id for id in FACTORS if made["factors"][id].get("asked_if")]
    assert len(table) == len(every)
    for row in table.to_dict("records"):
        case = {id: row[id] for id in FACTORS if row[id] != "not applicable"}
        assert (row["tea"], row["rest"]) == standings(made, case)
    drawn_table = found.synthetic(50, seed=1)
    classified = found.classify(drawn_table)
    for row in classified.to_dict("records"):
        case = {id: row[id] for id in FACTORS if row[id] != "not applicable"}
        assert case in every
        assert (row["tea"], row["rest"]) == standings(made, case)
    for case in found.cases(minimal=True):
        assert case in every
    assert all(found.factor(id).asked_if for id in ids)


SIGNS = {f"s{i}": factor(["yes", "no"]) for i in range(1, 10)}
SEVERAL = dict.fromkeys(SIGNS, "yes")
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


def test_what_is_counted_is_said_back_as_it_is_written():
    (option,) = tree.loads(TEXT, written(NINE)).read_back().options
    lines = list(option.lines(tree.loads(TEXT, written(NINE))))
    assert len(lines) == 2
    assert lines[0].startswith("offered for: How many of these are so (How is it? yes; ")
    assert lines[0].endswith(")? at least 5")
    assert lines[1] == "the text does not say for: everyone else"


def test_counts_that_contradict_each_other_are_no_conflict():
    made = {
        **NINE,
        "statements": {
            "few": {"quote": "Rule 0 holds.", "when": {"at_most": {"3": SEVERAL}}, "offer": "tea"},
            "many": {
                "quote": "Rule 1 holds.",
                "when": {"at_least": {"5": SEVERAL}},
                "withhold": "tea",
            },
        },
    }
    assert not [p for p in tree.check_text(TEXT, written(made)).problems if "conflict" in p.message]
    made["statements"]["few"]["when"] = {"at_most": {"5": SEVERAL}}
    (problem,) = [
        p for p in tree.check_text(TEXT, written(made)).problems if "conflict" in p.message
    ]
    # Five signs of nine are the one case of both.
    assert problem.message.count("=yes") + problem.message.count("=no") >= 8
    made["statements"]["many"] |= {"when": {"at_least": {"6": SEVERAL}}, "outweighs": "few"}
    messages = [p.message for p in tree.check_text(TEXT, written(made)).problems]
    assert any("'many' never meets 'few'" in message for message in messages)


# --- how many cases there are -----------------------------------------------------------------


@examples(100)
@given(chances)
def test_cases_are_counted_as_they_are_listed(chance):
    made = guide(chance)
    found = loaded(made)
    if found is None:
        return
    every = cases(made, FACTORS)
    assert CaseCounts(found).count() == len(found.cases()) == len(every)
    # Each case takes one path.
    paths = found.paths()
    assert paths["cases"].sum() == len(every)
    for path, count in paths[["path", "cases"]].itertuples(index=False):
        taken = dict(step.split("=") for step in path.split(" → ")) if path else {}
        assert count == sum(taken.items() <= case.items() for case in every)


def with_pairs(values, count):
    """A guide of so many pairs of questions, the second of each asked if the first says yes."""
    simple = tree.loads(
        TEXT,
        written(
            {
                "title": "How is it?",
                "factors": {"a0": factor(["yes", "no"])},
                "options": {"tea": {"name": "tea", "quote": "Take tea."}},
                "statements": {
                    "s0": {"quote": "Rule 0 holds.", "when": {"a0": "no"}, "offer": "tea"}
                },
            }
        ),
    )
    first = [Factor(f"a{i}", "First?", ()) for i in range(count)]
    second = [
        Factor(f"b{i}", "Second?", (), values, asked_if=frozenset({(f"a{i}", frozenset({"yes"}))}))
        for i in range(count)
    ]
    return replace(simple, factors=(*first, *second))


@pytest.mark.slow
def test_what_does_not_apply_does_not_multiply_the_cases():
    # 2 ** 8 * 12 ** 8 answers, and 13 ** 8 cases.
    values = tuple(f"v{i}" for i in range(12))
    large = with_pairs(values, 8)
    assert CaseCounts(large).count() == 13**8
    with pytest.raises(tree.AnswerError, match=f"{13**8:,} patients, more than 100,000; "):
        large.decision_table()
    # 24 ** 4 answers, which are more than a table may have, and 13 ** 4 cases.
    small = with_pairs(values, 4)
    table = small.decision_table()
    assert len(table) == 13**4 == len(small.cases())
    listed = [
        {id: v for id, v in row.items() if v != "not applicable"}
        for row in table[[f.id for f in small.factors]].to_dict("records")
    ]
    assert listed == small.cases()
    assert tree.audit(small, table).notes == ()


def test_many_pairs_of_questions_are_counted_at_once():
    assert CaseCounts(with_pairs(("yes", "no"), 40)).count() == 3**40
