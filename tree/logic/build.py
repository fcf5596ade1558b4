"""Reading → Tree: the decision diagrams of some options side by side.

The tree is a reduced ordered multi-valued decision diagram (an MDD: what a BDD is for yes and no),
and a product of those that `decisions` makes for each option. Identical subtrees are shared, and a
question whose answers all lead to the same subtree is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model.errors import Problem, TreeError
from ..model.parts import Reading, Standing
from .decisions import STANDINGS, decisions
from .diagrams import ENDS, NOBODY, Diagrams, TooMuchWork

MAX_NODES = 20_000
TOO_LARGE = f"the tree has more than {MAX_NODES} nodes; ask fewer factors together"
TOO_MUCH = (
    "the conditions are too entangled to make a tree of; "
    "let fewer statements on one option ask different factors"
)


@dataclass(frozen=True)
class Leaf:
    """An outcome: the standing of every option, in the guide's order."""

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

    Node 0 is the root. Every node comes before the nodes that it leads to. Identical subtrees are
    one node, but for an unfolded tree, in which every path has nodes of its own.
    """

    reading: Reading
    nodes: tuple[Node, ...]

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

    def __str__(self) -> str:
        from .outline import outline

        return "\n".join(outline(self))


def build(reading: Reading) -> Tree:
    """Derive the tree, a reduced ordered decision diagram, with the factors in the guide's order.

    Raises TreeError where the tree would have more than 20,000 nodes, or would take minutes.
    """
    return build_beside(reading, [(reading, option.id) for option in reading.options])


def build_beside(reading: Reading, columns: Iterable[tuple[Reading, str]]) -> Tree:
    """The tree of some options side by side, each as a guide of its own says it.

    `reading`: the guide whose options these are called; all of them have its factors. Raises
    TreeError as `build` does.
    """
    return _Builder(reading).build(columns)


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
        raise _refused(tree.reading, TOO_LARGE)
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
    return Tree(tree.reading, tuple(nodes))


def _refused(reading: Reading, why: str) -> TreeError:
    place = reading.places.get(("guide", "factors"), (1, 1))
    return TreeError([Problem(reading.file, *place, why)])


class _Builder:
    """Makes the product of some diagrams, those of each column of the outcome."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.built: dict[tuple[int, ...], int] = {}
        self.nodes: list[Node] = []

    def build(self, columns: Iterable[tuple[Reading, str]]) -> Tree:
        try:
            decided = [(decisions(reading), option) for reading, option in columns]
        except TooMuchWork:
            raise _refused(self.reading, TOO_MUCH) from None
        self.sets: Sequence[Diagrams] = [each.sets for each, _ in decided]
        root = self.node(tuple(each.standing.get(option, NOBODY) for each, option in decided))
        return Tree(self.reading, _from_root(self.nodes, root))

    def node(self, each: tuple[int, ...]) -> int:
        """The node from which every column goes on from a node of its own diagram."""
        if each in self.built:
            return self.built[each]
        pairs = zip(self.sets, each, strict=True)
        levels = [sets.nodes[at][0] for sets, at in pairs if at >= ENDS]
        made: Node
        if levels:
            level = min(levels)
            after = [sets.ends(at, level) for sets, at in zip(self.sets, each, strict=True)]
            targets = [self.node(ends) for ends in zip(*after, strict=True)]
            factor = self.reading.factors[level]
            made = Question(factor.id, tuple(zip(factor.values, targets, strict=True)))
        else:
            made = Leaf(tuple(STANDINGS[end] for end in each))
        if len(self.nodes) == MAX_NODES:
            raise _refused(self.reading, TOO_LARGE)
        # Different tuples of reduced diagrams differ for some case, so no node is made twice.
        self.nodes.append(made)
        return self.built.setdefault(each, len(self.nodes) - 1)


def _from_root(nodes: list[Node], root: int) -> tuple[Node, ...]:
    """The nodes renumbered in the order in which a reader meets them, parents first."""
    order: list[int] = []
    seen: set[int] = set()
    # Depth first, last child first, then reversed: a topological order.
    stack = [(root, False)]
    while stack:
        index, done = stack.pop()
        if done:
            order.append(index)
        elif index not in seen:
            seen.add(index)
            stack.append((index, True))
            node = nodes[index]
            if isinstance(node, Question):
                stack += [(target, False) for _, target in node.branches]
    number = {index: new for new, index in enumerate(reversed(order))}
    return tuple(
        Question(node.factor, tuple((value, number[target]) for value, target in node.branches))
        if isinstance(node, Question)
        else node
        for node in (nodes[index] for index in reversed(order))
    )
