"""Tree + answers → Walk: what is taken, what is still possible, what is ruled out and why."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .building import Leaf, Node, Question, Tree
from .reading import Standing, Statement


class State(enum.StrEnum):
    """What some answers make of a node or branch."""

    TAKEN = "taken"
    POSSIBLE = "possible"
    RULED_OUT = "ruled-out"


@dataclass(frozen=True)
class OptionStanding:
    """What is known of one option for a patient.

    `standing` is None while it is undecided; `possible` holds every standing that is still
    reachable, the strongest first; `because` the statements that decided it.
    """

    standing: Standing | None
    possible: tuple[Standing, ...]
    because: tuple[Statement, ...]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words that decided it, each once."""
        return tuple(dict.fromkeys(q.line for s in self.because for q in s.quotes))


@dataclass(frozen=True)
class Walk:
    """What a tree says of one patient. Missing answers stay unknown; nothing is assumed."""

    tree: Tree
    answers: Mapping[str, str]

    @cached_property
    def _reachable(self) -> frozenset[int]:
        """Nodes that some way of filling in the open answers leads to."""
        found = {0}
        for index, node in enumerate(self.tree.nodes):
            if index in found:
                found.update(target for _, target in self._ahead(node))
        return frozenset(found)

    def _ahead(self, node: Node) -> list[tuple[str, int]]:
        """The branches of a node that fit the answers."""
        if isinstance(node, Leaf):
            return []
        answer = self.answers.get(node.factor)
        return [(v, target) for v, target in node.branches if answer in (None, v)]

    @cached_property
    def _path(self) -> tuple[tuple[int, str], ...]:
        """The certain path: (node, answer) from the root up to the first open question."""
        path, index = [], 0
        while isinstance(node := self.tree.nodes[index], Question):
            if node.factor not in self.answers:
                break
            path.append((index, self.answers[node.factor]))
            index = dict(node.branches)[self.answers[node.factor]]
        return tuple(path)

    @cached_property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """The certain path as (factor, value)."""
        nodes = self.tree.nodes
        return tuple(
            (node.factor, value)
            for index, value in self._path
            if isinstance(node := nodes[index], Question)
        )

    @cached_property
    def outcomes(self) -> tuple[int, ...]:
        """The leaves still reachable."""
        return tuple(index for index in self.tree.outcomes if index in self._reachable)

    @cached_property
    def nodes(self) -> tuple[State, ...]:
        """The state of every node. The last outcome left is taken, whatever is still open."""
        taken = {index for index, _ in self._path}
        if self._path:
            index, value = self._path[-1]
            node = self.tree.nodes[index]
            taken |= {dict(node.branches)[value]} if isinstance(node, Question) else set()
        else:
            taken.add(0)
        if len(self.outcomes) == 1:
            taken.update(self.outcomes)
        return tuple(
            State.TAKEN
            if i in taken
            else State.POSSIBLE
            if i in self._reachable
            else State.RULED_OUT
            for i in range(len(self.tree.nodes))
        )

    @cached_property
    def branches(self) -> dict[tuple[int, str], State]:
        """The state of every branch, by its question's node and its value."""
        states = {}
        for index, node in enumerate(self.tree.nodes):
            if isinstance(node, Question):
                ahead = dict(self._ahead(node)) if index in self._reachable else {}
                for value, _ in node.branches:
                    states[index, value] = (
                        State.TAKEN
                        if (index, value) in self._path
                        else State.POSSIBLE
                        if value in ahead
                        else State.RULED_OUT
                    )
        return states

    @cached_property
    def next(self) -> str | None:
        """The first question of the tree whose answer still matters, or None."""
        # The tree that remains, from the leaves up: answered questions are passed through,
        # and so are those whose answers no longer lead to different ends. Equal remainders
        # are one number, so that none is ever compared in depth.
        remaining = [0] * len(self.tree.nodes)
        numbers: dict[tuple[str | int, tuple[int, ...]], int] = {}
        asks: list[str | None] = []
        for index in reversed(range(len(self.tree.nodes))):
            node = self.tree.nodes[index]
            ends = tuple(remaining[target] for _, target in self._ahead(node))
            if len(set(ends)) == 1:
                remaining[index] = ends[0]
                continue
            factor = node.factor if isinstance(node, Question) else None
            number = numbers.setdefault((factor or index, ends), len(numbers))
            remaining[index] = number
            if number == len(asks):
                asks.append(factor)
        return asks[remaining[0]]

    @cached_property
    def standings(self) -> dict[str, OptionStanding]:
        """For every option what is certain or still possible, and the statements behind it."""
        leaves = [self.tree.nodes[index] for index in self.outcomes]
        found = {}
        for position, option in enumerate(self.tree.reading.options):
            seen = {leaf.standings[position] for leaf in leaves if isinstance(leaf, Leaf)}
            possible = tuple(sorted(seen, key=lambda s: -s.strength))
            standing = possible[0] if len(possible) == 1 else None
            because = self._because(option.id, standing) if standing else ()
            found[option.id] = OptionStanding(standing, possible, because)
        return found

    def _because(self, option: str, standing: Standing) -> tuple[Statement, ...]:
        """The statements that surely apply, or else those of which one will."""
        fitting = [
            (statement.applies(self.answers), statement)
            for found, statement in self.tree.reading.on_option[option]
            if found == standing
        ]
        sure = tuple(s for applies, s in fitting if applies)
        return sure or tuple(s for applies, s in fitting if applies is None)

    def to_dict(self) -> dict[str, object]:
        """The walk as plain data, ready for JSON."""
        return {
            "taken": [list(step) for step in self.taken],
            "next": self.next,
            "outcomes": len(self.outcomes),
            "standings": {
                option: {
                    "standing": found.standing and str(found.standing),
                    "possible": [str(standing) for standing in found.possible],
                    "because": list(found.quotes),
                }
                for option, found in self.standings.items()
            },
            "remarks": [q.line for s in self.tree.reading.remarks for q in s.quotes],
        }

    def __repr__(self) -> str:
        known = ", ".join(f"{factor}={value}" for factor, value in self.answers.items())
        return f"<walk of {self.tree.reading.id!r}: {known or 'nothing known'}>"

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        reading = self.tree.reading
        yield "Known of the patient:"
        for factor, value in self.answers.items():
            yield f"  {reading.factor(factor).question} {value}"
        if not self.answers:
            yield "  nothing yet"
        count = len(self.outcomes)
        yield f"{count} of {len(self.tree.outcomes)} outcomes can still be reached."
        if self.next:
            yield f"Next question: {reading.factor(self.next).question}"
        yield ""
        for option in reading.options:
            found = self.standings[option.id]
            if found.standing:
                yield f"{option.name}: {found.standing.label.lower()}"
            else:
                choices = " or ".join(s.label.lower() for s in found.possible)
                yield f"{option.name}: not decided yet ({choices})"
            for statement in found.because:
                words = " … ".join(quote.line for quote in statement.quotes)
                implied = ", implied" if statement.basis == "implied" else ""
                yield f'    "{words}" ({statement.quotes[0].passage}{implied})'
        yield ""
        yield "For everyone:"
        for remark in reading.remarks:
            for quote in remark.quotes:
                yield f'  {remark.remark} "{quote.line}" ({quote.passage})'


def walk(tree: Tree, answers: Mapping[str, object]) -> Walk:
    """Walk a tree with what is known of a patient.

    Raises AnswerError for a factor or value that the guide does not have.
    """
    return Walk(tree, tree.reading.check_answers(answers))
