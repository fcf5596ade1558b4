"""What typesetting leaves in a text and no reader reads → out, each kind by a function of its own.

Every cleaner says what it would change, and `cleaned` changes nothing beyond that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...model.abbreviations import of_any_language
from .changes import Cleaning, Replacement, applied, around
from .running_heads import feet, heads
from .wrapped_lines import wrapped_lines

_SOFT = re.compile("\u00ad(?:[^\\S\n]*\n[^\\S\n]*)?")
# The ligatures that fonts bring into copied words; other forms of letters are left as they are.
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010][^\S\n]*\n[^\S\n]*(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
# Possessive, and from the beginning of a word alone, so that no word is read twice.
_HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-\u2010][^\W\d_]++)++")
_RAISED = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u1d43-\u1d47"
_MARKS = re.compile(f"[{_RAISED}]+(?:[,\u02d2\u207b\u2013-]\\s?[{_RAISED}]+)*")
# What an exponent stands behind: a number, a short unit, a unit in a fraction.
_WITH_EXPONENT = re.compile(r"(?:[\d)\]\u00b5\u03bc]|(?<![^\W\d_])[^\W\d_]{1,2}|/[^\W\d_]{1,3})$")
_SHORT = 4  # letters, such as those of a month that is cut short
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u9fff]$")
# What is copied from a PDF has lost that its marks were raised: "at once.1 If", "in trials.2,3".
_LOWERED = re.compile(
    r"(?P<word>[^\W\d_]{3,16}+)[.!?\u2026][\"'\u2019\u201c\u201d\u00bb)\]]?"
    r"(?P<marks>\d{1,3}(?:[,\u2013-][^\S\n]?\d{1,3})*+)"
    r"(?=[^\S\n]*+(?:\n|\Z)|\s++\W?(?P<next>[^\W\d_]))"
)


def cleaned(content: str) -> tuple[str, tuple[Cleaning, ...]]:
    r"""A text without what typesetting put into it, and a list of what that was.

    >>> text, notes = cleaned("Con\u00adsider fish in-\nstead of meat.\u00b9")
    >>> text
    'Consider fish instead of meat.'
    >>> print(*notes, sep="\n")
    1 soft hyphen: taken out (Con·sider)
    1 hyphen at the end of a line: joined (in- stead)
    1 note mark: taken out (meat.¹)
    """
    notes: list[Cleaning] = []
    for cleaner in CLEANERS:
        changes = cleaner.find(content)
        if changes:
            show = around if cleaner.within_words else _itself
            pieces = tuple(show(content, change) for change in changes)
            notes.append(Cleaning(cleaner.kind, cleaner.became, pieces, cleaner.several))
        content = applied(content, changes)
    return content, tuple(notes)


def tabs(content: str) -> list[Replacement]:
    """Vertical tabs, with which word processors break a line."""
    return _every("\v", content, "\n")


def page_breaks(content: str) -> list[Replacement]:
    """Breaks between pages; a sentence that goes on over one stays on its line."""
    changes: list[Replacement] = []
    end = content.find("\f")
    while end >= 0:
        start = end
        while start and content[start - 1].isspace() and (not changes or start > changes[-1].end):
            start -= 1
        while end < len(content) and content[end].isspace():
            end += 1
        before, after = content[max(0, start - 1) : start], content[end : end + 1]
        goes_on = after.islower() and (before.isalnum() or before == ",")
        changes.append(Replacement(start, end, " " if goes_on else "\n" * bool(before or after)))
        end = content.find("\f", end)
    return changes


def soft_hyphens(content: str) -> list[Replacement]:
    """Hyphens that can only be seen where a line ends."""
    return [Replacement(*match.span()) for match in _SOFT.finditer(content)]


def ligatures(content: str) -> list[Replacement]:
    """One sign for several letters."""
    return [
        Replacement(*match.span(), unicodedata.normalize("NFKC", match.group()))
        for match in _LIGATURE.finditer(content)
    ]


def line_ends(content: str) -> list[Replacement]:
    """Hyphens that divide a word over two lines; a hyphen that belongs to the word stays."""
    words = set(map(str.casefold, _WORD.findall(content)))
    hyphened = {m.replace("\u2010", "-").casefold() for m in _HYPHENED.findall(content)}
    changes = []
    for match in _LINE_END.finditer(content):
        before = _WORD.findall(content[max(0, match.start() - 60) : match.start()])[-1]
        after = _WORD.match(content, match.end())
        assert after
        joined, with_hyphen = before + after.group(), f"{before}-{after.group()}"
        belongs = not after.group()[0].islower() or (
            with_hyphen.casefold() in hyphened and joined.casefold() not in words
        )
        changes.append(Replacement(*match.span(), "-" if belongs else ""))
    return changes


def note_marks(content: str) -> list[Replacement]:
    """Numbers that lead to a note: raised ones, and those that stand close behind a sentence."""
    found = [*_raised_marks(content), *_lowered_marks(content)]
    return sorted(found, key=lambda change: change.start)


def _raised_marks(content: str) -> Iterator[Replacement]:
    """What stands behind a number or a unit is an exponent."""
    for match in _MARKS.finditer(content):
        before = content[max(0, match.start() - 8) : match.start()]
        if not before.strip() or before[-1].isspace():
            continue
        if _UNSPACED.search(before) or not _WITH_EXPONENT.search(before):
            yield Replacement(*match.span())


def _lowered_marks(content: str) -> Iterator[Replacement]:
    """A number belongs to what follows where a small letter goes on, or a word is cut short."""
    for match in _LOWERED.finditer(content):
        goes_on = match["next"] is not None and not match["next"].isupper()
        word = match["word"]
        # Of names and months a number may be a part: "Sept.12", "LibreOffice.7".
        is_word = word.islower() or (len(word) > _SHORT and word[1:].islower())
        if not goes_on and is_word and word not in of_any_language():
            yield Replacement(*match.span("marks"))


def _every(letter: str, content: str, becomes: str) -> list[Replacement]:
    return [
        Replacement(m.start(), m.end(), becomes) for m in re.finditer(re.escape(letter), content)
    ]


def _itself(content: str, change: Replacement) -> str:
    return content[change.start : change.end]


@dataclass(frozen=True)
class Cleaner:
    """Finds one kind of thing; how it is called, one and several, and what becomes of it.

    `within_words`: it is shown with the word that it stands in.
    """

    find: Callable[[str], list[Replacement]]
    kind: str
    several: str
    became: str
    within_words: bool = False


# In this order: heads and feet are known by the breaks between pages, and a column by the lines
# that hyphens have not joined yet.
CLEANERS = (
    Cleaner(tabs, "vertical tab", "", "a line break now"),
    Cleaner(heads, "head of a page", "heads of pages", "taken out"),
    Cleaner(feet, "foot of a page", "feet of pages", "taken out"),
    Cleaner(page_breaks, "page break", "", "a line break or a blank now"),
    Cleaner(
        wrapped_lines,
        "line break inside of a paragraph",
        "line breaks inside of paragraphs",
        "a blank now",
        True,
    ),
    Cleaner(soft_hyphens, "soft hyphen", "", "taken out", True),
    Cleaner(ligatures, "ligature", "", "written as letters", True),
    Cleaner(line_ends, "hyphen at the end of a line", "hyphens at ends of lines", "joined", True),
    Cleaner(note_marks, "note mark", "", "taken out", True),
)
