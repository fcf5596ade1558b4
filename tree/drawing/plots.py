"""Numbers as pictures: a line, bars, a heat map. Each also prints itself in words.

A picture is SVG that stands alone: no library, no script, nothing linked, a white ground of its
own so that it can be read in a dark notebook, and the same bytes for the same numbers. What
differs in colour is also written as a number.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from ..messages import in_a_row, in_turn, language, say, spoken, with_colon
from ..model.text import CONTROL, short_number
from .picture import NotebookPicture

Number = float | None  # None: there is nothing to count

_LINE, _QUIET, _ACCENT = "#767676", "#595959", "#0072b2"
_PALE, _DEEP = (0xF3, 0xF8, 0xFD), (0x08, 0x30, 0x6B)  # the ends of the scale of blues
_STEP, _HEIGHT, _LEFT, _TOP = 44, 160, 44, 16  # of a line, in pixels
_CHARACTER, _ROW = 6.5, 17  # of the type, in pixels
_LABEL = 44  # letters on a line of a label
_MOST_LINES = 3  # of a label; the words report shows it whole


class Plot(NotebookPicture):
    """What all of them can do: show itself as a picture in a notebook, and print in words."""

    title: str

    @property
    @spoken
    def words(self) -> str:
        """What is read aloud in place of the picture."""
        return f"{self.title}. {in_turn(str(self).splitlines())}"

    def __repr__(self) -> str:
        return f"<plot: {self}>"


@dataclass(frozen=True, repr=False)
class LinePlot(Plot):
    """A line through values from 0 to `most`, one for each label; `of`: what a label numbers.

    >>> print(LinePlot((1, 2), (40, 80), "Right at the first try", "round"))
    round 1: 40 %, round 2: 80 %
    """

    labels: Sequence[object]
    values: Sequence[float]
    title: str
    of: str = ""
    unit: str = " %"
    most: float = 100
    words_in: str = field(default_factory=language)

    @spoken
    def __str__(self) -> str:
        return in_a_row(
            with_colon(self._named(label), f"{short_number(value)}{self.unit}")
            for label, value in zip(self.labels, self.values, strict=True)
        )

    def _named(self, label: object) -> str:
        return f"{self.of} {label}".strip()

    @cached_property
    def svg(self) -> str:
        """The drawing, which stands alone."""
        width = _LEFT + _STEP * max(len(self.labels), 4) + 16
        bottom = _TOP + _HEIGHT
        parts = []
        for value in (0, self.most / 2, self.most):
            y = self._y(value)
            parts.append(
                f'<path d="M{_LEFT} {y}H{width - 12}" stroke="{_LINE}" stroke-width="0.5"/>'
            )
            parts.append(_words(_LEFT - 6, y + 4, f"{short_number(value)}{self.unit}", "end"))
        places = [_LEFT + _STEP * (k + 0.5) for k in range(len(self.labels))]
        points = list(zip(places, self.labels, self.values, strict=True))
        line = " ".join(f"{x:g},{self._y(value):g}" for x, _, value in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{_ACCENT}" stroke-width="2"/>')
        for x, label, value in points:
            title = f"<title>{_clean(self._named(label))}: {short_number(value)}{self.unit}</title>"
            parts.append(
                f'<circle cx="{x:g}" cy="{self._y(value):g}" r="5" fill="{_ACCENT}">{title}'
                "</circle>"
            )
            parts.append(_words(x, bottom + 18, str(label), "middle"))
        parts.append(_words((_LEFT + width) / 2, bottom + 38, self.of, "middle"))
        return _svg(width, bottom + 48, self.words, parts)

    def _y(self, value: float) -> float:
        return _TOP + _HEIGHT * (self.most - value) / self.most


@dataclass(frozen=True, repr=False)
class BarPlot(Plot):
    """A bar for each label, from 0 to `most` (default: the largest value).

    `notes`: more words behind each number. A value that is None has no bar.

    >>> print(BarPlot(("Tea", "Cocoa"), (3, None), "Drinks", notes=("of 4", "nobody asked")))
    Tea: 3 (of 4)
    Cocoa: - (nobody asked)
    """

    labels: Sequence[str]
    values: Sequence[Number]
    title: str
    unit: str = ""
    most: float = 0
    notes: Sequence[str] = ()
    words_in: str = field(default_factory=language)

    @spoken
    def __str__(self) -> str:
        return "\n".join(
            with_colon(label, told)
            for label, told in zip(self.labels, self._told(" ({})"), strict=True)
        )

    def _told(self, note: str) -> list[str]:
        notes = self.notes or [""] * len(self.labels)
        return [
            f"{short_number(value)}{self.unit if value is not None else ''}"
            + (note.format(more) if more else "")
            for value, more in zip(self.values, notes, strict=True)
        ]

    @cached_property
    def svg(self) -> str:
        """The drawing, which stands alone."""
        most = self.most or max([1.0, *(value for value in self.values if value is not None)])
        labels = _Labels(self.labels)
        told = self._told(" ({})")
        length, left = 300, labels.width + 12
        width = left + length + 16 + _CHARACTER * max(map(len, told), default=0)
        parts, y = [_words(12, 22, self.title, weight=True)], 36
        for place, (value, words) in enumerate(zip(self.values, told, strict=True)):
            height = labels.height(place)
            parts += labels.drawn(place, 12, y)
            long = length * (value or 0) / most
            middle = y + height / 2
            parts.append(
                f'<rect x="{left:g}" y="{middle - 9:g}" width="{long:.4g}" height="18" '
                f'fill="{_ACCENT}"/>'
            )
            parts.append(_words(left + long + 6, middle + 5, words))
            y += height + 8
        parts.append(f'<path d="M{left} 34V{y - 4}" stroke="{_LINE}"/>')
        return _svg(width, y + 8, self.words, parts)


@dataclass(frozen=True, repr=False)
class HeatMap(Plot):
    """Rows and columns of numbers, the larger the darker, each number written in its place.

    `values`: for each row a value for each column, None where there is nothing to count; they go
    from 0 to `most`. `down` and `across`: what the rows and the columns are. `words_in`: the
    language of its words, that in force where it is made.

    >>> heat = HeatMap(("rest", "tea"), ("Ann", "Bob"), ((50, None), (0, 100)), "Misread")
    >>> print(heat)
    rest: Ann 50 %
    tea: Ann 0 %, Bob 100 %
    """

    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[Number]]
    title: str
    unit: str = " %"
    most: float = 100
    down: str = ""
    across: str = ""
    words_in: str = field(default_factory=language)

    @spoken
    def __str__(self) -> str:
        lines = []
        for row, values in zip(self.rows, self.values, strict=True):
            pairs = zip(self.columns, values, strict=True)
            told = [f"{c} {short_number(v)}{self.unit}" for c, v in pairs if v is not None]
            lines.append(with_colon(row, in_a_row(told) or say("nothing")))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<heat map: {self.title}, {len(self.rows)} rows, {len(self.columns)} columns>"

    @cached_property
    def svg(self) -> str:
        """The drawing, which stands alone."""
        labels, heads = _Labels(self.rows), _Labels(self.columns, 12)
        most, cell = max(self.most, 1e-9), max(46, heads.width + 10)
        left = max(labels.width, _CHARACTER * len(self.down)) + 24
        top = (
            44 + 8 * bool(self.across) + max(map(heads.height, range(len(self.columns))), default=0)
        )
        parts = [_words(12, 22, self.title, weight=True)]
        parts += [_words(12, top - 8, self.down), _words(left, 40, self.across)]
        for place in range(len(self.columns)):
            y = top - heads.height(place) - 2
            parts += heads.drawn(place, left + cell * (place + 0.5), y, "middle")
        y = top
        for place, values in enumerate(self.values):
            height = max(labels.height(place) + 4, 30)
            parts += labels.drawn(place, 12, y + (height - labels.height(place)) / 2)
            for column, value in enumerate(values):
                parts.append(self._cell(left + cell * column, y, cell, height, value, most))
            y += height
        width = left + cell * len(self.columns) + 12
        width = max(width, 24 + 8 * len(self.title), left + _CHARACTER * len(self.across) + 12)
        return _svg(width, y + 12, self.words, parts)

    def _cell(
        self, x: float, y: float, width: float, height: float, value: Number, most: float
    ) -> str:
        place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        if value is None:
            empty = f'<rect {place} fill="white" stroke="#d9d9d9"/>'
            return empty + _words(x + width / 2, y + height / 2 + 5, "-", "middle")
        fill = shade(value / most)
        told = _words(x + width / 2, y + height / 2 + 5, short_number(value), "middle", ink(fill))
        return f'<rect {place} fill="{fill}" stroke="white"/>{told}'


def shade(share: float) -> str:
    """A colour for a share from 0 (nearly white) to 1 (dark blue).

    >>> shade(0), shade(1)
    ('#f3f8fd', '#08306b')
    """
    share = min(max(share, 0.0), 1.0)
    mixed = (round(a + (b - a) * share) for a, b in zip(_PALE, _DEEP, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def ink(fill: str) -> str:
    """Black or white, whichever stands out more on a colour; always at least 4.5 to 1.

    >>> ink(shade(0)), ink(shade(1))
    ('#000000', '#ffffff')
    """
    parts = [int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (light + 0.05) ** 2 >= 1.05 * 0.05 else "#ffffff"


class _Labels:
    """Labels in lines, cut where they are very long, and how much room they take."""

    def __init__(self, labels: Iterable[str], width: int = _LABEL) -> None:
        self.lines = [_wrapped(label, width) for label in labels]
        longest = max((_columns(line) for lines in self.lines for line in lines), default=0)
        self.width = _CHARACTER * longest

    def height(self, place: int) -> int:
        return _ROW * len(self.lines[place])

    def drawn(self, place: int, x: float, y: float, anchor: str = "start") -> list[str]:
        return [
            _words(x, y + _ROW * (k + 1) - 4, line, anchor)
            for k, line in enumerate(self.lines[place])
        ]


def _wrapped(label: str, width: int) -> list[str]:
    # Of a script with wide letters half as many stand on a line.
    wide = _columns(label) > 1.5 * len(label)
    return textwrap.wrap(
        label, width // 2 if wide else width, max_lines=_MOST_LINES, placeholder=" …"
    ) or [""]


def _columns(words: str) -> int:
    """How many letters of ordinary width take as much room."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def _clean(words: str) -> str:
    """Words of people, as XML can hold them."""
    return escape(CONTROL.sub("\N{REPLACEMENT CHARACTER}", words))


def _words(
    x: float, y: float, words: str, anchor: str = "start", fill: str = _QUIET, weight: bool = False
) -> str:
    bold = ' font-weight="bold"' if weight else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}"{bold}>'
        f"{_clean(words)}</text>"
    )


def _svg(width: float, height: float, words: str, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{_clean(words)}" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="13">'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>'
    )
