"""Where the sentences of a text begin and end. Headings and items of a list count as sentences.

The marks that end sentences are those of Unicode (Sentence_Terminal), of every script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .abbreviations import (
    before_numbers,
    before_ordinals,
    before_words,
    counted_by_ordinals,
    primary,
)

# The marks before an item of a list, perhaps several; a bullet may stand on a line alone.
ITEM = re.compile(
    r"\s*+(?:[•◦‣▪●·*\u2013-](?:\s++|$)|\d{1,3}\.\s++|\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})\)\s++)++"
)
_OPENING = "\"'\u2018“„«»‹›(\\[{¿¡「『（【《〈"
_CLOSING = "\"'\u2019”“»«›‹)\\]}」』）】》〉"
# After a mark of another script this one opens.
_AFTER_MARK = _CLOSING.replace("“", "")
# Of these scripts every letter stands where a blank may be left out: Han, kana, Khmer, Burmese.
_UNSPACED = "\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\u1000-\u109f\u1780-\u17ff"
_UNSPACED += "\U00020000-\U0003ffff"
# Marks that end a sentence in one script alone, and need no blank after them.
_MARKS = (
    "\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u0f0d-\u0f11"
    "\u104a\u104b\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945\u1aa8-\u1aab"
    "\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d\u1b7e\u1c3b\u1c3c\u1c7e\u1c7f\u203d\u2e2e\u2e3c\u3002\ua4ff\ua60e"
    "\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb"
    "\ufe52\ufe56\ufe57\uff01\uff0e\uff1f\uff61\U00011047\U00011048\U000110be-\U000110c1"
    "\U00011141-\U00011143\U000111c5\U000111c6\U00016e98\U0001da88"
)
_MARK = re.compile(f"[{_MARKS}]")
# In Japanese the sentence that says who said so goes on with one of these.
_GOES_ON = re.compile("[とっのをはがにもで、，,：:；;]")
# A full stop, perhaps a closing quote or bracket, white space, then perhaps an opening one
# and the letter or digit that comes next. Possessive, so that no run is read twice. French has a
# blank inside of its quotation marks.
_STOP = re.compile(
    rf"(?:(?<![{_MARKS}.!?…])(?P<mark>[.!?…]*+[{_MARKS}][{_MARKS}.!?…]*+)[{_AFTER_MARK}]*+"
    rf"|(?:(?<![{_MARKS}.!?…])[.!?…]++|(?P<semicolon>;))[{_CLOSING}]*+"
    r"(?:[ \u00a0\u202f][»›](?=\s|$))?+)"
    rf"(?=(?P<gap>\s*+)(?:[{_OPENING}]|(?<=[«‹])[ \u00a0\u202f])*+(?P<next>\w))"
)
_ANY_MARK = re.compile(f"[.!?…;{_MARKS}]")  # with which a stop begins
_STARTS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# The last word before a stop. Only so much is looked at, so that a long sentence is not read
# again and again.
_LONGEST = 16
_LAST_WORD = re.compile(rf"(?:^|[\s{_OPENING}/—–])([^\s{_OPENING}/—–]+)$")
_PAIR = re.compile(r"(?<!\w)(\w)\.\s(\w{1,2})$")
_SHORT_WORD = re.compile(r"\s\w{1,2}\.")
_NEXT_WORD = re.compile(r"\s*(\w{1,20})")
_FIRST_LETTER = re.compile(r"\W*(\w)")
_NUMBER = re.compile(r"\s*[\d.]+")
# Scripts that mark no end of a sentence: Thai, Lao, those of the Tai languages.
_UNMARKED = re.compile("[\u0e01-\u0edf\u1950-\u19df\u1a20-\u1a7f\uaa80-\uaadf]")
_ANY_STOP = re.compile(f"[.!?…{_MARKS}]")
LONG = 400  # letters; so long no sentence goes on without a stop


def sentences(content: str, language: str = "en") -> list[tuple[int, int]]:
    """The offsets (start, end) of every sentence, in order.

    A line is a unit of its own, unless it goes on in small letters in the next one. `language`:
    a tag such as de; its abbreviations end no sentence.

    >>> text = "Advice\\n  • Rest. Drink tea, e.g. a lot\\n    of it.\\n  • Dr. A. Who says so."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Advice', 'Rest.', 'Drink tea, e.g. a lot\\n    of it.', 'Dr. A. Who says so.']
    >>> sentences("有糖尿病的患者。其他患者。", "zh")
    [(0, 8), (8, 13)]
    """
    rules = _Rules(content, language)
    found = []
    for start, end in _units(content):
        begin = start
        for match in () if undivided(content[start:end]) else _stops(content, start, end):
            if rules.ends(begin, match):
                found.append((begin, match.end()))
                begin = match.end()
        found.append((begin, end))
    return [span for span in (_trimmed(content, *span) for span in found) if span[0] < span[1]]


def _stops(content: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The stops between two offsets. Most letters are none, and are not looked at twice."""
    for mark in _ANY_MARK.finditer(content, start, end):
        if stop := _STOP.match(content, mark.start(), end):
            yield stop


def undivided(words: str) -> bool:
    """Whether words may hold several sentences that nothing tells apart.

    So it is in scripts that mark no end of a sentence, and where so long a line has no stop.

    >>> undivided("ดื่มน้ำมากๆ มีไข้หรือไม่"), undivided("Drink tea")
    (True, False)
    """
    if len(words) < LONG and not _UNMARKED.search(words):
        return False
    letters = sum(map(str.isalpha, words))
    if 2 * sum(map(str.isalpha, _UNMARKED.findall(words))) > letters:
        return True
    return letters >= LONG and not _ANY_STOP.search(words)


class _Rules:
    """Which of the stops in one text end a sentence."""

    def __init__(self, content: str, language: str) -> None:
        self.content = content
        self.before_words = before_words(language)
        self.before_numbers = before_numbers(language)
        self.before_ordinals = before_ordinals(language)
        self.counted = counted_by_ordinals(language)
        self.semicolon_asks = primary(language) == "el"

    def ends(self, begin: int, stop: re.Match[str]) -> bool:
        """Whether the sentence begun there ends with this stop."""
        following, spaced = stop["next"], bool(stop["gap"])
        if stop["mark"] is not None:
            return self.mark_ends(stop)
        if stop["semicolon"] and not self.semicolon_asks:
            return False
        if following == "_" or not (spaced or _STARTS_UNSPACED.match(following)):
            return False
        last = self.last_word(begin, stop.start())
        if _is_small(following):
            return self.small_letters_end(begin, stop, last)
        # The number of an item may stand alone before its words.
        number = _NUMBER.match(self.content, begin, min(stop.start(), begin + _LONGEST))
        numbered = number is not None and number.end() == stop.start()
        return stop.group() != "." or not (numbered or self.goes_on(begin, stop, last, following))

    def mark_ends(self, stop: re.Match[str]) -> bool:
        """Whether a mark of another script does; it may be inside of words said, or of a number."""
        after = self.content[stop.end() : stop.end() + 1]
        closed = not _MARK.match(self.content, stop.end() - 1)
        if _GOES_ON.match(after) and closed:
            return False
        # A full-width point between digits.
        before = self.content[stop.start() - 1 : stop.start()]
        return not (before.isdigit() and after.isdigit())

    def last_word(self, begin: int, end: int) -> str:
        """The word before a stop; "" where it is too long for an abbreviation."""
        first = max(begin, end - _LONGEST)
        found = _LAST_WORD.search(self.content[first:end])
        return found[1] if found and (first == begin or found.start(1)) else ""

    def goes_on(self, begin: int, stop: re.Match[str], last: str, following: str) -> bool:
        """Whether the last word is an abbreviation, an initial or an ordinal."""
        if len(last) == 1 and last.isalpha() and not last.islower():
            return True
        if _known(last, self.before_words) or self.spaced_abbreviation(begin, stop, last):
            return True
        if following.isdigit() and _known(last, self.before_numbers):
            return True
        return bool(self.before_ordinals) and self.ordinal(begin, stop, last)

    def spaced_abbreviation(self, begin: int, stop: re.Match[str], last: str) -> bool:
        """Whether the last word is part of an abbreviation of several, such as "z. B."."""
        if len(last) == 1 and last.isalpha() and _SHORT_WORD.match(self.content, stop.end()):
            return True
        before = self.content[max(begin, stop.start() - _LONGEST) : stop.start()]
        pair = _PAIR.search(before)
        return pair is not None and ".".join(pair.groups()).lower() in self.before_words

    def ordinal(self, begin: int, stop: re.Match[str], last: str) -> bool:
        if not (last.isdigit() and len(last) <= 2):
            return False
        after = _NEXT_WORD.match(self.content, stop.end())
        if after and after[1] in self.counted:
            return True
        return self.last_word(begin, stop.start() - len(last) - 1) in self.before_ordinals

    def small_letters_end(self, begin: int, stop: re.Match[str], last: str) -> bool:
        """Whether a sentence ends before a small letter: only if it began with one itself.

        Not all people write capitals.
        """
        first = _FIRST_LETTER.match(self.content, begin, begin + _LONGEST)
        return (
            first is not None
            and _is_small(first[1])
            and len(last) > 2
            and last.isalpha()
            and not stop.group().startswith(("..", "…"))
            and not _known(last, self.before_words | self.before_numbers | _OTHERS)
        )


# After these a sentence may end, but not before a small letter.
_OTHERS = frozenset(["etc", "usw", "ecc", "itd", "itp", "incl", "temp", "resp", "mths", "yrs"])


def _known(word: str, words: frozenset[str]) -> bool:
    return word in words or ("." in word and word.lower() in words)


def _is_small(letter: str) -> bool:
    """Whether a letter is one of which there are capitals; Georgian writes none."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def _units(content: str) -> list[tuple[int, int]]:
    units: list[tuple[int, int]] = []
    goes_on = False
    for line in re.finditer(r"[^\n]+", content):
        if not line.group().strip():
            goes_on = False
            continue
        item = ITEM.match(line.group())
        start = line.start() + (item.end() if item else 0)
        words = content[start : line.end()].lstrip().lstrip(_OPENING)
        # A blank line between two lines leaves a gap that is wider than one line end.
        joined = units and goes_on and content[units[-1][1] : line.start()].count("\n") == 1
        if joined and not item and _is_small(words[:1]):
            units[-1] = units[-1][0], line.end()
        else:
            units.append((start, line.end()))
        goes_on = True
    return units


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    inner = content[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
