"""Where the two files of a guide come from: a folder, or strings."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .errors import Problem
from .text import decode

GUIDE_FILE = "guide.yaml"
CASES_FILE = "cases.yaml"
MAX_BYTES = 4_000_000
MISSING = "file does not exist"


@dataclass(frozen=True)
class Source:
    """A place that files are read from.

    `id`: the name of the guide; `named`: how messages call a file; `get`: its bytes, or an
    OSError; no file may have more than 4,000,000 bytes.
    """

    id: str
    named: Callable[[str], str]
    get: Callable[[str], bytes]

    def read(self, name: str) -> tuple[str, list[Problem]]:
        """The content of a file, or what is wrong with it."""
        try:
            data = self.get(name)
        except FileNotFoundError:
            message = MISSING
        except ValueError as error:
            message = str(error)
        except OSError as error:
            message = f"cannot be read: {error.strerror}".lower()
        else:
            return decode(self.named(name), data)
        return "", [Problem(self.named(name), 1, 1, message)]


def folder(path: str | os.PathLike[str]) -> Source:
    """The files of a folder. Raises ValueError where there is no such folder.

    >>> folder("data/metastatic_liver_cancer").read("text.txt")[0][:16]
    'What is the trea'
    """
    place = Path(path)
    if not os.path.isdir(place):
        exists = os.path.exists(place)
        raise ValueError("is a file, not a folder" if exists else "folder does not exist")
    return Source(
        place.resolve().name, lambda name: str(place / name), lambda name: _bytes(place / name)
    )


def file(path: str | os.PathLike[str]) -> tuple[str, bytes, list[Problem]]:
    """A file of text on its own: its content, its bytes, and what is wrong with it."""
    place = Path(path)
    held = Source("", str, lambda name: _bytes(place))
    content, problems = held.read(str(path))
    return content, b"" if problems else _bytes(place), problems


def strings(text: str, yaml: str, id: str = "guide") -> Source:
    """The two files given as strings; whatever the guide calls its text, it is this one."""

    def get(name: str) -> bytes:
        if name == CASES_FILE:
            raise FileNotFoundError
        return _limited((yaml if name == GUIDE_FILE else text).encode(errors="replace"))

    return Source(id, str, get)


def _bytes(path: Path) -> bytes:
    # Also where the name is one that no disk can hold.
    if not os.path.exists(path):
        raise FileNotFoundError
    found = path.stat()
    # A pipe would be waited for, and a device never ends.
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise ValueError("is not a file of text")
    check_size(found.st_size)
    return path.read_bytes()


def _limited(data: bytes) -> bytes:
    check_size(len(data))
    return data


def check_size(size: int) -> None:
    """Raises ValueError for a file that is too large to read."""
    if size > MAX_BYTES:
        raise ValueError(f"{size} bytes; at most {MAX_BYTES} are read")
