"""How a card is answered where a program grades it: what there is to choose, and what is right."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...guide import Guide
from ...messages import say, spoken
from ...model.standing import SHOWN_FIRST
from .cards import Card, CardKind


class Way(enum.StrEnum):
    """One choice; a choice for each of several options; or there is nothing to choose from."""

    CHOICE = "choice"
    MATCH = "match"
    NONE = "none"


@dataclass(frozen=True)
class Answering:
    """`choices`: the words to choose from, in the order to show them; `right`: of one choice."""

    way: Way
    choices: tuple[str, ...]
    right: str


@spoken
def answerings(guide: Guide, cards: Iterable[Card]) -> Iterator[tuple[Card, Answering]]:
    """Each card with how it is answered.

    A patient is answered with a standing for every option; a statement with one of the standings;
    a relation with one of those that its options might have; a judgement with one of the words
    that the text leaves answers to judgement with.

    >>> from tree import load
    >>> from tree.teaching.cards.cards import make_cards
    >>> library = load("data/damaged_library_book")
    >>> ways = {how.way for _, how in answerings(library, make_cards(library))}
    >>> sorted(map(str, ways))
    ['choice', 'match', 'none']
    """
    cards = tuple(cards)
    judgements = dict.fromkeys(card.answer[0] for card in cards if card.kind is CardKind.JUDGEMENT)
    undecided = say("Not decided yet")
    for card in cards:
        # In the order of the alphabet, for the first is the right one.
        choices = list(judgements) if card.kind is CardKind.JUDGEMENT else sorted(card.choices)
        labels = [label for _, label in card.standings]
        if card.standings:
            choices = [guide.label(standing) for standing in SHOWN_FIRST]
            choices += [undecided] * (undecided in labels)
        if card.kind is CardKind.CASE and len(card.standings) > 1:
            way = Way.MATCH
        else:
            way = Way.CHOICE if len(choices) > 1 else Way.NONE
        yield card, Answering(way, tuple(choices), (*labels, *card.choices, *card.answer)[0])
