"""A question about the patient, and what answers to it mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..messages import ENGLISH, either, in_turn, language, say, with_colon, worded
from .answers import NOT_APPLICABLE, UNKNOWN, Band, Spelling
from .possible import left_possible
from .ranges import merged
from .text import Quote

# What is known of a factor: its value, or several of which it has one.
OneOrSeveral = str | tuple[str, ...]


@dataclass(frozen=True)
class Factor:
    """A question about the patient with a small closed set of values.

    `bands`: the numbers that values stand for, in ascending order, counted in `unit`; empty where
    the values are no ranges. The first values are the bands; those after them are named answers
    beside the number, such as *not measured*. `range`: the numbers that can be. `short`: a label
    where the question takes too much room. `points`: where the number is a count of other factors,
    what their values are worth; those that are not named are worth nothing. `asked_if`: the
    answers, each of another factor that is asked before it, without which the question does not
    apply; with them all that these depend on in turn.
    """

    id: str
    question: str
    quotes: tuple[Quote, ...]
    values: tuple[str, ...] = ("yes", "no")
    help: str = ""
    judgement: Quote | None = None
    bands: tuple[Band, ...] = ()
    unit: str = ""
    range: Band | None = None
    short: str = ""
    asked_if: frozenset[tuple[str, frozenset[str]]] = frozenset()
    points: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()

    @property
    def label(self) -> str:
        """What stands where there is little room: its short label, or the question."""
        return self.short or self.question

    def value_of(self, answer: object) -> str | None:
        """The value that an answer stands for: a value itself, or a number in one of its bands.

        None where it fits no value, or is unknown; see `answers.Spelling`.

        >>> bands = (Band(0, 18), Band(18, None, True))
        >>> age = Factor("age", "How old?", (), ("child", "adult"), bands=bands)
        >>> age.value_of(7), age.value_of("18"), age.value_of("adult"), age.value_of(-1)
        ('child', 'adult', 'adult', None)
        """
        place = self.spelling.place(answer)
        return self.values[place] if 0 <= place < len(self.values) else None

    def answer(self, written: object) -> OneOrSeveral | None:
        """The value that is meant, or several of which one is right; None where it is unknown.

        Beside what `value_of` takes: several values in a list, a tuple or a set, or in words with
        "or" between them, and a range where the values are bands. None also where a part of it
        fits no value.

        >>> bands = (Band(0, 3), Band(3, 6, True), Band(6, None, True))
        >>> hours = Factor("hours", "How long?", (), ("early", "late", "too late"), bands=bands)
        >>> hours.answer("early"), hours.answer(["early", 7]), hours.answer("4 to 9")
        ('early', ('early', 'too late'), ('late', 'too late'))
        >>> hours.answer("2 or 4"), hours.answer("from 4"), hours.answer("soon or late")
        (('early', 'late'), ('late', 'too late'), None)
        """
        left = self._left_possible(written)
        if left is None or len(left) == len(self.values):
            return None
        return left[0] if len(left) == 1 else left

    def is_unknown(self, written: object) -> bool:
        """Whether an answer says that nothing is known, or leaves every value possible.

        >>> Factor("rain", "Rain?", ()).is_unknown("yes or no"), Factor("a", "A?", ()).is_unknown(7)
        (True, False)
        """
        return self._left_possible(written) == self.values

    def _left_possible(self, written: object) -> tuple[str, ...] | None:
        """The values that an answer leaves possible; None where a part of it fits none."""
        places = left_possible(self.spelling, written)
        return None if places is None else tuple(self.values[place] for place in places)

    def applies(self, case: Mapping[str, OneOrSeveral]) -> bool | None:
        """Whether the question applies to a case; None while that is open.

        >>> caged = Factor("caged", "?", (), asked_if=frozenset({("brood", frozenset({"yes"}))}))
        >>> caged.applies({"brood": "yes"}), caged.applies({"brood": "no"}), caged.applies({})
        (True, False, None)
        """
        is_open = False
        for id, values in self.asked_if:
            answer = case.get(id, ())
            left = {answer} if isinstance(answer, str) else {*answer}
            if left and not left & values:
                return False
            is_open |= not left or not left <= values
        return None if is_open else True

    @cached_property
    def spelling(self) -> Spelling:
        """What answers to it mean."""
        return Spelling(self.values, self.bands, self.mapped)

    @property
    def mapped(self) -> Mapping[str, str]:
        """Other spellings: where a question does not apply, there is nothing to know."""
        return {NOT_APPLICABLE: UNKNOWN} if self.asked_if else {}

    @property
    def bounds(self) -> str:
        """Its bands in words, and what they count; "" where it has none."""
        unit = f" ({self.unit})" * bool(self.bands and self.unit)
        bands = zip(self.values, self.bands, strict=False)
        return in_turn(with_colon(value, str(band)) for value, band in bands) + unit

    def allowing(self, values: Collection[str]) -> str:
        """What a condition asks of it, in words.

        >>> Factor("wind", "How is the wind?", (), ("weak", "fresh", "strong")).allowing({"weak"})
        'How is the wind? weak'
        """
        # Names by bounds are English: a new one would be, too, among words of another language.
        bands = self.bands if language() == ENGLISH else ()
        names = merged(self.values, bands, self.unit, values)
        return f"{self.question} {either(map(worded, names))}"

    @property
    def explained(self) -> str:
        """Its help, and after it the bounds of its values."""
        ranges = f"{self.bounds}." if self.bands else ""
        return " ".join(filter(None, (self.help, capitalized(ranges))))


@dataclass(frozen=True)
class Count(Factor):
    """How many of several answers are given. `several`: factors, each with the values that count.

    Who writes a guide writes the answers; the question is ours, and in the language of its reader.
    """

    several: tuple[tuple[Factor, tuple[str, ...]], ...] = ()
    least: int = 0

    def allowing(self, values: Collection[str]) -> str:
        parts = {
            "words": in_turn(factor.allowing(each) for factor, each in self.several),
            "count": self.least,
        }
        ways = (
            say("How many of these are so ({words})? at least {count}", **parts),
            say("How many of these are so ({words})? fewer than {count}", **parts),
        )
        return either(way for value, way in zip(self.values, ways, strict=True) if value in values)


def at_least(least: int, several: Sequence[tuple[Factor, Collection[str]]]) -> Count:
    """How many of several answers are given: at least so many, or fewer.

    `several`: factors, each with the values that count.

    >>> signs = [(Factor(name, f"{name}?", ()), {"yes"}) for name in ("weak", "robbed", "old")]
    >>> at_least(2, signs).allowing({"at least 2"})
    'How many of these are so (weak? yes; robbed? yes; old? yes)? at least 2'
    """
    values = tuple(
        (factor, tuple(value for value in factor.values if value in counted))
        for factor, counted in several
    )
    names = (f.id if each == ("yes",) else f"{f.id}={'/'.join(each)}" for f, each in values)
    words = "; ".join(factor.allowing(each) for factor, each in values)
    return Count(
        id=f"{least} of {', '.join(names)}",
        question=f"How many of these are so ({words})?",
        quotes=(),
        values=(f"at least {least}", f"fewer than {least}"),
        bands=(Band(low=least, low_inside=True), Band(high=least)),
        points=tuple((factor.id, tuple((value, 1.0) for value in each)) for factor, each in values),
        several=values,
        least=least,
    )


def capitalized(value: str) -> str:
    """A value as a label.

    >>> capitalized("on MRI")
    'On MRI'
    """
    return value[:1].upper() + value[1:]
