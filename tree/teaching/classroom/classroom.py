"""What a class misreads: the records of many students together, without their names."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ...drawing.plots import BarPlot, HeatMap, LinePlot, Number
from ...guide import Guide
from ...model.errors import shown
from ...model.text import counted, folded
from ..questions.attempts import Attempt
from ..questions.questions import KINDS, digest
from .gather import Gathered, gather
from .shaded_text import Shaded, shaded

if TYPE_CHECKING:
    import pandas as pd

MOST_STUDENTS = 20  # that have a column of their own in a heat map
MOST_ROWS = 25
MOST_TOLD = 5
MOST_DAYS = 40


@dataclass(frozen=True)
class ClassResults:
    """What the students of a class read rightly and misread, at the first try at each question.

    Tables of pandas, the worst first (of few answers less is made): `misread` (by statement),
    `factors`, `heat` (statement by student: the share that was misread), `confusion` (what a
    factor was read as), `by_kind`, `over_time`. Pictures: `heat_map`, `bars`, `line`,
    `confusion_of(factor)` and `on_text(guide)`. Prints and shows a summary. Students are
    numbered, unless `names`; the names of files stand in `messages` alone.
    """

    gathered: Gathered
    guide: Guide | str | None = None
    names: bool = False

    @cached_property
    def attempts(self) -> tuple[Attempt, ...]:
        """The first tries, the oldest first."""
        return self.gathered.first_tries(self._id)

    @cached_property
    def students(self) -> dict[str, str]:
        """Every student who has practised, by learner id: "student 1", … or the file's name."""
        practised = {attempt.learner for attempt in self.attempts}
        learners = [learner for learner in self.gathered.learners if learner in practised]
        return {
            learner: self._files(learner) if self.names else f"student {number}"
            for number, learner in enumerate(learners, 1)
        }

    @cached_property
    def misread(self) -> pd.DataFrame:
        """One row for each statement: its words, who says it where the guide is given, how often
        it was asked for and misread, the share in percent, and by how many students."""
        from . import class_tables  # pandas is slow to import and seldom needed

        says = {}
        if isinstance(self.guide, Guide):
            for statement in self.guide.statements:
                passage = self.guide.text.passage_at(statement.quotes[0].start)
                says[statement.id] = passage.author if passage else ""
        return class_tables.misread(self.attempts, says)

    @cached_property
    def factors(self) -> pd.DataFrame:
        """The same for each factor: what of the vignette was misread."""
        from . import class_tables

        return class_tables.by_factor(self.attempts)

    @cached_property
    def heat(self) -> pd.DataFrame:
        """For each statement and student the share that was misread; NaN where never asked."""
        from . import class_tables

        return class_tables.heat(self.attempts, self.students)

    @cached_property
    def confusion(self) -> pd.DataFrame:
        """For each factor how often what the vignette says was read as what."""
        from . import class_tables

        return class_tables.confusion(self.attempts)

    @cached_property
    def by_kind(self) -> pd.DataFrame:
        """One row for each kind of question."""
        from . import class_tables

        return class_tables.by_kind(self.attempts)

    @cached_property
    def over_time(self) -> pd.DataFrame:
        """One row for each day."""
        from . import class_tables

        return class_tables.over_time(self.attempts)

    @cached_property
    def heat_map(self) -> HeatMap:
        """The statements, the worst first, by student; of a large class by kind of question."""
        from . import class_tables

        across, table = "", self.heat
        if len(self.students) > MOST_STUDENTS:
            across = "kind of question"
            table = class_tables.heat(self.attempts, {kind: kind for kind in KINDS}, "kind")
        table = table.dropna(axis=1, how="all") if across else table
        values = table.head(MOST_ROWS).itertuples(index=False, name=None)
        return HeatMap(
            [f"{row.Index}. {row.words}" for row in self._worst(MOST_ROWS)],
            [str(column) for column in table.columns],
            [[_number(value) for value in row] for row in values],
            f"Misread at the first try, in percent{_of_all(MOST_ROWS, len(table))}",
            across=across,
        )

    @cached_property
    def bars(self) -> BarPlot:
        """The statements, the worst first: how often each was misread."""
        rows = list(self._worst(MOST_ROWS))
        return BarPlot(
            [f"{row.Index}. {row.words}" for row in rows],
            [float(row.share) for row in rows],
            f"Misread at the first try{_of_all(MOST_ROWS, len(self.misread))}",
            " %",
            100,
            [f"{row.misread} of {row.asked}" for row in rows],
        )

    @cached_property
    def line(self) -> LinePlot:
        """The share of right answers, day by day."""
        days = self.over_time.tail(MOST_DAYS)
        labels = [str(day)[5:] for day in days.index]
        return LinePlot(labels, [float(x) for x in days["share"]], "Right at the first try", "day")

    def confusion_of(self, factor: str = "") -> HeatMap:
        """What one factor was read as, by what the vignette says; default the worst one.

        Raises KeyError for a factor that nobody was asked for.
        """
        table: Any = self.confusion
        known = set(table.index.get_level_values("factor"))
        worst = (id for id in self.factors["factor"].astype("str") if id in known)
        factor = factor or next(worst, "")
        if factor not in known:
            what = f"the factor {shown(factor)}" if factor else "a factor"
            raise KeyError(f"nobody was asked for {what}")
        table = table.xs(factor, level="factor").groupby("expected").sum()
        table = table.loc[:, table.sum() > 0]
        return HeatMap(
            [str(value) for value in table.index],
            [str(value) for value in table.columns],
            [[float(count) for count in row] for row in table.itertuples(index=False, name=None)],
            self._asked(factor),
            unit=" times",
            most=float(table.to_numpy().max()),
            down="the vignette says",
            across="read as",
        )

    def on_text(self, guide: Guide | None = None) -> Shaded:
        """The text of a guide, each sentence shaded by how often it was misread.

        Raises ValueError where no guide is given, here or to `classroom`.
        """
        found = guide or self.guide
        if not isinstance(found, Guide):
            raise ValueError("give the guide: on_text(guide)")
        return shaded(found, self.attempts)

    # --- what must be known of the records ------------------------------------------------

    @property
    def messages(self) -> list[str]:
        """What was not read or is doubtful. Names the files, and so perhaps the students."""
        found = [*self.gathered.unreadable, *self.gathered.partly]
        for names, why in (
            (self.gathered.skipped, "skipped, not records of practice"),
            (self.gathered.empty, "records in which nothing has been practised"),
        ):
            if names:
                more = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
                found.append(f"{why}: {', '.join(names[:MOST_TOLD])}{more}")
        return [*found, *self._doubts]

    @property
    def _doubts(self) -> Iterator[str]:
        """What is doubtful, without names."""
        if self.gathered.differing:
            attempts = counted(self.gathered.differing, "attempt")
            yield f"{attempts} recorded differently in two files; one version is counted"
        if "" in self.gathered.files and len(self.gathered.files[""]) > 1:
            yield "several files name no learner; they count as one student"
        versions = Counter((attempt.guide, attempt.guide_digest) for attempt in self.attempts)
        if isinstance(self.guide, Guide):
            now = self.guide.id, digest(self.guide, self.guide.vignettes)
            other = sum(count for version, count in versions.items() if version != now)
            if other:
                tries = counted(len(self.attempts), "first try", "first tries")
                yield f"{other} of {tries} answered another version of this guide; counted too"
        else:
            for guide, several in Counter(guide for guide, _ in versions).items():
                if several > 1:
                    yield f"{guide}: answers to {several} versions of it are counted together"
        if len({guide for guide, _ in versions}) > 1:
            guides = ", ".join(sorted({guide for guide, _ in versions}))
            yield f"several guides are counted: {guides}; classroom(..., guide=...) takes one"

    # --- in words -------------------------------------------------------------------------

    def __str__(self) -> str:
        return folded(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self._headline
        if self.names:
            yield from (f"  {message}" for message in self.messages)
        else:
            yield from (f"  {message}" for message in self._counts)
        if not self.attempts:
            return
        yield "Misread most, at the first try:"
        for row in self._worst(MOST_TOLD):
            says, asked = f", {row.says}" if row.says else "", counted(row.asked, "time")
            yield f'  {row.Index}. "{row.words}"{says}'
            yield (
                f"     misread {row.misread} of {asked} ({row.share} %), "
                f"by {row.misread_by} of {counted(row.students, 'student')}"
            )
        yield "By factor, the worst first:"
        for row in self._rows(self.factors):
            asked = counted(row.asked, "time")
            yield f"  {self._asked(row.factor)} misread {row.misread} of {asked}"
            yield from self._most_confused(row.guide, row.factor)
        yield "By kind of question:"
        for row in self._rows(self.by_kind):
            yield f"  {row.Index}: {row.right} of {row.asked} right ({row.share} %)"

    @property
    def _headline(self) -> str:
        if not self.attempts:
            of_it = f" of {self._id}" if self._id else ""
            return f"Nothing{of_it} has been practised yet."
        right = round(100 * sum(attempt.right for attempt in self.attempts) / len(self.attempts))
        tries = counted(len(self.attempts), "first try", "first tries")
        return f"{counted(len(self.students), 'student')}, {tries}, {right} % of them right."

    @property
    def _counts(self) -> Iterator[str]:
        for names, why in (
            (self.gathered.unreadable, "could not be read"),
            (self.gathered.partly, "could be read in part"),
            (self.gathered.skipped, "skipped, not records of practice"),
            (self.gathered.empty, "empty"),
        ):
            if names:
                yield f"{counted(len(names), 'file')} {why}; see messages"
        yield from self._doubts

    def _most_confused(self, guide: str, factor: str) -> Iterator[str]:
        table: Any = self.confusion
        found = [
            (int(count), str(expected), str(given))
            for (of, id, expected), row in table.iterrows()
            if (of, id) == (guide, factor)
            for given, count in row.items()
            if expected != given and count
        ]
        if found:
            count, expected, given = max(found, key=lambda each: each[0])
            yield f"    most often {expected} as {given} ({counted(count, 'time')})"

    def __repr__(self) -> str:
        students, tries = len(self.students), len(self.attempts)
        return f"<classroom: {counted(students, 'student')}, {tries} first tries>"

    def _repr_html_(self) -> str:
        if not self.attempts:
            return f"<p>{escape(self._headline)}</p>"
        from ...tables.guide_tables import words_and_numbers

        messages = self.messages if self.names else self._counts
        items = "".join(f"<li>{escape(message)}</li>" for message in messages)
        parts = [f"<p><b>{escape(self._headline)}</b></p>", f"<ul>{items}</ul>" if items else ""]
        parts += [self.heat_map.image, "<h4>By factor, the worst first</h4>"]
        parts += [words_and_numbers(self.factors), "<h4>By kind of question</h4>"]
        parts += [self.by_kind.to_html()]
        return "\n".join(parts)

    @property
    def _id(self) -> str | None:
        return self.guide.id if isinstance(self.guide, Guide) else self.guide

    def _worst(self, most: int) -> Iterator[Any]:
        return self._rows(self.misread.head(most))

    @staticmethod
    def _rows(table: pd.DataFrame) -> Iterator[Any]:
        return iter(table.itertuples())

    def _asked(self, factor: str) -> str:
        known = self.guide.factors if isinstance(self.guide, Guide) else ()
        return next((each.question for each in known if each.id == factor), f"{factor}:")

    def _files(self, learner: str) -> str:
        names = (PurePosixPath(name) for name in self.gathered.files[learner])
        return ", ".join(str(name.with_suffix("")) for name in names)


def classroom(
    folder: str | os.PathLike[str], guide: Guide | str | None = None, names: bool = False
) -> ClassResults:
    """The records of a class, from every record file in a folder and in the folders in it.

    `guide`: the guide, or its id, to count alone; with the guide itself more can be said.
    `names`: call the students by their files. The files stay as they are. Raises
    NotADirectoryError where there is no such folder.

    >>> classroom("notebooks/made_up_class")
    <classroom: 8 students, 128 first tries>
    """
    return ClassResults(gather(folder), guide, names)


def _number(value: float) -> Number:
    # NaN is the only number that is not itself.
    return None if value != value else round(value)


def _of_all(most: int, count: int) -> str:
    return f" (the worst {most} of {count} statements)" if count > most else ""
