"""A cohort at a glance: where its patients go, which sentences decide, what tips the scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from ..drawing.graphviz import Drawing, Flow
from ..drawing.plots import BarPlot, HeatMap
from ..logic.build import Tree
from ..logic.outline import outline
from ..model.parts import UNKNOWN, capitalized
from ..model.text import folded
from .bad_answers import check_columns, check_errors, raise_or_warn
from .classifier import Classifier
from .flow import Followed, followed, outcome_words
from .guide_tables import Table, captioned
from .patterns import OPEN
from .spelling import Mapped
from .synthetic import synthetic_name

# As many as a slide holds.
MOST_BARS = 12
# Answers of which one is right, such as "3 or 4".
IN_PART = "known in part"


def cohort(
    tree: Tree, table: pd.DataFrame, mapping: Mapped | None = None, errors: str = "raise"
) -> Cohort:
    """Follow the patients of a table through the tree; see `Guide.cohort`."""
    check_errors(errors)
    classifier = Classifier(tree, mapping)
    missing = check_columns(tree.reading, classifier.patterns.factors, table.columns, (), False)
    answers = classifier.answers(table)
    raise_or_warn([*missing, *classifier.bad_answers.messages(classifier.places)], errors)
    note = "synthetic " if table.index.name == synthetic_name(tree.reading) else ""
    return Cohort(followed(classifier.patterns, answers, len(table)), note)


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples())


def _share(count: int, total: int) -> int:
    """How many in a hundred."""
    return round(100 * count / total) if total else 0


def _number(count: int) -> str:
    return f"{count:,}"


def _table(
    name: str,
    index: Sequence[str],
    columns: dict[str, list[str] | list[int]],
    of: list[int],
    caption: str,
) -> Table:
    """A table whose last column of counts is also given as a share, in %, of other counts."""
    table = pd.DataFrame(columns, index=pd.Index(list(index), name=name, dtype="str"))
    counted = table.iloc[:, -1]
    shares = [_share(*pair) for pair in zip(counted, of, strict=True)]
    return captioned(table.assign(share=shares), caption)


@dataclass(frozen=True)
class Cohort:
    """What the text says of many patients together. Prints the same in words.

    `outcomes`, `sentences`, `factors`: pandas tables. `drawing`: the tree, each branch as wide
    as the share of patients who take it. `decides`, `tips` and `moves`: plots of the sentences,
    of the factors, and of the outcomes under each answer.
    """

    followed: Followed = field(repr=False)
    note: str = ""

    @property
    def patients(self) -> int:
        """How many there are."""
        return self.followed.patients

    @cached_property
    def drawing(self) -> Drawing:
        """The tree, each branch as wide as the share of patients who surely take it."""
        return Drawing(self.followed.tree, flow=self._flow)

    @cached_property
    def _flow(self) -> Flow:
        return Flow(self.followed.nodes, self.followed.branches, self._size)

    @cached_property
    def outcomes(self) -> Table:
        """One row for each outcome, and one for the patients of whom it is not decided yet."""
        counts = self.followed.outcomes
        words = [*outcome_words(self.followed.patterns), "what is unknown leaves it open"]
        columns: dict[str, list[str] | list[int]] = {"words": words, "cases": counts}
        every = [self.patients] * len(counts)
        caption = f"The outcomes of {self._size}."
        return _table("outcome", self._outcome_names, columns, every, caption)

    @cached_property
    def sentences(self) -> Table:
        """One row for each statement: for how many patients it decides an option's standing."""
        reading, counts = self.followed.tree.reading, self.followed.decided_by
        deciding = [s for s in reading.statements if s.effects]
        ordered = sorted(deciding, key=lambda s: -counts[s.id])
        columns: dict[str, list[str] | list[int]] = {
            "words": [s.words for s in ordered],
            "cases": [counts[s.id] for s in ordered],
        }
        every = [self.patients] * len(ordered)
        caption = f"For how many of {self._size} a sentence decides."
        return _table("statement", [s.id for s in ordered], columns, every, caption)

    @cached_property
    def factors(self) -> Table:
        """One row for each factor: of how many it is known, and for how many of these another
        answer, all else being the same, would lead to another outcome."""
        reading = self.followed.tree.reading
        found = {f.id: self.followed.tipped_by(f.id) for f in reading.factors}
        ordered = sorted(reading.factors, key=lambda f: -_share(found[f.id][1], found[f.id][0]))
        columns: dict[str, list[str] | list[int]] = {
            "question": [f.question for f in ordered],
            "known": [found[f.id][0] for f in ordered],
            "tips": [found[f.id][1] for f in ordered],
        }
        known = [found[f.id][0] for f in ordered]
        caption = f"For how many of {self._size} another answer would change the outcome."
        return _table("factor", [f.id for f in ordered], columns, known, caption)

    @cached_property
    def decides(self) -> BarPlot:
        """How often each sentence decides; of very many those that do so most often."""
        rows = _rows(self.sentences)[:MOST_BARS]
        every = len(self.sentences)
        some = f" (the first {MOST_BARS} of {every})" if every > MOST_BARS else ""
        return BarPlot(
            tuple(f"\u201c{row.words}\u201d" for row in rows),
            tuple(float(row.share) for row in rows),
            f"Share of {self._size} for whom a sentence decides{some}",
            unit=" %",
            most=100,
            notes=tuple(_number(row.cases) for row in rows),
        )

    @cached_property
    def tips(self) -> BarPlot:
        """For which share of the patients each factor tips the scales."""
        rows = _rows(self.factors)
        return BarPlot(
            tuple(self.followed.tree.reading.factor(row.Index).label for row in rows),
            tuple(float(row.share) for row in rows),
            f"Share of {self._size} whose outcome another answer would change",
            unit=" %",
            most=100,
            notes=tuple(f"{_number(row.tips)} of {_number(row.known)}" for row in rows),
        )

    @cached_property
    def moves(self) -> HeatMap:
        """How the outcomes are spread under each answer to each factor of the tree."""
        rows, values = [], []
        for id in self.followed.tree.factors:
            factor = self.followed.tree.reading.factor(id)
            counts = self.followed.by_answer(id)
            answers = (*factor.values, UNKNOWN, IN_PART)
            for answer, of_outcome in zip(answers, counts, strict=True):
                total = sum(of_outcome)
                if total:
                    rows.append(f"{factor.label} {capitalized(answer)} ({_number(total)})")
                    values.append(tuple(_share(count, total) for count in of_outcome))
        return HeatMap(
            tuple(rows),
            tuple(self._outcome_names),
            tuple(values),
            f"Outcomes of {self._size} under each answer, in %",
            down="answer",
            across="outcome",
        )

    @property
    def _outcome_names(self) -> Sequence[str]:
        return [*(f"outcome {i}" for i in range(1, len(self.followed.outcomes))), OPEN]

    @property
    def _size(self) -> str:
        return f"{_number(self.patients)} {self.note}{self.followed.tree.reading.subject.plural}"

    def __str__(self) -> str:
        return folded(self._lines())

    def _lines(self) -> Sequence[str]:
        lines = [self._size, "", "Outcomes:"]
        for row in _rows(self.outcomes):
            lines.append(f"  {row.Index}: {_number(row.cases)} ({row.share} %), {row.words}")
        lines += ["", "For how many a sentence decides:"]
        for row in _rows(self.sentences):
            lines.append(f'  {_number(row.cases)} ({row.share} %): "{row.words}"')
        lines += ["", "For how many another answer would change the outcome:"]
        for row in _rows(self.factors):
            score = f"{_number(row.tips)} of {_number(row.known)} ({row.share} %)"
            lines.append(f"  {score}: {row.question}")
        lines += ["", "The paths that are taken for certain:"]
        said = {at: self._flow.in_words(count) for at, count in self.followed.branches.items()}
        lines += outline(self.followed.tree, said)
        return lines

    def __repr__(self) -> str:
        return f"<cohort of {self._size} for {self.followed.tree.reading.id!r}>"
