"""Layouts kept between runs: what the layout program made of a large drawing, by its source.

The only module that knows where a computer keeps such things.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import platformdirs

from ..loading.files import write

FOLDER_VARIABLE = "TREE_CACHE"
OFF = "off"
MOST_BYTES = 50_000_000
_ENDING = ".layout"
_DIGEST = 32  # bytes
_LEFT_BEHIND = 3600  # seconds: a file half written for longer belongs to nobody any more


def folder() -> Path | None:
    """Where layouts are kept: $TREE_CACHE, or the user's cache folder; None for "off"."""
    wanted = os.environ.get(FOLDER_VARIABLE)
    if wanted == OFF:
        return None
    return Path(wanted) if wanted else platformdirs.user_cache_path("decision-tree-notebook", False)


def layout(key: str, make: Callable[[], bytes], most_bytes: int = MOST_BYTES) -> bytes:
    """What was made for this key before, or what `make` makes now, kept for next time.

    Whatever is wrong with the kept one, or with keeping it, only costs the time to make it
    anew. All kept layouts together have at most so many bytes; those not used for longest go.
    """
    place = folder()
    if place is None:
        return make()
    path = place / f"{hashlib.sha256(key.encode()).hexdigest()}{_ENDING}"
    found = _kept(path)
    if found is None:
        found = make()
        # A full or closed disk is no reason to show no drawing.
        with contextlib.suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            write(path, hashlib.sha256(found).digest() + zlib.compress(found))
            _make_room(place, most_bytes)
    return found


def _kept(path: Path) -> bytes | None:
    """A kept layout, whole as it was written, or None."""
    try:
        data = path.read_bytes()
        found = zlib.decompress(data[_DIGEST:])
        if hashlib.sha256(found).digest() != data[:_DIGEST]:
            return None
        os.utime(path)
    except (OSError, zlib.error):
        return None
    return found


def _make_room(place: Path, most_bytes: int) -> None:
    """Delete what was not used for longest. Other processes may be doing the same."""
    kept = []
    for path in place.iterdir():
        with contextlib.suppress(OSError):
            state = path.stat()
            if path.name.endswith(_ENDING):
                kept.append((state.st_mtime_ns, state.st_size, path))
            elif _ENDING in path.name and state.st_mtime < time.time() - _LEFT_BEHIND:
                path.unlink()
    total = 0
    for _, size, path in sorted(kept, reverse=True):
        total += size
        if total > most_bytes:
            with contextlib.suppress(OSError):
                path.unlink()
