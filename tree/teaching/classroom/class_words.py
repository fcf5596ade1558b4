"""What a class misreads, in words, in the language in force; see `ClassResults`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...guide import Guide
from ...messages import plural, say, valued
from ..questions.questions import BRANCH, CONCORDANCE, NEXT, SENTENCE, STANDING, digest
from .gather import Gathered

if TYPE_CHECKING:
    import pandas as pd

    from .classroom import ClassResults

MOST_TOLD = 5


def lines(found: ClassResults) -> Iterator[str]:
    """The summary, line by line."""
    yield headline(found)
    yield from (f"  {remark}" for remark in remarks(found, found.names))
    if not found.attempts:
        return
    yield say("Misread most, at the first try:")
    for row in _rows(found.misread.head(MOST_TOLD)):
        says = f", {row.says}" if row.says else ""
        yield f'  {row.Index}. "{row.words}"{says}'
        misread = say(
            "misread {misread} of {times} ({share} %), by {learners} of {students}",
            misread=row.misread,
            times=_times(row.asked),
            share=row.share,
            learners=row.misread_by,
            students=_students(row.students),
        )
        yield f"     {misread}"
    yield say("By factor, the worst first:")
    for row in _rows(found.factors):
        parts = {"misread": row.misread, "times": _times(row.asked)}
        question = found.question_of(row.factor)
        misread = say("{question} misread {misread} of {times}", question=question, **parts)
        yield f"  {misread}"
        yield from _most_confused(found.confusion, row.guide, row.factor)
    yield say("By kind of question:")
    for row in _rows(found.by_kind):
        parts = {"right": row.right, "asked": row.asked, "share": row.share}
        right = say(
            "{kind}: {right} of {asked} right ({share} %)", kind=kind_in_words(row.Index), **parts
        )
        yield f"  {right}"


def headline(found: ClassResults) -> str:
    """How many have practised, and how well."""
    tries = len(found.attempts)
    if not tries:
        if found.guide_id:
            return say("Nothing of {guide} has been practised yet.", guide=found.guide_id)
        return say("Nothing has been practised yet.")
    return say(
        "{students}, {tries}, {share} % of them right.",
        students=_students(len(found.students)),
        tries=_first_tries(tries),
        share=round(100 * sum(attempt.right for attempt in found.attempts) / tries),
    )


def remarks(found: ClassResults, by_name: bool) -> Iterator[str]:
    """What was not read or is doubtful; `by_name`: which files, and not just how many."""
    yield from _by_name(found.gathered) if by_name else _how_many(found.gathered)
    yield from _doubts(found)


def _by_name(gathered: Gathered) -> Iterator[str]:
    # Why a file cannot be read is said in English, as all that is wrong with a file.
    yield from (*gathered.unreadable, *gathered.partly)
    if gathered.skipped:
        names = _first_of(gathered.skipped)
        yield say("skipped, not records of practice: {names}", names=names)
    if gathered.empty:
        names = _first_of(gathered.empty)
        yield say("records in which nothing has been practised: {names}", names=names)


def _first_of(names: tuple[str, ...]) -> str:
    more = len(names) - MOST_TOLD
    rest = plural(" and {count} more", " and {count} more", more) if more > 0 else ""
    return ", ".join(names[:MOST_TOLD]) + rest


def _how_many(gathered: Gathered) -> Iterator[str]:
    if count := len(gathered.unreadable):
        yield plural(
            "{count} file could not be read; see messages",
            "{count} files could not be read; see messages",
            count,
        )
    if count := len(gathered.partly):
        yield plural(
            "{count} file could be read in part; see messages",
            "{count} files could be read in part; see messages",
            count,
        )
    if count := len(gathered.skipped):
        yield plural(
            "{count} file skipped, not records of practice; see messages",
            "{count} files skipped, not records of practice; see messages",
            count,
        )
    if count := len(gathered.empty):
        yield plural("{count} file empty; see messages", "{count} files empty; see messages", count)


def _doubts(found: ClassResults) -> Iterator[str]:
    """What is doubtful, without names."""
    if found.gathered.differing:
        yield plural(
            "{count} attempt recorded differently in two files; one version is counted",
            "{count} attempts recorded differently in two files; one version is counted",
            found.gathered.differing,
        )
    if len(found.gathered.files.get("", ())) > 1:
        yield say("several files name no learner; they count as one student")
    versions = Counter((attempt.guide, attempt.guide_digest) for attempt in found.attempts)
    if isinstance(found.guide, Guide):
        now = found.guide.id, digest(found.guide, found.guide.vignettes)
        other = sum(count for version, count in versions.items() if version != now)
        if other:
            yield say(
                "{other} of {tries} answered another version of this guide; counted too",
                other=other,
                tries=_first_tries(len(found.attempts)),
            )
    else:
        for guide, several in Counter(guide for guide, _ in versions).items():
            if several > 1:
                yield plural(
                    "{guide}: answers to {count} version of it are counted together",
                    "{guide}: answers to {count} versions of it are counted together",
                    several,
                    guide=guide,
                )
    if len({guide for guide, _ in versions}) > 1:
        guides = ", ".join(sorted({guide for guide, _ in versions}))
        yield say(
            "several guides are counted: {guides}; classroom(..., guide=...) takes one",
            guides=guides,
        )


def _most_confused(table: Any, guide: str, factor: str) -> Iterator[str]:
    confused = [
        (int(count), str(expected), str(given))
        for (of, id, expected), row in table.iterrows()
        if (of, id) == (guide, factor)
        for given, count in row.items()
        if expected != given and count
    ]
    if confused:
        count, expected, given = max(confused, key=lambda each: each[0])
        most = say(
            "most often {expected} as {given} ({times})",
            expected=valued(expected),
            given=valued(given),
            times=_times(count),
        )
        yield f"    {most}"


def kind_in_words(name: str) -> str:
    """A kind of question; a record may name kinds that nobody knows."""
    kinds = {
        BRANCH: say("branch"),
        STANDING: say("standing"),
        NEXT: say("next"),
        SENTENCE: say("sentence"),
        CONCORDANCE: say("concordance"),
    }
    return kinds.get(name, name)


def students_in_words(found: ClassResults) -> list[str]:
    """The students by number; by name where they are named."""
    if found.names:
        return [*found.students.values()]
    numbers = range(1, len(found.students) + 1)
    return [say("student {number}", number=number) for number in numbers]


def title_of_worst(title: str, most: int, count: int) -> str:
    """The title of a picture, which may show only some of all statements."""
    if count <= most:
        return title
    return say(
        "{title} (the worst {most} of {count} statements)", title=title, most=most, count=count
    )


def _students(count: int) -> str:
    return plural("{count} student", "{count} students", count)


def _first_tries(count: int) -> str:
    return plural("{count} first try", "{count} first tries", count)


def _times(count: int) -> str:
    return plural("{count} time", "{count} times", count)


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    return iter(table.itertuples())
