"""Guides whose statements say how firmly, and what that comes to, read straight off the docs."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TypeVar

import tree
from tree.model.parts import Reading, Statement

R = TypeVar("R", bound=Reading)

GRADES = (("1A", "recommended, well studied"), ("1B", "recommended"), ("2C", "suggested"))
STRENGTHS = ("", "may", "usually", "we suggest against it, for want of anything better")

TEXT = """\
The wilting plant
Feel the soil with two fingers. If it is dry, we recommend watering (1A). If it is wet, we suggest
against watering (2B). Where leaves are yellow, watering may be considered (2C). In general, a place
in the shade is enough (2C); where leaves are burnt, we recommend the shade (1A). Repotting is
usually done where roots grow out of the pot.
"""
GUIDE = """\
title: What helps a wilting plant?
subject: {one: plant, many: plants}
grades:
  1A: recommended, well studied
  2B: suggested, studied
  2C: suggested, little studied
factors:
  soil:
    question: How does the soil feel, two fingers deep?
    short: Soil?
    quote: Feel the soil with two fingers
    values: [dry, moist, wet]
  yellow: {question: Are leaves yellow?, quote: Where leaves are yellow}
  burnt:
    question: Are any of the leaves burnt by the sun?
    short: Burnt leaves?
    quote: where leaves are burnt
  roots: {question: Do roots grow out of the pot?, quote: roots grow out of the pot}
options:
  water: {name: Watering, quote: we recommend watering}
  shade: {name: A place in the shade, short: Shade, quote: a place in the shade}
  pot: {name: Repotting, quote: Repotting}
statements:
  dry:
    quote: If it is dry, we recommend watering (1A).
    when: {soil: dry}
    offer: water
    strength: we recommend
    grade: 1A
  wet:
    quote: If it is wet, we suggest against watering (2B).
    when: {soil: wet}
    withhold: water
    outweighs: yellow_leaves
    strength: we suggest against
    grade: 2B
  yellow_leaves:
    quote: Where leaves are yellow, watering may be considered (2C).
    when: {yellow: yes}
    offer: water
    strength: may be considered
    grade: 2C
  shady:
    quote: In general, a place in the shade is enough (2C)
    offer: shade
    strength: In general
    grade: 2C
  sunburn:
    quote: where leaves are burnt, we recommend the shade (1A).
    when: {burnt: yes}
    offer: shade
    strength: we recommend
    grade: 1A
  rooted:
    quote: Repotting is usually done where roots grow out of the pot.
    when: {roots: yes}
    offer: pot
    strength: usually
context:
  - {quote: The wilting plant, reason: heading}
  - {quote: Feel the soil with two fingers., reason: how to find out}
examples:
  A dry one in the sun: {soil: dry, yellow: no, burnt: yes, roots: no}
  A wet one: {soil: wet, yellow: yes, burnt: no, roots: yes}
"""


def wilting_plant() -> tree.Guide:
    return tree.loads(TEXT, GUIDE)


def graded(reading: R, chance: random.Random) -> R:
    """The same guide, whose statements say by chance how firmly."""
    grades = [grade for grade, _ in GRADES] if chance.random() < 0.8 else []
    statements = [
        replace(
            statement,
            strength=chance.choice(STRENGTHS),
            grade=chance.choice(["", *grades]),
        )
        for statement in reading.statements
    ]
    return replace(reading, statements=tuple(statements), grades=GRADES)


def firmness_of(reading: Reading, deciding: list[Statement]) -> tuple[str, str]:
    """The words and the grade of the statements that decide, as docs/authors.md has it."""
    for grade in [*(grade for grade, _ in reading.grades), ""]:
        those = [statement for statement in deciding if statement.grade == grade]
        if those:
            words = list(dict.fromkeys(s.strength for s in those if s.strength))
            together = ", ".join(words)
            return together if len(together) <= 40 else words[0], grade
    return "", ""
