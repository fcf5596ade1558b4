"""The records of a class against a plain count of the same files, and beside broken ones."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import made_up_class
import pandas as pd
import pytest
from examples import examples
from hostile import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

import tree
from tree.teaching.classroom import gather
from tree.teaching.practice.records import Record
from tree.teaching.questions.attempts import FORMAT, VERSION, Attempt, Judged

MADE_UP = ROOT / "notebooks" / "made_up_class"


@pytest.mark.slow
def test_the_made_up_class_is_fresh(liver: tree.Guide, tmp_path: Path) -> None:
    made_up_class.write(tmp_path, liver)
    fresh = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in MADE_UP.iterdir()}
    assert kept.keys() == fresh.keys()
    for name in fresh:
        assert kept[name] == fresh[name], f"{name}: run python tests/helpers/made_up_class.py"


# --- against a count of another kind ---------------------------------------------------------


def plainly_counted(folder: Path) -> dict[str, Any]:
    """The same numbers from the JSON files themselves."""
    attempts = {}
    for file in sorted(folder.glob("*.json")):
        try:
            record = json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            continue
        for attempt in record["attempts"]:
            attempts[record["learner"], attempt["id"]] = attempt
    seen, found = set(), defaultdict(Counter)
    students = defaultdict(set)
    for (learner, _), attempt in sorted(attempts.items(), key=lambda pair: pair[1]["at"]):
        key = learner, attempt["round"], attempt["question"]
        if key in seen:
            continue
        seen.add(key)
        found["kind"][attempt["kind"], attempt["right"]] += 1
        for step in attempt["judged"]:
            if "statement" in step:
                found["statement"][step["statement"], step["right"]] += 1
                found["heat"][step["statement"], learner, step["right"]] += 1
                students[step["statement"]].add(learner)
            elif "factor" in step:
                found["factor"][step["factor"], step["right"]] += 1
            if attempt["kind"] in ("branch", "standing") and "factor" in step:
                said = attempt["answer"]
                said = said if attempt["kind"] == "branch" else said["factors"]
                given = said[step["factor"]]
                expected = given if step["right"] else attempt["expected"]
                found["confusion"][step["factor"], expected, given] += 1
    return {"tries": len(seen), "students": students, **found}


def test_it_counts_what_the_files_hold(liver: tree.Guide) -> None:
    found, plain = tree.classroom(MADE_UP, liver), plainly_counted(MADE_UP)
    assert len(found.attempts) == plain["tries"] > 100
    for table, name in ((found.misread, "statement"), (found.factors, "factor")):
        assert len(table) == len({key for key, _ in plain[name]})
        for row in table.itertuples():
            wrong = plain[name][getattr(row, name), False]
            asked = wrong + plain[name][getattr(row, name), True]
            assert (row.asked, row.misread) == (asked, wrong)
            assert row.share == round(100 * wrong / asked)
    for row in found.misread.itertuples():
        assert row.students == len(plain["students"][row.statement])
        statement = liver.statement(row.statement)
        assert row.words == " … ".join(quote.line for quote in statement.quotes)
        wrong = {who for (s, who, right) in plain["heat"] if s == row.statement and not right}
        assert row.misread_by == len(wrong)
    assert set(found.misread["says"]) <= {p.author for p in liver.text.passages}
    for kind, row in found.by_kind.iterrows():
        right = plain["kind"][kind, True]
        assert (row["asked"], row["right"]) == (right + plain["kind"][kind, False], right)
    assert found.over_time["asked"].sum() == plain["tries"]


def test_heat_and_confusion_against_the_files(liver: tree.Guide) -> None:
    found, plain = tree.classroom(MADE_UP, liver), plainly_counted(MADE_UP)
    assert list(found.heat.index.get_level_values("statement")) == list(found.misread["statement"])
    cells = 0
    for learner, name in found.students.items():
        for (_, statement), share in found.heat[name].items():
            wrong = plain["heat"][statement, learner, False]
            asked = wrong + plain["heat"][statement, learner, True]
            if asked:
                assert share == pytest.approx(100 * wrong / asked)
                cells += 1
            else:
                assert pd.isna(share)
    assert cells == len({key[:2] for key in plain["heat"]})
    told = {
        (factor, expected, given): count
        for (_, factor, expected), row in found.confusion.iterrows()
        for given, count in row.items()
        if count
    }
    assert told == plain["confusion"]


def test_the_text_is_shaded_sentence_by_sentence(liver: tree.Guide) -> None:
    found, plain = tree.classroom(MADE_UP), plainly_counted(MADE_UP)
    shaded = found.on_text(liver)
    content = liver.text.content
    for sentence, asked, misread in shaded.sentences:
        expected = Counter()
        for name, entries in (("statement", liver.statements), ("factor", liver.factors)):
            for entry in entries:
                if any(q.start < sentence.end and sentence.start < q.end for q in entry.quotes):
                    for right in (True, False):
                        expected[right] += plain[name][entry.id, right]
        assert (asked, misread) == (expected.total(), expected[False])
    html = shaded._repr_html_()
    assert re.sub(r" <b .*?</b>|<[^>]*>", "", html).replace("&quot;", '"').startswith(content[:900])
    assert shaded.left_out == 0
    # Of words that the guide has no longer, nothing is shaded.
    other = [replace(a, judged=(replace(a.judged[0], words="x"),)) for a in found.attempts[:3]]
    moved = replace(found, gathered=replace(found.gathered, attempts=tuple(other))).on_text(liver)
    assert moved.left_out == 3
    assert "3 answers are about words that the guide has no longer" in str(moved)
    with pytest.raises(ValueError, match="give the guide"):
        found.on_text()


def test_what_it_prints(liver: tree.Guide) -> None:
    found = tree.classroom(MADE_UP, liver)
    assert repr(found) == "<classroom: 8 students, 128 first tries>"
    assert str(found).startswith("8 students, 128 first tries, ")
    assert found.messages == [
        "made_up_i.json: neither a record of practice nor JSON",
        "skipped, not records of practice: READ_ME.txt",
    ]
    for factor in found.factors["factor"]:
        heat = found.confusion_of(factor)
        assert (
            sum(v for row in heat.values for v in row)
            == found.confusion.xs(factor, level="factor").to_numpy().sum()
        )
    with pytest.raises(KeyError, match="nobody was asked for the factor 'rain'"):
        found.confusion_of("rain")


# --- names -----------------------------------------------------------------------------------


def everything_shown(found: tree.ClassResults, guide: tree.Guide | None) -> str:
    parts = [str(found), repr(found), found._repr_html_()]
    for table in (found.misread, found.factors, found.heat, found.confusion, found.by_kind):
        parts += [table.to_html(), str(table)]
    for plot in (found.heat_map, found.bars, found.line, found.confusion_of()):
        parts += [plot.svg, str(plot), repr(plot)]
    if guide:
        shaded = found.on_text(guide)
        parts += [str(shaded), repr(shaded), shaded._repr_html_()]
    return "\n".join(parts)


def test_no_names_unless_asked(liver: tree.Guide, tmp_path: Path) -> None:
    shutil.copy(MADE_UP / "made_up_a.json", tmp_path / "somebody.json")
    (tmp_path / "somebody else").mkdir()
    shutil.copy(MADE_UP / "made_up_b.json", tmp_path / "somebody else" / "record.json")
    (tmp_path / "somebody broken.json").write_text("{")
    (tmp_path / "somebody.txt").write_text("notes")
    for guide in (None, liver):
        shown = everything_shown(tree.classroom(tmp_path, guide), guide)
        assert "somebody" not in shown
        assert "student 1" in shown
        assert "student 2" in shown
        for file in tmp_path.rglob("*.json"):
            learner = re.search(r'"learner": "(\w+)"', file.read_text())
            assert not learner or learner[1] not in shown
    named = tree.classroom(tmp_path, liver, names=True)
    assert sorted(named.students.values()) == ["somebody", "somebody else/record"]
    assert "somebody broken.json: neither" in str(named)


# --- merging ---------------------------------------------------------------------------------


def write(folder: Path, name: str, learner: str, attempts: list[dict[str, Any]]) -> None:
    whole = {"format": FORMAT, "version": VERSION, "learner": learner, "attempts": attempts}
    (folder / name).write_text(json.dumps(whole))


WORDS = st.sampled_from(["a", "b", "c"])
STEPS = st.lists(
    st.fixed_dictionaries(
        {"right": st.booleans()}, optional={"factor": WORDS, "statement": WORDS, "words": WORDS}
    ),
    max_size=3,
)
ATTEMPTS = st.lists(
    st.fixed_dictionaries(
        {
            "guide": WORDS,
            "question": WORDS,
            "kind": st.sampled_from(["branch", "standing", "sentence", "other"]),
            "right": st.booleans(),
            "id": st.sampled_from("1234"),
        },
        optional={
            "at": st.sampled_from(["2025-03-03T09", "2025-03-04T09", "then"]),
            "round": WORDS,
            "answer": st.one_of(WORDS, st.dictionaries(WORDS, WORDS), st.none()),
            "factor": WORDS,
            "expected": WORDS,
            "given": WORDS,
            "judged": STEPS,
            "guide_digest": WORDS,
        },
    ),
    max_size=6,
)


@given(st.lists(st.tuples(WORDS, ATTEMPTS), min_size=1, max_size=4), st.randoms())
def test_merging_is_the_same_in_any_order(tmp_path_factory, records, chance) -> None:
    one, other = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    for number, (learner, attempts) in enumerate(records):
        write(one, f"{number}.json", learner, attempts)
    # Under other names, and the same once more, and older copies of some.
    shuffled = [*records, *chance.sample(records, 1)]
    shuffled += [(learner, attempts[: len(attempts) // 2]) for learner, attempts in records]
    chance.shuffle(shuffled)
    for number, (learner, attempts) in enumerate(shuffled):
        write(other, f"{number}.json", learner, attempts)
    first, second = gather.gather(one), gather.gather(other)
    assert first.attempts == second.attempts
    assert first.learners == second.learners
    assert first.differing == second.differing
    # Each attempt of each learner counts once at most.
    ids = [(a.learner, a.id) for a in first.attempts]
    assert len(ids) == len(set(ids))
    for folder in (one, other):
        shutil.rmtree(folder)


def test_attempts_without_an_id_count_once(tmp_path: Path) -> None:
    attempt = {"guide": "g", "question": "q", "kind": "branch", "right": True}
    write(tmp_path, "a.json", "x", [attempt, {**attempt, "question": "other"}])
    write(tmp_path, "b.json", "x", [attempt])
    assert len(tree.classroom(tmp_path).gathered.attempts) == 2


@given(st.lists(st.tuples(WORDS, ATTEMPTS), min_size=1, max_size=3))
@examples(10)
def test_whatever_records_hold_is_counted_and_shown(tmp_path_factory, records) -> None:
    folder = tmp_path_factory.mktemp("any")
    for number, (learner, attempts) in enumerate(records):
        write(folder, f"{number}.json", learner, attempts)
    found = tree.classroom(folder)
    judged = [step for a in found.attempts for step in a.judged if step.statement]
    assert found.misread["asked"].sum() == len(judged)
    assert found.heat.notna().sum().sum() == len(
        {(a.guide, a.learner, s.statement) for a in found.attempts for s in a.judged if s.statement}
    )
    assert f"{len(found.attempts)} first tries" in repr(found)
    found._repr_html_()
    str(found)
    shutil.rmtree(folder)


def test_what_is_left_out_of_an_answer_was_unknown(tmp_path: Path) -> None:
    step = {"right": True, "factor": "rain", "words": "If it rains"}
    attempt = {"guide": "g", "question": "q", "kind": "branch", "right": True, "judged": [step]}
    write(tmp_path, "a.json", "x", [{**attempt, "answer": {}, "at": "1"}])
    write(tmp_path, "b.json", "y", [{**attempt, "answer": {"rain": "yes"}, "at": "1"}])
    told = tree.classroom(tmp_path).confusion.stack()
    assert dict(told[told > 0]) == {
        ("g", "rain", "unknown", "unknown"): 1,
        ("g", "rain", "yes", "yes"): 1,
    }


def test_records_of_both_kinds_are_one_class(tmp_path: Path) -> None:
    step = Judged(False, statement="s", words="Rest.")
    made = Attempt("g", "d", "sentence/a", "sentence", "a", "t", False, judged=(step,))
    record = Record(tmp_path / "one.sqlite")
    record.add(made)
    record.to_json(tmp_path / "one.json")
    Record(tmp_path / "two.sqlite").add(replace(made, id="2"))
    found = tree.classroom(tmp_path)
    assert list(found.misread[["asked", "misread", "students"]].iloc[0]) == [2, 2, 2]
    # Names as a browser or a mail program make them.
    (tmp_path / "one.sqlite").rename(tmp_path / "record.sqlite (1)")
    (tmp_path / "one.json").rename(tmp_path / "record.json.txt")
    assert len(tree.classroom(tmp_path).attempts) == 2


# --- what is wrong ---------------------------------------------------------------------------


def seen(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.slow
def test_what_cannot_be_read_stands_beside_what_can(tmp_path: Path, monkeypatch) -> None:
    shutil.copy(MADE_UP / "made_up_a.json", tmp_path / "good.json")
    alone = tree.classroom(tmp_path)
    (tmp_path / "empty.json").touch()
    (tmp_path / "empty.sqlite").touch()
    (tmp_path / "cut.json").write_bytes((tmp_path / "good.json").read_bytes()[:500])
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "wrong.json").write_text('{"format": "practice-record", "version": 7}')
    (tmp_path / "deep.json").write_text("[" * 100_000)
    (tmp_path / "bytes.sqlite").write_bytes(os.urandom(5000))
    foreign = sqlite3.connect(tmp_path / "browser.db")
    # Such a file leaves others beside it as soon as it is opened.
    foreign.execute("PRAGMA journal_mode = WAL")
    foreign.execute("CREATE TABLE visited (address TEXT)")
    foreign.commit()
    foreign.close()
    broken = Record(tmp_path / "damaged.sqlite")
    for number in range(100):
        broken.add(Attempt("g", "d", f"q{number}", "branch", "a", {}, True))
    data = bytearray((tmp_path / "damaged.sqlite").read_bytes())
    data[5000:-100] = b"\xff" * (len(data) - 5100)
    (tmp_path / "damaged.sqlite").write_bytes(data)
    Record(tmp_path / "begun.sqlite")
    (tmp_path / "notebook.ipynb").write_text("{}")
    (tmp_path / "essay.md").write_text("# My essay")
    (tmp_path / ".hidden.json").write_text("no")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "good.json").write_text("no")
    (tmp_path / "dangling.json").symlink_to(tmp_path / "nowhere.json")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    with (tmp_path / "huge.json").open("wb") as huge:
        huge.truncate(50_000_001)
    before = seen(tmp_path)
    found = tree.classroom(tmp_path)
    assert seen(tmp_path) == before
    assert found.attempts == alone.attempts
    told = dict(message.split(": ", 1) for message in found.messages)
    assert told.pop("skipped, not records of practice") == "essay.md, notebook.ipynb"
    assert told.pop("records in which nothing has been practised") == "begun.sqlite"
    assert told.keys() == {
        *("empty.json", "empty.sqlite", "cut.json", "list.json", "wrong.json", "deep.json"),
        *("bytes.sqlite", "browser.db", "damaged.sqlite", "dangling.json", "huge.json"),
    }
    assert told["huge.json"] == "holds more than 50000000 bytes"
    assert told["browser.db"] == "was made by another program"
    assert "11 files could not be read; see messages" in str(found)
    monkeypatch.setattr(gather, "MOST_FILES", 3)
    assert "there are more than 3 files" in tree.classroom(tmp_path).messages[-2]


def test_no_folder_and_nothing_in_it(tmp_path: Path, liver: tree.Guide) -> None:
    with pytest.raises(NotADirectoryError, match="is not a folder; name the one"):
        tree.classroom(tmp_path / "nowhere")
    with pytest.raises(NotADirectoryError, match="is not a folder"):
        tree.classroom(MADE_UP / "made_up_a.json")
    found = tree.classroom(tmp_path, liver)
    assert str(found) == "Nothing of metastatic_liver_cancer has been practised yet."
    assert found._repr_html_().startswith("<p>Nothing of")
    for table in (found.misread, found.factors, found.heat, found.confusion, found.by_kind):
        assert len(table) == 0
    for plot in (found.heat_map, found.bars, found.line):
        assert "</svg>" in plot.svg
    assert repr(found.on_text()).endswith(" sentences, 0 of them asked for>")
    with pytest.raises(KeyError, match="nobody was asked for a factor"):
        found.confusion_of()


def test_other_guides_and_other_versions_are_said(tmp_path: Path, liver: tree.Guide) -> None:
    record = json.loads((MADE_UP / "made_up_a.json").read_text())
    first, second, *_ = record["attempts"]
    edited = {**second, "guide_digest": "older", "id": "x", "round": "x"}
    library = {**first, "guide": "library", "id": "y"}
    write(tmp_path, "a.json", "a", [first, second, edited, library])
    found = tree.classroom(tmp_path)
    assert "several guides are counted: library, metastatic_liver_cancer" in str(found)
    assert "metastatic_liver_cancer: answers to 2 versions of it" in " ".join(str(found).split())
    found = tree.classroom(tmp_path, liver)
    assert {attempt.guide for attempt in found.attempts} == {liver.id}
    assert "1 of 3 first tries answered another version of this guide" in str(found)
    assert tree.classroom(tmp_path, "library").attempts[0].id == "y"
    # A copy that tells an attempt otherwise is said, and one telling is counted.
    write(tmp_path, "b.json", "a", [{**first, "right": not first["right"]}])
    assert "1 attempt recorded differently in two files" in str(tree.classroom(tmp_path, liver))


OWN_IMAGE = r'<img alt="[^"<>]*" src="data:image/svg\+xml;base64,[\w+/=]+">'


def test_what_records_say_is_never_markup(tmp_path: Path) -> None:
    attempts = [
        {
            **{"guide": words, "question": words, "kind": words, "right": False, "id": str(k)},
            **{"expected": words, "given": words, "factor": words},
            "judged": [
                {"right": False, "factor": words, "words": words},
                {"right": False, "statement": words, "words": words},
            ],
        }
        for k, words in enumerate(HOSTILE)
    ]
    attempts += [
        {**each, "kind": "branch", "answer": {}, "id": f"b{k}", "round": "b"}
        for k, each in enumerate(attempts)
    ]
    write(tmp_path, f"{HOSTILE[3]}.json", HOSTILE[0], attempts)
    found = tree.classroom(tmp_path, names=True)
    for shown in (found._repr_html_(), found.heat_map.svg, found.confusion_of().svg):
        assert "<script>" not in shown
        # But for the picture of the class itself, whose words are an attribute.
        assert "<img" not in re.sub(OWN_IMAGE, "", shown)
    assert "<script>" in str(found)


@pytest.mark.slow
def test_a_large_class_stays_readable(tmp_path: Path) -> None:
    whole = json.loads((MADE_UP / "made_up_a.json").read_text())
    for number in range(60):
        attempts = [{**a, "learner": f"l{number}"} for a in whole["attempts"]]
        write(tmp_path, f"{number}.json", f"l{number}", attempts)
    found = tree.classroom(tmp_path)
    assert found.heat.shape[1] == 60
    assert set(found.heat_map.columns) <= {"branch", "standing", "next", "sentence", "concordance"}
    assert "60 students" in str(found)
