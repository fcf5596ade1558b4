"""The front end's modules as one: none can be imported from a blob, nor where nothing is asked.

Notebooks load their script from a blob, and the page asks for nothing, so a module comes with
all that it imports. In one module a name is given once, whichever file gives it.
"""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def scripts(*names: str) -> str:
    """Modules of `static/` in this order, each after those that it imports, as one module.

    >>> page = scripts("page.js")
    >>> page.count("function walk("), page.count("\\nimport {"), page.count("export ")
    (1, 0, 0)
    """
    found: dict[Path, str] = {}

    def add(path: Path, importing: tuple[Path, ...]) -> None:
        if path in importing:
            raise ImportError(f"{path.name} imports itself")
        if path not in found:
            source = path.read_text(encoding="utf-8")
            for other in _IMPORT.findall(source):
                add((path.parent / other).resolve(), (*importing, path))
            found[path] = _EXPORT.sub("", _IMPORT.sub("", source))

    for name in names:
        add((STATIC / name).resolve(), ())
    return "\n".join(found.values())


def styles(*names: str) -> str:
    """Styles of `static/`, one after the other."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)
