"""The layout program's SVG → the picture that is shown: named in words, in fewer bytes."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET

from ..logic.build import Leaf, Tree
from ..logic.firmness import verdicts_at
from ..messages import direction, in_turn, say, valued, with_colon
from ..model.parts import Standing, listed
from .text_width import FONT_SIZE, SHOWN_FONTS, bold_width, width

_SVG = "http://www.w3.org/2000/svg"


def polish(svg: str, tree: Tree) -> str:
    """Name the parts of the picture in words, and drop what a page does not need."""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)
    box = (root.get("viewBox") or "0 0 1 1").split()
    # One point becomes one pixel: 14 points are a comfortable size of text on a screen.
    root.attrib.update(width=f"{float(box[2]):g}", height=f"{float(box[3]):g}", role="img")
    root.set("aria-label", say("Decision tree: {title}", title=tree.reading.title))
    first = tree.reading.label(Standing.PREFERRED)
    for group in root.iter(f"{{{_SVG}}}g"):
        title = group.find(f"{{{_SVG}}}title")
        name = _name(group.get("id") or "", tree)
        if title is not None and name:
            title.text = name
        if "node" in (group.get("class") or "").split():
            bold = False
            for text in group.iter(f"{{{_SVG}}}text"):
                words = text.text or ""
                # A verdict may take several lines; the options below it are set in.
                bold = words.startswith(first) or (bold and not words[:1].isspace())
                if bold:
                    text.set("font-weight", "bold")
                _hold(text, bold)
    # The font is named once for the whole picture.
    root.attrib.update({"font-family": SHOWN_FONTS, "font-size": f"{FONT_SIZE}"})
    # So is where most words stand.
    root.set("text-anchor", "middle")
    if direction() == "rtl":
        # Places count from the left on every page, and each label is read its own way.
        root.set("direction", "ltr")
    for text in root.iter(f"{{{_SVG}}}text"):
        text.text = _with_its_direction(text.text or "")
        if _is_read_from_the_right(text.text):
            text.set("unicode-bidi", "plaintext")
        text.attrib.pop("font-family", None)
        text.attrib.pop("font-size", None)
        if text.get("text-anchor") == "middle":
            text.attrib.pop("text-anchor")
        if not (text.text or "").startswith(" "):
            text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    for element in root.iter():
        element.tail = None
        if "points" in element.attrib:
            element.set("points", _LONG_NUMBER.sub(_shorter, element.attrib["points"]))
        if "d" in element.attrib:
            element.set("d", _NUMBER.sub(_whole, _straightened(element.attrib["d"])))
        for name in _PLACES.intersection(element.attrib):
            element.set(name, f"{round(float(element.attrib[name]))}")
    return ET.tostring(root, encoding="unicode")


def _with_its_direction(words: str) -> str:
    """A line of a screen that is read from the right, where all its letters are the guide's.

    >>> _with_its_direction("«\u2068may\u2069»:") == "«\u2068may\u2069»:\u200f"
    True
    """
    own = _APART.sub("", words)
    if own == words:
        return words
    is_plain = any(unicodedata.bidirectional(letter) in ("L", "R", "AL") for letter in own)
    return words if is_plain else f"{words}\u200f"


def _is_read_from_the_right(words: str) -> bool:
    """Whether some letter is of a script such as Arabic."""
    return not words.isascii() and any(
        unicodedata.bidirectional(letter) in ("R", "AL") for letter in words
    )


def _hold(text: ET.Element, bold: bool) -> None:
    """Words in a box are as wide as they were laid out, whatever font shows them."""
    words = text.text or ""
    found = bold_width(words, FONT_SIZE) if bold else width(words, FONT_SIZE)
    if found:
        text.set("textLength", f"{found:.0f}")


# Where words stand. A whole pixel is fine enough, and a tenth for what is small.
_PLACES = {"x", "y"}
_LONG_NUMBER = re.compile(r"\d+\.\d\d")


def _shorter(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


_NUMBER = re.compile(r"-?\d+\.\d+")


def _whole(number: re.Match[str]) -> str:
    return f"{round(float(number[0]))}"


def _straightened(path: str) -> str:
    """The same path with its straight curves as lines, which take a third of the letters.

    >>> _straightened("M0,0C0,0 9,0 9,0 12,0 14,2 14,5")
    'M0,0L9,0C12,0 14,2 14,5'
    """
    start, *curves = path.split("C")
    if len(curves) != 1:
        return path
    points = curves[0].split()
    here, drawn, letter = start[1:], start, ""
    for first, second, end in zip(points[::3], points[1::3], points[2::3], strict=True):
        straight = {first, second} <= {here, end}
        now, to = ("L", end) if straight else ("C", f"{first} {second} {end}")
        drawn += f" {to}" if now == letter else now + to
        here, letter = end, now
    return drawn


# What `messages.apart` keeps apart; a line may end within it.
_APART = re.compile("\u2068[^\u2069]*(?:\u2069|$)")


def _name(id: str, tree: Tree) -> str:
    """What a node or branch says, on one line; "" for anything else in the picture."""
    number, _, branch = id.removeprefix("n").partition("-")
    if not id.startswith("n") or not number.isdigit():
        return ""
    node = tree.nodes[int(number)]
    if isinstance(node, Leaf):
        return in_turn(
            with_colon(verdict, listed(members, tree.reading.groups))
            for verdict, members in verdicts_at(tree, int(number))
        )
    question = tree.reading.factor(node.factor).question
    return f"{question} {valued(node.branches[int(branch)][0])}" if branch else question
