"""A text → the source of a new guide.yaml, ready to be worked on."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ..model.parts import Band, Factor, Group, Option
from ..model.text import Passage, Quote, Text
from .passages import first_words
from .yaml_writer import entry, item

EXAMPLE = Path(__file__).parent / "example"
_DRAFT: dict[str, object] = {"draft": "true"}
# Sections that a guide must have; the others stay comments until they hold something.
_REQUIRED = ("factors", "options", "statements")

_HEAD = """\
# yaml-language-server: $schema=guide.schema.json
# A reading of text.txt, clause by clause. Every quote is verbatim; line breaks and
# runs of spaces may differ. What the text does not say is not in this file.
"""
_ABOUT_EXAMPLES = """\
#
# What is written behind # does not count. The examples there read this little text:
#
"""
_ABOUT_MORE = """\
#
# What guidelines also say has a form, too, with examples in docs/authors.md: subject (one, many,
# medical: whom it speaks of), scopes (a condition for all between begins and ends), grades, trees
# (which options are shown in one tree), and in a statement unless, strength and grade; combine,
# order, apart and instead (of, use), for several options together; short names; range and also of
# a number; at_least (so many of several) in a condition, the score of a factor, and asked_if. Who
# proposed what is not confirmed yet is named under drafted (by, on, prompt).
"""
_ABOUT_DRAFTS = """\
#
# Entries with "draft: true" are proposals. Read each against the text, correct it or delete it,
# and delete that line once it is right.
"""
_UNCLAIMED = """\
# Sentences that no entry quotes yet: quote each above, or list it under context, and delete it
# here.
unclaimed:
"""


def scaffold(text: Text, title: str) -> str:
    """The source of a guide of this text: its passages, and every sentence as unclaimed.

    Sections that hold nothing yet show commented examples.

    >>> source = scaffold(Text("text.txt", "Rest. Drink tea."), "Tea")
    >>> print(source[source.index("unclaimed:"):], end="")
    unclaimed:
      - Rest.
      - Drink tea.
    """
    quoting = Quoting(text)
    passages = _passage_lines(quoting)
    little = (EXAMPLE / "text.txt").read_text(encoding="utf-8").splitlines()
    head = _HEAD + _ABOUT_EXAMPLES + "".join(f"#   {line}\n" for line in little) + _ABOUT_MORE
    top = [
        *entry("title", title),
        f"language: {text.language}  # of the text: en, de, pt-BR, ...",
        "text: text.txt",
    ]
    parts = [head + _ABOUT_DRAFTS * bool(passages), "\n".join(top) + "\n"]
    for key, (about, example) in _example_blocks().items():
        written = passages if key == "passages" else []
        shown = [f"{key}:", *written] if written else _commented(key, example)
        parts.append("\n".join([*about, *shown]) + "\n")
    unclaimed = [line for start, end in text.sentences for line in item(quoting(start, end), 2)]
    parts.append(_UNCLAIMED + "\n".join(unclaimed) + "\n")
    return "\n".join(parts)


class Quoting:
    """Writes places of one text as quotes that are found again at these places."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __call__(self, start: int, end: int) -> str | dict[str, str]:
        """The words alone where they stand once, otherwise with `in` or `nth`.

        >>> text = Text("t", "Tea. Tea with milk.").with_passages([Passage("p", "", 0, 0)])
        >>> Quoting(text)(5, 8), Quoting(text)(5, 18)
        ({'words': 'Tea', 'nth': '2'}, 'Tea with milk')
        """
        content = self.text.content
        begin = start
        while True:
            words = " ".join(content[begin:end].split())
            places = self.text.find(words)
            nth = bisect.bisect_left(places, (begin, end))
            if places[nth : nth + 1] == [(begin, end)]:
                break
            # Words that overlap themselves: a place counted before runs into this one. With
            # enough of the words before them they do not.
            begin = next(
                i
                for i in range(begin - 1, -1, -1)
                if i == 0 or content[i - 1 : i + 1].lstrip() == content[i]
            )
        if len(places) == 1:
            return words
        passage = self.text.passage_at(begin)
        several = passage and len(self.text.passages) > 1
        if passage and several and self.text.find(words, passage) == [(begin, end)]:
            return {"words": words, "in": passage.id}
        return {"words": words, "nth": str(nth + 1)}

    def quotes(self, quotes: Iterable[Quote]) -> object:
        """One quote, or a list of them."""
        written = [self(quote.start, quote.end) for quote in quotes]
        return written[0] if len(written) == 1 else written


def _passage_lines(quoting: Quoting) -> list[str]:
    """The passages that the shape of the text shows, as proposals."""
    return [
        line
        for passage in quoting.text.passages
        for line in entry(passage.id, passage_entry(passage, quoting) | _DRAFT, 2)
    ]


def passage_entry(passage: Passage, quoting: Quoting) -> dict[str, object]:
    """What stands in a guide of a passage."""
    whole = Quoting(replace(quoting.text, passages=()))  # no passage is known before they are read
    place = first_words(quoting.text, passage.start)
    return {"author": passage.author, "begins": whole(*place) if place else ""}


def factor_entry(factor: Factor, quoting: Quoting) -> dict[str, object]:
    """What stands in a guide of a factor."""
    found: dict[str, object] = {
        "question": factor.question,
        "quote": quoting.quotes(factor.quotes),
    }
    if factor.short:
        found["short"] = factor.short
    if factor.unit:
        found["unit"] = factor.unit
    if factor.range:
        found["range"] = bounds(factor.range)
    if factor.bands:
        bands = len(factor.bands)
        found["values"] = dict(zip(factor.values[:bands], map(bounds, factor.bands), strict=True))
        if factor.values[bands:]:
            found["also"] = list(factor.values[bands:])
    elif factor.values != ("yes", "no"):
        found["values"] = list(factor.values)
    if factor.points:
        found["score"] = {
            id: {value: _number(points) for value, points in worth} for id, worth in factor.points
        }
    if factor.asked_if:
        found["asked_if"] = {id: sorted(values) for id, values in sorted(factor.asked_if)}
    if factor.judgement:
        found["judgement"] = quoting(factor.judgement.start, factor.judgement.end)
    if factor.help:
        found["help"] = factor.help
    return found


def bounds(band: Band) -> dict[str, str]:
    """A band as it is written.

    >>> bounds(Band(6, 24, low_inside=True))
    {'from': '6', 'below': '24'}
    """
    low, high = "from" if band.low_inside else "over", "to" if band.high_inside else "below"
    bounds = {low: band.low, high: band.high}
    return {key: _number(value) for key, value in bounds.items() if value is not None}


def _number(value: float) -> str:
    """A number with as many digits as it needs, and never an exponent.

    >>> _number(6.0), _number(0.5), _number(123456789012.25)
    ('6', '0.5', '123456789012.25')
    """
    return f"{value:.9f}".rstrip("0").rstrip(".")


def named_entry(option: Option | Group, quoting: Quoting) -> dict[str, object]:
    """What stands in a guide of an option or a group."""
    found: dict[str, object] = {"name": option.name}
    if isinstance(option, Option) and option.short:
        found["short"] = option.short
    if isinstance(option, Group):
        found["options"] = list(option.options)
    if option.synonyms:
        found["synonyms"] = list(option.synonyms)
    if option.does:
        found["does"] = quoting.quotes(option.does)
    return {**found, "quote": quoting.quotes(option.quotes)}


def _example_blocks() -> Mapping[str, tuple[list[str], list[str]]]:
    """The sections of the example: the lines that explain each, and those of its entries."""
    _top, *blocks = (EXAMPLE / "guide.yaml").read_text(encoding="utf-8").split("\n\n")
    found = {}
    for block in blocks:
        lines = block.splitlines()
        about = [line for line in lines if line.startswith("#")]
        key, *entries = lines[len(about) :]
        found[key.removesuffix(":")] = about, entries
    return found


def _commented(key: str, example: list[str]) -> list[str]:
    shown = f"{key}:" if key in _REQUIRED else f"# {key}:"
    return [shown, *(f"# {line}" for line in example)]
