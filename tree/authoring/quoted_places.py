"""Where the entries of a guide stand in its text, also while much of it is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from ..loading.quotes import Quotes
from ..loading.sources import GUIDE_FILE
from ..loading.yaml_nodes import YamlMapping, YamlNode
from ..model.text import Quote, Text
from .guide_files import GuideFiles, Path

# The sections whose entries are read against the text, in the order in which they are reviewed
# where they quote the same words.
REVIEWED = ("passages", "scopes", "factors", "options", "groups", "statements", "context")
# The keys of an entry that hold quotes, those that it is about first.
_KEYS = ("begins", "quote", "does", "judgement")


def quoted_places(
    files: GuideFiles, text: Text, begins: bool = True
) -> dict[Path, tuple[Quote, ...]]:
    """For every entry that quotes the text: the words, in the order of the entry.

    `begins`: also the words with which a passage or a scope begins, which claim nothing. A quote
    that is not in the text, or could be several places, is left out.

    >>> from .guide_files import guide_files
    >>> tea = guide_files("factors: {rain: {quote: If it rains}, sun: {quote: If it shines}}")
    >>> found = quoted_places(tea, Text("text.txt", "If it rains, drink tea."))
    >>> {path[1]: [(quote.start, quote.end) for quote in quotes] for path, quotes in found.items()}
    {'rain': [(0, 11)], 'sun': []}
    """
    quotes = Quotes(GUIDE_FILE, [])
    quotes.text = text
    keys = _KEYS if begins else _KEYS[1:]
    return {
        path: tuple(_quotes(quotes, node, keys))
        for path, node in files.nodes.items()
        if len(path) == 2 and path[0] in REVIEWED
    }


def quotes_in_sentences(files: GuideFiles, text: Text) -> dict[int, list[tuple[Path, Quote]]]:
    """By the number of each sentence, counted from 0: what quotes a part of it, with its entry.

    What a passage or a scope begins with claims nothing, and is left out.

    >>> from .guide_files import guide_files
    >>> tea = guide_files("factors: {rain: {quote: If it rains}, dry: {quote: If it is dry}}")
    >>> found = quotes_in_sentences(tea, Text("text.txt", "Rest. If it rains, drink tea."))
    >>> {number: [path[1] for path, _ in quotes] for number, quotes in found.items()}
    {1: ['rain']}
    """
    found: dict[int, list[tuple[Path, Quote]]] = {}
    for path, quotes in quoted_places(files, text, begins=False).items():
        for quote in quotes:
            for number in text.sentences_at(quote.start, quote.end):
                found.setdefault(number, []).append((path, quote))
    return found


def _quotes(quotes: Quotes, node: YamlNode, keys: Sequence[str]) -> list[Quote]:
    fields = dict(_fields(node))
    found: list[Quote] = []
    for key in keys:
        if key == "judgement":
            judged = quotes.quote(fields.get(key), anywhere=True)
            found += [judged] if judged else []
        else:
            found += quotes.quotes(fields.get(key), outside=True)
    # Reading stops after a thousand problems, and `check` names them.
    quotes.problems.clear()
    return found


def _fields(node: YamlNode) -> list[tuple[str, YamlNode]]:
    entries = node.entries if isinstance(node, YamlMapping) else ()
    return [(key.value, value) for key, value in entries]
