"""The reading said back in plain words, sentence by sentence: what an author proof-reads.

Beside each sentence stands what was made of it, with one case for which it holds and a near miss:
the same case with one answer changed, for which it does not hold. The field calls the pair a
positive example and its minimal counterfactual.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from ..loading.overlaps import joined
from ..messages import in_a_row, in_quotes, in_turn, plural, say, spoken, with_colon
from ..model.parts import Option, Reading, Scope, Standing, Statement, listed
from ..model.standing import SHOWN_FIRST
from ..model.text import Quote, folded
from .counted_descriptions import describe_counting
from .coverage import Claim, Sentence, cover
from .decisions import decisions
from .descriptions import Descriptions, describe_set, in_words
from .diagrams import NOBODY
from .near_miss import Answers, near_miss

FEW = 8  # descriptions that a reader still goes through


@dataclass(frozen=True)
class ReadStatement:
    """A statement in words. `who`: for whom, one alternative each; none where it always holds.

    `holds`: the answers of a case for which it holds; `misses`: the one answer that, changed,
    makes it not hold. Both are None where there is no such case. Prints with its words.
    """

    reading: Reading = field(repr=False)
    statement: Statement
    says: tuple[str, ...]
    who: tuple[str, ...]
    holds: Answers | None
    misses: tuple[str, str] | None

    def __str__(self) -> str:
        lines = (f"  {line}" for line in self.lines())
        return folded([f'"{self.statement.words}" ({self.statement.origin})', *lines])

    @spoken
    def lines(self, with_cases: bool = True) -> Iterator[str]:
        """What it says, for whom and why, line by line; `with_cases`: also the pair of cases."""
        how = [in_quotes(self.statement.strength)] * bool(self.statement.strength)
        how += [self.statement.grade] * bool(self.statement.grade)
        yield in_turn(self.says) + (f" ({in_a_row(how)})" if how else "")
        yield from _alternatives(self.who)
        if not self.who:
            yield f"  {say('for everyone')}"
        # Of one plain question the two cases say nothing new.
        if with_cases and self.holds and self.misses and len(self.holds) > 1:
            factor, value = self.misses
            case, near = (_in_full(self.reading, each) for each in (self.holds, {factor: value}))
            yield f"  {say('such as: {case}', case=case)}"
            yield f"  {say('but not with: {answer}', answer=near)}"
        if self.statement.because:
            yield f"  {say('implied, because: {reason}', reason=self.statement.because)}"
        if self.statement.outweighs:
            weaker = ", ".join(self.statement.outweighs)
            yield f"  {say('outweighs: {statements}', statements=weaker)}"


@dataclass(frozen=True)
class ReadSentence:
    """A sentence of the text, who claims it, and the statements that quote it.

    `scopes`: those whose condition it states, each with how many statements are in it.
    """

    sentence: Sentence
    statements: tuple[ReadStatement, ...]
    scopes: tuple[tuple[Scope, int], ...] = ()

    def lines(self, reading: Reading) -> Iterator[str]:
        """What was made of the sentence, line by line."""
        return _of_sentence(reading, self)


@dataclass(frozen=True)
class ReadOption:
    """An option, and for each standing that it can have, for whom.

    `standings`: in the fewest descriptions. `as_written`: for a standing with very many of these,
    the conditions of the statements that give it, where they say just the same.
    """

    option: Option
    standings: tuple[tuple[Standing, Descriptions], ...]
    as_written: Mapping[Standing, tuple[str, ...]]

    def lines(self, reading: Reading) -> Iterator[str]:
        """The option line by line."""
        return _of_option(reading, self)


@dataclass(frozen=True)
class ReadBack:
    """A guide said back: sentence by sentence, then option by option. Prints in words."""

    reading: Reading
    sentences: tuple[ReadSentence, ...]
    options: tuple[ReadOption, ...]

    def __str__(self) -> str:
        return folded(self.lines())

    def __repr__(self) -> str:
        return f"<{self.reading.id!r} read back: {len(self.sentences)} sentences>"

    @spoken
    def lines(self) -> Iterator[str]:
        """Line by line; `str` folds the long ones."""
        for sentence in self.sentences:
            yield f'"{sentence.sentence.words.line}"'
            yield from (f"    {line}" for line in sentence.lines(self.reading))
            yield ""
        for option in self.options:
            yield option.option.name
            yield from (f"    {line}" for line in option.lines(self.reading))
            yield ""


@spoken
def read_back(reading: Reading) -> ReadBack:
    """What was read in every sentence, and what it makes of every option.

    >>> from tree import load
    >>> read = load("data/metastatic_liver_cancer").read_back()
    >>> print(*read.sentences[3].lines(read.reading), sep=";")
    Offered: Ablation (“likely”);  for everyone
    """
    ids = {statement.id for statement in reading.statements}
    sentences = tuple(_sentence(reading, each, ids) for each in cover(reading).sentences)
    options = (_option(reading, option) for option in reading.options)
    return ReadBack(reading, sentences, tuple(options))


def _sentence(reading: Reading, sentence: Sentence, ids: Collection[str]) -> ReadSentence:
    # A factor may have the name of a statement.
    named = (reading.statement(id) for id in sentence.by if id in ids)
    quoting = (s for s in named if any(_meet(quote, sentence.words) for quote in s.quotes))
    scopes = [s for s in reading.scopes if any(_meet(q, sentence.words) for q in s.quotes)]
    held = Counter(id for statement in reading.statements for id in statement.scopes)
    return ReadSentence(
        sentence,
        tuple(read_statement(reading, each) for each in quoting),
        tuple((scope, held[scope.id]) for scope in scopes),
    )


@spoken
def read_statement(reading: Reading, statement: Statement) -> ReadStatement:
    """A statement in words, with a case for which it holds and one for which it just does not."""
    holds, misses = near_miss(reading, statement)
    says, who = _says(reading, statement), for_whom(reading, statement)
    return ReadStatement(reading, statement, says, who, holds, misses)


def for_whom(reading: Reading, asking: Statement | Scope) -> tuple[str, ...]:
    """For whom a condition holds, one alternative each; none where that is everyone."""
    if frozenset() in asking.condition:
        return ()
    allowed = map(joined, asking.condition)
    return tuple(_words(reading, each) for each in allowed if all(each.values())) or (
        say("nobody"),
    )


def _alternatives(who: Collection[str]) -> Iterator[str]:
    for number, alternative in enumerate(who):
        yield f"  {_or_for(alternative) if number else say('for: {who}', who=alternative)}"


def _or_for(who: str) -> str:
    return say("or for: {who}", who=who)


def _standing_for(reading: Reading, standing: Standing, who: str) -> str:
    # The label says "not for this patient"; here it is for several.
    if standing is Standing.WITHHELD:
        return say("not for: {who}", who=who)
    return say("{verdict} for: {who}", verdict=reading.subject.within(standing), who=who)


@spoken
def _of_sentence(reading: Reading, read: ReadSentence) -> Iterator[str]:
    claim, by = read.sentence.claim, ", ".join(read.sentence.by)
    if claim is Claim.UNCLAIMED:
        yield say("only a part of it was read yet") if by else say("nothing was read in it yet")
    elif claim is Claim.CONTEXT:
        yield say("decides nothing: {reason}", reason=by)
    elif not read.statements and not read.scopes:
        yield say("quoted by {names} alone", names=by)
    for scope, statements in read.scopes:
        yield plural(
            "a condition of {count} statement (scope {scope})",
            "a condition of {count} statements (scope {scope})",
            statements,
            scope=scope.id,
        )
        yield from _alternatives(for_whom(reading, scope))
    for statement in read.statements:
        yield from statement.lines()


@spoken
def _of_option(reading: Reading, read: ReadOption) -> Iterator[str]:
    for standing, descriptions in read.standings:
        each = (in_words(reading.factor, description) for description in descriptions.each)
        for number, described in enumerate(read.as_written.get(standing) or each):
            who = described or say("everyone")
            yield _or_for(who) if number else _standing_for(reading, standing, who)
        if descriptions.more and standing not in read.as_written:
            more = descriptions.more
            yield plural("and on {count} more path", "and on {count} more paths", more)


def _says(reading: Reading, statement: Statement) -> tuple[str, ...]:
    options: dict[Standing, list[Option]] = {}
    for option, standing in statement.effects:
        options.setdefault(standing, []).append(reading.option(option))
    found = [
        with_colon(reading.label(s), listed(each, reading.groups)) for s, each in options.items()
    ]
    related = statement.relation.words(reading.names) if statement.relation else ""
    return (*found, *filter(None, [related, statement.remark]))


def _words(reading: Reading, allowed: Mapping[str, frozenset[str]]) -> str:
    asked = (factor for factor in reading.every_factor if factor.id in allowed)
    return in_turn(factor.allowing(allowed[factor.id]) for factor in asked)


def _in_full(reading: Reading, case: Answers) -> str:
    return in_turn(reading.factor(id).allowing([value]) for id, value in case.items())


def _meet(one: Quote, other: Quote) -> bool:
    return one.start < other.end and other.start < one.end


def _option(reading: Reading, option: Option) -> ReadOption:
    decided = decisions(reading)
    cases = {standing: decided.cases(option.id, standing) for standing in SHOWN_FIRST}
    order = [s for s in SHOWN_FIRST if cases[s] != NOBODY]
    described = {s: describe_set(decided.sets, reading.factors, cases[s]) for s in order}
    as_written = {}
    for standing in order:
        if len(described[standing].each) > FEW:
            if words := _as_written(reading, option, standing):
                as_written[standing] = words
            else:
                described[standing] = describe_counting(reading, cases[standing])
    return ReadOption(option, tuple(described.items()), as_written)


def _as_written(reading: Reading, option: Option, standing: Standing) -> tuple[str, ...]:
    """For whom an option has a standing as its statements say it; none where more decides."""
    decided = decisions(reading)
    if standing is Standing.SILENT:
        return (say("everyone else"),)
    saying = [s for says, s in reading.on_option[option.id] if says is standing]
    if decided.sets.together(map(decided.held_by, saying)) != decided.cases(option.id, standing):
        return ()
    return tuple(who for statement in saying for who in for_whom(reading, statement))
