"""A guide as it was at a git revision. The only module that runs git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .sources import Source, check_size

TIME_LIMIT = 60  # seconds
# Nothing is asked, written or fetched, whatever the repository is set up to do.
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


def revision(name: str, folder: str | os.PathLike[str]) -> Source:
    """The files of a folder at a revision of its git repository, such as "HEAD~1".

    Raises ValueError where there is no git, no repository or no such revision.
    """
    # Git would take it for an option.
    if name.startswith("-"):
        raise ValueError("a git revision does not begin with '-'")
    place = Path(folder).resolve()
    inside = _git(place, "rev-parse", "--is-inside-work-tree")
    if inside.stdout.strip() != b"true":
        said = inside.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise ValueError(f"{folder} is not in a git repository ({said})")
    found = _git(place, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    commit = found.stdout.decode().strip()
    if found.returncode or not commit:
        raise ValueError(f"no such revision in the git repository of {folder}")

    def get(file: str) -> bytes:
        object = f"{commit}:./{file}"
        kind = _git(place, "cat-file", "-t", object)
        if kind.returncode:
            raise FileNotFoundError
        if kind.stdout.strip() != b"blob":
            raise ValueError("is not a file of text")
        check_size(int(_git(place, "cat-file", "-s", object).stdout))
        return _git(place, "cat-file", "blob", object).stdout

    return Source(place.name, lambda file: f"{name}:{file}", get)


def committed(folder: str | os.PathLike[str], files: Sequence[str]) -> float | None:
    """When files of a folder were committed last (seconds since 1970); None where git does not
    have them as they are."""
    try:
        source = revision("HEAD", folder)
        for file in files:
            # Git may have other ends of lines than the disk.
            there, here = source.get(file), (Path(folder) / file).read_bytes()
            if there.replace(b"\r\n", b"\n") != here.replace(b"\r\n", b"\n"):
                return None
        form = ("--max-count=1", "--format=%ct", "--no-show-signature")
        found = _git(Path(folder), "log", *form, "HEAD", "--", *files)
        return float(found.stdout)
    except (OSError, ValueError):
        return None


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
            env={**os.environ, **_QUIET},
        )
    except FileNotFoundError:
        raise ValueError("git is not installed, or not on the PATH") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ValueError(f"git could not be run: {error}") from error
