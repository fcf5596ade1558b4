"""The question bank for Moodle: its shape as Moodle reads it, and its right answers."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from moodle_parts import bank, text
from places import ROOT
from random_guides import asked_for, holds, patients_of

import tree
from tree.messages import in_language, say, spoken, valued
from tree.model.standing import SHOWN_FIRST
from tree.teaching.cards.cards import CardKind, make_cards

GUIDES = sorted(path.parent for path in (ROOT / "data").glob("*/guide.yaml"))


def plain(html: str) -> str:
    """What a reader sees of HTML that holds no markup of other people's."""
    return " ".join(ET.fromstring(html.replace("<br>", " ")).itertext()).strip()


@pytest.mark.slow
@pytest.mark.parametrize("folder", GUIDES, ids=lambda folder: folder.name)
def test_a_question_for_every_card(folder: Path) -> None:
    made = tree.load(folder)
    category, questions = bank(made)
    with in_language(made.language):
        title = say("Decision tree: {title}", title=made.title)
    assert text(category, "category") == f"$course$/top/{title}"
    assert [question.findtext("idnumber") for question in questions] == [
        card.id for card in make_cards(made)
    ]
    names = [text(question, "name") for question in questions]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 120
    for question in questions:
        for part in question.iter():
            if part.get("format") == "html" and text(part):
                assert part.get("format") == "html"
                assert text(part).startswith("<div")


@pytest.mark.slow
@pytest.mark.parametrize("folder", GUIDES, ids=lambda folder: folder.name)
def test_the_right_answers_are_those_of_the_tree(folder: Path) -> None:
    check_answers(tree.load(folder))


@spoken
def check_answers(made: tree.Guide) -> None:
    labels = {made.label(standing) for standing in SHOWN_FIRST}
    _, questions = bank(made)
    undecided, correct, wrong = (
        say("Not decided yet"),
        say("Right."),
        say("No: {right}.", right="…"),
    )
    kinds = []
    for card, question in zip(make_cards(made), questions, strict=True):
        kinds.append(question.get("type"))
        if question.get("type") == "match":
            known = dict(card.branch or ())
            if card.id.startswith("path-"):
                asked = plain(text(question, "questiontext"))
                assert known == {
                    factor.id: value
                    for factor in made.factors
                    for value in factor.values
                    if f"{factor.question} {valued(value)}" in asked
                }
            walk = made.walk(known)
            pairs = [(text(sub), text(sub, "answer")) for sub in question.findall("subquestion")]
            right = {plain(name): label for name, label in pairs if name}
            assert right == {
                option.name: made.label(found) if found else undecided
                for option in made.options
                for found in [walk.standings[option.id].standing]
            }
            # Moodle wants three answers; whatever a standing can be is among them.
            assert {label for _, label in pairs} - {undecided} == labels
            assert len(pairs) >= 3
        elif question.get("type") == "multichoice":
            assert question.findtext("single") == "true"
            answers = question.findall("answer")
            (right,) = [plain(text(a)) for a in answers if a.get("fraction") == "100"]
            assert {a.get("fraction") for a in answers} == {"0", "100"}
            for answer in answers:
                feedback = plain(text(answer, "feedback"))
                begins = correct if answer.get("fraction") == "100" else wrong.partition("…")[0]
                assert feedback.startswith(begins)
                assert all(one.words in feedback for one in card.sentences)
            if card.kind is CardKind.STATEMENT:
                assert {plain(text(answer)) for answer in answers} == labels
                check_statement(made, card.id.split("-")[1], dict(card.standings), right)
            elif card.kind is CardKind.RELATION:
                relation = made.statement(card.id.removeprefix("relation-")).relation
                assert relation is not None
                assert right == relation.words(made.names)
                assert len(answers) > 3
            else:
                factor = made.factor(card.id.split("-")[1])
                assert right == f"“{factor.judgement.line}”"
    assert set(kinds) <= {"match", "multichoice", "description"}
    assert kinds.count("description") <= 3


def check_statement(made: tree.Guide, id: str, asked: dict[str, str], right: str) -> None:
    """A patient to whom a statement applies gets what it says, or something stronger.

    But for one that is implied: it gives way to what is stated.
    """
    statement = made.statement(id)
    strength = {made.label(standing): standing.strength for standing in tree.model.parts.Standing}
    options = {option.name: option.id for option in made.options}
    for name in asked:
        # Of each patient the answers that can matter to the option.
        several = patients_of(made, asked_for(made, options[name]))
        applying = [patient for patient in several if holds(statement, patient, made.counts)]
        assert applying
        got = {
            made.label(made.walk(patient).standings[options[name]].standing)
            for patient in applying[:: max(1, len(applying) // 50)]
        }
        compared = max if statement.basis == "implied" else min
        assert compared(strength[label] for label in got) >= strength[right]


@pytest.mark.slow
def test_pictures_are_inside() -> None:
    made = tree.load(ROOT / "data" / "metastatic_liver_cancer")
    _, questions = bank(made)
    count = 0
    for card, question in zip(make_cards(made), questions, strict=True):
        files = list(question.iter("file"))
        assert len(files) == (card.branch is not None)
        for part in question.iter():
            names = re.findall(r'src="@@PLUGINFILE@@/(.*?)"', part.findtext("text") or "")
            # Moodle looks for the file beside the text that shows it.
            assert names == [file.get("name") for file in part.findall("file")]
            for file in part.findall("file"):
                assert (file.get("path"), file.get("encoding")) == ("/", "base64")
                svg = base64.b64decode(file.text or "", validate=True)
                assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
                count += 1
    assert count > 20


def test_a_slash_in_the_title_begins_no_category(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Rest if it rains.", encoding="utf-8")
    (tmp_path / "guide.yaml").write_text(
        "title: Rain/sun\ntext: text.txt\n"
        "factors: {rain: {question: Does it rain?, quote: it rains}}\n"
        "options: {rest: {name: Rest, quote: Rest}}\n"
        "statements: {s: {quote: Rest if it rains., when: {rain: yes}, offer: rest}}\n",
        encoding="utf-8",
    )
    category, questions = bank(tree.load(tmp_path))
    assert text(category, "category") == "$course$/top/Decision tree: Rain//sun"
    # With one option there is nothing to match.
    assert [question.get("type") for question in questions] == ["multichoice"] * 3
    right = [
        plain(text(answer))
        for question in questions
        for answer in question.findall("answer")
        if answer.get("fraction") == "100"
    ]
    assert right == ["Offered", "The text does not say", "Offered"]
