"""What a record of practice tells: scores by factor, by statement and over time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...drawing.plots import LinePlot
from ...guide import Guide
from ...loading import files
from ...messages import ENGLISH, language_of, say, spoken, with_colon
from ...model.text import folded
from ..questions.attempts import Attempt, Kept
from .handed_in import read_record
from .records import own_file

if TYPE_CHECKING:
    import pandas as pd

MOST_ROUNDS = 40


@dataclass(frozen=True)
class PracticeProgress:
    """What was read rightly, at the first try at each question of each round.

    `factors` and `statements`: pandas tables, the worst first; `rounds`: in order of time;
    `plot`: the share that was right, round by round; `lost`: what of the record could not be
    read, on one line. Prints the same in words; `words_in`: their language.
    """

    attempts: tuple[Attempt, ...]
    lost: str = ""
    words_in: str = ENGLISH

    @cached_property
    def factors(self) -> pd.DataFrame:
        """One row for each factor that was read."""
        from . import score_tables  # pandas is slow to import and seldom needed

        return score_tables.by_factor(self.attempts)

    @cached_property
    def statements(self) -> pd.DataFrame:
        """One row for each statement that was read, with its words."""
        from . import score_tables

        return score_tables.by_statement(self.attempts)

    @cached_property
    def rounds(self) -> pd.DataFrame:
        """One row for each round."""
        from . import score_tables

        return score_tables.by_round(self.attempts)

    @cached_property
    @spoken
    def plot(self) -> LinePlot:
        """The share of right answers, round by round."""
        rounds = self.rounds.tail(MOST_ROUNDS)
        numbers, shares = map(int, rounds.index), map(int, rounds["share"])
        return LinePlot(tuple(numbers), tuple(shares), say("Right at the first try"), say("round"))

    def to_xapi(
        self,
        path: str | os.PathLike[str],
        actor: str | tuple[str, str] = "",
        *,
        force: bool = False,
    ) -> None:
        """Write every attempt, and the score of every round, as statements of xAPI, in JSON.

        `actor`: whose they are: an e-mail address, or the address of a platform and the name of an
        account there; by default the record's random name, at home on this computer. Raises
        AnswerError for another one, and FileExistsError where there is a file already, unless
        `force` is given.
        """
        from ...exchange import xapi

        files.write(Path(path), xapi.content(self.attempts, actor), force=force)

    @spoken
    def __str__(self) -> str:
        if not self.attempts:
            return say("Nothing has been practised yet.")
        lines = [*[self.lost] * bool(self.lost), say("Right at the first try:")]
        for row in self.rounds.itertuples():
            when = say("round {number}, {day}", number=row.Index, day=row.begun)
            lines.append("  " + with_colon(when, _of(row)))
        for title, table, name in (
            (say("By factor, the worst first:"), self.factors, "factor"),
            (say("By statement, the worst first:"), self.statements, "statement"),
        ):
            lines += ["", title]
            for row in table.itertuples():
                line = "  " + with_colon(getattr(row, name), _of(row))
                lines += [line, f'    "{row.words}"']
        return folded(lines)

    def __repr__(self) -> str:
        return f"<progress: {len(self.attempts)} attempts in {len(self.rounds)} rounds>"

    @spoken
    def _repr_html_(self) -> str:
        if not self.attempts:
            return f"<p>{escape(str(self))}</p>"
        from ...tables.guide_tables import words_and_numbers

        parts = [f"<p><b>{escape(self.lost)}</b></p>"] if self.lost else []
        parts += [_head(say("Round by round")), self.plot.image, self.rounds.to_html()]
        parts += [_head(say("By factor, the worst first")), words_and_numbers(self.factors)]
        parts += [_head(say("By statement, the worst first")), words_and_numbers(self.statements)]
        return "\n".join(parts)


def _head(words: str) -> str:
    return f"<h4>{escape(words)}</h4>"


def _of(row: Any) -> str:
    """The score of a row in words."""
    parts = {"right": row.right, "asked": row.asked, "share": row.share}
    return say("{right} of {asked} ({share} %)", **parts)


def progress(
    record: str | os.PathLike[str] | None = None, guide: Guide | str | None = None
) -> PracticeProgress:
    """What a record tells of one's practice; `guide`: of this guide alone, or of the one
    with this id; given a guide, the words are in its language, and otherwise in English.

    `record`: the file, SQLite or JSON; default `practice-record.sqlite` in the current folder.
    Where there is none yet, nothing has been practised. Raises RecordError where the file is no
    record.

    >>> print(progress("no-such-file.sqlite"))
    Nothing has been practised yet.
    """
    try:
        found = read_record(record or own_file())
    except FileNotFoundError:
        found = Kept()
    id, tag = (guide.id, language_of(guide)) if isinstance(guide, Guide) else (guide, ENGLISH)
    counted = tuple(each for each in found.attempts if id in (None, each.guide))
    return PracticeProgress(counted, found.lost, tag)
