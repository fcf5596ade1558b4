"""The records of a class: every record file in a folder, merged, the files left as they are."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...model.errors import RecordError
from ..practice.handed_in import MAGIC, read_record
from ..practice.untrusted_files import beginning, printable
from ..questions.attempts import FORMAT, Attempt, first_tries

MOST_FILES = 5_000
_ENDINGS = (".sqlite", ".sqlite3", ".db", ".json")
_BEGINNING = 400  # bytes of a file in which a record says that it is one


@dataclass(frozen=True)
class Gathered:
    """The attempts of many students, each once, the oldest first.

    `files`: for each learner the record files that hold something of theirs. `unreadable`: what
    is no record, or a broken one, and why. `partly`: records of which some attempts could not be
    read, and why. `skipped`: files that are not records.
    `empty`: records of somebody who has not practised. `differing`: how many attempts two files
    tell differently.
    """

    attempts: tuple[Attempt, ...] = ()
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    differing: int = 0

    @property
    def learners(self) -> tuple[str, ...]:
        """Every learner, in an order that tells nothing of them."""
        return tuple(sorted(self.files, key=lambda id: hashlib.sha256(_bytes(id)).digest()))

    def first_tries(self, guide: str | None = None) -> tuple[Attempt, ...]:
        """What came before any feedback; of one guide, or of all."""
        return tuple(a for a in first_tries(self.attempts) if guide in (None, a.guide))


def gather(folder: str | os.PathLike[str]) -> Gathered:
    """Read every record in a folder and the folders in it; nothing is written or renamed.

    What is handed in twice, or in an older copy too, counts once. Raises NotADirectoryError
    where there is no such folder.
    """
    place = Path(folder)
    if not place.is_dir():
        raise NotADirectoryError(f"{place}: is not a folder; name the one that holds the records")
    read: dict[str, tuple[Attempt, ...]] = {}
    unreadable: list[str] = []
    partly, skipped = [], []
    files = _files(place, unreadable)
    for path in itertools.islice(files, MOST_FILES):
        name = printable(path.relative_to(place).as_posix())
        try:
            if _may_be_a_record(path):
                found = read_record(path)
                read[name] = found.attempts
                if found.lost:
                    partly.append(f"{name}: {found.lost}")
            else:
                skipped.append(name)
        except RecordError as error:
            why = str(error).removeprefix(f"{printable(path.name)}: ")
            unreadable.append(f"{name}: {why}")
        except OSError as error:
            unreadable.append(f"{name}: cannot be read: {error.strerror or error}")
    if next(files, None):
        unreadable.append(f"there are more than {MOST_FILES} files; the others were not read")
    attempts, differing = _merged(read)
    return Gathered(
        attempts,
        _by_learner(read),
        tuple(unreadable),
        tuple(partly),
        tuple(skipped),
        tuple(name for name, found in read.items() if not found),
        differing,
    )


def _files(folder: Path, unreadable: list[str]) -> Iterator[Path]:
    """Every file, in order. Hidden ones are no student's: notebooks and archives leave them."""

    def tell(error: OSError) -> None:
        name = printable(os.path.relpath(error.filename, folder))
        unreadable.append(f"{name}: cannot be read: {error.strerror}")

    for place, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _may_be_a_record(path: Path) -> bool:
    """Whether it is called like a record, or begins like one; others are plainly no records."""
    # A file that is saved twice, or sent, gets names such as "record.sqlite (1)".
    if any(ending in path.name.lower() for ending in _ENDINGS):
        return True
    start = beginning(path, _BEGINNING)
    return start.startswith(MAGIC) or f'"{FORMAT}"'.encode() in start


def _merged(read: Mapping[str, Iterable[Attempt]]) -> tuple[tuple[Attempt, ...], int]:
    """Each attempt once, in order of time, and how many two files record differently."""
    found: dict[tuple[str, str], list[Attempt]] = {}
    places: dict[tuple[str, str], int] = {}
    for attempts in read.values():
        before: Counter[str] = Counter()
        for attempt in attempts:
            key = attempt.learner, attempt.id
            versions = found.setdefault(key, [])
            if attempt not in versions:
                versions.append(attempt)
            # The place among those of the same time, or of none; in an older copy it is the same.
            place = before[attempt.at]
            before[attempt.at] += 1
            places[key] = min(place, places.get(key, place))
    # Of two tellings the same one is kept whatever the order of the files.
    kept = {
        key: min(versions, key=repr) if len(versions) > 1 else versions[0]
        for key, versions in found.items()
    }
    order = sorted(kept, key=lambda key: (kept[key].at, places[key], key))
    return tuple(kept[key] for key in order), sum(len(versions) > 1 for versions in found.values())


def _by_learner(read: Mapping[str, Iterable[Attempt]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for name, attempts in read.items():
        for learner in {attempt.learner for attempt in attempts}:
            found.setdefault(learner, {})[name] = None
    return {learner: tuple(names) for learner, names in found.items()}


def _bytes(words: str) -> bytes:
    return words.encode(errors="replace")
