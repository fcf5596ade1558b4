"""Why, what would change it, passages, the ledger and the order: against plain enumeration."""

import itertools
from dataclasses import replace

import pytest
from counting import counted
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import LIVER as FOLDER
from random_guides import (
    EFFECTS,
    counts,
    deciding,
    ends,
    guide,
    patients,
    readings,
    readings_and_answers,
    speaking,
    table,
    walk,
    walk_on,
)

import tree
from tree import AnswerError
from tree.logic import ordering
from tree.logic.ambiguities import AmbiguityKind, ambiguities
from tree.logic.build import Leaf, Question, build, unfold
from tree.logic.by_passage import compare_passages, for_passages
from tree.logic.decisions import decisions
from tree.logic.ordering import average_questions, reorder, shortest_order
from tree.logic.tree_walk import State
from tree.logic.what_if import what_would
from tree.logic.why import why
from tree.model.factors import either
from tree.model.parts import Factor, Option, Reading, Standing, Statement
from tree.model.standing import PATIENT
from tree.model.text import Text

STRENGTH = [State.RULED_OUT, State.POSSIBLE, State.TAKEN]


@pytest.fixture(scope="module")
def liver():
    return tree.load(FOLDER)


def rules(factors, statements, options=1):
    """A guide of yes/no factors a, b, … and options o0, o1, …

    A statement is (standing, option, one conjunction for each alternative); a conjunction names
    its factors, `-b` for b = no."""

    def literal(name):
        return name.removeprefix("-"), frozenset({"no" if name.startswith("-") else "yes"})

    return Reading(
        id="rules",
        title="Rules",
        text=Text("t", "words"),
        factors=tuple(Factor(id, f"{id}?", ()) for id in factors),
        options=tuple(Option(f"o{i}", f"Option {i}") for i in range(options)),
        statements=tuple(
            Statement(
                f"s{i}",
                (),
                tuple(frozenset(map(literal, conjunction.split())) for conjunction in conjunctions),
                ((option, Standing(standing)),),
            )
            for i, (standing, option, *conjunctions) in enumerate(statements)
        ),
    )


# --- what would change it ------------------------------------------------------------------


def every_minimal_change(reading, outcomes, answers, position, wanted):
    """All smallest sets of changed answers that make a standing certain, by trying them all."""
    choices = [
        [None, *((f.id, v) for v in f.values if answers.get(f.id) != v)] for f in reading.factors
    ]
    sets = (frozenset(filter(None, chosen)) for chosen in itertools.product(*choices))
    minimal = []
    for changes in sorted(sets, key=len):
        if not any(smaller <= changes for smaller in minimal):
            after = ends(reading, outcomes, {**answers, **dict(changes)})
            if {outcome[position] for outcome in after} == {wanted}:
                minimal.append(changes)
    return set(minimal)


def check_what_would(reading, answers):
    outcomes, walked = table(reading), walk(reading, answers)
    order = {(f.id, v): (i, v) for i, f in enumerate(reading.factors) for v in f.values}
    for position, option in enumerate(reading.options):
        for standing in Standing:
            found = what_would(walked, option.id, standing)
            sets = [frozenset(change.answers) for change in found.changes]
            assert len(set(sets)) == len(sets)
            assert set(sets) == every_minimal_change(reading, outcomes, answers, position, standing)
            # The smallest first, then in the guide's order, as the answers within each are.
            keys = [(len(c.answers), [order[pair] for pair in c.answers]) for c in found.changes]
            assert keys == sorted(keys)
            assert all(keys == sorted(keys) for _, keys in keys)
            for change in found.changes:
                check_because(reading, {**answers, **dict(change.answers)}, change, option.id)
                check_because_is_told(found, change)
            if not found.changes:
                assert str(found).endswith(": no change of answers can make it so.")
            if sets == [frozenset()]:
                assert ": it is so already." in str(found)
                assert walked.standings[option.id].standing is standing


def check_because(reading, answers, change, option):
    """The statements named decide after the change: for every completion, one of them."""
    for patient in patients(reading, answers):
        standing, decide = deciding(reading, patient, option)
        if standing is Standing.SILENT:
            assert change.because == ()
            continue
        assert all(s.effect_on(option) is standing for s in change.because)
        assert any(s in decide for s in change.because)


def check_because_is_told(found, change):
    for factor, value in change.answers:
        assert f"Question {factor[1:]}? {value}" in str(found)
    for statement in change.because:
        for quote in statement.quotes:
            assert f'"{quote.line}' in str(found) or f'{quote.line}"' in str(found)


@examples(120)
@given(readings_and_answers(factors=5, options=2))
def test_what_would_finds_every_smallest_change(given_):
    check_what_would(*given_)


@examples(60)
@given(readings(factors=5, options=2), st.data())
def test_what_would_finds_every_smallest_change_of_a_complete_patient(reading, data):
    check_what_would(reading, data.draw(st.sampled_from(patients(reading))))


@st.composite
def functions(draw, values=("yes", "no")):
    """A guide of one option whose standing is any function at all of four factors."""
    factors = tuple(Factor(f"f{i}", f"Question {i}?", (), values) for i in range(4))
    patient = st.tuples(*(st.sampled_from(values) for _ in factors))
    conjunctions = tuple(
        frozenset((f.id, frozenset({v})) for f, v in zip(factors, chosen, strict=True))
        for chosen in draw(st.sets(patient, min_size=1, max_size=len(values) ** 4))
    )
    statement = Statement("s", (), conjunctions, (("o0", Standing.OFFERED),))
    option = Option("o0", "Option")
    return Reading("f", "F", Text("t", "words"), factors, (option,), (statement,))


@examples(150)
@given(functions() | functions(values=("a", "b", "c")), st.data())
def test_what_would_of_any_function(reading, data):
    answers = {
        f.id: v
        for f in reading.factors
        if (v := data.draw(st.sampled_from([None, *f.values]))) is not None
    }
    outcomes, walked = table(reading), walk(reading, answers)
    for standing in (Standing.OFFERED, Standing.SILENT):
        found = what_would(walked, "o0", standing)
        assert {frozenset(change.answers) for change in found.changes} == every_minimal_change(
            reading, outcomes, answers, 0, standing
        )


def changes(found):
    return [dict(change.answers) for change in found.changes]


def test_a_change_that_serves_one_answer_of_an_open_question_must_not_spoil_another():
    # b must become yes where a is no, but where a is yes it must stay no.
    reading = rules("ab", [("offered", "o0", "a -b", "-a b")])
    walked = walk(reading, {"b": "no"})
    assert changes(what_would(walked, "o0", "offered")) == [{"a": "yes"}, {"a": "no", "b": "yes"}]


def test_what_would_of_the_liver_guide(liver):
    patient = dict.fromkeys(["extensive_liver_involvement", "complete_removal_feasible"], "yes")
    patient |= dict.fromkeys(["other_organ_involvement", "other_factors_against_resection"], "no")
    found = liver.walk(patient).what_would("resection", "preferred")
    assert changes(found) == [{"extensive_liver_involvement": "no"}]
    (change,) = found.changes
    assert {s.id for s in change.because} == {
        "wascher_most_effective",
        "transplant_surgery_first_line",
    }
    assert "Is the liver extensively involved with metastatic tumors? no" in str(found)
    assert "the most effective treatment" in str(found)
    assert changes(liver.walk().what_would("ablation", "offered")) == [{}]
    assert changes(liver.walk().what_would("ablation", "withheld")) == []
    # Either one of the four answers is enough, and all of them are given.
    assert [len(c) for c in changes(liver.walk().what_would("resection", "withheld"))] == [1] * 4
    assert [len(c) for c in changes(liver.walk().what_would("resection", "preferred"))] == [4]


def test_what_would_stays_fast_with_many_factors():
    names = [f"f{i:02}" for i in range(40)]
    pairs = [f"{a} {b}" for a, b in zip(names[::2], names[1::2], strict=True)]
    reading = rules(names, [("offered", "o0", *pairs)])
    none = dict.fromkeys(names, "no")
    one = {**none, "f00": "yes", "f01": "yes"}
    with counted() as work:
        assert len(what_would(walk(reading, none), "o0", "offered").changes) == 20
        assert changes(what_would(walk(reading, none), "o0", "silent")) == [{}]
        assert len(what_would(walk(reading, {}), "o0", "offered").changes) == 20
        found = what_would(walk(reading, one), "o0", "silent")
    assert changes(found) == [{"f00": "no"}, {"f01": "no"}]
    # An eighth of a million; a look at every path takes a million for each.
    assert work.steps < 400_000


# --- why -----------------------------------------------------------------------------------


@examples(150)
@given(readings_and_answers(passages=2))
def test_why_weighs_every_statement_that_may_apply(given_):
    reading, answers = given_
    walked = walk(reading, answers)
    found = why(walked)
    assert found.steps == tuple((reading.factor(f), value) for f, value in walked.taken)
    assert list(found.arguments) == [option.id for option in reading.options]
    for option in reading.options:
        arguments = found.arguments[option.id]
        about = [s for s in reading.statements if s.effect_on(option.id)]
        assert {a.statement for a in arguments} == {
            s for s in about if decisions(reading).holds(s, answers) is not False
        }
        # The strongest first, then in the order of the guide; each once.
        keys = [(EFFECTS.index(a.says), about.index(a.statement)) for a in arguments]
        assert keys == sorted(set(keys))
        decide = [deciding(reading, p, option.id) for p in patients(reading, answers)]
        always = {s.id for s in about if all(s in by for _, by in decide)}
        ever = {s.id for s in about if any(s in by for _, by in decide)}
        certain = {standing for standing, _ in decide}
        standing = certain.pop() if len(certain) == 1 else None
        for argument in arguments:
            statement = argument.statement
            assert argument.says is statement.effect_on(option.id)
            assert argument.is_for == (argument.says is not Standing.WITHHELD)
            speaks = {
                statement in speaking(reading, p, option.id) for p in patients(reading, answers)
            }
            if standing and statement.id in (always or ever):
                expected = "decides"
            elif speaks == {False} or (standing and standing.strength > argument.says.strength):
                expected = "outweighed"
            else:
                expected = "applies" if speaks == {True} else "open"
            assert argument.weight == expected
            assert bool(argument.by) == (expected == "outweighed")
            assert statement not in argument.by
            for other in argument.by:
                # It counts for some completion, and is stronger there, outweighs it, or is stated.
                assert any(
                    counts(reading, other, own, p)
                    for own, _ in other.effects
                    for p in patients(reading, answers)
                )
    check_why_is_told(reading, found)


def unfolded(found):
    """What is printed, without its line ends."""
    return " ".join(str(found).split())


def check_why_is_told(reading, found):
    lines = list(found.lines())
    assert str(found).split() == " ".join(lines).split()
    for number, (factor, value) in enumerate(found.steps, 1):
        assert f"  {number}. {factor.question} {value}" in lines
    at = len(found.steps)
    for option in reading.options:
        at = next(i for i in range(at, len(lines)) if lines[i].startswith(f"{option.name}: "))
        end = next((i for i in range(at, len(lines)) if not lines[i]), len(lines))
        told = lines[at:end]
        arguments = found.arguments[option.id]
        assert ("  For it:" in told) == any(a.is_for for a in arguments)
        assert ("  Against it:" in told) == any(not a.is_for for a in arguments)
        for argument in arguments:
            quotes = " … ".join(quote.line for quote in argument.statement.quotes)
            says = PATIENT.within(argument.says)
            line = f'    {argument.weight}: {says}: "{quotes}" ({argument.statement.origin})'
            assert line in told
            # Whoever speaks against stands below "Against it:", and only they.
            below = "  For it:" if argument.is_for else "  Against it:"
            sides = [x for x in told[: told.index(line)] if x in ("  For it:", "  Against it:")]
            assert sides[-1] == below
        because = [a.statement.because for a in arguments if a.statement.because]
        assert sorted(
            line.strip() for line in told if line.startswith("        because: ")
        ) == sorted(f"because: {reason}" for reason in because)


def test_why_of_the_liver_guide(liver):
    found = liver.walk(other_organ_involvement="yes", complete_removal_feasible="no").why()
    assert [factor.id for factor, _ in found.steps] == ["other_organ_involvement"]
    weights = {a.statement.id: a.weight for a in found.arguments["resection"]}
    assert weights == {
        "wascher_limited_to_no_other_organ": "decides",
        "wascher_limited_to_complete_removal": "decides",
        "wascher_extensive_involvement": "open",
        "wascher_other_factors": "open",
        "transplant_surgery_not_always_possible": "decides",
        "wascher_most_effective": "outweighed",
        "transplant_surgery_first_line": "outweighed",
        "overview_surgery": "outweighed",
        "transplant_surgery_combination": "outweighed",
    }
    assert "not begun" in str(liver.walk().why())
    assert "not begun" not in str(found)


# --- the order of the questions ------------------------------------------------------------


@examples(80)
@given(readings_and_answers(factors=7, patients=300), st.data())
def test_any_order_says_the_same_of_every_patient(given_, data):
    reading, answers = given_
    ids = [factor.id for factor in reading.factors]
    order = data.draw(st.permutations(ids))
    order = order[: data.draw(st.integers(0, len(ids)))]
    other = reorder(reading, order)
    assert [f.id for f in other.factors] == [*order, *(id for id in ids if id not in order)]
    assert replace(other, factors=reading.factors) == reading
    first, second = build(reading), build(other)
    assert set(first.factors) == set(second.factors)
    for patient in patients(reading):
        assert walk(reading, patient).standings == walk(other, patient).standings
    one, two = walk(reading, answers), walk(other, answers)
    assert one.standings == two.standings
    assert one.matters == two.matters
    assert one.left.undecided == two.left.undecided


@examples(80)
@given(readings(factors=7, patients=300))
def test_the_average_counts_the_questions_of_every_patient(reading):
    built, asked = build(reading), []
    for patient in patients(reading):
        index, count = 0, 0
        while isinstance(node := built.nodes[index], Question):
            index, count = dict(node.branches)[patient[node.factor]], count + 1
        asked.append(count)
    assert average_questions(built) == pytest.approx(sum(asked) / len(asked))


@examples(40)
@given(readings(factors=5))
def test_the_shortest_order_is_the_best_of_all(reading):
    check_shortest_order(reading)


@examples(3)
@given(readings(factors=6, patients=1000))
def test_the_shortest_order_of_six_factors(reading):
    check_shortest_order(reading)


def check_shortest_order(reading):
    built = build(reading)
    found = shortest_order(reading)
    asked = {
        order: average_questions(build(reorder(reading, order)))
        for order in itertools.permutations(built.factors)
    }
    ids = [factor.id for factor in reading.factors]
    assert sorted(found.factors) == sorted(ids)
    assert found.exact
    assert found.average == pytest.approx(min(asked.values()))
    assert average_questions(build(reorder(reading, found.factors))) == pytest.approx(found.average)
    assert found.average_now == average_questions(built)
    assert found.average <= found.average_now
    # The guide's own order wins where nothing is shorter.
    if found.average == found.average_now:
        assert found.factors[: len(built.factors)] == built.factors
    told = str(found)
    assert ", ".join(found.factors) in told
    assert f"{found.average:.3f} questions on average, now {found.average_now:.3f}" in told
    assert "the shortest of all orders" in told


def test_an_order_that_is_shorter():
    # c alone decides most; asking it last is the worst that one can do.
    reading = rules("abc", [("withheld", "o0", "c"), ("offered", "o0", "a b")])
    found = shortest_order(reading)
    assert found.factors == ("c", "a", "b")
    assert found.average == 1 + (1 + 1 / 2) / 2
    assert found.average_now == 1 + 1 / 2 + 1


@pytest.mark.slow
def test_ten_factors_are_exact_and_fast():
    names = "abcdefghij"
    reading = rules(
        names, [("offered", "o0", *(f"{a} {b}" for a, b in zip(names[:5], names[5:], strict=True)))]
    )
    with counted() as work:
        found = shortest_order(reading)
    # Under a million; every order of ten, tried in turn, takes 3,628,800 trees.
    assert work.steps < 2_500_000
    assert found.exact
    # Both of a pair are asked together.
    assert found.average == min(found.average, found.average_now - 1)
    pairs = [set(found.factors[i : i + 2]) for i in range(0, 10, 2)]
    assert sorted(map(sorted, pairs)) == [list(p) for p in zip(names[:5], names[5:], strict=True)]


@pytest.mark.slow
@pytest.mark.parametrize("count", [11, 14])
def test_more_factors_are_not_exact_but_never_worse(count):
    names = [f"f{i:02}" for i in range(count)]
    half = count // 2
    pairs = [f"{a} {b}" for a, b in zip(names[:half], names[half:], strict=False)]
    reading = rules(names, [("offered", "o0", *pairs), ("withheld", "o0", names[-1])])
    built = build(reading)
    with counted() as work:
        found = shortest_order(reading)
    # Up to four millions; exactly, it would be more with each factor by several times.
    assert work.steps < 12_000_000
    assert not found.exact
    assert sorted(found.factors) == names
    assert found.average_now == average_questions(built)
    assert found.average < found.average_now
    assert average_questions(build(reorder(reading, found.factors))) == found.average
    assert "the shortest order found" in str(found)
    assert "the shortest of all" not in str(found)


@pytest.mark.slow
def test_many_values_are_as_many_factors():
    reading = rules("abcdefghi", [("offered", "o0", "a b", "c d", "e f", "g h i")])
    values = ("yes", "no", "perhaps", "later")
    reading = replace(reading, factors=tuple(replace(f, values=values) for f in reading.factors))
    with counted() as work:
        found = shortest_order(reading)
    # A third of a million; exactly, it would be many millions.
    assert work.steps < 1_000_000
    assert not found.exact
    assert found.average <= found.average_now


@pytest.mark.slow
@examples(5)
@given(st.data())
def test_random_guides_of_more_factors_are_never_worse(data):
    names = "abcdefghijkl"
    conjunction = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True).map(
        " ".join
    )
    alternatives = data.draw(st.lists(conjunction, min_size=1, max_size=8))
    reading = rules(names, [("offered", "o0", *names), ("withheld", "o0", *alternatives)])
    built = build(reading)
    found = shortest_order(reading)
    assert found.exact == (len(built.factors) <= ordering.EXACT)
    assert found.average <= found.average_now == average_questions(built)
    assert average_questions(build(reorder(reading, found.factors))) == pytest.approx(found.average)


def test_an_order_whose_tree_grows_too_large_is_skipped(monkeypatch):
    names = [f"f{i:02}" for i in range(12)]
    pairs = [f"{a} {b}" for a, b in zip(names[::2], names[1::2], strict=True)]
    # Both of a pair are asked together; every other order makes a larger tree of both options,
    # which the author shows together.
    reading = rules(
        names,
        [("offered", "o0", *pairs), ("withheld", "o0", names[-1]), ("offered", "o1", *pairs)],
        options=2,
    )
    reading = replace(reading, shown_together=(("both", ("o0", "o1")),))
    built = build(reading)
    monkeypatch.setattr("tree.logic.build.MAX_NODES", len(built.nodes))
    with pytest.raises(tree.TreeError):
        build(reorder(reading, names[::2]))
    found = shortest_order(reading)
    assert found.average <= found.average_now == average_questions(built)
    assert sorted(found.factors) == names


def test_the_best_order_so_far_where_enough_has_been_built(monkeypatch):
    names = [f"f{i:02}" for i in range(12)]
    pairs = [f"{a} {b}" for a, b in zip(names[:6], names[6:], strict=True)]
    reading = rules(names, [("offered", "o0", *pairs)])
    best = shortest_order(reading)
    monkeypatch.setattr("tree.logic.ordering.MOST_BUILT", 0)
    stopped = shortest_order(reading)
    assert stopped.factors == tuple(names)
    assert stopped.average == stopped.average_now > best.average
    assert stopped.stopped
    assert "among trees of 0 nodes in all" in str(stopped)
    assert not best.stopped


# --- the textbook form ---------------------------------------------------------------------


@examples(150)
@given(readings_and_answers())
def test_an_unfolded_tree_says_the_same(given_):
    reading, answers = given_
    built = build(reading)
    unfolded = unfold(built)
    assert unfolded.reading is reading
    # Every node but the root has exactly one parent, which comes before it.
    targets = [
        (target, index)
        for index, node in enumerate(unfolded.nodes)
        if isinstance(node, Question)
        for _, target in node.branches
    ]
    assert sorted(target for target, _ in targets) == list(range(1, len(unfolded.nodes)))
    assert all(parent < target for target, parent in targets)
    assert unfolded.factors == built.factors
    assert len(unfolded.outcomes) == len(built.outcomes)

    one, two = walk_on(built, answers), walk_on(unfolded, answers)
    copies = {}
    branches = {}
    pairs = [(0, 0)]
    while pairs:
        shared, copy = pairs.pop()
        copies.setdefault(shared, []).append(two.nodes[copy])
        first, second = built.nodes[shared], unfolded.nodes[copy]
        assert type(first) is type(second)
        if isinstance(first, Leaf):
            assert first == second
            continue
        assert first.factor == second.factor
        for (value, target), (same, copied) in zip(first.branches, second.branches, strict=True):
            assert value == same
            branches.setdefault((shared, value), []).append(two.branches[copy, value])
            pairs.append((target, copied))
    assert sum(map(len, copies.values())) == len(unfolded.nodes)
    strongest = {shared: max(states, key=STRENGTH.index) for shared, states in copies.items()}
    assert strongest == dict(enumerate(one.nodes))
    strongest = {shared: max(states, key=STRENGTH.index) for shared, states in branches.items()}
    assert strongest == one.branches
    assert len(one.outcomes) == len(two.outcomes)
    assert (one.taken, one.next, one.matters) == (two.taken, two.next, two.matters)


def test_a_tree_that_would_unfold_too_far_is_refused():
    # Each factor is asked at one node alone, but there are 2^14 ways through.
    odd = [
        " ".join(("-" if n else "") + f"f{i}" for i, n in enumerate(signs))
        for signs in itertools.product([0, 1], repeat=7)
        if sum(signs) % 2
    ]
    names = [f"f{i}" for i in range(7)]
    assert len(unfold(build(rules(names, [("offered", "o0", *odd)]))).nodes) == 2**8 - 1
    pairs = [f"a{i:02} b{i:02}" for i in range(16)]
    names = [name for pair in pairs for name in pair.split()]
    built = build(rules(names, [("offered", "o0", *pairs)]))
    assert len(built.nodes) == 34
    with pytest.raises(tree.TreeError, match="more than 20000 nodes"):
        unfold(built)


# --- passages ------------------------------------------------------------------------------


@examples(120)
@given(st.integers(2, 3).flatmap(lambda n: readings(factors=5, passages=n)))
def test_passages_are_compared_patient_by_patient(reading):
    passages = [passage.id for passage in reading.text.passages]
    parts = {id: guide(reading).for_passages(id) for id in passages}
    for id, part in parts.items():
        kept = [s for s in reading.statements if {q.passage for q in s.quotes} == {id}]
        assert part.statements == tuple(kept)
        assert (part.factors, part.options) == (reading.factors, reading.options)
    everyone = patients(reading)
    said = {
        id: [part.walk(patient).standings for patient in everyone] for id, part in parts.items()
    }
    compared = compare_passages(reading)
    assert [found.option for found in compared.options] == list(reading.options)
    for found in compared.options:
        option = found.option.id
        assert [id for id, _ in found.possible] == passages
        for id, possible in found.possible:
            assert possible == parts[id].walk().standings[option].possible
        assert found.silent == tuple(
            id for id in passages if {s[option].standing for s in said[id]} == {Standing.SILENT}
        )
        for i, patient in enumerate(everyone):
            expected = tuple((id, said[id][i][option].standing) for id in passages)
            fitting = {
                d.standings
                for d in found.differences
                if all(patient[factor] in values for factor, values in d.patients)
            }
            differ = len({standing for _, standing in expected}) > 1
            assert fitting == ({expected} if differ else set())
    check_comparison_is_told(compared)


def check_comparison_is_told(compared):
    told = str(compared)
    for found in compared.options:
        assert f"{found.option.name}\n" in told
        for difference in found.differences:
            who = "; ".join(
                f"{compared.reading.factor(f).question} {either(values)}"
                for f, values in difference.patients
            )
            said = ", ".join(f"{id}: {PATIENT.within(s)}" for id, s in difference.standings)
            assert f"    {who or 'everyone'}\n      {said}" in told
    assert told.count("they say the same of everyone") == sum(
        not found.differences for found in compared.options
    )


@examples(60)
@given(readings(factors=4, passages=3))
def test_only_takes_several_passages_together(reading):
    both = for_passages(reading, ("p0", "p2"))
    assert both.statements == tuple(
        s for s in reading.statements if {q.passage for q in s.quotes} <= {"p0", "p2"}
    )
    assert for_passages(reading, ("p2", "p0", "p2")) == both
    assert for_passages(reading, ("p0", "p1", "p2")) == reading


def test_passages_of_the_liver_guide(liver):
    surgeon = liver.for_passages("transplant_surgery")
    assert isinstance(surgeon, tree.Guide)
    assert {s.id.startswith("transplant_surgery_") for s in surgeon.statements} == {True}
    assert surgeon.tree.factors == ("complete_removal_feasible",)
    assert liver.tree.factors != surgeon.tree.factors
    compared = {found.option.id: found for found in liver.compare_passages().options}
    assert compared["particle_embolization"].silent == ()
    assert compared["resection"].possible == (
        ("overview", (Standing.OFFERED,)),
        ("wascher", (Standing.WITHHELD, Standing.PREFERRED)),
        ("transplant_surgery", (Standing.WITHHELD, Standing.PREFERRED)),
    )


# --- what is left open ---------------------------------------------------------------------


def test_what_the_liver_guide_leaves_open(liver):
    found = liver.ambiguities()
    by_kind = {kind: [a for a in found if a.kind is kind] for kind in AmbiguityKind}
    assert sum(map(len, by_kind.values())) == len(found)

    assert [a.about for a in by_kind[AmbiguityKind.JUDGEMENT]] == [
        ("extensive_liver_involvement",),
        ("other_factors_against_resection",),
        ("complete_removal_feasible",),
    ]
    (unranked,) = by_kind[AmbiguityKind.UNRANKED]
    assert unranked.about == tuple(o.id for o in liver.options if o.id != "resection")

    implied = [s.id for s in liver.statements if s.basis == "implied"]
    assert [a.about[0] for a in by_kind[AmbiguityKind.IMPLIED]] == implied
    for ambiguity in by_kind[AmbiguityKind.IMPLIED]:
        statement = liver.statement(ambiguity.about[0])
        assert ambiguity.point == statement.because
        assert ambiguity.quotes == statement.quotes
        assert ambiguity.about[1:] == tuple(option for option, _ in statement.effects)

    compared = liver.compare_passages().options
    assert [a.about for a in by_kind[AmbiguityKind.SILENT]] == [
        (f.option.id,) for f in compared if f.silent
    ]
    contrary = [
        (f.option.id,)
        for f in compared
        if any(len({s for _, s in d.standings} - {Standing.SILENT}) > 1 for d in f.differences)
    ]
    assert [a.about for a in by_kind[AmbiguityKind.DIFFER]] == contrary
    assert contrary == [("resection",)]

    for ambiguity in found:
        assert ambiguity.quotes
        for quote in ambiguity.quotes:
            assert liver.text.content[quote.start : quote.end] == quote.words
            assert f'"{quote.line}" ({quote.passage})' in unfolded(ambiguity)
        assert unfolded(ambiguity).startswith(f"{ambiguity.kind}: {ambiguity.point}")
        # Each name is that of an entry.
        entries = (*liver.factors, *liver.options, *liver.statements)
        assert set(ambiguity.about) <= {entry.id for entry in entries}


@examples(100)
@given(readings(factors=5, passages=2))
def test_what_random_guides_leave_open(reading):
    found = ambiguities(reading)
    together = {
        frozenset(
            option.id
            for option, standing in zip(reading.options, outcome, strict=True)
            if standing is Standing.OFFERED
        )
        for outcome in table(reading).values()
    }
    largest = {
        ids for ids in together if len(ids) > 1 and not any(ids < other for other in together)
    }
    unranked = [set(a.about) for a in found if a.kind is AmbiguityKind.UNRANKED]
    assert len(unranked) == len(largest)
    assert set(map(frozenset, unranked)) == largest
    assert [a.about[0] for a in found if a.kind is AmbiguityKind.IMPLIED] == [
        s.id for s in reading.statements if s.basis == "implied"
    ]
    compared = compare_passages(reading).options
    contrary = []
    for one in compared:
        pairs = [[s for _, s in d.standings if s is not Standing.SILENT] for d in one.differences]
        if any(len(set(said)) > 1 for said in pairs):
            contrary.append((one.option.id,))
    assert [a.about for a in found if a.kind is AmbiguityKind.DIFFER] == contrary
    silent = [(one.option.id,) for one in compared if one.silent]
    assert [a.about for a in found if a.kind is AmbiguityKind.SILENT] == silent


# --- what does not fit ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "messages"),
    [
        (
            lambda g: g.walk().what_would("resektion", "offered"),
            [
                "unknown option 'resektion': did you mean 'resection'? allowed: resection, "
                "ablation, chemoembolization, radioembolization, particle_embolization, "
                "chemotherapy"
            ],
        ),
        (
            lambda g: g.walk().what_would("resection", "offerd"),
            [
                "unknown standing 'offerd': did you mean 'offered'? "
                "allowed: withheld, preferred, offered, silent"
            ],
        ),
        (
            lambda g: g.walk().what_would("x", "y"),
            [
                "unknown option 'x': allowed: resection, ablation, chemoembolization, "
                "radioembolization, particle_embolization, chemotherapy",
                "unknown standing 'y': allowed: withheld, preferred, offered, silent",
            ],
        ),
        (
            lambda g: g.for_passages("overview", "washer", "x"),
            [
                "unknown passage 'washer': did you mean 'wascher'? "
                "allowed: overview, wascher, transplant_surgery",
                "unknown passage 'x': allowed: overview, wascher, transplant_surgery",
            ],
        ),
        (
            lambda g: g.for_passages(),
            ["name at least one passage: overview, wascher, transplant_surgery"],
        ),
        (
            lambda g: g.reorder(["complete_removal", "other_organ_involvement"] * 2),
            [
                *[
                    "unknown factor 'complete_removal': did you mean 'complete_removal_feasible'? "
                    "allowed: other_organ_involvement, extensive_liver_involvement, "
                    "other_factors_against_resection, complete_removal_feasible, "
                    "chemotherapy_responsive_tumor"
                ]
                * 2,
                "factor 'other_organ_involvement' is given twice",
            ],
        ),
    ],
)
def test_what_there_is_not(liver, ask, messages):
    with pytest.raises(AnswerError) as raised:
        ask(liver)
    assert list(raised.value.messages) == messages


def test_standings_may_be_named_or_given(liver):
    walked = liver.walk()
    named = walked.what_would("resection", "withheld")
    assert walked.what_would("resection", Standing.WITHHELD) == named
