"""Writing files so that a good one is never replaced by a broken one."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def write(path: Path, data: bytes, force: bool = True) -> None:
    """Write a file whole or not at all: beside its place first, then moved there.

    Raises OSError, with the file's name, where that is not possible; FileExistsError where
    there is a file already and `force` is False.
    """
    with written(path, force) as file:
        file.write(data)


@contextmanager
def written(path: Path, force: bool = True) -> Iterator[IO[bytes]]:
    """The same bit by bit: a file to write to, that takes its place when all went well."""
    # What a link points to is replaced, not the link.
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "is not a file that can be replaced", str(path))
    if not force and path.exists():
        raise FileExistsError(
            errno.EEXIST, "file exists; --force, or force=True, replaces it", str(path)
        )
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes a file for its owner alone; give it the mode that open() would.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException as error:
        os.unlink(name)
        # What the writing of this file met has no name; another file's trouble has one.
        if isinstance(error, OSError) and error.filename in (None, name):
            raise type(error)(error.errno, error.strerror, str(path)) from error
        raise
