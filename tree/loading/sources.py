"""Where the two files of a guide come from: a folder, or strings."""

from __future__ import annotations

import difflib
import itertools
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..model.errors import Problem, meant
from ..model.text import decode
from .shipped import shipped_guide, shipped_guides

GUIDE_FILE = "guide.yaml"
CASES_FILE = "cases.yaml"
MAX_BYTES = 4_000_000
MISSING = "file does not exist"
LOOP = "is a link that leads back to itself"
MOST_SHOWN = 6  # guides that are named where one of them may be meant
MOST_SEEN = 1_000  # folders that are looked through for them


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
        named = self.named(name)
        data, problems = _read(named, lambda: self.get(name))
        return ("", problems) if problems else decode(named, data)


def _read(named: str, get: Callable[[], bytes]) -> tuple[bytes, list[Problem]]:
    """The bytes of a file, or why they cannot be had."""
    try:
        return get(), []
    except FileNotFoundError:
        message = MISSING
    except ValueError as error:
        message = str(error)
    except OSError as error:
        message = f"cannot be read: {error.strerror}".lower()
    # What cannot be read has no lines.
    return b"", [Problem(named, 0, 0, message)]


def folder(path: str | os.PathLike[str]) -> Source:
    """The files of a folder, or of a guide that ships, by its name.

    What is here goes before what ships. Raises ValueError where there is no such folder, or guides
    in it.

    >>> folder("data/metastatic_liver_cancer").read("text.txt")[0][:16]
    'What is the trea'
    >>> folder("data/liver")
    Traceback (most recent call last):
    ValueError: folder does not exist; did you mean 'data/metastatic_liver_cancer'?
    """
    place = shipped_guide(path) or Path(path)
    if not os.path.isdir(place):
        if os.path.exists(place):
            raise ValueError("is a file, not a folder")
        if looped(place):
            raise ValueError(LOOP)
        near = _nearest(place)
        ship = f"; guides that ship: {', '.join(shipped_guides())}" * (place.name == str(path))
        raise ValueError("folder does not exist" + (f"; {meant(near)}" if near else ship))
    if not os.path.lexists(place / GUIDE_FILE) and (inside := sorted(_guides([place]))):
        names = ", ".join(inside[:MOST_SHOWN]) + ", …" * (len(inside) > MOST_SHOWN)
        example = f"python -m tree check {inside[0]}"
        raise ValueError(f"is no guide, but holds guides: {names}; name one, as in: {example}")
    return Source(
        readable(os.path.basename(os.path.realpath(place))),
        lambda name: str(place / name),
        lambda name: _bytes(place / name),
    )


def readable(name: str) -> str:
    """The name of a file, with a mark for each byte that is not UTF-8.

    >>> readable("liv\\udcffer")
    'liv�er'
    """
    return name.encode(errors="surrogateescape").decode(errors="replace")


def _guides(folders: Iterable[Path]) -> list[str]:
    """The folders in these folders that hold a guide."""
    found = []
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                inside = [entry.path for entry in itertools.islice(entries, MOST_SEEN)]
        except OSError:
            continue
        found += [path for path in inside if os.path.isfile(os.path.join(path, GUIDE_FILE))]
    return found


def _nearest(place: Path) -> str:
    """The guide beside a folder that does not exist, or that ships, whose name is like it, or
    holds it."""
    beside = {Path(path).name: path for path in _guides([place.parent, place.parent / "data"])}
    guides = {**{name: name for name in shipped_guides()}, **beside}
    near = difflib.get_close_matches(place.name[:200], guides, n=1)
    near += sorted((name for name in guides if place.name in name), key=len)
    return guides[near[0]] if near and place.name else ""


def read_bytes(path: str | os.PathLike[str], most: int = MAX_BYTES) -> tuple[bytes, list[Problem]]:
    """The bytes of a file on its own, of at most so many, or what is wrong with it."""
    return _read(str(path), lambda: _bytes(Path(path), most))


def strings(text: str, yaml: str, id: str = "guide") -> Source:
    """The two files given as strings; whatever the guide calls its text, it is this one."""

    def get(name: str) -> bytes:
        if name == CASES_FILE:
            raise FileNotFoundError
        return _limited((yaml if name == GUIDE_FILE else text).encode(errors="replace"))

    return Source(id, str, get)


def _bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    try:
        status = path.stat()
    except (OSError, ValueError):
        # Also where the name is one that no disk can hold.
        raise ValueError(LOOP) if looped(path) else FileNotFoundError from None
    if endless(status):
        raise ValueError("is not a file of text")
    check_size(status.st_size, most)
    return path.read_bytes()


def looped(path: Path) -> bool:
    """Whether a link leads back to itself."""
    try:
        return os.path.islink(os.path.realpath(path))
    except (OSError, ValueError):
        return False


def endless(status: os.stat_result) -> bool:
    """Whether something is a pipe, which would be waited for, or a device, which never ends."""
    return not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode))


def _limited(data: bytes) -> bytes:
    check_size(len(data))
    return data


def check_size(size: int, most: int = MAX_BYTES) -> None:
    """Raises ValueError for a file that is too large to read."""
    if size > most:
        raise ValueError(f"{size} bytes; at most {most} are read")
