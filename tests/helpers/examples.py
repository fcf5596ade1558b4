"""How many examples a property is tried on."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

QUICK = "quick"
SHARE = 20  # of twenty examples one, in the quick tests


def share(count: int) -> int:
    """So many, and fewer in the quick tests."""
    quick = settings.get_current_profile_name() == QUICK
    return max(count // SHARE, 5) if quick else count


def examples(count: int, **more: Any) -> settings:
    """So many examples, and fewer in the quick tests; `more` are settings of hypothesis."""
    return settings(max_examples=share(count), **more)
