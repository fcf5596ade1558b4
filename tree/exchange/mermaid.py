"""A tree as a Mermaid flowchart, which a README, a wiki or a forum draws.

Words from people stand in quoted labels, and each sign that could be markup as its number, `#35;`:
Mermaid shows these as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..guide import Guide
from ..logic.build import Leaf, Tree
from ..logic.firmness import verdicts_at, verdicts_on_everyone
from ..messages import either, say, spoken, with_colon, worded
from ..model.errors import AnswerError, allowed, shown
from ..model.parts import Option, Reading, listed

# Of a flowchart that Mermaid draws by its own settings; sites that show it seldom have others.
MOST_BRANCHES = 500
MOST_LETTERS = 50_000
# Signs that may be markup, but for those that a label can hold as they are.
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = frozenset(",?!:;()")
# Nor are these between letters or figures, or a full stop after a letter.
_WITHIN = re.compile(r"(?<=[^\W_])[-./'](?=[^\W_])|(?<=[^\W\d_])\.")
# Begin a formula or an icon, even as numbers: what nobody sees keeps them apart.
_TOGETHER = re.compile(r"\$(?=\$)|(?<=\w):(?=\w)")

# What a picture has no room for.
LOST = ("the words of the text, helps, remarks and relations of options",)


@spoken
def flowchart(guide: Guide, tree_name: str = "") -> str:
    r"""The trees of a guide as a Mermaid flowchart, or the one of this name.

    Several trees stand below each other in one picture. Where it is of all, what holds for
    everyone stands in a box of its own. Raises AnswerError for another name, and for a picture of
    more than 500 branches or 50,000 letters, which Mermaid does not draw.

    >>> from tree import load
    >>> print(*flowchart(load("metastatic_liver_cancer")).splitlines()[:3], sep="\n")
    flowchart TD
        t0n0["Is there evidence that cancer has spread to organs other than the liver?"]
        t0n0 -->|"yes"| t0n5
    """
    trees = guide.trees
    if tree_name:
        trees = tuple(tree for tree in trees if tree.name == tree_name)
        if not trees:
            names = [tree.name for tree in guide.trees]
            message = f"unknown tree {shown(tree_name)}: {allowed(tree_name, names)}"
            raise AnswerError([message])
    # What has nothing to do with each other stands across the direction of a flowchart, the last
    # one first.
    lines = ["flowchart LR" if len(trees) > 1 else "flowchart TD"]
    for number, tree in reversed([*enumerate(trees)]):
        if len(trees) > 1:
            lines += [f"    subgraph t{number}[{_quoted(tree.name)}]", "    direction TD"]
        lines += _lines(tree, f"t{number}n")
        if len(trees) > 1:
            lines.append("    end")
    if not tree_name and (everyone := verdicts_on_everyone(guide)):
        label = [with_colon(say("For everyone")), *_verdicts(guide, everyone)]
        lines.append(f"    everyone[{_quoted(*label)}]")
    return _checked(lines)


@spoken
def of_tree(tree: Tree) -> str:
    """One tree alone as a Mermaid flowchart. Raises AnswerError where it is too large, as above."""
    return _checked(["flowchart TD", *_lines(tree, "n")])


def _checked(lines: list[str]) -> str:
    """The flowchart, unless it is larger than what Mermaid draws."""
    found = "".join(f"{line}\n" for line in lines)
    branches = sum("-->" in line for line in lines)
    if branches > MOST_BRANCHES or len(found) > MOST_LETTERS:
        message = (
            f"{branches:,} branches and {len(found):,} letters; Mermaid draws at most "
            f"{MOST_BRANCHES:,} and {MOST_LETTERS:,}. Name a single tree, or choose another format"
        )
        raise AnswerError([message])
    return found


def _lines(tree: Tree, prefix: str) -> Iterator[str]:
    """The nodes of a tree, each with the branches that leave it."""
    for index, node in enumerate(tree.nodes):
        name = f"{prefix}{index}"
        if isinstance(node, Leaf):
            yield f"    {name}([{_quoted(*_verdicts(tree.reading, verdicts_at(tree, index)))}])"
            continue
        yield f"    {name}[{_quoted(tree.reading.factor(node.factor).question)}]"
        ahead: dict[int, list[str]] = {}
        for value, target in node.branches:
            ahead.setdefault(target, []).append(worded(value))
        for target, values in ahead.items():
            yield f"    {name} -->|{_quoted(either(values))}| {prefix}{target}"


def _verdicts(reading: Reading, verdicts: list[tuple[str, list[Option]]]) -> Iterator[str]:
    for verdict, options in verdicts:
        yield with_colon(verdict, listed(options, reading.groups))


def _quoted(*lines: str) -> str:
    """Lines as a label."""
    return '"{}"'.format("<br/>".join(map(escaped, lines)))


def escaped(words: str) -> str:
    """Words on one line, as Mermaid shows them and nothing else.

    >>> print(escaped('"<b>" 1. `end` #quot; 2.5 km/h'))
    #34;#60;b#62;#34; 1#46; #96;end#96; #35;quot; 2.5 km/h
    """
    found = _TOGETHER.sub("\\g<0>\u200b", " ".join(words.split()))
    kept = {match.start() for match in _WITHIN.finditer(found)}

    def as_number(match: re.Match[str]) -> str:
        sign = match.group()
        return sign if sign in _HARMLESS or match.start() in kept else f"#{ord(sign)};"

    return _SIGN.sub(as_number, found)
