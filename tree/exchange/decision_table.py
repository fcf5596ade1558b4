"""A decision table: rules over inputs, each leading to results, and which of those that hold count.

What all formats of decision tables have in common. The reader of a format makes a `DecisionTable`,
and `table_guide.guide_of` makes a guide of it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from ..loading.limits import parted
from ..messages import either, number, say, worded
from ..model.answers import Band
from ..model.ranges import common, joined
from ..model.ranges import named_by_bounds as band_names

YES_NO = ("yes", "no")
# A line and a column of the source, both from 1.
SourcePlace = tuple[int, int]
NOWHERE: SourcePlace = (0, 0)


class HitPolicy(StrEnum):
    """Which rules count where several hold; the names are those of DMN, but for the last."""

    UNIQUE = "unique"  # no two rules may hold for the same case
    ANY = "any"  # rules that hold together have the same results
    FIRST = "first"  # the topmost rule that holds
    PRIORITY = "priority"  # the rule whose result stands first among the values of the output
    EVERY = "every"  # all rules that hold, each for itself: DMN's rule order and collect


@dataclass(frozen=True)
class Test:
    """What a rule asks of one input: one of some values, or a number within one of some bands.

    `negated`: none of these instead. `words`: how the source writes it, if the rule should be read
    in its own words.

    >>> print(Test(values=("low", "medium")), Test(bands=(Band(18, low_inside=True),)), sep="; ")
    low or medium; 18 or more
    """

    __test__ = False  # pytest would take it for a class of tests

    values: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    negated: bool = False
    words: str = ""

    def __str__(self) -> str:
        any_of = either([*map(worded, self.values), *map(_in_words, self.bands)])
        return say("not {answers}", answers=any_of) if self.negated else any_of


def _in_words(band: Band) -> str:
    """A band in words; one that holds a single number by that number."""
    alone = band.low is not None and band.low == band.high
    return number(f"{band.low:.12g}") if alone else str(band)


@dataclass(frozen=True)
class Input:
    """What a table asks. `values`: all that it allows, where it says so; `unit`: of a number."""

    name: str
    values: tuple[str, ...] = ()
    unit: str = ""
    about: str = ""


@dataclass(frozen=True)
class Output:
    """What a table concludes. `values`: its results, by priority, where the table lists them.

    `default`: the result where no rule holds, "" for none.
    """

    name: str
    values: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Rule:
    """One row. `tests` has one for each input, None where any answer will do; `results` one for
    each output, "" where the rule says nothing of it. `place`: what the source calls the row; `at`:
    where that stands.
    """

    place: str
    tests: tuple[Test | None, ...]
    results: tuple[str, ...]
    notes: tuple[str, ...] = ()
    at: SourcePlace = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class DecisionTable:
    """A decision table. `about`: what its source says of the whole, line by line; `medical`:
    whether its cases are patients; `lost`: what its source says and it does not; `at`: where it
    stands in its source.

    >>> risk = Input("risk", ("low", "high"))
    >>> rules = (Rule("1", (Test(("low",)),), ("wait",)), Rule("2", (Test(("high",)),), ("act",)))
    >>> table = DecisionTable("What to do?", (risk,), (Output("step"),), rules)
    >>> table.answers[0].names, [sorted(taken) for taken in table.accepted[1]]
    (('low', 'high'), [[1]])
    """

    title: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    policy: HitPolicy = HitPolicy.UNIQUE
    about: tuple[str, ...] = ()
    medical: bool = False
    lost: tuple[str, ...] = ()
    at: SourcePlace = field(default=NOWHERE, compare=False)

    @cached_property
    def answers(self) -> tuple[InputAnswers, ...]:
        """The answers that each input tells apart."""
        columns = zip(*(rule.tests for rule in self.rules), strict=True)
        tests = list(columns) if self.rules else [()] * len(self.inputs)
        return tuple(
            answers_of(input_, [test for test in column if test])
            for input_, column in zip(self.inputs, tests, strict=True)
        )

    @cached_property
    def accepted(self) -> tuple[tuple[frozenset[int], ...], ...]:
        """For each rule and input the answers, by their place, with which the rule holds."""
        return tuple(
            tuple(
                answers.accepted(test)
                for answers, test in zip(self.answers, rule.tests, strict=True)
            )
            for rule in self.rules
        )

    @cached_property
    def results(self) -> tuple[tuple[str, ...], ...]:
        """The results of each output: by priority, then in the order of the rules."""
        return tuple(
            tuple(
                filter(
                    None,
                    dict.fromkeys(
                        [
                            *output.values,
                            *(rule.results[place] for rule in self.rules),
                            output.default,
                        ]
                    ),
                )
            )
            for place, output in enumerate(self.outputs)
        )


@dataclass(frozen=True)
class InputAnswers:
    """The answers to an input: names, then the bands of a number, which have names, too.

    `other`: whether the last of the names stands for all that the table does not name.
    """

    names: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    other: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The answers that are no bands."""
        return self.names[len(self.bands) :]

    def accepted(self, test: Test | None) -> frozenset[int]:
        """The places of the answers that a test allows."""
        if test is None:
            return frozenset(range(len(self.names)))
        taken = {
            place for place, name in enumerate(self.words, len(self.bands)) if name in test.values
        }
        taken |= {
            place
            for place, band in enumerate(self.bands)
            if any(common(band, wanted) for wanted in test.bands)
        }
        return frozenset(set(range(len(self.names))) - taken if test.negated else taken)

    def test(self, places: Collection[int]) -> Test | None:
        """The test that allows just the answers at some places; None where it allows all.

        >>> print(InputAnswers(("a", "b", "another"), other=True).test({1, 2}))
        not a
        """
        every = range(len(self.names))
        if len(places) == len(self.names):
            return None
        # What the table does not name can only be what is none of the others.
        negated = self.other and every[-1] in places
        named = [place for place in every if (place in places) != negated]
        return Test(
            tuple(self.names[place] for place in named if place >= len(self.bands)),
            joined(self.bands[place] for place in named if place < len(self.bands)),
            negated,
        )


def answers_of(input_: Input, tests: Sequence[Test]) -> InputAnswers:
    """The answers that tests tell apart: the bands between all limits, and all values named.

    Where that would be a single answer, or one test takes all answers that are named, what the
    table does not name is an answer, too.
    """
    limits = [band for test in tests for band in test.bands]
    bands = parted(limits, Band()) if limits else ()
    words = list(dict.fromkeys([*input_.values, *(v for test in tests for v in test.values)]))
    spelled = {word.casefold(): word for word in words}
    yes_no = not bands and set(spelled) <= set(YES_NO)
    if yes_no:
        words = [spelled.get(word, word) for word in YES_NO]
    # Who names all that a table knows of, and not any answer, knows of something more.
    more = not input_.values and not yes_no and not bands
    other = bool(words) and more and (len(words) < 2 or any(_all_of(t, words) for t in tests))
    other |= not bands and any(_all_of(test, words) for test in tests if test.negated)
    if other:
        words.append(_unused(say("another"), words))
    return InputAnswers((*band_names(bands, input_.unit), *words), bands, other)


def _all_of(test: Test, words: Iterable[str]) -> bool:
    return set(words) <= set(test.values)


def _unused(name: str, taken: Sequence[str]) -> str:
    names = (name if n == 1 else f"{name} ({n})" for n in range(1, len(taken) + 2))
    return next(each for each in names if each not in taken)


def titled(tables: Sequence[DecisionTable]) -> tuple[DecisionTable, ...]:
    """The tables, with rules that are called after their table, too, where there are several.

    >>> table = DecisionTable("Drink", (), (Output("cup"),), (Rule("Row 1", (), ("tea",)),))
    >>> [each.rules[0].place for each in titled([table, table])]
    ['Drink, Row 1', 'Drink, Row 1']
    """
    if len(tables) < 2:
        return tuple(tables)
    return tuple(
        replace(
            each,
            rules=tuple(replace(rule, place=f"{each.title}, {rule.place}") for rule in each.rules),
        )
        for each in tables
    )


TableCase = tuple[int, ...]


def overlapping(table: DecisionTable) -> list[int]:
    """For each rule the rules before it that hold together with it for some case, as the bits of a
    number: bit 0 is the first rule.
    """
    masks = [[0] * len(answers.names) for answers in table.answers]
    found = []
    for place, accepted in enumerate(table.accepted):
        meeting = (1 << place) - 1
        for mask, taken in zip(masks, accepted, strict=True):
            own = 0
            for answer in taken:
                own |= mask[answer]
                mask[answer] |= 1 << place
            meeting &= own
        found.append(meeting)
    return found


# Of several rules that hold, one alone counts.
ONE_COUNTS = (HitPolicy.FIRST, HitPolicy.PRIORITY)


def rank(table: DecisionTable, place: int) -> tuple[int, ...]:
    """What orders the rules of which one alone counts: the lowest one does.

    By priority of the results, the first output before the others, and nothing said last. Of equal
    ones, and where the first rule counts, by their place in the table.
    """
    if table.policy is HitPolicy.FIRST:
        return (place,)
    ranks = []
    for output, said in enumerate(table.rules[place].results):
        results = table.results[output]
        ranks.append(results.index(said) if said else len(results))
    return (*ranks, place)


def counting(table: DecisionTable, case: TableCase) -> tuple[frozenset[str], ...]:
    """The results that count for a case, for each output: what the table decides, worked out
    directly.

    `case`: for each input the place of its answer. An independent judge of the guide that is made
    of a table.
    """
    holding = [
        place
        for place, accepted in enumerate(table.accepted)
        if all(answer in taken for answer, taken in zip(case, accepted, strict=True))
    ]
    if table.policy in ONE_COUNTS:
        holding = sorted(holding, key=lambda place: rank(table, place))[:1]
    said = [table.rules[place].results for place in holding]
    if not holding:
        said = [tuple(output.default for output in table.outputs)]
    return tuple(frozenset(results) - {""} for results in zip(*said, strict=True))


def cases(table: DecisionTable) -> int:
    """How many cases the inputs tell apart."""
    return math.prod(len(answers.names) for answers in table.answers)
