"""Reading a record that anybody may have written: SQLite or JSON, the file left as it is."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from ...model.errors import RecordError
from ..questions.attempts import Kept, from_json
from . import record_tables
from .untrusted_files import (
    MAX_BYTES,
    beginning,
    check_beside,
    guarded,
    log_of,
    only_reads,
    printable,
)

MAGIC = b"SQLite format 3\0"
_START = 100  # bytes of SQLite's header
PATIENCE = 30.0  # seconds to wait while a notebook writes


def read_record(path: str | os.PathLike[str]) -> Kept:
    """What a record file holds, SQLite or JSON. The file stays as it is.

    What is wrong with single attempts is said in `lost`. Raises RecordError, in one line, where
    the file is no record or nothing in it can be read, and OSError where there is none.

    >>> read_record("notebooks/made_up_record.json").lost
    ''
    """
    place = Path(path)
    try:
        start = beginning(place, _START)
        return _from_sqlite(place, start) if start.startswith(MAGIC) else _from_json(place)
    except RecordError as error:
        raise RecordError(f"{printable(place.name)}: {printable(str(error))}") from None


def _from_json(place: Path) -> Kept:
    # Broken letters are seen by who judges the attempt that they stand in.
    text = beginning(place, MAX_BYTES).decode("utf-8-sig", "surrogateescape")
    try:
        return from_json(text)
    except RecordError as error:
        if str(error) == "is not JSON":
            raise RecordError("neither a record of practice nor JSON") from None
        raise


def _from_sqlite(place: Path, start: bytes) -> Kept:
    check_beside(place)
    log = log_of(place, start)
    if log and log.exists() and log.stat().st_size:
        raise RecordError(f"is incomplete: its newest attempts are in {log.name}, beside it")
    # Even to read it, SQLite would make the log of a file that keeps one.
    uri = place.absolute().as_uri() + "?mode=ro" + "&immutable=1" * bool(log)
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
        with contextlib.closing(connection), guarded(connection):
            only_reads(connection, record_tables.TABLES)
            # One transaction, so that a file that a notebook writes to is seen whole.
            connection.execute("BEGIN")
            record_tables.check(connection)
            record_tables.look_through(connection)
            return record_tables.kept(connection)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK:
            raise RecordError(
                "was left while it was written to; open it once in its notebook"
            ) from None
        raise RecordError(f"cannot be read: {error}") from None
