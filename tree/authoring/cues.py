"""The wordings that drafting goes by: `static/cues.yaml` → patterns that find them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..errors import TreeError
from ..located import Node, parse
from ..shapes import Shapes

FILE = Path(__file__).parents[1] / "static" / "cues.yaml"


@dataclass(frozen=True)
class Rule:
    """Words that are a cue for something, and a sentence with what must come out of it."""

    name: str
    cue: str
    words: str
    example: str = ""
    whole: bool = False  # the words belong to what they are a cue for


@dataclass(frozen=True)
class Found:
    """A place where a rule's words stand."""

    rule: Rule
    start: int
    end: int


class Cues:
    """Rules by what they are a cue for, ready to be found in a text."""

    def __init__(self, rules: Iterable[Rule], lists: dict[str, str]) -> None:
        self.rules = tuple(rules)
        self.lists = lists
        by_cue: dict[str, list[Rule]] = {}
        for rule in self.rules:
            by_cue.setdefault(rule.cue, []).append(rule)
        self._rules = {rule.name: rule for rule in self.rules}
        self._patterns = {
            cue: re.compile(
                "|".join(f"(?P<{rule.name}>{self.pattern(rule.words)})" for rule in found), re.I
            )
            for cue, found in by_cue.items()
        }
        self._lists = {
            name: re.compile(self.pattern(f"({words})"), re.I) for name, words in lists.items()
        }

    def pattern(self, words: str) -> str:
        """The regular expression of words in the notation of the file.

        >>> pattern = Cues([], {"be": "is|are"}).pattern("<be> [not] (fine|good)")
        >>> [bool(re.fullmatch(pattern, words)) for words in ("is good", "are not fine", "is not")]
        [True, True, False]
        """
        for name in re.findall(r"<(\w+)>", words):
            words = words.replace(f"<{name}>", f"({self.lists[name]})")
        if "<" in words:
            return self.pattern(words)
        return rf"(?<![\w'\u2019]){_sequence(words)}(?![\w'\u2019])"

    def find(self, cue: str, content: str, start: int, end: int) -> Found | None:
        """The first place of a cue between two offsets."""
        pattern = self._patterns.get(cue)
        match = pattern.search(content, start, end) if pattern else None
        return self._found(match)

    def all(self, cue: str, content: str, start: int, end: int) -> list[Found]:
        """Every place of a cue between two offsets."""
        pattern = self._patterns.get(cue)
        matches = pattern.finditer(content, start, end) if pattern else ()
        return [found for match in matches if (found := self._found(match))]

    def at(self, cue: str, content: str, start: int, end: int) -> Found | None:
        """The cue that stands just at an offset."""
        pattern = self._patterns.get(cue)
        return self._found(pattern.match(content, start, end) if pattern else None)

    def _found(self, match: re.Match[str] | None) -> Found | None:
        if not match or not match.lastgroup:
            return None
        return Found(self._rules[match.lastgroup], *match.span())

    def words(self, name: str) -> re.Pattern[str]:
        """One of the lists of words."""
        return self._lists[name]


def _sequence(words: str) -> str:
    """Words one after the other, some of which may be missing."""
    pattern = ""
    tokens = _tokens(words)
    for number, token in enumerate(tokens):
        last = number == len(tokens) - 1
        if token in (",", ":"):
            pattern = pattern.removesuffix(r"\s++") + rf"\s*+{token}" + ("" if last else r"\s++")
            continue
        if token.startswith("[") and token.endswith("]"):
            inner = _alternatives(token[1:-1])
            # At the end, the white space before it may be missing too.
            if last:
                pattern = pattern.removesuffix(r"\s++") + rf"(?:\s++{inner})?"
            else:
                pattern += rf"(?:{inner}\s++)?"
        else:
            pattern += _token(token) + ("" if last else r"\s++")
    return pattern


def _tokens(words: str) -> list[str]:
    tokens, depth, token = [], 0, ""
    for letter in words.strip():
        depth += letter in "([" and 1
        depth -= letter in ")]" and 1
        if letter == " " and not depth:
            tokens += [token] if token else []
            token = ""
        else:
            token += letter
    return [*tokens, token] if token else tokens


def _alternatives(words: str) -> str:
    parts, depth, part = [], 0, ""
    for letter in words:
        depth += letter in "([" and 1
        depth -= letter in ")]" and 1
        if letter == "|" and not depth:
            parts.append(part)
            part = ""
        else:
            part += letter
    # Longer ones first, so that "first line" is not taken for "first".
    found = sorted((_sequence(each) for each in (*parts, part)), key=len, reverse=True)
    return f"(?:{'|'.join(found)})"


def _token(token: str) -> str:
    if token.startswith("(") and token.endswith(")"):
        return _alternatives(token[1:-1])
    if token.endswith("]") and "[" in token:  # an ending that may be missing, as in day[s]
        head, _, tail = token[:-1].partition("[")
        return f"{_token(head)}(?:{re.escape(tail)})?"
    # Of some words only the ending is given: *ed.
    any_beginning = r"\w{1,30}" if token.startswith("*") else ""
    return any_beginning + re.escape(token.removeprefix("*")).replace("'", "['\u2019]")


@cache
def cues() -> Cues:
    """The rules of the file. Raises TreeError where it is not as it must be."""
    source = FILE.read_text(encoding="utf-8")
    node, problems = parse(FILE.name, source)
    shapes = _Rules(FILE.name, problems)
    found = shapes.cues(node) if node else None
    if shapes.problems or not found:
        raise TreeError(shapes.problems)
    return found


class _Rules(Shapes):
    def cues(self, node: Node) -> Cues:
        top = {key.value: value for key, value in self.pairs(node, "the rules")}
        lists = {
            key.value: self.line(value)
            for section in (top.pop("words"),)
            for key, value in self.pairs(section, "words")
        }
        rules = [
            self.rule(key.value, value) for key, value in self.pairs(top.pop("rules"), "rules")
        ]
        lists |= {name: self.line(value) for name, value in top.items()}
        return Cues(rules, lists)

    def rule(self, name: str, node: Node) -> Rule:
        parts = {key.value: value for key, value in self.pairs(node, "a rule")}
        return Rule(
            name,
            self.line(parts.get("cue")),
            self.line(parts.get("words")),
            self.line(parts.get("example")),
            "whole" in parts,
        )
