"""Written cases: short stories of patients, and which words of each answer which factor."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model.errors import ERROR, WARNING, Problem, located, shown
from ..model.findings import Finding, FindingKind
from ..model.parts import Reading
from ..model.text import Passage, Quote, Text, folded
from . import keys
from .conditions import Conditions
from .fields import Enough
from .sources import CASES_FILE, MISSING, Source
from .yaml_nodes import YamlMapping, YamlNode, lines, parse

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

    def __str__(self) -> str:
        quotes = ((each, "; ".join(quote.line for quote in each.quotes)) for each in self.given)
        given = (f"  {each.factor} = {each.value}" + f': "{q}"' * bool(q) for each, q in quotes)
        return folded([self.story, *given])


def read_vignettes(source: Source, reading: Reading) -> tuple[tuple[Vignette, ...], list[Problem]]:
    """Read `cases.yaml`, if there is one, and say everything that is wrong in it, or may be.

    Where something is wrong, there are no vignettes.
    """
    content, problems = source.read(CASES_FILE)
    if problems:
        missing = [problem.message for problem in problems] == [MISSING]
        return (), [] if missing else problems
    file = source.named(CASES_FILE)
    node, problems = parse(file, content)
    loader = _CasesLoader(file, problems, reading)
    try:
        found = loader.cases(node) if node else ()
    except Enough as enough:
        found = ()
        problems.append(enough.problem)
    wrong = any(problem.severity == ERROR for problem in loader.problems)
    of_file = {file: functools.partial(lines, content)}
    return () if wrong else found, located(loader.problems, of_file)


class _CasesLoader(Conditions):
    """Quotes are looked for in the vignette that is being read, not in the text of the guide."""

    def __init__(self, file: str, problems: list[Problem], reading: Reading) -> None:
        super().__init__(file, problems)
        self.factors = {factor.id: factor for factor in reading.factors}

    def cases(self, node: YamlNode) -> tuple[Vignette, ...]:
        if not isinstance(node, YamlMapping):
            self.wrong_type(node, "cases must be a mapping of names to cases")
            return ()
        return tuple(self.entries(node, "case", self.case, MAX_CASES))

    def case(self, id: str, node: YamlNode) -> Vignette:
        found = self.keys(node, f"case {shown(id)}", keys.CASE)
        story = self.line(found.get("vignette"))
        self.text = Text(self.file, story)
        answers = found.get("answers")
        given = tuple(self.given(answers))
        if story and (
            answers is None or (isinstance(answers, YamlMapping) and not answers.entries)
        ):
            self.warn(
                node,
                f"case {shown(id)} answers no factor: add answers, with the words for them",
                Finding(FindingKind.CASE_WITHOUT_ANSWERS),
            )
        return Vignette(id, story, given, tuple(self.distractors(found.get("distractors"), given)))

    def given(self, node: YamlNode | None) -> Iterator[Given]:
        for key, entry in self.pairs(node, "answers"):
            parts = self.keys(entry, f"the answer to {shown(key.value)}", keys.GIVEN)
            answer = self.answer(key, parts["value"]) if "value" in parts else None
            quotes = self.quotes(parts.get("words"))
            if answer:
                yield Given(*answer, quotes)

    def distractors(self, node: YamlNode | None, given: Iterable[Given]) -> Iterator[Quote]:
        answering = [(found.factor, quote) for found in given for quote in found.quotes]
        for item in self.several(node):
            quote = self.quote(item)
            if quote:
                yield quote
                for factor, words in answering:
                    if quote.start < words.end and words.start < quote.end:
                        said = f"distractor {shown(quote.line)} shares words with the answer to"
                        self.warn(
                            item,
                            f"{said} {shown(factor)}, {shown(words.line)}",
                            Finding(FindingKind.SHARED_WORDS, words=quote.line, factor=factor),
                        )

    def warn(self, node: YamlNode, message: str, finding: Finding) -> None:
        """Add what may be meant, at the place of a node."""
        place = node.line, node.column
        self.problems.append(Problem(self.file, *place, message, WARNING, finding=finding))

    def missing(self, words: str, within: Passage | None) -> str:
        return f"words {shown(words)} are not in the vignette{self.near(words)}"

    def repeated(self, words: str, starts: Sequence[int]) -> str:
        return (
            f"words {shown(words)} occur {len(starts)} times in the vignette; "
            "quote more words, or say which with {words: ..., nth: N}"
        )
