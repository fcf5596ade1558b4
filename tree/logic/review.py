"""What is wrong or missing in a whole guide, as far as it could be read."""

from __future__ import annotations

import bisect
import contextlib
from collections.abc import Iterable, Iterator

from ..loading.overlaps import Together
from ..model.errors import WARNING, Problem, shortened, shown
from ..model.parts import EVERYTHING, Reading, Standing, Statement
from .beside import THERE
from .by_passage import for_passages
from .case_words import case_words
from .contradictions import contradictions
from .coverage import WHOLE, Claim, cover
from .decisions import WORK, decisions
from .diagrams import EVERYONE, NOBODY, TooMuchWork
from .implicants import shortest
from .scopes import check_scopes
from .suspicions import asking_less, half_claimed, never_shown, ungraded
from .trees import trees_of, undrawable

# How much is reported about one patient, about one kind of slip, and in one message.
MOST_CONFLICTS = 50
MOST_NAMED = 5

_IS_DRAFT, _CONFIRM = "is a draft", "compare it with the text, then delete this line"


def check(reading: Reading) -> list[Problem]:
    """Problems that only show when the parts of a guide are seen together."""
    return [*_never_used(reading), *_never_holding(reading)] if reading.statements else []


def review(reading: Reading) -> list[Problem]:
    """What is still to be done or looked at in a guide whose trees could be built.

    Errors: drafts, sentences that nobody claims, and conflicts that are not said to be meant.
    Warnings: sentences that may be dealt with only in part, lines whose sentences cannot be told
    apart, patients without any option, statements that never decide, factors that never matter,
    trees that are too large to be drawn.
    """
    return [
        *_drafts(reading),
        *unclaimed(reading),
        *half_claimed(reading),
        *asking_less(reading),
        *ungraded(reading),
        *check_scopes(reading),
        *_undivided(reading),
        *_conflicts(reading),
        *contradictions(reading),
        *_outweighing(reading),
        *_gaps(reading),
        *_never_decide(reading),
        *_never_matter(reading),
        *never_shown(reading),
        *_not_drawn(reading),
    ]


def unclaimed(reading: Reading) -> list[Problem]:
    """The sentences that the guide neither quotes nor sets aside as context."""
    return [*listed(reading), *_unclaimed(reading)]


def listed(reading: Reading) -> Iterator[Problem]:
    """The sentences that the author has listed as still to be claimed."""
    sentences = cover(reading).sentences if reading.unclaimed else ()
    starts = [sentence.words.start for sentence in sentences]
    ends = [sentence.words.end for sentence in sentences]
    for quote in reading.unclaimed:
        first = bisect.bisect_right(ends, quote.start)
        last = bisect.bisect_left(starts, quote.end)
        inside = sentences[first:last]
        if any(s.claim is Claim.UNCLAIMED for s in inside):
            message = "quote it in an entry, or move it to context"
            message = f"unclaimed sentence {shown(quote.line)}: {message}"
        elif inside:
            by = list(dict.fromkeys(name for s in inside for name in s.by))
            names = ", ".join([*map(shortened, by[:MOST_NAMED]), *["..."] * (len(by) > MOST_NAMED)])
            message = f"sentence {shown(quote.line)} is claimed by {names}: delete it here"
        else:
            message = f"mark {shown(quote.line)} is outside every sentence: delete it here"
        yield _problem(reading, ("unclaimed", str(quote.start)), message)


def _unclaimed(reading: Reading) -> Iterator[Problem]:
    spans = sorted((quote.start, quote.end) for quote in reading.unclaimed)
    for sentence in cover(reading).unclaimed:
        words = sentence.words
        before = bisect.bisect_left(spans, (words.end, 0))
        if before and spans[before - 1][1] > words.start:
            continue
        if sentence.whole_line and sentence.by:
            by = _listing(list(sentence.by))
            message = (
                f"unclaimed line {shown(words.line)}: {by} quote only a part of it; quote the "
            )
            message += "rest, or list it under context"
        else:
            message = f"unclaimed sentence {shown(words.line)}: quote it, or list it under context"
        yield Problem(reading.text.file, *reading.text.place(words.start), message)


def _undivided(reading: Reading) -> Iterator[Problem]:
    """Say where sentences cannot be told apart, and what is counted in their place."""
    lines = cover(reading).whole_lines
    if lines:
        place = reading.text.place(lines[0].words.start)
        where = "this line" if len(lines) == 1 else f"{len(lines)} lines, such as this one,"
        message = f"the sentences of {where} cannot be told apart: {WHOLE}"
        yield Problem(reading.text.file, *place, message, WARNING)


def _never_used(reading: Reading) -> Iterator[Problem]:
    # A draft may wait for the statement that a person is still to write; it is reported as a draft.
    asking = [*(s.condition for s in reading.statements), *(s.condition for s in reading.scopes)]
    asked = {factor for each in asking for factor in reading.asked_in(each)}
    asked |= {id for each in asking for conjunction in each for id, _ in conjunction}
    for factor in (*reading.factors, *reading.scores):
        if factor.id not in asked and ("factor", factor.id) not in reading.drafts:
            yield _never(reading, "factor", factor.id, "is never used by a statement")
    for option in reading.options:
        if not reading.on_option[option.id] and ("option", option.id) not in reading.drafts:
            yield _never(reading, "option", option.id, "is never used by a statement")


def _never_holding(reading: Reading) -> Iterator[Problem]:
    """Statements whose counts contradict the rest of their conditions."""
    counts = {count.id for count in reading.counts}
    counting = [s for s in reading.statements if counts & {id for c in s.condition for id, _ in c}]
    for statement in counting:
        with contextlib.suppress(TooMuchWork):
            if decisions(reading).held_by(statement) == NOBODY:
                message = f"statement {shown(statement.id)} can never hold: what it counts "
                message += "contradicts the rest of its condition"
                yield _problem(reading, ("statement", statement.id), message)


def _not_drawn(reading: Reading) -> Iterator[Problem]:
    for tree in trees_of(reading):
        if message := undrawable(tree):
            yield _problem(reading, ("option", tree.options[0].id), message, WARNING)


def _drafts(reading: Reading) -> Iterator[Problem]:
    for (kind, id), place in reading.drafts.items():
        name = "an entry of context" if kind == "context" else f"{kind} {shown(id)}"
        by = f", proposed by {reading.drafted}" * bool(reading.drafted)
        message = f"{name} {_IS_DRAFT}{by}: {_CONFIRM}"
        yield Problem(reading.file, *place, message)


def is_unconfirmed(problem: Problem) -> bool:
    """Whether all that is wrong is that nobody has confirmed an entry yet."""
    return f" {_IS_DRAFT}" in problem.message and problem.message.endswith(f": {_CONFIRM}")


def _conflicts(reading: Reading) -> Iterator[Problem]:
    """Options that one statement withholds and another prefers or offers, for one patient."""
    found = 0
    for option in reading.options:
        said = reading.on_option[option.id]
        speaking = Together(s for standing, s in said if standing is not Standing.WITHHELD)
        everything = speaking.conjunctions_of(s.id for _, s in said if EVERYTHING in s.outweighs)
        for withholding in (s for standing, s in said if standing is Standing.WITHHELD):
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
                    yield _problem(reading, ("statement", withholding.id), more)
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
            f"if it is meant to outweigh, say so: 'outweighs: {_listing(names)}'",
            WARNING if implied else "error",
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
            WARNING,
        )


def _never_decide(reading: Reading) -> Iterator[Problem]:
    """Statements that others outweigh for every patient, without saying so."""
    decided = decisions(reading)
    meant = {id for statement in reading.statements for id in statement.outweighs}
    statements = Together(reading.statements)
    saying = {
        (option, standing): statements.conjunctions_of(s.id for says, s in said if says is standing)
        for option, said in reading.on_option.items()
        for standing in {says for says, _ in said}
    }
    for statement in reading.statements:
        # It may be there for what it outweighs.
        if not statement.effects or statement.id in meant or decided.sets_aside(statement):
            continue
        if all(decided.never_decides(statement, option) for option, _ in statement.effects):
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
                f"is outweighed, see {_listing(others)}",
                WARNING,
            )


def _never_matter(reading: Reading) -> Iterator[Problem]:
    beside = (reading.asked_in(s.condition) for s in reading.statements if s.remark or s.relation)
    mattering = _asked(reading).union(*beside)
    left = [factor.id for factor in reading.factors if factor.id not in mattering]
    if left:
        mattering |= _asked_by_one_author(reading)
    for id in left:
        if id not in mattering:
            what = "never matters: whatever the answer is, the outcome is the same"
            yield _never(reading, "factor", id, what, WARNING)


def _asked_by_one_author(reading: Reading) -> frozenset[str]:
    """The factors that matter to one passage alone, though not to all of them together."""
    asked: set[str] = set()
    for passage in reading.text.passages:
        with contextlib.suppress(TooMuchWork):
            asked |= _asked(for_passages(reading, (passage.id,)))
    return frozenset(asked)


def _asked(reading: Reading) -> frozenset[str]:
    """The factors on which the standing of an option depends."""
    asked_by = decisions(reading).asked_by
    return frozenset[str]().union(*(asked_by(option.id) for option in reading.options))


def _never(reading: Reading, kind: str, id: str, what: str, severity: str = "error") -> Problem:
    return _problem(reading, (kind, id), f"{kind} {shown(id)} {what}", severity)


def _problem(
    reading: Reading, entry: tuple[str, str], message: str, severity: str = "error"
) -> Problem:
    return Problem(reading.file, *reading.places.get(entry, (1, 1)), message, severity)


def _named(reading: Reading, option: str, names: list[str]) -> str:
    """Statements and what they do to an option, as the subject of a sentence."""
    quoted = [shown(name) for name in names[:MOST_NAMED]]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    prefers = {reading.statement(name).effect_on(option) is Standing.PREFERRED for name in names}
    verb = "prefer or offer" if len(prefers) > 1 else "prefer" if prefers == {True} else "offer"
    return f"{', '.join(quoted)}{more} {verb}{'s' * (len(names) == 1)}"


def _listing(names: list[str]) -> str:
    shortened = [*names[:MOST_NAMED], *(["..."] if len(names) > MOST_NAMED else [])]
    return shortened[0] if len(names) == 1 else f"[{', '.join(shortened)}]"
