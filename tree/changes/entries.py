"""What changed in the words of two guides: their text, and the entries of `guide.yaml`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..loading.keys import VERBS
from ..model.parts import (
    Condition,
    Conjunction,
    Factor,
    Group,
    Option,
    Reading,
    Scope,
    Statement,
    Subject,
)
from ..model.relations import RelationKind
from ..model.text import Text, in_one_line
from .align import Aligned

LONGEST_END = 60  # letters of a stretch of the text


@dataclass(frozen=True)
class FieldChange:
    """What an entry says in one place, before and after; "" where it says nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class EntryChange:
    """An entry that was added, removed, renamed or changed.

    `kind`: "guide", "passage", "factor", "option", "group", "scope", "statement", "context",
    "unclaimed" or "example". `before` and `after`: its name in each guide, None where it is
    not there. `fields`: what changed in it, or all that it says where one guide lacks it.
    """

    kind: str
    before: str | None
    after: str | None
    fields: tuple[FieldChange, ...]

    @property
    def what(self) -> str:
        """ "added", "removed", "renamed" (whatever else changed in it) or "changed"."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.before == self.after else "renamed"


@dataclass(frozen=True)
class TextChange:
    """A passage in which sentences changed.

    `edits`: from its beginning to its end, which sentences became which others.
    """

    passage: str
    author: str
    edits: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


Fields = dict[str, str]
Entries = dict[str, dict[str, Fields]]


def entry_changes(aligned: Aligned) -> tuple[EntryChange, ...]:
    """Every entry that is not the same in both guides; their order does not matter."""
    before, after = _entries(aligned)
    return tuple(
        change
        for kind in after
        for change in _changed(kind, before[kind], after[kind], aligned.names.get(kind, {}))
    )


def reordered(aligned: Aligned) -> tuple[str, ...]:
    """The kinds of entries that both guides have, but in another order."""
    before, after = _entries(aligned)
    return tuple(
        kind
        for kind in after
        if [id for id in before[kind] if id in after[kind]]
        != [id for id in after[kind] if id in before[kind]]
    )


def _entries(aligned: Aligned) -> tuple[Entries, Entries]:
    write = _Writer(aligned)
    return (
        write.entries(aligned.named, aligned.names["passage"]),
        write.entries(aligned.after, {}),
    )


def _changed(
    kind: str, before: dict[str, Fields], after: dict[str, Fields], names: Mapping[str, str]
) -> Iterator[EntryChange]:
    olds = {new: old for old, new in names.items()}
    gone = [id for id in before if id not in after]
    for id in (*after, *gone):
        old, new = before.get(id), after.get(id)
        fields = tuple(
            FieldChange(name, (old or {}).get(name, ""), (new or {}).get(name, ""))
            for name in {**(old or {}), **(new or {})}
            if (old or {}).get(name, "") != (new or {}).get(name, "")
        )
        if fields or old is None or new is None or id in olds:
            yield EntryChange(
                kind,
                None if old is None else olds.get(id, id),
                None if new is None else id,
                fields,
            )


class _Writer:
    """Writes what entries say. What both guides know comes in one order, so that another
    order in the file is no change."""

    def __init__(self, aligned: Aligned) -> None:
        both = (aligned.after, aligned.named)
        self.factors = _ranks(f.id for reading in both for f in reading.every_factor)
        self.options = _ranks(o.id for reading in both for o in reading.options)
        self.statements = _ranks(s.id for reading in both for s in reading.statements)
        self.values = {
            id: _ranks(v for r in both for f in r.every_factor if f.id == id for v in f.values)
            for id in self.factors
        }

    def entries(self, reading: Reading, passages: Mapping[str, str]) -> Entries:
        """By kind and name, what every entry says. `passages`: those that have new names."""
        drafts = set(reading.drafts)
        proposed = sum(kind == "context" for kind, _ in drafts)
        found: Entries = {
            "guide": {
                "": {
                    "title": reading.title,
                    "language": reading.language,
                    "subject": _subject(reading.subject),
                    "grades": "; ".join(f"{grade}: {means}" for grade, means in reading.grades),
                    "trees": "; ".join(
                        f"{name}: {_listed(options, self.options)}"
                        for name, options in reading.shown_together
                    ),
                    "drafts in context": str(proposed or ""),
                }
            },
            "passage": {p.id: {"author": p.author} for p in reading.text.passages},
            "factor": {f.id: self.factor(f) for f in (*reading.factors, *reading.scores)},
            "option": {o.id: self.named(o) | {"short": o.short} for o in reading.options},
            "group": {
                g.id: self.named(g) | {"options": _listed(g.options, self.options)}
                for g in reading.groups
            },
            "scope": {s.id: self.scope(s, reading.text) for s in reading.scopes},
            "statement": {s.id: self.statement(s, passages) for s in reading.statements},
            "context": {quote.line: {"reason": reason} for quote, reason in reading.context},
            "unclaimed": {quote.line: {} for quote in reading.unclaimed},
            "example": {name: self.example(answers) for name, answers in reading.examples},
        }
        for kind, entries in found.items():
            for id, fields in entries.items():
                if (kind, id) in drafts:
                    fields["draft"] = "true"
        return found

    def factor(self, factor: Factor) -> Fields:
        bands = [f"{v}: {band}" for v, band in zip(factor.values, factor.bands, strict=False)]
        named = ", ".join(factor.values[len(bands) :])
        return {
            "question": factor.question,
            "quote": in_one_line(factor.quotes),
            "values": "; ".join(bands) or named,
            "also": named if bands else "",
            "unit": factor.unit,
            "score": "; ".join(
                f"{id}: {', '.join(f'{value} {points:g}' for value, points in worth)}"
                for id, worth in factor.points
            ),
            "asked_if": self.condition((factor.asked_if,)) if factor.asked_if else "",
            "range": str(factor.range or ""),
            "short": factor.short,
            "help": factor.help,
            "judgement": factor.judgement.line if factor.judgement else "",
        }

    def named(self, entry: Option | Group) -> Fields:
        return {
            "name": entry.name,
            "synonyms": ", ".join(entry.synonyms),
            "does": in_one_line(entry.does),
            "quote": in_one_line(entry.quotes),
        }

    def statement(self, statement: Statement, passages: Mapping[str, str]) -> Fields:
        where = dict.fromkeys(passages.get(q.passage, q.passage) for q in statement.quotes)
        return {
            "quote": in_one_line(statement.quotes),
            "passage": ", ".join(where),
            "condition": self.condition(statement.condition),
            "unless": self.condition(statement.unless),
            "scopes": ", ".join(statement.scopes),
            **{
                verb: _listed((o for o, s in statement.effects if s is standing), self.options)
                for verb, standing in VERBS.items()
            },
            "strength": statement.strength,
            "grade": statement.grade,
            **self.relation(statement),
            "remark": statement.remark,
            "basis": statement.basis,
            "because": statement.because,
            "outweighs": _listed(statement.outweighs, self.statements),
        }

    def scope(self, scope: Scope, text: Text) -> Fields:
        return {
            "place": _ends(" ".join(text.content[scope.start : scope.end].split())),
            "condition": self.condition(scope.condition),
            "quote": in_one_line(scope.quotes),
        }

    def relation(self, statement: Statement) -> Fields:
        if statement.relation is None:
            return {}
        kind = statement.relation.kind
        members = [member.id for member in statement.relation.members]
        if kind is RelationKind.INSTEAD:
            return {str(kind): f"of {members[0]} use {members[-1]}"}
        # The order in which options are named says something of their order alone.
        named = members if kind is RelationKind.ORDER else _in_order(members, self.options)
        return {str(kind): ", ".join(named)}

    def condition(self, condition: Condition) -> str:
        """Its alternatives, each with everything that must hold."""
        conjunctions = dict(sorted(map(self.conjunction, condition)))
        several = len(conjunctions) > 1
        words = (
            f"({found})" if several and " " in found else found for found in conjunctions.values()
        )
        return " or ".join(words)

    def conjunction(self, conjunction: Conjunction) -> tuple[tuple[tuple[int, ...], ...], str]:
        """Its place among other conjunctions, and its words."""
        literals = sorted(
            (self.factors[factor], factor, sorted((self.values[factor][v], v) for v in values))
            for factor, values in conjunction
        )
        place = tuple((rank, *(r for r, _ in values)) for rank, _, values in literals)
        words = (f"{factor}={'/'.join(v for _, v in values)}" for _, factor, values in literals)
        return place, " and ".join(words) or "everyone"

    def example(self, answers: Iterable[tuple[str, str]]) -> Fields:
        ordered = sorted(answers, key=lambda answer: self.factors[answer[0]])
        return {"answers": " and ".join(f"{factor}={value}" for factor, value in ordered)}


def _subject(subject: Subject) -> str:
    medical = ["medical"] * subject.is_medical
    return ", ".join([subject.singular, subject.plural, *medical])


def _ends(words: str) -> str:
    """How a long stretch of text begins and ends."""
    most = 2 * LONGEST_END
    return words if len(words) <= most else f"{words[:LONGEST_END]} … {words[-LONGEST_END:]}"


def _ranks(names: Iterable[str]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(dict.fromkeys(names))}


def _listed(names: Iterable[str], ranks: Mapping[str, int]) -> str:
    return ", ".join(_in_order(names, ranks))


def _in_order(names: Iterable[str], ranks: Mapping[str, int]) -> list[str]:
    # A statement may outweigh one of a passage that has been left out.
    return sorted(names, key=lambda name: (ranks.get(name, len(ranks)), name))


# --- the text -----------------------------------------------------------------------------


def text_changes(aligned: Aligned) -> tuple[TextChange, ...]:
    """The passages whose sentences changed; white space does not matter."""
    before, after = _by_passage(aligned.named), _by_passage(aligned.after)
    authors = {
        passage.id: passage.author
        for text in (aligned.named.text, aligned.after.text)
        for passage in text.passages
    }
    found = []
    for id in {**after, **before}:
        edits = tuple(_edits(before.get(id, []), after.get(id, [])))
        if edits:
            found.append(TextChange(id, authors.get(id, ""), edits))
    return tuple(found)


def marks_changed(aligned: Aligned) -> bool:
    """Whether anything but white space is not the same in the two texts."""
    return aligned.before.text.content.split() != aligned.after.text.content.split()


def _by_passage(reading: Reading) -> dict[str, list[str]]:
    """The sentences of each passage, each on one line; "" for those before the first."""
    found: dict[str, list[str]] = {}
    for start, end in reading.text.sentences:
        quote = reading.text.quote(start, end)
        found.setdefault(quote.passage, []).append(quote.line)
    return found


def _edits(
    before: list[str], after: list[str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    matcher = difflib.SequenceMatcher(None, before, after)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield tuple(before[i:j]), tuple(after[k:m])
