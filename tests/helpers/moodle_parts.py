"""A bank of questions in Moodle XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import tree
from tree.teaching.cards.moodle import xml


def bank(made: tree.Guide) -> tuple[ET.Element, list[ET.Element]]:
    """The category, and the questions."""
    data = xml(made)
    assert data.startswith(b"<?xml ")  # nothing may stand before it
    quiz = ET.fromstring(data)
    assert quiz.tag == "quiz"
    category, *questions = quiz.findall("question")
    assert category.get("type") == "category"
    return category, questions


def text(element: ET.Element, path: str = ".") -> str:
    found = element.find(f"{path}/text")
    assert found is not None, path
    return found.text or ""
