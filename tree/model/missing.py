"""What is asked for and is not installed: which package, and how to have it."""

from __future__ import annotations

import sys
from importlib import import_module

# Python as WASM in a page, as on the site of `make lite`: no programs, no threads, and of packages
# those that came with the page.
IN_BROWSER = sys.platform == "emscripten"


class MissingPackage(ImportError):
    """A package that only a part of what there is needs, and that is not installed."""

    def _render_traceback_(self) -> list[str]:
        # What a notebook shows: the way out, without the lines of ours that looked for it.
        return [str(self)]


def require(package: str, what: str, extra: str) -> None:
    """Raises MissingPackage where a package is missing or cannot be imported.

    `what`: what needs it, as the subject of a sentence; `extra`: the extra that brings it.

    >>> require("json", "Reading", "lab")
    >>> require("no_such_package", "Reading", "lab")
    Traceback (most recent call last):
    tree.model.missing.MissingPackage: Reading needs the package no_such_package: python -m pip \
install "decision-tree-notebook[lab]"
    """
    try:
        import_module(package)
    except ImportError as error:
        way = f'python -m pip install "decision-tree-notebook[{extra}]"'
        if IN_BROWSER:
            way = "it is not part of this page; install the project on a computer for that"
        raise MissingPackage(f"{what} needs the package {package}: {way}", name=package) from error
