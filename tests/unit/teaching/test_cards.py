"""Cards: what is asked, against plain enumeration; their drawings; the table for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from examples import examples
from hostile import HOSTILE, write_hostile_guide
from hypothesis import given
from hypothesis import strategies as st
from places import LIVER, ROOT
from random_guides import (
    asked_for,
    deciding,
    guide,
    holds,
    patients_of,
    readings,
    readings_beside,
)

import tree
from tree.logic import beside
from tree.logic.beside import for_everyone, how
from tree.logic.build import Question
from tree.messages import say, spoken
from tree.model.parts import Conjunction, Standing, Statement
from tree.teaching.cards import spreadsheet
from tree.teaching.cards.cards import LONGEST_ID, Card, CardKind, make_cards, picture

UNDECIDED = "Not decided yet"

GUIDES = sorted(path.parent for path in (ROOT / "data").glob("*/guide.yaml"))

Cases = list[tuple[dict[str, str], Standing]]


def of_kind(cards: tuple[Card, ...], kind: CardKind) -> list[Card]:
    return [card for card in cards if card.kind is kind]


def check_cards(made: tree.Guide) -> None:
    """Everything that holds for the cards of any guide; the right answers are counted out."""
    cards = make_cards(made)
    assert len({card.id for card in cards}) == len(cards)
    assert len({(card.given, card.question) for card in cards}) == len(cards)
    text = " ".join(made.text.content.split())
    for card in cards:
        assert len(card.id) <= LONGEST_ID
        assert card.given
        assert card.answer
        for one in card.sentences:
            assert all(part in text for part in one.words.split(" … "))
            assert bool(one.because) == (one.basis == "implied")
    everyone = {option.id: every_standing(made, option.id) for option in made.options}
    check_patients(made, of_kind(cards, CardKind.CASE), everyone)
    check_statements(made, of_kind(cards, CardKind.STATEMENT), everyone)
    check_relations(made, of_kind(cards, CardKind.RELATION))


def every_standing(made: tree.Guide, option: str) -> Cases:
    """Every patient as far as an option goes, with what the text says of it for this one."""
    several = patients_of(made, asked_for(made, option))
    return [(patient, deciding(made, patient, option)[0]) for patient in several]


@spoken
def check_patients(made: tree.Guide, cards: list[Card], everyone: dict[str, Cases]) -> None:
    gone: set[tuple[str, ...]] = set()
    for card in cards:
        known = dict(card.branch or ())
        assert [name for name, _ in card.standings] == [option.name for option in made.options]
        for option, (_, label) in zip(made.options, card.standings, strict=True):
            asked = asked_for(made, option.id)
            answers = {id: value for id, value in known.items() if id in asked}.items()
            found = {
                made.label(standing)
                for patient, standing in everyone[option.id]
                if answers <= patient.items()
            }
            assert label == (found.pop() if len(found) == 1 else say(UNDECIDED))
        gone |= {(number, on.taken) for number, on in enumerate(made.walk(known).trees)}
    steps = {
        (number, index, value)
        for number, of in enumerate(made.trees)
        for index, node in enumerate(of.nodes)
        if isinstance(node, Question)
        for value, _ in node.branches
    }
    for number, path in gone:
        index = 0
        for factor, value in path:
            node = made.trees[number].nodes[index]
            assert isinstance(node, Question)
            assert node.factor == factor
            steps.discard((number, index, value))
            index = dict(node.branches)[value]
    assert steps == set()


def check_statements(made: tree.Guide, cards: list[Card], everyone: dict[str, Cases]) -> None:
    named = {option.name: option.id for option in made.options}
    strength = {made.label(standing): standing.strength for standing in Standing}
    asked = set()

    def concerned(statement: Statement, option: str) -> tuple[int, ...]:
        """For which of the patients that the option tells apart it holds."""
        each = (patient for patient, _ in everyone[option])
        return tuple(i for i, patient in enumerate(each) if holds(statement, patient, made.counts))

    for card in cards:
        statement = made.statement(card.id.split("-")[1])
        (answer,) = card.answer
        outweighed = False
        for name, label in card.standings:
            assert label == answer.split(" · ")[0]
            option = named[name]
            assert made.label(statement.effect_on(option)) == label
            for said, other in made.on_option[option]:
                if similar(other) == similar(statement):
                    assert said.strength <= strength[label]
                    # Of two that say the same, the one that says it outright answers.
                    if made.label(said) == label and other.basis == "stated":
                        assert statement.basis == "stated"
            asked.add((statement.quotes[0].passage, concerned(statement, option), option))
            for number in concerned(statement, option):
                _, standing = everyone[option][number]
                outweighed |= made.label(standing) != label
        assert bool(card.note) == outweighed
        if card.branch is not None:
            walk = made.walk(dict(card.branch))
            found = [walk.standings[named[name]] for name, _ in card.standings]
            assert any(statement in standing.because for standing in found)
    # Nothing that any statement says is left out.
    assert asked == {
        (s.quotes[0].passage, concerned(s, option), option)
        for s in made.statements
        for option, _ in s.effects
    }


@spoken
def check_relations(made: tree.Guide, cards: list[Card]) -> None:
    said = [line for card in cards for line in card.answer]
    related = [s for s in made.statements if s.relation]
    names = [s.relation.words(made.names) + how(s) for s in related if s.relation]
    # Each is asked for once, by name of its options and not of what they have to do.
    assert {*said} == {*names}
    for card in cards:
        assert not any(line in card.question for line in card.answer)
        if card.choices:
            (answer,) = card.answer
            assert answer.startswith(card.choices[0])
            assert len({*card.choices}) == len(card.choices) > 3
    # The back of a case shows what is so for it.
    for card in of_kind(make_cards(made), CardKind.CASE):
        walk = made.walk(dict(card.branch or ()))
        shown = [relation.words(made) for relation in beside.relations(walk)]
        assert [line for line in card.answer if line in shown] == shown
        quoted = {sentence.words for sentence in card.sentences}
        assert quoted >= {relation.statement.words for relation in beside.relations(walk)}


def similar(statement: Statement) -> tuple[str, frozenset[Conjunction]]:
    return statement.quotes[0].passage, frozenset(statement.condition)


@pytest.mark.slow
@pytest.mark.parametrize("folder", GUIDES, ids=lambda folder: folder.name)
def test_the_cards_of_the_guides(folder: Path) -> None:
    made = tree.load(folder)
    check_cards(made)
    cards = make_cards(made)
    judgements = [factor for factor in made.factors if factor.judgement]
    assert len(of_kind(cards, CardKind.JUDGEMENT)) == len(judgements)
    remarks = "\n".join(line for card in of_kind(cards, CardKind.REMARK) for line in card.answer)
    assert all(remark.remark in remarks for remark in for_everyone(made))
    # Few enough to learn them; the largest guide has five sections.
    assert 25 <= len(cards) <= (75 if folder.name == "wintering_bees" else 55)


@given(readings(factors=4, passages=2, patients=60))
def test_the_cards_of_any_guide(reading) -> None:
    # As read from a file, where a conjunction names a factor once.
    once = [
        statement
        for statement in reading.statements
        if all(len(dict(conjunction)) == len(conjunction) for conjunction in statement.condition)
    ]
    check_cards(guide(replace(reading, statements=tuple(once))))


@examples(60)
@given(readings_beside(factors=3, patients=20))
def test_the_cards_of_any_guide_with_relations(found) -> None:
    reading, _ = found
    check_relations(guide(reading), of_kind(make_cards(guide(reading)), CardKind.RELATION))


def test_a_relation_is_asked_for() -> None:
    cards = make_cards(tree.load(ROOT / "data" / "damaged_library_book"))
    (card,) = of_kind(cards, CardKind.RELATION)
    assert card.question == (
        "The lending desk of an invented library: what does the text say about these options "
        "together: Paying the price and An hour of shelving?"
    )
    assert card.answer == ("Instead of Paying the price: An hour of shelving · “will do”",)
    shown = [c for c in of_kind(cards, CardKind.CASE) if set(card.answer) & set(c.answer)]
    assert shown
    assert all("in place of paying" in " ".join(s.words for s in c.sentences) for c in shown)


def test_a_vignette_is_a_card_and_its_path_no_second_one(tmp_path: Path) -> None:
    folder = tmp_path / "guide"
    shutil.copytree(ROOT / "data" / "damaged_library_book", folder)
    (folder / "cases.yaml").unlink(missing_ok=True)
    without = make_cards(tree.load(folder))
    (folder / "cases.yaml").write_text(
        "rain:\n"
        "  vignette: It fell. The spine is broken, which the slip says already. Ann likes tea.\n"
        "  answers:\n"
        "    damage: {value: heavy, words: The spine is broken}\n"
        "    noted_on_slip: {value: yes, words: the slip says already}\n"
        "  distractors: Ann likes tea\n"
        "unclear:\n"
        "  vignette: The book is wet.\n"
        "  answers:\n"
        "    damage: {value: wet, words: The book is wet}\n",
        encoding="utf-8",
    )
    made = tree.load(folder)
    check_cards(made)
    cards = make_cards(made)
    assert len(cards) == len(without) + 1
    rain, unclear = cards[:2]
    assert (rain.id, unclear.id) == ("vignette-rain", "vignette-unclear")
    assert rain.given == (made.vignettes[0].story,)
    assert rain.note == "The text makes no use of “Ann likes tea”."
    assert rain.answer[0] == "Offered · “is enough”: A thank-you"
    assert any(line.startswith(UNDECIDED) for line in unclear.answer)


def test_the_picture_shows_the_branch_and_no_more() -> None:
    made = tree.load(LIVER)
    names = {}
    for card in make_cards(made):
        drawn = picture(made, card)
        if card.branch is None:
            assert drawn is None
            continue
        assert drawn is not None
        walk = made.walk(dict(card.branch))
        shown = set(re.findall(r'id="n(\d+)"', drawn.svg.decode()))
        assert shown == {
            str(i) for i, state in enumerate(walk.trees[0].nodes) if state != "ruled-out"
        }
        assert names.setdefault(drawn.name, drawn.svg) == drawn.svg
        assert all(made.factor(factor).question in drawn.alt for factor, _ in walk.taken)
    # The statements share the pictures of the patients.
    assert 1 < len(names) <= len(of_kind(make_cards(made), CardKind.CASE))


# --- the table ----------------------------------------------------------------------------


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_for_every_card() -> None:
    made = tree.load(LIVER)
    data = spreadsheet.table(made)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *body, last = rows(data)
    assert head == ["id", "kind", "question", "answer", "quote", "passage", "basis", "path"]
    cards = make_cards(made)
    assert [row[0] for row in body] == [card.id for card in cards]
    for row, card in zip(body, cards, strict=True):
        assert len(row) == len(head)
        assert row[2].endswith(card.question)
        assert row[4].split("\n") == [one.words for one in card.sentences]
        assert len(row[5].split("\n")) == len(row[6].split("\n")) == len(card.sentences)
    assert "not medical advice" in last[2]


@given(st.text())
def test_no_cell_is_a_formula(cell: str) -> None:
    kept = spreadsheet.harmless(cell)
    assert kept.lstrip()[:1] not in tuple("=+-@")
    assert kept in (cell, "'" + cell)


def test_words_that_would_be_a_formula_stay_words(tmp_path: Path) -> None:
    folder = tmp_path / "guide"
    folder.mkdir()
    (folder / "text.txt").write_text('=HYPERLINK("http://x") or @SUM(1)\n', encoding="utf-8")
    (folder / "guide.yaml").write_text(
        "title: =1+1\ntext: text.txt\n"
        "factors:\n  a:\n    question: -1+1\n    quote: '@SUM(1)'\n    judgement: '@SUM(1)'\n"
        "options:\n  o:\n    name: '@SUM(1)'\n    quote: '@SUM(1)'\n"
        "statements:\n  s:\n    quote: '=HYPERLINK(\"http://x\")'\n    when: {a: yes}\n"
        "    offer: o\n  r:\n    quote: '@SUM(1)'\n    remark: +1\n",
        encoding="utf-8",
    )
    found = rows(spreadsheet.table(tree.load(folder)))
    cells = [cell for row in found for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    for words in ('\'=HYPERLINK("http://x")', "'@SUM(1)", "'+1", "'-1+1\nWhich"):
        assert any(cell.startswith(words) for cell in cells), words


def test_hostile_words_stay_in_their_cells(tmp_path: Path) -> None:
    write_hostile_guide(tmp_path / "guide")
    made = tree.load(tmp_path / "guide")
    found = rows(spreadsheet.table(made))
    assert {len(row) for row in found} == {8}
    assert {words for words in HOSTILE if any(words in row[4] for row in found)} >= set(HOSTILE[:3])
