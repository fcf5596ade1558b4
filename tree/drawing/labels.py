"""What is written in the nodes of a drawing, line by line."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable

from ..logic.build import Leaf, Tree
from ..logic.firmness import verdicts_at
from ..messages import with_colon
from ..model.parts import Option, Reading, arranged
from .arrangement import Arrangement

_LONGEST_LABEL = 400


def node_lines(tree: Tree, index: int, way: Arrangement) -> list[str]:
    """What is written in a node."""
    node = tree.nodes[index]
    if isinstance(node, Leaf):
        return verdict_lines(verdicts_at(tree, index), tree.reading, way.leaf)
    label = tree.reading.factor(node.factor).label
    return wrapped(_shortened(label), way.question)


def verdict_lines(
    verdicts: Iterable[tuple[str, list[Option]]], reading: Reading, width: int = Arrangement.leaf
) -> list[str]:
    """Line by line each standing, and below it the options that have it."""
    lines = []
    for verdict, options in verdicts:
        lines += wrapped(with_colon(_shortened(verdict)), width)
        for group, members in arranged(options, reading.groups):
            names = [with_colon(group)] * bool(group) + [option.label for option in members]
            for number, name in enumerate(names):
                indent = "    " * (2 if group and number else 1)
                lines += wrapped(_shortened(name), width, indent, indent + "  ")
    return lines


def wrapped(words: str, width: int, first: str = "", more: str = "") -> list[str]:
    """Words in lines of so many letters, of which those of Chinese or Japanese count for two.

    There, a line may end after any letter, but none begins with a full stop or a closing mark.

    >>> wrapped("Is there any evidence?", 12), wrapped("有没有证据表明癌症已经扩散。", 12)
    (['Is there any', 'evidence?'], ['有没有证据表', '明癌症已经扩', '散。'])
    """
    is_plain = words.isascii() and words.isprintable() and words == words.strip()
    if is_plain and 0 < len(words) <= width - len(first):
        return [first + words]
    if words.isascii() or not any(map(_is_wide, words)):
        return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=more)
    lines, line = [], first
    for piece in _PIECES.findall(words):
        if line.strip() and _columns(line + piece) > width:
            lines.append(line.rstrip())
            line, piece = more, piece.lstrip()
        line += piece
    return [*lines, line]


# A wide letter, or a word, with the full stops, commas and closing marks that no line begins with.
_CLOSING = "\u2019\u201d\u3001\u3002\u300b\u300d\u300f\uff01\uff09\uff0c\uff1a\uff1b\uff1f"
_PIECES = re.compile(rf"\s*(?:[\u1100-\uffff]|[^\s\u1100-\uffff]+)[{_CLOSING}]*")


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _columns(words: str) -> int:
    return sum(1 + _is_wide(letter) for letter in words)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else text[:_LONGEST_LABEL] + "…"
