"""What English words usually mean for an option: a suggestion, for an author to take or to leave.

A small table, the one in `docs/authors.md`. It knows no grammar, so where words speak in two ways,
or are negated in one that it does not know, it suggests nothing; so it does in other languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model.text import Text
from .entries import Place

FIRM, WEAK = "firm", "weak"
_NOT = r"(?:not|n['\u2019]t)"
# "Should not only", "should not be withheld": not the opposite of "should".
_TWICE = r"only|just|necessarily|be (?:withheld|delayed|stopped)"
# The words, what they usually do to an option, and how firmly. Of two that begin together the
# first counts: "suggest against" is no "suggest".
_TABLE = (
    (rf"(?:we )?suggest(?:s|ed)? (?:against|no|{_NOT})\b", "withhold", WEAK),
    (rf"(?:we )?recommend(?:s|ed)? (?:against|no|{_NOT})\b", "withhold", FIRM),
    (
        rf"(?:is|are|was|were)(?: {_NOT}|{_NOT}) (?:recommended|indicated|advised)\b",
        "withhold",
        FIRM,
    ),
    (
        rf"(?:must|should)(?: {_NOT}|{_NOT}) (?!{_TWICE})",
        "withhold",
        FIRM,
    ),
    (r"contraindicated\b|(?:is|are|must) never\b", "withhold", FIRM),
    (r"(?:limited|restricted) to\b|reserved for\b", "withhold", FIRM),
    (r"treatment of choice\b|first[- ]line\b|first choice\b|most effective\b", "prefer", FIRM),
    (r"(?:is|are) (?:preferred|(?:the )?best)\b|we prefer\b", "prefer", FIRM),
    (r"(?:is|are) (?:recommended|indicated|advised)\b|(?:we|panel) recommends?\b", "offer", FIRM),
    (r"(?:should|must)\b", "offer", FIRM),
    (r"(?:can|could|may|might) be considered\b", "offer", WEAK),
    (r"(?:we|panel) suggests?\b|(?:is|are) suggested\b", "offer", WEAK),
    (r"(?:may|might)\b", "offer", WEAK),
)
_PATTERN = re.compile("|".join(rf"(?P<p{i}>\b(?:{row[0]}))" for i, row in enumerate(_TABLE)), re.I)
# Words that say how firmly, whatever it is that is said.
_HEDGE = re.compile(r"\b(?:in general|generally|usually|in most cases|likely|often)\b", re.I)
# What turns the words after it round, or makes them a condition.
_TURNED = re.compile(
    r"(?:\b(?:not|no|never|without|whether|if|who|which|that|unless)|n['\u2019]t)\s+(?:\w+\s+)?\Z",
    re.I,
)
_BEFORE = 40  # letters that are looked at for them
# Of the words that do something to an option, those that say by themselves how firmly.
_BARE = re.compile(
    r"(?:most effective|treatment of choice|first|limited|restricted|reserved|.* never|.* best)",
    re.I,
)

# As the form of a statement says it.
_MEANS = {
    "prefer": "it is the first choice",
    "offer": "it is offered",
    "withhold": "it is not for these cases",
}


@dataclass(frozen=True)
class Suggestion:
    """What words usually mean. `effect`: prefer, offer or withhold; `firmness`: firm or weak.

    `words`: where they stand. `strength`: the place of the words for the strength of a statement,
    or None. `for_others`: it is withheld from all but those whom the words name. Prints in words.
    """

    effect: str
    firmness: str
    words: Place
    strength: Place | None
    for_others: bool
    quoted: str

    def __str__(self) -> str:
        means = "it is not for other cases" if self.for_others else _MEANS[self.effect]
        return f"“{self.quoted}” usually means: {means}"


def suggestion(text: Text, place: Place) -> Suggestion | None:
    """What selected words suggest, or None where nothing fits, or two things do.

    >>> text = Text("text.txt", "We suggest against tea. Usually rest is recommended. Drink it.")
    >>> print(suggestion(text, Place(0, 23)), suggestion(text, Place(24, 52)), sep="\\n")
    “We suggest against” usually means: it is not for these cases
    “is recommended” usually means: it is offered
    >>> suggestion(text, Place(53, 62)) is None
    True
    """
    words = _english(text, place)
    found = []
    for match in _PATTERN.finditer(words):
        _, effect, firmness = _TABLE[int(str(match.lastgroup)[1:])]
        if _turned(words, match):
            return None
        found.append((effect, firmness, match))
    if len({(effect, firmness) for effect, firmness, _ in found}) != 1:
        return None
    effect, firmness, match = found[0]
    where = Place(place.start + match.start(), place.start + len(words[: match.end()].rstrip()))
    strength = hedge(text, place) or (None if _BARE.match(match.group()) else where)
    others = re.match(r"limited|restricted|reserved", match.group(), re.I) is not None
    return Suggestion(effect, firmness, where, strength, others, match.group().strip())


def hedge(text: Text, place: Place) -> Place | None:
    """Where selected words say how firmly they mean it, whatever they say; None where nowhere.

    >>> hedge(Text("text.txt", "The hall is usually nicer."), Place(0, 26))
    Place(start=12, end=19)
    """
    found = _HEDGE.search(_english(text, place))
    return Place(place.start + found.start(), place.start + found.end()) if found else None


def _english(text: Text, place: Place) -> str:
    """English words on one line, letter by letter; none in another language."""
    if not text.language.lower().startswith("en"):
        return ""
    # White space in a text may be a line break.
    return re.sub(r"\s", " ", text.content[place.start : place.end])


def _turned(words: str, match: re.Match[str]) -> bool:
    """Whether the words before or after say the opposite, or ask whether it is so."""
    after = re.match(rf"\s+{_NOT}\b|{_NOT}", words[match.end() :], re.I)
    before = words[max(0, match.start() - _BEFORE) : match.start()]
    return bool(after or _TURNED.search(before))
