"""Conflicts between statements, each said once: what one statement shares with several others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from ..messages import in_a_row, say
from ..model.errors import Problem
from ..model.findings import FindingKind
from .plain_problems import NamesOnScreen, case_in_words, named, plainly

# A statement, and whether it is the one that rules something out.
_DisputeSide = tuple[str, bool]


@dataclass(frozen=True)
class Dispute:
    """One statement, and the others that it is in conflict with; one of them is an exception.

    `problems`: what `check` says of it, one for each option, or for each of the others.
    """

    problems: tuple[Problem, ...]
    statement: str
    others: tuple[str, ...]
    rules_out: bool

    def message(self, names: NamesOnScreen) -> str:
        """The conflict in the words of the text, with one case in which it shows."""
        first = self.problems[0]
        parts = _parts(first)
        options = list(dict.fromkeys(str(_parts(each)["option"]) for each in self.problems))
        listed = in_a_row(named(names, "options", id) for id in options)
        if len(self.others) == 1:
            return plainly(first, names, option=listed)
        words = {
            "statement": named(names, "statements", self.statement),
            "options": listed,
            "count": len(self.others),
            "case": case_in_words(names, cast(dict[str, str], parts["case"])),
        }
        if is_implied(first):
            return say(
                "{options}: {statement} implies that it is ruled out, and speaks against {count} "
                "others, such as where: {case}. What is only implied gives way there, unless you "
                "say that it is the exception.",
                **words,
            )
        if self.rules_out:
            return say(
                "{options}: {statement} rules it out, and {count} others speak for it, such as "
                "where: {case}. Which of them is the exception?",
                **words,
            )
        return say(
            "{options}: {statement} speaks for it, and {count} others rule it out, such as where: "
            "{case}. Which of them is the exception?",
            **words,
        )


def is_conflict(problem: Problem) -> bool:
    """Whether two statements say different things of an option for the same case."""
    kinds = (FindingKind.CONFLICT, FindingKind.GIVES_WAY)
    return problem.finding is not None and problem.finding.kind in kinds


def is_implied(problem: Problem) -> bool:
    """Whether what rules the option out is only implied."""
    return problem.finding is not None and problem.finding.kind is FindingKind.GIVES_WAY


def disputes(problems: Iterable[Problem]) -> Iterator[Dispute]:
    """The conflicts among some problems, each in one dispute, the largest disputes first.

    That is a greedy set cover: it takes the statement that most of what is left has in common.
    """
    for implied in (False, True):
        left = [each for each in problems if is_conflict(each) and is_implied(each) is implied]
        while left:
            count = Counter(side for each in left for side in _sides(each))
            side = max(count, key=lambda each: (count[each], each[1]))
            shared = [each for each in left if side in _sides(each)]
            left = [each for each in left if each not in shared]
            statement, rules_out = side
            found = [_others(each) if rules_out else (_statement(each),) for each in shared]
            others = dict.fromkeys(id for each in found for id in each)
            yield Dispute(tuple(shared), statement, tuple(others), rules_out)


def _sides(problem: Problem) -> list[_DisputeSide]:
    """What a conflict can be put together with others by."""
    others = _others(problem)
    return [(_statement(problem), True), *((id, False) for id in others if len(others) == 1)]


def _parts(problem: Problem) -> dict[str, object]:
    return problem.finding.parts if problem.finding else {}


def _statement(problem: Problem) -> str:
    return str(_parts(problem)["statement"])


def _others(problem: Problem) -> tuple[str, ...]:
    return cast(tuple[str, ...], _parts(problem)["others"])
