"""Random guides against plain enumeration, and the loader against arbitrary files."""

import itertools
import re
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from counting import counted
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import LIVER
from random_guides import (
    deciding,
    ends,
    holds,
    patients,
    readings,
    readings_and_answers,
    standings,
    table,
    walk,
    walk_on,
)

from tree import TreeError, load
from tree.loading.loader import MAX_FACTORS
from tree.logic import decisions as logic_decisions
from tree.logic.build import Leaf, Question, build
from tree.logic.decisions import decisions
from tree.logic.tree_walk import State
from tree.logic.trees import trees_of
from tree.model.parts import Factor, Option, Reading, Standing, Statement
from tree.model.text import Passage, Text, decode

OFFER_TEA = (("tea", Standing.OFFERED),)


def steps(tree, patient):
    """The branches that a complete patient goes along, and the leaf at the end."""
    index, gone = 0, []
    while isinstance(node := tree.nodes[index], Question):
        value = patient[node.factor]
        gone.append((index, value))
        index = dict(node.branches)[value]
    return gone, index


# --- the tree -----------------------------------------------------------------------------


@given(readings())
def test_every_patient_reaches_what_the_statements_say(reading):
    tree = build(reading)
    for patient in patients(reading):
        _, leaf = steps(tree, patient)
        assert tree.nodes[leaf].standings == standings(reading, patient)


@given(readings())
def test_conditions_joined_in_any_way_make_the_same_tree(reading):
    one_by_one = build(reading)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logic_decisions, "FEW", 0)
        assert build(replace(reading)) == one_by_one
        # No step for all at once, as where too many overlap: two and two.
        patch.setattr(logic_decisions, "AT_ONCE", 0)
        assert build(replace(reading)) == one_by_one


@given(readings())
def test_no_subtree_stands_twice(reading):
    nodes = build(reading).nodes
    assert len(set(nodes)) == len(nodes)


@given(readings())
def test_every_question_matters(reading):
    for node in build(reading).nodes:
        if isinstance(node, Question):
            assert len({target for _, target in node.branches}) > 1
            assert tuple(v for v, _ in node.branches) == reading.factor(node.factor).values


@given(readings())
def test_questions_follow_the_order_of_the_guide(reading):
    tree = build(reading)
    position = {factor.id: i for i, factor in enumerate(reading.factors)}
    for index, node in enumerate(tree.nodes):
        if isinstance(node, Question):
            for _, target in node.branches:
                assert target > index
                below = tree.nodes[target]
                if isinstance(below, Question):
                    assert position[node.factor] < position[below.factor]


@given(readings())
def test_every_node_is_reached_by_a_patient(reading):
    tree = build(reading)
    reached = set()
    for patient in patients(reading):
        gone, leaf = steps(tree, patient)
        reached |= {index for index, _ in gone} | {leaf}
    assert reached == set(range(len(tree.nodes)))


@given(readings())
def test_the_outline_names_every_question_asked(reading):
    tree = build(reading)
    outline = str(tree)
    for factor in tree.factors:
        assert reading.factor(factor).question in outline


# --- the walk -----------------------------------------------------------------------------


@given(readings_and_answers())
def test_possible_standings_are_those_of_some_completion(given_):
    reading, answers = given_
    walked = walk(reading, answers)
    ends = [standings(reading, patient) for patient in patients(reading, answers)]
    for position, option in enumerate(reading.options):
        possible = {end[position] for end in ends}
        found = walked.standings[option.id]
        assert set(found.possible) == possible
        assert list(found.possible) == sorted(possible, key=lambda s: -s.strength)
        assert found.standing == (found.possible[0] if len(possible) == 1 else None)
    on = walk_on(build(reading), answers)
    outcomes = {on.tree.nodes[index].standings for index in on.outcomes}
    assert outcomes == set(ends)
    assert len(on.outcomes) == len(outcomes)


@examples(60)
@given(readings_and_answers(factors=8))
def test_what_matters_changes_the_outcome_of_some_completion(given_):
    reading, answers = given_
    outcomes = table(reading)
    expected = set()
    for factor in reading.factors:
        others = {id: value for id, value in answers.items() if id != factor.id}
        for patient in patients(reading, others):
            after = [ends(reading, outcomes, {**patient, factor.id: v}) for v in factor.values]
            if len(set().union(*after)) > 1:
                expected.add(factor.id)
                break
    assert walk(reading, answers).matters == expected


@examples(100)
@given(readings_and_answers(factors=8))
def test_what_settles_most_leaves_the_fewest_undecided_to_expect(given_):
    reading, answers = given_
    outcomes = table(reading)
    walked = walk(reading, answers)
    places = [
        [reading.options.index(option) for option in tree.options] for tree in trees_of(reading)
    ]

    def left_with(known):
        after = ends(reading, outcomes, known)
        undecided = sum(len(set(column)) > 1 for column in zip(*after, strict=True))
        return undecided, sum(len({tuple(end[i] for i in of) for end in after}) for of in places)

    left = {}
    for factor in reading.factors:
        # A question whose answer can change nothing is never asked, whatever it leaves.
        if factor.id in walked.matters and factor.id not in answers:
            each = [left_with({**answers, factor.id: value}) for value in factor.values]
            left[factor.id] = tuple(Fraction(sum(n), len(n)) for n in zip(*each, strict=True))
    assert walked.left == left_with(answers)
    assert {id: pytest.approx(each) for id, each in left.items()} == walked.settling
    first = next((id for id in left if left[id] == min(left.values())), None)
    assert walked.settles_most == first
    assert (first is None) == (len(ends(reading, outcomes, answers)) == 1)


@examples(100)
@given(readings_and_answers(factors=8))
def test_next_is_the_first_question_on_the_path_that_matters(given_):
    reading, answers = given_
    outcomes = table(reading)
    for on in walk(reading, answers).trees:
        of = [reading.options.index(option) for option in on.tree.options]

        def decided(known, of=of):
            return {tuple(end[i] for i in of) for end in ends(reading, outcomes, known)}

        def matters(factor, decided=decided):
            return any(
                len({frozenset(decided({**case, factor.id: v})) for v in factor.values}) > 1
                for case in patients(reading, answers)
            )

        still = [f for f in reading.factors if f.id not in answers and matters(f)]
        assert on.next == next((factor.id for factor in still), None)
        assert (on.next is None) == (len(decided(answers)) == 1)
    assert walk(reading, answers).next == next(
        (on.next for on in walk(reading, answers).trees if on.next), None
    )


@given(readings_and_answers())
def test_states_of_branches_and_nodes(given_):
    reading, answers = given_
    tree = build(reading)
    walked = walk_on(tree, answers)
    ways = [steps(tree, patient) for patient in patients(reading, answers)]
    possible = {step for gone, _ in ways for step in gone}
    # Taken is what every completion has in common from the root on.
    together = []
    for step in zip(*(gone for gone, _ in ways), strict=False):
        if len(set(step)) > 1:
            break
        together.append(step[0])
    assert walked.taken == tuple((tree.nodes[i].factor, value) for i, value in together)
    for branch, state in walked.branches.items():
        if branch in together:
            assert state == State.TAKEN
        elif branch in possible:
            assert state == State.POSSIBLE
        else:
            assert state == State.RULED_OUT
    assert len(walked.branches) == sum(
        len(node.branches) for node in tree.nodes if isinstance(node, Question)
    )
    leaves = {leaf for _, leaf in ways}
    reachable = {index for index, _ in possible} | leaves
    end_of_path = dict(tree.nodes[together[-1][0]].branches)[together[-1][1]] if together else 0
    taken = {index for index, _ in together} | {end_of_path}
    for index, state in enumerate(walked.nodes):
        if index in taken or leaves == {index}:
            assert state == State.TAKEN
        else:
            assert state == (State.POSSIBLE if index in reachable else State.RULED_OUT)


@given(readings_and_answers())
def test_because_names_the_statements_that_decide(given_):
    reading, answers = given_
    walked = walk(reading, answers)
    complete = patients(reading, answers)
    for option, found in walked.standings.items():
        if found.standing in (None, Standing.SILENT):
            assert found.because == ()
            continue
        # Those that decide for every completion; or else those that do for one, each in its turn.
        for_each = [deciding(reading, patient, option)[1] for patient in complete]
        always = [s for s in reading.statements if all(s in decide for decide in for_each)]
        ever = [s for s in reading.statements if any(s in decide for decide in for_each)]
        assert list(found.because) == (always or ever)


@given(readings_and_answers())
def test_whether_a_statement_holds_is_decided_over_all_completions(given_):
    reading, answers = given_
    for statement in reading.statements:
        said = {holds(statement, patient) for patient in patients(reading, answers)}
        expected = said.pop() if len(said) == 1 else None
        assert decisions(reading).holds(statement, answers) is expected


@st.composite
def conditions_of_few_factors(draw):
    """Many alternatives of few factors, so that together they often leave nothing out."""
    values = {f"f{i}": draw(st.sampled_from([("yes", "no"), ("a", "b", "c")])) for i in range(2)}
    literal = st.sampled_from(sorted(values)).flatmap(
        lambda f: st.tuples(st.just(f), st.sets(st.sampled_from(values[f]), min_size=1))
    )
    conjunction = st.lists(literal, min_size=1, max_size=2)
    condition = draw(st.lists(conjunction, min_size=1, max_size=8))
    if draw(st.booleans()):
        # All cases, each by itself, but for one perhaps.
        each = [
            list(zip(values, chosen, strict=True)) for chosen in itertools.product(*values.values())
        ]
        left_out = draw(st.sampled_from([None, *range(len(each))]))
        condition = [[(f, {v}) for f, v in one] for i, one in enumerate(each) if i != left_out]
    answers = {f: draw(st.sampled_from([None, *values[f]])) for f in values}
    return values, condition, {f: answer for f, answer in answers.items() if answer}


@examples(400)
@given(conditions_of_few_factors())
def test_a_condition_holds_where_every_completion_meets_it(given_):
    values, condition, answers = given_
    met = set()
    for chosen in itertools.product(*values.values()):
        case = dict(zip(values, chosen, strict=True))
        if answers.items() <= case.items():
            met.add(any(all(case[f] in allowed for f, allowed in c) for c in condition))
    frozen = tuple(frozenset((f, frozenset(allowed)) for f, allowed in c) for c in condition)
    statement = Statement("s", (), frozen, OFFER_TEA)
    factors = tuple(Factor(id, "?", (), each) for id, each in values.items())
    reading = Reading("r", "?", Text("", ""), factors, (Option("tea", "Tea"),), (statement,))
    expected = met.pop() if len(met) == 1 else None
    assert decisions(reading).holds(statement, answers) is expected


def test_of_two_statements_the_one_that_always_holds_decides():
    yes, either = frozenset({"yes"}), frozenset({"yes", "no"})
    one = Statement("one", (), (frozenset({("a", yes)}), frozenset({("b", either)})), OFFER_TEA)
    two = Statement("two", (), (frozenset({("a", yes)}),), OFFER_TEA)
    # Without a clause that always holds by itself.
    no = frozenset({"no"})
    neither = frozenset({("a", no), ("b", no)})
    three = Statement("three", (), (*two.condition, frozenset({("b", yes)}), neither), OFFER_TEA)
    factors = (Factor("a", "A?", ()), Factor("b", "B?", ()))
    tea = Option("tea", "Tea")
    reading = Reading("r", "R", Text("text.txt", "words"), factors, (tea,), (one, two, three))
    walked = walk(reading, {})
    assert [s.id for s in walked.standings["tea"].because] == ["one", "three"]
    assert [a.weight for a in walked.why().arguments["tea"]] == ["decides", "open", "decides"]


@given(readings_and_answers())
def test_a_walk_can_be_written_in_words(given_):
    reading, answers = given_
    written = str(walk(reading, answers))
    for option in reading.options:
        assert option.name in written


def pairs(count):
    """Pairs of factors, any of which is enough: 4^count patients, but few nodes."""
    factors = tuple(Factor(f"f{i:03}", "?", ()) for i in range(2 * count))
    both = [(factors[i].id, factors[i + 1].id) for i in range(0, 2 * count, 2)]
    condition = tuple(frozenset((f, frozenset({"yes"})) for f in pair) for pair in both)
    statement = Statement("s", (), condition, (("tea", Standing.OFFERED),))
    text, option = Text("text.txt", "words"), Option("tea", "Tea")
    return Reading("pairs", "Pairs", text, factors, (option,), (statement,))


def test_many_factors_stay_fast():
    with counted() as work:
        reading = pairs(25)
        assert len(build(reading).nodes) == 52
        assert walk(reading, {}).settles_most == "f000"
        assert walk(reading, {"f000": "no"}).next == "f002"
        assert walk(reading, {"f048": "yes", "f049": "yes"}).next is None
    # A sixth of a million. A look at every path, or at every subtree anew, takes many millions.
    assert work.steps < 500_000


def test_as_many_factors_as_the_loader_takes():
    # A tree 500 questions deep must not exhaust Python's stack.
    reading = pairs(MAX_FACTORS // 2)
    tree = build(reading)
    assert len(tree.nodes) == MAX_FACTORS + 2
    assert str(tree).count("?") == MAX_FACTORS
    assert walk(reading, {}).next == "f000"


@pytest.mark.slow
def test_a_tree_that_grows_too_large_is_refused():
    # Every factor decides an option of its own: no two of the 2^15 outcomes are alike.
    factors = tuple(Factor(f"f{i:02}", "?", ()) for i in range(15))
    options = tuple(Option(f"o{i:02}", "Option") for i in range(15))
    statements = tuple(
        Statement(
            f"s{i}",
            (),
            (frozenset({(factors[i].id, frozenset({"yes"}))}),),
            ((options[i].id, Standing.OFFERED),),
        )
        for i in range(15)
    )
    reading = Reading("wide", "Wide", Text("t", "words"), factors, options, statements)
    with pytest.raises(TreeError, match="more than 20000 nodes"):
        build(reading)


def test_leaves_tell_outcomes_apart():
    reading = Reading("none", "None", Text("t", "words"), (), (Option("tea", "Tea"),), ())
    assert build(reading).nodes == (Leaf((Standing.SILENT,)),)


# --- the text -----------------------------------------------------------------------------

SPACES = " \n\t\u00a0"
prose = st.text(st.sampled_from("ab.(*é" + SPACES), max_size=40)


@given(prose, prose, prose)
def test_find_finds_words_whatever_the_white_space(before, words, after):
    content = f"{before} {words} {after}"
    places = Text("t", content).find("\n ".join(words.split()))
    assert bool(places) == bool(words.split())
    for start, end in places:
        assert content[start:end].split() == words.split()
        assert content[start:end] == content[start:end].strip()


@given(prose, st.text(st.sampled_from("ab é"), max_size=3))
def test_find_finds_nothing_else(content, words):
    squeezed = " ".join(words.split())
    found = Text("t", content).find(words)
    assert bool(found) == (squeezed != "" and squeezed in " ".join(content.split()))
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(found))


@given(prose, prose, st.text(st.sampled_from("ab"), min_size=1, max_size=2))
def test_find_within_a_passage_stays_there(first, second, words):
    text = Text("t", first + second).with_passages(
        [Passage("second", "B", len(first), 0), Passage("first", "A", 0, 0)]
    )
    for passage in text.passages:
        for start, end in text.find(words, passage):
            assert passage.start <= start < end <= passage.end
    assert "".join(text.content[p.start : p.end] for p in text.passages) == first + second


@given(st.text(max_size=60), st.integers(0, 60))
def test_place_counts_lines_and_columns_from_one(content, offset):
    offset = min(offset, len(content))
    line, column = Text("t", content).place(offset)
    assert line == content[:offset].count("\n") + 1
    assert column == len(content[:offset].rpartition("\n")[2]) + 1


@given(prose, prose)
def test_nearest_is_part_of_the_text(content, words):
    squeezed = " ".join(content.split())
    assert Text("t", content).nearest(words) in squeezed


@given(st.text(max_size=60))
def test_decode_gives_back_what_was_encoded(content):
    decoded, problems = decode("t", content.encode())
    if content.removeprefix("\ufeff").strip():
        assert decoded == content.removeprefix("\ufeff")
    else:
        assert [problem.message for problem in problems] == ["the file is empty"]


@given(st.binary(max_size=60))
def test_decode_never_raises(data):
    content, problems = decode("t", data)
    assert content or problems
    if "\ufffd" in data.decode("utf-8", "replace") and not content:
        (problem,) = problems
        assert problem.message.startswith("not UTF-8: byte 0x")


# --- arbitrary files ----------------------------------------------------------------------

WORDS = [
    *("title", "factors", "options", "statements", "passages", "groups", "examples", "text"),
    *("context", "reason"),
    *("quote", "when", "any", "offer", "prefer", "withhold", "remark", "basis", "because"),
    *("question", "values", "judgement", "help", "name", "synonyms", "does", "author", "begins"),
    *("words", "in", "nth", "rain", "tea", "drink", "yes", "no", "unknown", "implied", "1"),
    *("<<", "!!python/object:os.system", "&a", "*a", "---", "...", "%YAML 1.2", "%TAG ! x", "? "),
    *(": ", ":\n  ", ":\n    ", "\n", "\n  ", "\n    ", "- ", ", ", "{", "}", "[", "]", "|", ">"),
    *('"', "'", "\\0", "\\ud800", "\\U00110000", "\\x", "#", "@", "`", "\t", "\x00", "é", "\u2028"),
]
yamlish = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)

# Well formed, so that it gets past the parser; wrong in every other way.
plain = st.one_of(
    st.sampled_from(["rain", "tea", "yes", "no", "drink", "drink tea", "rain?", "a", "1", "0", ""]),
    st.text(max_size=8),
)
shapes = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([w for w in WORDS[:36] if w]) | plain, inner, max_size=4),
    ),
    max_leaves=12,
)
entries = st.dictionaries(st.sampled_from(["rain", "tea", "drink", "walk"]), shapes, max_size=3)
guides = st.fixed_dictionaries(
    {"title": shapes, "factors": entries, "options": entries, "statements": entries},
    optional={
        key: st.one_of(entries, shapes)
        for key in ("language", "text", "passages", "groups", "context", "examples")
    },
)


def as_flow(value):
    """YAML on one line: every text in double quotes, every other sign escaped."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_flow(k)}: {as_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_flow, value)) + "]"
    signs = (c if re.match("[a-z0-9 ]", c) else f"\\U{ord(c):08x}" for c in value)
    return '"' + "".join(signs) + '"'


def load_or_refuse(guide, text):
    """Load a folder with these two files; its problems, or none if it could be walked."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "guide.yaml").write_bytes(guide)
        Path(folder, "text.txt").write_bytes(text)
        try:
            loaded = load(folder)
        except TreeError as error:
            problems = error.problems
        else:
            assert str(loaded.walk())
            return
    assert problems
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert len(str(problem).splitlines()) == 1


@examples(400)
@given(yamlish, prose)
def test_anything_like_yaml_loads_or_is_refused(guide, text):
    load_or_refuse(guide.encode(), text.encode())


@examples(300)
@given(guides)
def test_anything_like_a_guide_loads_or_is_refused(guide):
    load_or_refuse(as_flow(guide).encode(), b"If it rains, drink tea. Do not walk.")


@examples(200)
@given(st.binary(max_size=80), st.binary(max_size=80))
def test_any_bytes_load_or_are_refused(guide, text):
    load_or_refuse(guide, text)


@examples(200)
@given(st.data())
def test_a_good_guide_with_one_change_loads_or_is_refused(data):
    guide = (LIVER / "guide.yaml").read_text(encoding="utf-8")
    # Only the beginning: the rest is more of the same, and a small file is read fast.
    guide = guide[: guide.index("  extensive_liver_involvement:")]
    at = data.draw(st.integers(0, len(guide)))
    out = data.draw(st.integers(0, 12))
    put = data.draw(st.sampled_from(WORDS))
    changed = guide[:at] + put + guide[at + out :]
    load_or_refuse(changed.encode(), (LIVER / "text.txt").read_bytes())
