"""A text → what its wording alone proposes: factors, options and statements, as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..reading import ALWAYS, Condition, Factor, Group, Option, Standing, Statement
from ..sentences import sentences
from ..text import Quote, Text
from .atoms import AnyOf, Atom, both
from .clauses import Clause, Clauses
from .cues import Cues, cues
from .dividing import Line, Role, lines
from .naming import identifier
from .phrases import Name, Span

MAX_FACTORS = 200
MAX_OPTIONS = 400
LONGEST_SENTENCE = 2_000
_VERBS = {
    Standing.PREFERRED: "preferred",
    Standing.OFFERED: "offered",
    Standing.WITHHELD: "withheld",
}
_SMALL_WORDS = re.compile(
    r"\b(?:a|an|the|of|to|is|are|was|were|be|been|has|have|had|there|it|its|any|some|you|your|they|"
    r"their|who|with|without|in|on|at|by|for|patients?|people|not|no|cannot|can't|don't|doesn't|"
    r"isn't|aren't|hasn't|haven't|still|evidence|while|during|after|from|either|also|this|these)\b",
    re.I,
)


@dataclass(frozen=True)
class Draft:
    """Proposals, each with its quotes, and questions where the wording leaves doubt."""

    factors: tuple[Factor, ...] = ()
    options: tuple[Option, ...] = ()
    groups: tuple[Group, ...] = ()
    statements: tuple[Statement, ...] = ()
    context: tuple[tuple[Quote, str], ...] = ()
    # The start of a sentence → what is asked about it.
    questions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def draft(text: Text, rules: Cues | None = None) -> Draft:
    """What the wording of a text proposes. The same for the same text.

    >>> found = draft(Text("t", "If the soil is dry, rain may help."))
    >>> found.factors[0].question, found.options[0].name, found.statements[0].effects
    ('Is the soil dry?', 'rain', (('rain', <Standing.OFFERED: 'offered'>),))
    """
    return _Drafter(text, rules or cues()).draft()


@dataclass(frozen=True)
class _Sentence:
    """A sentence with the line that it begins in."""

    start: int
    end: int
    line: Line | None

    @property
    def is_item(self) -> bool:
        return bool(self.line and self.line.item and self.line.start == self.start)

    @property
    def role(self) -> Role:
        return self.line.role if self.line else Role.PROSE


class _Drafter:
    """Goes through the sentences once, remembering what was said last."""

    def __init__(self, text: Text, rules: Cues) -> None:
        self.text = text
        self.clauses = Clauses(text.content, rules)
        self.factors: dict[str, Factor] = {}
        self.options: dict[str, Option] = {}
        self.groups: dict[str, Group] = {}
        self.statements: dict[str, Statement] = {}
        self.context: list[tuple[Quote, str]] = []
        self.questions: dict[int, list[str]] = {}
        self.forget()

    def forget(self) -> None:
        """What "it" and "otherwise" stand for is not carried over to another passage."""
        self.last_options: tuple[str, ...] = ()
        self.last_standing: Standing | None = None
        self.last_condition: AnyOf = ()

    # --- sentences ---------------------------------------------------------------------------

    def draft(self) -> Draft:
        found = self.sentences()
        number = 0
        while number < len(found):
            number += self.sentence(found, number)
        return Draft(
            tuple(self.factors.values()),
            tuple(self.options.values()),
            tuple(self.groups.values()),
            tuple(self.statements.values()),
            tuple(self.context),
            {start: tuple(asked) for start, asked in self.questions.items()},
        )

    def sentences(self) -> list[_Sentence]:
        by_line = iter(lines(self.text.content))
        line = next(by_line, None)
        found = []
        for start, end in sentences(self.text.content):
            while line and line.end <= start:
                line = next(by_line, None)
            found.append(_Sentence(start, end, line))
        return found

    def sentence(self, found: Sequence[_Sentence], number: int) -> int:
        """Propose what one sentence says. Returns how many sentences were dealt with."""
        sentence = found[number]
        if sentence.role is not Role.PROSE:
            self.context.append((self.quote(sentence.start, sentence.end), str(sentence.role)))
            self.forget()
            return 1
        passage = self.text.passage_at(sentence.start)
        crosses = passage is not self.text.passage_at(sentence.end - 1)
        if crosses or (self.text.passages and not passage):
            return 1
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            return 1
        if len(self.factors) >= MAX_FACTORS or len(self.options) >= MAX_OPTIONS:
            return 1
        items = self.items(found, number)
        self.carried: AnyOf = ()
        clauses = self.clauses.read(sentence.start, sentence.end)
        for clause in clauses[: -1 if items else None]:
            self.clause(clause, sentence)
            self.carried = self.lead_of(clause)
        if not items or not clauses:
            return 1
        return 1 + (len(items) if self.list(clauses[-1], sentence, items) else 0)

    def items(self, found: Sequence[_Sentence], number: int) -> list[_Sentence]:
        """The items of the list that a sentence opens with a colon."""
        opens = found[number]
        if self.text.content[opens.end - 1] != ":" or number + 1 == len(found):
            return []
        first = found[number + 1]
        if not first.is_item or not first.line or first.role is not Role.PROSE:
            return []
        items: list[_Sentence] = []
        passage = self.text.passage_at(opens.start)
        for sentence in found[number + 1 :]:
            same = sentence.line and sentence.line.indent == first.line.indent
            if not sentence.is_item or not same or len(items) == 50:
                break
            if self.text.passage_at(sentence.start) is not passage:
                break
            items.append(sentence)
        return items

    def ask(self, sentence: _Sentence, question: str) -> None:
        asked = self.questions.setdefault(sentence.start, [])
        if question not in asked:
            asked.append(question)

    # --- clauses ---------------------------------------------------------------------------------

    def clause(self, clause: Clause, sentence: _Sentence) -> None:
        condition, because = self.condition(clause, sentence)
        if condition is None:
            return
        self.speak_against(condition, clause.span)
        if clause.impossible:
            self.impossible(clause, sentence)
            return
        if clause.same_effect:
            if self.last_options and self.last_standing:
                self.state(
                    [clause.span],
                    condition,
                    self.last_standing,
                    self.last_options,
                    "It is said to be the same as in the sentence before.",
                )
            return
        if clause.doubt:
            self.ask(sentence, clause.doubt)
            # For whom it is said is known all the same.
            for atom in dict.fromkeys(atom for atoms in condition for atom in atoms):
                self.factor(atom)
            self.last_condition = condition or self.last_condition
            return
        options = self.options_of(clause, sentence)
        self.last_condition = condition or self.last_condition
        if not options:
            return
        if clause.limited:
            for each in _complement(condition):
                self.state([clause.span], each, Standing.WITHHELD, options)
        if clause.standing and not (clause.limited and clause.standing is Standing.WITHHELD):
            self.state([clause.span], condition, clause.standing, options, because)
            self.last_standing = clause.standing
        self.last_options = options

    def lead_of(self, clause: Clause) -> AnyOf:
        """What goes on to hold in a clause that is added with "and"."""
        if clause.refers == "same":
            return self.last_condition
        return clause.lead or (self.carried if clause.continues else ())

    def condition(self, clause: Clause, sentence: _Sentence) -> tuple[AnyOf | None, str]:
        """The condition of a clause with what it takes from before; None where that is open."""
        if clause.refers:
            if not self.last_condition:
                self.ask(sentence, "which case is meant here?")
                return None, ""
            before = self.last_condition
            if clause.refers == "otherwise":
                complement = _complement(before)
                if len(complement) != 1:
                    self.ask(sentence, "which of the cases before does this exclude?")
                    return None, ""
                before = complement[0]
            return both(before, clause.condition), ""
        if clause.chain and not clause.condition and self.last_condition:
            words = self.text.content[clause.span[0] : clause.span[1]]
            if re.match(r"\W*(?:one|other)\b", words, re.I):
                return self.last_condition, "The sentences before say for whom these options are."
        if clause.continues:
            return both(self.carried, clause.condition), ""
        return clause.condition, ""

    def speak_against(self, condition: AnyOf, span: Span) -> None:
        """What a condition itself says against an option: factors that make it unwise."""
        for atom in {atom for atoms in condition for atom in atoms if atom.unwise}:
            assert atom.unwise
            option = self.option(atom.unwise)
            if option:
                self.state([atom.span], ((atom,),), Standing.WITHHELD, (option,))
                self.last_options = (option,)

    def impossible(self, clause: Clause, sentence: _Sentence) -> None:
        if len(self.last_options) != 1 or not clause.impossible:
            self.ask(sentence, "what is it that is not possible?")
            return
        name = next(o.name for o in self.options.values() if o.id == self.last_options[0])
        atom = Atom(clause.impossible, False, f"Is this possible: {name}?")
        self.state([clause.impossible], ((atom,),), Standing.WITHHELD, self.last_options)
        self.last_condition = ((atom,),)

    def options_of(self, clause: Clause, sentence: _Sentence) -> tuple[str, ...]:
        """The options that a clause names, or that were named before."""
        if clause.of_before:
            if len(self.last_options) == 1:
                return self.last_options
            self.ask(sentence, "which option is this said of?")
            return ()
        members = [id for name in clause.members if (id := self.option(name))]
        if members and len(clause.names) == 1:
            self.group(clause.names[0], members)
            return tuple(members)
        found = [id for name in clause.names if (id := self.option(name))]
        return tuple(dict.fromkeys([*found, *members]))

    # --- lists -----------------------------------------------------------------------------------

    def list(self, clause: Clause, sentence: _Sentence, items: Sequence[_Sentence]) -> bool:
        """Propose what the items of a list say; False where they speak for themselves."""
        if clause.asks_items:
            found = [self.clauses.plain_atom(item.start, item.end) for item in items]
            condition: AnyOf = tuple((atom,) for atom in found)
            if clause.asks_items == "all":
                condition = (tuple(found),)
            self.clause(replace(clause, condition=both(clause.condition, condition)), sentence)
            return True
        resolved, because = self.condition(clause, sentence)
        listing = self.clauses.is_listing(*clause.span)
        if resolved is None or not (listing or clause.standing or clause.impossible):
            self.clause(clause, sentence)
            return False
        if clause.impossible:
            self.impossible(clause, sentence)
            if not listing:
                return False
            resolved, because = self.last_condition, "The list goes on from what is not possible."
        standing = clause.standing or Standing.OFFERED
        if clause.names and clause.standing and not listing:
            self.clause(clause, sentence)
            return False
        named = []
        for item in items:
            lead, begin = self.clauses.lead(item.start, item.end)
            name = self.clauses.item(begin, item.end) if lead is not None else None
            if name is None or lead is None:
                self.ask(item, "which option is meant here?")
                continue
            option = self.option(name)
            if option:
                spans = [clause.span, (item.start, item.end)]
                self.state(spans, both(resolved, lead), standing, (option,), because)
                named.append(option)
        self.last_options, self.last_standing = tuple(named), standing
        self.last_condition = resolved or self.last_condition
        return True

    # --- entries ---------------------------------------------------------------------------------

    def quote(self, start: int, end: int) -> Quote:
        start, end = self.clauses.bounds(start, end)
        return self.text.quote(start, end)

    def option(self, name: Name) -> str:
        words = self.clauses.words(*name.span)
        key = _option_key(words)
        if not key or not self.text.names(words):
            return ""
        known = self.options.get(key)
        if known:
            if words.casefold() != known.name.casefold() and words not in known.synonyms:
                self.options[key] = replace(known, synonyms=(*known.synonyms, words))
            return known.id
        id = identifier(words, self.taken(), most=3)
        does = (self.quote(*name.does),) if name.does else ()
        self.options[key] = Option(id, words, (), does, (self.quote(*name.span),))
        return id

    def taken(self) -> set[str]:
        return {o.id for o in self.options.values()} | {g.id for g in self.groups.values()}

    def group(self, name: Name, members: Sequence[str]) -> None:
        words = self.clauses.words(*name.span)
        key = _option_key(words)
        if not key or key in self.options or key in self.groups:
            return
        id = identifier(words, self.taken(), most=3)
        quote = self.quote(*name.span)
        self.groups[key] = Group(id, words, quotes=(quote,), options=tuple(members))

    def key(self, atom: Atom) -> str:
        return _factor_key(self.clauses.words(*atom.span))

    def factor(self, atom: Atom) -> str:
        words, key = self.clauses.words(*atom.span), self.key(atom)
        known = self.factors.get(key)
        quote = self.quote(*atom.span)
        if known:
            wordings = {each.line for each in known.quotes}
            if quote.line not in wordings and len(known.quotes) < 3:
                self.factors[key] = replace(known, quotes=(*known.quotes, quote))
            return known.id
        taken = {factor.id for factor in self.factors.values()} | {"when", "any", "all", "not"}
        id = identifier(_bare(words) or words, taken, most=4)
        judgement = self.text.quote(*atom.judgement) if atom.judgement else None
        self.factors[key] = Factor(id, atom.question, (quote,), judgement=judgement)
        return id

    def state(
        self,
        spans: Sequence[Span],
        condition: AnyOf,
        standing: Standing,
        options: Sequence[str],
        because: str = "",
    ) -> None:
        """Add a statement, and the factors that it asks for."""
        for atoms in condition:
            if not all(re.search(r"\w", self.clauses.words(*atom.span)) for atom in atoms):
                return  # a cue with nothing behind it
            answers = {(self.key(atom), atom.holds) for atom in atoms}
            if len({key for key, _ in answers}) < len(answers):
                return  # one factor cannot have two answers
        named = [
            frozenset(
                (self.factor(atom), frozenset({"yes" if atom.holds else "no"})) for atom in atoms
            )
            for atoms in condition
        ]
        resolved: Condition = tuple(dict.fromkeys(named)) or ALWAYS
        quotes = tuple(dict.fromkeys(self.quote(*span) for span in spans))
        effects = tuple((option, standing) for option in options)
        same = (quotes, resolved, effects)
        if same in [(s.quotes, s.condition, s.effects) for s in self.last_statements()]:
            return
        id = identifier(f"{options[0]} {_VERBS[standing]}", self.statements, most=9)
        self.statements[id] = Statement(
            id,
            quotes,
            resolved,
            effects,
            basis="implied" if because else "stated",
            because=because,
        )

    def last_statements(self) -> Iterable[Statement]:
        return list(self.statements.values())[-5:]


def _option_key(words: str) -> str:
    """What two names of one option have in common."""
    found = re.findall(r"\w+", words.casefold())
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in found
        if word not in ("a", "an", "the", "some", "any", "your")
    )


def _factor_key(words: str) -> str:
    """What two wordings of one factor have in common."""
    found = re.findall(r"\w+", _bare(words))
    # In any order: "for a severe allergy" and "the allergy is severe" are one.
    return " ".join(sorted(set(found))) or words.casefold()


def _bare(words: str) -> str:
    return _SMALL_WORDS.sub(" ", words.casefold().replace("\u2019", "'")).strip()


def _complement(condition: AnyOf) -> tuple[AnyOf, ...]:
    """For whom a condition does not hold: each of these conditions is enough for that."""
    if not condition:
        return ()
    if len(condition) == 1:
        return tuple(((atom.reversed,),) for atom in condition[0])
    if all(len(atoms) == 1 for atoms in condition):
        return ((tuple(atoms[0].reversed for atoms in condition),),)
    return ()
