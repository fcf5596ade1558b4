"""The sentences in which a decision table is read, in the language in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..messages import both, either, say, worded
from .decision_table import DecisionTable, HitPolicy, Input, InputAnswers, Rule, Test

# What the statement is called that holds where no rule does.
REST = "every other case"


def asked(input_: Input, answers: InputAnswers) -> str:
    """What a table asks, with the answers that it tells apart."""
    listed = either(map(worded, answers.names))
    about = f" {_ended(input_.about)}" if input_.about else ""
    return say("“{input}” is asked: {answers}.", input=_named(input_), answers=listed) + about


def concluded(output: str, results: Iterable[str]) -> str:
    """What a table can conclude."""
    return say("“{output}” is concluded: {results}.", output=output, results=either(results))


def rule(table: DecisionTable, rule: Rule) -> str:
    """A rule in a sentence, with its notes after it."""
    pairs = zip(table.inputs, rule.tests, strict=True)
    conditions = [condition(input_, test) for input_, test in pairs if test]
    results = concluding(table, rule.results)
    if not results:
        results = say("nothing is concluded")
    if conditions:
        sentence = say(
            "{row}: if {conditions}, then {results}.",
            row=rule.place,
            conditions=both(conditions),
            results=results,
        )
    else:
        sentence = say("{row}: in every case {results}.", row=rule.place, results=results)
    return " ".join([sentence, *map(_ended, rule.notes)])


def condition(input_: Input, test: Test) -> str:
    """What a rule asks of an input.

    >>> condition(Input("Age", unit="years"), Test(("not measured",)))
    '“Age (years)” is not measured'
    """
    return test.words or say("“{input}” is {answers}", input=_named(input_), answers=test)


def otherwise(table: DecisionTable) -> str:
    """What holds where no rule does."""
    defaults = [output.default for output in table.outputs]
    return say("In every other case {results}.", results=concluding(table, defaults))


def no_result(place: str) -> str:
    """What a rule says that names no result."""
    return say("{row} names no result.", row=place)


def policy(table: DecisionTable) -> str:
    """Which of several rules counts, where one alone does."""
    if table.policy is HitPolicy.FIRST:
        return say("The rows are read from the top, and the first one that holds counts.")
    return say("Of several rows that hold, the one whose result is named first counts.")


def concluding(table: DecisionTable, results: Sequence[str]) -> str:
    """The results of a rule."""
    pairs = zip(table.outputs, results, strict=True)
    return both(
        say("“{output}” is {result}", output=output.name, result=worded(result))
        for output, result in pairs
        if result
    )


def _named(input_: Input) -> str:
    return f"{input_.name} ({input_.unit})" if input_.unit else input_.name


def _ended(note: str) -> str:
    """A note as a sentence."""
    return note if note.endswith((".", "!", "?", "\u3002", "\u061f")) else f"{note}."
