"""A student's guide against a finished one, judged by what it decides and not by its shape."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...changes.align import Aligned, align
from ...changes.outcomes import AFTER, BEFORE, OutcomeChange, Outcomes, outcomes
from ...changes.shared import Shared, shared_factors
from ...guide import Guide
from ...loading.loader import read
from ...loading.sources import folder, strings
from ...logic.decisions import decisions
from ...logic.descriptions import Description
from ...model.errors import Problem
from ...model.parts import Factor, Reading, Standing, Statement
from ...model.text import Quote
from ...opening import Report, check, check_text, load
from ..questions.steps import in_full
from .verdict import OutcomeDifference, Part, Verdict

# A student's guide: its folder, the guide itself, or its text and what stands in guide.yaml.
Submission = Guide | str | os.PathLike[str] | tuple[str, str]

# What `check` reports for a guide.yaml in which nothing is written.
_EMPTY = ("the file is empty", "the file holds nothing but comments")


def compare(student: Submission, reference: Guide | str | os.PathLike[str]) -> Verdict:
    """Judge a student's guide of a text by a finished one: by what is decided, not by its shape.

    `student`: a guide, its folder, or two strings: the text, and what stands in `guide.yaml`.
    An attempt that is empty, partial or broken is judged as far as it goes. Raises TreeError
    where the reference cannot be loaded.

    >>> print(compare("data/damaged_library_book", "data/damaged_library_book"))
    Right: for every book your guide says what the reference says.
    """
    guide = reference if isinstance(reference, Guide) else load(reference)
    found, problems, report = _attempt(student)
    verdict = Verdict(found, guide, report)
    if found is None:
        empty = all(problem.message in _EMPTY for problem in report.problems)
        return replace(verdict, begin=_first(guide) if empty else None)
    waiting = tuple(s.id for s in found.statements if s.is_blank)
    verdict = replace(verdict, waiting=waiting)
    if len(waiting) == len(found.statements):
        return replace(verdict, begin=_first(guide), factors=_shared(found, guide))
    if problems:
        usable, spoiled = _usable(found, problems)
        parts = tuple(_judged(usable, guide))
        return replace(verdict, parts=parts, spoiled=spoiled, factors=_shared(usable, guide))
    differences, result = _differences(align(found, guide))
    asking = (guide.asked_in(statement.condition) for statement in guide.statements)
    asked = {factor for each in asking for factor in each}
    return replace(
        verdict,
        whole=True,
        differences=differences,
        missing=tuple((s.factor.id, s.new) for s in result.factors if s.new and s.id in asked),
        too_large=result.too_large,
        factors=result.factors,
    )


def _attempt(student: Submission) -> tuple[Reading | None, Sequence[Problem], Report]:
    """What could be read of an attempt, what could not, and what is wrong with the whole."""
    if isinstance(student, Guide):
        return student, (), Report(student, ())
    if isinstance(student, tuple):
        return *read(strings(*student)), check_text(*student)
    report = check(student)
    try:
        source = folder(student)
    except ValueError:
        return None, report.problems, report
    return *read(source), report


def _first(reference: Reading) -> Quote | None:
    """The first sentence of the text that decides something."""
    quotes = [quote for s in reference.statements if s.effects for quote in s.quotes]
    first = min(quotes, key=lambda quote: quote.start, default=None)
    return first and in_full(reference.text, first)


def _shared(student: Reading, reference: Reading) -> tuple[Shared, ...]:
    return shared_factors(align(student, reference))


def _with(reading: Reading, statements: Iterable[Statement]) -> Reading:
    """A reading with these statements and no others."""
    return replace(reading, statements=tuple(statements))


# --- what differs -------------------------------------------------------------------------


def _differences(aligned: Aligned) -> tuple[tuple[OutcomeDifference, ...], Outcomes]:
    """What the two decide otherwise, the most telling first."""
    found = outcomes(aligned)
    alike: dict[object, list[OutcomeChange]] = {}
    for change in found.changes:
        key = (change.before, change.after, change.only, change.cases, change.more)
        alike.setdefault(key, []).append(change)
    each = [_difference(aligned, found.factors, changes) for changes in alike.values()]
    return tuple(_most_telling_first(each)), found


def _most_telling_first(found: Iterable[OutcomeDifference]) -> Iterator[OutcomeDifference]:
    """Those that concern most patients first, and each misread sentence once before any twice."""
    again = []
    told = set()
    for difference in sorted(found, key=lambda difference: -difference.weight):
        misread = tuple(s.quotes for s in difference.theirs or difference.mine)
        if misread in told:
            again.append(difference)
        else:
            told.add(misread)
            yield difference
    yield from again


def _difference(
    aligned: Aligned, factors: Sequence[Shared], changes: Sequence[OutcomeChange]
) -> OutcomeDifference:
    first = changes[0]
    factor = {shared.factor.id: shared.factor for shared in factors}
    # Paths that are too many to describe leave no patient to tell of.
    described: Description = first.cases[0].patients if first.cases else ()
    chosen = {id: values[0] for id, values in described}
    patient = {
        shared.factor.id: chosen.get(shared.factor.id, shared.factor.values[0])
        for shared in factors
    }
    option = first.option.id
    named = _deciding(aligned.named, option, first.before, _seen(patient, factors, BEFORE))
    pairs = zip(aligned.named.statements, aligned.before.statements, strict=True)
    share = sum(_share(case.patients, factor) for case in first.cases)
    return OutcomeDifference(
        options=tuple(change.option for change in changes),
        student=first.before,
        reference=first.after,
        cases=first.cases,
        more=first.more,
        only=first.only,
        patient=patient if first.cases else {},
        mine=tuple(own for statement, own in pairs if statement in named),
        theirs=_deciding(aligned.after, option, first.after, _seen(patient, factors, AFTER)),
        weight=share * len(changes),
    )


def _seen(patient: Mapping[str, str], factors: Iterable[Shared], side: str) -> dict[str, str]:
    """A patient whom both guides can describe, in the words of one of them."""
    found = {}
    for shared in factors:
        meaning = shared.before if side == BEFORE else shared.after
        value = patient.get(shared.factor.id)
        fitting = (own for own, met in (meaning or {}).items() if value in met)
        own = next(fitting, None)
        if own is not None:
            found[shared.id] = own
    return found


def _deciding(
    reading: Reading, option: str, standing: Standing, patient: Mapping[str, str]
) -> tuple[Statement, ...]:
    """The statements that give an option its standing for a patient."""
    said = (s for says, s in reading.on_option.get(option, ()) if says == standing)
    return tuple(s for s in said if decisions(reading).speaks(s, option, patient))


def _share(patients: Description, factor: Mapping[str, Factor]) -> float:
    """How much of everyone a description holds."""
    return math.prod(len(values) / len(factor[id].values) for id, values in patients)


# --- as far as a broken attempt goes ------------------------------------------------------


def _usable(reading: Reading, problems: Iterable[Problem]) -> tuple[Reading, tuple[str, ...]]:
    """What can be judged of a broken reading, and the names of the statements that cannot be."""
    places = sorted(set(reading.places.values()))
    wrong = sorted((p.line, p.column) for p in problems if p.file == reading.file)

    def broken(kind: str, id: str) -> bool:
        """Whether there is a problem from the beginning of an entry to that of the next one."""
        begins = reading.places.get((kind, id), (0, 0))
        ends = min((place for place in places if place > begins), default=(math.inf, 0))
        return any(begins <= place < ends for place in wrong)

    factors = tuple(f for f in reading.factors if not broken("factor", f.id))
    known = {factor.id for factor in factors}
    options = {option.id for option in reading.options}
    usable, spoiled = [], []
    for statement in reading.statements:
        named = {option for option, _ in statement.effects}
        named.update(statement.relation.options if statement.relation else ())
        if statement.is_blank:
            continue
        asked = reading.asked_in(statement.condition)
        if asked <= known and named <= options and not broken("statement", statement.id):
            usable.append(statement)
        else:
            spoiled.append(statement.id)
    return _with(replace(reading, factors=factors), usable), tuple(spoiled)


def _judged(student: Reading, reference: Reading) -> Iterator[Part]:
    """The statements that quote the same words, those of the student and those of the reference."""
    alike: dict[tuple[Statement, ...], list[Statement]] = {}
    for statement in student.statements:
        alike.setdefault(_counterparts(statement, student, reference), []).append(statement)
    for theirs, mine in alike.items():
        if not theirs:
            yield from (Part((statement,), (), ()) for statement in mine)
            continue
        aligned = align(_with(student, mine), _with(reference, theirs))
        yield Part(tuple(mine), theirs, _differences(aligned)[0])


def _counterparts(
    statement: Statement, student: Reading, reference: Reading
) -> tuple[Statement, ...]:
    """The statements of the reference with the same quotes, or with some of these words."""
    spans = [span for quote in statement.quotes for span in _places(quote, student, reference)]
    same = tuple(s for s in reference.statements if [(q.start, q.end) for q in s.quotes] == spans)
    return same or tuple(
        s
        for s in reference.statements
        if any(start < q.end and q.start < end for q in s.quotes for start, end in spans)
    )


def _places(quote: Quote, student: Reading, reference: Reading) -> list[tuple[int, int]]:
    """Where a quote of the student's text stands in that of the reference."""
    if student.text.content == reference.text.content:
        return [(quote.start, quote.end)]
    return reference.text.find(quote.line)[:1]
