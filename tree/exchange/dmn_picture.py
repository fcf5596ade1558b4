"""Where a modeller shows the decisions of a DMN file and what they ask: DMN's diagram interchange.

Decisions stand in a row, with what they ask in a row below: so no line crosses a box. What has no
question in common may go on below, so that a picture of many fits a screen.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

PICTURE = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
SHAPES = "http://www.omg.org/spec/DMN/20180521/DC/"
LINES = "http://www.omg.org/spec/DMN/20180521/DI/"
WIDTH, HEIGHT = 180, 80  # of a decision, in the modeller's units
WIDEST = 320
LETTER = 7  # about the width of one
ASKED_HEIGHT = 45  # of what it asks
APART = 40  # from one to the next
TOP = 130  # below the title that the modeller shows
BETWEEN = 160  # decisions and what they ask
BELOW = 70  # from one band to the next
MOST = 7  # side by side, where no question is shared

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
    names = [id.removeprefix("input_") for each in decisions for id in (each.id, *each.asks)]
    width = min(max(WIDTH, LETTER * max(map(len, names), default=0) + 20), WIDEST)
    top: dict[str, Spot] = {}
    below: dict[str, Spot] = {}
    y = TOP
    for band in _bands(decisions):
        asked = _asked(band)
        room = max(len(band), len(asked)) * (width + APART)
        top |= _row([decision.id for decision in band], y, room, width)
        below |= _row(asked, y + HEIGHT + BETWEEN, room, width)
        y += HEIGHT + BELOW + (BETWEEN + ASKED_HEIGHT) * bool(asked)
    for id, place in top.items():
        _shape(diagram, id, place, (width, HEIGHT))
    for id, place in below.items():
        _shape(diagram, id, place, (width, ASKED_HEIGHT))
    for decision in decisions:
        x, y = top[decision.id]
        for id in decision.asks:
            start = (below[id][0] + width // 2, below[id][1])
            _line(diagram, decision.id, id, start, (x + width // 2, y + HEIGHT))
    return root


def _asked(decisions: Sequence[Drawn]) -> list[str]:
    return [*dict.fromkeys(id for decision in decisions for id in decision.asks)]


def _bands(decisions: Sequence[Drawn]) -> list[list[Drawn]]:
    """The decisions that stand side by side. Those that share a question are in one band.

    >>> several = [Drawn("a", ("x",)), Drawn("b"), Drawn("c", ("y", "x"))]
    >>> [[each.id for each in band] for band in _bands(several)]
    [['a', 'c'], ['b']]
    """
    groups: list[list[Drawn]] = []
    for decision in decisions:
        shared = [group for group in groups if {*_asked(group)} & {*decision.asks}]
        made = [*(each for group in shared for each in group), decision]
        groups = [group for group in groups if group not in shared] + [made]
    bands: list[list[Drawn]] = []
    for group in sorted(groups, key=lambda group: not _asked(group)):
        wider = [*bands[-1], *group] if bands else []
        alike = bands and bool(_asked(bands[-1])) == bool(_asked(group))
        if alike and max(len(wider), len(_asked(wider))) <= MOST:
            bands[-1] = wider
        else:
            bands.append(group)
    return bands


def _row(ids: Sequence[str], y: int, room: int, width: int) -> dict[str, Spot]:
    """Where each stands: side by side, spread over the room that there is."""
    step = room // max(len(ids), 1)
    return {id: (80 + (step - width) // 2 + place * step, y) for place, id in enumerate(ids)}


def _shape(diagram: ET.Element, id: str, place: Spot, size: Spot) -> None:
    shape = ET.SubElement(diagram, "dmndi:DMNShape", {"id": f"shape_{id}", "dmnElementRef": id})
    x, y = map(str, place)
    sizes = {"x": x, "y": y, "width": str(size[0]), "height": str(size[1])}
    ET.SubElement(shape, "dc:Bounds", sizes)


def _line(diagram: ET.Element, decision: str, asked: str, start: Spot, end: Spot) -> None:
    id = f"{decision}_asks_{asked.removeprefix('input_')}"
    line = ET.SubElement(diagram, "dmndi:DMNEdge", {"id": f"line_{id}", "dmnElementRef": id})
    for x, y in (start, end):
        ET.SubElement(line, "di:waypoint", {"x": str(x), "y": str(y)})
