"""How a tree is laid out: from top to bottom or across, its words in long lines or in short ones.

The layout program is not asked: how large each way is, is estimated from the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..logic.build import Question, Tree
from .text_width import FONT_SIZE, roughly

# From left to right where there are more nodes: the leaves below each other, which scrolls
# and prints better than one row of them. And where there are more than this, the layout takes
# its time: it is made beside other work, and in fewer rounds.
LARGE = 40  # nodes
HEAVY = 200

# What a notebook on a laptop leaves for a drawing, at the smallest scale that can be read.
ROOM = (620, 490)

_MARGIN = (29, 16)  # around the words of a node, together on both sides
_LINE = 1.2 * FONT_SIZE
_BESIDE = (25, 14)  # between two nodes of a rank: down, across
_BETWEEN = (38, 60)  # between two ranks: down, across without the words of a branch


@dataclass(frozen=True)
class Arrangement:
    """`across`: from left to right. `question`, `leaf`: letters in a line. `straight`: for a tree
    that shares no parts, whose branch to most nodes goes straight on."""

    across: bool = False
    question: int = 40
    leaf: int = 34
    straight: bool = False


# Long lines are easier to read, and down is how trees are drawn: the first that fits is taken.
_WAYS = (
    (False, 40, 34),
    (False, 28, 26),
    (False, 22, 22),
    (True, 40, 34),
    (True, 28, 26),
)


def arranged_for(
    tree: Tree, words: Callable[[int, Arrangement], list[str]], branch: Callable[[str], str]
) -> Arrangement:
    """The first way of laying out a tree that fits the room, or the one that comes nearest.

    `words`: the lines of a node; `branch`: the words of a value.
    """
    if len(tree.nodes) > LARGE:
        return Arrangement(across=True)
    straight = shares_nothing(tree)
    # Where parts are shared, lines cross the ranks: such a tree goes down.
    best, largest = Arrangement(), 0.0
    for way in [Arrangement(*way, straight) for way in _WAYS if straight or not way[0]]:
        scale = _scale(size(tree, way, words, branch))
        if scale > largest:
            best, largest = way, scale
        if scale == 1:
            break
    return best


def _scale(size: tuple[float, float]) -> float:
    return min(1.0, *(room / each for room, each in zip(ROOM, size, strict=True)))


def size(
    tree: Tree,
    way: Arrangement,
    words: Callable[[int, Arrangement], list[str]],
    branch: Callable[[str], str],
) -> tuple[float, float]:
    """About how wide and how high the tree is, in points."""
    ranks = ranks_of(tree)
    boxes = [_box(words(index, way)) for index in range(len(tree.nodes))]
    along, beside = (0, 1) if way.across else (1, 0)
    length = sum(max(boxes[node][along] for node in rank) for rank in ranks)
    breadth = max(
        sum(boxes[node][beside] for node in rank) + _BESIDE[way.across] * (len(rank) - 1)
        for rank in ranks
    )
    length += _BETWEEN[way.across] * (len(ranks) - 1)
    if way.across:
        length += sum(_longest(tree, rank, branch) for rank in ranks)
        return length, breadth
    return breadth, length


def _box(lines: Sequence[str]) -> tuple[float, float]:
    widest = max(map(roughly, lines), default=0.0)
    return widest + _MARGIN[0], _LINE * len(lines) + _MARGIN[1]


def _longest(tree: Tree, rank: Iterable[int], branch: Callable[[str], str]) -> float:
    """The width of the longest words of a branch that begins in a rank."""
    nodes = [tree.nodes[index] for index in rank]
    values = [value for n in nodes if isinstance(n, Question) for value, _ in n.branches]
    return max((roughly(branch(value)) for value in values), default=0.0)


def ranks_of(tree: Tree) -> list[list[int]]:
    """The nodes by the number of questions on the longest path to them."""
    rank = [0] * len(tree.nodes)
    for index, node in enumerate(tree.nodes):
        for _, target in node.branches if isinstance(node, Question) else ():
            rank[target] = max(rank[target], rank[index] + 1)
    ranks: list[list[int]] = [[] for _ in range(max(rank) + 1)]
    for index, at in enumerate(rank):
        ranks[at].append(index)
    return ranks


def shares_nothing(tree: Tree) -> bool:
    """Whether each node is reached in one way."""
    targets = [target for n in tree.nodes if isinstance(n, Question) for _, target in n.branches]
    return len(targets) == len(tree.nodes) - 1


def nodes_below(tree: Tree) -> list[int]:
    """For each node of a tree that shares no parts, how many there are from it on."""
    counts = [1] * len(tree.nodes)
    for index in reversed(range(len(tree.nodes))):
        node = tree.nodes[index]
        if isinstance(node, Question):
            counts[index] += sum(counts[target] for _, target in node.branches)
    return counts
