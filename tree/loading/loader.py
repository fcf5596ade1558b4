"""A guide's two files → Reading, or every problem in them with its line and column."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..messages import in_language
from ..model.errors import Problem, located, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import Band, Factor, Group, Option, Reading, Subject
from ..model.standing import PATIENT, patient
from ..model.tags import tag_problem
from ..model.text import Passage, Quote, Text, unnamed
from . import keys, limits
from .fields import Enough
from .sources import GUIDE_FILE, MISSING, Source
from .statements import Statements
from .yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence, lines, parse

MAX_FACTORS = 500
MAX_OPTIONS = 500
MAX_STATEMENTS = 5_000
MAX_SCOPES = 500
MAX_NAMED = 20_000  # entries of context, or unclaimed sentences
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
    loader.lines[file] = functools.partial(lines, content)
    try:
        reading = loader.reading(source, node) if node else None
    except Enough as enough:
        reading = None
        problems.append(enough.problem)
    return reading, loader.located()


class _GuideLoader(Statements):
    """Walks the nodes once, top down."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.lines: dict[str, Callable[[], Sequence[str]]] = {}
        # What questions depend on, and what the factors count that count others.
        self.dependences: dict[str, YamlNode] = {}
        self.scores: dict[str, YamlNode] = {}

    # --- the whole -----------------------------------------------------------------------

    def reading(self, source: Source, node: YamlNode) -> Reading:
        top = self.keys(node, "the guide", keys.GUIDE)
        for key, _ in self.pairs(node, "the guide") if top else ():
            self.places["guide", key.value] = key.line, key.column
        language = self.language(top.get("language"))
        self.text = self.read_text(source, top.get("text"), language)
        self.lines[self.text.file] = self.text.lines
        self.passages(top.get("passages"))
        sections = [top.get(name) for name in ("factors", "scopes", "statements")]
        self.limits = functools.cache(functools.partial(limits.written, *sections))
        every = self.entries(top.get("factors"), "factor", self.factor, MAX_FACTORS)
        # A score counts factors that may come after it.
        factors = [factor for factor in every if factor.id not in self.scores]
        self.factors = {factor.id: factor for factor in factors}
        factors = list(self.dependent(factors))
        scores = [self.scored(factor) for factor in every if factor.id in self.scores]
        self.factors |= {score.id: score for score in scores}
        options = self.entries(top.get("options"), "option", self.option, MAX_OPTIONS)
        self.named = {option.id: (option.id,) for option in options}
        groups = self.entries(top.get("groups"), "group", self.group, MAX_OPTIONS)
        shown_together = tuple(self.trees(top.get("trees")))
        self.grades = dict(self.grades_of(top.get("grades")))
        self.scopes = tuple(self.entries(top.get("scopes"), "scope", self.scope, MAX_SCOPES))
        self.statement_ids = dict.fromkeys(self.names(top.get("statements")))
        statements = self.entries(
            top.get("statements"), "statement", self.statement, MAX_STATEMENTS
        )
        self.circles(statements)
        self.outweighed(statements)
        self.orders(statements)
        return Reading(
            id=source.id,
            title=self.line(top.get("title")),
            text=self.text,
            factors=tuple(factors),
            options=tuple(options),
            groups=tuple(groups),
            statements=tuple(statements),
            counts=(*scores, *self.counts.values()),
            context=tuple(self.context(top.get("context"))),
            unclaimed=tuple(self.unclaimed(top.get("unclaimed"))),
            examples=tuple(self.examples(top.get("examples"))),
            language=language,
            scopes=self.scopes,
            subject=self.subject(top.get("subject"), language),
            drafted=self.drafted(top.get("drafted")),
            grades=tuple(self.grades.items()),
            shown_together=shown_together,
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

    def subject(self, node: YamlNode | None, language: str) -> Subject:
        if node is None:
            with in_language(language):
                return patient()
        found = self.keys(node, "the subject", keys.SUBJECT)
        one, many = (self.name(found.get(key)) for key in ("one", "many"))
        medical = found.get("medical")
        if medical is not None and self.line(medical) not in ("true", ""):
            self.report(medical, "medical must be true; of anything but medicine, leave it out")
        return Subject(one, many, medical is not None or one == PATIENT.singular)

    def drafted(self, node: YamlNode | None) -> str:
        """Who proposed the drafts, and when."""
        found = self.keys(node, "drafted", keys.DRAFTED) if node is not None else {}
        parts = (self.line(found.get(key)) for key in ("by", "on"))
        return ", ".join(part for part in parts if part)

    def grades_of(self, node: YamlNode | None) -> Iterator[tuple[str, str]]:
        if isinstance(node, YamlMapping) and not node.entries:
            self.report(node, "grades must name at least one grade")
        for key, meaning in self.pairs(node, "grades"):
            yield self.name(key), self.line(meaning)

    def passages(self, node: YamlNode | None) -> None:
        if node is None:
            with in_language(self.text.language):
                self.text = self.text.with_passages([Passage("text", unnamed(), 0, 0)])
            return
        self.text = self.text.with_passages(self.entries(node, "passage", self.passage))
        for first, second in itertools.pairwise(self.text.passages):
            if first.start == second.start:
                self.report_at(
                    self.places["passage", second.id],
                    f"passage {shown(second.id)} begins on the same line as {shown(first.id)}",
                    Finding(FindingKind.SAME_LINE, passage=second.id, other_passage=first.id),
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
        if keys.ASKED_IF in found:
            self.dependences[id] = found[keys.ASKED_IF]
            if keys.SCORE in found:
                self.report(found[keys.ASKED_IF], "a score is not asked: give this to its parts")
        if keys.SCORE in found:
            self.scores[id] = found[keys.SCORE]
        unit = self.name(found.get("unit")) or "points" * (keys.SCORE in found)
        values, bands, range = self.answers(id, found, unit)
        return Factor(
            id=id,
            question=self.line(found.get("question")),
            quotes=self.quotes(found.get("quote")),
            values=values,
            help=self.line(found.get("help")),
            judgement=self.quote(found.get("judgement"), anywhere=True),
            bands=bands,
            unit=unit,
            range=range,
            short=self.line(found.get("short")),
        )

    def dependent(self, factors: Sequence[Factor]) -> Iterator[Factor]:
        """The factors, each with what it depends on."""
        before: list[str] = []
        for factor in factors:
            if factor.id in self.dependences:
                asked_if = self.asked_if(factor, self.dependences[factor.id], before)
                self.factors[factor.id] = factor = replace(factor, asked_if=asked_if)
            before.append(factor.id)
            yield factor

    def scored(self, factor: Factor) -> Factor:
        """A factor that counts others, with what they are worth."""
        return replace(factor, points=self.points(factor.id, self.scores[factor.id]))

    def answers(
        self, id: str, found: dict[str, YamlNode], unit: str
    ) -> tuple[tuple[str, ...], tuple[Band, ...], Band | None]:
        """The values of a factor, its bands, and its range."""
        before = len(self.problems)
        range = self.range_of(id, found.get("range"))
        number = next((found[key] for key in ("unit", "range", keys.SCORE) if key in found), None)
        if number and "values" not in found:
            values, bands = self.number_values(id, number, range or Band(), unit)
        else:
            values, bands = self.values(id, found.get("values"))
            for key in ("unit", "range", "also"):
                if key in found and not bands:
                    hint = "such as {young: {below: 18}, old: {from: 18}}"
                    self.report(found[key], f"'{key}' belongs to values with bounds, {hint}")
            if range and bands and len(self.problems) == before:
                bands = tuple(self.within(id, found["range"], bands, range))
        return (*values, *self.also(id, found.get("also"), values)), bands, range

    def option(self, id: str, node: YamlNode) -> Option:
        found = self.keys(node, f"option {shown(id)}", keys.OPTION)
        self.draft("option", id, found)
        return Option(id, *self.described(found), self.line(found.get("short")))

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
            self.name(found.get("name")),
            tuple(map(self.named_in_text, self.several(found.get("synonyms")))),
            self.quotes(found.get("does")),
            self.quotes(found.get("quote")),
        )

    def named_in_text(self, node: YamlNode | None) -> str:
        name = self.name(node)
        if node is not None and name and self.text.content and not self.text.names(name):
            self.report(
                node,
                f"synonym {shown(name)} is not in the text{self.near(name)}",
                Finding(FindingKind.SYNONYM_LOST, words=name),
            )
        return name

    # --- what decides nothing, and examples -----------------------------------------------

    def context(self, node: YamlNode | None) -> Iterator[tuple[Quote, str]]:
        for id, item in self.listed_or_named(node, "context", keys.CONTEXT):
            found = self.keys(item, "an entry of context", keys.CONTEXT)
            self.draft("context", id, found)
            reason = self.line(found.get("reason"))
            for quote in self.quotes(found.get("quote"), outside=True):
                yield quote, reason

    def unclaimed(self, node: YamlNode | None) -> Iterator[Quote]:
        # Left empty when the last sentence is dealt with.
        if (isinstance(node, YamlScalar) and not node.value) or (
            isinstance(node, YamlSequence | YamlMapping) and not _inside(node)
        ):
            return
        for _, item in self.listed_or_named(node, "unclaimed", keys.QUOTE):
            if isinstance(item, YamlMapping) and [k.value for k, _ in item.entries] == ["quote"]:
                item = item.entries[0][1]
            quote = self.quote(item, outside=True)
            if quote:
                self.places["unclaimed", str(quote.start)] = item.line, item.column
                yield quote

    def listed_or_named(
        self, node: YamlNode | None, what: str, section: keys.Section
    ) -> Sequence[tuple[str, YamlNode]]:
        """The entries of a list, by their numbers, or of a mapping, by their names."""
        if isinstance(node, YamlMapping) and not set(section.names) & set(self.names(node)):
            return self.entries(node, f"entry of {what}", lambda id, item: (id, item), MAX_NAMED)
        return [(str(number), item) for number, item in enumerate(self.several(node), 1)]

    def examples(self, node: YamlNode | None) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        pairs = self.pairs(node, "examples")
        if node is not None and len(pairs) > MAX_EXAMPLES:
            self.report(node, f"{len(pairs)} examples; at most {MAX_EXAMPLES} are allowed")
        for name, value in pairs[:MAX_EXAMPLES]:
            given = self.pairs(value, f"example {shown(name.value)}")
            answers = (self.answer(key, answer) for key, answer in given)
            yield name.value, tuple(answer for answer in answers if answer)


def _inside(node: YamlSequence | YamlMapping) -> tuple[object, ...]:
    return node.items if isinstance(node, YamlSequence) else node.entries
