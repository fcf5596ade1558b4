"""An attempt that went wrong."""

from __future__ import annotations

from tree.teaching.questions.attempts import Attempt, Judged

MISREAD = Attempt(
    guide="g",
    guide_digest="d",
    question="branch/a",
    kind="branch",
    case="a",
    answer={"rain": "no"},
    right=False,
    factor="rain",
    expected="Yes",
    given="No",
    seconds=2.5,
    round="r",
    judged=(Judged(False, factor="rain", words="If it rains"),),
)
