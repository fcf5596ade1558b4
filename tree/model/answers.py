"""What an answer means: the one place that decides it, for walks, tables and pages alike.

The front end has the same in `explorer/answering.js`. Engines that look at whole columns ask
here for the words and numbers that they then look for.
"""

from __future__ import annotations

import numbers
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from ..messages import both, number, say
from .letters import alike, visible

UNKNOWN = "unknown"
# Of a question that depends on another one.
NOT_APPLICABLE = "not applicable"
WRONG = -1  # the place of an answer that is no value
DIGITS = 12  # before the point; no more than a measurement has
MOST = 10.0**DIGITS
# A number as guides have it.
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?", re.ASCII)
# And as people and programs write it: 7.5, 7,5 or 1e-05.
_ANSWER = re.compile(r"-?\d+([.,]\d+)?(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
# Of 1,000 one cannot know whether it is one or a thousand; 0,125 is no thousands.
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
# Other words for yes and no, where a factor has just these two values and no bands.
YES_NO = {"yes": ("true", "t", "y", "1"), "no": ("false", "f", "n", "0")}

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Band:
    """A range of numbers. A bound that is None is open; one that is not `…_inside` is left out.

    >>> print(Band(6, 24, low_inside=True))
    6 or more and less than 24
    """

    low: float | None = None
    high: float | None = None
    low_inside: bool = False
    high_inside: bool = False

    def holds(self, number: float) -> bool:
        """Whether a number lies in it.

        >>> Band(6, 24, low_inside=True).holds(6), Band(6, 24).holds(6), Band(high=6).holds(-1)
        (True, False, True)
        """
        above = self.low is None or number > self.low or (self.low_inside and number == self.low)
        below = (
            self.high is None or number < self.high or (self.high_inside and number == self.high)
        )
        return above and below

    def __str__(self) -> str:
        parts = []
        if self.low is not None:
            low = number(f"{self.low:.12g}")
            parts.append(
                say("{low} or more", low=low)
                if self.low_inside
                else say("more than {low}", low=low)
            )
        if self.high is not None:
            high = number(f"{self.high:.12g}")
            parts.append(
                say("{high} or less", high=high)
                if self.high_inside
                else say("less than {high}", high=high)
            )
        return both(parts) if parts else ""


@dataclass(frozen=True)
class Spelling:
    """The values of a factor, and which of them an answer stands for.

    `bands`: the numbers that each value stands for, where it is a range. `mapped`: other
    spellings, each with the value, or "unknown", that it stands for; they come first.

    Nothing, None, NaN and "" are unknown. True and False are the words *true* and *false*, never
    numbers. Where there are bands, a number is looked for in them, and nowhere else. Words may
    differ from the value in capitals, in blanks around them and in what cannot be seen; where
    two values would fit, none does.

    >>> rain = Spelling(("yes", "no"), mapped={"ja": "yes"})
    >>> [rain.place(answer) for answer in (" Yes", "n", True, 0.0, "ja", None, "", "si")]
    [0, 1, 0, 1, 0, 2, 2, -1]
    >>> pain = Spelling(("no", "yes"), (Band(high=2), Band(low=2, low_inside=True)))
    >>> [pain.place(answer) for answer in (1, "1", "2,5", "yes", True, 10**400)]
    [0, 0, 1, 1, -1, -1]
    """

    values: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    mapped: Mapping[str, str] = field(default_factory=dict)

    @property
    def unknown(self) -> int:
        """The place of an answer that is not known: after the values."""
        return len(self.values)

    def place(self, answer: object) -> int:
        """The place of the value that an answer stands for, or of unknown; or WRONG."""
        if missing(answer):
            return self.unknown
        word, number = _read(answer)
        found = self._mapped.find(word, number) if self.mapped else None
        if found is None and self.bands and number is not None:
            found = self.band(number)
        elif found is None:
            found = self._own.find(word, number)
        return WRONG if found is None else found

    def is_unknown(self, answer: object) -> bool:
        """Whether an answer says that nothing is known."""
        return self.place(answer) == self.unknown

    def band(self, number: float) -> int | None:
        """The place of the value whose band holds a number."""
        bands = enumerate(self.bands)
        return next((place for place, band in bands if band.holds(number)), None)

    @cached_property
    def words(self) -> dict[str, int]:
        """The usual spellings of each value and of unknown, with what they stand for."""
        usual = [
            variant
            for word in (*self.values, UNKNOWN, *(word for word, _ in self._others))
            for variant in (word, word.lower(), word.upper(), word[:1].upper() + word[1:])
        ]
        found = {word: self.place(word) for word in ("", *usual, *self.mapped)}
        return {word: place for word, place in found.items() if place != WRONG}

    @cached_property
    def numbers(self) -> dict[float, int]:
        """The numbers that stand for a value, beside those that its bands hold."""
        return {**(self._own.numbers if not self.bands else {}), **self._mapped.numbers}

    @property
    def _others(self) -> tuple[tuple[str, int], ...]:
        """Other words for yes and no, where these are the values, each with its place."""
        if self.bands or set(self.values) != set(YES_NO):
            return ()
        return tuple(
            (word, place) for place, value in enumerate(self.values) for word in YES_NO[value]
        )

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be written, for a message."""
        return (*self.values, *["a number"] * bool(self.bands), UNKNOWN)

    def reason(self, answer: object) -> str:
        """Why an answer fits no value, where there is more to say than that it is none of them.

        >>> Spelling(("few", "many"), (Band(high=9), Band(9))).reason("1,000")
        'the comma may separate thousands or decimals; write the number without it'
        """
        if isinstance(answer, str) and _THOUSANDS.fullmatch(visible(answer)):
            return "the comma may separate thousands or decimals; write the number without it"
        if not self.bands or missing(answer):
            return ""
        word, number = _read(answer)
        if word in ("true", "false"):
            return f"{word} is no number"
        if number is not None:
            first, last = self.bands[0], self.bands[-1]
            every = Band(first.low, last.high, first.low_inside, last.high_inside)
            return f"the number must be {every}"
        # Neither of the infinite numbers, nor NaN.
        finite = not isinstance(answer, str) and not written(answer).strip("-+").isalpha()
        if _ANSWER.fullmatch(word) or (finite and _is_number(answer)):
            return f"a number has at most {DIGITS} digits before the point"
        return ""

    @cached_property
    def _own(self) -> _Words:
        values = [(value, place) for place, value in enumerate(self.values)]
        return _Words([("", self.unknown), (UNKNOWN, self.unknown), *self._others, *values])

    @cached_property
    def _mapped(self) -> _Words:
        places = {value: place for place, value in enumerate((*self.values, UNKNOWN))}
        return _Words([(word, places[value]) for word, value in self.mapped.items()])


class _Words:
    """Words, each with a place. What may be one of two words is neither."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        pairs = [(visible(word), place) for word, place in pairs]
        self.exact = dict(pairs)
        # Capitals may be more letters than small ones.
        variants = [(alike(v), place) for word, place in pairs for v in (word, word.upper())]
        self.alike = _certain(variants)
        read = [(_number(word), place) for word, place in pairs]
        self.numbers = _certain([(number, place) for number, place in read if number is not None])

    def find(self, word: str, number: float | None) -> int | None:
        """The place of a word, as it is written, or failing that as it may be meant."""
        found = self.exact.get(word)
        if found is None:
            found = self.alike.get(alike(word))
        if found is None and number is not None:
            found = self.numbers.get(number)
        return found


def _certain(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    """What stands for one place alone."""
    found: dict[K, int] = {}
    doubtful = {key for key, place in pairs if found.setdefault(key, place) != place}
    return {key: place for key, place in found.items() if key not in doubtful}


def missing(answer: object) -> bool:
    """Whether an answer is nothing: None, or what pandas has for it.

    >>> missing(None), missing(float("nan")), missing("")
    (True, True, False)
    """
    # Of pandas' own nothing not even that it is itself can be asked.
    if answer is None or type(answer).__name__ in ("NAType", "NaTType"):
        return True
    try:
        return not isinstance(answer, str) and bool(answer != answer)
    except (TypeError, ValueError, ArithmeticError):  # an array, or a number made to raise
        return False


def written(answer: object) -> str:
    """An answer as a word: a whole number without its point, true and false in small letters.

    >>> written(True), written(1.0), written(0.5), written(" x")
    ('true', '1', '0.5', ' x')
    """
    if _is_true_or_false(answer):
        return str(answer).lower()
    if isinstance(answer, float) and answer.is_integer() and abs(answer) < MOST:
        return str(int(answer))
    try:
        return str(answer)
    except ValueError:  # Python writes no number of more than some thousand digits
        return "a number of very many digits"


def _read(answer: object) -> tuple[str, float | None]:
    """An answer as a word, and as a number where it is one."""
    if isinstance(answer, str):
        word = visible(answer)
        return word, _number(word)
    if _is_true_or_false(answer):
        return written(answer), None
    if not _is_number(answer):
        # No word that anybody writes.
        return "\0", None
    try:
        number = float(answer)  # type: ignore[arg-type]  # whatever a column holds
    except (TypeError, ValueError, OverflowError):
        return "\0", None
    return (written(number), number) if abs(number) < MOST else ("\0", None)


def number_named(word: str) -> float | None:
    """The number that a word is, or None.

    >>> number_named("7,5"), number_named("1e-05"), number_named("1,000"), number_named("seven")
    (7.5, 1e-05, None, None)
    """
    return _number(visible(word))


def _number(word: str) -> float | None:
    if not _ANSWER.fullmatch(word) or _THOUSANDS.fullmatch(word):
        return None
    number = float(word.replace(",", "."))
    return number if abs(number) < MOST else None


def _is_number(answer: object) -> bool:
    return isinstance(answer, numbers.Real | Decimal) and not _is_true_or_false(answer)


def _is_true_or_false(answer: object) -> bool:
    # numpy has a type of its own for them.
    return isinstance(answer, bool) or type(answer).__name__ in ("bool_", "bool")
