"""Reading → trees: which options are decided together, so that each tree can be read.

Every option has a decision diagram of its own (see `decisions`). For show, options share a tree
while it stays small enough to be read and asks less than the trees apart; see `clusters`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.errors import AnswerError, allowed, shown
from ..model.once import once
from ..model.parts import Option, Reading, Standing
from .build import TOO_MUCH, Tree, build, build_small, refused
from .clusters import clusters
from .decisions import STANDINGS, decisions
from .diagrams import ENDS, TooMuchWork

MOST_NODES = 40  # of a tree of several options: about as many as can be read
MOST_DRAWN = 5_000  # of a drawing, which would take minutes and help nobody


@once
def trees_of(reading: Reading) -> tuple[Tree, ...]:
    """The trees of a guide; worked out once.

    First those that the author names; then one tree, where all other options together have at most
    40 nodes. An option with the same standing
    for everyone is in none of them (see `of_everyone`), unless all are like that. Raises TreeError
    where options that the author names together would have more than 20,000 nodes, or where the
    conditions on an option are too entangled.

    >>> from tree import load
    >>> trees_of(load("data/ear_infection_in_a_child"))
    (<tree of 'ear_infection_in_a_child': 10 factors, 18 questions, 16 outcomes>,)
    """
    try:
        return tuple(_trees(reading))
    except TooMuchWork:
        raise refused(reading, TOO_MUCH) from None


def of_everyone(reading: Reading) -> list[tuple[Option, Standing]]:
    """The options with one standing for everyone, which no tree decides.

    >>> from tree import load
    >>> [option.id for option, _ in of_everyone(load("data/metastatic_liver_cancer"))][:2]
    ['ablation', 'chemoembolization']
    """
    decided = {option.id for tree in trees_of(reading) for option in tree.options}
    standing = decisions(reading).standing
    return [(o, STANDINGS[standing[o.id]]) for o in reading.options if o.id not in decided]


def is_whole(tree: Tree) -> bool:
    """Whether a tree is the only one of its guide: it decides all that is not of everyone."""
    own = {option.id for option in tree.options}
    everyone = {option.id for option, _ in of_everyone(tree.reading)}
    return own | everyone == {option.id for option in tree.reading.options}


def undrawable(tree: Tree) -> str:
    """Why a tree is not drawn, and what its author can do; "" for one that is."""
    if len(tree.nodes) <= MOST_DRAWN:
        return ""
    return (
        f"the tree of {tree.name} has {len(tree.nodes):,} nodes; more than {MOST_DRAWN:,} are not "
        "drawn. Ask what belongs together one after the other, show fewer options together "
        "(trees:), or listen to some passages only (for_passages)"
    )


def _trees(reading: Reading) -> Iterator[Tree]:
    standing = decisions(reading).standing
    left = {option.id: option for option in reading.options if standing[option.id] >= ENDS}
    for name, ids in reading.shown_together:
        named = [left.pop(id) for id in ids if id in left]
        if named:
            yield build(reading, named, name)
    if left or not any(standing[option.id] >= ENDS for option in reading.options):
        whole = build_small(reading, list(left.values()) or reading.options, MOST_NODES)
        yield from [whole] if whole else _joined(reading, list(left.values()))


def _joined(reading: Reading, options: Sequence[Option]) -> Iterator[Tree]:
    """The trees of some options, joined while that saves nodes and stays readable."""
    decided = decisions(reading)
    roots = [decided.standing[option.id] for option in options]
    for cluster in clusters(decided.sets, roots, MOST_NODES):
        yield build(reading, [options[place] for place in cluster])


class GuideTrees(Reading):
    """What a guide says of its trees."""

    @property
    def trees(self) -> tuple[Tree, ...]:
        """The trees that the statements make, each of the options that are decided together.

        They ask the factors in the guide's order. An option with one standing for everyone is in
        none of them; see `of_everyone`.
        """
        return trees_of(self)

    @property
    def tree(self) -> Tree:
        """The only tree. Raises AnswerError where there are several; see `trees`."""
        if len(self.trees) > 1:
            names = "; ".join(tree.name for tree in self.trees)
            raise AnswerError([f"this guide has {len(self.trees)} trees, not one: {names}"])
        return self.trees[0]

    def tree_of(self, option: str) -> Tree:
        """The tree of one option alone. Raises AnswerError for an unknown option.

        >>> from tree import load
        >>> load("data/wintering_bees").tree_of("feeding")
        <tree of 'wintering_bees': 1 factors, 1 questions, 2 outcomes>
        """
        return build(self, [self._option(option)])

    def tree_with(self, option: str) -> Tree:
        """The one of `trees` that decides an option; of one with the same standing for everyone its
        own. Raises AnswerError for an unknown option.
        """
        wanted = self._option(option)
        return next((t for t in self.trees if wanted in t.options), None) or self.tree_of(option)

    def _option(self, id: str) -> Option:
        known = [option.id for option in self.options]
        if id not in known:
            raise AnswerError([f"unknown option {shown(id)}: {allowed(str(id), known)}"])
        return self.option(id)
