"""Attempts at questions as statements of the Experience API (xAPI 1.0.3), for a record store.

An attempt is *answered*, with its answer, its time and how long it took; a round is *scored*, by
its first tries. Verbs and kinds of activities are those of ADL's vocabulary. Activities are named
by the guide as it was, so that two versions of a question are two activities.
"""

from __future__ import annotations

import json
import re
import urllib.parse
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from ..model.errors import AnswerError, shown
from ..teaching.questions.attempts import Attempt, first_tries

ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
SCORED = "http://adlnet.gov/expapi/verbs/scored"
QUESTION = "http://adlnet.gov/expapi/activities/question"
ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
# The home page of a learner whose only name is a random one.
LOCAL = "http://localhost"
Actor = str | tuple[str, str]
_NAMESPACE = uuid.UUID("9d4d3a3a-6a2f-5c0e-9d0a-3a4f6f5b7c11")
_ADDRESS = re.compile(r"[^@\s:/?#\[\]<>\"]+@[^@\s:/?#\[\]<>\"]+\.[^@\s:/?#\[\]<>\"]+")
_MINUTE = 60


def statements(attempts: Iterable[Attempt], actor: Actor = "") -> list[dict[str, Any]]:
    """The statements, in order of time; the same ones for the same attempts.

    `actor`: an e-mail address, or the address of a platform and the name of an account there; by
    default the random name in the record. Raises AnswerError for another one.

    >>> tried = Attempt("g", "d1", "branch/a", "branch", "a", {"rain": "no"}, True, seconds=75.5)
    >>> answered, scored = statements([tried], "anna@example.org")
    >>> answered["object"]["id"], answered["result"]["duration"]
    ('urn:decision-tree-notebook:d1:branch%2Fa', 'PT1M15.5S')
    >>> scored["verb"]["id"], scored["result"]["score"]["scaled"]
    ('http://adlnet.gov/expapi/verbs/scored', 1.0)
    """
    every = sorted(attempts, key=lambda attempt: attempt.at)
    agents = {each.learner: _agent(actor, each.learner) for each in every}
    found = [_answered(each, agents[each.learner]) for each in every]
    return found + [_scored(tries, agents[tries[0].learner]) for tries in _rounds(every)]


def content(attempts: Iterable[Attempt], actor: Actor = "") -> bytes:
    """The statements as a file of JSON."""
    made = json.dumps(statements(attempts, actor), ensure_ascii=False, indent=1)
    # Half of a pair of surrogates is no letter; as an escape it would be no JSON elsewhere.
    return f"{made}\n".encode(errors="replace")


def _agent(actor: Actor, learner: str) -> dict[str, Any]:
    if isinstance(actor, str) and actor:
        if not _ADDRESS.fullmatch(actor):
            raise AnswerError([f"no e-mail address: {shown(actor)}: {_ALLOWED}"])
        return {"objectType": "Agent", "mbox": f"mailto:{actor}"}
    home, name = actor or (LOCAL, learner if learner.strip() else "learner")
    place = urllib.parse.urlsplit(home)
    if place.scheme not in ("http", "https") or not place.netloc or not name.strip():
        raise AnswerError([f"no account: {shown(actor)}: {_ALLOWED}"])
    return {"objectType": "Agent", "account": {"homePage": home, "name": name}}


_ALLOWED = 'allowed: "anna@example.org", or ("https://platform.example", "anna")'


def _answered(attempt: Attempt, agent: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "success": attempt.right,
        "score": {"scaled": float(attempt.right)},
        "response": json.dumps(attempt.answer, ensure_ascii=False)
        if not isinstance(attempt.answer, str)
        else attempt.answer,
    }
    if attempt.seconds > 0:
        result["duration"] = _duration(attempt.seconds)
    grouped = {"parent": [{"objectType": "Activity", "id": _activity(attempt)}]}
    return {
        "id": _id("answered", attempt.learner, attempt.id),
        "actor": agent,
        "verb": {"id": ANSWERED, "display": {"en": "answered"}},
        "object": {
            "objectType": "Activity",
            "id": _activity(attempt, attempt.question),
            "definition": {"type": QUESTION, "name": {"und": attempt.question}},
        },
        "result": result,
        "context": {"contextActivities": grouped},
        **_timestamp(attempt),
    }


def _rounds(attempts: Iterable[Attempt]) -> Iterator[list[Attempt]]:
    """The first tries, round by round."""
    found: dict[tuple[str, str, str], list[Attempt]] = {}
    for attempt in first_tries(attempts):
        key = attempt.learner, attempt.guide, attempt.round
        found.setdefault(key, []).append(attempt)
    yield from found.values()


def _scored(tries: list[Attempt], agent: dict[str, Any]) -> dict[str, Any]:
    last = tries[-1]
    right = sum(each.right for each in tries)
    score = {"raw": right, "min": 0, "max": len(tries), "scaled": round(right / len(tries), 4)}
    spent = sum(max(each.seconds, 0.0) for each in tries)
    return {
        "id": _id("scored", last.learner, last.guide, last.round),
        "actor": agent,
        "verb": {"id": SCORED, "display": {"en": "scored"}},
        "object": {
            "objectType": "Activity",
            "id": _activity(last),
            "definition": {"type": ASSESSMENT, "name": {"und": last.guide}},
        },
        "result": {"score": score, **({"duration": _duration(spent)} if spent else {})},
        **_timestamp(last),
    }


def _activity(attempt: Attempt, question: str = "") -> str:
    """The name of a guide as it was, or of a question of it; older records know its id alone."""
    guide = attempt.guide_digest or attempt.guide or "unnamed"
    parts = [guide, question] if question else [guide]
    return ":".join(["urn:decision-tree-notebook", *map(_quoted, parts)])


def _quoted(words: str) -> str:
    return urllib.parse.quote(words, safe="", errors="replace")


def _id(*parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, json.dumps(parts)))


def _timestamp(attempt: Attempt) -> dict[str, str]:
    """When it was, where the record says so: anybody may have written it."""
    try:
        found = datetime.fromisoformat(attempt.at)
    except ValueError:
        return {}
    return {"timestamp": found.isoformat(timespec="milliseconds")} if found.tzinfo else {}


def _duration(seconds: float) -> str:
    """
    >>> _duration(0.04), _duration(75.5), _duration(7322)
    ('PT0.04S', 'PT1M15.5S', 'PT2H2M2S')
    """
    minutes, rest = divmod(round(seconds, 2), _MINUTE)
    hours, minutes = divmod(int(minutes), _MINUTE)
    found = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    return f"PT{found}{round(rest, 2):.12g}S"
