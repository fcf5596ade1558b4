"""Where a Chromium or Chrome is found on this computer. The only module that knows."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "microsoft-edge", "microsoft-edge-stable", "msedge"),
)
# Where installers put them that leave the PATH as it is.
MAC = (
    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "Applications/Chromium.app/Contents/MacOS/Chromium",
    "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
# Playwright's own; the names differ by version and computer.
PLAYWRIGHT = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)


def browsers(
    environment: Mapping[str, str] | None = None, system: str = sys.platform
) -> Iterator[str]:
    """The paths of every Chromium, Chrome or Edge on this computer, the best first.

    What is on the PATH comes first, then the usual places on macOS and Windows, then what
    Playwright downloaded. A program named in the variable TREE_BROWSER is the only one.

    `environment`: the variables that say where to look; default: those of this process.
    `system`: the kind of computer, as in `sys.platform`, which is the default.

    >>> list(browsers({"TREE_BROWSER": "no-such-browser", "PATH": ""}))
    []
    """
    known = os.environ if environment is None else environment
    path = known.get("PATH", os.defpath)
    if named := known.get("TREE_BROWSER"):
        places: list[str | Path] = [named]
    else:
        places = [*COMMANDS, *_installed(known, system), *_downloaded(known, system)]
    found = (shutil.which(str(place), path=path) for place in places)
    yield from filter(None, found)


def find_browser() -> str | None:
    """The first of `browsers()`, or None where there is none."""
    return next(browsers(), None)


def advice() -> str:
    """What to do where no browser is found."""
    if named := os.environ.get("TREE_BROWSER"):
        return f"TREE_BROWSER names {named!r}, which is not a program on this computer"
    return (
        "install Chromium or Chrome (on Debian: apt install chromium), "
        "or name its program in the variable TREE_BROWSER"
    )


def _installed(known: Mapping[str, str], system: str) -> list[Path]:
    if system == "darwin":
        above, names = ["/", known.get("HOME")], MAC
    elif system == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        above, names = [known.get(variable) for variable in variables], WINDOWS
    else:
        return []
    return [Path(folder, name) for folder in above if folder for name in names]


def _downloaded(known: Mapping[str, str], system: str) -> list[Path]:
    home = known.get("HOME", "")
    if system == "win32":
        cache = known.get("LOCALAPPDATA", "")
    elif system == "darwin":
        cache = home and f"{home}/Library/Caches"
    else:
        cache = known.get("XDG_CACHE_HOME") or (home and f"{home}/.cache")
    kept = known.get("PLAYWRIGHT_BROWSERS_PATH") or (cache and f"{cache}/ms-playwright")
    found = [path for pattern in PLAYWRIGHT for path in Path(kept).glob(pattern)] if kept else []
    # A higher number is a newer one, and never shorter.
    return sorted(found, key=lambda path: (len(str(path)), path), reverse=True)
