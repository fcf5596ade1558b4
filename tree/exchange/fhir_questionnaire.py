"""The questions of a guide as a FHIR Questionnaire, asked where they apply."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from ..guide import Guide
from ..messages import in_quotes, say, worded
from ..model.factors import Factor
from .comparisons import (
    RESPONSE,
    AnswerComparison,
    beside_number,
    expression,
    is_yes_no,
    plain,
    ways,
)
from .guide_json_schema import Json

_CORE = "http://hl7.org/fhir/StructureDefinition"
_WHERE_TRUE = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
)
_CONTROL = "http://hl7.org/fhir/questionnaire-item-control"


def items(guide: Guide, version: str) -> list[Json]:
    """An item for each question, in the guide's order; `version`: R4 or R5.

    A question of yes or no is a boolean, one with ranges a decimal, and one of words has these to
    choose from. They are words and no codes, as the text has no codes. What may be answered
    in place of a number is an item of its own, after it.
    """
    made = (_items(guide, factor, version) for factor in guide.factors)
    return list(itertools.chain.from_iterable(made))


def _items(guide: Guide, factor: Factor, version: str) -> list[Json]:
    asked_if = [(guide.factor(id), values) for id, values in sorted(factor.asked_if, key=_first)]
    words = factor.values[len(factor.bands) :]
    own: Json = {"linkId": factor.id, "text": one_line(factor.question)}
    if is_yes_no(factor):
        own["type"] = "boolean"
    elif factor.bands:
        own |= {"type": "decimal", "extension": _number(factor)}
    else:
        own |= _choice(words, version)
    _ask_where(own, asked_if, version)
    own["item"] = _help(factor)
    if not factor.bands or not words:
        return [filled(own)]
    other: Json = {"linkId": beside_number(factor), "text": own["text"], **_choice(words, version)}
    _ask_where(other, asked_if, version, AnswerComparison(factor.id, "exists", False))
    return [filled(own), filled(other)]


def _first(pair: tuple[str, frozenset[str]]) -> str:
    return pair[0]


def _number(factor: Factor) -> list[Json]:
    """The unit, and the numbers that can be, as far as FHIR has a place for them."""
    found: list[Json] = []
    if factor.unit:
        unit = {"display": one_line(factor.unit)}
        found.append({"url": f"{_CORE}/questionnaire-unit", "valueCoding": unit})
    can_be = factor.range
    if can_be and can_be.low is not None and can_be.low_inside:
        found.append({"url": f"{_CORE}/minValue", "valueDecimal": decimal(can_be.low)})
    if can_be and can_be.high is not None and can_be.high_inside:
        found.append({"url": f"{_CORE}/maxValue", "valueDecimal": decimal(can_be.high)})
    return found


def _choice(words: Sequence[str], version: str) -> Json:
    """A question with some words as its answers."""
    offered = [{"valueString": worded(word)} for word in words]
    if version == "R4":
        return {"type": "choice", "answerOption": offered}
    return {"type": "string", "answerConstraint": "optionsOnly", "answerOption": offered}


def _help(factor: Factor) -> list[Json]:
    """What helps to answer: the words of the guide, then those of the text."""
    lines = [factor.explained] if factor.explained else []
    if factor.judgement:
        words = factor.judgement.line
        lines.append(say("left to somebody's judgement: “{words}”", words=words))
    lines += [in_quotes(quote.line) for quote in factor.quotes]
    if not lines:
        return []
    control = {"coding": [{"system": _CONTROL, "code": "help"}]}
    shown_as = {"url": f"{_CORE}/questionnaire-itemControl", "valueCodeableConcept": control}
    return [
        {
            "linkId": f"{factor.id}.help",
            "text": one_line(" ".join(lines)),
            "type": "display",
            "extension": [shown_as],
        }
    ]


def _ask_where(
    item: Json,
    asked_if: Sequence[tuple[Factor, Collection[str]]],
    version: str,
    *more: AnswerComparison,
) -> None:
    """Say of an item when it is asked, if it is not always: all conditions are fulfilled.

    FHIR joins comparisons either by "and" or by "or". What needs both is an expression, an
    extension of Structured Data Capture.
    """
    conditions = [*(ways(factor, values) for factor, values in asked_if), *(((c,),) for c in more)]
    at_once = [_at_once(factor, values) for factor, values in asked_if]
    if len(conditions) == 1 and all(len(way) == 1 for way in conditions[0]):
        enabled, joined_by = [way[0] for way in conditions[0]], "any"
    elif all(at_once):
        enabled, joined_by = [*itertools.chain(*at_once), *more], "all"
    else:
        words = expression([conditions]).replace(f"{RESPONSE}.", "%resource.")
        asked = {"language": "text/fhirpath", "expression": words}
        item.setdefault("extension", []).append({"url": _WHERE_TRUE, "valueExpression": asked})
        return
    item["enableWhen"] = [_enabling(each) for each in enabled]
    if len(enabled) > 1:
        item["enableBehavior"] = joined_by
    if enabled and version == "R5":
        item["disabledDisplay"] = "hidden"


def _at_once(factor: Factor, values: Collection[str]) -> list[AnswerComparison]:
    """Comparisons that are all so just where a question has one of some values; none if there
    are no such ones."""
    several = ways(factor, values)
    if len(several) == 1:
        return [*several[0]]
    if factor.bands:
        return []
    others = (value for value in factor.values if value not in values)
    answered = AnswerComparison(factor.id, "exists", True)
    return [answered, *(AnswerComparison(factor.id, "!=", worded(other)) for other in others)]


def _enabling(each: AnswerComparison) -> Json:
    entry: Json = {"question": each.item, "operator": each.operator}
    if isinstance(each.answer, bool):
        return {**entry, "answerBoolean": each.answer}
    if isinstance(each.answer, str):
        return {**entry, "answerString": each.answer}
    return {**entry, "answerDecimal": decimal(each.answer)}


def decimal(number: float) -> float:
    """A number as JSON has it: a whole one without its point."""
    return int(number) if number == int(number) else float(plain(number))


def one_line(words: str) -> str:
    """Words as FHIR takes them: its strings have no white space but plain blanks."""
    return " ".join(words.split())


def filled(parts: Json) -> Json:
    """Those that hold something: FHIR has no empty strings, lists or objects."""
    return {key: value for key, value in parts.items() if value not in ("", [], {}, None)}
