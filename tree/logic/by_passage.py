"""One passage at a time: what each author says of each option, and for whom they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from ..messages import in_a_row, plural, say, spoken, with_colon
from ..model.errors import AnswerError, allowed, shown
from ..model.parts import Option, Reading, Standing
from ..model.text import folded
from .build import Leaf, Tree, build_beside
from .decisions import decisions
from .descriptions import Description, Descriptions, describe, in_words

R = TypeVar("R", bound=Reading)
# A comma that is not within brackets.
_COMMA = re.compile(r",(?![^(]*\))")


def for_passages(reading: R, passages: tuple[str, ...]) -> R:
    """The same guide with the statements of these passages alone.

    Factors and options stay; an option of which nothing is said any more is silent.
    Raises AnswerError for an unknown passage.
    """
    known = [passage.id for passage in reading.text.passages]
    wrong = [
        f"unknown passage {shown(id)}: {allowed(str(id), known)}"
        for id in passages
        if id not in known
    ]
    if wrong or not passages:
        raise AnswerError(wrong or [f"name at least one passage: {', '.join(known)}"])
    kept = (s for s in reading.statements if all(q.passage in passages for q in s.quotes))
    # Titles after the name are left out.
    heard = [_COMMA.split(p.author)[0] for p in reading.text.passages if p.id in passages]
    if len(heard) == len(known):
        heard = []
    return replace(reading, statements=tuple(kept), heard=tuple(dict.fromkeys(heard)))


@dataclass(frozen=True)
class PassageDifference:
    """Patients for whom the passages do not say the same of an option, and what each says."""

    patients: Description
    standings: tuple[tuple[str, Standing], ...]


@dataclass(frozen=True)
class OptionComparison:
    """One option: by passage every standing that it can have there, and the differences."""

    option: Option
    possible: tuple[tuple[str, tuple[Standing, ...]], ...]
    # Its options are the passages: what they say together of this option.
    together: Tree

    @property
    def combinations(self) -> frozenset[tuple[tuple[str, Standing], ...]]:
        """Every combination that occurs of what the passages say of one patient."""
        return frozenset(
            tuple(zip((id for id, _ in self.possible), node.standings, strict=True))
            for node in self.together.nodes
            if isinstance(node, Leaf)
        )

    @property
    def differences(self) -> tuple[PassageDifference, ...]:
        """The patients for whom the passages differ, in the smallest descriptions."""
        return tuple(
            PassageDifference(patients, pairs)
            for pairs, found in self._described
            for patients in found.each
        )

    @property
    def more(self) -> int:
        """How many paths to such patients are not described; 0 unless there are very many."""
        return sum(found.more for _, found in self._described)

    @cached_property
    def _described(self) -> tuple[tuple[tuple[tuple[str, Standing], ...], Descriptions], ...]:
        contrary = sorted(
            (pairs for pairs in self.combinations if len({standing for _, standing in pairs}) > 1),
            key=lambda pairs: [-standing.strength for _, standing in pairs],
        )
        return tuple(
            (pairs, describe(self.together, Leaf(tuple(s for _, s in pairs)).__eq__))
            for pairs in contrary
        )

    @property
    def silent(self) -> tuple[str, ...]:
        """The passages that say nothing of it for anyone."""
        return tuple(id for id, found in self.possible if found == (Standing.SILENT,))


@dataclass(frozen=True)
class Comparison:
    """The passages of a guide side by side. Prints option by option."""

    reading: Reading
    options: tuple[OptionComparison, ...]

    @spoken
    def __str__(self) -> str:
        return folded(self._lines())

    def __repr__(self) -> str:
        differing = sum(bool(found.differences) for found in self.options)
        return (
            f"<comparison of passages: they differ on {differing} of {len(self.options)} options>"
        )

    def _lines(self) -> Iterator[str]:
        subject = self.reading.subject
        for found in self.options:
            yield found.option.name
            for passage, possible in found.possible:
                yield "  " + with_colon(passage, subject.choices(possible))
            same = say("they say the same of everyone")
            yield "  " + (say("they differ for:") if found.differences else same)
            for difference in found.differences:
                yield f"    {in_words(self.reading.factor, difference.patients) or say('everyone')}"
                said = (
                    with_colon(id, subject.within(standing))
                    for id, standing in difference.standings
                )
                yield "      " + in_a_row(said)
            if found.more:
                yield "    " + plural(
                    "and {count} more path, too many to describe",
                    "and {count} more paths, too many to describe",
                    found.more,
                )


def compare_passages(reading: Reading) -> Comparison:
    """What each passage says of each option."""
    parts = {passage.id: for_passages(reading, (passage.id,)) for passage in reading.text.passages}
    return Comparison(reading, tuple(_compare(reading, parts, o) for o in reading.options))


def _compare(reading: Reading, parts: Mapping[str, Reading], option: Option) -> OptionComparison:
    # One option for each passage: their common tree sorts the patients by what the
    # passages say together, and its paths describe them.
    each = [Option(id, id) for id in parts]
    tree = build_beside(reading, each, [(part, option.id) for part in parts.values()])
    possible = ((id, decisions(part).possible(option.id, {})) for id, part in parts.items())
    return OptionComparison(option, tuple(possible), tree)
