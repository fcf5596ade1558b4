"""A guide in FHIR is valid, and what applies to a case is what the guide gives as its reasons."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import written_guides
from chances import chances
from examples import examples, share
from fhir.resources.bundle import Bundle as BundleR5
from fhir.resources.R4B.bundle import Bundle as BundleR4B
from fhir_parts import (
    actions,
    answers_in,
    condition,
    enabled,
    enabling_expression,
    partly_known,
    parts,
    reasons,
    response,
    some_cases,
    strings_in,
)
from fhirclient.models.bundle import Bundle as BundleR4
from fhirpath_judge import evaluate
from hostile import HOSTILE, NAMES, write_hostile_guide
from hypothesis import given
from strange_guides import GUIDE, TEXT

import tree
from tree.exchange.fhir import VERSIONS, bundle

GUIDES = [guide.name for guide in tree.guides()]
CASES = 300
# The lists of codes that FHIR itself asks for.
CODED = {
    "http://terminology.hl7.org/CodeSystem/plan-definition-type",
    "http://hl7.org/fhir/uv/cpg/CodeSystem/cpg-recommendation-direction-cs",
    "http://hl7.org/fhir/questionnaire-item-control",
}
# Who is asked depends on more than comparisons joined in one way.
ENTANGLED = """
title: What to do?
factors:
  degrees: {question: How warm?, quote: degrees, values: {low: {below: 9}, mid: {from: 9, to: 20},
    high: {over: 20}}, also: [not known]}
  sky: {question: Which sky?, quote: sky, values: [blue, grey, black]}
  wind: {question: Wind?, quote: wind}
  rain: {question: Rain?, quote: rain, asked_if: {degrees: [low, high], sky: [blue, grey]}}
  hail: {question: Hail?, quote: hail, asked_if: {degrees: [low, not known]}}
  snow: {question: Snow?, quote: snow, asked_if: {sky: [grey, black], wind: yes}}
options: {tea: {name: tea, quote: tea}}
statements:
  drink: {quote: drink tea, any: [{rain: yes}, {hail: yes}, {snow: yes, sky: grey}], offer: tea}
"""
ASKS = "Ask for the degrees, the sky, wind, rain, hail and snow; then drink tea."


def is_valid(made: dict[str, Any], version: str) -> None:
    """Libraries that nobody here wrote read it: one of R4 itself, one of R4B and R5."""
    again = json.loads(json.dumps(made))
    if version == "R5":
        BundleR5.model_validate(again)
        return
    BundleR4B.model_validate(again)
    BundleR4(again)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", GUIDES)
def test_a_bundle_is_valid(name: str, version: str) -> None:
    is_valid(bundle(tree.load(name), version)[0], version)


@pytest.mark.parametrize("version", VERSIONS)
def test_words_from_people_stay_words(tmp_path: Path, version: str) -> None:
    write_hostile_guide(tmp_path / "hostile")
    made, _ = bundle(tree.load(tmp_path / "hostile"), version)
    is_valid(made, version)
    questionnaire, plan = parts(made)
    assert plan["title"] == HOSTILE[0]
    assert [item["text"] for item in questionnaire["item"]] == [HOSTILE[1], HOSTILE[2]]
    titles = {
        action["title"].split(": ", 1)[1] for action in actions(plan).values() if "code" in action
    }
    assert titles <= {*NAMES}


@pytest.mark.parametrize(
    ("name", "version"), [*((name, "R4") for name in GUIDES), (GUIDES[-1], "R5")]
)
def test_the_actions_that_apply_are_the_reasons(name: str, version: str, node: str) -> None:
    agree_on_cases([tree.load(name)], version, node, CASES)


def test_the_actions_of_random_guides_that_apply_are_the_reasons(node: str) -> None:
    guides = []
    for seed in range(share(60)):
        chance = random.Random(seed)
        yaml = written_guides.written(written_guides.guide(chance))
        try:
            guides.append(tree.loads(written_guides.text(), yaml))
        except tree.TreeError:
            continue
    assert len(guides) > share(60) / 4
    agree_on_cases([*guides, tree.loads(TEXT, GUIDE), tree.loads(ASKS, ENTANGLED)], "R4", node, 80)


def agree_on_cases(guides: list[tree.Guide], version: str, node: str, most: int) -> None:
    """What applies to each case, and what is asked of it, is what the guide says."""
    jobs, expected = [], []
    for guide in guides:
        made, _ = bundle(guide, version)
        questionnaire, plan = parts(made)
        cases = some_cases(guide, most, guide.id)
        found = actions(plan)
        items = [i for i in questionnaire.get("item", []) if not i["linkId"].endswith(".other")]
        asked = [each for each in items if enabling_expression(each)]
        jobs.append(
            {
                "version": version,
                "expressions": [
                    *(condition(action) for action in found.values()),
                    *map(enabling_expression, asked),
                ],
                "resources": [response(guide, made, case) for case in cases],
            }
        )
        for case, answered in zip(cases, jobs[-1]["resources"], strict=True):
            by_comparison = [i["linkId"] for i in items if enabled(i, answers_in(answered))]
            by_expression = [each["linkId"] for each in asked]
            assert {*case} == {*by_comparison} - {*by_expression} | {*by_expression} & {*case}
        expected.append((guide, cases, [*found], [each["linkId"] for each in asked]))
    for (guide, cases, ids, asked_ids), results in zip(expected, evaluate(node, jobs), strict=True):
        for case, values in zip(cases, results, strict=True):
            true = {
                id for id, value in zip([*ids, *asked_ids], values, strict=True) if value == [True]
            }
            assert true & {*ids} == reasons(guide, case), (guide.id, case)
            assert true & {*asked_ids} == {*case} & {*asked_ids}, (guide.id, case)


def test_with_answers_missing_nothing_applies_that_is_not_certain(node: str) -> None:
    guides = [*map(tree.load, GUIDES), tree.loads(TEXT, GUIDE), tree.loads(ASKS, ENTANGLED)]
    for guide in guides:
        made, _ = bundle(guide)
        found = actions(parts(made)[1])
        cases = [*partly_known(guide, some_cases(guide, 40, "partly"))]
        job = {
            "version": "R4",
            "expressions": [*map(condition, found.values())],
            "resources": [response(guide, made, case) for case in cases],
        }
        [results] = evaluate(node, [job])
        for case, values in zip(cases, results, strict=True):
            true = {id for id, value in zip(found, values, strict=True) if value == [True]}
            assert true <= reasons(guide, case), (guide.id, case)


@pytest.mark.parametrize("guide", [*map(tree.load, GUIDES), tree.loads(ASKS, ENTANGLED)], ids=repr)
def test_a_question_is_asked_once_what_it_depends_on_is_answered(guide: tree.Guide) -> None:
    made, _ = bundle(guide)
    items = {item["linkId"]: item for item in parts(made)[0]["item"]}
    for case in [{}, *partly_known(guide, some_cases(guide, 60, "partly"))]:
        answers = answers_in(response(guide, made, case))
        for factor in guide.factors:
            if not enabling_expression(items[factor.id]):
                assert enabled(items[factor.id], answers) is (factor.applies(case) is True)


def test_what_comparisons_cannot_say_is_an_expression() -> None:
    items = parts(bundle(tree.loads(ASKS, ENTANGLED))[0])[0]["item"]
    by_expression = {item["linkId"] for item in items if enabling_expression(item)}
    assert by_expression == {"rain"}
    behaviour = {i["linkId"]: i.get("enableBehavior") for i in items if "enableWhen" in i}
    assert behaviour == {"hail": "any", "snow": "all", "degrees.other": None}


def test_a_number_has_its_other_answers_beside_it() -> None:
    made, _ = bundle(tree.load("wintering_bees"))
    items = {item["linkId"]: item for item in parts(made)[0]["item"]}
    assert items["weight"]["type"] == "decimal"
    assert items["weight.other"]["answerOption"] == [{"valueString": "not weighed"}]
    assert not enabled(items["weight.other"], {"weight": 17.5})
    assert enabled(items["weight.other"], {})


@examples(40)
@given(chances(600))
def test_a_random_guide_makes_a_valid_bundle(chance: random.Random) -> None:
    yaml = written_guides.written(written_guides.guide(chance))
    try:
        guide = tree.loads(written_guides.text(), yaml)
    except tree.TreeError:
        return
    version = chance.choice(VERSIONS)
    is_valid(bundle(guide, version)[0], version)


@pytest.mark.parametrize("name", GUIDES)
def test_nothing_is_coded_that_the_text_does_not_code(name: str) -> None:
    made, _ = bundle(tree.load(name))
    codings = [c for concept in objects(made, "coding") for c in concept["coding"]]
    assert {coding["system"] for coding in codings} <= CODED
    units = [each["valueCoding"] for each in objects(made, "valueCoding")]
    assert all([*unit] == ["display"] for unit in units)


def objects(found: Any, key: str) -> list[dict[str, Any]]:
    """Every object in plain data that has a key."""
    below = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    own = [found] if isinstance(found, dict) and key in found else []
    return own + [each for part in below for each in objects(part, key)]


def test_strength_stands_where_the_text_has_it_and_nowhere_else() -> None:
    guide = tree.load("wintering_bees")
    for id, action in actions(parts(bundle(guide)[0])[1]).items():
        statement = guide.statement(id.split(".")[0])
        texts = [e["valueCodeableConcept"].get("text") for e in action.get("extension", [])]
        said = "".join(filter(None, texts))
        assert bool(said) is bool(statement.strength or statement.grade)
        assert statement.strength in said
        assert statement.grade in said
        quotes = [each["display"] for each in action["documentation"]]
        assert quotes == [quote.line for quote in statement.quotes]


def test_what_is_lost_is_listed() -> None:
    _, lost = bundle(tree.load("wintering_bees"))
    [relations] = [line for line in lost if line.startswith("how options belong together")]
    assert "thymol_in_place_of_formic" in relations
    assert any(line.startswith("what grades mean") for line in lost)


def test_equal_guides_make_equal_bundles_and_others_do_not() -> None:
    first, again = (bundle(tree.loads(TEXT, GUIDE))[0] for _ in range(2))
    other = bundle(tree.loads(TEXT, GUIDE.replace("offer: walk", "prefer: walk")))[0]
    assert first == again
    urls = {entry["fullUrl"] for made in (first, other) for entry in made["entry"]}
    assert len(urls) == 4
    assert all(url.startswith("urn:uuid:") for url in urls)


def test_no_place_on_the_computer_goes_out() -> None:
    made, _ = bundle(tree.load("metastatic_liver_cancer"))
    assert not [each for each in strings_in(made) if "guide.yaml" in each or "text.txt" in each]


@pytest.mark.parametrize("version", ["R3", "r4", "", "R4B"])
def test_another_version_is_refused(version: str) -> None:
    with pytest.raises(tree.AnswerError, match=r"unknown version of FHIR .* allowed: R4, R5"):
        bundle(tree.load("metastatic_liver_cancer"), version)
