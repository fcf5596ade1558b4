"""When the files of a folder change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

SECONDS = 0.4


def stamp(folder: str | Path) -> tuple[tuple[str, int, int], ...]:
    """What changes whenever a file of the folder is saved: names, times and sizes.

    Times and sizes are looked at now and then instead of waiting for the system's word,
    because that word does not come from network drives and shared folders.

    >>> [name for name, _, _ in stamp("data/metastatic_liver_cancer")]
    ['cases.yaml', 'guide.yaml', 'text.txt']
    """
    found = []
    try:
        for path in sorted(Path(folder).iterdir()):
            # Editors write beside the file first, under a name that begins with a dot.
            if not path.name.startswith("."):
                state = path.stat()
                found.append((path.name, state.st_mtime_ns, state.st_size))
    except OSError:
        # A folder or file that is just being replaced; it is there again the next time.
        return ()
    return tuple(found)


def changes(folder: str | Path, seconds: float = SECONDS) -> Iterator[None]:
    """Once at the beginning, then once after each change. Ends only with its caller."""
    seen = stamp(folder)
    yield
    while True:
        # Between two looks; `stamp` says why files are looked at.
        time.sleep(seconds)
        now = stamp(folder)
        if now != seen:
            seen = now
            yield
