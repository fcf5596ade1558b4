"""Records that would stop a class, hang it or fill its disk. `make fuzz` looks for more."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import strange_records as strange
from attempts import MISREAD
from places import ROOT

import tree
from tree.teaching.practice.handed_in import read_record
from tree.teaching.practice.record_tables import INSERT, row
from tree.teaching.practice.records import Record
from tree.teaching.practice.untrusted_files import guarded
from tree.teaching.questions.attempts import Judged

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
TABLES = ("attempt", "round", "meta")
DEEP = "[" * 20_000 + "]" * 20_000


def made(path: Path, *statements: str, values: tuple[object, ...] = ()) -> Path:
    """A record of two attempts, and then changed by SQLite."""
    record = Record(path)
    for id in ("1", "2"):
        record.add(replace(MISREAD, id=id))
    record.begin("g", "d", ["a"])
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement, values)
        connection.commit()
    return path


def viewed(path: Path, table: str) -> Path:
    """A record whose table is a view over an endless query."""
    with closing(sqlite3.connect(made(path))) as c:
        columns = ", ".join(f'x AS "{row[1]}"' for row in c.execute(f"PRAGMA table_info({table})"))
    return made_more(
        path,
        f"ALTER TABLE {table} RENAME TO old_{table}",
        f"CREATE VIEW {table} AS {ENDLESS} SELECT {columns} FROM n",
    )


def made_more(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def computed(path: Path) -> Path:
    """A record with a column that would be worked out whenever it is read."""
    made(path)
    return made_more(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, '\"judged\" TEXT NOT NULL', "
        "'\"judged\" TEXT AS (printf(''%99999999d'', 1))') WHERE name = 'attempt'",
    )


def piped(path: Path) -> Path:
    os.mkfifo(path)
    return path


def seen(folder: Path) -> dict[str, tuple[int, int, int]]:
    found = {path.name: path.lstat() for path in folder.iterdir()}
    return {name: (each.st_ino, each.st_size, each.st_mtime_ns) for name, each in found.items()}


def fields(**values: object) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        columns = ", ".join(f'"{name}" = ?' for name in values)
        return made(path, f"UPDATE attempt SET {columns}", values=tuple(values.values()))

    return make


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    **{
        f"endless_{table}": (
            lambda path, table=table: viewed(path, table),
            "has tables that are not those of a record",
        )
        for table in TABLES
    },
    "computed": (computed, "has tables that are not those of a record"),
    "trigger": (
        lambda path: made(
            path, f"CREATE TRIGGER t AFTER INSERT ON attempt BEGIN {ENDLESS} SELECT x FROM n; END"
        ),
        "has tables that are not those of a record",
    ),
    "pipe": (piped, "is a pipe, a device or the like, not a file"),
    "deep": (fields(answer=DEEP), "which is nested more than 20 deep"),
    "deep_steps": (fields(judged=DEEP), "which is nested more than 20 deep"),
    "endless_seconds": (fields(seconds=float("inf")), "'seconds' cannot be 'inf'"),
    "bytes": (fields(at=b"\xff"), "'at' cannot be"),
    "right": (fields(right=7), "'right' cannot be '7'"),
    "nul": (fields(guide="a\0b"), "'guide' cannot be"),
    "half_a_letter": (fields(answer='"\\ud800"'), "'answer' cannot be"),
    "broken_text": (
        lambda path: made(path, "UPDATE attempt SET kind = CAST(x'ff41' AS TEXT)"),
        "'kind' cannot be",
    ),
    "no_learner": (
        lambda path: made(path, "UPDATE meta SET value = x'00' WHERE key = 'learner'"),
        "does not say whose it is",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_a_bad_record_is_named_and_left(
    name: str, tmp_path: Path, liver: tree.Guide, capfd: pytest.CaptureFixture[str]
) -> None:
    make, why = BAD[name]
    folder = tmp_path / "class"
    folder.mkdir()
    good = made(folder / "good.sqlite")
    bad = make(folder / "bad.sqlite")
    before = seen(folder)
    found = tree.classroom(folder)
    assert found.gathered.attempts == read_record(good).attempts
    (message,) = found.messages
    assert message.startswith("bad.sqlite: ")
    assert why in message
    assert message.isprintable()
    assert "1 file could not be read" in str(found)
    with pytest.raises(tree.RecordError) as caught:
        tree.progress(bad)
    assert str(caught.value) == message
    lesson = tree.Lesson(liver, records=folder)
    lesson.read_records()
    assert lesson.messages == ["1 file could not be read; tree.classroom says more"]
    lesson.close()
    assert seen(folder) == before
    # As one's own it is set aside, and practice goes on.
    practice = tree.Practice(liver, bad, length=2)
    (told,) = practice.record.messages
    assert told.startswith("bad.sqlite was not used, because it ")
    assert why in told
    assert (folder / "bad.sqlite.set-aside-1").exists()
    assert practice.state == "question 1 of 2: not answered yet"
    practice.close()
    assert capfd.readouterr().err == ""


def test_what_lies_beside_a_record_does_no_harm(tmp_path: Path) -> None:
    for ending in ("-journal", "-wal"):
        path = made(tmp_path / f"a{ending}.sqlite")
        os.mkfifo(f"{path}{ending}")
        with pytest.raises(tree.RecordError, match="beside it, is a pipe"):
            read_record(path)
        (told,) = Record(path).messages
        assert "beside it, is a pipe" in told
        assert Path(f"{path}.set-aside-1{ending}").exists()


def test_a_journal_cannot_have_another_file_removed(tmp_path: Path) -> None:
    path = made(tmp_path / "record.sqlite")
    diary = tmp_path / "diary.txt"
    diary.write_text("dear diary")
    name = str(diary).encode()
    magic = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    pages = path.stat().st_size // 4096
    head = magic + struct.pack(">IIIII", 0, 0, pages, 512, 4096)
    end = struct.pack(">I", 0x40000000 // 4096 + 1) + name
    end += struct.pack(">II", len(name), sum(struct.unpack(f"{len(name)}b", name)) & 0xFFFFFFFF)
    journal = Path(f"{path}-journal")
    journal.write_bytes(head.ljust(512, b"\0") + end + magic)
    with pytest.raises(tree.RecordError, match="names a file that would be removed"):
        read_record(path)
    (told,) = Record(path).messages
    assert "names a file that would be removed" in told
    assert diary.read_text() == "dear diary"


def test_a_record_that_was_left_while_it_was_written_to(tmp_path: Path) -> None:
    path = made(tmp_path / "record.sqlite")
    before = path.read_bytes()
    # A copy of both files in the middle of writing.
    with closing(sqlite3.connect(path, isolation_level=None)) as c:
        c.executescript("PRAGMA cache_size = 1; BEGIN;")
        for number in range(200):
            c.execute(INSERT, row(replace(MISREAD, id=f"n{number}")))
        copy = tmp_path / "copy.sqlite"
        copy.write_bytes(path.read_bytes())
        Path(f"{copy}-journal").write_bytes(Path(f"{path}-journal").read_bytes())
        c.execute("ROLLBACK")
    assert path.read_bytes() == before
    assert copy.read_bytes() != before
    seen = copy.read_bytes()
    with pytest.raises(tree.RecordError, match="was left while it was written to; open it once"):
        read_record(copy)
    assert copy.read_bytes() == seen
    record = Record(copy)
    assert record.messages == []
    assert [a.id for a in record.attempts()] == ["1", "2"]
    assert len(read_record(copy).attempts) == 2


def test_a_record_with_a_log(tmp_path: Path) -> None:
    path = made(tmp_path / "record.sqlite")
    with closing(sqlite3.connect(path)) as c:
        c.execute("PRAGMA journal_mode = WAL")
        assert len(read_record(path).attempts) == 2
        c.execute(INSERT, row(replace(MISREAD, id="3")))
        c.commit()
        with pytest.raises(tree.RecordError, match="newest attempts are in record"):
            read_record(path)
    assert len(read_record(path).attempts) == 3
    assert Record(path).messages == []


def test_there_is_an_end_to_what_a_file_may_ask() -> None:
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(tree.RecordError, match="takes too long to read"),
        guarded(connection, most=1_000_000),
    ):
        connection.execute(f"{ENDLESS} SELECT count(*) FROM n")


def test_ctrl_c_stops_the_reading() -> None:
    code = f"""
import sqlite3
from tree.teaching.practice.untrusted_files import guarded
connection = sqlite3.connect(":memory:")
with guarded(connection, most=10**15):
    print("ready", flush=True)
    connection.execute("{ENDLESS} SELECT count(*) FROM n")
"""
    command = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=pipe, stderr=pipe) as reading:
        assert reading.stdout
        assert reading.stdout.readline() == "ready\n"
        reading.send_signal(signal.SIGINT)
        _, said = reading.communicate(timeout=60)
    assert "KeyboardInterrupt" in said


# --- in part ------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_lost_in_part_is_told(tmp_path: Path, liver: tree.Guide) -> None:
    (tmp_path / "class").mkdir()
    record = Record(tmp_path / "class" / "a.sqlite")
    for number in range(40):
        record.add(replace(MISREAD, id=f"{number}", guide=liver.id))
    record.to_json(tmp_path / "class" / "b.json")
    data = json.loads((tmp_path / "class" / "b.json").read_text())
    data["attempts"][3]["seconds"] = 10**400
    data["attempts"][5]["seconds"] = float("nan")
    data["attempts"][7] = {**data["attempts"][6], "right": True}
    (tmp_path / "class" / "b.json").write_text(json.dumps(data, default=str))
    made_more(record.path, "UPDATE attempt SET judged = '[3]' WHERE rowid IN (1, 9)")
    in_b = (
        "3 of 40 attempts could not be read: attempt 4: 'seconds' cannot be 'inf'; "
        "attempt 6: 'seconds' cannot be 'nan'; attempt 8: has the id of another one, '6'"
    )
    in_a = (
        "2 of 40 attempts could not be read: attempt 1: 'judged' cannot hold '3'; "
        "attempt 9: 'judged' cannot hold '3'"
    )
    found = tree.classroom(tmp_path / "class", liver)
    assert found.messages[:2] == [f"a.sqlite: {in_a}", f"b.json: {in_b}"]
    # What is broken in the one is whole in the other.
    assert len(found.gathered.attempts) == 40
    assert "2 files could be read in part; see messages" in str(found)
    for name, lost, count in (("a.sqlite", in_a, 38), ("b.json", in_b, 37)):
        told = tree.progress(tmp_path / "class" / name)
        assert (told.lost, len(told.attempts)) == (lost, count)
        assert lost in " ".join(str(told).split())
        assert "could not be read" in told._repr_html_()
    lesson = tree.Lesson(liver, records=tmp_path / "class")
    lesson.read_records()
    assert lesson.messages == ["2 files could be read in part; tree.classroom says more"]
    lesson.close()
    other = Record(tmp_path / "other.sqlite")
    assert other.take_in(tmp_path / "class" / "b.json") == 37
    assert other.messages == [f"b.json: {in_b}"]


def test_attempts_with_the_ids_of_others_are_not_lost_without_a_word(tmp_path: Path) -> None:
    record = Record(made(tmp_path / "a.sqlite"))
    other = Record(made(tmp_path / "b.sqlite"))
    assert record.take_in(other.path) == 0
    assert record.messages == ["b.sqlite: 2 of 2 attempts not taken in; others have their ids"]


@pytest.mark.parametrize("answer", ["\ud800", "\0", float("nan"), {"a": [[[DEEP[:30]]]] * 2}])
def test_what_could_not_be_read_is_not_kept(tmp_path: Path, answer: Any) -> None:
    record = Record(tmp_path / "record.sqlite")
    if isinstance(answer, dict):
        for _ in range(30):
            answer = [answer]
    with pytest.raises(tree.RecordError, match="answer"):
        record.add(replace(MISREAD, answer=answer))
    assert record.attempts() == []
    assert record.messages == []


def test_names_and_folders_of_any_kind(tmp_path: Path) -> None:
    good = made(tmp_path / "good.sqlite").read_bytes()
    names = [b"of\nlines.sqlite", b"\xff\xfe.sqlite", "\u202e.sqlite".encode()]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(good[:3000])
    # So deep that its path has no room for what is in it.
    place = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=place)
        deeper = os.open("d" * 200, os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = deeper
    os.close(place)
    found = tree.classroom(tmp_path, names=True)
    assert len(found.gathered.attempts) == 2
    told = "\n".join(found.messages)
    assert told.encode().count(b"\n") == 3
    assert "of\\nlines.sqlite: " in told
    assert "\\udcff\\udcfe.sqlite: " in told
    assert "ddd...: cannot be read: File name too long" in told
    str(found).encode()


# --- large --------------------------------------------------------------------------------


def calls_of(act: Callable[[], object]) -> int:
    """How many functions are called: the same on any machine, whoever uses it too."""
    counts: Counter[str] = Counter()
    sys.setprofile(lambda _frame, event, _argument: counts.update((event,)))
    try:
        act()
    finally:
        sys.setprofile(None)
    return counts["call"] + counts["c_call"]


@pytest.mark.slow
def test_a_large_record_takes_work_in_step_with_it(tmp_path: Path, liver: tree.Guide) -> None:
    words = liver.statements[0].quotes[0].line
    step = Judged(False, factor=liver.factors[0].id, statement=liver.statements[0].id, words=words)
    acts: dict[str, Callable[[Path], object]] = {
        "progress": lambda path: str(tree.progress(path)),
        "classroom": lambda path: str(tree.classroom(path.parent)),
        "practice": lambda path: tree.Practice(liver, path).close(),
    }
    # What is imported and kept for later is no work of the record.
    first = made(tmp_path / "first.sqlite")
    for act in acts.values():
        act(first)
    work: dict[str, list[float]] = {name: [] for name in acts}
    sizes = (2_400, 4_800)
    for steps in sizes:
        folder = tmp_path / f"{steps}"
        folder.mkdir()
        record = Record(folder / "record.sqlite")
        made_attempts = (
            replace(MISREAD, guide=liver.id, question=f"q{n % 40}", round=f"r{n // 40}", id=f"{n}")
            for n in range(steps // 8)
        )
        rows = [row(replace(each, judged=(step,) * 8, learner="l")) for each in made_attempts]
        with closing(sqlite3.connect(record.path)) as connection:
            connection.executemany(INSERT, rows)
            connection.commit()
        for name, act in acts.items():
            work[name].append(calls_of(lambda act=act, path=record.path: act(path)))
    for name, (less, more) in work.items():
        each = (more - less) / (sizes[1] - sizes[0])
        print(f"{name}: {each:.0f} calls for each judged step")
        assert each < MOST_CALLS, name


# Measured: 58 to 109; a hundred thousand steps are then a few seconds anywhere.
MOST_CALLS = 120


# --- any ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_strange_records_stop_nothing(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    (tmp_path / "seeds").mkdir()
    seeds = strange.seeds(tmp_path / "seeds")
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / strange.GOOD).write_bytes(seeds[3])
    for number in range(60):
        data = strange.changed(chance, chance.choice(seeds), tmp_path / "scratch.sqlite")
        (folder / f"{number}{chance.choice(('.sqlite', '.json'))}").write_bytes(data)
    read, named = strange.check_class(folder, show=True)
    # Not all are refused at the door, and not all are read.
    assert read > 3
    assert named > 20
    for path in sorted(folder.iterdir())[::6]:
        strange.check_own(path)
