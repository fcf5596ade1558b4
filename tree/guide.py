"""The public face of one guide: everything that can be asked of it, in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from . import building, loading, walking
from .checking import check
from .drawing import Drawing
from .errors import TreeError
from .reading import Reading

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Guide(Reading):
    """A text, the statements read in it, and the tree that they make.

    >>> liver = load("data/metastatic_liver_cancer")
    >>> liver
    <guide 'metastatic_liver_cancer': 3 passages, 5 factors, 6 options, 26 statements>
    >>> liver.tree
    <tree of 'metastatic_liver_cancer': 5 factors, 6 questions, 4 outcomes>
    >>> liver.walk(other_organ_involvement="yes").standings["resection"].standing
    <Standing.WITHHELD: 'withheld'>
    """

    @cached_property
    def tree(self) -> building.Tree:
        """The tree that the statements make, asking the factors in the guide's order."""
        return building.build(self)

    def walk(self, answers: Mapping[str, object] | None = None, /, **more: object) -> walking.Walk:
        """What the text says of a patient: `walk(factor="value", …)` or `walk({…})`.

        Factors left out, None or "unknown" are unknown. Raises AnswerError for a factor or a
        value that the guide does not have.
        """
        return walking.walk(self.tree, {**(answers or {}), **more})

    def draw(self, answers: Mapping[str, object] | None = None, /, **more: object) -> Drawing:
        """The picture of the tree, highlighted where answers are given."""
        if answers is None and not more:
            return Drawing(self.tree)
        return Drawing(self.tree, self.walk(answers, **more))

    def decision_table(self) -> pd.DataFrame:
        """Every complete patient with the standing of every option, as a pandas table."""
        from . import tables  # pandas is slow to import and seldom needed

        return tables.decision_table(self.tree)

    def __repr__(self) -> str:
        return (
            f"<guide {self.id!r}: {len(self.text.passages)} passages, {len(self.factors)} factors, "
            f"{len(self.options)} options, {len(self.statements)} statements>"
        )


def load(folder: str | os.PathLike[str]) -> Guide:
    """Load a guide from its folder.

    Raises TreeError with every problem of the guide, each with file, line and column.
    """
    reading, problems = loading.read(folder)
    if reading is not None:
        problems = problems + check(reading)
    if reading is None or problems:
        raise TreeError(problems)
    guide = Guide(**{field.name: getattr(reading, field.name) for field in fields(reading)})
    # Built at once: a tree that grows too large is a problem of the guide.
    _ = guide.tree
    return guide
