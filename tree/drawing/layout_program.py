"""DOT → a picture, by a layout program that runs beside Python."""

from __future__ import annotations

import functools
import importlib
import os
import shutil
import subprocess
import sysconfig

from ..model.errors import DrawingError
from ..model.missing import IN_BROWSER
from .fonts import check_letters

PROGRAM_VARIABLE = "TREE_DOT"
TIME_LIMIT = 120  # seconds
# Where Python keeps the programs of its packages.
_SCRIPTS = sysconfig.get_path("scripts")
_BEGINS = {"svg": b"<?xml", "png": b"\x89PNG"}


def program() -> str:
    """The layout program: $TREE_DOT, then graphviz-pure, then a dot on the PATH.

    Raises DrawingError where there is none.
    """
    wanted = os.environ.get(PROGRAM_VARIABLE)
    if wanted:
        found = shutil.which(wanted)
        if not found:
            raise DrawingError(f"{PROGRAM_VARIABLE}={wanted!r}: there is no such program")
        return found
    # Beside Python first: the environment need not be activated.
    beside = shutil.which("graphviz-pure", path=_SCRIPTS)
    found = beside or shutil.which("graphviz-pure") or shutil.which("dot")
    if not found:
        raise DrawingError(
            "no Graphviz found: install graphviz-pure with pip, "
            f"or let {PROGRAM_VARIABLE} name a dot program"
        )
    return found


def render(source: str, format: str, *more: str) -> bytes:
    """What the layout program makes of a source, as "svg" or "png"."""
    if IN_BROWSER:
        return _in_browser(source, format)
    found = program()
    if format == "png":
        check_letters(found, source)
    return run((found, f"-T{format}", *more), source, _BEGINS[format])


@functools.lru_cache(maxsize=32)
def _in_browser(source: str, format: str) -> bytes:
    """The same by a Graphviz that the page has made ready: `tree/jupyter/lite/static/pyodide.mjs`.

    It draws one graph of a source, and no PNG.
    """
    if format != "svg":
        raise DrawingError(f"in the browser a drawing can be had as .svg, not as .{format}")
    try:
        layout = importlib.import_module("layout_in_browser")
    except ImportError:
        raise DrawingError("this page has no Graphviz, which draws the trees") from None
    drawn, problem = layout.svg(source)
    if not drawn:
        raise DrawingError(f"Graphviz failed: {problem[:500]}")
    return str(drawn).encode()


@functools.lru_cache(maxsize=32)
def run(command: tuple[str, ...], source: str, begins: bytes) -> bytes:
    program = command[0]
    try:
        done = subprocess.run(
            command,
            input=source.encode(),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DrawingError(f"{program} took more than {TIME_LIMIT} seconds") from None
    except OSError as error:
        raise DrawingError(f"{program} cannot be run: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise DrawingError(f"{program} failed with status {done.returncode}: {said[:500]}")
    if not done.stdout.startswith(begins):
        raise DrawingError(f"{program} drew no picture; is it a dot program?")
    return done.stdout
