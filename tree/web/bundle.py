"""The front end's modules as one, and its style sheets as one.

A notebook loads its script from a blob, and the page asks for nothing, so neither can import a
module: it must come with all that it imports. In one module a name may be given only once,
whichever file gives it.
"""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
_SHEET = re.compile(r'^@import "(\.[^"]+)";\n', re.MULTILINE)
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
    """Style sheets of `static/`, each once, in the place where it is first imported.

    >>> sheet = styles("explorer.css", "practice.css")
    >>> sheet.count("--d-text: #1a1a1a"), "@import" in sheet
    (1, False)
    """
    found: set[Path] = set()

    def whole(path: Path) -> str:
        if path in found:
            return ""
        found.add(path)
        source = path.read_text(encoding="utf-8")
        return _SHEET.sub(lambda other: whole((path.parent / other[1]).resolve()), source)

    return "\n".join(whole((STATIC / name).resolve()) for name in names)
