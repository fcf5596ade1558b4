"""SSVC's decision tables as JSON, in and out: https://certcc.github.io/SSVC (schema 2.0.0).

A decision point has values with a key and a definition. One of them is the outcome, and a mapping
names the value of each for every case: a table that is complete, and in which no two rules meet.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..authoring.identifiers import identifier
from ..guide import Guide
from ..model.errors import AnswerError, Problem, TreeError, allowed, shown
from .decision_table import DecisionTable, HitPolicy, Input, Output, Rule, Test, cases, counting
from .tree_tables import for_everyone, tables_of

SCHEMA_VERSION = "2.0.0"
MOST_CASES = 10_000
# What SSVC asks of the names of things that are nobody's standard.
NAMESPACE = "x_example.test#decision-tree-notebook"


def read(data: bytes, file: str) -> tuple[DecisionTable, ...]:
    """The decision table in a file of SSVC. Raises TreeError for all that is wrong with it."""
    found = _json(data, file)
    problems = [Problem(file, 0, 0, message) for message in _wrong(found)]
    if problems:
        raise TreeError(problems)
    points: dict[str, dict[str, Any]] = found["decision_points"]
    outcome = found["outcome"]
    asked = [id for id in points if id != outcome]
    names = {id: {v["key"]: v["name"] for v in point["values"]} for id, point in points.items()}
    inputs = tuple(_input(points[id], [*names[id].values()]) for id in asked)
    rules = tuple(
        Rule(
            f"Row {place}",
            tuple(Test((names[id][row[id]],)) for id in asked),
            (names[outcome][row[outcome]],),
        )
        for place, row in enumerate(found["mapping"], 1)
    )
    output = Output(points[outcome]["name"], tuple(names[outcome].values()))
    about = tuple(filter(None, (found.get("definition"), _meanings(points[outcome]))))
    table = DecisionTable(found["name"], inputs, (output,), rules, HitPolicy.UNIQUE, about)
    return (table,)


def _json(data: bytes, file: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise TreeError([Problem(file, 0, 0, f"not readable as JSON: {error}")]) from None
    if not isinstance(found, dict):
        raise TreeError([Problem(file, 0, 0, "not a decision table of SSVC: no object")])
    return found


def is_ssvc(data: bytes) -> bool:
    """Whether JSON looks like a decision table of SSVC."""
    return b'"decision_points"' in data and b'"mapping"' in data


def _wrong(found: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the shape of a table, thing by thing."""
    points, mapping, outcome = (found.get(key) for key in ("decision_points", "mapping", "outcome"))
    if found.get("schemaVersion") != SCHEMA_VERSION:
        version = shown(found.get("schemaVersion"))
        yield f"schemaVersion is {version}; {SCHEMA_VERSION} can be read"
    if not isinstance(found.get("name"), str):
        yield "name: the table needs a name"
    if not isinstance(points, dict) or not isinstance(mapping, list):
        yield "decision_points must be an object, and mapping a list"
        return
    keys = {}
    for id, point in points.items():
        keys[id] = _keys(point)
        if not keys[id]:
            yield f"decision point {shown(id)}: it needs a name, and values with key and name"
    if outcome not in points:
        yield f"outcome {shown(outcome)} is no decision point: {allowed(str(outcome), points)}"
    for place, row in enumerate(mapping, 1):
        if not isinstance(row, dict):
            yield f"mapping, row {place}: it must name a value of every decision point"
            continue
        for id in dict.fromkeys([*points, *row]):
            key = row.get(id)
            if id not in points:
                yield f"mapping, row {place}: {shown(id)} is no decision point"
            elif not isinstance(key, str) or (keys[id] and key not in keys[id]):
                what = allowed(str(key), keys[id])
                yield f"mapping, row {place}: {shown(key)} is no value of {shown(id)}: {what}"


def _keys(point: object) -> list[str]:
    """The keys of the values of a decision point; none where it is not as it should be."""
    values = point.get("values") if isinstance(point, dict) else None
    if not isinstance(point, dict) or not isinstance(point.get("name"), str):
        return []
    if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
        return []
    named = [(v.get("key"), v.get("name")) for v in values]
    if not all(isinstance(part, str) and part for pair in named for part in pair):
        return []
    return [key for key, _ in named]


def _input(point: Mapping[str, Any], values: list[str]) -> Input:
    about = " ".join(filter(None, (point.get("definition"), _meanings(point))))
    return Input(point["name"], tuple(values), about=about)


def _meanings(point: Mapping[str, Any]) -> str:
    """What the values of a decision point mean, where that is more than their names."""
    meant = [
        f"{value['name']}: {value['definition']}"
        for value in point["values"]
        if value.get("definition") not in (None, value["name"])
    ]
    return " ".join(each if each.endswith(".") else f"{each}." for each in meant)


def write(guide: Guide) -> tuple[bytes, tuple[str, ...]]:
    """The guide as a decision table of SSVC, and what that does not say.

    Raises AnswerError where SSVC cannot say it: more than one tree, options that stand side by
    side, cases without a result, more than 10,000 cases.

    >>> from tree import loads
    >>> text = "Cold? yes or no. If cold: tea. If not: water."
    >>> yaml = '''
    ... title: Drink
    ... factors: {cold: {question: "Cold?", quote: "Cold?"}}
    ... options: {tea: {name: tea, quote: tea}, water: {name: water, quote: water}}
    ... statements:
    ...   a: {quote: "If cold: tea.", when: {cold: yes}, offer: tea}
    ...   b: {quote: "If not: water.", when: {cold: no}, offer: water}
    ... '''
    >>> data, lost = write(loads(text, yaml))
    >>> [[key for key in row.values()] for row in json.loads(data)["mapping"]]
    [['yes', 'tea'], ['no', 'water']]
    """
    tables = tables_of(guide)
    refused = [*_refused(tables)]
    if refused:
        raise AnswerError([f"SSVC cannot say this guide: {reason}" for reason in refused])
    [table] = tables
    outcomes = [*table.results[0]]
    points = [*_points(table, guide), _point(table.outputs[0].name, outcomes, {}, "outcome")]
    ids = [f"{point['namespace']}:{point['key']}:{point['version']}" for point in points]
    keys = [{value["name"]: value["key"] for value in point["values"]} for point in points]
    mapping = []
    for case in itertools.product(*(range(len(a.names)) for a in table.answers)):
        [[result]] = counting(table, case)
        said = [a.names[place] for a, place in zip(table.answers, case, strict=True)]
        values = zip(ids, keys, [*said, result], strict=True)
        mapping.append({id: own[name] for id, own, name in values})
    made = {
        "namespace": NAMESPACE,
        "key": identifier(table.title).upper(),
        "version": "1.0.0",
        "name": table.title,
        "definition": guide.title,
        "schemaVersion": SCHEMA_VERSION,
        "decision_points": dict(zip(ids, points, strict=True)),
        "outcome": ids[-1],
        "mapping": mapping,
    }
    lost = ["the words of the text that decide each case"]
    lost += [f"for everyone: {name}: {standing}" for name, standing in for_everyone(guide).items()]
    data = json.dumps(made, ensure_ascii=False, indent=2).encode() + b"\n"
    return data, tuple(lost)


def _refused(tables: Sequence[DecisionTable]) -> Iterator[str]:
    if len(tables) != 1:
        yield f"it has {len(tables)} trees, and SSVC one table"
        return
    [table] = tables
    if len(table.outputs) != 1:
        yield "several options may stand side by side, and SSVC has one outcome"
        return
    if (count := cases(table)) > MOST_CASES:
        yield f"{count:,} cases, more than {MOST_CASES:,}"
        return
    for case in itertools.product(*(range(len(a.names)) for a in table.answers)):
        if not counting(table, case)[0]:
            pairs = zip(table.inputs, table.answers, case, strict=True)
            words = ", ".join(f"{i.name}: {a.names[place]}" for i, a, place in pairs)
            yield f"it says nothing of a case ({words}), and SSVC asks for an outcome of each"
            return


def _points(table: DecisionTable, guide: Guide) -> Iterator[dict[str, Any]]:
    taken: dict[str, None] = {}
    for input_, answers in zip(table.inputs, table.answers, strict=True):
        factor = next(f for f in guide.factors if f.question == input_.name)
        quote = factor.quotes[0].line if factor.quotes else input_.name
        key = identifier(input_.name, {*taken})
        taken[key] = None
        yield _point(input_.name, answers.names, {"definition": quote}, key)


def _point(name: str, values: Sequence[str], more: Mapping[str, str], key: str) -> dict[str, Any]:
    keys: list[str] = []
    for value in values:
        keys.append(identifier(value, keys))
    return {
        "namespace": NAMESPACE,
        "key": key,
        "version": "1.0.0",
        "name": name,
        "definition": more.get("definition", name),
        "schemaVersion": SCHEMA_VERSION,
        "values": [
            {"key": own, "name": value, "definition": value}
            for own, value in zip(keys, values, strict=True)
        ],
    }
