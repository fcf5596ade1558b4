"""A case in the words of a message."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.parts import Reading

MOST_ANSWERS = 8


def case_answers(reading: Reading, case: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Of each factor that a case answers, in their order, one value: the first that will do."""
    return {
        factor.id: next(v for v in factor.values if v in case[factor.id])
        for factor in reading.factors
        if factor.id in case
    }


def case_words(reading: Reading, case: Mapping[str, frozenset[str]]) -> str:
    """A case in words; of several values that would do, the first."""
    answers = [f"{factor}={value}" for factor, value in case_answers(reading, case).items()]
    more = [f"... ({len(answers)} answers)"] if len(answers) > MOST_ANSWERS else []
    return ", ".join([*answers[:MOST_ANSWERS], *more]) or f"any {reading.subject.singular}"
