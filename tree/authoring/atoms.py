"""Words of a clause that say for whom it holds → conditions, as places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .asking import affirmed, existence, question
from .cues import Found
from .phrases import Name, Phrases, Span

# One of several, each of which asks that all its atoms hold.
AnyOf = tuple[tuple["Atom", ...], ...]

_GOES_ON = (
    r"(?:in\s+|for\s+)?(?:\w+\s+)?(?:who|whose|if|when|with|without|have|has|are|is|was|were|"
    r"cannot|can|do|does|had|lies)\b"
)
_JOINED = re.compile(
    rf",?\s+(?P<how>or|and)\s+(?={_GOES_ON})|,\s+(?=(?:who|whose|has|have|is|are|was|had)\s)", re.I
)
_UNIT = r"(?:years?|months?|weeks?|days?)"
_AGE = re.compile(
    r"(?:(?:aged?|under|over|younger\s+than|older\s+than|between|less\s+than|more\s+than|below|above|"
    rf"at\s+least|from|up\s+to|of)\s+)?\d+\s*{_UNIT}?(?:\s*(?:to|and|through|or|\u2013|-)\s*\d+)?\s*{_UNIT}"
    r"(?:\s+of\s+age|\s+old|\s+(?:and|or)\s+(?:older|over|younger|under|above))*",
    re.I,
)
_ALSO = re.compile(r",?\s+(?:or|and)\s+(?=(?:for|in|on|by|with|during|at)\s)", re.I)
_RELATIVE = re.compile(r"(?:who|whose|that|with|which|having|if|when)\s+", re.I)


@dataclass(frozen=True)
class Atom:
    """One thing that must hold, or must not: its words, and the question that they answer."""

    span: Span
    holds: bool
    question: str
    judgement: Span | None = None
    unwise: Name | None = None  # the option that this speaks against

    @property
    def reversed(self) -> Atom:
        """The same thing with the other answer."""
        return replace(self, holds=not self.holds)


def both(first: AnyOf, second: AnyOf) -> AnyOf:
    """One of each: where nothing is asked, the other alone."""
    if not first or not second:
        return first or second
    return tuple((*one, *other) for one in first for other in second)[:9]


class Atoms(Phrases):
    """Reads conditions of one text between two offsets."""

    def comma(self, start: int, end: int) -> int | None:
        """The comma after which the main part of a clause follows a condition."""
        for match in re.compile(r",\s+(?=(\w+))").finditer(self.content, start, end):
            after = match.end()
            if re.compile(r"(?:or|and)\b", re.I).match(self.content, after, end):
                continue
            # It goes on: unless the child has a fever, is pale or is tired.
            if re.compile(_GOES_ON, re.I).match(self.content, after, end) and re.compile(
                r"\b(?:or|and)\s"
            ).search(self.content, after, end):
                continue
            # Examples, and what is told of them: for light damage, such as a tear, ...
            if self.cues.words("goes_on").match(self.content, after, end):
                continue
            # One of several words that are listed: red, swollen or hot.
            listed = re.compile(r"(?:\w+\s+){0,2}\w+,?\s+(?:or|and)\s+[^,]*,").match(
                self.content, after, end
            )
            if listed:
                continue
            return match.start()
        return None

    def pieces(self, found: Found, end: int) -> list[tuple[Found, Span]]:
        """The conditions from a cue to the end of a clause, each with its own cue."""
        starts = [found]
        position = found.end
        while len(starts) < 9:
            more = [
                other
                for cue in ("condition", "exception", "limit")
                if (other := self.cues.find(cue, self.content, position, end))
            ]
            if not more:
                break
            other = min(more, key=lambda place: (place.start, -place.end))
            position = other.end
            joined = re.compile(r"(?:,|\b(?:and|or))\s*\Z").search(
                self.content, max(found.end, other.start - 12), other.start
            )
            if joined:
                starts.append(other)
        ends = [other.start for other in starts[1:]]
        pieces = []
        for each, stop in zip(starts, [*ends, end], strict=True):
            begin = each.start if each.rule.whole else each.end
            pieces.append((each, self.trimmed(begin, self.condition_end(begin, stop))))
        return pieces

    def condition_end(self, start: int, end: int) -> int:
        """Where a condition ends: at a reason, a relative clause, or a comma that ends it."""
        stop = self.cues.words("ends_condition").search(self.content, start + 1, end)
        end = stop.start() if stop and stop.start() > start + 3 else end
        comma = self.comma(start, end)
        return end if comma is None else comma

    def any_of(self, pieces: list[tuple[Found, Span]]) -> AnyOf:
        """The conditions of one clause together: each of them is enough, but for "if … and if"."""
        found: AnyOf = ()
        first = pieces[0][0].rule if pieces else None
        for number, (cue, span) in enumerate(pieces):
            alternatives = self.atoms(cue, *span)
            joined = number and re.compile(r"\band\s*\Z").search(
                self.content, max(0, cue.start - 8), cue.start
            )
            if cue.rule.cue == "exception" or (first and first.cue == "exception"):
                # None of them may hold.
                none = tuple(atom.reversed for clause in alternatives for atom in clause)
                found = both(found, (none,) if none else ())
            elif joined and first and (first.cue == "limit" or cue.rule.name == first.name == "if"):
                found = both(found, alternatives)
            else:
                found = (*found, *alternatives)
        return found

    def atoms(self, cue: Found, start: int, end: int) -> AnyOf:
        """The alternatives in the words of one condition."""
        start, end = self.trimmed(start, end)
        if start >= end and cue.rule.name == "in_people":
            start = cue.start
        if cue.rule.name == "in_those":
            relative = self.cues.words("relative").search(self.content, start, end)
            start = relative.start() if relative else start
        if cue.rule.name == "in_people" and not _AGE.match(self.content, start, end):
            next_word = self.cues.words("relative").match(self.content, start, end)
            if not next_word:
                start = cue.start
                if re.compile(r"\w+\s+(?:all|most|many|some|other)\b").match(self.content, start):
                    return ()  # nothing that could be asked
        if start >= end:
            return ()
        alternatives: list[list[Span]] = [[]]
        begin = start
        joints = list(_JOINED.finditer(self.content, start, end))
        last = next((joint["how"].lower() for joint in reversed(joints) if joint["how"]), "")
        for joint in joints if last else ():
            alternatives[-1].append((begin, joint.start()))
            begin = joint.end()
            if (joint["how"] or last).lower() == "or":
                alternatives.append([])
        alternatives[-1].append((begin, end))
        return tuple(
            tuple(atom for span in parts for atom in self.listed_atoms(cue, *span))
            for parts in alternatives
        )

    def listed_atoms(self, cue: Found, start: int, end: int) -> list[Atom]:
        """One atom, or two that are joined: with fever and swollen glands."""
        age = _AGE.match(self.content, start, end)
        more = (
            re.compile(r",?\s+(?=(?:with|without|who|whose)\s)").match(self.content, age.end(), end)
            if age
            else None
        )
        if age and more:
            return [self.atom(cue, start, age.end()), *self.listed_atoms(cue, more.end(), end)]
        relative = re.compile(r"with\s+", re.I).match(self.content, start, end)
        joint = re.compile(r"\s+and\s+", re.I).search(self.content, start, end)
        if relative and joint:
            first, second = (relative.end(), joint.start()), (joint.end(), end)
            short = all(len(self.content[slice(*part)].split()) <= 3 for part in (first, second))
            if short:
                return [self.atom(cue, start, joint.start()), self.atom(cue, *second, head="with")]
        return [self.atom(cue, start, end)]

    def atom(self, cue: Found, start: int, end: int, head: str = "") -> Atom:
        """One thing that is said of somebody, without "who" and the like before it."""
        such = self.cues.find("members", self.content, start, end)
        start, end = self.trimmed(start, such.start if such and such.start > start else end)
        who = self.cues.words("people").match(self.content, start, end)
        if who and self.cues.words("relative").match(self.content, who.end() + 1, end):
            start = who.end() + 1
        inner = _RELATIVE.match(self.content, start, end)
        also = re.compile(r"(?:who\s+)?(?:also|still|often|usually)\s+").match(
            self.content, start, end
        )
        if also:
            start = also.end()
        elif inner and not (cue.rule.whole and cue.rule.name != "in_those"):
            head, start = inner.group().strip().lower(), inner.end()
        no = self.cues.find("no", self.content, start, min(end, start + 60))
        if not no or not self.denies(start, no):
            words = self.words(start, end)
            asked = existence(words) if head == "with" else question(words)
            return self.judged(Atom((start, end), True, asked))
        if no.rule.name in ("have_no", "without") and no.end < end:
            start, end = self.trimmed(no.end, end)
            return self.judged(Atom((start, end), False, existence(self.words(start, end))))
        parts = ((start, no.start), (no.start, no.end), (no.end, end))
        asked = question(affirmed(*(self.words(*part) for part in parts)))
        return self.judged(Atom((start, end), False, asked))

    def denies(self, start: int, no: Found) -> bool:
        """Whether a word such as "not" denies the whole condition, and not a part of it."""
        before = self.content[start : no.start].split()
        if no.rule.name == "without":
            return not before
        if _RELATIVE.search(self.content, start, no.start):
            return False
        return len(before) <= (5 if no.rule.name == "not" else 1)

    def judged(self, atom: Atom) -> Atom:
        start, end = atom.span
        vague = self.cues.find("judgement", self.content, start, end)
        made = self.cues.find("unwise", self.content, start, end)
        unwise = None
        if made:
            last = self.cues.all("judgement", self.content, made.end, end)
            names = self.names(made.end, last[-1].start if last else end)
            unwise = names[0] if names else None
        if vague and made:
            vague = self.cues.all("judgement", self.content, start, end)[-1]
        return replace(atom, judgement=(vague.start, vague.end) if vague else None, unwise=unwise)

    def subject(self, start: int, end: int) -> AnyOf:
        """Somebody with something that is known of them, as a condition."""
        start, end = self.trimmed(start, end)
        if self.only(start, end):
            start = self.trimmed(start + len("only"), end)[0]
        start = self.without_article(start, end)
        people = self.cues.words("people").match(self.content, start, end)
        relative = self.cues.words("relative").search(self.content, start, end)
        if not relative or len(self.content[start : relative.start()].split()) > 3:
            if people and people.end() >= end - 1:
                return ((self.atom(self._people(people.start(), start), start, end),),)
            adjective = self.cues.words("kind").match(self.content, start, end)
            if adjective and len(self.content[start:end].split()) <= 4:
                return ((self.atom(self._people(start, start), start, end),),)
            return ()
        cue = self._people(start, relative.start())
        return self.atoms(cue, relative.start(), end)

    def somebody(self, start: int, end: int) -> AnyOf:
        """People who are given something, as a condition: children with a cough may be given."""
        begin = self.without_article(*self.trimmed(start, end))
        people = self.cues.words("people").match(self.content, begin, end)
        return self.subject(start, end) if people else ()

    def only(self, start: int, end: int) -> bool:
        """Whether a clause speaks of some people only."""
        return bool(self.cues.at("only these", self.content, self.trimmed(start, end)[0], end))

    def those(self, start: int, end: int) -> AnyOf:
        """What is treated, as a condition, unless it is somebody addressed or named before."""
        start, end = self.trimmed(start, end)
        if re.compile(r"(?:all|most|any|every|each|many)\b", re.I).match(self.content, start, end):
            return ()
        for words in ("addressed", "refers"):
            match = self.cues.words(words).match(self.content, start, end)
            if match and match.end() >= end - 1:
                return ()
        if start >= end:
            return ()
        return self.subject(start, end) or ((self.judged(self.plain(start, end)),),)

    def _people(self, start: int, end: int) -> Found:
        rule = next(rule for rule in self.cues.rules if rule.cue == "condition")
        return Found(replace(rule, name="in_people", whole=False), start, end)

    def refused(self, start: int, end: int) -> AnyOf:
        """The condition just after "is not recommended": in winter."""
        begin, end = self.trimmed(start, end)
        found = self.cues.at("trailing condition", self.content, begin, end)
        if not found or self.cues.words("no_condition").match(self.content, begin, end):
            return ()
        stop = self.condition_end(begin, end)
        never = re.compile(r",?\s+(?:and|or)\s+never\b", re.I).search(self.content, begin, stop)
        stop = never.start() if never else stop
        spans, start = [], begin
        for match in _ALSO.finditer(self.content, begin, stop):
            spans.append((start, match.start()))
            start = match.end()
        spans.append((start, stop))
        return tuple(atoms for span in spans for atoms in self.case(*span))

    def case(self, start: int, end: int) -> AnyOf:
        """A case named with a preposition: in winter, for plants that were cut."""
        begin = self.trimmed(start, end)[0]
        found = self.cues.at("trailing condition", self.content, begin, end)
        subject = self.subject(found.end, end) if found else ()
        return subject or ((self.judged(self.plain(start, end)),),)

    def plain(self, start: int, end: int) -> Atom:
        start, end = self.trimmed(start, end)
        return Atom((start, end), True, f"Does this hold: {self.words(start, end)}?")

    def plain_atom(self, start: int, end: int) -> Atom:
        """The item of a list, as a condition."""
        cue = self._people(start, start)
        return self.atom(replace(cue, rule=replace(cue.rule, name="item")), start, end)
