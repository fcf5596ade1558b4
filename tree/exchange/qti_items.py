"""A card as an item of QTI 3: what it asks, what is right, and the sentences that say so."""

from __future__ import annotations

import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from ..messages import direction, language, say
from ..teaching.cards.answering import Answering, Way
from ..teaching.cards.cards import Card, CardKind

_LONGEST_TITLE = 120  # letters
RIGHT, WRONG, READ = "right", "wrong", "read"
Element = ET.Element


def item(name: str, number: int, card: Card, how: Answering, aid: str) -> Element:
    """An item by the name `name`; a patient counts a point for each option.

    Where there is nothing to choose from, the answer is written freely, counts nothing, and the
    words of the text are shown after it. `aid`: the disclaimer.
    """
    title = "; ".join(card.given) if card.kind is CardKind.CASE else card.question
    made = ET.Element(
        "qti-assessment-item",
        {
            "identifier": name,
            "title": textwrap.shorten(f"{number:03} {title}", _LONGEST_TITLE),
            "adaptive": "false",
            "time-dependent": "false",
            "xml:lang": language(),
        },
    )
    _declarations(made, card, how)
    body = ET.SubElement(made, "qti-item-body", {"dir": direction()})
    given = ET.SubElement(body, "ul")
    for line in card.given:
        _words(given, "li", line)
    _interaction(body, card, how)
    _processing(made, how)
    for outcome in (READ,) if how.way is Way.NONE else (RIGHT, WRONG):
        _feedback(made, outcome, card, how, aid)
    return made


def points(card: Card, how: Answering) -> int:
    """How many points an item can have."""
    return {Way.NONE: 0, Way.CHOICE: 1, Way.MATCH: len(card.standings)}[how.way]


def _declarations(made: Element, card: Card, how: Answering) -> None:
    kinds = {
        Way.NONE: ("single", "string"),
        Way.CHOICE: ("single", "identifier"),
        Way.MATCH: ("multiple", "directedPair"),
    }
    cardinality, kind = kinds[how.way]
    response = ET.SubElement(
        made,
        "qti-response-declaration",
        {"identifier": "RESPONSE", "cardinality": cardinality, "base-type": kind},
    )
    right = _right(card, how)
    if right:
        correct = ET.SubElement(response, "qti-correct-response")
        for value in right:
            ET.SubElement(correct, "qti-value").text = value
    if how.way is Way.MATCH:
        mapping = ET.SubElement(response, "qti-mapping", {"default-value": "0"})
        for value in right:
            ET.SubElement(mapping, "qti-map-entry", {"map-key": value, "mapped-value": "1"})
    _outcome(made, "SCORE", "float", "0")
    _outcome(made, "MAXSCORE", "float", str(points(card, how)))
    _outcome(made, "FEEDBACK", "identifier")


def _right(card: Card, how: Answering) -> list[str]:
    """The right choice, or the right pairs, by their identifiers."""
    if how.way is Way.CHOICE:
        return [_choice(how.choices.index(how.right))]
    if how.way is Way.MATCH:
        found = (how.choices.index(label) for _, label in card.standings)
        return [f"{_row(row)} {_choice(value)}" for row, value in enumerate(found)]
    return []


def _outcome(made: Element, name: str, kind: str, default: str = "") -> None:
    about = {"identifier": name, "cardinality": "single", "base-type": kind}
    declared = ET.SubElement(made, "qti-outcome-declaration", about)
    if default:
        ET.SubElement(ET.SubElement(declared, "qti-default-value"), "qti-value").text = default


def _interaction(body: Element, card: Card, how: Answering) -> None:
    about = {"response-identifier": "RESPONSE"}
    if how.way is Way.NONE:
        made = ET.SubElement(body, "qti-extended-text-interaction", about)
        _words(made, "qti-prompt", card.question)
    elif how.way is Way.CHOICE:
        # In the same order everywhere: the standings are a scale.
        about |= {"shuffle": "false", "max-choices": "1"}
        made = ET.SubElement(body, "qti-choice-interaction", about)
        _words(made, "qti-prompt", card.question)
        for number, choice in enumerate(how.choices):
            _words(made, "qti-simple-choice", choice, identifier=_choice(number))
    else:
        rows = len(card.standings)
        about |= {"shuffle": "false", "max-associations": str(rows)}
        # A table to tick in, where a player knows this; others let the learner drag.
        about["class"] = "qti-match-tabular"
        made = ET.SubElement(body, "qti-match-interaction", about)
        _words(made, "qti-prompt", card.question)
        options = ET.SubElement(made, "qti-simple-match-set")
        for row, (name, _) in enumerate(card.standings):
            _associable(options, _row(row), name, 1)
        standings = ET.SubElement(made, "qti-simple-match-set")
        for number, choice in enumerate(how.choices):
            _associable(standings, _choice(number), choice, rows)


def _associable(parent: Element, name: str, words: str, most: int) -> None:
    choice = _words(parent, "qti-simple-associable-choice", words, identifier=name)
    choice.set("match-max", str(most))


def _processing(made: Element, how: Answering) -> None:
    processing = ET.SubElement(made, "qti-response-processing")
    if how.way is Way.NONE:
        _set(processing, "FEEDBACK", READ)
        return
    if how.way is Way.MATCH:
        points = ET.SubElement(processing, "qti-set-outcome-value", {"identifier": "SCORE"})
        ET.SubElement(points, "qti-map-response", {"identifier": "RESPONSE"})
    condition = ET.SubElement(processing, "qti-response-condition")
    rightly = ET.SubElement(condition, "qti-response-if")
    same = ET.SubElement(rightly, "qti-match")
    ET.SubElement(same, "qti-variable", {"identifier": "RESPONSE"})
    ET.SubElement(same, "qti-correct", {"identifier": "RESPONSE"})
    wrongly = ET.SubElement(condition, "qti-response-else")
    if how.way is Way.CHOICE:
        _set(rightly, "SCORE", "1", "float")
        _set(wrongly, "SCORE", "0", "float")
    _set(rightly, "FEEDBACK", RIGHT)
    _set(wrongly, "FEEDBACK", WRONG)


def _set(parent: Element, name: str, value: str, kind: str = "identifier") -> None:
    setting = ET.SubElement(parent, "qti-set-outcome-value", {"identifier": name})
    ET.SubElement(setting, "qti-base-value", {"base-type": kind}).text = value


def _feedback(made: Element, outcome: str, card: Card, how: Answering, aid: str) -> None:
    """What is shown after an answer: the right one, and the sentences of the text."""
    about = {"outcome-identifier": "FEEDBACK", "identifier": outcome, "show-hide": "show"}
    body = ET.SubElement(ET.SubElement(made, "qti-modal-feedback", about), "qti-content-body")
    if outcome == RIGHT:
        _lines(body, "strong", [say("Right.")])
    elif outcome == WRONG and how.way is Way.CHOICE:
        _lines(body, "strong", [say("No: {right}.", right=how.right)])
    if how.way is not Way.CHOICE:
        _lines(body, "strong", card.answer)
    _lines(body, "span", filter(None, [card.note]))
    for sentence in card.sentences:
        quoted = ET.SubElement(body, "blockquote")
        _lines(quoted, "span", [sentence.words])
        _lines(quoted, "small", [sentence.origin])
    _lines(body, "small", [aid])


def _lines(parent: Element, tag: str, lines: Iterable[str]) -> None:
    """A paragraph for each line, its words in another element."""
    for line in lines:
        _words(ET.SubElement(parent, "p"), tag, line)


def _words(parent: Element, tag: str, words: str, **about: str) -> Element:
    made = ET.SubElement(parent, tag, about)
    made.text = words
    return made


def _choice(number: int) -> str:
    return f"C{number + 1}"


def _row(number: int) -> str:
    return f"O{number + 1}"
