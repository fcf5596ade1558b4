"""All that a screen shows of a guide that is being written, as plain data, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..loading.cases_file import Vignette
from ..loading.sources import CASES_FILE
from ..loading.yaml_nodes import YamlMapping
from ..model.errors import Problem
from ..model.parts import Reading
from ..model.text import Quote, Text
from .form_fields import form_fields
from .guide_files import GuideFiles, words_of
from .listed_problems import label, listed_problems, names_on_screen
from .plain_conflicts import is_conflict
from .plain_problems import NamesOnScreen, plainly
from .quoted_places import quotes_in_sentences
from .review_queue import Proposal, review_queue
from .sentence_states import SentenceUse, sentence_states
from .titled_entries import HOLDING, titled_fields

# Keys of the whole guide that a form of its own changes.
SINGLE = ("title", "subject", "language", "drafted")
MOST_PROBLEMS = 200


def screen_state(
    files: GuideFiles,
    text: Text,
    reading: Reading | None,
    is_good: bool,
    problems: Iterable[Problem] = (),
    vignettes: Iterable[Vignette] = (),
) -> dict[str, Any]:
    """The text with what became of each sentence, every entry with its fields, and what is wrong.

    `reading`: what could be read of the files; `is_good`: whether it is a whole guide. `problems`:
    what `check` says. Offsets are those of Python, letters of Unicode. Entries come in the order
    of review, cases after them.

    >>> from tree import loads
    >>> from .guide_files import guide_files
    >>> yaml = '''
    ... title: Tea?
    ... factors: {rain: {question: Does it rain?, quote: If it rains}}
    ... options: {tea: {name: tea, quote: drink tea, draft: true}}
    ... statements: {drink: {quote: "If it rains, drink tea.", when: {rain: yes}, offer: tea}}
    ... '''
    >>> tea = loads("If it rains, drink tea. Good luck!", yaml)
    >>> state = screen_state(guide_files(yaml), tea.text, tea, True)
    >>> state["sentences"], [(each["id"], each["label"]) for each in state["entries"]]
    ([[0, 23, 'draft'], [24, 34, 'unclaimed']], [('rain', 'Does it rain?'), ('tea', 'tea'), \
('drink', 'Offered: tea')])
    """
    problems = tuple(problems)
    queue = review_queue(files, reading if is_good else None, problems, text=text, every=True)
    names = names_on_screen(files, text)
    is_read = reading is not None and is_good
    entries = [_entry(files, text, proposal, names, is_read) for proposal in queue.proposals]
    return {
        "guide": {key: _single(files, key) for key in SINGLE if (key,) in files.nodes},
        "text": text.content,
        "tag": text.language,
        "passages": [[each.start, each.end, each.author] for each in text.passages],
        "sentences": [*_sentences(files, text, reading)],
        "entries": entries,
        "order": list(files.ids("factors")),
        "cases": [*_cases(files, text, vignettes)],
        # Of each section of entries with a title, in the order of the file.
        "titled": {section: [*_titled(files, section)] for section in HOLDING},
        "confirmed": queue.confirmed,
        "left": queue.left,
        "problems": sorted(listed_problems(files, problems, names), key=_severity)[:MOST_PROBLEMS],
    }


def _single(files: GuideFiles, key: str) -> Any:
    node = files.nodes[key,]
    if isinstance(node, YamlMapping):
        return {name.value: words_of(value) for name, value in node.entries}
    return words_of(node)


def _sentences(files: GuideFiles, text: Text, reading: Reading | None) -> Iterator[list[Any]]:
    if reading is not None:
        for each in sentence_states(files, reading):
            yield [each.words.start, each.words.end, str(each.state)]
        return
    claimed = quotes_in_sentences(files, text)
    for number, (start, end) in enumerate(text.sentences):
        use = SentenceUse.CLAIMED if number in claimed else SentenceUse.UNCLAIMED
        yield [start, end, str(use)]


def _entry(
    files: GuideFiles, text: Text, proposal: Proposal, names: NamesOnScreen, is_read: bool
) -> dict[str, Any]:
    section, id = proposal.path
    fields = form_fields(files, text, proposal.path)
    return {
        "section": section,
        "id": id,
        # While the guide has faults, a statement is called by its words alone.
        "label": label(section, fields, proposal.says)
        if is_read or section != "statements"
        else names[section][id],
        "draft": proposal.is_draft,
        "fields": fields,
        "quotes": _places(proposal.quotes),
        "sentences": _places(proposal.sentences),
        "says": list(proposal.says),
        "holds": proposal.holds,
        "misses": proposal.misses,
        "worst": proposal.worst,
        # A conflict is said once, and not of each entry that it is about.
        "problems": [
            plainly(problem, names) for problem in proposal.problems if not is_conflict(problem)
        ],
    }


def _cases(
    files: GuideFiles, text: Text, vignettes: Iterable[Vignette]
) -> Iterator[dict[str, Any]]:
    read = {each.id for each in vignettes}
    for path in files.nodes:
        if len(path) == 2 and path[0] == CASES_FILE:
            fields = form_fields(files, text, path)
            yield {"id": path[1], "fields": fields, "read": path[1] in read}


def _titled(files: GuideFiles, section: str) -> Iterator[dict[str, Any]]:
    for path in files.nodes:
        if len(path) == 2 and path[0] == section:
            yield {"section": section, "id": path[1], "fields": titled_fields(files, path)}


def _places(quotes: Iterable[Quote]) -> list[list[int]]:
    return [[quote.start, quote.end] for quote in quotes]


def _severity(problem: Mapping[str, Any]) -> str:
    """By what comes first: an error before a warning."""
    return str(problem["severity"])
