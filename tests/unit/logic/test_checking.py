"""What `check` says of a whole guide, against plain enumeration of its patients."""

import itertools
import random
import re

import pytest
import written_guides
from chances import chances
from counting import counted, steps, times_as_long
from examples import examples, share
from hypothesis import assume, given
from large_guides import guide as large_guide
from random_guides import deciding, guide, holds, outweighs_on, patients, readings, standings
from seeded_guides import random_reading
from written_guides import written

import tree
from tree import opening
from tree.loading import loader
from tree.logic import build, decisions, review
from tree.model.parts import EVERYTHING, Option, Reading, Standing, Statement
from tree.model.text import Text

SPEAKING = {Standing.PREFERRED, Standing.OFFERED}


def found(reading, beginning):
    """The messages of a review that begin like this."""
    messages = [problem.message for problem in review.review(guide(reading))]
    return [message for message in messages if message.startswith(beginning)]


def named_patient(message):
    """The answers that a message gives as an example."""
    answers = re.search(r"such as (?:for )?(.*?);", message).group(1)
    return dict(answer.split("=") for answer in answers.split(", ") if "=" in answer)


def fitting(reading, answers):
    """Every complete patient with these answers, and there must be some."""
    fits = [p for p in patients(reading) if answers.items() <= p.items()]
    assert fits
    return fits


@given(readings(factors=5))
def test_a_gap_is_told_where_there_is_one(reading):
    silent = [not SPEAKING & set(standings(reading, p)) for p in patients(reading)]
    messages = found(reading, "gap: ")
    assert len(messages) == any(silent)
    for message in messages:
        for patient in fitting(reading, named_patient(message)):
            assert not SPEAKING & set(standings(reading, patient))
        # With fewer answers, some patient has an option.
        answers = [(f.id, value) for f in reading.factors for value in f.values]
        named = len(named_patient(message))
        for fewer in itertools.combinations(answers, named - 1) if named else ():
            fits = [p for p in patients(reading) if set(fewer) <= p.items()]
            assert not (fits and all(not SPEAKING & set(standings(reading, p)) for p in fits))


PULLING = re.compile(r"(conflict|implied): '(\w+)' withholds '(\w+)', which (.*) (prefer|offer)")


@examples(150)
@given(readings(factors=4))
def test_conflicts_are_told_where_two_statements_meet(reading):
    expected = set()
    for option in reading.options:
        for one in reading.statements:
            for other in reading.statements:
                if (
                    one.effect_on(option.id) is Standing.WITHHELD
                    and other.effect_on(option.id) in SPEAKING
                    and not outweighs_on(one, other, option.id)
                    and not outweighs_on(other, one, option.id)
                    and not {EVERYTHING} <= {*one.outweighs} & {*other.outweighs}
                    and any(holds(one, p) and holds(other, p) for p in patients(reading))
                ):
                    gives_way = (one.basis, other.basis) == ("implied", "stated")
                    kind = "implied" if gives_way else "conflict"
                    expected.add((kind, option.id, one.id, other.id))
    told, messages = set(), [*found(reading, "conflict: "), *found(reading, "implied: ")]
    for message in messages:
        kind, withholding, option, others, _ = PULLING.match(message).groups()
        speaking = re.findall(r"'(\w+)'", others)
        told |= {(kind, option, withholding, other) for other in speaking}
        assert ("it is implied, and gives way there" in message) == (kind == "implied")
        # The patient named fits the first two of them, whatever else is true.
        for patient in fitting(reading, named_patient(message)):
            assert holds(reading.statement(withholding), patient)
            assert holds(reading.statement(speaking[0]), patient)
    # At most five are named of one option.
    assert told == expected or any(" more prefer " in m or " more offer " in m for m in messages)
    assert {pair[:3] for pair in told} == {pair[:3] for pair in expected}


@pytest.mark.parametrize("count", [review.MOST_CONFLICTS, review.MOST_CONFLICTS + 1])
def test_where_not_all_conflicts_are_told_that_is_said(count):
    for_it = Statement("for_it", (), effects=(("tea", Standing.PREFERRED),))
    against = [Statement(f"no{i}", (), effects=(("tea", Standing.WITHHELD),)) for i in range(count)]
    tea = Option("tea", "tea")
    reading = Reading("r", "Tea?", Text("text.txt", ""), (), (tea,), (for_it, *against))
    assert len(found(reading, "conflict: ")) == review.MOST_CONFLICTS
    more = ["more than 50 conflicts; the rest follows once these are fixed"]
    assert found(reading, "more than ") == more * (count - review.MOST_CONFLICTS)


@examples(150)
@given(readings(factors=4))
def test_what_is_outweighed_is_met(reading):
    never = {
        (one.id, other.id)
        for one in reading.statements
        for other in reading.statements
        if other.id in one.outweighs
        and not any(holds(one, p) and holds(other, p) for p in patients(reading))
    }
    messages = "\n".join(found(reading, "statement "))
    assert set(re.findall(r"statement '(\w+)' never meets '(\w+)'", messages)) == never


@examples(150)
@given(readings(factors=4))
def test_statements_that_never_decide_are_told(reading):
    check_what_never_decides(reading)


def test_statements_that_never_decide_are_told_in_seeded_guides():
    # More statements on fewer options: more than half of the guides have such a statement.
    for seed in range(share(150)):
        check_what_never_decides(random_reading(seed))


def check_what_never_decides(reading):
    meant = {id for statement in reading.statements for id in statement.outweighs}
    everyone = patients(reading)

    def meet(one, other):
        return any(holds(one, p) and holds(other, p) for p in everyone)

    def outweighs(one, other):
        return any(outweighs_on(one, other, option) for option, _ in other.effects)

    expected = {
        s.id
        for s in reading.statements
        if s.id not in meant
        and not any(s in deciding(reading, p, o)[1] for p in everyone for o, _ in s.effects)
        # It may be there for what it outweighs.
        and not any(outweighs(s, other) and meet(s, other) for other in reading.statements)
    }
    messages = found(reading, "statement ")
    told = {m.split("'")[1]: m for m in messages if "never decides" in m}
    assert set(told) == expected
    for id, message in told.items():
        # Those to be seen hold for some of the same patients, and are stronger, or outweigh it,
        # or are stated where it is implied.
        one = reading.statement(id)
        others = re.findall(r"s\d+", message.partition(", see ")[2])
        assert others or not any(holds(one, p) for p in everyone)
        for other in map(reading.statement, others):
            assert meet(one, other)
            both = [(e, one.effect_on(o)) for o, e in other.effects if one.effect_on(o)]
            stronger = any(theirs.strength > own.strength for theirs, own in both)
            stated = one.basis == "implied" and other.basis == "stated"
            assert stronger or outweighs(other, one) or stated


def warnings(text, statements):
    yaml = f"""
title: "?"
factors:
  clot: {{question: Clot?, quote: medicine}}
  late: {{question: Late?, quote: Of}}
  time: {{question: When?, quote: After nine hours, values: [early, late]}}
options:
  drug: {{name: medicine, quote: a medicine}}
statements:
{statements}
"""
    report = tree.check_text(f"Of a medicine. {text}", yaml)
    assert report.guide, report.problems
    return [p.message for p in report.problems if p.severity == "warning"]


def test_a_statement_that_asks_less_than_those_beside_it_is_told():
    text = "With a clot: early, the drug. Late, no drug. Very late, the drug.\n\nAfter nine hours."
    quotes = ["early, the drug", "Late, no drug", "Very late, the drug"]
    asks = ["{clot: yes, time: early}", "{late: yes}", "{clot: yes, late: yes, time: late}"]
    rows = [
        f"  s{i}: {{quote: '{quote}', when: {when}, offer: drug}}"
        for i, (quote, when) in enumerate(zip(quotes, asks, strict=True))
    ]
    missing = (
        "statement 's1' does not ask clot, time: the statements beside it all do; "
        "does it hold for the others, too?"
    )
    assert missing in warnings(text, "\n".join(rows))
    # Not where it is the rule to which one beside it is the exception.
    rows[2] = rows[2].replace("offer: drug", "offer: drug, outweighs: s1")
    assert missing not in warnings(text, "\n".join(rows))
    # Nor where it stands in a paragraph of its own.
    apart = text.replace("Late, no drug. ", "") + "\n\nLate, no drug."
    assert missing not in warnings(apart, "\n".join(rows[:2]))


def test_a_sentence_that_a_question_alone_quotes_is_told():
    text = "Early with a clot, or late, the drug is given. After nine hours it is not given."
    when = "when: {clot: yes, late: no, time: early}"
    statement = f"  s: {{quote: 'Early with a clot, or late, the drug', {when}, offer: drug}}"
    assert (
        "sentence 'After nine hours it is not given.' is quoted by time alone: "
        "does no statement rest on it?"
    ) in warnings(text, statement)


def test_an_exception_to_an_exception_speaks_for_its_own_cases():
    text = (
        "Antibiotics are the first choice for everybody with this infection. They are not given "
        "to patients with an allergy. Patients with an allergy who are in danger of their lives "
        "should receive them all the same."
    )
    yaml = """
title: Are antibiotics given?
factors:
  allergy: {question: Is there an allergy?, quote: patients with an allergy. }
  danger: {question: Is the patient in danger of their life?, quote: in danger of their lives}
options:
  antibiotics: {name: Antibiotics, quote: Antibiotics}
statements:
  first: {quote: Antibiotics are the first choice, prefer: antibiotics}
  not_with_allergy:
    quote: They are not given to patients with an allergy
    when: {allergy: yes}
    withhold: antibiotics
    outweighs: first
  all_the_same:
    quote: should receive them all the same
    when: {allergy: yes, danger: yes}
    offer: antibiotics
    outweighs: not_with_allergy
"""
    report = tree.check_text(text, yaml)
    assert [p.message[:4] for p in report.problems] == ["gap:"]
    standing = {
        (allergy, danger): report.guide.walk(allergy=allergy, danger=danger).standings
        for allergy in ("yes", "no")
        for danger in ("yes", "no")
    }
    assert {key: str(found["antibiotics"].standing) for key, found in standing.items()} == {
        ("yes", "yes"): "offered",
        ("yes", "no"): "withheld",
        ("no", "yes"): "preferred",
        ("no", "no"): "preferred",
    }
    why = report.guide.walk(allergy="yes", danger="yes").why().arguments["antibiotics"]
    by = {a.statement.id: (a.weight, [s.id for s in a.by]) for a in why}
    assert by == {
        "first": ("outweighed", ["all_the_same"]),
        "not_with_allergy": ("outweighed", ["all_the_same"]),
        "all_the_same": ("decides", []),
    }


@given(readings(factors=5))
def test_factors_that_never_matter_are_told(reading):
    expected = {
        factor.id
        for factor in reading.factors
        if all(
            standings(reading, patient) == standings(reading, {**patient, factor.id: value})
            for patient in patients(reading)
            for value in factor.values
        )
    }
    told = {m.split("'")[1] for m in found(reading, "factor ") if "never matters" in m}
    assert told == expected


@examples(150)
@given(chances())
def test_drafts_and_loose_ends_are_told_at_their_place(chance):
    made = written_guides.guide(chance)
    yaml = written(made)
    report = tree.check_text(written_guides.text(), yaml)
    assume(report.guide is not None)
    lines = yaml.splitlines()
    drafts = [p for p in report.problems if "is a draft" in p.message]
    assert len(drafts) == sum("draft" in s for s in made["statements"].values())
    for problem in drafts:
        assert lines[problem.line - 1][problem.column - 1 :].startswith("true")
    listed = [p for p in report.problems if p.file == "guide.yaml" and "sentence" in p.message]
    assert len(listed) == len(made.get("unclaimed", ()))
    used = {s["quote"]: id for id, s in made["statements"].items()}
    for problem, words in zip(listed, made.get("unclaimed", ()), strict=True):
        assert lines[problem.line - 1][problem.column - 1 :].startswith(words)
        if words in used:
            assert (
                problem.message == f"sentence '{words}' is claimed by {used[words]}: delete it here"
            )
        else:
            assert problem.message.startswith(f"unclaimed sentence '{words}': quote it in an entry")
    # What is listed in the guide is not told of the text once more.
    told = {p.message.split("'")[1] for p in report.problems if p.file == "text.txt"}
    assert not told & {*used, *made.get("unclaimed", ())}
    for patient in written_guides.patients(made):
        answers = report.guide.check_answers(patient)
        for id, statement in made["statements"].items():
            assert holds(
                report.guide.statement(id), answers, report.guide.counts
            ) == written_guides.holds(statement, patient)


def test_what_no_statement_uses_yet_stops_only_a_finished_guide():
    unused = ONE.replace("{tea:", "{ice: {name: ice, quote: Take ice}, tea:")
    text = f"{TEXT} Take ice. Well, well."
    assert messages(unused, text)[0] == "option 'ice' is never used by a statement"
    aside = "quote: 'Well, well.', reason: an aside"
    for left in ("unclaimed: ['Well, well.']", f"context: {{a: {{{aside}, draft: true}}}}"):
        report = tree.check_text(text, f"{unused}{left}\n")
        assert report.guide is not None
        (problem,) = (p for p in report.problems if "never used" in p.message)
        assert problem.severity == "warning"
    assert messages(f"{unused}context: {{a: {{{aside}}}}}\n", text)


# --- limits ---------------------------------------------------------------------------------

ONE = """
title: Tea?
factors: {rain: {question: Rain?, quote: If it rains}}
options: {tea: {name: tea, quote: drink tea}}
statements: {drink: {quote: 'If it rains, drink tea.', when: {rain: yes}, offer: tea}}
"""
TEXT = "If it rains, drink tea."


def names(count):
    return [f"n{i}" for i in range(count)]


def messages(yaml, text=TEXT):
    report = tree.check_text(text, yaml)
    assert report.guide is None
    return [problem.message for problem in report.problems]


FACTOR = "{question: Rain?, quote: If it rains}"
OPTION = "{name: tea, quote: drink tea}"
STATEMENT = "{quote: If it rains, when: {rain: yes}, offer: tea}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        (
            ONE.replace(
                "{rain: {", f"{{{', '.join(f'{n}: {FACTOR}' for n in names(500))}, rain: {{"
            ),
            "501 factors; at most 500 are allowed",
        ),
        (
            ONE.replace("{tea: {", f"{{{', '.join(f'{n}: {OPTION}' for n in names(500))}, tea: {{"),
            "501 options; at most 500 are allowed",
        ),
        (
            ONE.replace(
                "{drink: {", f"{{{', '.join(f'{n}: {STATEMENT}' for n in names(5000))}, drink: {{"
            ),
            "5001 statements; at most 5000 are allowed",
        ),
        (
            f"{ONE}examples: {{{', '.join(f'{n}: {{rain: yes}}' for n in names(501))}}}",
            "501 examples; at most 500 are allowed",
        ),
        (ONE.replace("Tea?", "a" * 10_001), "10001 letters; at most 10000 are allowed here"),
        (ONE.replace("yes", "[" * 30), "nested more than 20 deep"),
        (f"a: [{'a, ' * 200_001}]", "more than 200000 keys and values in one guide"),
        (ONE + "#" * 4_000_000, f"{len(ONE) + 4_000_000} bytes; at most 4000000 are read"),
        (
            ONE.replace("drink tea}", "{words: tea, nth: 1000000}}", 1),
            "nth must be a whole number from 1 to 999999, not '1000000'",
        ),
    ],
    ids=lambda value: value if len(value) < 80 else "",
)
def test_limits_are_told(yaml, message):
    assert message in messages(yaml)


def test_too_much_text_is_told():
    assert messages(ONE, "a" * 4_000_001) == ["4000001 bytes; at most 4000000 are read"]


@pytest.mark.slow
def test_too_many_options_named_in_all():
    options = ", ".join(f"o{i}: {OPTION}" for i in range(300))
    statement = "{quote: If it rains, when: {rain: yes}, offer: everything}"
    statements = ", ".join(f"{n}: {statement}" for n in names(334))
    yaml = f"""
title: Tea?
factors: {{rain: {FACTOR}}}
options: {{{options}}}
groups:
  everything:
    {{name: tea, quote: drink tea, options: [{", ".join(f"o{i}" for i in range(300))}]}}
statements: {{{statements}}}
"""
    (told,) = messages(yaml)
    assert told.startswith("more than 100000 options named in all statements together")


@pytest.mark.slow
def test_too_many_alternatives_in_all():
    factors = ", ".join(f"f{i}: {FACTOR}" for i in range(14))
    pairs = ", ".join(f"{{any: {{f{i}: yes, f{i + 1}: yes}}}}" for i in range(0, 14, 2))
    statement = f"{{quote: If it rains, all: [{pairs}], offer: tea}}"
    statements = ", ".join(f"{n}: {statement}" for n in names(157))
    yaml = f"title: Tea?\nfactors: {{{factors}}}\noptions: {{tea: {OPTION}}}\n"
    (told,) = messages(f"{yaml}statements: {{{statements}}}")
    assert told.startswith("more than 20000 alternatives in all conditions together")


def test_of_very_many_problems_the_first_are_told():
    yaml = ONE + "".join(f"key{i}: x\n" for i in range(3_000))
    report = tree.check_text(TEXT, yaml)
    assert len(report.problems) == 1_001
    (last,) = [p for p in report.problems if p.message.startswith("1000 problems up to here;")]
    assert last.line == report.problems[-1].line
    text = TEXT + " Odd." * 3_000
    problems = tree.check_text(text, ONE).problems
    assert len(problems) == 1_001
    assert problems[-1].message.endswith(" more problems from here on are not listed")
    assert all(problem.message.startswith(("unclaimed", "gap")) for problem in problems[:-1])


def test_of_very_many_control_characters_the_first_are_told():
    assert len(messages(ONE, TEXT + "\a" * 100_000)) == 100


# --- speed ----------------------------------------------------------------------------------


def check(text, yaml):
    return lambda: tree.check_text(text, yaml)


def absent(_number, sentence):
    return " ".join(reversed(sentence.split()[:20]))


# Each as (what, arguments): a guide grows with its number of statements, and so does its text.
GROWING = {
    "as usual": {},
    "forty factors, few of them for each option": {"factors": 40, "spread": 3, "asks": (1, 3)},
    "quotes that are not in the text": {"quote": absent},
    "quotes told apart by number": {
        "quote": lambda number, _: {"words": "severe", "nth": str(number % 999 + 1)}
    },
    "all on one option": {"options": 1},
    "all in conflict on one option": {"options": 1, "verbs": ("withhold", "prefer")},
}
# Of so few questions that the statements, and not the tree, are most of the work.
FEW_QUESTIONS = {"factors": 8, "spread": 8, "asks": (2, 4)}


def growing(statements, letters, **more):
    return large_guide(statements, statements * letters, **{**FEW_QUESTIONS, **more})


def check_growth(small, large):
    # What compares all with all takes four times as many.
    few, many = steps(check(*small)), steps(check(*large))
    assert many < 2.5 * few
    # It is up to five millions.
    assert many < 15_000_000


@pytest.mark.slow
@pytest.mark.parametrize("what", GROWING)
def test_twice_as_much_takes_little_more_than_twice_the_steps(what):
    check_growth(*(growing(count, 500, **GROWING[what]) for count in (500, 1_000)))


@pytest.mark.slow
def test_quotes_that_stand_everywhere_take_no_more_than_the_places_looked_at():
    # Few statements in a text in which their words stand more often than is looked at.
    small, large = (growing(count, 4_000, quote=lambda *_: "patients") for count in (125, 250))
    assert len(large[0]) >= 1_000_000
    check_growth(small, large)


def on_one_line(count):
    text, yaml = growing(count, 500)
    return text.replace("\n", " "), yaml


def without_spaces(count):
    text, yaml = large_guide(30, 3_000)
    return text + "a" * 8_000 * count, yaml.replace("Take choice 0.", "a" * 80 + "b")


def loose_ends(count):
    text, yaml = large_guide(50, 50 * count)
    loose = [f"Loose end number {i} is this." for i in range(count)]
    return text + "\n".join(loose), f"unclaimed: [{', '.join(loose)}]\n{yaml}"


@pytest.mark.slow
@pytest.mark.parametrize("made", [on_one_line, without_spaces, loose_ends])
def test_twice_the_text_takes_no_more_than_three_times_as_long(made):
    small, large = (check(*made(count)) for count in (250, 500))
    assert steps(large) < 3 * steps(small)
    assert times_as_long(small, large, enough=3) < 3


MUCH = {"factors": 40, "spread": 40, "asks": (3, 6)}
ENTANGLED = {"factors": 40, "spread": 40, "asks": (5, 9), "options": 1}
TOO_ENTANGLED = "the conditions are too entangled to make a tree of"


def entangled():
    return large_guide(2_000, 1_000_000, **MUCH)


@pytest.mark.slow
def test_conditions_that_are_too_entangled_are_refused():
    text, yaml = entangled()
    (problem,) = tree.check_text(text, yaml).problems
    assert problem.message.startswith(TOO_ENTANGLED)
    assert yaml.splitlines()[problem.line - 1].startswith("factors:")


def rooms_and_guests():
    # Of nine guests in eight rooms two share one, however they are put. To see that takes ever
    # so long if rooms and guests are asked in no order, though the tree would be one outcome.
    rooms, guests = range(8), range(9)
    sharing = [
        {f"in{g}_{r}": "yes", f"in{h}_{r}": "yes"} for r in rooms for g in guests for h in range(g)
    ]
    nowhere = [{f"in{g}_{r}": "no" for r in rooms} for g in guests]
    names = [f"in{g}_{r}" for g in guests for r in rooms]
    random.Random(0).shuffle(names)
    made = {
        "title": "?",
        "factors": {name: {"question": "?", "quote": "If it rains"} for name in names},
        "options": {"tea": {"name": "tea", "quote": "drink tea"}},
        "statements": {
            f"s{i}": {"quote": "If it rains", "when": when, "offer": "tea"}
            for i, when in enumerate([*sharing, *nowhere])
        },
    }
    return TEXT, written(made)


@pytest.mark.slow
@pytest.mark.parametrize(
    "made", [rooms_and_guests, lambda: large_guide(2_000, 100_000, **ENTANGLED)]
)
def test_what_is_hard_to_see_is_refused(made, monkeypatch):
    # A tenth of the work that is allowed: it is the same to whom it is too much.
    monkeypatch.setattr(decisions, "WORK", decisions.WORK // 10)
    text, yaml = made()
    (problem,) = tree.check_text(text, yaml).problems
    assert problem.message.startswith(TOO_ENTANGLED)
    assert yaml.splitlines()[problem.line - 1].startswith("factors:")


@pytest.mark.slow
@pytest.mark.parametrize(
    "made",
    [rooms_and_guests, *(lambda m=m: large_guide(500, 10_000, **m) for m in (MUCH, ENTANGLED))],
)
def test_what_cannot_be_made_takes_no_more_steps_than_are_allowed(made, monkeypatch):
    # A hundredth of the work that is allowed, so that its steps can be counted.
    allowed = decisions.WORK // 100
    reading, problems = loader.read(opening.strings(*made()))
    assert reading, problems
    monkeypatch.setattr(decisions, "WORK", allowed)
    with counted() as work, pytest.raises(tree.TreeError, match="too entangled"):
        build.build(reading)
    # Each joins some nodes, and looks at a few lines for that.
    assert work.steps < 20 * allowed
