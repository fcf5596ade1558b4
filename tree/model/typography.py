"""Words found again where only their typography differs: another dash, quotation mark or ligature.

A text is folded to letters that differ in nothing else; each letter knows where it came from.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .letters import INVISIBLE
from .search import Finder

# A dash is no letter of folded words but a mark between two: a hyphen at the end of a line may be
# part of the word, or not.
_DASHES = "-\u058a\u1806\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\u301c\ufe58\ufe63\uff0d"
_QUOTING = r"\"'`\u00b4\u2018-\u201f\u2032-\u2037\u00ab\u00bb\u2039\u203a\u301d-\u301f\uff02\uff07"
# White space is taken together with what follows only where it begins, so that no run of it is
# read twice.
_BLANKS = r"(?:(?<!\s)\s++)?"
_PIECE = re.compile(
    rf"(?P<dash>{_BLANKS}[{_DASHES}](?:\s*+[{_DASHES}])*+\s*+)"
    r"|(?P<soft>\u00ad[^\S\n]*+\n\s*+)"
    rf"|(?P<dots>{_BLANKS}(?:\.{{3}}|(?:\.[ \u00a0]){{2}}\.|[\u2026\u22ef])\s*+)"
    r"|(?P<marks>(?:(?<![^\s(])[\u00ab\u2039][ \u00a0\u202f]|[ \u00a0\u202f][\u00bb\u203a](?!\w)"
    rf"|[{_QUOTING}])++)"
    r"|(?P<blank>(?<!\s)\s{2,}+|[^\S ])"
)
# A dash at the end of a line, just after a letter; in words on one line, before a blank.
_LINE_END = re.compile(rf"[{_DASHES}][^\S\n]*+\n\s*+")
_HANGING = re.compile(rf"[{_DASHES}]\s++")
_SOFT_AT_LINE_END = re.compile(r"\u00ad\s++")
# Forms of letters that fonts and old character sets made: ligatures, full and half width.
_FORMS = re.compile(
    "[\u0132\u0133\u017f\u01c4-\u01cc\ufb00-\ufb17\ufb20-\ufc5d\ufc64-\ufdf9\ufe80-\ufefc"
    "\uff01-\uffdc]"
)
_BECOME = {"dash": None, "soft": None, "blank": " ", "marks": "'", "dots": "\u2026", "hidden": ""}


@dataclass(frozen=True)
class _Dash:
    """Where a dash stands in the content, and whether it may just divide a word over two lines."""

    start: int
    end: int
    optional: bool


class Folded:
    """Words without what typography alone puts into them; dashes are kept apart.

    >>> folded = Folded("\\u201ceff\\u00adective\\u201d \\u2013  so they say...")
    >>> folded.words, list(folded.dashes)
    ("'effective'so they say…", [11])
    """

    def __init__(self, content: str, hanging: re.Pattern[str] = _LINE_END) -> None:
        # Where each piece begins in the folded words, from where to where it came, and whether
        # it is the same there.
        self._at: list[int] = []
        self._from: list[tuple[int, int, bool]] = []
        self.dashes: dict[int, _Dash] = {}
        made: list[str] = []
        size, blank = 0, True
        for start, end, piece in _pieces(content):
            if piece is None:
                match = hanging.match(content, start)
                optional = content[start] == "\u00ad" or bool(match and match.end() == end)
                self.dashes.setdefault(size, _Dash(*_trimmed(content, start, end), optional))
                blank = True
                continue
            same = piece == content[start:end]
            if blank and piece.startswith(" "):
                start, piece = start + 1, piece[1:]
            if piece:
                blank = piece.endswith(" ")
                self._at.append(size)
                self._from.append(
                    (*_trimmed(content, start, end), False) if not same else (start, end, True)
                )
                made.append(piece)
                size += len(piece)
        self.words = "".join(made)
        self._places = sorted(self.dashes)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The place in the content of folded words."""
        return self._origin(start)[0], self._origin(end - 1)[1]

    def _origin(self, index: int) -> tuple[int, int]:
        piece = bisect.bisect_right(self._at, index) - 1
        start, end, same = self._from[piece]
        first = start + index - self._at[piece]
        return (first, first + 1) if same else (start, end)

    def index(self, offset: int) -> int:
        """The first folded letter that comes from the content at or after an offset."""
        piece = bisect.bisect_left(self._from, (offset,))
        if piece:
            start, end, same = self._from[piece - 1]
            if same and end > offset:
                return self._at[piece - 1] + offset - start
        return self._at[piece] if piece < len(self._at) else len(self.words)

    def between(self, start: int, end: int) -> list[int]:
        """Where dashes stand between two of these letters."""
        first = bisect.bisect_right(self._places, start)
        return self._places[first : bisect.bisect_left(self._places, end)]


class Typography:
    """Finds words in a long content whatever differs in typography alone.

    >>> Typography("Most stop with-\\nout treatment.").find("stop without \\u00adtreatment")
    [(5, 29)]
    """

    def __init__(self, content: str) -> None:
        self._folded = Folded(content)
        self._finder = Finder(self._folded.words)

    def find(self, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The places (start, end) of words between two offsets, none of which overlap."""
        return list(self.places(words, start, end))

    def places(
        self, words: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, int]]:
        """These places, one after the other."""
        seen = INVISIBLE.sub("", _SOFT_AT_LINE_END.sub("", words))
        wanted = Folded(" ".join(seen.split()), _HANGING)
        first = self._folded.index(start)
        last = None if end is None else self._folded.index(end)
        for begin in self._finder.each(
            wanted.words, first, last, lambda begin: self._same_dashes(wanted, begin)
        ):
            yield self._place(wanted, begin)

    def _same_dashes(self, wanted: Folded, begin: int) -> bool:
        """Whether dashes stand at the same letters; those that may just divide a word may lack."""
        here = self._folded.dashes
        for place, dash in wanted.dashes.items():
            if not dash.optional and begin + place not in here:
                return False
        inside = self._folded.between(begin, begin + len(wanted.words))
        return all(here[place].optional or place - begin in wanted.dashes for place in inside)

    def _place(self, wanted: Folded, begin: int) -> tuple[int, int]:
        """The place in the content, with the dashes with which the words begin and end."""
        after = begin + len(wanted.words)
        start, end = self._folded.origin(begin, after)
        if 0 in wanted.dashes and begin in self._folded.dashes:
            start = self._folded.dashes[begin].start
        if len(wanted.words) in wanted.dashes and after in self._folded.dashes:
            end = self._folded.dashes[after].end
        return start, end


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    """A place without the white space around what stands there, if anything does."""
    inner = content[start:end]
    first, last = start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
    return (first, last) if first < last else (start, end)


def _pieces(content: str) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, what it becomes) of stretches of the content; None for a dash."""
    before = 0
    for match in _pattern(content).finditer(content):
        if before < match.start():
            yield before, match.start(), content[before : match.start()]
        kind = match.lastgroup or ""
        yield *match.span(), _BECOME[kind] if kind in _BECOME else _plain(match.group())
        before = match.end()
    if before < len(content):
        yield before, len(content), content[before:]


def _pattern(content: str) -> re.Pattern[str]:
    """What is to be replaced in this content: of all the letters there are, only those in it."""
    if content.isascii():
        return _PIECE
    letters = set(content)
    parts = [_PIECE.pattern]
    joining = {c for c in letters if unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff"}
    odd = {c for c in letters if unicodedata.normalize("NFC", c) != c or _FORMS.match(c)}
    if hidden := {c for c in letters - joining if INVISIBLE.match(c)}:
        parts.append(f"(?P<hidden>[{_listed(hidden)}]+)")
    if joining:
        parts.append(
            f"(?P<joined>[^{_DASHES}{_QUOTING}\u2026\\s{_listed(joining)}]?[{_listed(joining)}]+)"
        )
    if odd:
        parts.append(f"(?P<odd>[{_listed(odd)}])")
    return re.compile("|".join(parts))


def _listed(letters: set[str]) -> str:
    return "".join(sorted(map(re.escape, letters)))


def _plain(letters: str) -> str:
    """One letter with its accents, as it is written most plainly."""
    seen = INVISIBLE.sub("", letters)
    plain = "".join(unicodedata.normalize("NFKC", c) if _FORMS.match(c) else c for c in seen)
    return unicodedata.normalize("NFC", plain)
