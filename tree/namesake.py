"""Whether the package named `tree` is this one: dm-tree has the same import name.

Each of the two replaces the other's `__init__.py`, and takes it away when it is uninstalled. Run
as a script (`python -P tree/namesake.py`), this looks for the package as a notebook does.
"""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType

OURS, OTHER = "decision-tree-notebook", "dm-tree"
ONLY_ONE = f"{OTHER} has the same import name, and only one of the two can be in an environment"


def wrong_package(package: ModuleType) -> str:
    """What has happened where a package named `tree` is another one; empty where it is ours.

    >>> import types
    >>> print(wrong_package(types.ModuleType("tree")))
    tree/__init__.py of decision-tree-notebook is gone: dm-tree has the same import name, and \
only one of the two can be in an environment; uninstall dm-tree, then install \
decision-tree-notebook again
    """
    if hasattr(package, "load"):
        return ""
    path = getattr(package, "__file__", None)
    seen = f"`import tree` gives {path}" if path else f"tree/__init__.py of {OURS} is gone"
    return f"{seen}: {ONLY_ONE}; uninstall {OTHER}, then install {OURS} again"


def of_attribute(name: str) -> str:
    """What to add where this package lacks a name that the other one may have."""
    return f"; this is {OURS}: {ONLY_ONE}" if name[:1] != "_" and version_of(OTHER) else ""


def version_of(project: str) -> str:
    """The version that is installed; empty where none is.

    >>> version_of("no-such-project")
    ''
    """
    try:
        return version(project)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    sys.exit(wrong_package(importlib.import_module("tree")) or None)
