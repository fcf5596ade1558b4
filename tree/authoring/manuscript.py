"""The YAML files of a folder while somebody works on them: every step is saved at once.

What is changed in an editor meanwhile is never overwritten: a step goes into the files as they are
now, or comes back as a conflict.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path as File

from ..loading.files import write
from ..loading.sources import CASES_FILE, GUIDE_FILE, MAX_BYTES, MISSING, folder
from ..model.errors import Problem, TreeError
from . import journal
from .edits import Conflict, Edit, applied, difference
from .guide_files import GuideFiles, Path, guide_files

KEPT = "guide_before.yaml"
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Saved:
    """A step that is in the files now. `elsewhere`: what somebody else has changed before it.

    `message`: why it cannot be undone another day; "" where it can.
    """

    edit: Edit
    files: GuideFiles
    elsewhere: tuple[Path, ...] = ()
    message: str = ""


class Manuscript:
    """The files of a guide, edited step by step.

    `files`: the files as they were read or saved last; edits are made of it. Raises TreeError
    where they cannot be read or are not YAML, ValueError where there is no such folder.

    >>> import tempfile
    >>> from .entries import changed
    >>> from ..model.text import Text
    >>> place = File(tempfile.mkdtemp())
    >>> _ = (place / "guide.yaml").write_text("title: Tea  # or not\\n")
    >>> tea = Manuscript(place)
    >>> edit = difference(tea.files, guide_files("title: Cocoa  # or not\\n"), "change", ("title",))
    >>> _ = tea.do(edit)
    >>> (place / "guide.yaml").read_text()
    'title: Cocoa  # or not\\n'
    >>> _ = Manuscript(place).undo()  # on another day
    >>> (place / "guide.yaml").read_text()
    'title: Tea  # or not\\n'
    """

    def __init__(self, place: str | os.PathLike[str]) -> None:
        self.folder = File(place)
        self.files = self._read()[0]

    def refresh(self) -> tuple[Path, ...]:
        """Read the files anew; what has changed in them. Raises TreeError for what is not YAML."""
        before, self.files = self.files, self._read()[0]
        return _changed(before, self.files)

    def adopt(self, what: str) -> tuple[Path, ...]:
        """Read the files anew, and note what has changed in them as a step that can be undone.

        For what another part of the program has written. Raises as `refresh` and `do` do.
        """
        with journal.alone(self.folder):
            before, self.files = self.files, self._read()[0]
            if before != self.files:
                journal.note(self.folder, journal.DO, difference(before, self.files, what, ()))
        return _changed(before, self.files)

    @property
    def history(self) -> journal.History:
        """What can be undone and redone, and what is wrong with the journal."""
        return journal.history(self.folder)

    def kept_aside(self) -> File | None:
        """Where the guide as it was read last is written, once its own file is gone.

        None where that is not possible, as where the whole folder is gone.
        """
        place = self.folder / journal.FOLDER / KEPT
        try:
            journal.make_folder(self.folder)
            write(place, self.files.guide.encode())
        except OSError:
            return None
        return place

    def do(self, edit: Edit) -> Saved | Conflict:
        """Save a step. A conflict says which entry is another one by now; then nothing is written.

        Raises TreeError where the files are not YAML by now, and OSError where they cannot be
        written.
        """
        with journal.alone(self.folder):
            return self._saved(edit, journal.DO)

    def undo(self) -> Saved | Conflict | None:
        """Take back the last step; None where there is none. Conflicts and errors as of `do`."""
        with journal.alone(self.folder):
            done = self.history.done
            return self._saved(done[-1].undone, journal.UNDO) if done else None

    def redo(self) -> Saved | Conflict | None:
        """Do again what was undone last; None where there is nothing."""
        with journal.alone(self.folder):
            undone = self.history.undone
            return self._saved(undone[-1], journal.REDO) if undone else None

    def _saved(self, edit: Edit, step: str) -> Saved | Conflict:
        now, marks = self._read()
        elsewhere = _changed(self.files, now)
        result = applied(now, edit)
        # What a screen shows next is what is there, also after a conflict.
        self.files = now
        if isinstance(result, Conflict):
            return result
        self._write(now, result, marks)
        self.files = result
        try:
            journal.note(self.folder, step, edit)
        except OSError as error:
            what = f"this is saved, but cannot be undone later: {error.strerror}"
            return Saved(edit, result, elsewhere, what)
        return Saved(edit, result, elsewhere)

    def _read(self) -> tuple[GuideFiles, dict[str, bytes]]:
        """The files as they are, and the mark with which each may begin."""
        source = folder(self.folder)
        contents, marks = {}, {}
        problems: list[Problem] = []
        for name in (GUIDE_FILE, CASES_FILE):
            contents[name], wrong = source.read(name)
            if name == CASES_FILE and [problem.message for problem in wrong] == [MISSING]:
                continue
            problems += wrong
            marks[name] = _MARK if not wrong and source.get(name).startswith(_MARK) else b""
        if problems:
            raise TreeError(problems)
        return guide_files(contents[GUIDE_FILE], contents[CASES_FILE]), marks

    def _write(self, before: GuideFiles, after: GuideFiles, marks: dict[str, bytes]) -> None:
        """Write what has changed: all, or what was there stays."""
        old = {GUIDE_FILE: before.guide, CASES_FILE: before.cases}
        new = {GUIDE_FILE: after.guide, CASES_FILE: after.cases}
        changed = {
            name: marks.get(name, b"") + new[name].encode()
            for name in old
            if new[name] != old[name]
        }
        for name, data in changed.items():
            if len(data) > MAX_BYTES:
                message = f"it would have {len(data)} bytes; at most {MAX_BYTES} are read"
                raise TreeError([Problem(name, 0, 0, message)])
        written: list[str] = []
        try:
            for name, data in changed.items():
                if new[name].strip():
                    write(self.folder / name, data)
                else:
                    # A file of cases with no case in it is none.
                    (self.folder / name).unlink()
                written.append(name)
        except OSError:
            for name in written:
                write(self.folder / name, marks.get(name, b"") + old[name].encode())
            raise


def _changed(before: GuideFiles, after: GuideFiles) -> tuple[Path, ...]:
    if before == after:
        return ()
    return tuple(dict.fromkeys(c.path for c in difference(before, after, "", ()).changes))
