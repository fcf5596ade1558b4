"""The guides and notebooks that ship with the package, however it was installed."""

from __future__ import annotations

import os
from pathlib import Path

_HOUSE = Path(__file__).parents[1]
_INSTALLED = _HOUSE / "shipped"

# Holds `data` and `notebooks`. A wheel brings both within the package; in a clone, and where that
# is installed as editable, they lie where people look for them, beside the package.
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else _HOUSE.parent


def shipped_guides() -> dict[str, Path]:
    """The folders of the guides that ship, by name.

    >>> "metastatic_liver_cancer" in shipped_guides()
    True
    """
    found = sorted((SHIPPED / "data").glob("*/guide.yaml"))
    return {path.parent.name: path.parent for path in found}


def shipped_guide(path: str | os.PathLike[str]) -> Path | None:
    """The folder of a guide that ships, where its name was given and nothing here is called so.

    >>> shipped_guide("metastatic_liver_cancer").name
    'metastatic_liver_cancer'
    >>> shipped_guide("data")  # a folder
    """
    name = os.fspath(path)
    return None if os.path.lexists(name) else shipped_guides().get(name)
