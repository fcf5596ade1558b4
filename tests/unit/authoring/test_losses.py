"""What an author has written is not lost, whatever happens to the files beside it."""

from __future__ import annotations

import contextlib
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import tree
from tree.authoring import journal
from tree.authoring.edits import Conflict
from tree.authoring.entries import added
from tree.authoring.manuscript import Manuscript
from tree.model.text import Text

TEXT = "If it rains, drink tea. Good luck! Bring a hat."


def setting_aside(start: int, end: int, reason: str) -> dict[str, Any]:
    """The step that says why words of the text decide nothing."""
    fields = {"quote": [{"at": [start, end]}], "reason": reason}
    return {"do": "add", "section": "context", "fields": fields}


WISH, HAT = setting_aside(24, 34, "a"), setting_aside(35, 47, "b")


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[tree.Workshop]:
    made = tree.Workshop(tmp_path / "tea", text=TEXT)
    yield made
    made.close()


def heard(workshop: tree.Workshop, **words: object) -> dict[str, Any]:
    """What the workshop answers to words of its screen."""
    answers: list[Any] = []
    workshop.screen.send = lambda answer, *_: answers.append(answer)
    workshop._hear(None, {"word": "1", **words}, None)
    return dict(answers[-1])


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """No file can have more than a few bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_guide_that_is_taken_away_is_kept(workshop: tree.Workshop) -> None:
    place = workshop.folder / "guide.yaml"
    assert "problem" not in heard(workshop, **WISH)
    source = place.read_text(encoding="utf-8")
    place.unlink()
    assert heard(workshop, **HAT)["problem"] == "guide.yaml: file does not exist"
    workshop.refresh_if_changed()
    # No form for another text, which would take its place.
    assert workshop.screen.state["begun"]
    (problem,) = workshop.screen.state["unreadable"]
    copy = workshop.folder / ".guide/guide_before.yaml"
    assert problem["message"] == (
        f"{place} is not there any more. A copy of what it held: {copy}. "
        "Put it back, and go on here."
    )
    assert copy.read_text(encoding="utf-8") == source
    shutil.copy(copy, place)
    workshop.refresh_if_changed()
    assert "problem" not in heard(workshop, **HAT)
    assert heard(workshop, do="undo")["path"] == ["context", "Bring a hat."]
    assert place.read_text(encoding="utf-8") == source


def test_a_folder_that_is_moved_away_and_back(workshop: tree.Workshop) -> None:
    heard(workshop, **WISH)
    away = workshop.folder.rename(workshop.folder.parent / "away")
    workshop.refresh_if_changed()
    (problem,) = workshop.screen.state["unreadable"]
    assert problem["message"] == (
        f"{workshop.folder} is not there any more. Put it back, and go on here."
    )
    assert not workshop.folder.exists()
    away.rename(workshop.folder)
    workshop.refresh_if_changed()
    assert heard(workshop, do="undo")["path"] == ["context", "Good luck!"]


def test_a_folder_in_the_place_of_the_guide(workshop: tree.Workshop) -> None:
    place = workshop.folder / "guide.yaml"
    place.unlink()
    place.mkdir()
    assert heard(workshop, **WISH)["problem"] == "guide.yaml: cannot be read: is a directory"
    workshop.refresh_if_changed()
    assert "is a directory" in workshop.screen.state["unreadable"][0]["message"]


def test_a_text_that_is_away_is_said(workshop: tree.Workshop) -> None:
    (workshop.folder / "text.txt").unlink()
    workshop.refresh_if_changed()
    assert heard(workshop, **WISH)["problem"] == (
        "the file with the text is empty, or away: put it back first"
    )


def test_a_full_disk_is_said_and_nothing_is_changed(workshop: tree.Workshop) -> None:
    place = workshop.folder / "guide.yaml"
    before = place.read_bytes()
    with full_disk():
        said = heard(workshop, **WISH)["problem"]
    assert said == f"nothing was saved: File too large: {place}"
    assert place.read_bytes() == before
    assert "problem" not in heard(workshop, **WISH)


@pytest.mark.parametrize("typed", ["a\ud800 wish", "a\x00 wish"])
def test_letters_that_no_file_can_hold_are_left_out(workshop: tree.Workshop, typed: str) -> None:
    wish = setting_aside(24, 34, typed)
    assert "problem" not in heard(workshop, **wish)
    assert "reason: a wish" in (workshop.folder / "guide.yaml").read_text(encoding="utf-8")
    answer = heard(workshop, wants="answer", answer=f"title: {typed}", model=typed)
    assert answer["report"]["summary"].startswith("Proposed by a wish: ")


def test_an_answer_that_is_too_long_is_refused(workshop: tree.Workshop) -> None:
    before = (workshop.folder / "guide.yaml").read_bytes()
    said = heard(workshop, wants="answer", answer="title: Tea?\n" + "a" * 4_000_000)["problem"]
    assert said == "The answer is too long. Paste only the guide in it."
    assert (workshop.folder / "guide.yaml").read_bytes() == before


def test_nothing_but_letters_that_are_not_seen_is_no_text(tmp_path: Path) -> None:
    workshop = tree.Workshop(tmp_path / "nothing")
    assert heard(workshop, wants="begin", text="\x00\ud800")["problem"] == "Paste the text first."
    workshop.close()


def written(folder: Path) -> bytes:
    """The journal of a folder in which two steps were done, and one of them undone."""
    manuscript = Manuscript(folder)
    text = Text("text.txt", TEXT)
    for start, end in ((24, 34), (35, 47)):
        fields = {"quote": [{"at": [start, end]}], "reason": "an aside"}
        manuscript.do(added(manuscript.files, text, "context", fields))
    manuscript.undo()
    return (folder / journal.FOLDER / journal.NAME).read_bytes()


@pytest.fixture(scope="module")
def written_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journals") / "tea"
    tree.Workshop(folder, text=TEXT).close()
    written(folder)
    return folder


@examples(300)
@given(data=st.data())
def test_no_journal_breaks_a_guide(written_folder: Path, data: st.DataObject) -> None:
    place = written_folder / journal.FOLDER / journal.NAME
    real = place.read_bytes()
    guide = (written_folder / "guide.yaml").read_bytes()
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(real))] * 2)))
    put = data.draw(st.binary(max_size=40))
    place.write_bytes(data.draw(st.sampled_from([put, real[:start] + put + real[end:]])))
    try:
        manuscript = Manuscript(written_folder)
        history = manuscript.history
        undone = manuscript.undo()
        if undone is None or isinstance(undone, Conflict):
            # What cannot be undone changes nothing.
            assert (written_folder / "guide.yaml").read_bytes() == guide
        else:
            assert history.done
            tree.check(written_folder)
        # Whatever stood there, what is done next can be undone.
        before = manuscript.files
        text = Text("text.txt", TEXT)
        fields = {"quote": [{"at": [0, 23]}], "reason": "an aside"}
        assert not isinstance(manuscript.do(added(before, text, "context", fields)), Conflict)
        assert not isinstance(Manuscript(written_folder).undo(), Conflict | None)
        assert Manuscript(written_folder).files == before
    finally:
        (written_folder / "guide.yaml").write_bytes(guide)
        place.write_bytes(real)
