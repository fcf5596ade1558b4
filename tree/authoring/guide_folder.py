"""The folder of a new guide: what is in it, and writing all of it or nothing."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from pathlib import Path

from ..loading.files import PREFIX, write
from ..loading.schema import schema
from ..loading.sources import GUIDE_FILE, LOOP, looped
from ..model.errors import shown

TEXT_FILE = "text.txt"
SCHEMA_FILE = "guide.schema.json"


def files_of(data: bytes, source: str) -> dict[str, bytes]:
    """What the folder of a new guide holds."""
    shape = json.dumps(schema(), indent=2) + "\n"
    return {TEXT_FILE: data, GUIDE_FILE: source.encode(), SCHEMA_FILE: shape.encode()}


def new_folder(folder: Path, text_file: Path, files: dict[str, bytes]) -> None:
    """Write a folder of files, all or nothing. No file is replaced."""
    if looped(folder):
        raise OSError(errno.ELOOP, LOOP, str(folder))
    if os.path.lexists(folder / GUIDE_FILE):
        raise FileExistsError(
            errno.EEXIST, "there is a guide already; delete it first", str(folder / GUIDE_FILE)
        )
    if folder.exists():
        _write_into(folder, text_file, files)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=PREFIX) as made:
        half = Path(made) / "guide"
        half.mkdir()
        for name, data in files.items():
            write(half / name, data)
        half.rename(folder)


def _write_into(folder: Path, text_file: Path, files: dict[str, bytes]) -> None:
    """Into a folder that is there, perhaps with the text in it already."""
    missing = {}
    for name, data in files.items():
        place = folder / name
        if not place.exists():
            missing[name] = data
        elif name != SCHEMA_FILE and place.read_bytes() != data:
            raise FileExistsError(errno.EEXIST, f"differs from {shown(text_file)}", str(place))
    written: list[Path] = []
    try:
        for name, data in missing.items():
            write(folder / name, data, force=False)
            written.append(folder / name)
    except BaseException:
        for place in written:
            place.unlink()
        raise
