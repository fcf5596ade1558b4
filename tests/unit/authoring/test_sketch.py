"""A guide that grows piece by piece."""

import pytest
import yaml
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from places import DATA

import tree
from tree.authoring.pieces import joined

SOURCES = sorted(DATA.glob("*/guide.yaml"))
LINES = st.sampled_from(
    [
        *"abc",
        "a:",
        "b: 1",
        "  a: 1",
        "  a:",
        "    b: 2",
        "  - a",
        "- a",
        "# c",
        "  # d",
        "",
        "\tx: 1",
    ]
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_put_together_entry_by_entry_it_is_the_same_guide(path) -> None:
    source = path.read_text(encoding="utf-8")
    whole = yaml.load(source, yaml.BaseLoader)
    grown = ""
    for section, entries in whole.items():
        each = [entries]
        if isinstance(entries, dict):
            each = [{name: entry} for name, entry in entries.items()]
        elif isinstance(entries, list):
            each = [[entry] for entry in entries]
        for entry in each:
            piece = yaml.safe_dump({section: entry}, allow_unicode=True, sort_keys=False)
            grown = joined(grown, piece)
            assert joined(grown, piece) == grown
    assert yaml.load(grown, yaml.BaseLoader) == whole
    text = (path.parent / whole.get("text", "text.txt")).read_text(encoding="utf-8")
    assert tree.Sketch(text, grown).guide.statements


@examples(200)
@given(st.lists(LINES).map("\n".join), st.lists(LINES).map("\n".join))
def test_no_word_of_a_piece_is_lost(whole, piece) -> None:
    grown = joined(whole, piece)
    for line in piece.splitlines():
        assert line.strip() in grown


PLANT = "Give it water if the soil is dry. Wet soil makes the roots rot.\n"
SOIL = "factors:\n  soil:\n    question: Dry?\n    quote: the soil is dry\n"
WATER = "options:\n  water: {name: water, quote: Give it water}\n"
DRY = """
statements:
  dry:
    quote: Give it water if the soil is dry.
    when: {soil: yes}
    prefer: water
"""


@pytest.fixture
def plant() -> tree.Sketch:
    found = tree.Sketch(PLANT)
    for piece in ("title: A plant", SOIL, WATER, DRY):
        found.add(piece)
    return found


def test_an_entry_takes_the_place_of_the_one_before(plant) -> None:
    assert "First choice: water" in str(plant.guide.tree)
    before = str(plant)
    plant.add(DRY.replace("prefer", "offer"))
    assert "Offered: water" in str(plant.guide.tree)
    assert str(plant) == before.replace("prefer", "offer")
    assert "</svg>" in plant.draw({"soil": "yes"}).svg


def test_what_is_wrong_or_missing_is_said(plant) -> None:
    assert "unclaimed sentence 'Wet soil makes" in str(plant.check())
    assert repr(plant).startswith("<sketch: 1 error, ")
    plant.add(DRY.replace("soil: yes", "soul: yes"))
    with pytest.raises(tree.TreeError, match="undefined factor 'soul': did you mean 'soil'"):
        plant.draw()
    assert "undefined factor 'soul'" in str(plant.check())
    plant.add(DRY)
    assert plant.draw()


def test_a_section_on_one_line_is_never_mixed_with_one_of_several(plant) -> None:
    plant.add("factors: {sun: {question: Sun?, quote: water}}")
    assert "soil:" in str(plant)
    assert "sun:" in str(plant)
    assert "factors" in str(plant.check().errors[0])


def test_saved_it_is_a_guide_like_any_other(plant, tmp_path) -> None:
    folder = plant.save(tmp_path / "data" / "plant")
    assert tree.load(folder).statements[0].effects == plant.guide.statements[0].effects
    plant.add(DRY.replace("prefer", "offer"))
    with pytest.raises(FileExistsError, match=r"text\.txt exists; force=True replaces it"):
        plant.save(folder)
    assert "prefer" in (folder / "guide.yaml").read_text(encoding="utf-8")
    assert plant.save(folder, force=True) == folder
    assert "offer" in (folder / "guide.yaml").read_text(encoding="utf-8")
    assert tree.check(plant.save()).guide
