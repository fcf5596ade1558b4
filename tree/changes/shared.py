"""The factors of two guides, with the values that patients of both can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..model.parts import Band, Condition, Conjunction, Factor
from .align import Aligned

# What a value of one guide is among the values of both; a value left out is not among them.
Meaning = Mapping[str, frozenset[str]]
# For each factor of one guide its name among those of both, and what its values mean there.
Meanings = Mapping[str, tuple[str, Meaning]]


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
    every = (*found, *apart, *rest)
    before, after = meanings(every)
    named = dependences(aligned.named.factors, before), dependences(aligned.after.factors, after)
    return tuple(_asked_alike(shared, *named) for shared in every)


def meanings(factors: Iterable[Shared]) -> tuple[Meanings, Meanings]:
    """What the factors and values of each of two guides are among those of both."""
    found = tuple(factors)
    return (
        {f.id: (f.factor.id, f.before) for f in found if f.before is not None},
        {f.id: (f.factor.id, f.after) for f in found if f.after is not None},
    )


def dependences(factors: Iterable[Factor], meanings: Meanings) -> dict[str, Conjunction]:
    """What each factor of a guide depends on, said with the factors and values of both."""
    asked = (factor for factor in factors if factor.id in meanings)
    return {meanings[f.id][0]: translated((f.asked_if,), meanings)[0] for f in asked}


def _asked_alike(
    shared: Shared, before: Mapping[str, Conjunction], after: Mapping[str, Conjunction]
) -> Shared:
    """With what the factor depends on in both guides; with nothing where they differ."""
    id = shared.factor.id
    own = {guide[id] for guide in (before, after) if id in guide}
    asked_if = own.pop() if len(own) == 1 else frozenset()
    return replace(shared, factor=replace(shared.factor, asked_if=asked_if))


def translated(condition: Condition, meanings: Meanings) -> Condition:
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


def recounted(count: Factor, meanings: Meanings) -> Factor:
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
