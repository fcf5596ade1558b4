"""An option whose own tree has tens of thousands of nodes: all but its drawing works."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest
from large_guides import PAIRS, far_apart

import tree
from tree.authoring.plain_problems import plainly
from tree.logic.trees import MOST_DRAWN
from tree.model.findings import FindingKind
from tree.web.payload import payload


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("far") / "apart"
    place.mkdir()
    text, yaml = far_apart()
    (place / "text.txt").write_text(text)
    (place / "guide.yaml").write_text(yaml)
    return place


@pytest.fixture(scope="module")
def guide(folder: Path) -> tree.Guide:
    return tree.load(folder)


def is_offered(answers: dict[str, str]) -> bool:
    pairs = ((answers[f"a{i}"], answers[f"b{i}"]) for i in range(PAIRS))
    return ("yes", "yes") in pairs


def cases(guide: tree.Guide, count: int) -> list[dict[str, str]]:
    chance = random.Random(5)
    return [
        {f.id: "yes" if chance.random() < 0.25 else "no" for f in guide.factors}
        for _ in range(count)
    ]


@pytest.mark.slow
def test_it_loads_and_check_warns(folder: Path, guide: tree.Guide) -> None:
    tea, milk = guide.trees
    assert len(tea.nodes) == 2 ** (PAIRS + 1)
    assert len(milk.nodes) == 3
    (problem,) = [each for each in tree.check(folder).problems if "drawn" in each.message]
    warning = str(problem)
    assert problem.finding
    assert problem.finding.kind is FindingKind.NOT_DRAWN
    assert plainly(problem, {"options": {"tea": "a cup of tea"}}).startswith(
        "The tree of a cup of tea is too large to be drawn."
    )
    assert "the tree of tea has 32,768 nodes" in warning
    for way_out in ("one after the other", "trees:", "for_passages"):
        assert way_out in warning
    assert not [p for p in tree.check(folder).problems if p.severity == "error"]
    # Asked in another order it is small.
    order = list(itertools.chain(*((f"a{i}", f"b{i}") for i in range(PAIRS))))
    assert len(guide.reorder(order).tree_of("tea").nodes) == 2 * PAIRS + 2


@pytest.mark.slow
def test_walks_tables_and_reasons_are_right(guide: tree.Guide) -> None:
    pandas = pytest.importorskip("pandas")
    many = cases(guide, 40)
    assert len({is_offered(case) for case in many}) == 2
    table = guide.classify(pandas.DataFrame(many), keep=False)
    for case, says in zip(many, table["tea"].astype(str), strict=True):
        wanted = "offered" if is_offered(case) else "silent"
        assert guide.walk(case).standings["tea"].standing == wanted == says
    walk = guide.walk({f"a{i}": "yes" for i in range(PAIRS)} | {"b0": "no"})
    assert walk.next == "b1"
    assert walk.settles_most == "b1"
    assert "tea" in str(walk.why())
    would = walk.what_would("tea", "offered")
    assert [change.answers for change in would.changes] == [
        ((f"b{i}", "yes"),) for i in range(PAIRS)
    ]


@pytest.mark.slow
def test_what_has_too_many_ways_says_so(guide: tree.Guide) -> None:
    would = guide.walk(a0="yes").what_would("tea", "silent")
    assert would.too_many
    assert would.changes == ()
    assert "too many ways to look through" in str(would)


@pytest.mark.slow
def test_the_drawing_is_refused_in_a_sentence(guide: tree.Guide) -> None:
    drawing = guide.draw(tree=guide.tree_with("tea"))
    with pytest.raises(tree.DrawingError, match=f"tea has 32,768 nodes; more than {MOST_DRAWN:,}"):
        _ = drawing.svg
    shown = drawing._repr_mimebundle_()
    assert "32,768 nodes" in shown["text/html"]
    assert "image/svg+xml" not in shown
    # What is open for one patient may be small.
    case = dict.fromkeys([factor.id for factor in guide.factors], "no")
    assert guide.draw(case, tree=guide.tree_with("milk")).svg.startswith("<svg")


@pytest.mark.slow
def test_the_page_and_the_payload_have_all_but_the_drawing(guide: tree.Guide) -> None:
    (tea,), (milk,) = (shown["views"] for shown in payload(guide)["trees"])
    assert tea["svg"] == ""
    assert tea["problem"] == (
        f"This tree has more than {MOST_DRAWN:,} questions and outcomes; it is not drawn."
    )
    assert len(tea["nodes"]) == 2 ** (PAIRS + 1)
    assert "problem" not in milk
    page = guide.to_html()
    assert tea["problem"] in page
    assert len(page) < 4_000_000
    assert json.dumps(payload(guide))


@pytest.mark.slow
def test_patients_to_practise_with_come_to_every_outcome(guide: tree.Guide) -> None:
    patients = guide.cases(minimal=True)
    assert len(patients) <= 4
    assert {is_offered(patient) for patient in patients} == {True, False}
    assert {patient["a0"] for patient in patients} == {"yes", "no"}
    questions = guide.questions(seed=3)
    assert questions
    assert {is_offered(q.case.answers) for q in questions if len(q.case.answers) == 2 * PAIRS}


@pytest.mark.slow
def test_two_guides_are_compared(guide: tree.Guide) -> None:
    text, yaml = far_apart()
    other = tree.loads(text, yaml.replace("when: {a0: yes}", "when: {a0: no}"))
    found = tree.diff(guide, other)
    assert {change.option.id for change in found.outcomes} == {"milk"}
    assert found.too_large == ()
