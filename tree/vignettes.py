"""Written cases: short stories of patients, and which words of each answer which factor."""

from __future__ import annotations

from dataclasses import dataclass

from . import keys
from .conditions import Conditions
from .errors import Problem, located
from .located import Mapping, Node, Scalar, lines, parse
from .reading import Reading
from .sources import CASES_FILE, MISSING, Source
from .text import Quote, Text

MAX_CASES = 500


@dataclass(frozen=True)
class Given:
    """A factor that a vignette answers, and the words of the vignette that say so."""

    factor: str
    value: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Vignette:
    """A patient in a few sentences. What the outcome is, the tree says; it is not written here.

    `distractors`: words of the vignette that the guide's text makes no use of.
    """

    id: str
    story: str
    given: tuple[Given, ...] = ()
    distractors: tuple[Quote, ...] = ()

    @property
    def answers(self) -> dict[str, str]:
        """What is known of the patient: factor to value."""
        return {given.factor: given.value for given in self.given}


def read_vignettes(source: Source, reading: Reading) -> tuple[tuple[Vignette, ...], list[Problem]]:
    """Read `cases.yaml`, if there is one, and say everything that is wrong in it."""
    content, problems = source.read(CASES_FILE)
    if problems:
        missing = [problem.message for problem in problems] == [MISSING]
        return (), [] if missing else problems
    file = source.named(CASES_FILE)
    node, problems = parse(file, content)
    loader = _Loader(file, problems, reading)
    found = loader.cases(node) if node else ()
    return found, located(loader.problems, {file: lines(content)})


class _Loader(Conditions):
    whole = "the vignette"

    def __init__(self, file: str, problems: list[Problem], reading: Reading) -> None:
        super().__init__(file, problems)
        self.factors = {factor.id: factor for factor in reading.factors}

    def cases(self, node: Node) -> tuple[Vignette, ...]:
        if not isinstance(node, Mapping):
            self.wrong_type(node, "cases must be a mapping of names to cases")
            return ()
        return tuple(self.entries(node, "case", self.case, MAX_CASES))

    def case(self, id: str, node: Node) -> Vignette:
        found = self.keys(node, f"case '{id}'", keys.CASE)
        story = self.line(found.get("vignette"))
        # Quotes are looked for in the vignette, not in the text of the guide.
        self.text = Text(self.file, story)
        given = [
            made
            for key, value in self.pairs(found.get("answers"), "answers")
            for made in self.given(key, value)
        ]
        return Vignette(id, story, tuple(given), self.quotes(found.get("distractors")))

    def given(self, key: Scalar, node: Node) -> list[Given]:
        parts = self.keys(node, f"the answer to '{key.value}'", keys.GIVEN)
        if "value" not in parts:
            return []
        answer = self.answer(key, parts["value"])
        quotes = self.quotes(parts.get("words"))
        return [Given(*answer, quotes)] if answer else []
