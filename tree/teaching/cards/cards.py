"""Guide → cards to learn from: a question, its answer, and the sentences that give it."""

from __future__ import annotations

import enum
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ...drawing.graphviz import Drawing
from ...guide import Guide
from ...logic.beside import for_everyone, relations
from ...logic.decisions import decisions
from ...logic.firmness import Firmness, firmness_of, verdicts
from ...logic.tree_walk import State
from ...logic.walk import Walk
from ...messages import in_a_row, in_quotes, in_turn, say, spoken, valued, with_colon
from ...model.parts import Option, Standing, Statement, listed
from .asking import anyone, author, of_options, of_remarks, of_several
from .card_conditions import condition_lines, conjunctions, named, named_conjunction
from .relation_cards import relation_cards

LONGEST_ID = 100  # letters; no question bank allows more


class CardKind(enum.StrEnum):
    """What a card asks for."""

    CASE = "case"
    STATEMENT = "statement"
    RELATION = "relation"
    JUDGEMENT = "judgement"
    REMARK = "remark"


@dataclass(frozen=True)
class CardSentence:
    """The words behind an answer: who says them, and whether they are stated or implied."""

    words: str
    author: str
    basis: str = "stated"
    because: str = ""

    @property
    def origin(self) -> str:
        """Who says it, and on what basis.

        >>> CardSentence("First line", "A surgeon", "implied", "It comes first.").origin
        'A surgeon; implied: It comes first.'
        """
        basis = say("implied") if self.basis == "implied" else say("stated")
        basis = with_colon(basis, self.because) if self.because else basis
        return in_turn(filter(None, (self.author, basis)))


@dataclass(frozen=True)
class Card:
    """One question to learn by. `id` stays the same when its words change.

    `given`: what is known, line by line; `answer`: line by line; `note`: what to keep in mind
    beside it; `condition`: `given` in the guide's own names; `branch`: the answers of a patient
    whose branch of the tree shows it, if there is one; `standings`: of a patient or statement,
    each option asked for with its standing in words; `choices`: of a relation, those that its
    options might have, the right one first.
    """

    id: str
    kind: CardKind
    given: tuple[str, ...]
    question: str
    answer: tuple[str, ...]
    sentences: tuple[CardSentence, ...]
    note: str = ""
    condition: str = ""
    branch: tuple[tuple[str, str], ...] | None = None
    standings: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """The drawing of a branch. `name`: a file name that differs wherever the picture does.

    As SVG, which every program for these cards shows: a twentieth of the size of a PNG that is
    sharp on a phone, and it can be enlarged.
    """

    name: str
    svg: bytes = field(repr=False)
    alt: str


@spoken
def make_cards(guide: Guide) -> tuple[Card, ...]:
    """The cards of a guide: few, and each asks what no other asks.

    Patients come first: the written vignettes, then a path for every branch of the tree that
    none of them goes along. Then, passage by passage, what each statement says of options, a
    question asked once where several sentences answer it; how options belong together; the words
    that leave an answer to judgement; and what is said for everyone.

    >>> from tree import load
    >>> cards = make_cards(load("data/damaged_library_book"))
    >>> [card.id for card in cards if card.kind is CardKind.JUDGEMENT]
    ['judgement-anyones_mishap']
    """
    patients = list(_patients(guide))
    walks = [guide.walk(dict(card.branch or ())) for card in patients]
    return (
        *patients,
        *_statements(guide, walks),
        *_relations(guide),
        *_judgements(guide, walks),
        *_remarks(guide),
    )


@spoken
def picture(guide: Guide, card: Card) -> Picture | None:
    """The drawing of a card's branch, or None where it has none.

    Raises DrawingError where the layout program is missing or fails.
    """
    if card.branch is None:
        return None
    walk = guide.walk(dict(card.branch))
    on = next((on for on in walk.trees if on.taken), walk.trees[0])
    svg = Drawing(on.tree, on, branch=True).svg.encode()
    digest = hashlib.sha256(svg).hexdigest()[:16]
    steps = (f"{guide.factor(f).question} {valued(value)}" for f, value in on.taken)
    alt = say("The branch of the tree: {steps}", steps=" ".join(steps))
    return Picture(f"tree-{digest}.svg", svg, alt)


def _patients(guide: Guide) -> Iterator[Card]:
    seen: set[tuple[int, int, str]] = set()
    for vignette in guide.vignettes:
        walk = guide.walk(vignette.answers)
        seen |= _along(walk)
        unused = in_a_row(in_quotes(each.line) for each in vignette.distractors)
        note = say("The text makes no use of {words}.", words=unused) if unused else ""
        card = _patient(guide, walk, f"vignette-{vignette.id}", note)
        yield replace(card, given=(vignette.story,))
    # What a path does not ask decides nothing, so it is not known of these patients.
    for path in dict.fromkeys(guide.walk(p).taken for p in guide.cases(minimal=True)):
        walk = guide.walk(dict(path))
        if not path or not _along(walk) <= seen:
            seen |= _along(walk)
            yield _patient(guide, walk, f"path-{_digest(named(path))}")


def _along(walk: Walk) -> set[tuple[int, int, str]]:
    """The branches that a patient surely goes along, by tree, node and value."""
    return {
        (number, *branch)
        for number, on in enumerate(walk.trees)
        for branch, state in on.branches.items()
        if state is State.TAKEN
    }


def _patient(guide: Guide, walk: Walk, id: str, note: str = "") -> Card:
    standings, undecided = walk.standings, say("Not decided yet")
    certain = [option for option in guide.options if standings[option.id].standing]
    found = [standings[option.id].standing or Standing.SILENT for option in certain]
    answer = [
        with_colon(verdict, listed(members, guide.groups))
        for verdict, members in verdicts(guide, certain, found, firmness_of(walk))
    ]
    right = dict(zip((option.id for option in certain), map(guide.label, found), strict=True))
    said = []
    for option in guide.options:
        state = standings[option.id]
        if state.standing is None:
            left = guide.subject.choices(state.possible)
            answer.append(with_colon(undecided, f"{option.name} ({left})"))
        elif state.because:
            # One sentence for each option is enough: the first that says it outright.
            said.append(min(state.because, key=lambda s: s.basis != "stated"))
    shown = relations(walk)
    answer += [relation.words(guide) for relation in shown]
    said += [relation.statement for relation in shown]
    known = [f"{guide.factor(f).question} {valued(v)}" for f, v in walk.known.items()]
    return Card(
        _short(id),
        CardKind.CASE,
        tuple(known) or (anyone(guide),),
        say("What does the text say for this {subject}?", subject=guide.subject.singular),
        tuple(answer),
        _sentences(guide, said),
        note,
        named(walk.known.items()),
        tuple(walk.known.items()),
        tuple((option.name, right.get(option.id, undecided)) for option in guide.options),
    )


def _statements(guide: Guide, walks: list[Walk]) -> Iterator[Card]:
    asked: Counter[str] = Counter()
    note = say(
        "For some of these {subjects} another sentence decides otherwise.",
        subjects=guide.subject.plural,
    )
    for statement, standing, options in _worth_asking(guide):
        # A statement may offer one option and withhold another: then it makes two cards.
        name = f"statement-{statement.id}" + f"-{asked[statement.id]}" * bool(asked[statement.id])
        asked[statement.id] += 1
        decided = decisions(guide)
        outweighed = not all(decided.always_decides(statement, o.id) for o in options)
        walk = next((walk for walk in walks if _decides(guide, statement, options, walk)), None)
        yield Card(
            _short(name),
            CardKind.STATEMENT,
            tuple(condition_lines(guide, statement)) or (anyone(guide),),
            of_options(guide, statement, options),
            (Firmness.of(statement).after(guide.label(standing)),),
            _sentences(guide, [statement]),
            note * outweighed,
            " or ".join(map(named_conjunction, conjunctions(guide, statement))),
            tuple(walk.known.items()) if walk else None,
            tuple((option.name, guide.label(standing)) for option in options),
        )


def _worth_asking(guide: Guide) -> Iterator[tuple[Statement, Standing, list[Option]]]:
    """The statements worth a card, each with a standing and the options that it gives it to.

    Where several statements of a passage speak of an option under the same condition, the
    strongest answers; among equals one that is stated, and then the first.
    """
    given = {s.id: tuple(condition_lines(guide, s)) for s in guide.statements}
    best: dict[tuple[str, tuple[str, ...], str], tuple[Standing, Statement]] = {}
    for option in guide.options:
        for standing, statement in guide.on_option[option.id]:
            key = statement.quotes[0].passage, given[statement.id], option.id
            known, other = best.setdefault(key, (standing, statement))
            if known is standing and other.basis != "stated" == statement.basis:
                best[key] = standing, statement
    answers = {(statement.id, id) for (_, _, id), (_, statement) in best.items()}
    for statement in guide.statements:
        for standing in dict.fromkeys(standing for _, standing in statement.effects):
            options = [
                option
                for option in guide.options
                if (statement.id, option.id) in answers
                and statement.effect_on(option.id) is standing
            ]
            if options:
                yield statement, standing, options


def _decides(guide: Guide, statement: Statement, options: Iterable[Option], walk: Walk) -> bool:
    return bool(decisions(guide).holds(statement, walk.answers)) and any(
        statement in walk.standings[option.id].because for option in options
    )


def _relations(guide: Guide) -> Iterator[Card]:
    for found in relation_cards(guide):
        first = found.statements[0]
        yield Card(
            _short(f"relation-{first.id}"),
            CardKind.RELATION,
            tuple(condition_lines(guide, first)) or (anyone(guide),),
            of_several(guide, first, found.about),
            found.answer,
            _sentences(guide, found.statements),
            condition=" or ".join(map(named_conjunction, conjunctions(guide, first))),
            choices=found.choices,
        )


def _judgements(guide: Guide, walks: list[Walk]) -> Iterator[Card]:
    for factor in guide.factors:
        if factor.judgement:
            walk = next((walk for walk in walks if factor.id in dict(walk.taken)), None)
            quotes = [q for q in factor.quotes if q.passage == factor.judgement.passage]
            yield Card(
                _short(f"judgement-{factor.id}"),
                CardKind.JUDGEMENT,
                (factor.question,),
                say("Which words of the text leave the answer to judgement?"),
                (in_quotes(factor.judgement.line),),
                tuple(
                    CardSentence(quote.line, author(guide, quote.passage))
                    for quote in quotes or [factor.judgement]
                ),
                condition=factor.id,
                branch=tuple(walk.known.items()) if walk else None,
            )


def _remarks(guide: Guide) -> Iterator[Card]:
    by_passage: dict[str, list[Statement]] = {}
    for remark in for_everyone(guide):
        by_passage.setdefault(remark.quotes[0].passage, []).append(remark)
    for passage, remarks in by_passage.items():
        yield Card(
            _short(f"remarks-{passage}"),
            CardKind.REMARK,
            (anyone(guide),),
            of_remarks(guide, remarks[0]),
            tuple(remark.remark for remark in remarks),
            _sentences(guide, remarks),
        )


def _sentences(guide: Guide, statements: Iterable[Statement]) -> tuple[CardSentence, ...]:
    """The sentences of statements, each once."""
    return tuple(
        CardSentence(
            statement.words,
            author(guide, statement.quotes[0].passage),
            statement.basis,
            statement.because,
        )
        for statement in dict.fromkeys(statements)
    )


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _short(id: str) -> str:
    return id if len(id) <= LONGEST_ID else f"{id[: LONGEST_ID - 17]}-{_digest(id)}"
