"""The record of practice: every attempt in one small SQLite file, kept at once.

The file is opened for each attempt and closed after it, so that two notebooks can write to it,
and so that it can be copied or handed in at any moment: there is nothing beside it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import sqlite3
import tempfile
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

from .. import files
from ..errors import RecordError
from .attempts import FORMAT, VERSION, Attempt, Round, checked, from_json, now

DEFAULT = "practice-record.sqlite"
# Names a folder where many practise at one server, each with a file of their own.
FOLDER = "PRACTICE_RECORDS"
# Who comes without a name is told apart from the others all the same.
_NOBODY = secrets.token_hex(4)
# Tells the file from every other SQLite file: "tree" in ASCII.
APPLICATION = 0x74726565
PATIENCE = 30.0  # seconds to wait while another notebook writes
MAX_BYTES = 50_000_000
MAGIC, SMALLEST = b"SQLite format 3\0", 512
_LOG_AT = 18  # where a SQLite file says that it keeps a log beside it
# Another notebook may have set the file aside first; more tries than that are never needed.
ASIDE_AT_ONCE = 5
T = TypeVar("T")


def own_file() -> Path:
    """The file of a record where none is named.

    `practice-record.sqlite` in the current folder. In an app for many (see `tree.app`) a file
    in its folder, named after the visitor whom the address names.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return Path(DEFAULT)
    query = urllib.parse.parse_qs(os.environ.get("QUERY_STRING", ""))
    visitor = re.sub("[^a-z0-9-]", "", query.get("visitor", [""])[0])
    return Path(folder, f"practice-record-{visitor or _NOBODY}.sqlite")


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
_INSERT = f"INSERT OR IGNORE INTO attempt ({_NAMES}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_SELECT = f"SELECT {_NAMES} FROM attempt ORDER BY at, rowid"
_ROUND = "id, guide, guide_digest, questions, position"
_SCHEMA = (
    "CREATE TABLE attempt ("
    + ", ".join(f'"{name}" {kind}' for name, kind in _COLUMNS.items())
    + ")",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE round (id TEXT PRIMARY KEY, guide TEXT NOT NULL, guide_digest TEXT NOT NULL, "
    "questions TEXT NOT NULL, position INTEGER NOT NULL)",
)


class _Unusable(Exception):
    """The file is no record, or a broken one; says why."""


class Record:
    """The record file, by default `own_file()`. `messages` tells what was set aside.

    A file that is broken, or that something else has made, is renamed to `….set-aside-1` (or
    the next free number), and a new one begun; nothing is deleted. Raises OSError where the
    place cannot be read or written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     record = Record(Path(folder, "record.sqlite"))
    ...     _ = record.add(Attempt("g", "d", "branch/a", "branch", "a", {"rain": "no"}, True))
    ...     [(a.question, a.answer, a.right) for a in record.attempts()]
    [('branch/a', {'rain': 'no'}, True)]
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = Path(path or own_file()).absolute()
        self.messages: list[str] = []
        if self.path.is_dir():
            raise IsADirectoryError(f"{self.path}: is a folder; name a file for the record")
        self._do(_look_through)

    def __repr__(self) -> str:
        return f"<record {self.path.name!r}: {len(self.attempts())} attempts>"

    @property
    def learner(self) -> str:
        """The random name of this file's learner; it tells nothing about the person."""
        return self._do(_learner)

    def add(self, attempt: Attempt) -> Attempt:
        """Keep one attempt. It is on the disk when this returns."""

        def work(connection: sqlite3.Connection) -> Attempt:
            kept = replace(attempt, learner=attempt.learner or _learner(connection))
            connection.execute(_INSERT, _row(kept))
            return kept

        return self._do(work, writes=True)

    def attempts(self, guide: str | None = None) -> list[Attempt]:
        """Every attempt, or those of one guide, the oldest first."""
        return [attempt for attempt in self._do(_select) if guide in (None, attempt.guide)]

    def begin(self, guide: str, guide_digest: str, questions: Sequence[str]) -> Round:
        """Keep a new round."""
        made = Round(secrets.token_hex(8), guide, guide_digest, tuple(questions))
        row = (made.id, guide, guide_digest, json.dumps(list(questions)))
        self._do(lambda c: c.execute("INSERT INTO round VALUES (?, ?, ?, ?, 0)", row), writes=True)
        return made

    def move(self, round: Round, position: int) -> Round:
        """Keep where the student stands in a round. It never goes back."""
        query = "UPDATE round SET position = max(position, ?) WHERE id = ?"
        self._do(lambda c: c.execute(query, (position, round.id)), writes=True)
        return replace(round, position=max(position, round.position))

    def rounds(self, guide: str) -> list[Round]:
        """Every round of a guide, the newest last."""
        query = f"SELECT {_ROUND} FROM round WHERE guide = ? ORDER BY rowid"
        return self._do(lambda c: [_round(row) for row in c.execute(query, (guide,))])

    def to_json(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write every attempt as JSON, to hand it in or to keep it.

        Raises FileExistsError where there is a file already, unless `force` is given.
        """
        data = {
            "format": FORMAT,
            "version": VERSION,
            "learner": self.learner,
            "attempts": [asdict(attempt) for attempt in self.attempts()],
        }
        content = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        files.write(Path(path), content.encode(), force=force)

    def take_in(self, path: str | os.PathLike[str]) -> int:
        """Add the attempts of another record, of either kind; says how many were new.

        Raises RecordError where the file is no record.
        """
        found = read_attempts(path)

        def work(connection: sqlite3.Connection) -> int:
            before = connection.total_changes
            connection.executemany(_INSERT, map(_row, found))
            return connection.total_changes - before

        return self._do(work, writes=True)

    # --- the file -------------------------------------------------------------------------

    def _do(self, work: Callable[[sqlite3.Connection], T], writes: bool = False) -> T:
        """Open the file, do something in one transaction, and close it.

        A file that is not a record, or a broken one, is set aside first.
        """
        for _ in range(ASIDE_AT_ONCE):
            judged = _identity(self.path)
            try:
                return self._once(work, writes)
            except _Unusable as error:
                with _nobody_else_sets_aside():
                    # Else another notebook was faster, and has set it aside already.
                    if _identity(self.path) == judged:
                        self._set_aside(str(error))
        raise OSError(f"{self.path}: something else writes to this file again and again")

    def _once(self, work: Callable[[sqlite3.Connection], T], writes: bool) -> T:
        _check_beginning(self.path)
        try:
            # Transactions are begun by hand, so that a writer waits before it has read anything.
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            with contextlib.closing(connection):
                _check(connection, make=True)
                connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
                with connection:
                    return work(connection)
        except sqlite3.DatabaseError as error:
            # The lower byte is the kind of error, the rest says more about it.
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise _Unusable(f"it is broken ({error})") from None
            raise OSError(f"{self.path}: the record cannot be kept: {error}") from error

    def _set_aside(self, why: str) -> None:
        number = 1
        while (aside := Path(f"{self.path}.set-aside-{number}")).exists():
            number += 1
        # What SQLite keeps beside a file belongs to that file, and would spoil a new one. The file
        # itself goes last, for as soon as it is away another notebook begins a new one.
        for ending in ("-journal", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.rename(f"{self.path}{ending}", f"{aside}{ending}")
        os.rename(self.path, aside)
        self.messages.append(
            f"{self.path.name} was not used, because {why}. It is kept as {aside.name}, "
            "and a new record is begun."
        )


@contextlib.contextmanager
def _nobody_else_sets_aside() -> Iterator[None]:
    """While one notebook of this computer sets a file aside, the others wait.

    The lock is SQLite's own, which works everywhere, and ends with the process that holds it. It
    is not beside the record, where nothing else is to be.
    """
    user = os.getuid() if hasattr(os, "getuid") else "own"
    lock = Path(tempfile.gettempdir(), f"practice-records-{user}.lock")
    with contextlib.ExitStack() as held:
        try:
            connection = sqlite3.connect(lock, timeout=PATIENCE, isolation_level=None)
            held.enter_context(contextlib.closing(connection))
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise OSError(f"{lock}: cannot be locked: {error}") from error
        yield


def _check_beginning(path: Path) -> None:
    """Raise _Unusable for a file with content that is not SQLite's.

    SQLite itself takes a file that is shorter than its smallest page for an empty one.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(SMALLEST)
    except FileNotFoundError:
        return
    if beginning and (len(beginning) < SMALLEST or not beginning.startswith(MAGIC)):
        raise _Unusable("it is no record (not a SQLite file)")


def _identity(path: Path) -> object:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _check(connection: sqlite3.Connection, make: bool) -> None:
    """Raise _Unusable where the file is not a record; an empty one is made into one."""
    # One transaction, so that a file that another notebook is making is seen whole.
    connection.execute("BEGIN IMMEDIATE" if make and _is_empty(connection) else "BEGIN")
    with connection:
        if make and _is_empty(connection):
            _make(connection)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION:
            raise _Unusable("something else has made it")
        if version != VERSION:
            raise _Unusable(f"it is of version {version}, and this one reads version {VERSION}")
        if not _fits(connection):
            raise _Unusable("its tables are not those of a record")


def _is_empty(connection: sqlite3.Connection) -> bool:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return not application and not connection.execute("SELECT * FROM sqlite_master").fetchall()


def _fits(connection: sqlite3.Connection) -> bool:
    """Whether everything that is needed is in the tables."""
    try:
        connection.execute(f"SELECT {_NAMES} FROM attempt LIMIT 0")
        connection.execute(f"SELECT {_ROUND} FROM round LIMIT 0")
        return bool(_learner(connection))
    except (sqlite3.OperationalError, TypeError) as error:
        if isinstance(error, TypeError) or "no such" in str(error):
            return False
        raise


def _make(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA:
        connection.execute(statement)
    known = {"version": str(VERSION), "learner": secrets.token_hex(8), "begun": now()}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", known.items())
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _look_through(connection: sqlite3.Connection) -> None:
    """Raise _Unusable where something in the file is broken."""
    found = connection.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise _Unusable(f"it is broken ({found})")
    try:
        _select(connection)
        for row in connection.execute(f"SELECT {_ROUND} FROM round"):
            _round(row)
    except (RecordError, ValueError, TypeError) as error:
        raise _Unusable(f"it is broken ({error})") from None


def _learner(connection: sqlite3.Connection) -> str:
    query = "SELECT value FROM meta WHERE key = 'learner'"
    return str(connection.execute(query).fetchone()[0])


def _select(connection: sqlite3.Connection) -> list[Attempt]:
    rows = connection.execute(_SELECT).fetchall()
    return [_attempt(f"attempt {number}", row) for number, row in enumerate(rows, 1)]


def _round(row: Sequence[Any]) -> Round:
    id, guide, digest, questions, position = row
    return Round(id, guide, digest, tuple(map(str, json.loads(questions))), int(position))


def _row(attempt: Attempt) -> list[object]:
    content = asdict(attempt)
    content["answer"] = json.dumps(content["answer"])
    content["judged"] = json.dumps(content["judged"])
    return [content[name] for name in _COLUMNS]


def _attempt(place: str, row: Sequence[Any]) -> Attempt:
    content = dict(zip(_COLUMNS, row, strict=True))
    content["answer"] = json.loads(content["answer"])
    content["judged"] = json.loads(content["judged"])
    content["right"] = bool(content["right"])
    return checked(place, content)


# --- reading records of either kind --------------------------------------------------------


def read_attempts(path: str | os.PathLike[str]) -> list[Attempt]:
    """The attempts in a record file, SQLite or JSON, the oldest first. The file stays as it is.

    Raises RecordError, in one line, where the file is neither, and OSError where it cannot be
    read.
    """
    place = Path(path)
    with place.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RecordError(f"{place.name}: more than {MAX_BYTES} bytes")
    if data.startswith(MAGIC):
        return _from_sqlite(place, has_log=data[_LOG_AT : _LOG_AT + 1] == b"\2")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise RecordError(f"{place.name}: neither a record of practice nor JSON") from None
    return from_json(place.name, found)


def _from_sqlite(place: Path, has_log: bool) -> list[Attempt]:
    # Even to read it, SQLite would make the log of a file that keeps one.
    uri = place.absolute().as_uri() + "?mode=ro" + "&immutable=1" * has_log
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
        with contextlib.closing(connection):
            _check(connection, make=False)
            _look_through(connection)
            return _select(connection)
    except _Unusable as error:
        raise RecordError(f"{place.name}: not used, because {error}") from None
    except sqlite3.Error as error:
        raise RecordError(f"{place.name}: cannot be read: {error}") from None
