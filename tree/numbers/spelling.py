"""How the answers of one column may be written, and which value each of them stands for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..errors import AnswerError, allowed, shown
from ..reading import NUMBER, UNKNOWN, Factor, Reading, capitalized

WRONG = -1  # the place of an answer that is no value
MOST = 1e12  # as many digits as NUMBER has before its point
# Other words for yes and no, where a factor has just these two values.
YES_NO = {"yes": ("true", "1"), "no": ("false", "0")}

# For all factors spelling → value, or for one factor under its name.
Mapped = Mapping[object, object]


@dataclass(frozen=True)
class Spelling:
    """The answers that a factor takes. A value is written as itself, in capitals or not.

    `mapped`: other spellings, each with the value, or "unknown", that it stands for.

    >>> spelling = Spelling(Factor("rain", "Rain?", ()), {"ja": "yes"})
    >>> [spelling.place(answer) for answer in ("yes", "No", True, 0, "ja", None, "", "si")]
    [0, 1, 0, 1, 0, 2, 2, -1]
    """

    factor: Factor
    mapped: Mapping[str, str]

    @property
    def unknown(self) -> int:
        """The place of an answer that is not known: after the values."""
        return len(self.factor.values)

    @cached_property
    def places(self) -> dict[str, int]:
        """Every spelling of a value or of unknown, with its place among the values."""
        values = (*self.factor.values, UNKNOWN)
        found: dict[str, int] = {"": self.unknown}
        also = YES_NO if set(self.factor.values) == set(YES_NO) else {}
        words = [(each, place) for place, value in enumerate(values) for each in (value,)]
        words += [(each, values.index(value)) for value in also for each in also[value]]
        doubtful = set()
        for word, place in words:
            for variant in {word.lower(), word.upper(), capitalized(word)}:
                if found.setdefault(variant, place) != place:
                    doubtful.add(variant)
        for variant in doubtful:
            del found[variant]
        found.update({value: place for place, value in enumerate(values)})
        found.update({word: values.index(value) for word, value in self.mapped.items()})
        return found

    @cached_property
    def numbers(self) -> dict[float, int]:
        """The spellings that a column of numbers can hold."""
        return {float(word): at for word, at in self.places.items() if NUMBER.fullmatch(word)}

    def place(self, answer: object) -> int:
        """The place of an answer among the values; WRONG where it fits none."""
        if missing(answer):
            return self.unknown
        word = written(answer)
        found = self.places.get(word)
        if found is None and self.factor.bands and not _is_true_or_false(answer):
            number = _number(answer)
            found = None if number is None else self.band(number)
        return WRONG if found is None else found

    def band(self, number: float) -> int | None:
        """The place of the value whose band holds a number."""
        bands = enumerate(self.factor.bands)
        return next((place for place, band in bands if band.holds(number)), None)

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be written, for a message."""
        return (*self.factor.values, *["a number"] * bool(self.factor.bands), UNKNOWN)


def written(answer: object) -> str:
    """An answer as a word: a whole number without its point, true and false in small letters.

    >>> written(True), written(1.0), written(0.5), written(" x")
    ('true', '1', '0.5', ' x')
    """
    if _is_true_or_false(answer):
        return str(answer).lower()
    if isinstance(answer, float) and answer.is_integer() and abs(answer) < MOST:
        return str(int(answer))
    return str(answer)


def _is_true_or_false(answer: object) -> bool:
    # numpy has a type of its own for them.
    return isinstance(answer, bool) or type(answer).__name__ in ("bool_", "bool")


def missing(answer: object) -> bool:
    """Whether an answer is nothing: None, or what pandas has for it.

    >>> missing(None), missing(float("nan")), missing("")
    (True, True, False)
    """
    # Of pandas' own nothing not even that it is itself can be asked.
    nothing = answer is None or type(answer).__name__ in ("NAType", "NaTType")
    return nothing or bool(answer != answer)


def _number(answer: object) -> float | None:
    if isinstance(answer, str):
        return float(answer) if NUMBER.fullmatch(answer) else None
    try:
        number = float(answer)  # type: ignore[arg-type]  # whatever a column holds
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) and abs(number) < MOST else None


def spellings(reading: Reading, mapping: Mapped | None = None) -> dict[str, Spelling]:
    """For every factor how its answers may be written.

    `mapping`: other spellings, `{"ja": "yes"}`, or of one factor, `{"rain": {"ja": "yes"}}`.
    Raises AnswerError, naming every factor and value that the guide does not have.
    """
    wrong: list[str] = []
    mapped: dict[str, dict[str, str]] = {factor.id: {} for factor in reading.factors}
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
    return {factor.id: Spelling(factor, mapped[factor.id]) for factor in reading.factors}


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
