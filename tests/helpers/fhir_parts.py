"""What a FHIR system does with a bundle: it asks, keeps the answers, and looks where they apply."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from random_tables import number_in

import tree
from tree.model.answers import Band

Json = dict[str, Any]


def parts(made: Json) -> tuple[Json, Json]:
    """The Questionnaire and the PlanDefinition."""
    questionnaire, plan = (entry["resource"] for entry in made["entry"])
    return questionnaire, plan


def actions(plan: Json) -> dict[str, Json]:
    """The actions that say something, by their ids."""
    return {
        action["id"]: action
        for group in plan.get("action", [])
        for action in group.get("action", [group])
    }


def condition(action: Json) -> str:
    """The expression of an action; one without a condition is always true."""
    conditions = action.get("condition", [])
    return conditions[0]["expression"]["expression"] if conditions else "true"


def response(guide: tree.Guide, made: Json, case: Mapping[str, str]) -> Json:
    """The answers of a case as the Questionnaire wants them; numbers also just where ranges end."""
    chance = random.Random(str(case))
    questionnaire, _ = parts(made)
    items = {item["linkId"]: item for item in questionnaire.get("item", [])}
    answered = []
    for id, value in case.items():
        factor = guide.factor(id)
        place = factor.values.index(value)
        link = id
        if place < len(factor.bands):
            answer: Json = {"valueDecimal": chance.choice(numbers_in(factor.bands[place]))}
        elif items[id]["type"] == "boolean":
            answer = {"valueBoolean": value == "yes"}
        else:
            link = f"{id}.other" if factor.bands else id
            answer = items[link]["answerOption"][place - len(factor.bands)]
        answered.append({"linkId": link, "answer": [answer]})
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": answered}


def numbers_in(band: Band) -> list[float]:
    """Numbers that a band holds: one within it, and its ends if they are inside."""
    ends = [band.low] * band.low_inside + [band.high] * band.high_inside
    return [number_in(band), *(end for end in ends if end is not None)]


def reasons(guide: tree.Guide, case: Mapping[str, str]) -> set[str]:
    """The actions that the walk of a case stands for."""
    walk = guide.walk(case)
    deciding = {
        f"{statement.id}.{option}"
        for option, found in walk.standings.items()
        for statement in found.because
    }
    return deciding | {s.id for s in guide.statements if s.remark and guide.holds(s.id, case)}


def some_cases(guide: tree.Guide, most: int, seed: str) -> list[dict[str, str]]:
    """Cases by chance, without the answers to what does not apply; all where they are few."""
    chance = random.Random(seed)
    found: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for _ in range(most):
        case: dict[str, str] = {}
        for factor in guide.factors:
            if all(case.get(on) in values for on, values in factor.asked_if):
                case[factor.id] = chance.choice(factor.values)
        found[tuple(case.items())] = case
    return [*found.values()]


def partly_known(guide: tree.Guide, cases: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Cases with half of their answers, and of these none that depends on one that is left out."""
    chance = random.Random(guide.id)
    for case in cases:
        known: dict[str, str] = {}
        for id, value in case.items():
            if guide.factor(id).applies(known) and chance.random() < 0.5:
                known[id] = value
        yield known


def enabled(item: Json, answers: Mapping[str, Any]) -> bool:
    """Whether an item is asked, as FHIR defines enableWhen. `answers`: by their items."""
    holding = [_compared(each, answers) for each in item.get("enableWhen", [])]
    if not holding:
        return True
    return any(holding) if item.get("enableBehavior") == "any" else all(holding)


def _compared(each: Json, answers: Mapping[str, Any]) -> bool:
    [wanted] = [value for key, value in each.items() if key.startswith("answer")]
    there, operator = each["question"] in answers, each["operator"]
    if operator == "exists":
        return there is wanted
    if not there:
        return operator == "!="
    answer = answers[each["question"]]
    return {
        "=": lambda: answer == wanted,
        "!=": lambda: answer != wanted,
        "<": lambda: answer < wanted,
        "<=": lambda: answer <= wanted,
        ">": lambda: answer > wanted,
        ">=": lambda: answer >= wanted,
    }[operator]()


def enabling_expression(item: Json) -> str:
    """The expression that says where an item is asked; "" where comparisons do."""
    found = [e["valueExpression"] for e in item.get("extension", []) if "valueExpression" in e]
    return found[0]["expression"] if found else ""


def answers_in(answered: Json) -> dict[str, Any]:
    """The answers of a response by their items."""
    return {item["linkId"]: next(iter(item["answer"][0].values())) for item in answered["item"]}


def strings_in(found: Any) -> Iterator[str]:
    """Every string in plain data."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from strings_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from strings_in(value)
