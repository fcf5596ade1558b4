"""Quotes as an author writes them → where they stand in the text, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.errors import Problem, allowed, shown
from ..model.findings import Finding, FindingKind
from ..model.text import Passage, Quote, Text
from .fields import Shapes
from .keys import QUOTE
from .yaml_nodes import YamlMapping, YamlNode

MOST_HINTS = 50
MOST_PLACES = 1_000  # that are counted of one quote


class Quotes(Shapes):
    """Reads quotes of one guide; `text` is where they are looked for."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.text = Text("", "")
        self.hints = 0

    def quotes(self, node: YamlNode | None, outside: bool = False) -> tuple[Quote, ...]:
        found = [self.quote(item, outside=outside) for item in self.several(node)]
        return tuple(filter(None, found))

    def quote(
        self, node: YamlNode | None, anywhere: bool = False, outside: bool = False
    ) -> Quote | None:
        """Find a quote in the text.

        `anywhere`: the first place will do. `outside`: it need not stand in one passage.
        """
        if node is None:
            return None
        words, within, nth = node, None, None
        before = len(self.problems)
        if isinstance(node, YamlMapping):
            parts = self.keys(node, "a quote", QUOTE)
            if "words" not in parts:
                return None
            words = parts["words"]
            within, nth = self.passage_named(parts.get("in")), self.ordinal(parts.get("nth"))
        line = self.line(words)
        if not line or not self.text.content or len(self.problems) > before:
            return None
        places = self.text.first(line, MOST_PLACES + 1 if nth is None else 1, within)
        place = self.text.nth(line, nth, within) if nth else next(iter(places), None)
        if not places:
            finding = Finding(FindingKind.QUOTE_LOST, words=line)
            self.report(words, self.missing(line, within), finding)
        elif place is None:
            found = times(self.text.first(line, MOST_PLACES + 1, within))
            finding = Finding(FindingKind.QUOTE_LOST, words=line)
            message = f"nth is {nth}, but {shown(line)} occurs {found}"
            self.report(parts["nth"], message, finding)
        elif nth is None and len(places) > 1 and not anywhere:
            message = self.repeated(line, [start for start, _ in places])
            self.report(words, message, Finding(FindingKind.QUOTE_REPEATED, words=line))
        else:
            quote = self.text.quote(*place)
            if anywhere or outside or not self.text.passages:
                return quote
            last = self.text.passage_at(quote.end - 1)
            if last and last.id == quote.passage:
                return quote
            where, kind = "before the first passage", FindingKind.QUOTE_BEFORE_PASSAGES
            if last and quote.passage:
                where = f"in two passages, {shown(quote.passage)} and {shown(last.id)}"
                kind = FindingKind.QUOTE_IN_TWO_PASSAGES
            self.report(words, f"quote {shown(line)} is {where}", Finding(kind, words=line))
        return None

    def missing(self, words: str, within: Passage | None) -> str:
        """What to say of words that are not there: where they, or words like them, are."""
        if not within:
            return f"quote {shown(words)} is not in the text{self.near(words)}"
        elsewhere = "".join(self.text.quote(*place).passage for place in self.text.first(words, 1))
        hint = f"; it is in {shown(elsewhere)}" if elsewhere else self.near(words)
        return f"quote {shown(words)} is not in passage {shown(within.id)}{hint}"

    def repeated(self, words: str, starts: Sequence[int]) -> str:
        """What to say of words that are there several times."""
        lines = ", ".join(str(self.text.place(start)[0]) for start in starts[:9])
        return (
            f"quote {shown(words)} occurs {times(starts)} (lines {lines}); "
            "quote more words, or say which with {words: ..., in: PASSAGE} or nth: N"
        )

    def near(self, words: str) -> str:
        # Looking for it takes long; a guide that misses so many quotes has the wrong text.
        self.hints += 1
        nearest = self.text.nearest(words) if self.hints <= MOST_HINTS else ""
        return f"; nearest: {shown(nearest, 200)}" if nearest else ""

    def passage_named(self, node: YamlNode | None) -> Passage | None:
        name = self.line(node)
        passages = {passage.id: passage for passage in self.text.passages}
        if node is not None and name and name not in passages:
            self.report(node, f"undefined passage {shown(name)}: {allowed(name, passages)}")
        return passages.get(name)

    def ordinal(self, node: YamlNode | None) -> int | None:
        value = self.line(node)
        if node is None or not value:
            return None
        if not re.fullmatch(r"[1-9][0-9]{0,5}", value):
            self.report(node, f"nth must be a whole number from 1 to 999999, not {shown(value)}")
            return None
        return int(value)


def times(places: Sequence[object]) -> str:
    """How often a quote stands in a text, in words."""
    if len(places) > MOST_PLACES:
        return f"more than {MOST_PLACES} times"
    return f"{len(places)} times" if len(places) > 1 else "once"
