"""The public face of one guide: everything that can be asked of it, in one place."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from .loading.cases_file import Vignette
from .logic.build import Tree, unfold
from .logic.reports import GuideReports
from .logic.trees import GuideTrees
from .logic.variants import GuideVariants
from .logic.walk import Walk
from .model.errors import Problem, TreeError

# What loading and walking do not need is imported where it is asked for: `import tree` is
# waited for by everyone.
if TYPE_CHECKING:
    import pandas as pd

    from .drawing.graphviz import Drawing
    from .logic import ordering, patients
    from .tables import cohort, guide_tables
    from .teaching.questions import questions

MOST_CASES = 100_000


@dataclass(frozen=True)
class Guide(GuideTrees, GuideVariants, GuideReports):
    """A text, the statements read in it, and the trees that they make.

    >>> from tree import load
    >>> liver = load("data/metastatic_liver_cancer")
    >>> liver
    <guide 'metastatic_liver_cancer': 3 passages, 5 factors, 6 options, 33 statements>
    >>> liver.tree
    <tree of 'metastatic_liver_cancer': 4 factors, 4 questions, 2 outcomes>
    >>> liver.walk(other_organ_involvement="yes").standings["resection"].standing
    <Standing.WITHHELD: 'withheld'>
    """

    vignettes: tuple[Vignette, ...] = ()

    def walk(self, answers: Mapping[str, object] | None = None, /, **more: object) -> Walk:
        """What the text says of a patient: `walk(factor="value", …)` or `walk({…})`.

        Factors left out, None or "unknown" are unknown; `answers.Spelling` says how an answer
        may be written. An answer may leave several values possible: `["low", "high"]`, "2 or 3" or
        "3 to 6"; see `Factor.possible`. Raises AnswerError for a factor or a value that the guide
        does not have.

        >>> from tree import load
        >>> load("data/damaged_library_book").walk(days_late="7,5").answers
        {'days_late': 'up to 14 days'}
        """
        return Walk(self, self.check_possible({**(answers or {}), **more}))

    def holds(
        self, statement: str, answers: Mapping[str, object] | None = None, /, **more: object
    ) -> bool | None:
        """Whether a statement, by its name, holds for some answers; None while that is open.

        Answers are those of `walk`. Raises KeyError where there is no such statement.

        >>> from tree import load
        >>> load("data/damaged_library_book").holds("repair_room_stay_and_watch")
        True
        """
        from .logic.decisions import decisions

        checked = self.check_possible({**(answers or {}), **more})
        return decisions(self).holds(self.statement(statement), checked)

    def draw(
        self,
        answers: Mapping[str, object] | None = None,
        /,
        *,
        unfolded: bool = False,
        tree: Tree | None = None,
        **more: object,
    ) -> Drawing:
        """The picture of the tree, highlighted where answers are given.

        `unfolded`: in its textbook form, where every path has an end of its own. `tree`: which of
        `trees`, or one made by `tree_of`; by default the only one.
        """
        from .drawing.graphviz import Drawing

        drawn = unfold(tree or self.tree) if unfolded else tree or self.tree
        if answers is None and not more:
            return Drawing(drawn)
        return Drawing(drawn, self.walk(answers, **more).on(drawn))

    @overload
    def to_html(
        self,
        path: None = None,
        answers: Mapping[str, object] | None = None,
        *,
        practice: bool = False,
        force: bool = False,
    ) -> str: ...

    @overload
    def to_html(
        self,
        path: str | os.PathLike[str],
        answers: Mapping[str, object] | None = None,
        *,
        practice: bool = False,
        force: bool = False,
    ) -> None: ...

    def to_html(
        self,
        path: str | os.PathLike[str] | None = None,
        answers: Mapping[str, object] | None = None,
        *,
        practice: bool = False,
        force: bool = False,
    ) -> str | None:
        """The guide as one HTML page that needs nothing else: returned, or written to `path`.

        `answers`: the patient that the page opens on. `practice`: one can also practise in it.
        The file is written whole or not at all. Raises FileExistsError where there is one
        already, unless `force` is given, and AnswerError as `walk` does.

        >>> from tree import load
        >>> page = load("data/damaged_library_book").to_html(answers={"damage": "light"})
        >>> page[:15]
        '<!doctype html>'
        """
        from .loading import files
        from .teaching.questions import worksheet
        from .web import page

        sheet = ""
        if practice:
            sheet = worksheet.sealed(worksheet.worksheet(self, self.vignettes))
        html = page.page(self, self.check_possible(answers or {}), sheet)
        if path is None:
            return html
        files.write(Path(path), html.encode(), force=force)
        return None

    def shortest_order(self) -> ordering.ShortestOrder:
        """The order that asks the fewest questions on average; see `ordering.shortest_order`."""
        from .logic import ordering

        return ordering.shortest_order(self)

    def cases(self, minimal: bool = False) -> list[patients.Patient]:
        """Every complete patient, or the fewest who exercise every branch and statement.

        Raises TreeError where there are more than 100,000; `patients.every_case` gives them one at
        a time.

        >>> from tree import load
        >>> liver = load("data/metastatic_liver_cancer")
        >>> len(liver.cases()), len(liver.cases(minimal=True))
        (32, 5)
        """
        from .logic import patients

        if minimal:
            return patients.minimal_cases(self)
        every = list(itertools.islice(patients.every_case(self), MOST_CASES + 1))
        if len(every) > MOST_CASES:
            count = self.subject.counted(MOST_CASES)
            message = f"more than {count}; take cases(minimal=True)"
            raise TreeError([Problem(self.file, 1, 1, message)])
        return every

    def question(self, id: str) -> questions.PracticeQuestion:
        """A question to practise, by its name. Raises AnswerError where there is no such question.

        >>> from tree import load
        >>> load("data/metastatic_liver_cancer").question("branch/weak_heart").asks
        'What does the vignette say? Where it does not say, choose Unknown.'
        """
        from .teaching.questions import questions

        return questions.named(self.questions(), id)

    def questions(self, seed: int = 0, case: str = "") -> list[questions.PracticeQuestion]:
        """Every question to practise on its vignettes, or, where it has none, on plain cases.

        `case`: on this one alone. Of many that ask nearly the same, the seed chooses one; see
        `questions.PracticeQuestion`. Raises AnswerError for an unknown case.

        >>> from tree import load
        >>> load("data/metastatic_liver_cancer").questions(case="weak_heart")[:2]
        [<question 'branch/weak_heart'>, <question 'standing/weak_heart'>]
        """
        from .teaching.questions import questions

        return questions.of_case(questions.questions(self, self.vignettes, seed), case)

    def decision_table(self, compact: bool = False) -> guide_tables.Table:
        """Every complete patient with the standing of every option, as a pandas table.

        `compact`: every path instead, with "any" for what it does not ask. Of several trees it
        has the rows of each, after a column `tree`; the options of the others are empty there.
        Raises AnswerError where there would be more than 100,000 rows.
        """
        from .tables import guide_tables  # pandas is slow to import and seldom needed

        return guide_tables.decision_table(self, compact)

    def paths(self) -> guide_tables.Table:
        """Every path, and where it leads, as a pandas table; of several trees those of each.

        Raises AnswerError where there would be more than 100,000 rows.

        >>> from tree import load
        >>> len(load("data/metastatic_liver_cancer").paths())
        5
        """
        from .tables import guide_tables

        return guide_tables.paths(self)

    def evidence(self) -> guide_tables.Table:
        """Every quoted clause, for whom it holds and what it says, as a pandas table."""
        from .tables import guide_tables

        return guide_tables.evidence(self)

    def options_by_passage(self) -> guide_tables.Table:
        """What each passage can say of each option, as a pandas table."""
        from .tables import guide_tables

        return guide_tables.options_by_passage(self)

    def classify(
        self,
        table: Any,
        *,
        mapping: Mapping[object, object] | None = None,
        errors: str = "raise",
        keep: bool = True,
        prefix: str = "",
    ) -> Any:
        """What the text says of each row of a table: one row a patient, one column a factor.

        The table is of pandas, Polars, DuckDB, Dask or PySpark, and so is what comes back;
        what is lazy stays lazy. Answers mean what they mean in `walk`: they are values, in
        capitals or not, also y and n, true and false or 1 and 0 for yes and no, numbers where
        the factor has bands, and nothing, or "unknown", where it is not known. `mapping` adds
        spellings, which come first: `{"ja": "yes"}` for all factors or
        `{"rain": {"ja": "yes"}}` for one. Columns that are no factors are left alone.

        New columns: `outcome`, a column for each option with its standing, `path`, as far as
        it is certain, and `possible`, the outcomes where more than one is; `prefix` goes
        before their names. `keep=False` gives these alone. Where a guide has several trees there
        are the options alone: an outcome has its number within one tree.

        An answer that fits no value, and a column that is missing, raise AnswerError with the
        rows and their number; `errors="coerce"` takes them as unknown, with a warning.

        >>> import pandas
        >>> from tree import load
        >>> library = load("data/damaged_library_book")
        >>> library.tree.factors[:3]
        ('damage', 'days_late', 'noted_on_slip')
        >>> books = pandas.DataFrame({"damage": ["none", "light"], "days_late": [20, 3]})
        >>> books = books.reindex(columns=library.tree.factors)  # of the rest nothing is known
        >>> library.classify(books)["mending"].tolist()
        ['silent', 'not decided yet']
        """
        from .tables import dispatch

        return dispatch.classify(self, table, mapping, errors, keep, prefix)

    def cohort(
        self,
        table: pd.DataFrame,
        *,
        mapping: Mapping[object, object] | None = None,
        errors: str = "raise",
    ) -> cohort.Cohort:
        """Many patients at a glance: where they go, which sentences decide, what tips the scales.

        The table, `mapping` and `errors` are those of `classify`, of pandas alone. Of several
        trees there are `drawings` and `all_moves`, one for each.
        """
        from .tables import cohort

        return cohort.cohort(self, table, mapping, errors)

    def synthetic(
        self,
        patients: int,
        *,
        seed: int = 0,
        unknown: float = 0.0,
        weights: Mapping[str, Mapping[str, float]] | None = None,
    ) -> pd.DataFrame:
        """Patients drawn by chance, to try the guide on; they tell nothing of real ones.

        See `tree.tables.synthetic.synthetic`.
        """
        from .tables import synthetic

        return synthetic.synthetic(self, patients, seed, unknown, weights)

    def __repr__(self) -> str:
        return (
            f"<guide {self.id!r}: {len(self.text.passages)} passages, {len(self.factors)} factors, "
            f"{len(self.options)} options, {len(self.statements)} statements>"
        )
