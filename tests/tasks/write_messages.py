"""The list of all messages, and from it the catalogs of all languages: `make messages`.

It writes `messages.pot` from what Python and the front end say, adds to each `<language>.po` what
is new there, and compiles it. An empty file `de.po` becomes one with everything to translate.
"""

from __future__ import annotations

import ast
import copy
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tree.messages import FOLDER, VALUES
from tree.web.catalog import messages_in

HOUSE = FOLDER.parent
TEMPLATE = FOLDER / "messages.pot"
KEYWORDS = {"say": None, "plural": (1, 2)}
PROJECT = "decision-tree-notebook"
# Of the head of a file: days, versions of tools, and names that nobody has filled in.
_CHANGING = re.compile(
    r'^(?:#(?: Copyright.*| FIRST.*|)|"(?:POT-|PO-|Generated-By|.*(?:ADDRESS|LL@li|VERSION)).*)\n',
    re.MULTILINE,
)


def front_end(
    file: io.BufferedIOBase, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """What a module of the front end says, as Babel asks for it."""
    script = file.read().decode()
    for place, message in messages_in(script):
        line = script.count("\n", 0, place) + 1
        yield line, "plural" if isinstance(message, tuple) else "say", message, []


def python(
    file: io.BufferedIOBase, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """The same of a module of Python; Babel itself overlooks what stands within an f-string."""
    for call in ast.walk(ast.parse(file.read())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            words = [each.value for each in call.args[:2] if isinstance(each, ast.Constant)]
            if call.func.id == "say" and words:
                yield call.lineno, "say", words[0], []
            if call.func.id == "plural":
                yield call.lineno, "plural", (words[0], words[1]), []


def template() -> Catalog:
    """All messages, each with the files that say it."""
    found = Catalog(project=PROJECT, charset="utf-8", fuzzy=False)
    methods = [("**.py", python), ("**.js", front_end)]
    for file, _, message, _, _ in extract_from_dir(HOUSE, methods, keywords=KEYWORDS):
        found.add(message, locations=[(f"tree/{file}", 1)])
    for value in VALUES:
        found.add(value, locations=[("tree/messages/__init__.py", 1)])
        found.add(value.capitalize(), locations=[("tree/messages/__init__.py", 1)])
    return found


def written(catalog: Catalog) -> str:
    """A catalog as a file; it changes only where its messages do."""
    file = io.BytesIO()
    write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    return _CHANGING.sub("", file.getvalue().decode())


def translated(path: Path) -> Catalog:
    """The catalog of a language, with all messages that are there now."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.stem.replace("-", "_"))
    catalog.fuzzy = False
    catalog.update(template(), no_fuzzy_matching=True)
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """A catalog as gettext reads it, without what is not translated, or not into all forms."""
    catalog = copy.deepcopy(catalog)
    for message in catalog:
        if not all(forms(message.string)):
            message.string = ""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def wrong_parts(catalog: Catalog) -> list[str]:
    """What is wrong with the {parts} of translations; these would be filled in with nothing."""
    return [
        f"{message.id}: {each}"
        for message in catalog
        for each in forms(message.string)
        if message.id and not parts(each) <= parts("".join(forms(message.id)))
    ]


def forms(words: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """The one or several forms of a message."""
    return words if isinstance(words, tuple) else (words or "",)


def parts(words: str) -> set[str]:
    """What is filled in.

    >>> sorted(parts("{left} of {count}"))
    ['count', 'left']
    """
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


if __name__ == "__main__":
    TEMPLATE.write_text(written(template()), encoding="utf-8")
    for path in sorted(FOLDER.glob("*.po")):
        catalog = translated(path)
        if wrong := wrong_parts(catalog):
            raise SystemExit("\n".join([f"{path.name}: these have other parts:", *wrong]))
        path.write_text(written(catalog), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(catalog))
