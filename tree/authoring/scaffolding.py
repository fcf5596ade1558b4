"""A text, and perhaps a draft → the source of a new guide.yaml, ready to be worked on."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ..reading import Band, Condition, Factor, Group, Option, Standing, Statement
from ..sentences import sentences
from ..text import Passage, Quote, Text
from .dividing import first_words
from .drafting import Draft
from .writing import entry, item

EXAMPLE = Path(__file__).parents[1] / "static" / "example"
_DRAFT: dict[str, object] = {"draft": "true"}
_VERBS = {Standing.PREFERRED: "prefer", Standing.OFFERED: "offer", Standing.WITHHELD: "withhold"}
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
_ABOUT_DRAFTS = """\
#
# Entries with "draft: true" are proposals made from the wording alone. Read each against the
# text, mend it or delete it, and delete that line once it is right.
"""
_UNCLAIMED = """\
# Sentences that nobody has dealt with yet: quote each above, or list it under context, and
# delete it here. A line that begins with "# ?" asks what the wording leaves open.
unclaimed:
"""


def scaffold(text: Text, title: str, draft: Draft | None = None, language: str = "en") -> str:
    """The source of a guide of this text. What it does not hold yet is shown by examples.

    Every sentence that the draft says nothing of is listed as unclaimed.

    >>> source = scaffold(Text("text.txt", "Rest. Drink tea."), "Tea")
    >>> print(source[source.index("unclaimed:"):], end="")
    unclaimed:
      - Rest.
      - Drink tea.
    """
    quoting = Quoting(text)
    written = _sections(quoting, text.passages, draft or Draft())
    blocks = _example_blocks()
    shows_examples = any(not lines for lines in written.values())
    head = _HEAD
    if shows_examples:
        little = (EXAMPLE / "text.txt").read_text(encoding="utf-8").splitlines()
        head += _ABOUT_EXAMPLES + "".join(f"#   {line}\n" for line in little)
    if draft:
        head += _ABOUT_DRAFTS
    top = [
        *entry("title", title),
        f"language: {language}  # of the text: en, de, pt-BR, ...",
        "text: text.txt",
    ]
    parts = [head, "\n".join(top) + "\n"]
    for key, (about, example) in blocks.items():
        lines = written[key]
        shown = [f"{key}:", *lines] if lines else _commented(key, example)
        parts.append("\n".join([*about, *shown]) + "\n")
    rest = list(_unclaimed(quoting, draft or Draft()))
    if rest:
        parts.append(_UNCLAIMED + "\n".join(rest) + "\n")
    return "\n".join(parts)


class Quoting:
    """Writes places of one text as quotes that are found again at these places."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __call__(self, start: int, end: int) -> str | dict[str, str]:
        """The words alone where they stand once, else with `in` or `nth`.

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


def _sections(quoting: Quoting, passages: Iterable[Passage], draft: Draft) -> dict[str, list[str]]:
    """The lines of each section of the guide."""
    entries: dict[str, dict[str, object]] = {
        "passages": {p.id: passage_entry(p, quoting) | _DRAFT for p in passages},
        "factors": {f.id: factor_entry(f, quoting) | _DRAFT for f in draft.factors},
        "options": {o.id: named_entry(o, quoting) | _DRAFT for o in draft.options},
        "groups": {g.id: named_entry(g, quoting) | _DRAFT for g in draft.groups},
        "statements": {s.id: _statement(s, quoting) for s in draft.statements},
        "examples": {},
    }
    unused = _unused(draft)
    written = {
        key: [
            line
            for id, value in found.items()
            for line in (*unused.get((key, id), ()), *entry(id, value, 2))
        ]
        for key, found in entries.items()
    }
    written["context"] = [
        line
        for quote, reason in draft.context
        for line in item(
            {"quote": quoting(quote.start, quote.end), "reason": reason, "draft": "true"}, 2
        )
    ]
    return written


def _unused(draft: Draft) -> dict[tuple[str, str], list[str]]:
    """What is asked about factors and options of which no statement could be made."""
    asked = {factor for s in draft.statements for clause in s.condition for factor, _ in clause}
    named = {option for s in draft.statements for option, _ in s.effects}
    about_factor, about_option = "what follows where this holds?", "for whom is it, or is it not?"
    return {
        ("factors", f.id): [f"  # ? {about_factor}"] for f in draft.factors if f.id not in asked
    } | {("options", o.id): [f"  # ? {about_option}"] for o in draft.options if o.id not in named}


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
    if factor.unit:
        found["unit"] = factor.unit
    if factor.bands:
        bands = zip(factor.values, map(_bounds, factor.bands), strict=True)
        found["values"] = dict(bands)
    elif factor.values != ("yes", "no"):
        found["values"] = list(factor.values)
    if factor.judgement:
        found["judgement"] = quoting(factor.judgement.start, factor.judgement.end)
    if factor.help:
        found["help"] = factor.help
    return found


def _bounds(band: Band) -> dict[str, str]:
    """A band as it is written.

    >>> _bounds(Band(6, 24, low_inside=True))
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
    if isinstance(option, Group):
        found["options"] = list(option.options)
    if option.synonyms:
        found["synonyms"] = list(option.synonyms)
    if option.does:
        found["does"] = quoting.quotes(option.does)
    return {**found, "quote": quoting.quotes(option.quotes)}


def _statement(statement: Statement, quoting: Quoting) -> dict[str, object]:
    found: dict[str, object] = {"quote": quoting.quotes(statement.quotes)}
    found |= _condition(statement.condition)
    for standing, verb in _VERBS.items():
        options = [option for option, said in statement.effects if said is standing]
        if options:
            found[verb] = options[0] if len(options) == 1 else options
    if statement.remark:
        found["remark"] = statement.remark
    if statement.basis != "stated":
        found |= {"basis": statement.basis, "because": statement.because}
    return {**found, "draft": "true"}


def _condition(condition: Condition) -> dict[str, object]:
    clauses = [
        {factor: _one_or_several(sorted(values)) for factor, values in sorted(clause)}
        for clause in condition
    ]
    if len(clauses) == 1:
        return {"when": clauses[0]} if clauses[0] else {}
    factors = [factor for clause in clauses for factor in clause]
    if len(set(factors)) == len(factors) == len(clauses):
        return {"any": {factor: value for clause in clauses for factor, value in clause.items()}}
    return {"any": clauses}


def _one_or_several(values: list[str]) -> object:
    return values[0] if len(values) == 1 else values


def _unclaimed(quoting: Quoting, draft: Draft) -> Iterator[str]:
    claimed = _claimed(draft)
    for start, end in sentences(quoting.text.content):
        index = bisect.bisect_right(claimed, (start, len(quoting.text.content))) - 1
        before = claimed[index][1] if index >= 0 else 0
        after = claimed[index + 1][0] if index + 1 < len(claimed) else end
        if before > start or after < end:
            continue
        yield from (f"  # ? {question}" for question in draft.questions.get(start, ()))
        yield from item(quoting(start, end), 2)


def _claimed(draft: Draft) -> list[tuple[int, int]]:
    """Where the draft has quotes, as intervals in order that do not overlap."""
    quotes = [quote for quote, _ in draft.context]
    for option in draft.options:
        quotes += (*option.quotes, *option.does)
    for group in draft.groups:
        quotes += (*group.quotes, *group.does)
    for factor in draft.factors:
        quotes += factor.quotes
    for statement in draft.statements:
        quotes += statement.quotes
    merged: list[tuple[int, int]] = []
    for start, end in sorted((quote.start, quote.end) for quote in quotes):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


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
