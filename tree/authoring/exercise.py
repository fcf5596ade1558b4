"""A finished guide → the source of its skeleton: everything but what the statements decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..messages import in_language
from ..model.parts import Reading
from ..model.text import Passage, Quote, Text, unnamed
from .scaffold import Quoting, factor_entry, named_entry, passage_entry
from .yaml_writer import entry, item

_HEAD = """\
# yaml-language-server: $schema=guide.schema.json
# An exercise: say what each clause of text.txt decides. Under each statement write, in place of
# the lines that begin with #,
#
#   when: {factor: value}     for whom it holds; leave it out where it holds for everyone
#   prefer: option            first choice
#   offer: [option, option]   named as possible
#   withhold: group           not for these cases
#   combine: [option, option] instead of these verbs: they go together; also order, apart
#   remark: In your words.    instead of all these: it names no option
#
# A condition may also use any, all, lists of values and {not: value}. A clause may take two
# entries: copy its quote under a name of your own. Where one statement is meant as an exception
# to another, it says "outweighs:" and the other's name.
"""
_TO_FILL_IN = ("    # when: …?", "    # prefer, offer, withhold, combine or remark: …?")


def skeleton(reference: Reading) -> str:
    """The source of an exercise: text, questions and options as they are, conditions and effects
    left out. The statements are called s1, s2, … in the order of the text.

    >>> from tree import load
    >>> source = skeleton(load("data/metastatic_liver_cancer"))
    >>> "limited_to" in source, "\\n    when:" in source, "\\n    # when: …?" in source
    (False, False, True)
    """
    text = replace(reference.text, passages=_own_passages(reference.text))
    quoting = Quoting(text)
    top = [*entry("title", reference.title), f"language: {reference.language}", "text: text.txt"]
    sections: dict[str, Iterator[str] | list[str]] = {
        "passages": _entries({p.id: passage_entry(p, quoting) for p in text.passages}),
        "factors": _entries(
            {f.id: factor_entry(f, quoting) for f in (*reference.factors, *reference.scores)}
        ),
        "options": _entries({o.id: named_entry(o, quoting) for o in reference.options}),
        "groups": _entries({g.id: named_entry(g, quoting) for g in reference.groups}),
        "statements": _statements(reference, quoting),
        "context": [
            line
            for quote, reason in reference.context
            for line in item({"quote": quoting(quote.start, quote.end), "reason": reason}, 2)
        ],
        "examples": _entries({name: dict(answers) for name, answers in reference.examples}),
    }
    parts = [_HEAD, "\n".join(top) + "\n"]
    for key, lines in sections.items():
        written = list(lines)
        if written:
            parts.append("\n".join([f"{key}:", *written]) + "\n")
    return "\n".join(parts)


def claims(reference: Reading) -> tuple[tuple[Quote, ...], ...]:
    """What the statements quote, each but once, in the order of the text."""
    quoted = dict.fromkeys(statement.quotes for statement in reference.statements)
    return tuple(sorted(quoted, key=lambda quotes: [(q.start, q.end) for q in quotes]))


def _statements(reference: Reading, quoting: Quoting) -> Iterator[str]:
    for number, quotes in enumerate(claims(reference), 1):
        yield from entry(f"s{number}", {"quote": quoting.quotes(quotes)}, 2)
        yield from _TO_FILL_IN


def _entries(found: Mapping[str, object]) -> Iterator[str]:
    return (line for id, value in found.items() for line in entry(id, value, 2))


def _own_passages(text: Text) -> tuple[Passage, ...]:
    with in_language(text.language):
        whole = [("text", unnamed(), 0)]
    if [(p.id, p.author, p.start) for p in text.passages] == whole:
        return ()
    return text.passages
