"""What a text can say of an option for a case, and how that is written for people."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..messages import either, later, number, say


class Standing(enum.StrEnum):
    """What the text says of an option for a patient. A member listed earlier is stronger.

    >>> max([Standing.OFFERED, Standing.WITHHELD], key=lambda s: s.strength)
    <Standing.WITHHELD: 'withheld'>
    """

    WITHHELD = "withheld"
    PREFERRED = "preferred"
    OFFERED = "offered"
    SILENT = "silent"

    @cached_property
    def strength(self) -> int:
        """3 for withheld, 2 for preferred, 1 for offered, 0 for silent."""
        return 3 - list(Standing).index(self)


# In the order in which they are shown.
SHOWN_FIRST = (Standing.PREFERRED, Standing.OFFERED, Standing.WITHHELD, Standing.SILENT)


_LABELS = {
    Standing.PREFERRED: later("First choice"),
    Standing.OFFERED: later("Offered"),
    Standing.WITHHELD: later("Not for this {subject}"),
    Standing.SILENT: later("The text does not say"),
}


@dataclass(frozen=True)
class Subject:
    """Whom or what a guide speaks of, as one and as several.

    `is_medical`: whether every screen says that the guide is not medical advice.
    """

    singular: str = "patient"
    plural: str = "patients"
    is_medical: bool = True

    def label(self, standing: Standing) -> str:
        """How a standing is written for people.

        >>> Subject("book", "books").label(Standing.WITHHELD)
        'Not for this book'
        """
        return say(_LABELS[standing], subject=self.singular)

    def within(self, standing: Standing) -> str:
        """The same as it stands within a sentence.

        >>> Subject("EU citizen", "EU citizens").within(Standing.WITHHELD)
        'not for this EU citizen'
        """
        label = self.label(standing)
        return label[0].lower() + label[1:]

    def choices(self, standings: Iterable[Standing]) -> str:
        """Several standings within a sentence, of which one will be right.

        >>> Subject().choices([Standing.WITHHELD, Standing.OFFERED])
        'not for this patient or offered'
        """
        return either(map(self.within, standings))

    def counted(self, count: int) -> str:
        """A number of them in words.

        >>> Subject("book", "books").counted(1), Subject().counted(1200)
        ('1 book', '1,200 patients')
        """
        return f"{number(count)} {self.singular if count == 1 else self.plural}"


PATIENT = Subject()


def patient() -> Subject:
    """Whom a guide speaks of that does not say it, in the language in force."""
    return Subject(say("patient"), say("patients"))
