"""An entry taken out of a guide, and with it what would name something that is gone."""

from __future__ import annotations

from collections.abc import Collection

from ..loading.keys import SAYING, VERBS
from ..loading.sources import CASES_FILE
from ..loading.yaml_nodes import YamlMapping, YamlSequence
from .guide_files import GuideFiles, Path
from .references import Reference, references
from .splicing import cut_entry, cut_field, cut_item

# Where a name is one of several, or beside the point, it goes alone.
_DROPPED = (*SAYING, "outweighs", "grade", "options", "answers", "")


def without(
    files: GuideFiles, path: Path, going: Collection[Path] = ()
) -> tuple[GuideFiles, tuple[Reference, ...]]:
    """The files without an entry and what names it, or the names that cannot go along.

    Where a condition loses one of its factors, its statement goes: for whom it holds would be
    somebody else. A scope or a question that depends on another is never changed so, as the
    statements in it would hold for others, too: it is returned.
    """
    going = (*going, path)
    while found := [each for each in references(files, path) if each.path not in going]:
        if left := tuple(each for each in found if not _goes_along(each)):
            return files, left
        files, left = _dropped(files, found[0], going)
        if left:
            return files, left
    return cut_entry(files, path), ()


def _goes_along(found: Reference) -> bool:
    section = found.path[0]
    return (section == "statements" and found.key != "quote") or (
        section in ("groups", "trees", "examples", CASES_FILE) and found.key in _DROPPED
    )


def _dropped(
    files: GuideFiles, found: Reference, going: Collection[Path]
) -> tuple[GuideFiles, tuple[Reference, ...]]:
    """The files without one name: alone, with its field, or with its entry."""
    path, key = found.path, found.key
    entry = files.nodes[path]
    source = files.source(path)
    fields = (
        {name.value: node for name, node in entry.entries} if isinstance(entry, YamlMapping) else {}
    )
    value = fields.get(key, entry)
    if path[0] in ("examples", CASES_FILE) and isinstance(value, YamlMapping):
        if len(value.entries) > 1:
            name = next(name.value for name, _ in value.entries if name.span == found.span)
            return files.with_source(path, cut_field(source, value, name)), ()
    elif key in _DROPPED and key != "instead" and isinstance(value, YamlSequence):
        least = 2 if key in SAYING and key not in VERBS else 1
        at = next((i for i, item in enumerate(value.items) if item.span == found.span), None)
        if at is not None and len(value.items) > least:
            return files.with_source(path, cut_item(source, value, at)), ()
    says = [name for name in fields if name in SAYING and name != key]
    if key in ("outweighs", "grade", "answers") or (key in SAYING and says):
        assert isinstance(entry, YamlMapping)
        return files.with_source(path, cut_field(source, entry, key)), ()
    return without(files, path, going)
