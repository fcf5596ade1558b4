"""What was cleaned away, piece by piece: nothing of a text changes but what is listed here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...model.errors import shortened
from ...model.text import counted

MOST_SHOWN = 5
_NEAR = 30  # letters of a word that are shown
_BEFORE, _AFTER = re.compile(r"\S*$"), re.compile(r"\S*")


@dataclass(frozen=True)
class Replacement:
    """`content[start:end]` is replaced by `becomes`."""

    start: int
    end: int
    becomes: str = ""


@dataclass(frozen=True)
class Cleaning:
    """One kind of thing that was cleaned: what it is, what became of it, and each one as shown.

    `several`: the plural of its kind, where it does not just end in s.

    >>> print(Cleaning("soft hyphen", "taken out", ("treat\\u00b7ment",)))
    1 soft hyphen: taken out (treat·ment)
    >>> print(Cleaning("picture", "not read", ("",) * 3))
    3 pictures: not read
    """

    kind: str
    became: str
    pieces: tuple[str, ...]
    several: str = ""

    @property
    def head(self) -> str:
        """How many, and what became of them."""
        return f"{counted(len(self.pieces), self.kind, self.several)}: {self.became}"

    @property
    def shown(self) -> tuple[str, ...]:
        """Each different piece, on one line; none of what cannot be seen."""
        return tuple(
            " ".join(piece.split()) for piece in dict.fromkeys(self.pieces) if piece.strip()
        )

    def __str__(self) -> str:
        more = len(self.shown) - MOST_SHOWN
        names = "; ".join(
            shortened(piece) for piece in self.shown[:MOST_SHOWN]
        ) + f" and {more} more" * (more > 0)
        return f"{self.head} ({names})" if names else self.head


def applied(content: str, changes: Iterable[Replacement]) -> str:
    """The content after changes that stand in its order and do not overlap.

    >>> applied("tea \\ufb01ne", [Replacement(4, 5, "fi")])
    'tea fine'
    """
    parts, before = [], 0
    for change in changes:
        parts += [content[before : change.start], change.becomes]
        before = change.end
    return "".join([*parts, content[before:]])


def around(content: str, change: Replacement) -> str:
    """The word around a change, with a dot in the place of what cannot be seen."""
    before = _BEFORE.search(content[max(0, change.start - _NEAR) : change.start])
    after = _AFTER.match(content[change.end : change.end + _NEAR])
    changed = content[change.start : change.end].replace("\u00ad", "·")
    return f"{before[0] if before else ''}{changed}{after[0] if after else ''}"
