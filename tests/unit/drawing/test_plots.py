"""Plots: what they say is what they show, readable in every shade, and never markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tree.drawing.plots import BarPlot, HeatMap, LinePlot, Plot, ink, shade

SVG = "{http://www.w3.org/2000/svg}"


def light(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_shade_can_be_written_on() -> None:
    shades = [shade(k / 1000) for k in range(1001)]
    assert all(contrast(fill, ink(fill)) >= 4.5 for fill in shades)
    # The more, the darker, so that it reads without colours too.
    lights = [light(fill) for fill in shades]
    assert lights == sorted(lights, reverse=True)
    assert contrast(shades[0], shades[-1]) > 10


def test_a_heat_map_writes_every_number_on_its_colour() -> None:
    heat = HeatMap(
        ("rest", "tea"), ("one", "two"), ((0, 37.5), (None, 100)), "Misread", down="what"
    )
    root = ET.fromstring(heat.svg)
    cells = [rect for rect in root.iter(f"{SVG}rect") if rect.get("stroke")]
    texts = [
        (t.text, t.get("fill"), float(t.get("x")), float(t.get("y")))
        for t in root.iter(f"{SVG}text")
    ]
    found = []
    for cell in cells:
        x, y, w, h = (float(cell.get(name)) for name in ("x", "y", "width", "height"))
        (inside,) = [t for t in texts if x < t[2] < x + w and y < t[3] < y + h]
        found.append(inside[0])
        background = "#ffffff" if cell.get("fill") == "white" else cell.get("fill")
        assert contrast(background, inside[1]) >= 4.5
    assert found == ["0", "37.5", "-", "100"]
    assert str(heat) == "rest: one 0 %, two 37.5 %\ntea: two 100 %"
    assert repr(heat) == "<heat map: Misread, 2 rows, 2 columns>"


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = BarPlot(("a", "b", "c"), (4, 1, None), "Votes", notes=("", "of 5", ""))
    root = ET.fromstring(bars.svg)
    long = [float(r.get("width")) for r in root.iter(f"{SVG}rect") if r.get("fill") == "#0072b2"]
    assert long == [300, 75, 0]
    assert str(bars) == "a: 4\nb: 1 (of 5)\nc: -"
    assert str(BarPlot((), (), "Nothing")) == ""


def test_long_labels_are_wrapped_and_cut() -> None:
    words = "limited to patients who have no evidence of other organ involvement " * 9
    for label in (words, "x" * 500, "病" * 200):
        root = ET.fromstring(HeatMap((label,), ("one",), ((1,),), "T").svg)
        lines = [t.text for t in root.iter(f"{SVG}text") if t.get("x") == "12"][2:]
        assert 2 <= len(lines) <= 3
        assert lines[-1].endswith("…")
        assert float(root.get("width")) < 520


STRANGE = st.text() | st.sampled_from(["<script>", "a\x00b", '" onload="x', "&amp;", "\ud800"])
NUMBERS = st.none() | st.floats(0, 100)


@given(st.data(), st.integers(0, 4), st.integers(0, 4), STRANGE)
def test_whatever_people_write_is_words(data, rows, columns, title) -> None:
    labels = data.draw(st.lists(STRANGE, min_size=rows, max_size=rows))
    heads = data.draw(st.lists(STRANGE, min_size=columns, max_size=columns))
    values = [[data.draw(NUMBERS) for _ in heads] for _ in labels]
    plots: list[Plot] = [
        HeatMap(labels, heads, values, title, down=title, across=title),
        BarPlot(labels, [data.draw(NUMBERS) for _ in labels], title, notes=labels),
        LinePlot(labels, [1.0 for _ in labels], title, title),
    ]
    for plot in plots:
        root = ET.fromstring(plot.svg)
        assert {part.tag for part in root.iter()} <= {
            SVG + name for name in ("svg", "rect", "text", "path", "polyline", "circle", "title")
        }
        assert not [a for part in root.iter() for a in part.attrib if a.startswith("on")]
        assert plot.svg == plot._repr_mimebundle_()["image/svg+xml"]
        assert repr(plot) == repr(plot)
        str(plot)


@pytest.mark.parametrize("plot", [LinePlot((1,), (50,), "T", "round"), BarPlot(("a",), (1,), "T")])
def test_it_stands_alone_on_white(plot: Plot) -> None:
    assert '<rect width="100%" height="100%" fill="white"/>' in plot.svg
    assert re.findall(r"https?://[^\"]*", plot.svg) == ["http://www.w3.org/2000/svg"]
    assert 'role="img" aria-label="T' in plot.svg
