"""Several files in one, the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_UNIX = 3
_READABLE = 0o644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files by their names as a zip archive that says nothing of when and where it was made.

    A name is a path within the archive, its folders parted by slashes. Raises ValueError for one
    that would lead out of the folder that the archive is unpacked in.

    >>> archive = zipfile.ZipFile(io.BytesIO(zipped({"a/b.txt": b"words"})))
    >>> archive.read("a/b.txt"), archive.infolist()[0].date_time
    (b'words', (1980, 1, 1, 0, 0, 0))
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            if not all(part.strip(". ") for part in name.split("/")) or "\\" in name or ":" in name:
                raise ValueError(f"not a path within an archive: {name!r}")
            info = zipfile.ZipInfo(name)
            # Otherwise Windows and Unix would make different archives.
            info.create_system, info.external_attr = _UNIX, _READABLE
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
