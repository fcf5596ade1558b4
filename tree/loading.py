"""A folder on disk → Reading, or every problem in it with its line and column."""

from __future__ import annotations

import itertools
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from .errors import Problem, allowed, shown
from .located import Mapping, Node, Scalar, parse
from .quoting import Quotes
from .reading import UNKNOWN, Clause, Condition, Factor, Group, Option, Reading, Standing, Statement
from .text import Passage, Quote, Text, decode

GUIDE_FILE = "guide.yaml"
MAX_BYTES = 4_000_000
MAX_FACTORS = 200

TOP_KEYS = (
    *("title", "language", "text", "passages", "factors", "options", "groups"),
    *("statements", "context", "examples"),
)
PASSAGE_KEYS = ("author", "begins")
FACTOR_KEYS = ("question", "quote", "values", "help", "judgement")
OPTION_KEYS = ("name", "synonyms", "does", "quote")
GROUP_KEYS = ("name", "options", "synonyms", "does", "quote")
VERBS = {
    "prefer": Standing.PREFERRED,
    "offer": Standing.OFFERED,
    "withhold": Standing.WITHHELD,
}
STATEMENT_KEYS = ("quote", "when", "any", *VERBS, "remark", "basis", "because")
CONTEXT_KEYS = ("quote", "reason")
# The shape of a language tag (BCP 47).
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
BASES = ("stated", "implied")


def read(folder: str | os.PathLike[str]) -> tuple[Reading | None, list[Problem]]:
    """Read `guide.yaml` and its text from a folder, and say everything that is wrong in them.

    What could be understood of a faulty guide is still returned, so that the checks of the
    whole guide can add their problems; None where there is no guide at all.
    """
    path = Path(folder)
    if not os.path.isdir(path):
        what = "is a file, not a folder" if os.path.exists(path) else "folder does not exist"
        return None, [Problem(str(path), 1, 1, what)]
    source, problems = _read(path / GUIDE_FILE)
    if problems:
        return None, problems
    node, problems = parse(str(path / GUIDE_FILE), source)
    loader = _Loader(str(path / GUIDE_FILE), problems)
    reading = loader.reading(path.resolve().name, path, node) if node else None
    return reading, loader.problems


def _read(path: Path) -> tuple[str, list[Problem]]:
    try:
        found = path.stat()
        size = found.st_size
        # A pipe would be waited for, and a device never ends.
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            return "", [Problem(str(path), 1, 1, "is not a file of text")]
        if size > MAX_BYTES:
            return "", [Problem(str(path), 1, 1, f"{size} bytes; at most {MAX_BYTES} are read")]
        return decode(str(path), path.read_bytes())
    except FileNotFoundError:
        return "", [Problem(str(path), 1, 1, "file does not exist")]
    except OSError as error:
        return "", [Problem(str(path), 1, 1, f"cannot be read: {error.strerror}".lower())]


class _Loader(Quotes):
    """Walks the nodes once, top down."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        super().__init__(file, problems)
        self.factors: dict[str, Factor] = {}
        # Option and group ids → the options that they stand for.
        self.named: dict[str, tuple[str, ...]] = {}

    # --- the whole -----------------------------------------------------------------------

    def reading(self, id: str, folder: Path, node: Node) -> Reading:
        top = self.keys(node, "the guide", TOP_KEYS, ("title", "factors", "options", "statements"))
        self.text = self.read_text(folder, top.get("text"))
        self.passages(top.get("passages"))
        factors = self.entries(top.get("factors"), "factor", self.factor)
        self.factors = {factor.id: factor for factor in factors}
        if len(factors) > MAX_FACTORS:
            self.report(
                top["factors"], f"{len(factors)} factors; at most {MAX_FACTORS} are allowed"
            )
        options = self.entries(top.get("options"), "option", self.option)
        self.named = {option.id: (option.id,) for option in options}
        groups = self.entries(top.get("groups"), "group", self.group)
        return Reading(
            id=id,
            title=self.line(top.get("title")),
            text=self.text,
            factors=tuple(factors),
            options=tuple(options),
            groups=tuple(groups),
            statements=tuple(self.entries(top.get("statements"), "statement", self.statement)),
            context=tuple(self.context(top.get("context"))),
            examples=tuple(self.examples(top.get("examples"))),
            language=self.language(top.get("language")),
            file=self.file,
            places=self.places,
        )

    def read_text(self, folder: Path, node: Node | None) -> Text:
        name = self.line(node) or "text.txt"
        path = folder / name
        if node is not None and (Path(name).name != name or name in (".", "..", GUIDE_FILE)):
            self.report(node, f"text {shown(name)} must be the name of a file beside the guide")
            return Text(name, "")
        content, problems = _read(path)
        if node is not None and not os.path.isfile(path):
            self.report(node, f"text file {shown(name)} does not exist beside the guide")
        else:
            self.problems += problems
        return Text(str(path), content)

    def language(self, node: Node | None) -> str:
        tag = self.line(node) or "en"
        if node is not None and not _LANGUAGE.fullmatch(tag):
            self.report(node, f"language {shown(tag)} must be a tag such as en, de or pt-BR")
        return tag

    def passages(self, node: Node | None) -> None:
        if node is None:
            self.text = self.text.with_passages([Passage("text", "the text", 0, 0)])
            return
        self.text = self.text.with_passages(self.entries(node, "passage", self.passage))
        for first, second in itertools.pairwise(self.text.passages):
            if first.start == second.start:
                self.problems.append(
                    Problem(
                        self.file,
                        *self.places["passage", second.id],
                        f"passage '{second.id}' begins on the same line as '{first.id}'",
                    )
                )

    def passage(self, id: str, node: Node) -> Passage | None:
        found = self.keys(node, f"passage '{id}'", PASSAGE_KEYS, PASSAGE_KEYS)
        author, begins = self.line(found.get("author")), self.quote(found.get("begins"))
        if begins is None:
            return None
        return Passage(id, author, self.text.line_start(begins.start), 0)

    # --- factors and options --------------------------------------------------------------

    def factor(self, id: str, node: Node) -> Factor:
        found = self.keys(node, f"factor '{id}'", FACTOR_KEYS, ("question", "quote"))
        values = self.values(id, found.get("values"))
        return Factor(
            id=id,
            question=self.line(found.get("question")),
            quotes=self.quotes(found.get("quote")),
            values=values,
            help=self.line(found.get("help")),
            judgement=self.quote(found.get("judgement"), anywhere=True),
        )

    def values(self, id: str, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ("yes", "no")
        values: list[str] = []
        for item in self.several(node):
            value = self.line(item)
            if value.casefold() == UNKNOWN:
                self.report(item, f"value {shown(value)} is reserved: any factor may be unknown")
            elif value.casefold() in [v.casefold() for v in values]:
                self.report(item, f"value {shown(value)} stands twice in factor '{id}'")
            elif value:
                values.append(value)
        if len(values) < 2:
            self.report(node, f"factor '{id}' needs at least two values")
        return tuple(values)

    def option(self, id: str, node: Node) -> Option:
        found = self.keys(node, f"option '{id}'", OPTION_KEYS, ("name", "quote"))
        return Option(id, *self.described(found))

    def group(self, id: str, node: Node) -> Group:
        found = self.keys(node, f"group '{id}'", GROUP_KEYS, ("name", "options", "quote"))
        if id in self.named:
            self.report(node, f"group '{id}' has the name of an option or of another group")
        members = self.option_ids(found.get("options"))
        self.named.setdefault(id, members)
        return Group(id, *self.described(found), members)

    def described(
        self, found: dict[str, Node]
    ) -> tuple[str, tuple[str, ...], tuple[Quote, ...], tuple[Quote, ...]]:
        """What options and groups share: name, synonyms, what it does, quotes."""
        return (
            self.named_in_text(found.get("name")),
            tuple(map(self.named_in_text, self.several(found.get("synonyms")))),
            self.quotes(found.get("does")),
            self.quotes(found.get("quote")),
        )

    def named_in_text(self, node: Node | None) -> str:
        name = self.line(node)
        if node is not None and name and self.text.content and not self.text.names(name):
            self.report(node, f"name {shown(name)} is not in the text{self.near(name)}")
        return name

    # --- statements -----------------------------------------------------------------------

    def statement(self, id: str, node: Node) -> Statement:
        found = self.keys(node, f"statement '{id}'", STATEMENT_KEYS, ("quote",))
        basis = self.line(found.get("basis")) or "stated"
        because = self.line(found.get("because"))
        if basis not in BASES:
            self.report(found["basis"], f"unknown basis {shown(basis)}: {allowed(basis, BASES)}")
        if basis == "implied" and not because:
            self.report(node, f"statement '{id}' is implied: 'because' must say how")
        if basis == "stated" and because:
            self.report(found["because"], "'because' belongs to a statement with 'basis: implied'")
        effects = self.effects(id, found)
        remark = self.line(found.get("remark"))
        if not effects and not remark and not found.keys() & {*VERBS, "remark"}:
            self.report(node, f"statement '{id}' says nothing: add {', '.join(VERBS)} or remark")
        if remark and (effects or found.keys() & {"when", "any"}):
            self.report(
                found["remark"],
                "a remark holds for everyone: it takes no condition and names no option",
            )
        return Statement(
            id=id,
            quotes=self.quotes(found.get("quote")),
            condition=self.condition(found.get("when"), found.get("any")),
            effects=effects,
            remark=remark,
            basis=basis,
            because=because,
        )

    def effects(self, id: str, found: dict[str, Node]) -> tuple[tuple[str, Standing], ...]:
        effects: dict[str, Standing] = {}
        for verb, standing in VERBS.items():
            for option in self.option_ids(found.get(verb)):
                if effects.setdefault(option, standing) != standing:
                    both = f"both {effects[option]} and {standing}"
                    self.report(found[verb], f"statement '{id}' says '{option}' is {both}")
        return tuple(effects.items())

    def option_ids(self, node: Node | None) -> tuple[str, ...]:
        """Option and group names, the groups resolved to their options."""
        ids: dict[str, None] = {}
        for item in self.several(node):
            name = self.line(item)
            if name and name not in self.named:
                what = allowed(name, self.named)
                self.report(item, f"undefined option or group {shown(name)}: {what}")
            ids.update(dict.fromkeys(self.named.get(name, ())))
        return tuple(ids)

    def condition(self, when: Node | None, any_of: Node | None) -> Condition:
        required = self.clause(when)
        if any_of is None:
            return (required,)
        if isinstance(any_of, Mapping):
            # Each pair is an alternative of its own.
            alternatives = [self.literal(key, value) for key, value in any_of.entries]
        else:
            alternatives = [self.clause(item) for item in self.several(any_of)]
        if isinstance(any_of, Mapping) and not alternatives:
            self.report(any_of, "'any' needs at least one alternative")
        condition = tuple(_both(required, alternative) for alternative in alternatives)
        for factor in sorted({f for clause in condition for f, values in clause if not values}):
            self.report(any_of, f"'any' contradicts 'when': no value of '{factor}' fits both")
        return condition

    def clause(self, node: Node | None) -> Clause:
        """A mapping of factors to values: all of them must hold."""
        if node is None:
            return frozenset()
        if not isinstance(node, Mapping):
            self.wrong_type(node, "a mapping of factors to values")
            return frozenset()
        return frozenset().union(*(self.literal(key, value) for key, value in node.entries))

    def literal(self, key: Scalar, node: Node) -> Clause:
        """One factor with the value, or one of the values, that it must have."""
        factor = self.factors.get(key.value)
        if factor is None:
            self.report(
                key, f"undefined factor {shown(key.value)}: {allowed(key.value, self.factors)}"
            )
            return frozenset()
        values = []
        for item in self.several(node):
            value = self.line(item)
            if value and value not in factor.values:
                what = allowed(value, factor.values)
                self.report(item, f"undefined value {shown(value)} of '{factor.id}': {what}")
            values.append(value)
        return frozenset({(factor.id, frozenset(values))} if values else ())

    def context(self, node: Node | None) -> Iterator[tuple[Quote, str]]:
        for item in self.several(node):
            found = self.keys(item, "an entry of context", CONTEXT_KEYS, CONTEXT_KEYS)
            reason = self.line(found.get("reason"))
            for quote in self.quotes(found.get("quote"), outside=True):
                yield quote, reason

    def examples(self, node: Node | None) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        for name, value in self.pairs(node, "examples"):
            answers = []
            for key, answer in self.pairs(value, f"example {shown(name.value)}"):
                for id, values in self.literal(key, answer):
                    if len(values) != 1:
                        self.report(answer, f"a patient has one value of '{id}', not several")
                    answers.append((id, *sorted(values)[:1]))
            yield name.value, tuple(a for a in answers if len(a) == 2)


def _both(first: Clause, second: Clause) -> Clause:
    """The clause that holds where both do. It names each factor once."""
    values = dict(first)
    for factor, allowed_values in second:
        values[factor] = values.get(factor, allowed_values) & allowed_values
    return frozenset(values.items())
