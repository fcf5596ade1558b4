"""Two guides under the same names."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ..model.parts import Condition, Factor, Group, Option, Reading, Scope, Statement
from ..model.relations import Member, Relation
from ..model.text import Passage

E = TypeVar("E", Factor, Option, Group, Passage, Scope, Statement)
Entry = Factor | Option | Group | Passage | Scope | Statement
# Old name → new name, of the entries that have another one.
Names = dict[str, str]


@dataclass(frozen=True)
class Aligned:
    """Two guides, and `named`: the first one with the names that the second has for its entries.

    `names`: by kind of entry ("factor", "option", "group", "passage", "scope", "statement") the old
    names and the new ones, where they differ.
    """

    before: Reading
    after: Reading
    named: Reading
    names: Mapping[str, Names]


def align(before: Reading, after: Reading) -> Aligned:
    """Give the entries of the first guide the names that the second has for them.

    Entries with the same name in the file are the same. So are factors with the same
    question, options or groups that people call the same, passages with the same author, and
    then statements with the same content, where each has a name that the other guide lacks.
    """
    factors = _renamed(before.every_factor, after.every_factor, lambda f: _folded(f.question))
    options = _renamed(before.options, after.options, lambda o: _folded(o.name))
    groups = _renamed(before.groups, after.groups, lambda g: _folded(g.name))
    passages = _renamed(before.text.passages, after.text.passages, lambda p: _folded(p.author))
    scopes = [replace(s, condition=_asking(factors, s.condition)) for s in before.scopes]
    scope_ids = _renamed(scopes, after.scopes, lambda s: frozenset(s.condition))
    statements = [
        replace(
            statement,
            condition=_asking(factors, statement.condition),
            unless=_asking(factors, statement.unless),
            scopes=tuple(scope_ids.get(scope, scope) for scope in statement.scopes),
            effects=tuple((options.get(o, o), standing) for o, standing in statement.effects),
            relation=_related(statement.relation, options, groups),
        )
        for statement in before.statements
    ]
    ids = _renamed(statements, after.statements, _content)
    names = {
        "factor": factors,
        "option": options,
        "group": groups,
        "passage": passages,
        "scope": scope_ids,
        "statement": ids,
    }
    named = replace(
        before,
        factors=tuple(_depending(factors, before.factors)),
        counts=tuple(_counting(factors, before.counts)),
        options=tuple(_named(options, before.options)),
        groups=tuple(
            replace(group, options=tuple(options.get(o, o) for o in group.options))
            for group in _named(groups, before.groups)
        ),
        shown_together=tuple(_shown(options, before.shown_together)),
        scopes=tuple(_named(scope_ids, scopes)),
        text=replace(before.text, passages=tuple(_named(passages, before.text.passages))),
        statements=tuple(
            replace(statement, outweighs=tuple(ids.get(s, s) for s in statement.outweighs))
            for statement in _named(ids, statements)
        ),
        examples=tuple(
            (name, tuple((factors.get(factor, factor), value) for factor, value in answers))
            for name, answers in before.examples
        ),
        drafts={
            (kind, names.get(kind, {}).get(id, id)): place
            for (kind, id), place in before.drafts.items()
        },
    )
    return Aligned(before, after, named, names)


def _shown(
    options: Names, together: Iterable[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The trees that an author names, with the new names of their options."""
    return ((name, tuple(options.get(o, o) for o in ids)) for name, ids in together)


def _asking(factors: Names, condition: Condition) -> Condition:
    """A condition with the new names of its factors."""
    return tuple(
        frozenset((factors.get(factor, factor), values) for factor, values in conjunction)
        for conjunction in condition
    )


def _renamed(before: Iterable[E], after: Iterable[E], key: Callable[[E], Hashable]) -> Names:
    """The names of entries that each guide has by a name of its own, matched by their content."""
    olds, news = {entry.id: entry for entry in before}, {entry.id: entry for entry in after}
    left: dict[Hashable, list[str]] = {}
    right: dict[Hashable, list[str]] = {}
    for id in olds.keys() - news.keys():
        left.setdefault(key(olds[id]), []).append(id)
    for id in news.keys() - olds.keys():
        right.setdefault(key(news[id]), []).append(id)
    # Where several are alike there is no telling which is which.
    return {
        ids[0]: right[content][0]
        for content, ids in left.items()
        if content in right and len(ids) == len(right[content]) == 1
    }


def _named(names: Names, entries: Iterable[E]) -> Iterator[E]:
    return (replace(entry, id=names.get(entry.id, entry.id)) for entry in entries)


def _depending(names: Names, factors: Iterable[Factor]) -> Iterator[Factor]:
    for factor in _named(names, factors):
        (asked_if,) = _asking(names, (factor.asked_if,))
        yield replace(factor, asked_if=asked_if)


def _counting(factors: Names, counts: Iterable[Factor]) -> Iterator[Factor]:
    for count in _named(factors, counts):
        points = ((factors.get(factor, factor), worth) for factor, worth in count.points)
        yield replace(count, points=tuple(points))


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def _content(statement: Statement) -> Hashable:
    return (
        tuple(quote.line for quote in statement.quotes),
        frozenset(statement.condition),
        frozenset(statement.effects),
        statement.relation and (statement.relation.kind, statement.relation.members),
        (statement.remark, statement.basis, statement.because),
    )


def _related(relation: Relation | None, options: Names, groups: Names) -> Relation | None:
    """A relation with the new names of its options and groups."""
    if relation is None:
        return None
    names = {**groups, **options}
    members = (
        Member(names.get(member.id, member.id), tuple(options.get(o, o) for o in member.options))
        for member in relation.members
    )
    return replace(relation, members=tuple(members))
