"""The page in every language that ships: what fits, what is read which way, and what it weighs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from arabic_guide import arabic_guide
from places import DATA, LIVER
from playwright.sync_api import Page

import tree
from tree.messages import FOLDER, in_language, in_quotes

TAGS = sorted(path.stem for path in FOLDER.glob("*.po"))
# A page in another language carries its words; it may be that much larger than the English one.
MORE_BYTES = 8_000

# Buttons, choices and notes whose words do not fit, and questions whose answers take a second row
# in the pane where "Yes", "No" and "Unknown" take one.
TOO_LONG = """() => {
  const parts = document.querySelectorAll("#dtree-live :is(button, summary, label, .dtree-next)");
  const wide = [...parts].filter(part => part.scrollWidth > part.clientWidth + 1);
  const rows = [...document.querySelectorAll("#dtree-live .dtree-choice")];
  const folded = rows.filter(row => row.children.length === 3 && row.offsetHeight > 40);
  return [...wide, ...folded].map(part => part.textContent);
}"""
LEAVING = """() => [...document.querySelectorAll("g.node")].flatMap(node => {
  const box = node.querySelector("path, polygon").getBoundingClientRect();
  return [...node.querySelectorAll("text")].filter(text => {
    const words = text.getBoundingClientRect();
    return words.left < box.left - 0.5 || words.right > box.right + 0.5;
  }).map(text => text.textContent);
})"""
PLACES = """names => names.map(name => document.querySelector(name).getBoundingClientRect().x)"""


def opened(page: Page, guide: tree.Guide, folder: Path, width: int) -> None:
    (folder / "page.html").write_text(guide.to_html(), encoding="utf-8")
    page.set_viewport_size({"width": width, "height": 720})
    page.goto((folder / "page.html").as_uri())
    page.wait_for_selector("#dtree-live .dtree-question")


@pytest.mark.parametrize("tag", TAGS)
def test_its_words_fit(page: Page, tmp_path: Path, tag: str) -> None:
    """Those of our own in each language, beside a guide in English; no word leaves its place."""
    guide = tree.load(LIVER).in_language(tag)
    for width in (1280, 390):
        opened(page, guide, tmp_path, width)
        assert page.evaluate("document.documentElement.lang") == tag
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(TOO_LONG) == []
        assert page.evaluate(LEAVING) == []


@pytest.mark.parametrize("tag", TAGS)
def test_it_carries_its_own_language_alone(tag: str) -> None:
    liver = tree.load(LIVER)
    english, other = liver.to_html(), liver.in_language(tag).to_html()
    assert len(english.encode()) < len(other.encode()) < len(english.encode()) + MORE_BYTES
    assert ("dir=" in other[:60]) == (tag == "ar")
    assert "dir=" not in english[:60]
    words = {each: say_in(each, "Outcomes still possible: {outcomes}") for each in TAGS}
    assert [each for each, said in words.items() if said in other] == [tag]


def say_in(tag: str, message: str) -> str:
    """The last words of a message, as they stand in the catalog of a language."""
    from tree.messages import catalog

    return re.split(r"[\u2066-\u2069]*\{", catalog(tag).gettext(message))[0]


def test_arabic_begins_on_the_right(page: Page, tmp_path: Path) -> None:
    names = [".dtree-question", ".dtree-drawing", ".dtree-text"]
    opened(page, arabic_guide(), tmp_path, 1280)
    places = page.evaluate(PLACES, names)
    assert places == sorted(places, reverse=True)
    assert page.evaluate(LEAVING) == []
    # A verdict stands at the right edge of its leaf, and what follows it on its left.
    leaf = page.locator("g.leaf").first
    lines = leaf.locator("text").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect().right)"
    )
    box = leaf.locator("polygon").bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2
    assert min(lines) > middle
    # The mark of the question stands on the left of its words.
    asked = page.locator("g.question text").first
    first, mark = asked.evaluate(
        """text => [0, text.getNumberOfChars() - 1].map(at => text.getExtentOfChar(at).x)"""
    )
    assert mark < first
    opened(page, tree.load(LIVER), tmp_path, 1280)
    assert page.evaluate(PLACES, names) == sorted(page.evaluate(PLACES, names))


def test_the_left_arrow_goes_on_where_one_reads_from_the_right(page: Page, tmp_path: Path) -> None:
    pieces = "svg [tabindex]"
    for guide, onwards, back in (
        (arabic_guide(), "ArrowLeft", "ArrowRight"),
        (tree.load(LIVER), "ArrowRight", "ArrowLeft"),
    ):
        opened(page, guide, tmp_path, 1280)
        page.locator(pieces).first.focus()
        walks = []
        for on, again in (("ArrowDown", "ArrowUp"), (onwards, back)):
            walks.append([])
            for key in (on, on, again, on, again, again):
                page.keyboard.press(key)
                focused = "parts => parts.indexOf(document.activeElement)"
                walks[-1].append(page.locator(pieces).evaluate_all(focused))
        assert walks[0] == walks[1]
        assert len({*walks[1]}) == 3


SHOWN_QUOTES = """() => [
  ...[".dtree-words-of", ".dtree-legend", ".dtree-live cite"]
    .map(part => document.querySelector(part).textContent),
  ...getComputedStyle(document.querySelector("blockquote q")).quotes
    .split('"').filter(mark => mark.trim())
]"""


@pytest.mark.parametrize("tag", ["en", *TAGS])
def test_quotation_marks_are_those_of_the_language(page: Page, tmp_path: Path, tag: str) -> None:
    """On a button, in the legend, around the text's words, and where the browser sets them."""
    opened(page, tree.load(LIVER).in_language(tag), tmp_path, 1280)
    page.evaluate("location.hash = 'other_organ_involvement=yes'")
    page.locator(".dtree-words-of").first.click()
    page.locator("blockquote q").first.wait_for()
    with in_language(tag):
        marks = re.sub("[\u2066-\u2069…]", "", in_quotes("…"))
    button, legend, deciding, *of_browser = page.evaluate(SHOWN_QUOTES)
    quotation = re.compile("[«»„“”]")
    assert "".join(quotation.findall(button)) == "".join(quotation.findall(marks))
    assert {*quotation.findall(legend + deciding)} == {*quotation.findall(marks)}
    assert "".join(of_browser) == marks


# How far the first letter of a part, or its last button, is from its inner right edge.
FROM_THE_RIGHT = """part => {
  const style = getComputedStyle(part);
  const edge = part.getBoundingClientRect().right
    - parseFloat(style.paddingRight) - parseFloat(style.borderRightWidth);
  if (part.lastElementChild?.matches("button")) {
    return edge - part.lastElementChild.getBoundingClientRect().right;
  }
  const words = document.createTreeWalker(part, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(words, 0);
  range.setEnd(words, 1);
  return edge - range.getBoundingClientRect().right;
}"""


def test_practice_in_arabic_begins_on_the_right_also_beside_an_english_text(
    page: Page, tmp_path: Path
) -> None:
    guide = tree.load(LIVER).in_language("ar")
    (tmp_path / "page.html").write_text(guide.to_html(practice=True), encoding="utf-8")
    page.goto(f"{(tmp_path / 'page.html').as_uri()}#practise")
    for row in page.locator("#tp-page fieldset").all():
        row.locator("label").first.click()
    page.locator(".tp-buttons .tp-primary").click()
    page.locator(".tp-buttons button:visible").nth(1).click()
    # How far the round is, the verdict, and the way to the explorer.
    for part in (".tp-quiet:has(+ .tp-bar)", ".tp-wrong", ".tp-walk"):
        assert abs(page.locator(f"#tp-page {part}").evaluate(FROM_THE_RIGHT)) < 1, part


def test_a_line_of_english_words_alone_ends_as_arabic_does(page: Page, tmp_path: Path) -> None:
    """The colon after a quotation stands on its left, though no letter of the line is Arabic."""
    opened(page, tree.load(LIVER).in_language("ar"), tmp_path, 1280)
    lines = page.locator("g.leaf text").all_text_contents()
    ends = [line for line in lines if re.fullmatch("\\W*[a-z ]+\\W*:\\W*", line)]
    assert ends
    assert {line[-1] for line in ends} == {"\u200f"}


def test_english_words_in_an_arabic_page_are_read_from_the_left(page: Page, tmp_path: Path) -> None:
    opened(page, tree.load(LIVER).in_language("ar"), tmp_path, 1280)
    asked = page.locator(".dtree-asked").first
    ends = asked.evaluate(
        """asked => {
          const range = document.createRange();
          const words = asked.firstChild;
          const place = at => {
            range.setStart(words, at);
            range.setEnd(words, at + 1);
            return range.getBoundingClientRect();
          };
          const [before, mark] = [words.length - 2, words.length - 1].map(place);
          return [before.right, mark.left];
        }"""
    )
    assert abs(ends[0] - ends[1]) < 1


def test_a_german_guide_is_german_throughout(page: Page, tmp_path: Path) -> None:
    guide = tree.load(DATA / "haengende_zimmerpflanze")
    opened(page, guide, tmp_path, 1280)
    page.get_by_role("radio", name="Nass", exact=True).check()
    live = page.locator(".dtree-live")
    live.get_by_text("Nächste Frage: Wie riechen die Wurzeln?").wait_for()
    page.get_by_role("radio", name="Modrig").check()
    page.get_by_role("radio", name="Über 2,5 Liter").check()
    assert "Nicht in diesem Fall · „nicht selbst“: Selbst umtopfen" in live.inner_text()
