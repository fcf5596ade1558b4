"""Other spellings that a person brings along, for all factors of a guide or for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.answers import UNKNOWN, Spelling, written
from ..model.errors import AnswerError, allowed, shown
from ..model.parts import Factor, Reading
from .places import Places

# For all factors spelling → value, or for one factor under its name.
Mapped = Mapping[object, object]


def places_of(reading: Reading, mapping: Mapped | None = None) -> dict[str, Places]:
    """For every factor the places of its answers, and how these may be written.

    `mapping`: other spellings, `{"ja": "yes"}`, or of one factor, `{"rain": {"ja": "yes"}}`.
    Raises AnswerError, naming every factor and value that the guide does not have.
    """
    wrong: list[str] = []
    mapped = {factor.id: dict(factor.mapped) for factor in reading.factors}
    for word, value in (mapping or {}).items():
        if not isinstance(value, Mapping):
            wrong += _for_all(reading.factors, word, value, mapped)
        elif word not in mapped:
            wrong.append(f"mapping: unknown factor {shown(word)}: {allowed(str(word), mapped)}")
    for word, value in (mapping or {}).items():
        if isinstance(value, Mapping) and word in mapped:
            wrong += _for_one(reading.factor(str(word)), value, mapped[str(word)])
    if wrong:
        raise AnswerError(wrong)
    return {
        factor.id: Places(Spelling(factor.values, factor.bands, mapped[factor.id]))
        for factor in reading.factors
    }


def _for_all(
    factors: Sequence[Factor], word: object, value: object, mapped: dict[str, dict[str, str]]
) -> Iterator[str]:
    meant = UNKNOWN if value is None else str(value)
    fitting = [f.id for f in factors if meant in (*f.values, UNKNOWN)]
    for id in fitting:
        mapped[id][written(word)] = meant
    if not fitting:
        every = dict.fromkeys(value for factor in factors for value in factor.values)
        what = allowed(meant, [*every, UNKNOWN])
        yield f"mapping: {shown(word)} stands for unknown value {shown(value)}: {what}"


def _for_one(factor: Factor, words: Mapped, mapped: dict[str, str]) -> Iterator[str]:
    for word, value in words.items():
        meant = UNKNOWN if value is None else str(value)
        if meant in (*factor.values, UNKNOWN):
            mapped[written(word)] = meant
        else:
            what = allowed(meant, [*factor.values, UNKNOWN])
            where = f"mapping: {factor.id}: {shown(word)}"
            yield f"{where} stands for unknown value {shown(value)}: {what}"
