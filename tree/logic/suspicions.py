"""What looks as if something was forgotten, though nothing is wrong with it."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ..model.errors import WARNING, Problem, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import Reading, Statement
from ..model.relations import RelationKind
from ..model.text import Quote
from .beside import ever_shown
from .coverage import Claim, cover, covered

ENOUGH = 2  # statements beside one, so that they are a custom


def half_claimed(reading: Reading) -> Iterator[Problem]:
    """Sentences of which a part may have been forgotten."""
    entries = {factor.id for factor in reading.factors}
    entries |= {option.id for option in reading.options}
    # A sentence may do no more than say what an option is.
    does = [quote for option in reading.options for quote in option.does]
    does += [quote for group in reading.groups for quote in group.does]
    explaining = sorted((quote.start, quote.end) for quote in does)
    statements = {statement.id for statement in reading.statements}
    context = sorted((quote.start, quote.end) for quote, _ in reading.context)
    for sentence in cover(reading).sentences:
        words, by = sentence.words, set(sentence.by)
        if sentence.whole_line:
            continue
        near = _overlapping(context, words)
        if sentence.claim is Claim.USED and near and by & statements:
            message = f"is used by {', '.join(sentence.by)}, and listed under context as well"
            kind = FindingKind.USED_AND_ASIDE
        elif sentence.claim is Claim.USED and by and by <= entries - statements:
            if near or _overlapping(explaining, words):
                continue
            message = f"is quoted by {', '.join(sentence.by)} alone: does no statement rest on it?"
            kind = FindingKind.SAYS_NOTHING_OF_IT
        elif sentence.claim is Claim.CONTEXT and not covered(
            reading.text.content, words.start, words.end, near
        ):
            message = "is listed under context in part: does the rest decide nothing either?"
            kind = FindingKind.ASIDE_IN_PART
        else:
            continue
        place = reading.text.place(words.start)
        message = f"sentence {shown(words.line)} {message}"
        finding = Finding(kind, sentence=words)
        yield Problem(reading.text.file, *place, message, WARNING, finding=finding)


def _overlapping(spans: list[tuple[int, int]], words: Quote) -> list[tuple[int, int]]:
    """The spans, sorted, that share a letter with these words."""
    last = bisect.bisect_left(spans, (words.end, 0))
    found = []
    for start, end in reversed(spans[:last]):
        if end <= words.start:
            break
        found.append((start, end))
    return found[::-1]


def asking_less(reading: Reading) -> Iterator[Problem]:
    """Statements that do not ask what all those beside them in the paragraph ask."""
    for beside in _paragraphs(reading):
        if len(beside) <= ENOUGH:
            continue
        asked = {s.id: reading.asked_in(s.condition) for s in beside}
        asking = Counter(factor for each in asked.values() for factor in each)
        # The factors that all but one of them ask.
        common = [f.id for f in reading.factors if asking[f.id] == len(beside) - 1]
        fewest = sorted(map(len, asked.values()))[:2]
        rules = {id for statement in beside for id in statement.outweighs}
        for statement in beside if common and fewest[0] < fewest[1] else ():
            missing = [factor for factor in common if factor not in asked[statement.id]]
            # A rule asks less than its exceptions.
            if missing and len(asked[statement.id]) == fewest[0] and statement.id not in rules:
                yield Problem(
                    reading.file,
                    *reading.places.get(("statement", statement.id), (1, 1)),
                    f"statement {shown(statement.id)} does not ask {', '.join(missing)}: the "
                    "statements beside it all do; does it hold for the others, too?",
                    WARNING,
                    finding=Finding(
                        FindingKind.ASKS_LESS, statement=statement.id, factors=tuple(missing)
                    ),
                )


def ungraded(reading: Reading) -> Iterator[Problem]:
    """Grades in brackets, such as (1A), in sentences that no statement with this grade quotes."""
    if not reading.grades:
        return
    text = reading.text
    ends = [end for _, end in text.sentences]
    quoting = {
        (place, statement.grade)
        for statement in reading.statements
        for quote in statement.quotes
        for place in range(
            bisect.bisect_right(ends, quote.start), bisect.bisect_left(ends, quote.end) + 1
        )
    }
    aside = sorted((quote.start, quote.end) for quote, _ in reading.context)
    grades = "|".join(re.escape(grade) for grade, _ in reading.grades)
    for mark in re.finditer(rf"[(\[]({grades})[)\]]", text.content):
        place = bisect.bisect_right(ends, mark.start())
        words = text.quote(mark.start(), mark.end())
        if (place, mark[1]) not in quoting and not _overlapping(aside, words):
            message = f"no statement with the grade {shown(mark[1])} quotes this sentence: "
            message += "was it forgotten, or its grade?"
            start, end = text.sentences[min(place, len(ends) - 1)]
            sentence = text.quote(start, end)
            finding = Finding(FindingKind.GRADE_FORGOTTEN, words=mark[1], sentence=sentence)
            at = text.place(mark.start())
            yield Problem(text.file, *at, message, WARNING, finding=finding)


def never_shown(reading: Reading) -> Iterator[Problem]:
    """Relations whose options are never there where they hold."""
    for statement in reading.statements:
        relation = statement.relation
        if relation and not ever_shown(reading, statement, relation):
            several = relation.kind is not RelationKind.INSTEAD
            there = "two of its options are" if several else shown(relation.members[-1].id) + " is"
            yield Problem(
                reading.file,
                *reading.places.get(("statement", statement.id), (1, 1)),
                f"statement {shown(statement.id)} is never shown: for no "
                f"{reading.subject.singular} for whom it holds {there} preferred or offered",
                WARNING,
                finding=Finding(FindingKind.NEVER_SHOWN, statement=statement.id),
            )


def _paragraphs(reading: Reading) -> Iterator[list[Statement]]:
    """The statements that decide something, by the paragraph that they quote first."""
    text = reading.text.content
    starts = [0, *(match.end() for match in re.finditer(r"\n[^\S\n]*\n", text))]
    found: dict[int, list[Statement]] = defaultdict(list)
    for statement in reading.statements:
        if statement.effects and statement.quotes:
            place = bisect.bisect_right(starts, statement.quotes[0].start)
            found[place].append(statement)
    return iter(found.values())
