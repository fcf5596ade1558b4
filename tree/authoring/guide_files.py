"""`guide.yaml` and `cases.yaml` as blocks of lines: an entry each, with the comments above it.

Put together the blocks are the files, letter by letter. So what an edit does not concern stays as
it is by itself. A file that is read and dumped by a YAML library does not: it folds lines anew.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..loading.sources import CASES_FILE, GUIDE_FILE
from ..loading.yaml_nodes import (
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    lines,
    parse,
)
from ..model.errors import Problem, TreeError

# ("factors",): the head of a section, or all of it where its entries are not on lines of their own
# ("factors", "rain"): an entry; ("context", "Good luck!"): one without a name, by what it quotes
# ("cases.yaml", "bergen"): a case
# (): the end of guide.yaml; ("cases.yaml",): the end of cases.yaml
Path = tuple[str, ...]
GUIDE_END: Path = ()
CASES_END: Path = (CASES_FILE,)

_BREAK = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"[ \t]*#")
_ONLY_COMMENTS = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|\Z))*\Z")
_DASH = re.compile(r"[ \t]*-\s+\Z")


@dataclass(frozen=True)
class EntryLines:
    """Lines of a file: `lead`, blank lines and comments, and `body`, what stands under its path."""

    path: Path
    lead: str
    body: str


@dataclass(frozen=True)
class GuideFiles:
    """The two files as they are written; "" for cases that there are none of. See `guide_files`."""

    guide: str
    cases: str = ""

    @cached_property
    def blocks(self) -> tuple[EntryLines, ...]:
        """Every line of both files, the guide first."""
        return (*_guide_blocks(self.guide), *_case_blocks(self.cases))

    @cached_property
    def by_path(self) -> dict[Path, EntryLines]:
        """The blocks by their paths."""
        return {block.path: block for block in self.blocks}

    @cached_property
    def nodes(self) -> dict[Path, YamlNode]:
        """What is written of every section and entry, also where a section is in braces."""
        return {path: node for path, (_, node) in self._written.items()}

    @cached_property
    def keys(self) -> dict[Path, YamlScalar]:
        """The names of sections and entries, as they are written."""
        found = {path: key for path, (key, _) in self._written.items()}
        return {path: key for path, key in found.items() if isinstance(key, YamlScalar)}

    @cached_property
    def _written(self) -> dict[Path, tuple[YamlNode, YamlNode]]:
        found: dict[Path, tuple[YamlNode, YamlNode]] = {}
        for key, value in _pairs(self.guide, GUIDE_FILE):
            found[(key.value,)] = key, value
            for id, first, node in _children(value):
                found[key.value, id] = first, node
        for key, value in _pairs(self.cases, CASES_FILE):
            found[CASES_FILE, key.value] = key, value
        return found

    @property
    def root(self) -> YamlMapping:
        """All of the guide as it is written. Raises ValueError where nothing is."""
        node = _parsed(self.guide, GUIDE_FILE)
        if not isinstance(node, YamlMapping):
            raise ValueError("the guide is empty")
        return node

    def source(self, path: Path) -> str:
        """The file that a path is in."""
        return self.cases if path[:1] == CASES_END else self.guide

    def with_source(self, path: Path, source: str) -> GuideFiles:
        """The same with another content of the file that a path is in. Raises TreeError."""
        if path[:1] == CASES_END:
            return guide_files(self.guide, source)
        return guide_files(source, self.cases)

    def ids(self, section: str) -> tuple[str, ...]:
        """The names of the entries of a section."""
        return tuple(path[1] for path in self.nodes if len(path) == 2 and path[0] == section)

    def path_at(self, line: int, file: str = GUIDE_FILE) -> Path:
        """Whose line of a file this is, counted from 1."""
        ends, paths = self._line_ends[file == CASES_FILE]
        return paths[min(bisect.bisect_right(ends, line), len(paths) - 1)]

    @cached_property
    def _line_ends(self) -> tuple[tuple[list[int], list[Path]], ...]:
        """Of the guide, and of the cases: the line after each block, and whose block it is."""
        found: tuple[tuple[list[int], list[Path]], ...] = (([], []), ([], []))
        last = [1, 1]
        for block in self.blocks:
            is_case = block.path[:1] == CASES_END
            last[is_case] += len(lines(block.lead + block.body)) - 1
            ends, paths = found[is_case]
            ends.append(last[is_case])
            paths.append(block.path)
        return found


def guide_files(guide: str, cases: str = "") -> GuideFiles:
    """The two files as blocks. Raises TreeError where one of them is not YAML that can be edited.

    >>> source = "title: Tea\\n\\n# Asked first\\nfactors:\\n  rain: {quote: If it rains}\\n"
    >>> tea = guide_files(source)
    >>> [block.path for block in tea.blocks]
    [('title',), ('factors',), ('factors', 'rain'), (), ('cases.yaml',)]
    >>> tea.by_path["factors",].lead
    '\\n# Asked first\\n'
    """
    made = GuideFiles(guide, cases)
    if len(made.by_path) != len(made.blocks):
        message = f"a key {CASES_FILE!r} cannot stand in a guide"
        raise TreeError([Problem(GUIDE_FILE, 0, 0, message)])
    return made


def joined(blocks: Sequence[EntryLines]) -> GuideFiles:
    """The files of these blocks. Raises TreeError as `guide_files` does."""
    inside = [block.path[:1] == CASES_END for block in blocks]
    sources = [
        "".join(b.lead + b.body for b, here in zip(blocks, inside, strict=True) if here is is_cases)
        for is_cases in (False, True)
    ]
    return guide_files(*sources)


def ended(block: EntryLines) -> EntryLines:
    """The block with an end of its last line, so that another one may follow."""
    whole = block.lead + block.body
    if not whole or whole[-1] in "\n\r":
        return block
    return replace(block, body=block.body + ("\r\n" if "\r\n" in whole else "\n"))


def named(path: Path) -> str:
    """A path in words.

    >>> named(("factors", "rain")), named(("title",)), named(("cases.yaml", "bergen"))
    ("'rain' in factors", 'title', "'bergen' in cases.yaml")
    """
    if len(path) == 2:
        return f"{path[1]!r} in {path[0]}"
    return path[0] if path else "the end of the guide"


def words_of(node: YamlNode) -> str:
    """What an entry without a name is found by: its quote, on one line."""
    if isinstance(node, YamlScalar):
        return " ".join(node.value.split())
    if isinstance(node, YamlSequence):
        return " … ".join(map(words_of, node.items))
    fields = {key.value: value for key, value in node.entries}
    named = fields.get("quote") or fields.get("words")
    where = [f"{key} {words_of(fields[key])}" for key in ("in", "nth") if key in fields]
    return " ".join([words_of(named) if named else "", *(f"({each})" for each in where)]).strip()


def line_start(source: str, offset: int) -> int:
    """The offset at which the line of an offset begins."""
    return max(source.rfind("\n", 0, offset), source.rfind("\r", 0, offset)) + 1


def line_end(source: str, offset: int) -> int:
    """The offset after the end of the line of an offset."""
    found = _BREAK.search(source, offset)
    return found.end() if found else len(source)


def end_of(source: str, node: YamlNode, least: int = 0) -> int:
    """Where what is written of a node ends; a block of text would seem to end a line later."""
    start, end = node.span
    return max(least, start + len(source[start:end].rstrip()))


def extent(source: str, start: int, end: int) -> tuple[int, int]:
    """The lines of a key and its value, with the comments that go with them.

    Comments below go with it that are indented further, or follow at once and are followed by a
    blank line.
    """
    begin = line_start(source, start)
    indent = start - begin
    stop = place = line_end(source, end)
    attached = True
    while place < len(source):
        after = line_end(source, place)
        line = source[place:after]
        if not line.strip():
            # A run of comments that began right below ends here.
            stop = place if attached else stop
            attached = False
        elif not _COMMENT.match(line):
            break
        elif len(line) - len(line.lstrip()) > indent:
            stop = after
        elif len(line) - len(line.lstrip()) < indent or not attached:
            attached = False
            break
        place = after
    return begin, (place if attached and place == len(source) else stop)


def _parsed(source: str, file: str) -> YamlNode | None:
    if _ONLY_COMMENTS.match(source):
        return None
    node, problems = parse(file, source)
    if problems:
        raise TreeError(problems)
    return node


def _pairs(source: str, file: str) -> tuple[tuple[YamlScalar, YamlNode], ...]:
    """The keys of a file with their values."""
    node = _parsed(source, file)
    if node is None:
        return ()
    if not isinstance(node, YamlMapping) or source[node.span[0]] == "{":
        message = "entries must stand on lines of their own, and not in brackets, to be edited"
        raise TreeError([Problem(file, node.line, node.column, message)])
    for key, _ in node.entries:
        if key.span[0] != line_start(source, key.span[0]):
            message = "a key must stand at the beginning of its line to be edited"
            raise TreeError([Problem(file, key.line, key.column, message)])
    return node.entries


def _children(node: YamlNode) -> Iterator[tuple[str, YamlNode, YamlNode]]:
    """The entries of a section: name, the node that it begins with, and what is written of it."""
    if isinstance(node, YamlMapping):
        yield from ((key.value, key, value) for key, value in node.entries)
    elif isinstance(node, YamlSequence):
        times: dict[str, int] = {}
        for item in node.items:
            words = words_of(item)
            times[words] = times.get(words, 0) + 1
            again = f" [{times[words]}]" if times[words] > 1 else ""
            yield words + again, item, item


def _guide_blocks(source: str) -> Iterator[EntryLines]:
    last = 0
    for key, value in _pairs(source, GUIDE_FILE):
        begin, end = extent(source, key.span[0], end_of(source, value, key.span[1]))
        entries = _entry_extents(source, key, value)
        if not entries:
            yield EntryLines((key.value,), source[last:begin], source[begin:end])
            last = end
            continue
        head = line_end(source, key.span[1])
        yield EntryLines((key.value,), source[last:begin], source[begin:head])
        last = head
        for id, begin, end in entries:
            yield EntryLines((key.value, id), source[last:begin], source[begin:end])
            last = end
    yield EntryLines(GUIDE_END, source[last:], "")


def _entry_extents(source: str, key: YamlScalar, value: YamlNode) -> list[tuple[str, int, int]]:
    """The entries of a section that are on lines of their own; none where they are not."""
    start = value.span[0]
    if isinstance(value, YamlScalar) or source[start : start + 1] in ("{", "["):
        return []
    found = []
    last = line_end(source, key.span[1])
    for id, first, node in _children(value):
        begin = first.span[0]
        if first is node:
            dash = _DASH.search(source, line_start(source, source.rfind("-", 0, begin)), begin)
            if not dash or dash.end() != begin:
                return []
            begin = dash.start() + dash.group().index("-")
        if begin < last or source[line_start(source, begin) : begin].strip():
            return []
        # A folded sentence of a list would otherwise end on the line of the next one.
        least = 0 if first is node else first.span[1]
        found.append((id, *extent(source, begin, end_of(source, node, least))))
        last = found[-1][2]
    return found


def _case_blocks(source: str) -> Iterator[EntryLines]:
    last = 0
    for key, value in _pairs(source, CASES_FILE):
        begin, end = extent(source, key.span[0], end_of(source, value, key.span[1]))
        yield EntryLines((CASES_FILE, key.value), source[last:begin], source[begin:end])
        last = end
    yield EntryLines(CASES_END, source[last:], "")
