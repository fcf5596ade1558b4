"""Reading + its trees → the one dict that the front end reads.

It holds text and data, no markup but the drawings, and every rule already turned into nodes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from ..drawing.arrangement import HEAVY, LARGE
from ..drawing.graphviz import Drawing, svgs
from ..logic.build import Leaf, Tree, unfold, unfolded_size
from ..logic.coverage import cover
from ..logic.decisions import decisions
from ..logic.diagrams import EVERYONE, NOBODY
from ..logic.firmness import firmness_at, verdicts_at
from ..logic.mattering import shown_beside
from ..logic.ordering import average_questions
from ..logic.trees import MOST_DRAWN, of_everyone, trees_of, undrawable
from ..messages import language, say, spoken
from ..model.answers import MOST
from ..model.disclaimer import disclaimer
from ..model.parts import UNKNOWN, Factor, Reading, Standing, Statement
from ..model.text import Quote

# An unfolded tree larger than this is no help to anybody.
MOST_UNFOLDED = 150


@spoken
def payload(
    reading: Reading,
    whole: Reading | None = None,
    most_unfolded: int = MOST_UNFOLDED,
    most_drawn: int = HEAVY,
) -> dict[str, Any]:
    """Everything that a page needs to show a guide and walk its trees, ready for JSON.

    `whole`: the guide as written, where `reading` is of some of its passages or asks in
    another order; factors are numbered as there. Factors, options, statements, quotes and
    nodes are lists that refer to each other by position; nothing is keyed by an id, which in
    JavaScript may already mean something. An example has a value for each factor. A statement
    holds for a set of cases; it asks a list of [factor, values]. An effect is [option,
    standing], and where the statements on the option are weighed also the set of cases for which
    it speaks, the statements that outweigh it, and those that it gives way to, where it has any.
    The sets are decision diagrams: 0 is nobody, 1 everyone, and n the node n - 2 of `sets`,
    [factor, the set after each of its values]; on those in `beside` depends what is said beside
    the standings. A relation is its kind and its members, each with
    its name and its options. An unfolded form with more nodes than `most_unfolded` is left out.
    Trees are drawn as long as they have no more than `most_drawn` nodes together; the drawing of
    the others is "".
    """
    return _Payload(reading, whole or reading, most_unfolded, most_drawn).data()


class _Payload:
    def __init__(
        self, reading: Reading, whole: Reading, most_unfolded: int, most_drawn: int
    ) -> None:
        self.most_unfolded = most_unfolded
        self.most_drawn = most_drawn
        self.reading = reading
        self.whole = whole
        self.factor_at = {factor.id: i for i, factor in enumerate(whole.factors)}
        self.option_at = {option.id: i for i, option in enumerate(whole.options)}
        self.quotes: dict[Quote, int] = {}
        self.statement_at = {s.id: i for i, s in enumerate(reading.statements)}
        self.decided = decisions(reading)
        self.grade_at = {grade: i for i, (grade, _) in enumerate(whole.grades)}
        # Sets of cases, as nodes of decision diagrams; two of them need none.
        self.sets: list[list[Any]] = []
        self.node_at = {NOBODY: 0, EVERYONE: 1}
        # The views that are still to be drawn.
        self.to_draw: list[tuple[dict[str, Any], Drawing]] = []

    def data(self) -> dict[str, Any]:
        reading, whole = self.reading, self.whole
        speaking = {quote.passage for s in reading.statements for quote in s.quotes}
        data: dict[str, Any] = {
            "id": whole.id,
            "title": whole.title,
            "language": language(),
            "disclaimer": disclaimer(whole),
            "subject": whole.subject.singular,
            "standings": {str(standing): reading.label(standing) for standing in Standing},
            "passages": [[p.author, p.id, p.id in speaking] for p in whole.text.passages],
            "order": [self.factor_at[factor.id] for factor in reading.factors],
            "average": round(sum(map(average_questions, trees_of(reading))), 2),
            "factors": [self.factor(factor) for factor in whole.factors],
            "options": [
                {
                    "id": option.id,
                    "name": option.name,
                    "quotes": self.numbers(option.quotes),
                    **_some(
                        synonyms=list(option.synonyms),
                        does=self.numbers(option.does),
                        short=option.short,
                    ),
                }
                for option in whole.options
            ],
            "groups": [
                {
                    "name": group.name,
                    "options": [self.option_at[option] for option in group.options],
                    "quotes": self.numbers((*group.quotes, *group.does)),
                }
                for group in whole.groups
            ],
            "statements": [self.statement(statement) for statement in reading.statements],
            "examples": [
                [name, [dict(answers).get(factor.id, UNKNOWN) for factor in whole.factors]]
                for name, answers in whole.examples
            ],
            "sets": self.sets,
            **_some(beside=[self.cases(each) for each in shown_beside(reading)]),
            "trees": [self.tree(tree) for tree in trees_of(reading)],
            "everyone": [
                [self.option_at[option.id], str(standing)]
                for option, standing in of_everyone(reading)
            ],
        }
        for (view, _), svg in zip(self.to_draw, svgs([d for _, d in self.to_draw]), strict=True):
            view["svg"] = svg
        if any(statement.grade for statement in reading.statements):
            data["grades"] = list(self.grade_at)
        data["text"] = self.text()
        data["sentences"] = [str(s.claim) for s in self.coverage.sentences]
        # Outside of every passage, the words stand alone.
        number = {passage.id: i for i, passage in enumerate(whole.text.passages)}
        data["quotes"] = [
            [q.line, *([number[q.passage]] if q.passage in number else [])] for q in self.quotes
        ]
        return data

    def numbers(self, found: Iterable[Quote]) -> list[int]:
        return [self.quotes.setdefault(quote, len(self.quotes)) for quote in found]

    def factor(self, factor: Factor) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": factor.id,
            "question": factor.question,
            "values": [*factor.values, UNKNOWN],
            "quotes": self.numbers(factor.quotes),
            **_some(
                help=factor.explained,
                judgement=self.numbers([factor.judgement] if factor.judgement else []),
                short=factor.short,
            ),
        }
        if factor.asked_if:
            data["askedIf"] = sorted(
                [self.factor_at[id], sorted(values)] for id, values in factor.asked_if
            )
        if factor.bands:
            # A band without an end goes beyond every number.
            data["bands"] = [
                [
                    -MOST if band.low is None else band.low,
                    MOST if band.high is None else band.high,
                    band.low_inside,
                    band.high_inside,
                ]
                for band in factor.bands
            ]
        return data

    def statement(self, statement: Statement) -> dict[str, Any]:
        return {
            "quotes": self.numbers(statement.quotes),
            "asks": self.asks(statement),
            "holds": self.cases(self.decided.held_by(statement)),
            "effects": [
                [self.option_at[option], str(standing), *self.counting(statement, option)]
                for option, standing in statement.effects
            ],
            **_some(**self.more(statement)),
            **({"grade": self.grade_at[statement.grade]} if statement.grade else {}),
        }

    def more(self, statement: Statement) -> dict[str, Any]:
        """What few statements have."""
        relation = statement.relation
        members = [
            [self.whole.names[member.id], [self.option_at[option] for option in member.options]]
            for member in (relation.members if relation else ())
        ]
        return {
            "remark": statement.remark,
            "because": statement.because,
            "strength": statement.strength,
            "relation": [str(relation.kind), members] if relation else [],
        }

    def asks(self, statement: Statement) -> list[list[Any]]:
        """The factors and values that a condition names, and those that its counts count."""
        values: dict[str, set[str]] = {}
        for id, allowed in itertools.chain.from_iterable(statement.condition):
            counted = self.reading.factor(id).points
            for other, worth in counted:
                values.setdefault(other, set()).update(value for value, _ in worth)
            if not counted:
                values.setdefault(id, set()).update(allowed)
        return sorted([self.factor_at[id], sorted(named)] for id, named in values.items())

    def counting(self, statement: Statement, option: str) -> list[Any]:
        """On an option whose statements are weighed: where it speaks, what outweighs it, and what
        it gives way to."""
        if option not in self.decided.weighed:
            return []
        by = self.decided.outweighing(statement, option)
        stated = self.decided.giving_way_to(statement, option)
        others = [[self.statement_at[other.id] for other in found] for found in (by, stated)]
        while others and not others[-1]:
            others.pop()
        return [self.cases(self.decided.speaking_on(statement, option)), *others]

    def cases(self, number: int) -> int:
        """The number in the page of a set of cases: 0 for none, 1 for all, or that of a node."""
        if number not in self.node_at:
            sets = self.decided.sets
            targets = [self.cases(end) for end in sets.ends_of[number]]
            self.node_at[number] = len(self.node_at)
            factor = self.factor_at[self.reading.factors[sets.level_of[number]].id]
            self.sets.append([factor, targets])
        return self.node_at[number]

    def tree(self, tree: Tree) -> dict[str, Any]:
        return {
            "name": tree.name,
            "options": [self.option_at[option.id] for option in tree.options],
            "views": self.views(tree),
        }

    def views(self, tree: Tree) -> list[dict[str, Any]]:
        """The drawing with shared subtrees drawn once, and with every path its own leaf."""
        forms = [tree]
        if len(tree.nodes) < unfolded_size(tree) <= self.most_unfolded:
            forms.append(unfold(tree))
        is_drawable = not undrawable(tree)
        self.most_drawn -= len(tree.nodes) if is_drawable else 0
        views: list[dict[str, Any]] = [
            {
                "nodes": self.nodes(form),
                **_some(large=len(form.nodes) > LARGE, problem=not_drawn(form)),
                "svg": "",
            }
            for form in forms
        ]
        if self.most_drawn >= 0 and is_drawable:
            drawings = (Drawing(form, alone=True) for form in forms)
            self.to_draw += zip(views, drawings, strict=True)
        return views

    def nodes(self, tree: Tree) -> list[dict[str, Any]]:
        return [
            {
                "standings": [str(standing) for standing in node.standings],
                **self.verdicts(tree, index),
            }
            if isinstance(node, Leaf)
            else {
                "factor": self.factor_at[node.factor],
                "branches": [[value, target] for value, target in node.branches],
            }
            for index, node in enumerate(tree.nodes)
        ]

    def verdicts(self, tree: Tree, leaf: int) -> dict[str, Any]:
        """An outcome in words, where it is said how firmly; otherwise its standings are enough."""
        if not any(firmness_at(tree).get(leaf, {}).values()):
            return {}
        return {
            "verdicts": [
                [verdict, [self.option_at[option.id] for option in options]]
                for verdict, options in verdicts_at(tree, leaf)
            ]
        }

    def text(self) -> list[dict[str, Any]]:
        """The text, passage by passage, cut wherever a quote or a sentence begins or ends.

        What comes before the first passage belongs to none. Each part: its words, the quotes that
        it belongs to, and its sentence, where it has one.
        """
        # Of the whole guide: a passage that nobody listens to now is not unclaimed.
        self.coverage = cover(self.whole)
        text = self.whole.text
        starts = [0, *(passage.start for passage in text.passages)]
        cuts = {*starts, len(text.content)}
        sentences = [sentence.words for sentence in self.coverage.sentences]
        for quote in (*self.quotes, *sentences):
            cuts |= {quote.start, quote.end}
        ordered = sorted(cuts)
        covering = _covering(ordered, list(self.quotes))
        within = _covering(ordered, sentences)
        parts = [
            (start, [text.content[start:end], covering[start], *within[start][:1]])
            for start, end in itertools.pairwise(ordered)
        ]
        ends = [*starts[1:], len(text.content) + 1]
        return [
            {
                **({"passage": number} if number >= 0 else {}),
                "parts": [part for at, part in parts if start <= at < end],
            }
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), -1)
            if start < end - 1
        ]


def not_drawn(tree: Tree) -> str:
    """What a reader sees instead of the drawing of a tree of thousands of nodes."""
    if not undrawable(tree):
        return ""
    most = format(MOST_DRAWN, ",")
    return say("This tree has more than {most} questions and outcomes; it is not drawn.", most=most)


def _some(**parts: Any) -> dict[str, Any]:
    """Those that are there: most things have none of these, and a page is smaller without.

    >>> _some(help="", short="Weight?")
    {'short': 'Weight?'}
    """
    return {name: part for name, part in parts.items() if part}


def _covering(cuts: list[int], quotes: list[Quote]) -> dict[int, list[int]]:
    """For each cut, the numbers of the quotes that cover what follows it."""
    starts: dict[int, list[int]] = {}
    for number, quote in enumerate(quotes):
        starts.setdefault(quote.start, []).append(number)
    covering: dict[int, list[int]] = {}
    going: list[int] = []
    for cut in cuts:
        going = [number for number in going if quotes[number].end > cut]
        going += [number for number in starts.get(cut, []) if quotes[number].end > cut]
        covering[cut] = sorted(going)
    return covering
