"""Attempts as pandas tables; imported when one is asked for, for pandas is slow to import."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...tables.frames import pd
from ..questions.attempts import Attempt, Judged, first_tries


def by_factor(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """How often each factor was read, and how often rightly; the worst first."""
    return _scores(attempts, "factor", lambda judged: judged.factor)


def by_statement(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """As `by_factor`, for the statements, each with the words that it quotes."""
    return _scores(attempts, "statement", lambda judged: judged.statement)


def by_round(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """Each round: its guide, the day (UTC) it began, its questions, and those right at first."""
    rows: dict[tuple[str, str, str], dict[str, object]] = {}
    for attempt in first_tries(attempts):
        key = attempt.learner, attempt.guide, attempt.round
        row = rows.setdefault(
            key, {"guide": attempt.guide, "begun": attempt.at[:10], "asked": 0, "right": 0}
        )
        row["asked"] = int(str(row["asked"])) + 1
        row["right"] = int(str(row["right"])) + attempt.right
    table = pd.DataFrame(list(rows.values()), columns=["guide", "begun", "asked", "right"])
    table.index = pd.RangeIndex(1, len(table) + 1, name="round")
    return _shared(table)


def _scores(attempts: Iterable[Attempt], name: str, of: Callable[[Judged], str]) -> pd.DataFrame:
    """One row for each thing that was read, at the first try."""
    found: dict[tuple[str, str], list[Judged]] = {}
    for attempt in first_tries(attempts):
        for judged in attempt.judged:
            if of(judged):
                found.setdefault((attempt.guide, of(judged)), []).append(judged)
    rows = [
        (guide, id, _words(each, name), len(each), sum(judged.right for judged in each))
        for (guide, id), each in found.items()
    ]
    table = _shared(pd.DataFrame(rows, columns=["guide", name, "words", "asked", "right"]))
    return table.sort_values(
        ["share", "asked", name], ascending=[True, False, True], ignore_index=True
    )


def _words(judged: Iterable[Judged], name: str) -> str:
    """The words that go with it: a step about a statement holds the statement's words."""
    found = (each.words for each in judged if name == "statement" or not each.statement)
    return next(found, "")


def _shared(table: pd.DataFrame) -> pd.DataFrame:
    """With the share that is right, in percent."""
    share = 100 * table["right"] / table["asked"]
    return table.assign(share=share.astype("float").round().astype("int"))
