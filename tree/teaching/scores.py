"""What a record of practice tells: scores by factor, by statement and over time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from ..text import folded
from .records import Attempt, own_file, read_attempts

if TYPE_CHECKING:
    import pandas as pd

_LINE, _QUIET, _ACCENT = "#767676", "#595959", "#0072b2"
_STEP, _HEIGHT, _LEFT, _TOP = 44, 160, 44, 16  # pixels
MOST_ROUNDS = 40


@dataclass(frozen=True)
class Progress:
    """What was read rightly, at the first try at each question of each round.

    `factors` and `statements`: pandas tables, the worst first; `rounds`: in order of time;
    `plot`: the share that was right, round by round. Prints the same in words.
    """

    attempts: tuple[Attempt, ...]

    @cached_property
    def factors(self) -> pd.DataFrame:
        """One row for each factor that was read."""
        from .. import tables  # pandas is slow to import and seldom needed

        return tables.by_factor(self.attempts)

    @cached_property
    def statements(self) -> pd.DataFrame:
        """One row for each statement that was read, with its words."""
        from .. import tables

        return tables.by_statement(self.attempts)

    @cached_property
    def rounds(self) -> pd.DataFrame:
        """One row for each round."""
        from .. import tables

        return tables.by_round(self.attempts)

    @cached_property
    def plot(self) -> Plot:
        """The share of right answers, round by round."""
        rounds = self.rounds.tail(MOST_ROUNDS)
        return Plot(tuple(map(int, rounds.index)), tuple(map(int, rounds["share"])))

    def __str__(self) -> str:
        if not self.attempts:
            return "Nothing has been practised yet."
        lines = ["Right at the first try:"]
        for row in self.rounds.itertuples():
            lines.append(f"  round {row.Index}, {row.begun}: {_of(row)}")
        for title, table, name in (
            ("By factor, the worst first:", self.factors, "factor"),
            ("By statement, the worst first:", self.statements, "statement"),
        ):
            lines += ["", title]
            for row in table.itertuples():
                lines += [f"  {getattr(row, name)}: {_of(row)}", f'    "{row.words}"']
        return folded(lines)

    def __repr__(self) -> str:
        return f"<progress: {len(self.attempts)} attempts in {len(self.rounds)} rounds>"

    def _repr_html_(self) -> str:
        if not self.attempts:
            return f"<p>{escape(str(self))}</p>"
        parts = ["<h4>Round by round</h4>", self.plot.svg, self.rounds.to_html()]
        parts += ["<h4>By factor, the worst first</h4>", self.factors.to_html(index=False)]
        parts += ["<h4>By statement, the worst first</h4>", self.statements.to_html(index=False)]
        return "\n".join(parts)


@dataclass(frozen=True)
class Plot:
    """A line of shares in percent, one for each round. Shows itself as SVG, prints in words.

    >>> print(Plot((1, 2), (40, 80)))
    round 1: 40 %, round 2: 80 %
    """

    rounds: Sequence[int]
    shares: Sequence[int]

    def __str__(self) -> str:
        pairs = zip(self.rounds, self.shares, strict=True)
        return ", ".join(f"round {number}: {share} %" for number, share in pairs)

    def __repr__(self) -> str:
        return f"<plot: {self}>"

    def _repr_svg_(self) -> str:
        return self.svg

    @cached_property
    def svg(self) -> str:
        """The drawing, which stands alone."""
        width = _LEFT + _STEP * max(len(self.rounds), 4) + 16
        bottom = _TOP + _HEIGHT
        parts = []
        for share in (0, 50, 100):
            y = _y(share)
            parts.append(
                f'<path d="M{_LEFT} {y}H{width - 12}" stroke="{_LINE}" stroke-width="0.5"/>'
            )
            parts.append(_words(_LEFT - 6, y + 4, f"{share} %", "end"))
        places = [_LEFT + _STEP * (k + 0.5) for k in range(len(self.rounds))]
        points = list(zip(places, self.rounds, self.shares, strict=True))
        line = " ".join(f"{x:g},{_y(share):g}" for x, _, share in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{_ACCENT}" stroke-width="2"/>')
        for x, number, share in points:
            title = f"<title>round {number}: {share} %</title>"
            parts.append(
                f'<circle cx="{x:g}" cy="{_y(share):g}" r="5" fill="{_ACCENT}">{title}</circle>'
            )
            parts.append(_words(x, bottom + 18, str(number), "middle"))
        parts.append(_words((_LEFT + width) / 2, bottom + 38, "round", "middle"))
        height = bottom + 48
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img" '
            f'aria-label="Right at the first try: {self}" '
            f'font-family="Arial, Helvetica, sans-serif" font-size="13">'
            f'<rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>'
        )


def _y(share: int) -> float:
    return _TOP + _HEIGHT * (100 - share) / 100


def _words(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{_QUIET}">{words}</text>'


def _of(row: Any) -> str:
    """The score of a row in words."""
    return f"{row.right} of {row.asked} ({row.share} %)"


def progress(record: str | os.PathLike[str] | None = None, guide: str | None = None) -> Progress:
    """What a record tells of one's practice; `guide`: of this guide's id alone.

    `record`: the file, SQLite or JSON; default `practice-record.sqlite` in the current folder.
    Where there is none yet, nothing has been practised. Raises RecordError where the file is no
    record.

    >>> print(progress("no-such-file.sqlite"))
    Nothing has been practised yet.
    """
    try:
        found = read_attempts(record or own_file())
    except FileNotFoundError:
        found = []
    return Progress(tuple(attempt for attempt in found if guide in (None, attempt.guide)))
