"""Sentences that a guide lists as unclaimed, and those of them that some entry quotes by now."""

from __future__ import annotations

from ..loading.quotes import Quotes
from ..loading.sources import GUIDE_FILE
from ..loading.yaml_nodes import YamlMapping, YamlNode
from ..logic.coverage import covered
from ..model.sentences import undivided
from ..model.text import Text
from .guide_files import GuideFiles, Path
from .quoted_places import quotes_in_sentences
from .splicing import cut_entry


def without_claimed(before: GuideFiles, after: GuideFiles, text: Text) -> GuideFiles:
    """The files after a step, without the listed sentences that this step has claimed.

    >>> from .guide_files import guide_files
    >>> tea = guide_files("unclaimed:\\n  - Rest.\\n  - Drink tea.\\n")
    >>> now = guide_files(tea.guide + "context:\\n  - {quote: Rest., reason: an aside}\\n")
    >>> print(without_claimed(tea, now, Text("text.txt", "Rest. Drink tea.")).guide, end="")
    unclaimed:
      - Drink tea.
    context:
      - {quote: Rest., reason: an aside}
    """
    if ("unclaimed",) not in before.nodes:
        return after
    known = set(_claimed(before, text))
    # Behind a sentence that goes, one with the same words would get its name.
    for path in reversed([path for path in _claimed(after, text) if path not in known]):
        after = cut_entry(after, path)
    return after


def _claimed(files: GuideFiles, text: Text) -> list[Path]:
    """The listed sentences of which nothing is unclaimed any more."""
    claims = {
        number: [(quote.start, quote.end) for _, quote in quoted]
        for number, quoted in quotes_in_sentences(files, text).items()
    }
    quotes = Quotes(GUIDE_FILE, [])
    quotes.text = text
    found: list[Path] = []
    for path, node in files.nodes.items():
        if len(path) == 2 and path[0] == "unclaimed":
            listed = quotes.quote(_quote(node), outside=True)
            inside = text.sentences_at(listed.start, listed.end) if listed else ()
            if inside and all(_is_claimed(text, each, claims.get(each, [])) for each in inside):
                found.append(path)
    return found


def _is_claimed(text: Text, number: int, claims: list[tuple[int, int]]) -> bool:
    """As the coverage says: by a part of it, or by all of a line that cannot be divided."""
    start, end = text.sentences[number]
    if undivided(text.content[start:end]):
        return covered(text.content, start, end, claims)
    return bool(claims)


def _quote(node: YamlNode) -> YamlNode:
    """What is quoted: somebody may have written it like an entry of context."""
    if isinstance(node, YamlMapping):
        return next((value for key, value in node.entries if key.value == "quote"), node)
    return node
