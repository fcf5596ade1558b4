"""Guides that ship, by their names: from anywhere, with a word where none has that name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import refused, run
from places import DATA

import tree

BEES = "wintering_bees"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_guides_are_found_by_name_and_are_those_of_the_folder() -> None:
    names = sorted(path.name for path in DATA.iterdir() if path.is_dir())
    assert [guide.name for guide in tree.guides()] == names
    for guide in tree.guides():
        assert tree.load(guide.name) == tree.load(DATA / guide.name)
        assert guide.title == tree.load(guide.name).title
        assert guide.folder.samefile(DATA / guide.name)
        assert tree.check(guide.name).ok


def test_a_folder_here_goes_before_one_that_ships(elsewhere: Path) -> None:
    shutil.copytree(DATA / "damaged_library_book", elsewhere / BEES)
    assert tree.load(BEES).title == tree.load(DATA / "damaged_library_book").title
    # Also where it cannot be loaded: what is here is never silently another thing.
    (elsewhere / BEES / "guide.yaml").unlink()
    with pytest.raises(tree.TreeError, match=r"wintering_bees/guide\.yaml: file does not exist"):
        tree.load(BEES)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("wintering_bee", "folder does not exist; did you mean 'wintering_bees'?"),
        ("bees", "folder does not exist; did you mean 'wintering_bees'?"),
        ("some/where/bees", "folder does not exist; did you mean 'wintering_bees'?"),
        (
            "xyz",
            "folder does not exist; guides that ship: damaged_library_book, "
            "ear_infection_in_a_child, haengende_zimmerpflanze, metastatic_liver_cancer, "
            "wintering_bees",
        ),
        ("some/where", "folder does not exist"),
    ],
)
def test_a_name_that_none_has_gets_the_nearest_one(name: str, message: str) -> None:
    with pytest.raises(tree.TreeError) as caught:
        tree.load(name)
    assert str(caught.value) == f"{name}: {message}"
    assert [problem.message for problem in tree.check(name).problems] == [message]


def test_commands_take_names(elsewhere: Path) -> None:
    def printed(*arguments: object) -> str:
        done = run(*arguments, cwd=elsewhere)
        assert done.returncode == 0, done.err
        return str(done.out)

    assert [line.partition(":")[0] for line in printed("guides").splitlines()] == [
        guide.name for guide in tree.guides()
    ]
    assert printed("check", BEES).startswith("wintering_bees: ok: ")
    assert printed("walk", BEES) == printed("walk", DATA / BEES)
    assert printed("diff", BEES, BEES) == "Nothing changed.\n"
    assert run("diff", "damaged_library_book", BEES, cwd=elsewhere).returncode == 1
    printed("export", BEES, "-o", "bees.html")
    assert (elsewhere / "bees.html").read_text(encoding="utf-8") == tree.load(BEES).to_html()
    assert "did you mean 'wintering_bees'?" in refused("walk", "winterin_bees", cwd=elsewhere)
