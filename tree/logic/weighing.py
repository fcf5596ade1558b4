"""What counts: of the statements that hold for a case, those that no other one sets aside.

Statements are defeasible rules with priorities, as in default logic. For each option that is not
plain they become sets of cases, shared decision diagrams; a plain option needs none.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..loading.overlaps import joined
from ..model.outweighing import on_options, outweighers
from ..model.parts import Condition, Reading, Standing, Statement
from .patient_sets import EVERYONE, NOBODY, Box, Sets, TooMuchWork

WORK = 1_000_000  # steps: some seconds
MOST_PRIMES = 20_000  # steps to find those of one condition
SPEAKING = (Standing.WITHHELD, Standing.PREFERRED, Standing.OFFERED)


@dataclass(frozen=True)
class StandingSets:
    """The cases for which an option has each standing; all others are left to silence.

    `each`: standings, the strongest first, with the numbers of sets that are disjoint.
    """

    sets: Sets
    each: tuple[tuple[Standing, int], ...]

    def levels(self) -> set[int]:
        """The factors, by their position, on which the standing depends."""
        return {level for _, number in self.each for level in self.sets.levels(number)}

    def given(self, level: int, value: int) -> StandingSets:
        """What is left when a factor, and none after it, has been answered, both by position."""
        after = ((s, self.sets.ends(number, level)[value]) for s, number in self.each)
        return StandingSets(self.sets, tuple(pair for pair in after if pair[1] != NOBODY))


def weighing(reading: Reading) -> Weighing:
    """How the statements of a guide weigh, worked out once."""
    kept = vars(reading)
    if "_weighing" not in kept:
        kept["_weighing"] = Weighing(reading)
    found: Weighing = kept["_weighing"]
    return found


class Weighing:
    """How the statements of a guide weigh on each option.

    A statement *counts* on an option where it holds and none that outweighs it holds: priorities
    are transitive, so of those that hold the topmost count, and an exception to an exception
    speaks for its own cases. An implied withholding that counts still gives way where a stated
    offer or preference counts; otherwise what counts *speaks*. It *decides* if nothing stronger
    speaks.

    Raises TooMuchWork where the conditions are too entangled to be weighed.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.outweighers = outweighers(reading.statements)
        self.sets = Sets([len(factor.values) for factor in reading.factors])
        self.sets.left = WORK
        self.weighed = frozenset(self._weighed())
        self.held: dict[str, int] = {}
        # For each statement and option that is weighed, the cases for which it speaks.
        self.speaking: dict[tuple[str, str], int] = {}
        for option in self.weighed:
            self._weigh(option)
        # For each option that is weighed, the cases for which it has each standing.
        self.standing = {option: self._standings(option) for option in self.weighed}

    def _weighed(self) -> Iterator[str]:
        """The options on which a statement that holds may still not speak."""
        for statement in self.reading.statements:
            for other in self.outweighers.get(statement.id, ()):
                yield from on_options(other, statement)
        for option, said in self.reading.on_option.items():
            if any(map(_is_implied_withholding, said)) and any(map(_is_stated_offer, said)):
                yield option

    def _weigh(self, option: str) -> None:
        said = self.reading.on_option[option]
        for _, statement in said:
            against = [self._holding(other) for other in self.outweighing(statement, option)]
            counting = self.sets.less(self._holding(statement), self._together(against))
            self.speaking[statement.id, option] = counting
        stated = [self.speaking[s.id, option] for s in _statements(filter(_is_stated_offer, said))]
        offered = self._together(stated)
        for statement in _statements(filter(_is_implied_withholding, said)):
            key = statement.id, option
            self.speaking[key] = self.sets.less(self.speaking[key], offered)

    def _standings(self, option: str) -> dict[Standing, int]:
        stronger, found = NOBODY, {}
        for standing in SPEAKING:
            said = self.reading.on_option[option]
            those = [self.speaking[s.id, option] for says, s in said if says is standing]
            together = self._together(those)
            found[standing] = self.sets.less(together, stronger)
            stronger = self.sets.either(stronger, together)
        return found

    def _holding(self, statement: Statement) -> int:
        if statement.id not in self.held:
            boxes = [box for box in map(self._box, statement.condition) if box is not None]
            self.held[statement.id] = self._together([self.sets.holding(box) for box in boxes])
        return self.held[statement.id]

    def _box(self, conjunction: Iterable[tuple[str, frozenset[str]]]) -> Box | None:
        values = joined(frozenset(conjunction))
        masks = {
            self._level[factor]: sum(
                1 << i for i, v in enumerate(self.reading.factor(factor).values) if v in allowed
            )
            for factor, allowed in values.items()
        }
        return tuple(sorted(masks.items())) if all(masks.values()) else None

    @cached_property
    def _level(self) -> dict[str, int]:
        return {factor.id: level for level, factor in enumerate(self.reading.factors)}

    def _together(self, sets: list[int]) -> int:
        """The cases in any of the sets; two and two, so that the large ones are joined last."""
        while len(sets) > 1:
            rest = sets[len(sets) - len(sets) % 2 :]
            sets = [self.sets.either(a, b) for a, b in zip(sets[::2], sets[1::2], strict=False)]
            sets += rest
        return sets[0] if sets else NOBODY

    # --- what can be asked ----------------------------------------------------------------

    def standings(self, option: str) -> StandingSets:
        """The cases for which an option that is weighed has each standing."""
        found = self.standing[option].items()
        return StandingSets(self.sets, tuple(pair for pair in found if pair[1] != NOBODY))

    def speaks(self, statement: Statement, option: str, answers: Mapping[str, str]) -> bool | None:
        """Whether a statement holds and nothing sets it aside; None while that is open."""
        if option not in self.weighed:
            return statement.applies(answers)
        known = {factor: (value,) for factor, value in answers.items()}
        return self._is_within(known, self.speaking[statement.id, option])

    def speaks_in(
        self, statement: Statement, option: str, box: Mapping[str, Collection[str]]
    ) -> bool | None:
        """Whether a statement speaks for all cases of a box, or for none; None if for some.

        `box`: for some factors the values of its cases. On a plain option a statement is said to
        speak for all of them only where one of its conjunctions holds for all.
        """
        if option in self.weighed:
            return self._is_within(box, self.speaking[statement.id, option])
        boxes = [
            [(set(box.get(f, self.reading.factor(f).values)), values) for f, values in conjunction]
            for conjunction in statement.condition
        ]
        if any(all(own <= values for own, values in each) for each in boxes):
            return True
        return None if any(all(own & values for own, values in each) for each in boxes) else False

    def outweighing(self, statement: Statement, option: str) -> list[Statement]:
        """Those that outweigh a statement on an option, in the order of the guide."""
        others = self.outweighers.get(statement.id, ())
        return [other for other in others if option in on_options(other, statement)]

    def giving_way_to(self, statement: Statement, option: str) -> list[Statement]:
        """What is stated for an option, if this is an implied withholding of it."""
        own = (statement.effect_on(option) or Standing.SILENT, statement)
        if option not in self.weighed or not _is_implied_withholding(own):
            return []
        return _statements(filter(_is_stated_offer, self.reading.on_option[option]))

    def set_aside_by(
        self, statement: Statement, option: str, answers: Mapping[str, str]
    ) -> tuple[Statement, ...]:
        """Those that keep a statement from speaking; if none surely does, those that may.

        In the order of the guide. Not those that are outweighed themselves, but those that
        outweigh them in turn.
        """
        keeping = {
            other.id: self.speaks(other, option, answers)
            for other in self.giving_way_to(statement, option)
        }
        seen, stack = {statement.id}, [statement]
        while stack:
            for other in itertools.chain(*self._above(stack.pop(), option)):
                holds = other.applies(answers)
                if holds is not False and other.id not in seen:
                    seen.add(other.id)
                    stack.append(other)
                    above = self._above(other, option)
                    if not all(any(one.applies(answers) for one in each) for each in above):
                        keeping[other.id] = holds
        by = {id for id, holds in keeping.items() if holds}
        by = by or {id for id, holds in keeping.items() if holds is None}
        return tuple(other for other in self.reading.statements if other.id in by)

    def _above(self, statement: Statement, option: str) -> list[list[Statement]]:
        """What outweighs a statement on an option; one that says nothing of it outweighs others as
        a whole, and may be outweighed on each of its own."""
        own = [on for on, _ in statement.effects]
        return [self.outweighing(statement, on) for on in ([option] if option in own else own)]

    def primes(self, statement: Statement) -> Condition:
        """The condition as all its prime implicants, the field's Blake canonical form.

        With some answers missing it surely holds where one of them does, and surely does not
        where none can. Where that takes too long it is left as it is written.
        """
        self.sets.left = MOST_PRIMES
        try:
            boxes = self.sets.primes(self._holding(statement))
        except TooMuchWork:
            return statement.condition
        factors = self.reading.factors
        found = [
            frozenset(
                (
                    factors[level].id,
                    frozenset(v for i, v in enumerate(factors[level].values) if mask >> i & 1),
                )
                for level, mask in box
            )
            for box in boxes
        ]
        # Those that are written come first, and in that order.
        written = [conjunction for conjunction in statement.condition if conjunction in found]
        return tuple(dict.fromkeys([*written, *found]))

    def asked(self, statement: Statement, option: str) -> frozenset[str]:
        """The factors on which it depends whether a statement speaks."""
        if option not in self.weighed:
            return statement.asked
        levels = self.sets.levels(self.speaking[statement.id, option])
        return frozenset(self.reading.factors[level].id for level in levels)

    def always_decides(self, statement: Statement, option: str) -> bool:
        """Whether a statement decides an option that is weighed wherever it holds."""
        decided = self.standing[option].get(statement.effect_on(option) or Standing.SILENT, NOBODY)
        return self._is_nobody(self.sets.less, self._holding(statement), decided)

    def never_decides(self, statement: Statement, option: str) -> bool:
        """Whether a statement decides an option that is weighed for no case at all."""
        decided = self.standing[option].get(statement.effect_on(option) or Standing.SILENT, NOBODY)
        return self._is_nobody(self.sets.both, self.speaking[statement.id, option], decided)

    def sets_aside(self, statement: Statement) -> bool:
        """Whether another statement that this one outweighs holds for a case of it."""
        holding = self._holding(statement)
        return any(
            not self._is_nobody(self.sets.both, holding, self._holding(other))
            for other in self._outweighed.get(statement.id, ())
        )

    @cached_property
    def _outweighed(self) -> dict[str, list[Statement]]:
        """For each statement that outweighs others, these."""
        found: dict[str, list[Statement]] = {}
        for id, others in self.outweighers.items():
            for other in others:
                found.setdefault(other.id, []).append(self.reading.statement(id))
        return found

    def _is_nobody(self, join: Callable[[int, int], int], one: int, other: int) -> bool:
        self.sets.left = WORK
        try:
            return join(one, other) == NOBODY
        except TooMuchWork:
            return False

    def _is_within(self, box: Mapping[str, Collection[str]], node: int) -> bool | None:
        """Whether all cases of a box are in a set, or none; None if some are."""
        factors = self.reading.factors
        ends, seen, stack = set(), {node}, [node]
        while stack:
            node = stack.pop()
            if node in (NOBODY, EVERYONE):
                ends.add(node)
                continue
            level, targets = self.sets.nodes[node]
            factor = factors[level]
            values = box.get(factor.id, factor.values)
            ahead = {t for value, t in zip(factor.values, targets, strict=True) if value in values}
            stack += ahead - seen
            seen |= ahead
        return None if len(ends) > 1 else ends == {EVERYONE}


def _is_implied_withholding(said: tuple[Standing, Statement]) -> bool:
    return said[0] is Standing.WITHHELD and said[1].basis == "implied"


def _is_stated_offer(said: tuple[Standing, Statement]) -> bool:
    return said[0] is not Standing.WITHHELD and said[1].basis == "stated"


def _statements(said: Iterable[tuple[Standing, Statement]]) -> list[Statement]:
    return [statement for _, statement in said]
