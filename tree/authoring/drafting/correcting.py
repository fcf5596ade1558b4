"""Proposed quotes → the text's own words. Every one is looked up; what is not there goes."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from ...messages import in_a_row, in_quotes, say
from ...model.errors import shortened, shown
from ...model.text import Text
from ..plain_problems import beginning
from .proposal import SECTIONS, LeftOut, ProposedEntry, ProposedGuide

_NUMBERED = re.compile(r"^\s*\[\d+\]\s*")
_CUT = re.compile(r"\s*(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*")
_NUMBER = re.compile(r"\d+")
_QUOTES = ("quotes", "one-quote")
# Of these, the first place that has the words will do.
_ANYWHERE = ("factors", "options", "groups")
_ALIKE = 0.75  # of the letters of a word


@dataclass
class Corrected:
    """What was corrected in proposed quotes, and what was left out."""

    quotes: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def correct(proposal: ProposedGuide, text: Text) -> Corrected:
    """Look every quote up and put the text's own words in its place.

    An entry with a quote that is not in the text is taken out of the proposal.
    """
    done = Corrected()
    for section, kind in SECTIONS.items():
        quoting = [key.name for key in kind.keys if key.holds in _QUOTES]
        for name, held in list(proposal.entries[section].items()):
            try:
                for key in quoting:
                    if key in held:
                        held[key] = _value(held[key], text, section, done)
            except LookupError as missing:
                words = str(missing.args[0])
                near = text.nearest(words)
                hint = f"; nearest: {shown(near, 200)}" if near else ""
                reason = f"the quote {shown(words, 200)} is not in the text{hint}"
                written = proposal.source_of(section, name)
                why = _not_there(beginning(words), beginning(near))
                left = LeftOut(section, name, reason, written, why, called(held))
                done.left_out.append(left)
                del proposal.entries[section][name]
    aside = proposal.entries["context"]
    proposal.entries["context"] = {_goes_by(n, held, text): held for n, held in aside.items()}
    return done


def _goes_by(name: str, held: ProposedEntry, text: Text) -> str:
    """An entry of context goes by the words of the text, so that it is found again."""
    return str(held["quote"]) if "quote" in held else _found(name, text) or name


def _value(value: object, text: Text, section: str, done: Corrected) -> object:
    if isinstance(value, list):
        found: list[object] = []
        for each in value:
            one = _value(each, text, section, done)
            found += one if isinstance(one, list) else [one]
        return found
    if isinstance(value, dict):
        if "words" not in value:
            raise LookupError(str(value))
        held: ProposedEntry = value
        words = _found(str(held["words"]), text)
        if words is None:
            raise LookupError(str(held["words"]))
        _note(str(held["words"]), words, done)
        return {**held, "words": words}
    parts = _parts(str(value), text)
    if len(parts) > 1:
        now = in_a_row(in_quotes(beginning(each)) for each in parts)
        done.quotes.append(say("“{words}” is {quotes} now", words=str(value), quotes=now))
        return parts
    _note(str(value), parts[0], done)
    if section in _ANYWHERE and len(text.first(parts[0], 2)) > 1:
        return {"words": parts[0], "nth": "1"}
    return parts[0]


def _note(was: str, now: str, done: Corrected) -> None:
    if " ".join(was.split()) != now:
        words = {"words": shortened(" ".join(was.split()), 120), "now": shortened(now, 120)}
        done.quotes.append(say("“{words}” reads “{now}” in the text", **words))


def _not_there(words: str, near: str) -> str:
    if not near:
        return say("The text does not have “{words}”.", words=words)
    return say(
        "The text does not have “{words}”. The nearest words in it are “{near}”.",
        words=words,
        near=near,
    )


def called(held: ProposedEntry) -> str:
    """What an entry is called: its own words."""
    keys = ("question", "name", "author", "quote", "reason")
    return next((beginning(str(held[key])) for key in keys if isinstance(held.get(key), str)), "")


def _parts(words: str, text: Text) -> list[str]:
    """The words as they stand in the text: one quote, or one for each part between dots."""
    if (whole := _found(words, text)) is not None:
        return [whole]
    pieces = [_found(piece, text) for piece in _CUT.split(words) if piece]
    if len(pieces) > 1 and all(pieces):
        return [piece for piece in pieces if piece]
    raise LookupError(words)


def _found(words: str, text: Text) -> str | None:
    """The text's own words for a quote, or None where they are not there.

    >>> text = Text("t", "Treat with “oxalic” acid once.")
    >>> _found('with "oxalic" acid once', text), _found("Treet with", text)
    ('with “oxalic” acid once', 'Treat with')
    >>> _found("Treat with no acid", text)
    """
    for tried in (words, _NUMBERED.sub("", words)):
        line = " ".join(tried.split())
        if line and (places := text.first(line, 1)):
            return " ".join(text.content[slice(*places[0])].split())
    wanted, near = line.split(), text.nearest(line).split()
    return _joined_otherwise(wanted, near, text) or _alike(wanted, near, text)


def _joined_otherwise(wanted: list[str], near: list[str], text: Text) -> str | None:
    """Words of the text that differ from these by spaces and hyphens between letters alone.

    >>> _joined_otherwise(["lost", "property"], ["the", "lost-property", "office"],
    ...     Text("t", "the lost-property office"))
    'lost-property'
    """
    numbers, letters = _NUMBER.findall(" ".join(wanted)), "".join(map(_bare, wanted))
    for first in range(len(near)):
        for last in range(first + 1, len(near) + 1):
            words = " ".join(near[first:last])
            if letters and _bare(words) == letters and _NUMBER.findall(words) == numbers:
                return words if text.first(words, 1) else None
    return None


def _alike(wanted: list[str], near: list[str], text: Text) -> str | None:
    """Words of the text that differ from these by a few letters, none of them in a number."""
    for first in range(len(near) - len(wanted) + 1):
        window = near[first : first + len(wanted)]
        different = [(a, b) for a, b in zip(wanted, window, strict=True) if _bare(a) != _bare(b)]
        few = len(different) <= max(1, len(wanted) // 5)
        if wanted and few and all(_misspelt(a, b) for a, b in different):
            words = " ".join(window)
            return words if text.first(words, 1) else None
    return None


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


def _misspelt(wanted: str, word: str) -> bool:
    a, b = _bare(wanted), _bare(word)
    if min(len(a), len(b)) < 4 or re.findall(r"\d", a) != re.findall(r"\d", b):
        return False
    return difflib.SequenceMatcher(None, a, b).ratio() >= _ALIKE
