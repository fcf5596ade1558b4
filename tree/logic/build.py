"""Reading → Tree: the decision diagrams of some options side by side.

The tree is a reduced ordered multi-valued decision diagram (an MDD: what a BDD is for yes and no),
and a product of those that `decisions` makes for each option. Identical subtrees are shared, and a
question whose answers all lead to the same subtree is left out. `trees` says which options share a
tree.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..messages import spoken
from ..model.errors import Problem, TreeError
from ..model.parts import Option, Reading, Standing, listed
from .decisions import STANDINGS, decisions
from .diagrams import NOBODY, TooMuchWork

MAX_NODES = 20_000
TOO_LARGE = f"the tree has more than {MAX_NODES} nodes; ask fewer factors together"
TOO_MUCH = (
    "the conditions are too entangled to make a tree of; "
    "let fewer statements on one option ask different factors"
)


@dataclass(frozen=True)
class Leaf:
    """An outcome: the standing of every option of its tree, in their order."""

    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class Question:
    """A factor to ask, and the node that each of its values leads to."""

    factor: str
    branches: tuple[tuple[str, int], ...]


Node = Leaf | Question


@dataclass(frozen=True)
class Tree:
    """Questions and outcomes, derived from a guide: a reduced ordered decision diagram.

    `options`: those that it decides. Node 0 is the root. Every node comes before the nodes that it
    leads to. Identical subtrees are one node, but for an unfolded tree, in which every path has
    nodes of its own. `title`: the name that the author gave it, or "".
    """

    reading: Reading
    options: tuple[Option, ...]
    nodes: tuple[Node, ...]
    title: str = ""

    @property
    def name(self) -> str:
        """What it is called: its title, or its options.

        >>> from tree import load
        >>> load("data/metastatic_liver_cancer").tree.name
        'Complete surgical removal'
        """
        return self.title or listed(self.options, self.reading.groups)

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        """The nodes that are outcomes."""
        return tuple(i for i, node in enumerate(self.nodes) if isinstance(node, Leaf))

    @cached_property
    def outcomes(self) -> tuple[int, ...]:
        """The distinct outcomes, each by its first leaf."""
        first: dict[Node, int] = {}
        for index in self.leaves:
            first.setdefault(self.nodes[index], index)
        return tuple(first.values())

    @cached_property
    def factors(self) -> tuple[str, ...]:
        """The factors that the tree asks, in the guide's order."""
        asked = {node.factor for node in self.nodes if isinstance(node, Question)}
        return tuple(factor.id for factor in self.reading.factors if factor.id in asked)

    def __repr__(self) -> str:
        questions = len(self.nodes) - len(self.leaves)
        return (
            f"<tree of {self.reading.id!r}: {len(self.factors)} factors, "
            f"{questions} questions, {len(self.outcomes)} outcomes>"
        )

    @spoken
    def __str__(self) -> str:
        from .outline import outline

        return "\n".join(outline(self))


def build(reading: Reading, options: Sequence[Option] | None = None, title: str = "") -> Tree:
    """The tree of some options of a guide, or of all, asking the factors in the guide's order.

    That of one option has as many nodes as its diagram. Raises TreeError where several together
    would have more than 20,000, or where it would take minutes.
    """
    options = reading.options if options is None else options
    return build_beside(reading, options, [(reading, option.id) for option in options], title)


def build_beside(
    reading: Reading,
    options: Sequence[Option],
    columns: Sequence[tuple[Reading, str]],
    title: str = "",
) -> Tree:
    """The tree of some options side by side, each as a guide of its own says it.

    `columns`: for each of the options the guide that decides it, and its name there; all of these
    guides have the factors of `reading`. Raises TreeError as `build` does.
    """
    try:
        # A single diagram is there already; the work of making it was bounded.
        nodes = _product(reading, columns, MAX_NODES if len(columns) > 1 else math.inf)
    except TooMuchWork:
        raise refused(reading, TOO_MUCH) from None
    if nodes is None:
        raise refused(reading, TOO_LARGE)
    return Tree(reading, tuple(options), nodes, title)


def build_small(reading: Reading, options: Sequence[Option], most: int) -> Tree | None:
    """As `build`; None where the tree would have more than so many nodes."""
    asked = decisions(reading).asked_by
    if len(frozenset[str]().union(*(asked(option.id) for option in options))) >= most:
        return None
    nodes = _product(reading, [(reading, option.id) for option in options], most)
    return Tree(reading, tuple(options), nodes) if nodes else None


def unfolded_size(tree: Tree) -> int:
    """How many nodes the tree would have in its textbook form, without building that."""
    return _sums(tree, 1)


def count_paths(tree: Tree) -> int:
    """How many paths lead from the root to a leaf."""
    return _sums(tree, 0)


def _sums(tree: Tree, own: int) -> int:
    sums = [1] * len(tree.nodes)
    for index in reversed(range(len(tree.nodes))):
        node = tree.nodes[index]
        if isinstance(node, Question):
            sums[index] = own + sum(sums[target] for _, target in node.branches)
    return sums[0]


def unfold(tree: Tree) -> Tree:
    """The same tree in its textbook form: every path has its own leaf, nothing is shared.

    Raises TreeError where it would have more than 20,000 nodes.
    """
    if unfolded_size(tree) > MAX_NODES:
        raise refused(tree.reading, TOO_LARGE)
    nodes: list[Node] = [tree.nodes[0]]
    index = 0
    while index < len(nodes):
        node = nodes[index]
        if isinstance(node, Question):
            first = len(nodes)
            nodes += [tree.nodes[target] for _, target in node.branches]
            branches = ((value, first + k) for k, (value, _) in enumerate(node.branches))
            nodes[index] = Question(node.factor, tuple(branches))
        index += 1
    return replace(tree, nodes=tuple(nodes))


def refused(reading: Reading, why: str) -> TreeError:
    """The error of a guide whose tree cannot be made, and why."""
    place = reading.places.get(("guide", "factors"), (1, 1))
    return TreeError([Problem(reading.file, *place, why)])


class _TooLarge(Exception):
    """The product has more nodes than are wanted."""


def _product(
    reading: Reading, columns: Iterable[tuple[Reading, str]], most: float
) -> tuple[Node, ...] | None:
    """The product of the diagrams of some columns; None where it has more than `most` nodes.

    The nodes stand in the order in which a reader meets them, parents first.
    """
    decided = [(decisions(reading), option) for reading, option in columns]
    levels_of = [each.sets.level_of for each, _ in decided]
    ends_of = [each.sets.ends_of for each, _ in decided]
    sizes = [len(factor.values) for factor in reading.factors]
    numbers: dict[tuple[int, ...], int] = {}
    # The last node comes first: the level that it asks, and where that leads, or what it says.
    made: list[tuple[int, tuple[int, ...]]] = []

    def number(each: tuple[int, ...]) -> int:
        """Of the node from which every column goes on from a node of its own diagram."""
        if each in numbers:
            return numbers[each]
        levels = [of[at] for of, at in zip(levels_of, each, strict=True)]
        level, targets = min(levels), each
        if level < len(sizes):
            after = [
                of[at] if own == level else (at,) * sizes[level]
                for of, own, at in zip(ends_of, levels, each, strict=True)
            ]
            last_first = [number(ends) for ends in reversed([*zip(*after, strict=True)])]
            targets = tuple(reversed(last_first))
        if len(made) == most:
            raise _TooLarge
        # Different tuples of reduced diagrams differ for some case, so no node is made twice.
        made.append((level, targets))
        return numbers.setdefault(each, len(made))

    try:
        number(tuple([each.standing.get(option, NOBODY) for each, option in decided]))
    except _TooLarge:
        return None
    return tuple([_node(reading, level, targets, len(made)) for level, targets in reversed(made)])


def _node(reading: Reading, level: int, targets: tuple[int, ...], count: int) -> Node:
    """A node of a product; `targets` are numbered from the last of `count` nodes on."""
    if level == len(reading.factors):
        return Leaf(tuple([STANDINGS[end] for end in targets]))
    factor = reading.factors[level]
    ahead = [count - target for target in targets]
    return Question(factor.id, tuple(zip(factor.values, ahead, strict=True)))
