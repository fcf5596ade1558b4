"""YAML → nodes that know their line and column. The only module that knows YAML.

Scalars stay the text that the author wrote (`no` is "no", never false), so nothing
is converted behind the author's back. Tags, anchors and aliases are refused: a guide needs none,
and they are what turns a small file into a huge one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ..model.errors import ENOUGH, MOST_PROBLEMS, Problem, shown
from ..model.text import CONTROL
from .yaml_hints import plainly

MAX_DEPTH = 20
MAX_NODES = 200_000  # as many take some seconds to read

# Where something begins and ends: offsets in the source. A value that is not written begins and
# ends with what stands before it. What is indented ends with the last thing in it.
Span = tuple[int, int]


# Nobody changes a node. That is not enforced, for it would take as long as the parser does.
@dataclass(slots=True)
class YamlScalar:
    """Text, as written."""

    value: str
    line: int
    column: int
    span: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(slots=True)
class YamlSequence:
    """A list."""

    items: tuple[YamlNode, ...]
    line: int
    column: int
    span: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(slots=True)
class YamlMapping:
    """Keys and values, in the order of the file; keys are unique."""

    entries: tuple[tuple[YamlScalar, YamlNode], ...]
    line: int
    column: int
    span: Span = field(default=(0, 0), compare=False, repr=False)


YamlNode = YamlScalar | YamlSequence | YamlMapping


def parse(file: str, source: str) -> tuple[YamlNode | None, list[Problem]]:
    """Parse YAML source; the node is None where there is nothing that can be used.

    >>> node, problems = parse("guide.yaml", "title: Tea\\ntitle: Coffee")
    >>> node.entries[0]
    (YamlScalar(value='title', line=1, column=1), YamlScalar(value='Tea', line=1, column=8))
    >>> print(problems[0])
    guide.yaml:2:1: duplicate key 'title': first given in line 1
    """
    node, problems = parse_unnamed(source)
    return node, [replace(problem, file=file) for problem in problems]


# A step of an author looks at a file before and after, and so do the checks. Nodes never change.
@lru_cache(maxsize=4)
def parse_unnamed(source: str) -> tuple[YamlNode | None, list[Problem]]:
    """The same, with problems that name no file. What was parsed last is remembered."""
    return _quickly(source) or _carefully(source)


# Where the two parsers may not agree, or count lines in another way. Of control characters the one
# in C takes none.
_UNUSUAL = "\t\r\x85\u2028\u2029\ufeff"
_UNUSUAL_LINE = re.compile(r"\n(?:%|---|\.\.\.)")


def _quickly(source: str) -> tuple[YamlNode | None, list[Problem]] | None:
    """The same of a file that is YAML and has nothing unusual, if a parser in C is there.

    JupyterLab brings PyYAML along, whose parser takes a thirtieth of the time.
    """
    try:
        from yaml import YAMLError
        from yaml.cyaml import CParser
    except ImportError:
        return None
    if any(letter in source for letter in _UNUSUAL) or _UNUSUAL_LINE.search(f"\n{source}"):
        return None
    reader = _Reader()
    try:
        reader.read(iter(CParser(source).get_event, None))
    except (YAMLError, ValueError):
        return None
    # They do not agree either where something stands that is not written; but what is too
    # large is so for both, and would be read for long.
    if reader.stopped:
        return None, reader.problems
    return None if reader.blank or reader.root is None else (reader.root, reader.problems)


def _carefully(source: str) -> tuple[YamlNode | None, list[Problem]]:
    """The node, and everything that is wrong, each at its place."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    reader = _Reader()
    try:
        reader.read(YAML(typ="safe", pure=True).parse(source))
    except MarkedYAMLError as error:
        reader.report(*_explained(error, source))
        return None, reader.problems
    except (YAMLError, ValueError, OverflowError) as error:
        # ruamel raises plain errors, without a place, for escapes and directives that make
        # no sense.
        reason = " ".join(str(error).split())[:120]
        reader.report(*reader.place, f"not YAML: what follows cannot be read: {reason}")
        return None, reader.problems
    if reader.root is None and not reader.problems:
        reader.report(1, 1, "the file holds nothing but comments")
    return (None if reader.stopped else reader.root), reader.problems


def _explained(error: Any, source: str) -> tuple[int, int, str]:
    """Line and column of what the parser stumbled over, and how to fix it."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    before = "".join(lines(source)[line : line + 1])[:column]
    problem, context = (
        " ".join(str(said or "").split()) for said in (error.problem, error.context)
    )
    message, at_beginning = plainly(problem, context, before)
    if at_beginning and error.context_mark:
        line, column = error.context_mark.line, error.context_mark.column
    return line + 1, column + 1, f"not YAML: {message[:300]}"


def _place(event: Any) -> tuple[int, int]:
    """Line and column of where an event begins."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _placed(value: YamlNode, key: YamlScalar) -> YamlNode:
    """The value; where nothing is written, the parser takes what comes next for its place."""
    if isinstance(value, YamlScalar) and not value.value and value.line > key.line:
        return replace(value, line=key.line, column=key.column)
    return value


def lines(source: str) -> tuple[str, ...]:
    """The lines of YAML source, as its line numbers count them.

    >>> lines("title: Tea\\r\\ntext: t")
    ('title: Tea', 'text: t')
    """
    return tuple(re.split("\r\n|[\n\r\x85\u2028\u2029]", source))


class _Reader:
    """Builds nodes from events with a stack of its own, so depth cannot exhaust Python's.

    The events of both parsers have the same names and attributes.
    """

    def __init__(self) -> None:
        # Their file is known to who asks.
        self.problems: list[Problem] = []
        self.stopped = False
        self.blank = False  # whether some value is empty
        self._last: Any = None  # the event that was read last
        # What stands side by side in what is being read, and the beginning of each list or mapping
        # whose end has not been read yet, with what stands beside it.
        self._nodes: list[YamlNode] = []
        self._stack: list[tuple[Any, list[YamlNode]]] = []
        self._documents = self._count = 0

    @property
    def root(self) -> YamlNode | None:
        """What the file holds, once it is read."""
        return self._nodes[0] if self._nodes else None

    @property
    def place(self) -> tuple[int, int]:
        """How far the file could be read."""
        mark = self._last.end_mark if self._last else None
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)

    def report(self, line: int, column: int, message: str) -> None:
        self.problems.append(Problem("", line, column, message))
        if len(self.problems) == MOST_PROBLEMS:
            self.stop(line, column, ENOUGH)

    def stop(self, line: int, column: int, message: str) -> None:
        self.stopped = True
        self.problems.append(Problem("", line, column, message))

    def read(self, events: Iterator[Any]) -> None:
        take = {
            "ScalarEvent": self._scalar,
            "SequenceStartEvent": self._open,
            "MappingStartEvent": self._open,
            "SequenceEndEvent": self._end,
            "MappingEndEvent": self._end,
            "AliasEvent": self._alias,
            "DocumentStartEvent": self._document,
        }
        for event in events:
            taken = take.get(type(event).__name__)
            if taken:
                taken(event)
            self._last = event
            if self._count > MAX_NODES and not self.stopped:
                what = f"more than {MAX_NODES} keys and values in one guide"
                self.stop(*_place(event), what)
            if self.stopped:
                return

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents == 2:
            what = "a second document starts here; a guide is one document"
            self.stop(*_place(event), what)

    def _alias(self, event: Any) -> None:
        place = _place(event)
        what = f"alias {shown(f'*{event.anchor}')} is not allowed; write the value out"
        self.report(*place, what)
        self._nodes.append(YamlScalar("", *place))

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse(event)
        self._count += 1
        mark, value = event.start_mark, event.value
        start, end = mark.index, event.end_mark.index
        if not value:
            self.blank = True
        elif not value.isprintable():
            value = self._printable(value, *_place(event))
        if start == end:
            start = end = self._last.end_mark.index
        self._nodes.append(YamlScalar(value, mark.line + 1, mark.column + 1, (start, end)))

    def _open(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse(event)
        self._count += 1
        self._stack.append((event.start_mark, self._nodes))
        self._nodes = []
        if len(self._stack) > MAX_DEPTH:
            self.stop(*_place(event), f"nested more than {MAX_DEPTH} deep")

    def _end(self, event: Any) -> None:
        inside, end = self._nodes, event.end_mark.index
        start, self._nodes = self._stack.pop()
        # The end of what is indented is noticed where something else begins.
        if inside and event.start_mark.index == end:
            end = inside[-1].span[1]
        place = start.line + 1, start.column + 1, (start.index, end)
        if type(event).__name__ == "MappingEndEvent":
            self._nodes.append(YamlMapping(self._entries(inside), *place))
        else:
            self._nodes.append(YamlSequence(tuple(inside), *place))

    def _refuse(self, event: Any) -> None:
        line, column = _place(event)
        if event.anchor:
            anchor = shown(f"&{event.anchor}")
            self.report(line, column, f"anchor {anchor} is not allowed; write values out")
        if event.tag:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!", 1)
            self.report(line, column, f"tag {shown(tag)} is not allowed; write plain values")

    def _printable(self, value: str, line: int, column: int) -> str:
        """The value without the control characters that an escape such as "\\a" can bring in."""
        for found in dict.fromkeys(CONTROL.findall(value)):
            self.report(line, column, f"control character U+{ord(found):04X}; remove its escape")
        return CONTROL.sub("", value)

    def _entries(self, inside: list[YamlNode]) -> tuple[tuple[YamlScalar, YamlNode], ...]:
        """Keys and values by turns as entries; the keys must be unique text.

        Most mappings need no closer look: all of their keys are, no value is empty, and nothing
        is wrong so far that would have left one empty.
        """
        keys = [node for node in inside[::2] if isinstance(node, YamlScalar)]
        is_odd = self.blank or self.problems
        if is_odd or len({key.value for key in keys}) < len(inside) // 2:
            return tuple(self._looked_at(inside))
        return tuple(zip(keys, inside[1::2], strict=True))

    def _looked_at(self, inside: list[YamlNode]) -> Iterator[tuple[YamlScalar, YamlNode]]:
        """The entries whose keys are text, and were not there before; each value at its place."""
        first: dict[str, int] = {}
        for key, value in zip(inside[::2], inside[1::2], strict=True):
            if not isinstance(key, YamlScalar):
                self.report(key.line, key.column, "a key must be text, not a list or a mapping")
            elif key.value in first:
                before = f"first given in line {first[key.value]}"
                self.report(key.line, key.column, f"duplicate key {shown(key.value)}: {before}")
            else:
                first[key.value] = key.line
                yield key, _placed(value, key)
