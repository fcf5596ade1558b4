"""The list of all messages, and from it the catalogs of all languages: `make messages`.

It writes `messages.pot` from what Python and the front end say, adds to each `<language>.po` what
is new there, and compiles it. An empty file `de.po` becomes one with everything to translate.
"""

from __future__ import annotations

import ast
import gettext
import io
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
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
_UNNAMED = {"subject", "subjects"}
_NUMBERS = 200  # the rules of the CLDR look no further than the last two digits, or at millions
# Of the head of a compiled catalog.
_KEPT = {"Language", "Plural-Forms", "Content-Type"}


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
            if call.func.id in ("say", "later") and words:
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
    write_po(
        file,
        catalog,
        width=100,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return _CHANGING.sub("", file.getvalue().decode())


def translated(path: Path) -> Catalog:
    """The catalog of a language, with all messages that are there now."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.stem.replace("-", "_"))
    catalog.fuzzy = False
    catalog.project = PROJECT
    catalog.update(template(), no_fuzzy_matching=True)
    return catalog


class _Bare(Catalog):
    """Without days and versions of tools in its head: it changes only where words do."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [pair for pair in super().mime_headers if pair[0] in _KEPT]


def compiled(catalog: Catalog) -> bytes:
    """A catalog as gettext reads it, without what is not translated, or not into all forms."""
    bare = _Bare(locale=catalog.locale)
    # The rule for plurals is the one that stands in the file.
    vars(bare).update(_num_plurals=catalog.num_plurals, _plural_expr=catalog.plural_expr)
    for message in catalog:
        if message.id and all(forms(message.string)):
            bare.add(message.id, message.string)
    file = io.BytesIO()
    write_mo(file, bare)
    return file.getvalue()


def wrong_parts(catalog: Catalog) -> list[str]:
    """What is wrong with the {parts} of translations.

    One that the message does not have would be filled in with nothing, and one that is left out
    would be lost. A language in which "this {subject}" needs a gender says "this case" instead, and
    a form that is said of one number alone may say that number as a word.
    """
    form_of = _form_of(catalog)
    numbers = Counter(map(form_of, range(_NUMBERS)))
    found = []
    for message in catalog:
        known = parts("".join(forms(message.id)))
        for form, words in enumerate(forms(message.string)):
            # As in English: "the other tree" names no number.
            needed = parts(forms(message.id)[0]) if form == form_of(1) else known
            one_number = message.pluralizable and numbers[form] == 1
            free = _UNNAMED | ({"count"} if one_number else set())
            if message.id and words and not needed - free <= parts(words) <= known:
                found.append(f"{message.id}: {words}")
    return found


def wrong_plurals(catalog: Catalog) -> list[str]:
    """What is wrong with the plurals of a catalog, beside those of its language in the CLDR."""
    form_of, name_of = _form_of(catalog), catalog.locale.plural_form
    alike = {(form_of(number), name_of(number)) for number in range(_NUMBERS)}
    sizes = {len(alike), len({form for form, _ in alike}), len({name for _, name in alike})}
    found = []
    if sizes != {catalog.num_plurals}:
        found.append(f"the plurals are not those of {catalog.locale.english_name}")
    for message in catalog:
        wanted = catalog.num_plurals if message.pluralizable else 1
        if message.id and len(forms(message.string)) != wanted:
            found.append(f"{message.id}: {len(forms(message.string))} forms, not {wanted}")
    return found


def _form_of(catalog: Catalog) -> Callable[[int], int]:
    return gettext.c2py(catalog.plural_expr)


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
        if wrong := wrong_parts(catalog) + wrong_plurals(catalog):
            raise SystemExit("\n".join([f"{path.name}: the parts or plurals are wrong:", *wrong]))
        path.write_text(written(catalog), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(catalog))
