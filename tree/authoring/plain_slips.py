"""What is wrong in one entry, in plain words: in its condition, its answers, its quotes."""

from __future__ import annotations

from collections.abc import Callable

from ..messages import say
from ..model.findings import FindingKind

SLIPS: dict[FindingKind, Callable[[dict[str, str]], str]] = {
    # --- conditions ---------------------------------------------------------------------------
    FindingKind.UNLESS_NEVER_MEETS: lambda parts: say(
        "The exception never meets the rest of the condition: take it away."
    ),
    FindingKind.UNLESS_LEAVES_NOBODY: lambda parts: say(
        "The exception leaves nothing: it holds wherever the rest of the condition does."
    ),
    FindingKind.CONTRADICTS: lambda parts: say(
        "The condition contradicts itself: no answer to “{factors}” fits all of it.", **parts
    ),
    FindingKind.NOT_ASKED_THEN: lambda parts: say(
        "“{factor}” is only asked where “{other}” is answered with {values}, and the rest of the "
        "condition says otherwise.",
        **parts,
    ),
    FindingKind.TOO_MANY_ALTERNATIVES: lambda parts: say(
        "The condition has too many ways to hold. Say it in several entries with the same words."
    ),
    FindingKind.NOT_ANY_VALUE: lambda parts: say(
        "“{factor}”: every answer is excluded, so nothing is left.", **parts
    ),
    FindingKind.COUNTS_TOO_FEW: lambda parts: say("Count two answers or more."),
    FindingKind.COUNT_OUT_OF_REACH: lambda parts: say(
        "{count} of these answers says nothing: choose a number from {least} to {most}.", **parts
    ),
    FindingKind.UNDEFINED_VALUE: lambda parts: say(
        "“{words}” is no answer to “{factor}” any more. Choose another one.", **parts
    ),
    FindingKind.LIMIT_OF_WORDS: lambda parts: say(
        "“{factor}” is answered with words by now, and no longer with a number. Choose its answer "
        "again.",
        **parts,
    ),
    FindingKind.LIMIT_OUTSIDE: lambda parts: say(
        "“{factor}”: no number that can be is {limit}.", **parts
    ),
    FindingKind.LIMIT_WITHIN: lambda parts: say(
        "“{factor}”: the limit, {limit}, lies within “{words}”. It must be where one of its ranges "
        "ends.",
        **parts,
    ),
    # --- answers ------------------------------------------------------------------------------
    FindingKind.DEPENDS_ON_LATER: lambda parts: say(
        "“{factor}” depends on “{other}”, which is asked after it. Ask that one earlier.", **parts
    ),
    FindingKind.DEPENDS_ON_ITSELF: lambda parts: say(
        "“{factor}” depends on its own answer. Choose another question.", **parts
    ),
    FindingKind.VALUE_TWICE: lambda parts: say(
        "“{words}” is an answer to “{factor}” twice.", **parts
    ),
    FindingKind.VALUE_RESERVED: lambda parts: say(
        "Take away the answer “{words}”: every question can be left unknown.", **parts
    ),
    FindingKind.LETTER_UNSEEN: lambda parts: say(
        "Letter {place} of “{words}” cannot be seen. Write the words anew.", **parts
    ),
    FindingKind.FEW_VALUES: lambda parts: say("“{factor}” needs two answers or more.", **parts),
    FindingKind.NUMBER_UNPARTED: lambda parts: say(
        "No limit is set for the number in “{factor}” yet. Let what a sentence says hold only from "
        "or up to a number, or give its ranges names.",
        **parts,
    ),
    FindingKind.NO_NUMBER: lambda parts: say(
        "A number such as 18 or 38.5 belongs here, not “{words}”.", **parts
    ),
    FindingKind.NO_BAND_HOLDS: lambda parts: say(
        "“{factor}”: none of its ranges holds {words}.", **parts
    ),
    FindingKind.BAND_EMPTY: lambda parts: say("No number is {band}.", **parts),
    FindingKind.BAND_NAMED_AS_NUMBER: lambda parts: say(
        "The range “{words}” is called by a number that does not lie in it ({band}). Give it "
        "another name.",
        **parts,
    ),
    FindingKind.BAND_UNORDERED: lambda parts: say(
        "“{first}” must end where “{second}” begins. Write the ranges from low to high.", **parts
    ),
    FindingKind.BAND_OVERLAP: lambda parts: say(
        "“{first}” and “{second}” overlap. Let the second begin where the first ends.", **parts
    ),
    FindingKind.BAND_GAP: lambda parts: say(
        "Between “{first}” and “{second}” there are numbers that belong to neither.", **parts
    ),
    FindingKind.BAND_OUTSIDE_RANGE: lambda parts: say(
        "No number that can be ({range}) is {band}.", **parts
    ),
    FindingKind.ALSO_A_NUMBER: lambda parts: say(
        "“{words}” is a number. Here stand words for an answer that is none.", **parts
    ),
    FindingKind.SCORE_OF_NOTHING: lambda parts: say(
        "“{factor}” adds up nothing yet: say which answers give points.", **parts
    ),
    FindingKind.SCORE_COUNTED: lambda parts: say(
        "“{factor}” adds up answers itself. Count the answers to other questions here.", **parts
    ),
    FindingKind.SCORE_ANSWERED: lambda parts: say(
        "“{factor}” adds up answers, and is not answered itself: answer those.", **parts
    ),
    # --- what a statement says ----------------------------------------------------------------
    FindingKind.STRENGTH_ELSEWHERE: lambda parts: say(
        "How firmly the text says it must stand in the selected words, and “{words}” does not.",
        **parts,
    ),
    FindingKind.GRADE_UNDEFINED: lambda parts: say(
        "The guide has no grade {words} any more. Add it under About the guide, or choose another "
        "one.",
        **parts,
    ),
    FindingKind.OUTWEIGHS_CIRCLE: lambda parts: say(
        "These are exceptions to each other in a circle: {statements}. Take one away.", **parts
    ),
    FindingKind.OUTWEIGHS_NO_STANDING: lambda parts: say(
        "What combines options, or names none, has its exception in its own form, under Except."
    ),
    FindingKind.ONE_OPTION: lambda parts: say("It takes two options or more."),
    FindingKind.OPTION_TWICE: lambda parts: say("{option} is named twice.", **parts),
    FindingKind.BOTH_STANDINGS: lambda parts: say(
        "It says two things of {option} that do not go together.", **parts
    ),
    FindingKind.TREE_TWICE: lambda parts: say(
        "{option} stands in two trees, or twice in one. Once is enough.", **parts
    ),
    # --- where the words stand ----------------------------------------------------------------
    FindingKind.QUOTE_LOST: lambda parts: say(
        "“{words}” is not in the text any more. Select the words again.", **parts
    ),
    FindingKind.QUOTE_REPEATED: lambda parts: say(
        "“{words}” stands in the text several times. Select the words again.", **parts
    ),
    FindingKind.QUOTE_BEFORE_PASSAGES: lambda parts: say(
        "“{words}” stands before the first author begins. Let that one begin earlier.", **parts
    ),
    FindingKind.QUOTE_IN_TWO_PASSAGES: lambda parts: say(
        "“{words}” begins with one author and ends with another. Select the words of one.", **parts
    ),
    FindingKind.SYNONYM_LOST: lambda parts: say(
        "“{words}” is meant to be another name in the text, and does not stand there.", **parts
    ),
    FindingKind.SAME_LINE: lambda parts: say(
        "{passage} begins on the same line as {other_passage}. Each author needs lines of their "
        "own.",
        **parts,
    ),
    FindingKind.SCOPE_BACKWARDS: lambda parts: say(
        "A condition ends before it begins: {scope}.", **parts
    ),
    FindingKind.SCOPE_IN_PART: lambda parts: say(
        "A condition holds for only a part of {statement}: {scope}. Select words inside or "
        "outside, or let the condition begin or end elsewhere.",
        **parts,
    ),
    # --- cases --------------------------------------------------------------------------------
    FindingKind.CASE_WITHOUT_ANSWERS: lambda parts: say(
        "This case answers no question: mark words that answer one."
    ),
    FindingKind.SHARED_WORDS: lambda parts: say(
        "“{words}” is said to tempt only, and answers “{factor}” as well.", **parts
    ),
}
