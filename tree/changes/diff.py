"""Two guides side by side: for whom the outcome changed, and what changed in the words."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..logic.descriptions import in_words
from ..logic.trees import trees_of
from ..model.parts import Factor, Option, Reading, Statement, Subject
from ..model.text import counted, folded
from .align import align
from .entries import EntryChange, TextChange, entry_changes, marks_changed, reordered, text_changes
from .outcomes import AFTER, BEFORE, Case, OutcomeChange, outcomes
from .shared import Shared

MOST_SHOWN = 12  # descriptions of one change; `to_dict` has them all
# How the kinds of entries are called, in the order in which they are listed.
HEADINGS = {
    "statement": "Statements",
    "factor": "Factors",
    "option": "Options",
    "group": "Groups",
    "scope": "Scopes",
    "passage": "Passages",
    "context": "Context",
    "unclaimed": "Sentences listed as unclaimed",
    "example": "Examples",
    "guide": "The guide itself",
}
# What is not worth saying of a whole entry.
USUAL = {("basis", "stated"), ("condition", "everyone"), ("values", "yes, no")}


@dataclass(frozen=True)
class Size:
    """How large a tree is. `asked`: the factors that it asks, in order."""

    asked: tuple[str, ...]
    questions: int
    outcomes: int

    def __str__(self) -> str:
        counts = {"question": self.questions, "outcome": self.outcomes}
        return ", ".join(counted(count, what) for what, count in counts.items())


@dataclass(frozen=True)
class GuideChanges:
    """What changed from one guide to another. True if anything did; prints in words.

    `outcomes`: for whom the outcome changed; `factors`: the questions that describe them.
    `too_large`: the options on which the guides could not be compared. `entries`: what changed
    in `guide.yaml`, and `reordered` which kinds of entries only stand in another order. `text`:
    the sentences that changed, and `marks` whether the texts differ between their sentences, in
    bullets or numbers. `before` and `after`: the size of the trees. `subject`: whom the guide after
    speaks of.

    >>> import tree
    >>> liver = tree.load("data/metastatic_liver_cancer")
    >>> changed = tree.diff(liver, liver.for_passages("transplant_surgery"))
    >>> for line in list(changed.lines())[:4]:
    ...     print(line[:66])
    The outcome changed for some patients, on 1 option.
    <BLANKLINE>
    Complete surgical removal: not for this patient → first choice
      for patients with: Is there evidence that cancer has spread to o
    """

    outcomes: tuple[OutcomeChange, ...]
    too_large: tuple[Option, ...]
    factors: tuple[Shared, ...]
    entries: tuple[EntryChange, ...]
    reordered: tuple[str, ...]
    text: tuple[TextChange, ...]
    marks: bool
    before: Size
    after: Size
    subject: Subject

    def __bool__(self) -> bool:
        return bool(self.outcomes or self.entries or self.reordered or self.text or self.marks)

    @property
    def values(self) -> tuple[Shared, ...]:
        """The factors of which one guide knows values that the other does not."""
        return tuple(shared for shared in self.factors if shared.gone or shared.new)

    def factor(self, id: str) -> Factor:
        """The factor that a description names. KeyError if there is none."""
        return {shared.factor.id: shared.factor for shared in self.factors}[id]

    def __str__(self) -> str:
        return folded(self.lines())

    def __repr__(self) -> str:
        changed = len({change.option.id for change in self.outcomes})
        return (
            f"<diff: outcomes of {changed} options, {len(self.entries)} entries, "
            f"{len(self.text)} passages>"
        )

    # --- in words ------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        """The changes in words, line by line; `str` folds the long ones."""
        if not self:
            yield "Nothing changed."
            return
        yield from self._summary()
        alike: dict[object, list[OutcomeChange]] = {}
        for change in self.outcomes:
            key = (change.before, change.after, change.only, change.cases, change.more)
            alike.setdefault(key, []).append(change)
        for changes in alike.values():
            yield ""
            yield from self._outcome(", ".join(c.option.name for c in changes), changes[0])
        for kind, heading in HEADINGS.items():
            entries = [change for change in self.entries if change.kind == kind]
            if entries:
                yield from ("", heading)
            for entry in entries:
                yield from _entry(entry)
        if self.text:
            yield from ("", "Text")
        for passage in self.text:
            yield f"  {passage.passage or 'before the first passage'}"
            for removed, added in passage.edits:
                yield from (f"    - {sentence}" for sentence in removed)
                yield from (f"    + {sentence}" for sentence in added)
        if self.marks and not self.text:
            yield from ("", "Text", "  the same sentences, with other marks or in another order")
        if self.before != self.after:
            yield from ("", "Tree", f"  {self.before} → {self.after}")
            yield from _asked("no longer asked", self.before.asked, self.after.asked)
            yield from _asked("asked now", self.after.asked, self.before.asked)

    def _summary(self) -> Iterator[str]:
        whom = " that both guides can describe" if self.values else ""
        count = len({change.option.id for change in self.outcomes})
        if self.outcomes:
            some = f"some {self.subject.plural}{whom}"
            yield f"The outcome changed for {some}, on {counted(count, 'option')}."
        elif not self.too_large:
            yield f"No {self.subject.singular}'s outcome changed{whom}."
        for option in self.too_large:
            yield f"{option.name}: too many statements concern it to compare the guides."
        for shared in self.values:
            yield from _values(shared)
        if self.reordered:
            kinds = ", ".join(HEADINGS[kind].lower() for kind in self.reordered)
            yield f"In another order: {kinds}. That changes no outcome."

    def _outcome(self, options: str, change: OutcomeChange) -> Iterator[str]:
        """One change, and the options that it is the same for."""
        only = f" (only {change.only})" if change.only else ""
        said = f"{self.subject.within(change.before)} → {self.subject.within(change.after)}"
        yield f"{options}{only}: {said}"
        shown = change.cases[:MOST_SHOWN]
        for (before, after), cases in itertools.groupby(shown, _deciding):
            for number, case in enumerate(cases):
                who = in_words(self.factor, case.patients)
                yield (
                    f"  {'or' if number else f'for {self.subject.plural}'} with: {who}"
                    if who
                    else "  for everyone"
                )
            yield from self._because(BEFORE, before, change)
            yield from self._because(AFTER, after, change)
        if len(change.cases) > len(shown):
            yield f"  and {len(change.cases) - len(shown)} more descriptions"
        if change.more:
            yield f"  and {change.more} more paths, too many to describe"

    def _because(
        self, side: str, statements: tuple[Statement, ...], change: OutcomeChange
    ) -> Iterator[str]:
        for statement in statements:
            what = self._what(side, statement.id)
            yield f'    {side}: "{statement.words}" ({statement.origin}{what and f"; {what}"})'
        if not statements:
            silent = (
                "there is no such option" if change.only not in ("", side) else "nothing is said"
            )
            yield f"    {side}: {silent}"

    def _what(self, side: str, id: str) -> str:
        """What happened to a statement from one guide to the other."""
        for entry in self.entries:
            if entry.kind == "statement" and id == getattr(entry, side):
                return "" if entry.what == "renamed" and not entry.fields else entry.what
        return ""

    # --- as data -------------------------------------------------------------------------

    def to_dict(self) -> dict[str, object]:
        """The changes as plain data, ready for JSON."""
        return {
            "changed": bool(self),
            "outcomes": [
                {
                    "option": change.option.id,
                    "name": change.option.name,
                    "before": str(change.before),
                    "after": str(change.after),
                    "only": change.only or None,
                    "cases": [_case_data(case) for case in change.cases],
                    "more": change.more,
                }
                for change in self.outcomes
            ],
            "too_large": [option.id for option in self.too_large],
            "values": [
                {"factor": shared.id, "gone": list(shared.gone), "new": list(shared.new)}
                for shared in self.values
            ],
            "entries": [
                {
                    "kind": entry.kind,
                    "what": entry.what,
                    "before": entry.before,
                    "after": entry.after,
                    "fields": {field.name: [field.before, field.after] for field in entry.fields},
                }
                for entry in self.entries
            ],
            "reordered": list(self.reordered),
            "text": [
                {
                    "passage": change.passage,
                    "author": change.author,
                    "edits": [
                        {"removed": list(removed), "added": list(added)}
                        for removed, added in change.edits
                    ],
                }
                for change in self.text
            ],
            "marks": self.marks,
            "tree": {
                side: {
                    "asked": list(size.asked),
                    "questions": size.questions,
                    "outcomes": size.outcomes,
                }
                for side, size in ((BEFORE, self.before), (AFTER, self.after))
            },
        }


def diff(before: Reading, after: Reading) -> GuideChanges:
    """What changed from one guide to another."""
    aligned = align(before, after)
    found = outcomes(aligned)
    text = text_changes(aligned)
    names = aligned.names["factor"]
    return GuideChanges(
        found.changes,
        found.too_large,
        found.factors,
        entry_changes(aligned),
        reordered(aligned),
        text,
        marks_changed(aligned),
        _size(before, names),
        _size(after, {}),
        after.subject,
    )


def _size(reading: Reading, names: Mapping[str, str]) -> Size:
    trees = trees_of(reading)
    every = {factor for tree in trees for factor in tree.factors}
    return Size(
        tuple(names.get(factor.id, factor.id) for factor in reading.factors if factor.id in every),
        sum(len(tree.nodes) - len(tree.leaves) for tree in trees),
        sum(len(tree.outcomes) for tree in trees),
    )


def _deciding(case: Case) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    return case.before, case.after


def _values(shared: Shared) -> Iterator[str]:
    if shared.before is None:
        yield f"{shared.id}: no answer fits both guides, so it is taken as two questions."
        return
    if shared.gone:
        yield f"{shared.id}: only before: {', '.join(shared.gone)}."
    if shared.new:
        yield f"{shared.id}: only after: {', '.join(shared.new)}."


def _entry(change: EntryChange) -> Iterator[str]:
    name = change.before if change.after is None else change.after
    if change.kind in ("context", "unclaimed"):
        name = f'"{name}"'
    was = f", before: {change.before}" if change.what == "renamed" else ""
    yield f"  {change.what}{name and f' {name}'}{was}"
    whole = change.before is None or change.after is None
    for field in change.fields:
        before, after = field.before or "(nothing)", field.after or "(nothing)"
        if not whole:
            yield f"      {field.name}: {before} → {after}"
        elif (field.name, field.before or field.after) not in USUAL:
            yield f"      {field.name}: {field.before or field.after}"


def _asked(what: str, these: Collection[str], others: Collection[str]) -> Iterator[str]:
    only = [factor for factor in these if factor not in others]
    if only:
        yield f"  {what}: {', '.join(only)}"


def _case_data(case: Case) -> dict[str, object]:
    return {
        "answers": {factor: list(values) for factor, values in case.patients},
        **{
            side: [
                {
                    "statement": statement.id,
                    "quotes": [quote.line for quote in statement.quotes],
                    "origin": statement.origin,
                }
                for statement in statements
            ]
            for side, statements in ((BEFORE, case.before), (AFTER, case.after))
        },
    }
