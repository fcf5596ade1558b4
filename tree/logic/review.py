"""What is wrong or missing in a whole guide, as far as it could be read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

from ..loading.overlaps import Together
from ..model.errors import ERROR, WARNING, Problem, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import EVERYTHING, Reading, Standing, Statement
from .beside import THERE
from .by_passage import for_passages
from .case_words import case_answers, case_words
from .contradictions import contradictions
from .decisions import WORK, Decisions, decisions
from .diagrams import EVERYONE, NOBODY, TooMuchWork
from .implicants import shortest
from .scopes import check_scopes
from .suspicions import asking_less, half_claimed, never_shown, ungraded
from .trees import trees_of, undrawable
from .unclaimed import MOST_NAMED, listing, unclaimed, undivided

# How much is reported about one kind of slip.
MOST_CONFLICTS = 50


def check(reading: Reading) -> list[Problem]:
    """Problems that only show when the parts of a guide are seen together."""
    if not reading.statements:
        return []
    unused = [] if _is_begun(reading) else _never_used(reading, ERROR)
    return [*unused, *_never_holding(reading)]


def review(reading: Reading) -> list[Problem]:
    """What is still to be done or looked at in a guide whose trees could be built.

    Errors: drafts, sentences that nobody claims, and conflicts that are not said to be meant.
    Warnings: what no statement uses yet, sentences that may be dealt with only in part, lines whose
    sentences cannot be told apart, patients without any option, statements that never decide,
    factors that never matter, trees that are too large to be drawn.
    """
    return [
        *_drafts(reading),
        *_never_used(reading, WARNING),
        *unclaimed(reading),
        *half_claimed(reading),
        *asking_less(reading),
        *ungraded(reading),
        *check_scopes(reading),
        *undivided(reading),
        *_conflicts(reading),
        *contradictions(reading),
        *_outweighing(reading),
        *_gaps(reading),
        *_never_decide(reading),
        *_never_matter(reading),
        *never_shown(reading),
        *_not_drawn(reading),
    ]


def _is_begun(reading: Reading) -> bool:
    """Whether something is left to confirm or to read: the statements may still come."""
    return bool(reading.drafts or reading.unclaimed)


def _never_used(reading: Reading, severity: str) -> Iterator[Problem]:
    # A draft may wait for the statement that a person is still to write; it is reported as a draft.
    unused = "is never used by a statement"
    asking = [each for statement in reading.statements for each in statement.condition]
    asking += [each for scope in reading.scopes for each in scope.condition]
    asked = reading.asked_in(asking) | {id for conjunction in asking for id, _ in conjunction}
    for factor in (*reading.factors, *reading.scores):
        if factor.id not in asked and ("factor", factor.id) not in reading.drafts:
            finding = Finding(FindingKind.NEVER_USED_QUESTION, factor=factor.id)
            yield _never(reading, "factor", factor.id, unused, finding, severity)
    for option in reading.options:
        if not reading.on_option[option.id] and ("option", option.id) not in reading.drafts:
            finding = Finding(FindingKind.NEVER_USED_OPTION, option=option.id)
            yield _never(reading, "option", option.id, unused, finding, severity)


def _never_holding(reading: Reading) -> Iterator[Problem]:
    """Statements whose counts contradict the rest of their conditions."""
    counts = {count.id for count in reading.counts}
    counting = [s for s in reading.statements if counts & {id for c in s.condition for id, _ in c}]
    for statement in counting:
        with contextlib.suppress(TooMuchWork):
            if decisions(reading).held_by(statement) == NOBODY:
                message = f"statement {shown(statement.id)} can never hold: what it counts "
                message += "contradicts the rest of its condition"
                finding = Finding(FindingKind.NEVER_HOLDS, statement=statement.id)
                yield _problem(reading, ("statement", statement.id), message, finding)


def _not_drawn(reading: Reading) -> Iterator[Problem]:
    for tree in trees_of(reading):
        if message := undrawable(tree):
            finding = Finding(FindingKind.NOT_DRAWN, options=tuple(o.id for o in tree.options))
            yield _problem(reading, ("option", tree.options[0].id), message, finding, WARNING)


def _drafts(reading: Reading) -> Iterator[Problem]:
    for (kind, id), place in reading.drafts.items():
        name = "an entry of context" if kind == "context" else f"{kind} {shown(id)}"
        by = f", proposed by {reading.drafted}" * bool(reading.drafted)
        message = f"{name} is a draft{by}: compare it with the text, then delete this line"
        yield Problem(reading.file, *place, message, finding=Finding(FindingKind.DRAFT))


def is_unconfirmed(problem: Problem) -> bool:
    """Whether all that is wrong is that nobody has confirmed an entry yet."""
    return problem.finding is not None and problem.finding.kind is FindingKind.DRAFT


def _conflicts(reading: Reading) -> Iterator[Problem]:
    """Options that one statement withholds and another prefers or offers, for one patient."""
    found = 0
    for option in reading.options:
        said = reading.on_option[option.id]
        withholdings = [s for standing, s in said if standing is Standing.WITHHELD]
        if not withholdings:
            continue
        speaking = Together(s for standing, s in said if standing is not Standing.WITHHELD)
        everything = speaking.conjunctions_of(s.id for _, s in said if EVERYTHING in s.outweighs)
        for withholding in withholdings:
            meant = everything | speaking.conjunctions_of(withholding.outweighs)
            meant |= speaking.conjunctions_of(
                s.id for _, s in said if withholding.id in s.outweighs
            )
            if EVERYTHING in withholding.outweighs:
                meant = speaking.every
            against = speaking.meeting(withholding) & ~meant
            names = _met(reading, withholding, speaking.named(against))
            for problem in _pulling(reading, option.id, withholding, names) if names else ():
                found += 1
                if found > MOST_CONFLICTS:
                    more = "conflicts; the rest follows once these are fixed"
                    more = f"more than {MOST_CONFLICTS} {more}"
                    finding = Finding(FindingKind.MORE_CONFLICTS, count=MOST_CONFLICTS)
                    yield _problem(reading, ("statement", withholding.id), more, finding)
                    return
                yield problem


def _met(reading: Reading, statement: Statement, names: Iterable[str]) -> list[str]:
    """Those of some statements that hold for a case for which this one holds, too.

    `Together` has found them clause by clause; whether counts contradict each other, it cannot see.
    """
    if not reading.counts:
        return list(names)
    meet = decisions(reading).meet
    return [name for name in names if meet(statement, reading.statement(name))]


def _pulling(
    reading: Reading, option: str, withholding: Statement, against: list[str]
) -> Iterator[Problem]:
    """What to say of a statement that withholds an option which others prefer or offer."""
    stated = [id for id in against if reading.statement(id).basis == "stated"]
    gives_way = stated if withholding.basis == "implied" else []
    place = ("statement", withholding.id)
    for names in filter(None, ([a for a in against if a not in gives_way], gives_way)):
        implied = names is gives_way
        case = decisions(reading).case_of(reading.statement(names[0]), withholding)
        patient = case_words(reading, case or {})
        yield _problem(
            reading,
            place,
            f"{'implied' if implied else 'conflict'}: {shown(withholding.id)} withholds "
            f"{shown(option)}, which {_named(reading, option, names)} for the same "
            f"{reading.subject.singular}, such as {patient}; "
            f"{'it is implied, and gives way there; ' * implied}"
            f"if it is meant to outweigh, say so: 'outweighs: {listing(names)}'",
            Finding(
                FindingKind.GIVES_WAY if implied else FindingKind.CONFLICT,
                statement=withholding.id,
                option=option,
                others=tuple(names[:MOST_NAMED]),
                case=case_answers(reading, case or {}),
            ),
            WARNING if implied else ERROR,
        )


def _outweighing(reading: Reading) -> Iterator[Problem]:
    """Statements that are said to outweigh what they never meet."""
    statements = {statement.id: statement for statement in reading.statements}
    for statement in reading.statements:
        for other in (statements[id] for id in statement.outweighs if id in statements):
            if not decisions(reading).meet(statement, other):
                yield _problem(
                    reading,
                    ("statement", statement.id),
                    f"statement {shown(statement.id)} never meets {shown(other.id)}, which it "
                    f"outweighs: no {reading.subject.singular} fits both",
                    Finding(FindingKind.NEVER_MEETS, statement=statement.id, others=(other.id,)),
                    WARNING,
                )


def _gaps(reading: Reading) -> Iterator[Problem]:
    """The cases in which no option is preferred or offered, with one of the shortest."""
    decided = decisions(reading)
    decided.sets.left = WORK
    try:
        speaking = decided.sets.together(
            decided.cases(option.id, standing) for option in reading.options for standing in THERE
        )
        silent = decided.sets.less(EVERYONE, speaking)
    except TooMuchWork:
        return
    if silent != NOBODY:
        path = decided.values_on(shortest(decided.sets, silent))
        yield _problem(
            reading,
            ("guide", "statements"),
            "gap: no option is preferred or offered for some, such as for "
            f"{case_words(reading, path)}; right where the text says so or is silent",
            Finding(FindingKind.GAP, case=case_answers(reading, path)),
            WARNING,
        )


def _never_decide(reading: Reading) -> Iterator[Problem]:
    """Statements that others outweigh for every patient, without saying so."""
    decided = decisions(reading)
    # Such a statement may be there for what it outweighs.
    meant = {id for statement in reading.statements for id in statement.outweighs}
    idle = [
        s
        for s in reading.statements
        if s.effects
        and s.id not in meant
        and not decided.sets_aside(s)
        and all(decided.never_decides(s, option) for option, _ in s.effects)
    ]
    if not idle:
        return
    statements = Together(reading.statements)
    saying = {
        (option, standing): statements.conjunctions_of(s.id for says, s in said if says is standing)
        for option, said in reading.on_option.items()
        for standing in {says for says, _ in said}
    }
    for statement in idle:
        stronger = 0
        for option, standing in statement.effects:
            for other in list(Standing)[: list(Standing).index(standing)]:
                stronger |= saying.get((option, other), 0)
            by = decided.outweighing(statement, option)
            by += decided.giving_way_to(statement, option)
            stronger |= statements.conjunctions_of(other.id for other in by)
        meeting = stronger & statements.meeting(statement)
        others = _met(reading, statement, statements.named(meeting))
        yield _problem(
            reading,
            ("statement", statement.id),
            f"statement {shown(statement.id)} never decides anything: wherever it holds, it "
            f"is outweighed, see {listing(others)}",
            Finding(
                FindingKind.NEVER_DECIDES,
                statement=statement.id,
                others=tuple(others[:MOST_NAMED]),
            ),
            WARNING,
        )


def _never_matter(reading: Reading) -> Iterator[Problem]:
    others = [s for s in reading.statements if s.remark or s.relation]
    beside = [each for statement in others for each in statement.condition]
    mattering = _asked(decisions(reading)) | reading.asked_in(beside)
    left = {factor.id for factor in reading.factors} - mattering
    # What does not matter to all authors together may matter to one who asks it.
    naming = [s for s in reading.statements if left & reading.asked_in(s.condition)] if left else []
    # Only to what these speak of can it matter.
    options = {option for statement in naming for option, _ in statement.effects}
    for passage in {quote.passage for statement in naming for quote in statement.quotes}:
        with contextlib.suppress(TooMuchWork):
            mattering |= _asked(Decisions(for_passages(reading, (passage,)), options))
    for factor in reading.factors:
        if factor.id not in mattering:
            what = "never matters: whatever the answer is, the outcome is the same"
            finding = Finding(FindingKind.NEVER_MATTERS, factor=factor.id)
            yield _never(reading, "factor", factor.id, what, finding, WARNING)


def _asked(decided: Decisions) -> frozenset[str]:
    """The factors on which the standing of an option depends."""
    return frozenset[str]().union(*map(decided.asked_by, decided.standing))


def _never(
    reading: Reading, kind: str, id: str, what: str, finding: Finding, severity: str = ERROR
) -> Problem:
    return _problem(reading, (kind, id), f"{kind} {shown(id)} {what}", finding, severity)


def _problem(
    reading: Reading,
    entry: tuple[str, str],
    message: str,
    finding: Finding,
    severity: str = ERROR,
) -> Problem:
    place = reading.places.get(entry, (1, 1))
    return Problem(reading.file, *place, message, severity, finding=finding)


def _named(reading: Reading, option: str, names: list[str]) -> str:
    """Statements and what they do to an option, as the subject of a sentence."""
    quoted = [shown(name) for name in names[:MOST_NAMED]]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    prefers = {reading.statement(name).effect_on(option) is Standing.PREFERRED for name in names}
    verb = "prefer or offer" if len(prefers) > 1 else "prefer" if prefers == {True} else "offer"
    return f"{', '.join(quoted)}{more} {verb}{'s' * (len(names) == 1)}"
