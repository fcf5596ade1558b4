"""How many examples a property is tried on."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

QUICK = "quick"
SHARE = 10  # of ten examples one, in the quick tests


def examples(count: int, **more: Any) -> settings:
    """So many examples, and fewer in the quick tests; `more` are settings of hypothesis."""
    if settings.get_current_profile_name() == QUICK:
        count = max(count // SHARE, 5)
    return settings(max_examples=count, **more)
