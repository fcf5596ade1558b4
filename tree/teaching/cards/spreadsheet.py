"""Cards → a plain table as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ...guide import Guide
from ...messages import spoken
from ...model.disclaimer import disclaimer
from ...model.formula_safety import harmless
from .cards import make_cards

COLUMNS = ("id", "kind", "question", "answer", "quote", "passage", "basis", "path")


@spoken
def table(guide: Guide) -> bytes:
    """The cards of a guide, one a row; where a card has several sentences, one a line.

    In UTF-8 with a byte order mark, without which Excel takes it for something else. The last
    row says what this is. A cell that a spreadsheet could take for a formula begins with an
    apostrophe.
    """
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for card in make_cards(guide):
        basis = [one.basis + f": {one.because}" * bool(one.because) for one in card.sentences]
        row = (
            card.id,
            card.kind,
            _lines([*card.given, card.question]),
            _lines(filter(None, [*card.answer, card.note])),
            _lines(one.words for one in card.sentences),
            _lines(one.author for one in card.sentences),
            _lines(basis),
            card.condition,
        )
        writer.writerow(map(harmless, row))
    writer.writerow(["", "", harmless(f"{guide.title}: {disclaimer(guide)}"), *[""] * 5])
    return made.getvalue().encode("utf-8-sig")


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)
