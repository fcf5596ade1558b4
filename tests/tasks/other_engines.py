"""Page, practice page, JupyterLab and JupyterLite in Firefox and WebKitGTK: `make engines`."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engines import ENGINES, Engine
from explorer_state import (
    READ_STATE,
    READ_STATES,
    YES_NO_UNKNOWN,
    address,
    answers_of,
    expected,
    seen,
)
from jupyterlab_parts import serving
from lite_parts import served
from page_practice_parts import own_key
from pairwise import pairwise
from places import LIVER, ROOT
from practice_parts import choices, write_notebook
from practised_guide import right_answer, write_guide, wrong_answer
from processes import until
from seeded_guides import random_patients

import tree

OTHERS = sorted(
    path.parent for path in (ROOT / "data").glob("*/guide.yaml") if path.parent != LIVER
)

# Answers the questions of a round as they come, and reads what is said of each answer.
PRACTISE = """async ({key, answers}) => {
  const root = document.querySelector("#tp-page");
  const button = (...names) => [...root.querySelectorAll("button")]
    .find(each => names.includes(each.textContent.trim()) && each.checkVisibility());
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const until = async found => { while (!found()) await frame(); };
  const told = () => root.querySelectorAll("[role=status]")[2].textContent;
  await until(() => root.querySelector("fieldset"));
  const said = [];
  for (const id of JSON.parse(localStorage.getItem(key)).round.questions) {
    await until(() => !told());
    root.querySelectorAll("fieldset").forEach((row, at) => {
      [...row.querySelectorAll("label")].find(each => each.textContent.trim() === answers[id][at])
        .querySelector("input").click();
    });
    button("Submit").click();
    await until(told);
    said.push([id, told()]);
    button("Next", "Finish").click();
    await frame();
  }
  await until(told);
  return [said, told()];
}"""

IN_JUPYTERLAB = """async labels => {
  const root = document.querySelector(".jp-Notebook .dtree");
  root.querySelectorAll(".dtree-toggle [role=radiogroup]").forEach((group, at) => {
    const radio = [...group.querySelectorAll("[role=radio]")]
      .find(each => each.textContent === labels[at]);
    if (radio.getAttribute("aria-checked") !== "true") radio.click();
  });
  return (READ_STATE)(root);
}""".replace("READ_STATE", READ_STATE)

IS_LIVE = """() => !!document.querySelector(".dtree [aria-live]")"""
PYTHON_HAS_STARTED = """() => !document.querySelector("#python-progress")
  && document.querySelector(".jp-Notebook-ExecutionIndicator")?.dataset.status === "idle" """
RUN_ALL = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }"
KERNEL_IS_IDLE = """() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session
  ?.kernel?.status === "idle" """
HAS_COME = """() => document.querySelectorAll(
  ".jp-Notebook .dtree .dtree-toggle [role=radio]").length === 15"""


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on which Python runs in the browser."""
    with served(tmp_path_factory.mktemp("lite") / "site", shows_its_app=True) as url:
        yield url


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with ENGINES[request.param]() as found:
        # Which one it was belongs to the result.
        print(found.version)
        yield found


def states(engine: Engine, patients: list[dict[str, str]]) -> list[list[dict[str, Any]]]:
    """What the open page shows for each of these answers, by its trees."""
    until(lambda: engine.run(IS_LIVE), what="the live page has taken the place of the still one")
    source = f"addresses => ({READ_STATES})(document.querySelector('.dtree'), addresses)"
    return list(json.loads(engine.run(source, [*map(address, patients)])))


def test_the_page_in_all_states(engine: Engine, liver: tree.Guide, tmp_path: Path) -> None:
    liver.to_html(tmp_path / "liver.html")
    engine.open((tmp_path / "liver.html").as_uri())
    patients = [answers_of(liver, each) for each in itertools.product(YES_NO_UNKNOWN, repeat=5)]
    assert len(patients) == 243
    for patient, shown in zip(patients, states(engine, patients), strict=True):
        assert [seen(state) for state in shown] == [expected(liver.walk(patient))], patient


@pytest.mark.parametrize("folder", OTHERS, ids=lambda folder: folder.name)
def test_pages_of_the_other_guides(engine: Engine, folder: Path, tmp_path: Path) -> None:
    guide = tree.load(folder)
    guide.to_html(tmp_path / "guide.html")
    engine.open((tmp_path / "guide.html").as_uri())
    patients = random_patients(guide, random.Random(7), 12)
    for patient, shown in zip(patients, states(engine, patients), strict=True):
        walk = guide.walk(patient)
        assert [seen(state) for state in shown] == [
            expected(walk, tree_walk) for tree_walk in walk.trees
        ], patient


@pytest.mark.parametrize("answer", [right_answer, wrong_answer], ids=["right", "wrong"])
def test_a_round_of_practice(engine: Engine, answer: Any, tmp_path: Path) -> None:
    guide = tree.load(write_guide(tmp_path / "practised"))
    path = tmp_path / f"{answer.__name__}.html"
    guide.to_html(path, practice=True)
    engine.open(f"{path.as_uri()}#practise")
    engine.run("() => localStorage.clear()")
    engine.open("about:blank")
    engine.open(f"{path.as_uri()}#practise")
    by_id = {question.id: question for question in guide.questions()}
    labels = {
        id: [label for _, label in choices(question, answer(question))]
        for id, question in by_id.items()
    }
    said, end = engine.run(PRACTISE, {"key": own_key(guide), "answers": labels})
    for id, words in said:
        grade = tree.grade(by_id[id], answer(by_id[id]))
        assert words.startswith("Right") == grade.right, (id, words)
    right = len(said) if answer is right_answer else 0
    assert f"{right} of {len(said)} right at the first try" in end


def test_jupyterlab(engine: Engine, liver: tree.Guide, tmp_path: Path) -> None:
    """A sample in which any two answers meet, in the notebook itself."""
    cell = f"import tree\ntree.Explorer(tree.load({str(LIVER)!r}))"
    write_notebook(tmp_path / "liver.ipynb", cell)
    with serving(tmp_path, "--LabApp.expose_app_in_browser=True") as server:
        engine.open(server.page_url("liver.ipynb"))
        until(lambda: engine.run(KERNEL_IS_IDLE), 120, "the kernel is ready")
        engine.run(RUN_ALL)
        until(lambda: engine.run(HAS_COME), 120, "the explorer is there")
        for labels in pairwise([YES_NO_UNKNOWN] * 5):
            shown = engine.run(IN_JUPYTERLAB, labels)
            assert seen(shown) == expected(liver.walk(answers_of(liver, labels))), labels
        engine.open("about:blank")


def test_jupyterlite(engine: Engine, lite: str, liver: tree.Guide) -> None:
    """Python itself runs in this browser, and what it shows is toggled."""
    engine.open(f"{lite}/lab/index.html?path=explore.ipynb")
    until(lambda: engine.run(PYTHON_HAS_STARTED), 300, "Python is there")
    engine.run(RUN_ALL)
    until(lambda: engine.run(HAS_COME), 300, "the explorer is there")
    for labels in (["No", "Yes", *["Unknown"] * 3], ["Yes"] * 5):
        shown = engine.run(IN_JUPYTERLAB, labels)
        assert seen(shown) == expected(liver.walk(answers_of(liver, labels))), labels
    engine.open("about:blank")
