"""What a class misreads: the records of many students together, without their names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ...drawing.plots import BarPlot, HeatMap, LinePlot, Number
from ...guide import Guide
from ...loading import files
from ...messages import ENGLISH, language_of, say, spoken, valued
from ...model.errors import AnswerError, shown
from ...model.text import counted, folded
from ..questions.attempts import Attempt
from ..questions.questions import KINDS
from . import class_words
from .gather import Gathered, gather
from .shaded_text import Shaded, shaded

if TYPE_CHECKING:
    import pandas as pd

MOST_STUDENTS = 20  # that have a column of their own in a heat map
MOST_ROWS = 25
MOST_DAYS = 40


@dataclass(frozen=True)
class ClassResults:
    """What the students of a class read rightly and misread, at the first try at each question.

    Tables of pandas, the worst first (of few answers less is made): `misread` (by statement),
    `factors`, `heat` (statement by student: the share that was misread), `confusion` (what a
    factor was read as), `by_kind`, `over_time`. Pictures: `heat_map`, `bars`, `line`,
    `confusion_of(factor)` and `on_text(guide)`. Prints and shows a summary. Students are
    numbered, unless `names`; the names of files stand in `messages` alone. Tables are in English;
    pictures and words are in the language of the guide, where the guide itself is given.
    """

    gathered: Gathered
    guide: Guide | str | None = None
    names: bool = False

    @cached_property
    def attempts(self) -> tuple[Attempt, ...]:
        """The first tries, the oldest first."""
        return self.gathered.first_tries(self.guide_id)

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
    @spoken
    def confusion(self) -> pd.DataFrame:
        """For each factor how often what the vignette says was read as what."""
        from . import class_tables

        factors = self.guide.factors if isinstance(self.guide, Guide) else ()
        known = {(str(self.guide_id), factor.id): factor.values for factor in factors}
        return class_tables.confusion(self.attempts, known)

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
    @spoken
    def heat_map(self) -> HeatMap:
        """The statements, the worst first, by student; of a large class by kind of question."""
        from . import class_tables

        across, table, columns = "", self.heat, class_words.students_in_words(self)
        if len(self.students) > MOST_STUDENTS:
            across = say("kind of question")
            table = class_tables.heat(self.attempts, {kind: kind for kind in KINDS}, "kind")
            table = table.dropna(axis=1, how="all")
            columns = [class_words.kind_in_words(kind) for kind in table.columns]
        values = table.head(MOST_ROWS).itertuples(index=False, name=None)
        return HeatMap(
            [f"{row.Index}. {row.words}" for row in self._worst(MOST_ROWS)],
            columns,
            [[_number(value) for value in row] for row in values],
            class_words.title_of_worst(
                say("Misread at the first try, in percent"), MOST_ROWS, len(table)
            ),
            across=across,
        )

    @cached_property
    @spoken
    def bars(self) -> BarPlot:
        """The statements, the worst first: how often each was misread."""
        rows = list(self._worst(MOST_ROWS))
        return BarPlot(
            [f"{row.Index}. {row.words}" for row in rows],
            [float(row.share) for row in rows],
            class_words.title_of_worst(
                say("Misread at the first try"), MOST_ROWS, len(self.misread)
            ),
            " %",
            100,
            [say("{misread} of {asked}", misread=row.misread, asked=row.asked) for row in rows],
        )

    @cached_property
    @spoken
    def line(self) -> LinePlot:
        """The share of right answers, day by day."""
        days = self.over_time.tail(MOST_DAYS)
        labels = [str(day)[5:] for day in days.index]
        shares = [float(share) for share in days["share"]]
        return LinePlot(labels, shares, say("Right at the first try"), say("day"))

    @spoken
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
            [valued(str(value)) for value in table.index],
            [valued(str(value)) for value in table.columns],
            [[float(count) for count in row] for row in table.itertuples(index=False, name=None)],
            self.question_of(factor),
            unit=f" {say('times')}",
            most=float(table.to_numpy().max()),
            down=say("the vignette says"),
            across=say("read as"),
        )

    def on_text(self, guide: Guide | None = None) -> Shaded:
        """The text of a guide, each sentence shaded by how often it was misread.

        Raises ValueError where no guide is given, here or to `classroom`.
        """
        found = guide or self.guide
        if not isinstance(found, Guide):
            raise ValueError("give the guide: on_text(guide)")
        return shaded(found, self.attempts)

    def to_gradebook(
        self,
        path: str | os.PathLike[str],
        platform: str = "moodle",
        item: str = "",
        *,
        force: bool = False,
    ) -> None:
        """Write what each student has right at the first try, in percent, as a CSV for a gradebook.

        `platform`: "moodle" or "canvas". Students are known to it by the names of their files, so
        `names=True` is needed: call each file after the student's login. `item`: the column of the
        grade; default the guide's title. Raises AnswerError for another platform, for students
        without names and for two of one name, and FileExistsError as `save` does.
        """
        from ...exchange import gradebook

        if not self.names:
            raise AnswerError(["students without names: give classroom(folder, names=True)"])
        title = self.guide.title if isinstance(self.guide, Guide) else self.guide
        made = gradebook.table(self.attempts, self.students, platform, item or title or "Practice")
        files.write(Path(path), made, force=force)

    # --- in words -------------------------------------------------------------------------

    @property
    @spoken
    def messages(self) -> list[str]:
        """What was not read or is doubtful. Names the files, and so perhaps the students.

        What is wrong with a file is said in English.
        """
        return [*class_words.remarks(self, by_name=True)]

    @spoken
    def __str__(self) -> str:
        return folded(class_words.lines(self))

    def __repr__(self) -> str:
        students, tries = len(self.students), len(self.attempts)
        return f"<classroom: {counted(students, 'student')}, {tries} first tries>"

    @spoken
    def _repr_html_(self) -> str:
        headline = escape(class_words.headline(self))
        if not self.attempts:
            return f"<p>{headline}</p>"
        from ...tables.guide_tables import words_and_numbers

        remarks = class_words.remarks(self, by_name=self.names)
        items = "".join(f"<li>{escape(remark)}</li>" for remark in remarks)
        parts = [f"<p><b>{headline}</b></p>", f"<ul>{items}</ul>" if items else ""]
        parts += [self.heat_map.image]
        parts += [_head(say("By factor, the worst first")), words_and_numbers(self.factors)]
        parts += [_head(say("By kind of question")), self.by_kind.to_html()]
        return "\n".join(parts)

    # --- which guide ----------------------------------------------------------------------

    @property
    def guide_id(self) -> str | None:
        """The id of the guide that is counted alone."""
        return self.guide.id if isinstance(self.guide, Guide) else self.guide

    @property
    def words_in(self) -> str:
        """The language of the words."""
        return language_of(self.guide) if isinstance(self.guide, Guide) else ENGLISH

    def question_of(self, factor: str) -> str:
        """The question of a factor; its id where the guide is not given."""
        known = self.guide.factors if isinstance(self.guide, Guide) else ()
        return next((each.question for each in known if each.id == factor), f"{factor}:")

    def _worst(self, most: int) -> Iterator[Any]:
        return iter(self.misread.head(most).itertuples())

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


def _head(words: str) -> str:
    return f"<h4>{escape(words)}</h4>"
