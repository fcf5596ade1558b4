"""Where words stand in a long content; any white space matches any other."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

MOST_HELD = 1_000_000  # places that are kept for when they are asked again
SHORT = 20_000  # letters that are read sooner than it is noted where each word of them stands


class Finder:
    """Knows where each word of a long content stands, so that no quote reads all of it.

    >>> Finder("Rest.  Drink tea.\\nRest again.").find("tea. Rest")
    [(13, 22)]
    """

    def __init__(self, content: str, short: int = SHORT) -> None:
        self._short = short
        self._content = content
        self.words = content.split()
        # The content on one line; a short story is so from the beginning.
        self._line = " ".join(self.words)
        self._is_line = self._line == content
        # What was found before, on the line and in the content.
        self._found: dict[tuple[str, int, int | None], list[int]] = {}
        self._places: dict[tuple[str, int, int | None], list[tuple[int, int]]] = {}
        self._held = 0

    @cached_property
    def _starts(self) -> list[int]:
        """Where each word begins in the content."""
        return [word.start() for word in re.finditer(r"\S+", self._content)]

    @cached_property
    def _begins(self) -> list[int]:
        """Where each word begins on the line."""
        return [0, *itertools.accumulate(len(word) + 1 for word in self.words)]

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """Each word, and which words of the content it is."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            found.setdefault(word, []).append(number)
        return found

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._numbers)

    def find(self, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The places (start, end) of words between two offsets, none of which overlap.

        Like `re.finditer` they may begin and end inside a word of the content.
        """
        key = " ".join(words.split()), start, end
        if key not in self._places:
            self._places[key] = [self._place(begin, key[0]) for begin in self._all(*key)]
        return self._places[key]

    def first(
        self, words: str, most: int, start: int = 0, end: int | None = None
    ) -> list[tuple[int, int]]:
        """The first of these places, for words that may stand at very many."""
        line = " ".join(words.split())
        if len(self._line) <= self._short and line:
            # Most words stand at one place, or at none.
            low, high = self._begin(start), len(self._line) if end is None else self._begin(end)
            begin = self._line.find(line, low, high)
            if begin < 0:
                return []
            if most == 1 or self._line.find(line, begin + len(line), high) < 0:
                return [self._place(begin, line)]
        begins = itertools.islice(self._lines(line, start, end), most)
        return [self._place(begin, line) for begin in begins]

    def nth(
        self, words: str, number: int, start: int = 0, end: int | None = None
    ) -> tuple[int, int] | None:
        """The place of this number, counted from 1, or None where there are fewer."""
        line = " ".join(words.split())
        begins = self._all(line, start, end)
        return self._place(begins[number - 1], line) if number <= len(begins) else None

    def each(
        self, words: str, start: int, end: int | None, accept: Callable[[int], bool]
    ) -> Iterator[int]:
        """Where the words begin in a content on one line, of the places that are accepted."""
        return self._lines(" ".join(words.split()), start, end, accept)

    def _all(self, line: str, start: int, end: int | None) -> list[int]:
        """Where the line stands in the content on one line; kept for when it is asked again."""
        key = line, start, end
        if key not in self._found:
            if self._held > MOST_HELD:
                self._found.clear()
                self._places.clear()
                self._held = 0
            self._found[key] = list(self._lines(line, start, end))
            self._held += len(self._found[key])
        return self._found[key]

    def _lines(
        self,
        line: str,
        start: int,
        end: int | None,
        accept: Callable[[int], bool] = lambda begin: True,
    ) -> Iterator[int]:
        low = self._begin(start)
        high = len(self._line) if end is None else self._begin(end)
        free = low
        for begin in self._candidates(line, low, high, accept) if line else ():
            if begin + len(line) > high:
                return
            if begin >= free and accept(begin):
                yield begin
                free = begin + len(line)

    def _candidates(
        self, line: str, low: int, high: int, accept: Callable[[int], bool]
    ) -> Iterator[int]:
        """Where the line stands in the content on one line, in order; some may overlap."""
        words = line.split(" ")
        if len(words) > 1 and len(self._line) > self._short:
            index, numbers = self._rarest(words)
            if len(numbers) * len(words) <= len(self._line):
                yield from self._around(numbers, words, index)
                return
        # One word, which may be inside of longer ones, or words that all are frequent, or
        # little to read.
        begin = self._line.find(line, low, high)
        while begin >= 0:
            yield begin
            step = len(line) if accept(begin) else 1
            begin = self._line.find(line, begin + step, high)

    def _rarest(self, words: list[str]) -> tuple[int, Sequence[int]]:
        """The word that stands at the fewest places, and the numbers of these.

        The last one may be the beginning of longer words; the first one, the end of them, is
        not looked up.
        """
        low = bisect.bisect_left(self._sorted, words[-1])
        high = bisect.bisect_right(self._sorted, words[-1] + "\U0010ffff")
        lists = [self._numbers[word] for word in self._sorted[low:high]]
        best = len(words) - 1, sum(map(len, lists))
        for index, word in enumerate(words[1:-1], start=1):
            count = len(self._numbers.get(word, ()))
            if count < best[1]:
                best = index, count
        if best[0] == len(words) - 1:
            few = best[1] * len(words) <= len(self._line)
            return best[0], sorted(itertools.chain(*lists)) if few else range(best[1])
        return best[0], self._numbers.get(words[best[0]], ())

    def _around(self, numbers: Sequence[int], words: list[str], index: int) -> Iterator[int]:
        """Where all words stand around one of them, which stands at these numbers."""
        for number in numbers:
            first = number - index
            after = first + len(words)
            if (
                first >= 0
                and after <= len(self.words)
                and self.words[first + 1 : after - 1] == words[1:-1]
                and self.words[first].endswith(words[0])
                and self.words[after - 1].startswith(words[-1])
            ):
                yield self._begins[first + 1] - 1 - len(words[0])

    def _place(self, begin: int, line: str) -> tuple[int, int]:
        """The place in the content of a line that begins there."""
        end = begin + len(line)
        return (begin, end) if self._is_line else (self._offset(begin), self._offset(end - 1) + 1)

    def _begin(self, offset: int) -> int:
        """Where the first letter at or after an offset of the content stands on the line."""
        if self._is_line or not offset:
            return offset
        number = bisect.bisect_right(self._starts, offset) - 1
        if number < 0:
            return 0
        inside = offset - self._starts[number]
        return min(self._begins[number] + inside, self._begins[number + 1])

    def _offset(self, begin: int) -> int:
        """The offset in the content of a letter of the line."""
        number = bisect.bisect_right(self._begins, begin) - 1
        return self._starts[number] + begin - self._begins[number]
