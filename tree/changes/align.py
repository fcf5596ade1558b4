"""Two guides under the same names, and the values that patients of both can have."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ..model.parts import Band, Condition, Factor, Group, Option, Reading, Scope, Statement
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


# What a value of one guide is among the values of both; a value left out is not among them.
Meaning = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Shared:
    """A factor, with the values that it has for patients whom both guides can describe.

    `id`: its name in the guides. `before` and `after`: what the values of each guide mean
    here; None for a guide that does not ask it. `gone` and `new`: what only the first, only
    the second guide can describe.
    """

    id: str
    factor: Factor
    before: Meaning | None
    after: Meaning | None
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


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
        factors=tuple(_named(factors, before.factors)),
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


# --- the values of both -------------------------------------------------------------------


def shared_factors(aligned: Aligned) -> tuple[Shared, ...]:
    """Every factor of either guide: those of the second in its order, then the others."""
    olds = {factor.id: factor for factor in aligned.named.factors}
    found = []
    apart = []
    for new in aligned.after.factors:
        old = olds.pop(new.id, None)
        both = _of_both(old, new) if old else Shared(new.id, new, None, _same(new.values))
        if old and not both.factor.values:
            # No answer fits both, so these are two questions.
            both = replace(both, factor=new, before=None, after=_same(new.values))
            aside = replace(old, id=f"{old.id} (before)", question=f"(before) {old.question}")
            apart.append(Shared(old.id, aside, _same(old.values), None))
        found.append(both)
    rest = (Shared(old.id, old, _same(old.values), None) for old in olds.values())
    return (*found, *apart, *rest)


def translated(condition: Condition, meanings: Mapping[str, tuple[str, Meaning]]) -> Condition:
    """A condition of one guide, said with the factors and values of both.

    `meanings`: for each factor its name there and what its values mean. Where a literal comes
    to have no value, its conjunction holds for nobody whom both guides can describe.
    """
    conjunctions = []
    for conjunction in condition:
        literals: dict[str, frozenset[str]] = {}
        for factor, values in conjunction:
            # A count keeps its values: what it counts is translated.
            name, meaning = meanings.get(factor, (factor, _same(values)))
            met = frozenset().union(*(meaning.get(value, ()) for value in values))
            literals[name] = literals.get(name, met) & met
        conjunctions.append(frozenset(literals.items()))
    return tuple(conjunctions)


def recounted(count: Factor, meanings: Mapping[str, tuple[str, Meaning]]) -> Factor:
    """A count of others, said with the factors and values of both guides."""
    points = []
    for factor, worth in count.points:
        name, meaning = meanings[factor]
        points.append(
            (name, tuple((met, p) for value, p in worth for met in meaning.get(value, ())))
        )
    return replace(count, points=tuple(points))


def _same(values: Iterable[str]) -> Meaning:
    return {value: frozenset({value}) for value in values}


def _of_both(old: Factor, new: Factor) -> Shared:
    if old.bands and new.bands and old.unit == new.unit:
        same = old.bands == new.bands
        return _and_named(
            _of_same_ranges(old, new) if same else _of_both_ranges(old, new), old, new
        )
    common = tuple(value for value in new.values if value in old.values)
    return Shared(
        new.id,
        replace(new, values=common, bands=()),
        _same(common),
        _same(common),
        tuple(value for value in old.values if value not in common),
        tuple(value for value in new.values if value not in common),
    )


def _and_named(ranges: Shared, old: Factor, new: Factor) -> Shared:
    """The answers beside a number, such as *not measured*, after its ranges."""
    olds, news = old.values[len(old.bands) :], new.values[len(new.bands) :]
    common = tuple(value for value in news if value in olds)
    return replace(
        ranges,
        factor=replace(ranges.factor, values=(*ranges.factor.values, *common)),
        before={**(ranges.before or {}), **_same(common)},
        after={**(ranges.after or {}), **_same(common)},
        gone=(*ranges.gone, *(value for value in olds if value not in common)),
        new=(*ranges.new, *(value for value in news if value not in common)),
    )


def _of_same_ranges(old: Factor, new: Factor) -> Shared:
    """The same ranges, perhaps by other names."""
    pairs = list(zip(old.values, new.values, new.bands, strict=False))
    names = tuple(name for _, name, _ in pairs)
    meant = {a: frozenset({b}) for a, b, _ in pairs}
    return Shared(new.id, replace(new, values=names), meant, _same(names))


def _of_both_ranges(old: Factor, new: Factor) -> Shared:
    """Ranges that are cut in other places: the pieces that both cut out together."""
    before: dict[str, set[str]] = {value: set() for value, _ in _ranges(old)}
    after: dict[str, set[str]] = {value: set() for value, _ in _ranges(new)}
    pieces: list[Band] = []
    for a, one in _ranges(old):
        for b, other in _ranges(new):
            piece = _meeting(one, other)
            if piece:
                pieces.append(piece)
                before[a].add(_called(piece, new))
                after[b].add(_called(piece, new))
    unit = f" {new.unit}" if new.unit else ""
    return Shared(
        new.id,
        replace(new, values=tuple(_called(piece, new) for piece in pieces), bands=tuple(pieces)),
        {value: frozenset(names) for value, names in before.items()},
        {value: frozenset(names) for value, names in after.items()},
        tuple(f"{band}{unit}" for band in _beyond(old.bands, new.bands)),
        tuple(f"{band}{unit}" for band in _beyond(new.bands, old.bands)),
    )


def _ranges(factor: Factor) -> list[tuple[str, Band]]:
    # After the ranges there may be named answers.
    return list(zip(factor.values, factor.bands, strict=False))


def _called(piece: Band, factor: Factor) -> str:
    return f"{piece} {factor.unit}".strip()


def _low(band: Band) -> tuple[float, bool]:
    return (float("-inf") if band.low is None else band.low, not band.low_inside)


def _high(band: Band) -> tuple[float, bool]:
    return (float("inf") if band.high is None else band.high, band.high_inside)


def _meeting(one: Band, other: Band) -> Band | None:
    """The numbers that are in both ranges, or None."""
    low, high = max(one, other, key=_low), min(one, other, key=_high)
    met = Band(low.low, high.high, low.low_inside, high.high_inside)
    (begin, outside), (end, inside) = _low(met), _high(met)
    return met if begin < end or (begin == end and inside and not outside) else None


def _beyond(bands: tuple[Band, ...], others: tuple[Band, ...]) -> Iterator[Band]:
    """What one row of ranges reaches below and above another."""
    first, last = others[0], others[-1]
    sides = []
    if first.low is not None:
        sides.append(Band(high=first.low, high_inside=not first.low_inside))
    if last.high is not None:
        sides.append(Band(low=last.high, low_inside=not last.high_inside))
    whole = Band(bands[0].low, bands[-1].high, bands[0].low_inside, bands[-1].high_inside)
    return (met for side in sides if (met := _meeting(whole, side)))
