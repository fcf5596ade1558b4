"""What a DMN file defines: its types, what it asks, and its decisions, by name and by id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model.errors import Problem, TreeError, allowed, shown
from .feel import Slip, constants, word
from .places_in_xml import XmlElement

NAMESPACES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
# What has no place in a table of a guide, in the words of those who draw it.
BOXED = {
    "context": "a boxed context",
    "invocation": "an invocation of a function",
    "functionDefinition": "a boxed function",
    "relation": "a relation",
    "list": "a boxed list",
    "conditional": "a boxed conditional",
    "filter": "a boxed filter",
    "for": "a boxed loop",
    "every": "a boxed loop",
    "some": "a boxed loop",
}
LOGIC = ("decisionTable", "literalExpression", *BOXED)
BASES = ("string", "boolean", "number")
_FEEL = re.compile(r"(https?://www\.omg\.org/spec/(DMN|FEEL)/.*|s-?feel|feel)?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w '\u2019]*(\.[^\W\d][\w '\u2019]*)*")
_KEYWORDS = {
    *("and", "or", "not", "in", "if", "then", "else", "for", "some", "every", "between"),
    *("true", "false", "null"),
}


def plain(name: str) -> str:
    """A name as FEEL compares it: with single blanks."""
    return " ".join(name.split())


@dataclass(frozen=True)
class Kind:
    """A type: string, boolean or number, "" for any or a name of another kind, and its values."""

    base: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """A decision, with its logic; `required`: the ids of the decisions that it asks."""

    element: XmlElement
    id: str
    name: str
    label: str
    logic: XmlElement | None
    required: tuple[str, ...]

    @property
    def where(self) -> str:
        """How a message names it."""
        return f"the decision {shown(self.name)}" + (f" ({self.id})" if self.id else "")


@dataclass
class Model:
    """What a file defines. What is wrong with it is collected in `problems`."""

    root: XmlElement
    file: str
    problems: list[Problem] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    inputs: dict[str, XmlElement] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    types: dict[str, XmlElement] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root.name != "definitions" or self.root.space not in NAMESPACES:
            found = f"{self.root.name!r} of the namespace {shown(self.root.space, 80)}"
            versions = ", ".join(NAMESPACES.values())
            raise TreeError(
                [
                    Problem(
                        self.file,
                        self.root.line,
                        self.root.column,
                        f"this is no DMN {versions}: the file begins with {found}",
                    )
                ]
            )
        self.checked_language(self.root, "the file")
        for element in self.root.all("itemDefinition"):
            self.types.setdefault(plain(element.attributes.get("name", "")), element)
        for element in self.root.all("inputData"):
            self.inputs.setdefault(self.name_of(element), element)
        for element in self.root.all("decision"):
            self._decision(element)
        self._refused()

    def problem(self, element: XmlElement, message: str) -> None:
        """Note what is wrong, and where."""
        self.problems.append(Problem(self.file, element.line, element.column, message))

    def name_of(self, element: XmlElement) -> str:
        """The name under which the value of an element is asked for."""
        variable = element.first("variable")
        found = variable.attributes.get("name", "") if variable else ""
        return plain(
            found or element.attributes.get("name", "") or element.attributes.get("id", "")
        )

    def checked_language(self, element: XmlElement, where: str) -> None:
        """Note a language of expressions that is not FEEL."""
        language = element.attributes.get("expressionLanguage", "")
        if not _FEEL.fullmatch(language):
            self.problem(element, f"{where} is written in {shown(language)}; only FEEL is read")

    def _decision(self, element: XmlElement) -> None:
        name = self.name_of(element)
        label = plain(element.attributes.get("label", "")) or plain(
            element.attributes.get("name", "")
        )
        required = tuple(
            href.attributes.get("href", "")
            for requirement in element.all("informationRequirement")
            for href in requirement.all("requiredDecision")
        )
        id = element.attributes.get("id", "")
        logic = next(element.all(*LOGIC), None)
        made = Decision(element, id, name, label or name, logic, required)
        if not name:
            self.problem(element, "a decision without a name")
        elif name in self.decisions:
            self.problem(element, f"two decisions are called {shown(name)}")
        else:
            self.decisions[name] = made

    def _refused(self) -> None:
        for element in self.root.all("businessKnowledgeModel"):
            name = shown(self.name_of(element))
            self.problem(element, f"the function {name} is not read: it has no place in a tree")
        for element in self.root.all("import"):
            name = shown(element.attributes.get("name", ""))
            self.problem(element, f"the import {name} is not read; put all tables into one file")
        for element in self.root.all("decisionService"):
            self.lost.append(f"the decision service {shown(self.name_of(element))} is left out")

    # --- what names mean --------------------------------------------------------------------

    def required(self, decision: Decision) -> Iterator[Decision]:
        """The decisions that one asks; what is not in the file is noted."""
        by_id = {each.id: each for each in self.decisions.values() if each.id}
        for href in decision.required:
            where, _, id = href.rpartition("#")
            if (where and where != self.root.attributes.get("namespace")) or not href:
                self.problem(
                    decision.element,
                    f"{decision.where} asks {shown(href)}, which is in another file",
                )
            elif id not in by_id:
                self.problem(
                    decision.element,
                    f"{decision.where} asks {shown(id)}, which is not in the file: "
                    f"{allowed(id, by_id)}",
                )
            else:
                yield by_id[id]

    def kind(self, reference: str, depth: int = 0) -> Kind:
        """The type of a name in `typeRef`."""
        name = plain(reference)
        if ":" in name and name not in self.types:
            name = name.rpartition(":")[2]
        if name in self.types and depth < 10:
            element = self.types[name]
            if element.attributes.get("isCollection") == "true":
                return Kind("a list")
            return self._item_kind(element, depth)
        lower = name.lower()
        numbers = ("number", "integer", "long", "double", "decimal", "int", "float")
        if lower in numbers:
            return Kind("number")
        return Kind({"": "", "any": "", "bool": "boolean"}.get(lower, lower))

    def _item_kind(self, element: XmlElement, depth: int) -> Kind:
        if element.first("itemComponent"):
            return Kind("a structure")
        base = self.kind(element.text_of("typeRef"), depth + 1)
        values = self.allowed_values(element, "allowedValues")
        return Kind(base.base, values or base.values)

    def component(self, reference: str, path: str) -> Kind:
        """The type of a component of a structure."""
        element = self.types.get(plain(reference.rpartition(":")[2]))
        for name in path.split("."):
            parts = element.all("itemComponent") if element else iter(())
            element = next((e for e in parts if plain(e.attributes.get("name", "")) == name), None)
            if element and not element.first("itemComponent"):
                inner = element.text_of("typeRef")
                if inner not in self.types or "." not in path:
                    return self._item_kind(element, 0)
                element = self.types[inner]
        return Kind()

    def allowed_values(self, element: XmlElement, name: str) -> tuple[str, ...]:
        """The values that an element lists in a child; none where that is a range."""
        child = element.first(name)
        if child is None:
            return ()
        try:
            found = constants(child.text_of("text"))
        except Slip as slip:
            self.problem(child, f"{name}: {slip}")
            return ()
        # A list of numbers says which numbers there are, and not which bands.
        if any(isinstance(value, float) for value in found):
            return ()
        return tuple(dict.fromkeys(filter(None, map(word, found))))

    def is_reference(self, text: str) -> bool:
        """Whether an expression is just a name."""
        names = {*self.inputs, *self.decisions}
        if text in names or text.partition(".")[0] in names:
            return True
        return bool(_NAME.fullmatch(text)) and not _KEYWORDS & set(text.split())
