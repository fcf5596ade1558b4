"""The tables of a class, one row for each thing that was read. Knows pandas.

Only first tries are counted; shares are percentages, here of what was misread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...tables.frames import pd
from ..questions.attempts import Attempt
from ..questions.questions import KINDS
from .plain_values import ValuesOfGuides, read_values

_STATEMENT = ["guide", "statement"]
_FACTOR = ["guide", "factor"]


def misread(attempts: Iterable[Attempt], says: Mapping[str, str]) -> pd.DataFrame:
    """One row for each statement, the worst first; `says`: who says it, by statement."""
    table = _summed(_judged(attempts), _STATEMENT)
    table.insert(3, "says", [says.get(str(id), "") for id in table["statement"]])
    return table


def by_factor(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """The same for the factors."""
    found = _judged(attempts)
    return _summed(found[found["statement"] == ""], _FACTOR)


def heat(
    attempts: Iterable[Attempt], columns: Mapping[str, str], by: str = "learner"
) -> pd.DataFrame:
    """For each statement the share that each of the columns misread; NaN where nobody was asked.

    `columns`: the names to show, by learner or by kind of question.
    """
    found = _judged(attempts)
    order = pd.MultiIndex.from_frame(_summed(found, _STATEMENT)[_STATEMENT])
    found = found[found["statement"] != ""]
    shares = found.assign(share=~found["right"] * 100.0).pivot_table(
        index=_STATEMENT, columns=by, values="share", aggfunc="mean"
    )
    return shares.reindex(index=order, columns=list(columns)).set_axis(
        list(columns.values()), axis=1
    )


def confusion(attempts: Iterable[Attempt], known: ValuesOfGuides) -> pd.DataFrame:
    """How often each value of a factor was read as each, by its name in the guide: a row what the
    vignette says of it, a column what was answered. `known`: the values of the guide."""
    names = [*_FACTOR, "expected", "given"]
    found = pd.DataFrame(list(read_values(attempts, known)), columns=names, dtype="str")
    table = found.groupby(names).size().unstack("given", fill_value=0)
    return table.astype("int").rename_axis(columns="read as")


def by_kind(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """One row for each kind of question."""
    return _right(((attempt.kind, attempt) for attempt in attempts), "kind", KINDS)


def over_time(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """One row for each day (UTC)."""
    days = [(attempt.at[:10], attempt) for attempt in attempts]
    return _right(days, "day", sorted({day for day, _ in days}))


def _judged(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """Every step of every attempt that was judged."""
    rows = [
        (a.guide, a.kind, a.learner, each.factor, each.statement, each.words, each.right)
        for a in attempts
        for each in a.judged
    ]
    names = ["guide", "kind", "learner", "factor", "statement", "words", "right"]
    table = pd.DataFrame(rows, columns=names)
    return table.astype({"right": "bool"})


def _summed(judged: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The steps about the same thing together; those about nothing of the kind are left out."""
    groups = judged[judged[keys[1]] != ""].groupby(keys, sort=True)
    table = groups.agg(
        # Of an edited guide, the words that were read last.
        words=("words", "last"),
        asked=("right", "size"),
        right=("right", "sum"),
        students=("learner", "nunique"),
    ).reset_index()
    wrong = judged[~judged["right"]].groupby(keys)["learner"].nunique()
    index = pd.MultiIndex.from_frame(table[keys])
    table = table.assign(
        misread=table["asked"] - table["right"],
        share=_share(table["asked"] - table["right"], table["asked"]),
        misread_by=wrong.reindex(index, fill_value=0).to_numpy(),
    )
    # As if each had been read rightly twice more: one answer alone says little.
    table["worse"] = table["misread"] / (table["asked"] + 2)
    table = table.sort_values(
        ["worse", "asked", *keys], ascending=[False, False, True, True], ignore_index=True
    )
    table.index = pd.RangeIndex(1, len(table) + 1)
    return table[[*keys, "words", "asked", "misread", "share", "students", "misread_by"]]


def _right(
    attempts: Iterable[tuple[str, Attempt]], name: str, order: Iterable[str]
) -> pd.DataFrame:
    rows = [(key, attempt.learner, attempt.right) for key, attempt in attempts]
    groups = pd.DataFrame(rows, columns=[name, "learner", "right"]).groupby(name)
    table = groups.agg(
        students=("learner", "nunique"), asked=("right", "size"), right=("right", "sum")
    )
    table = table.reindex([key for key in order if key in table.index]).astype("int")
    return table.assign(share=_share(table["right"], table["asked"]))


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (100 * part / whole).astype("float").round().astype("int")
