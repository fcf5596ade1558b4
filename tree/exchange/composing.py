"""Tables that ask for what other tables conclude → tables that ask for what is known.

The conclusions of a table become boxes: sets of cases, one set of answers for each input, with one
result in each. No two boxes share a case, and together they are all cases. It is the table's
decision diagram, taken apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..model.answers import NUMBER
from ..model.errors import Problem, TreeError, shown
from ..model.letters import alike
from .decision_table import (
    DecisionTable,
    HitPolicy,
    Input,
    InputAnswers,
    Rule,
    Test,
    answers_of,
    rank,
)

MOST_RULES = 5_000
MOST_STEPS = 200_000  # of work on one file
RuleBox = Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class Linked:
    """A table, and for each of its inputs the table and output that answer it, by their places;
    None for what is known."""

    table: DecisionTable
    sources: tuple[tuple[int, int] | None, ...]


def composed(linked: Sequence[Linked], file: str) -> tuple[DecisionTable, ...]:
    """The tables, each asking only for what is known; inputs of the same name are the same.

    Raises TreeError where tables ask each other in a circle, where one is asked for what can be
    several results at once, and where more than 5,000 rules would be needed.

    >>> from .decision_table import Output
    >>> tests = [(Test(("yes",)),), (Test(("no",)),)]
    >>> risk = DecisionTable("Risk", (Input("Fever"),), (Output("Risk"),),
    ...     (Rule("Row 1", tests[0], ("high",)), Rule("Row 2", tests[1], ("low",))))
    >>> step = DecisionTable("Step", (Input("Risk"),), (Output("Step"),),
    ...     (Rule("Row 1", (Test(("high",)),), ("call",)),))
    >>> _, made = composed([Linked(risk, (None,)), Linked(step, ((0, 0),))], "a file")
    >>> made.inputs[0].name, made.rules[0].place, str(made.rules[0].tests[0])
    ('Fever', 'Row 1 (Risk: high)', 'yes')
    """
    made = _Composer(linked, file)
    return tuple(made.table(place) for place in range(len(linked)))


class _Composer:
    def __init__(self, linked: Sequence[Linked], file: str) -> None:
        self.linked, self.file = linked, file
        self.made: dict[int, DecisionTable] = {}
        self.boxes: dict[tuple[int, int], list[tuple[RuleBox, str]]] = {}
        self.asking: list[int] = []
        self.steps = 0

    def refuse(self, table: DecisionTable, message: str) -> TreeError:
        return TreeError([Problem(self.file, *table.at, message)])

    @cached_property
    def known(self) -> dict[str, tuple[Input, InputAnswers]]:
        """What is asked of people, by name, with the answers that all tables tell apart."""
        asking: dict[str, list[tuple[Input, list[Test]]]] = {}
        for each in self.linked:
            for place, (input_, source) in enumerate(
                zip(each.table.inputs, each.sources, strict=True)
            ):
                if source is None:
                    tests = [test for rule in each.table.rules if (test := rule.tests[place])]
                    asking.setdefault(alike(input_.name), []).append((input_, tests))
        found = {}
        for name, several in asking.items():
            values = dict.fromkeys(value for input_, _ in several for value in input_.values)
            merged = replace(several[0][0], values=tuple(values))
            found[name] = (merged, answers_of(merged, [t for _, tests in several for t in tests]))
        return found

    def table(self, place: int) -> DecisionTable:
        """The table at a place, which asks only for what is known."""
        if place not in self.made:
            if place in self.asking:
                # Those before it ask for the circle, and are no part of it.
                circle = self.asking[self.asking.index(place) :]
                names = ", ".join(shown(self.linked[at].table.title) for at in circle)
                raise self.refuse(
                    self.linked[place].table, f"these tables ask each other in a circle: {names}"
                )
            self.asking.append(place)
            each = self.linked[place]
            self.made[place] = self._composed(each) if any(each.sources) else each.table
            self.asking.pop()
        return self.made[place]

    def _composed(self, each: Linked) -> DecisionTable:
        rules = [
            (rule, box, words)
            for rule in each.table.rules
            for box, words in self._cases(each, rule)
        ]
        if len(rules) > MOST_RULES:
            raise self._too_many(each.table)
        asked = dict.fromkeys(name for _, box, _ in rules for name in box)
        kinds = [self.known[name] for name in asked]
        return replace(
            each.table,
            inputs=tuple(input_ for input_, _ in kinds),
            rules=tuple(
                replace(
                    rule,
                    place=f"{rule.place} ({'; '.join(words)})" if words else rule.place,
                    tests=tuple(
                        answers.test(box[name]) if name in box else None
                        for name, (_, answers) in zip(asked, kinds, strict=True)
                    ),
                )
                for rule, box, words in rules
            ),
        )

    def _cases(self, each: Linked, rule: Rule) -> list[tuple[RuleBox, tuple[str, ...]]]:
        """The sets of cases in which a rule holds, each with the results that it takes."""
        found: list[tuple[RuleBox, tuple[str, ...]]] = [({}, ())]
        for column in range(len(each.sources)):
            ways = self._ways(each, rule, column)
            self.steps += len(ways) * len(found)
            if self.steps > MOST_STEPS:
                raise self._too_many(each.table)
            found = [
                (common, (*words, word) if word else words)
                for box, words in found
                for way, word in ways
                if (common := _common(box, way)) is not None
            ]
        return found

    def _too_many(self, table: DecisionTable) -> TreeError:
        return self.refuse(
            table,
            f"{shown(table.title)} asks for what other tables conclude; "
            f"that would make more than {MOST_RULES:,} rules of it",
        )

    def _ways(self, each: Linked, rule: Rule, column: int) -> list[tuple[RuleBox, str]]:
        """The sets of cases in which a test of a rule holds, each with the result that it takes."""
        test, source = rule.tests[column], each.sources[column]
        if test is None:
            return [({}, "")]
        if source is None:
            name = alike(each.table.inputs[column].name)
            return [({name: self.known[name][1].accepted(test)}, "")]
        output = self.linked[source[0]].table.outputs[source[1]].name
        return [
            (box, f"{output}: {result or 'nothing'}")
            for box, result in self._results(*source)
            if _passes(test, result)
        ]

    def _results(self, place: int, output: int) -> list[tuple[RuleBox, str]]:
        """The boxes of a table with their result for an output."""
        if (place, output) not in self.boxes:
            table = self.table(place)
            if table.policy is HitPolicy.EVERY:
                raise self.refuse(
                    table,
                    f"{shown(table.title)} can have several results at once, "
                    "and another table asks for one",
                )
            try:
                boxes = _Boxes(table, output, self.known).all()
            except _TooManyBoxes:
                raise self.refuse(
                    table,
                    f"another table asks for what {shown(table.title)} concludes; "
                    "there are too many ways to its results",
                ) from None
            self.boxes[place, output] = boxes
        return self.boxes[place, output]


def _common(box: RuleBox, other: RuleBox) -> RuleBox | None:
    """The cases in both of two boxes, None where there are none."""
    found = dict(box)
    for name, taken in other.items():
        found[name] = found[name] & taken if name in found else taken
        if not found[name]:
            return None
    return found


def _passes(test: Test, result: str) -> bool:
    """Whether what a table concludes passes a test; "" is no result."""
    if not result:
        return test.negated and not test.bands
    number = float(result) if NUMBER.fullmatch(result) else None
    held = result in test.values or (
        number is not None and any(band.holds(number) for band in test.bands)
    )
    return held != test.negated


class _TooManyBoxes(Exception):
    pass


# The answers to each input, from one on, and the result; None where any answer will do.
_Row = tuple[tuple[frozenset[int] | None, ...], str]


class _Boxes:
    """The cases of a table as boxes with one result each."""

    def __init__(
        self, table: DecisionTable, output: int, known: Mapping[str, tuple[Input, InputAnswers]]
    ) -> None:
        self.table, self.output = table, output
        self.names = [alike(input_.name) for input_ in table.inputs]
        self.masks: list[list[int]] = []
        for column, name in enumerate(self.names):
            masks = [0] * len(known[name][1].names)
            for place, rule in enumerate(table.rules):
                for answer in known[name][1].accepted(rule.tests[column]):
                    masks[answer] |= 1 << place
            self.masks.append(masks)
        self.ranks = [rank(table, place) for place in range(len(table.rules))]
        self.found: dict[tuple[int, int], tuple[_Row, ...]] = {}
        self.rows = 0

    def all(self) -> list[tuple[RuleBox, str]]:
        """All boxes. Raises _TooManyBoxes."""
        return [
            ({n: taken for n, taken in zip(self.names, row, strict=True) if taken}, result)
            for row, result in self._split(0, (1 << len(self.table.rules)) - 1)
        ]

    def _split(self, column: int, alive: int) -> tuple[_Row, ...]:
        """The boxes over the inputs from a column on, of the rules that are alive before it."""
        if column == len(self.names) or not alive:
            return (((None,) * (len(self.names) - column), self._result(alive)),)
        if (column, alive) not in self.found:
            ahead: dict[tuple[_Row, ...], list[int]] = {}
            for answer, mask in enumerate(self.masks[column]):
                ahead.setdefault(self._split(column + 1, alive & mask), []).append(answer)
            rows: list[_Row] = []
            for rest, answers in ahead.items():
                taken = frozenset(answers) if len(ahead) > 1 else None
                rows += [((taken, *row), result) for row, result in rest]
            self.rows += len(rows)
            if len(rows) > MOST_RULES or self.rows > MOST_STEPS:
                raise _TooManyBoxes
            self.found[column, alive] = tuple(rows)
        return self.found[column, alive]

    def _result(self, alive: int) -> str:
        """What the rules that hold conclude."""
        places = [place for place in range(len(self.table.rules)) if alive >> place & 1]
        if not places:
            return self.table.outputs[self.output].default
        return self.table.rules[min(places, key=self.ranks.__getitem__)].results[self.output]
