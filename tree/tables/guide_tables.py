"""A guide as tables: every patient, every path, every quote, every option by passage."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..logic.build import Tree, count_paths
from ..logic.by_passage import compare_passages
from ..logic.case_counts import CaseCounts, count_cases
from ..logic.firmness import firmness
from ..logic.paths import paths as paths_of
from ..logic.paths import standings_at, standings_of
from ..logic.trees import trees_of
from ..logic.walk import Walk
from ..model.answers import NOT_APPLICABLE
from ..model.errors import AnswerError
from ..model.parts import Condition, Factor, Reading, Standing
from .export import save
from .firmness_columns import PARTS, firmness_columns, named_columns
from .guide_patterns import GuidePatterns
from .patterns import Ints
from .row_ends import RowEnds

MAX_ROWS = 100_000
ANY = "any"
TREE = "tree"
NUMBERS = (np.int64, np.float64)


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
        return _readable(table).replace("<thead>", f"{words}\n  <thead>", 1)


def words_and_numbers(table: pd.DataFrame) -> str:
    """A table of what was read, as HTML: the words in full, and without names that they repeat.

    >>> row = {"guide": ["tea"], "factor": ["rain"], "words": ["If it rains"], "asked": [3]}
    >>> html = words_and_numbers(pd.DataFrame(row))
    >>> re.findall(">([^<>]+)</t[hd]>", html)
    ['words', 'asked', 'If it rains', '3']
    """
    names = ["factor", "statement"] + ["guide"] * (table["guide"].nunique() < 2)
    with pd.option_context("display.max_colwidth", None):
        return _readable(table.drop(columns=names, errors="ignore").to_html(index=False))


def _readable(table: str) -> str:
    # Words are read from the left, whatever a notebook does with numbers, and long ones need
    # some width.
    table = re.sub("<td>(?=[^<]{40})", '<td style="text-align: left; min-width: 16em">', table)
    return re.sub("<(t[dh])>", r'<\1 style="text-align: left">', table)


def decision_table(reading: Reading, compact: bool = False) -> Table:
    """Every complete patient, one a row: the answers, then the standing of every option.

    `compact`: every path of every tree instead, with "any" for what it does not ask. Where there
    are several trees the first column names the tree, and nothing stands in the columns of the
    options that other trees decide. Raises AnswerError where there would be more than 100,000 rows.
    """
    return _compact(reading) if compact else _complete(reading)


def _complete(reading: Reading) -> Table:
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
    patterns = GuidePatterns(reading)
    # What does not apply is in the place of what is unknown.
    ends = [RowEnds(each).find(places, count) for each in patterns.trees]
    for column in patterns.option_columns():
        standings = np.array(column.words, dtype=object)
        made[column.name] = standings[np.array(column.of_end)[ends[column.tree]]]
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


def _compact(reading: Reading) -> Table:
    names = [factor.id for factor in reading.factors]
    any_ = {factor.id: any_of(factor) for factor in reading.factors}
    found = list(_paths(reading))
    rows = [[{**any_, **path}[id] for id in names] for _, path, _ in found]
    made = {**_named_trees(reading, found), **_by_column(names, rows)}
    said = [standings_of(tree, leaf) for tree, _, leaf in found]
    for option in reading.options:
        made[option.id] = [
            str(standings[option.id]) if option.id in standings else None for standings in said
        ]
        firm = [
            firmness(reading, option.id, standings[option.id], path)
            if option.id in standings
            else None
            for standings, (_, path, _) in zip(said, found, strict=True)
        ]
        made |= named_columns(reading, option.id, firm)
    words = f'Every path, and what the text says of each option; "{ANY}": not asked.'
    return _table(made, "path", f"{words} {reading.title}")


def any_of(factor: Factor) -> str:
    """How a table says that any value will do: "any", or "(any)" where that is a value."""
    return f"({ANY})" if ANY in factor.values else ANY


def tree_column(reading: Reading) -> str:
    """The column that names the tree of a row: "tree", or "(tree)" where something is called so."""
    ids = [*(f.id for f in reading.factors), *(o.id for o in reading.options)]
    return f"({TREE})" if TREE in ids else TREE


def paths(reading: Reading) -> Table:
    """Every path from the first question of a tree to an outcome, one a row.

    `tree`, where there are several; `path`: the answers; `questions`: how many; `cases`: how many
    complete patients take it; `outcome`: its name in this tree, and in `classify`; then the options
    by what the text says of them. Raises AnswerError where there would be more than 100,000 rows.
    """
    patterns = GuidePatterns(reading)
    outcomes = {id(each.tree): each.outcomes for each in patterns.trees}
    head = ["path", "questions", "cases", "outcome"]
    standings = {s: reading.subject.within(s) for s in _ORDER}
    counts = CaseCounts(reading)
    every = list(_paths(reading))
    rows = []
    for tree, path, leaf in every:
        found = standings_of(tree, leaf)
        said = {s: ", ".join(id for id, at in found.items() if at == s) for s in standings}
        words = " → ".join(f"{id}={value}" for id, value in path.items())
        outcome = f"outcome {outcomes[id(tree)][standings_at(tree, leaf)] + 1}"
        rows.append([words, len(path), counts.count(path), outcome, *said.values()])
    made = {**_named_trees(reading, every), **_by_column([*head, *standings.values()], rows)}
    made |= {name: _numbers(made[name]) for name in ("questions", "cases")}
    return _table(made, "path", f"Every path, and where it leads. {reading.title}", "number")


def _numbers(counts: Sequence[int]) -> Ints:
    """Counts as numpy has them: those of very many cases are rounded."""
    kind = np.int64 if max(counts, default=0) <= np.iinfo(np.int64).max else np.float64
    most = int(np.finfo(np.float64).max)
    return np.array([min(count, most) for count in counts], dtype=kind)


_ORDER = (Standing.PREFERRED, Standing.OFFERED, Standing.WITHHELD, Standing.SILENT)
_Path = tuple[Tree, dict[str, str], int]


def _paths(reading: Reading) -> Iterator[_Path]:
    """Every path of every tree: the tree, the answers, and the leaf that they lead to."""
    trees = trees_of(reading)
    count = sum(count_paths(tree) for tree in trees)
    if count > MAX_ROWS:
        raise AnswerError([f"{count} paths, more than {MAX_ROWS}; the table is for smaller trees"])
    for tree in trees:
        for path, leaf in paths_of(tree):
            yield tree, path, leaf


def _named_trees(reading: Reading, every: Iterable[_Path]) -> dict[str, list[str]]:
    """The name of the tree of each path, where there are several."""
    several = len(trees_of(reading)) > 1
    return {tree_column(reading): [tree.name for tree, _, _ in every]} if several else {}


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
            name: values if getattr(values, "dtype", object) in NUMBERS else _text(values)
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
