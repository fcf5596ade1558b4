"""The record of practice: every attempt in one small SQLite file, kept at once.

The file is opened for each attempt and closed after it, so that two notebooks can write to it,
and so that it can be copied or handed in at any moment: there is nothing beside it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import files
from .errors import RecordError, shown

DEFAULT = "practice-record.sqlite"
FORMAT, VERSION = "practice-record", 1
# Tells the file from every other SQLite file: "tree" in ASCII.
APPLICATION = 0x74726565
PATIENCE = 30.0  # seconds to wait while another notebook writes
MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class Judged:
    """One step of an attempt: a factor or a statement on an option, and whether it was right.

    `words`: the words of the text, so that a record can be read without its guide.
    """

    right: bool
    factor: str = ""
    statement: str = ""
    option: str = ""
    words: str = ""

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """What it was about, as ("factor", id) and ("statement", id)."""
        both = (("factor", self.factor), ("statement", self.statement))
        return tuple(key for key in both if key[1])


@dataclass(frozen=True)
class Attempt:
    """One answer to one question. `factor`, `statement` and `option` say what was misread first;
    `expected` and `given` how; `judged` what was read rightly up to there."""

    guide: str
    guide_digest: str
    question: str
    kind: str
    case: str
    answer: Any
    right: bool
    factor: str | None = None
    statement: str | None = None
    option: str | None = None
    expected: str = ""
    given: str = ""
    seconds: float = 0.0
    round: str = ""
    judged: tuple[Judged, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    at: str = field(default_factory=lambda: now())
    learner: str = ""


@dataclass(frozen=True)
class Round:
    """Questions drawn for a guide, by their ids, and where the student stands in them."""

    id: str
    guide: str
    guide_digest: str
    questions: tuple[str, ...]
    position: int = 0


def now() -> str:
    """The time in UTC, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def first_tries(attempts: Iterable[Attempt]) -> Iterator[Attempt]:
    """The first attempt at each question of each round: what came before any feedback."""
    seen = set()
    for attempt in attempts:
        key = attempt.learner, attempt.guide, attempt.round, attempt.question
        if key not in seen:
            seen.add(key)
            yield attempt


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
_SCHEMA = (
    f"CREATE TABLE attempt ({', '.join(f'{chr(34)}{n}{chr(34)} {t}' for n, t in _COLUMNS.items())})",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE round (id TEXT PRIMARY KEY, guide TEXT NOT NULL, guide_digest TEXT NOT NULL, "
    "questions TEXT NOT NULL, position INTEGER NOT NULL)",
)


class _Foreign(Exception):
    """The file is no record of ours; says why."""


class Record:
    """The record file. `messages` tells what was set aside.

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

    def __init__(self, path: str | os.PathLike[str] = DEFAULT) -> None:
        self.path = Path(path).absolute()
        self.messages: list[str] = []
        if self.path.is_dir():
            raise IsADirectoryError(f"{self.path}: is a folder; name a file for the record")
        with self._opened() as connection:
            try:
                found = connection.execute("PRAGMA quick_check").fetchone()[0]
                broken = "" if found == "ok" else str(found)
            except sqlite3.DatabaseError as error:
                broken = str(error)
        if broken:
            self._set_aside(f"it is broken ({broken})")
            with self._opened():
                pass

    def __repr__(self) -> str:
        return f"<record {self.path.name!r}: {len(self.attempts())} attempts>"

    @property
    def learner(self) -> str:
        """The random name of this file's learner; it tells nothing about the person."""
        with self._opened() as connection:
            query = "SELECT value FROM meta WHERE key = 'learner'"
            return str(connection.execute(query).fetchone()[0])

    def add(self, attempt: Attempt) -> Attempt:
        """Keep one attempt. It is on the disk when this returns."""
        with self._opened() as connection:
            learner = connection.execute("SELECT value FROM meta WHERE key = 'learner'")
            kept = replace(attempt, learner=attempt.learner or str(learner.fetchone()[0]))
            with connection:
                connection.execute(_INSERT, _row(kept))
        return kept

    def attempts(self, guide: str | None = None) -> list[Attempt]:
        """Every attempt, or those of one guide, the oldest first."""
        with self._opened() as connection:
            found = [_attempt(row) for row in connection.execute(_SELECT)]
        return [attempt for attempt in found if guide in (None, attempt.guide)]

    def begin(self, guide: str, guide_digest: str, questions: Sequence[str]) -> Round:
        """Keep a new round."""
        made = Round(secrets.token_hex(8), guide, guide_digest, tuple(questions))
        with self._opened() as connection, connection:
            connection.execute(
                "INSERT INTO round VALUES (?, ?, ?, ?, 0)",
                (made.id, guide, guide_digest, json.dumps(list(made.questions))),
            )
        return made

    def move(self, round: Round, position: int) -> Round:
        """Keep where the student stands in a round. It never goes back."""
        with self._opened() as connection, connection:
            connection.execute(
                "UPDATE round SET position = max(position, ?) WHERE id = ?", (position, round.id)
            )
        return replace(round, position=max(position, round.position))

    def rounds(self, guide: str) -> list[Round]:
        """Every round of a guide, the newest last."""
        query = (
            "SELECT id, guide, guide_digest, questions, position FROM round "
            "WHERE guide = ? ORDER BY rowid"
        )
        with self._opened() as connection:
            rows = connection.execute(query, (guide,)).fetchall()
        return [
            Round(id, of, digest, tuple(json.loads(ids)), at) for id, of, digest, ids, at in rows
        ]

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
        with self._opened() as connection, connection:
            before = connection.total_changes
            connection.executemany(_INSERT, map(_row, found))
            return connection.total_changes - before

    # --- the file -------------------------------------------------------------------------

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection to the file, which is made or set aside and made where needed."""
        try:
            connection = self._connect()
        except _Foreign as error:
            self._set_aside(str(error))
            try:
                connection = self._connect()
            except _Foreign as again:
                raise OSError(f"{self.path}: {again}") from again
        try:
            yield connection
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: the record cannot be kept: {error}") from error
        finally:
            connection.close()

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, timeout=PATIENCE)
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: the record cannot be opened: {error}") from error
        try:
            _check(connection, make=True)
        except BaseException as error:
            connection.close()
            if isinstance(error, sqlite3.OperationalError):
                raise OSError(f"{self.path}: the record cannot be used: {error}") from error
            raise
        return connection

    def _set_aside(self, why: str) -> None:
        number = 1
        while (aside := Path(f"{self.path}.set-aside-{number}")).exists():
            number += 1
        with contextlib.suppress(FileNotFoundError):  # another notebook was faster
            os.rename(self.path, aside)
        # What SQLite keeps beside a file belongs to that file, and would spoil a new one.
        for ending in ("-journal", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.rename(f"{self.path}{ending}", f"{aside}{ending}")
        self.messages.append(
            f"{self.path.name} was not used, because {why}. It is kept as {aside.name}, "
            "and a new record is begun."
        )


def _check(connection: sqlite3.Connection, make: bool) -> None:
    """Raise _Foreign where the file is not a record; an empty one is made into one."""
    try:
        # One transaction, so that a file that another notebook is making is seen whole.
        connection.execute("BEGIN")
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = {name for (name,) in connection.execute(query)}
        connection.execute("COMMIT")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise _Foreign(f"it is no record ({error})") from None
    if application == 0 and not tables and make:
        _make(connection)
    elif application != APPLICATION:
        raise _Foreign("something else has made it")
    elif version > VERSION:
        raise _Foreign(f"a newer version has made it (version {version}; this one reads {VERSION})")
    elif not _fits(connection):
        raise _Foreign("its tables are not those of a record")


def _fits(connection: sqlite3.Connection) -> bool:
    """Whether everything that is needed is in the tables."""
    try:
        connection.execute(f"SELECT {_NAMES} FROM attempt LIMIT 0")
        connection.execute("SELECT id, guide, guide_digest, questions, position FROM round LIMIT 0")
        found = connection.execute("SELECT value FROM meta WHERE key = 'learner'").fetchone()
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            return False
        raise
    return bool(found)


def _make(connection: sqlite3.Connection) -> None:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION:
            return  # another notebook was faster
        for statement in _SCHEMA:
            connection.execute(statement)
        known = {"version": str(VERSION), "learner": secrets.token_hex(8), "begun": now()}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", known.items())
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _row(attempt: Attempt) -> list[object]:
    content = asdict(attempt)
    content["answer"] = json.dumps(content["answer"], ensure_ascii=False)
    content["judged"] = json.dumps(content["judged"], ensure_ascii=False)
    return [content[name] for name in _COLUMNS]


def _attempt(row: Sequence[Any]) -> Attempt:
    content = dict(zip(_COLUMNS, row, strict=True))
    content["answer"] = json.loads(content["answer"])
    content["judged"] = json.loads(content["judged"])
    return _made(content)


def _made(content: Mapping[str, Any]) -> Attempt:
    judged = tuple(Judged(**step) for step in content.get("judged", ()))
    return Attempt(**{**content, "right": bool(content["right"]), "judged": judged})


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
    if data.startswith(b"SQLite format 3\0"):
        return _from_sqlite(place)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise RecordError(f"{place.name}: neither a record of practice nor JSON") from None
    return _from_json(place.name, found)


def _from_sqlite(place: Path) -> list[Attempt]:
    uri = place.absolute().as_uri() + "?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as connection:
            _check(connection, make=False)
            return [_attempt(row) for row in connection.execute(_SELECT)]
    except _Foreign as error:
        raise RecordError(f"{place.name}: not a record of practice: {error}") from None
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise RecordError(f"{place.name}: broken: {error}") from None


_TYPES: dict[str, type | tuple[type, ...]] = {
    "seconds": (int, float),
    "right": bool,
    "judged": list,
}
_MAY_BE_NULL = ("factor", "statement", "option")
_NEEDED = ("guide", "question", "kind", "right")


def _from_json(name: str, data: object) -> list[Attempt]:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise RecordError(f'{name}: not a record of practice: "format": "{FORMAT}" is missing')
    if data.get("version") != VERSION:
        version = shown(data.get("version"))
        raise RecordError(f"{name}: version {version} of the record; allowed: {VERSION}")
    attempts = data.get("attempts")
    if not isinstance(attempts, list):
        raise RecordError(f"{name}: 'attempts' must be a list")
    learner = data.get("learner")
    if not isinstance(learner, str):
        raise RecordError(f"{name}: 'learner' must be text")
    found = [_checked(f"{name}: attempt {i}", each, learner) for i, each in enumerate(attempts, 1)]
    return sorted(found, key=lambda attempt: attempt.at)


def _checked(place: str, content: object, learner: str) -> Attempt:
    """An attempt from JSON that anybody may have written."""
    if not isinstance(content, dict):
        raise RecordError(f"{place} must be a mapping")
    known = {each.name for each in fields(Attempt)}
    for key in content:
        if key not in known:
            raise RecordError(f"{place}: unknown key {shown(key)}: allowed: {', '.join(known)}")
    for key in _NEEDED:
        if key not in content:
            raise RecordError(f"{place} lacks the key '{key}'")
    for key, value in content.items():
        allowed_types = _TYPES.get(key, str)
        fits = isinstance(value, allowed_types) and (key == "right" or not isinstance(value, bool))
        if key != "answer" and not fits and not (value is None and key in _MAY_BE_NULL):
            raise RecordError(f"{place}: '{key}' cannot be {shown(value)}")
    judged = [_judged(place, step) for step in content.get("judged", [])]
    filled = {"guide_digest": "", "case": "", "answer": None, "learner": learner, "at": ""}
    return Attempt(**{**filled, **content, "judged": tuple(judged)})


def _judged(place: str, step: object) -> Judged:
    known = {each.name: bool if each.name == "right" else str for each in fields(Judged)}
    if (
        not isinstance(step, dict)
        or "right" not in step
        or not all(isinstance(step[key], known.get(key, type(None))) for key in step)
    ):
        raise RecordError(f"{place}: 'judged' cannot hold {shown(step)}")
    return Judged(**step)
