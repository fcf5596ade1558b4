"""A decision table of a DMN file → our decision table, with all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model.errors import allowed, shown
from ..model.letters import alike
from .decision_table import DecisionTable, HitPolicy, Input, Output, Rule, Test
from .dmn_model import BASES, Decision, Kind, Model, plain
from .feel import Constant, Slip, constant, unary_tests, word
from .places_in_xml import XmlElement

POLICIES = {
    "UNIQUE": HitPolicy.UNIQUE,
    "ANY": HitPolicy.ANY,
    "FIRST": HitPolicy.FIRST,
    "PRIORITY": HitPolicy.PRIORITY,
    "RULE ORDER": HitPolicy.EVERY,
    "OUTPUT ORDER": HitPolicy.EVERY,
    "COLLECT": HitPolicy.EVERY,
}
BY_VALUES = ("PRIORITY", "OUTPUT ORDER")
MOST_COLUMNS = 200


@dataclass(frozen=True)
class RuleColumn:
    """An input as the file has it: the expression that it asks, its label and its type."""

    element: XmlElement
    reference: str
    label: str
    kind: Kind


@dataclass(frozen=True)
class Read:
    """A table, the columns of its inputs, and the plain names of its outputs."""

    decision: Decision
    table: DecisionTable
    columns: tuple[RuleColumn, ...]
    names: tuple[str, ...]


class TableReader:
    """Reads the decision table of one decision; problems go to the model."""

    def __init__(self, model: Model, decision: Decision) -> None:
        assert decision.logic is not None
        self.model, self.decision, self.element = model, decision, decision.logic

    def read(self) -> Read:
        """The table; where there are problems, without what is wrong."""
        written = self.element.attributes.get("hitPolicy", "UNIQUE")
        columns = [self._column(e) for e in self.element.all("input")]
        outputs = [*self.element.all("output")]
        if len(columns) + len(outputs) > MOST_COLUMNS:
            self._problem(self.element, f"more than {MOST_COLUMNS} columns")
            columns, outputs = [], []
        made = [self._output(e, len(outputs) == 1) for e in outputs]
        self._checked_policy(written, made)
        rules = list(self.element.all("rule")) if columns or outputs else []
        titled = [
            self._rule(place, rule, columns, made) for place, rule in enumerate(rules, start=1)
        ]
        table = DecisionTable(
            self.decision.label,
            tuple(Input(c.label or c.reference, self._values(c)) for c in columns),
            tuple(made),
            tuple(titled),
            POLICIES.get(written, HitPolicy.UNIQUE),
            tuple(self._about()),
            lost=self._lost(written, made),
            at=(self.element.line, self.element.column),
        )
        self._checked_spellings(table, columns, outputs)
        names = tuple(plain(e.attributes.get("name", "")) for e in outputs)
        return Read(self.decision, table, tuple(columns), names)

    def _problem(self, element: XmlElement, message: str) -> None:
        self.model.problem(element, f"{self.decision.where}: {message}")

    def _about(self) -> list[str]:
        lines = [
            self.decision.element.text_of(name)
            for name in ("description", "question", "allowedAnswers")
        ]
        return [*filter(None, [*lines, self.element.text_of("description")])]

    def _checked_policy(self, written: str, outputs: Sequence[Output]) -> None:
        aggregation = self.element.attributes.get("aggregation", "")
        if written not in POLICIES:
            self._problem(
                self.element, f"unknown hit policy {shown(written)}: {allowed(written, POLICIES)}"
            )
        elif aggregation:
            self._problem(
                self.element,
                f"the hit policy {written} with the aggregation {shown(aggregation)} is not read: "
                "a tree adds nothing up",
            )
        elif written in BY_VALUES and not any(output.values for output in outputs):
            self._problem(
                self.element, f"the hit policy {written} needs outputValues, which have the order"
            )

    def _lost(self, written: str, outputs: Sequence[Output]) -> tuple[str, ...]:
        """What the hit policy says and a guide does not."""
        if POLICIES.get(written) is not HitPolicy.EVERY:
            return ()
        title = shown(self.decision.label)
        found = [f"{title}: of several results that hold, how often and in which order ({written})"]
        if len(outputs) > 1:
            found.append(f"{title}: of several rules that hold, which results are from the same")
        return tuple(found)

    # --- columns ----------------------------------------------------------------------------

    def _column(self, element: XmlElement) -> RuleColumn:
        expression = element.first("inputExpression")
        written = plain(expression.text_of("text")) if expression else ""
        written = written or plain(element.attributes.get("inputVariable", ""))
        label = plain(element.attributes.get("label", ""))
        name = shown(label or written or element.attributes.get("id", ""))
        where = f"{self.decision.where}: the input {name}"
        place = expression or element
        self.model.checked_language(place, where)
        if not written:
            self.model.problem(place, f"{where} asks nothing: it has no expression")
        elif not self.model.is_reference(written):
            self.model.problem(
                place, f"{where} asks {shown(written)}; only the name of an input is read"
            )
        kind = self._kind(expression, written)
        if kind.base not in ("", *BASES):
            self.model.problem(
                place, f"{where} is {_of_kind(kind.base)}; strings, numbers and booleans are read"
            )
        values = self.model.allowed_values(element, "inputValues")
        return RuleColumn(element, written, label, Kind(kind.base, values or kind.values))

    def _kind(self, expression: XmlElement | None, written: str) -> Kind:
        """The type of an input: what its expression says, or what the file says about its name."""
        kind = self.model.kind(expression.attributes.get("typeRef", "") if expression else "")
        head, _, path = written.partition(".")
        element = self.model.inputs.get(written) or self.model.inputs.get(head)
        variable = element.first("variable") if element else None
        if variable is None:
            return kind
        reference = variable.attributes.get("typeRef", "")
        if written in self.model.inputs:
            declared = self.model.kind(reference)
        else:
            declared = self.model.component(reference, path)
        if kind.base in BASES and declared.base not in BASES:
            return kind
        return Kind(kind.base or declared.base, kind.values or declared.values)

    def _values(self, column: RuleColumn) -> tuple[str, ...]:
        return ("yes", "no") if column.kind.base == "boolean" else column.kind.values

    def _output(self, element: XmlElement, alone: bool) -> Output:
        name, label = (plain(element.attributes.get(key, "")) for key in ("name", "label"))
        if alone:
            shared = self.element.attributes.get("outputLabel", "")
            label = label or plain(shared) or self.decision.label
        elif not (name or label):
            self._problem(element, "an output without a name, of several")
        values = self.model.allowed_values(element, "outputValues") or self._declared(element, name)
        default = element.first("defaultOutputEntry")
        result = self._constant(default, "the default") if default else ""
        if values and result and result not in values:
            self._problem(
                default or element, f"the default {shown(result)}: {allowed(result, values)}"
            )
        return Output(label or name, values, result)

    def _declared(self, element: XmlElement, name: str) -> tuple[str, ...]:
        """The values of the type of an output."""
        if reference := element.attributes.get("typeRef", ""):
            return self.model.kind(reference).values
        variable = self.decision.element.first("variable")
        reference = variable.attributes.get("typeRef", "") if variable else ""
        found = self.model.component(reference, name) if name else Kind()
        return found.values or self.model.kind(reference).values

    def _constant(self, element: XmlElement, where: str) -> str:
        self.model.checked_language(element, f"{self.decision.where}: {where}")
        try:
            return word(constant(element.text_of("text")))
        except Slip as slip:
            self._problem(element.first("text") or element, f"{where}: {slip}")
            return ""

    # --- rules ------------------------------------------------------------------------------

    def _rule(
        self,
        place: int,
        rule: XmlElement,
        columns: Sequence[RuleColumn],
        outputs: Sequence[Output],
    ) -> Rule:
        entries, results = [*rule.all("inputEntry")], [*rule.all("outputEntry")]
        name = f"Row {place}"
        for kind, found, wanted in (
            ("inputs", len(entries), len(columns)),
            ("outputs", len(results), len(outputs)),
        ):
            if found != wanted:
                self._problem(rule, f"{name}: there are {found} {kind}, and the table has {wanted}")
        tests = [self._test(name, e, c) for e, c in zip(entries, columns, strict=False)]
        said = [self._result(name, e, o) for e, o in zip(results, outputs, strict=False)]
        tests += [None] * (len(columns) - len(tests))
        said += [""] * (len(outputs) - len(said))
        notes = [plain(rule.attributes.get("label", "")), rule.text_of("description")]
        notes += [entry.text_of("text") for entry in rule.all("annotationEntry")]
        kept, at = tuple(dict.fromkeys(filter(None, notes))), (rule.line, rule.column)
        return Rule(name, tuple(tests), tuple(said), kept, at)

    def _test(self, row: str, entry: XmlElement, column: RuleColumn) -> Test | None:
        where = f"{row}, {shown(column.label or column.reference)}"
        self.model.checked_language(entry, f"{self.decision.where}: {where}")
        place = entry.first("text") or entry
        try:
            asked = unary_tests(entry.text_of("text"))
        except Slip as slip:
            self._problem(place, f"{where}: {slip}")
            return None
        base = column.kind.base
        if base in BASES and (strange := asked.kinds - {base}):
            self._problem(
                place,
                f"{where}: {_of_kind(min(strange))} is compared with {_of_kind(base)}",
            )
            return None
        values = self._values(column)
        for value in asked.test.values if asked.test and values else ():
            if value not in values:
                self._problem(
                    place,
                    f"{where}: {shown(value)} is not among its values: {allowed(value, values)}",
                )
        return asked.test

    def _result(self, row: str, entry: XmlElement, output: Output) -> str:
        where = f"{row}, {shown(output.name)}"
        result = self._constant(entry, where)
        if output.values and result and result not in output.values:
            self._problem(
                entry.first("text") or entry,
                f"{where}: {shown(result)} is not among its values: "
                f"{allowed(result, output.values)}",
            )
        return result

    def _checked_spellings(
        self, table: DecisionTable, columns: Sequence[RuleColumn], outputs: Sequence[XmlElement]
    ) -> None:
        """Note words that a guide would take for the same, and DMN does not."""
        for place, column in enumerate(columns):
            tests = [test for rule in table.rules if (test := rule.tests[place])]
            self._alike(column.element, [v for t in tests for v in t.values])
        for place, element in enumerate(outputs[: len(table.outputs)]):
            self._alike(element, [rule.results[place] for rule in table.rules])

    def _alike(self, element: XmlElement, found: Sequence[str]) -> None:
        for slip in spelled_twice(found):
            self._problem(element, slip)


def spelled_twice(words: Iterable[str]) -> Iterator[str]:
    """Messages on words that differ, and that a guide takes for the same.

    >>> list(spelled_twice(["Low", "low"]))[0][:14]
    "'Low' and 'low"
    """
    seen: dict[str, str] = {}
    for each in filter(None, dict.fromkeys(words)):
        other = seen.setdefault(alike(each), each)
        if other != each:
            yield (
                f"{shown(other)} and {shown(each)} differ in capitals or blanks alone; "
                "a guide takes them for the same"
            )


def _of_kind(base: str) -> str:
    return base if base.startswith("a ") else f"a {base}"


def constant_table(model: Model, decision: Decision, value: Constant) -> Read:
    """The table of a decision that is the same in every case."""
    output = Output(decision.label)
    rule = Rule("Row 1", (), (word(value),))
    about = decision.element.text_of("description")
    table = DecisionTable(
        decision.label, (), (output,), (rule,), HitPolicy.UNIQUE, (about,) if about else ()
    )
    return Read(decision, table, (), ("",))
