"""The answers to a factor in a table, each as a small number: its place."""

from __future__ import annotations

from ..model.answers import WRONG, Spelling
from ..model.possible import left_possible


class Places:
    """The places of the answers to one factor: those of its values, then that of unknown.

    Each set of values that an answer leaves possible, such as "3 or 4", gets a place of its own
    after these when it is first met.

    >>> places = Places(Spelling(("none", "light", "heavy")))
    >>> [places.place(answer) for answer in ("light", "", "none or heavy", "none or wet")]
    [1, 3, 4, -1]
    >>> places.left(1), places.left(3), places.left(4)
    ((1,), (0, 1, 2), (0, 2))
    """

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self.unknown = spelling.unknown
        self._several: dict[tuple[int, ...], int] = {}

    @property
    def count(self) -> int:
        """How many places there are so far."""
        return self.unknown + 1 + len(self._several)

    def place(self, answer: object) -> int:
        """The place of an answer, or WRONG."""
        place = self.spelling.place(answer)
        left = left_possible(self.spelling, answer) if place == WRONG else None
        if left is None:
            return place
        if len(left) in (1, self.unknown):
            return left[0] if len(left) == 1 else self.unknown
        return self._several.setdefault(left, self.count)

    def left(self, place: int) -> tuple[int, ...]:
        """The places of the values that an answer leaves possible."""
        if place <= self.unknown:
            return (place,) if place < self.unknown else tuple(range(self.unknown))
        return list(self._several)[place - self.unknown - 1]
