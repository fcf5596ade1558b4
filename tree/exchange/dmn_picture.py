"""Where a modeller shows the decisions of a DMN file and what they ask: DMN's diagram interchange.

Decisions stand in a row, with what they ask in a row below: so no line crosses a box.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

PICTURE = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
SHAPES = "http://www.omg.org/spec/DMN/20180521/DC/"
LINES = "http://www.omg.org/spec/DMN/20180521/DI/"
WIDTH, HEIGHT = 180, 80  # of a decision, in the modeller's units
ASKED_HEIGHT = 45  # of what it asks
STEP = 220  # from one to the next
TOP = 130  # below the title that the modeller shows
BETWEEN = 200  # decisions and what they ask

Spot = tuple[int, int]


@dataclass(frozen=True)
class Drawn:
    """A decision by its id, and the ids of what it asks."""

    id: str
    asks: tuple[str, ...] = ()


def picture(decisions: Sequence[Drawn]) -> ET.Element:
    """The element that shows decisions and what they ask.

    >>> made = picture([Drawn("step", ("input_age",))])
    >>> [each.tag for each in made[0]]
    ['dmndi:DMNShape', 'dmndi:DMNShape', 'dmndi:DMNEdge']
    """
    root = ET.Element("dmndi:DMNDI")
    for prefix, space in (("dmndi", PICTURE), ("dc", SHAPES), ("di", LINES)):
        root.set(f"xmlns:{prefix}", space)
    diagram = ET.SubElement(root, "dmndi:DMNDiagram", {"id": "diagram"})
    asked = [*dict.fromkeys(id for decision in decisions for id in decision.asks)]
    most = max(len(decisions), len(asked))
    top = _row([decision.id for decision in decisions], TOP, most)
    below = _row(asked, TOP + HEIGHT + BETWEEN, most)
    for id, place in top.items():
        _shape(diagram, id, place, HEIGHT)
    for id, place in below.items():
        _shape(diagram, id, place, ASKED_HEIGHT)
    for decision in decisions:
        x, y = top[decision.id]
        for id in decision.asks:
            start = (below[id][0] + WIDTH // 2, below[id][1])
            _line(diagram, decision.id, id, start, (x + WIDTH // 2, y + HEIGHT))
    return root


def _row(ids: Sequence[str], y: int, most: int) -> dict[str, Spot]:
    """Where each stands: side by side, spread over the width of the longer row."""
    step = most * STEP // max(len(ids), 1)
    return {id: (80 + (step - STEP) // 2 + place * step, y) for place, id in enumerate(ids)}


def _shape(diagram: ET.Element, id: str, place: Spot, height: int) -> None:
    shape = ET.SubElement(diagram, "dmndi:DMNShape", {"id": f"shape_{id}", "dmnElementRef": id})
    x, y = map(str, place)
    sizes = {"x": x, "y": y, "width": str(WIDTH), "height": str(height)}
    ET.SubElement(shape, "dc:Bounds", sizes)


def _line(diagram: ET.Element, decision: str, asked: str, start: Spot, end: Spot) -> None:
    id = f"{decision}_asks_{asked.removeprefix('input_')}"
    line = ET.SubElement(diagram, "dmndi:DMNEdge", {"id": f"line_{id}", "dmnElementRef": id})
    for x, y in (start, end):
        ET.SubElement(line, "di:waypoint", {"x": str(x), "y": str(y)})
