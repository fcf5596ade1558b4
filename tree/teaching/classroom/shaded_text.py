"""The text with its sentences shaded by how often a class misread them."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape

from ...drawing.plots import ink, shade
from ...messages import ENGLISH, language_of, plural, say, spoken
from ...model.parts import Reading
from ...model.text import Quote, Text, folded, in_one_line
from ..questions.attempts import Attempt, Judged


@dataclass(frozen=True)
class Shaded:
    """The sentences of a text in order, each with how often it was asked for, and misread.

    `left_out`: steps that quote other words than the guide does now; `words_in`: the language
    of the words beside the text. Shows itself as the text, and prints in words.
    """

    text: Text
    sentences: tuple[tuple[Quote, int, int], ...]
    left_out: int = 0
    words_in: str = ENGLISH

    @spoken
    def __str__(self) -> str:
        lines = []
        for quote, asked, misread in self.sentences:
            told = _told(asked, misread) if asked else say("not asked")
            lines.append(f'{told:>18}  "{quote.line}"')
        return folded([*lines, *self._remarks])

    def __repr__(self) -> str:
        asked = sum(asked > 0 for _, asked, _ in self.sentences)
        return f"<text of {len(self.sentences)} sentences, {asked} of them asked for>"

    @property
    def _remarks(self) -> list[str]:
        if not self.left_out:
            return []
        return [
            plural(
                "{count} answer is about words that the guide has no longer.",
                "{count} answers are about words that the guide has no longer.",
                self.left_out,
            )
        ]

    @spoken
    def _repr_html_(self) -> str:
        html, at = "", 0
        for quote, asked, misread in self.sentences:
            html += escape(self.text.content[at : quote.start]) + _sentence(quote, asked, misread)
            at = quote.end
        html += escape(self.text.content[at:])
        note = say(
            "The darker a sentence, the more often it was misread at the first try; behind it: "
            "misread of asked. A sentence without a number was not asked for."
        )
        notes = "".join(f"<p>{escape(each)}</p>" for each in (note, *self._remarks))
        return (
            '<div style="background: #ffffff; color: #1a1a1a; padding: 16px 24px; '
            'font: 20px/1.7 system-ui, Arial, sans-serif; max-width: 60em">'
            f'<div style="white-space: pre-wrap; overflow-wrap: anywhere">{html}</div>'
            f'<div style="font-size: 16px; color: #595959">{notes}</div></div>'
        )


def shaded(reading: Reading, attempts: Iterable[Attempt]) -> Shaded:
    """The text of a guide, shaded with the first tries of a class."""
    spans = reading.text.sentences
    ends = [end for _, end in spans]
    statements = {statement.id: statement.quotes for statement in reading.statements}
    factors = {factor.id: factor.quotes for factor in reading.factors}

    @cache
    def sentences_of(factor: str, statement: str, words: str) -> frozenset[int]:
        quotes = statements.get(statement, ()) if statement else factors.get(factor, ())
        if in_one_line(quotes) != words:
            return frozenset()
        found = set()
        for quote in quotes:
            place = bisect.bisect_right(ends, quote.start)
            while place < len(spans) and spans[place][0] < quote.end:
                found.add(place)
                place += 1
        return frozenset(found)

    asked: Counter[int] = Counter()
    misread: Counter[int] = Counter()
    left_out = 0
    for each in _judged(attempts, reading.id):
        places = sentences_of(each.factor, each.statement, each.words)
        asked.update(places)
        misread.update(() if each.right else places)
        left_out += bool(each.words and not places)
    counted = ((reading.text.quote(*span), asked[k], misread[k]) for k, span in enumerate(spans))
    return Shaded(reading.text, tuple(counted), left_out, language_of(reading))


def _judged(attempts: Iterable[Attempt], guide: str) -> Iterable[Judged]:
    return (each for attempt in attempts if attempt.guide == guide for each in attempt.judged)


def _told(asked: int, misread: int) -> str:
    share = round(100 * misread / asked)
    return say("{misread} of {asked} ({share} %)", misread=misread, asked=asked, share=share)


def _sentence(quote: Quote, asked: int, misread: int) -> str:
    if not asked:
        return escape(quote.words)
    fill = shade(misread / asked)
    style = f"background: {fill}; color: {ink(fill)}; padding: 2px 3px"
    number = '<b style="font-size: 16px; white-space: nowrap; color: #1a1a1a">'
    told = escape(_told(asked, misread))
    return f'<span style="{style}">{escape(quote.words)}</span> {number}{told}</b>'
