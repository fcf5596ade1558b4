"""YAML → nodes that know their line and column. The only room that knows YAML.

Scalars stay the text that the author wrote (`no` is "no", never false), so nothing
is converted behind the author's back. Tags, anchors and aliases are refused: a guide needs none,
and they are what turns a small file into a huge one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from .errors import Problem, shown
from .slips import plainly
from .text import CONTROL

MAX_DEPTH = 20


@dataclass(frozen=True)
class Scalar:
    """Text, as written."""

    value: str
    line: int
    column: int


@dataclass(frozen=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True)
class Mapping:
    """Keys and values, in the order of the file; keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


def parse(file: str, source: str) -> tuple[Node | None, list[Problem]]:
    """Parse YAML source; the node is None where there is nothing that can be used.

    >>> node, problems = parse("guide.yaml", "title: Tea\\ntitle: Coffee")
    >>> node.entries[0]
    (Scalar(value='title', line=1, column=1), Scalar(value='Tea', line=1, column=8))
    >>> print(problems[0])
    guide.yaml:2:1: duplicate key 'title': first given in line 1
    """
    reader = _Reader(file)
    try:
        for event in YAML(typ="safe", pure=True).parse(source):
            reader.take(event)
            if reader.stopped:
                break
    except MarkedYAMLError as error:
        reader.report(*_mended(error, source))
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


def _mended(error: MarkedYAMLError, source: str) -> tuple[int, int, str]:
    """Line and column of what the parser stumbled over, and how to mend it."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    before = "".join(lines(source)[line : line + 1])[:column]
    problem, context = (
        " ".join(str(said or "").split()) for said in (error.problem, error.context)
    )
    message, at_beginning = plainly(problem, context, before)
    if at_beginning and error.context_mark:
        line, column = error.context_mark.line, error.context_mark.column
    return line + 1, column + 1, f"not YAML: {message}"


def _placed(value: Node, key: Scalar) -> Node:
    """The value; where nothing is written, the parser takes what comes next for its place."""
    if isinstance(value, Scalar) and not value.value and value.line > key.line:
        return replace(value, line=key.line, column=key.column)
    return value


def lines(source: str) -> tuple[str, ...]:
    """The lines of YAML source, as its line numbers count them.

    >>> lines("title: Tea\\r\\ntext: t")
    ('title: Tea', 'text: t')
    """
    return tuple(re.split("\r\n|[\n\r\x85\u2028\u2029]", source))


class _Open:
    """A list or mapping whose end has not been read yet."""

    def __init__(self, event: Event, line: int, column: int) -> None:
        self.is_mapping = isinstance(event, MappingStartEvent)
        self.line, self.column = line, column
        self.children: list[Node] = []


class _Reader:
    """Builds nodes from events with a stack of its own, so depth cannot exhaust Python's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.stopped = False
        self.place = (1, 1)  # how far the file could be read
        self._stack: list[_Open] = []
        self._documents = 0

    def report(self, line: int, column: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, column, message))

    def take(self, event: Event) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.place = event.end_mark.line + 1, event.end_mark.column + 1
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self.report(line, column, "a second document starts here; a guide is one document")
                self.stopped = True
        elif isinstance(event, AliasEvent):
            self.report(
                line, column, f"alias '*{event.anchor}' is not allowed; write the value out"
            )
            self._add(Scalar("", line, column))
        elif isinstance(event, NodeEvent):
            self._check_plain(event, line, column)
            if isinstance(event, ScalarEvent):
                self._add(Scalar(self._printable(event.value, line, column), line, column))
            else:
                self._stack.append(_Open(event, line, column))
                if len(self._stack) > MAX_DEPTH:
                    self.report(line, column, f"nested more than {MAX_DEPTH} deep")
                    self.stopped = True
        elif isinstance(event, CollectionEndEvent):
            self._add(self._close(self._stack.pop()))

    def _check_plain(self, event: NodeEvent, line: int, column: int) -> None:
        if event.anchor:
            self.report(line, column, f"anchor '&{event.anchor}' is not allowed; write values out")
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent) and event.tag:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!", 1)
            self.report(line, column, f"tag {shown(tag)} is not allowed; write plain values")

    def _printable(self, value: str, line: int, column: int) -> str:
        """The value without the control characters that an escape such as "\\a" can bring in."""
        for found in CONTROL.findall(value):
            self.report(line, column, f"control character U+{ord(found):04X}; remove its escape")
        return CONTROL.sub("", value)

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].children.append(node)
        elif self.root is None:
            self.root = node

    def _close(self, opened: _Open) -> Node:
        if not opened.is_mapping:
            return Sequence(tuple(opened.children), opened.line, opened.column)
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.report(key.line, key.column, "a key must be text, not a list or a mapping")
            elif key.value in entries:
                first = entries[key.value][0].line
                self.report(
                    key.line,
                    key.column,
                    f"duplicate key {key.value!r}: first given in line {first}",
                )
            else:
                entries[key.value] = (key, _placed(value, key))
        return Mapping(tuple(entries.values()), opened.line, opened.column)
