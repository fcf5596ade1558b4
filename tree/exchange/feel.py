"""FEEL, the language of DMN's cells → tests and constants; of it, what a decision table asks.

Libraries for FEEL work out whether a test holds, and do not say what it asks. So a small reader of
our own: comparisons, intervals, lists, not(), strings, numbers, true and false. The grammar is that
of DMN 1.3, section 10.3.1.2, from unary tests down to literals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from ..model.answers import NUMBER, Band
from ..model.errors import shown
from ..model.ranges import edges
from .decision_table import Test

Constant = str | float | bool | None
MOST_LETTERS = 10_000  # of one cell

_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<string>"(?:[^"\\]|\\.)*")
      | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
      | (?P<name>[^\W\d][\w.']*)
      | (?P<sign>\.\.|<=|>=|!=|[-<>=()\[\],])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))",
    re.DOTALL,
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}
_KINDS = {str: "string", bool: "boolean", float: "number"}
_OPPOSITE = {"[": True, "(": False, "]": False}
_CLOSING = {"]": True, ")": False, "[": False}


class Slip(ValueError):
    """What a cell says that a table of a guide cannot say, or that is no FEEL."""


@dataclass(frozen=True)
class AskedOfInput:
    """What a cell asks: None where any answer will do, and the kinds of its constants."""

    test: Test | None
    kinds: frozenset[str] = frozenset()


def unary_tests(cell: str) -> AskedOfInput:
    """What a cell of a condition asks. Raises Slip.

    >>> print(unary_tests('"low", "medium"').test, unary_tests("not(true)").test, sep="; ")
    low or medium; not yes
    >>> print(unary_tests("[18..25), > 60").test, unary_tests("-").test, sep="; ")
    18 or more and less than 25 or more than 60; None
    """
    tokens = _Tokens(cell)
    if tokens.ended or (tokens.rest() == ["-"]):
        return AskedOfInput(None)
    negated = bool(tokens.take("not"))
    if negated and not tokens.take("("):
        raise Slip(f"{shown(cell)}: after 'not' stands what is excluded, in brackets")
    parts = [_part(tokens)]
    while tokens.take(","):
        parts.append(_part(tokens))
    if negated and not tokens.take(")"):
        raise Slip(f"{shown(cell)}: a bracket is not closed")
    tokens.end()
    if any(part.test and part.test.negated for part in parts):
        if len(parts) > 1 or negated:
            raise Slip(f"{shown(cell)}: '!=' stands by itself")
        return parts[0]
    tests = [part.test for part in parts if part.test]
    test = Test(
        tuple(dict.fromkeys(value for test in tests for value in test.values)),
        tuple(dict.fromkeys(band for test in tests for band in test.bands)),
        negated,
    )
    return AskedOfInput(test, frozenset().union(*(part.kinds for part in parts)))


def constant(cell: str) -> Constant:
    """The string, number or truth value that a cell is; None for null and nothing. Raises Slip.

    >>> constant('"tea"'), constant("-4.5"), constant("true"), constant(""), constant("null")
    ('tea', -4.5, True, None, None)
    """
    tokens = _Tokens(cell)
    if tokens.ended or tokens.rest() in (["null"], ["-"]):
        return None
    found = _constant(tokens)
    tokens.end()
    return found


def constants(cell: str) -> tuple[Constant, ...]:
    """The constants in a list of allowed values; none where they are a range. Raises Slip.

    >>> constants('"high", "low"'), constants("[0..100]"), constants('"high", null')
    (('high', 'low'), (), ('high', None))
    """
    tokens = _Tokens(cell)
    if tokens.ended or tokens.rest()[0] in ("[", "(", "]", "<", ">", "<=", ">=", "-", "not"):
        unary_tests(cell)
        return ()
    found = [_allowed(tokens)]
    while tokens.take(","):
        found.append(_allowed(tokens))
    tokens.end()
    return tuple(found)


def _allowed(tokens: _Tokens) -> Constant:
    """One of the values that a list allows; it may allow that there is none."""
    return None if tokens.take("null") else _constant(tokens)


def word(value: Constant) -> str:
    """How a guide says a constant; "" for nothing.

    >>> word(True), word(7.0), word(4.5), word("tea"), word(None)
    ('yes', '7', '4.5', 'tea', '')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize() + 0, "f")
    return value or ""


class _Tokens:
    """The tokens of a cell, and the place where one is."""

    def __init__(self, cell: str) -> None:
        if len(cell) > MOST_LETTERS:
            raise Slip(f"a cell of {len(cell):,} letters, more than {MOST_LETTERS:,}")
        self.cell, self.at = cell, 0
        self.tokens = [*_tokens(cell)]

    @property
    def ended(self) -> bool:
        return self.at == len(self.tokens)

    def rest(self) -> list[str]:
        return [token for _, token in self.tokens[self.at :]]

    def take(self, *wanted: str) -> str:
        """The next token if it is one of these, otherwise ""."""
        if not self.ended and self.tokens[self.at][1] in wanted:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def end(self) -> None:
        if not self.ended:
            kind, token = self.tokens[self.at]
            raise Slip(f"{shown(self.cell)}: {_refused(kind, token, self.rest())}")

    def slip(self) -> Slip:
        if self.ended:
            return Slip(f"{shown(self.cell)}: something is missing at the end")
        kind, token = self.tokens[self.at]
        return Slip(f"{shown(self.cell)}: {_refused(kind, token, self.rest())}")


def _tokens(cell: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(cell):
        kind = match.lastgroup or "other"
        if kind != "blank":
            yield kind, match.group()


def _refused(kind: str, token: str, rest: list[str]) -> str:
    """Why a table of a guide cannot say this."""
    if token in ("date", "time", "duration") or token == "@":
        return "dates, times and durations are not read; ask for a number, or for yes and no"
    if token == "null":
        return "null is not read: an answer that is missing is unknown"
    if token in ("+", "*", "/", "**", "-"):
        return "arithmetic is not read; write a constant"
    if kind == "name" and rest[1:2] == ["("]:
        return f"the function {shown(token)} is not read"
    if token in ("?", "and", "or", "if", "for", "some", "every", "in", "between", "function"):
        return f"{shown(token)} is not read; a cell has constants, comparisons, intervals and not()"
    if kind == "name":
        return f"the value of another name, {shown(token)}, is not read; write a constant"
    if token in ('"', "'"):
        return 'a string stands between two "'
    return f"{shown(token)} is not expected here"


def _part(tokens: _Tokens) -> AskedOfInput:
    """One of the tests in a list."""
    if sign := tokens.take("<", ">", "<=", ">=", "=", "!="):
        return _comparison(sign, _constant(tokens), tokens.cell)
    if not tokens.ended and tokens.tokens[tokens.at][1] in _OPPOSITE:
        return _interval(tokens)
    return _equal(_constant(tokens))


def _equal(value: Constant) -> AskedOfInput:
    if isinstance(value, float):
        return AskedOfInput(Test(bands=(Band(value, value, True, True),)), frozenset({"number"}))
    if value == "":
        raise Slip("an empty string is no answer")
    return AskedOfInput(Test((word(value),)), frozenset({_KINDS[type(value)]}))


def _comparison(sign: str, value: Constant, cell: str) -> AskedOfInput:
    if sign in ("=", "!="):
        asked = _equal(value)
        assert asked.test is not None
        return replace(asked, test=replace(asked.test, negated=sign == "!="))
    if not isinstance(value, float):
        raise Slip(f"{shown(cell)}: only numbers can be compared by {sign!r}")
    inside = sign.endswith("=")
    band = (
        Band(high=value, high_inside=inside)
        if sign[0] == "<"
        else Band(low=value, low_inside=inside)
    )
    return AskedOfInput(Test(bands=(band,)), frozenset({"number"}))


def _interval(tokens: _Tokens) -> AskedOfInput:
    """An interval such as [1..5), or a list such as ["a", "b"]."""
    opening = tokens.take(*_OPPOSITE)
    first = _constant(tokens)
    if opening == "[" and not tokens.take(".."):
        parts = [_equal(first)]
        while tokens.take(","):
            parts.append(_equal(_constant(tokens)))
        if not tokens.take("]"):
            raise tokens.slip()
        tests = [part.test for part in parts if part.test]
        values = tuple(value for test in tests for value in test.values)
        bands = tuple(band for test in tests for band in test.bands)
        return AskedOfInput(Test(values, bands), frozenset().union(*(part.kinds for part in parts)))
    if opening != "[" and not tokens.take(".."):
        raise tokens.slip()
    last = _constant(tokens)
    closing = tokens.take(*_CLOSING)
    if not closing:
        raise tokens.slip()
    if not isinstance(first, float) or not isinstance(last, float):
        raise Slip(f"{shown(tokens.cell)}: only numbers can stand in an interval")
    band = Band(first, last, _OPPOSITE[opening], _CLOSING[closing])
    start, end = edges(band)
    if start >= end:
        raise Slip(f"{shown(tokens.cell)}: no number lies in this interval")
    return AskedOfInput(Test(bands=(band,)), frozenset({"number"}))


def _constant(tokens: _Tokens) -> Constant:
    if tokens.ended:
        raise tokens.slip()
    kind, token = tokens.tokens[tokens.at]
    following = [k for k, _ in tokens.tokens[tokens.at + 1 : tokens.at + 2]]
    if token == "-" and following == ["number"]:
        tokens.at += 2
        return -_number(tokens.tokens[tokens.at - 1][1])
    if kind not in ("number", "string") and token not in ("true", "false"):
        raise tokens.slip()
    tokens.at += 1
    if kind == "number":
        return _number(token)
    return _string(token) if kind == "string" else token == "true"


def _number(written: str) -> float:
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise Slip(f"{shown(written)} is no number") from None
    # Before it is written out: 1e999999999 would be long.
    if abs(value.adjusted()) > 20 or not NUMBER.fullmatch(format(value.normalize(), "f")):
        raise Slip(f"{shown(written)}: a number has at most 12 digits, and 9 after the point")
    return float(value)


def _string(written: str) -> str:
    def unescaped(match: re.Match[str]) -> str:
        high, low, short, long, sign = match.groups()
        if sign is not None:
            return _SIMPLE.get(sign, match.group())
        if high:
            return bytes.fromhex(high + low).decode("utf-16-be")
        code = int(short or long, 16)
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise Slip(f"{shown(match.group())} is no letter")
        return chr(code)

    return _ESCAPE.sub(unescaped, written[1:-1])
