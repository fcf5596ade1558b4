"""Writing files so that a good one is never replaced by a broken one."""

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from .sources import LOOP, looped

# Windows has no such module, and removes no file that is open. In a browser it locks nothing, and
# no other program writes.
if sys.platform != "win32" and sys.platform != "emscripten":
    import fcntl

# What a file is called while it is written.
PREFIX, ENDING = ".tree-writing-", ".part"


def write(path: Path, data: bytes, force: bool = True) -> None:
    """Write a file whole or not at all: beside its place first, then moved there.

    Raises OSError, with the file's name, where that is not possible; FileExistsError where
    there is a file already and `force` is False.
    """
    with written(path, force) as file:
        file.write(data)


@contextmanager
def written(path: Path, force: bool = True) -> Iterator[IO[bytes]]:
    """The same bit by bit: a file to write to, that takes its place when all went well.

    A program that is killed leaves its half of a file behind. The next one that writes into the
    folder removes it.
    """
    # What a link points to is replaced, not the link.
    path = Path(os.path.realpath(path))
    if looped(path):
        raise OSError(errno.ELOOP, LOOP, str(path))
    if os.path.exists(path) and not path.is_file():
        raise OSError(errno.EINVAL, "is not a file that can be replaced", str(path))
    if not force and os.path.exists(path):
        raise FileExistsError(
            errno.EEXIST, "file exists; --force, or force=True, replaces it", str(path)
        )
    _sweep(path.parent)
    try:
        handle, name = _begun(path.parent)
    except OSError as error:
        raise _about(path, error) from error
    try:
        with io.BufferedWriter(_Named(handle, path)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        try:
            # mkstemp makes a file for its owner alone; give it the mode that open() would.
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
            os.replace(name, path)
        except OSError as error:
            raise _about(path, error) from error
    except BaseException:
        os.unlink(name)
        raise


class _Named(io.FileIO):
    """A file whose trouble bears the name of what is written, as no other file's trouble does."""

    def __init__(self, handle: int, path: Path) -> None:
        super().__init__(handle, "wb")
        self._path = path

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise _about(self._path, error) from error


def _about(path: Path, error: OSError) -> OSError:
    return type(error)(error.errno, error.strerror, str(path))


def _begun(folder: Path) -> tuple[int, str]:
    """A new file in a folder, which nobody takes for one that was left behind."""
    while True:
        handle, name = tempfile.mkstemp(dir=folder, prefix=PREFIX, suffix=ENDING)
        if sys.platform == "win32" or sys.platform == "emscripten":
            return handle, name
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        # Another program may have swept it away before it was locked.
        if os.fstat(handle).st_nlink:
            return handle, name
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what programs that were killed left behind; what one still writes is locked."""
    for left in folder.glob(f"{PREFIX}*{ENDING}"):
        with suppress(OSError):
            if sys.platform == "win32" or sys.platform == "emscripten":
                left.unlink()
                continue
            handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
            finally:
                os.close(handle)
