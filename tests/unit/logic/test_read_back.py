"""A guide said back in words: every case that it names is what it says it is."""

import pytest
from command_line import run
from examples import examples
from hypothesis import given
from places import DATA, LIVER
from random_guides import guide, holds, patients, readings, standings

import tree
from tree.logic.decisions import decisions

GUIDES = ["metastatic_liver_cancer", "damaged_library_book", "ear_infection_in_a_child"]


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


def test_on_the_command_line(liver):
    done = run("read", LIVER)
    assert done.returncode == 0
    assert done.out == "\n".join(liver.read_back().lines()) + "\n"
