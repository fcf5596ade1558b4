"""The parts of a guide, as plain frozen data: what a person writes after reading a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..messages import both, in_a_row, say, spoken
from . import checked_answers
from .answers import UNKNOWN as UNKNOWN
from .answers import Band as Band
from .factors import Factor as Factor
from .factors import OneOrSeveral as OneOrSeveral
from .factors import capitalized as capitalized
from .relations import Relation as Relation
from .standing import PATIENT, SHOWN_FIRST
from .standing import Standing as Standing
from .standing import Subject as Subject
from .text import Quote, Text, in_one_line


@dataclass(frozen=True)
class Option:
    """A course of action. `short`: a label where the name takes too much room."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    does: tuple[Quote, ...] = ()
    quotes: tuple[Quote, ...] = ()
    short: str = ""

    @property
    def label(self) -> str:
        """What stands where there is little room: its short label, or its name."""
        return self.short or self.name


@dataclass(frozen=True)
class Group:
    """Options that a statement can name at once."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    does: tuple[Quote, ...] = ()
    quotes: tuple[Quote, ...] = ()
    options: tuple[str, ...] = ()


def by_standing(
    options: Iterable[Option], standings: Iterable[Standing]
) -> list[tuple[Standing, list[Option]]]:
    """Options with the same standing together: first choice, offered, withheld, silent.

    >>> tea, rest = Option("tea", "Tea"), Option("rest", "Rest")
    >>> [(str(s), len(found)) for s, found in by_standing([tea, rest], ["offered", "offered"])]
    [('offered', 2)]
    """
    found: dict[Standing, list[Option]] = {standing: [] for standing in SHOWN_FIRST}
    for option, standing in zip(options, standings, strict=True):
        found[Standing(standing)].append(option)
    return [(standing, members) for standing, members in found.items() if members]


def arranged(options: Sequence[Option], groups: Iterable[Group]) -> list[tuple[str, list[Option]]]:
    """Options in order, those of a group together under its name; the others under "".

    A group is named where all its options are among these. The largest groups come first.

    >>> tea, cocoa, rest = Option("tea", "Tea"), Option("cocoa", "Cocoa"), Option("rest", "Rest")
    >>> drinks = Group("drinks", "Drinks", options=("tea", "cocoa"))
    >>> [(name, len(found)) for name, found in arranged([tea, rest, cocoa], [drinks])]
    [('Drinks', 2), ('', 1)]
    """
    left = {option.id for option in options}
    group_of: dict[str, Group] = {}
    for group in sorted(groups, key=lambda group: -len(group.options)):
        if len(group.options) > 1 and left.issuperset(group.options):
            left.difference_update(group.options)
            group_of.update(dict.fromkeys(group.options, group))
    found: dict[object, tuple[str, list[Option]]] = {}
    for option in options:
        near = group_of.get(option.id)
        _, members = found.setdefault(near or option, (near.name if near else "", []))
        members.append(option)
    return list(found.values())


def listed(options: Sequence[Option], groups: Iterable[Group]) -> str:
    """Options as a list in words, the names of groups before their options.

    >>> tea, cocoa = Option("tea", "Tea"), Option("cocoa", "Cocoa")
    >>> listed([tea, cocoa], [Group("drinks", "Drinks", options=("tea", "cocoa"))])
    'Drinks (Tea, Cocoa)'
    """
    parts = []
    for name, members in arranged(options, groups):
        names = in_a_row(option.name for option in members)
        parts.append(f"{name} ({names})" if name else names)
    return in_a_row(parts)


# A condition in disjunctive normal form: it holds when one of its conjunctions does, and a
# conjunction holds when every factor in it has one of the values named. One empty conjunction
# always holds.
Conjunction = frozenset[tuple[str, frozenset[str]]]
Condition = tuple[Conjunction, ...]
ALWAYS: Condition = (frozenset(),)
# A statement that outweighs this outweighs all others on its options.
EVERYTHING = "everything"


@dataclass(frozen=True)
class Scope:
    """A stretch of the text, `text.content[start:end]`, whose statements share a condition.

    `quotes`: the words that state the condition.
    """

    id: str
    start: int
    end: int
    condition: Condition = ALWAYS
    quotes: tuple[Quote, ...] = ()

    def holds(self, quote: Quote) -> bool:
        """Whether a quote lies inside.

        >>> Scope("winter", 0, 40).holds(Quote("snow", 36, 40, "p"))
        True
        """
        return self.start <= quote.start and quote.end <= self.end


@dataclass(frozen=True)
class Statement:
    """One clause of the text: its words, a condition, and what it says where that holds.

    It has effects on options, or a relation of options, or a remark.
    `condition` is all that must hold: what the clause says itself, the condition of every scope
    in `scopes`, and not `unless`, the exceptions as they are written. `strength`: the words of its
    quotes that say how firmly the text says it; `grade`: what the text calls this.
    """

    id: str
    quotes: tuple[Quote, ...]
    condition: Condition = ALWAYS
    effects: tuple[tuple[str, Standing], ...] = ()
    remark: str = ""
    basis: str = "stated"
    because: str = ""
    # The statements that it outweighs where both hold: it is their exception.
    outweighs: tuple[str, ...] = ()
    unless: Condition = ()
    scopes: tuple[str, ...] = ()
    strength: str = ""
    grade: str = ""
    relation: Relation | None = None

    @property
    def words(self) -> str:
        """All words that it quotes, on one line."""
        return in_one_line(self.quotes)

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing yet."""
        return not self.effects and not self.remark and not self.relation

    @property
    def origin(self) -> str:
        """Its passage, and whether it is stated or implied."""
        basis = say("implied") if self.basis == "implied" else say("stated")
        return f"{self.quotes[0].passage}, {basis}"

    def effect_on(self, option: str) -> Standing | None:
        """What it does to one option, or None."""
        return dict(self.effects).get(option)


@dataclass(frozen=True)
class Reading:
    """A text and everything that was read in it: the content of one folder under `data/`."""

    id: str
    title: str
    text: Text
    factors: tuple[Factor, ...]
    options: tuple[Option, ...]
    statements: tuple[Statement, ...]
    # Factors that count others, in conditions alone: nobody is asked for them.
    counts: tuple[Factor, ...] = ()
    groups: tuple[Group, ...] = ()
    examples: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    # Sentences that decide nothing, each with the reason: a heading, a signature, ….
    context: tuple[tuple[Quote, str], ...] = ()
    language: str = "en"
    # The language of its screens, where that is another than the language of the text.
    words_in: str = ""
    scopes: tuple[Scope, ...] = ()
    subject: Subject = PATIENT
    # What each grade means, in their order.
    grades: tuple[tuple[str, str], ...] = ()
    # The options that the author shows in one tree, under the name of the tree.
    shown_together: tuple[tuple[str, tuple[str, ...]], ...] = ()
    # The authors of the passages that it is of, where it is not of the whole text.
    heard: tuple[str, ...] = ()
    # Sentences that the author has listed as still to be dealt with.
    unclaimed: tuple[Quote, ...] = ()
    file: str = ""
    # (kind, id) → line and column of the entry in the file, for problems found later.
    places: Mapping[tuple[str, str], tuple[int, int]] = field(
        default_factory=dict, compare=False, repr=False
    )
    # The entries that are proposed and not confirmed yet, each with the place that says so.
    drafts: Mapping[tuple[str, str], tuple[int, int]] = field(
        default_factory=dict, compare=False, repr=False
    )
    # Who proposed them, and when.
    drafted: str = field(default="", compare=False)
    # How to have every file's lines, to show where a problem stands.
    lines: Mapping[str, Callable[[], Sequence[str]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def names(self) -> dict[str, str]:
        """What each option and group is called."""
        groups = {group.id: group.name for group in self.groups}
        return groups | {option.id: option.name for option in self.options}

    @property
    def scores(self) -> tuple[Factor, ...]:
        """The counts that have a name and words of their own."""
        return tuple(count for count in self.counts if count.quotes)

    @property
    def every_factor(self) -> tuple[Factor, ...]:
        """The factors, and after them the counts of others: all that a condition can name."""
        return (*self.factors, *self.counts)

    @spoken
    def label(self, standing: Standing) -> str:
        """How a standing is written for people; see `Subject.label`.

        Of some passages alone it is their authors who do not say: others may.
        """
        if standing is Standing.SILENT and self.heard:
            authors = both(self.heard)
            if self.heard[1:]:
                return say("{authors} do not say", authors=authors)
            return say("{author} does not say", author=authors)
        return self.subject.label(standing)

    def factor(self, id: str) -> Factor:
        """The factor, or the count of others, of this name. KeyError if there is none."""
        return self._factors.get(id) or self._counts[id]

    def option(self, id: str) -> Option:
        """The option of this name. KeyError if there is none."""
        return self._options[id]

    def statement(self, id: str) -> Statement:
        """The statement of this name. KeyError if there is none."""
        return self._statements[id]

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.statements}

    @cached_property
    def _options(self) -> dict[str, Option]:
        return {option.id: option for option in self.options}

    @cached_property
    def _factors(self) -> dict[str, Factor]:
        return {factor.id: factor for factor in self.factors}

    @cached_property
    def _counts(self) -> dict[str, Factor]:
        return {count.id: count for count in self.counts}

    def applicable(self, case: Mapping[str, str]) -> dict[str, str]:
        """A case without the answers to questions that do not apply to it."""
        return {id: value for id, value in case.items() if self.factor(id).applies(case)}

    def asked_in(self, condition: Iterable[Conjunction]) -> frozenset[str]:
        """The factors that a condition asks, or several; of a count, those that it counts."""
        named = {id for conjunction in condition for id, _ in conjunction}
        counted = {other for id in named for other, _ in self.factor(id).points}
        counted |= {id for other in counted for id, _ in self.factor(other).asked_if}
        return frozenset((named | counted) - self._counts.keys())

    @cached_property
    def on_option(self) -> dict[str, tuple[tuple[Standing, Statement], ...]]:
        """For each option, the statements about it, strongest first, then as in the file."""
        found: dict[str, list[tuple[Standing, Statement]]] = {o.id: [] for o in self.options}
        for statement in self.statements:
            for option, standing in statement.effects:
                found[option].append((standing, statement))
        return {
            option: tuple(sorted(pairs, key=lambda pair: -pair[0].strength))
            for option, pairs in found.items()
        }

    def check_answers(self, answers: Mapping[str, object]) -> dict[str, str]:
        """The known answers, in the guide's order; "unknown" and None are left out.

        `answers.Spelling` says what an answer means: it may be written in several ways, and a
        number stands for the value whose band holds it. Raises AnswerError, naming every factor
        and value that does not fit.
        """
        return checked_answers.one_each(self.factors, self.counts, answers)

    def check_possible(self, answers: Mapping[str, object]) -> dict[str, OneOrSeveral]:
        """The same, where an answer may also leave several values possible: see `Factor.answer`.

        Raises AnswerError as `check_answers` does.
        """
        return checked_answers.some_each(self.factors, self.counts, answers)
