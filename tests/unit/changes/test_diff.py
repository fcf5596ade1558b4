"""What changed between two guides: compared with plain enumeration, in words, and from git."""

import json
import os
import shutil
import subprocess
from dataclasses import replace

import pytest
from chances import chances
from command_line import run
from counting import counted
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import LIVER
from random_guides import holds, patients, readings, standings

import tree
from tree.changes.align import align
from tree.changes.diff import diff
from tree.changes.shared import shared_factors
from tree.logic.build import MAX_NODES
from tree.model.parts import Band, Factor, Option, Reading, Standing, Statement
from tree.model.standing import PATIENT
from tree.model.text import Passage, Quote, Text

YES, NO = frozenset({"yes"}), frozenset({"no"})


def when(**answers):
    """A condition: all of these."""
    return (
        frozenset((f, frozenset({v} if isinstance(v, str) else v)) for f, v in answers.items()),
    )


WORDS = Quote("Rest.", 0, 5, "all")


def says(id, effect, condition=(frozenset(),), option="tea", **more):
    return Statement(id, (WORDS,), condition, ((option, effect),), **more)


def guide(*statements, factors=("a", "b"), options=("tea",), **more):
    return Reading(
        "guide",
        "What helps?",
        Text("text.txt", "Rest.", (Passage("all", "All", 0, 5),)),
        tuple(Factor(f, f"{f}?", ()) if isinstance(f, str) else f for f in factors),
        tuple(Option(o, o.capitalize()) if isinstance(o, str) else o for o in options),
        statements,
        **more,
    )


def compared(before, after):
    return diff(before, after)


# --- for whom the outcome changed, by plain enumeration -----------------------------------


def both_patients(before, after):
    """Every patient whom both guides can describe: as the two guides see them, and together."""
    olds, news = ({f.id: f for f in reading.factors} for reading in (before, after))
    asked, seen_before, seen_after = [], {}, {}
    for id in {**news, **olds}:
        old, new = olds.get(id), news.get(id)
        common = [v for v in new.values if v in old.values] if old and new else []
        if common:
            asked.append(Factor(id, "", (), tuple(common)))
            seen_before[id] = seen_after[id] = id
            continue
        if new:
            asked.append(new)
            seen_after[id] = id
        if old:
            seen_before[id] = f"{id} (before)" if new else id
            asked.append(replace(old, id=seen_before[id]))
    for patient in patients(replace(after, factors=tuple(asked))):
        yield (
            {id: patient[key] for id, key in seen_before.items()},
            {id: patient[key] for id, key in seen_after.items()},
            patient,
        )


def by_option(reading, patient):
    ids = (option.id for option in reading.options)
    return dict(zip(ids, standings(reading, patient), strict=True))


def check(before, after):
    """The outcomes of a diff against those of every patient."""
    found = compared(before, after)
    assert found.too_large == ()
    told = {}
    for change in found.outcomes:
        assert change.before is not change.after
        assert change.more == 0
        told[change.option.id, change.before, change.after] = change
    assert len(told) == len(found.outcomes)
    met = {key: [0] * len(change.cases) for key, change in told.items()}
    for old, new, patient in both_patients(before, after):
        said_before, said_after = by_option(before, old), by_option(after, new)
        for option in {**said_before, **said_after}:
            was = said_before.get(option, Standing.SILENT)
            now = said_after.get(option, Standing.SILENT)
            fitting = {
                key: [i for i, case in enumerate(change.cases) if fits(case, patient)]
                for key, change in told.items()
                if key[0] == option
            }
            expected = {(option, was, now)} if was is not now else set()
            assert {key for key, cases in fitting.items() if cases} == expected
            for key in expected:
                for i in fitting[key]:
                    case = told[key].cases[i]
                    met[key][i] += 1
                    assert decided(case.before, before, option, was, old)
                    assert decided(case.after, after, option, now, new)
    assert all(all(counts) for counts in met.values())
    check_words(found)
    return found


def fits(case, patient):
    return all(patient[factor] in values for factor, values in case.patients)


def decided(statements, reading, option, standing, patient):
    """Whether these statements of the guide decide: one of them at least, for this patient."""
    assert all(s in reading.statements and s.effect_on(option) is standing for s in statements)
    if standing is Standing.SILENT:
        return statements == ()
    return any(holds(s, patient) for s in statements)


def check_words(found):
    """Everything is told, and the data is plain."""
    words = "\n".join(found.lines())
    assert (words == "Nothing changed.") is (not found)
    data = found.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["changed"] is bool(found)
    for change in found.outcomes:
        assert f"{PATIENT.within(change.before)} → {PATIENT.within(change.after)}" in words
        assert change.option.name in words
        assert (change.only != "") is ("(only " in words) or not change.only
    if found and not found.outcomes:
        assert "No patient's outcome changed" in words
    for entry in found.entries:
        assert f"  {entry.what}" in words


@examples(150)
@given(readings(factors=4, patients=60), readings(factors=4, patients=60))
def test_any_two_guides_patient_by_patient(before, after):
    check(before, after)


@st.composite
def changed(draw):
    """A guide, and a copy in which something small was changed."""
    before = draw(readings(factors=5, patients=200))
    chance = draw(chances())
    after = draw(st.sampled_from(CHANGES))(before, chance)
    return before, after


def one_left_out(reading, chance):
    kept = list(reading.statements)
    if kept:
        kept.pop(chance.randrange(len(kept)))
    return replace(reading, statements=tuple(kept))


def one_altered(reading, chance):
    """One condition loses what it asks of one factor, or asks the opposite."""
    altered = list(reading.statements)
    values = {factor.id: frozenset(factor.values) for factor in reading.factors}
    for i in chance.sample(range(len(altered)), min(1, len(altered))):
        first, *others = altered[i].condition
        literals = sorted(first, key=str)
        if literals:
            factor, said = literals.pop(chance.randrange(len(literals)))
            if chance.random() < 0.5 and values[factor] - said:
                literals.append((factor, values[factor] - said))
        altered[i] = replace(altered[i], condition=(frozenset(literals), *others))
    return replace(reading, statements=tuple(altered))


def one_option_more(reading, chance):
    more = Statement(
        "more", (WORDS,), chance.choice(conditions(reading)), (("new", Standing.OFFERED),)
    )
    return replace(
        reading,
        options=(*reading.options, Option("new", "New")),
        statements=(*reading.statements, more),
    )


def conditions(reading):
    return [(frozenset(),), *(s.condition for s in reading.statements)]


def one_value_more(reading, chance):
    factors = list(reading.factors)
    for i in chance.sample(range(len(factors)), min(1, len(factors))):
        factors[i] = replace(factors[i], values=("new", *factors[i].values))
    return replace(reading, factors=tuple(factors))


def one_value_less(reading, chance):
    """Three values become two, and statements no longer speak of the third."""
    gone = {f.id: f.values[0] for f in reading.factors if len(f.values) > 2}

    def kept(condition):
        said = [
            [(f, values - {gone.get(f)}) for f, values in conjunction] for conjunction in condition
        ]
        return tuple(frozenset(each) for each in said if all(values for _, values in each))

    return replace(
        reading,
        factors=tuple(
            replace(f, values=tuple(v for v in f.values if v != gone.get(f.id)))
            for f in reading.factors
        ),
        statements=tuple(replace(s, condition=kept(s.condition)) for s in reading.statements),
    )


def one_question_less(reading, chance):
    """Nobody is asked any more; every statement holds whatever the answer."""
    gone = chance.choice([f.id for f in reading.factors]) if reading.factors else ""
    return replace(
        reading,
        factors=tuple(f for f in reading.factors if f.id != gone),
        statements=tuple(
            replace(
                s,
                condition=tuple(
                    frozenset(literal for literal in conjunction if literal[0] != gone)
                    for conjunction in s.condition
                ),
            )
            for s in reading.statements
        ),
    )


CHANGES = [
    one_left_out,
    one_altered,
    one_option_more,
    one_value_more,
    one_value_less,
    one_question_less,
]


@examples(250)
@given(changed())
def test_small_changes_patient_by_patient(pair):
    before, after = pair
    found = check(before, after)
    assert bool(found) is (before != after)
    backwards = check(after, before)
    turned = {(c.option.id, c.after, c.before, c.more) for c in backwards.outcomes}
    assert {(c.option.id, c.before, c.after, c.more) for c in found.outcomes} == turned


@examples(60)
@given(readings(factors=5, patients=200), chances())
def test_another_order_changes_no_outcome(before, chance):
    after = replace(
        before,
        **{
            part: tuple(chance.sample(getattr(before, part), len(getattr(before, part))))
            for part in ("factors", "options", "statements")
        },
    )
    found = check(before, after)
    assert found.outcomes == ()
    assert found.entries == ()
    assert found.text == ()
    moved = [
        kind
        for kind, part in (
            ("factor", "factors"),
            ("option", "options"),
            ("statement", "statements"),
        )
        if getattr(before, part) != getattr(after, part)
    ]
    assert list(found.reordered) == moved
    assert bool(found) is bool(moved)
    if moved:
        names = ", ".join(f"{kind}s" for kind in moved)
        assert f"In another order: {names}. That changes no outcome." in found.lines()


@examples(60)
@given(readings(factors=5, patients=200))
def test_other_names_in_the_file_change_no_outcome(before):
    after = replace(
        before,
        factors=tuple(replace(f, id=f"x_{f.id}") for f in before.factors),
        options=tuple(replace(o, id=f"x_{o.id}") for o in before.options),
        statements=tuple(
            replace(
                s,
                condition=tuple(
                    frozenset((f"x_{f}", values) for f, values in conjunction)
                    for conjunction in s.condition
                ),
                effects=tuple((f"x_{o}", effect) for o, effect in s.effects),
            )
            for s in before.statements
        ),
    )
    found = compared(before, after)
    assert found.outcomes == ()
    assert {(e.kind, e.what, e.fields) for e in found.entries} <= {
        ("factor", "renamed", ()),
        ("option", "renamed", ()),
    }
    assert {(e.before, e.after) for e in found.entries} == {
        (entry.id, f"x_{entry.id}") for entry in (*before.factors, *before.options)
    }


# --- what is told -------------------------------------------------------------------------


def test_nothing_changed():
    reading = guide(says("s", Standing.OFFERED))
    found = compared(reading, reading)
    assert not found
    assert str(found) == "Nothing changed."
    assert found.to_dict()["changed"] is False


def test_an_outcome_that_changed_with_the_quotes_responsible(liver):
    altered = replace(
        liver,
        statements=tuple(
            replace(s, condition=when(extensive_liver_involvement=YES))
            if s.id == "wascher_limited_to_no_other_organ"
            else s
            for s in liver.statements
        ),
    )
    found = tree.diff(liver, altered)
    assert [(c.option.id, c.before, c.after) for c in found.outcomes] == [
        ("resection", Standing.WITHHELD, Standing.PREFERRED)
    ]
    lines = list(found.lines())
    assert lines[:7] == [
        "The outcome changed for some patients, on 1 option.",
        "",
        "Complete surgical removal: not for this patient → first choice",
        "  for patients with: Is there evidence that cancer has spread to organs other than the "
        "liver? yes; Is the liver extensively involved with metastatic tumors? no; Are there other "
        "factors that make liver resection unwise? no; Can all detectable liver tumors be "
        "completely removed with reasonable safety? yes",
        '    before: "in general, this option is limited to patients who have no evidence of other '
        'organ involvement by metastatic cancer" (wascher, stated; changed)',
        '    after: "In general, the most effective treatment for tumors that have spread '
        '(metastasized) to the liver is complete surgical removal" (wascher, stated)',
        '    after: "The first line approach is usually surgery" (transplant_surgery, implied)',
    ]
    assert "      condition: other_organ_involvement=yes → extensive_liver_involvement=yes" in lines
    assert "  no longer asked: other_organ_involvement" in lines


def test_an_option_of_one_guide_alone():
    before = guide(says("s", Standing.OFFERED))
    after = guide(
        says("s", Standing.OFFERED),
        says("r", Standing.PREFERRED, when(a="yes"), option="rest"),
        options=("tea", "rest"),
    )
    (change,) = compared(before, after).outcomes
    assert (change.before, change.after, change.only) == (
        Standing.SILENT,
        Standing.PREFERRED,
        "after",
    )
    lines = list(compared(before, after).lines())
    assert lines[2:5] == [
        "Rest (only after): the text does not say → first choice",
        "  for patients with: a? yes",
        "    before: there is no such option",
    ]
    backwards = list(compared(after, before).lines())
    assert backwards[2] == "Rest (only before): first choice → the text does not say"
    assert "    after: there is no such option" in backwards


def test_options_that_change_alike_are_told_once():
    both = Statement(
        "s", (WORDS,), (frozenset(),), (("tea", Standing.OFFERED), ("rest", Standing.OFFERED))
    )
    before = guide(options=("tea", "rest"))
    lines = list(compared(before, replace(before, statements=(both,))).lines())
    assert lines[2:4] == ["Tea, Rest: the text does not say → offered", "  for everyone"]
    assert lines[4] == "    before: nothing is said"


def test_statements_that_decide_for_all_of_them_are_enough():
    sure = says("sure", Standing.OFFERED, when(a="yes"))
    for_some = says("some", Standing.OFFERED, when(a="yes", b="yes"))
    (change,) = compared(guide(for_some, sure), guide()).outcomes
    assert [(case.patients, case.before) for case in change.cases] == [
        ((("a", ("yes",)),), (sure,))
    ]
    halves = [says(v, Standing.OFFERED, when(a="yes", b=v)) for v in ("yes", "no")]
    (change,) = compared(guide(*halves), guide()).outcomes
    assert [(case.patients, case.before) for case in change.cases] == [
        ((("a", ("yes",)),), tuple(halves))
    ]


def test_values_that_one_guide_alone_has():
    old = Factor("how", "How bad?", (), ("mild", "severe"))
    new = Factor("how", "How bad?", (), ("mild", "moderate", "severe"))
    before = guide(says("s", Standing.OFFERED, when(how="mild")), factors=(old,))
    after = guide(says("s", Standing.OFFERED, when(how={"mild", "moderate"})), factors=(new,))
    found = compared(before, after)
    assert found.outcomes == ()
    lines = list(found.lines())
    assert lines[0] == "No patient's outcome changed that both guides can describe."
    assert lines[1] == "how: only after: moderate."
    assert list(compared(after, before).lines())[1] == "how: only before: moderate."


def test_values_of_which_none_is_common():
    old = Factor("how", "How bad?", (), ("mild", "severe"))
    new = Factor("how", "How bad?", (), ("low", "high"))
    before = guide(says("s", Standing.OFFERED, when(how="mild")), factors=(old,))
    after = guide(says("s", Standing.OFFERED, when(how="low")), factors=(new,))
    found = check(before, after)
    lines = list(found.lines())
    assert "how: no answer fits both guides, so it is taken as two questions." in lines
    assert "  for patients with: How bad? high; (before) How bad? mild" in lines


def test_bands_with_other_bounds_are_compared_by_the_numbers():
    def aged(bound, low=None):
        bands = (Band(low, bound, low is not None), Band(bound, None, True))
        age = Factor("age", "How old?", (), ("young", "old"), bands=bands, unit="years")
        return guide(says("s", Standing.OFFERED, when(age="young")), factors=(age,))

    found = compared(aged(6), aged(8))
    (change,) = found.outcomes
    assert (change.before, change.after) == (Standing.SILENT, Standing.OFFERED)
    assert [case.patients for case in change.cases] == [
        (("age", ("6 or more and less than 8 years",)),)
    ]
    assert found.values == ()
    # The guide after says nothing of those who are younger than 2.
    narrower = compared(aged(6), aged(6, low=2))
    assert narrower.outcomes == ()
    assert "age: only before: less than 2 years." in narrower.lines()


def test_bands_in_another_unit_are_compared_by_their_names():
    def aged(unit, bound):
        bands = (Band(None, bound), Band(bound, None, True))
        age = Factor("age", "How old?", (), ("young", "old"), bands=bands, unit=unit)
        return guide(says("s", Standing.OFFERED, when(age="young")), factors=(age,))

    wider = replace(aged("months", 24), statements=(says("s", Standing.OFFERED),))
    (change,) = compared(aged("years", 6), wider).outcomes
    assert [case.patients for case in change.cases] == [(("age", ("old",)),)]


@examples(100)
@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True).map(sorted),
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True).map(sorted),
    st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_every_number_is_in_the_pieces_of_its_bands(olds, news, inside):
    def factor(cuts, inside):
        lows = [None, *cuts]
        highs = [*cuts, None]
        ins = [False, *inside[: len(cuts)]]
        outs = [*(not i for i in inside[: len(cuts)]), False]
        bands = tuple(Band(*each) for each in zip(lows, highs, ins, outs, strict=True))
        return Factor("n", "N?", (), tuple(f"v{i}" for i in range(len(bands))), bands=bands)

    old, new = factor(olds, inside), factor(news, inside[4:])
    before, after = (guide(factors=(f,)) for f in (old, new))
    (shared,) = shared_factors(align(before, after))
    assert (shared.gone, shared.new) == ((), ())
    for number in [n / 2 for n in range(-2, 16)]:
        meant_before = shared.before[old.value_of(number)]
        meant_after = shared.after[new.value_of(number)]
        # The one piece that both mean is the one that the number is in.
        assert meant_before & meant_after == {shared.factor.value_of(number)}


def test_only_the_wording_changed(liver):
    words = {"question": "Has it spread?", "help": "Look."}
    altered = replace(liver, factors=(replace(liver.factors[0], **words), *liver.factors[1:]))
    found = tree.diff(liver, altered)
    assert found.outcomes == ()
    lines = list(found.lines())
    assert lines[0] == "No patient's outcome changed."
    question = liver.factors[0].question
    assert f"      question: {question} → Has it spread?" in lines


def test_a_renamed_statement_is_no_new_one(liver):
    old = liver.statements[-1].id
    altered = replace(
        liver,
        statements=tuple(
            replace(
                s,
                id="z" if s.id == old else s.id,
                outweighs=tuple("z" if id == old else id for id in s.outweighs),
            )
            for s in liver.statements
        ),
    )
    found = tree.diff(liver, altered)
    assert [(e.kind, e.what, e.after, e.fields) for e in found.entries] == [
        ("statement", "renamed", "z", ())
    ]
    assert f"  renamed z, before: {liver.statements[-1].id}" in found.lines()


def test_entries_that_are_alike_are_not_taken_for_one_another():
    before = guide(says("one", Standing.OFFERED), says("two", Standing.OFFERED))
    after = guide(says("three", Standing.OFFERED), says("four", Standing.OFFERED))
    found = compared(before, after)
    assert [(e.what, e.after or e.before) for e in found.entries] == [
        ("added", "three"),
        ("added", "four"),
        ("removed", "one"),
        ("removed", "two"),
    ]
    assert found.outcomes == ()


def test_alternatives_in_another_order_are_no_change():
    either = (when(a="yes")[0], when(b="no")[0])
    before, after = (guide(says("s", Standing.OFFERED, c)) for c in (either, either[::-1]))
    assert not compared(before, after)
    (entry,) = compared(guide(says("s", Standing.OFFERED)), after).entries
    assert [(f.name, f.before, f.after) for f in entry.fields] == [
        ("condition", "everyone", "a=yes or b=no")
    ]


def test_a_draft_that_was_confirmed_and_a_remark():
    before = guide(
        says("s", Standing.OFFERED),
        Statement("r", (), remark="Ask."),
        drafts={("statement", "s"): (1, 1), ("context", "1"): (2, 1)},
    )
    after = guide(says("s", Standing.OFFERED), Statement("r", (), remark="Ask twice."))
    lines = list(compared(before, after).lines())
    assert lines[0] == "No patient's outcome changed."
    for line in (
        "      draft: true → (nothing)",
        "      remark: Ask. → Ask twice.",
        "      drafts in context: 1 → (nothing)",
    ):
        assert line in lines


PAIRS = 12


def apart(prefix):
    """Pairs of questions, and a tree that is small if two that belong together stand together."""
    pairs = [(f"{prefix}{i}", f"{prefix}{PAIRS + i}") for i in range(PAIRS)]
    names = [name for half in zip(*pairs, strict=True) for name in half]
    together = [name for pair in pairs for name in pair]
    return names, together, tuple(when(**{a: "yes", b: "yes"})[0] for a, b in pairs)


@pytest.fixture
def few_nodes(monkeypatch):
    """A tenth of the nodes that a tree may have: fewer than pairs that stand apart take."""
    monkeypatch.setattr("tree.logic.build.MAX_NODES", MAX_NODES // 10)
    assert 2**PAIRS > 2 * MAX_NODES // 10


@pytest.mark.slow
@pytest.mark.usefixtures("few_nodes")
def test_the_order_of_either_guide_may_keep_it_small():
    names, together, condition = apart("f")
    small = guide(says("s", Standing.OFFERED, condition), factors=together)
    other = guide(says("s", Standing.PREFERRED, when(f0="yes")), factors=names)
    for before, after in ((small, other), (other, small)):
        found = compared(before, after)
        assert found.too_large == ()
        offered = {Standing.OFFERED, Standing.PREFERRED}
        (change,) = [c for c in found.outcomes if {c.before, c.after} == offered]
        # With f0 answered, its own pair needs its second answer only.
        assert (len(change.cases), change.more) == (PAIRS, 0)


@pytest.mark.slow
@pytest.mark.usefixtures("few_nodes")
def test_too_much_to_compare_is_said():
    # Either guide has a small tree, but only in its own order.
    names, together, condition = apart("f")
    others, beside, more = apart("g")
    before = guide(says("s", Standing.OFFERED, condition), factors=[*together, *others])
    after = guide(says("s", Standing.OFFERED, more), factors=[*names, *beside])
    with counted() as work:
        found = compared(before, after)
    # A million; as many patients as there are would be 2^48.
    assert work.steps < 2_500_000
    assert [option.id for option in found.too_large] == ["tea"]
    assert found.outcomes == ()
    assert next(found.lines()) == "Tea: too many statements concern it to compare the guides."
    assert found.to_dict()["too_large"] == ["tea"]


@pytest.mark.slow
def test_many_questions_of_two_guides_that_share_none():
    def chain(prefix):
        names = [f"{prefix}{i}" for i in range(200)]
        conjunctions = tuple(when(**{name: "yes"})[0] for name in names)
        return guide(says("s", Standing.OFFERED, conjunctions), factors=names)

    (lost, won) = compared(chain("a"), chain("b")).outcomes
    assert (lost.before, won.before) == (Standing.OFFERED, Standing.SILENT)
    assert lost.more or lost.cases


# --- the text -----------------------------------------------------------------------------

TEXT = """A. Says
1. If it rains, drink tea. Tea is warm.
B. Says
2. Rest is better.
"""
YAML = """title: What helps?
passages:
  a: {author: A., begins: A. Says}
  b: {author: B., begins: B. Says}
factors:
  rain: {question: Does it rain?, quote: If it rains}
options:
  tea: {name: tea, quote: drink tea}
  rest: {name: rest, quote: Rest is better}
statements:
  drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}
  better: {quote: Rest is better., prefer: rest}
"""


def reworded(old, new):
    assert old in TEXT
    return tree.diff(tree.loads(TEXT, YAML), tree.loads(TEXT.replace(old, new), YAML))


def test_sentences_that_changed():
    found = reworded("Tea is warm.", "Tea is hot. Mind your tongue.")
    assert [(c.passage, c.author, c.edits) for c in found.text] == [
        ("a", "A.", ((("Tea is warm.",), ("Tea is hot.", "Mind your tongue.")),))
    ]
    lines = list(found.lines())
    assert lines[0] == "No patient's outcome changed."
    assert lines[-5:] == [
        "Text",
        "  a",
        "    - Tea is warm.",
        "    + Tea is hot.",
        "    + Mind your tongue.",
    ]
    assert found.to_dict()["text"] == [
        {
            "passage": "a",
            "author": "A.",
            "edits": [{"removed": ["Tea is warm."], "added": ["Tea is hot.", "Mind your tongue."]}],
        }
    ]


@pytest.mark.parametrize(("old", "new"), [("Tea is warm.", ""), ("is warm.", "is warm. It helps.")])
def test_sentences_that_were_added_or_removed(old, new):
    added = reworded(old, new).to_dict()["text"][0]["edits"]
    words = {"removed": ["Tea is warm."], "added": []}
    assert added == [words if not new else {"removed": [], "added": ["It helps."]}]


def test_line_breaks_are_no_change():
    assert not reworded("drink tea. Tea", "drink\n   tea.   Tea")


def test_marks_between_sentences():
    found = reworded("2. Rest", "3. Rest")
    assert found.text == ()
    assert found.marks
    assert list(found.lines())[-1] == "  the same sentences, with other marks or in another order"


def test_a_passage_under_another_name():
    other = YAML.replace("  b: {author", "  bee: {author")
    found = tree.diff(tree.loads(TEXT, YAML), tree.loads(TEXT, other))
    assert [(e.kind, e.what, e.before, e.after) for e in found.entries] == [
        ("passage", "renamed", "b", "bee")
    ]
    assert found.text == ()
    author = YAML.replace("author: B.", "author: Bea")
    (entry,) = tree.diff(tree.loads(TEXT, YAML), tree.loads(TEXT, author)).entries
    assert [(f.name, f.before, f.after) for f in entry.fields] == [("author", "B.", "Bea")]


# --- folders, revisions and the command line ----------------------------------------------


def git(folder, *arguments):
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def write(folder, text=TEXT, yaml=YAML):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_text(text, encoding="utf-8")
    (folder / "guide.yaml").write_text(yaml, encoding="utf-8")
    return folder


ALTERED = YAML.replace("when: {rain: yes}", "when: {rain: no}")


@pytest.fixture
def history(tmp_path):
    """A guide in a folder of a repository: first as above, then altered; tagged `first`."""
    folder = write(tmp_path / "house" / "Führer 🌳")
    house = folder.parent
    git(house, "init", "-q")
    git(house, "add", ".")
    git(house, "commit", "-qm", "first")
    git(house, "tag", "first")
    write(folder, text=TEXT.replace("warm", "hot"), yaml=ALTERED)
    git(house, "commit", "-qam", "second")
    return folder


def test_diff_of_the_same_folder():
    done = run("diff", LIVER, LIVER)
    assert (done.returncode, done.out, done.err) == (0, "Nothing changed.\n", "")


def test_diff_of_two_folders(tmp_path):
    old, new = write(tmp_path / "old"), write(tmp_path / "new", yaml=ALTERED)
    done = run("diff", old, new)
    assert (done.returncode, done.err) == (1, "")
    assert done.out == "\n".join(tree.diff(old, new).lines()) + "\n"
    assert done.out.splitlines()[:8] == [
        "The outcome changed for some patients, on 1 option.",
        "",
        "tea: offered → the text does not say",
        "  for patients with: Does it rain? yes",
        '    before: "If it rains, drink tea." (a, stated; changed)',
        "    after: nothing is said",
        "",
        "tea: the text does not say → offered",
    ]
    assert str(tree.diff(tree.load(old), new)) == str(tree.diff(old, tree.load(new)))


def test_diff_as_json(tmp_path):
    old, new = write(tmp_path / "old"), write(tmp_path / "new", yaml=ALTERED)
    done = run("diff", "--json", old, new)
    assert done.returncode == 1
    data = json.loads(done.out)
    assert data == tree.diff(old, new).to_dict()
    assert data["outcomes"][0]["cases"] == [
        {
            "answers": {"rain": ["yes"]},
            "before": [
                {
                    "statement": "drink",
                    "quotes": ["If it rains, drink tea."],
                    "origin": "a, stated",
                }
            ],
            "after": [],
        }
    ]
    same = run("diff", old, old, "--json")
    assert same.returncode == 0
    assert json.loads(same.out)["changed"] is False


@pytest.mark.parametrize("name", ["HEAD~1", "first", "HEAD^", "first^{commit}"])
def test_diff_of_a_revision(history, tmp_path, name):
    expected = tree.diff(write(tmp_path / "old"), history)
    assert len(expected.outcomes) == 2
    assert len(expected.text) == 1
    # From the folder of the guide, and from one that is not in the repository.
    for where, folder in ((history, "."), (tmp_path, history)):
        done = run("diff", name, folder, cwd=where)
        assert done.err == ""
        assert done.returncode == 1
        assert done.out == "\n".join(expected.lines()) + "\n"


def test_diff_of_a_revision_with_what_is_not_committed_yet(history):
    assert run("diff", "HEAD", history).returncode == 0
    write(history)
    assert run("diff", "HEAD", history).returncode == 1
    assert run("diff", "first", history).returncode == 0
    assert git(history, "status", "--short") != ""


def test_a_folder_wins_over_a_revision_of_the_same_name(history, tmp_path):
    write(tmp_path / "first", yaml=ALTERED)
    named_alike = run("diff", "first", history, cwd=tmp_path)
    assert "condition" not in named_alike.out
    assert "condition" in run("diff", "first", history).out


def test_a_faulty_guide_of_a_revision_is_named_by_it(history):
    write(history, yaml=YAML.replace("offer: tea", "offer: te"))
    git(history, "commit", "-qam", "third")
    write(history)
    done = run("diff", "HEAD", history)
    assert (done.returncode, done.out) == (2, "")
    assert done.err.startswith("HEAD:guide.yaml:11:71: undefined option or group 'te'")


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("nowhere", "no such revision in the git repository of"),
        ("HEAD~9", "no such revision in the git repository of"),
        ("", "no such revision in the git repository of"),
        ("first..HEAD", "no such revision in the git repository of"),
        ("first:guide.yaml", "no such revision in the git repository of"),
        ("HEAD^{tree}", "no such revision in the git repository of"),
    ],
)
def test_no_such_revision(history, old, said):
    done = run("diff", old, history)
    assert (done.returncode, done.out) == (2, "")
    assert f"no such folder, and as a git revision: {said}" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_revision_is_never_an_option_of_git(history):
    marker = history / "marker"
    for name in ("--help", "-p", f"--output={marker}"):
        with pytest.raises(tree.TreeError, match="does not begin with '-'"):
            tree.diff(name, history)
        assert run("diff", name, history).returncode in (0, 2)
    assert not marker.exists()
    with pytest.raises(tree.TreeError, match="null byte"):
        tree.diff("a\0b", history)


def test_a_folder_that_was_not_there_yet(history):
    later = write(history.parent / "later")
    git(later, "add", ".")
    git(later, "commit", "-qm", "third")
    done = run("diff", "first", later)
    assert (done.returncode, done.out) == (2, "")
    assert done.err == "first:guide.yaml: file does not exist\n"


def test_a_guide_whose_text_was_not_there_or_is_a_folder(history):
    house = history.parent
    git(history, "rm", "-q", "--cached", "text.txt")
    git(house, "commit", "-qm", "without")
    assert "text.txt" in run("diff", "HEAD", history).err
    os.rename(history / "text.txt", house / "kept")
    (history / "text.txt").mkdir()
    (history / "text.txt" / "part").write_text("x", encoding="utf-8")
    git(house, "add", ".")
    git(house, "commit", "-qm", "folder")
    shutil.rmtree(history / "text.txt")
    os.rename(house / "kept", history / "text.txt")
    done = run("diff", "HEAD", history)
    assert done.returncode == 2
    assert "HEAD:text.txt: is not a file of text" in done.err


def test_too_large_a_file_of_a_revision(history):
    (history / "text.txt").write_text(TEXT + "x" * 4_000_001, encoding="utf-8")
    git(history, "commit", "-qam", "large")
    write(history)
    done = run("diff", "HEAD", history)
    assert done.returncode == 2
    assert "at most 4000000 are read" in done.err


def test_without_a_repository(tmp_path):
    folder = write(tmp_path / "guide")
    done = run("diff", "HEAD", folder, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (done.returncode, done.out) == (2, "")
    assert f"{folder} is not in a git repository" in done.err


def test_without_git(tmp_path):
    folder = write(tmp_path / "guide")
    done = run("diff", "HEAD", folder, PATH=str(tmp_path))
    assert (done.returncode, done.out) == (2, "")
    assert "git is not installed, or not on the PATH" in done.err


def test_folders_that_cannot_be_loaded(tmp_path):
    for old, new in ((LIVER, tmp_path / "none"), (tmp_path / "none", LIVER)):
        done = run("diff", old, new)
        assert (done.returncode, done.out) == (2, "")
        assert str(tmp_path / "none") in done.err
    with pytest.raises(tree.TreeError, match="folder does not exist"):
        tree.diff(tmp_path / "none", tree.load(LIVER))
    assert run("diff", LIVER).returncode == 2
