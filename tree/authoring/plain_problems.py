"""What `check` says, for somebody who sees sentences, questions and options, and never a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..messages import either, in_a_row, say, worded
from ..model.errors import Problem
from ..model.findings import Finding, FindingKind
from ..model.text import Quote
from .plain_slips import SLIPS

# By section, what each entry is called on the screen.
NamesOnScreen = Mapping[str, Mapping[str, str]]
Said = Callable[[dict[str, str]], str]

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
    return {**SEEN_TOGETHER, **SLIPS}[finding.kind](_words(finding, names) | words)


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
    return f"“{beginning(called)}”" if section in ("statements", "scopes") else called


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
    return "; ".join(answers) or say("everything, whatever the answers")


def _called(names: NamesOnScreen, section: str, id: str) -> str:
    if section == "options" and id not in names.get(section, {}):
        section = "groups"
    return names.get(section, {}).get(id, id)


# What shows when all of a guide is seen together.
SEEN_TOGETHER: dict[FindingKind, Said] = {
    FindingKind.CONFLICT: lambda parts: say(
        "{option}: {statement} rules it out, and {others} speaks for it, such as where: {case}. "
        "Which of them is the exception?",
        **parts,
    ),
    FindingKind.GIVES_WAY: lambda parts: say(
        "{option}: {statement} implies that it is ruled out, and {others} speaks for it, such as "
        "where: {case}. What is only implied gives way there, unless you say that it is the "
        "exception.",
        **parts,
    ),
    FindingKind.MORE_CONFLICTS: lambda parts: say(
        "There are more than {count} such pairs; the rest follows once these are settled.", **parts
    ),
    FindingKind.GAP: lambda parts: say(
        "The text speaks for no option where: {case}. That may be right: look whether it is.",
        **parts,
    ),
    FindingKind.NEVER_USED_QUESTION: lambda parts: say(
        "No sentence asks “{factor}” yet. Let one hold only for an answer to it, or remove the "
        "question.",
        **parts,
    ),
    FindingKind.NEVER_USED_OPTION: lambda parts: say(
        "No sentence says anything of {option} yet. Say what one says of it, or remove the option.",
        **parts,
    ),
    FindingKind.NEVER_HOLDS: lambda parts: say(
        "{statement} can never hold: so many answers contradict the rest of its condition.",
        **parts,
    ),
    FindingKind.NEVER_MEETS: lambda parts: say(
        "{statement} is called the exception to {others}, but no case fits both.", **parts
    ),
    FindingKind.NEVER_DECIDES: lambda parts: say(
        "{statement} never decides anything: wherever it holds, {others} counts more.", **parts
    ),
    FindingKind.NEVER_MATTERS: lambda parts: say(
        "The answer to “{factor}” changes nothing: the outcome is the same with each.", **parts
    ),
    FindingKind.NEVER_SHOWN: lambda parts: say(
        "What {statement} says of several options never shows: where it holds, they are not "
        "offered together.",
        **parts,
    ),
    FindingKind.NOT_DRAWN: lambda parts: say(
        "The tree of {options} is too large to be drawn. Ask earlier what belongs together, or "
        "show fewer options in one tree.",
        **parts,
    ),
    FindingKind.ASKS_LESS: lambda parts: say(
        "{statement} does not ask “{factors}”, and all sentences beside it do. Does it hold "
        "whatever the answer is?",
        **parts,
    ),
    FindingKind.GRADE_FORGOTTEN: lambda parts: say(
        "The grade {words} stands in this sentence, and nothing that quotes it has this grade. "
        "Was it forgotten?",
        **parts,
    ),
    FindingKind.USED_AND_ASIDE: lambda parts: say(
        "This sentence says something, and a part of it is set aside as well. Is that meant?"
    ),
    FindingKind.SAYS_NOTHING_OF_IT: lambda parts: say(
        "A question or an option quotes this sentence, but it says nothing of an option yet. Does "
        "it?"
    ),
    FindingKind.ASIDE_IN_PART: lambda parts: say(
        "Only a part of this sentence is set aside. Does the rest decide nothing either?"
    ),
    FindingKind.UNDIVIDED: lambda parts: say(
        "The sentences of this line cannot be told apart: it counts as read only once all of it is."
    ),
    FindingKind.SCOPE_OF_NOTHING: lambda parts: say(
        "Nothing begins where this condition holds: {scope}. Let it begin or end elsewhere, or "
        "remove it.",
        **parts,
    ),
    FindingKind.BEGINS_IN_SCOPE: lambda parts: say(
        "{statement} begins where a condition holds, so the condition holds for “{words}”, too: "
        "{scope}.",
        **parts,
    ),
    FindingKind.KEPT_APART: lambda parts: say(
        "{statements}: the first puts {options} together, and the second keeps them apart, such as "
        "where: {case}. Say for whom each of them holds.",
        **parts,
    ),
    FindingKind.REPLACED: lambda parts: say(
        "{statements}: the first puts {options} together, and the second uses one instead of the "
        "other, such as where: {case}. Say for whom each of them holds.",
        **parts,
    ),
    FindingKind.ORDER_CIRCLE: lambda parts: say(
        "These follow each other in a circle: {options}. Say for whom each order holds.", **parts
    ),
    FindingKind.INSTEAD_CIRCLE: lambda parts: say(
        "These stand in for each other in a circle: {options}. Say for whom each of them holds.",
        **parts,
    ),
}
