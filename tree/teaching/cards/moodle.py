"""Cards → a question bank as Moodle XML."""

from __future__ import annotations

import base64
import textwrap
import xml.etree.ElementTree as ET

from ...guide import Guide
from ...messages import say, spoken
from ...model.disclaimer import disclaimer
from ...model.standing import SHOWN_FIRST
from . import card_html
from .cards import Card, CardKind, Picture, make_cards, picture

_LONGEST_NAME = 120  # letters


@spoken
def xml(guide: Guide) -> bytes:
    """The cards of a guide as questions, in a category of its own.

    A patient becomes a matching question, every option with its standing; a statement a choice
    between the standings; a relation a choice between what its options might have to do with each
    other; a judgement a choice between the words that the text uses. Where there is nothing to
    choose from, the card is shown as a description. Raises DrawingError where the layout program
    is missing or fails.
    """
    quiz = ET.Element("quiz")
    category = ET.SubElement(quiz, "question", type="category")
    # A single slash would begin a category within the category.
    title = guide.title.replace("/", "//")
    name = say("Decision tree: {title}", title=title)
    _plain(category, "category", f"$course$/top/{name}")
    aid = f"<p>{card_html.words(disclaimer(guide))}</p>"
    _rich(category, "info", aid)
    cards = make_cards(guide)
    judgements = dict.fromkeys(card.answer[0] for card in cards if card.kind is CardKind.JUDGEMENT)
    for number, card in enumerate(cards, 1):
        # In the order of the alphabet, for the first is the right one.
        choices = list(judgements) if card.kind is CardKind.JUDGEMENT else sorted(card.choices)
        if card.standings:
            choices = [guide.label(standing) for standing in SHOWN_FIRST]
        quiz.append(_question(number, card, choices, picture(guide, card), aid))
    ET.indent(quiz)
    made: bytes = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _question(
    number: int, card: Card, choices: list[str], drawn: Picture | None, aid: str
) -> ET.Element:
    standings = [label for _, label in card.standings]
    undecided = say("Not decided yet")
    choices += [undecided] * (undecided in standings)
    if card.kind is CardKind.CASE and len(card.standings) > 1:
        kind = "match"
    else:
        kind = "multichoice" if len(choices) > 1 else "description"
    question = ET.Element("question", type=kind)
    title = "; ".join(card.given) if card.kind is CardKind.CASE else card.question
    _plain(question, "name", textwrap.shorten(f"{number:03} {title}", _LONGEST_NAME))
    ET.SubElement(question, "idnumber").text = card.id
    if kind == "description":
        _rich(question, "questiontext", card_html.question(card) + card_html.answer(card), drawn)
        return question
    _rich(question, "questiontext", card_html.question(card))
    _rich(question, "generalfeedback", card_html.answer(card) + aid, drawn)
    ET.SubElement(question, "defaultgrade").text = "1"
    if kind == "match":
        _match(question, card, choices)
    else:
        _choice(question, card, choices, (*standings, *card.choices, *card.answer)[0])
    return question


def _match(question: ET.Element, card: Card, labels: list[str]) -> None:
    ET.SubElement(question, "shuffleanswers").text = "true"
    ET.SubElement(question, "shownumcorrect")
    # A label that is right for no option stands alone: a wrong answer to choose.
    used = {label for _, label in card.standings}
    for name, label in card.standings:
        _plain(_rich(question, "subquestion", card_html.words(name)), "answer", label)
    for label in labels:
        if label not in used:
            _plain(_plain(question, "subquestion", ""), "answer", label)


def _choice(question: ET.Element, card: Card, choices: list[str], right: str) -> None:
    ET.SubElement(question, "single").text = "true"
    # In the same order everywhere: the standings are a scale.
    ET.SubElement(question, "shuffleanswers").text = "false"
    ET.SubElement(question, "answernumbering").text = "none"
    for choice in choices:
        answer = _rich(question, "answer", card_html.words(choice))
        answer.set("fraction", "100" if choice == right else "0")
        verdict = say("Right.") if choice == right else say("No: {right}.", right=right)
        _rich(
            answer,
            "feedback",
            f"<p>{card_html.words(verdict)}</p>{card_html.quoted(card.sentences)}",
        )


def _plain(parent: ET.Element, tag: str, text: str) -> ET.Element:
    """An element with a text that is no HTML."""
    element = ET.SubElement(parent, tag)
    ET.SubElement(element, "text").text = text
    return element


def _rich(parent: ET.Element, tag: str, html: str, drawn: Picture | None = None) -> ET.Element:
    """An element with a text in HTML, and a picture below it."""
    element = ET.SubElement(parent, tag, format="html")
    shown = html + (card_html.image(drawn, f"@@PLUGINFILE@@/{drawn.name}") if drawn else "")
    ET.SubElement(element, "text").text = f'<div class="{card_html.PLAIN}">{shown}</div>'
    if drawn:
        file = ET.SubElement(element, "file", name=drawn.name, path="/", encoding="base64")
        file.text = base64.b64encode(drawn.svg).decode()
    return element
