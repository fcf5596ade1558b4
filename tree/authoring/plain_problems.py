"""What `check` says, for somebody who sees sentences, questions and options, and never a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..messages import say

# As `tree/logic/review.py` words them; a test holds the two together.
_CONFLICT = re.compile(
    r"conflict: '(?P<one>\w+)' withholds '(?P<option>\w+)', which .* for the same [^,]*, "
    r"such as (?P<case>.*); if it is meant to outweigh, say so: 'outweighs: (?P<others>.*)'"
)
_GAP = re.compile(
    r"gap: no option is preferred or offered for some, such as for (?P<case>.*); right"
)
_ANSWER = re.compile(r"(?:^|, )(?P<factor>\w+)=")
# By section, what each entry is called on the screen.
NamesOnScreen = Mapping[str, Mapping[str, str]]


def plainly(message: str, names: NamesOnScreen) -> str:
    """A message with the words of the text in the place of names; another one as it is.

    >>> names = {"factors": {"ill": "Is she ill?"}}
    >>> gap = "gap: no option is preferred or offered for some, such as for ill=yes; right"
    >>> plainly(gap, names)
    'The text speaks for no option where: Is she ill? yes. That may be right: look whether it is.'
    """
    if found := _CONFLICT.fullmatch(message):
        return say(
            "{option}: “{one}” rules it out, and {others} speaks for it, such as where: {case}. If "
            "the first one is the exception, choose the other under Change, More, It is the "
            "exception to.",
            option=_called(names, "options", found["option"]),
            one=_called(names, "statements", found["one"]),
            others=words_of_statements(names, _others(found)),
            case=_case(names, found["case"]),
        )
    if found := _GAP.match(message):
        return say(
            "The text speaks for no option where: {case}. That may be right: look whether it is.",
            case=_case(names, found["case"]),
        )
    return message


def in_conflict(message: str) -> tuple[str, ...]:
    """The statements of a conflict: the one that rules something out, and those that speak for it.

    Empty for another problem.
    """
    found = _CONFLICT.fullmatch(message)
    return (found["one"], *_others(found)) if found else ()


def _others(found: re.Match[str]) -> list[str]:
    return found["others"].strip("[]").split(", ")


def words_of_statements(names: NamesOnScreen, ids: Iterable[str]) -> str:
    """Statements by what they quote."""
    return ", ".join(f"“{_called(names, 'statements', id)}”" for id in ids)


def _case(names: NamesOnScreen, case: str) -> str:
    """`a=yes, b=no` with the questions in words."""
    _, *parts = _ANSWER.split(case)
    answers = zip(parts[::2], parts[1::2], strict=True)
    return "; ".join(f"{_called(names, 'factors', id)} {answer}" for id, answer in answers)


def _called(names: NamesOnScreen, section: str, id: str) -> str:
    return names.get(section, {}).get(id, id)
