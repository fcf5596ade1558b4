"""Fields and entries put into the source of a guide, or cut out of it; all other letters stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..loading.keys import GUIDE
from ..loading.sources import CASES_FILE
from ..loading.yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence
from .guide_files import (
    CASES_END,
    GUIDE_END,
    EntryLines,
    GuideFiles,
    Path,
    end_of,
    ended,
    extent,
    joined,
    line_end,
    line_start,
)
from .yaml_writer import entry, flow, item, scalar

# Sections whose entries have no names, unless somebody has given them some.
LISTS = ("context", "unclaimed")
# These must stand in a guide, also while they are empty.
REQUIRED = ("factors", "options", "statements")
EntryFields = Mapping[str, object]
_COLON = re.compile(r"[ \t]*:")


# --- a field of an entry --------------------------------------------------------------------


def put_field(
    source: str, owner: YamlMapping, key: str, value: object, order: Sequence[str] = ()
) -> str:
    """The source with a field in a mapping: in the place of the one of this name, or a new one.

    `order`: the keys in the order in which they stand.
    """
    if is_flow(source, owner):
        return _put_in_flow(source, owner, key, value, order)
    indent = owner.column - 1
    lines = entry(key, value, indent)
    for name, old in owner.entries:
        if name.value == key:
            start, end = name.span[0], _end(source, name, old)
            rest = source[end : line_end(source, end)].rstrip()
            if len(lines) > 1 and rest.lstrip().startswith("#"):
                # Below, the comment would be taken for a part of the words.
                lines[0] += "  " + rest.lstrip()
                end += len(rest)
            kept = [" " * indent + comment for comment in _comments(source, old)]
            first, *more = [*kept, *lines] if _is_first(source, start) else [*lines, *kept]
            return _spliced(source, start, end, [first.lstrip(), *more])
    before = [pair for pair in owner.entries if _rank(pair[0].value, order) <= _rank(key, order)]
    if not before and _is_first(source, owner.entries[0][0].span[0]):
        at = line_start(source, owner.span[0])
        return _spliced(source, at, at, [*lines, ""])
    name, old = before[-1] if before else owner.entries[0]
    _, stop = extent(source, name.span[0], _end(source, name, old))
    return put_lines(source, stop, lines)


def cut_field(source: str, owner: YamlMapping, key: str) -> str:
    """The source without a field of a mapping; comments above it stay."""
    at = next(i for i, (name, _) in enumerate(owner.entries) if name.value == key)
    parts = [(name.span[0], _end(source, name, value)) for name, value in owner.entries]
    return _cut(source, parts, at, is_flow(source, owner))


def cut_item(source: str, owner: YamlSequence, at: int) -> str:
    """The source without an item of a list that has several."""
    parts = [(node.span[0], end_of(source, node)) for node in owner.items]
    if not is_flow(source, owner):
        parts = [(source.rindex("-", 0, start), end) for start, end in parts]
    return _cut(source, parts, at, is_flow(source, owner))


def is_flow(source: str, node: YamlNode) -> bool:
    """Whether a list or a mapping stands in brackets."""
    return source[node.span[0] : node.span[0] + 1] in ("{", "[")


def put_lines(source: str, at: int, lines: Sequence[str]) -> str:
    """The source with whole lines before an offset at which a line begins."""
    if at and source[at - 1] not in "\n\r":
        return _spliced(source, at, at, ["", *lines])
    return _spliced(source, at, at, [*lines, ""])


def _cut(source: str, parts: Sequence[tuple[int, int]], at: int, in_flow: bool) -> str:
    start, end = parts[at]
    if in_flow:
        if at + 1 < len(parts):
            end = parts[at + 1][0]
        elif at:
            start = parts[at - 1][1]
    elif _is_first(source, start):
        start, end = line_start(source, start), line_end(source, end)
    elif at + 1 < len(parts):
        # What follows the dash of a list.
        end = parts[at + 1][0]
    return source[:start] + source[end:]


def _put_in_flow(
    source: str, owner: YamlMapping, key: str, value: object, order: Sequence[str]
) -> str:
    words = f"{scalar(key, in_flow=True)}: {flow(value)}"
    for name, old in owner.entries:
        if name.value == key:
            return _spliced(source, name.span[0], _end(source, name, old), [words])
    before = [pair for pair in owner.entries if _rank(pair[0].value, order) <= _rank(key, order)]
    if before:
        name, old = before[-1]
        at = _end(source, name, old)
        return _spliced(source, at, at, [f", {words}"])
    at = owner.span[0] + 1
    return _spliced(source, at, at, [words + ", " * bool(owner.entries)])


def _end(source: str, key: YamlScalar, value: YamlNode) -> int:
    """Where a key and its value end; of a value that is not written, its colon."""
    colon = _COLON.match(source, key.span[1])
    return end_of(source, value, colon.end() if colon else key.span[1])


def _rank(key: str, order: Sequence[str]) -> int:
    return order.index(key) if key in order else len(order)


def _is_first(source: str, offset: int) -> bool:
    """Whether nothing stands before an offset in its line."""
    return not source[line_start(source, offset) : offset].strip()


def _comments(source: str, node: YamlNode) -> Iterator[str]:
    """The comments inside of a value, which goes with all its lines."""
    last = node.span[0]
    for leaf in _leaves(node):
        yield from re.findall(r"#[^\r\n]*", source[last : leaf.span[0]])
        head = source[leaf.span[0] : line_end(source, leaf.span[0])]
        if head[:1] in (">", "|"):
            yield from re.findall(r"\s(#[^\r\n]*)", head)
        last = max(last, leaf.span[1])


def _leaves(node: YamlNode) -> Iterator[YamlScalar]:
    if isinstance(node, YamlScalar):
        yield node
    elif isinstance(node, YamlSequence):
        for inner in node.items:
            yield from _leaves(inner)
    else:
        for key, value in node.entries:
            yield key
            yield from _leaves(value)


def _spliced(source: str, start: int, end: int, lines: Sequence[str]) -> str:
    """Lines in the place of what stands between two offsets, with the line ends of the source."""
    break_ = "\r\n" if "\r\n" in source else "\n"
    return source[:start] + break_.join(lines) + source[end:]


# --- an entry of a section ------------------------------------------------------------------


def put_entry(
    files: GuideFiles, section: str, id: str, value: object, behind: str | None = None
) -> GuideFiles:
    """The files with one more entry: behind another one, or at the end of its section.

    `value`: its fields; `id` counts nothing where the section is a list.
    """
    if section == CASES_FILE:
        return _placed(files, section, _lines(id, value, 0), behind)
    node = files.nodes.get((section,))
    if isinstance(node, YamlScalar) and node.value:
        raise ValueError(f"{section} holds a word, and no entries: edit it by hand")
    if isinstance(node, YamlMapping | YamlSequence) and is_flow(files.guide, node):
        files = laid_out(files, section)
        node = files.nodes[(section,)]
    indent = 2
    if isinstance(node, YamlMapping | YamlSequence):
        indent = len(_indent(_entries(files, section)[0].body))
    is_list = isinstance(node, YamlSequence) or (
        section in LISTS and not isinstance(node, YamlMapping)
    )
    lines = item(value, indent) if is_list else _lines(id, value, indent)
    return _placed(files, section, lines, behind)


def cut_entry(files: GuideFiles, path: Path) -> GuideFiles:
    """The files without an entry; comments above it stay. Raises TreeError as `guide_files` does.

    A section that is not needed goes with its last entry.
    """
    section = files.nodes.get(path[:1])
    if path not in files.by_path and isinstance(section, YamlMapping):
        return files.with_source(path, cut_field(files.source(path), section, path[1]))
    if path not in files.by_path:
        files = laid_out(files, path[0])
    gone = [path]
    if path[0] not in (*REQUIRED, CASES_FILE) and len(_entries(files, path[0])) == 1:
        gone.append(path[:1])
    blocks: list[EntryLines] = []
    kept = ""
    for block in files.blocks:
        if block.path in gone:
            kept += block.lead * ("#" in block.lead)
        else:
            blocks.append(replace(block, lead=kept + block.lead))
            kept = ""
    return joined(blocks)


def laid_out(files: GuideFiles, section: str) -> GuideFiles:
    """The files with a section, so far in brackets, with an entry a line."""
    source, node = files.guide, files.nodes[(section,)]
    block = files.by_path[(section,)]
    if isinstance(node, YamlScalar) or not is_flow(source, node) or list(_comments(source, node)):
        raise ValueError(f"{section} is written in a way that can only be edited by hand")
    end = end_of(source, node)
    rest = source[end : line_end(source, end)].strip()
    lines = [f"{section}:" + f"  {rest}" * bool(rest)]
    if isinstance(node, YamlMapping):
        pairs = ((source[slice(*k.span)] + ":", v) for k, v in node.entries)
    else:
        pairs = (("-", inner) for inner in node.items)
    for lead, value in pairs:
        first, *more = source[value.span[0] : end_of(source, value)].splitlines()
        lines += [f"  {lead} {first}".rstrip(), *(f"      {line.strip()}" for line in more)]
    start = source.index(block.lead + block.body) + len(block.lead)
    return files.with_source(
        (section,), _spliced(source, start, line_end(source, end), [*lines, ""])
    )


def _lines(id: str, value: object, indent: int) -> list[str]:
    """An entry with a name, each of its fields on a line of its own."""
    if not isinstance(value, Mapping):
        return entry(id, value, indent)
    fields = (line for key, inner in value.items() for line in entry(key, inner, indent + 2))
    return [" " * indent + f"{scalar(id, in_flow=True)}:", *fields]


def _placed(
    files: GuideFiles, section: str, lines: Sequence[str], behind: str | None
) -> GuideFiles:
    """The files with lines of an entry, or of the first of a new section."""
    blocks = list(files.blocks)
    paths = [block.path for block in blocks]
    source = files.source((section,))
    break_ = "\r\n" if "\r\n" in source else "\n"
    inside = _entries(files, section)
    if (section, behind) in paths:
        at = paths.index((section, str(behind))) + 1
    elif section == CASES_FILE:
        at = paths.index(CASES_END)
    elif (section,) in paths:
        at = max(i for i, path in enumerate(paths) if path[:1] == (section,)) + 1
    else:
        at = _new_section(paths, section)
        lines = [*[""] * bool(at), f"{section}:", *lines]
    # Entries with blank lines between them go on so.
    apart = [not block.lead.split("#")[0].strip() and "\n" in block.lead for block in inside[1:]]
    lead = break_ * (bool(apart) and all(apart))
    if section == CASES_FILE:
        lead = break_ * bool(inside)
    if at and (inside or section != CASES_FILE):
        blocks[at - 1] = ended(blocks[at - 1])
    new = EntryLines((section, ""), lead, break_.join([*lines, ""]))
    return joined([*blocks[:at], new, *blocks[at:]])


def _new_section(paths: Sequence[Path], section: str) -> int:
    """Behind the last of the sections that stand before it in the order of the format."""
    before = [i for i, path in enumerate(paths) if path and path[0] in _earlier(section)]
    return max(before) + 1 if before else paths.index(GUIDE_END)


def _earlier(section: str) -> Sequence[str]:
    return GUIDE.names[: GUIDE.names.index(section)]


def _entries(files: GuideFiles, section: str) -> list[EntryLines]:
    return [b for b in files.blocks if len(b.path) == 2 and b.path[0] == section]


def _indent(body: str) -> str:
    return body[: len(body) - len(body.lstrip())]
