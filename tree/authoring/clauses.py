"""A sentence → what its clauses say, as places in the text: conditions, options, standings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..reading import Standing
from .atoms import AnyOf, Atom, Atoms, both
from .cues import Cues, Found, Rule
from .phrases import Name, Span

LONGEST_CLAUSE = 600
_LONGEST_LEAD = 16
_LONGEST_ACTOR = 4
_WHO = re.compile(r"\b(?:who|whoever)\s+\Z", re.I)
# Some of a kind: "a book that", "children who", but not "the book that".
_SOME = re.compile(
    r"(?:(?:an?|any|every)\s+(?:[\w-]+\s+){1,2}|(?:\w+\s+)?\w+s\s+|(?!(?:the|this|it|so|but)\s)\w+\s+)"
    r"(?:(?:who|whose|that|which)\s+\S+|with|without|under|over|aged|allergic)\s",
    re.I,
)
_MAIN_VERB = re.compile(
    r"(?<!\bwho)(?<!\balso)(?<!\bthat)(?<!\bwhich)(?<!\bor)(?<!\band),?\s+(?=(?:is|are|has|have|gets?|may|can|must|should|will|needs?|does|do|never|belongs?)\s)"
)
_NEAR = 150
# Where a condition ends although there is no comma: after rain it should be avoided.
_RESUMED = re.compile(r"\s+(?=(?:it|they|you|we|there|he|she)\s)", re.I)
_DETERMINER = re.compile(
    r"(?:a|an|the|some|any|your|his|her|their|its|this|that|these|those|it|them|him|with|at|to|"
    r"on|in|up|off|out|for|more|less|no|every|each|away|down|as|only)\b",
    re.I,
)
_IMPERATIVE = Rule("imperative", "prefer the action", "")
_VERB_FIRST = re.compile(
    r"([^\W\d_]{2,20}(?<!ing)(?<!ed)(?<!ly)(?<![^s]s))\s+(?:a|an|the|your|his|her|their|its|it|them|him|"
    r"any|some|each|every|all|both|up|off|out|down|away|back)\b",
    re.I,
)
_ALL = re.compile(r"\b(?:all|both)\b", re.I)
_BE = re.compile(r"\b(?:is|are|was|were|be)\b", re.I)
# The rules for cases that are named with a preposition.
_CASES = ("in_people", "in_those", "for_a_case", "for_some")
_EFFECTS = (
    "prefer what stands before",
    "offer what stands before",
    "withhold what stands before",
    "the best",
    "withhold what stands after",
    "offer what stands after",
    "offer what stands after, for those before",
    "prefer what stands after",
    "needs what stands after",
    "withhold the action after",
    "offer the action after",
    "prefer the action after",
    "prefer what stands after, for those before",
    "prefer all of it",
    "offer all of it",
    "prefer what stands after, whoever says it",
    "offer what stands after, whoever says it",
    "withhold what stands after, whoever says it",
)
_LAST_RESORTS = ("offer, at last, the action after", "offer, at last, all of it")


# A condition that stands before it in the same sentence, perhaps behind an "unless": the wording
# alone does not tell which.
_POINTS_BACK = re.compile(
    r"\W*+(?:(?:and|but)\s++)?in (?:that|this|such|these|those)(?: a)? (?:cases?|situations?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """What one clause says, as far as its wording shows it."""

    span: Span
    condition: AnyOf = ()
    limited: bool = False  # the condition says for whom alone it is
    refers: str = ""  # to the condition before: "same" or "otherwise"
    standing: Standing | None = None
    names: tuple[Name, ...] = ()
    members: tuple[Name, ...] = ()  # of a group, where the name is that of one
    of_before: bool = False  # the option is one named before: "it", "this option"
    same_effect: bool = False
    impossible: Span | None = None
    asks_items: str = ""  # the items of the list after it are conditions: "any" or "all"
    chain: bool = False  # goes on with the options of the sentence before: "one such option"
    continues: bool = False  # with "and", after a clause whose condition goes on
    lead: AnyOf = ()  # the condition that it begins with
    doubt: str = ""  # what is left to be asked


class Clauses(Atoms):
    """Reads the clauses of one text."""

    def __init__(self, content: str, cues: Cues) -> None:
        super().__init__(content, cues)
        self.dividers = _dividers(cues)

    def read(self, start: int, end: int) -> list[Clause]:
        """The clauses of a sentence. What is too long to be one is left alone."""
        return [self.clause(a, b) for a, b in self.divided(start, end) if b - a <= LONGEST_CLAUSE]

    def divided(self, start: int, end: int) -> Iterator[Span]:
        """A sentence cut at semicolons, dashes and the like, and before "but"."""
        begin = start
        for match in self.dividers.finditer(self.content, start, end):
            if match.start() > begin and match.end() < end:
                if match["added"] and not self.both_act(begin, match, end):
                    continue
                yield begin, match.start()
                begin = match.end()
        yield begin, end

    def both_act(self, begin: int, added: re.Match[str], end: int) -> bool:
        """Whether something is done on both sides of ", and", each time to something else."""
        before = self.effect(max(begin, added.start() - _NEAR), added.start())
        after = self.effect(added.end(), min(end, added.end() + _NEAR)) if before else None
        if not after:
            return False
        between = self.content[added.end() : after.start]
        if "," in between or re.search(r"\b(?:who|that|which)\b", between):
            return False
        return len(between.split()) > 1

    def clause(self, start: int, end: int) -> Clause:
        begin = self.skipped(start, end)
        refers = ""
        for cue in ("same", "otherwise"):
            if not refers and (found := self.cues.at(cue, self.content, begin, end)):
                refers = cue
                begin = self.skipped(found.end, end)
        lead, begin = ((), begin) if refers else self.lead(begin, end)
        if lead is None:
            return Clause((start, end), doubt="for whom does it hold, and what follows then?")
        for_whom, resumed = self.best_for(begin, end)
        lead = both(lead, for_whom)
        main_end, found, pieces = self.trailing(resumed, end)
        asks_items = ""
        if found and self.is_open(pieces[-1][0].end, end):
            asks_items = "all" if _ALL.search(self.content, pieces[-1][0].end, end) else "any"
            pieces = []
        effect = self.effect(begin, main_end)
        if not effect and (lead or pieces):
            effect = self.first(_LAST_RESORTS, begin, main_end)
        joined = re.compile(r"\s*and\b", re.I).match(self.content, start, end)
        clause = Clause(
            (start, end), refers=refers, asks_items=asks_items, lead=lead, continues=bool(joined)
        )
        if effect is None:
            impossible = self.cues.find("impossible", self.content, begin, end)
            same = self.cues.at("the same effect", self.content, begin, end)
            if impossible:
                return replace(clause, condition=lead, impossible=(begin, impossible.end))
            if same:
                subject = self.subject(same.end, self.trimmed(same.end, end)[1])
                return replace(clause, condition=subject, same_effect=bool(subject))
            if asks_items:
                return replace(clause, condition=lead)
            condition = both(lead, self.any_of(pieces)) or self.of_some(begin, end)
            if not condition:
                return clause
            return replace(clause, condition=condition, doubt="which option is meant here?")
        return self.with_effect(clause, effect, (begin, main_end), pieces)

    def with_effect(
        self, clause: Clause, effect: Found, main: Span, pieces: list[tuple[Found, Span]]
    ) -> Clause:
        """The clause with what it does to which options, and for whom."""
        cue = effect.rule.cue
        clause = replace(
            clause,
            condition=both(clause.lead, self.any_of(pieces)),
            limited=bool(pieces and pieces[0][0].rule.cue == "limit"),
            standing=_standing(effect.rule),
            chain=effect.rule.name in ("one_such_option", "options_include"),
        )
        if cue == "limit":
            limit = self.any_of(self.pieces(effect, clause.span[1]))
            clause = replace(clause, limited=True, condition=both(clause.lead, limit))
        if cue == "the best":
            names, of_before = self.of_the_best(effect, *main)
            clause = replace(clause, names=names, of_before=of_before)
        elif cue.endswith("all of it"):
            some = self.of_some(main[0], effect.start)
            condition = both(clause.condition, some)
            names = self.whole(effect.end if some else main[0], main[1])
            clause = replace(clause, condition=condition, names=names)
        elif cue.endswith("for those before"):
            clause = self.of_those(clause, effect, main, self.those(main[0], effect.start))
        elif cue == "limit" or cue.endswith("what stands before"):
            clause = self.of_what_stands_before(clause, effect, main, pieces)
        else:
            clause = self.of_what_stands_after(clause, effect, main)
        return replace(clause, doubt=clause.doubt or self.doubt(clause, cue))

    def doubt(self, clause: Clause, cue: str) -> str:
        """What is to be asked of a clause whose effect is known."""
        if clause.asks_items:
            return ""
        before = self.content[: clause.span[0]].rstrip()[-1:]
        if before in (",", ";") and _POINTS_BACK.match(self.content, *clause.span):
            return "in which case? these words point back"
        unconditional = not (clause.condition or clause.refers)
        if unconditional and (cue == "prefer the action" or cue.endswith("all of it")):
            return "is this a course of action, or a remark?"
        opens_list = self.content[clause.span[1] - 1] == ":"
        named = clause.names or clause.members or clause.of_before
        return "" if named or opens_list else "which option is meant here?"

    def of_those(self, clause: Clause, effect: Found, main: Span, those: AnyOf) -> Clause:
        """Patients with a cold can be given tea: the option after, for those before."""
        names, members, of_before = self.after(effect.end, main[1])
        condition = both(clause.condition, those)
        return replace(
            clause, condition=condition, names=names, members=members, of_before=of_before
        )

    def of_what_stands_before(
        self, clause: Clause, effect: Found, main: Span, pieces: list[tuple[Found, Span]]
    ) -> Clause:
        begin, end = main
        people = self.somebody(begin, effect.start)
        if people:
            return self.of_those(clause, effect, main, people)
        none = self.cues.at("none of it", self.content, self.trimmed(*main)[0], end)
        if none and none.end < effect.start:
            begin, clause = none.end, replace(clause, standing=Standing.WITHHELD)
        condition = clause.condition
        case = self.cues.find("condition", self.content, begin, effect.start)
        if case and case.rule.name in _CASES and not case.rule.whole and case.start > begin:
            # Antibiotics for patients with a cold are not recommended.
            condition = both(condition, self.atoms(case, case.end, effect.start))
        if clause.standing is Standing.WITHHELD:
            refused = self.refused(effect.end, end if pieces else clause.span[1])
            if refused and pieces:
                # Either is enough: not advised in winter, or if the soil is wet.
                condition = (*refused, *self.any_of(pieces))
            else:
                condition = both(condition, refused)
        names, members, of_before = self.before(begin, effect.start)
        return replace(
            clause, condition=condition, names=names, members=members, of_before=of_before
        )

    def of_what_stands_after(self, clause: Clause, effect: Found, main: Span) -> Clause:
        begin, end = main
        subject = self.subject_of(begin, effect)
        if subject is None:
            # Whoever acts, where it is said for which case: then the owner must pay.
            few = len(self.content[begin : effect.start].split()) <= _LONGEST_ACTOR
            if not few or not (clause.condition or clause.refers):
                return replace(clause, doubt="of whom is this said?")
            subject = ()
        if effect.rule.cue == "prefer the action":
            names, members, of_before = self.action(effect.start, end)
        elif effect.rule.cue.endswith("the action after"):
            names, members, of_before = self.action(effect.end, end)
        else:
            names, members, of_before = self.after(effect.end, end)
        return replace(
            clause,
            condition=both(clause.condition, subject),
            limited=clause.limited or bool(subject and self.only(begin, effect.start)),
            names=names,
            members=members,
            of_before=of_before,
        )

    def of_some(self, begin: int, end: int) -> AnyOf:
        """For whom a clause is, where it only speaks of some: a book that is torn stays here."""
        match = _SOME.match(self.content, begin, end)
        if not match:
            return ()
        verb = _MAIN_VERB.search(self.content, match.end(), end)
        return self.subject(begin, verb.start() if verb else end)

    def lead(self, begin: int, end: int) -> tuple[AnyOf | None, int]:
        """The condition that a clause begins with, and where its main part begins.

        None for the condition where the two cannot be told apart.
        """
        none = self.cues.words("no_condition").match(self.content, begin, end)
        if none:
            # In place of paying, ...: what it speaks of goes with it.
            goes_on = re.compile(r"[^,]{1,60},").match(self.content, none.end(), end)
            open_end = re.search(r"(?:of|to|from)\Z", none.group())
            after = goes_on.end() if goes_on and open_end else none.end()
            return (), self.skipped(after, end)
        for cue in ("condition", "exception", "limit", "leading condition"):
            found = self.cues.at(cue, self.content, begin, end)
            if not found:
                continue
            comma = self.comma(found.end, end)
            second = re.compile(r"\s*\S+\s+\S+").match(self.content, found.end, end)
            if comma is None and second and found.rule.cue != "limit":
                resumed = _RESUMED.search(self.content, second.end(), end)
                comma = resumed.start() if resumed else None
            if comma is None:
                if cue == "leading condition" or found.rule.name in ("in_people", "for_a_case"):
                    return (), begin
                return (None, begin) if not self.is_open(found.end, end) else ((), begin)
            if len(self.content[begin:comma].split()) > 2 * _LONGEST_LEAD:
                return None, begin
            span = (found.start if found.rule.whole else found.end), comma
            return self.any_of([(found, span)]), self.skipped(comma, end)
        return (), begin

    def best_for(self, begin: int, end: int) -> tuple[AnyOf, int]:
        """The condition inside "the best treatment for young children is", and where it ends."""
        best = self.cues.find("the best", self.content, begin, end)
        be = _BE.search(self.content, best.end, end) if best else None
        if not best or not be or _BE.search(self.content, begin, best.start):
            return (), begin
        cue = self.cues.find("condition", self.content, best.end, be.start())
        if not cue or cue.rule.name not in _CASES or cue.rule.name == "in_those":
            return (), be.start()
        inner = cue.start if cue.rule.whole else cue.end
        return self.atoms(cue, inner, be.start()), be.start()

    def trailing(self, begin: int, end: int) -> tuple[int, Found | None, list[tuple[Found, Span]]]:
        """Where the main part ends, and the conditions after it."""
        search = begin
        while True:
            places = [
                found
                for cue in ("condition", "exception", "limit")
                if (found := self.cues.find(cue, self.content, search, end))
            ]
            if not places:
                return end, None, []
            found = min(places, key=lambda place: (place.start, -place.end))
            if found.rule.cue == "limit" and self.is_effect(found):
                return end, None, []
            none = self.cues.words("no_condition").match(self.content, found.start, end)
            subject = found.start <= begin
            even = self.content[max(begin, found.start - 5) : found.start].lower() == "even "
            if none or subject or even or self.in_subject(begin, found, end):
                search = max(none.end() if none else 0, found.end)
                continue
            return found.start, found, self.pieces(found, end)

    def in_subject(self, begin: int, found: Found, end: int) -> bool:
        """Whether a case stands before the words that say what is done, and not after them."""
        if found.rule.name not in _CASES:
            return False
        return not self.effect(begin, found.start) and bool(self.effect(found.end, end))

    def is_effect(self, found: Found) -> bool:
        """Whether a limit says something of the words before it: "is limited to"."""
        return (
            bool(_BE.search(found.rule.words))
            or "<be>" in found.rule.words
            or ("be (<done>)" in found.rule.words)
        )

    def subject_of(self, begin: int, effect: Found) -> AnyOf | None:
        """The people before "should take" and the like, as a condition; None where unsure."""
        start, end = self.trimmed(begin, effect.start)
        if start >= end or effect.rule.cue.endswith("whoever says it"):
            return ()
        addressed = self.cues.words("addressed").match(self.content, start, end)
        if addressed and addressed.end() >= end - 1:
            return ()
        if not effect.rule.cue.startswith(("withhold", "prefer", "offer the action", "needs")) and (
            effect.rule.name not in ("may_use", "benefit_from")
        ):
            return ()
        subject = self.subject(start, end)
        if subject:
            return subject
        if effect.rule.name in ("not_treated_with",):
            return ((self.judged(Atom((start, end), True, f"Is it {self.words(start, end)}?")),),)
        return None

    def effect(self, begin: int, end: int) -> Found | None:
        """The words that say what is done to an option."""
        first = self.imperative(begin, end)
        if first:
            after = self.trimmed(first.end, end)[0]
            if _DETERMINER.match(self.content, after, end) and not _BE.match(
                self.content, after, end
            ):
                return first
        known = self.first(_EFFECTS, begin, end)
        places = [known] if known else []
        places += [
            found
            for found in self.cues.all("limit", self.content, begin, end)[:1]
            if self.is_effect(found)
        ]
        impossible = self.cues.find("impossible", self.content, begin, end)
        if impossible:
            places = [place for place in places if place.end <= impossible.start]
        if not first:
            first = self.any_imperative(self.trimmed(begin, end)[0], end)
            places += [first] if first else []
        if places:
            return min(places, key=lambda place: (place.start, -place.end))
        return first

    def first(self, cues: Iterable[str], begin: int, end: int) -> Found | None:
        """The first of several cues; of two at one place, the longer."""
        places = [found for cue in cues if (found := self.cues.find(cue, self.content, begin, end))]
        found = min(places, key=lambda place: (place.start, -place.end), default=None)
        if found and _WHO.search(self.content, max(begin, found.start - 12), found.start):
            # What somebody can or cannot do: a visitor who cannot swim.
            return self.first(cues, found.end, end)
        return found

    def imperative(self, begin: int, end: int) -> Found | None:
        begin = self.trimmed(begin, end)[0]
        found = [
            self.cues.at(cue, self.content, begin, end)
            for cue in ("prefer when it stands first", "prefer the action")
        ]
        return max((each for each in found if each), key=lambda each: each.end, default=None)

    def any_imperative(self, begin: int, end: int) -> Found | None:
        """A word that can only be a verb where it stands: Sand the edges."""
        match = _VERB_FIRST.match(self.content, begin, end)
        if not match or any(
            self.cues.words(no).fullmatch(match[1]) for no in ("no_verb", "people", "refers")
        ):
            return None
        return Found(_IMPERATIVE, match.start(1), match.end(1))

    def of_the_best(self, effect: Found, begin: int, end: int) -> tuple[tuple[Name, ...], bool]:
        """What is called the best: before "is", or after it."""
        before = list(_BE.finditer(self.content, begin, effect.start))
        after = _BE.search(self.content, effect.end, end)
        if before and len(self.content[before[-1].end() : effect.start].split()) <= 3:
            names, _, refers = self.before(begin, before[-1].start())
            return names, refers
        if after and not before:
            start = self.skipped(after.end(), end)
            return self.names(start, self.reason(start, end))[:1], False
        return (), False


def _standing(rule: Rule) -> Standing | None:
    """What words that a rule finds do to an option; None where they say only for whom it is."""
    if rule.cue == "limit":
        return Standing.OFFERED if rule.name == "only_be" else None
    verb = rule.cue.partition(" ")[0].rstrip(",")
    others = {"offer": Standing.OFFERED, "withhold": Standing.WITHHELD}
    return others.get(verb, Standing.PREFERRED)


def _dividers(cues: Cues) -> re.Pattern[str]:
    """Where a new clause begins inside a sentence."""
    but, do = cues.words("divider").pattern, cues.words("do").pattern
    return re.compile(
        rf"\s*;\s+|\s+[\u2013\u2014]\s+|(?<!options)(?<!choices)(?<!following):\s+(?=\w)|,?\s+(?=(?:{but})\b)(?!while)(?!but\s+(?:has|have|is|are|do|does|can|cannot|who|whose)\b)|,\s+(?=while\b)"
        rf"|,\s+(?=and\s+(?:never|do\s+not|don't|they|it|you|{do})\b)"
        r"|(?P<added>,\s+(?=(?:and|or|so)\s))",
        re.I,
    )
