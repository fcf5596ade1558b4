"""Tree → graphviz.Digraph → SVG, PNG or DOT. The only file that knows the library."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import graphviz

from ..logic.build import Leaf, Node, Tree
from ..logic.firmness import verdicts_on_everyone
from ..logic.tree_walk import State, TreeWalk
from ..logic.trees import is_whole, undrawable
from ..messages import direction, number, say, spoken, valued, with_colon
from ..model.errors import DrawingError
from ..model.missing import IN_BROWSER
from .arrangement import HEAVY, LARGE, Arrangement, arranged_for, nodes_below
from .labels import node_lines, verdict_lines
from .layout_program import render
from .picture import NotebookPicture
from .svg import polish
from .text_width import FONT_SIZE, MEASURED_FONT, roughly

FORMATS = ("svg", "png", "dot")
# Where lines end that begin at the edge of a leaf.
_START = {"ltr": r"\l", "rtl": r"\r"}
_DOWN = {"ranksep": "0.3", "nodesep": "0.35"}
_ACROSS = {"rankdir": "LR", "ranksep": "0.6", "nodesep": "0.2"}
_FEW_ROUNDS = {"nslimit": "1", "nslimit1": "1", "mclimit": "0.2"}

# Never colour alone: taken is also thick, ruled out is also dashed.
_LOOKS = {
    State.TAKEN: {"color": "#0072b2", "fontcolor": "#000000", "penwidth": "3"},
    State.POSSIBLE: {"color": "#444444", "fontcolor": "#000000"},
    State.RULED_OUT: {"color": "#949494", "fontcolor": "#6e6e6e", "style": "dashed"},
}


# Where a branch is drawn alone, the others end in a dot.
_STUMP = {"shape": "point", "style": "solid", "width": "0.08", "color": "#949494"}


# What holds for everyone stands beside the tree.
_EVERYONE = {"shape": "note", "style": "solid", "class": "everyone"}


# The width of a branch that everybody takes, and of one that hardly anybody does, in points.
_WIDEST, _NARROWEST = 14.0, 0.8


@dataclass(frozen=True)
class Flow:
    """How many patients come to each node, and how many take each branch; `title`: of what."""

    nodes: tuple[int, ...]
    branches: Mapping[tuple[int, str], int]
    title: str = ""

    def share(self, count: int) -> float:
        """A number of patients as a share of all."""
        return count / max(self.nodes[0], 1)

    def in_words(self, count: int) -> str:
        """A number of patients, and how many in a hundred that is.

        >>> Flow((2000, 500), {}).in_words(500)
        '500 (25 %)'
        """
        return f"{number(count)} ({100 * self.share(count):.0f} %)"


@dataclass(frozen=True)
class Drawing(NotebookPicture):
    """A picture of a tree, highlighted where a walk is given. Shows itself in a notebook.

    `branch`: what the walk rules out is left out, but for a stump where it leaves the branch.
    `flow`: each branch is as wide as the share of patients who take it. `alone`: without a note of
    what holds for everyone, where that is said beside the picture.
    """

    tree: Tree
    walk: TreeWalk | None = None
    branch: bool = False
    flow: Flow | None = None
    alone: bool = False

    @cached_property
    @spoken
    def digraph(self) -> graphviz.Digraph:
        """The graph as an object of the graphviz package.

        Node i has the id `n<i>`, its k-th branch `n<i>-<k>`, so that a page can find them again.
        """
        nodes = self._shown
        graph = _empty_graph(len(nodes), self._arrangement.across)
        if self.flow and self.flow.title:
            title = _label([self.flow.title], r"\n")
            graph.attr(label=title, labelloc="t", fontname=MEASURED_FONT, fontsize=f"{FONT_SIZE}")
        for index in nodes:
            self._add_node(graph, index)
        everyone = verdicts_on_everyone(self.tree.reading) if is_whole(self.tree) else []
        if everyone and not self.alone:
            lines = [with_colon(say("For everyone")), *verdict_lines(everyone, self.tree.reading)]
            graph.node(
                "everyone",
                label=_label(lines, _START[direction()]),
                **_EVERYONE,
                **_room_for(lines),
            )
        return graph

    @cached_property
    def _shown(self) -> list[int]:
        return [i for i in range(len(self.tree.nodes)) if not self._is_left_out(i)]

    @cached_property
    def _arrangement(self) -> Arrangement:
        if self.branch or self.flow:
            # Not all of the tree, or more than it.
            return Arrangement(across=len(self._shown) > LARGE)
        return arranged_for(self.tree, self._lines, _branch_words)

    @cached_property
    def _lines(self) -> Callable[[int, Arrangement], list[str]]:
        """The lines of a node, which the arrangement has asked for before they are drawn."""
        return functools.cache(functools.partial(node_lines, self.tree))

    @cached_property
    def _weights(self) -> list[int]:
        """How straight the way to each node goes on; nothing where that is all the same."""
        return nodes_below(self.tree) if self._arrangement.straight else []

    def _is_left_out(self, index: int) -> bool:
        return bool(self.branch and self.walk and self.walk.nodes[index] is State.RULED_OUT)

    def _add_node(self, graph: graphviz.Digraph, index: int) -> None:
        """A node, and after it its branches."""
        node = self.tree.nodes[index]
        lines = self._lines(index, self._arrangement)
        is_leaf = isinstance(node, Leaf)
        look = _look(self.walk.nodes[index]) if self.walk else {}
        if self.flow:
            lines = [*lines, *_crowd_lines(node, index, self.flow)]
            look = {} if self.flow.nodes[index] else _look(State.RULED_OUT)
        if "style" in look:
            look["style"] = f"rounded,{look['style']}"
        if is_leaf:
            look["style"] = look.get("style", "rounded").replace("rounded", "solid")
        graph.node(
            f"n{index}",
            label=_label(lines, _START[direction()] if is_leaf else r"\n"),
            id=f"n{index}",
            **{"class": "leaf" if is_leaf else "question"},
            **_room_for(lines),
            **look,
        )
        if not isinstance(node, Leaf):
            for k, (value, target) in enumerate(node.branches):
                self._add_branch(graph, index, k, value, target)

    def _add_branch(
        self, graph: graphviz.Digraph, index: int, k: int, value: str, target: int
    ) -> None:
        """The k-th branch of a question; one that leaves the branch drawn ends in a stump."""
        look = _look(self.walk.branches[index, value]) if self.walk else {}
        words = _branch_words(value)
        if self.flow:
            words += f" {self.flow.in_words(self.flow.branches[index, value])} "
            look = _width(self.flow.share(self.flow.branches[index, value]))
            words = " " * round(float(look.get("penwidth", "0")) / 3) + words
        end = f"n{target}"
        if self.branch and self.walk and self.walk.branches[index, value] is State.RULED_OUT:
            end = f"end{index}-{k}"
            graph.node(end, **_STUMP)
        if self._weights:
            look = look | {"weight": f"{self._weights[target]}"}
        graph.edge(f"n{index}", end, label=_label([words], ""), id=f"n{index}-{k}", **look)

    @cached_property
    @spoken
    def svg(self) -> str:
        """An `<svg>` element that stands alone: no script, no style sheet, nothing linked."""
        return polish(self._rendered("svg").decode(), self.tree)

    def png(self, dpi: int = 144) -> bytes:
        """The picture in dots; at 72 to the inch it is as large as the SVG."""
        return self._rendered("png", f"-Gdpi={dpi}")

    def _rendered(self, format: str, *more: str) -> bytes:
        if self.problem:
            raise DrawingError(self.problem)
        return render(self.digraph.source, format, *more)

    @cached_property
    def problem(self) -> str:
        """Why there is no picture, for a tree of thousands of nodes; or ""."""
        # What a walk rules out may be most of it.
        return "" if self.branch else undrawable(self.tree)

    def as_format(self, format: str) -> bytes:
        """The picture as one of "svg", "png", "dot"."""
        if format == "png":
            return self.png()
        return (self.svg if format == "svg" else self.digraph.source).encode()

    def __repr__(self) -> str:
        return f"<drawing of {self.walk!r}>" if self.walk else f"<drawing of {self.tree!r}>"

    @property
    @spoken
    def words(self) -> str:
        """What is read aloud in place of the picture."""
        return say("Decision tree: {title}", title=self.tree.reading.title)


def svgs(drawings: Sequence[Drawing]) -> list[str]:
    """The `svg` of several drawings. The small ones are laid out by one program.

    It takes longer to start than to lay out a small tree.
    """
    small = [d for d in drawings if len(d.tree.nodes) <= LARGE]
    if len(small) > 1 and not IN_BROWSER:
        source = "\n".join(drawing.digraph.source for drawing in small)
        each = re.split(r"(?=<\?xml)", render(source, "svg").decode())[1:]
        for drawing, svg in zip(small, each, strict=True):
            drawing.__dict__["svg"] = polish(svg, drawing.tree)
    return [drawing.svg for drawing in drawings]


def _empty_graph(nodes: int, across: bool) -> graphviz.Digraph:
    """A graph for so many nodes, with the look that all of them share."""
    spacing = _ACROSS if across else _DOWN
    if across and direction() == "rtl":
        spacing = spacing | {"rankdir": "RL"}
    return graphviz.Digraph(
        graph_attr={"bgcolor": "white", "pad": "0.1"}
        | spacing
        | (_FEW_ROUNDS if nodes > HEAVY else {}),
        node_attr={
            "shape": "box",
            "style": "rounded",
            "fontname": MEASURED_FONT,
            "fontsize": f"{FONT_SIZE}",
            "margin": "0.2,0.11",
            "color": "#444444",
        },
        edge_attr={
            "fontname": MEASURED_FONT,
            "fontsize": f"{FONT_SIZE}",
            "color": "#444444",
            "arrowsize": "0.8",
        },
    )


def _branch_words(value: str) -> str:
    # The blanks keep the word clear of the line beside it.
    return f" {valued(value)} "


def _look(state: State) -> dict[str, str]:
    return dict(_LOOKS[state])


def _width(share: float) -> dict[str, str]:
    """The look of a branch that a share of the patients takes."""
    if not share:
        return _look(State.RULED_OUT)
    width = _NARROWEST + (_WIDEST - _NARROWEST) * share
    # The head keeps its size, whatever the line's width.
    size = min(1.0, 4 / width)
    return {"color": "#0072b2", "penwidth": f"{width:.1f}", "arrowsize": f"{size:.2f}"}


def _crowd_lines(node: Node, index: int, flow: Flow) -> list[str]:
    """How many come to a node, and of how many its answer is not known."""
    here = flow.nodes[index]
    lines = [f"n = {number(here)}"]
    if not isinstance(node, Leaf):
        unknown = here - sum(flow.branches[index, value] for value, _ in node.branches)
        lines += [say("unknown: {count}", count=unknown)] * bool(unknown)
    return lines


def _label(lines: Iterable[str], line_end: str) -> str:
    r"""Text as a label that Graphviz shows letter by letter: no escapes, entities or markup.

    >>> print(_label(["a\\n<b> & &lt;"], ""))
    a\\n<b> &amp; &amp;lt;
    """
    escaped = (line.replace("\\", r"\\").replace("&", "&amp;") for line in lines)
    label: str = graphviz.nohtml("".join(line + line_end for line in escaped))
    return label


def _room_for(lines: Iterable[str]) -> dict[str, str]:
    """A least width (inches) for letters that the layout program cannot measure."""
    widest = 0.0
    for line in lines:
        if not line.isascii():
            widest = max(widest, roughly(line) / 72 + 0.4)
    return {"width": f"{widest:.2f}"} if widest else {}
