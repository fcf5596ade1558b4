"""What is asked for and is not installed: which package, and how to have it."""

from __future__ import annotations

from importlib.util import find_spec


class MissingPackage(ImportError):
    """A package that only a part of what there is needs, and that is not installed."""


def require(package: str, what: str, extra: str) -> None:
    """Raises MissingPackage where a package is missing.

    `what`: what needs it, as the subject of a sentence; `extra`: the extra that brings it.

    >>> require("json", "Reading", "lab")
    >>> require("no_such_package", "Reading", "lab")
    Traceback (most recent call last):
    tree.model.missing.MissingPackage: Reading needs the package no_such_package: python -m pip \
install "decision-tree-notebook[lab]"
    """
    if find_spec(package) is None:
        install = f'python -m pip install "decision-tree-notebook[{extra}]"'
        raise MissingPackage(f"{what} needs the package {package}: {install}", name=package)
