"""A text → what its wording alone proposes: factors, options and statements, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .reading import Factor, Group, Option, Statement
from .text import Quote, Text


@dataclass(frozen=True)
class Draft:
    """Proposals, each with its quotes, and questions where the wording leaves doubt."""

    factors: tuple[Factor, ...] = ()
    options: tuple[Option, ...] = ()
    groups: tuple[Group, ...] = ()
    statements: tuple[Statement, ...] = ()
    context: tuple[tuple[Quote, str], ...] = ()
    # The start of a sentence → what is asked about it.
    questions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def draft(text: Text) -> Draft:
    """What the wording of a text proposes. The same for the same text."""
    return Draft()
