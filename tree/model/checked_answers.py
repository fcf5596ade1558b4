"""Answers as people write them → the values that they mean, or everything that is wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from .answers import Spelling, written
from .errors import AnswerError, allowed, shown
from .factors import Factor, OneOrSeveral

K = TypeVar("K", str, OneOrSeveral)


def one_each(
    factors: Sequence[Factor], counts: Sequence[Factor], answers: Mapping[str, object]
) -> dict[str, str]:
    """The value that each answer means, in the order of the factors, without the unknown ones.

    `counts`: those of others, which nobody answers. Raises AnswerError.
    """

    def is_unknown(factor: Factor, answer: object) -> bool:
        return factor.spelling.is_unknown(answer)

    return _checked(factors, counts, answers, Factor.value_of, is_unknown)


def some_each(
    factors: Sequence[Factor], counts: Sequence[Factor], answers: Mapping[str, object]
) -> dict[str, OneOrSeveral]:
    """The value, or the values, that each answer leaves possible. Raises AnswerError.

    >>> some_each([Factor("sky", "How is the sky?", (), ("blue", "grey", "black"))], [],
    ...     {"sky": "grey or black"})
    {'sky': ('grey', 'black')}
    """
    return _checked(factors, counts, answers, Factor.answer, Factor.is_unknown)


def _checked(
    factors: Sequence[Factor],
    counts: Sequence[Factor],
    answers: Mapping[str, object],
    read: Callable[[Factor, object], K | None],
    is_unknown: Callable[[Factor, object], bool],
) -> dict[str, K]:
    by_id = {factor.id: factor for factor in factors}
    wrong: list[str] = []
    known: dict[str, K] = {}
    for id, given in answers.items():
        if id not in by_id:
            wrong.append(_no_factor(id, by_id, counts))
            continue
        answer = read(by_id[id], given)
        if answer is not None:
            known[id] = answer
        elif not is_unknown(by_id[id], given):
            wrong.append(f"{id}: unknown value {unfitting(by_id[id].spelling, given)}")
    if wrong:
        raise AnswerError(wrong)
    return {id: known[id] for id in by_id if id in known}


def _no_factor(id: object, known: Mapping[str, Factor], counts: Sequence[Factor]) -> str:
    for count in counts:
        if count.id == id:
            others = ", ".join(other for other, _ in count.points)
            return f"{shown(id)} counts others: answer these: {others}"
    return f"unknown factor {shown(id)}: {allowed(str(id), known)}"


def unfitting(spelling: Spelling, answer: object, where: str = "") -> str:
    """An answer that fits no value, `where` it stands, why it does not fit, and what would.

    >>> unfitting(Spelling(("yes", "no")), "yess", " in 1 row")
    "'yess' in 1 row: did you mean 'yes'? allowed: yes, no, unknown"
    """
    word = written(answer)
    parts = (spelling.reason(answer), allowed(word, spelling.choices))
    return f"{shown(word)}{where}: {'; '.join(filter(None, parts))}"
