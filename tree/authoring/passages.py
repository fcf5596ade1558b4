"""The shape of a text: its lines, which of them are headings or signatures, and its passages."""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from ..model.sentences import ITEM
from ..model.text import Passage, Text

# A text with more parts than this is no collection of answers, each with an author.
MOST_PASSAGES = 100
NAME_THE_AUTHOR = "name the author"
_RULE = re.compile(r"\s*+([-*_=~])(?:\s*+\1){2,}+\s*+")
_HASHES = re.compile(r"#{1,6}+\s++")
_NUMBERED = re.compile(r"\s*+\(?[\da-z]")
_LONGEST_HEADING = 80
_LONGEST_SIGNATURE = 100

_DEGREES = r"(?:,\s*(?:[A-Z][A-Za-z]?\.?){1,5})++"
_NAME = r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s++)?(?:[^\W\d_a-z][\w.'\u2019-]*+\s*+){1,5}"
_SIGNATURE = re.compile(
    rf"(?:[\u2014\u2013]|--)\s*+\S.*|{_NAME}{_DEGREES}"
    rf"|(?:Written|Reviewed|Answered|Posted)\s++by\s++\S.*|By\s++{_NAME}|Author,\s++\S.*"
)
_ATTRIBUTION = re.compile(
    r"(?P<who>\S.{0,60}?),?\s++(?:answered\s++on\s++behalf\s++of\b.{0,60}|(?:answers|writes|replies):?)"
)
_BEFORE_THE_NAME = re.compile(
    r"(?:[\u2014\u2013-]++|(?:Written|Reviewed|Answered|Posted)\s++by|By|Author,)\s*+"
)


class Role(enum.StrEnum):
    """What a line is there for."""

    PROSE = "prose"
    HEADING = "heading"
    SIGNATURE = "signature"
    ATTRIBUTION = "names who answers"
    RULE = "a line between parts"


@dataclass(frozen=True)
class TextLine:
    """A line that is not blank: `content[start:end]` are its words, after the mark of an item."""

    start: int
    end: int
    indent: int
    item: bool
    numbered: bool
    alone: bool  # a blank line before and after, or an end of the text
    words: str
    role: Role = Role.PROSE
    mark: str = ""  # of a heading: its hashes, or the line under it


def lines(content: str) -> tuple[TextLine, ...]:
    """The lines of a text with their roles.

    >>> [str(line.role) for line in lines("Tea\\n\\nDrink tea.\\n\\n-- Ann Lee")]
    ['heading', 'prose', 'signature']
    """
    found: list[TextLine] = []
    raw = [(m.start(), m.group()) for m in re.finditer(r"[^\n]*+\n?", content)]
    for number, (start, whole) in enumerate(raw):
        line = whole.rstrip()
        if not line.strip():
            continue
        mark = ITEM.match(line)
        begin = start + (mark.end() if mark else len(line) - len(line.lstrip()))
        before = raw[number - 1][1].strip() if number else ""
        after = raw[number + 1][1].strip() if number + 1 < len(raw) else ""
        found.append(
            TextLine(
                begin,
                start + len(line),
                indent=len(line) - len(line.lstrip()),
                item=bool(mark),
                numbered=bool(mark and _NUMBERED.match(line)),
                alone=not before and not after,
                words=content[begin : start + len(line)],
                role=_role(line, before, after, bool(mark), not found),
                mark=_mark(line, after),
            )
        )
    if found and found[-1].role is Role.HEADING:
        # What nothing follows is no heading.
        found[-1] = replace(found[-1], role=Role.PROSE)
    return tuple(found)


def _role(line: str, before: str, after: str, is_item: bool, is_first: bool) -> Role:
    words = line.strip()
    if _RULE.fullmatch(line):
        return Role.RULE
    if not is_item and _mark(line, after):
        return Role.HEADING
    if len(words) <= _LONGEST_SIGNATURE and not is_item and _SIGNATURE.fullmatch(words):
        return Role.SIGNATURE
    if len(words) <= _LONGEST_SIGNATURE and not after and _ATTRIBUTION.fullmatch(_bare(line)):
        return Role.ATTRIBUTION
    stands_alone = not before and not after and (is_first or len(words) <= _LONGEST_HEADING)
    if (
        stands_alone
        and not is_item
        and len(words) <= 2 * _LONGEST_HEADING
        and (words[0].isupper() or words[0].isdigit())
        and (words[-1].isalnum() or words[-1] in ")?\u201d\"'")
        and not re.search(r"[.!;]\s" if is_first else r"[.!;:]\s", words)
    ):
        return Role.HEADING
    return Role.PROSE


def _mark(line: str, after: str) -> str:
    if hashes := _HASHES.match(line.strip()):
        return hashes.group().strip()
    return after[0] if re.fullmatch("=++|-{3,}+", after) else ""


def _bare(line: str) -> str:
    mark = ITEM.match(line)
    return line[mark.end() if mark else 0 :].strip()


def title(content: str) -> str:
    """The first line where it is a heading or a question, otherwise "".

    >>> title("What helps?\\n\\nRest."), title("Rest. Drink tea."), title("## Tea\\nDrink it.")
    ('What helps?', '', 'Tea')
    """
    found = lines(content)
    return _heading(found[0]) if _titles(found) else ""


def _titles(found: Sequence[TextLine]) -> int:
    """How many lines stand for the title: none where the first heading is one of several."""
    if len(found) < 2 or found[0].role is not Role.HEADING:
        return 0
    mark = found[0].mark
    if mark and any(line.role is Role.HEADING and line.mark == mark for line in found[1:]):
        return 0
    return 2 if found[1].role is Role.RULE and mark in "=-" else 1


def _heading(line: TextLine) -> str:
    return _HASHES.sub("", line.words, count=1).strip("# ")


def divided(text: Text, name: Callable[[str, Collection[str]], str]) -> Text:
    """The text with the passages that its shape shows; with none where it is of one piece.

    `name` makes an id of words that is not among others. Authors are taken from a signature, the
    words that say who answers, or a heading.
    """
    found = lines(text.content)
    # A passage begins with a sentence, never inside one.
    starts = {text.place(start)[0] for start, _ in text.sentences}
    begins = sorted(
        number
        for number in _begins(found)
        if text.place(found[number].start)[0] in starts and first_words(text, found[number].start)
    )
    ends = [*begins, len(found)][1:]
    parts = _without_empty([found[a:b] for a, b in zip(begins, ends, strict=True)])
    if not 2 <= len(parts) <= MOST_PASSAGES:
        return text
    passages: list[Passage] = []
    for number, part in enumerate(parts, start=1):
        author, short = _author(part)
        id = name(short or f"part {number}", [passage.id for passage in passages])
        start = text.line_start(part[0].start)
        passages.append(Passage(id, author, start, 0))
    return text.with_passages(passages)


def first_words(text: Text, start: int) -> tuple[int, int] | None:
    """The place of the first words in the line of an offset: so many that they stand once,
    where there are so many. None where what stands before runs into them.

    >>> first_words(Text("t", "  - Drink tea.\\n"), 0)
    (4, 14)
    """
    begin = text.line_start(start)
    mark = ITEM.match(text.content, begin)
    end = text.content.find("\n", begin)
    line_end = end if end >= 0 else len(text.content)
    if mark and mark.end() < line_end:
        begin = mark.end()
    words = itertools.islice(re.compile(r"\S+").finditer(text.content, begin, line_end), 12)
    spans = [word.span() for word in words]
    places = [(spans[0][0], end) for _, end in spans[min(5, len(spans) - 1) :]]
    found = [text.find(text.content[slice(*place)]) for place in places]
    for place, all_places in zip(places, found, strict=True):
        if all_places == [place]:
            return place
    return next(
        (place for place, others in zip(places, found, strict=True) if place in others), None
    )


def _begins(found: Sequence[TextLine]) -> set[int]:
    """The numbers of the lines at which a passage begins."""
    body = _titles(found)
    begins = {body} | _outermost_items(found, body)
    for number in range(body + 1, len(found)):
        line, before = found[number], found[number - 1]
        # The line under a heading ends nothing.
        ruled = before.role is Role.RULE and found[number - 2].role is not Role.HEADING
        after_end = ruled or (before.role is Role.SIGNATURE and line.role is not Role.SIGNATURE)
        opens = line.role is Role.HEADING and before.role is not Role.HEADING
        if (after_end or opens) and line.role is not Role.RULE:
            begins.add(number)
    return begins if len(found) > body else set()


def _outermost_items(found: Sequence[TextLine], body: int) -> set[int]:
    """Outermost items that each hold several lines and sentences, such as answers in a list."""
    items = [n for n, line in enumerate(found) if line.item and n >= body]
    if not items:
        return set()
    least = min(found[n].indent for n in items)
    outer = [n for n in items if found[n].indent == least]
    ends = [*outer[1:], len(found)]
    large = all(end - n >= 3 for n, end in zip(outer, ends, strict=True))
    signed = any(line.role in (Role.SIGNATURE, Role.ATTRIBUTION) for line in found)
    enough = len(outer) > 1 and large and (signed or not any(found[n].numbered for n in outer))
    return set(outer) if enough else set()


def _without_empty(parts: Sequence[Sequence[TextLine]]) -> list[Sequence[TextLine]]:
    """Parts that hold nothing but headings and the like belong to the part after them."""
    kept: list[Sequence[TextLine]] = []
    waiting: list[TextLine] = []
    for part in parts:
        waiting += part
        if any(line.role is Role.PROSE for line in part):
            kept.append(tuple(waiting))
            waiting = []
    if waiting and kept:
        kept[-1] = (*kept[-1], *waiting)
    return kept


def _author(part: Sequence[TextLine]) -> tuple[str, str]:
    """The author of a passage, and the words that its id is made of."""
    for line in part:
        if line.role is Role.SIGNATURE:
            author = _BEFORE_THE_NAME.sub("", line.words.strip(), count=1).strip()
            names = re.split(r"[,(]", author)[0].split()
            return author or NAME_THE_AUTHOR, names[-1] if names else ""
    for line in part:
        if line.role is Role.ATTRIBUTION and (match := _ATTRIBUTION.match(line.words)):
            return match["who"], match["who"]
    if part[0].role is Role.HEADING:
        heading = _heading(part[0])
        return heading or NAME_THE_AUTHOR, heading
    return NAME_THE_AUTHOR, ""
