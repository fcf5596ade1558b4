"""Decision tables as DMN files, written as plainly as can be and not by what is tested."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from tree.exchange.decision_table import DecisionTable, HitPolicy, Test
from tree.model.answers import Band

SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
POLICIES = {policy: policy.name for policy in HitPolicy} | {HitPolicy.EVERY: "RULE ORDER"}


def dmn_of(*tables: DecisionTable, space: str = SPACE) -> bytes:
    """Some tables as decisions. A column called like a table asks for what that concludes."""
    names = [table.title for table in tables]
    decisions = "".join(_decision(table, names) for table in tables)
    return f"<definitions xmlns='{space}' name='all'>{decisions}</definitions>".encode()


def _decision(table: DecisionTable, names: list[str]) -> str:
    asks = "".join(
        f"<informationRequirement><requiredDecision href={quoteattr('#' + input_.name)}/>"
        "</informationRequirement>"
        for input_ in table.inputs
        if input_.name in names
    )
    columns = "".join(
        f"<input><inputExpression><text>{escape(input_.name.strip('?'))}</text></inputExpression>"
        f"{_values('inputValues', input_.values)}</input>"
        for input_ in table.inputs
    )
    columns += "".join(
        f"<output name={quoteattr(output.name)}>{_values('outputValues', output.values)}"
        + (
            f"<defaultOutputEntry>{_text(_string(output.default))}</defaultOutputEntry>"
            if output.default
            else ""
        )
        + "</output>"
        for output in table.outputs
    )
    rules = "".join(
        "<rule>"
        + "".join(f"<inputEntry>{_text(_cell(test))}</inputEntry>" for test in rule.tests)
        + "".join(
            f"<outputEntry>{_text(_string(result) if result else '')}</outputEntry>"
            for result in rule.results
        )
        + "</rule>"
        for rule in table.rules
    )
    title, policy = quoteattr(table.title), quoteattr(POLICIES[table.policy])
    return (
        f"<decision id={title} name={title}>{asks}"
        f"<decisionTable hitPolicy={policy}>{columns}{rules}</decisionTable></decision>"
    )


def _text(words: str) -> str:
    return f"<text>{escape(words)}</text>"


def _values(name: str, values: tuple[str, ...]) -> str:
    return f"<{name}>{_text(', '.join(map(_string, values)))}</{name}>" if values else ""


def _string(words: str) -> str:
    return f'"{words}"'


def _cell(test: Test | None) -> str:
    if test is None:
        return "-"
    parts = ", ".join([*map(_band, test.bands), *map(_string, test.values)])
    return f"not({parts})" if test.negated else parts


def _band(band: Band) -> str:
    if band.low is None:
        return f"{'<=' if band.high_inside else '<'} {band.high}"
    if band.high is None:
        return f"{'>=' if band.low_inside else '>'} {band.low}"
    opening, closing = "[" if band.low_inside else "]", "]" if band.high_inside else "["
    return f"{opening}{band.low} .. {band.high}{closing}"
