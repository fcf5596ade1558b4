"""Labels that try to be markup, escapes or commands come out of Graphviz as they went in."""

import base64
import re
import shutil
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from fonts_here import is_in_a_font
from one_word_guides import guide_about, named

import tree

SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "html label": "<b>bold</b>",
    "entities": "&amp; &lt; &#65; &nbsp; & &copy;",
    "quotes": "\"' '' \"\" `",
    "cdata": "]]> <![CDATA[ -->",
    "graphviz escapes": r"\N \G \l \r \n \E \\ \T \L \H",
    "backslash and quote": r"a \" b \\" + '" c',
    "record": "{a|b} <port> | [c=d] ; -> --",
    "right to left": "\u202eevil\u202c \u200f\u05e9\u05dc\u05d5\u05dd",
    "emoji": "🌳👩🏽‍⚕️ ok",
    "chinese": "转移性肝癌的治疗",
    "combining": "e\u0301 n\u0303 ﷽",
    "long word": "x" * 150,
    "percent": "%s {0} ${HOME} $(id)",
}


@pytest.fixture(params=["graphviz-pure", *(["dot"] if shutil.which("dot") else [])])
def program(request, monkeypatch):
    if request.param == "dot":
        monkeypatch.setenv("TREE_DOT", "dot")
    else:
        monkeypatch.delenv("TREE_DOT", raising=False)
    return request.param


def shown(element):
    """The words that a part of the picture shows, its lines joined."""
    return "".join("".join(text.itertext()) for text in element.iter(f"{SVG}text"))


def bare(words):
    """Without white space, which wrapping may move; a value begins with a capital.

    A letter and its accent are one sign or two: values and names are kept as one.
    """
    return unicodedata.normalize("NFC", "".join(words.split())).casefold()


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_labels_are_shown_letter_by_letter(words, program, tmp_path):
    guide = guide_about(words, tmp_path)
    for drawing in (guide.draw(), guide.draw(first=named(words))):
        root = ET.fromstring(drawing.svg)
        groups = {group.get("id"): group for group in root.iter(f"{SVG}g")}
        assert bare(shown(groups["n0"])) == bare(words + "?")
        assert bare(shown(groups["n0-0"])) == bare(named(words))
        leaves = [bare(shown(groups[f"n{leaf}"])) for leaf in guide.tree.outcomes]
        assert bare("Offered:" + named(words)) in leaves
        assert bare("The text does not say:" + named(words)) in leaves


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_pictures_hold_nothing_that_acts(words, program, tmp_path):
    root = ET.fromstring(guide_about(words, tmp_path).draw().svg)
    allowed = {"svg", "g", "title", "text", "path", "polygon", "polyline", "ellipse"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    for element in root.iter():
        for name in element.attrib:
            assert not name.startswith("on")
            assert "href" not in name


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_titles_say_the_whole_question(words, program, tmp_path):
    guide = guide_about(words, tmp_path)
    root = ET.fromstring(guide.draw().svg)
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert " ".join(words.split()) + "?" in titles
    assert root.get("aria-label") == f"Decision tree: {' '.join(words.split())}"


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_png_of_any_label(words, program, tmp_path):
    drawing = guide_about(words, tmp_path).draw()
    if program == "graphviz-pure":
        refusal = "install Graphviz and a font" if words == HOSTILE["chinese"] else ""
    else:
        missing = not all(map(is_in_a_font, filter(str.isalpha, words)))
        refusal = "no font here has letters such as" if missing else ""
    if refusal:
        # It would write boxes.
        with pytest.raises(tree.DrawingError, match=refusal):
            drawing.png()
    else:
        assert drawing.png().startswith(b"\x89PNG\r\n\x1a\n")


def test_states_are_never_told_by_colour_alone(program, tmp_path):
    guide = guide_about("plain", tmp_path)
    root = ET.fromstring(guide.draw(first="plain").svg)
    groups = {group.get("id"): group for group in root.iter(f"{SVG}g")}
    taken, ruled_out = groups["n0-0"].find(f"{SVG}path"), groups["n0-1"].find(f"{SVG}path")
    assert float(taken.get("stroke-width")) > 1
    assert taken.get("stroke-dasharray") is None
    assert ruled_out.get("stroke-dasharray")


def test_notebooks_get_a_picture_and_words(tmp_path):
    bundle = guide_about("plain", tmp_path).draw()._repr_mimebundle_()
    assert set(bundle) == {"image/svg+xml", "text/html", "text/plain"}
    assert "plain?" in bundle["image/svg+xml"]
    # The image in the HTML is the same picture, with its name for who cannot see it.
    shape = r'<img alt="([^"]+)" src="data:image/svg\+xml;base64,(.+)">'
    image = re.fullmatch(shape, bundle["text/html"])
    assert image.group(1).startswith("Decision tree: ")
    assert base64.b64decode(image.group(2)).decode() == bundle["image/svg+xml"]


def test_a_program_that_is_missing(monkeypatch, tmp_path):
    guide = guide_about("plain", tmp_path)
    monkeypatch.setenv("TREE_DOT", "no-such-program")
    with pytest.raises(tree.DrawingError, match="TREE_DOT='no-such-program'"):
        _ = guide.draw().svg


def test_a_program_that_fails(monkeypatch, tmp_path):
    guide = guide_about("plain", tmp_path)
    monkeypatch.setenv("TREE_DOT", "false")
    with pytest.raises(tree.DrawingError, match="failed with status 1"):
        _ = guide.draw().svg


def test_a_program_that_draws_nothing(monkeypatch, tmp_path):
    guide = guide_about("plain", tmp_path)
    # Neither is a layout program: one is silent, the other repeats its arguments.
    for program in ("true", "echo"):
        monkeypatch.setenv("TREE_DOT", program)
        with pytest.raises(tree.DrawingError, match="drew no picture"):
            _ = guide.draw().svg
        with pytest.raises(tree.DrawingError, match="drew no picture"):
            guide.draw().png()


def test_dot_source_needs_no_program(monkeypatch, tmp_path):
    monkeypatch.setenv("TREE_DOT", "no-such-program")
    source = guide_about("plain", tmp_path).draw().as_format("dot").decode()
    assert source.startswith("digraph {")
    assert "plain?" in source
