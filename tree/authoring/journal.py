"""What an author has done in a folder, step by step, so that it can be undone another day.

It stands in a folder of its own beside the guide, `.guide`, which tells git to leave it out. It is
never needed to read the guide: what is broken in it, or is no journal at all, is left aside.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from ..loading.files import write
from ..model.text import counted
from .edits import Edit, Lines, LinesChange
from .guide_files import Path

FOLDER, NAME = ".guide", "journal.jsonl"
ASIDE = "journal.set_aside"
MOST_STEPS = 500
MOST_BYTES = 2_000_000
_HEAD = {"journal": "steps of an author", "version": 1}
DO, UNDO, REDO = "do", "undo", "redo"


@dataclass(frozen=True)
class History:
    """The steps that were done, and those that were undone, the next one last.

    `message`: what of the journal cannot be read; "" where all can.
    """

    done: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()
    message: str = ""

    def after(self, step: str, edit: Edit | None = None) -> History:
        """The history after one step more; one that cannot have been is left out."""
        if step == DO and edit:
            return History((*self.done, edit), (), self.message)
        if step == UNDO and self.done:
            return History(self.done[:-1], (*self.undone, self.done[-1]), self.message)
        if step == REDO and self.undone:
            return History((*self.done, self.undone[-1]), self.undone[:-1], self.message)
        return self


def history(folder: File) -> History:
    """What the journal of a folder says. Raises nothing for one that is broken.

    After a line that cannot be read nothing before it can be undone.
    """
    place = folder / FOLDER / NAME
    lines, problem = _read(place)
    if problem:
        return History(message=f"{place}: {problem}: what it held cannot be undone")
    found = History()
    broken = 0
    for line in lines[1:]:
        try:
            found = found.after(*_step(line))
        except (ValueError, TypeError, KeyError, RecursionError):
            found = History()
            broken += 1
    if broken:
        several = counted(broken, "line cannot", "lines cannot")
        message = f"{place}: {several} be read: what was done before cannot be undone"
        return History(found.done, found.undone, message)
    return found


def note(folder: File, step: str, edit: Edit | None = None) -> None:
    """Write down a step: a line at the end, whole or, after a crash, left aside when it is read.

    A long journal loses its first steps. Raises OSError where it cannot be written.
    """
    place = folder / FOLDER / NAME
    make_folder(folder)
    lines, problem = _read(place)
    if problem:
        os.replace(place, place.parent / ASIDE)
        lines = []
    added = _written(step, edit)
    if len(lines) > MOST_STEPS or sum(map(len, lines)) > MOST_BYTES:
        now = history(folder).after(step, edit)
        write(place, b"".join(_shortened(now)))
        return
    head = b"" if lines else _line(_HEAD)
    if lines and not lines[-1].endswith(b"\n"):
        head = b"\n"
    handle = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(head + added)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def alone(folder: File) -> Iterator[None]:
    """While no other workshop of this folder saves.

    Without locks, as on Windows and in a browser, nothing waits.
    """
    if sys.platform == "win32" or sys.platform == "emscripten":
        yield
        return
    import fcntl

    try:
        make_folder(folder)
        handle = os.open(folder / FOLDER / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        # A folder that cannot be written to: saving says so.
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_folder(folder: File) -> None:
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    if not (place / ".gitignore").exists():
        # What is nobody's but the author's, git does not see.
        write(place / ".gitignore", b"*\n")


def _read(place: File) -> tuple[list[bytes], str]:
    """The lines of a journal, or why there are none; no journal at all is an empty one."""
    if not os.path.lexists(place):
        return [], ""
    try:
        if not place.is_file() or place.stat().st_size > 10 * MOST_BYTES:
            return [], "is no journal"
        lines = place.read_bytes().splitlines(keepends=True)
    except OSError as error:
        return [], f"cannot be read ({error.strerror})"
    if lines and lines[0] != _line(_HEAD):
        return [], "is no journal"
    return lines, ""


def _shortened(now: History) -> list[bytes]:
    """The lines of a history without its first half; what was undone stands at the end."""
    undone = [_written(DO, edit) for edit in reversed(now.undone)][: MOST_STEPS // 4]
    kept: list[bytes] = []
    size = sum(map(len, undone))
    for edit in reversed(now.done[-MOST_STEPS // 2 :]):
        line = _written(DO, edit)
        size += len(line)
        if kept and size > MOST_BYTES // 2:
            break
        kept.insert(0, line)
    return [_line(_HEAD), *kept, *undone, *[_written(UNDO)] * len(undone)]


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode(errors="replace") + b"\n"


def _written(step: str, edit: Edit | None = None) -> bytes:
    content: dict[str, object] = {"step": step}
    if step == DO and edit:
        changes = [[c.path, c.behind, c.before, c.after] for c in edit.changes]
        content |= {"what": edit.what, "where": edit.where, "changes": changes}
    return _line(content)


def _step(line: bytes) -> tuple[str, Edit | None]:
    """A line as a step. Raises ValueError, TypeError or KeyError for what is none."""
    if not line.endswith(b"\n"):
        raise ValueError("only a part of it was written")
    content = json.loads(line)
    step = content["step"]
    if step in (UNDO, REDO):
        return step, None
    if step != DO:
        raise ValueError(f"no such step: {step}")
    changes = tuple(
        LinesChange(
            _path(path), None if behind is None else _path(behind), _pair(before), _pair(after)
        )
        for path, behind, before, after in content["changes"]
    )
    return step, Edit(_words(content["what"]), _path(content["where"]), changes)


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("words expected")
    return value


def _path(value: Sequence[Any]) -> Path:
    if not isinstance(value, list) or len(value) > 2:
        raise TypeError("a path expected")
    return tuple(map(_words, value))


def _pair(value: Any) -> Lines | None:
    if value is None:
        return None
    above, lines = value
    return _words(above), _words(lines)
