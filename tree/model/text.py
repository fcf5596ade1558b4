"""The text, kept verbatim: its passages, and where a quote stands in it."""

from __future__ import annotations

import bisect
import difflib
import itertools
import re
import textwrap
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from ..messages import say
from .errors import Problem
from .letters import visible
from .search import Finder
from .sentences import sentences
from .typography import Typography

# Characters that no file of prose needs, and that XML, terminals or browsers choke on.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

MOST_WORDS = 100  # of a quote that is not found, to look for the nearest words
COMMON = 1_000  # a word that stands more often says nothing about a place
MOST_CONTROLS = 100  # control characters that are reported of one file


def unnamed() -> str:
    """Who speaks in a text of which the guide names no passages, in the language in force."""
    return say("the text")


@dataclass(frozen=True)
class Passage:
    """A part of the text with its own author: `text.content[start:end]`."""

    id: str
    author: str
    start: int
    end: int


@dataclass(frozen=True)
class Quote:
    """Words of the text, exactly as they stand there: `text.content[start:end] == words`."""

    words: str
    start: int
    end: int
    passage: str

    @property
    def line(self) -> str:
        """The words on one line, for showing; runs of white space become one space.

        >>> Quote("a  b", 0, 4, "p").line
        'a b'
        """
        return " ".join(self.words.split())


@dataclass(frozen=True)
class Text:
    """The source, verbatim.

    >>> text = Text("text.txt", "Rest.  Drink tea.\\nRest again.")
    >>> text.find("Drink tea")
    [(7, 16)]
    >>> text.find("tea. Rest")
    [(13, 22)]
    >>> text.find("Rest")
    [(0, 4), (18, 22)]
    >>> text.place(18)
    (2, 1)
    """

    file: str
    content: str
    passages: tuple[Passage, ...] = ()
    language: str = "en"

    def __str__(self) -> str:
        """The text as written, its long lines folded between words.

        >>> print(Text("t", "  • " + "word " * 20))
          • word word word word word word word word word word word word word word word word word
            word word word
        """
        return folded(self.content.splitlines())

    def find(self, words: str, within: Passage | None = None) -> list[tuple[int, int]]:
        """Where the words stand, as (start, end). Any white space matches any other.

        Where they stand nowhere just so, typography does not matter either: dashes, quotation
        marks, dots, ligatures, hyphens at the end of a line.

        >>> Text("t", "Don\\u2019t rest \\u2013 drink!").find("Don't rest - drink")
        [(0, 18)]
        """
        bounds = _bounds(within)
        return self._finder.find(words, *bounds) or self._typography.find(words, *bounds)

    def first(self, words: str, most: int, within: Passage | None = None) -> list[tuple[int, int]]:
        """The first of these places, for words that may stand at very many."""
        bounds = _bounds(within)
        return self._finder.first(words, most, *bounds) or list(
            itertools.islice(self._typography.places(words, *bounds), most)
        )

    def nth(self, words: str, number: int, within: Passage | None = None) -> tuple[int, int] | None:
        """The place of this number, counted from 1, or None where there are fewer.

        >>> Text("t", "Rest. Rest again.").nth("Rest", 2)
        (6, 10)
        """
        bounds = _bounds(within)
        if self._finder.first(words, 1, *bounds):
            return self._finder.nth(words, number, *bounds)
        places = self._typography.places(words, *bounds)
        return next(itertools.islice(places, number - 1, None), None)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.content)

    @cached_property
    def _typography(self) -> Typography:
        return Typography(self.content)

    def names(self, name: str) -> bool:
        """Whether the text uses this name; capitals and typography do not matter."""
        words = visible(name).casefold()
        if not words or words in self._folded:
            return bool(words)
        return any(self._typography_of_names.places(words))

    @cached_property
    def _typography_of_names(self) -> Typography:
        return Typography(self.content.casefold())

    @cached_property
    def _folded(self) -> str:
        return visible(self.content).casefold()

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The offsets (start, end) of its sentences, in order."""
        return tuple(sentences(self.content, self.language))

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [end for _, end in self.sentences]

    def sentences_at(self, start: int, end: int) -> range:
        """Which of its sentences a place meets, counted from 0.

        >>> text = Text("text.txt", "Rest. Drink tea. Good luck!")
        >>> text.sentences_at(4, 9), text.sentences_at(5, 6)
        (range(0, 2), range(1, 1))
        """
        first = bisect.bisect_right(self._sentence_ends, start)
        last = first
        while last < len(self.sentences) and self.sentences[last][0] < end:
            last += 1
        return range(first, last)

    def quote(self, start: int, end: int) -> Quote:
        """The words between two offsets, with the passage that they are in."""
        passage = self.passage_at(start)
        return Quote(self.content[start:end], start, end, passage.id if passage else "")

    def passage_at(self, offset: int) -> Passage | None:
        """The passage at an offset, or None before the first one."""
        index = bisect.bisect_right(self._passage_starts, offset) - 1
        return self.passages[index] if index >= 0 else None

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [passage.start for passage in self.passages]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, from 1."""
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def lines(self) -> list[str]:
        """Its lines, as `place` counts them."""
        return self.content.split("\n")

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset starts."""
        return self._line_starts[self.place(offset)[0] - 1]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.content))]

    def nearest(self, words: str) -> str:
        """The words of the text most like these, or "" where nothing is alike.

        The longest run of words that both share anchors the answer.

        >>> Text("t", "Drink a lot of warm tea. Rest.").nearest("Drink lots of warm tea")
        'Drink a lot of warm tea.'
        """
        wanted = [_bare(word) for word in words.split()[:MOST_WORDS]]
        self._matcher.set_seq1(wanted)
        run = self._matcher.find_longest_match()
        if not run.size:
            return ""
        known = self._finder.words
        first = max(0, run.b - run.a)
        last = min(len(known), run.b + len(wanted) - run.a)
        # One word more on the side where words may have been left out of the quote.
        first = max(0, first - 1) if run.a else first
        last = min(len(known), last + 1) if run.a + run.size < len(wanted) else last
        return " ".join(known[first:last])

    @cached_property
    def _matcher(self) -> difflib.SequenceMatcher[str]:
        words = [_bare(word) for word in self._finder.words]
        # A word that stands everywhere tells no place from another, and takes long to compare.
        times = Counter(words)
        return difflib.SequenceMatcher(lambda word: times[word] > COMMON, [], words, autojunk=False)

    def with_passages(self, passages: list[Passage]) -> Text:
        """The same text, divided: each passage ends where the next begins."""
        passages = sorted(passages, key=lambda passage: passage.start)
        ends = [*(passage.start for passage in passages), len(self.content)][1:]
        return replace(
            self, passages=tuple(replace(p, end=e) for p, e in zip(passages, ends, strict=True))
        )


def _bounds(passage: Passage | None) -> tuple[int, int | None]:
    return (passage.start, passage.end) if passage else (0, None)


def in_one_line(quotes: Iterable[Quote]) -> str:
    """The words of several quotes, with … between them.

    >>> in_one_line([Quote("a  b", 0, 4, "p"), Quote("c", 9, 10, "p")])
    'a b … c'
    """
    return " … ".join(quote.line for quote in quotes)


def counted(number: int, one: str, several: str = "") -> str:
    """A number and what it counts; `several`: the plural where it does not just end in s.

    >>> counted(1, "error"), counted(0, "error"), counted(2, "first try", "first tries")
    ('1 error', '0 errors', '2 first tries')
    """
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def short_number(value: float | None) -> str:
    """A number as short as it can be said; - for none.

    >>> short_number(2.0), short_number(8 / 3), short_number(None)
    ('2', '2.7', '-')
    """
    return "-" if value is None else f"{value:.1f}".removesuffix(".0")


def folded(lines: Iterable[str], width: int = 90) -> str:
    """Lines as one text, the long ones folded between words and indented as they began.

    >>> print(folded(["    1. one two three"], width=12))
        1. one
           two
           three
    """
    return "\n".join(_fold(line, width) for line in lines)


def _fold(line: str, width: int) -> str:
    lead = re.match(r"\s*(?:(?:[•*\"-]|\d+\.)\s*)?", line)
    hang = " " * (lead.end() if lead else 0)
    return textwrap.fill(line, width, subsequent_indent=hang, break_on_hyphens=False)


def _bare(word: str) -> str:
    """A word without capitals and punctuation, for comparing."""
    return "".join(filter(str.isalnum, word.casefold()))


def decode(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """Decode a file as UTF-8 (a byte order mark is dropped), and say what is wrong with it.

    >>> print(*decode("t", "naïve".encode("latin-1"))[1])
    t:1:3: not UTF-8: byte 0xef; save the file as UTF-8
    >>> decode("t", b"\\xef\\xbb\\xbftea")
    ('tea', [])
    """
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line, column = Text(file, before).place(len(before))
        message = f"not UTF-8: byte 0x{data[error.start]:02x}; save the file as UTF-8"
        return "", [Problem(file, line, column, message)]
    if not content.strip():
        return "", [Problem(file, 1, 1, "the file is empty")]
    # Most files have no other control characters than the ends of their lines.
    if content.replace("\n", " ").isprintable():
        return content, []
    text = Text(file, content)
    return content, [
        Problem(
            file, *text.place(m.start()), f"control character U+{ord(m.group()):04X}; remove it"
        )
        for m in itertools.islice(CONTROL.finditer(content), MOST_CONTROLS)
    ]
