"""What every page, card and lesson says of itself."""

from __future__ import annotations

from .parts import Reading

_AID = "A teaching aid, built from one text"


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
    return f"A draft: {len(reading.drafts)} of its entries are not confirmed. {words}"


def teaching_aid(is_medical: bool) -> str:
    """What a screen says of itself; of several guides where one of them is medical."""
    return f"{_AID}; not medical advice." if is_medical else f"{_AID}."
