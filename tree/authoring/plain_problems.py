"""What `check` says, for somebody who sees sentences, questions and options, and never a file."""

from __future__ import annotations

from collections.abc import Mapping

from ..messages import either, in_a_row, in_quotes, in_turn, later, say, worded
from ..model.errors import Problem
from ..model.findings import Finding, FindingKind
from ..model.text import Quote
from .plain_slips import SLIPS

# By section, what each entry is called on the screen.
NamesOnScreen = Mapping[str, Mapping[str, str]]

# The section of the file that a part of a finding names entries of.
SECTIONS = {
    "factor": "factors",
    "other": "factors",
    "factors": "factors",
    "option": "options",
    "options": "options",
    "statement": "statements",
    "statements": "statements",
    "others": "statements",
    "scope": "scopes",
    "passage": "passages",
    "other_passage": "passages",
}
LONGEST = 60  # letters of a quote within a sentence
# Counted elsewhere on the screen, and not listed one by one.
COUNTED = (FindingKind.UNCLAIMED, FindingKind.LISTED, FindingKind.DRAFT)


def plainly(problem: Problem, names: NamesOnScreen, **words: str) -> str:
    """A problem in the words of the text; one that only an editor can make, as it is.

    `words`: what stands in the place of some of its parts.

    >>> names = {"factors": {"ill": "Is she ill?"}}
    >>> gap = Finding(FindingKind.GAP, case={"ill": "yes"})
    >>> plainly(Problem("guide.yaml", 3, 1, "gap: …", finding=gap), names)
    'The text speaks for no option where: Is she ill? yes. That may be right: look whether it is.'
    """
    finding = problem.finding
    if finding is None or finding.kind in COUNTED:
        return problem.message
    return say({**SEEN_TOGETHER, **SLIPS}[finding.kind], **_words(finding, names) | words)


def _words(finding: Finding, names: NamesOnScreen) -> dict[str, str]:
    """The parts of a finding as they stand in a sentence."""
    return {key: _part(key, value, names) for key, value in finding.parts.items()}


def _part(key: str, value: object, names: NamesOnScreen) -> str:
    if key == "case":
        answers = value if isinstance(value, Mapping) else {}
        return case_in_words(names, answers)
    if isinstance(value, Quote):
        return value.line
    several = value if isinstance(value, tuple) else (value,)
    if key in SECTIONS:
        return in_a_row(named(names, SECTIONS[key], str(id)) for id in several)
    return either([worded(str(each)) for each in several])


def named(names: NamesOnScreen, section: str, id: str) -> str:
    """An entry as it stands in a sentence: its name, or the beginning of what it quotes."""
    called = _called(names, section, id)
    return in_quotes(beginning(called)) if section in ("statements", "scopes") else called


def beginning(words: str) -> str:
    """As much of a quote as is needed to find it in the text that stands beside it.

    >>> beginning("Members under 18 get no power tools, with or without an introduction.")
    'Members under 18 get no power tools, with or without an …'
    """
    if len(words) <= LONGEST:
        return words
    return f"{words[:LONGEST].rpartition(' ')[0] or words[:LONGEST]} …"


def case_in_words(names: NamesOnScreen, case: Mapping[str, str]) -> str:
    """Questions in words, each with its answer."""
    answers = (f"{_called(names, 'factors', id)} {worded(case[id])}" for id in case)
    return in_turn(answers) or say("everything, whatever the answers")


def _called(names: NamesOnScreen, section: str, id: str) -> str:
    if section == "options" and id not in names.get(section, {}):
        section = "groups"
    return names.get(section, {}).get(id, id)


# What shows when all of a guide is seen together.
SEEN_TOGETHER: dict[FindingKind, str] = {
    FindingKind.CONFLICT: later(
        "{option}: {statement} rules it out, and {others} speaks for it, such as where: {case}. "
        "Which of them is the exception?"
    ),
    FindingKind.GIVES_WAY: later(
        "{option}: {statement} implies that it is ruled out, and {others} speaks for it, such as "
        "where: {case}. What is only implied gives way there, unless you say that it is the "
        "exception."
    ),
    FindingKind.MORE_CONFLICTS: later(
        "There are more than {count} such pairs; the rest follows once these are settled."
    ),
    FindingKind.GAP: later(
        "The text speaks for no option where: {case}. That may be right: look whether it is."
    ),
    FindingKind.NEVER_USED_QUESTION: later(
        "No sentence asks “{factor}” yet. Let one hold only for an answer to it, or remove the "
        "question."
    ),
    FindingKind.NEVER_USED_OPTION: later(
        "No sentence says anything of “{option}” yet. Say what one says of it, "
        "or remove the option."
    ),
    FindingKind.NEVER_HOLDS: later(
        "{statement} can never hold: so many answers contradict the rest of its condition."
    ),
    FindingKind.NEVER_MEETS: later(
        "{statement} is called the exception to {others}, but no case fits both."
    ),
    FindingKind.NEVER_DECIDES: later(
        "{statement} never decides anything: wherever it holds, {others} counts more."
    ),
    FindingKind.NEVER_MATTERS: later(
        "The answer to “{factor}” changes nothing: the outcome is the same with each."
    ),
    FindingKind.NEVER_SHOWN: later(
        "What {statement} says of several options never shows: where it holds, they are not "
        "offered together."
    ),
    FindingKind.NOT_DRAWN: later(
        "The tree of {options} is too large to be drawn. Ask earlier what belongs together, or "
        "show fewer options in one tree."
    ),
    FindingKind.ASKS_LESS: later(
        "{statement} does not ask “{factors}”, and all sentences beside it do. Does it hold "
        "whatever the answer is?"
    ),
    FindingKind.GRADE_FORGOTTEN: later(
        "The grade {words} stands in this sentence, and nothing that quotes it has this grade. "
        "Was it forgotten?"
    ),
    FindingKind.USED_AND_ASIDE: later(
        "This sentence says something, and a part of it is set aside as well. Is that meant?"
    ),
    FindingKind.SAYS_NOTHING_OF_IT: later(
        "A question or an option quotes this sentence, but it says nothing of an option yet. Does "
        "it?"
    ),
    FindingKind.ASIDE_IN_PART: later(
        "Only a part of this sentence is set aside. Does the rest decide nothing either?"
    ),
    FindingKind.UNDIVIDED: later(
        "The sentences of this line cannot be told apart: it counts as read only once all of it is."
    ),
    FindingKind.SCOPE_OF_NOTHING: later(
        "Nothing begins where this condition holds: {scope}. Let it begin or end elsewhere, or "
        "remove it."
    ),
    FindingKind.BEGINS_IN_SCOPE: later(
        "{statement} begins where a condition holds, so the condition holds for “{words}”, too: "
        "{scope}."
    ),
    FindingKind.KEPT_APART: later(
        "{statements}: the first puts {options} together, and the second keeps them apart, such as "
        "where: {case}. Say for whom each of them holds."
    ),
    FindingKind.REPLACED: later(
        "{statements}: the first puts {options} together, and the second uses one instead of the "
        "other, such as where: {case}. Say for whom each of them holds."
    ),
    FindingKind.ORDER_CIRCLE: later(
        "These follow each other in a circle: {options}. Say for whom each order holds."
    ),
    FindingKind.INSTEAD_CIRCLE: later(
        "These stand in for each other in a circle: {options}. Say for whom each of them holds."
    ),
}
