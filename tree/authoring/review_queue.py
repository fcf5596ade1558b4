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
>>> queue.proposals[1].holds, queue.proposals[1].misses
('Does it rain? yes', 'Does it rain? no')
"""

from __future__ import annotations

import bisect
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..loading.yaml_nodes import YamlMapping, YamlNode
from ..logic.read_back import for_whom, read_statement
from ..model.errors import ERROR, Problem
from ..model.factors import Factor
from ..model.parts import Reading
from ..model.text import Quote, Text, counted
from .entries import is_draft
from .guide_files import GuideFiles, Path, words_of
from .quoted_places import REVIEWED, quoted_places

_DRAFT = " is a draft: "
# What is said of an entry as long as the guide has faults that must be put right first.
NOT_YET = "it can be read back once the problems of the guide are solved"


@dataclass(frozen=True)
class Proposal:
    """An entry to be read against the text.

    `quotes`: the words that it quotes, with their places; `sentences`: those that they stand in.
    `says`: the entry in plain words, a line each. `holds` and `misses`: of a statement, a case for
    which it holds, and the answer with which it just does not; "" where there is none.
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
    """What is to be reviewed, in order; how many entries are confirmed, and how many are left."""

    proposals: tuple[Proposal, ...]
    confirmed: int
    left: int

    @property
    def counts(self) -> str:
        """How far the review is, in words."""
        return f"{self.confirmed} of {self.confirmed + self.left} confirmed, {self.left} left"


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
    `check` says of the same files.
    """
    source = reading.text if reading else text or Text("", "")
    places = quoted_places(files, source)
    at = _by_entry(files, problems)
    proposals = [
        _proposal(files, reading, source, path, quotes, at.get(path, ()))
        for path, quotes in places.items()
        if every or is_draft(files, path)
    ]
    drafts = sum(is_draft(files, path) for path in places)
    ordered = sorted(proposals, key=lambda proposal: _order(proposal, source))
    return Queue(tuple(ordered), len(places) - drafts, drafts)


def _order(proposal: Proposal, text: Text) -> tuple[int, int, int]:
    start = proposal.quotes[0].start if proposal.quotes else len(text.content)
    sentence = proposal.sentences[0].start if proposal.sentences else start
    suspected = ("error", "warning", "").index(proposal.worst)
    # Within a sentence what a statement is made of comes before the statement.
    return suspected, sentence, REVIEWED.index(proposal.path[0])


def _by_entry(files: GuideFiles, problems: Iterable[Problem]) -> dict[Path, tuple[Problem, ...]]:
    """The problems of each entry, but that it is a draft."""
    found: dict[Path, tuple[Problem, ...]] = {}
    for problem in problems:
        if problem.line and _DRAFT not in problem.message:
            path = files.path_at(problem.line, os.path.basename(problem.file))
            found[path] = (*found.get(path, ()), problem)
    return found


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
    spans = text.sentences
    ends = [end for _, end in spans]
    met: dict[int, None] = {}
    for quote in quotes:
        index = bisect.bisect_right(ends, quote.start)
        while index < len(spans) and spans[index][0] < quote.end:
            met[index] = None
            index += 1
    yield from (text.quote(*spans[index]) for index in met)


def _read(reading: Reading | None, path: Path, node: YamlNode) -> tuple[Iterable[str], str, str]:
    """An entry in plain words, a case for which it holds, and one for which it does not."""
    section, id = path
    if section == "statements" and reading is None:
        return [NOT_YET], "", ""
    if section == "statements" and reading:
        read = read_statement(reading, reading.statement(id))
        holds, misses = read.holds or {}, read.misses
        return (
            [
                line.strip()
                for line in read.lines()
                if not line.startswith(("  such as", "  but not"))
            ],
            _in_words(reading, holds),
            _in_words(reading, {misses[0]: misses[1]}) if misses else "",
        )
    return list(_plainly(reading, section, id, _words(node))), "", ""


def _in_words(reading: Reading, case: Mapping[str, str]) -> str:
    return "; ".join(reading.factor(id).allowing([value]) for id, value in case.items())


def _words(node: YamlNode) -> dict[str, str]:
    entries = node.entries if isinstance(node, YamlMapping) else ()
    return {key.value: words_of(value) for key, value in entries}


def _plainly(
    reading: Reading | None, section: str, id: str, written: Mapping[str, str]
) -> Iterator[str]:
    """What an entry that decides nothing by itself says."""
    if section == "passages":
        yield f"A passage by {written.get('author', '?')}"
    elif section == "context":
        yield f"Decides nothing: {written.get('reason', '?')}"
    elif section == "factors":
        yield f"A question: {written.get('question', '?')}"
        if reading:
            yield from _answers(reading, reading.factor(id))
        yield from (f"help: {written[key]}" for key in ("help",) if key in written)
    elif section == "scopes":
        scope = next((s for s in reading.scopes if s.id == id), None) if reading else None
        if reading is None or scope is None:
            yield NOT_YET
        else:
            inside = sum(id in statement.scopes for statement in reading.statements)
            yield f"A condition of {counted(inside, 'statement')}"
            for number, who in enumerate(for_whom(reading, scope)):
                yield f"{'or for' if number else 'for'}: {who}"
    else:
        what = "An option" if section == "options" else "Several options at once"
        yield f"{what}: {written.get('name', '?')}"
        group = next((g for g in reading.groups if g.id == id), None) if reading else None
        if reading and group and section == "groups":
            yield "of: " + ", ".join(reading.option(each).name for each in group.options)
        yield from (f"{key}: {written[key]}" for key in ("synonyms", "does") if key in written)


def _answers(reading: Reading, factor: Factor) -> Iterator[str]:
    if factor.points:
        counted_ = ", ".join(reading.factor(id).label for id, _ in factor.points)
        yield f"a score that counts: {counted_}"
    *most, last = factor.values
    yield f"{', '.join(most)} or {last}" if most else last
    if factor.unit:
        yield f"a number of {factor.unit}" if not factor.points else f"in {factor.unit}"
    for other, values in sorted(factor.asked_if):
        yield f"asked only if: {reading.factor(other).allowing(values)}"
    if factor.judgement:
        yield f"left to somebody's judgement: “{factor.judgement.line}”"
