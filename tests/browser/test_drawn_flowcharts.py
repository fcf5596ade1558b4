"""Mermaid itself draws the flowcharts, and shows every word as it was written."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import awkward_words
import pytest
from counted_trees import counting_guide
from examples import share
from hostile import write_hostile_guide
from platforms import modules
from playwright.sync_api import Browser, Error, Page

import tree
from tree.exchange.mermaid import MOST_BRANCHES, flowchart, of_tree

APART = "\u200b"  # keeps signs apart that would be a formula together
# What is drawn, and its words as a reader sees them.
DRAW = """async ([name, source]) => {
  mermaid.initialize({startOnLoad: false, securityLevel: "loose", fontFamily: "sans-serif"});
  await mermaid.parse(source);
  const {svg} = await mermaid.render(name, source);
  // As pages that show a flowchart do it: whatever Mermaid lets through would be markup here.
  document.body.innerHTML = svg;
  const labels = [...document.querySelectorAll(".nodeLabel, .edgeLabel .edgeLabel")];
  const strange = "svg :is(img, a, script, code, em, strong, li, h1, .katex, i)";
  return {
    words: labels.map(label => label.innerText.trim()).filter(Boolean),
    strangers: [...document.querySelectorAll(strange)].map(each => each.outerHTML),
    hacked: window.hacked ?? null,
  };
}"""


@pytest.fixture(scope="module")
def mermaid(browser: Browser) -> Iterator[Page]:
    """A page with Mermaid in it, which takes long to load."""
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.set_content("<!doctype html><meta charset='utf-8'><title>Mermaid</title>")
    page.add_script_tag(path=modules("formats") / "mermaid" / "dist" / "mermaid.min.js")
    yield page
    page.close()


def drawn(mermaid: Page, source: str) -> list[str]:
    """The labels, white space aside; nothing in them may be anything but text."""
    found: dict[str, Any] = mermaid.evaluate(DRAW, ["drawing", source])
    assert found["strangers"] == []
    assert found["hacked"] is None
    return sorted("".join(words.replace(APART, "").split()) for words in found["words"])


def meant(source: str) -> list[str]:
    """The labels of a flowchart, read straight off."""
    labels = re.findall(r'"([^"]*)"', source)
    numbered = (re.sub(r"#(\d+);", r"&#\1;", label.replace("<br/>", "")) for label in labels)
    shown = (html.unescape(label).replace(APART, "") for label in numbered)
    return sorted("".join(label.split()) for label in shown)


@pytest.mark.parametrize("name", [guide.name for guide in tree.guides()])
def test_the_trees_of_a_guide_are_drawn(mermaid: Page, name: str) -> None:
    guide = tree.load(name)
    source = flowchart(guide)
    seen = drawn(mermaid, source)
    assert seen == meant(source)
    asked = {id for each in guide.trees for id in each.factors}
    assert all("".join(guide.factor(id).question.split()) in seen for id in asked)


def test_several_trees_stand_below_each_other_in_the_order_of_the_guide(mermaid: Page) -> None:
    guide = tree.load("wintering_bees")
    drawn(mermaid, flowchart(guide))
    titles = mermaid.locator("g.cluster-label")
    boxes = [box for title in titles.all() if (box := title.bounding_box())]
    places = {title: box["y"] for title, box in zip(titles.all_text_contents(), boxes, strict=True)}
    assert sorted(places, key=places.__getitem__) == [each.name for each in guide.trees]


def test_hostile_words_are_shown_as_they_are(mermaid: Page, tmp_path: Path) -> None:
    write_hostile_guide(tmp_path / "hostile")
    guide = tree.load(tmp_path / "hostile")
    seen = drawn(mermaid, flowchart(guide))
    assert all("".join(factor.question.split()) in seen for factor in guide.factors)


def test_awkward_words_are_shown_as_they_are(mermaid: Page) -> None:
    for seed in range(share(40)):
        source = awkward_words.guide(random.Random(seed))
        guide = tree.loads(awkward_words.text(), source)
        seen = drawn(mermaid, flowchart(guide))
        asked = {id for each in guide.trees for id in each.factors}
        for words in (guide.factor(id).question for id in asked):
            assert "".join(words.split()) in seen, (seed, words)
        for option in guide.options:
            assert any("".join(option.name.split()) in label for label in seen), (seed, option)


def test_a_picture_as_large_as_may_be_is_read(mermaid: Page) -> None:
    source = of_tree(tree.loads(*counting_guide(64)).tree)
    assert 450 < source.count("-->") <= MOST_BRANCHES
    read = "source => mermaid.parse(source).then(found => found.diagramType)"
    assert mermaid.evaluate(read, source) == "flowchart-v2"
    one_more = source + "    n0 --> n1\n" * (MOST_BRANCHES + 1 - source.count("-->"))
    with pytest.raises(Error, match="500"):
        mermaid.evaluate(read, one_more)
