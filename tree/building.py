"""Reading → Tree, by partial evaluation: ask one factor, keep what remains open, go on.

Nothing is enumerated. Below each answer only the conditions that can still change an
outcome are kept; the same remainder is built once, so identical subtrees are shared, and a
question whose answers all lead to the same subtree is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .errors import Problem, TreeError
from .reading import Clause, Reading, Standing, by_standing, listed

MAX_NODES = 20_000


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
    """Questions and outcomes, derived from a guide. Node 0 is the root.

    Every node comes before the nodes that it leads to. Identical subtrees are one node,
    but for an unfolded tree, in which every path has nodes of its own.
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
        return "\n".join(outline(self))


# What is still open about one option: for each strength, strongest first, the conditions
# under which it holds. A settled option keeps one clause that always holds, or nothing.
Remainder = tuple[tuple[Standing, frozenset[Clause]], ...]


def build(reading: Reading) -> Tree:
    """Derive the tree, asking the factors in the guide's order.

    Raises TreeError where the tree would have more than 20,000 nodes.
    """
    return _Builder(reading).build()


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
        raise _too_large(tree.reading)
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


def _too_large(reading: Reading) -> TreeError:
    message = f"the tree has more than {MAX_NODES} nodes; ask fewer factors together"
    return TreeError([Problem(reading.file, 1, 1, message)])


class _Builder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.order = [(factor.id, factor.values) for factor in reading.factors]
        self.built: dict[tuple[Remainder, ...], int] = {}
        self.index: dict[Node, int] = {}
        self.nodes: list[Node] = []

    def build(self) -> Tree:
        start = tuple(
            _prune(
                (standing, frozenset(statement.condition))
                for standing, statement in self.reading.on_option[option.id]
            )
            for option in self.reading.options
        )
        root = self.node(start, 0)
        return Tree(self.reading, _from_root(self.nodes, root))

    def node(self, remainders: tuple[Remainder, ...], position: int) -> int:
        """The node for what remains, asking from the factor at `position` on."""
        if remainders in self.built:
            return self.built[remainders]
        open_factors = {
            factor
            for remainder in remainders
            for _, clauses in remainder
            for clause in clauses
            for factor, _ in clause
        }
        while position < len(self.order) and self.order[position][0] not in open_factors:
            position += 1
        made: Node
        if position == len(self.order):
            made = Leaf(tuple(r[0][0] if r else Standing.SILENT for r in remainders))
        else:
            factor, values = self.order[position]
            branches = tuple(
                (
                    value,
                    self.node(tuple(_assign(r, factor, value) for r in remainders), position + 1),
                )
                for value in values
            )
            targets = {target for _, target in branches}
            if len(targets) == 1:
                return self.built.setdefault(remainders, targets.pop())
            made = Question(factor, branches)
        return self.built.setdefault(remainders, self.intern(made))

    def intern(self, node: Node) -> int:
        if node not in self.index:
            if len(self.nodes) == MAX_NODES:
                raise _too_large(self.reading)
            self.index[node] = len(self.nodes)
            self.nodes.append(node)
        return self.index[node]


def _assign(remainder: Remainder, factor: str, value: str) -> Remainder:
    """What remains of the conditions on one option when a factor is answered."""
    return _prune(
        (standing, frozenset(_answered(clauses, factor, value))) for standing, clauses in remainder
    )


def _answered(clauses: frozenset[Clause], factor: str, value: str) -> Iterator[Clause]:
    for clause in clauses:
        met = {literal for literal in clause if literal[0] == factor and value in literal[1]}
        if all(literal in met for literal in clause if literal[0] == factor):
            yield clause - met


def _prune(levels: Iterable[tuple[Standing, Iterable[Clause]]]) -> Remainder:
    """Drop what can no longer matter: a clause holds only where a stronger one holds already."""
    merged: dict[Standing, set[Clause]] = {}
    for standing, clauses in levels:
        merged.setdefault(standing, set()).update(clauses)
    kept: list[Clause] = []
    remainder = []
    for standing, level in merged.items():
        needed = []
        for clause in sorted(level, key=len):
            if not any(other <= clause for other in kept):
                kept.append(clause)
                needed.append(clause)
        if needed:
            remainder.append((standing, frozenset(needed)))
    return tuple(remainder)


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


def outline(tree: Tree) -> Iterator[str]:
    """The tree as nested text, one line at a time; a shared subtree is written once."""
    label = {index: f" [{i}]" for i, index in enumerate(_shared(tree), 1)}
    written: set[int] = set()

    def lines(index: int, indent: str) -> Iterator[str]:
        node, mark = tree.nodes[index], label.get(index, "")
        if index in written:
            yield f"{indent}as above{mark}"
            return
        written.add(index)
        if isinstance(node, Leaf):
            for standing, options in by_standing(tree.reading.options, node.standings):
                names = listed(options, tree.reading.groups)
                yield f"{indent}{standing.label}: {names}{mark}"
                mark = ""
            return
        yield f"{indent}{tree.reading.factor(node.factor).question}{mark}"
        for value, target in node.branches:
            yield f"{indent}- {value}"
            yield from lines(target, indent + "    ")

    return lines(0, "")


def _shared(tree: Tree) -> list[int]:
    """The nodes that more than one branch leads to, in order."""
    nodes = (node for node in tree.nodes if isinstance(node, Question))
    leading = Counter(target for node in nodes for _, target in node.branches)
    return sorted(index for index, count in leading.items() if count > 1)
