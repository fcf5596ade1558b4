"""What came of a draft, in the words of the text: for who sees no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...messages import in_a_row, in_quotes, plural, say, with_colon
from ...model.errors import Problem, TreeError
from ...model.findings import FindingKind
from ...model.text import CONTROL, Text
from ..guide_files import GuideFiles, guide_files
from ..listed_problems import listed_problems, names_on_screen
from ..plain_problems import NamesOnScreen, beginning, named, plainly
from .proposal import LeftOut, ProposedGuide

MOST_SENTENCES = 12  # that are named of those still to be read


@dataclass(frozen=True)
class PlainReport:
    """A draft in the words of its report. `left_out`: entries in plain words, each with its YAML.

    `refused`: why an answer was. `corrected`: quotes that got the text's own words. `problems`:
    what is still to be settled.
    """

    summary: str
    refused: tuple[str, ...]
    corrected: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]

    def lines(self) -> list[str]:
        """All of it, line by line."""
        lines = [self.summary, *self.refused]
        if self.corrected:
            lines += ["", with_colon(say("Quotes corrected to the words of the text"))]
            lines += [f"- {each}" for each in self.corrected]
        if self.left_out:
            lines += ["", with_colon(say("Left out of the guide"))]
            for words, written in self.left_out:
                lines += [f"- {words}", marked(written)]
        if self.problems:
            lines += [
                "",
                with_colon(say("To be settled")),
                *(f"- {each}" for each in self.problems),
            ]
        return lines


def marked(written: str) -> str:
    """What was proposed, set off from the words about it.

    Signs that would change the terminal in which a report is read are written out.
    """
    plain = CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], written)
    return "\n".join(f"    {line}" for line in plain.splitlines())


def summary(model: str, proposal: ProposedGuide) -> str:
    """Who proposed how much."""
    counts = {section: len(found) for section, found in proposal.entries.items()}
    parts = [
        plural("{count} passage", "{count} passages", counts["passages"]),
        plural("{count} question", "{count} questions", counts["factors"]),
        plural("{count} option", "{count} options", counts["options"]),
        plural("{count} group of options", "{count} groups of options", counts["groups"]),
        plural("{count} shared condition", "{count} shared conditions", counts["scopes"]),
        plural("{count} statement", "{count} statements", counts["statements"]),
        plural(
            "{count} sentence that decides nothing",
            "{count} sentences that decide nothing",
            counts["context"],
        ),
    ]
    there = [words for words, count in zip(parts, counts.values(), strict=True) if count]
    if not there:
        return say("Proposed by {model}: nothing that can be used.", model=model)
    return say("Proposed by {model}: {parts}.", model=model, parts=in_a_row(there))


def problems_in_words(text: Text, yaml: str, problems: Iterable[Problem]) -> tuple[str, ...]:
    """What is still to be settled, as the list of problems on the screen says it."""
    files = _files(yaml)
    several = tuple(problems)
    names = names_on_screen(files, text)
    listed = [_led(each, text, names) for each in listed_problems(files, several, names)]
    return (*dict.fromkeys(listed), *_unread(several))


def _led(problem: Mapping[str, Any], text: Text, names: NamesOnScreen) -> str:
    """A problem behind the entry or the sentence that it is about, where it does not name it."""
    message, where = str(problem["message"]), str(problem["where"])
    if where:
        return with_colon(where, message)
    if at := problem["at"]:
        lead = in_quotes(beginning(text.quote(*at).line))
    else:
        lead = named(names, *problem["path"]) if problem["path"] else ""
    # Without their marks, for the message may have others.
    return message if lead.strip(in_quotes("")) in message else with_colon(lead, message)


def _unread(problems: Iterable[Problem]) -> list[str]:
    findings = [each.finding for each in problems if each.finding]
    unread = [f.parts["sentence"] for f in findings if f.kind is FindingKind.UNCLAIMED]
    if not unread:
        return []
    quoted = [in_quotes(beginning(getattr(words, "line", ""))) for words in unread[:MOST_SENTENCES]]
    return [
        plural(
            "{count} sentence is still to be read: {sentences}",
            "{count} sentences are still to be read: {sentences}",
            len(unread),
            sentences=in_a_row(quoted + ["…"] * (len(unread) > MOST_SENTENCES)),
        )
    ]


def why_left_out(text: Text, yaml: str, problem: Problem) -> str:
    """Why an entry does not stand; "" where only the format has words for it."""
    return plainly(problem, names_on_screen(_files(yaml), text)) if problem.finding else ""


def said_of(left: LeftOut) -> str:
    """An entry that was left out: what it is, what it is called, and why."""
    kind, why = kind_of(left.section), left.why or say("It is not written as a guide needs it.")
    if not left.called or in_quotes(left.called) in why:
        return say("{kind}: {why}", kind=kind, why=why)
    return say("{kind}, “{words}”: {why}", kind=kind, words=left.called, why=why)


def kind_of(section: str) -> str:
    """What an entry of a section is, as its form says it."""
    kinds: Mapping[str, str] = {
        "passages": say("A passage by one author"),
        "factors": say("A question about the case"),
        "options": say("An option"),
        "groups": say("Several options at once"),
        "scopes": say("A condition of what follows"),
        "statements": say("What the text says"),
        "context": say("It decides nothing"),
    }
    return kinds.get(section, section)


def _files(yaml: str) -> GuideFiles:
    try:
        return guide_files(yaml)
    except (TreeError, ValueError):
        return guide_files("")
