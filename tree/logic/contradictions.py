"""Relations of options that contradict each other for the same case.

What one statement combines, another keeps apart, or has one of in the place of the other; or
several put options in an order, or in each other's place, that goes in a circle. That counts where
all of them hold and the options are there, that is preferred or offered.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..loading.relations import circle
from ..model.errors import WARNING, Problem, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import Reading, Statement
from ..model.relations import Member, Relation, RelationKind
from .beside import THERE
from .case_words import case_answers, case_words
from .decisions import WORK, decisions
from .diagrams import EVERYONE, NOBODY, TooMuchWork

MOST_REPORTED = 50
MEANT = "say for whom each of them holds, with 'when' or 'unless'"
# Who contradict each other may both be right to be shown: a text says what it says.
BOTH = "two authors may disagree, and both are shown"
# An option and the statement that goes on from it.
RelationStep = tuple[str, Statement]


def contradictions(reading: Reading) -> list[Problem]:
    """The relations that contradict each other, each pair or circle with one case.

    An error within a passage. Two passages may disagree, so between them it is a warning.
    """
    related = [(s, s.relation) for s in reading.statements if s.relation]
    if len(related) < 2:
        return []
    finder = _Contradictions(reading, related)
    found: list[Problem] = []
    # Where the conditions are too entangled, those that were found are reported.
    with contextlib.suppress(TooMuchWork):
        for problem in itertools.chain(
            finder.against_combinations(),
            finder.in_circles(RelationKind.ORDER),
            finder.in_circles(RelationKind.INSTEAD),
        ):
            found.append(problem)
            if len(found) == MOST_REPORTED:
                break
    return found


class _Contradictions:
    def __init__(self, reading: Reading, related: Sequence[tuple[Statement, Relation]]) -> None:
        self.reading, self.related = reading, related
        self.decided = decisions(reading)
        self.sets = self.decided.sets
        self.sets.left = WORK

    def of_kind(self, *kinds: RelationKind) -> list[tuple[Statement, Relation]]:
        return [(s, relation) for s, relation in self.related if relation.kind in kinds]

    # --- what is combined, and is not to be -------------------------------------------------

    def against_combinations(self) -> Iterator[Problem]:
        against = self.of_kind(RelationKind.APART, RelationKind.INSTEAD)
        for (one, combined), (other, parted) in itertools.product(
            self.of_kind(RelationKind.COMBINE), against
        ):
            if len({*combined.options} & {*parted.options}) < 2:
                continue
            both = self.sets.both(self.decided.held_by(one), self.decided.held_by(other))
            for pair in itertools.combinations(combined.members, 2):
                cases = self.sets.both(both, self.nothing_left(pair, parted))
                if cases != NOBODY:
                    yield self.combined(one, other, parted, pair, cases)
                    break

    def nothing_left(self, pair: Sequence[Member], parted: Relation) -> int:
        """The cases for which two members are there, and no two options of theirs that may go
        together."""
        side = {o: place for place, m in enumerate(parted.members) for o in m.options}
        first, second = pair
        allowed = NOBODY
        for option in first.options:
            own = side.get(option)
            others = [o for o in second.options if own is None or side.get(o) in (None, own)]
            together = self.sets.together(map(self.there, others))
            allowed = self.sets.either(allowed, self.sets.both(self.there(option), together))
        there = [self.sets.together(map(self.there, member.options)) for member in pair]
        return self.sets.less(self.sets.both(*there), allowed)

    def combined(
        self, one: Statement, other: Statement, parted: Relation, pair: Sequence[Member], cases: int
    ) -> Problem:
        first, second = (
            next(o for o in m.options if self.sets.both(cases, self.there(o)) != NOBODY)
            for m in pair
        )
        what, kind = f"keeps {shown(first)} and {shown(second)} apart", FindingKind.KEPT_APART
        if parted.kind is RelationKind.INSTEAD:
            of, use = (first, second) if first in parted.members[0].options else (second, first)
            what, kind = f"uses {shown(use)} instead of {shown(of)}", FindingKind.REPLACED
        same = f"for the same {self.reading.subject.singular}"
        message = f"{shown(other.id)} {what}, which {shown(one.id)} combines {same}"
        return self.problem([one, other], message, cases, kind, [first, second])

    # --- circles ----------------------------------------------------------------------------

    def in_circles(self, kind: RelationKind) -> Iterator[Problem]:
        """Circles of a kind: within each passage, and if there are none, between them."""
        statements = self.of_kind(kind)
        passages = dict.fromkeys(_passage(s) for s, _ in statements)
        within = [[each for each in statements if _passage(each[0]) == p] for p in passages]
        found = False
        for some in [*within, statements]:
            if found and some is statements:
                return
            if circle := self.circle(some):
                found = True
                yield self.circular(kind, *circle)

    def circle(
        self, statements: Sequence[tuple[Statement, Relation]]
    ) -> tuple[list[RelationStep], int] | None:
        """The shortest circle for any case: its steps, and the cases for which it is one."""
        if not circle([step for _, relation in statements for step in pairwise(relation.members)]):
            return None  # whatever holds for whom
        steps = {
            o: list[tuple[str, int, Statement]]()
            for _, relation in statements
            for o in relation.options
        }
        for statement, relation in statements:
            for one, other in itertools.combinations(relation.members, 2):
                for first, then in itertools.product(one.options, other.options):
                    steps[first].append((then, self.step(statement, first, then), statement))
        for start in steps:
            seen = {(start, EVERYONE)}
            ways: deque[tuple[str, int, list[RelationStep]]] = deque([(start, EVERYONE, [])])
            while ways:
                option, cases, path = ways.popleft()
                for then, when, statement in steps[option]:
                    left = self.sets.both(cases, when)
                    step = (option, statement)
                    if left == NOBODY:
                        continue
                    if then == start:
                        return [*path, step], left
                    if (then, left) not in seen:
                        seen.add((then, left))
                        ways.append((then, left, [*path, step]))
        return None

    def circular(self, kind: RelationKind, steps: Sequence[RelationStep], cases: int) -> Problem:
        statements = list({s.id: s for _, s in steps}.values())
        names = " and ".join(shown(statement.id) for statement in statements)
        put = "put" if len(statements) > 1 else "puts"
        options = [option for option, _ in steps]
        turn = f", {'then' if kind is RelationKind.ORDER else 'for it'} "
        what = "in an order that goes" if kind is RelationKind.ORDER else "in each other's place,"
        going = turn.join(map(shown, [*options, options[0]]))
        same = f"for the same {self.reading.subject.singular}"
        message = f"{names} {put} options {what} in a circle {same} ({going})"
        circle = FindingKind.ORDER_CIRCLE
        circle = circle if kind is RelationKind.ORDER else FindingKind.INSTEAD_CIRCLE
        return self.problem(statements, message, cases, circle, [*options, options[0]])

    def problem(
        self,
        statements: Sequence[Statement],
        message: str,
        cases: int,
        kind: FindingKind,
        options: Sequence[str],
    ) -> Problem:
        """What is wrong, at the last of the statements, with one case."""
        one_author = len({_passage(statement) for statement in statements}) == 1
        last = max(statements, key=self.reading.statements.index)
        path = self.decided.values_on(self.sets.path(cases))
        case = case_words(self.reading, path)
        return Problem(
            self.reading.file,
            *self.reading.places.get(("statement", last.id), (1, 1)),
            f"{'conflict' if one_author else 'passages disagree'}: {message}, such as {case}; "
            f"{MEANT if one_author else BOTH}",
            "error" if one_author else WARNING,
            finding=Finding(
                kind,
                statements=tuple(s.id for s in statements),
                options=tuple(options),
                case=case_answers(self.reading, path),
            ),
        )

    def step(self, statement: Statement, first: str, then: str) -> int:
        """The cases for which a statement puts one option before, or in the place of, another."""
        there = self.sets.both(self.there(first), self.there(then))
        return self.sets.both(self.decided.held_by(statement), there)

    def there(self, option: str) -> int:
        """The cases for which an option is preferred or offered."""
        return self.sets.together(self.decided.cases(option, standing) for standing in THERE)


def _passage(statement: Statement) -> str:
    """Whose words it quotes first."""
    return statement.quotes[0].passage if statement.quotes else ""
