"""What the YAML parser says of a slip → words that tell how to correct it."""

from __future__ import annotations

import re

_START = re.compile(r"found character '(.+)' that cannot start any token")
_FOUND = re.compile(r"expected <block end>, but found '(.+)'")
_LIMIT = "a limit is written {from: 4} or {over: 4}"
_SIGN = "there is a sign here that has a meaning of its own: put quotation marks around the words"


def plainly(problem: str, context: str, before: str) -> tuple[str, bool]:
    """What to correct, and whether the place to look at is where the broken part begins.

    `problem`, `context`: as the parser words them; `before`: the line, up to the place where it
    stopped. What is not known here is passed on as it is.

    >>> plainly("mapping values are not allowed here", "", "    quote: Feel the soil")
    ("': ' within words: put quotation marks around them", False)
    >>> plainly("found unexpected end of stream", "while scanning a quoted scalar", "")
    ('this quotation mark is never closed', True)
    """
    if match := _START.fullmatch(problem):
        if match[1] == r"\t":
            return "there is a tab here: use spaces", False
        limit = f"; {_LIMIT}" * (match[1] == ">")
        return f"words that begin with {match[1]} need quotation marks around them{limit}", False
    if problem == "mapping values are not allowed here":
        if ": " in before:
            return "': ' within words: put quotation marks around them", False
        return "this line is too far to the right, or the line above lacks its ': '", False
    if problem == "could not find expected ':'":
        return "this line lacks its ': ', or words that go on here are too far to the left", True
    if problem == "sequence entries are not allowed here":
        return "'- ' begins an item of a list: give it a line of its own", False
    if context == "while scanning a block scalar" and ">" in before:
        return f"words that begin with > need quotation marks around them; {_LIMIT}", False
    if context == "while scanning a quoted scalar":
        return "this quotation mark is never closed", True
    if context == "while scanning a double-quoted scalar":
        return """a backslash within "..." has a meaning of its own: use '...'""", False
    if context in ("while parsing a flow mapping", "while parsing a flow sequence"):
        bracket = "}" if context.endswith("mapping") else "]"
        return f"this bracket is not closed with {bracket}, or words in it hold ': '", True
    if match := _FOUND.fullmatch(problem):
        return _not_the_end(match[1], before), False
    if problem.startswith("expected '<document start>'"):
        return "this line does not belong to what is above it", False
    if problem.startswith(("expected ", "mapping keys")):
        return _SIGN, context.startswith("while scanning")
    return problem or context, False


def _not_the_end(found: str, before: str) -> str:
    """What stands where an entry should have ended."""
    if found in ("<block mapping start>", "<block sequence start>"):
        return "this line does not begin just below the one that it belongs with"
    if found == "<scalar>" and before.rstrip()[-1:] in ('"', "'"):
        return "words go on after the closing quotation mark: use the other kind around them all"
    if found in ("-", "?"):
        return "items that begin with '- ' and names with ': ' are mixed here"
    if found in ("}", "]"):
        return "this bracket closes nothing"
    return _SIGN
