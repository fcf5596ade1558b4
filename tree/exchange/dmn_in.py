"""DMN 1.1 to 1.5 → decision tables.

Decision Model and Notation is a standard of the Object Management Group. Read are decision tables,
alone or asking each other, and constants; whatever else a file has is refused with its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.errors import TreeError, shown
from ..model.letters import alike
from .composing import MOST_RULES, Linked, composed
from .decision_table import DecisionTable
from .dmn_model import BOXED, Decision, Model, plain
from .dmn_rules import Read, TableReader, constant_table, spelled_twice
from .feel import Slip, constant
from .places_in_xml import XmlElement, read_xml


def read(data: bytes, file: str) -> tuple[DecisionTable, ...]:
    """The tables of a DMN file. Where one asks for what another one concludes, it is put together
    with it, and asks for what is known.

    `file`: the name that problems give. Raises TreeError with all that cannot be read, by place.

    >>> source = b'''<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
    ... <decision id="d" name="Drink"><decisionTable hitPolicy="FIRST">
    ... <input><inputExpression><text>hour</text></inputExpression></input><output/>
    ... <rule><inputEntry><text>&lt; 11</text></inputEntry>
    ... <outputEntry><text>"tea"</text></outputEntry></rule>
    ... </decisionTable></decision></definitions>'''
    >>> [table] = read(source, "drinks.dmn")
    >>> str(table.rules[0].tests[0]), table.rules[0].results
    ('less than 11', ('tea',))
    """
    model = Model(read_xml(data, file), file)
    tables = _tables(model)
    if not tables and not model.problems:
        model.problem(model.root, "the file has no decision table")
    if (rules := sum(len(read.table.rules) for read in tables)) > MOST_RULES:
        message = f"{rules:,} rules, more than {MOST_RULES:,}; take the file in parts"
        model.problem(model.root, message)
    aliases = _aliases(model)
    linked = _Linker(model, tables, aliases).linked() if tables else []
    if model.problems:
        raise TreeError(model.problems)
    made = composed(linked, file)
    return (replace(made[0], lost=(*model.lost, *made[0].lost)), *made[1:])


def _tables(model: Model) -> list[Read]:
    """The decisions that decide, each as a table."""
    found = []
    for decision in model.decisions.values():
        logic = decision.logic
        if logic is None:
            model.lost.append(f"{decision.where} has no logic: who decides it is asked for it")
        elif logic.name in BOXED:
            model.problem(logic, f"{decision.where} is {BOXED[logic.name]}, which is not read")
        elif logic.name == "decisionTable":
            found.append(TableReader(model, decision).read())
        elif not model.is_reference(plain(logic.text_of("text"))):
            model.checked_language(logic, decision.where)
            try:
                value = constant(logic.text_of("text"))
            except Slip as slip:
                place = logic.first("text") or logic
                model.problem(place, f"{decision.where} is worked out: {slip}")
            else:
                if value is None:
                    model.lost.append(f"{decision.where} is left out: it concludes nothing")
                else:
                    found.append(constant_table(model, decision, value))
    return found


def _aliases(model: Model) -> dict[str, str]:
    """The decisions that only say another name of something, and what that is."""
    found = {}
    for decision in model.decisions.values():
        logic = decision.logic
        if logic and logic.name == "literalExpression":
            written = plain(logic.text_of("text"))
            if model.is_reference(written):
                found[decision.name] = written
                model.lost.append(f"{decision.where} is left out: it repeats {shown(written)}")
    return found


class _Linker:
    """Says what each input of each table asks for, and gives it a name that nothing else has."""

    def __init__(self, model: Model, tables: Sequence[Read], aliases: dict[str, str]) -> None:
        self.model, self.tables, self.aliases = model, tables, aliases
        self.place = {read.decision.name: place for place, read in enumerate(tables)}

    def linked(self) -> list[Linked]:
        """The tables with where their inputs come from."""
        sources: list[list[tuple[int, int] | None]] = []
        references: list[list[str]] = []
        for read in self.tables:
            required = [each.name for each in self.model.required(read.decision)]
            found = [self._source(read.decision, c.reference, required) for c in read.columns]
            sources.append([source for source, _ in found])
            references.append([reference for _, reference in found])
        self._checked_spellings(sources, references)
        questions = self._questions(sources, references)
        titles = _distinct([read.table.title for read in self.tables])
        linked = []
        for place, read in enumerate(self.tables):
            table = read.table
            inputs = [
                replace(input_, name=questions[reference]) if source is None else input_
                for input_, source, reference in zip(
                    table.inputs, sources[place], references[place], strict=True
                )
            ]
            made = replace(table, title=titles[place], inputs=tuple(inputs))
            linked.append(Linked(made, tuple(sources[place])))
        return _with_names_of_their_own(linked)

    def _source(
        self, decision: Decision, reference: str, required: Sequence[str]
    ) -> tuple[tuple[int, int] | None, str]:
        """The table and output that answer an input, or None; and the name of what it asks."""
        for _ in range(len(self.aliases) + 1):
            if reference not in self.aliases:
                break
            reference = self.aliases[reference]
        if reference in self.model.inputs:
            return None, reference
        for name in required:
            place = self.place.get(name)
            if place is None:
                continue
            outputs = self.tables[place].names
            if reference == name and len(outputs) == 1:
                return (place, 0), reference
            for output, each in enumerate(outputs):
                # Some engines take the outputs of a decision by their own names.
                if each and reference in (f"{name}.{each}", each):
                    return (place, output), reference
            if reference == name:
                self.model.problem(
                    decision.element,
                    f"{decision.where} asks for all of {shown(name)}, which has several outputs",
                )
        return None, reference

    def _checked_spellings(
        self,
        sources: Sequence[Sequence[tuple[int, int] | None]],
        references: Sequence[Sequence[str]],
    ) -> None:
        """Note words that two tables ask of the same input, and that a guide takes for the same."""
        words: dict[str, list[str]] = {}
        last: dict[str, XmlElement] = {}
        for place, read in enumerate(self.tables):
            for column, reference in enumerate(references[place]):
                if sources[place][column] is None:
                    tests = [rule.tests[column] for rule in read.table.rules]
                    found = {value: None for test in tests if test for value in test.values}
                    words.setdefault(reference, []).extend(found)
                    last[reference] = read.columns[column].element
        for reference, several in words.items():
            # Where one table has both, it has been said already.
            for slip in spelled_twice(several) if not self.model.problems else ():
                self.model.problem(last[reference], f"the input {shown(reference)}: {slip}")

    def _questions(
        self,
        sources: Sequence[Sequence[tuple[int, int] | None]],
        references: Sequence[Sequence[str]],
    ) -> dict[str, str]:
        """A question for each name that is asked: its label, made to differ from all others."""
        labels: dict[str, str] = {}
        for place, read in enumerate(self.tables):
            for column, source, reference in zip(
                read.columns, sources[place], references[place], strict=True
            ):
                if source is None and not labels.get(reference):
                    element = self.model.inputs.get(reference)
                    own = plain(element.attributes.get("label", "")) if element else ""
                    labels[reference] = own or column.label
        names = {reference: label or reference for reference, label in labels.items()}
        return dict(zip(names, _distinct([*names.values()], [*names]), strict=True))


def _distinct(names: Sequence[str], others: Sequence[str] = ()) -> list[str]:
    """Names that differ to a reader; `others`: what stands in brackets after one that would not."""
    taken: set[str] = set()
    found = []
    for place, name in enumerate(names):
        tries = [name, *([f"{name} ({others[place]})"] if others else [])]
        tries += [f"{name} ({number})" for number in range(2, len(names) + 3)]
        free = next(each for each in tries if alike(each) not in taken)
        taken.add(alike(free))
        found.append(free)
    return found


def _with_names_of_their_own(linked: Sequence[Linked]) -> list[Linked]:
    """The tables, with the names of outputs that no other table has."""
    every = [output.name for each in linked for output in each.table.outputs]
    often = {alike(name) for name in every if sum(alike(n) == alike(name) for n in every) > 1}
    found = []
    for each in linked:
        outputs = [
            replace(output, name=f"{each.table.title}: {output.name}")
            if alike(output.name) in often and alike(output.name) != alike(each.table.title)
            else output
            for output in each.table.outputs
        ]
        found.append(replace(each, table=replace(each.table, outputs=tuple(outputs))))
    return found
