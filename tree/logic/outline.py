"""A tree as nested text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ..messages import say, spoken, with_colon, worded
from ..model.parts import listed
from .build import Leaf, Question, Tree
from .firmness import everyone_lines, verdicts_at
from .trees import is_whole


@spoken
def outline(tree: Tree, said: Mapping[tuple[int, str], str] | None = None) -> Iterator[str]:
    """The tree as nested text, one line at a time; a shared subtree is written once.

    After the only tree of a guide comes what it says of everyone.

    `said`: more words on some branches, by their question's node and their value.
    """
    label = {index: f" [{i}]" for i, index in enumerate(_shared(tree), 1)}
    written: set[int] = set()

    def lines(index: int, indent: str) -> Iterator[str]:
        node, mark = tree.nodes[index], label.get(index, "")
        if index in written:
            yield indent + say("as above") + mark
            return
        written.add(index)
        if isinstance(node, Leaf):
            for verdict, options in verdicts_at(tree, index):
                yield indent + with_colon(verdict, listed(options, tree.reading.groups)) + mark
                mark = ""
            return
        yield f"{indent}{tree.reading.factor(node.factor).question}{mark}"
        for value, target in node.branches:
            more = (said or {}).get((index, value))
            yield f"{indent}- {worded(value)}" + (f": {more}" if more else "")
            yield from lines(target, indent + "    ")

    yield from lines(0, "")
    yield from everyone_lines(tree.reading) if is_whole(tree) else ()


def _shared(tree: Tree) -> list[int]:
    """The nodes that more than one branch leads to, in order."""
    nodes = (node for node in tree.nodes if isinstance(node, Question))
    leading = Counter(target for node in nodes for _, target in node.branches)
    return sorted(index for index, count in leading.items() if count > 1)
