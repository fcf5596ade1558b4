"""A sentence → what its clauses say, as places in the text: conditions, options, standings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .cues import Cues, Found
from .reading import Standing

Span = tuple[int, int]
# One of several, each of which asks that all its atoms hold.
AnyOf = tuple[tuple["Atom", ...], ...]

LONGEST_CLAUSE = 600
_LONGEST_NAME = 7  # words
_LONGEST_ACTION = 9
_LONGEST_LEAD = 16

_WORD = re.compile(r"[^\s,;:()]+")
_TRIM = re.compile(r"[\s,;:.!?\u2013\u2014]+")
_DETERMINER = re.compile(
    r"(?:a|an|the|some|any|your|his|her|their|its|this|that|these|those|it|them|him|with|at|to|"
    r"on|in|up|off|out|for|more|less|no|every|each|away|down|as|only)\b",
    re.I,
)
_ARTICLE = re.compile(
    r"(?:(?:a\s+little|a\s+lot\s+of|a\s+few|a\s+bit\s+of|plenty\s+of|a|an|the|some|any|your|their|either|both|other|also|of|use of|"
    r"a combination of|a course of)\s+)+",
    re.I,
)
_TRAILING = re.compile(
    r"\s+(?:also|usually|often|instead|then|still|only|too|alone|and|or|probably|all|both)\Z", re.I
)
_CONNECTIVE = re.compile(r"(?:,\s*|\s+)(?:and/or|and|or|as\s+well\s+as)\s+|,\s*", re.I)
_GOES_ON = (
    r"(?:in\s+|for\s+)?(?:\w+\s+)?(?:who|whose|if|when|with|without|have|has|are|is|was|were|"
    r"cannot|can|do|does|had|lies)\b"
)
# What joins two parts of a condition; a comma stands for the last "and" or "or".
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
_QUOTED = re.compile(r"[\"\u201c\u201e'\u2018]([^\"\u201c\u201d\u2019]{2,60}?)[\"\u201d\u2019']")
_OPEN = re.compile(
    r"(?:[\s,:]|\b(?:you|they|he|she|it|the|a|an|your|patients?|persons?|child|there|is|are|has|have|any|one"
    r"|or|more|at|least|two|three|all|both|of|these|this|following|apply|applies|true|signs?|symptoms?|"
    r"conditions?|criteria|who|that|with|met|present|when|if|notice|things?|statements?)\b)*",
    re.I,
)
_ALL = re.compile(r"\b(?:all|both)\b", re.I)
_BE = re.compile(r"\b(?:is|are|was|were|be)\b", re.I)


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


@dataclass(frozen=True)
class Name:
    """The words that name an option, and what it does as the text says it."""

    span: Span
    does: Span | None = None


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


class Clauses:
    """Reads the clauses of one text."""

    def __init__(self, content: str, cues: Cues) -> None:
        self.content = content
        self.cues = cues

    # --- the whole -----------------------------------------------------------------------

    def read(self, start: int, end: int) -> list[Clause]:
        """The clauses of a sentence. What is too long to be one is left alone."""
        return [self.clause(a, b) for a, b in self.divided(start, end) if b - a <= LONGEST_CLAUSE]

    def divided(self, start: int, end: int) -> Iterator[Span]:
        """A sentence cut at semicolons, dashes and the like, and before "but"."""
        begin = start
        for match in _DIVIDERS(self.cues).finditer(self.content, start, end):
            if match.start() > begin and match.end() < end:
                yield begin, match.start()
                begin = match.end()
        yield begin, end

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
        lead = _both(lead, for_whom)
        main_end, found, pieces = self.trailing(resumed, end)
        asks_items = ""
        if found and self.is_open(pieces[-1][0].end, end):
            asks_items = "all" if _ALL.search(self.content, pieces[-1][0].end, end) else "any"
            pieces = []
        effect = self.effect(begin, main_end)
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
            if asks_items or not (lead or pieces):
                return replace(clause, condition=lead)
            return replace(clause, condition=lead, doubt="which option is meant here?")
        return self.with_effect(clause, effect, (begin, main_end), lead, (found, pieces))

    def with_effect(
        self,
        clause: Clause,
        effect: Found,
        main: Span,
        lead: AnyOf,
        trailing: tuple[Found | None, list[tuple[Found, Span]]],
    ) -> Clause:
        begin, main_end = main
        end = clause.span[1]
        cue, kind = trailing[0], effect.rule.cue
        standing = _standing(kind)
        condition = lead
        if trailing[1]:
            condition = _both(condition, self.any_of(trailing[1]))
        limited = bool(cue and cue.rule.cue == "limit" and trailing[1])
        if effect.rule.cue == "limit":
            limited = True
            standing = Standing.OFFERED if effect.rule.name == "only_be" else None
            condition = _both(lead, self.any_of(self.pieces(effect, end)))
        names: tuple[Name, ...] = ()
        members: tuple[Name, ...] = ()
        of_before = False
        if kind.endswith("for those before"):
            names, members, of_before = self.after(effect.end, main_end)
            condition = _both(condition, self.those(begin, effect.start))
        elif kind == "the best":
            names, of_before = self.of_the_best(effect, begin, main_end)
        elif kind.endswith("before") or kind == "limit":
            people = self.somebody(begin, effect.start)
            if people:
                names, members, of_before = self.after(effect.end, main_end)
                return replace(
                    clause,
                    condition=_both(condition, people),
                    standing=standing,
                    names=names,
                    members=members,
                    doubt="" if names else "which option is meant here?",
                )
            none = self.cues.at("none of it", self.content, self.trimmed(begin, end)[0], end)
            if none and none.end < effect.start:
                begin, standing = none.end, Standing.WITHHELD
            names, members, of_before = self.before(begin, effect.start)
            case = self.cues.find("condition", self.content, begin, effect.start)
            if case and case.rule.name in _CASES and not case.rule.whole and case.start > begin:
                # Antibiotics for patients with a cold are not recommended.
                condition = _both(condition, self.atoms(case, case.end, effect.start))
            if standing is Standing.WITHHELD and not trailing[1]:
                condition = _both(condition, self.refused(effect.end, end))
            elif standing is Standing.WITHHELD and self.refused(effect.end, main_end):
                condition = _either(self.refused(effect.end, main_end), self.any_of(trailing[1]))
        elif kind.endswith("all of it"):
            names = self.whole(begin, main_end)
        else:
            action = kind.endswith("the action after") or kind == "prefer the action"
            first = effect.start if kind == "prefer the action" else effect.end
            names, members, of_before = (
                self.action(first, main_end) if action else self.after(first, main_end)
            )
            subject = self.subject_of(begin, effect)
            if subject is None:
                return replace(clause, condition=condition, doubt="of whom is this said?")
            condition = _both(condition, subject)
            limited = limited or bool(self.only(begin, effect.start) and subject)
        if kind in ("prefer the action", "prefer all of it") and not (condition or clause.refers):
            if not clause.asks_items:
                return replace(clause, doubt="is this a course of action, or a remark?")
        if not names and not of_before and not clause.asks_items:
            opens = self.content[end - 1 : end] == ":"
            doubt = "" if opens else "which option is meant here?"
            return replace(
                clause, condition=condition, limited=limited, standing=standing, doubt=doubt
            )
        return replace(
            clause,
            condition=condition,
            limited=limited,
            standing=standing,
            names=names,
            members=members,
            of_before=of_before,
            chain=effect.rule.name in ("one_such_option", "options_include"),
        )

    # --- conditions ------------------------------------------------------------------------

    def lead(self, begin: int, end: int) -> tuple[AnyOf | None, int]:
        """The condition that a clause begins with, and where its main part begins.

        None for the condition where the two cannot be told apart.
        """
        none = self.cues.words("no_condition").match(self.content, begin, end)
        if none:
            return (), self.skipped(none.end(), end)
        for cue in ("condition", "exception", "limit", "leading condition"):
            found = self.cues.at(cue, self.content, begin, end)
            if not found:
                continue
            comma = self.comma(found.end, end)
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
        if not cue or cue.rule.name not in _CASES:
            return (), be.start()
        inner = cue.start if cue.rule.whole else cue.end
        return self.atoms(cue, inner, be.start()), be.start()

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
            # One of several words that are listed: red, swollen or hot.
            listed = re.compile(r"(?:\w+\s+){0,2}\w+,?\s+(?:or|and)\s+[^,]*,").match(
                self.content, after, end
            )
            if listed:
                continue
            return match.start()
        return None

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
                found = _both(found, (none,) if none else ())
            elif joined and first and (first.cue == "limit" or cue.rule.name == first.name == "if"):
                found = _both(found, alternatives)
            else:
                found = (*found, *alternatives)
        return found

    def atoms(self, cue: Found, start: int, end: int) -> AnyOf:
        """The alternatives in the words of one condition."""
        start, end = self.trimmed(start, end)
        if start >= end and cue.rule.name == "in_people":
            start = cue.start
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
                return [self.atom(cue, start, joint.start()), self.atom(cue, *second)]
        return [self.atom(cue, start, end)]

    def atom(self, cue: Found, start: int, end: int) -> Atom:
        start, end = self.trimmed(start, end)
        of_people = cue.rule.name in ("in_people", "limited_to") or bool(
            self.cues.words("people").match(self.content, start, end)
        )
        people = re.compile(r"\s*").match(self.content, start)
        del people
        who = self.cues.words("people").match(self.content, start, end)
        if who and self.cues.words("relative").match(self.content, who.end() + 1, end):
            start = who.end() + 1
        inner = _RELATIVE.match(self.content, start, end)
        head = self.content[start : inner.end()].strip().lower() if inner else ""
        if inner and not cue.rule.whole:
            start = inner.end()
        holds = True
        no = self.cues.find("no", self.content, start, min(end, start + 60))
        if no and not self.denies(start, no, head):
            no = None
        if no:
            holds = False
            if no.rule.name in ("have_no", "without") and no.end < end:
                core = self.trimmed(no.end, end)
                question = _existence(self.words(*core))
                return self.judged(Atom(core, False, question))
        question = self.question(start, end, head, of_people, no)
        return self.judged(Atom((start, end), holds, question))

    def denies(self, start: int, no: Found, head: str) -> bool:
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

    def question(self, start: int, end: int, head: str, of_people: bool, no: Found | None) -> str:
        words = self.words(start, end)
        if no and no.rule.name == "not":
            words = f"{self.words(start, no.start)} {_POSITIVE.get(_plain(self.words(no.start, no.end)), '')} {self.words(no.end, end)}"
            words = " ".join(words.split())
        first = words.split(" ")[0].lower()
        who = "the patient" if of_people or head in ("who", "whose") else "it"
        if head == "with":
            return _existence(words)
        if first in _VERBS_OF_BEING:
            who = "the patient"
            if first in ("have", "has"):
                return f"Does {who} have {words.partition(' ')[2]}?"
            if first in ("is", "are"):
                return f"Is {who} {words.partition(' ')[2]}?"
            if first in ("can", "must", "may", "was", "had"):
                return f"{first.capitalize()} {who} {words.partition(' ')[2]}?"
        if first in ("taking", "using", "having", "under", "over", "aged", "younger", "older"):
            return f"Is {who} {words}?"
        verb = re.compile(
            r"((?:(?!\b(?:who|that|which)\b)[\w'\u2019-]+\s+){1,5}?)(is|are|was|were|can|may|must|has|have|had|will)\s+(.+)",
            re.I,
        ).fullmatch(words)
        if verb:
            subject, be, rest = verb.groups()
            if be in ("has", "have") and not re.match(r"(?:been|had|\w+ed|gone|failed)\b", rest):
                do = "Do" if be == "have" else "Does"
                return f"{do} {subject.strip()} have {rest}?"
            return f"{be.capitalize()} {subject.strip()} {rest}?"
        return f"Does this hold: {words}?"

    # --- who ---------------------------------------------------------------------------------

    def subject_of(self, begin: int, effect: Found) -> AnyOf | None:
        """The people before "should take" and the like, as a condition; None where unsure."""
        start, end = self.trimmed(begin, effect.start)
        if start >= end:
            return ()
        addressed = self.cues.words("addressed").match(self.content, start, end)
        if addressed and addressed.end() >= end - 1:
            return ()
        if not effect.rule.cue.startswith(("withhold", "prefer", "offer the action", "needs")) and (
            effect.rule.name != "may_use"
        ):
            return ()
        subject = self.subject(start, end)
        if subject:
            return subject
        if effect.rule.name in ("not_treated_with",):
            return ((self.judged(Atom((start, end), True, f"Is it {self.words(start, end)}?")),),)
        return None

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

    def is_listing(self, start: int, end: int) -> bool:
        """Whether a clause says that a list of options follows."""
        if self.content[end - 1 : end] != ":":
            return False
        return bool(self.cues.words("listing").search(self.content, start, end))

    def bounds(self, start: int, end: int) -> Span:
        """A clause without the marks and the white space around it."""
        inner = re.compile(r"[\s,;:\u2013\u2014]*").match(self.content, start, end)
        begin = inner.end() if inner else start
        while end > begin and self.content[end - 1] in " \n\t\r,;:\u2013\u2014":
            end -= 1
        return (begin, end) if begin < end else (start, end)

    # --- effects -------------------------------------------------------------------------------

    def effect(self, begin: int, end: int) -> Found | None:
        """The words that say what is done to an option."""
        first = self.imperative(begin, end)
        if first:
            after = self.trimmed(first.end, end)[0]
            if _DETERMINER.match(self.content, after, end) and not _BE.match(
                self.content, after, end
            ):
                return first
        places = [
            found for cue in _EFFECTS if (found := self.cues.find(cue, self.content, begin, end))
        ]
        places += [
            found
            for found in self.cues.all("limit", self.content, begin, end)[:1]
            if self.is_effect(found)
        ]
        impossible = self.cues.find("impossible", self.content, begin, end)
        if impossible:
            places = [place for place in places if place.end <= impossible.start]
        if places:
            return min(places, key=lambda place: (place.start, -place.end))
        return first

    def imperative(self, begin: int, end: int) -> Found | None:
        begin = self.trimmed(begin, end)[0]
        found = [
            self.cues.at(cue, self.content, begin, end)
            for cue in ("prefer when it stands first", "prefer the action")
        ]
        return max((each for each in found if each), key=lambda each: each.end, default=None)

    def before(self, begin: int, end: int) -> tuple[tuple[Name, ...], tuple[Name, ...], bool]:
        """The options before a cue; the members of a group among them; or one named before."""
        start, end = self.trimmed(begin, end)
        match = self.cues.words("refers").match(self.content, start, end)
        if match and match.end() >= end:
            return (), (), True
        such = self.cues.find("members", self.content, start, end)
        if such:
            return self.names(start, such.start), self.names(such.end, end), False
        return self.names(start, end), (), False

    def after(self, begin: int, end: int) -> tuple[tuple[Name, ...], tuple[Name, ...], bool]:
        return self.before(begin, self.reason(begin, end))

    def reason(self, begin: int, end: int) -> int:
        """Where the words after a cue end: before a reason or a relative clause of a sentence."""
        stop = re.compile(r",?\s+(?:because|since|so that|as it)\b", re.I).search(
            self.content, begin, end
        )
        return stop.start() if stop else end

    def action(self, begin: int, end: int) -> tuple[tuple[Name, ...], tuple[Name, ...], bool]:
        """A verb and what belongs to it, as an option."""
        start, end = self.trimmed(begin, self.reason(begin, end))
        comma = self.content.find(",", start, end)
        end = comma if comma >= 0 else end
        stop = self.cues.words("ends_action").search(self.content, start + 1, end)
        if stop:
            end = stop.start()
        start, end = self.trimmed(start, end)
        words = self.content[start:end].split()
        if not 1 < len(words) <= _LONGEST_ACTION:
            return (), (), False
        ended = self.cues.words("ends_name").match(self.content, start, end)
        if not words[0].isalpha() or ended or words[0].lower() in ("be", "have", "not", "the", "a"):
            return (), (), False
        either = re.compile(r"\beither\s+\Z", re.I).search(self.content, begin - 8, start)
        if either and (other := re.compile(r"\s+or\s+").search(self.content, start, end)):
            return (Name((start, other.start())), Name((other.end(), end))), (), False
        return (Name((start, end)),), (), False

    def whole(self, begin: int, end: int) -> tuple[Name, ...]:
        start, end = self.trimmed(begin, end)
        start = self.without_article(start, end)
        few = 1 < len(self.content[start:end].split()) <= _LONGEST_ACTION
        return (Name((start, end)),) if few else ()

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

    # --- names -----------------------------------------------------------------------------------

    def names(self, start: int, end: int) -> tuple[Name, ...]:
        """The names of options in a list such as "a, b or c"; the first that is none ends it."""
        found: list[Name] = []
        begin = start
        pieces: list[Span] = []
        for match in _CONNECTIVE.finditer(self.content, start, end):
            pieces.append((begin, match.start()))
            begin = match.end()
        pieces.append((begin, end))
        commas = [self.content[a:b] for (_, a), (b, _) in zip(pieces, pieces[1:], strict=False)]
        for number, piece in enumerate(pieces):
            name = self.name(*piece)
            if name is None:
                break
            found.append(name)
            cut = name.span[1] < self.trimmed(*piece)[1] - 1
            if cut and number < len(commas) and "," in commas[number]:
                break
        listed = any(re.search(r"\b(?:and|or|well)\b", each) for each in commas[: len(found)])
        if len(found) > 1 and not listed:
            return tuple(found[:1])
        return tuple(found)

    def name(self, start: int, end: int) -> Name | None:
        start, end = self.trimmed(start, end)
        quoted = _QUOTED.match(self.content, start, end)
        if quoted:
            return Name(quoted.span(1))
        start = self.without_article(start, end)
        bracket = self.content.find("(", start, end)
        end = bracket if bracket > start else end
        stop = self.cues.words("ends_name").search(self.content, start + 1, end)
        if stop:
            end = stop.start()
        start, end = self.trimmed(start, end)
        while trailing := _TRAILING.search(self.content, start, end):
            end = trailing.start()
        words = self.content[start:end]
        if not words or not any(letter.isalpha() for letter in words):
            return None
        if len(words.split()) > _LONGEST_NAME or words[0] in ")]":
            return None
        for each in ("no_name", "refers"):
            match = self.cues.words(each).match(self.content, start, end)
            if match and match.end() >= end:
                return None
        first = self.cues.words("ends_name").match(self.content, start, end)
        return None if first else Name((start, end))

    def item(self, start: int, end: int) -> Name | None:
        """The name that an item of a list begins with, and what it does."""
        colon = re.compile(r":\s|\s[\u2013\u2014-]\s|,?\s+which\s|,\s|\(|\.\s").search(
            self.content, start, end
        )
        head = self.name(start, colon.start() if colon else end)
        if head is None:
            return None
        does = None
        if colon and colon.group().strip(", ") in (":", "which", "\u2013", "\u2014", "-"):
            does = self.trimmed(colon.end(), end)
        return replace(head, does=does if does and does[0] < does[1] else None)

    # --- words -------------------------------------------------------------------------------------

    def skipped(self, start: int, end: int) -> int:
        """Where a clause begins after words that change nothing, such as "however"."""
        begin = self.trimmed(start, end)[0]
        while True:
            match = self.cues.words("skipped").match(self.content, begin, end)
            if not match or match.end() >= end:
                return begin
            if self.cues.at("same", self.content, begin, end):
                return begin
            begin = self.trimmed(match.end(), end)[0]

    def without_article(self, start: int, end: int) -> int:
        match = _ARTICLE.match(self.content, start, end)
        return match.end() if match and match.end() < end else start

    def is_open(self, start: int, end: int) -> bool:
        """Whether what should follow stands in the list after the clause."""
        return self.content[end - 1 : end] == ":" and bool(
            _OPEN.fullmatch(self.content, start, end)
        )

    def trimmed(self, start: int, end: int) -> Span:
        match = _TRIM.match(self.content, start, end)
        start = match.end() if match else start
        while end > start and _TRIM.match(self.content, end - 1, end):
            end -= 1
        joined = re.compile(r",?\s+(?:and|or)\Z").search(self.content, max(start, end - 8), end)
        return start, joined.start() if joined else end

    def words(self, start: int, end: int) -> str:
        return " ".join(self.content[start:end].split())


# The rules for cases that are named with a preposition.
_CASES = ("in_people", "for_a_case", "for_some")
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
)


def _existence(words: str) -> str:
    """The question whether there is such a thing.

    >>> _existence("severe symptoms of flu"), _existence("a weakness")
    ('Are there severe symptoms of flu?', 'Is there a weakness?')
    """
    head = re.split(r"\s(?:of|in|on|with|for|to|from|that|by|at)\s", words)[0]
    plural = re.search(r"(?<![sui])s\Z", head) and not re.match(r"an?\s", words)
    return f"{'Are' if plural else 'Is'} there {words}?"


_VERBS_OF_BEING = {"is", "are", "have", "has", "can", "must", "may", "was", "had"}
_POSITIVE = {
    "cannot": "can",
    "can't": "can",
    "isn't": "is",
    "aren't": "are",
    "wasn't": "was",
    "hasn't": "has",
    "haven't": "have",
    "won't": "will",
}


def _plain(words: str) -> str:
    return words.lower().replace("\u2019", "'")


def _standing(cue: str) -> Standing | None:
    verb = cue.split(" ")[0]
    if verb in ("the", "needs"):
        return Standing.PREFERRED
    return {
        "prefer": Standing.PREFERRED,
        "offer": Standing.OFFERED,
        "withhold": Standing.WITHHELD,
    }.get(verb)


def _both(first: AnyOf, second: AnyOf) -> AnyOf:
    """One of each: where nothing is asked, the other alone."""
    if not first or not second:
        return first or second
    return tuple((*one, *other) for one in first for other in second)[:9]


def _either(first: AnyOf, second: AnyOf) -> AnyOf:
    return (*first, *second)


def _DIVIDERS(cues: Cues) -> re.Pattern[str]:
    words = cues.words("divider").pattern
    return re.compile(
        rf"\s*;\s+|\s+[\u2013\u2014]\s+|:\s+(?=\w)|,?\s+(?={words})|,\s+(?=and\s+(?:never|do\s+not|don't)\b)|,\s+(?=and\s+{cues.words('do').pattern})|,\s+(?=and\s+(?:they|it|you)\s)",
        re.I,
    )
