"""A PNG shows letters, and no boxes: what no font has is refused, with what to install."""

import shutil
from pathlib import Path

import pytest
import reportlab
from fonts_here import is_in_a_font
from one_word_guides import guide_about

import tree
from tree.drawing import layout_program

PNG = b"\x89PNG\r\n\x1a\n"
WORDS = {
    "english": "plain",
    "german": "Größe",
    "several scripts": "Да, כן, λ",
    "arabic": "سرطان",
    "hindi": "कैंसर",
    "chinese": "转移性肝癌的治疗",
}
# Fonts of reportlab's own: Latin letters, and nothing else.
LATIN_FONTS = Path(reportlab.__file__).parent / "fonts"
CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@pytest.fixture
def other_dot(monkeypatch, tmp_path):
    """A dot program that is not graphviz-pure by its name, in a folder of its own."""
    program = tmp_path / "bin" / "dot"
    program.parent.mkdir()
    monkeypatch.delenv("TREE_DOT", raising=False)
    program.write_text(f'#!/bin/sh\nexec "{layout_program.program()}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("TREE_DOT", str(program))
    return program


def use_fonts(fonts, monkeypatch, folder):
    """Make fontconfig know the fonts of one folder alone."""
    file = folder / "fonts.conf"
    file.write_text(CONFIGURATION.format(fonts=fonts, folder=folder), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(file))


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_graphviz_pure_writes_the_scripts_of_its_own_fonts(words, monkeypatch, tmp_path):
    monkeypatch.delenv("TREE_DOT", raising=False)
    drawing = guide_about(words, tmp_path).draw()
    if words in (WORDS["arabic"], WORDS["hindi"], WORDS["chinese"]):
        with pytest.raises(tree.DrawingError, match="install Graphviz and a font that has them"):
            drawing.png()
    else:
        assert drawing.png().startswith(PNG)


# Fontconfig comes with Graphviz and with browsers on Linux, and is nowhere else.
if shutil.which("fc-list"):

    @pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
    def test_graphviz_writes_what_any_font_has(words, other_dot, tmp_path):
        drawing = guide_about(words, tmp_path).draw()
        if all(map(is_in_a_font, filter(str.isalpha, words))):
            assert drawing.png().startswith(PNG)
        else:
            with pytest.raises(tree.DrawingError, match="no font here has letters such as"):
                drawing.png()

    def test_fonts_without_the_letters(other_dot, monkeypatch, tmp_path):
        use_fonts(LATIN_FONTS, monkeypatch, tmp_path)
        drawing = guide_about(WORDS["chinese"], tmp_path).draw()
        with pytest.raises(
            tree.DrawingError, match=r"such as 转.*: save an SVG, or install a font"
        ):
            drawing.png()
        # A browser has fonts of its own.
        assert WORDS["chinese"] in drawing.svg

    def test_a_font_that_is_installed_meanwhile(other_dot, monkeypatch, tmp_path):
        drawing = guide_about("Größe", tmp_path).draw()
        (tmp_path / "none").mkdir()
        use_fonts(tmp_path / "none", monkeypatch, tmp_path)
        with pytest.raises(tree.DrawingError, match="letters such as d,"):
            drawing.png()
        use_fonts(LATIN_FONTS, monkeypatch, tmp_path)
        assert drawing.png().startswith(PNG)


def test_fonts_are_those_of_the_programs_own_folder(other_dot, tmp_path):
    # It says nothing, and so knows no font.
    (other_dot.parent / "fc-list").symlink_to(shutil.which("true"))
    with pytest.raises(tree.DrawingError, match="no font here has letters such as d,"):
        guide_about("plain", tmp_path).draw().png()


def test_without_fontconfig_graphviz_is_trusted(other_dot, monkeypatch, tmp_path):
    drawing = guide_about(WORDS["chinese"], tmp_path).draw()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert drawing.png().startswith(PNG)
