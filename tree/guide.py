"""The public face of one guide: everything that can be asked of it, in one place."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from . import building, walking
from .coverage import Coverage, cover
from .errors import Problem, TreeError
from .reading import Reading
from .teaching.vignettes import Vignette

# What loading and walking do not need is imported where it is asked for: `import tree` is
# waited for by everyone.
if TYPE_CHECKING:
    import pandas as pd

    from . import changing, comparing, explaining, ledger, ordering
    from .drawing import Drawing
    from .teaching import cases, questions

MOST_CASES = 100_000


@dataclass(frozen=True)
class Walk(walking.Walk):
    """What the text says of one patient, and why.

    >>> from tree import load
    >>> walk = load("data/metastatic_liver_cancer").walk(other_organ_involvement="yes")
    >>> print(walk.what_would("resection", "offered"))
    Complete surgical removal: offered: nothing can make it so.
    """

    def why(self) -> explaining.Why:
        """The path step by step, and for each option every statement for and against."""
        from . import explaining

        return explaining.why(self)

    def what_would(self, option: str, standing: str) -> changing.WhatWould:
        """The smallest sets of answers whose change gives an option a standing.

        Raises AnswerError for an option or standing that there is not.
        """
        from . import changing

        return changing.what_would(self, option, standing)

    __repr__ = walking.Walk.__repr__


@dataclass(frozen=True)
class Guide(Reading):
    """A text, the statements read in it, and the tree that they make.

    >>> from tree import load
    >>> liver = load("data/metastatic_liver_cancer")
    >>> liver
    <guide 'metastatic_liver_cancer': 3 passages, 5 factors, 6 options, 26 statements>
    >>> liver.tree
    <tree of 'metastatic_liver_cancer': 5 factors, 6 questions, 4 outcomes>
    >>> liver.walk(other_organ_involvement="yes").standings["resection"].standing
    <Standing.WITHHELD: 'withheld'>
    """

    vignettes: tuple[Vignette, ...] = ()

    @cached_property
    def tree(self) -> building.Tree:
        """The tree that the statements make, asking the factors in the guide's order."""
        return building.build(self)

    def walk(self, answers: Mapping[str, object] | None = None, /, **more: object) -> Walk:
        """What the text says of a patient: `walk(factor="value", …)` or `walk({…})`.

        Factors left out, None or "unknown" are unknown. Raises AnswerError for a factor or a
        value that the guide does not have.
        """
        return Walk(self.tree, self.check_answers({**(answers or {}), **more}))

    def draw(
        self,
        answers: Mapping[str, object] | None = None,
        /,
        *,
        unfolded: bool = False,
        **more: object,
    ) -> Drawing:
        """The picture of the tree, highlighted where answers are given.

        `unfolded`: in its textbook form, where every path has an end of its own.
        """
        from .drawing import Drawing

        tree = building.unfold(self.tree) if unfolded else self.tree
        if answers is None and not more:
            return Drawing(tree)
        return Drawing(tree, replace(self.walk(answers, **more), tree=tree))

    def html(self, answers: Mapping[str, object] | None = None, /, **more: object) -> str:
        """The guide as one HTML page that needs nothing else, opened on this patient."""
        from . import page

        return page.page(self.tree, self.check_answers({**(answers or {}), **more}))

    def to_html(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write the page to a file, whole or not at all.

        Raises FileExistsError where there is one already, unless `force` is given.
        """
        from . import files

        files.write(Path(path), self.html().encode(), force=force)

    def coverage(self) -> Coverage:
        """Every sentence of the text: used, context or unclaimed."""
        return cover(self)

    def ambiguities(self) -> tuple[ledger.Ambiguity, ...]:
        """What the text leaves open, each point with its quotes."""
        from . import ledger

        return ledger.ambiguities(self.tree)

    def only(self, *passages: str) -> Guide:
        """The guide of these passages' statements alone, with a tree of its own.

        Raises AnswerError for a passage that there is not.
        """
        from . import comparing

        return comparing.only(self, passages)

    def compare_passages(self) -> comparing.Comparison:
        """Option by option what each passage says, and the patients for whom they differ."""
        from . import comparing

        return comparing.compare_passages(self)

    def reorder(self, factors: Sequence[str]) -> Guide:
        """The same guide asking these factors first; every patient keeps the outcome.

        Raises AnswerError for a factor that there is not, or that stands twice.
        """
        from . import ordering

        return ordering.reorder(self, factors)

    def shortest_order(self) -> ordering.ShortestOrder:
        """The order that asks the fewest questions on average; see `ordering.shortest_order`."""
        from . import ordering

        return ordering.shortest_order(self.tree)

    def cases(self, minimal: bool = False) -> list[cases.Patient]:
        """Every complete patient, or the fewest who exercise every branch and statement.

        Raises TreeError where there are more than 100,000; `cases.every_case` gives them one at
        a time.

        >>> from tree import load
        >>> liver = load("data/metastatic_liver_cancer")
        >>> len(liver.cases()), len(liver.cases(minimal=True))
        (32, 6)
        """
        from .teaching import cases

        if minimal:
            return cases.minimal_cases(self.tree)
        found = list(itertools.islice(cases.every_case(self.tree), MOST_CASES + 1))
        if len(found) > MOST_CASES:
            message = f"more than {MOST_CASES} patients; take cases(minimal=True)"
            raise TreeError([Problem(self.file, 1, 1, message)])
        return found

    def questions(self, seed: int = 0) -> list[questions.Question]:
        """Every question to practise on its vignettes, or, where it has none, on plain cases.

        Of many that ask nearly the same, the seed chooses one; see `questions.Question`.
        """
        from .teaching import questions

        return questions.questions(self.tree, self.vignettes, seed)

    def decision_table(self) -> pd.DataFrame:
        """Every complete patient with the standing of every option, as a pandas table."""
        from . import tables

        return tables.decision_table(self.tree)

    def __repr__(self) -> str:
        return (
            f"<guide {self.id!r}: {len(self.text.passages)} passages, {len(self.factors)} factors, "
            f"{len(self.options)} options, {len(self.statements)} statements>"
        )
