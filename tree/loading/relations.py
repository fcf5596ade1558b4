"""Relations of options as an author writes them."""

from __future__ import annotations

import graphlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..model.errors import Problem, allowed, hint, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import ALWAYS, Statement
from ..model.relations import Member, Relation, RelationKind
from . import keys
from .conditions import Conditions
from .yaml_nodes import YamlMapping, YamlNode

MAX_NAMED_OPTIONS = 100_000  # in all statements together


class Relations(Conditions):
    """Reads relations of options of one guide."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        # Option and group ids → the options that they stand for.
        self.named: dict[str, tuple[str, ...]] = {}
        self.named_options = 0
        # Where each statement that orders options does so.
        self.ordering: dict[str, YamlNode] = {}

    def relation(self, id: str, found: Mapping[str, YamlNode]) -> Relation | None:
        """What a statement says of options together; None where it says nothing of the kind."""
        kind = next((kind for kind in keys.RELATIONS if kind in found), None)
        if not kind:
            return None
        node = found[kind]
        if kind is RelationKind.ORDER:
            self.ordering[id] = node
        before = len(self.problems)
        items = self.replacing(node) if kind is RelationKind.INSTEAD else self.several(node)
        members = [member for item in items if (member := self.member(item))]
        if len(self.problems) == before:
            self.check_members(kind, node, members)
        if len(self.problems) > before:
            return None
        relation = Relation(kind, tuple(members))
        return relation if self.is_allowed(len(relation.options), node) else None

    def is_allowed(self, more: int, node: YamlNode) -> bool:
        """Whether so many more options may be named in statements; at first a problem if not."""
        before, self.named_options = self.named_options, self.named_options + more
        if before <= MAX_NAMED_OPTIONS < self.named_options:
            what = "options named in all statements together, groups counted in full"
            self.report(node, f"more than {MAX_NAMED_OPTIONS} {what}")
        return self.named_options <= MAX_NAMED_OPTIONS

    def replacing(self, node: YamlNode) -> Sequence[YamlNode]:
        """What is replaced, and what is used instead."""
        if not isinstance(node, YamlMapping):
            self.wrong_type(node, "instead is written {of: option, use: option}; expected that")
            return ()
        found = self.keys(node, "instead", keys.INSTEAD)
        return [found[name] for name in keys.INSTEAD.names if name in found]

    def member(self, node: YamlNode) -> Member | None:
        options = self.options_of(node)
        return Member(self.line(node), options) if options else None

    def check_members(self, kind: RelationKind, node: YamlNode, members: list[Member]) -> None:
        if len(members) < 2:
            names = "".join(member.id for member in members)
            what = f"'{kind}' takes two or more options or groups, not {shown(names)} alone"
            self.report(node, f"{what}: [{names}, ...]", Finding(FindingKind.ONE_OPTION))
        seen: dict[str, str] = {}
        for member in members:
            for option in member.options:
                if option in seen:
                    where = f", in {shown(seen[option])} and in {shown(member.id)}"
                    also = "" if seen[option] == member.id else where
                    finding = Finding(FindingKind.OPTION_TWICE, option=option)
                    self.report(node, f"'{kind}' names {shown(option)} twice{also}", finding)
                    return
            seen |= dict.fromkeys(member.options, member.id)

    def options_of(self, item: YamlNode) -> tuple[str, ...]:
        """The options that an option or a group stands for; a problem where there are none."""
        name = self.line(item)
        if name and name not in self.named:
            what = allowed(name, self.named) + hint(name)
            self.report(item, f"undefined option or group {shown(name)}: {what}")
        return self.named.get(name, ())

    def trees(self, node: YamlNode | None) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The options that are shown in one tree, each in one tree only, by the tree's name."""
        if isinstance(node, YamlMapping) and not node.entries:
            self.report(node, "trees must name at least one tree")
        shown_in: dict[str, str] = {}
        for key, value in self.pairs(node, "trees"):
            name = self.name(key)
            options: dict[str, None] = {}
            for item in self.several(value):
                for option in self.options_of(item):
                    other = shown_in.setdefault(option, name)
                    if option in options or other != name:
                        where = (
                            "twice here" if other == name else f"in the tree {shown(other)}, too"
                        )
                        finding = Finding(FindingKind.TREE_TWICE, option=option)
                        message = f"option {shown(option)} stands {where}; once is allowed"
                        self.report(item, message, finding)
                    options[option] = None
            yield name, tuple(options)

    def orders(self, statements: Sequence[Statement]) -> None:
        """Statements of one passage that always hold must not order options in a circle."""
        passages: dict[str, list[Statement]] = {}
        for statement in statements:
            if statement.id in self.ordering and statement.quotes and statement.condition == ALWAYS:
                passages.setdefault(statement.quotes[0].passage, []).append(statement)
        for ordering in passages.values():
            steps = [step for statement in ordering for step in _steps(statement)]
            found = circle(steps)
            if found:
                pairs = set(itertools.pairwise(found))
                last = [s.id for s in ordering if any(pairs & _pairs(*st) for st in _steps(s))][-1]
                names = ", then ".join(map(shown, found))
                message = f"options are put in an order that goes in a circle: {names}"
                self.report(
                    self.ordering[last],
                    f"{message}; say for whom each order holds, or leave out what is not meant",
                    Finding(FindingKind.ORDER_CIRCLE, options=tuple(found), case=None),
                )


def _steps(statement: Statement) -> Iterable[tuple[Member, Member]]:
    """Each member with the one after it."""
    return itertools.pairwise(statement.relation.members if statement.relation else ())


def _pairs(first: Member, then: Member) -> set[tuple[str, str]]:
    return set(itertools.product(first.options, then.options))


def circle(steps: Iterable[tuple[Member, Member]]) -> list[str]:
    """Options each of which comes before the next, the first again at the end; or none.

    The field calls it a topological sort: there is none where there is a circle.
    """
    before: dict[str | int, set[str | int]] = {}
    for number, (first, then) in enumerate(dict.fromkeys(steps)):
        # A step stands between its options, so that large groups make no pairs.
        before.setdefault(number, set()).update(first.options)
        for option in then.options:
            before.setdefault(option, set()).add(number)
    try:
        graphlib.TopologicalSorter(before).prepare()
    except graphlib.CycleError as error:
        found = [name for name in error.args[1] if isinstance(name, str)]
        return found if found[0] == found[-1] and len(found) > 1 else [*found, found[0]]
    return []
