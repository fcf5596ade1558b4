"""What every page, card and lesson says of itself."""

from __future__ import annotations

from ..messages import plural, say, spoken
from .parts import Reading


@spoken
def disclaimer(reading: Reading) -> str:
    """What every screen says of itself; where the subject is medical, that it is no advice.

    Of a guide with drafts also that it is one.

    >>> from tree import load
    >>> disclaimer(load("data/metastatic_liver_cancer"))
    'A teaching aid, built from one text; not medical advice.'
    >>> disclaimer(load("data/damaged_library_book"))
    'A teaching aid, built from one text.'
    """
    words = teaching_aid(reading.subject.is_medical)
    if not reading.drafts:
        return words
    draft = plural(
        "A draft: {count} of its entries is not confirmed.",
        "A draft: {count} of its entries are not confirmed.",
        len(reading.drafts),
    )
    return f"{draft} {words}"


def teaching_aid(is_medical: bool) -> str:
    """What a screen says of itself; of several guides where one of them is medical."""
    if is_medical:
        return say("A teaching aid, built from one text; not medical advice.")
    return say("A teaching aid, built from one text.")
