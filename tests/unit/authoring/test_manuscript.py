"""Every step is saved at once, nothing that somebody else has written is lost, all is undone."""

import json
import random
import subprocess
import sys

import pytest
import random_edits
from chances import chances
from examples import examples
from hypothesis import given

import tree
from tree.authoring import entries, journal
from tree.authoring.edits import Conflict
from tree.authoring.entries import Place
from tree.authoring.manuscript import Manuscript, Saved
from tree.model.text import Text

TEXT = Text("text.txt", "If it rains, drink tea. If it snows, drink cocoa.")
GUIDE = """\
title: Tea?
factors:
  rain: {question: Does it rain?, quote: If it rains}
  snow:
    question: Does it snow?
    quote: it snows
    draft: true
"""
RAIN, SNOW = ("factors", "rain"), ("factors", "snow")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "guide.yaml").write_text(GUIDE)
    return tmp_path


def written(folder):
    return (folder / "guide.yaml").read_text()


def ask(manuscript, path, question):
    return entries.changed(manuscript.files, TEXT, path, {"question": question})


@pytest.mark.slow
@examples(40)
@given(chances())
def test_all_is_undone_and_done_again_by_others_on_another_day(tmp_path_factory, chance):
    folder = tmp_path_factory.mktemp("guide")
    before, text = random_edits.shipped(chance)
    states = [before]
    (folder / "guide.yaml").write_bytes(before.guide.encode())
    if before.cases:
        (folder / "cases.yaml").write_bytes(before.cases.encode())

    def files():
        there = (folder / name for name in ("guide.yaml", "cases.yaml"))
        return [path.read_bytes().decode() if path.exists() else "" for path in there]

    for _ in range(4):
        manuscript = Manuscript(folder)
        edit, _ = random_edits.step(chance, manuscript.files, text)
        saved = manuscript.do(edit)
        assert isinstance(saved, Saved)
        assert not saved.message
        states.append(saved.files)
        assert files() == [saved.files.guide, saved.files.cases]
    for state in reversed(states[:-1]):
        assert isinstance(Manuscript(folder).undo(), Saved)
        assert files() == [state.guide, state.cases]
    assert Manuscript(folder).undo() is None
    for state in states[1:]:
        assert isinstance(Manuscript(folder).redo(), Saved)
        assert files() == [state.guide, state.cases]
    assert Manuscript(folder).redo() is None


def test_what_an_editor_has_changed_meanwhile_stays(folder):
    manuscript = Manuscript(folder)
    edit = ask(manuscript, SNOW, "Snow?")
    (folder / "guide.yaml").write_text(f"# mine\n{GUIDE}".replace("Does it rain?", "Rain?"))
    saved = manuscript.do(edit)
    assert saved.elsewhere == (("title",), RAIN)
    assert written(folder) == f"# mine\n{GUIDE}".replace("Does it rain?", "Rain?").replace(
        "Does it snow?", "Snow?"
    )
    assert isinstance(manuscript.undo(), Saved)
    assert written(folder) == f"# mine\n{GUIDE}".replace("Does it rain?", "Rain?")


def test_two_changes_of_one_entry_are_a_conflict_and_nothing_is_written(folder):
    manuscript = Manuscript(folder)
    edit = ask(manuscript, SNOW, "Snow?")
    theirs = GUIDE.replace("Does it snow?", "Or snow?")
    (folder / "guide.yaml").write_text(theirs)
    conflict = manuscript.do(edit)
    assert isinstance(conflict, Conflict)
    assert str(conflict) == "'snow' in factors is another one by now"
    (met,) = conflict.entries
    assert met.path == SNOW
    assert "question: Or snow?" in met.found
    assert "question: Snow?" in met.wanted
    assert written(folder) == theirs
    # Made anew of what is there now, it fits.
    assert isinstance(manuscript.do(ask(manuscript, SNOW, "Snow?")), Saved)


def test_an_entry_that_is_gone_is_a_conflict(folder):
    manuscript = Manuscript(folder)
    edit = entries.confirmed(manuscript.files, SNOW)
    (folder / "guide.yaml").write_text(GUIDE[: GUIDE.index("  snow")])
    assert str(manuscript.do(edit)) == "'snow' in factors is not there any more"


def test_both_adding_the_same_is_a_conflict(folder):
    manuscript = Manuscript(folder)
    fields = {"question": "Hail?", "quote": Place(0, 11)}
    edit = entries.added(manuscript.files, TEXT, "factors", fields)
    (folder / "guide.yaml").write_text(GUIDE + "  hail: {question: Does it hail?}\n")
    assert str(manuscript.do(edit)) == "'hail' in factors is there already"


def test_a_file_that_is_no_yaml_by_now_is_left_alone(folder):
    manuscript = Manuscript(folder)
    edit = ask(manuscript, SNOW, "Snow?")
    (folder / "guide.yaml").write_text("title: [")
    with pytest.raises(tree.TreeError, match="not YAML"):
        manuscript.do(edit)
    assert written(folder) == "title: ["


def test_a_layout_in_which_it_would_mean_something_else_is_a_conflict(folder):
    manuscript = Manuscript(folder)
    fields = {"question": "Hail?", "quote": Place(0, 11)}
    edit = entries.added(manuscript.files, TEXT, "factors", fields)
    theirs = "title: Tea?\nfactors:\n    rain:\n        question: Does it rain?\n"
    (folder / "guide.yaml").write_text(theirs)
    assert isinstance(manuscript.do(edit), Conflict)
    assert written(folder) == theirs


def test_an_undo_that_does_not_fit_any_more_says_so(folder):
    manuscript = Manuscript(folder)
    manuscript.do(ask(manuscript, SNOW, "Snow?"))
    theirs = written(folder).replace("Snow?", "Sleet?")
    (folder / "guide.yaml").write_text(theirs)
    conflict = Manuscript(folder).undo()
    assert str(conflict) == "'snow' in factors is another one by now"
    assert written(folder) == theirs
    # It can still be undone once it fits again.
    (folder / "guide.yaml").write_text(theirs.replace("Sleet?", "Snow?"))
    assert isinstance(Manuscript(folder).undo(), Saved)
    assert written(folder) == GUIDE


def test_a_mark_at_the_beginning_and_line_ends_stay(folder):
    data = b"\xef\xbb\xbf" + GUIDE.replace("\n", "\r\n").encode()
    (folder / "guide.yaml").write_bytes(data)
    manuscript = Manuscript(folder)
    manuscript.do(ask(manuscript, SNOW, "Snow?"))
    assert (folder / "guide.yaml").read_bytes() == data.replace(b"Does it snow?", b"Snow?")


def test_what_cannot_be_noted_is_saved_all_the_same(folder):
    (folder / journal.FOLDER).write_text("in the way")
    manuscript = Manuscript(folder)
    saved = manuscript.do(ask(manuscript, SNOW, "Snow?"))
    assert saved.message.startswith("this is saved, but cannot be undone later: ")
    assert "question: Snow?" in written(folder)


def test_cases_are_written_in_the_same_way(folder):
    vignette = Text("cases.yaml", "It rains in Bergen, as it mostly does. It rains.")
    answer = {"value": "yes", "words": Place(0, 8)}
    fields = {"vignette": vignette.content, "answers": {"rain": answer}}
    manuscript = Manuscript(folder)
    saved = manuscript.do(entries.added(manuscript.files, vignette, "cases.yaml", fields))
    path = saved.edit.where
    assert (folder / "cases.yaml").read_text() == (
        "it_rains_in_bergen_as:\n"
        "  vignette: It rains in Bergen, as it mostly does. It rains.\n"
        "  answers: {rain: {value: yes, words: {words: It rains, nth: 1}}}\n"
    )
    # Its last case goes with the file, and comes back with it.
    manuscript.do(entries.removed(manuscript.files, path))
    assert not (folder / "cases.yaml").exists()
    manuscript.undo()
    assert manuscript.files.ids("cases.yaml") == ("it_rains_in_bergen_as",)


def test_git_does_not_see_the_journal(folder):
    manuscript = Manuscript(folder)
    manuscript.do(ask(manuscript, SNOW, "Snow?"))
    assert (folder / ".guide" / ".gitignore").read_text() == "*\n"


# Adds eight questions, as one of two kernels that have the same folder open.
ADDING = """
import sys
from tree.authoring.entries import Place, added
from tree.authoring.manuscript import Manuscript
from tree.model.text import Text
folder, name, words = sys.argv[1:]
manuscript, text = Manuscript(folder), Text("text.txt", words)
for number in range(8):
    fields = {"question": f"{name} {number}?", "quote": Place(0, 11)}
    manuscript.do(added(manuscript.files, text, "factors", fields))
"""


@pytest.mark.slow
def test_two_at_once_lose_nothing(folder):
    command = [sys.executable, "-c", ADDING, str(folder)]
    both = [subprocess.Popen([*command, name, TEXT.content]) for name in ("one", "two")]
    assert [adding.wait() for adding in both] == [0, 0]
    ids = Manuscript(folder).files.ids("factors")
    assert sorted(ids) == sorted(
        ["rain", "snow", *(f"{name}_{n}" for name in ("one", "two") for n in range(8))]
    )
    assert len(Manuscript(folder).history.done) == 16


# Asks about snow in another way each time, and says each number once it is saved.
SAVING = """
import sys
from tree.authoring.entries import changed
from tree.authoring.manuscript import Manuscript
from tree.model.text import Text
manuscript, text, number = Manuscript(sys.argv[1]), Text("text.txt", sys.argv[2]), 0
while True:
    fields = {"question": f"Snow {number}?"}
    manuscript.do(changed(manuscript.files, text, ("factors", "snow"), fields))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.slow
def test_what_is_killed_while_it_saves_leaves_a_whole_guide(folder):
    chance = random.Random(0)
    command = [sys.executable, "-c", SAVING, str(folder), TEXT.content]
    for _ in range(12):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as saving:
            for _ in range(chance.randrange(1, 9)):
                last = int(saving.stdout.readline())
            # Work that takes its time, so that it is killed in another moment each time.
            sum(range(chance.randrange(300_000)))
            saving.kill()
            last = max([last, *map(int, saving.stdout.read().split())])
        questions = [f"Snow {number}?" for number in (last, last + 1)]
        assert written(folder) in [GUIDE.replace("Does it snow?", each) for each in questions]
        manuscript = Manuscript(folder)
        assert manuscript.history.message == ""
        manuscript.do(ask(manuscript, SNOW, "Snow at last?"))
        assert isinstance(manuscript.undo(), Saved)
    assert [each.name for each in folder.iterdir() if each.name != ".guide"] == ["guide.yaml"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a diary", "is no journal"),
        (b'{"journal": "another"}\n', "is no journal"),
        (b"\xff\xfe\x00", "is no journal"),
    ],
)
def test_a_foreign_journal_is_set_aside(folder, content, message):
    manuscript = Manuscript(folder)
    place = folder / ".guide" / "journal.jsonl"
    place.parent.mkdir()
    place.write_bytes(content)
    assert message in manuscript.history.message
    assert manuscript.undo() is None
    manuscript.do(ask(manuscript, SNOW, "Snow?"))
    assert (folder / ".guide" / journal.ASIDE).read_bytes() == content
    assert isinstance(manuscript.undo(), Saved)
    assert written(folder) == GUIDE


def test_a_line_that_is_written_in_part_costs_no_more_than_what_was_before(folder):
    manuscript = Manuscript(folder)
    manuscript.do(ask(manuscript, SNOW, "Snow?"))
    place = folder / ".guide" / "journal.jsonl"
    place.write_bytes(place.read_bytes()[:-20])
    assert "1 line cannot be read" in manuscript.history.message
    assert manuscript.undo() is None
    manuscript.do(ask(manuscript, SNOW, "Or snow?"))
    assert isinstance(manuscript.undo(), Saved)
    assert "question: Snow?" in written(folder)
    assert manuscript.undo() is None


@pytest.mark.slow
@examples(60)
@given(chances(100))
def test_whatever_the_journal_holds_the_guide_stays_a_guide(tmp_path_factory, chance):
    folder = tmp_path_factory.mktemp("guide")
    (folder / "guide.yaml").write_text(GUIDE)
    manuscript = Manuscript(folder)
    for question in ("Snow?", "Or snow?", "And snow?"):
        manuscript.do(ask(manuscript, SNOW, question))
    manuscript.undo()
    place = folder / ".guide" / "journal.jsonl"
    data = bytearray(place.read_bytes())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 9)] = chance.choice([b"", b"\n", b"\xff", b"[]", b"null"])
    place.write_bytes(data)
    for step in (manuscript.undo, manuscript.redo, manuscript.undo, manuscript.undo):
        assert isinstance(step(), Saved | Conflict | None)
        names = [path[1] for path in Manuscript(folder).files.nodes if len(path) == 2]
        assert "rain" in names


@pytest.mark.slow
def test_a_long_journal_forgets_its_first_steps_alone(folder, monkeypatch):
    monkeypatch.setattr(journal, "MOST_STEPS", 20)
    manuscript = Manuscript(folder)
    for number in range(50):
        manuscript.do(ask(manuscript, SNOW, f"{number}?"))
    manuscript.undo()
    place = folder / ".guide" / "journal.jsonl"
    assert len(place.read_bytes().splitlines()) <= 22
    for number in range(47, 41, -1):
        assert isinstance(Manuscript(folder).undo(), Saved)
        assert f"question: {number}?" in written(folder)
    assert all(json.loads(line) for line in place.read_bytes().splitlines())
