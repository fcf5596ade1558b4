"""What an author asks for on a screen → a step, that is an edit of the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..loading.sources import CASES_FILE
from ..model.text import CONTROL, Text
from . import entries
from .edits import Conflict, Disagreement, Edit, applied, difference
from .form_fields import as_written, form_fields, vignette
from .guide_files import GuideFiles, Path
from .titled_entries import HOLDING, is_titled, titled_added, titled_changed

# What a form sends: what to do, and with what.
Asked = Mapping[str, Any]


def step(files: GuideFiles, text: Text, asked: Asked) -> Edit | Conflict:
    """The edit that a screen asks for, or why it does not fit what the entry is by now.

    `asked`: "do" names the step. "add" has a section and fields; "change" a path, the fields that
    are other ones now, what `was` there when the form was opened, and of a question how its values
    are called now (`renamed`); "remove" a path, and whether what names it goes along; "confirm" a
    path, what `was` there when it was read, and others (`also`) that were read with it; "unconfirm"
    and "move" (with "behind") a path; "set" a key of the whole guide, and its value.
    Raises ValueError with words for the author, StillNamed as `entries.removed` does, TreeError
    for what would be no guide that can be edited.

    >>> from .guide_files import guide_files
    >>> tea, text = guide_files("title: Tea?\\noptions:\\n"), Text("t", "Drink tea.")
    >>> fields = {"name": "tea", "quote": [{"at": [0, 9]}]}
    >>> asked = {"do": "add", "section": "options", "fields": fields}
    >>> print(applied(tea, step(tea, text, asked)).guide, end="")
    title: Tea?
    options:
      tea:
        name: tea
        quote: Drink tea
    """
    does = _STEPS.get(str(asked.get("do")))
    if does is None:
        raise ValueError(f"no step is called {asked.get('do')!r}")
    return does(files, text, _without_controls(asked))


def _without_controls(asked: Any) -> Any:
    """What was typed or pasted, without the control characters that no file can hold."""
    if isinstance(asked, str):
        return CONTROL.sub("", asked)
    if isinstance(asked, Mapping):
        return {_without_controls(key): _without_controls(each) for key, each in asked.items()}
    return [*map(_without_controls, asked)] if isinstance(asked, list | tuple) else asked


def _add(files: GuideFiles, text: Text, asked: Asked) -> Edit:
    section, fields = str(asked.get("section")), _fields(asked)
    if section in HOLDING:
        return titled_added(files, section, fields)
    if section == CASES_FILE:
        text = Text("vignette", " ".join(str(fields.get("vignette", "")).split()))
    return entries.added(files, text, section, _without_empty(fields))


def _change(files: GuideFiles, text: Text, asked: Asked) -> Edit | Conflict:
    path = _path(asked)
    if conflict := _changed_elsewhere(files, text, asked):
        return conflict
    if is_titled(path):
        return titled_changed(files, path, _fields(asked))
    made = files
    for old, new in (asked.get("renamed") or {}).items():
        made = _after(made, entries.renamed_value(made, path[1], str(old), str(new)))
    fields = _fields(asked)
    if path[0] == CASES_FILE:
        story = fields.get("vignette")
        text = Text("vignette", " ".join(str(story).split())) if story else vignette(files, path)
    edit = entries.changed(made, text, path, fields)
    return difference(files, _after(made, edit), "change", edit.where)


def _remove(files: GuideFiles, _text: Text, asked: Asked) -> Edit:
    return entries.removed(files, _path(asked), along=bool(asked.get("along")))


def _confirm(files: GuideFiles, text: Text, asked: Asked) -> Edit | Conflict:
    """Only what was read is confirmed; who proposed the guide goes with the last that waited."""
    path, made = _path(asked), files
    for each in (asked, *asked.get("also", ())):
        if each.get("was") and (conflict := _changed_elsewhere(files, text, each)):
            return conflict
        made = _after(made, entries.confirmed(made, _path(each)))
    if ("drafted",) in made.nodes and not any(entries.is_draft(made, each) for each in made.nodes):
        made = _after(made, entries.set_key(made, "drafted", None))
    return difference(files, made, "confirm", path)


def _unconfirm(files: GuideFiles, _text: Text, asked: Asked) -> Edit:
    return entries.unconfirmed(files, _path(asked))


def _move(files: GuideFiles, _text: Text, asked: Asked) -> Edit:
    behind = asked.get("behind")
    return entries.moved(files, _path(asked), None if behind is None else str(behind))


def _set(files: GuideFiles, _text: Text, asked: Asked) -> Edit:
    return entries.set_key(files, str(asked.get("key")), as_written(asked.get("value")))


_STEPS: dict[str, Callable[[GuideFiles, Text, Asked], Edit | Conflict]] = {
    "add": _add,
    "change": _change,
    "remove": _remove,
    "confirm": _confirm,
    "unconfirm": _unconfirm,
    "move": _move,
    "set": _set,
}


def _changed_elsewhere(files: GuideFiles, text: Text, asked: Asked) -> Conflict | None:
    """Why a step is not done: its entry is another one than its author has seen."""
    path, was = _path(asked), asked.get("was") or {}
    now = form_fields(files, text, path)
    if path in files.nodes and all(now.get(key) == value for key, value in was.items()):
        return None
    edit = Edit(str(asked.get("do")), path, ())
    return Conflict(edit, (Disagreement(path, "", _written(files, path), ""),))


def _path(asked: Asked) -> Path:
    path = asked.get("path")
    if not isinstance(path, Sequence) or isinstance(path, str) or len(path) != 2:
        raise ValueError(f"no entry has the path {path!r}")
    return tuple(map(str, path))


def _fields(asked: Asked) -> dict[str, object]:
    fields = as_written(asked.get("fields", {}))
    if not isinstance(fields, dict):
        raise ValueError("fields must have names")
    return fields


def _without_empty(fields: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}


def _after(files: GuideFiles, edit: Edit) -> GuideFiles:
    made = applied(files, edit)
    if isinstance(made, Conflict):
        raise ValueError(str(made))
    return made


def _written(files: GuideFiles, path: Path) -> str | None:
    block = files.by_path.get(path)
    return None if block is None else block.body
