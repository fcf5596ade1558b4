"""A guide → DMN 1.3: a decision table for each tree, and what a modeller needs to show them.

Every option that stands the same for everyone is a decision of its own that is a constant: so all
that the guide decides can be evaluated, by any engine.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..authoring.identifiers import identifier
from ..guide import Guide
from ..logic.build import Tree
from ..logic.trees import of_everyone
from ..messages import spoken
from ..model.answers import YES_NO, Band
from ..model.parts import Factor
from ..model.ranges import inside
from .decision_table import DecisionTable, Output, Test
from .dmn_picture import Drawn, picture
from .feel import word
from .tree_tables import tables_of

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
# What means something in FEEL or to engines, and is no name for anybody's question.
_RESERVED = frozenset(
    re.findall(
        r"\w+",
        "and or not in if then else for return some every satisfies between instance of true false "
        "null function external item date time duration number string boolean list context range "
        "any count min max sum mean all contains class default switch var new this typeof void",
    )
)
# What XML 1.0 has no sign for.
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@spoken
def write(guide: Guide) -> tuple[bytes, tuple[str, ...]]:
    """The guide as a DMN file, and what of the guide is not in it, in words.

    The questions are input data; a tree with a named option for each case has one output, any
    other an output for each option, whose results are standings. The quotes that decide stand in
    a column of annotations. No two rules of a table hold together, and for every case one does.

    Raises AnswerError where a tree has more than 5,000 ways through it.

    >>> from tree import load
    >>> made, lost = write(load("metastatic_liver_cancer"))
    >>> made.count(b"<decisionTable"), made.count(b"<inputData"), made[:38]
    (1, 4, b"<?xml version='1.0' encoding='utf-8'?>")
    """
    return _DmnWriter(guide).write(), tuple(_lost(guide))


def _lost(guide: Guide) -> Iterator[str]:
    """What a guide says that its tables do not."""
    yield "the text itself; the quotes that decide stand in the annotations"
    yield "answers that are unknown: the tables take every question as answered"
    if relations := [s for s in guide.statements if s.relation]:
        yield f"how options go together, in which order: {_ids(relations)}"
    if remarks := [s for s in guide.statements if s.remark]:
        yield f"remarks: {_ids(remarks)}"
    if graded := [s for s in guide.statements if s.strength or s.grade]:
        yield f"how firmly the text says it: {_ids(graded)}"
    if implied := [s for s in guide.statements if s.basis == "implied"]:
        yield f"what is stated and what is implied: {_ids(implied)}"
    if depending := [f for f in guide.factors if f.asked_if]:
        yield f"when a question does not apply: {_ids(depending)}"
    if measured := [f for f in guide.factors if f.unit]:
        yield f"units of numbers: {_ids(measured)}"
    if mixed := [f for f in guide.factors if f.bands and _kind(f) == "string"]:
        yield f"numbers, of which the name of the band is asked: {_ids(mixed)}"
    if counts := guide.scores:
        yield f"scores, whose parts are asked for instead: {_ids(counts)}"
    asked = {id for tree in guide.trees for id in tree.factors}
    if idle := [factor for factor in guide.factors if factor.id not in asked]:
        yield f"questions that decide nothing: {_ids(idle)}"
    if guide.groups:
        yield f"groups of options: {_ids(guide.groups)}"


def _ids(entries: Sequence[object]) -> str:
    ids = [str(getattr(entry, "id", "")) for entry in entries]
    return ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")


@dataclass
class _DmnWriter:
    guide: Guide
    names: set[str] = field(default_factory=lambda: set(_RESERVED))
    asked: dict[str, str] = field(default_factory=dict)
    drawn: list[Drawn] = field(default_factory=list)

    def write(self) -> bytes:
        """The whole file."""
        root = ET.Element("definitions", {"xmlns": MODEL})
        self._set(root, id="definitions", name=self.guide.title)
        title = identifier(self.guide.title, most=8)
        self._set(root, namespace=f"urn:decision-tree:{title}", exporter="decision-tree-notebook")
        tables = tables_of(self.guide)
        factors = [
            self.guide.factor(id)
            for id in dict.fromkeys(id for tree in self.guide.trees for id in tree.factors)
        ]
        for factor in factors:
            self.asked[factor.id] = self._name(factor.id)
            self._type(root, factor)
        for tree, table in zip(self.guide.trees, tables, strict=True):
            self._type_of_outputs(root, tree, table)
        for tree, table in zip(self.guide.trees, tables, strict=True):
            self._decision(root, tree, table)
        for option, standing in of_everyone(self.guide):
            self._constant(root, option.id, option.name, self.guide.label(standing))
        for factor in factors:
            self._input(root, factor)
        root.append(picture(self.drawn))
        ET.indent(root)
        made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return made + b"\n"

    def _set(self, element: ET.Element, **attributes: str) -> None:
        for key, value in attributes.items():
            element.set(key, _NOT_IN_XML.sub("", value))

    def _add(self, parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
        made = ET.SubElement(parent, tag)
        self._set(made, **attributes)
        return made

    def _text(self, parent: ET.Element, words: str) -> None:
        ET.SubElement(parent, "text").text = _NOT_IN_XML.sub("", words)

    def _name(self, words: str) -> str:
        """A name of letters, digits and _ that nothing else in the file has."""
        made = identifier(words.replace("_", " "), self.names, most=12)
        self.names.add(made)
        return made

    # --- types ------------------------------------------------------------------------------

    def _type(self, root: ET.Element, factor: Factor) -> None:
        """The type of a question: its values, or the numbers that can be."""
        kind = _kind(factor)
        values = ", ".join(map(_string, factor.values)) if kind == "string" else ""
        if kind == "number" and factor.range:
            values = _band(factor.range)
        if values:
            name = f"type_{self.asked[factor.id]}"
            made = self._add(root, "itemDefinition", id=name, name=name, label=factor.question)
            ET.SubElement(made, "typeRef").text = kind
            self._text(ET.SubElement(made, "allowedValues"), values)

    def _type_of(self, factor: Factor) -> str:
        kind = _kind(factor)
        typed = kind == "string" or (kind == "number" and factor.range)
        return f"type_{self.asked[factor.id]}" if typed else kind

    def _type_of_outputs(self, root: ET.Element, tree: Tree, table: DecisionTable) -> None:
        if len(table.outputs) > 1:
            name = f"outcome_{self._decided(tree)}"
            made = self._add(root, "itemDefinition", id=name, name=name, label=tree.name)
            for option in tree.options:
                part = self._add(made, "itemComponent", name=self._decided(option))
                ET.SubElement(part, "typeRef").text = "string"

    def _decided(self, entry: object) -> str:
        """The name of a tree or of an option, the same whenever it is asked for."""
        key = f"{type(entry).__name__} {getattr(entry, 'id', '') or getattr(entry, 'name', '')}"
        if key not in self.asked:
            self.asked[key] = self._name(getattr(entry, "id", "") or getattr(entry, "name", ""))
        return self.asked[key]

    # --- decisions --------------------------------------------------------------------------

    def _decision(self, root: ET.Element, tree: Tree, table: DecisionTable) -> None:
        name = self._decided(tree)
        several = len(table.outputs) > 1
        made = self._add(root, "decision", id=name, name=name, label=table.title)
        self._add(made, "variable", name=name, typeRef=f"outcome_{name}" if several else "string")
        asked = [self.guide.factor(id) for id in tree.factors]
        for factor in asked:
            needed = self._add(
                made, "informationRequirement", id=f"{name}_asks_{self.asked[factor.id]}"
            )
            self._add(needed, "requiredInput", href=f"#input_{self.asked[factor.id]}")
        lines = ET.SubElement(made, "decisionTable")
        self._set(lines, id=f"table_{name}", hitPolicy="UNIQUE", outputLabel=table.title)
        for factor in asked:
            column = self._add(lines, "input", id=f"{name}_column_{self.asked[factor.id]}")
            self._set(column, label=factor.question)
            expression = self._add(column, "inputExpression", typeRef=self._type_of(factor))
            self._text(expression, self.asked[factor.id])
        names = [self._decided(option) for option in tree.options] if several else [name]
        columns = zip(*(rule.results for rule in table.rules), strict=True)
        for output, own, results in zip(table.outputs, names, columns, strict=True):
            self._output(lines, output, own, results)
        if any(rule.notes for rule in table.rules):
            self._add(lines, "annotation", name="Quotes")
        noted = any(rule.notes for rule in table.rules)
        for place, rule in enumerate(table.rules, start=1):
            row = self._add(lines, "rule", id=f"{name}_row_{place}")
            notes = _NOT_IN_XML.sub("", "\n".join(rule.notes))
            if notes:
                # The modeller shows this where others show the annotations.
                ET.SubElement(row, "description").text = notes
            for test, factor in zip(rule.tests, asked, strict=True):
                self._text(ET.SubElement(row, "inputEntry"), _entry(test, factor))
            for result in rule.results:
                self._text(ET.SubElement(row, "outputEntry"), _result(result))
            if noted:
                self._text(ET.SubElement(row, "annotationEntry"), notes)
        asks = [f"input_{self.asked[factor.id]}" for factor in asked]
        self.drawn.append(Drawn(name, tuple(asks)))

    def _output(self, lines: ET.Element, output: Output, name: str, results: Sequence[str]) -> None:
        decision = lines.attrib["id"].removeprefix("table_")
        made = self._add(lines, "output", id=f"{decision}_says_{name}", label=output.name)
        self._set(made, name=name, typeRef="string")
        if output.values:
            # Engines refuse a result that is not among these, also where a row says nothing.
            values = ", ".join(_result(each) for each in dict.fromkeys([*output.values, *results]))
            self._text(ET.SubElement(made, "outputValues"), values)

    def _constant(self, root: ET.Element, id: str, label: str, result: str) -> None:
        name = self._name(id)
        made = self._add(root, "decision", id=name, name=name, label=label)
        self._add(made, "variable", name=name, typeRef="string")
        self._text(self._add(made, "literalExpression", id=f"always_{name}"), _string(result))
        self.drawn.append(Drawn(name))

    def _input(self, root: ET.Element, factor: Factor) -> None:
        name = self.asked[factor.id]
        made = self._add(root, "inputData", id=f"input_{name}", name=name, label=factor.question)
        if factor.help:
            ET.SubElement(made, "description").text = _NOT_IN_XML.sub("", factor.help)
        self._add(made, "variable", name=name, typeRef=self._type_of(factor))


def _kind(factor: Factor) -> str:
    """The type of the answers to a question.

    In FEEL an answer is a number or a word. Where it may be either, it is the name of a band.
    """
    if factor.bands and len(factor.values) == len(factor.bands):
        return "number"
    return "boolean" if factor.values == tuple(YES_NO) else "string"


def _entry(test: Test | None, factor: Factor) -> str:
    if test is None:
        return "-"
    kind = _kind(factor)
    if kind == "number":
        return ", ".join(map(_band, test.bands))
    if kind == "boolean":
        return ", ".join("true" if value == "yes" else "false" for value in test.values)
    named = [
        value
        for value, band in zip(factor.values, factor.bands, strict=False)
        if any(inside(band, wanted) for wanted in test.bands)
    ]
    return ", ".join(map(_string, [*named, *test.values]))


def _string(words: str) -> str:
    r"""Words as a string of FEEL.

    >>> print(_string('a "b"'))
    "a \"b\""
    """
    plain = _NOT_IN_XML.sub("", words).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def _result(words: str) -> str:
    return _string(words) if words else "null"


def _band(band: Band) -> str:
    """Numbers as a unary test of FEEL.

    >>> _band(Band(18, 25, True)), _band(Band(high=4.5)), _band(Band(3, 3, True, True))
    ('[18..25)', '< 4.5', '3')
    """
    if band.low is not None and band.high is not None:
        if band.low == band.high:
            return word(float(band.low))
        low, high = word(float(band.low)), word(float(band.high))
        return f"{'[' if band.low_inside else '('}{low}..{high}{']' if band.high_inside else ')'}"
    if band.low is not None:
        return f"{'>=' if band.low_inside else '>'} {word(float(band.low))}"
    return f"{'<=' if band.high_inside else '<'} {word(float(band.high or 0))}"
