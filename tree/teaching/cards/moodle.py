"""Cards → a question bank as Moodle XML."""

from __future__ import annotations

import base64
import textwrap
import xml.etree.ElementTree as ET

from ...guide import Guide
from ...messages import say, spoken
from ...model.disclaimer import disclaimer
from . import card_html
from .answering import Answering, Way, answerings
from .cards import Card, CardKind, Picture, make_cards, picture

_LONGEST_NAME = 120  # letters
_KINDS = {Way.CHOICE: "multichoice", Way.MATCH: "match", Way.NONE: "description"}


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
    for number, (card, how) in enumerate(answerings(guide, make_cards(guide)), 1):
        quiz.append(_question(number, card, how, picture(guide, card), aid))
    ET.indent(quiz)
    made: bytes = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _question(
    number: int, card: Card, how: Answering, drawn: Picture | None, aid: str
) -> ET.Element:
    kind = _KINDS[how.way]
    question = ET.Element("question", type=kind)
    title = "; ".join(card.given) if card.kind is CardKind.CASE else card.question
    _plain(question, "name", textwrap.shorten(f"{number:03} {title}", _LONGEST_NAME))
    ET.SubElement(question, "idnumber").text = card.id
    if how.way is Way.NONE:
        _rich(question, "questiontext", card_html.question(card) + card_html.answer(card), drawn)
        return question
    _rich(question, "questiontext", card_html.question(card))
    _rich(question, "generalfeedback", card_html.answer(card) + aid, drawn)
    ET.SubElement(question, "defaultgrade").text = "1"
    if how.way is Way.MATCH:
        _match(question, card, how.choices)
    else:
        _choice(question, card, how)
    return question


def _match(question: ET.Element, card: Card, labels: tuple[str, ...]) -> None:
    ET.SubElement(question, "shuffleanswers").text = "true"
    ET.SubElement(question, "shownumcorrect")
    # A label that is right for no option stands alone: a wrong answer to choose.
    used = {label for _, label in card.standings}
    for name, label in card.standings:
        _plain(_rich(question, "subquestion", card_html.words(name)), "answer", label)
    for label in labels:
        if label not in used:
            _plain(_plain(question, "subquestion", ""), "answer", label)


def _choice(question: ET.Element, card: Card, how: Answering) -> None:
    ET.SubElement(question, "single").text = "true"
    # In the same order everywhere: the standings are a scale.
    ET.SubElement(question, "shuffleanswers").text = "false"
    ET.SubElement(question, "answernumbering").text = "none"
    for choice in how.choices:
        answer = _rich(question, "answer", card_html.words(choice))
        answer.set("fraction", "100" if choice == how.right else "0")
        verdict = say("Right.") if choice == how.right else say("No: {right}.", right=how.right)
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
