"""What is wrong in one entry, in plain words: in its condition, its answers, its quotes."""

from __future__ import annotations

from ..messages import later
from ..model.findings import FindingKind

SLIPS: dict[FindingKind, str] = {
    # --- conditions ---------------------------------------------------------------------------
    FindingKind.UNLESS_NEVER_MEETS: later(
        "The exception never meets the rest of the condition: take it away."
    ),
    FindingKind.UNLESS_LEAVES_NOBODY: later(
        "The exception leaves nothing: it holds wherever the rest of the condition does."
    ),
    FindingKind.CONTRADICTS: later(
        "The condition contradicts itself: no answer to “{factors}” fits all of it."
    ),
    FindingKind.NOT_ASKED_THEN: later(
        "“{factor}” is only asked where “{other}” is answered with {values}, and the rest of the "
        "condition says otherwise."
    ),
    FindingKind.TOO_MANY_ALTERNATIVES: later(
        "The condition has too many ways to hold. Say it in several entries with the same words."
    ),
    FindingKind.NOT_ANY_VALUE: later("“{factor}”: every answer is excluded, so nothing is left."),
    FindingKind.COUNTS_TOO_FEW: later("Count two answers or more."),
    FindingKind.COUNT_OUT_OF_REACH: later(
        "{count} of these answers says nothing: choose a number from {least} to {most}."
    ),
    FindingKind.UNDEFINED_VALUE: later(
        "“{words}” is no answer to “{factor}” any more. Choose another one."
    ),
    FindingKind.LIMIT_OF_WORDS: later(
        "“{factor}” is answered with words by now, and no longer with a number. Choose its answer "
        "again."
    ),
    FindingKind.LIMIT_OUTSIDE: later("“{factor}”: no number that can be is {limit}."),
    FindingKind.LIMIT_WITHIN: later(
        "“{factor}”: the limit, {limit}, lies within “{words}”. It must be where one of its ranges "
        "ends."
    ),
    # --- answers ------------------------------------------------------------------------------
    FindingKind.DEPENDS_ON_LATER: later(
        "“{factor}” depends on “{other}”, which is asked after it. Ask that one earlier."
    ),
    FindingKind.DEPENDS_ON_ITSELF: later(
        "“{factor}” depends on its own answer. Choose another question."
    ),
    FindingKind.VALUE_TWICE: later("“{words}” is an answer to “{factor}” twice."),
    FindingKind.VALUE_RESERVED: later(
        "Take away the answer “{words}”: every question can be left unknown."
    ),
    FindingKind.LETTER_UNSEEN: later(
        "Letter {place} of “{words}” cannot be seen. Write the words anew."
    ),
    FindingKind.FEW_VALUES: later("“{factor}” needs two answers or more."),
    FindingKind.NUMBER_UNPARTED: later(
        "No limit is set for the number in “{factor}” yet. Let what a sentence says hold only from "
        "or up to a number, or give its ranges names."
    ),
    FindingKind.NO_NUMBER: later("A number such as 18 or 38.5 belongs here, not “{words}”."),
    FindingKind.NO_BAND_HOLDS: later("“{factor}”: none of its ranges holds {words}."),
    FindingKind.BAND_EMPTY: later("No number is {band}."),
    FindingKind.BAND_NAMED_AS_NUMBER: later(
        "The range “{words}” is called by a number that does not lie in it ({band}). Give it "
        "another name."
    ),
    FindingKind.BAND_UNORDERED: later(
        "“{first}” must end where “{second}” begins. Write the ranges from low to high."
    ),
    FindingKind.BAND_OVERLAP: later(
        "“{first}” and “{second}” overlap. Let the second begin where the first ends."
    ),
    FindingKind.BAND_GAP: later(
        "Between “{first}” and “{second}” there are numbers that belong to neither."
    ),
    FindingKind.BAND_OUTSIDE_RANGE: later("No number that can be ({range}) is {band}."),
    FindingKind.ALSO_A_NUMBER: later(
        "“{words}” is a number. Here stand words for an answer that is none."
    ),
    FindingKind.SCORE_OF_NOTHING: later(
        "“{factor}” adds up nothing yet: say which answers give points."
    ),
    FindingKind.SCORE_COUNTED: later(
        "“{factor}” adds up answers itself. Count the answers to other questions here."
    ),
    FindingKind.SCORE_ANSWERED: later(
        "“{factor}” adds up answers, and is not answered itself: answer those."
    ),
    # --- what a statement says ----------------------------------------------------------------
    FindingKind.STRENGTH_ELSEWHERE: later(
        "How firmly the text says it must stand in the selected words, and “{words}” does not."
    ),
    FindingKind.GRADE_UNDEFINED: later(
        "The guide has no grade {words} any more. Add it under About the guide, or choose another "
        "one."
    ),
    FindingKind.OUTWEIGHS_CIRCLE: later(
        "These are exceptions to each other in a circle: {statements}. Take one away."
    ),
    FindingKind.OUTWEIGHS_NO_STANDING: later(
        "What combines options, or names none, has its exception in its own form, under Except."
    ),
    FindingKind.ONE_OPTION: later("It takes two options or more."),
    FindingKind.OPTION_TWICE: later("{option} is named twice."),
    FindingKind.BOTH_STANDINGS: later("It says two things of {option} that do not go together."),
    FindingKind.TREE_TWICE: later("{option} stands in two trees, or twice in one. Once is enough."),
    # --- where the words stand ----------------------------------------------------------------
    FindingKind.QUOTE_LOST: later("“{words}” is not in the text any more. Select the words again."),
    FindingKind.QUOTE_REPEATED: later(
        "“{words}” stands in the text several times. Select the words again."
    ),
    FindingKind.QUOTE_BEFORE_PASSAGES: later(
        "“{words}” stands before the first author begins. Click where the text begins, and say "
        "under “A new author begins” who wrote it."
    ),
    FindingKind.QUOTE_IN_TWO_PASSAGES: later(
        "“{words}” begins with one author and ends with another. Select the words of one."
    ),
    FindingKind.SYNONYM_LOST: later(
        "“{words}” is meant to be another name in the text, and does not stand there."
    ),
    FindingKind.SAME_LINE: later(
        "{passage} begins on the same line as {other_passage}. Each author needs lines of their "
        "own."
    ),
    FindingKind.SCOPE_BACKWARDS: later("A condition ends before it begins: {scope}."),
    FindingKind.SCOPE_IN_PART: later(
        "A condition holds for only a part of {statement}: {scope}. Select words inside or "
        "outside, or let the condition begin or end elsewhere."
    ),
    # --- cases --------------------------------------------------------------------------------
    FindingKind.CASE_WITHOUT_ANSWERS: later(
        "This case answers no question: mark words that answer one."
    ),
    FindingKind.SHARED_WORDS: later(
        "“{words}” is said to tempt only, and answers “{factor}” as well."
    ),
}
