"""Which sentences of the text the guide uses, sets aside as context, or has not claimed."""

from __future__ import annotations

import bisect
import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.parts import Reading
from ..model.sentences import sentences
from ..model.text import Quote, folded


class Claim(enum.StrEnum):
    """What a guide makes of a sentence."""

    USED = "used"
    CONTEXT = "context"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text, and who claims it: ids of entries, or the reason of a context."""

    words: Quote
    claim: Claim
    by: tuple[str, ...] = ()


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

    def __str__(self) -> str:
        lines = [", ".join(f"{count} {claim}" for claim, count in self.counts.items())]
        for sentence in self.sentences:
            lines.append(f'{sentence.claim:>9}  "{sentence.words.line}"')
            lines += [f"{'':>11}{', '.join(sentence.by)}"] if sentence.by else []
        return folded(lines)

    def __repr__(self) -> str:
        return f"<coverage: {', '.join(f'{n} {claim}' for claim, n in self.counts.items())}>"


def cover(reading: Reading) -> Coverage:
    """Say of every sentence who claims it. A sentence is used if any part of it is quoted."""
    spans = sentences(reading.text.content)
    ends = [end for _, end in spans]
    used: dict[int, dict[str, None]] = {}
    context: dict[int, dict[str, None]] = {}

    def claim(found: dict[int, dict[str, None]], quote: Quote, by: str) -> None:
        index = bisect.bisect_right(ends, quote.start)
        while index < len(spans) and spans[index][0] < quote.end:
            found.setdefault(index, {})[by] = None
            index += 1

    for by, quote in _quoted(reading):
        claim(used, quote, by)
    for quote, reason in reading.context:
        claim(context, quote, reason)
    return Coverage(
        tuple(
            Sentence(
                reading.text.quote(start, end),
                Claim.USED if i in used else Claim.CONTEXT if i in context else Claim.UNCLAIMED,
                tuple(used.get(i, context.get(i, ()))),
            )
            for i, (start, end) in enumerate(spans)
        )
    )


def _quoted(reading: Reading) -> Iterator[tuple[str, Quote]]:
    """Every quote of a statement, scope, factor, option or group, with the id that holds it."""
    for statement in reading.statements:
        yield from ((statement.id, quote) for quote in statement.quotes)
    for scope in reading.scopes:
        yield from ((scope.id, quote) for quote in scope.quotes)
    for factor in reading.factors:
        judged = (factor.judgement,) if factor.judgement else ()
        yield from ((factor.id, quote) for quote in (*factor.quotes, *judged))
    for option in reading.options:
        yield from ((option.id, quote) for quote in (*option.quotes, *option.does))
    for group in reading.groups:
        yield from ((group.id, quote) for quote in (*group.quotes, *group.does))
