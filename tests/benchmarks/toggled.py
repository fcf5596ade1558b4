"""What the notebooks of the toggle benchmark show: one tree, toggled in four ways.

Runs in the kernels; `toggling.py` clicks. Each way is one function that shows it. The others
are given their pictures ready made, two of them, so that only what they do themselves counts.
"""

from __future__ import annotations

import functools
import math
import shutil
import subprocess
from dataclasses import fields
from typing import Any

import ipywidgets
from growing import growing
from IPython.display import HTML, display

import tree
from tree.drawing.layout_program import program
from tree.logic.build import build

VALUES = ("yes", "no")
OPTIONS, NAMED = 8, 3


@functools.cache
def guide_of(nodes: int) -> tree.Guide:
    """A guide whose tree has about so many nodes, at most one in fifty more or fewer."""
    factors = round(6 * math.log10(nodes))
    for statements in range(nodes * 2 // 5, 2 * nodes, max(1, nodes // 100)):
        reading = growing(statements, factors, choices=OPTIONS, named=NAMED)
        if abs(len(build(reading).nodes) - nodes) <= max(1, nodes // 50):
            parts = {each.name: getattr(reading, each.name) for each in fields(reading)}
            # In one tree, as an author may ask for.
            together = (("All", tuple(option.id for option in reading.options)),)
            return tree.Guide(**{**parts, "shown_together": together})
    raise LookupError(f"no guide with {nodes} nodes")


def ours(nodes: int) -> None:
    display(tree.Explorer(guide_of(nodes)))


def floor(nodes: int) -> None:
    """A drawing as large, of which one element will be given a class, and a stock toggle."""
    display(_toggle(), HTML(guide_of(nodes).draw().svg))


def dots(nodes: int) -> dict[str, str]:
    """The picture's source when the first question is answered; each says which one it is."""
    guide = guide_of(nodes)
    found = {}
    for value in VALUES:
        graph = guide.draw({guide.tree.nodes[0].factor: value}).digraph
        graph.graph_attr["id"] = f"shown-{value}"
        found[value] = graph.source
    return found


def interact(nodes: int) -> None:
    """ipywidgets.interact, graphviz in the kernel, a new SVG for each answer."""
    sources = dots(nodes)
    command = [shutil.which("dot") or program(), "-Tsvg"]

    def show(value: str) -> None:
        source = sources[value].encode()
        svg = subprocess.run(command, input=source, capture_output=True, check=True).stdout.decode()
        # As HTML, for JupyterLab shows an SVG as an image, in which nothing can be found.
        display(HTML(svg[svg.index("<svg") :]))

    ipywidgets.interact(show, value=_toggle())


def anywidget(nodes: int) -> None:
    """graphviz-anywidget, given new DOT, which it lays out in the browser."""
    from graphviz_anywidget import graphviz_widget_simple

    sources, toggle = dots(nodes), _toggle()
    widget = graphviz_widget_simple(sources[VALUES[0]])

    def show(change: Any) -> None:
        widget.dot_source = sources[change["new"]]

    toggle.observe(show, "value")
    display(ipywidgets.VBox([toggle, widget]))


def supertree(nodes: int) -> None:
    """supertree, shown again with another patient; a tree with as many nodes, fitted to noise.

    The tree is shown without the data, of which supertree counts every node's, for minutes where
    there are a thousand nodes.
    """
    import supertree as package

    model, data = fitted(nodes)
    names = [f"f{number}" for number in range(data.shape[1])]
    shown = package.SuperTree(model, feature_names=names, target_names=list(VALUES))
    toggle, output = _toggle(), ipywidgets.Output()

    def show(value: str) -> None:
        with output:
            output.clear_output(wait=True)
            patient = data[VALUES.index(value)].tolist()
            shown.show_tree(start_depth=model.get_depth(), show_sample=patient)

    toggle.observe(lambda change: show(change["new"]), "value")
    display(ipywidgets.VBox([toggle, output]))
    show(VALUES[0])


def fitted(nodes: int) -> tuple[Any, Any]:
    """A fitted tree with about so many nodes, and what it was fitted to."""
    import numpy
    from sklearn.tree import DecisionTreeClassifier

    chance = numpy.random.default_rng(0)
    data = chance.random((max(100, 4 * nodes), 20))
    target = chance.integers(0, 2, len(data))
    model = DecisionTreeClassifier(max_leaf_nodes=(nodes + 1) // 2, random_state=0)
    return model.fit(data, target), data


def _toggle() -> ipywidgets.ToggleButtons:
    return ipywidgets.ToggleButtons(options=[(value.capitalize(), value) for value in VALUES])
