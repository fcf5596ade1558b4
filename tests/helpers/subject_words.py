"""The words of medicine, which no screen says of a guide that speaks of something else."""

from __future__ import annotations

import re

_MEDICAL = re.compile(r"patient|clinician|medical|physician|doctor", re.IGNORECASE)


def medical_words(words: str) -> list[str]:
    """Where medical words stand, each with what stands around it."""
    return [words[max(m.start() - 60, 0) : m.end() + 30] for m in _MEDICAL.finditer(words)]
