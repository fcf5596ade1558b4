"""Guides in every layout, and random steps of an author with what each must come to.

A step is an edit and the plain data that both files must hold after it, worked out on plain data
alone.
"""

from __future__ import annotations

import copy
import functools
import json
import random
import re
from collections.abc import Callable, Iterator

import yaml
from places import DATA, ROOT

from tree.authoring import entries
from tree.authoring.edits import Edit
from tree.authoring.entries import Place
from tree.authoring.guide_files import GuideFiles, Path, guide_files
from tree.model.text import Text

CASES = "cases.yaml"
WORDS = [
    "tea",
    "Is it so: yes or no? # perhaps",
    'it\'s "so"',
    "- {a: [b, c]} & *d !e",
    "null",
    "yes",
    "über 65 °C, 肝",
    "ends with a colon:",
    "a long line " * 12,
    "'",
    "two\n lines\t and more",
]
FOLDERS = [
    *sorted(path.parent for path in DATA.glob("*/guide.yaml")),
    ROOT / "tree/authoring/example",
]


def shipped(chance: random.Random) -> tuple[GuideFiles, Text]:
    """A guide that is shipped, in one of the layouts that YAML has for it, and its text."""
    folder = chance.choice(FOLDERS)
    text = Text("text.txt", (folder / "text.txt").read_text(encoding="utf-8"))
    guide = (folder / "guide.yaml").read_text(encoding="utf-8")
    cases = (folder / CASES).read_text(encoding="utf-8") if (folder / CASES).exists() else ""
    return _laid_out(guide, cases, chance.choice(LAYOUTS)), text


@functools.cache
def _laid_out(guide: str, cases: str, layout: Callable[[str], str]) -> GuideFiles:
    return guide_files(layout(guide), layout(cases) if cases else "")


def plain(made: GuideFiles) -> tuple[object, object]:
    """What both files hold, read by another parser; runs of white space are one space."""
    return tuple(_even(yaml.load(source, yaml.CBaseLoader)) for source in (made.guide, made.cases))


def _even(value: object) -> object:
    if isinstance(value, dict):
        return {_even(key): _even(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_even(inner) for inner in value]
    return " ".join(str(value or "").split())


def _apart(source: str) -> str:
    """Each entry after a blank line and a comment."""
    return re.sub(r"\n  (?=\w+:)", "\n\n  # said of it\n  ", source)


def _indented(source: str) -> str:
    """Twice the indentation, and items of lists at the edge of their key."""
    return yaml.dump(
        yaml.load(source, yaml.CBaseLoader),
        indent=4,
        sort_keys=False,
        width=60,
        Dumper=yaml.CSafeDumper,
    )


def _in_brackets(source: str) -> str:
    """Each section, or case, on a line."""
    whole = yaml.load(source, yaml.CBaseLoader)
    return "".join(
        f"{key}: {json.dumps(_even(value), ensure_ascii=False)}  # {key}\n"
        for key, value in whole.items()
    )


def _entries_in_brackets(source: str) -> str:
    whole = yaml.load(source, yaml.CBaseLoader)
    return yaml.dump(
        whole, default_flow_style=None, sort_keys=False, width=1000, Dumper=yaml.CSafeDumper
    )


LAYOUTS: list[Callable[[str], str]] = [
    str,
    str,
    lambda source: source.replace("\n", "\r\n"),
    lambda source: source.rstrip("\n"),
    _apart,
    _indented,
    _in_brackets,
    _entries_in_brackets,
]


def place(chance: random.Random, text: Text) -> tuple[Place, str]:
    """A place in a text, and the words that stand there."""
    words = text.content.split()
    begin = chance.randrange(len(words) - 1)
    some = words[begin : begin + chance.randint(1, 6)]
    start = 0
    for word in words[:begin]:
        start = text.content.index(word, start) + len(word)
    start = end = text.content.index(some[0], start)
    for word in some:
        end = text.content.index(word, end) + len(word)
    return Place(start, end), " ".join(some)


def value(chance: random.Random, text: Text) -> tuple[object, Callable[[object], bool]]:
    """A value of a field, and whether something is what must be written for it."""
    kind = chance.randrange(4)
    if kind == 0:
        where, words = place(chance, text)

        def is_it(found: object) -> bool:
            return found == words or (isinstance(found, dict) and found["words"] == words)

        return where, is_it
    made: object = chance.choice(WORDS)
    if kind == 2:
        made = [chance.choice(WORDS) for _ in range(chance.randint(1, 9))]
    elif kind == 3:
        made = {"rain": chance.choice(WORDS), "wind": [chance.choice(WORDS), "b"]}
    return made, lambda found: found == _even(made)


def entries_of(made: GuideFiles) -> Iterator[Path]:
    """The paths of entries that have fields."""
    for path, node in made.nodes.items():
        if len(path) == 2 and path[0] in entries.KEYS and hasattr(node, "entries"):
            yield path


def step(
    chance: random.Random, made: GuideFiles, text: Text
) -> tuple[Edit, Callable[[GuideFiles], bool]]:
    """A random step, and whether the files is what it must come to."""
    kind = chance.choice([add, change, change, take_away, confirm, move])
    return kind(chance, made, text)


def _at(data: tuple[dict, dict], made: GuideFiles, path: Path) -> tuple[object, object]:
    """The plain data that holds an entry, and the key of the entry in it."""
    if path[0] == CASES:
        return data[1], path[1]
    section = data[0][path[0]]
    if isinstance(section, dict):
        return section, path[1]
    return section, [p for p in made.nodes if len(p) == 2 and p[0] == path[0]].index(path)


def add(chance: random.Random, made: GuideFiles, text: Text):
    section = chance.choice([*entries.KEYS, "unclaimed"])
    quote, words = place(chance, text)
    other, is_other = value(chance, text)
    fields = {"quote": quote} if section == "unclaimed" else {"help": other, "quote": quote}
    edit = entries.added(made, text, section, fields)

    def holds(after: GuideFiles) -> bool:
        old, new = copy.deepcopy(plain(made)), plain(after)
        where, key = _at(new, after, edit.where)
        entry = where.pop(key)
        if not where and section != CASES:
            del new[0][section]
        quoted = entry if section == "unclaimed" else entry["quote"]
        quoted = quoted["words"] if isinstance(quoted, dict) else quoted
        fits = section == "unclaimed" or (is_other(entry["help"]) and len(entry) == 2)
        return fits and quoted == words and (new[0], new[1] or "") == old

    return edit, holds


def change(chance: random.Random, made: GuideFiles, text: Text):
    path = chance.choice(list(entries_of(made)))
    order = [*entries.KEYS[path[0]]]
    key = chance.choice(order)
    new_value, is_it = value(chance, text)
    edit = entries.changed(made, text, path, {key: new_value})

    def holds(after: GuideFiles) -> bool:
        old, new = copy.deepcopy(plain(made)), plain(after)
        where, name = _at(old, made, path)
        found, _ = _at(new, after, path if path in after.nodes else edit.where)
        fits = is_it(found[name][key])
        where[name][key] = found[name][key]
        return fits and old == new and list(found) == list(where)

    return edit, holds


def take_away(chance: random.Random, made: GuideFiles, text: Text):
    paths = list(entries_of(made))
    path = chance.choice(paths)
    optional = [key.value for key, _ in made.nodes[path].entries][1:]
    if not optional:
        return change(chance, made, text)
    key = chance.choice(optional)
    edit = entries.changed(made, text, path, {key: None})

    def holds(after: GuideFiles) -> bool:
        old = copy.deepcopy(plain(made))
        where, name = _at(old, made, path)
        del where[name][key]
        return old == plain(after)

    return edit, holds


def confirm(chance: random.Random, made: GuideFiles, text: Text):
    path = chance.choice(list(entries_of(made)))
    was = entries.is_draft(made, path)
    edit = (entries.confirmed if was else entries.unconfirmed)(made, path)

    def holds(after: GuideFiles) -> bool:
        old = copy.deepcopy(plain(made))
        where, name = _at(old, made, path)
        if was:
            del where[name]["draft"]
        else:
            where[name]["draft"] = "true"
        return old == plain(after)

    return edit, holds


def move(chance: random.Random, made: GuideFiles, text: Text):
    blocks = [block.path for block in made.blocks if len(block.path) == 2]
    if not blocks:
        return confirm(chance, made, text)
    path = chance.choice(blocks)
    others = [other[1] for other in blocks if other[0] == path[0] and other != path]
    behind = chance.choice([None, *others])
    edit = entries.moved(made, path, behind)

    def holds(after: GuideFiles) -> bool:
        ids = [other[1] for other in after.nodes if len(other) == 2 and other[0] == path[0]]
        place = ids.index(path[1])
        return (
            sorted(ids) == sorted([path[1], *others])
            and (ids[place - 1] if place else None) == behind
            and [id for id in ids if id != path[1]] == others
            and _unordered(plain(after)) == _unordered(plain(made))
        )

    return edit, holds


def _unordered(data: object) -> str:
    whole, cases = data
    lists = {
        key: sorted(map(str, value)) for key, value in whole.items() if isinstance(value, list)
    }
    return json.dumps([{**whole, **lists}, cases], sort_keys=True)
