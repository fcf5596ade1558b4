"""Decision tables → a guide: their rules as sentences, and a statement that quotes each.

The text of the guide is the table in sentences, one for each rule, so that every branch has its
words. Nothing is said that the table does not say: what no rule concludes stays silent.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import GNUTranslations
from typing import Any

from ..authoring.guide_folder import TEXT_FILE
from ..authoring.identifiers import identifier
from ..authoring.languages import FALLBACK, recognized
from ..authoring.scaffold import Quoting, bounds
from ..authoring.yaml_writer import entry, item
from ..messages import VALUES, catalog, in_language
from ..model.answers import NUMBER
from ..model.errors import Problem, TreeError
from ..model.letters import alike
from ..model.text import Text
from . import sentences
from .decision_table import (
    ONE_COUNTS,
    DecisionTable,
    HitPolicy,
    Input,
    InputAnswers,
    Output,
    Test,
    answers_of,
    titled,
)
from .rule_conflicts import outweighed, without_asides
from .tidying import tidied, words

MOST_RULES = 5_000
_HEAD = """\
# yaml-language-server: $schema=guide.schema.json
# A decision table as a guide. text.txt is the table in sentences, one for each row, and every
# statement quotes the sentence of its row. What the table does not say is not in this file.
"""


@dataclass(frozen=True)
class MadeGuide:
    """The contents of the two files of a guide, and what of the table is not in them."""

    text: str
    guide: str
    lost: tuple[str, ...] = ()
    text_file: str = TEXT_FILE


def guide_of(
    tables: Sequence[DecisionTable], title: str = "", language: str = "", source: str = "the table"
) -> MadeGuide:
    """The guide that decides what some tables decide, side by side.

    `tables`: inputs of the same name are the same question. `title`: by default that of the first
    table. `language`: of the sentences; by default that of the words in the tables where it is
    recognized, and English elsewhere. `source`: the file that problems name.

    Raises TreeError where rules contradict each other, where no rule is left, or there are too
    many.
    """
    language = language or _language(tables)
    with in_language(language):
        tidy, lost = _checked(tables, source)
        made = _GuideWriter(tidy, source)
        made.write(words(title) or tidy[0].title)
        return MadeGuide(made.text, made.guide(language), lost)


def _language(tables: Sequence[DecisionTable]) -> str:
    """A language that our sentences can be in, too: a few words in a table are easily taken for
    one of a language far away."""
    found = recognized("\n".join(_words(tables)))
    return found if isinstance(catalog(found), GNUTranslations) else FALLBACK


def _words(tables: Sequence[DecisionTable]) -> Iterator[str]:
    for table in tables:
        yield from (table.title, *table.about)
        yield from (input_.name for input_ in table.inputs)
        yield from (output.name for output in table.outputs)
        for rule in table.rules:
            yield from (*rule.results, *rule.notes)


def _checked(
    tables: Sequence[DecisionTable], source: str
) -> tuple[list[DecisionTable], tuple[str, ...]]:
    """The tables with tidy words, without what decides nothing, and that in words."""
    if (rules := sum(len(table.rules) for table in tables)) > MOST_RULES:
        message = f"{rules:,} rules, more than {MOST_RULES:,}; take the table in parts"
        raise TreeError([Problem(source, 0, 0, message)])
    kept, lost, problems = [], list[str](), list[Problem]()
    for table in titled(tables):
        tidy, notes = tidied(table)
        left = without_asides(tidy)
        kept.append(left.table)
        lost += [*table.lost, *notes, *left.notes]
        problems += [Problem(source, *at, message) for at, message in left.contradictions]
    if not any(table.rules for table in kept):
        message = "no rule is left: none has conditions that can hold, and a result"
        problems.append(Problem(source, 0, 0, message))
    elif not any(table.inputs for table in kept):
        message = "no input is left: what the table concludes holds in every case"
        problems.append(Problem(source, 0, 0, message))
    if problems:
        raise TreeError(problems)
    return [table for table in kept if table.rules], tuple(lost)


@dataclass
class _GuideWriter:
    """Writes the lines of the text, and the entries that quote them by number."""

    tables: Sequence[DecisionTable]
    source: str
    lines: list[str] = field(default_factory=list)
    factors: dict[str, dict[str, Any]] = field(default_factory=dict)
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    trees: dict[str, list[str]] = field(default_factory=dict)
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    context: list[tuple[int, str]] = field(default_factory=list)
    # The ids of inputs, by their names; and of options, by table, output and result.
    asked: dict[str, str] = field(default_factory=dict)
    concluded: dict[tuple[int, int, str], str] = field(default_factory=dict)

    def write(self, title: str) -> None:
        """Write everything, in the order in which it is read."""
        self.title = title
        self.context.append((self._line(title), "heading"))
        for about in dict.fromkeys(line for table in self.tables for line in table.about):
            self.context.append((self._line(about), "says what the table is for"))
        self._inputs()
        for number, table in enumerate(self.tables):
            self._outputs(number, table)
        for number, table in enumerate(self.tables):
            self._rules(number, table)

    def _line(self, line: str) -> int:
        self.lines.append(line)
        return len(self.lines) - 1

    def _id(self, name: str) -> str:
        return identifier(name, {*self.factors, *self.options, *self.statements})

    # --- questions and options ------------------------------------------------------------

    def _inputs(self) -> None:
        """A question for each name: what all tables ask of it."""
        named: dict[str, list[tuple[Input, list[Test]]]] = {}
        for table in self.tables:
            for place, input_ in enumerate(table.inputs):
                tests = [test for rule in table.rules if (test := rule.tests[place])]
                named.setdefault(alike(input_.name), []).append((input_, tests))
        for name, asking in named.items():
            first = asking[0][0]
            values = dict.fromkeys(value for each, _ in asking for value in each.values)
            merged = Input(first.name, tuple(values), first.unit, first.about)
            answers = answers_of(merged, [test for _, tests in asking for test in tests])
            id = self.asked[name] = self._id(first.name)
            line = self._line(sentences.asked(first, answers))
            self.context.append((line, "says what is asked"))
            self.factors[id] = {
                "question": first.name,
                "quote": line,
                **({"unit": first.unit} if first.unit and answers.bands else {}),
                **_answers(answers),
            }

    def _outputs(self, number: int, table: DecisionTable) -> None:
        taken = {alike(name) for name in _shared(self.tables)}
        for place, (output, results) in enumerate(zip(table.outputs, table.results, strict=True)):
            line = self._line(sentences.concluded(output.name, results))
            self.context.append((line, "says what is concluded"))
            said = {rule.results[place] for rule in table.rules} | {output.default}
            for result in (result for result in results if result in said):
                plain = alike(result) not in taken and alike(result) not in VALUES
                name = result if plain and not NUMBER.fullmatch(result) else _full(output, result)
                id = self._id(name)
                self.options[id] = {"name": name, "quote": line}
                self.concluded[number, place, result] = id
            # Results that stand side by side are put into trees of a size to read.
            if table.policy is not HitPolicy.EVERY:
                made = (self.concluded.get((number, place, result)) for result in results)
                if ids := [*filter(None, made)]:
                    self.trees[_free(output.name, self.trees)] = ids

    # --- statements -----------------------------------------------------------------------

    def _rules(self, number: int, table: DecisionTable) -> None:
        weaker = outweighed(table, self.source)
        ground = [self._line(sentences.policy(table))] if weaker else []
        defaults = [output.default for output in table.outputs]
        # A statement outweighs another on the options that both name; one for each output
        # outweighs just what the other says of that output.
        apart = table.policy in ONE_COUNTS or any(defaults)
        made = []
        for place, rule in enumerate(table.rules):
            line = self._line(sentences.rule(table, rule))
            conditions = self._conditions(table, place)
            options = self._named(number, rule.results)
            made.append(self._state(rule.place, line, conditions, options, apart))
        for place, others in weaker.items():
            for other in others:
                self._outweigh(made[place], made[other], ground)
        if any(defaults):
            line = self._line(sentences.otherwise(table))
            last = self._state(sentences.REST, line, {}, self._named(number, defaults), apart)
            for each in made:
                self._outweigh(each, last, [line])

    def _named(self, number: int, results: Sequence[str]) -> dict[int, str]:
        """The options of the results of a rule, by output."""
        return {
            place: self.concluded[number, place, result]
            for place, result in enumerate(results)
            if result
        }

    def _conditions(self, table: DecisionTable, place: int) -> dict[str, object]:
        pairs = zip(table.inputs, table.rules[place].tests, strict=True)
        return {self.asked[alike(each.name)]: _condition(test) for each, test in pairs if test}

    def _state(
        self,
        name: str,
        line: int,
        conditions: Mapping[str, object],
        options: Mapping[int, str],
        apart: bool,
    ) -> dict[int, str]:
        """The statements of a rule: one for each output if they stand `apart`, otherwise one for
        all. Their ids, by output."""
        offers = [{place: id} for place, id in options.items()] if apart else [options]
        ids: dict[int, str] = {}
        for offer in offers or [{}]:
            id = self._id(name)
            condition = {"when": conditions} if conditions else {}
            offered = [*offer.values()]
            says = {"offer": offered[0] if len(offered) == 1 else offered}
            # A rule without a result may still be the one that counts.
            says = says if offered else {"remark": sentences.no_result(name)}
            self.statements[id] = {"quote": [line], **condition, **says}
            ids |= dict.fromkeys(offer or [0], id)
        return ids

    def _outweigh(
        self, stronger: Mapping[int, str], weaker: Mapping[int, str], ground: Sequence[int]
    ) -> None:
        """Let what one rule says outweigh what another one says; `ground`: the lines that say so.

        On an output of which the stronger rule says nothing, its first statement speaks for it.
        """
        for output, id in weaker.items():
            own = self.statements[stronger.get(output) or next(iter(stronger.values()))]
            if own.get("offer") != self.statements[id].get("offer"):
                own["quote"] += [line for line in ground if line not in own["quote"]]
                own.setdefault("outweighs", []).append(id)

    # --- files ----------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The text, a line for each sentence."""
        return "\n\n".join(self.lines) + "\n"

    def guide(self, language: str) -> str:
        """The source of guide.yaml."""
        quoting = Quoting(Text(TEXT_FILE, self.text, language=language))
        starts = [0, *itertools.accumulate(len(line) + 2 for line in self.lines)]
        places = [(at, at + len(line)) for at, line in zip(starts, self.lines, strict=False)]

        def quoted(made: Mapping[str, Any]) -> dict[str, Any]:
            numbers = made["quote"] if isinstance(made["quote"], list) else [made["quote"]]
            quotes = [quoting(*places[number]) for number in numbers]
            return {**made, "quote": quotes[0] if len(quotes) == 1 else quotes}

        top: dict[str, object] = {"title": self.title}
        if not any(table.medical for table in self.tables):
            top["subject"] = {"one": "case", "many": "cases"}
        top |= {"language": language, "text": TEXT_FILE}
        context = [{"quote": quoting(*places[at]), "reason": why} for at, why in self.context]
        sections: dict[str, Mapping[str, Any]] = {
            "factors": self.factors,
            "options": self.options,
            "trees": self.trees,
            "statements": self.statements,
        }
        parts = [_HEAD, "\n".join(line for key in top for line in entry(key, top[key])) + "\n"]
        for key, entries in sections.items():
            made = {id: quoted(e) if isinstance(e, dict) else e for id, e in entries.items()}
            lines = [line for id, each in made.items() for line in entry(id, each, 2)]
            parts += ["\n".join([f"{key}:", *lines]) + "\n"] if lines else []
        parts.append("\n".join(["context:", *(x for c in context for x in item(c, 2))]) + "\n")
        return "\n".join(parts)


def _answers(answers: InputAnswers) -> dict[str, object]:
    """What stands in a guide of the answers to a question."""
    if not answers.bands:
        return {} if answers.names == ("yes", "no") else {"values": [*answers.names]}
    names = answers.names[: len(answers.bands)]
    banded = {name: bounds(band) for name, band in zip(names, answers.bands, strict=True)}
    return {"values": banded, **({"also": [*answers.words]} if answers.words else {})}


def _condition(test: Test) -> object:
    """What stands in a condition of what a rule asks."""
    allowed: list[Any] = [*test.values, *map(bounds, test.bands)]
    found = allowed[0] if len(allowed) == 1 else allowed
    return {"not": found} if test.negated else found


def _shared(tables: Sequence[DecisionTable]) -> Iterator[str]:
    """The results that more than one output has."""
    seen: set[str] = set()
    for results in (results for table in tables for results in table.results):
        yield from seen & {*map(alike, results)}
        seen |= {*map(alike, results)}


def _full(output: Output, result: str) -> str:
    return f"{output.name}: {result}"


def _free(name: str, taken: Mapping[str, object]) -> str:
    names = itertools.chain([name], (f"{name} ({number})" for number in itertools.count(2)))
    return next(each for each in names if each not in taken)
