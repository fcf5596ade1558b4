"""Words of a clause → the names of options, and what stands around them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from .cues import Cues

Span = tuple[int, int]

_LONGEST_NAME = 7  # words
_LONGEST_ACTION = 9
_MARKS = ",;:\u2013\u2014"
_TRIM = re.compile(r"[\s,;:.!?\u2013\u2014]+")
_ARTICLE = re.compile(
    r"(?:(?:a\s+(?:little|lot\s+of|few|bit\s+of|combination\s+of|course\s+of)|plenty\s+of|use\s+of|of|"
    r"an?|the|some|any|your|their|either|both|other|also)\s+)+",
    re.I,
)
_TRAILING = re.compile(
    r"\s+(?:also|usually|often|instead|then|still|only|too|alone|and|or|probably|all|both)\Z", re.I
)
_CONNECTIVE = re.compile(r"(?:,\s*|\s+)(?:and/or|and|or|nor|as\s+well\s+as)\s+|,\s*", re.I)
_QUOTED = re.compile(r"[\"\u201c\u201e'\u2018]([^\"\u201c\u201d\u2019]{2,60}?)[\"\u201d\u2019']")
_SECOND_ACTION = re.compile(r"\s+and\s+")
_ONE_WORD = re.compile(r"(?<=\()[^()\n]{1,300}(?=\))|(?:(?<=\bat)|(?<=\bonly))\s(?=once\b)")
_LETTER = re.compile(r"[^\n]", re.S)
_OPEN = re.compile(
    r"(?:[\s,:]|\b(?:you|they|he|she|it|the|a|an|your|patients?|persons?|child|there|is|are|has|have|any|one"
    r"|or|more|at|least|two|three|all|both|of|these|this|following|apply|applies|true|signs?|symptoms?|"
    r"conditions?|criteria|who|that|with|met|present|when|if|notice|things?|statements?)\b)*",
    re.I,
)


@dataclass(frozen=True)
class Name:
    """The words that name an option, and what it does as the text says it."""

    span: Span
    does: Span | None = None


class Phrases:
    """Reads phrases of one text between two offsets."""

    def __init__(self, content: str, cues: Cues) -> None:
        self.original = content
        # Where cues are looked for, nothing is said in brackets, and "at once" is one word.
        self.content = _ONE_WORD.sub(lambda match: _LETTER.sub("_", match.group()), content)
        self.cues = cues

    # --- names ------------------------------------------------------------------------

    def names(self, start: int, end: int) -> tuple[Name, ...]:
        """The names of options in a list such as "a, b or c"; the first that is none ends it."""
        found: list[Name] = []
        begin = start = self.trimmed(start, end)[0]
        pieces: list[Span] = []
        for match in _CONNECTIVE.finditer(self.content, start, end):
            pieces.append((begin, match.start()))
            begin = match.end()
        pieces.append((begin, end))
        commas = [self.content[a:b] for (_, a), (b, _) in itertools.pairwise(pieces)]
        for piece in pieces:
            name = self.name(*piece)
            if name is None:
                break
            found.append(name)
            cut = name.span[1] < self.trimmed(*piece)[1] - 1
            if cut:
                break
        listed = any(re.search(r"\b(?:and|n?or|well)\b", each) for each in commas[: len(found)])
        if len(found) > 1 and not listed:
            return tuple(found[:1])
        return tuple(found)

    def name(self, start: int, end: int) -> Name | None:
        start, end = self.trimmed(start, end)
        quoted = _QUOTED.match(self.content, start, end)
        if quoted:
            return Name(quoted.span(1))
        start = self.without_article(start, end)
        bracket = self.content.find("(", start, end)
        end = bracket if bracket > start else end
        stop = self.cues.words("ends_name").search(self.content, start + 1, end)
        if stop:
            end = stop.start()
        start, end = self.trimmed(start, end)
        while trailing := _TRAILING.search(self.content, start, end):
            end = trailing.start()
        words = self.content[start:end]
        if not words or not any(letter.isalpha() for letter in words):
            return None
        if len(words.split()) > _LONGEST_NAME or words[0] in ")]":
            return None
        for each in ("no_name", "refers"):
            match = self.cues.words(each).match(self.content, start, end)
            if match and match.end() >= end:
                return None
        first = self.cues.words("ends_name").match(self.content, start, end)
        return None if first else Name((start, end))

    def item(self, start: int, end: int) -> Name | None:
        """The name that an item of a list begins with, and what it does."""
        colon = re.compile(r":\s|\s[\u2013\u2014-]\s|,?\s+which\s|,\s|\(|\.\s").search(
            self.content, start, end
        )
        head = self.name(start, colon.start() if colon else end)
        if head is None:
            return None
        does = None
        if colon and colon.group().strip(", ") in (":", "which", "\u2013", "\u2014", "-"):
            does = self.trimmed(colon.end(), end)
        return replace(head, does=does if does and does[0] < does[1] else None)

    def before(self, begin: int, end: int) -> tuple[tuple[Name, ...], tuple[Name, ...], bool]:
        """The options before a cue; the members of a group among them; or one named before."""
        start, end = self.trimmed(begin, end)
        match = self.cues.words("refers").match(self.content, start, end)
        if match and match.end() >= end:
            return (), (), True
        such = self.cues.find("members", self.content, start, end)
        if such:
            return self.names(start, such.start), self.names(such.end, end), False
        return self.names(start, end), (), False

    def after(self, begin: int, end: int) -> tuple[tuple[Name, ...], tuple[Name, ...], bool]:
        return self.before(begin, self.reason(begin, end))

    def reason(self, begin: int, end: int) -> int:
        """Where the words after a cue end: before a reason or a relative clause of a sentence."""
        stop = re.compile(r",?\s+(?:because|since|so that|as it)\b", re.I).search(
            self.content, begin, end
        )
        return stop.start() if stop else end

    def action(self, begin: int, end: int) -> tuple[tuple[Name, ...], tuple[Name, ...], bool]:
        """A verb and what belongs to it, as an option."""
        start, end = self.trimmed(begin, self.reason(begin, end))
        comma = self.content.find(",", start, end)
        end = comma if comma >= 0 else end
        stop = self.cues.words("ends_action").search(self.content, start + 1, end)
        if stop:
            end = stop.start()
        start, end = self.trimmed(start, end)
        words = self.content[start:end].split()
        if not 1 < len(words) <= _LONGEST_ACTION:
            return (), (), False
        ended = self.cues.words("ends_name").match(self.content, start, end)
        if not words[0].isalpha() or ended or words[0].lower() in ("be", "have", "not", "the", "a"):
            return (), (), False
        either = re.compile(r"\beither\s+\Z", re.I).search(self.content, begin - 8, start)
        if either and (other := re.compile(r"\s+or\s+").search(self.content, start, end)):
            return (Name((start, other.start())), Name((other.end(), end))), (), False
        second = _SECOND_ACTION.search(self.content, start, end)
        if second and self.cues.words("do").match(self.content, second.end(), end):
            return (Name((start, second.start())), Name((second.end(), end))), (), False
        return (Name((start, end)),), (), False

    def whole(self, begin: int, end: int) -> tuple[Name, ...]:
        start, end = self.trimmed(begin, end)
        start = self.without_article(start, end)
        few = 1 < len(self.content[start:end].split()) <= _LONGEST_ACTION
        return (Name((start, end)),) if few else ()

    # --- words ------------------------------------------------------------------------

    def skipped(self, start: int, end: int) -> int:
        """Where a clause begins after words that change nothing, such as "however"."""
        begin = self.trimmed(start, end)[0]
        while True:
            match = self.cues.words("skipped").match(self.content, begin, end)
            if not match or match.end() >= end:
                return begin
            if self.cues.at("same", self.content, begin, end):
                return begin
            begin = self.trimmed(match.end(), end)[0]

    def without_article(self, start: int, end: int) -> int:
        match = _ARTICLE.match(self.content, start, end)
        return match.end() if match and match.end() < end else start

    def is_open(self, start: int, end: int) -> bool:
        """Whether what should follow stands in the list after the clause."""
        return self.content[end - 1 : end] == ":" and bool(
            _OPEN.fullmatch(self.content, start, end)
        )

    def is_listing(self, start: int, end: int) -> bool:
        """Whether a clause says that a list of options follows."""
        if self.content[end - 1 : end] != ":":
            return False
        return bool(self.cues.words("listing").search(self.content, start, end))

    def bounds(self, start: int, end: int) -> Span:
        """A clause without the marks and the white space around it."""
        begin = start
        while begin < end and (self.content[begin].isspace() or self.content[begin] in _MARKS):
            begin += 1
        while end > begin and (self.content[end - 1].isspace() or self.content[end - 1] in _MARKS):
            end -= 1
        return (begin, end) if begin < end else (start, end)

    def trimmed(self, start: int, end: int) -> Span:
        match = _TRIM.match(self.content, start, end)
        start = match.end() if match else start
        while end > start and _TRIM.match(self.content, end - 1, end):
            end -= 1
        joined = re.compile(r",?\s+(?:and|or)\Z").search(self.content, max(start, end - 8), end)
        return self.trimmed(start, joined.start()) if joined else (start, end)

    def words(self, start: int, end: int) -> str:
        return " ".join(self.original[start:end].split())
