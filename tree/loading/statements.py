"""Scopes and statements as an author writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.errors import Problem, allowed, shown
from ..model.findings import Finding, FindingKind
from ..model.outweighing import circles
from ..model.parts import EVERYTHING, Scope, Standing, Statement
from ..model.text import Quote, Text
from . import keys
from .keys import VERBS
from .relations import Relations
from .yaml_nodes import YamlMapping, YamlNode

MOST_STEPS = 6  # of a circle that are named


class Statements(Relations):
    """Reads scopes and statements of one guide."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.drafts: dict[tuple[str, str], tuple[int, int]] = {}
        # Known before the statements are read: one may name another that comes later.
        self.statement_ids: dict[str, None] = {}
        # Where each statement names one that it outweighs.
        self.outweighing: dict[tuple[str, str], YamlNode] = {}
        self.scopes: tuple[Scope, ...] = ()
        self.grades: Mapping[str, str] = {}

    # --- scopes ---------------------------------------------------------------------------

    def scope(self, id: str, node: YamlNode) -> Scope | None:
        found = self.keys(node, f"scope {shown(id)}", keys.SCOPE)
        self.draft("scope", id, found)
        if found and not found.keys() & set(keys.CONDITION):
            self.report(node, f"scope {shown(id)} lacks a condition: add when, any or all")
        condition, _ = self.condition(found)
        span = self.span(id, node, found)
        return Scope(id, *span, condition, self.quotes(found.get("quote"))) if span else None

    def span(
        self, id: str, node: YamlNode, found: Mapping[str, YamlNode]
    ) -> tuple[int, int] | None:
        """Where a scope begins and ends."""
        if "passage" in found:
            passage = self.passage_named(found["passage"])
            for key in found.keys() & {"begins", "ends"}:
                self.report(found[key], f"'{key}' beside 'passage': a scope is one or the other")
            return (passage.start, passage.end) if passage else None
        if "begins" not in found:
            if found:
                what = "lacks its place: add begins and ends, or passage"
                self.report(node, f"scope {shown(id)} {what}")
            return None
        begins = self.quote(found["begins"])
        ends = self.quote(found["ends"], outside=True) if "ends" in found else None
        if begins is None or ("ends" in found and ends is None):
            return None
        if ends and ends.end < begins.end:
            where = f"scope {shown(id)} ends before it begins"
            lines = [self.text.place(quote.start)[0] for quote in (ends, begins)]
            self.report(
                found["ends"],
                f"{where}: in line {lines[0]}, and begins in line {lines[1]}",
                Finding(FindingKind.SCOPE_BACKWARDS, scope=id),
            )
            return None
        passage = self.text.passage_at(begins.start)
        last = passage.end if passage else len(self.text.content)
        return begins.start, ends.end if ends else last

    def scopes_around(self, id: str, quotes: Sequence[Quote], node: YamlNode) -> list[Scope]:
        """The scopes around the first quote of a statement."""
        if not quotes:
            return []
        first = quotes[0]
        for scope in self.scopes:
            if not scope.holds(first) and first.start < scope.end and scope.start < first.end:
                self.report(
                    node,
                    f"statement {shown(id)} lies in scope {shown(scope.id)} in part: quote words "
                    "that are inside or outside, or let the scope begin or end elsewhere",
                    Finding(FindingKind.SCOPE_IN_PART, statement=id, scope=scope.id),
                )
        return [scope for scope in self.scopes if scope.holds(first)]

    # --- statements -----------------------------------------------------------------------

    def statement(self, id: str, node: YamlNode) -> Statement:
        found = self.keys(node, f"statement {shown(id)}", keys.STATEMENT)
        self.draft("statement", id, found)
        basis = self.line(found.get("basis")) or "stated"
        because = self.line(found.get("because"))
        if basis not in keys.BASES:
            self.report(
                found["basis"], f"unknown basis {shown(basis)}: {allowed(basis, keys.BASES)}"
            )
        if basis == "implied" and not because:
            self.report(node, f"statement {shown(id)} is implied: 'because' must say how")
        if basis == "stated" and because:
            self.report(found["because"], "'because' belongs to a statement with 'basis: implied'")
        if id == EVERYTHING:
            self.report_at(
                self.places["statement", id],
                f"statement {shown(id)}: this name has a meaning of its own in outweighs",
            )
        effects = self.effects(id, found)
        remark = self.line(found.get("remark"))
        # A misspelt key may have been the one that says something.
        known = isinstance(node, YamlMapping) and len(found) == len(node.entries)
        saying = [key for key in keys.SAYING if key in found]
        if known and not saying:
            several = f"{', '.join(keys.SAYING[:-1])} or {keys.SAYING[-1]}"
            self.report(node, f"statement {shown(id)} says nothing: add {several}")
        self.says_one_thing(saying, found)
        quotes = self.quotes(found.get("quote"))
        around = self.scopes_around(id, quotes, node)
        parts = [(f"scope {scope.id}", node, scope.condition) for scope in around]
        condition, unless = self.condition(found, parts)
        return Statement(
            id=id,
            quotes=quotes,
            condition=condition,
            effects=effects,
            remark=remark,
            basis=basis,
            because=because,
            outweighs=self.outweighs(id, found.get("outweighs")),
            unless=unless,
            scopes=tuple(scope.id for scope in around),
            strength=self.strength(found.get("strength"), quotes),
            grade=self.grade(found.get("grade")),
            relation=self.relation(id, found),
        )

    def says_one_thing(self, saying: Sequence[str], found: Mapping[str, YamlNode]) -> None:
        """A statement has effects, or one relation, or a remark."""
        beside = [key for key in saying if key not in VERBS]
        if not beside:
            return
        if others := [key for key in saying if key != beside[0]]:
            what = f"'{beside[0]}' beside '{others[0]}': a statement says one of them"
            self.report(found[beside[0]], f"{what}; write two statements with the same quote")
        if "outweighs" in found:
            what = "changes no standing, so it outweighs nothing"
            kind = "a remark" if beside[0] == "remark" else "a relation"
            finding = Finding(FindingKind.OUTWEIGHS_NO_STANDING)
            self.report(found["outweighs"], f"{kind} {what}", finding)

    def strength(self, node: YamlNode | None, quotes: Sequence[Quote]) -> str:
        """How firmly the text says it: words of a quote."""
        words = self.line(node)
        if node and quotes and not any(words in quote.line for quote in quotes):
            each = [Text("", quote.words) for quote in quotes]
            if not any(text.first(words, 1) for text in each):
                near = next(filter(None, (text.nearest(words) for text in each)), "")
                hint = f"; nearest: {shown(near)}" if near else ""
                self.report(
                    node,
                    f"strength {shown(words)} is not in the statement's quote{hint}",
                    Finding(FindingKind.STRENGTH_ELSEWHERE, words=words),
                )
        return words

    def grade(self, node: YamlNode | None) -> str:
        grade = self.name(node)
        if node and grade and grade not in self.grades:
            what = allowed(grade, self.grades) if self.grades else "list it under 'grades'"
            self.report(
                node,
                f"undefined grade {shown(grade)}: {what}",
                Finding(FindingKind.GRADE_UNDEFINED, words=grade),
            )
        return grade

    def outweighs(self, id: str, node: YamlNode | None) -> tuple[str, ...]:
        ids: dict[str, None] = {}
        for item in self.several(node):
            name = self.line(item)
            if name == EVERYTHING or (name != id and name in self.statement_ids):
                ids[name] = None
                self.outweighing[id, name] = item
            elif name:
                what = "itself" if name == id else f"an undefined statement {shown(name)}"
                others = [*(other for other in self.statement_ids if other != id), EVERYTHING]
                self.report(
                    item, f"statement {shown(id)} outweighs {what}: {allowed(name, others)}"
                )
        return tuple(ids)

    def outweighed(self, statements: list[Statement]) -> None:
        """What changes no standing is not outweighed."""
        beside = {s.id for s in statements if s.remark or s.relation}
        for (id, name), node in self.outweighing.items():
            if name in beside:
                what = f"statement {shown(id)} outweighs {shown(name)}, which changes no standing"
                finding = Finding(FindingKind.OUTWEIGHS_NO_STANDING)
                self.report(node, f"{what}: its exception is written there, as unless", finding)

    def circles(self, statements: list[Statement]) -> None:
        for circle in circles(statements):
            steps = []
            for one, other in zip(circle, [*circle[1:], circle[0]], strict=True):
                named = other.id in one.outweighs
                what = "" if named else "everything, so "
                steps.append(f"{shown(one.id)} outweighs {what}{shown(other.id)}")
            item = self.outweighing.get((circle[0].id, circle[1].id))
            if len(steps) > MOST_STEPS:
                steps[MOST_STEPS - 1 : -1] = [f"... ({len(steps) - MOST_STEPS} more)"]
            self.report(
                item or self.outweighing[circle[0].id, EVERYTHING],
                f"statements outweigh each other in a circle: {', '.join(steps)}; "
                "leave out what is not meant",
                Finding(FindingKind.OUTWEIGHS_CIRCLE, statements=tuple(s.id for s in circle)),
            )

    def effects(self, id: str, found: dict[str, YamlNode]) -> tuple[tuple[str, Standing], ...]:
        effects: dict[str, Standing] = {}
        saying = [(standing, found[verb]) for verb, standing in VERBS.items() if verb in found]
        for standing, node in saying:
            for option in self.option_ids(node):
                if effects.setdefault(option, standing) != standing:
                    both = f"both {effects[option]} and {standing}"
                    self.report(
                        node,
                        f"statement {shown(id)} says {shown(option)} is {both}",
                        Finding(FindingKind.BOTH_STANDINGS, option=option),
                    )
        if saying and not self.is_allowed(len(effects), saying[0][1]):
            return ()
        return tuple(effects.items())

    def option_ids(self, node: YamlNode | None) -> tuple[str, ...]:
        """Option and group names, the groups resolved to their options."""
        ids: dict[str, None] = {}
        for item in self.several(node):
            ids.update(dict.fromkeys(self.options_of(item)))
        return tuple(ids)

    def draft(self, kind: str, id: str, found: dict[str, YamlNode]) -> None:
        """Note an entry that is not confirmed yet."""
        node = found.get("draft")
        if node is not None:
            self.drafts[kind, id] = node.line, node.column
            if self.line(node) not in ("true", ""):
                self.report(node, "draft must be true; to confirm the entry, delete the line")
