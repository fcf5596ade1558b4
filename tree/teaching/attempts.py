"""Attempts at questions and rounds of them, and how they are read from JSON."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

from ..errors import RecordError, allowed, shown

FORMAT, VERSION = "practice-record", 1


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
    `expected` and `given` how; `judged` what was read rightly up to there."""

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


# --- from JSON ------------------------------------------------------------------------------

_MAY_BE_NULL = ("factor", "statement", "option")
_NEEDED = ("guide", "question", "kind", "right")


def from_json(name: str, data: object) -> list[Attempt]:
    """The attempts in what JSON held, the oldest first. `name`: of its file, for messages.

    Raises RecordError where it is no record.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise RecordError(f'{name}: not a record of practice: "format": "{FORMAT}" is missing')
    if data.get("version") != VERSION:
        version = shown(data.get("version"))
        raise RecordError(f"{name}: version {version} of the record; allowed: {VERSION}")
    attempts = data.get("attempts")
    if not isinstance(attempts, list):
        raise RecordError(f"{name}: 'attempts' must be a list")
    learner = data.get("learner")
    if not isinstance(learner, str):
        raise RecordError(f"{name}: 'learner' must be text")
    found = []
    for number, each in enumerate(attempts, 1):
        place = f"{name}: attempt {number}"
        if not isinstance(each, dict):
            raise RecordError(f"{place} must be a mapping")
        if "id" not in each:
            # Told from others by its content, so that it is the same when it is read again.
            own = hashlib.sha256(f"{number} {json.dumps(each)}".encode()).hexdigest()[:16]
            each = {**each, "id": own}
        found.append(checked(place, {"learner": learner, **each}))
    return sorted(found, key=lambda attempt: attempt.at)


def checked(place: str, content: Mapping[str, Any]) -> Attempt:
    """An attempt from a file that anybody may have written."""
    known = [each.name for each in fields(Attempt)]
    for key in content:
        if key not in known:
            raise RecordError(f"{place}: unknown key {shown(key)}: {allowed(key, known, 20)}")
    for key in _NEEDED:
        if key not in content:
            raise RecordError(f"{place} lacks the key '{key}'")
    for key, value in content.items():
        if key != "answer" and not _fits_key(key, value):
            raise RecordError(f"{place}: '{key}' cannot be {shown(value)}")
    judged = tuple(_judged(place, step) for step in content.get("judged", []))
    filled = {"guide_digest": "", "case": "", "answer": None, "at": ""}
    return Attempt(**{**filled, **content, "judged": judged})


def _fits_key(key: str, value: object) -> bool:
    if key == "judged":
        return isinstance(value, list)
    if key == "right":
        return isinstance(value, bool)
    if key == "seconds":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return _is_text(value) or (value is None and key in _MAY_BE_NULL)


def _is_text(value: object) -> bool:
    """Whether it is text that a file can hold: JSON may write half of a pair of surrogates."""
    return isinstance(value, str) and not re.search("[\ud800-\udfff]", value)


def _judged(place: str, step: object) -> Judged:
    known = [each.name for each in fields(Judged)]
    if (
        not isinstance(step, dict)
        or not isinstance(step.get("right"), bool)
        or not all(key in known and (key == "right" or _is_text(step[key])) for key in step)
    ):
        raise RecordError(f"{place}: 'judged' cannot hold {shown(step)}")
    return Judged(**step)
