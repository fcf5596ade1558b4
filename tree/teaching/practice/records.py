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
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ...loading import files
from ...model.errors import RecordError
from ..questions.attempts import FORMAT, VERSION, Attempt, Round
from . import record_tables
from .handed_in import MAGIC, PATIENCE, read_record
from .untrusted_files import beginning, check_beside, guarded, printable

DEFAULT = "practice-record.sqlite"
# Names a folder where many practise at one server, each with a file of their own.
FOLDER = "PRACTICE_RECORDS"
# A visitor without a name still gets a record apart from the others.
_NOBODY = secrets.token_hex(4)
SMALLEST = 512  # bytes of a SQLite file
# Another notebook may have set the file aside first; more tries than that are never needed.
ASIDE_AT_ONCE = 5
# SQLite's errors that are about the place of a file or about who else uses it, not its content.
_NOT_THE_FILE = (
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL),
)
T = TypeVar("T")


def own_file() -> Path:
    """The file of a record where none is named.

    `practice-record.sqlite` in the current folder. In an app for many (see
    `tree.jupyter.app`) a file in its folder, named after the visitor whom the address names.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return Path(DEFAULT)
    query = urllib.parse.parse_qs(os.environ.get("QUERY_STRING", ""))
    visitor = re.sub("[^a-z0-9-]", "", query.get("visitor", [""])[0])
    return Path(folder, f"practice-record-{visitor or _NOBODY}.sqlite")


class Record:
    """The record file, by default `own_file()`. `messages` tells what was set aside.

    A file that is broken, or that another program has made, is renamed to `….set-aside-1` (or
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
        if self.path.is_char_device() or self.path.is_block_device():
            raise OSError(f"{self.path}: is a device; name a file for the record")
        self._do(_look_through)

    def __repr__(self) -> str:
        return f"<record {self.path.name!r}: {len(self.attempts())} attempts>"

    @property
    def learner(self) -> str:
        """The random name of this file's learner; it tells nothing about the person."""
        return self._do(record_tables.learner)

    def add(self, attempt: Attempt) -> Attempt:
        """Keep one attempt. It is on the disk when this returns.

        Raises RecordError for one that could not be read again.
        """
        # What is judged by the same rule when it is read: nothing is kept that is then refused.
        record_tables.attempt(record_tables.row(attempt))

        def work(connection: sqlite3.Connection) -> Attempt:
            kept = replace(attempt, learner=attempt.learner or record_tables.learner(connection))
            connection.execute(record_tables.INSERT, record_tables.row(kept))
            return kept

        return self._do(work, writes=True)

    def attempts(self, guide: str | None = None, round: str | None = None) -> list[Attempt]:
        """Every attempt, or those of one guide or round, the oldest first."""
        wanted = {"guide": guide, "round": round}
        given = {name: value for name, value in wanted.items() if value is not None}
        return list(self._do(lambda c: _whole(c, **given)))

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
        return self._do(lambda c: record_tables.rounds(c, guide))

    def to_json(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write every attempt as JSON, to hand it in or to keep it.

        Raises FileExistsError where there is a file already, unless `force` is given.
        """
        data = {
            "format": FORMAT,
            "version": VERSION,
            "learner": self.learner,
            "attempts": [
                {**vars(attempt), "judged": [vars(step) for step in attempt.judged]}
                for attempt in self.attempts()
            ],
        }
        content = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        files.write(Path(path), content.encode(), force=force)

    def take_in(self, path: str | os.PathLike[str]) -> int:
        """Add the attempts of another record, of either kind; says how many were new.

        `messages` tells what could not be taken in. Raises RecordError where the file is no
        record.
        """
        name, found = printable(Path(path).name), read_record(path)

        def work(connection: sqlite3.Connection) -> tuple[int, int]:
            before = connection.total_changes
            connection.executemany(record_tables.INSERT, map(record_tables.row, found.attempts))
            new = connection.total_changes - before
            known = {each.id: each for each in _whole(connection)}
            return new, sum(known[each.id] != each for each in found.attempts)

        new, differing = self._do(work, writes=True)
        if found.lost:
            self.messages.append(f"{name}: {found.lost}")
        if differing:
            count = f"{differing} of {len(found.attempts)} attempts"
            self.messages.append(f"{name}: {count} not taken in; others have their ids")
        return new

    # --- the file -------------------------------------------------------------------------

    def _do(self, work: Callable[[sqlite3.Connection], T], writes: bool = False) -> T:
        """Open the file, do something in one transaction, and close it.

        A file that is not a record, or a broken one, is set aside first.
        """
        for _ in range(ASIDE_AT_ONCE):
            judged = _identity(self.path)
            try:
                return self._once(work, writes)
            except RecordError as error:
                with _nobody_else_sets_aside():
                    # Otherwise another notebook was faster and has set it aside already.
                    if _identity(self.path) == judged:
                        self._set_aside(str(error))
        raise OSError(f"{self.path}: another program keeps writing to this file")

    def _once(self, work: Callable[[sqlite3.Connection], T], writes: bool) -> T:
        _check_beginning(self.path)
        check_beside(self.path)
        try:
            # Transactions are begun by hand, so that a writer waits before it has read anything.
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            with contextlib.closing(connection), guarded(connection):
                _check(connection)
                connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
                with connection:
                    return work(connection)
        except sqlite3.DatabaseError as error:
            # The lower byte is the kind of error, the rest says more about it.
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _NOT_THE_FILE:
                raise OSError(f"{self.path}: the record cannot be kept: {error}") from error
            raise RecordError(f"is broken ({error})") from None

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
            f"{printable(self.path.name)} was not used, because it {printable(why)}. "
            f"It is kept as {printable(aside.name)}, and a new record is begun."
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
    """Raise RecordError for a file with content that is not SQLite's.

    SQLite itself takes a file that is shorter than its smallest page for an empty one.
    """
    try:
        start = beginning(path, SMALLEST)
    except FileNotFoundError:
        return
    if start and (len(start) < SMALLEST or not start.startswith(MAGIC)):
        raise RecordError("is not a record (not a SQLite file)")


def _check(connection: sqlite3.Connection) -> None:
    """Raise RecordError where the file is not a record; an empty one is made into one."""
    # One transaction, so that a file that another notebook is making is seen whole.
    connection.execute("BEGIN IMMEDIATE" if record_tables.is_empty(connection) else "BEGIN")
    with connection:
        if record_tables.is_empty(connection):
            record_tables.make(connection)
        record_tables.check(connection)


def _look_through(connection: sqlite3.Connection) -> None:
    """Raise RecordError where something in the file is broken."""
    record_tables.look_through(connection)
    _whole(connection)
    record_tables.rounds(connection)


def _whole(connection: sqlite3.Connection, **wanted: str) -> tuple[Attempt, ...]:
    """The attempts of a record of our own. Raises RecordError where one of them is broken."""
    try:
        found = record_tables.kept(connection, **wanted)
    except RecordError as error:
        raise RecordError(f"is broken ({error})") from None
    if found.lost:
        raise RecordError(f"is broken ({found.lost})")
    return found.attempts


def _identity(path: Path) -> object:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns
