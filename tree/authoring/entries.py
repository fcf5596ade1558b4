"""The steps of an author: add, change, remove, rename and confirm entries of a guide.

Each makes an edit of the files and of what somebody has chosen: places in the text, and words. No
one is asked for a name, and no quote is typed. A screen uses them so:

>>> from tree.model.text import Text
>>> from .guide_files import guide_files
>>> from .edits import applied
>>> text = Text("text.txt", "If it rains, drink tea.")
>>> tea = guide_files("title: Tea?\\nfactors:\\noptions:\\nstatements:\\n")
>>> question = {"question": "Does it rain?", "quote": Place(0, 11)}
>>> tea = applied(tea, added(tea, text, "factors", question))
>>> tea = applied(tea, added(tea, text, "options", {"name": "tea", "quote": Place(13, 22)}))
>>> says = {"quote": Place(0, 23), "when": {"does_it_rain": "yes"}, "offer": "tea"}
>>> tea = applied(tea, added(tea, text, "statements", says))
>>> print(tea.guide[tea.guide.index("statements"):], end="")
statements:
  if_it_rains_drink_tea:
    quote: If it rains, drink tea.
    when: {does_it_rain: yes}
    offer: tea
>>> print(removed(tea, ("options", "tea")))
Traceback (most recent call last):
tree.authoring.entries.StillNamed: 'tea' in options is still named by: \
'if_it_rains_drink_tea' in statements (offer)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..loading.keys import (
    CASE,
    CONTEXT,
    FACTOR,
    GROUP,
    GUIDE,
    OPTION,
    PASSAGE,
    RESERVED,
    SCOPE,
    STATEMENT,
)
from ..loading.sources import CASES_FILE
from ..loading.yaml_nodes import Span, YamlMapping
from ..model.parts import EVERYTHING
from ..model.text import Text
from .edits import Edit, difference
from .guide_files import GuideFiles, Path, ended, guide_files, joined, named
from .identifiers import identifier
from .listed_sentences import without_claimed
from .references import Reference, references, value_references
from .removal import without
from .scaffold import Quoting
from .splicing import EntryFields, cut_field, put_entry, put_field
from .yaml_writer import scalar

# The sections, and the keys of their entries in the order in which they stand.
KEYS = {
    "passages": PASSAGE.names,
    "factors": FACTOR.names,
    "options": OPTION.names,
    "groups": GROUP.names,
    "scopes": SCOPE.names,
    "statements": STATEMENT.names,
    "context": CONTEXT.names,
    CASES_FILE: CASE.names,
}
# The fields that a name is made of, the best first.
_NAMING = ("short", "name", "question", "author", "remark", "quote", "begins", "vignette")
DRAFT = "draft"


class Place(NamedTuple):
    """Words that somebody has selected: `text.content[start:end]`."""

    start: int
    end: int


class StillNamed(ValueError):
    """An entry that cannot be removed without those that name it. `references`: where."""

    def __init__(self, path: Path, found: Sequence[Reference]) -> None:
        self.references = tuple(found)
        where = ", ".join(map(str, found))
        super().__init__(f"{named(path)} is still named by: {where}")


def quoted(text: Text, value: object) -> object:
    """A value as it is written: each place in it as the words that stand there, made unambiguous.

    Blanks around a selection count nothing. Raises ValueError where nothing is selected.

    >>> text = Text("text.txt", "Tea. Tea with milk.")
    >>> quoted(text, Place(5, 9)), quoted(text, [Place(5, 18)])
    ({'words': 'Tea', 'nth': '2'}, ['Tea with milk'])
    """
    if isinstance(value, Place):
        words = text.content[value.start : value.end]
        if not 0 <= value.start < value.end <= len(text.content) or not words.strip():
            raise ValueError("select the words that say so first: nothing is selected")
        start = value.start + len(words) - len(words.lstrip())
        return Quoting(text)(start, start + len(words.strip()))
    if isinstance(value, Mapping):
        return {str(key): quoted(text, inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [quoted(text, inner) for inner in value]
    return value if isinstance(value, str) else str(value)


def added(
    files: GuideFiles,
    text: Text,
    section: str,
    fields: EntryFields,
    *,
    draft: bool = False,
    behind: str | None = None,
) -> Edit:
    """An entry more. Its name is made of its words; what it quotes is unclaimed no more.

    `text`: what its places are places in; of a case the vignette. `fields`: the fields as they
    stand in a guide, a `Place` for each quote. `behind`: the entry that it follows; by default it
    is the last of its section. Raises ValueError for a section that there is none of.
    """
    if section not in KEYS and section not in GUIDE.names:
        raise ValueError(f"no section is called {section!r}")
    written = quoted(text, fields)
    assert isinstance(written, dict)
    if draft:
        written[DRAFT] = "true"
    order = KEYS.get(section, ())
    in_order = {key: written[key] for key in sorted(written, key=lambda key: _rank(key, order))}
    words = next((_plain(written[key]) for key in _NAMING if key in written), section)
    id = identifier(words, taken(files, section))
    # What waits to be dealt with has no fields: it is a quote.
    value: object = in_order["quote"] if section == "unclaimed" else in_order
    made = put_entry(files, section, id, value, behind)
    new = [path for path in made.nodes if path not in files.nodes and len(path) == 2]
    if section not in (CASES_FILE, "unclaimed"):
        made = without_claimed(files, made, text)
    return difference(files, made, "add", new[0] if new else (section, id))


def changed(files: GuideFiles, text: Text, path: Path, fields: EntryFields) -> Edit:
    """Fields of an entry with other values; None takes a field away. All others stay as they are.

    Raises ValueError where there is no such entry.
    """
    made = files
    for key, value in fields.items():
        node = _entry(made, path)
        present = key in [name.value for name, _ in node.entries]
        if value is None and not present:
            continue
        source = made.source(path)
        if value is None:
            source = cut_field(source, node, key)
        else:
            source = put_field(source, node, key, quoted(text, value), KEYS.get(path[0], ()))
        made = made.with_source(path, source)
        if path not in made.nodes:
            # An entry of a list is found by what it quotes.
            at = [p for p in files.nodes if p[0] == path[0]].index(path)
            path = [p for p in made.nodes if p[0] == path[0]][at]
    if path[0] != CASES_FILE:
        made = without_claimed(files, made, text)
    return difference(files, made, "change", path)


def set_key(files: GuideFiles, key: str, value: object) -> Edit:
    """A key of the whole guide, such as its title, with another value; None takes it away.

    Raises ValueError for a key that there is none of, or that holds entries.

    >>> from .guide_files import guide_files
    >>> from .edits import applied
    >>> tea = guide_files("title: Tea\\n")
    >>> applied(tea, set_key(tea, "title", "Tea or coffee?")).guide
    'title: Tea or coffee?\\n'
    """
    if key not in GUIDE.names or key in KEYS:
        raise ValueError(f"no key of a guide with a single value is called {key!r}")
    root = files.root
    if value is None:
        source = cut_field(files.guide, root, key) if (key,) in files.nodes else files.guide
    else:
        source = put_field(files.guide, root, key, value, GUIDE.names)
    return difference(files, guide_files(source, files.cases), "set", (key,))


def moved(files: GuideFiles, path: Path, behind: str | None) -> Edit:
    """An entry in another place of its section: behind another one, or first (None).

    The tree asks its questions in the order of the factors. Comments above an entry go with it.
    Raises ValueError where one of them is not there, or the section stands in brackets.
    """
    head, before = path[:1], (path[0], behind) if behind is not None else path[:1]
    at = {block.path: block for block in files.blocks}
    if len(path) != 2 or path == before or not {path, before} <= at.keys() | {(CASES_FILE,)}:
        raise ValueError(f"{named(path)} cannot be moved there")
    rest = [block for block in files.blocks if block.path != path]
    paths = [block.path for block in rest]
    if before in paths and before != (CASES_FILE,):
        place = paths.index(before) + 1
    else:
        place = next(i for i, other in enumerate(paths) if other[:1] == head)
    # The last line of a file may have no end.
    made = joined([*map(ended, [*rest[:place], at[path]]), *rest[place:]])
    return difference(files, made, "move", path)


def removed(files: GuideFiles, path: Path, along: bool = False) -> Edit:
    """One entry less.

    `along`: what names it goes along, where that says nothing new: its name in a list of several,
    and statements that say something of it or ask for it. Raises StillNamed, with the places,
    where something would name what is not there any more, and ValueError where there is no such
    entry.
    """
    if path not in files.nodes or len(path) != 2:
        raise ValueError(f"there is no entry {named(path)}")
    found = references(files, path)
    if found and not along:
        raise StillNamed(path, found)
    made, left = without(files, path)
    if left:
        raise StillNamed(path, left)
    return difference(files, made, "remove", path)


def renamed(files: GuideFiles, path: Path, words: str) -> Edit:
    """An entry with a name made of other words, wherever it is named. Its fields stay.

    Raises ValueError where there is no such entry with a name.
    """
    key = files.keys.get(path)
    # An entry of a list is its own key.
    if len(path) != 2 or key is None or key is files.nodes[path]:
        raise ValueError(f"there is no entry with a name of its own: {named(path)}")
    section, id = path
    spans = [(found.path, found.span) for found in references(files, path)]
    spans.append((path, key.span))
    new = identifier(words, taken(files, section) - {id})
    return difference(files, _replaced(files, spans, new), "rename", (section, new))


def renamed_value(files: GuideFiles, factor: str, old: str, new: str) -> Edit:
    """A value of a question in other words, wherever it is named. Raises ValueError for none."""
    found = value_references(files, factor, old)
    if not found or found[0].path != ("factors", factor):
        raise ValueError(f"{named(('factors', factor))} lists no value {old!r}")
    spans = [(each.path, each.span) for each in found]
    made = _replaced(files, spans, scalar(new, in_flow=True))
    return difference(files, made, "rename", ("factors", factor))


def confirmed(files: GuideFiles, path: Path) -> Edit:
    """An entry that is a draft no more. Raises ValueError where it was none."""
    node = _entry(files, path)
    if DRAFT not in [key.value for key, _ in node.entries]:
        raise ValueError(f"{named(path)} is no draft")
    source = cut_field(files.source(path), node, DRAFT)
    return difference(files, files.with_source(path, source), "confirm", path)


def unconfirmed(files: GuideFiles, path: Path) -> Edit:
    """An entry that is a draft again. Raises ValueError where it was one."""
    node = _entry(files, path)
    if DRAFT in [key.value for key, _ in node.entries]:
        raise ValueError(f"{named(path)} is a draft already")
    source = put_field(files.source(path), node, DRAFT, "true")
    return difference(files, files.with_source(path, source), "unconfirm", path)


def is_draft(files: GuideFiles, path: Path) -> bool:
    """Whether an entry waits to be confirmed."""
    node = files.nodes.get(path)
    return isinstance(node, YamlMapping) and any(key.value == DRAFT for key, _ in node.entries)


def taken(files: GuideFiles, section: str) -> set[str]:
    """The names that a new entry of a section cannot have."""
    together = ("options", "groups") if section in ("options", "groups") else (section,)
    used = {id for each in together for id in files.ids(each)}
    return used | {*RESERVED, EVERYTHING}


def _entry(files: GuideFiles, path: Path) -> YamlMapping:
    node = files.nodes.get(path)
    if len(path) != 2 or not isinstance(node, YamlMapping):
        raise ValueError(f"there is no entry {named(path)}")
    return node


def _replaced(files: GuideFiles, spans: Sequence[tuple[Path, Span]], new: str) -> GuideFiles:
    """The files with other words at some places."""
    sources = {True: files.cases, False: files.guide}
    for path, (start, end) in sorted(spans, key=lambda found: found[1], reverse=True):
        is_case = path[0] == CASES_FILE
        sources[is_case] = sources[is_case][:start] + new + sources[is_case][end:]
    return guide_files(sources[False], sources[True])


def _rank(key: str, order: Sequence[str]) -> int:
    return order.index(key) if key in order else len(order)


def _plain(value: object) -> str:
    """The words of a field that may be a quote, or several."""
    if isinstance(value, Mapping):
        return str(value.get("words", ""))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _plain(value[0]) if value else ""
    return str(value)
