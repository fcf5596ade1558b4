"""What counts: of the statements that hold for a case, those that no other one sets aside.

Statements are defeasible rules with priorities, as in default logic. Every condition becomes a set
of cases, and every option a decision diagram of its own, over the factors that it depends on; all
of them share their nodes. Nothing here is a product of options.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property

from ..loading.overlaps import joined
from ..model.once import once
from ..model.outweighing import (
    is_implied_withholding,
    is_stated_offer,
    on_options,
    outweighers,
    weighed,
)
from ..model.parts import Conjunction, Factor, Reading, Standing, Statement
from .diagrams import EVERYONE, NOBODY, Box, Diagrams, TooMuchWork
from .masks import mask_of, values_in
from .residuals import strongest

WORK = 1_000_000  # steps: some seconds
AT_ONCE = 400  # of these for each condition of an option, before they are joined two and two
FEW = 8  # conditions of an option that are sooner joined one by one
# By their strength, which is the end of an option's diagram that stands for them.
STANDINGS = tuple(sorted(Standing, key=lambda standing: standing.strength))


@once
def decisions(reading: Reading) -> Decisions:
    """What the statements of a guide decide, worked out once."""
    return Decisions(reading)


class Decisions:
    """What the statements of a guide decide on each option.

    A statement *counts* on an option where it holds and none that outweighs it holds: priorities
    are transitive, so of those that hold the topmost count, and an exception to an exception
    speaks for its own cases. An implied withholding that counts still gives way where a stated
    offer or preference counts; otherwise what counts *speaks*. It *decides* if nothing stronger
    speaks.

    Raises TooMuchWork where the conditions are too entangled. `options`: those that are asked for,
    if not all.
    """

    def __init__(self, reading: Reading, options: Iterable[str] | None = None) -> None:
        self.reading = reading
        self.outweighers = outweighers(reading.statements)
        self.sets = Diagrams([len(factor.values) for factor in reading.factors])
        self.sets.left = WORK
        self.held: dict[str, int] = {}
        self._literals: dict[tuple[str, frozenset[str]], tuple[int, int]] = {}
        # For each statement and option on which others may set it aside, where it speaks.
        self.speaking: dict[tuple[str, str], int] = {}
        # For each option its standing for every case.
        self.standing: dict[str, int] = {}
        # The options on which a statement that holds may still not speak.
        self.weighed = frozenset(weighed(reading, self.outweighers))
        for option in (o.id for o in reading.options) if options is None else options:
            self._decide(option)

    def _decide(self, option: str) -> None:
        if option in self.weighed:
            self._weigh(option)
        said = self.reading.on_option[option]
        boxes, others = list[tuple[int, Conjunction]](), list[tuple[Standing, Statement]]()
        for says, statement in said:
            if self._is_plain(statement, option):
                # Its boxes are enough; its set takes longer.
                boxes += [(says.strength, each) for each in statement.condition]
            else:
                others.append((says, statement))
        try:
            found = self._strongest(boxes)
        except TooMuchWork:
            found, others = NOBODY, [*said]
        for says, pairs in itertools.groupby(others, key=lambda pair: pair[0]):
            speaking = self.sets.together(self.speaking_on(s, option) for _, s in pairs)
            one = self.sets.with_end(speaking, EVERYONE, says.strength)
            found = self.sets.stronger(found, one)
        self.standing[option] = found

    def _strongest(self, boxes: Sequence[tuple[int, Conjunction]]) -> int:
        """Where every case comes to the highest strength of the conjunctions that hold for it."""
        if len(boxes) > FEW:
            return strongest(self.sets, boxes, self._literal, AT_ONCE * len(boxes))
        found = NOBODY
        for strength, each in boxes:
            found = self.sets.stronger(found, self.sets.holding(self._box(each), strength))
        return found

    def _is_plain(self, statement: Statement, option: str) -> bool:
        """Whether a statement speaks wherever factors, and no counts, have some values."""
        if (statement.id, option) in self.speaking:
            return False
        if not self.reading.counts:
            return True
        return all(id in self._level for each in statement.condition for id, _ in each)

    def cases(self, option: str, standing: Standing) -> int:
        """The cases for which an option has a standing."""
        return self.sets.with_end(self.standing[option], standing.strength)

    def _weigh(self, option: str) -> None:
        said = self.reading.on_option[option]
        for _, statement in said:
            if others := self.outweighing(statement, option):
                above = self.sets.together(map(self.held_by, others))
                alone = self.sets.less(self.held_by(statement), above)
                self.speaking[statement.id, option] = alone
        offers = [each[1] for each in said if is_stated_offer(each)]
        withholdings = [each[1] for each in said if is_implied_withholding(each)]
        if offers and withholdings:
            offered = self.sets.together(self.speaking_on(s, option) for s in offers)
            for s in withholdings:
                alone = self.sets.less(self.speaking_on(s, option), offered)
                self.speaking[s.id, option] = alone

    # --- conditions -----------------------------------------------------------------------

    def held_by(self, statement: Statement) -> int:
        """The cases for which a statement holds."""
        if statement.id not in self.held:
            each = map(self._conjunction, statement.condition)
            self.held[statement.id] = self.sets.together(each)
        return self.held[statement.id]

    def _conjunction(self, conjunction: Conjunction) -> int:
        found = self.sets.holding(self._box(conjunction))
        for id, allowed in joined(conjunction).items() if self.reading.counts else ():
            if id not in self._level:
                found = self.sets.both(found, self.counted(self.reading.factor(id), allowed))
        return found

    def _box(self, conjunction: Conjunction) -> Box:
        """What a conjunction asks of factors, without counts; no value if it contradicts itself."""
        box = sorted([self._literal(one) for one in conjunction if one[0] in self._level])
        masks = dict(box)
        if len(masks) < len(box):
            return self._box(frozenset(joined(conjunction).items()))
        return tuple(box)

    def _literal(self, one: tuple[str, frozenset[str]]) -> tuple[int, int]:
        """A factor's level and a bit for each value allowed; conditions often name the same."""
        if one not in self._literals:
            id, allowed = one
            self._literals[one] = self._level[id], mask_of(self.reading.factor(id), allowed)
        return self._literals[one]

    def counted(self, factor: Factor, allowed: Collection[str]) -> int:
        """The cases for which a factor that counts others has one of some values."""
        points = []
        for id, worth in factor.points:
            other, each = self.reading.factor(id), dict(worth)
            applies = self._conjunction(other.asked_if)
            worths = [each.get(value, 0.0) for value in other.values]
            points.append((self._level[id], worths, applies))
        return self.sets.counted(sorted(points), lambda total: factor.value_of(total) in allowed)

    @cached_property
    def _level(self) -> dict[str, int]:
        return {factor.id: level for level, factor in enumerate(self.reading.factors)}

    # --- what can be asked ----------------------------------------------------------------

    def box(self, answers: Mapping[str, Collection[str]]) -> dict[int, int]:
        """Answers as a box of cases. Each is a value, or several that are possible."""
        return {
            self._level[id]: mask_of(self.reading.factor(id), answer)
            for id, answer in answers.items()
        }

    def _box_for(self, node: int, answers: Mapping[str, Collection[str]]) -> dict[int, int]:
        """The same of the factors that a set asks: of hundreds these are mostly few."""
        if not answers:
            return {}
        factors = self.reading.factors
        asked = ((level, factors[level]) for level in self.sets.levels(node))
        return {
            level: mask_of(factor, answers[factor.id])
            for level, factor in asked
            if factor.id in answers
        }

    def _is_in(self, node: int, answers: Mapping[str, Collection[str]]) -> bool | None:
        return self.sets.is_in(node, self._box_for(node, answers))

    def speaking_on(self, statement: Statement, option: str) -> int:
        """The cases for which a statement about an option holds and nothing sets it aside."""
        key = statement.id, option
        return self.speaking[key] if key in self.speaking else self.held_by(statement)

    def holds(self, statement: Statement, answers: Mapping[str, Collection[str]]) -> bool | None:
        """Whether a statement holds: True if surely, False if surely not, None while open.

        That is decided over all ways to fill in the open answers; the field calls it
        supervaluation. Clause by clause, Kleene's three-valued logic, it would be open too often.
        """
        return self._is_in(self.held_by(statement), answers)

    def all_that_hold(self, answers: Mapping[str, Collection[str]]) -> list[Statement]:
        """The statements that surely hold."""
        box, held = self.box(answers), self.held_by
        return [s for s in self.reading.statements if self.sets.is_in(held(s), box)]

    def speaks(
        self, statement: Statement, option: str, answers: Mapping[str, Collection[str]]
    ) -> bool | None:
        """Whether a statement holds and nothing sets it aside; None while that is open.

        With several answers to a factor: None also where it speaks for some of their cases.
        """
        return self._is_in(self.speaking_on(statement, option), answers)

    def possible(self, option: str, answers: Mapping[str, Collection[str]]) -> tuple[Standing, ...]:
        """Every standing that an option can have, the strongest first."""
        node = self.standing[option]
        ends = self.sets.reached(node, self._box_for(node, answers))
        return tuple(STANDINGS[end] for end in sorted(ends, reverse=True))

    def outweighing(self, statement: Statement, option: str) -> list[Statement]:
        """Those that outweigh a statement on an option, in the order of the guide."""
        others = self.outweighers.get(statement.id, ())
        return [other for other in others if option in on_options(other, statement)]

    def giving_way_to(self, statement: Statement, option: str) -> list[Statement]:
        """What is stated for an option, if this is an implied withholding of it."""
        own = (statement.effect_on(option) or Standing.SILENT, statement)
        if option not in self.weighed or not is_implied_withholding(own):
            return []
        return [said[1] for said in self.reading.on_option[option] if is_stated_offer(said)]

    def set_aside_by(
        self, statement: Statement, option: str, answers: Mapping[str, Collection[str]]
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
                holds = self.holds(other, answers)
                if holds is not False and other.id not in seen:
                    seen.add(other.id)
                    stack.append(other)
                    if self._can_count(other, option, answers):
                        keeping[other.id] = holds
        by = {id for id, holds in keeping.items() if holds}
        by = by or {id for id, holds in keeping.items() if holds is None}
        return tuple(other for other in self.reading.statements if other.id in by)

    def _can_count(
        self, statement: Statement, option: str, answers: Mapping[str, Collection[str]]
    ) -> bool:
        """Whether a statement counts for a case that fits the answers: nothing outweighs it."""
        held, box = self.held_by(statement), self.box(answers)
        self.sets.left = WORK
        try:
            alone = [
                self.sets.less(held, self.sets.together(map(self.held_by, above)))
                for above in self._above(statement, option)
            ]
        except TooMuchWork:
            return True
        return any(self.sets.is_in(node, box) is not False for node in alone)

    def _above(self, statement: Statement, option: str) -> list[list[Statement]]:
        """What outweighs a statement on an option; one that says nothing of it outweighs others as
        a whole, and may be outweighed on each of its own."""
        own = [on for on, _ in statement.effects]
        return [self.outweighing(statement, on) for on in ([option] if option in own else own)]

    def asked(self, statement: Statement, option: str) -> frozenset[str]:
        """The factors on which it depends whether a statement speaks."""
        return self._factors(self.speaking_on(statement, option))

    def asked_by(self, option: str) -> frozenset[str]:
        """The factors on which the standing of an option depends."""
        return self._factors(self.standing[option])

    def _factors(self, node: int) -> frozenset[str]:
        return frozenset(self.reading.factors[level].id for level in self.sets.levels(node))

    def always_decides(self, statement: Statement, option: str) -> bool:
        """Whether a statement decides an option wherever it holds."""
        held, same = self.held_by(statement), self._as_said(statement, option)
        return self._is_nobody(self.sets.less, held, same)

    def never_decides(self, statement: Statement, option: str) -> bool:
        """Whether a statement decides an option for no case at all."""
        speaking = self.speaking_on(statement, option)
        return self._is_nobody(self.sets.both, speaking, self._as_said(statement, option))

    def _as_said(self, statement: Statement, option: str) -> int:
        """The cases for which an option has the standing that a statement gives it."""
        return self.cases(option, statement.effect_on(option) or Standing.SILENT)

    def sets_aside(self, statement: Statement) -> bool:
        """Whether another statement that this one outweighs holds for a case of it."""
        return any(self.meet(statement, other) for other in self._outweighed.get(statement.id, ()))

    def meet(self, one: Statement, other: Statement) -> bool:
        """Whether two statements hold for the same case."""
        return not self._is_nobody(self.sets.both, self.held_by(one), self.held_by(other))

    def case_of(self, *statements: Statement) -> Mapping[str, frozenset[str]] | None:
        """Values with which all of these statements hold; None where there is no such case."""
        self.sets.left = WORK
        node = EVERYONE
        for statement in statements:
            node = self.sets.both(node, self.held_by(statement))
        if node == NOBODY:
            return None
        return self.values_on(self.sets.path(node))

    def values_on(self, path: Box) -> dict[str, frozenset[str]]:
        """The values that a path through a set takes."""
        found = ((self.reading.factors[level], mask) for level, mask in path)
        return {factor.id: values_in(factor, mask) for factor, mask in found}

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
