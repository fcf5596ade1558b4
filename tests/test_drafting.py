"""What the wording of a text proposes: each rule by its own example, and any text at all."""

import re
from pathlib import Path

import pytest

from tree.cues import FILE, Cues, cues
from tree.drafting import draft
from tree.located import Mapping, Scalar, parse
from tree.reading import Standing
from tree.text import Text

VERBS = {Standing.PREFERRED: "prefer", Standing.OFFERED: "offer", Standing.WITHHELD: "withhold"}


def plain(node):
    """A node of the file as Python's own lists and dictionaries."""
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in node.entries}
    return node.value if isinstance(node, Scalar) else [plain(item) for item in node.items]


RULES = plain(parse("cues.yaml", FILE.read_text(encoding="utf-8"))[0])["rules"]


def said(content, rules=None):
    """The statements that are proposed, in the words of the text."""
    found = draft(Text("text.txt", content), rules)
    names = {option.id: option.name for option in found.options}
    factors = {factor.id: factor for factor in found.factors}
    statements = []
    for statement in found.statements:
        one = {}
        for option, standing in statement.effects:
            one.setdefault(VERBS[standing], []).append(names[option])
        literals = [literal for clause in statement.condition for literal in clause]
        if literals:
            key = "when" if len(statement.condition) == 1 else "any"
            one[key] = {factors[f].quotes[0].line: value for f, (value,) in sorted(literals)}
            judged = [factors[f].judgement for f, _ in literals if factors[f].judgement]
            if judged:
                one["judgement"] = judged[0].line
        statements.append(one)
    return statements


@pytest.mark.parametrize("name", RULES)
def test_every_rule_on_its_own_example(name):
    rule = RULES[name]
    expected = rule["finds"] if isinstance(rule["finds"], list) else [rule["finds"]]
    found = said(rule["example"])
    # The judgement is told only where the rule is about it.
    for one, wanted in zip(found, expected, strict=False):
        if "judgement" not in wanted:
            one.pop("judgement", None)
    assert found == expected


@pytest.mark.parametrize("name", RULES)
def test_without_the_rule_something_else_comes_out(name):
    every = cues()
    others = Cues([rule for rule in every.rules if rule.name != name], every.lists)
    example = RULES[name]["example"]
    assert said(example) != said(example, others)
