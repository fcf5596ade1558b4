"""The record file: every attempt is kept, by two notebooks at once, through a kill, for good."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from attempts import MISREAD
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

import tree
from tree.teaching.practice.handed_in import read_record
from tree.teaching.practice.records import Record
from tree.teaching.questions.attempts import Round, first_tries


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.sqlite"


def test_an_attempt_comes_back_as_it_was(path: Path) -> None:
    record = Record(path)
    kept = record.add(MISREAD)
    assert kept == replace(MISREAD, learner=record.learner)
    assert Record(path).attempts() == [*read_record(path).attempts] == [kept]
    assert kept.at.endswith("+00:00")
    # One file, that can be handed in.
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_columns_are_those_that_others_read(path: Path) -> None:
    kept = Record(path).add(MISREAD)
    connection = sqlite3.connect(path)
    row = connection.execute(
        'SELECT at, round, learner, guide, guide_digest, question, kind, "case", answer, "right", '
        "factor, statement, option, expected, given, seconds FROM attempt"
    ).fetchone()
    connection.close()
    assert row == (
        *(kept.at, "r", kept.learner, "g", "d", "branch/a", "branch", "a", '{"rain": "no"}', 0),
        *("rain", None, None, "Yes", "No", 2.5),
    )


def test_rounds_are_kept_with_the_place(path: Path) -> None:
    record = Record(path)
    first = record.begin("g", "d", ["a", "b"])
    other = record.begin("h", "d", ["c"])
    record.move(first, 2)
    record.move(first, 1)
    assert Record(path).rounds("g") == [replace(first, position=2)]
    assert Record(path).rounds("h") == [other]


WRITER = """
import sys
from tree.teaching.questions.attempts import Attempt
from tree.teaching.practice.records import Record
if len(sys.argv) > 4:
    print("ready", flush=True)
    sys.stdin.readline()
record = Record(sys.argv[1])
for number in range(int(sys.argv[3])):
    question = f"{sys.argv[2]}-{number}"
    record.add(Attempt("g", "d", question, "branch", "a", {}, True))
    print(question, flush=True)
"""


def writer(path: Path, name: str, count: int, *waiting: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(count), *waiting]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=env)


@pytest.mark.slow
def test_two_notebooks_at_once_lose_nothing(path: Path) -> None:
    writers = [writer(path, name, 100) for name in ("one", "two", "three")]
    said = [each.communicate(timeout=120)[0].split() for each in writers]
    assert [each.returncode for each in writers] == [0, 0, 0]
    found = [attempt.question for attempt in read_record(path).attempts]
    assert sorted(found) == sorted(said[0] + said[1] + said[2])
    assert len(found) == 300
    assert len({attempt.learner for attempt in read_record(path).attempts}) == 1
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.slow
def test_a_killed_kernel_loses_nothing_that_was_kept(path: Path) -> None:
    for name in ("one", "two", "three"):
        killed = writer(path, name, 100_000)
        said = [killed.stdout.readline() for _ in range(10)]
        os.kill(killed.pid, signal.SIGKILL)
        said += killed.stdout.readlines()
        killed.wait(30)
        record = Record(path)
        assert record.messages == []
        found = {attempt.question for attempt in record.attempts()}
        assert found >= {line.strip() for line in said if line.endswith("\n")}
        record.add(MISREAD)


def broken(path: Path, what: str) -> bytes:
    """Make a file that is no record, or no longer one."""
    if what == "text":
        path.write_text("my diary\n" * 100)
    elif what == "short":
        path.write_bytes(b"SQLite format 3\0" + b"\1" * 20)
    elif what == "foreign":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.execute("INSERT INTO recipes VALUES ('soup')")
        connection.commit()
        connection.close()
    else:
        record = Record(path)
        for _ in range(200):
            record.add(replace(MISREAD, id=os.urandom(8).hex()))
        if what == "damaged":
            data = bytearray(path.read_bytes())
            data[5000 : len(data) - 100] = b"\xff" * (len(data) - 5100)
            path.write_bytes(data)
        elif what == "cut":
            path.write_bytes(path.read_bytes()[:9000])
        else:
            connection = sqlite3.connect(path)
            connection.execute(
                {
                    "newer": "PRAGMA user_version = 99",
                    "without a table": "DROP TABLE round",
                    "without a learner": "DELETE FROM meta",
                    "edited": "UPDATE attempt SET answer = 'oops'",
                    "edited round": "INSERT INTO round VALUES ('a', 'b', 'c', '{', 0)",
                }[what]
            )
            connection.commit()
            connection.close()
    return path.read_bytes()


BROKEN = [
    *("text", "short", "foreign", "damaged", "cut", "newer"),
    *("without a table", "without a learner", "edited", "edited round"),
]


@pytest.mark.slow
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_or_foreign_file_is_set_aside(path: Path, what: str) -> None:
    before = broken(path, what)
    record = Record(path)
    assert len(record.messages) == 1
    assert "record.sqlite was not used, because it " in record.messages[0]
    assert "It is kept as record.sqlite.set-aside-1" in record.messages[0]
    assert path.with_name("record.sqlite.set-aside-1").read_bytes() == before
    kept = record.add(MISREAD)
    assert Record(path).attempts() == [kept]
    # The next one has a name of its own.
    broken(path, "text")
    assert "set-aside-2" in Record(path).messages[0]
    assert path.with_name("record.sqlite.set-aside-1").read_bytes() == before


def test_a_file_that_breaks_while_it_is_in_use(path: Path) -> None:
    record = Record(path)
    record.add(MISREAD)
    path.write_text("overwritten")
    kept = record.add(replace(MISREAD, id="other"))
    assert "set-aside-1" in record.messages[0]
    assert record.attempts() == [kept]
    path.unlink()
    record.add(MISREAD)
    assert len(record.attempts()) == 1


def test_an_empty_file_becomes_a_record(path: Path) -> None:
    path.touch()
    record = Record(path)
    record.add(MISREAD)
    assert record.messages == []


def test_places_that_cannot_hold_a_record(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="name a file"):
        Record(tmp_path)
    with pytest.raises(OSError, match="unable to open"):
        Record(tmp_path / "nowhere" / "record.sqlite")


def test_json_out_and_in_again(path: Path, tmp_path: Path) -> None:
    record = Record(path)
    record.add(MISREAD)
    record.add(replace(MISREAD, id="other", answer="ω", statement="s", option="o"))
    record.to_json(tmp_path / "out.json")
    with pytest.raises(FileExistsError):
        record.to_json(tmp_path / "out.json")
    assert [*read_record(tmp_path / "out.json").attempts] == record.attempts()
    other = Record(tmp_path / "other.sqlite")
    assert other.take_in(tmp_path / "out.json") == 2
    assert other.take_in(tmp_path / "out.json") == 0
    assert other.take_in(path) == 0
    assert other.attempts() == record.attempts()
    assert other.learner != record.learner


def test_reading_changes_nothing(path: Path, tmp_path: Path) -> None:
    for what in ("text", "foreign"):
        before = broken(path, what)
        with pytest.raises(tree.RecordError) as caught:
            read_record(path)
        assert "\n" not in str(caught.value)
        assert path.read_bytes() == before
        assert os.listdir(tmp_path) == [path.name]
        path.unlink()
    path.touch()
    with pytest.raises(tree.RecordError, match="neither a record of practice nor JSON"):
        read_record(path)


GOOD = {"guide": "g", "question": "q", "kind": "branch", "right": True, "id": "1"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], '"format": "practice-record" is missing'),
        ({"format": "practice-record", "version": 2}, "version '2' of the record; allowed: 1"),
        ({"attempts": {}}, "'attempts' must be a list"),
        ({"learner": 3}, "'learner' must be text"),
        ({"attempts": [3]}, "attempt 1: must be a mapping"),
        ({"attempts": [{**GOOD, "secnds": 1}]}, "attempt 1: unknown key 'secnds': did you"),
        ({"attempts": [{"guide": "g"}]}, "attempt 1: lacks the key 'question'"),
        ({"attempts": [{**GOOD, "right": 1}]}, "attempt 1: 'right' cannot be '1'"),
        ({"attempts": [{**GOOD, "guide": None}]}, "attempt 1: 'guide' cannot be 'None'"),
        ({"attempts": [{**GOOD, "seconds": True}]}, "attempt 1: 'seconds' cannot be 'True'"),
        ({"attempts": [{**GOOD, "guide": "\ud800"}]}, "attempt 1: 'guide' cannot be"),
        ({"attempts": [{**GOOD, "judged": [{}]}]}, "attempt 1: 'judged' cannot hold '{}'"),
        ({"attempts": [{**GOOD, "judged": [{"right": True, "x": ""}]}]}, "'judged' cannot hold"),
    ],
)
def test_json_that_is_no_record(tmp_path: Path, data: object, message: str) -> None:
    whole = {"format": "practice-record", "version": 1, "learner": "l", "attempts": []}
    file = tmp_path / "a.json"
    file.write_text(json.dumps({**whole, **data} if isinstance(data, dict) else data))
    with pytest.raises(tree.RecordError) as caught:
        read_record(file)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)
FIELDS = st.fixed_dictionaries({}, optional=dict.fromkeys((*GOOD, "judged", "answer"), JSON))


@given(st.one_of(JSON, st.lists(FIELDS).map(lambda attempts: {"attempts": attempts})))
def test_whatever_json_holds_is_read_or_refused(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("json")
    whole = {"format": "practice-record", "version": 1, "learner": "l", "attempts": []}
    (folder / "a.json").write_text(
        json.dumps({**whole, **data} if isinstance(data, dict) else data)
    )
    try:
        found = read_record(folder / "a.json").attempts
    except tree.RecordError:
        return
    # What can be read can be kept.
    record = Record(folder / "r.sqlite")
    record.take_in(folder / "a.json")
    assert {attempt.id for attempt in record.attempts()} == {attempt.id for attempt in found}
    shutil.rmtree(folder)


@given(st.binary(max_size=300), st.booleans())
def test_whatever_bytes_a_file_holds(tmp_path_factory, data, is_like_sqlite):
    folder = tmp_path_factory.mktemp("bytes")
    path = folder / "record.sqlite"
    content = (b"SQLite format 3\0" if is_like_sqlite else b"") + data
    path.write_bytes(content)
    with pytest.raises(tree.RecordError):
        read_record(path)
    record = Record(path)
    record.add(MISREAD)
    if content:
        assert Path(f"{path}.set-aside-1").read_bytes() == content
    shutil.rmtree(folder)


@pytest.mark.slow
def test_notebooks_that_set_aside_the_same_file_at_the_same_moment(path: Path) -> None:
    for round in range(4):
        place = path.with_name(f"record-{round}.sqlite")
        before = broken(place, "text")
        writers = [writer(place, name, 5, "waiting") for name in ("one", "two", "three")]
        assert [each.stdout.readline() for each in writers] == ["ready\n"] * 3
        for each in writers:
            each.stdin.write("go\n")
            each.stdin.flush()
        said = [each.communicate(timeout=120)[0].split() for each in writers]
        assert [each.returncode for each in writers] == [0, 0, 0]
        found = [attempt.question for attempt in read_record(place).attempts]
        assert sorted(found) == sorted(said[0] + said[1] + said[2])
        assert len(found) == 15
        # What was there is kept as it was, and nothing else is set aside.
        assert Path(f"{place}.set-aside-1").read_bytes() == before
        assert len(list(path.parent.glob(f"{place.name}*"))) == 2


def test_only_first_tries_count() -> None:
    one = replace(MISREAD, id="1")
    again = replace(MISREAD, id="2", right=True)
    next_round = replace(MISREAD, id="3", round="other")
    other = replace(MISREAD, id="4", learner="other")
    assert list(first_tries([one, again, next_round, other])) == [one, next_round, other]


def test_a_round_is_plain_data() -> None:
    assert Round("r", "g", "d", ("a",)).position == 0
