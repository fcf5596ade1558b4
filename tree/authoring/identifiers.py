"""Words of a text → short ids of small letters, digits and _."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 40
_LEADING = {"a", "an", "the", "your", "their", "his", "her", "any", "some", "to"}


def identifier(words: str, taken: Collection[str] = (), most: int = 5) -> str:
    """An id made of the first words, not among those taken.

    >>> identifier("The Führer's 1st tea: hot or cold"), identifier("Tea!", {"tea"})
    ('fuhrers_1st_tea_hot_or', 'tea_2')
    >>> identifier("肝"), identifier("2 cups")
    ('entry', 'entry_2_cups')
    """
    plain = unicodedata.normalize("NFKD", words[:500]).casefold()
    plain = re.sub(r"['\u2019\u0300-\u036f]", "", plain)
    found = re.findall(r"[a-z0-9]+", plain)
    while len(found) > 1 and found[0] in _LEADING:
        found = found[1:]
    id = "_".join(found[:most])[:_LONGEST].strip("_")
    if not id[:1].isalpha():
        id = f"entry_{id}" if id else "entry"
    if id not in taken:
        return id
    return next(f"{id}_{n}" for n in range(2, len(taken) + 3) if f"{id}_{n}" not in taken)
