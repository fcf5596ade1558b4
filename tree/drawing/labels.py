"""What is written in the nodes of a drawing, line by line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from ..logic.build import Leaf, Tree
from ..logic.firmness import verdicts_at
from ..model.parts import Option, Reading, arranged
from .arrangement import Arrangement

_LONGEST_LABEL = 400


def node_lines(index: int, tree: Tree, way: Arrangement) -> list[str]:
    """What is written in a node."""
    node = tree.nodes[index]
    if isinstance(node, Leaf):
        return verdict_lines(verdicts_at(tree, index), tree.reading, way.leaf)
    label = tree.reading.factor(node.factor).label
    return textwrap.wrap(_shortened(label), way.question)


def verdict_lines(
    verdicts: Iterable[tuple[str, list[Option]]], reading: Reading, width: int = Arrangement.leaf
) -> list[str]:
    """Line by line each standing, and below it the options that have it."""
    lines = []
    for verdict, options in verdicts:
        lines += textwrap.wrap(f"{_shortened(verdict)}:", width)
        for group, members in arranged(options, reading.groups):
            names = [f"{group}:"] * bool(group) + [option.label for option in members]
            for number, name in enumerate(names):
                indent = "    " * (2 if group and number else 1)
                lines += textwrap.wrap(
                    _shortened(name),
                    width,
                    initial_indent=indent,
                    subsequent_indent=indent + "  ",
                )
    return lines


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else text[:_LONGEST_LABEL] + "…"
