"""What a problem is about, in parts, for screens that show no file and none of its names."""

from __future__ import annotations

from enum import StrEnum, auto


class FindingKind(StrEnum):
    """Kinds of problems that somebody can have who never opens the files.

    All other problems are slips in the writing of a file, which only an editor can make.
    """

    # What is still to be done.
    UNCLAIMED = auto()
    LISTED = auto()
    DRAFT = auto()
    # What shows when all of a guide is seen together.
    CONFLICT = auto()
    GIVES_WAY = auto()
    MORE_CONFLICTS = auto()
    GAP = auto()
    NEVER_USED_QUESTION = auto()
    NEVER_USED_OPTION = auto()
    NEVER_HOLDS = auto()
    NEVER_MEETS = auto()
    NEVER_DECIDES = auto()
    NEVER_MATTERS = auto()
    NEVER_SHOWN = auto()
    NOT_DRAWN = auto()
    ASKS_LESS = auto()
    GRADE_FORGOTTEN = auto()
    USED_AND_ASIDE = auto()
    SAYS_NOTHING_OF_IT = auto()
    ASIDE_IN_PART = auto()
    UNDIVIDED = auto()
    SCOPE_OF_NOTHING = auto()
    BEGINS_IN_SCOPE = auto()
    KEPT_APART = auto()
    REPLACED = auto()
    ORDER_CIRCLE = auto()
    INSTEAD_CIRCLE = auto()
    # What shows in one entry: its condition,
    UNLESS_NEVER_MEETS = auto()
    UNLESS_LEAVES_NOBODY = auto()
    CONTRADICTS = auto()
    NOT_ASKED_THEN = auto()
    TOO_MANY_ALTERNATIVES = auto()
    NOT_ANY_VALUE = auto()
    COUNTS_TOO_FEW = auto()
    COUNT_OUT_OF_REACH = auto()
    UNDEFINED_VALUE = auto()
    LIMIT_OF_WORDS = auto()
    LIMIT_OUTSIDE = auto()
    LIMIT_WITHIN = auto()
    # the answers to a question,
    DEPENDS_ON_LATER = auto()
    DEPENDS_ON_ITSELF = auto()
    VALUE_TWICE = auto()
    VALUE_RESERVED = auto()
    LETTER_UNSEEN = auto()
    FEW_VALUES = auto()
    NUMBER_UNPARTED = auto()
    NO_NUMBER = auto()
    NO_BAND_HOLDS = auto()
    BAND_EMPTY = auto()
    BAND_NAMED_AS_NUMBER = auto()
    BAND_UNORDERED = auto()
    BAND_OVERLAP = auto()
    BAND_GAP = auto()
    BAND_OUTSIDE_RANGE = auto()
    ALSO_A_NUMBER = auto()
    SCORE_OF_NOTHING = auto()
    SCORE_COUNTED = auto()
    SCORE_ANSWERED = auto()
    # what a statement says,
    STRENGTH_ELSEWHERE = auto()
    GRADE_UNDEFINED = auto()
    OUTWEIGHS_CIRCLE = auto()
    OUTWEIGHS_NO_STANDING = auto()
    ONE_OPTION = auto()
    OPTION_TWICE = auto()
    BOTH_STANDINGS = auto()
    TREE_TWICE = auto()
    # and where the words stand.
    QUOTE_LOST = auto()
    QUOTE_REPEATED = auto()
    QUOTE_BEFORE_PASSAGES = auto()
    QUOTE_IN_TWO_PASSAGES = auto()
    SYNONYM_LOST = auto()
    SAME_LINE = auto()
    SCOPE_BACKWARDS = auto()
    SCOPE_IN_PART = auto()
    # Of cases for practice.
    CASE_WITHOUT_ANSWERS = auto()
    SHARED_WORDS = auto()


class Finding:
    """The kind of a problem, and its parts by name: entries by their names in the file, a case as
    its answers by factor, words as they are.

    >>> Finding(FindingKind.NEVER_MATTERS, factor="rain").parts
    {'factor': 'rain'}
    """

    def __init__(self, kind: FindingKind, /, **parts: object) -> None:
        self.kind = kind
        self.parts = parts
