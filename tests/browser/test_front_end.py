"""The front end walks as Python does: for the liver guide every patient, for others a sample."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from seeded_guides import random_patients, random_reading

import tree
from tree.logic.build import build, unfold
from tree.logic.walk import Walk
from tree.logic.what_if import what_would
from tree.model.parts import Reading
from tree.web.bundle import scripts
from tree.web.payload import payload

STANDINGS = ("preferred", "offered", "withheld")

# Runs what notebooks and pages run, in a page of its own.
CALL = """async ([source, payload, patients]) => {
  const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
  const {walk, whatWould, argumentsAbout} = await import(url);
  const standings = ["preferred", "offered", "withheld"];
  return patients.map(patient => {
    const answers = payload.factors.map(({id}) => patient[id]);
    const views = payload.views.map(view => {
      const found = walk(payload, answers, view);
      return {
        nodes: found.nodes,
        branches: view.nodes.map(({branches = []}, node) =>
          branches.map((_, k) => found.branch(node, k))),
        next: found.next(),
        outcomes: found.outcomes,
        matters: [...found.matters()].sort((a, b) => a - b),
        possible: found.standings().map(({possible}) => possible),
        because: found.standings().map(({because}) =>
          because.map(statement => payload.statements.indexOf(statement))),
        weights: found.standings().map((standing, option) =>
          argumentsAbout(payload, answers, option, standing).map(({statement, weight, by}) =>
            [statement, ...by].map(one => payload.statements.indexOf(one)).concat(weight))),
      };
    });
    const would = payload.options.map((_, option) => standings.map(standing =>
      whatWould(payload, answers, option, standing).map(change => [...change])));
    return {views, would};
  });
}"""


def expected(reading: Reading, trees: list[tree.Tree], patient: dict[str, str]) -> dict[str, Any]:
    at = {factor.id: i for i, factor in enumerate(reading.factors)}

    def view(shape: tree.Tree) -> dict[str, Any]:
        walk = Walk(shape, patient)
        branches: list[list[str]] = [[] for _ in shape.nodes]
        for (index, _), state in walk.branches.items():
            branches[index].append(str(state))
        return {
            "nodes": [str(state) for state in walk.nodes],
            "branches": branches,
            "next": None if walk.next is None else at[walk.next],
            "outcomes": len(walk.outcomes),
            "matters": sorted(at[factor] for factor in walk.matters),
            "possible": [[str(s) for s in found.possible] for found in walk.standings.values()],
            "because": [
                [reading.statements.index(s) for s in found.because]
                for found in walk.standings.values()
            ],
            "weights": [
                [
                    [*map(reading.statements.index, (a.statement, *a.by)), a.weight]
                    for a in arguments
                ]
                for arguments in walk.why().arguments.values()
            ],
        }

    walk = Walk(trees[0], patient)
    return {
        "views": [view(shape) for shape in trees],
        "would": [
            [
                [
                    [[at[factor], value] for factor, value in change.answers]
                    for change in what_would(walk, option.id, standing).changes
                ]
                for standing in STANDINGS
            ]
            for option in reading.options
        ],
    }


def compare(page: Page, reading: Reading, patients: list[dict[str, str]]) -> None:
    shape = build(reading)
    data = payload(shape)
    trees = [shape, unfold(shape)][: len(data["views"])]
    source = (
        scripts("explorer/changing.js", "explorer/walking.js")
        + "export {walk, whatWould, argumentsAbout};"
    )
    found = page.evaluate(CALL, [source, json.loads(json.dumps(data)), patients])
    for patient, shown in zip(patients, found, strict=True):
        wanted = expected(reading, trees, patient)
        # Sets of the same size and factors have no order that both must share.
        for one in (shown, wanted):
            one["would"] = [[sorted(ways) for ways in option] for option in one["would"]]
        assert shown == wanted, patient


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.goto("about:blank")
    yield page
    page.close()


def test_all_243_patients_of_the_liver_guide(blank: Page, liver: tree.Guide) -> None:
    patients = [
        {f.id: v for f, v in zip(liver.factors, values, strict=True) if v}
        for values in itertools.product(("yes", "no", ""), repeat=5)
    ]
    assert len(patients) == 243
    compare(blank, liver, patients)


@pytest.mark.parametrize("seed", range(40))
def test_generated_guides(blank: Page, seed: int) -> None:
    reading = random_reading(seed)
    compare(blank, reading, random_patients(reading, random.Random(seed), 12))
