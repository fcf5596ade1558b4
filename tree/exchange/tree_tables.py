"""A guide → decision tables: one for each tree, a rule for each way through it.

`table_guide` is the way back.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..guide import Guide
from ..logic.build import Question, Tree
from ..logic.paths import standings_at
from ..logic.trees import of_everyone
from ..messages import spoken
from ..model.errors import AnswerError
from ..model.parts import Factor, Option, Standing
from ..model.ranges import joined
from .decision_table import DecisionTable, HitPolicy, Input, Output, Rule, Test

MOST_RULES = 5_000
NAMED = (Standing.PREFERRED, Standing.OFFERED)
TreePath = dict[str, frozenset[str]]


@spoken
def tables_of(guide: Guide) -> tuple[DecisionTable, ...]:
    """The decision table of each tree. No two rules of a table hold together, and for every case
    one does.

    Where a tree names at most one option for each case and withholds none, its table has one
    output, and its results are the options. Otherwise every option is an output, and its results
    are standings, such as "Offered". The notes of a rule are the words of the text that decide.
    Options with one standing for everyone are in no tree: see `for_everyone`.

    Raises AnswerError where a tree has more than 5,000 ways through it.

    >>> from tree import load
    >>> [table] = tables_of(load("metastatic_liver_cancer"))
    >>> [output.name for output in table.outputs], table.rules[0].results
    (['Complete surgical removal'], ('Not for this patient',))
    """
    return tuple(_table(guide, tree) for tree in guide.trees)


@spoken
def for_everyone(guide: Guide) -> dict[str, str]:
    """The options that stand the same for everyone, by name, each with its standing."""
    return {option.name: guide.label(standing) for option, standing in of_everyone(guide)}


def _table(guide: Guide, tree: Tree) -> DecisionTable:
    factors = [guide.factor(id) for id in tree.factors]
    ways = list(_ways(tree))
    alone = [option.name for option in tree.options] != [tree.name] and all(
        _names_one(standings_at(tree, leaf)) for _, leaf in ways
    )
    outputs = [Output(tree.name, tuple(_result(tree, o) for o in tree.options))]
    if not alone:
        labels = tuple(guide.label(standing) for standing in Standing)
        outputs = [Output(option.name, labels) for option in tree.options]
    rules = []
    for place, (path, leaf) in enumerate(ways, 1):
        standings = standings_at(tree, leaf)
        results = [guide.label(standing) for standing in standings]
        if alone:
            named = zip(tree.options, standings, strict=True)
            results = ["".join(_result(tree, o) for o, standing in named if standing in NAMED)]
        tests = tuple(_test(factor, path.get(factor.id)) for factor in factors)
        notes = tuple(_quotes(guide, tree, path))
        rules.append(Rule(f"Row {place}", tests, tuple(results), notes))
    inputs = tuple(Input(f.question, f.values[len(f.bands) :], f.unit, f.help) for f in factors)
    return DecisionTable(
        tree.name, inputs, tuple(outputs), tuple(rules), HitPolicy.UNIQUE, (guide.title,)
    )


def _names_one(standings: tuple[Standing, ...]) -> bool:
    named = sum(standing in NAMED for standing in standings)
    return named < 2 and Standing.WITHHELD not in standings and Standing.PREFERRED not in standings


def _result(tree: Tree, option: Option) -> str:
    """The name of an option, without that of its tree before it."""
    return option.name.removeprefix(f"{tree.name}: ")


def _ways(tree: Tree) -> Iterator[tuple[TreePath, int]]:
    """Every way from the first question to an outcome: the answers that take it, and the leaf.

    InputAnswers to one question that lead to the same place are one way.
    """
    stack: list[tuple[int, TreePath]] = [(0, {})]
    found = 0
    while stack:
        index, path = stack.pop()
        node = tree.nodes[index]
        if not isinstance(node, Question):
            found += 1
            if found > MOST_RULES:
                message = f"the tree {tree.name!r} has more than {MOST_RULES:,} ways through it"
                raise AnswerError([message])
            yield path, index
            continue
        ahead: dict[int, list[str]] = {}
        for value, target in node.branches:
            ahead.setdefault(target, []).append(value)
        stack += [
            (target, {**path, node.factor: frozenset(values)})
            for target, values in reversed(ahead.items())
        ]


def _test(factor: Factor, values: frozenset[str] | None) -> Test | None:
    if values is None or len(values) == len(factor.values):
        return None
    named = zip(factor.values, factor.bands, strict=False)
    bands = [band for value, band in named if value in values]
    words = [value for value in factor.values[len(factor.bands) :] if value in values]
    return Test(tuple(words), joined(bands))


def _quotes(guide: Guide, tree: Tree, path: TreePath) -> list[str]:
    """The words of the text that decide at the end of a way, each once."""
    walk = guide.walk({id: _first(guide.factor(id), values) for id, values in path.items()})
    found = [
        quote.line
        for option in tree.options
        for statement in walk.standings[option.id].because
        for quote in statement.quotes
    ]
    return [*dict.fromkeys(found)]


def _first(factor: Factor, values: frozenset[str]) -> str:
    return next(value for value in factor.values if value in values)
