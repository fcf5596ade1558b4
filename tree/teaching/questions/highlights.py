"""Words with some of them marked, as data: a vignette, or whole sentences of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...messages import say
from ...model.text import Quote, Text, unnamed
from .steps import in_full


@dataclass(frozen=True)
class Marked:
    """A sentence, or several, of the text around some quotes, and who says it ("" outside of
    every passage). `pieces`: as `pieces` cuts them."""

    pieces: tuple[str, ...]
    author: str

    @property
    def whose(self) -> str:
        """Who says it, beside what a vignette says; of a text without authors, that it is the text.

        >>> [Marked((), author).whose for author in ("Ann", unnamed(), "")]
        ['the text: Ann', 'the text', '']
        """
        if not self.author or self.author == unnamed():
            return self.author
        return say("the text: {author}", author=self.author)


def marked(text: Text, quotes: Iterable[Quote]) -> tuple[Marked, ...]:
    """Every sentence of the text that the quotes stand in, their own words marked.

    >>> text = Text("t", "Rest. Drink warm tea. Sleep.")
    >>> marked(text, [text.quote(12, 16)])
    (Marked(pieces=('Drink ', 'warm', ' tea.'), author=''),)
    """
    by_sentence: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for quote in quotes:
        whole = in_full(text, quote)
        by_sentence.setdefault((whole.start, whole.end), []).append((quote.start, quote.end))
    return tuple(
        Marked(pieces(text.content, start, end, spans), passage.author if passage else "")
        for (start, end), spans in by_sentence.items()
        for passage in [text.passage_at(start)]
    )


def pieces(content: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """A part of some text on one line, cut at its marks: plain, marked, plain, … words.

    >>> pieces("a  <b> c", 0, 8, [(3, 6)])
    ('a ', '<b>', ' c')
    """
    found, at = [], start
    for first, last in sorted(spans):
        if last > at:
            first = max(first, at)
            found += [content[at:first], content[first:last]]
            at = last
    return tuple(re.sub(r"\s+", " ", words) for words in [*found, content[at:end]])
