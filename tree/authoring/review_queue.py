"""The entries that wait to be confirmed, one at a time beside their sentence.

First comes what `check` suspects, then the rest in the order of the text. A screen uses it so:

>>> from tree import check_text
>>> from .guide_files import guide_files
>>> text, yaml = "If it rains, drink tea.", '''
... title: Tea?
... factors: {rain: {question: Does it rain?, quote: If it rains, draft: true}}
... options: {tea: {name: tea, quote: drink tea}}
... statements:
...   drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea, draft: true}
... '''
>>> report = check_text(text, yaml)
>>> queue = review_queue(guide_files(yaml), report.guide, report.problems)
>>> queue.counts
'1 of 3 confirmed, 2 left'
>>> for proposal in queue.proposals:
...     print(proposal.path, *proposal.says, sep="; ")
('factors', 'rain'); A question: Does it rain?; yes or no
('statements', 'drink'); Offered: tea; for: Does it rain? yes
>>> queue.proposals[1].misses
'Does it rain? no'
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..loading.sources import CASES_FILE, GUIDE_FILE
from ..loading.yaml_nodes import YamlMapping, YamlNode
from ..logic.read_back import for_whom, read_statement
from ..logic.review import is_unconfirmed
from ..messages import (
    ENGLISH,
    either,
    in_a_row,
    in_language,
    in_quotes,
    in_turn,
    language_of,
    plural,
    say,
    spoken,
    worded,
)
from ..model.errors import ERROR, Problem
from ..model.factors import Factor
from ..model.parts import EVERYTHING, Reading
from ..model.text import Quote, Text
from .entries import is_draft
from .guide_files import GuideFiles, Path, words_of
from .plain_problems import beginning
from .quoted_places import REVIEWED, quoted_places


@dataclass(frozen=True)
class Proposal:
    """An entry to be read against the text.

    `quotes`: the words that it quotes, with their places; `sentences`: those that they stand in.
    `says`: the entry in plain words, a line each. `holds` and `misses`: of a statement, a case for
    which it holds, and the answer with which it just does not; "" where there is none, or where
    `says` has it.
    """

    path: Path
    is_draft: bool
    quotes: tuple[Quote, ...]
    sentences: tuple[Quote, ...]
    says: tuple[str, ...]
    holds: str = ""
    misses: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def worst(self) -> str:
        """ "error" or "warning" where `check` suspects something, otherwise "" ."""
        severities = {problem.severity for problem in self.problems}
        return ERROR if ERROR in severities else next(iter(severities), "")


@dataclass(frozen=True)
class Queue:
    """What is to be reviewed, in order; how many entries are confirmed, and how many are left.

    `words_in`: the language of its words.
    """

    proposals: tuple[Proposal, ...]
    confirmed: int
    left: int
    words_in: str = ENGLISH

    @property
    @spoken
    def counts(self) -> str:
        """How far the review is, in words."""
        parts = {"confirmed": self.confirmed, "left": self.left}
        count = self.confirmed + self.left
        return say("{confirmed} of {count} confirmed, {left} left", count=count, **parts)


def review_queue(
    files: GuideFiles,
    reading: Reading | None,
    problems: Iterable[Problem] = (),
    *,
    text: Text | None = None,
    every: bool = False,
) -> Queue:
    """The entries that are drafts, or with `every` all entries, in the order of review.

    `reading`: the guide; None while it has faults, and then `text` is its text. `problems`: what
    `check` says of the same files. The words are in the language of the guide, or of its text.
    """
    source = reading.text if reading else text or Text("", "")
    places = quoted_places(files, source)
    at = _by_entry(files, problems)
    tag = language_of(reading) if reading else source.language
    with in_language(tag):
        proposals = [
            _proposal(files, reading, source, path, quotes, at.get(path, ()))
            for path, quotes in places.items()
            if every or is_draft(files, path)
        ]
    drafts = sum(is_draft(files, path) for path in places)
    ordered = sorted(proposals, key=lambda proposal: _order(proposal, source))
    return Queue(tuple(ordered), len(places) - drafts, drafts, tag)


def _order(proposal: Proposal, text: Text) -> tuple[int, int, int]:
    start = proposal.quotes[0].start if proposal.quotes else len(text.content)
    sentence = proposal.sentences[0].start if proposal.sentences else start
    suspected = ("error", "warning", "").index(proposal.worst)
    # Within a sentence what a statement is made of comes before the statement.
    return suspected, sentence, REVIEWED.index(proposal.path[0])


def _by_entry(files: GuideFiles, problems: Iterable[Problem]) -> dict[Path, tuple[Problem, ...]]:
    """The problems of each entry, but that it is a draft."""
    found: dict[Path, list[Problem]] = {}
    for problem in problems:
        name = os.path.basename(problem.file)
        # A line of the text is none of the guide.
        if problem.line and name in (GUIDE_FILE, CASES_FILE) and not is_unconfirmed(problem):
            path = files.path_at(problem.line, name)
            found.setdefault(path, []).append(problem)
    return {path: tuple(each) for path, each in found.items()}


def _proposal(
    files: GuideFiles,
    reading: Reading | None,
    text: Text,
    path: Path,
    quotes: tuple[Quote, ...],
    problems: tuple[Problem, ...],
) -> Proposal:
    says, holds, misses = _read(reading, path, files.nodes[path])
    return Proposal(
        path,
        is_draft(files, path),
        quotes,
        tuple(_sentences(text, quotes)),
        tuple(says),
        holds,
        misses,
        problems,
    )


def _sentences(text: Text, quotes: Sequence[Quote]) -> Iterator[Quote]:
    met = dict.fromkeys(n for quote in quotes for n in text.sentences_at(quote.start, quote.end))
    yield from (text.quote(*text.sentences[number]) for number in met)


def _read(reading: Reading | None, path: Path, node: YamlNode) -> tuple[Iterable[str], str, str]:
    """An entry in plain words, a case for which it holds, and one for which it does not."""
    section, id = path
    if section == "statements" and reading is None:
        return [_not_yet()], "", ""
    if section == "statements" and reading:
        read = read_statement(reading, reading.statement(id))
        holds, misses = read.holds or {}, read.misses
        lines = [line.strip() for line in read.lines(with_cases=False)]
        if weaker := read.statement.outweighs:
            # The last line names them as the file does.
            lines[-1] = _exception_to(reading, weaker)
        case = _in_words(reading, holds)
        return (
            lines,
            # Whom it is for has said it already, where there is one such case.
            "" if read.who == (case,) else case,
            _in_words(reading, {misses[0]: misses[1]}) if misses else "",
        )
    return list(_plainly(reading, section, id, _words(node))), "", ""


def _exception_to(reading: Reading, weaker: Iterable[str]) -> str:
    others = (
        say("everything else on its options")
        if id == EVERYTHING
        else in_quotes(beginning(reading.statement(id).words))
        for id in weaker
    )
    return say("the exception to: {statements}", statements=in_turn(others))


def _in_words(reading: Reading, case: Mapping[str, str]) -> str:
    return in_turn(reading.factor(id).allowing([value]) for id, value in case.items())


def _words(node: YamlNode) -> dict[str, str]:
    entries = node.entries if isinstance(node, YamlMapping) else ()
    return {key.value: words_of(value) for key, value in entries}


def _not_yet() -> str:
    """What is said of an entry while the guide has faults that must be corrected first."""
    return say("this can be said in words once the problems are solved")


def _plainly(
    reading: Reading | None, section: str, id: str, written: Mapping[str, str]
) -> Iterator[str]:
    """What an entry that decides nothing by itself says."""
    if section == "passages":
        yield say("A passage by {author}", author=written.get("author", "?"))
    elif section == "context":
        yield say("Decides nothing: {reason}", reason=written.get("reason", "?"))
    elif section == "factors":
        yield say("A question: {question}", question=written.get("question", "?"))
        if reading:
            yield from _answers(reading, reading.factor(id))
        if "help" in written:
            yield say("help: {words}", words=written["help"])
    elif section == "scopes":
        yield from _scope(reading, id)
    else:
        name = written.get("name", "?")
        is_option = section == "options"
        yield (
            say("An option: {name}", name=name)
            if is_option
            else say("Several options at once: {name}", name=name)
        )
        group = next((g for g in reading.groups if g.id == id), None) if reading else None
        if reading and group and not is_option:
            options = in_a_row(reading.option(each).name for each in group.options)
            yield say("of: {options}", options=options)
        if "synonyms" in written:
            yield say("synonyms: {words}", words=written["synonyms"])
        if "does" in written:
            yield say("does: {words}", words=written["does"])


def _scope(reading: Reading | None, id: str) -> Iterator[str]:
    scope = next((s for s in reading.scopes if s.id == id), None) if reading else None
    if reading is None or scope is None:
        yield _not_yet()
        return
    inside = sum(id in statement.scopes for statement in reading.statements)
    yield plural("A condition of {count} statement", "A condition of {count} statements", inside)
    for number, who in enumerate(for_whom(reading, scope)):
        yield say("or for: {who}", who=who) if number else say("for: {who}", who=who)


def _answers(reading: Reading, factor: Factor) -> Iterator[str]:
    if factor.points:
        factors = in_a_row(reading.factor(id).label for id, _ in factor.points)
        yield say("a score that counts: {factors}", factors=factors)
    yield either(map(worded, factor.values))
    if factor.unit:
        yield (
            say("in {unit}", unit=factor.unit)
            if factor.points
            else say("a number of {unit}", unit=factor.unit)
        )
    for other, values in sorted(factor.asked_if):
        condition = reading.factor(other).allowing(values)
        yield say("asked only if: {condition}", condition=condition)
    if factor.judgement:
        yield say("left to somebody's judgement: “{words}”", words=factor.judgement.line)
