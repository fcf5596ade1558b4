"""Random guides that count answers, and what they mean, read straight off.

They have at_least, at_most and exactly, a score with points, and a question that depends on
another. A guide is a dict as YAML would give it.
"""

from __future__ import annotations

import itertools
import random

from written_guides import COUNTS, Value, written

import tree

TEXT = "How is it? Take tea. Take rest. Rule 0 holds. Rule 1 holds. Rule 2 holds."
FACTORS = {
    "a": ["yes", "no"],
    "b": ["yes", "no"],
    "c": ["low", "middle", "high"],
    "d": ["yes", "no"],
}
Case = dict[str, str]


def factor(values: list[str]) -> dict[str, Value]:
    return {"question": "How is it?", "quote": "How is it?", "values": values}


def guide(chance: random.Random) -> dict[str, Value]:
    """Two rules on tea, and a score that is used, with points for some answers."""
    counted = chance.sample(sorted(FACTORS), chance.randint(1, len(FACTORS)))
    points = {id: {v: str(chance.randint(-2, 2)) for v in FACTORS[id][:-1]} for id in counted}
    factors = {id: factor(values) for id, values in FACTORS.items()}
    if chance.random() < 0.6:
        on, *_, asked = sorted(chance.sample(sorted(FACTORS), 2))
        factors[asked]["asked_if"] = {on: _some(chance, on)}
    score = {"question": "How is it?", "quote": "How is it?", "score": points}
    every = {id: values[0] for id, values in FACTORS.items()}
    return {
        "title": "How is it?",
        "factors": factors | {"score": score},
        "options": {
            "tea": {"name": "tea", "quote": "Take tea."},
            "rest": {"name": "rest", "quote": "Take rest."},
        },
        "statements": {
            "s0": {"quote": "Rule 0 holds.", **_condition(chance), "offer": "tea"},
            "s1": {"quote": "Rule 1 holds.", **_condition(chance), "withhold": "tea"},
            "s2": {
                "quote": "Rule 2 holds.",
                "any": [{"score": {"from": "1"}}, every],
                "offer": "rest",
            },
        },
    }


def _some(chance: random.Random, id: str) -> list[str]:
    return chance.sample(FACTORS[id], chance.randint(1, len(FACTORS[id]) - 1))


def _count(chance: random.Random) -> dict[str, Value]:
    ids = chance.sample(sorted(FACTORS), chance.randint(2, 4))
    kind = chance.choice(sorted(COUNTS))
    least, most = int(kind == "at_least"), len(ids) - (kind == "at_most")
    return {kind: {str(chance.randint(least, most)): {id: _some(chance, id) for id in ids}}}


def _condition(chance: random.Random) -> dict[str, Value]:
    """A count beside a plain answer, or as one of two alternatives; perhaps an exception."""
    id = chance.choice(sorted(FACTORS))
    plain = {id: _some(chance, id)}
    if chance.random() < 0.5:
        return {"any": [_count(chance), plain]}
    score = {"score": {chance.choice(["from", "over"]): str(chance.randint(-2, 3))}}
    counted = chance.choice([_count(chance), score])
    made: dict[str, Value] = {"when": chance.choice([plain, {}]) | counted}
    if chance.random() < 0.3:
        other = chance.choice(sorted(FACTORS))
        made["unless"] = {other: _some(chance, other)}
    return made


def loaded(made: dict[str, Value]) -> tree.Guide | None:
    """The guide; None where what it counts contradicts the rest."""
    report = tree.check_text(TEXT, written(made))
    if report.guide is None:
        slips = (
            "can never hold",
            "contradicts",
            "'unless' never meets",
            "'unless' leaves nobody",
            "applies only",
        )
        assert all(any(slip in p.message for slip in slips) for p in report.errors), report
    return report.guide


# --- what it means, without a tree ---------------------------------------------------------


def cases(made: dict[str, Value], possible: dict[str, list[str]]) -> list[Case]:
    """Every case that fits, without the answers that do not apply to it; each once."""
    chosen = itertools.product(*(possible[id] for id in FACTORS))
    every = (dict(zip(FACTORS, values, strict=True)) for values in chosen)
    found = []
    for case in every:
        for id in FACTORS:
            asked_if = made["factors"][id].get("asked_if", {})
            if not all(case.get(on) in values for on, values in asked_if.items()):
                del case[id]
        if case not in found:
            found.append(case)
    return found


def meets(made: dict[str, Value], condition: dict[str, Value], case: Case) -> bool:
    return all(_entry(made, key, value, case) for key, value in condition.items())


def _entry(made: dict[str, Value], key: str, value: Value, case: Case) -> bool:
    if key == "any":
        return any(meets(made, one, case) for one in value)
    if key in COUNTS:
        return all(
            COUNTS[key](sum(case.get(id) in values for id, values in several.items()), int(number))
            for number, several in value.items()
        )
    if key == "score":
        worth = made["factors"]["score"]["score"]
        total = sum(int(points.get(case.get(id), 0)) for id, points in worth.items())
        return all(total >= int(n) if k == "from" else total > int(n) for k, n in value.items())
    return case.get(key) in (value if isinstance(value, list) else [value])


def holds(made: dict[str, Value], id: str, case: Case) -> bool:
    rule = made["statements"][id]
    condition = rule.get("when", {}) | ({"any": rule["any"]} if "any" in rule else {})
    exception = "unless" in rule and meets(made, rule["unless"], case)
    return meets(made, condition, case) and not exception


def standings(made: dict[str, Value], case: Case) -> tuple[str, str]:
    """The standings of tea and of rest."""
    tea = (
        "withheld"
        if holds(made, "s1", case)
        else "offered"
        if holds(made, "s0", case)
        else "silent"
    )
    return tea, "offered" if holds(made, "s2", case) else "silent"
