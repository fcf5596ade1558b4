"""A guide as tables: every patient, every path, every quote, every option by passage."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..logic.build import Tree, count_paths
from ..logic.by_passage import compare_passages
from ..logic.case_counts import CaseCounts, count_cases
from ..logic.firmness import firmness
from ..logic.paths import paths as paths_of
from ..logic.paths import standings_at, standings_of
from ..logic.walk import Walk
from ..model.answers import NOT_APPLICABLE
from ..model.errors import AnswerError
from ..model.parts import Condition, Factor, Reading, Standing
from .export import save
from .firmness_columns import PARTS, firmness_columns, named_columns
from .patterns import Ints, Patterns, columns

MAX_ROWS = 100_000
ANY = "any"


class Table(pd.DataFrame):
    """A pandas table with a caption. What is cut out of it is a plain DataFrame."""

    _metadata = ["caption"]  # noqa: RUF012  # so pandas wants it
    caption: str = ""

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write it as .csv or .xlsx, as the ending says, whole or not at all.

        Raises FileExistsError where there is a file already, unless `force` is given.
        """
        save(pd.DataFrame(self), path, caption=self.caption, force=force)

    def __repr__(self) -> str:
        return f"{self.caption}\n\n{super().__repr__()}"

    def _repr_html_(self) -> str:
        words = f'<caption style="text-align: left">{html.escape(self.caption)}</caption>'
        with pd.option_context("display.max_colwidth", None):
            table = str(super()._repr_html_())  # type: ignore[misc]  # not in the stubs
        # Words are read from the left, whatever a notebook does with numbers, and long ones need
        # some width.
        table = re.sub("<td>(?=[^<]{40})", '<td style="text-align: left; min-width: 16em">', table)
        table = re.sub("<(t[dh])>", r'<\1 style="text-align: left">', table)
        return table.replace("<thead>", f"{words}\n  <thead>", 1)


def decision_table(tree: Tree, compact: bool = False) -> Table:
    """Every complete patient, one a row: the answers, then the standing of every option.

    `compact`: every path of the tree instead, with "any" for what it does not ask. Raises
    AnswerError where there would be more than 100,000 rows.
    """
    return _compact(tree) if compact else _complete(tree)


def _complete(tree: Tree) -> Table:
    reading = tree.reading
    count = count_cases(reading)
    if count > MAX_ROWS:
        raise AnswerError(
            [
                f"{reading.subject.counted(count)}, more than {MAX_ROWS:,}; "
                "decision_table(compact=True) has fewer"
            ]
        )
    places = _every_case(reading)
    made: dict[str, Any] = {}
    for factor in reading.factors:
        values = np.array([*factor.values, NOT_APPLICABLE], dtype=object)
        made[factor.id] = values[places[factor.id]]
    patterns = Patterns(tree)
    # What does not apply is in the place of what is unknown.
    asked = [places[id] for id in tree.factors]
    rows = np.stack(asked, axis=1) if asked else np.zeros((count, 0), dtype=np.int64)
    ends = patterns.find(rows)
    for column in columns(patterns)[1:-2]:
        made[column.name] = np.array(column.words, dtype=object)[np.array(column.of_end)[ends]]
        made |= firmness_columns(reading, column.name, made)
    words = f"Every complete {reading.subject.singular}, and what the text says of each option."
    return _table(made, "case", f"{words} {reading.title}")


def _every_case(reading: Reading) -> dict[str, Ints]:
    """For every factor the place of each case's answer, one after its values where it does not
    apply; in the order of `Guide.cases`."""
    places: dict[str, Ints] = {}
    count = 1
    for factor in reading.factors:
        applies = np.ones(count, dtype=bool)
        for id, values in factor.asked_if:
            allowed = [i for i, v in enumerate(reading.factor(id).values) if v in values]
            applies &= np.isin(places[id], allowed)
        times = np.where(applies, len(factor.values), 1)
        places = {id: np.repeat(each, times) for id, each in places.items()}
        # Counted anew for each case so far.
        count = int(times.sum())
        own = np.arange(count) - np.repeat(np.cumsum(times) - times, times)
        places[factor.id] = np.where(np.repeat(applies, times), own, len(factor.values))
    return places


def _compact(tree: Tree) -> Table:
    reading = tree.reading
    names = [factor.id for factor in reading.factors]
    any_ = {factor.id: any_of(factor) for factor in reading.factors}
    found = list(_paths(tree))
    rows = [[{**any_, **path}[id] for id in names] for path, _ in found]
    made = _by_column(names, rows)
    for option in reading.options:
        standings = [standings_of(tree, leaf)[option.id] for _, leaf in found]
        made[option.id] = [str(standing) for standing in standings]
        firm = [
            firmness(reading, option.id, standing, path)
            for standing, (path, _) in zip(standings, found, strict=True)
        ]
        made |= named_columns(reading, option.id, firm)
    words = f'Every path, and what the text says of each option; "{ANY}": not asked.'
    return _table(made, "path", f"{words} {reading.title}")


def any_of(factor: Factor) -> str:
    """How a table says that any value will do: "any", or "(any)" where that is a value."""
    return f"({ANY})" if ANY in factor.values else ANY


def paths(tree: Tree) -> Table:
    """Every path from the first question to an outcome, one a row.

    `path`: the answers; `questions`: how many; `cases`: how many complete patients take it;
    `outcome`: its name, as in `classify`; then the options by what the text says of them.
    Raises AnswerError where there would be more than 100,000 rows.
    """
    reading, numbers = tree.reading, Patterns(tree).outcomes
    head = ["path", "questions", "cases", "outcome"]
    standings = {s: reading.subject.within(s) for s in _ORDER}
    counts = CaseCounts(reading)
    rows = []
    for path, leaf in _paths(tree):
        found = standings_of(tree, leaf)
        said = {s: ", ".join(id for id, at in found.items() if at == s) for s in standings}
        words = " → ".join(f"{id}={value}" for id, value in path.items())
        outcome = f"outcome {numbers[standings_at(tree, leaf)] + 1}"
        rows.append([words, len(path), counts.count(path), outcome, *said.values()])
    made = _by_column([*head, *standings.values()], rows)
    made |= {name: np.array(made[name], dtype=np.int64) for name in ("questions", "cases")}
    return _table(made, "path", f"Every path, and where it leads. {reading.title}", "number")


_ORDER = (Standing.PREFERRED, Standing.OFFERED, Standing.WITHHELD, Standing.SILENT)


def _paths(tree: Tree) -> Iterator[tuple[dict[str, str], int]]:
    """Every path with the leaf that it leads to."""
    count = count_paths(tree)
    if count > MAX_ROWS:
        raise AnswerError([f"{count} paths, more than {MAX_ROWS}; the table is for smaller trees"])
    return paths_of(tree)


def evidence(reading: Reading) -> Table:
    """Every quote of every statement, one a row, in the guide's order.

    `statement`, `quote`, `passage`, `condition` (for whom), `effect` (what it says of which
    options, their relation, or the remark), `basis`, and `because` where it is implied; `strength`
    and `grade` where any statement has one.
    """
    firm = [part for part in PARTS if any(getattr(s, part) for s in reading.statements)]
    head = ["statement", "quote", "passage", "condition", "effect", "basis", "because", *firm]
    rows = []
    for statement in reading.statements:
        said: dict[Standing, list[str]] = {}
        for option, standing in statement.effects:
            said.setdefault(standing, []).append(option)
        effects = [
            f"{reading.subject.within(standing)}: {', '.join(ids)}"
            for standing, ids in said.items()
        ]
        names = {id: id for id in reading.names}
        related = statement.relation.words(names).lower() if statement.relation else ""
        effect = "; ".join([*effects, *filter(None, [related, statement.remark])])
        condition = _condition(reading, statement.condition)
        for quote in statement.quotes:
            cells = (statement.id, quote.line, quote.passage, condition, effect)
            more = [getattr(statement, part) for part in firm]
            rows.append([*cells, statement.basis, statement.because, *more])
    words = "Every quoted clause, for whom it holds and what it says."
    return _table(_by_column(head, rows), "clause", f"{words} {reading.title}")


def _condition(reading: Reading, condition: Condition) -> str:
    conjunctions = []
    for conjunction in condition:
        asked: dict[str, list[str]] = {}
        for factor in reading.factors:
            for id, values in conjunction:
                if id == factor.id:
                    still = asked.get(id, factor.values)
                    asked[id] = [value for value in still if value in values]
        literals = [f"{id}={' or '.join(kept)}" for id, kept in asked.items()]
        conjunctions.append(" and ".join(literals) or "everyone")
    several = len(conjunctions) > 1
    return "; or ".join(
        f"({words})" if several and " and " in words else words for words in conjunctions
    )


def options_by_passage(reading: Reading) -> Table:
    """Every option, by its short name if it has one, one a row, and a column for each passage: all
    that it can say of it.

    The last column, `together`, is what the whole text can say.
    """
    ids = [passage.id for passage in reading.text.passages]
    together = Walk(reading, {}).standings
    rows = []
    for found in compare_passages(reading).options:
        each = dict(found.possible)
        said = [*(each[id] for id in ids), together[found.option.id].possible]
        cells = [reading.subject.choices(standings) for standings in said]
        rows.append([found.option.label, *cells])
    head = ["option", *ids, "together"]
    words = "What each passage can say of each option, and what all of them together."
    made = _by_column(head, rows)
    index = pd.Index([option.id for option in reading.options], name="id", dtype="str")
    return captioned(pd.DataFrame(made, index=index, dtype="str"), f"{words} {reading.title}")


def _by_column(head: list[str], rows: Iterable[list[Any]]) -> dict[str, Any]:
    found = list(rows)
    return (
        dict(zip(head, zip(*found, strict=True), strict=True)) if found else dict.fromkeys(head, ())
    )


def _table(made: dict[str, Any], row: str, caption: str, index: str = "") -> Table:
    count = len(next(iter(made.values()), ()))
    table = pd.DataFrame(
        {
            name: values if getattr(values, "dtype", object) == np.int64 else _text(values)
            for name, values in made.items()
        }
    )
    table.index = pd.RangeIndex(1, count + 1, name=index or row)
    return captioned(table, caption)


def _text(values: Any) -> Any:
    return pd.Series(list(values), dtype="str").array


def captioned(table: pd.DataFrame, caption: str) -> Table:
    """A table with a caption."""
    made = Table(table)
    made.caption = caption
    return made
