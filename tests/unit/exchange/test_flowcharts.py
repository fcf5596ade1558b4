"""A flowchart is the tree: its questions, branches and outcomes, within what Mermaid draws."""

from __future__ import annotations

import html
import re

import pytest
from awkward_words import AWKWARD
from counted_trees import counting_guide

import tree
from tree.exchange.markdown import document
from tree.exchange.mermaid import escaped, flowchart, of_tree
from tree.logic.build import Leaf, Tree

GUIDES = [guide.name for guide in tree.guides()]
_BRANCH = re.compile(r'^ +(\w+) -->\|"(.*)"\| (\w+)$')
_NODE = re.compile(r'^ +(\w+)[(\[]+"')


def edges(source: str) -> list[tuple[str, str]]:
    return [(m[1], m[3]) for line in source.splitlines() if (m := _BRANCH.match(line))]


def nodes(source: str) -> set[str]:
    return {m[1] for line in source.splitlines() if (m := _NODE.match(line))}


def branches(each: Tree) -> int:
    """How many different nodes the questions of a tree lead to, added up."""
    asked = (node for node in each.nodes if not isinstance(node, Leaf))
    return sum(len({target for _, target in node.branches}) for node in asked)


@pytest.mark.parametrize("name", GUIDES)
def test_every_node_and_branch_is_there(name: str) -> None:
    guide = tree.load(name)
    source = flowchart(guide)
    assert len(edges(source)) == sum(map(branches, guide.trees))
    found = nodes(source) - {"everyone"}
    assert len(found) == sum(len(each.nodes) for each in guide.trees)
    assert {end for edge in edges(source) for end in edge} <= found


@pytest.mark.parametrize("words", AWKWARD)
def test_words_are_the_same_once_the_numbers_are_signs(words: str) -> None:
    found = escaped(words)
    assert not re.search(r'["`<>{}|&\[\]\\$%*@~]|#(?!\d)', found)
    shown = html.unescape(re.sub(r"#(\d+);", r"&#\1;", found)).replace("\u200b", "")
    assert shown == " ".join(words.split())


def test_one_tree_can_be_named() -> None:
    bees = tree.load("wintering_bees")
    one = flowchart(bees, bees.trees[1].name)
    assert len(nodes(one)) == len(bees.trees[1].nodes)
    with pytest.raises(tree.AnswerError, match="unknown tree 'Feedin': did you mean 'Feeding'"):
        flowchart(bees, "Feedin")


def test_it_speaks_the_language_of_the_guide() -> None:
    assert "Erste Wahl" in flowchart(tree.load("haengende_zimmerpflanze"))


def test_what_mermaid_does_not_draw_is_refused() -> None:
    guide = tree.loads(*counting_guide(80))
    with pytest.raises(tree.AnswerError, match=r"\d+ branches and [\d,]+ letters; Mermaid draws"):
        of_tree(guide.tree)
    found = document(guide)
    assert "```mermaid" not in found
    assert "Question 79?" in found
