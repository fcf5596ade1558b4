"""What every page, card and lesson says of itself."""

from __future__ import annotations

from .parts import Reading

DISCLAIMER = "A teaching aid, built from one text; not medical advice."


def disclaimer(reading: Reading) -> str:
    """What every page says of itself; of a guide with drafts, that it is one."""
    if not reading.drafts:
        return DISCLAIMER
    return f"A draft: {len(reading.drafts)} of its entries are not confirmed. {DISCLAIMER}"
