"""A cohort at a glance: where its patients go, which sentences decide, what tips the scales."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from ..drawing.graphviz import Drawing, Flow
from ..drawing.plots import BarPlot, HeatMap
from ..logic.outline import outline
from ..model.errors import AnswerError
from ..model.parts import UNKNOWN, Reading, capitalized
from ..model.text import folded
from .bad_answers import check_columns, check_errors, raise_or_warn
from .classifier import Classifier
from .flow import Followed, FollowedTree, followed, outcome_words
from .guide_patterns import OPEN
from .guide_tables import Table, captioned
from .spelling import Mapped
from .synthetic import synthetic_name

# As many as a slide holds.
MOST_BARS = 12
# Answers of which one is right, such as "3 or 4".
IN_PART = "known in part"
Shown = TypeVar("Shown")


def cohort(
    reading: Reading, table: pd.DataFrame, mapping: Mapped | None = None, errors: str = "raise"
) -> Cohort:
    """Follow the patients of a table through the trees; see `Guide.cohort`."""
    check_errors(errors)
    classifier = Classifier(reading, mapping)
    missing = check_columns(reading, classifier.patterns.factors, table.columns, (), False)
    answers = classifier.answers(table)
    raise_or_warn([*missing, *classifier.bad_answers.messages(classifier.places)], errors)
    note = "synthetic " if table.index.name == synthetic_name(reading) else ""
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


def _outcome_names(one: FollowedTree) -> list[str]:
    return [*(f"outcome {i}" for i in range(1, len(one.outcomes))), OPEN]


@dataclass(frozen=True)
class Cohort:
    """What the text says of many patients together. Prints the same in words.

    `outcomes`, `sentences`, `factors`: pandas tables. `drawing`: the tree, each branch as wide
    as the share of patients who take it. `decides`, `tips` and `moves`: plots of the sentences,
    of the factors, and of the outcomes under each answer. Where a guide has several trees,
    `drawings` and `all_moves` have a picture of each, and `outcomes` a column that names the tree.
    """

    followed: Followed = field(repr=False)
    note: str = ""

    @property
    def patients(self) -> int:
        """How many there are."""
        return self.followed.patients

    @property
    def drawing(self) -> Drawing:
        """The tree, each branch as wide as the share of patients who surely take it.

        Raises AnswerError where there are several trees; see `drawings`.
        """
        return self._only(self.drawings, "drawings")

    @cached_property
    def drawings(self) -> tuple[Drawing, ...]:
        """The drawing of every tree."""
        return tuple(Drawing(each.tree, flow=self._flow(each)) for each in self.followed.trees)

    def _flow(self, one: FollowedTree) -> Flow:
        return Flow(one.nodes, one.branches, self._size)

    @cached_property
    def outcomes(self) -> Table:
        """One row for each outcome, and one for the patients of whom it is not decided yet.

        Where there are several trees: of each tree, which the column `tree` names.
        """
        trees = self.followed.trees
        names = [name for each in trees for name in _outcome_names(each)]
        still = "what is unknown leaves it open"
        columns: dict[str, list[str] | list[int]] = {
            "tree": [each.tree.name for each in trees for _ in each.outcomes],
            "words": [words for each in trees for words in (*outcome_words(each.patterns), still)],
            "cases": [count for each in trees for count in each.outcomes],
        }
        if len(trees) == 1:
            del columns["tree"]
        caption = f"The outcomes of {self._size}."
        return _table("outcome", names, columns, [self.patients] * len(names), caption)

    @cached_property
    def sentences(self) -> Table:
        """One row for each statement: for how many patients it decides an option's standing."""
        reading, counts = self._reading, self.followed.decided_by
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
        reading = self._reading
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
            tuple(self._reading.factor(row.Index).label for row in rows),
            tuple(float(row.share) for row in rows),
            f"Share of {self._size} whose outcome another answer would change",
            unit=" %",
            most=100,
            notes=tuple(f"{_number(row.tips)} of {_number(row.known)}" for row in rows),
        )

    @property
    def moves(self) -> HeatMap:
        """How the outcomes are spread under each answer to each factor of the tree.

        Raises AnswerError where there are several trees; see `all_moves`.
        """
        return self._only(self.all_moves, "all_moves")

    @cached_property
    def all_moves(self) -> tuple[HeatMap, ...]:
        """The same of every tree."""
        return tuple(self._moves(each) for each in self.followed.trees)

    def _moves(self, one: FollowedTree) -> HeatMap:
        rows, values = [], []
        for id in one.tree.factors:
            factor = self._reading.factor(id)
            counts = one.by_answer(id)
            answers = (*factor.values, UNKNOWN, IN_PART)
            for answer, of_outcome in zip(answers, counts, strict=True):
                total = sum(of_outcome)
                if total:
                    rows.append(f"{factor.label} {capitalized(answer)} ({_number(total)})")
                    values.append(tuple(_share(count, total) for count in of_outcome))
        named = f"{one.tree.name}: " * (len(self.followed.trees) > 1)
        return HeatMap(
            tuple(rows),
            tuple(_outcome_names(one)),
            tuple(values),
            f"{named}Outcomes of {self._size} under each answer, in %",
            down="answer",
            across="outcome",
        )

    def _only(self, each: Sequence[Shown], name: str) -> Shown:
        if len(each) > 1:
            raise AnswerError([f"{len(each)} trees; {name} has a picture of each"])
        return each[0]

    @property
    def _reading(self) -> Reading:
        return self.followed.reading

    @property
    def _size(self) -> str:
        return f"{_number(self.patients)} {self.note}{self._reading.subject.plural}"

    def __str__(self) -> str:
        return folded(self._lines())

    def _lines(self) -> Sequence[str]:
        lines = [self._size, "", "Outcomes:"]
        rows = iter(_rows(self.outcomes))
        for each in self.followed.trees:
            lines += self._named(each)
            for row in itertools.islice(rows, len(each.outcomes)):
                lines.append(f"  {row.Index}: {_number(row.cases)} ({row.share} %), {row.words}")
        lines += ["", "For how many a sentence decides:"]
        for row in _rows(self.sentences):
            lines.append(f'  {_number(row.cases)} ({row.share} %): "{row.words}"')
        lines += ["", "For how many another answer would change the outcome:"]
        for row in _rows(self.factors):
            score = f"{_number(row.tips)} of {_number(row.known)} ({row.share} %)"
            lines.append(f"  {score}: {row.question}")
        lines += ["", "The paths that are taken for certain:"]
        for each in self.followed.trees:
            flow = self._flow(each)
            lines += self._named(each)
            said = {at: flow.in_words(count) for at, count in each.branches.items()}
            lines += outline(each.tree, said)
        return lines

    def _named(self, one: FollowedTree) -> list[str]:
        """The name of a tree on a line of its own, where there are several."""
        return [f"{one.tree.name}:"] * (len(self.followed.trees) > 1)

    def __repr__(self) -> str:
        return f"<cohort of {self._size} for {self._reading.id!r}>"
