"""A long text → stretches that are asked about one after the other."""

from __future__ import annotations

from ...model.text import Text

LONGEST = 12_000  # letters that are asked about at once


def parts(text: Text, longest: int = LONGEST) -> list[tuple[int, int]]:
    """The stretches of a text as offsets, none much longer than so many letters.

    Each ends with a paragraph where one ends in its second half, else with a sentence.

    >>> parts(Text("t", "Rest. Go.\\n\\nDrink tea."), longest=12)
    [(0, 11), (11, 21)]
    """
    content, found, start = text.content, [], 0
    begins = [begin for begin, _ in text.sentences]
    while len(content) - start > longest:
        inside = [begin for begin in begins if start < begin <= start + longest]
        late = [begin for begin in inside if begin > start + longest // 2]
        paragraphs = [b for b in late if content[:b].rstrip(" \t").endswith("\n\n")]
        # A sentence that is longer than a part is one of its own.
        after = [begin for begin in begins if begin > start]
        end = (paragraphs or inside or after[:1] or [len(content)])[-1]
        found.append((start, end))
        start = end
    return [*found, (start, len(content))] if start < len(content) or not found else found
