"""What became of each sentence of a text, for a screen that shows the text in colours."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from ..logic.coverage import Claim, cover
from ..model.parts import Reading
from ..model.text import Quote
from .entries import is_draft
from .guide_files import GuideFiles, Path
from .quoted_places import quotes_in_sentences


class SentenceUse(enum.StrEnum):
    """What became of a sentence. A draft: something that quotes it waits to be confirmed."""

    CLAIMED = "claimed"
    DRAFT = "draft"
    CONTEXT = "context"
    UNCLAIMED = "unclaimed"


_STATES = {
    Claim.USED: SentenceUse.CLAIMED,
    Claim.CONTEXT: SentenceUse.CONTEXT,
    Claim.UNCLAIMED: SentenceUse.UNCLAIMED,
}


@dataclass(frozen=True)
class SentenceState:
    """A sentence, what became of it, and the entries that quote it, each with the words."""

    words: Quote
    state: SentenceUse
    quotes: tuple[tuple[Path, Quote], ...] = ()

    @property
    def entries(self) -> tuple[Path, ...]:
        """The entries that quote it, each once."""
        return tuple(dict.fromkeys(path for path, _ in self.quotes))


def sentence_states(files: GuideFiles, reading: Reading) -> tuple[SentenceState, ...]:
    """What became of every sentence, in the order of the text.

    `reading`: what could be read of the files, which may have faults. Passages claim nothing: they
    say where the author changes.

    >>> from tree import loads
    >>> from .guide_files import guide_files
    >>> yaml = '''
    ... title: Tea?
    ... factors: {rain: {question: Does it rain?, quote: If it rains}}
    ... options: {tea: {name: tea, quote: drink tea, draft: true}}
    ... statements: {drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}}
    ... '''
    >>> tea = loads("If it rains, drink tea. Good luck!", yaml)
    >>> for sentence in sentence_states(guide_files(yaml), tea):
    ...     print(sentence.words.line, sentence.state, [path[1] for path in sentence.entries])
    If it rains, drink tea. draft ['rain', 'tea', 'drink']
    Good luck! unclaimed []
    """
    quoted = quotes_in_sentences(files, reading.text)
    found = []
    for number, sentence in enumerate(cover(reading).sentences):
        quotes = tuple(quoted.get(number, ()))
        state = _STATES[sentence.claim]
        # A line that is claimed in part stays unclaimed.
        if state is not SentenceUse.UNCLAIMED and any(is_draft(files, path) for path, _ in quotes):
            state = SentenceUse.DRAFT
        found.append(SentenceState(sentence.words, state, quotes))
    return tuple(found)
