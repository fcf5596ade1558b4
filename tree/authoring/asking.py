"""What is said of somebody → the question that asks whether it holds."""

from __future__ import annotations

import re

THE_ONE = "the patient"
_HAS_BEEN = re.compile(r"(?:been|had|gone|failed|taken|received|got|\w+ed)\b")
# A few words, a verb that can stand first in a question, and the rest.
_STATEMENT = re.compile(
    r"((?:(?!(?:who|that|which)\b)[\w'\u2019-]+\s+){1,5}?)"
    r"(is|are|was|were|can|may|must|has|have|had|will)\s+(.+)",
    re.I,
)
_POSITIVE = {
    "cannot": "can",
    "can't": "can",
    "isn't": "is",
    "aren't": "are",
    "wasn't": "was",
    "hasn't": "has",
    "haven't": "have",
    "won't": "will",
}


def question(words: str) -> str:
    """The question whether it is so; where the wording is not plain, one that quotes it.

    >>> question("have had an ulcer"), question("the test is positive")
    ('Has the patient had an ulcer?', 'Is the test positive?')
    >>> question("under 6 years"), question("the pain gets worse")
    ('Is the patient under 6 years?', 'Does this hold: the pain gets worse?')
    """
    first, _, rest = words.partition(" ")
    match first.lower():
        case "have" | "has" if _HAS_BEEN.match(rest):
            return f"Has {THE_ONE} {rest}?"
        case "have" | "has":
            return f"Does {THE_ONE} have {rest}?"
        case "is" | "are":
            return f"Is {THE_ONE} {rest}?"
        case "can" | "must" | "may" | "was" | "had":
            return f"{first.capitalize()} {THE_ONE} {rest}?"
        case "taking" | "using" | "having" | "under" | "over" | "aged" | "younger" | "older":
            return f"Is {THE_ONE} {words}?"
    found = _STATEMENT.fullmatch(words)
    if not found:
        return f"Does this hold: {words}?"
    subject, verb, rest = found[1].strip(), found[2], found[3]
    if verb in ("has", "have") and not _HAS_BEEN.match(rest):
        return f"{'Do' if verb == 'have' else 'Does'} {subject} have {rest}?"
    return f"{verb.capitalize()} {subject} {rest}?"


def existence(words: str) -> str:
    """The question whether there is such a thing.

    >>> existence("severe symptoms of flu"), existence("a weakness")
    ('Are there severe symptoms of flu?', 'Is there a weakness?')
    """
    head = re.split(r"\s(?:of|in|on|with|for|to|from|that|by|at)\s", words)[0]
    plural = re.search(r"(?<![sui])s\Z", head) and not re.match(r"an?\s", words)
    return f"{'Are' if plural else 'Is'} there {words}?"


def affirmed(before: str, denying: str, after: str) -> str:
    """Words without the one that denies them.

    >>> affirmed("you", "can\u2019t", "swim"), affirmed("it has", "not", "rained")
    ('you can swim', 'it has rained')
    """
    positive = _POSITIVE.get(denying.lower().replace("\u2019", "'"), "")
    return " ".join(f"{before} {positive} {after}".split())
