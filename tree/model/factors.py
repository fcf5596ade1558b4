"""A question about the patient, and what answers to it mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .answers import Band, Spelling
from .text import Quote


@dataclass(frozen=True)
class Factor:
    """A question about the patient with a small closed set of values.

    `bands`: the numbers that values stand for, in ascending order, counted in `unit`; empty where
    the values are no ranges. The first values are the bands; those after them are named answers
    beside the number, such as *not measured*. `range`: the numbers that can be. `short`: a label
    where the question takes too much room.
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

    @cached_property
    def spelling(self) -> Spelling:
        """What answers to it mean."""
        return Spelling(self.values, self.bands)

    @property
    def bounds(self) -> str:
        """Its bands in words, and what they count; "" where it has none."""
        unit = f" ({self.unit})" * bool(self.bands and self.unit)
        bands = zip(self.values, self.bands, strict=False)
        return "; ".join(f"{value}: {band}" for value, band in bands) + unit

    @property
    def explained(self) -> str:
        """Its help, and after it the bounds of its values."""
        ranges = f"{self.bounds}." if self.bands else ""
        return " ".join(filter(None, (self.help, capitalized(ranges))))


def capitalized(value: str) -> str:
    """A value as a label.

    >>> capitalized("on MRI")
    'On MRI'
    """
    return value[:1].upper() + value[1:]
