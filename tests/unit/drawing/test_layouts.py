"""Layouts kept between runs: whole, bounded, and shared by processes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from large_guides import write_guide
from places import ROOT
from processes import until

import tree
from tree.drawing import layout_cache
from tree.drawing.graphviz import HEAVY, LARGE, Drawing, svgs
from tree.logic.build import unfold


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "kept"
    monkeypatch.setenv(layout_cache.FOLDER_VARIABLE, str(place))
    return place


def made(found: bytes) -> tuple[Callable[[], bytes], list[bytes]]:
    """Something that makes these bytes, and notes each time."""
    calls: list[bytes] = []

    def make() -> bytes:
        calls.append(found)
        return found

    return make, calls


def test_made_once_and_kept_by_key(place: Path) -> None:
    make, calls = made(b"a drawing")
    other, others = made(b"another drawing")
    for _ in range(3):
        assert layout_cache.layout("key", make) == b"a drawing"
        assert layout_cache.layout("other key", other) == b"another drawing"
    assert (len(calls), len(others)) == (1, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-3],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: bytes(32) + data[32:],
        lambda data: data[:20],
        lambda data: b"<svg>not what was kept</svg>" * 10,
    ],
    ids=["empty", "cut off", "a flipped bit", "another sum", "the sum alone", "something else"],
)
def test_a_broken_one_is_never_shown_but_made_anew(
    place: Path, spoil: Callable[[bytes], bytes]
) -> None:
    words = b"a drawing " * 50
    layout_cache.layout("key", made(words)[0])
    (path,) = place.iterdir()
    path.write_bytes(spoil(path.read_bytes()))
    make, calls = made(words)
    assert layout_cache.layout("key", make) == words
    assert len(calls) == 1
    # And is whole again.
    assert layout_cache.layout("key", make) == words
    assert len(calls) == 1


def test_bounded_and_the_oldest_used_goes_first(place: Path) -> None:
    def noise(name: str) -> bytes:
        # Nothing that could be made smaller.
        return b"".join(hashlib.sha256(f"{name} {i}".encode()).digest() for i in range(300))

    size = 10_000
    for age, name in enumerate("abcd"):
        layout_cache.layout(name, made(noise(name))[0])
        newest = max(place.iterdir(), key=lambda path: path.stat().st_ctime_ns)
        os.utime(newest, (time.time() - 1000 + age, time.time() - 1000 + age))
    # Used again: now b is the oldest.
    layout_cache.layout("a", made(b"not needed")[0])
    layout_cache.layout("e", made(noise("e"))[0], most_bytes=4 * size)
    assert sum(path.stat().st_size for path in place.iterdir()) <= 4 * size
    for name in "acde":
        make, calls = made(b"made anew")
        assert layout_cache.layout(name, make) == noise(name)
        assert calls == []
    make, calls = made(b"made anew")
    assert layout_cache.layout("b", make) == b"made anew"


def test_one_too_large_to_be_kept_is_still_shown(place: Path) -> None:
    words = os.urandom(5_000)
    assert layout_cache.layout("key", made(words)[0], most_bytes=1_000) == words
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_behind_goes(place: Path) -> None:
    layout_cache.layout("key", made(b"words")[0])
    (whole,) = place.iterdir()
    old, fresh = place / f".{whole.name}.abc", place / f".{whole.name}.def"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    layout_cache.layout("another", made(b"words")[0])
    assert not old.exists()
    assert fresh.exists()


def test_off_or_closed_costs_only_time(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(layout_cache.FOLDER_VARIABLE, layout_cache.OFF)
    make, calls = made(b"words")
    assert layout_cache.layout("key", make) == layout_cache.layout("key", make) == b"words"
    assert len(calls) == 2
    assert not place.exists()
    # A file where the folder should be: nothing can be kept there.
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv(layout_cache.FOLDER_VARIABLE, str(tmp_path / "file"))
    assert layout_cache.layout("key", make) == b"words"
    assert (tmp_path / "file").read_text() == "mine"


def test_usually_in_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(layout_cache.FOLDER_VARIABLE, raising=False)
    found = layout_cache.folder()
    assert found is not None
    assert "decision-tree-notebook" in str(found)
    assert Path.home() in found.parents or "XDG_CACHE_HOME" in os.environ


HAMMER = """
import hashlib, random, sys
from tree.drawing import layout_cache as layouts
chance = random.Random(int(sys.argv[1]))
for _ in range(20):
    name = f"key {chance.randrange(6)}"
    words = hashlib.shake_256(name.encode()).digest(300_000)
    assert layouts.layout(name, lambda: words, most_bytes=700_000) == words, name
    for path in layouts.folder().glob("*.layout"):
        # Whole whenever anybody looks.
        assert layouts._kept(path) or not path.exists(), path
print("right")
"""


@pytest.mark.slow
def test_many_processes_at_once(place: Path) -> None:
    """All write, read and delete the same few, with less room than they need."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", HAMMER, str(seed)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(3)
    ]
    for process in running:
        said, wrong = process.communicate(timeout=120)
        assert (said, wrong) == ("right\n", "")
    kept = list(place.iterdir())
    assert all(path.suffix == ".layout" for path in kept)
    assert sum(path.stat().st_size for path in kept) <= 700_000


COUNT = """
import sys, tree, tree.drawing.layout_program as program
run = program.run
def noted(*arguments):
    print("laid out")
    return run(*arguments)
program.run = noted
guide = tree.load(sys.argv[1])
print(len(guide.draw().svg))
"""


@pytest.mark.slow
def test_the_next_process_lays_nothing_out_again(place: Path, tmp_path: Path) -> None:
    folder = write_guide(tmp_path / "large", 1_000)

    def draw() -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", COUNT, str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout.split("\n")[:-1]

    first, again = draw(), draw()
    assert first[0] == "laid out"
    assert again == first[1:]
    # Small drawings are as quick to make as to fetch.
    small = tree.load(ROOT / "data" / "metastatic_liver_cancer")
    before = len(list(place.iterdir()))
    assert len(small.tree.nodes) <= HEAVY
    _ = small.draw().svg
    assert len(list(place.iterdir())) == before == 1


def test_large_trees_go_from_left_to_right(tmp_path: Path, liver: tree.Guide) -> None:
    hundred = tree.load(write_guide(tmp_path / "hundred", 100))
    assert "rankdir=LR" in Drawing(hundred.tree).digraph.source
    assert "rankdir" not in Drawing(liver.tree).digraph.source

    def size(drawing: Drawing) -> tuple[float, float]:
        _, _, width, height = drawing.svg.partition('viewBox="')[2].partition('"')[0].split()
        return float(width), float(height)

    width, height = size(hundred.draw())
    # A phone or a sheet is narrow, and goes on below; as broad as deep, it would be far wider.
    assert width < 2_000
    assert height > 1_000
    # What remains of it for one patient is small again.
    walk = hundred.walk(dict.fromkeys([factor.id for factor in hundred.factors], "yes"))
    assert "rankdir" not in Drawing(hundred.tree, walk.on(hundred.tree), branch=True).digraph.source


@pytest.mark.slow
def test_export_tells_that_it_draws(tmp_path: Path) -> None:
    folder = write_guide(tmp_path / "large", 1_000)
    environment = os.environ | {layout_cache.FOLDER_VARIABLE: str(tmp_path / "kept")}
    done = subprocess.run(
        [sys.executable, "-m", "tree", "export", str(folder), "-o", str(tmp_path / "large.html")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    nodes = len(tree.load(folder).tree.nodes)
    assert done.stderr == f"drawing {nodes} questions and outcomes ...\n"
    until(lambda: len(list((tmp_path / "kept").iterdir())) == 1, what="the layout is kept")


def test_several_are_laid_out_together_as_one_by_one(liver: tree.Guide) -> None:
    bees = tree.load(ROOT / "data" / "wintering_bees")
    book = tree.load(ROOT / "data" / "damaged_library_book")
    shapes = [*bees.trees, liver.tree, unfold(book.tree), *bees.trees[:1]]
    assert any(len(shape.nodes) > LARGE for shape in shapes)
    assert svgs([Drawing(shape) for shape in shapes]) == [Drawing(shape).svg for shape in shapes]
    assert svgs([]) == []
