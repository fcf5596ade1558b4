"""How firmly the text says a standing: in its own words, and by its grade.

Only what decides an option for a case says how firmly. Where several statements do, the firmest
grade is shown, by the order of `grades`, with the words of the statements that have it; where none
is graded, the words of all of them. Several words stand side by side while they are short;
otherwise those of the first statement stand for all. With answers missing, grade and words are
shown where they are the same however the open answers turn out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..messages import either, in_a_row, in_quotes, say, spoken, with_colon
from ..model.once import once
from ..model.parts import OneOrSeveral, Option, Reading, Standing, Statement, by_standing, listed
from .build import Tree, count_paths
from .decisions import decisions
from .paths import paths, standings_at
from .trees import of_everyone

# Walks say how firmly they stand, and import this module.
if TYPE_CHECKING:
    from .walk import Walk

MOST_LETTERS = 40  # of several words side by side
MOST_PATHS = 1000  # that are followed to say what is the same on all of them
MOST_KINDS = 2  # of being firm that a leaf shows
BETWEEN = " · "


@dataclass(frozen=True)
class Firmness:
    """The words that say how firmly the text says it, and its grade; "" where there is none.

    `others`: at a leaf, how firmly it says so for others who come there.
    """

    strengths: tuple[str, ...] = ()
    grade: str = ""
    others: tuple[Firmness, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.strengths or self.grade)

    @classmethod
    def of(cls, statement: Statement) -> Firmness:
        """How firmly one statement says what it says."""
        return cls((statement.strength,) if statement.strength else (), statement.grade)

    @property
    def strength(self) -> str:
        """The words side by side, as data."""
        return ", ".join(self.strengths)

    @property
    def words(self) -> str:
        """Words of the text between quotation marks, and the grade."""
        return either(each._own_words for each in (self, *self.others))

    @property
    def _own_words(self) -> str:
        quoted = in_a_row(in_quotes(each) for each in self.strengths)
        return BETWEEN.join(filter(None, (quoted, self.grade)))

    def after(self, label: str) -> str:
        """A standing in words, and after it how firmly the text says so.

        >>> Firmness(("may be considered",), "2C").after("Offered")
        'Offered · “may be considered” · 2C'
        >>> Firmness(grade="1A", others=(Firmness(grade="1B"),)).after("Offered")
        'Offered · 1A or 1B'
        """
        return BETWEEN.join(filter(None, (label, self.words)))

    def to_dict(self) -> dict[str, str | None]:
        """It as plain data; None where the text does not say."""
        return {"strength": self.strength or None, "grade": self.grade or None}


def firmness(
    reading: Reading, option: str, standing: Standing | None, answers: Mapping[str, OneOrSeveral]
) -> Firmness:
    """How firmly the text gives an option a standing, as far as the answers make it certain."""
    saying = [s for says, s in reading.on_option[option] if says is standing]
    # Most guides have neither, and their statements need not be weighed.
    if not any(s.strength or s.grade for s in saying):
        return Firmness()
    speaks = decisions(reading).speaks
    known = [(speaks(statement, option, answers), statement) for statement in saying]
    sure = [statement for is_sure, statement in known if is_sure]
    # If one more changes nothing, several more change nothing either.
    ways = [sure] * bool(sure) + [
        [s for is_sure, s in known if is_sure or s is one]
        for is_open, one in known
        if is_open is None
    ]
    return same(firmness_by(reading, deciding) for deciding in ways)


def firmness_by(reading: Reading, deciding: Sequence[Statement]) -> Firmness:
    """How firmly statements that decide together say it."""
    found = firmest(reading, deciding)
    strengths = tuple(statement.strength for statement in found if statement.strength)
    grade = found[0].grade if found else ""
    is_short = len(", ".join(strengths)) <= MOST_LETTERS
    return Firmness(strengths if is_short else strengths[:1], grade)


def firmest(reading: Reading, deciding: Sequence[Statement]) -> tuple[Statement, ...]:
    """Of some statements those of the firmest grade, or all where none has one; each in words of
    its own."""
    place = {grade: number for number, (grade, _) in enumerate(reading.grades)}
    grade = min((s.grade for s in deciding if s.grade), key=place.__getitem__, default="")
    those = [s for s in deciding if grade in ("", s.grade)]
    first: dict[str, Statement] = {}
    for statement in those:
        first.setdefault(statement.strength, statement)
    return tuple(first.values())


def same(several: Iterable[Firmness]) -> Firmness:
    """The words and the grade that are the same in all of them.

    >>> same([Firmness(("may",), "2C"), Firmness(("may",), "2B")]).words
    '“may”'
    """
    found = list(several)
    strengths, grades = {f.strengths for f in found}, {f.grade for f in found}
    return Firmness(
        strengths.pop() if len(strengths) == 1 else (), grades.pop() if len(grades) == 1 else ""
    )


def one_of(several: Iterable[Firmness], place: Mapping[str, int]) -> Firmness:
    """All of them, the firmest first, while they are few and short; or what is the same in them.

    `place`: of each grade, from the firmest on.

    >>> one_of([Firmness(grade="2C"), Firmness(("we do",), "1A")], {"1A": 0, "2C": 1}).words
    '“we do” · 1A or 2C'
    >>> one_of([Firmness(grade="2C"), Firmness()], {"2C": 0}).words
    ''
    """
    found = list(dict.fromkeys(several))
    first, *others = sorted(found, key=lambda each: place.get(each.grade, len(place)))
    both = Firmness(first.strengths, first.grade, tuple(others))
    is_short = len(found) <= MOST_KINDS and len(both.words) <= 2 * MOST_LETTERS
    return both if all(found) and is_short else same(found)


def firmness_of(walk: Walk) -> dict[str, Firmness]:
    """For each option how firmly the text gives it the standing that it has in a walk."""
    reading = walk.reading
    return {
        option: firmness(reading, option, found.standing, walk.answers)
        for option, found in walk.standings.items()
    }


@spoken
def in_words(walk: Walk, option: str) -> str:
    """The standing of an option within a sentence, or those that it may still get.

    >>> from tree import load
    >>> in_words(load("data/metastatic_liver_cancer").walk(), "resection")
    'not decided yet (not for this patient or first choice)'
    """
    subject, found = walk.reading.subject, walk.standings[option]
    if found.standing is None:
        left = subject.choices(found.possible)
        return say("not decided yet ({left})", left=left)
    firm = firmness(walk.reading, option, found.standing, walk.answers)
    return firm.after(subject.within(found.standing))


@spoken
def verdicts(
    reading: Reading,
    options: Iterable[Option],
    standings: Iterable[Standing],
    firm: Mapping[str, Firmness],
) -> list[tuple[str, list[Option]]]:
    """Options with the same standing and firmness together, under both in words.

    First choices come first, and among equals the firmest grade.
    """
    place = {grade: number for number, (grade, _) in enumerate(reading.grades)}
    found = []
    for standing, members in by_standing(options, standings):
        alike: dict[Firmness, list[Option]] = {}
        for option in members:
            alike.setdefault(firm.get(option.id, Firmness()), []).append(option)
        ordered = sorted(alike.items(), key=lambda pair: place.get(pair[0].grade, len(place)))
        found += [(f.after(reading.label(standing)), those) for f, those in ordered]
    return found


def verdicts_at(tree: Tree, leaf: int) -> list[tuple[str, list[Option]]]:
    """The outcome at a leaf: options under what the text says of them, and how firmly.

    Where it says so more firmly on some paths to the leaf than on others, it stands there as one
    or the other; where that is too long or not certain, only what is the same on all paths.
    """
    known = _known_verdicts(tree)
    if leaf not in known:
        firm = firmness_at(tree).get(leaf, {})
        known[leaf] = verdicts(tree.reading, tree.options, standings_at(tree, leaf), firm)
    return known[leaf]


@once
def _known_verdicts(tree: Tree) -> dict[int, list[tuple[str, list[Option]]]]:
    """Those that were asked for: a drawing writes them, and names its parts by them."""
    return {}


def verdicts_on_everyone(reading: Reading) -> list[tuple[str, list[Option]]]:
    """The same of the options with one standing for everyone.

    >>> from tree import load
    >>> verdicts_on_everyone(load("data/damaged_library_book"))
    []
    """
    same_for_all = of_everyone(reading)
    firm = {o.id: firmness(reading, o.id, standing, {}) for o, standing in same_for_all}
    return verdicts(reading, [o for o, _ in same_for_all], [s for _, s in same_for_all], firm)


@spoken
def everyone_lines(reading: Reading) -> list[str]:
    """What holds for everyone in words, line by line; none where there is no such option."""
    found = verdicts_on_everyone(reading)
    lines = (
        "    " + with_colon(verdict, listed(options, reading.groups)) for verdict, options in found
    )
    return [with_colon(say("For everyone")), *lines] if found else []


@once
def firmness_at(tree: Tree) -> dict[int, dict[str, Firmness]]:
    """For the leaves and options where it is certain how firmly, this; worked out once.

    Of a tree with more than MOST_PATHS paths nothing.
    """
    reading = tree.reading
    firm = [o.id for o in tree.options if any(s.strength or s.grade for s in _on(reading, o))]
    if not firm or count_paths(tree) > MOST_PATHS:
        return {}
    seen: dict[int, dict[str, list[Firmness]]] = {}
    for answers, leaf in paths(tree):
        ids = (option.id for option in tree.options)
        standings = dict(zip(ids, standings_at(tree, leaf), strict=True))
        for option in firm:
            each = firmness(reading, option, standings[option], answers)
            seen.setdefault(leaf, {}).setdefault(option, []).append(each)
    place = {grade: number for number, (grade, _) in enumerate(reading.grades)}
    return {
        leaf: {option: sure for option, each in found.items() if (sure := one_of(each, place))}
        for leaf, found in seen.items()
    }


def _on(reading: Reading, option: Option) -> Iterable[Statement]:
    return (statement for _, statement in reading.on_option[option.id])
