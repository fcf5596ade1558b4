"""What a condition asks of a form of questions: comparisons of its answers, and in FHIRPath."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ..messages import worded
from ..model.answers import YES_NO, Band
from ..model.factors import Factor
from ..model.ranges import joined

RESPONSE = "%qr"  # how expressions call the answered form


@dataclass(frozen=True)
class AnswerComparison:
    """An answer beside what it is compared with. `item`: the question; `operator`: FHIR's.

    >>> print(AnswerComparison("age", ">=", 18))
    %qr.item.where(linkId='age').answer.value >= 18
    """

    item: str
    operator: str
    answer: bool | float | str

    def __str__(self) -> str:
        value = answer_to(self.item)
        if self.operator == "exists":
            return f"{value}.exists()" + ".not()" * (not self.answer)
        return f"{value} {self.operator} {literal(self.answer)}"


# Comparisons all of which have to be so, for each of several ways to fulfil a condition.
Ways = tuple[tuple[AnswerComparison, ...], ...]


def is_yes_no(factor: Factor) -> bool:
    """Whether a question is answered by yes or no."""
    return not factor.bands and set(factor.values) == set(YES_NO)


def beside_number(factor: Factor) -> str:
    """The item with the answers that are no number, where a question has a number, too."""
    return f"{factor.id}.other"


def ways(factor: Factor, values: Collection[str]) -> Ways:
    """The ways in which a question can have one of some values.

    >>> age = Factor("age", "Age?", (), ("child", "adult"), bands=(Band(high=18), Band(18)))
    >>> [str(each) for way in ways(age, {"child"}) for each in way]
    ["%qr.item.where(linkId='age').answer.value < 18"]
    """
    if is_yes_no(factor):
        if len(values) == len(factor.values):
            return ((AnswerComparison(factor.id, "exists", True),),)
        return tuple((AnswerComparison(factor.id, "=", value == "yes"),) for value in values)
    named = zip(factor.values, factor.bands, strict=False)
    bands = joined([band for value, band in named if value in values])
    item = beside_number(factor) if factor.bands else factor.id
    words = [value for value in factor.values[len(factor.bands) :] if value in values]
    return (
        *(_within(factor.id, band) for band in bands),
        *((AnswerComparison(item, "=", worded(word)),) for word in words),
    )


def _within(item: str, band: Band) -> tuple[AnswerComparison, ...]:
    """That a number lies in a band."""
    if band.low is not None and band.low == band.high:
        return (AnswerComparison(item, "=", band.low),)
    found = []
    if band.low is not None:
        found.append(AnswerComparison(item, ">=" if band.low_inside else ">", band.low))
    if band.high is not None:
        found.append(AnswerComparison(item, "<=" if band.high_inside else "<", band.high))
    return tuple(found) or (AnswerComparison(item, "exists", True),)


def expression(conditions: Sequence[Sequence[Ways]]) -> str:
    """Conditions in FHIRPath: it is true where all of one of them are fulfilled.

    An answer that is missing makes an expression empty where it matters; empty is not true.
    """
    return _joined(" or ", (_joined(" and ", map(_any, each)) for each in conditions))


def _any(several: Ways) -> str:
    """One of several ways. Words to choose from stand in a list."""
    listed = [way[0] for way in several if len(way) == 1 and isinstance(way[0].answer, str)]
    if len(listed) < 2:
        return _joined(" or ", (_joined(" and ", map(str, way)) for way in several))
    others = tuple(way for way in several if way[0] not in listed)
    words = " | ".join(literal(each.answer) for each in listed)
    one_of = f"{answer_to(listed[0].item)} in ({words})"
    return _joined(" or ", [*(_any((way,)) for way in others), one_of])


def _joined(word: str, parts: Iterable[str]) -> str:
    """Parts with a word between them, each in brackets that has such words itself."""
    found = list(parts)
    if len(found) == 1:
        return found[0]
    bare = (any(between in part for between in (" and ", " or ")) for part in found)
    return word.join(f"({part})" if has else part for part, has in zip(found, bare, strict=True))


def answer_to(item: str) -> str:
    """The answer to an item, in FHIRPath."""
    return f"{RESPONSE}.item.where(linkId='{item}').answer.value"


def literal(answer: bool | float | str) -> str:
    """A value as FHIRPath writes it.

    >>> print(literal(True), literal(4.5), literal("isn't"))
    true 4.5 'isn\\'t'
    """
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, str):
        escaped = answer.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"
    return plain(answer)


def plain(number: float) -> str:
    """A number without an exponent, as guides have it.

    >>> plain(18.0), plain(-0.00001)
    ('18', '-0.00001')
    """
    return f"{number + 0:.9f}".rstrip("0").rstrip(".")
