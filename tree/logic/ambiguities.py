"""The ambiguity ledger: what the text leaves open, each point with its quotes."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..messages import ENGLISH, in_a_row, in_turn, language, say, spoken, with_colon
from ..model.parts import Reading, Standing
from ..model.text import Quote, counted, folded
from .build import Leaf
from .by_passage import compare_passages
from .trees import of_everyone, trees_of


class AmbiguityKind(enum.StrEnum):
    """What kind of openness it is."""

    JUDGEMENT = "left to judgement"
    UNRANKED = "offered without ranking"
    IMPLIED = "implied, not stated"
    DIFFER = "the passages differ"
    SILENT = "a passage is silent"

    @property
    def words(self) -> str:
        """The same in the language in force."""
        return {
            AmbiguityKind.JUDGEMENT: say("left to judgement"),
            AmbiguityKind.UNRANKED: say("offered without ranking"),
            AmbiguityKind.IMPLIED: say("implied, not stated"),
            AmbiguityKind.DIFFER: say("the passages differ"),
            AmbiguityKind.SILENT: say("a passage is silent"),
        }[self]


@dataclass(frozen=True)
class Ambiguity:
    """One point that the text leaves open. `about`: the entries concerned, by id.

    `words_in`: the language of the point, that in force where it is found.
    """

    kind: AmbiguityKind
    about: tuple[str, ...]
    point: str
    quotes: tuple[Quote, ...]
    words_in: str = field(default_factory=language)

    @spoken
    def __str__(self) -> str:
        quotes = (f'    "{quote.line}" ({quote.passage})' for quote in self.quotes)
        return folded([with_colon(self.kind.words, self.point), *quotes])


class Ledger(tuple[Ambiguity, ...]):
    """Every point that a text leaves open, in order. Prints by kind, each point once."""

    __slots__ = ()

    @spoken
    def __str__(self) -> str:
        return folded(self._lines())

    def __repr__(self) -> str:
        return f"<ledger: {counted(len(self), 'point')} left open>"

    @property
    def words_in(self) -> str:
        """The language of its points, which are all of one guide."""
        return self[0].words_in if self else ENGLISH

    @property
    def by_kind(self) -> dict[AmbiguityKind, list[Ambiguity]]:
        """The points of each kind that there is."""
        found: dict[AmbiguityKind, list[Ambiguity]] = {}
        for each in self:
            found.setdefault(each.kind, []).append(each)
        return found

    def _lines(self) -> Iterator[str]:
        for number, (kind, each) in enumerate(self.by_kind.items()):
            yield from [""] * bool(number)
            yield f"{kind.words} ({len(each)})"
            yield from (f"  - {point}" for point in dict.fromkeys(one.point for one in each))


@spoken
def ambiguities(reading: Reading) -> Ledger:
    """Everything that the text leaves open: judgements, what is unranked, what is implied,
    and where passages differ or are silent.

    >>> from tree import load
    >>> ambiguities(load("data/metastatic_liver_cancer"))
    <ledger: 21 points left open>
    """
    parts = _judgements, _unranked, _implied, _between_passages
    return Ledger(itertools.chain.from_iterable(part(reading) for part in parts))


def _judgements(reading: Reading) -> Iterator[Ambiguity]:
    for factor in reading.every_factor:
        if factor.judgement:
            point = say(
                '"{words}" leaves it to judgement: {question}',
                words=factor.judgement.line,
                question=factor.question,
            )
            yield Ambiguity(AmbiguityKind.JUDGEMENT, (factor.id,), point, factor.quotes)


def _unranked(reading: Reading) -> Iterator[Ambiguity]:
    """The largest sets of options that are offered to the same patient, tree by tree."""
    everyone = frozenset(option.id for option, at in of_everyone(reading) if at is Standing.OFFERED)
    offered = {
        everyone.union(
            option.id
            for option, standing in zip(tree.options, node.standings, strict=True)
            if standing is Standing.OFFERED
        )
        for tree in trees_of(reading)
        for node in tree.nodes
        if isinstance(node, Leaf)
    }
    for together in sorted(offered, key=lambda ids: (-len(ids), sorted(ids))):
        if len(together) > 1 and not any(together < other for other in offered):
            options = [option for option in reading.options if option.id in together]
            statements = [s for s in reading.statements if len(s.effects) > 1]
            quotes = [
                quote
                for s in statements
                if any(s.effect_on(id) is Standing.OFFERED for id in together)
                for quote in s.quotes
            ]
            yield Ambiguity(
                AmbiguityKind.UNRANKED,
                tuple(option.id for option in options),
                in_a_row(option.name for option in options),
                tuple(dict.fromkeys(quotes)),
            )


def _implied(reading: Reading) -> Iterator[Ambiguity]:
    for statement in reading.statements:
        if statement.basis == "implied":
            about = (statement.id, *(option for option, _ in statement.effects))
            yield Ambiguity(AmbiguityKind.IMPLIED, about, statement.because, statement.quotes)


def _between_passages(reading: Reading) -> Iterator[Ambiguity]:
    for found in compare_passages(reading).options:
        id, name = found.option.id, found.option.name
        quotes = tuple(dict.fromkeys(q for _, s in reading.on_option[id] for q in s.quotes))
        if found.silent:
            passages = in_a_row(found.silent)
            point = say("of {name} nothing is said in: {passages}", name=name, passages=passages)
            yield Ambiguity(AmbiguityKind.SILENT, (id,), point, quotes)
        said = {
            tuple(sorted((p, s) for p, s in pairs if s is not Standing.SILENT))
            for pairs in found.combinations
        }
        contrary = [pairs for pairs in said if len({standing for _, standing in pairs}) > 1]
        if contrary:
            # The sharpest contradiction tells most.
            sharpest = min(contrary, key=lambda pairs: (-_spread(pairs), pairs))
            each = (with_colon(passage, reading.subject.within(says)) for passage, says in sharpest)
            point = say(
                "of {name} the passages say different things, for some {subjects}: {example}",
                name=name,
                subjects=reading.subject.plural,
                example=in_turn(each),
            )
            yield Ambiguity(AmbiguityKind.DIFFER, (id,), point, quotes)


def _spread(pairs: Iterable[tuple[str, Standing]]) -> bool:
    """Whether one passage withholds what another prefers."""
    return {Standing.WITHHELD, Standing.PREFERRED} <= {standing for _, standing in pairs}
