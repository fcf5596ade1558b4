"""The guides that can be made of one: of fewer statements, or in another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from ..messages import in_language
from ..model.errors import AnswerError
from ..model.parts import Reading
from ..model.standing import patient
from ..model.tags import tag_problem
from ..model.text import unnamed


class GuideVariants(Reading):
    """What other guides there are in this one."""

    def for_passages(self, *passages: str) -> Self:
        """The guide of these passages' statements alone, with a tree of its own.

        Raises AnswerError for an unknown passage.
        """
        from .by_passage import for_passages

        return for_passages(self, passages)

    def for_grades(self, *grades: str) -> Self:
        """The guide of the statements with these grades alone, with a tree of its own.

        Statements without a grade are left out. Raises AnswerError for an unknown grade.
        """
        from .by_grade import for_grades

        return for_grades(self, grades)

    def for_statements(self, *statements: str) -> Self:
        """The guide of these statements alone, with the options that they speak of.

        Raises AnswerError for an unknown statement.

        >>> from tree import load
        >>> load("data/metastatic_liver_cancer").for_statements("wascher_ablation").tree.factors
        ('extensive_liver_involvement', 'other_factors_against_resection')
        """
        from .by_statement import for_statements

        return for_statements(self, statements)

    def reorder(self, factors: Sequence[str]) -> Self:
        """The same guide asking these factors first; every patient keeps the outcome.

        Raises AnswerError for an unknown factor, or for one that is given twice.
        """
        from .ordering import reorder

        return reorder(self, factors)

    def in_language(self, tag: str) -> Self:
        """The same guide with its screens in another language than its text, such as "de".

        What is not translated is in English. Raises AnswerError for what is no tag of a language.

        >>> from tree import load
        >>> load("data/metastatic_liver_cancer").in_language("pt-BR").words_in
        'pt-BR'
        """
        if problem := tag_problem(tag):
            raise AnswerError([problem])
        with in_language(self.words_in or self.language):
            named_by_us = self.subject == patient()
            author = unnamed()
        with in_language(tag):
            passages = tuple(
                replace(each, author=unnamed()) if each.author == author else each
                for each in self.text.passages
            )
            return replace(
                self,
                words_in=tag,
                subject=patient() if named_by_us else self.subject,
                text=replace(self.text, passages=passages),
            )
