"""A guide as a Markdown document: its trees as pictures and as lists, with the words of the text.

GitHub, GitLab, JupyterLab and many wikis draw the pictures, which are Mermaid. The lists say the
same to whoever sees the source or listens to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ..guide import Guide
from ..logic.beside import for_everyone, how
from ..logic.build import Leaf, Question, Tree, count_paths
from ..logic.firmness import MOST_PATHS, verdicts_at, verdicts_on_everyone
from ..messages import either, in_quotes, say, spoken, with_colon, worded
from ..model.disclaimer import disclaimer
from ..model.errors import AnswerError
from ..model.parts import Option, Statement, listed
from . import mermaid

# Signs that mean something in Markdown, and what begins a list.
_SIGN = re.compile(r"[\\`*_{}\[\]<>#|~&$@]|(?<=:)/(?=/)|(?<=www)\.|^[-+=]")
_NUMBERED = re.compile(r"^(\d+)([.)])")
PathAnswers = dict[str, str]

LOST = ("remarks that hold under a condition, and relations of options",)


@spoken
def document(guide: Guide) -> str:
    """The guide as Markdown: what it is, each tree, and what holds for everyone.

    Below each outcome stand the sentences that decide it for those who come there; of a tree
    with more than 1,000 paths they are left out. So is a picture that is too large for Mermaid.

    >>> from tree import load
    >>> print(document(load("metastatic_liver_cancer")).splitlines()[0])
    # What is the treatment for metastatic liver cancer?
    """
    lines = [f"# {escaped(guide.title)}", "", f"*{escaped(disclaimer(guide))}*", ""]
    for tree in guide.trees:
        if len(guide.trees) > 1:
            lines += [f"## {escaped(tree.name)}", ""]
        lines += [*_picture(tree), *_Outline(guide, tree).lines(), ""]
    everyone = [*_for_everyone(guide)]
    if everyone:
        lines += [f"## {escaped(say('For everyone'))}", "", *everyone, ""]
    return "\n".join(lines)


def _picture(tree: Tree) -> list[str]:
    try:
        return ["```mermaid", *mermaid.of_tree(tree).splitlines(), "```", ""]
    except AnswerError:
        return []


def _for_everyone(guide: Guide) -> Iterator[str]:
    """What holds for everyone, with its words."""
    standings = guide.walk().standings
    for verdict, options in verdicts_on_everyone(guide):
        yield _item(0, _verdict(guide, verdict, options))
        yield from _quotes(guide, 1, (s for o in options for s in standings[o.id].because))
    for remark in for_everyone(guide):
        yield _item(0, escaped(remark.remark + how(remark)))
        yield from _quotes(guide, 1, [remark])


class _Outline:
    """A tree as a nested list. A part that several branches lead to is written once."""

    def __init__(self, guide: Guide, tree: Tree) -> None:
        self.guide, self.tree = guide, tree
        self.follows = count_paths(tree) <= MOST_PATHS
        self.written: set[int] = set()

    @cached_property
    def marks(self) -> dict[int, str]:
        """A number for each question that several branches lead to."""
        shared = [
            index
            for index, targets in enumerate(self._before)
            if len(targets) > 1 and isinstance(self.tree.nodes[index], Question)
        ]
        return {index: f" \\[{number}\\]" for number, index in enumerate(shared, 1)}

    @cached_property
    def _before(self) -> list[list[tuple[int, str]]]:
        """For each node the branches that lead to it."""
        found: list[list[tuple[int, str]]] = [[] for _ in self.tree.nodes]
        for index, node in enumerate(self.tree.nodes):
            for value, target in node.branches if isinstance(node, Question) else ():
                found[target].append((index, value))
        return found

    def _ways(self, index: int) -> list[PathAnswers]:
        """The answers of every path to a question."""
        ways: list[PathAnswers] = []
        for before, value in self._before[index]:
            node = self.tree.nodes[before]
            if isinstance(node, Question):
                ways += [{**way, node.factor: value} for way in self._ways(before)]
        return ways if index else [{}]

    def lines(self) -> Iterator[str]:
        """The list line by line; the first question stands above it."""
        root = self.tree.nodes[0]
        if isinstance(root, Leaf):
            yield from self._outcome(0, 0, [{}])
            return
        yield escaped(self.tree.reading.factor(root.factor).question) + self.marks.get(0, "")
        yield ""
        yield from self._branches(0, 0)

    def _branches(self, index: int, depth: int) -> Iterator[str]:
        node = self.tree.nodes[index]
        if not isinstance(node, Question):
            return
        ahead: dict[int, list[str]] = {}
        for value, target in node.branches:
            ahead.setdefault(target, []).append(value)
        for target, values in ahead.items():
            answer = escaped(either(map(worded, values)))
            after = self.tree.nodes[target]
            if isinstance(after, Leaf):
                ways = self._ways(index) if self.follows else []
                yield _item(depth, answer)
                ended = [{**way, node.factor: value} for way in ways for value in values]
                yield from self._outcome(target, depth + 1, ended)
                continue
            question = escaped(self.tree.reading.factor(after.factor).question)
            mark = self.marks.get(target, "")
            if target in self.written:
                yield _item(
                    depth, f"{with_colon(answer, question)} {escaped(say('as above'))}{mark}"
                )
                continue
            self.written.add(target)
            yield _item(depth, f"{with_colon(answer, question)}{mark}")
            yield from self._branches(target, depth + 1)

    def _outcome(self, leaf: int, depth: int, ways: list[PathAnswers]) -> Iterator[str]:
        """What stands at a leaf, and below each verdict the sentences that decide it."""
        standings = [self.guide.walk(way).standings for way in ways]
        for verdict, options in verdicts_at(self.tree, leaf):
            yield _item(depth, _verdict(self.guide, verdict, options))
            because = (s for each in standings for o in options for s in each[o.id].because)
            yield from _quotes(self.guide, depth + 1, because)


def _verdict(guide: Guide, verdict: str, options: list[Option]) -> str:
    return with_colon(f"**{escaped(verdict)}**", escaped(listed(options, guide.groups)))


def _quotes(guide: Guide, depth: int, statements: Iterable[Statement]) -> Iterator[str]:
    """The words of statements, each once, with the author where there are several."""
    authors = {passage.id: passage.author for passage in guide.text.passages}
    found = dict.fromkeys(quote for statement in statements for quote in statement.quotes)
    for quote in found:
        words = escaped(in_quotes(quote.line))
        author = authors.get(quote.passage, "") if len(authors) > 1 else ""
        yield _item(depth, words + f" — {escaped(author)}" * bool(author))


def _item(depth: int, words: str) -> str:
    return f"{'  ' * depth}- {words}"


def escaped(words: str) -> str:
    r"""Words on one line, as Markdown shows them and nothing else.

    >>> print(escaped("<b> 1. *x*"), escaped("12) a-b"), escaped("- https://tree"))
    \<b\> 1. \*x\* 12\) a-b \- https:\//tree
    """
    found = _SIGN.sub(r"\\\g<0>", " ".join(words.split()))
    return _NUMBERED.sub(r"\1\\\2", found)
