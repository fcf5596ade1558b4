"""The labels of drawings, measured in a browser."""

import re

import pytest
from one_word_guides import guide_about

# The page's own fonts are not there; one stands in that is as wide as any that is.
WIDER = ["DejaVu Sans", "Verdana", "monospace", "serif"]


LEAVING = """() => [...document.querySelectorAll("g.node")].flatMap(node => {
  const box = node.querySelector("path, polygon").getBoundingClientRect();
  return [...node.querySelectorAll("text")].map(text => {
    const words = text.getBoundingClientRect();
    return Math.max(box.left - words.left, words.right - box.right, 0);
  }).filter(leaving => leaving > 0.5);
})"""


SAID = {
    "plain": "Wide WORDS of MANY CAPITALS, and some more MMMM of them",
    "German": "Größere Öffnungen übersehen Ärzte häufig, „außer“, müßig",
    "Chinese": "转移性肝癌的治疗是什么化疗可能对这种肿瘤有效吗",
    "mixed": "转移性肝癌 liver 的治疗 WWW",
    "Russian": "Есть ли признаки распространения рака на другие органы",
    "Hebrew": "האם יש עדות לכך שהסרטן התפשט לאיברים אחרים",
    "Arabic": "هل هناك دليل على انتشار السرطان إلى أعضاء أخرى",
}


@pytest.mark.parametrize("font", WIDER)
def test_labels_stay_in_their_boxes_in_any_font(page, liver, tmp_path, font):
    for name in SAID:
        (tmp_path / name).mkdir()
    drawings = [liver.draw(), *(guide_about(w, tmp_path / n).draw() for n, w in SAID.items())]
    for drawing in drawings:
        svg = re.sub('font-family="[^"]*"', f'font-family="{font}"', drawing.svg)
        page.set_content(svg)
        assert page.evaluate(LEAVING) == []


def test_labels_that_cannot_be_measured_are_fitted_by_the_live_page(page, tmp_path):
    words = "ШИРОКИЕ ЩЩЩЩ ЖЖЖЖ ЮЮЮЮ ШИРОКИЕ ЩЩЩЩ ЖЖЖЖ ЮЮЮЮ"
    html = guide_about(words, tmp_path).to_html()
    html = re.sub('font-family="Arial[^"]*"', 'font-family="DejaVu Sans"', html)
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_function("document.querySelector('#dtree-live svg')")
    page.wait_for_function(f"({LEAVING})().length === 0")
    assert page.locator("text[lengthAdjust=spacingAndGlyphs]").count()


def test_labels_are_as_wide_as_they_are_in_arial(page, liver, tmp_path):
    """Nothing is stretched where the font is the one that was measured."""
    (tmp_path / "German").mkdir()
    for guide in (liver, guide_about(SAID["German"], tmp_path / "German")):
        free = re.sub(' textLength="[^"]*"', "", guide.draw().svg)
        page.set_content(re.sub('font-family="[^"]*"', "font-family='Liberation Sans'", free))
        wide = page.evaluate(
            "[...document.querySelectorAll('.node text')].map(t => t.getComputedTextLength())"
        )
        held = re.findall('textLength="([^"]*)"', guide.draw().svg)
        assert len(held) == len(wide)
        # Pairs of letters stand a little closer than they do alone; of bold ones the average is
        # known.
        bold = page.evaluate(
            "[...document.querySelectorAll('.node text')].map(t => t.matches('[font-weight]'))"
        )
        for h, w, is_bold in zip(held, wide, bold, strict=True):
            assert abs(float(h) - w) <= (0.04 if is_bold else 0.02) * w + 1
