"""Chance for examples of hundreds of choices, which hypothesis draws in one go.

Hypothesis keeps account of every choice that it draws. Of a whole guide that takes several times
as long as what is tried on it.
"""

from __future__ import annotations

import random

from hypothesis import strategies as st


class Drawn(random.Random):
    """Takes its choices from bytes, and the first one of each kind where they have come to an end.

    So an example is shrunk, too: bytes that are nought are the simplest choices.

    >>> Drawn(bytes([2, 1])).choice("abcd"), Drawn(b"").randint(3, 9)
    ('c', 3)
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(0)
        self.content = content
        self.left = iter(content)

    def __repr__(self) -> str:
        used = self.content.rstrip(b"\0")
        return f"Drawn({used!r})"

    def getrandbits(self, k: int) -> int:
        taken = bytes(next(self.left, 0) for _ in range(-(-k // 8)))
        return int.from_bytes(taken, "big") % (1 << k)

    def random(self) -> float:
        return self.getrandbits(16) / (1 << 16)


def chances(size: int = 1_000) -> st.SearchStrategy[random.Random]:
    """A random.Random for an example. `size`: bytes; it takes one or two for a choice."""
    return st.binary(min_size=size, max_size=size).map(Drawn)
