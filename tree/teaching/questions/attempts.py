"""Attempts at questions and rounds of them, and how they are read from what anybody wrote."""

from __future__ import annotations

import hashlib
import json
import math
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, cast

from ...model.errors import RecordError, allowed, shown
from ...model.text import CONTROL

FORMAT, VERSION = "practice-record", 1
# What a record may hold at most; what people practise is far from it.
MOST_ATTEMPTS = 200_000
MOST_STEPS = 10_000  # of one attempt
MOST_VALUES = 5_000_000  # in JSON: lists, mappings and what they hold
LONGEST = 1_000_000  # letters of one text
DEEPEST = 20  # lists and mappings within each other
MOST_SECONDS = 1e9  # some thirty years
MOST_TOLD = 3  # attempts of a record of which it is said why they could not be read


@dataclass(frozen=True)
class Judged:
    """One step of an attempt: a factor or a statement on an option, and whether it was right.

    `words`: the words of the text, so that a record can be read without its guide.
    """

    right: bool
    factor: str = ""
    statement: str = ""
    option: str = ""
    words: str = ""

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """What it was about, as ("factor", id) and ("statement", id)."""
        both = (("factor", self.factor), ("statement", self.statement))
        return tuple(key for key in both if key[1])


@dataclass(frozen=True)
class Attempt:
    """One answer to one question. `factor`, `statement` and `option` say what was misread first;
    `expected` and `given` how, in the guide's own names (older records: in words of a screen);
    `judged` what was read rightly up to there."""

    guide: str
    guide_digest: str
    question: str
    kind: str
    case: str
    answer: Any
    right: bool
    factor: str | None = None
    statement: str | None = None
    option: str | None = None
    expected: str = ""
    given: str = ""
    seconds: float = 0.0
    round: str = ""
    judged: tuple[Judged, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    at: str = field(default_factory=lambda: now())
    learner: str = ""


@dataclass(frozen=True)
class Round:
    """Questions drawn for a guide, by their ids, and where the student stands in them."""

    id: str
    guide: str
    guide_digest: str
    questions: tuple[str, ...]
    position: int = 0


@dataclass(frozen=True)
class Kept:
    """What a record holds: its attempts, the oldest first, and what of it could not be read, on
    one line."""

    attempts: tuple[Attempt, ...] = ()
    lost: str = ""


def now() -> str:
    """The time in UTC, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def first_tries(attempts: Iterable[Attempt]) -> Iterator[Attempt]:
    """The first attempt at each question of each round: what came before any feedback."""
    seen = set()
    for attempt in attempts:
        key = attempt.learner, attempt.guide, attempt.round, attempt.question
        if key not in seen:
            seen.add(key)
            yield attempt


# --- what anybody may have written ----------------------------------------------------------


def values_in(text: object) -> int:
    """About how many values stand in JSON, and never fewer; known before it is read."""
    return sum(map(text.count, "[{,")) if isinstance(text, str) else 0


def parsed(text: object) -> Any:
    """What JSON holds. Raises RecordError for text that is not JSON, or more than a record needs.

    >>> parsed('{"rain": "no"}')
    {'rain': 'no'}
    >>> parsed("[" * 20_000 + "]" * 20_000)
    Traceback (most recent call last):
    tree.model.errors.RecordError: is nested more than 20 deep
    """
    if not isinstance(text, str):
        raise RecordError("is not JSON")
    if values_in(text) > MOST_VALUES:
        raise RecordError(f"holds more than {MOST_VALUES} values")
    try:
        found = _JSON.decode(text)
    except RecursionError:
        raise RecordError(_TOO_DEEP) from None
    except ValueError:
        raise RecordError("is not JSON") from None
    if _depth(found) > DEEPEST:
        raise RecordError(_TOO_DEEP)
    return found


_TOO_DEEP = f"is nested more than {DEEPEST} deep"


def _whole(digits: str) -> float:
    # Python refuses to read very long numbers; no number of a record is near to that.
    return int(digits) if len(digits) < 20 else float(digits)


_JSON = json.JSONDecoder(parse_int=_whole)


def _depth(value: object) -> int:
    """How many lists and mappings stand within each other. Never recurses."""
    found, inner = 0, [value]
    while inner := [each for each in inner if isinstance(each, dict | list)]:
        found += 1
        if found > DEEPEST:
            break
        inner = [v for each in inner for v in (each.values() if isinstance(each, dict) else each)]
    return found


def from_json(text: object) -> Kept:
    """The attempts in a record that is JSON. Raises RecordError where it is no record."""
    data = parsed(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise RecordError(f'not a record of practice: "format": "{FORMAT}" is missing')
    if data.get("version") != VERSION or isinstance(data.get("version"), bool):
        version = shown(data.get("version"))
        raise RecordError(f"version {version} of the record; allowed: {VERSION}")
    attempts, learner = data.get("attempts"), data.get("learner")
    if not isinstance(attempts, list):
        raise RecordError("'attempts' must be a list")
    if not is_text(learner):
        raise RecordError("'learner' must be text")

    def made(number: int, each: object) -> Attempt:
        if not isinstance(each, dict):
            raise RecordError("must be a mapping")
        if "id" not in each:
            # Told from others by its content, so that it is the same when it is read again.
            own = hashlib.sha256(f"{number} {json.dumps(each)}".encode()).hexdigest()[:16]
            each = {**each, "id": own}
        return checked({"learner": learner, **each})

    return read_each(attempts, made)


def read_each(found: Iterable[Any], made: Callable[[int, Any], Attempt]) -> Kept:
    """Make an attempt of each thing that was found; those that cannot be made are counted.

    `made` takes its number and the thing, and raises RecordError. Raises RecordError where none
    can be read, or where there are too many.
    """
    attempts: dict[tuple[str, str], Attempt] = {}
    wrong: list[str] = []
    count = 0
    for count, each in enumerate(found, 1):
        if count > MOST_ATTEMPTS:
            raise RecordError(f"holds more than {MOST_ATTEMPTS} attempts")
        try:
            attempt = made(count, each)
            if attempts.setdefault((attempt.learner, attempt.id), attempt) != attempt:
                raise RecordError(f"has the id of another one, {shown(attempt.id)}")
        except RecordError as error:
            wrong.append(f"attempt {count}: {error}")
    lost = ""
    if wrong:
        more = f"; and {len(wrong) - MOST_TOLD} more" if len(wrong) > MOST_TOLD else ""
        reasons = "; ".join(wrong[:MOST_TOLD])
        lost = f"{len(wrong)} of {count} attempts could not be read: {reasons}{more}"
    if wrong and not attempts:
        raise RecordError(lost)
    return Kept(tuple(sorted(attempts.values(), key=lambda attempt: attempt.at)), lost)


def checked(content: Mapping[str, Any]) -> Attempt:
    """An attempt from a record that anybody may have written; the one place that judges it.

    Raises RecordError, which says what is wrong with it.

    >>> checked({"guide": "g", "question": "q", "kind": "branch", "right": "yes"})
    Traceback (most recent call last):
    tree.model.errors.RecordError: 'right' cannot be 'yes'
    """
    for key in _NEEDED:
        if key not in content:
            raise RecordError(f"lacks the key '{key}'")
    for key, value in content.items():
        check = _CHECKS.get(key)
        if check is None:
            raise RecordError(f"unknown key {shown(key)}: {allowed(key, _CHECKS, 20)}")
        if not check(value):
            raise RecordError(f"'{key}' cannot be {shown(value)}")
    steps = content.get("judged", ())
    if len(steps) > MOST_STEPS:
        raise RecordError(f"has more than {MOST_STEPS} steps")
    for step in steps:
        if not _is_judged(step):
            raise RecordError(f"'judged' cannot hold {shown(step)}")
    judged = tuple(Judged(**step) for step in steps)
    return Attempt(**{**_EMPTY, **content, "judged": judged})


def checked_round(row: Iterable[Any]) -> Round:
    """The same for a round, from its values in their order; the questions are JSON."""
    id, guide, digest, questions, position = row
    ids = parsed(questions)
    if (
        not all(map(is_text, (id, guide, digest)))
        or not isinstance(ids, list)
        or not all(map(is_text, ids))
        or not (type(position) is int and position >= 0)
    ):
        raise RecordError(f"a round cannot be {shown(row)}")
    return Round(id, guide, digest, tuple(ids), position)


def is_text(value: object) -> bool:
    """Whether it is text to keep and show: JSON may write half of a pair of surrogates."""
    return (
        isinstance(value, str)
        and len(value) <= LONGEST
        and (value.isprintable() or not CONTROL.search(value))
    )


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(cast(float, value))


def _is_plain(value: object) -> bool:
    """Whether all of an answer can be kept and shown; it is not too deep, see `parsed`."""
    if isinstance(value, dict):
        return all(is_text(key) and _is_plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool) or _is_number(value) or is_text(value)


def _is_judged(step: object) -> bool:
    if not isinstance(step, dict) or not isinstance(step.get("right"), bool):
        return False
    # A loop and no generator: of all that is read, most are steps.
    for key, value in step.items():
        if key not in _STEP or not (key == "right" or is_text(value)):
            return False
    return True


_NEEDED = ("guide", "question", "kind", "right")
_EMPTY = {"guide_digest": "", "case": "", "answer": None, "at": ""}
_STEP = {each.name for each in fields(Judged)}
_CHECKS: dict[str, Callable[[object], bool]] = {
    **dict.fromkeys((each.name for each in fields(Attempt)), is_text),
    **dict.fromkeys(
        ("factor", "statement", "option"), lambda value: value is None or is_text(value)
    ),
    "answer": _is_plain,
    "right": lambda value: isinstance(value, bool),
    "seconds": lambda value: _is_number(value) and abs(cast(float, value)) < MOST_SECONDS,
    "judged": lambda value: isinstance(value, list),
}
