"""When two words are the same to a reader: letters that look alike, or cannot be seen.

Behind the names: Unicode's normal form C, and its default ignorable code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What Unicode asks every program not to show where it has no use for it.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{_INVISIBLE}]")
# Of these, what the writing of words needs: joiners (Persian, the scripts of India, emoji), and
# what chooses between two shapes of a letter, a sign or a flag.
_NEEDED = re.compile(
    "[\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)


def composed(words: str) -> str:
    """Words in normal form C: a letter and its accent as one sign.

    >>> len("e\\u0301"), len(composed("e\\u0301"))
    (2, 1)
    """
    return unicodedata.normalize("NFC", words)


def visible(words: str) -> str:
    """What a reader sees of words: composed, without what cannot be seen, single blanks.

    >>> visible(" on\\u200b \\u00a0MRI ")
    'on MRI'
    """
    seen = words if words.isascii() else INVISIBLE.sub("", composed(words))
    return " ".join(seen.split())


def alike(words: str) -> str:
    """The same for words that differ only in capitals or in what cannot be seen.

    >>> alike("YES") == alike(" yes\\u200d")
    True
    """
    # The small letter after which a Greek word ends has a shape of its own.
    return composed(visible(words).lower()).replace("\u03c2", "\u03c3")


def hidden(words: str) -> Iterator[tuple[int, str]]:
    """The letters that cannot be seen and that no name needs, each with its place, from 1.

    >>> list(hidden("yes\\u202e"))
    [(4, 'U+202E, right-to-left override')]
    """
    for match in INVISIBLE.finditer(words):
        letter = match.group()
        if not _NEEDED.match(letter):
            name = unicodedata.name(letter, "without a name").lower()
            yield match.start() + 1, f"U+{ord(letter):04X}, {name}"
