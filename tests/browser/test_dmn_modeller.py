"""A guide as DMN opens in dmn-js, the modeller that most people have: its graph and its tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from platforms import modules
from playwright.sync_api import Page

import tree
from tree.exchange.dmn_out import write
from tree.exchange.tree_tables import for_everyone, tables_of

STYLES = ("diagram-js", "dmn-js-drd", "dmn-js-decision-table", "dmn-js-shared")
PAGE = "<style>html, body, #canvas {height: 100%; margin: 0}</style><div id='canvas'></div>"
OPEN = """async (source) => {
  window.viewer = new DmnJS({container: "#canvas"});
  const {warnings} = await viewer.importXML(source);
  return [warnings.map(String), viewer.getViews().map((view) => view.type)];
}"""
TABLE = """async (number) => {
  const views = viewer.getViews().filter((view) => view.type === "decisionTable");
  const {warnings} = await viewer.open(views[number]);
  return warnings.map(String);
}"""


# Boxes that overlap, and labels that stand out of their box or are broken within a word.
UNREADABLE = """() => {
  const box = (part) => part.getBoundingClientRect();
  const shapes = [...document.querySelectorAll(".djs-shape")].map((shape) => ({
    id: shape.dataset.elementId,
    ...box(shape.querySelector(".djs-visual > *")).toJSON(),
    label: box(shape.querySelector("text")),
    lines: shape.querySelectorAll("text tspan").length,
  }));
  const overlap = (a, b) =>
    a !== b && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return shapes.filter((each) => shapes.some((other) => overlap(each, other))
    || each.label.left < each.left || each.label.right > each.right || each.lines > 1)
    .map(({id}) => id);
}"""
# How wide the picture is, in the modeller's units.
BREADTH = "viewer.getActiveViewer().get('canvas').viewbox().inner.width"


@pytest.mark.parametrize("name", ["metastatic_liver_cancer", "wintering_bees"])
def test_the_modeller_shows_the_graph_and_every_table(
    page: Page, name: str, tmp_path: Path
) -> None:
    guide = tree.load(name)
    source, _ = write(guide)
    tables = tables_of(guide)
    slips: list[str] = []
    page.on("pageerror", lambda error: slips.append(str(error)))
    page.set_content(PAGE)
    dist = modules("dmn") / "dmn-js" / "dist"
    for style in STYLES:
        page.add_style_tag(path=dist / "assets" / f"{style}.css")
    page.add_script_tag(path=dist / "dmn-viewer.production.min.js")
    warnings, views = page.evaluate(OPEN, source.decode())
    assert (warnings, slips) == ([], [])
    assert views.count("decisionTable") == len(tables)
    assert views.count("literalExpression") == len(for_everyone(guide))
    asked = {input_.name for table in tables for input_ in table.inputs}
    shapes = page.locator(".djs-shape").count()
    assert shapes == len(tables) + len(for_everyone(guide)) + len(asked)
    assert page.locator(".djs-connection").count() == sum(len(t.inputs) for t in tables)
    assert page.evaluate(UNREADABLE) == []
    assert page.evaluate(BREADTH) < 3_000
    page.screenshot(path=tmp_path / "graph.png")
    for number, table in enumerate(tables):
        assert page.evaluate(TABLE, number) == []
        page.wait_for_function(
            "count => document.querySelectorAll('.tjs-table tbody tr').length === count",
            arg=len(table.rules),
        )
        for input_ in table.inputs:
            assert page.get_by_text(input_.name, exact=True).count() == 1
        for note in {rule.notes[0] for rule in table.rules if rule.notes}:
            assert page.get_by_text(note[:40]).count()
    page.screenshot(path=tmp_path / "table.png")
    assert slips == []
