"""The tables of a record in SQLite's format: how they are made, judged and read."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from typing import Any

from ...model.errors import RecordError, shown
from ..questions.attempts import (
    MOST_VALUES,
    VERSION,
    Attempt,
    Kept,
    Round,
    checked,
    checked_round,
    is_text,
    now,
    parsed,
    read_each,
    values_in,
)

# Tells the file from every other SQLite file: "tree" in ASCII.
APPLICATION = 0x74726565
TABLES = ("attempt", "meta", "round")
_COLUMNS = {
    "id": "TEXT PRIMARY KEY",
    "at": "TEXT NOT NULL",
    "round": "TEXT NOT NULL",
    "learner": "TEXT NOT NULL",
    "guide": "TEXT NOT NULL",
    "guide_digest": "TEXT NOT NULL",
    "question": "TEXT NOT NULL",
    "kind": "TEXT NOT NULL",
    "case": "TEXT NOT NULL",
    "answer": "TEXT NOT NULL",
    "right": "INTEGER NOT NULL",
    "factor": "TEXT",
    "statement": "TEXT",
    "option": "TEXT",
    "expected": "TEXT NOT NULL",
    "given": "TEXT NOT NULL",
    "seconds": "REAL NOT NULL",
    "judged": "TEXT NOT NULL",
}
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_PLACES = ", ".join("?" * len(_COLUMNS))
INSERT = f"INSERT INTO attempt ({_NAMES}) VALUES ({_PLACES}) ON CONFLICT (id) DO NOTHING"
_SELECT = f"SELECT {_NAMES} FROM attempt"
_JSON = [place for place, name in enumerate(_COLUMNS) if name in ("answer", "judged")]
_ROUND = "id, guide, guide_digest, questions, position"
_SCHEMA = (
    "CREATE TABLE attempt ("
    + ", ".join(f'"{name}" {kind}' for name, kind in _COLUMNS.items())
    + ")",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE round (id TEXT PRIMARY KEY, guide TEXT NOT NULL, guide_digest TEXT NOT NULL, "
    "questions TEXT NOT NULL, position INTEGER NOT NULL)",
)


# --- made and judged ----------------------------------------------------------------------


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing has been made in a file yet."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return not application and not connection.execute("SELECT 1 FROM sqlite_master").fetchone()


def make(connection: sqlite3.Connection) -> None:
    """Make an empty file a record."""
    for statement in _SCHEMA:
        connection.execute(statement)
    known = {"version": str(VERSION), "learner": secrets.token_hex(8), "begun": now()}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", known.items())
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")


def check(connection: sqlite3.Connection) -> None:
    """Raise RecordError where a file is no record. Runs nothing that its author wrote."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise RecordError("was made by another program")
    if version != VERSION:
        raise RecordError(f"is of version {version}, and this one reads version {VERSION}")
    # Exactly the tables that `make` makes, and so no view, no trigger and no computed column.
    query = f"SELECT type, sql FROM sqlite_master LIMIT {3 * len(_SCHEMA)}"
    made = [sql for kind, sql in connection.execute(query) if (kind, sql) != ("index", None)]
    if sorted(map(str, made)) != sorted(_SCHEMA):
        raise RecordError("has tables that are not those of a record")
    learner(connection)


def look_through(connection: sqlite3.Connection) -> None:
    """Raise RecordError where SQLite finds a file broken."""
    found = " ".join(str(connection.execute("PRAGMA quick_check").fetchone()[0]).split())
    if found != "ok":
        raise RecordError(f"is broken ({found})")


# --- read ---------------------------------------------------------------------------------


def learner(connection: sqlite3.Connection) -> str:
    """The random name of the file's learner."""
    rows = connection.execute("SELECT value FROM meta WHERE key = 'learner'").fetchall()
    if len(rows) != 1 or not is_text(rows[0][0]):
        raise RecordError("does not say whose it is")
    return str(rows[0][0])


def kept(connection: sqlite3.Connection, **wanted: str) -> Kept:
    """The attempts; `wanted`: only those with these values. Raises RecordError as `read_each`."""
    values = 0

    def made(_: int, row: Sequence[Any]) -> Attempt:
        nonlocal values
        values += sum(values_in(row[place]) for place in _JSON)
        if values > MOST_VALUES:
            raise RecordError(f"comes after {MOST_VALUES} values")
        return attempt(row)

    where = " AND ".join(f'"{name}" = ?' for name in wanted)
    query = f"{_SELECT} WHERE {where}" if where else _SELECT
    return read_each(connection.execute(query, tuple(wanted.values())), made)


def rounds(connection: sqlite3.Connection, guide: str | None = None) -> list[Round]:
    """The rounds, of a guide or all, the newest last. Raises RecordError for a broken one."""
    query = f"SELECT {_ROUND} FROM round WHERE guide = ? OR ? IS NULL ORDER BY rowid"
    return [checked_round(row) for row in connection.execute(query, (guide, guide))]


def row(attempt: Attempt) -> list[object]:
    """An attempt as it stands in its table."""
    content = {**vars(attempt), "judged": [vars(step) for step in attempt.judged]}
    for name in ("answer", "judged"):
        content[name] = json.dumps(content[name])
    return [content[name] for name in _COLUMNS]


def attempt(row: Sequence[Any]) -> Attempt:
    """The same back. Raises RecordError where it is none."""
    content = dict(zip(_COLUMNS, row, strict=True))
    for name in ("answer", "judged"):
        try:
            content[name] = parsed(content[name])
        except RecordError as error:
            raise RecordError(f"has a broken '{name}', which {error}") from None
    if content["right"] not in (0, 1):
        raise RecordError(f"'right' cannot be {shown(content['right'])}")
    content["right"] = bool(content["right"])
    return checked(content)
