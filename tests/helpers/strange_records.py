"""Records that nobody should hand in, made by chance; and what must hold of any of them.

Whatever is in a folder, a class reads the good records, and each strange one is either read whole
or named in a message. A student's own one is used, or set aside as it was.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import tree
from tree.teaching.classroom.gather import gather
from tree.teaching.practice.handed_in import MAGIC, read_record
from tree.teaching.practice.records import Record
from tree.teaching.questions.attempts import Attempt, Judged

GOOD = "good.json"
STEP = Judged(False, factor="rain", statement="s1", option="walk", words="If it rains, stay.")
MADE = Attempt("g", "d", "branch/a", "branch", "a", {"rain": "no"}, False, factor="rain")
DEEP = "[" * 20_000 + "]" * 20_000
# What stands in the place of a value, in SQL and in JSON.
IN_SQL: list[Any] = [
    *(None, 0, -1, 2, 2**63 - 1, 1e308, float("inf"), "", "\0", "\u202e", "x" * 100_000),
    *(b"", b"\xff\xfe", "[]", "{", "NaN", "[NaN]", "1e999", DEEP, '"\\ud800"', '[{"right": 1}]'),
    *("99999-12-31T00:00:00", "9" * 5_000, '{"__proto__": {}}', "[" + "1," * 3_000 + "1]"),
]
IN_JSON: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        10**25,
        1e308,
        float("inf"),
        float("nan"),
        "",
        "\0",
        "\ud800",
        "x" * 9_000,
    ),
    *(
        [],
        {},
        [[]],
        {"": ""},
        {"__proto__": 1},
        [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]],
        "then",
    ),
]
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT"
TABLES = ("attempt", "round", "meta")


def seeds(folder: Path) -> list[bytes]:
    """Good records of every kind, as bytes."""
    found = []
    for number, count in enumerate((1, 5, 40)):
        path = folder / f"seed{number}.sqlite"
        if number == 1:
            # Of many small pages, so that chance meets what holds them together.
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA page_size = 512")
                connection.execute("VACUUM")
        record = Record(path)
        for each in range(count):
            record.add(
                replace(MADE, id=f"{each}", answer="t" * each * 9, judged=(STEP,) * (each % 4))
            )
        record.move(record.begin("g", "d", ["branch/a"]), 1)
        record.to_json(path.with_suffix(".json"))
        found += [path.read_bytes(), path.with_suffix(".json").read_bytes()]
    return found


# --- made strange -------------------------------------------------------------------------


def changed(chance: random.Random, seed: bytes, scratch: Path) -> bytes:
    """A good record with something wrong, or with a good deal wrong."""
    data = seed
    for _ in range(chance.choice((1, 1, 2, 4))):
        kind = chance.random()
        if data.startswith(MAGIC) and kind < 0.5:
            data = _changed_by_sql(chance, data, scratch)
        elif not data.startswith(MAGIC) and kind < 0.7:
            data = _changed_json(chance, data)
        else:
            data = _changed_bytes(chance, data)
    return data


def _changed_bytes(chance: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        if not made:
            break
        # The header and the first page hold what the rest hangs on.
        place = chance.randrange(
            chance.choice((min(100, len(made)), min(1024, len(made)), len(made)))
        )
        kind = chance.randrange(8)
        if kind < 4:
            made[place] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        elif kind == 4:
            made[place : place + chance.randrange(1, 9)] = b""
        elif kind == 5:
            made[place:place] = chance.randbytes(chance.randrange(1, 9))
        elif kind == 6:
            length, other = chance.randrange(1, 600), chance.randrange(len(made))
            made[place : place + length] = made[other : other + length]
        elif chance.random() < 0.3:
            del made[place:]
    return bytes(made)


def _changed_by_sql(chance: random.Random, data: bytes, scratch: Path) -> bytes:
    """Changed by SQLite itself, as far as it takes the file."""
    scratch.write_bytes(data)
    # Without what it takes to be quick: the file is thrown away.
    with (
        suppress(sqlite3.Error, OverflowError, UnicodeError),
        closing(sqlite3.connect(scratch)) as c,
    ):
        c.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        c.set_progress_handler(lambda: 1, 1_000_000)
        with c:
            chance.choice(_BY_SQL)(chance, c)
    return scratch.read_bytes()


def _value(chance: random.Random, c: sqlite3.Connection) -> None:
    table = chance.choice(("attempt", "attempt", "attempt", *TABLES))
    columns = [row[1] for row in c.execute(f"PRAGMA table_info({table})")] or ["rowid"]
    place = chance.choice(("rowid = 1", "rowid % 2", "1"))
    value = chance.choice(IN_SQL)
    as_text = "CAST(? AS TEXT)" if isinstance(value, bytes) and chance.random() < 0.5 else "?"
    c.execute(f'UPDATE {table} SET "{chance.choice(columns)}" = {as_text} WHERE {place}', (value,))


def _schema(chance: random.Random, c: sqlite3.Connection) -> None:
    c.execute("PRAGMA writable_schema = ON")
    table = chance.choice(TABLES)
    found = c.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    sql = str(found[0]) if found else ""
    made = chance.choice(
        [
            f"CREATE VIEW {table} AS {ENDLESS} x FROM n",
            f"CREATE VIRTUAL TABLE {table} USING fts5(x)",
            f"CREATE TRIGGER {table} AFTER INSERT ON attempt BEGIN {ENDLESS} x FROM n; END",
            sql.replace("TEXT NOT NULL", "TEXT AS (printf('%1000000000d', 1))", 1),
            sql.replace("NOT NULL", "NOT NULL CHECK (length(randomblob(1000000000)) > 0)", 1),
            sql.replace("NOT NULL", "COLLATE nothing", 1),
            sql.replace("TEXT", "TEXT GENERATED ALWAYS AS (1) STORED", 1),
            sql + " WITHOUT ROWID",
            sql * 2,
            "",
        ]
    )
    c.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (made, table))
    if chance.random() < 0.3:
        c.execute("UPDATE sqlite_master SET rootpage = ?", (chance.randrange(6),))


def _objects(chance: random.Random, c: sqlite3.Connection) -> None:
    table = chance.choice(TABLES)
    c.execute(
        chance.choice(
            [
                f"ALTER TABLE {table} RENAME TO old",
                f"DROP TABLE {table}",
                f"DELETE FROM {table}",
                "CREATE INDEX i ON attempt (length(hex(answer)))",
                "CREATE TABLE more (x)",
                f"CREATE TRIGGER t AFTER INSERT ON {table} BEGIN DELETE FROM attempt; END",
                f"CREATE TRIGGER t BEFORE UPDATE ON {table} BEGIN {ENDLESS} x FROM n; END",
                f"CREATE VIEW v AS {ENDLESS} x FROM n",
                "ALTER TABLE attempt ADD COLUMN more TEXT",
                "UPDATE attempt SET id = 'same' || rowid, learner = 'other'",
            ]
        )
    )


def _pragmas(chance: random.Random, c: sqlite3.Connection) -> None:
    name = chance.choice(("user_version", "application_id", "page_size", "auto_vacuum", "encoding"))
    value = chance.choice((0, 1, 2, 512, 65_536, "'UTF-16'"))
    c.execute(f"PRAGMA {name} = {value}")
    if chance.random() < 0.5:
        c.execute("PRAGMA journal_mode = WAL")


_BY_SQL: list[Callable[[random.Random, sqlite3.Connection], None]]
_BY_SQL = [_value, _value, _value, _schema, _objects, _pragmas]


def _changed_json(chance: random.Random, data: bytes) -> bytes:
    try:
        whole = [json.loads(data)]
    except (ValueError, RecursionError):
        return _changed_bytes(chance, data)
    holder: Any = whole
    place: Any = 0
    # Down to some value, which becomes another one, or more or fewer.
    while chance.random() < 0.8 and isinstance(holder[place], dict | list) and holder[place]:
        holder = holder[place]
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        place = chance.choice(keys)
    kind = chance.randrange(6)
    if kind == 0 and isinstance(holder, list):
        holder.append(holder[place])
    elif kind == 1:
        del holder[place]
    elif kind == 2 and isinstance(holder, dict):
        holder[chance.choice(("", "id", "learner", "constructor", "secnds"))] = holder[place]
    else:
        holder[place] = chance.choice(IN_JSON)
    made = json.dumps(whole)[1:-1]
    if chance.random() < 0.1:
        made = made.replace("[]", chance.choice((DEEP, "[1e400]", "9" * 5_000)), 1)
    return made.encode(chance.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16")))


# --- what must hold -----------------------------------------------------------------------


def check_class(folder: Path, show: bool = False) -> tuple[int, int]:
    """What a class makes of a folder: how many records were read whole, and how many named."""
    before = {path.name: _seen(path) for path in folder.iterdir()}
    found = gather(folder)
    assert {path.name: _seen(path) for path in folder.iterdir()} == before
    assert {a.id for a in found.attempts} >= {a.id for a in read_record(folder / GOOD).attempts}
    named = {message.split(": ", 1)[0] for message in (*found.unreadable, *found.partly)}
    for message in (*found.unreadable, *found.partly):
        assert message.isprintable(), message
    named |= {*found.skipped, *found.empty}
    read = {name for names in found.files.values() for name in names}
    assert read | named == before.keys(), before.keys() - read - named
    for name in read - named:
        assert len(read_record(folder / name).attempts) == _held(folder / name), name
    if show:
        shown = tree.classroom(folder)
        (str(shown) + "\n".join(shown.messages) + shown._repr_html_()).encode()
        for name in before:
            with suppress(tree.RecordError):
                alone = tree.progress(folder / name)
                (str(alone) + alone._repr_html_()).encode()
    return len(read - named), len(named)


def check_own(path: Path) -> bool:
    """What a student's own record becomes: whether it was used. The file is used up."""
    before = path.read_bytes()
    record = Record(path)
    aside = Path(f"{path}.set-aside-1")
    if aside.exists():
        assert len(record.messages) == 1
        assert record.messages[0].isprintable()
        assert aside.read_bytes() == before
    else:
        assert record.messages == []
        assert len(record.attempts()) == (_held(path) if before else 0)
    count = len(record.attempts())
    made = record.add(replace(MADE, id="new"))
    assert len(record.attempts()) == count + 1
    assert made in record.attempts()
    assert made in read_record(path).attempts
    return not aside.exists()


def _seen(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


def _held(path: Path) -> int:
    """How many attempts a record holds, counted in another way."""
    if path.read_bytes().startswith(MAGIC):
        # As a copy, for SQLite may have to make a file beside it.
        copy = shutil.copy(path, path.parent.parent / f"copy-{os.getpid()}.sqlite")
        with closing(sqlite3.connect(copy)) as c:
            return int(c.execute("SELECT count(*) FROM attempt NOT INDEXED").fetchone()[0])
    text = path.read_bytes().decode("utf-8-sig")
    return len({json.dumps(each, sort_keys=True) for each in json.loads(text)["attempts"]})
