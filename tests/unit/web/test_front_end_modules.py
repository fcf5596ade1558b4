"""The pure modules of the front end, tested by node's own runner.

Walking is compared with Python: for the liver guide all 243 patients, node by node, branch by
branch and standing by standing; for generated guides a sample.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import counted_guides
import graded_guides
import pytest
from examples import share
from graded_guides import graded
from places import DATA, ROOT
from random_guides import applying, asked_by, asked_for, deciding, holds, shown_members
from seeded_guides import random_patients, random_reading, several_together, with_more_beside

import tree
from tree.logic import beside
from tree.logic.build import unfold
from tree.logic.firmness import firmness_of
from tree.logic.paths import standings_at
from tree.logic.tree_walk import TreeWalk
from tree.logic.trees import trees_of
from tree.logic.walk import Walk
from tree.logic.what_if import what_would
from tree.model.parts import Factor, OneOrSeveral, Reading
from tree.model.possible import possible
from tree.web.bundle import STATIC, scripts
from tree.web.page import packed
from tree.web.payload import payload

Answers = Mapping[str, OneOrSeveral]
STANDINGS = ("preferred", "offered", "withheld")
GUIDES = sorted(path.parent for path in DATA.glob("*/guide.yaml"))
FILES = sorted((ROOT / "tests" / "front_end").glob("*.test.mjs"))


# Quotes that lie in each other, with blanks of all kinds.
ODD_TEXT = "If it\u00a0rains,\n or\ufeff \u2003snows,\u2028drink\n tea.\n\nB. Or\ttake cake."
ODD_GUIDE = """
title: Tea?
passages: {a: {author: A, begins: If it}, b: {author: B, begins: B.}}
factors: {rain: {question: Rain?, quote: If it rains}}
options:
  tea: {name: Tea, quote: drink tea}
  cake: {name: Cake, quote: take cake}
statements:
  drink: {quote: "If it rains, or\ufeff snows, drink tea.", when: {rain: yes}, offer: tea}
  eat: {quote: B. Or take cake., offer: cake}
"""


def walked(
    reading: Reading, forms: list[list[tree.Tree]], patient: Answers, would: bool
) -> dict[str, Any]:
    """What the front end must find for a patient, worked out in Python.

    `forms`: those of each tree in the payload. `would`: also what would change it, which takes
    long.
    """
    at = {factor.id: i for i, factor in enumerate(reading.factors)}
    walk = Walk(reading, patient)
    firm = firmness_of(walk)

    def view(on: TreeWalk) -> dict[str, Any]:
        branches: list[list[str]] = [[] for _ in on.nodes]
        for (index, _), state in on.branches.items():
            branches[index].append(str(state))
        left = [standings_at(on.tree, leaf) for leaf in on.outcomes]
        return {
            "nodes": [str(state) for state in on.nodes],
            "branches": branches,
            "next": None if on.next is None else at[on.next],
            "outcomes": len(on.outcomes),
            "possible": [
                sorted({str(each) for each in column}) for column in zip(*left, strict=True)
            ],
            "matters": sorted(at[factor] for factor in on.matters),
        }

    def ways(option: str, standing: str) -> list[Any]:
        changes = what_would(walk, option, standing).changes
        # Sets of the same size and factors have no order that both must share.
        return sorted([[at[factor], value] for factor, value in each.answers] for each in changes)

    return {
        "trees": [[view(TreeWalk(form, patient)) for form in each] for each in forms],
        "matters": sorted(at[factor] for factor in walk.matters),
        "settling": [[at[factor], *left] for factor, left in walk.settling.items()],
        "settlesMost": None if walk.settles_most is None else at[walk.settles_most],
        "standings": [
            {
                "firm": each.words,
                "standing": None if found.standing is None else str(found.standing),
                "possible": [str(standing) for standing in found.possible],
                "because": [reading.statements.index(s) for s in found.because],
            }
            for found, each in zip(walk.standings.values(), firm.values(), strict=True)
        ],
        "weights": [
            [
                [*map(reading.statements.index, (each.statement, *each.by)), each.weight]
                for each in arguments
            ]
            for arguments in walk.why().arguments.values()
        ],
        "beside": [
            [found.words(reading) for found in beside.relations(walk)],
            [found.words for found in beside.remarks(walk)],
            [remark.remark + beside.how(remark) for remark in beside.for_everyone(reading)],
        ],
        "mattersBeside": matters_beside(reading, walk),
        "would": [
            [ways(option.id, standing) for standing in STANDINGS]
            for option in (reading.options if would else ())
        ],
    }


def matters_beside(reading: Reading, walk: Walk) -> list[int]:
    """The factors whose answer changes nothing but what is shown beside the verdict, by plain
    enumeration of the cases that are left."""
    shown = list(shown_beside(reading))

    def matters(at: Factor) -> bool:
        return any(at.id in asked and changes(at, asked, show) for asked, show in shown)

    def changes(at: Factor, asked: set[str], show: Show) -> bool:
        small = replace(reading, factors=tuple(f for f in reading.factors if f.id in asked))
        left = [
            f.values if f is at else possible(walk.answers.get(f.id, f.values))
            for f in small.factors
        ]
        seen: dict[tuple[str, ...], object] = {}
        for values in itertools.product(*left):
            case = {f.id: v for f, v in zip(small.factors, values, strict=True)}
            others = tuple(v for f, v in zip(small.factors, values, strict=True) if f is not at)
            said = show(applying(small, case))
            if seen.setdefault(others, said) != said:
                return True
        return False

    open_ones = [at for at, f in enumerate(reading.factors) if f.id not in walk.matters]
    return [at for at in open_ones if matters(reading.factors[at])]


Show = Callable[[Mapping[str, str]], object]


def shown_beside(reading: Reading) -> Iterator[tuple[set[str], Show]]:
    """All that can be shown beside the verdict, and the factors on which it can depend."""
    for statement in reading.statements:
        asked = asked_by(reading, [statement])
        if statement.remark:
            yield asked, partial(holds, statement, counts=reading.counts)
        if statement.relation:
            options = [o for member in statement.relation.members for o in member.options]
            asked = asked.union(*(asked_for(reading, option) for option in options))
            of_these = tuple(o for o in reading.options if o.id in options)
            yield asked, partial(shown_members, replace(reading, options=of_these), statement)
    for option in reading.options:
        if any(s.strength or s.grade for _, s in reading.on_option[option.id]):
            yield asked_for(reading, option.id), partial(said_firmly, reading, option.id)


def said_firmly(reading: Reading, option: str, case: Mapping[str, str]) -> object:
    return graded_guides.firmness_of(reading, deciding(reading, case, option)[1])


def partly_known(reading: Reading, chance: random.Random, count: int) -> list[Answers]:
    """Patients of whom some answers are several values."""
    found = []
    for _ in range(count):
        patient: dict[str, OneOrSeveral] = {}
        for factor in reading.factors:
            several = chance.sample(factor.values, chance.randint(1, len(factor.values)))
            answer = factor.answer(several)
            if answer is not None and chance.random() < 0.8:
                patient[factor.id] = answer
        found.append(patient)
    return found


def case(reading: Reading, patients: Sequence[Answers]) -> dict[str, Any]:
    data = payload(reading)
    forms = [
        [shape, unfold(shape)][: len(shown["views"])]
        for shape, shown in zip(trees_of(reading), data["trees"], strict=True)
    ]
    answers = [[patient.get(factor.id) for factor in reading.factors] for patient in patients]
    # Every fourth of all combinations has every answer to every question.
    expected = [
        walked(reading, forms, patient, number % 4 == 0) for number, patient in enumerate(patients)
    ]
    return {
        "payload": data,
        "packed": packed(data),
        "text": reading.text.content,
        "answers": answers,
        "expected": expected,
    }


@pytest.fixture(scope="module")
def expected(liver: tree.Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Python says, for the tests in JavaScript to read."""
    patients = [
        {f.id: v for f, v in zip(liver.factors, values, strict=True) if v}
        for values in itertools.product(("yes", "no", ""), repeat=5)
    ]
    # All of them, and each twentieth in the quick tests.
    assert len(patients) == 243
    cases = [case(liver, patients[:: len(patients) // share(len(patients))])]
    for seed in range(share(200)):
        reading = random_reading(seed)
        # Every other one says how firmly.
        reading = graded(reading, random.Random(seed)) if seed % 2 else reading
        reading = with_more_beside(reading, seed)
        chance = random.Random(seed)
        patients = random_patients(reading, chance, 8) + partly_known(reading, chance, 8)
        cases.append(case(reading, patients))
    for seed in range(share(20)):
        counted = counted_guides.loaded(counted_guides.guide(random.Random(seed)))
        if counted:
            cases.append(case(counted, random_patients(counted, random.Random(seed), 8)))
            cases.append(case(counted, partly_known(counted, random.Random(seed), 8)))
    odd = tree.loads(ODD_TEXT, ODD_GUIDE)
    cases.append(case(odd, [{}, {"rain": "no"}]))
    chance = random.Random(0)
    for guide in map(tree.load, GUIDES):
        cases.append(case(guide, random_patients(guide, chance, share(40))))
    several = [several_together(seed) for seed in range(share(60))]
    assert sum(len(trees_of(reading)) > 2 for reading in several) > len(several) / 2
    for reading in several:
        cases.append(case(reading, random_patients(reading, chance, 6)))
    path = tmp_path_factory.mktemp("expected") / "walks.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_modules(node: str, expected: Path, file: Path) -> None:
    done = subprocess.run(
        [node, "--test", str(file)],
        env={**os.environ, "EXPECTED": str(expected)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"^. pass (\d+)$", done.stdout, re.MULTILINE)[1]) > 0


@pytest.mark.parametrize(
    "names",
    [
        ("large.js", "trees.js", "practice.js", "page.js"),
        ("large.js", "trees.js", "notebook.js"),
    ],
)
def test_joined_they_are_one_module(node: str, tmp_path: Path, names: tuple[str, ...]) -> None:
    """In which, for instance, no name is given twice."""
    path = tmp_path / "joined.mjs"
    path.write_text(scripts(*names), encoding="utf-8")
    done = subprocess.run([node, "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_template_within_a_template() -> None:
    """The page's minifier takes its spaces away."""
    nested = re.compile(r"`[^`]*\$\{[^}`]*`")
    found = [path.name for path in STATIC.rglob("*.js") if nested.search(path.read_text("utf-8"))]
    assert found == []


def test_no_style_sheet_is_long() -> None:
    """For the scripts Biome sees to it."""
    sizes = {path.name: path.read_text("utf-8").count("\n") for path in STATIC.rglob("*.css")}
    assert {name: size for name, size in sizes.items() if size > 350} == {}
