"""Entries that are called by words of the author's choice and hold one thing: grades with their
meaning, trees with their options, examples with their answers."""

from __future__ import annotations

from collections.abc import Mapping

from ..loading.yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence
from .edits import Edit, difference
from .guide_files import GuideFiles, Path, guide_files
from .references import references
from .splicing import EntryFields, put_entry, put_field
from .yaml_writer import scalar

# What an entry of each section holds, as a form calls it.
HOLDING = {"grades": "meaning", "trees": "options", "examples": "answers"}
TITLE = "title"


def is_titled(path: Path) -> bool:
    """Whether an entry is of this kind."""
    return len(path) == 2 and path[0] in HOLDING


def titled_fields(files: GuideFiles, path: Path) -> dict[str, object]:
    """What a form of such an entry holds; nothing where there is none.

    >>> tea = guide_files("trees: {Indoors: [tea, cake]}")
    >>> titled_fields(tea, ("trees", "Indoors"))
    {'title': 'Indoors', 'options': ['tea', 'cake']}
    """
    if path not in files.nodes:
        return {}
    section, title = path
    held = _plain(files.nodes[path])
    if section == "trees" and isinstance(held, str):
        held = [held]
    return {TITLE: title, HOLDING[section]: held}


def titled_added(files: GuideFiles, section: str, fields: EntryFields) -> Edit:
    """One more, at the end of its section. Raises ValueError where something is missing, or the
    title is there already.

    >>> from .edits import applied
    >>> tea = guide_files("title: Tea?\\n")
    >>> edit = titled_added(tea, "grades", {"title": "1A", "meaning": "do it"})
    >>> print(applied(tea, edit).guide, end="")
    title: Tea?
    <BLANKLINE>
    grades:
      1A: do it
    """
    title = _title(files, section, fields, "")
    made = put_entry(files, section, title, _held(section, fields))
    return difference(files, made, "add", (section, title))


def titled_changed(files: GuideFiles, path: Path, fields: EntryFields) -> Edit:
    """Such an entry with another title, which goes wherever it is named, or holding another thing.

    Raises ValueError as `titled_added` does.
    """
    section, old = path
    now = {**titled_fields(files, path), **fields}
    title = _title(files, section, now, old)
    made = files
    if HOLDING[section] in fields:
        owner = made.nodes[section,]
        assert isinstance(owner, YamlMapping)
        source = put_field(made.guide, owner, old, _held(section, now))
        made = guide_files(source, made.cases)
    if title != old:
        spans = [found.span for found in references(made, path)]
        spans.append(made.keys[path].span)
        source = made.guide
        for start, end in sorted(spans, reverse=True):
            source = source[:start] + scalar(title, in_flow=True) + source[end:]
        made = guide_files(source, made.cases)
    return difference(files, made, "change", (section, title))


def _title(files: GuideFiles, section: str, fields: EntryFields, old: str) -> str:
    title = " ".join(str(fields.get(TITLE) or "").split())
    if not title:
        raise ValueError("say what it is called")
    if title != old and (section, title) in files.nodes:
        raise ValueError(f"there is one of this name already: {title}")
    return title


def _held(section: str, fields: EntryFields) -> object:
    held = fields.get(HOLDING[section])
    if section == "examples" and not isinstance(held, Mapping):
        held = None
    if not held:
        raise ValueError("nothing is chosen for it yet")
    return held if section != "grades" else str(held)


def _plain(node: YamlNode) -> object:
    if isinstance(node, YamlScalar):
        return node.value
    if isinstance(node, YamlSequence):
        return [_plain(item) for item in node.items]
    return {key.value: _plain(value) for key, value in node.entries}
