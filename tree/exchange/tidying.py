"""The words of a decision table, as a guide can have them: one spelling for what is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..messages import say
from ..model.answers import NOT_APPLICABLE, UNKNOWN
from ..model.letters import alike, hidden, visible
from ..model.text import CONTROL
from .decision_table import YES_NO, DecisionTable, Output, Rule, Test

RESERVED = (UNKNOWN, NOT_APPLICABLE)


def tidied(table: DecisionTable) -> tuple[DecisionTable, list[str]]:
    """The table with tidy words, and what was changed that a reader may stumble over.

    Of spellings that differ in capitals alone, the first stands for all; yes and no are small.
    *Unknown* is no answer of a guide, as any question may be unknown; it is called *not known*.

    >>> from tree.exchange.decision_table import Input
    >>> table = DecisionTable("Tea", (Input("Cold?"),), (Output("Drink"),),
    ...     (Rule("1", (Test(("Yes",)),), ("tea",)), Rule("2", (Test(("yes",)),), ("Tea",))))
    >>> tidy, notes = tidied(table)
    >>> [rule.results for rule in tidy.rules], tidy.rules[1].tests[0].values
    ([('tea',), ('tea',)], ('yes',))
    """
    notes: list[str] = []
    inputs = [_Spellings(words(each.name), notes) for each in table.inputs]
    outputs = [_Spellings(words(each.name), notes) for each in table.outputs]
    tidy = replace(
        table,
        title=words(table.title),
        about=tuple(filter(None, map(words, table.about))),
        inputs=tuple(
            replace(
                each,
                name=spellings.name,
                values=spellings.all(each.values),
                unit=words(each.unit),
                about=words(each.about),
            )
            for each, spellings in zip(table.inputs, inputs, strict=True)
        ),
        outputs=tuple(
            Output(spellings.name, spellings.all(each.values), spellings(each.default))
            for each, spellings in zip(table.outputs, outputs, strict=True)
        ),
        rules=tuple(_rule(rule, inputs, outputs) for rule in table.rules),
    )
    return tidy, notes


def words(written: str) -> str:
    """Words on one line, without letters that nobody sees.

    >>> words(" a\\x00 b\\n\\u202ec")
    'a b c'
    """
    seen = CONTROL.sub("", written)
    for place, _ in reversed(list(hidden(seen))):
        seen = seen[: place - 1] + seen[place:]
    return visible(seen)


class _Spellings:
    """The words of a column: each as it was first spelled."""

    def __init__(self, name: str, notes: list[str]) -> None:
        self.name, self.notes = name, notes
        self.first: dict[str, str] = {}

    def __call__(self, written: str) -> str:
        word = words(written)
        if not word:
            return ""
        if alike(word) not in self.first:
            self.first[alike(word)] = self._free(word)
        return self.first[alike(word)]

    def all(self, written: Sequence[str]) -> tuple[str, ...]:
        return tuple(filter(None, dict.fromkeys(map(self, written))))

    def _free(self, word: str) -> str:
        if alike(word) in YES_NO:
            return alike(word)
        if alike(word) not in RESERVED:
            return word
        instead = say("not known") if alike(word) == UNKNOWN else say("does not apply")
        self.notes.append(f"{self.name}: the answer {word!r} is called {instead!r} here")
        return instead


def _rule(rule: Rule, inputs: list[_Spellings], outputs: list[_Spellings]) -> Rule:
    tests = zip(rule.tests, inputs, strict=True)
    results = zip(rule.results, outputs, strict=True)
    return Rule(
        words(rule.place),
        tuple(test and _test(test, spellings) for test, spellings in tests),
        tuple(spellings(result) for result, spellings in results),
        tuple(filter(None, map(words, rule.notes))),
        rule.at,
    )


def _test(test: Test, spellings: _Spellings) -> Test:
    return replace(test, values=spellings.all(test.values), words=words(test.words))
