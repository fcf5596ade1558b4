"""A part of a guide, and what is said of a part: some statements, one of them, one option."""

import dataclasses
import re

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import DATA
from random_guides import guide, readings_beside

import tree
from tree.messages import in_language, say

GUIDES = sorted(path.parent for path in DATA.glob("*/guide.yaml"))


@pytest.mark.slow
@examples(100)
@given(readings_beside(), st.data())
def test_of_some_statements_alone_what_they_say_of_their_options(found, data) -> None:
    reading, answers = found
    if not reading.statements:
        return
    ids = data.draw(st.sets(st.sampled_from([s.id for s in reading.statements]), min_size=1))
    part = guide(reading).for_statements(*ids)
    kept = tuple(s for s in reading.statements if s.id in ids)
    assert part.statements == kept
    # The options that stay stand as they do where all options stay.
    all_options = guide(dataclasses.replace(reading, statements=kept))
    wanted, stands = all_options.walk(answers).standings, part.walk(answers).standings
    assert {id: each.possible for id, each in stands.items()} == {
        id: wanted[id].possible for id in stands
    }
    for statement in kept:
        assert {option for option, _ in statement.effects} <= set(stands)
    str(part.walk(answers))
    str(part.walk(answers).why())


@pytest.fixture(scope="module", params=GUIDES, ids=lambda path: path.name)
def shipped(request) -> tree.Guide:
    return tree.load(request.param)


def test_every_statement_is_explained_with_its_words(shipped) -> None:
    for statement in shipped.statements:
        said = " ".join(str(shipped.explain(statement.id)).split())
        assert said.startswith(f'"{statement.words}" ({statement.origin})')
        for option, _ in statement.effects:
            groups = [g.name for g in shipped.groups if option in g.options]
            assert any(name in said for name in [shipped.option(option).name, *groups])
        assert " ".join(statement.because.split()) in said
        part = shipped.for_statements(statement.id)
        assert part.statements == (statement,)
        assert part.trees


def test_the_ledger_prints_every_point_once_under_its_kind(shipped) -> None:
    ledger = shipped.ambiguities()
    parts = str(ledger).split("\n\n") if ledger else []
    assert len(parts) == len(ledger.by_kind)
    for part, (kind, each) in zip(parts, ledger.by_kind.items(), strict=True):
        head, *points = (" ".join(line.split()) for line in re.split(r"\n  - ", part))
        with in_language(shipped.language):
            assert head == f"{say(kind)} ({len(each)})"
        assert points == list(dict.fromkeys(" ".join(one.point.split()) for one in each))
    assert sum(map(len, ledger.by_kind.values())) == len(ledger)


def test_a_sentence_prints_as_in_the_whole_list(shipped) -> None:
    coverage = shipped.coverage()
    for sentence in coverage.sentences:
        assert str(sentence) in str(coverage)


def test_why_of_one_option(liver) -> None:
    walk = liver.walk(other_organ_involvement="yes")
    whole, one = str(walk.why()), str(walk.why("resection"))
    assert one in whole
    assert "Complete surgical removal: not for this patient" in one
    assert "Ablation: offered" in whole
    assert "Ablation: offered" not in one
    with pytest.raises(tree.AnswerError, match="unknown option 'resektion': did you mean 'res"):
        walk.why("resektion")


def test_names_that_are_not_there(liver) -> None:
    with pytest.raises(tree.AnswerError, match="unknown statement 'wascher_ablatio': did you mean"):
        liver.for_statements("wascher_ablatio")
    with pytest.raises(tree.AnswerError, match="name at least one statement"):
        liver.for_statements()
    with pytest.raises(KeyError):
        liver.explain("no_such")
    with pytest.raises(tree.AnswerError, match="unknown question 'branch/weak_hart': did you mean"):
        liver.question("branch/weak_hart")
    with pytest.raises(tree.AnswerError, match="unknown case 'weak_hart': did you mean"):
        liver.questions(case="weak_hart")


@pytest.mark.slow
def test_questions_on_one_patient(liver) -> None:
    every = liver.questions()
    assert liver.question(every[-1].id) == every[-1]
    for vignette in liver.vignettes:
        found = liver.questions(case=vignette.id)
        assert found == [question for question in every if question.case == vignette]
        assert vignette.story in " ".join(str(vignette).split())
        for given_answer in vignette.given:
            assert f"{given_answer.factor} = {given_answer.value}" in str(vignette)
