"""The guideline on wintering bees against its text: what it says, of whom, and in which forms."""

import hashlib
import re

import pytest
from subject_words import medical_words
from wintering_bees import COUNTED, FOLDER, SECTIONS, SILENT, plain, said

import tree
from tree.logic.decisions import decisions

TEXT = "223ee1e4620df3dcbefb9b65941735bb2c827516cfa3106b7361baad6fdddd53"  # every quote hangs on it


@pytest.fixture(scope="module")
def bees():
    return tree.load(FOLDER, strict=True)


def test_check_has_nothing_to_say(bees):
    assert tree.check(FOLDER).problems == ()
    assert bees.coverage().counts == {"used": 29, "context": 7, "unclaimed": 0}


def test_the_text_is_kept_to_the_byte():
    assert hashlib.sha256((FOLDER / "text.txt").read_bytes()).hexdigest() == TEXT


def test_every_grade_of_the_text_is_the_grade_of_a_statement_that_quotes_it(bees):
    marks = list(re.finditer(r"\((\d[ABC])\)", bees.text.content))
    assert len(marks) == 26
    for mark in marks:
        quoting = [
            statement
            for statement in bees.statements
            if any(q.start <= mark.start() and mark.end() <= q.end for q in statement.quotes)
        ]
        assert mark[1] in {statement.grade for statement in quoting}, mark
    for statement in bees.statements:
        assert not statement.grade or f"({statement.grade})" in statement.words


def test_no_two_sections_ask_the_same(bees):
    assert set().union(*SECTIONS) == {factor.id for factor in bees.factors}
    for option in bees.options:
        asked = decisions(bees).asked_by(option.id)
        assert sum(bool(asked & section) for section in SECTIONS) <= 1, option.id


def test_no_tree_mixes_the_sections(bees):
    assert len(bees.trees) >= len(SECTIONS)
    for one in bees.trees:
        asked = set(one.factors)
        assert sum(bool(asked & section) for section in SECTIONS) <= 1


def test_a_grade_alone_makes_a_guide(bees):
    firm = bees.for_grades("1A")
    assert said(firm, {"weight": 20})["feeding"] == SILENT
    assert said(firm, {"weight": 15})["feeding"] == ("offered", "We recommend", "1A")


def test_it_speaks_of_colonies(bees):
    walk = bees.walk({**COUNTED, "mites": 4, "winter": "yes"})
    shown = (walk, walk.why(), bees.read_back(), *bees.ambiguities(), *bees.trees)
    for found in shown:
        assert medical_words(str(found) + repr(found)) == []
    assert "Known of the colony:" in str(walk)
    assert "not for this colony · “we suggest no treatment” · 2B" in plain(
        bees.walk({**COUNTED, "mites": 0})
    )
    page = bees.to_html()
    assert "Not for this colony" in page
    assert "not medical advice" not in page


def test_it_shows_every_form_that_the_text_needs(bees):
    guide = (FOLDER / "guide.yaml").read_text(encoding="utf-8")
    forms = ("unless", "scopes", "unit", "range", "also", "at_least", "outweighs", "strength")
    forms += ("grade", "grades", "combine", "order", "apart", "instead", "remark", "asked_if")
    forms += ("short", "subject", "judgement", "implied", "groups", "outweighs: everything")
    for form in forms:
        assert re.search(rf"\b{form}\b", guide), form


def test_the_cases_come_to_every_standing_that_an_option_can_have(bees):
    met = {
        (option, str(found.standing))
        for vignette in bees.vignettes
        for option, found in bees.walk(vignette.answers).standings.items()
    }
    for option in bees.options:
        for standing in decisions(bees).possible(option.id, {}):
            assert (option.id, str(standing)) in met


def test_some_case_leaves_open_what_one_more_sign_would_settle(bees):
    (case,) = [v for v in bees.vignettes if v.id == "the_fourth_hive"]
    walk = bees.walk(case.answers)
    assert walk.standings["joining"].standing is None
    assert not bees.factor("declared_free").applies(walk.answers)
    assert str(bees.walk({**case.answers, "old_queen": "yes"}).standings["joining"].standing) == (
        "offered"
    )
