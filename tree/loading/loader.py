"""A guide's two files → Reading, or every problem in them with its line and column."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from ..model.errors import Problem, allowed, hint, located, shown
from ..model.parts import Factor, Group, Option, Reading, Standing, Statement
from ..model.tags import tag_problem
from ..model.text import Passage, Quote, Text
from . import keys
from .conditions import Conditions
from .fields import Enough
from .keys import VERBS
from .sources import GUIDE_FILE, MISSING, Source
from .yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence, lines, parse

MAX_FACTORS = 200
MAX_OPTIONS = 500
MAX_STATEMENTS = 5_000
MAX_EFFECTS = 100_000  # of all statements together
MAX_EXAMPLES = 500


def read(source: Source) -> tuple[Reading | None, list[Problem]]:
    """Read `guide.yaml` and its text, and say everything that is wrong in them.

    What could be understood of a faulty guide is still returned; None where there is no guide
    at all.
    """
    content, problems = source.read(GUIDE_FILE)
    if problems:
        return None, problems
    file = source.named(GUIDE_FILE)
    node, problems = parse(file, content)
    loader = _GuideLoader(file, problems)
    loader.lines[file] = lines(content)
    try:
        reading = loader.reading(source, node) if node else None
    except Enough as enough:
        reading = None
        problems.append(enough.problem)
    return reading, loader.located()


class _GuideLoader(Conditions):
    """Walks the nodes once, top down."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.lines: dict[str, tuple[str, ...]] = {}
        self.drafts: dict[tuple[str, str], tuple[int, int]] = {}
        # Known before the statements are read: one may name another that comes later.
        self.statement_ids: dict[str, None] = {}
        self.named_options = 0
        # Option and group ids → the options that they stand for.
        self.named: dict[str, tuple[str, ...]] = {}

    # --- the whole -----------------------------------------------------------------------

    def reading(self, source: Source, node: YamlNode) -> Reading:
        top = self.keys(node, "the guide", keys.GUIDE)
        for key, _ in self.pairs(node, "the guide") if top else ():
            self.places["guide", key.value] = key.line, key.column
        language = self.language(top.get("language"))
        self.text = self.read_text(source, top.get("text"), language)
        self.lines[self.text.file] = self.text.lines
        self.passages(top.get("passages"))
        factors = self.entries(top.get("factors"), "factor", self.factor, MAX_FACTORS)
        self.factors = {factor.id: factor for factor in factors}
        options = self.entries(top.get("options"), "option", self.option, MAX_OPTIONS)
        self.named = {option.id: (option.id,) for option in options}
        groups = self.entries(top.get("groups"), "group", self.group, MAX_OPTIONS)
        self.statement_ids = dict.fromkeys(self.names(top.get("statements")))
        statements = self.entries(
            top.get("statements"), "statement", self.statement, MAX_STATEMENTS
        )
        return Reading(
            id=source.id,
            title=self.line(top.get("title")),
            text=self.text,
            factors=tuple(factors),
            options=tuple(options),
            groups=tuple(groups),
            statements=tuple(statements),
            context=tuple(self.context(top.get("context"))),
            unclaimed=tuple(self.unclaimed(top.get("unclaimed"))),
            examples=tuple(self.examples(top.get("examples"))),
            language=language,
            file=self.file,
            places=self.places,
            drafts=self.drafts,
            lines=self.lines,
        )

    def located(self) -> list[Problem]:
        """The problems, each with the line that it stands in."""
        return located(self.problems, self.lines)

    def read_text(self, source: Source, node: YamlNode | None, language: str) -> Text:
        name = self.line(node) or "text.txt"
        if node is not None and (Path(name).name != name or name in (".", "..", GUIDE_FILE)):
            self.report(node, f"text {shown(name)} must be the name of a file beside the guide")
            return Text("", "")
        content, problems = source.read(name)
        if node is not None and MISSING in [problem.message for problem in problems]:
            self.report(node, f"text file {shown(name)} does not exist beside the guide")
        else:
            self.problems += problems
        return Text(source.named(name), content, language=language)

    def language(self, node: YamlNode | None) -> str:
        tag = self.line(node) or "en"
        if node is not None and (problem := tag_problem(tag)):
            self.report(node, problem)
        return tag

    def passages(self, node: YamlNode | None) -> None:
        if node is None:
            self.text = self.text.with_passages([Passage("text", "the text", 0, 0)])
            return
        self.text = self.text.with_passages(self.entries(node, "passage", self.passage))
        for first, second in itertools.pairwise(self.text.passages):
            if first.start == second.start:
                self.report_at(
                    self.places["passage", second.id],
                    f"passage {shown(second.id)} begins on the same line as {shown(first.id)}",
                )

    def passage(self, id: str, node: YamlNode) -> Passage | None:
        found = self.keys(node, f"passage {shown(id)}", keys.PASSAGE)
        self.draft("passage", id, found)
        author, begins = self.line(found.get("author")), self.quote(found.get("begins"))
        if begins is None:
            return None
        return Passage(id, author, self.text.line_start(begins.start), 0)

    # --- factors and options --------------------------------------------------------------

    def factor(self, id: str, node: YamlNode) -> Factor:
        found = self.keys(node, f"factor {shown(id)}", keys.FACTOR)
        self.draft("factor", id, found)
        if id in keys.RESERVED:
            self.report_at(
                self.places["factor", id],
                f"factor {shown(id)}: this name has a meaning of its own in conditions",
            )
        values, bands = self.values(id, found.get("values"))
        if "unit" in found and not bands:
            hint = "such as {young: {below: 18}, old: {from: 18}}"
            self.report(found["unit"], f"'unit' belongs to values with bounds, {hint}")
        return Factor(
            id=id,
            question=self.line(found.get("question")),
            quotes=self.quotes(found.get("quote")),
            values=values,
            help=self.line(found.get("help")),
            judgement=self.quote(found.get("judgement"), anywhere=True),
            bands=bands,
            unit=self.line(found.get("unit")),
        )

    def option(self, id: str, node: YamlNode) -> Option:
        found = self.keys(node, f"option {shown(id)}", keys.OPTION)
        self.draft("option", id, found)
        return Option(id, *self.described(found))

    def group(self, id: str, node: YamlNode) -> Group:
        found = self.keys(node, f"group {shown(id)}", keys.GROUP)
        self.draft("group", id, found)
        if id in self.named:
            self.report_at(
                self.places["group", id],
                f"group {shown(id)} has the name of an option or of another group",
            )
        members = self.option_ids(found.get("options"))
        self.named.setdefault(id, members)
        return Group(id, *self.described(found), members)

    def described(
        self, found: dict[str, YamlNode]
    ) -> tuple[str, tuple[str, ...], tuple[Quote, ...], tuple[Quote, ...]]:
        """What options and groups share: name, synonyms, what it does, quotes."""
        return (
            self.named_in_text(found.get("name")),
            tuple(map(self.named_in_text, self.several(found.get("synonyms")))),
            self.quotes(found.get("does")),
            self.quotes(found.get("quote")),
        )

    def named_in_text(self, node: YamlNode | None) -> str:
        name = self.name(node)
        if node is not None and name and self.text.content and not self.text.names(name):
            self.report(node, f"name {shown(name)} is not in the text{self.near(name)}")
        return name

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
        effects = self.effects(id, found)
        remark = self.line(found.get("remark"))
        # A misspelt key may have been the one that says something.
        known = isinstance(node, YamlMapping) and len(found) == len(node.entries)
        if known and not found.keys() & {*VERBS, "remark"}:
            self.report(
                node, f"statement {shown(id)} says nothing: add {', '.join(VERBS)} or remark"
            )
        if remark and (effects or found.keys() & {"when", keys.ANY, keys.ALL}):
            self.report(
                found["remark"],
                "a remark holds for everyone: it takes no condition and names no option",
            )
        return Statement(
            id=id,
            quotes=self.quotes(found.get("quote")),
            condition=self.condition(found),
            effects=effects,
            remark=remark,
            basis=basis,
            because=because,
            outweighs=self.outweighs(id, found.get("outweighs")),
        )

    def outweighs(self, id: str, node: YamlNode | None) -> tuple[str, ...]:
        ids: dict[str, None] = {}
        for item in self.several(node):
            name = self.line(item)
            if name and (name == id or name not in self.statement_ids):
                others = [other for other in self.statement_ids if other != id]
                what = "itself" if name == id else f"an undefined statement {shown(name)}"
                self.report(
                    item, f"statement {shown(id)} outweighs {what}: {allowed(name, others)}"
                )
            elif name:
                ids[name] = None
        return tuple(ids)

    def effects(self, id: str, found: dict[str, YamlNode]) -> tuple[tuple[str, Standing], ...]:
        effects: dict[str, Standing] = {}
        for verb, standing in VERBS.items():
            for option in self.option_ids(found.get(verb)):
                if effects.setdefault(option, standing) != standing:
                    both = f"both {effects[option]} and {standing}"
                    self.report(
                        found[verb], f"statement {shown(id)} says {shown(option)} is {both}"
                    )
        before, self.named_options = self.named_options, self.named_options + len(effects)
        if self.named_options > MAX_EFFECTS:
            if before <= MAX_EFFECTS:
                node = next(found[verb] for verb in VERBS if verb in found)
                what = "options named in all statements together, groups counted in full"
                self.report(node, f"more than {MAX_EFFECTS} {what}")
            return ()
        return tuple(effects.items())

    def option_ids(self, node: YamlNode | None) -> tuple[str, ...]:
        """Option and group names, the groups resolved to their options."""
        ids: dict[str, None] = {}
        for item in self.several(node):
            name = self.line(item)
            if name and name not in self.named:
                what = allowed(name, self.named) + hint(name)
                self.report(item, f"undefined option or group {shown(name)}: {what}")
            ids.update(dict.fromkeys(self.named.get(name, ())))
        return tuple(ids)

    def draft(self, kind: str, id: str, found: dict[str, YamlNode]) -> None:
        """Note an entry that is not confirmed yet."""
        node = found.get("draft")
        if node is not None:
            self.drafts[kind, id] = node.line, node.column
            if self.line(node) not in ("true", ""):
                self.report(node, "draft must be true; to confirm the entry, delete the line")

    def context(self, node: YamlNode | None) -> Iterator[tuple[Quote, str]]:
        for number, item in enumerate(self.several(node), 1):
            found = self.keys(item, "an entry of context", keys.CONTEXT)
            self.draft("context", str(number), found)
            reason = self.line(found.get("reason"))
            for quote in self.quotes(found.get("quote"), outside=True):
                yield quote, reason

    def unclaimed(self, node: YamlNode | None) -> Iterator[Quote]:
        # Left empty when the last sentence is dealt with.
        if (isinstance(node, YamlScalar) and not node.value) or (
            isinstance(node, YamlSequence) and not node.items
        ):
            return
        for item in self.several(node):
            quote = self.quote(item, outside=True)
            if quote:
                self.places["unclaimed", str(quote.start)] = item.line, item.column
                yield quote

    def examples(self, node: YamlNode | None) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        pairs = self.pairs(node, "examples")
        if node is not None and len(pairs) > MAX_EXAMPLES:
            self.report(node, f"{len(pairs)} examples; at most {MAX_EXAMPLES} are allowed")
        for name, value in pairs[:MAX_EXAMPLES]:
            given = self.pairs(value, f"example {shown(name.value)}")
            answers = (self.answer(key, answer) for key, answer in given)
            yield name.value, tuple(answer for answer in answers if answer)
