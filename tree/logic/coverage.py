"""Which sentences of the text the guide uses, sets aside as context, or has not claimed.

Where the sentences of a line cannot be told apart, the line counts as claimed only once all of it
is: a sentence in it may have been forgotten.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model.once import once
from ..model.parts import Reading
from ..model.sentences import undivided
from ..model.text import Quote, counted, folded

WHOLE = "such a line counts as claimed only once all of it is"


class Claim(enum.StrEnum):
    """What a guide makes of a sentence."""

    USED = "used"
    CONTEXT = "context"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text, and who claims it: ids of entries, or the reason of a context.

    `whole_line`: it is a line whose sentences cannot be told apart.
    """

    words: Quote
    claim: Claim
    by: tuple[str, ...] = ()
    whole_line: bool = False

    def __str__(self) -> str:
        return folded(self.lines())

    def lines(self) -> Iterator[str]:
        """The sentence with its claim, and who claims it."""
        yield f'{self.claim:>9}  "{self.words.line}"'
        if self.by:
            yield f"{'':>11}{', '.join(self.by)}"


@dataclass(frozen=True)
class Coverage:
    """The sentences of a text in order, each with its claim. Prints as a list."""

    sentences: tuple[Sentence, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many sentences are used, context and unclaimed."""
        found = Counter(sentence.claim for sentence in self.sentences)
        return {str(claim): found[claim] for claim in Claim}

    @property
    def unclaimed(self) -> tuple[Sentence, ...]:
        """The sentences that nobody has dealt with."""
        return tuple(s for s in self.sentences if s.claim is Claim.UNCLAIMED)

    @property
    def whole_lines(self) -> tuple[Sentence, ...]:
        """The lines whose sentences cannot be told apart."""
        return tuple(s for s in self.sentences if s.whole_line)

    def __str__(self) -> str:
        lines = [", ".join(f"{count} {claim}" for claim, count in self.counts.items())]
        if self.whole_lines:
            number = counted(len(self.whole_lines), "line")
            lines.append(f"The sentences of {number} cannot be told apart: {WHOLE}.")
        for sentence in self.sentences:
            lines += sentence.lines()
        return folded(lines)

    def __repr__(self) -> str:
        return f"<coverage: {', '.join(f'{n} {claim}' for claim, n in self.counts.items())}>"


@once
def cover(reading: Reading) -> Coverage:
    """Say of every sentence who claims it; worked out once.

    A sentence is used if any part of it is quoted.
    """
    content, spans = reading.text.content, reading.text.sentences
    used: dict[int, dict[str, None]] = {}
    context: dict[int, dict[str, None]] = {}
    parts: dict[int, list[tuple[int, int]]] = {
        i: [] for i, (start, end) in enumerate(spans) if undivided(content[start:end])
    }

    def claim(found: dict[int, dict[str, None]], quote: Quote, by: str) -> None:
        for index in reading.text.sentences_at(quote.start, quote.end):
            found.setdefault(index, {})[by] = None
            if index in parts:
                parts[index].append((quote.start, quote.end))

    for by, quote in _quoted(reading):
        claim(used, quote, by)
    for quote, reason in reading.context:
        claim(context, quote, reason)

    def claim_of(index: int) -> Claim:
        if index in parts and not covered(content, *spans[index], parts[index]):
            return Claim.UNCLAIMED
        if index in used:
            return Claim.USED
        return Claim.CONTEXT if index in context else Claim.UNCLAIMED

    return Coverage(
        tuple(
            Sentence(
                reading.text.quote(start, end),
                claim_of(i),
                tuple(used.get(i, context.get(i, ()))),
                whole_line=i in parts,
            )
            for i, (start, end) in enumerate(spans)
        )
    )


def covered(content: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether the spans hold all the letters and digits between two offsets.

    >>> covered("Rest, or tea.", 0, 13, [(6, 12), (0, 5)])
    True
    >>> covered("Rest, or tea.", 0, 13, [(0, 8)])
    False
    """
    left = start
    for first, last in sorted(spans):
        if any(map(str.isalnum, content[left : min(first, end)])):
            return False
        left = max(left, last)
    return not any(map(str.isalnum, content[left:end]))


def _quoted(reading: Reading) -> Iterator[tuple[str, Quote]]:
    """Every quote of a statement, scope, factor, option or group, with the id that holds it."""
    for statement in reading.statements:
        yield from ((statement.id, quote) for quote in statement.quotes)
    for scope in reading.scopes:
        yield from ((scope.id, quote) for quote in scope.quotes)
    for factor in reading.every_factor:
        judged = (factor.judgement,) if factor.judgement else ()
        yield from ((factor.id, quote) for quote in (*factor.quotes, *judged))
    for option in reading.options:
        yield from ((option.id, quote) for quote in (*option.quotes, *option.does))
    for group in reading.groups:
        yield from ((group.id, quote) for quote in (*group.quotes, *group.does))
