"""Reading → Tree, by partial evaluation: ask one factor, keep what remains open, go on.

The tree is a reduced ordered multi-valued decision diagram (an MDD: what a BDD is for yes and
no). Each step is a Shannon expansion by one factor. Nothing is enumerated: below each answer
only the conditions that can still change an outcome are kept. The same remainder is built
once, so identical subtrees are shared, and a question whose answers all lead to the same
subtree is left out.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..model.errors import Problem, TreeError
from ..model.parts import Reading, Standing, Statement
from .patient_sets import TooMuchWork
from .weighing import StandingSets, weighing

MAX_NODES = 20_000
MAX_WORK = 30_000_000  # conjunctions that are looked at: some seconds
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


# A conjunction as one number: it has a bit for every value of a factor that it refuses.
# What is answered is taken out of it; 0 always holds. Of two, the one whose bits are among
# those of the other holds wherever the other does.
Refusals = int
# What is still open about one option: for each strength, strongest first, the conjunctions
# under which it holds. A settled option keeps one conjunction that always holds, or nothing.
Conjunctions = tuple[tuple[Standing, frozenset[Refusals]], ...]


Remainder = Conjunctions | StandingSets


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
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        bits = itertools.count()
        self.bit = {(f.id, v): 1 << next(bits) for f in reading.factors for v in f.values}
        # Of each factor in order: its name, the bits of its values, and all of these together.
        self.order = [
            (f.id, [(v, self.bit[f.id, v]) for v in f.values], self.refusals(f.id, ()))
            for f in reading.factors
        ]
        # Remainders by number, so that they are compared once: what each is, the bits that its
        # conjunctions refuse, and the number of what remains of it when a value is answered.
        self.numbers: dict[Remainder, int] = {}
        self.remainders: list[Remainder] = []
        self.asking: list[Refusals] = []
        self.answered: dict[tuple[int, Refusals], int] = {}
        self.built: dict[tuple[int, ...], int] = {}
        self.index: dict[Node, int] = {}
        self.nodes: list[Node] = []
        self.work = 0
        # Long numbers take longer.
        self.most_work = MAX_WORK // (1 + len(self.bit) // 500)

    def build(self, columns: Iterable[tuple[Reading, str]]) -> Tree:
        try:
            start = tuple(self.numbered(self.start(*column)) for column in columns)
        except TooMuchWork:
            raise _refused(self.reading, TOO_MUCH) from None
        root = self.node(start, 0)
        return Tree(self.reading, _from_root(self.nodes, root))

    def refusals(self, factor: str, allowed: Collection[str]) -> Refusals:
        values = self.reading.factor(factor).values
        return sum(self.bit[factor, value] for value in values if value not in allowed)

    def conjunctions(self, statement: Statement) -> Iterator[Refusals]:
        """The conjunctions of a condition, without those that no patient meets."""
        for conjunction in statement.condition:
            refused = [self.refusals(factor, allowed) for factor, allowed in conjunction]
            joined = functools.reduce(operator.or_, refused, 0)
            if all(joined & every != every for _, _, every in self.order):
                yield joined

    def start(self, reading: Reading, option: str) -> Remainder:
        """What the statements of a guide say of an option while nothing is answered."""
        weighed = weighing(reading)
        if option in weighed.weighed:
            return weighed.standings(option)
        levels: dict[Standing, list[Refusals]] = {}
        for standing, statement in reading.on_option.get(option, ()):
            levels.setdefault(standing, []).extend(self.conjunctions(statement))
        kept: list[Refusals] = []
        found = ((standing, self.needed(level, kept)) for standing, level in levels.items())
        return tuple((standing, frozenset(level)) for standing, level in found if level)

    def numbered(self, remainder: Remainder) -> int:
        if remainder not in self.numbers:
            self.numbers[remainder] = len(self.remainders)
            self.remainders.append(remainder)
            self.asking.append(functools.reduce(operator.or_, self.asked(remainder), 0))
        return self.numbers[remainder]

    def asked(self, remainder: Remainder) -> Iterator[Refusals]:
        """Bits of every factor that is asked."""
        if isinstance(remainder, StandingSets):
            yield from (self.order[level][2] for level in remainder.levels())
        else:
            yield from (conjunction for _, level in remainder for conjunction in level)

    def node(self, remainders: tuple[int, ...], position: int) -> int:
        """The node for what remains of each option, asking from the factor at `position` on."""
        if remainders in self.built:
            return self.built[remainders]
        self.work += len(remainders)
        if self.work > self.most_work:
            raise _refused(self.reading, TOO_MUCH)
        still = functools.reduce(operator.or_, (self.asking[number] for number in remainders), 0)
        while position < len(self.order) and not still & self.order[position][2]:
            position += 1
        made: Node
        if position == len(self.order):
            made = Leaf(tuple(_settled(self.remainders[number]) for number in remainders))
        else:
            factor, values, _ = self.order[position]
            branches = tuple(
                (
                    value,
                    self.node(
                        tuple(self.answer(n, position, at) for n in remainders), position + 1
                    ),
                )
                for at, (value, _) in enumerate(values)
            )
            targets = {target for _, target in branches}
            if len(targets) == 1:
                return self.built.setdefault(remainders, targets.pop())
            made = Question(factor, branches)
        return self.built.setdefault(remainders, self.intern(made))

    def answer(self, number: int, position: int, at: int) -> int:
        """The number of what remains of a remainder when a factor is answered.

        `position`: that of the factor; `at`: that of its value.
        """
        _, values, every = self.order[position]
        if not self.asking[number] & every:
            return number
        bit = values[at][1]
        if (number, bit) not in self.answered:
            remainder = self.remainders[number]
            if isinstance(remainder, StandingSets):
                self.work += len(remainder.each)
                rest: Remainder = remainder.given(position, at)
            else:
                rest = self.assign(remainder, bit, every)
            self.answered[number, bit] = self.numbered(rest)
        return self.answered[number, bit]

    def assign(self, remainder: Conjunctions, bit: Refusals, every: Refusals) -> Conjunctions:
        """What remains of the conditions on one option that ask the factor answered."""
        kept: list[Refusals] = []
        found = []
        for standing, conjunctions in remainder:
            # One that asks this factor holds of more patients now, so that others may go. No
            # conjunction that stays as it was makes it go: it would have been gone already.
            asking = (c & ~every for c in conjunctions if c & every and not c & bit)
            level = self.needed(asking, kept)
            self.work += len(conjunctions) + len(conjunctions) * len(kept)
            level += [c for c in conjunctions if not c & every and not _among(kept, c)]
            found.append((standing, frozenset(level)))
        return tuple((standing, level) for standing, level in found if level)

    def needed(self, conjunctions: Iterable[Refusals], kept: list[Refusals]) -> list[Refusals]:
        """Those that can matter beside the ones kept, to which they are added."""
        first = len(kept)
        for conjunction in sorted(set(conjunctions), key=int.bit_count):
            if not _among(kept, conjunction):
                self.work += len(kept)
                kept.append(conjunction)
        return kept[first:]

    def intern(self, node: Node) -> int:
        if node not in self.index:
            if len(self.nodes) == MAX_NODES:
                raise _refused(self.reading, TOO_LARGE)
            self.index[node] = len(self.nodes)
            self.nodes.append(node)
        return self.index[node]


def _settled(rest: Remainder) -> Standing:
    left = rest.each if isinstance(rest, StandingSets) else rest
    return left[0][0] if left else Standing.SILENT


def _among(conjunctions: Iterable[Refusals], conjunction: Refusals) -> bool:
    """Whether one of these conjunctions holds wherever this one does."""
    return any(other & conjunction == other for other in conjunctions)


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
