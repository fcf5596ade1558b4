"""A guide said back in words: every case that it names is what it says it is."""

import counted_guides
import pytest
from command_line import run
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import DATA, LIVER
from random_guides import guide, holds, patients, readings, standings

import tree
from tree.logic.decisions import decisions

GUIDES = [
    "metastatic_liver_cancer",
    "damaged_library_book",
    "ear_infection_in_a_child",
    "wintering_bees",
    "haengende_zimmerpflanze",
]


@examples(100)
@given(readings(factors=4))
def test_cases_hold_and_miss_by_one_answer(reading):
    for sentence in guide(reading).read_back().sentences:
        for read in sentence.statements:
            fitting = [p for p in patients(reading) if holds(read.statement, p)]
            if read.holds is None:
                # For everyone or for nobody; or no single answer makes it fail.
                assert len(fitting) in (0, len(list(patients(reading)))) or read.misses is None
                continue
            factor, value = read.misses
            sure = decisions(reading).holds
            assert sure(read.statement, read.holds) is True
            assert sure(read.statement, {**read.holds, factor: value}) is False


@examples(150)
@given(st.randoms(use_true_random=False))
def test_cases_are_cases_that_there_can_be_where_counts_and_dependences_ask(chance):
    """Nobody is asked what does not apply, and no statement that fails for some lacks a miss."""
    made = counted_guides.guide(chance)
    found = counted_guides.loaded(made)
    if found is None:
        return
    every = counted_guides.cases(made, counted_guides.FACTORS)
    for sentence in found.read_back().sentences:
        for read in sentence.statements:
            asked = found.asked_in(read.statement.condition)
            fitting = [counted_guides.holds(made, read.statement.id, case) for case in every]
            if read.holds is None:
                # For everyone or for nobody, or no single answer of the cases tried makes it fail.
                assert read.misses is None
                continue
            factor, value = read.misses
            assert any(
                {id: case[id] for id in asked if id in case} == read.holds
                for case, is_so in zip(every, fitting, strict=True)
                if is_so
            )
            sure = decisions(found).holds
            assert sure(read.statement, read.holds) is True
            assert sure(read.statement, {**read.holds, factor: value}) is False
            assert value != read.holds[factor]


@examples(60)
@given(readings(factors=4))
def test_for_each_option_everyone_is_described_once(reading):
    made = guide(reading)
    for place, option in enumerate(made.read_back().options):
        for patient in patients(reading):
            fitting = {
                standing
                for standing, described in option.standings
                for each in described.each
                if all(patient[factor] in values for factor, values in each)
            }
            assert fitting == {standings(reading, patient)[place]}


@pytest.mark.parametrize("name", GUIDES)
def test_every_sentence_and_every_statement_is_there(name):
    made = tree.load(DATA / name)
    read = made.read_back()
    assert [s.sentence.words for s in read.sentences] == [
        s.words for s in made.coverage().sentences
    ]
    found = {s.statement.id for sentence in read.sentences for s in sentence.statements}
    assert found == {statement.id for statement in made.statements}


def test_it_reads_like_this(liver):
    words = str(liver.read_back())
    assert "Not for this patient: Complete surgical removal" in words
    assert "such as: Is the liver extensively involved with metastatic tumors? yes;" in words
    assert "decides nothing: signature" in words
    assert words.rstrip().splitlines()[-1].startswith("    ")


GRADED = """
title: Tea?
grades: {1A: recommended, 2C: suggested}
factors:
  rain: {question: Does it rain?, quote: It rains or it is dry.}
options: {tea: {name: tea, quote: tea}}
statements:
  drink: {quote: 'We suggest tea if it rains (2C).', when: {rain: yes}, offer: tea,
          strength: We suggest, grade: 2C}
context: [{quote: Good luck!, reason: a wish}]
"""


def test_it_says_how_firmly_and_what_decides_nothing():
    text = "It rains or it is dry. We suggest tea if it rains (2C). Good luck! Tea is hot."
    read = tree.loads(text, GRADED).read_back()
    made = [list(sentence.lines(read.reading)) for sentence in read.sentences]
    assert made == [
        ["quoted by rain alone"],
        ["Offered: tea (“We suggest”, 2C)", "  for: Does it rain? yes"],
        ["decides nothing: a wish"],
        ["nothing was read in it yet"],
    ]


COUNTED = """
title: Rest?
factors:
  weak: {question: Is it weak?, quote: weak}
  dry: {question: Is its nose dry?, quote: dry}
  hot: {question: Is it hot?, quote: hot}
  sick: {question: Was it sick?, quote: when sick}
  free: {question: Is it declared free?, quote: declared free, asked_if: {sick: yes}}
  hours: {question: For how long?, quote: 6 to 9 hours, unit: hours}
options: {rest: {name: rest, quote: Rest with}}
statements:
  signs:
    quote: 'Rest with two of three signs: weak, dry, hot.'
    when: {at_least: {2: {weak: yes, dry: yes, hot: yes}}}
    offer: rest
  long:
    quote: Rest when sick and declared free, for 6 to 9 hours, not for 4 or less.
    any: [{sick: yes, free: yes, hours: {from: 6}}, {sick: no, hours: {over: 9}}]
    offer: rest
  short: {quote: 'not for 4 or less', when: {hours: {to: 4}}, withhold: rest}
"""


def test_the_near_case_is_just_inside_and_the_miss_just_outside():
    text = "Rest with two of three signs: weak, dry, hot.\n"
    text += "Rest when sick and declared free, for 6 to 9 hours, not for 4 or less."
    guide = tree.check_text(text, COUNTED).guide
    signs, long, *_ = [s for each in guide.read_back().sentences for s in each.statements]
    # No more signs than it takes, and the last of them is the one to miss.
    assert signs.holds == {"weak": "yes", "dry": "yes", "hot": "no"}
    assert signs.misses == ("dry", "no")
    # Of several limits the next one; what does not apply is not answered.
    assert long.holds == {"sick": "yes", "free": "yes", "hours": "from 6 to 9 hours"}
    assert long.misses == ("hours", "over 4 to below 6 hours")


SCOPED = GRADED.replace(
    "statements:",
    """scopes:
  wet_days:
    begins: We suggest tea
    when: {rain: yes}
    quote: It rains or it is dry.
statements:""",
)


def test_a_sentence_that_states_a_condition_says_for_whom_and_for_how_many():
    ear = tree.load(DATA / "ear_infection_in_a_child")
    read = ear.read_back()
    said = {
        each.sentence.words.line: list(each.lines(ear)) for each in read.sentences if each.scopes
    }
    (written,) = [lines for words, lines in said.items() if "is uncomplicated" in words]
    assert written[0] == "a condition of 17 statements (scope american_children)"
    assert written[1].startswith("  for: Is there a severe infection of the whole body")
    assert written[1].endswith("How old is the child? 6 to 23 months or 2 years or older")
    assert not any(line.startswith("quoted by") for lines in said.values() for line in lines)
    # Where nothing else is read in it, the condition is all there is to say.
    made = tree.loads("It rains or it is dry. We suggest tea if it rains (2C). Good luck!", SCOPED)
    (said, *_) = made.read_back().sentences
    assert list(said.lines(made)) == [
        "a condition of 1 statement (scope wet_days)",
        "  for: Does it rain? yes",
    ]


def test_on_the_command_line(liver):
    done = run("read", LIVER)
    assert done.returncode == 0
    assert done.out == "\n".join(liver.read_back().lines()) + "\n"
