"""Every path of a tree."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.parts import Standing
from .build import Leaf, Question, Tree
from .trees import of_everyone


def paths(tree: Tree) -> Iterator[tuple[dict[str, str], int]]:
    """Every path from the first question to an outcome: its answers, and the leaf's number.

    There may be very many: see `build.count_paths`.

    >>> from tree import load
    >>> len(list(paths(load("data/metastatic_liver_cancer").tree)))
    5
    """
    stack: list[tuple[int, dict[str, str]]] = [(0, {})]
    while stack:
        index, answers = stack.pop()
        node = tree.nodes[index]
        if isinstance(node, Question):
            ahead = [(target, {**answers, node.factor: v}) for v, target in node.branches]
            stack += reversed(ahead)
        else:
            yield answers, index


def standings_at(tree: Tree, leaf: int) -> tuple[Standing, ...]:
    """The standing of every option of a tree at a leaf."""
    node = tree.nodes[leaf]
    return node.standings if isinstance(node, Leaf) else ()


def standings_of(tree: Tree, leaf: int) -> dict[str, Standing]:
    """The same by option, with the options that have one standing for everyone."""
    here = dict(zip((o.id for o in tree.options), standings_at(tree, leaf), strict=True))
    here |= {option.id: standing for option, standing in of_everyone(tree.reading)}
    return {option.id: here[option.id] for option in tree.reading.options if option.id in here}
