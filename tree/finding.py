"""Where words stand in a long content; any white space matches any other."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence


class Finder:
    """Knows where each word of a content stands, so that no quote reads it from end to end.

    >>> Finder("Rest.  Drink tea.\\nRest again.").find("tea. Rest")
    [(13, 22)]
    """

    def __init__(self, content: str) -> None:
        words = list(re.finditer(r"\S+", content))
        self._words = [word.group() for word in words]
        self._starts = [word.start() for word in words]
        # The content on one line, where every word begins at `_begins`.
        self._line = " ".join(self._words)
        self._begins = [0, *itertools.accumulate(len(word) + 1 for word in self._words)]
        self._numbers: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            self._numbers.setdefault(word, []).append(number)
        self._sorted = sorted(self._numbers)
        self._found: dict[tuple[str, int, int | None], list[tuple[int, int]]] = {}

    def find(self, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The places (start, end) of words between two offsets, none of which overlap.

        Like `re.finditer` they may begin and end inside a word of the content.
        """
        key = " ".join(words.split()), start, end
        if key not in self._found:
            self._found[key] = list(self._places(*key))
        return self._found[key]

    def _places(self, line: str, start: int, end: int | None) -> Iterator[tuple[int, int]]:
        last = -1
        for begin in self._candidates(line, start) if line else ():
            place = self._offset(begin), self._offset(begin + len(line) - 1) + 1
            if end is not None and place[1] > end:
                return
            if begin > last and place[0] >= start:
                yield place
                last = begin + len(line) - 1

    def _candidates(self, line: str, start: int) -> Iterator[int]:
        """Where the line stands in the content on one line, in order; some may overlap."""
        words = line.split(" ")
        if len(words) > 1:
            index, numbers = self._rarest(words)
            if len(numbers) * len(words) <= len(self._line):
                yield from self._around(numbers, words, index)
                return
        # One word, which may be inside of longer ones, or words that all are frequent.
        first = max(0, bisect.bisect_right(self._starts, start) - 1)
        begin = self._line.find(line, self._begins[first])
        while begin >= 0:
            yield begin
            inside = self._offset(begin) < start
            begin = self._line.find(line, begin + (1 if inside else len(line)))

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
                and after <= len(self._words)
                and self._words[first + 1 : after - 1] == words[1:-1]
                and self._words[first].endswith(words[0])
                and self._words[after - 1].startswith(words[-1])
            ):
                yield self._begins[first + 1] - 1 - len(words[0])

    def _offset(self, begin: int) -> int:
        """The offset in the content of a letter of the line."""
        number = bisect.bisect_right(self._begins, begin) - 1
        return self._starts[number] + begin - self._begins[number]
