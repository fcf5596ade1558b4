"""Files that anybody may have written: opened so that they can do nothing but be read.

A file in SQLite's format is a program, too: a view may run without an end, a pipe never answers,
and what lies beside the file tells SQLite what to undo. What is done here follows SQLite's own
advice, https://www.sqlite.org/security.html#untrusted_sqlite_database_files.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ...model.errors import RecordError, shortened

MAX_BYTES = 50_000_000
# Steps of SQLite's machine. The largest record takes a tenth of them; they are some seconds.
MOST_STEPS = 200_000_000
_STRIDE = 10_000
_BESIDE = ("-journal", "-wal", "-shm")
_LOG_AT = 18  # where a SQLite file says that it keeps a log beside it
# A journal ends so where it names another file, which SQLite would remove. Ours never do.
_NAMES_ANOTHER = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_BYTES,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 50,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 2,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 20,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
_PRAGMAS = ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY")


# --- files --------------------------------------------------------------------------------


def beginning(path: Path, length: int) -> bytes:
    """The first bytes of a file. Raises RecordError where it is no plain file or a large one."""
    _check_plain(path)
    # Even where it has become a pipe in between, nobody waits for it.
    flags = getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, mode: os.open(name, mode | flags)) as file:
        return file.read(length)


def _check_plain(path: Path) -> None:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise RecordError("is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise RecordError("is a pipe, a device or the like, not a file")
    if found.st_size > MAX_BYTES:
        raise RecordError(f"holds more than {MAX_BYTES} bytes")


def check_beside(path: Path) -> None:
    """Raise RecordError for what lies beside a SQLite file and would do harm when it is opened."""
    # SQLite looks beside the file itself, not beside a link to it.
    for place in (Path(f"{path.resolve()}{ending}") for ending in _BESIDE):
        try:
            _check_plain(place)
            with place.open("rb") as file:
                file.seek(max(0, place.stat().st_size - len(_NAMES_ANOTHER)))
                if file.read() == _NAMES_ANOTHER:
                    raise RecordError("names a file that would be removed")
        except FileNotFoundError:
            continue
        except RecordError as error:
            raise RecordError(f"{place.name}, which lies beside it, {error}") from None


def log_of(path: Path, start: bytes) -> Path | None:
    """The file beside a SQLite file in which its newest content stands, where it keeps one."""
    return Path(f"{path.resolve()}-wal") if start[_LOG_AT : _LOG_AT + 1] == b"\2" else None


def printable(words: str, limit: int = 400) -> str:
    """Words that may come from a file, or name one, on one line that can be printed.

    >>> print(printable("a\\udcff\\nb"))
    a\\udcff\\nb
    """
    return shortened("".join(c if c.isprintable() else ascii(c)[1:-1] for c in words), limit)


# --- SQLite -------------------------------------------------------------------------------


@contextmanager
def guarded(connection: sqlite3.Connection, most: int = MOST_STEPS) -> Iterator[None]:
    """Within it a connection takes so many steps at most, and needs no file but its own.

    Raises RecordError when they are used up, and KeyboardInterrupt where somebody stops it.
    """
    left = most // _STRIDE

    def step() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    # Broken text is seen by who judges the attempt, and does not stop the reading of others.
    connection.text_factory = lambda data: data.decode(errors="surrogateescape")
    connection.set_progress_handler(step, _STRIDE)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_INTERRUPT:
            raise
        if left >= 0:
            # SQLite swallows what is raised while it asks whether to go on: there, Ctrl-C alone.
            raise KeyboardInterrupt from None
        raise RecordError("takes too long to read") from None
    except UnicodeDecodeError:
        # What SQLite says of a broken file quotes it, and Python cannot read the quote.
        raise RecordError("is broken (it holds broken text)") from None


def only_reads(connection: sqlite3.Connection, tables: Iterable[str]) -> None:
    """Let a connection do nothing from now on but read these tables, themselves and no view."""
    known = {*tables, "sqlite_master"}
    pragmas = {"application_id", "user_version", "quick_check"}
    allowed: dict[int, Callable[[str | None, str | None], bool]] = {
        sqlite3.SQLITE_SELECT: lambda *_: True,
        sqlite3.SQLITE_TRANSACTION: lambda *_: True,
        sqlite3.SQLITE_READ: lambda table, _: table in known,
        sqlite3.SQLITE_PRAGMA: lambda name, value: name in pragmas and value is None,
    }

    def judge(
        action: int, one: str | None, two: str | None, _: str | None, source: str | None
    ) -> int:
        may = source is None and action in allowed and allowed[action](one, two)
        return sqlite3.SQLITE_OK if may else sqlite3.SQLITE_DENY

    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(judge)
