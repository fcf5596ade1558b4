"""Nodes → the few shapes that a guide is made of; what does not fit becomes a problem."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from ..model.errors import ENOUGH, MOST_PROBLEMS, Problem, allowed, shown
from ..model.findings import Finding, FindingKind
from ..model.letters import composed, hidden
from .keys import MEANT, Section
from .yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
T = TypeVar("T")
MAX_LETTERS = 10_000  # of one name, quote, question, …


class Enough(Exception):
    """So many problems that reading on would only take time; with one that says so."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class Shapes:
    """Reads nodes of one file; collects problems instead of stopping at the first."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        # (kind, id) → line and column of an entry.
        self.places: dict[tuple[str, str], tuple[int, int]] = {}

    def report(self, node: YamlNode, message: str, finding: Finding | None = None) -> None:
        """Add a problem at the place of a node. Raises Enough after a thousand."""
        self.report_at((node.line, node.column), message, finding)

    def report_at(
        self, place: tuple[int, int], message: str, finding: Finding | None = None
    ) -> None:
        """Add a problem at a line and column."""
        self.problems.append(Problem(self.file, *place, message, finding=finding))
        if len(self.problems) >= MOST_PROBLEMS:
            raise Enough(Problem(self.file, *place, ENOUGH))

    def keys(self, node: YamlNode, what: str, section: Section) -> dict[str, YamlNode]:
        """The entries of a mapping with a fixed set of keys."""
        if not isinstance(node, YamlMapping):
            self.wrong_type(node, f"{what} must hold the keys {', '.join(section.names)}")
            return {}
        found = {}
        for key, value in node.entries:
            if key.value in section.names:
                found[key.value] = value
            else:
                message = f"unknown key {shown(key.value)} in {what}"
                self.report(key, f"{message}: {_meant(key.value, section)}{_cut(value)}")
        for key_name in section.required:
            if key_name not in found:
                self.report(node, f"{what} lacks the key '{key_name}'")
        return found

    def names(self, node: YamlNode | None) -> tuple[str, ...]:
        """The names of the entries of a mapping."""
        entries = node.entries if isinstance(node, YamlMapping) else ()
        return tuple(key.value for key, _ in entries)

    def entries(
        self,
        node: YamlNode | None,
        what: str,
        make: Callable[[str, YamlNode], T | None],
        most: int = 500,
    ) -> list[T]:
        """The entries of a mapping whose keys are names of the author's choice."""
        made = []
        if isinstance(node, YamlMapping) and not node.entries:
            self.report(node, f"{what}s must name at least one {what}")
        if isinstance(node, YamlMapping) and len(node.entries) > most:
            self.report(node, f"{len(node.entries)} {what}s; at most {most} are allowed")
            # Those of somewhat too many are read: otherwise all that names one would seem wrong.
            if len(node.entries) > 10 * most:
                return []
        for key, value in self.pairs(node, f"{what}s"):
            if not _ID.match(key.value):
                self.report(
                    key,
                    f"{what} name {shown(key.value)}: use small letters, digits and _, "
                    "beginning with a letter",
                )
            self.places[what, key.value] = key.line, key.column
            entry = make(key.value, value)
            if entry is not None:
                made.append(entry)
        return made

    def pairs(self, node: YamlNode | None, what: str) -> tuple[tuple[YamlScalar, YamlNode], ...]:
        if isinstance(node, YamlMapping):
            return node.entries
        if node is not None:
            self.wrong_type(node, f"{what} must hold named entries")
        return ()

    def several(self, node: YamlNode | None) -> tuple[YamlNode, ...]:
        """One value, or the items of a list."""
        if node is None:
            return ()
        if not isinstance(node, YamlSequence):
            return (node,)
        if not node.items:
            self.report(node, "the list is empty")
        return node.items

    def line(self, node: YamlNode | None) -> str:
        """Text on one line; "" and a problem where it is something else or empty."""
        if node is None:
            return ""
        if not isinstance(node, YamlScalar):
            self.wrong_type(node, "text expected here")
            return ""
        value = " ".join(node.value.split())
        if not value:
            self.report(node, "nothing is written here; text expected")
        if len(value) > MAX_LETTERS:
            self.report(node, f"{len(value)} letters; at most {MAX_LETTERS} are allowed here")
            return ""
        return value

    def name(self, node: YamlNode | None) -> str:
        """Text by which something is known: no letter in it is there without being seen."""
        name = composed(self.line(node))
        place, letter = next(hidden(name), (0, ""))
        if node is not None and letter:
            what = f"letter {place} of {shown(name)} cannot be seen"
            finding = Finding(FindingKind.LETTER_UNSEEN, words=name, place=place)
            self.report(node, f"{what}: delete it ({letter})", finding)
        return name

    def wrong_type(self, node: YamlNode, expected: str) -> None:
        if isinstance(node, YamlScalar) and not node.value:
            self.report(node, f"{expected}; nothing is written here")
            return
        if isinstance(node, YamlScalar):
            found = f"text {shown(node.value)}"
        else:
            found = "a list" if isinstance(node, YamlSequence) else "keys with values"
        self.report(node, f"{expected}, not {found}")


def _meant(key: str, section: Section) -> str:
    """What a key that is not known may have been meant for, and what is allowed."""
    words = MEANT.get(key.lower(), "")
    if set(re.findall(r"[a-z]+", words)) & set(section.names):
        return f"{words if words.startswith('a') else f'write {words}'}"
    return allowed(key, section.names)


def _cut(value: YamlNode) -> str:
    """A hint where a key without a value may be the rest of words, as in {quote: No, thanks}."""
    bare = isinstance(value, YamlScalar) and not value.value
    return "; within {} put quotation marks around words with a comma" if bare else ""
