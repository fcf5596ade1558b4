"""Anki decks, imported into a collection of Anki itself."""

from __future__ import annotations

import hashlib
import html
import io
import os
import re
import shutil
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_parts import THEN, Learner, zip_of
from places import LIVER, ROOT

import tree
from tree.__main__ import main
from tree.model.disclaimer import disclaimer
from tree.teaching.cards import anki
from tree.teaching.cards.anki import apkg, last_change, note_time
from tree.teaching.cards.cards import make_cards, picture

LATER = THEN + 60


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    found = Learner(tmp_path / "anki")
    yield found
    found.collection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the guide that may be changed."""
    shutil.copytree(LIVER, tmp_path / LIVER.name)
    return tmp_path / LIVER.name


def test_every_card_arrives_with_its_sentences_and_its_picture(learner: Learner) -> None:
    guide = tree.load(LIVER)
    cards = make_cards(guide)
    learner.imports(apkg(guide, THEN))
    assert learner.notes().keys() == {card.id for card in cards}
    assert learner.collection.card_count() == len(cards)
    assert guide.title in [deck.name for deck in learner.collection.decks.all_names_and_ids()]
    drawn = {}
    for card in cards:
        front, back = learner.card(card.id)
        assert card.question in front
        assert disclaimer(guide) in front
        assert disclaimer(guide) in back
        for one in card.sentences:
            assert one.words in html.unescape(back)
            assert one.author in back
            assert one.basis in back
        shown = picture(guide, card)
        assert re.findall(r'<img src="([^"]*)"', back) == ([shown.name] if shown else [])
        assert "<img" not in front
        assert "<blockquote" not in front
        if shown:
            drawn[shown.name] = shown.svg
    assert {path.name: path.read_bytes() for path in learner.media.iterdir()} == drawn
    report = learner.collection.media.check()
    assert (list(report.unused), list(report.missing)) == ([], [])


def test_cards_come_in_their_order(learner: Learner) -> None:
    guide = tree.load(LIVER)
    learner.imports(apkg(guide, THEN))
    collection = learner.collection
    found = [collection.get_card(id) for id in collection.find_cards("")]
    found.sort(key=lambda card: card.due)
    assert [card.note()["Name"] for card in found] == [card.id for card in make_cards(guide)]
    assert len({card.due for card in found}) == len(found)


@pytest.mark.slow
def test_a_second_import_adds_nothing_and_keeps_what_was_learned(learner: Learner) -> None:
    guide = tree.load(LIVER)
    learner.imports(apkg(guide, THEN))
    before = learner.notes()
    collection = learner.collection
    collection.decks.select(collection.decks.id(guide.title))
    card = collection.sched.getCard()
    card.start_timer()
    collection.sched.answerCard(card, 4)
    learned = collection.get_card(card.id).ivl
    assert learned
    for timestamp in (THEN, LATER):
        learner.imports(apkg(guide, timestamp))
        assert learner.notes() == before
        assert collection.card_count() == len(before)
        assert len(list(learner.media.iterdir())) == len(pictures(guide))
        assert collection.get_card(card.id).ivl == learned


def pictures(guide: tree.Guide) -> set[str]:
    found = (picture(guide, card) for card in make_cards(guide))
    return {shown.name for shown in found if shown}


@pytest.mark.slow
def test_a_changed_guide_updates_its_cards(learner: Learner, folder: Path) -> None:
    learner.imports(apkg(tree.load(folder), THEN))
    before = learner.notes()
    file = folder / "guide.yaml"
    changed = file.read_text(encoding="utf-8")
    changed = changed.replace('The words "or who have', 'CHANGED: the words "or who have')
    changed = changed.replace("    name: Ablation\n", "    name: Ablative techniques\n")
    changed = changed.replace(
        "    prefer: resection\n    strength: In general\n",
        "    offer: resection\n    strength: In general\n",
    )
    file.write_text(changed, encoding="utf-8")
    guide = tree.load(folder)
    learner.imports(apkg(guide, LATER))
    after = learner.notes()
    assert after.keys() == before.keys() == {card.id for card in make_cards(guide)}
    assert "CHANGED" in after["statement-wascher_extensive_involvement"]["Answer"]
    assert "Ablative techniques?" in after["statement-wascher_ablation"]["Question"]
    assert "First choice" in before["statement-wascher_most_effective"]["Answer"]
    assert "Offered" in after["statement-wascher_most_effective"]["Answer"]
    for name in re.findall(r'src="(.*?)"', " ".join(note["Picture"] for note in after.values())):
        assert b"Ablative techniques" in (learner.media / name).read_bytes()


@pytest.mark.slow
def test_an_older_deck_does_not_undo_a_newer_one(learner: Learner, folder: Path) -> None:
    old = apkg(tree.load(folder), THEN)
    file = folder / "guide.yaml"
    words = file.read_text(encoding="utf-8")
    file.write_text(words.replace('The words "or', 'CHANGED: "or'), encoding="utf-8")
    learner.imports(apkg(tree.load(folder), LATER))
    learner.imports(old)
    assert "CHANGED" in learner.notes()["statement-wascher_extensive_involvement"]["Answer"]


@pytest.mark.slow
def test_two_guides_side_by_side(learner: Learner, folder: Path) -> None:
    first, second = tree.load(LIVER), tree.load(ROOT / "data" / "ear_infection_in_a_child")
    # The same guide under another name is another deck.
    third = tree.load(folder.rename(folder.with_name("mine")))
    for guide in (first, second, third, first):
        learner.imports(apkg(guide, THEN))
    expected = 2 * len(make_cards(first)) + len(make_cards(second))
    assert learner.collection.note_count() == expected
    assert len([m for m in learner.collection.models.all() if m["name"] == "Decision tree"]) == 1


@pytest.mark.slow
def test_the_same_guide_and_time_make_the_same_bytes() -> None:
    first, second = (apkg(tree.load(LIVER), THEN) for _ in range(2))
    assert first == second
    assert apkg(tree.load(LIVER), LATER) != first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        data = archive.read("collection.anki2")
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_anki_knows_a_deck_again_by_numbers_that_never_change() -> None:
    # What people have in their collections bears these.
    with zipfile.ZipFile(io.BytesIO(apkg(tree.load(LIVER), THEN))) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    found = database.execute(
        "SELECT mid, did, guid FROM notes JOIN cards ON nid = notes.id"
        " WHERE flds LIKE '%judgement-complete_removal_feasible'"
    ).fetchall()
    database.close()
    assert found == [(1305824869, 1077376052, "vTb{&o<x5.")]


def exports(folder: Path, deck: Path, *more: str) -> bytes:
    """The deck as the command line writes it."""
    assert main(["cards", str(folder), "-o", str(deck), *more]) == 0
    return deck.read_bytes()


def writes_into(learner: Learner, name: str = "*", words: str = " My own words.") -> None:
    for id in learner.collection.find_notes(f'"Name:{name}"'):
        note = learner.collection.get_note(id)
        note["Answer"] += words
        learner.collection.update_note(note)


def own_words(learner: Learner) -> set[str]:
    """The names of the notes in which a student's words still stand."""
    return {name for name, note in learner.notes().items() if "My own words." in note["Answer"]}


def changes_a_statement(folder: Path, begins: str = 'The words "or who have') -> None:
    file = folder / "guide.yaml"
    words = file.read_text(encoding="utf-8")
    changed = words.replace(begins, f"CHANGED. {begins}")
    assert changed != words
    file.write_text(changed, encoding="utf-8")


@pytest.mark.slow
def test_an_unchanged_guide_leaves_what_a_student_wrote(
    learner: Learner, folder: Path, tmp_path: Path
) -> None:
    learner.imports(exports(folder, tmp_path / "first.apkg"))
    writes_into(learner)
    before = learner.notes()
    learner.imports(exports(folder, tmp_path / "second.apkg"))
    learner.imports(exports(folder, tmp_path / "first.apkg", "--force"))
    assert learner.notes() == before
    assert own_words(learner) == before.keys()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["new", "replaced", "named"])
def test_an_edited_note_stays_and_any_other_one_is_updated(
    learner: Learner, folder: Path, tmp_path: Path, how: str
) -> None:
    first = tmp_path / "first.apkg"
    learner.imports(exports(folder, first))
    edited = "statement-wascher_other_options"
    assert edited in learner.notes()
    writes_into(learner, edited)
    changes_a_statement(folder)
    changes_a_statement(folder, "The next two sentences")
    time_of_change = time.time() + 60  # the guide is changed after the note
    os.utime(folder / "guide.yaml", (time_of_change, time_of_change))
    if how == "replaced":
        deck = exports(folder, first, "--force")
    elif how == "named":
        deck = exports(folder, tmp_path / "second.apkg", "--previous", str(first))
    else:
        deck = exports(folder, tmp_path / "second.apkg")
    learner.imports(deck)
    assert own_words(learner) == {edited}
    assert "CHANGED" not in learner.notes()[edited]["Answer"]
    changed = {name for name, note in learner.notes().items() if "CHANGED" in note["Answer"]}
    assert "statement-wascher_extensive_involvement" in changed
    # Anki's own way to have the guide's words back.
    learner.imports(deck, update=Learner.ALWAYS)
    assert own_words(learner) == set()
    assert "CHANGED" in learner.notes()[edited]["Answer"]


@pytest.mark.slow
def test_a_copy_on_another_computer_knows_from_git_when_a_guide_changed(
    learner: Learner, folder: Path, tmp_path: Path
) -> None:
    git = ("git", "-c", "user.name=T", "-c", "user.email=t@example.com", "-C")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "The guide"]):
        subprocess.run([*git, str(folder), *command], check=True)
    learner.imports(exports(folder, tmp_path / "first.apkg"))
    writes_into(learner)
    copy = tmp_path / "elsewhere" / folder.name
    subprocess.run(["git", "clone", "-q", str(folder), str(copy)], check=True)
    # A disk on which every file is new.
    for file in copy.iterdir():
        os.utime(file, (time.time() + 1000,) * 2)
    committed = subprocess.run(
        [*git, str(copy), "log", "-1", "--format=%ct"], check=True, capture_output=True, text=True
    )
    assert last_change(tree.load(copy)) == float(committed.stdout)
    learner.imports(exports(copy, tmp_path / "second.apkg"))
    assert own_words(learner) == learner.notes().keys()
    # What is not committed has the time of the disk.
    changes_a_statement(copy)
    assert last_change(tree.load(copy)) > float(committed.stdout)


def times(deck: bytes) -> dict[str, int]:
    """The time of every note of a deck, by the name of its card."""
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    found = database.execute("SELECT flds, mod FROM notes").fetchall()
    database.close()
    return {fields.rpartition("\x1f")[2]: changed for fields, changed in found}


@pytest.mark.slow
def test_a_note_keeps_its_time_while_its_content_stays(folder: Path) -> None:
    guide = tree.load(folder)
    first = apkg(guide, THEN)
    then = note_time(THEN)
    assert set(times(first).values()) == {then}
    # Whatever the time of the files; the earlier deck knows better.
    assert times(apkg(guide, LATER, first)) == times(first)
    changes_a_statement(folder)
    changed = tree.load(folder)
    for timestamp, expected in ((LATER, note_time(LATER)), (THEN - 9, then + 1)):
        second = times(apkg(changed, timestamp, first))
        name = "statement-wascher_extensive_involvement"
        assert second[name] == expected
        assert set(second.values()) == {then, expected}
        assert list(second.values()).count(then) > len(second) - 6


@pytest.mark.slow
@pytest.mark.parametrize(
    "previous", [b"", b"PK", b"no deck" * 9, zip_of(b"x"), zip_of(b"SQLite format 3\0" * 99)]
)
def test_what_is_no_deck_gives_no_times(folder: Path, previous: bytes) -> None:
    guide = tree.load(folder)
    assert apkg(guide, THEN, previous) == apkg(guide, THEN)


@pytest.mark.slow
def test_the_looks_of_cards_stay_as_their_owner_made_them(learner: Learner) -> None:
    guide = tree.load(LIVER)
    learner.imports(apkg(guide, THEN))
    models = learner.collection.models
    model = models.by_name("Decision tree")
    assert model
    model["css"] += "/* mine */"
    models.update_dict(model)
    learner.imports(apkg(guide, time.time() + 1000))
    assert models.by_name("Decision tree")["css"].endswith("/* mine */")


def test_new_looks_come_with_a_new_time() -> None:
    looks = "\0".join((*anki.FIELDS, anki._FRONT, anki._BACK, anki._STYLE))
    digest = hashlib.sha256(looks.encode()).hexdigest()[:8]
    # Who changes the one changes the other: without a later time nobody gets the new looks.
    assert (digest, anki.DESIGNED) == ("e1433e65", 1_795_996_800)


def test_anki_looks_for_no_sounds_and_formulas(learner: Learner, folder: Path) -> None:
    sly = "[sound:x.mp3] [latex]x[/latex] {{Answer}} \\(x\\)"
    for name in ("text.txt", "guide.yaml"):
        words = (folder / name).read_text(encoding="utf-8")
        words = words.replace("requires a", f"requires {sly} a")
        (folder / name).write_text(words, encoding="utf-8")
    guide = tree.load(folder)
    learner.imports(apkg(guide, THEN))
    (id,) = learner.collection.find_cards('Name:"remarks-transplant_surgery"')
    card = learner.collection.get_card(id)
    assert card.answer_av_tags() == []
    assert sly.replace("[", "&#91;") in card.answer()
    assert "mathjax_ignore" in card.answer()
