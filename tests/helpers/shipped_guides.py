"""What tests ask of the guides that ship, beside the one on the liver."""

from __future__ import annotations

from collections.abc import Mapping

import tree

# Of the guide on ear infections: a child of two years or more whom nothing sets apart.
CHILD = {
    "hospital_reason": "no",
    "very_unwell": "no",
    "discharge": "no",
    "age": "2 years or older",
    "both_ears": "no",
    "ear_pain": "none or mild",
    "pain_for_two_days": "no",
    "temperature": "below 39 °C",
    "penicillin_allergy": "none",
    "beyond_amoxicillin": "no",
}


def standings(guide: tree.Guide, answers: Mapping[str, str]) -> dict[str, str]:
    """Where each option stands for these answers."""
    return {option: str(s.standing) for option, s in guide.walk(answers).standings.items()}
