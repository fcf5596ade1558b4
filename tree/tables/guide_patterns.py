"""The patterns of all trees of a guide, and what there is to say of each end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..logic.trees import of_everyone, trees_of
from ..model.parts import Reading, Standing
from .patterns import Patterns
from .places import Places
from .spelling import places_of

OPEN = "not decided yet"
STANDINGS = (
    *(str(s) for s in (Standing.PREFERRED, Standing.OFFERED, Standing.WITHHELD, Standing.SILENT)),
    OPEN,
)


@dataclass(frozen=True)
class Column:
    """A column of results: its words, and for every end of a tree the place of its word, or -1.

    `tree`: the number of that tree.
    """

    name: str
    words: tuple[str, ...]
    of_end: tuple[int, ...]
    tree: int = 0


class GuidePatterns:
    """The patterns of every tree of a guide. An answer has the same place in all of them.

    `places`: by default those of every factor, as it is spelled in the guide.

    >>> from tree import load
    >>> [column.name for column in GuidePatterns(load("data/wintering_bees")).columns()][:3]
    ['feeding', 'syrup', 'fondant']
    """

    def __init__(self, reading: Reading, places: Mapping[str, Places] | None = None) -> None:
        self.reading = reading
        self.places = places or places_of(reading)
        self.trees = tuple(Patterns(tree, self.places) for tree in trees_of(reading))

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors that any of the trees asks, in the guide's order."""
        asked = {factor for patterns in self.trees for factor in patterns.factors}
        return tuple(factor.id for factor in self.reading.factors if factor.id in asked)

    def columns(self, prefix: str = "") -> list[Column]:
        """What there is to say of each end: outcome, every option's standing, path, possible.

        Of several trees the standings alone: an outcome has its number within one tree.
        """
        options = self.option_columns(prefix)
        if len(self.trees) > 1:
            return options
        (patterns,) = self.trees
        ends = patterns.ends
        names = tuple(f"outcome {i}" for i in range(1, len(patterns.outcomes) + 1))
        decided = [end.outcomes[0] if len(end.outcomes) == 1 else len(names) for end in ends]
        outcome = Column(f"{prefix}outcome", (*names, OPEN), tuple(decided))
        paths = {end.path: patterns.path(end) for end in ends}
        path = _worded(f"{prefix}path", [end.path for end in ends], paths)
        possible = {
            end.outcomes: " or ".join(names[i] for i in end.outcomes)
            for end in ends
            if len(end.outcomes) > 1
        }
        still = _worded(f"{prefix}possible", [end.outcomes for end in ends], possible)
        return [outcome, *options, path, still]

    def option_columns(self, prefix: str = "") -> list[Column]:
        """A column for every option, in the guide's order."""
        everyone = {each.id: str(standing) for each, standing in of_everyone(self.reading)}
        places = {
            option.id: (number, position)
            for number, patterns in enumerate(self.trees)
            for position, option in enumerate(patterns.tree.options)
        }
        made = []
        for option in self.reading.options:
            if option.id in everyone:
                same = STANDINGS.index(everyone[option.id])
                number, of_end = 0, (same,) * len(self.trees[0].ends)
            else:
                number, position = places[option.id]
                of_end = tuple(_standings(self.trees[number], position))
            made.append(Column(prefix + option.id, STANDINGS, of_end, number))
        return made


def _standings(patterns: Patterns, position: int) -> Iterator[int]:
    """For every end the place of the standing of an option, by its position in the tree."""
    places = [STANDINGS.index(standings[position]) for standings in patterns.outcomes]
    for end in patterns.ends:
        found = {places[outcome] for outcome in end.outcomes}
        yield found.pop() if len(found) == 1 else len(STANDINGS) - 1


def _worded(
    name: str, of_end: Sequence[tuple[int, ...]], words: Mapping[tuple[int, ...], str]
) -> Column:
    """A column of these words, in the order of what they are words for."""
    places = {what: place for place, what in enumerate(sorted(words))}
    words_at = tuple(words[what] for what in places)
    return Column(name, words_at, tuple(places.get(what, -1) for what in of_end))
