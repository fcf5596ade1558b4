"""What can be read of a guide as a whole: what was made of its words, and what they leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.parts import Reading

# Imported where it is asked for: `import tree` is waited for by everyone.
if TYPE_CHECKING:
    from .ambiguities import Ledger
    from .by_passage import Comparison
    from .coverage import Coverage
    from .read_back import ReadBack, ReadStatement


class GuideReports(Reading):
    """What a guide says of its reading."""

    def coverage(self) -> Coverage:
        """Every sentence of the text: used, context or unclaimed."""
        from .coverage import cover

        return cover(self)

    def read_back(self) -> ReadBack:
        """What was read in every sentence, in plain words, and what it makes of every option."""
        from .read_back import read_back

        return read_back(self)

    def explain(self, statement: str) -> ReadStatement:
        """A statement, by its name: its words, what it does, and for whom. Prints in words.

        Raises KeyError where there is no such statement.

        >>> from tree import load
        >>> print(load("data/metastatic_liver_cancer").explain("wascher_chemotherapy"))
        "For many types of metastatic liver tumors, chemotherapy may also be effective in
         shrinking or stabilizing these tumors." (wascher, stated)
          Offered: Chemotherapy (“may”)
            for: Is the tumor of a type for which chemotherapy may be effective? yes
        """
        from .read_back import read_statement

        return read_statement(self, self.statement(statement))

    def ambiguities(self) -> Ledger:
        """What the text leaves open, each point with its quotes. Prints as a list, by kind."""
        from .ambiguities import ambiguities

        return ambiguities(self)

    def compare_passages(self) -> Comparison:
        """Option by option what each passage says, and the patients for whom they differ."""
        from .by_passage import compare_passages

        return compare_passages(self)
