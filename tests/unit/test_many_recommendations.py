"""A guide of three hundred independent recommendations, from its text to what changed in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from command_line import run
from counting import counted
from independent_guides import independent

import tree
from tree.teaching.questions.steps import steps
from tree.teaching.questions.worksheet import worksheet

COUNT = 300


def done(*arguments: object) -> str:
    found = run(*arguments)
    assert found.returncode == 0, found.err
    return str(found.out)


def begin(folder: Path) -> Path:
    """What `new` makes of the text, with what an author then writes."""
    written = independent(folder / "written", COUNT)
    made = folder / "made"
    done("new", written / "text.txt", made)
    assert (made / "guide.yaml").is_file()
    shutil.copy(written / "guide.yaml", made / "guide.yaml")
    return made


def take_a_round(guide: tree.Guide, record: Path) -> None:
    practice = tree.Practice(guide, record, length=5)
    for number in range(5):
        question = practice.question
        assert question
        right: dict[str, dict[str, str]] = {
            about: {s.id: s.accepted[0] for s in steps(question) if s.about == about}
            for about in ("factor", "option", "choice")
        }
        answers: dict[str, Any] = {
            "branch": right["factor"],
            "standing": {"factors": right["factor"], "options": right["option"]},
        }
        practice.answer = answers.get(question.kind) or right["choice"][""]
        practice.submit()
        assert practice.grade, number
        assert practice.grade.right, number
        practice.go_on()
    assert practice.question is None


@pytest.mark.slow
def test_three_hundred_recommendations_go_all_the_way(tmp_path: Path) -> None:
    folder = begin(tmp_path)
    assert ": ok, " in done("check", folder)
    assert "drug 7: offered" in done("walk", folder, "f7=yes").lower()
    drawn = run("draw", folder, "--tree", "d7", "-o", tmp_path / "d7.svg")
    assert drawn.err == ""  # three nodes need no patience
    assert "</svg>" in (tmp_path / "d7.svg").read_text(encoding="utf-8")

    guide = tree.load(folder)
    explorer = tree.Explorer(guide, {"f7": "yes"})
    explorer.toggles["f8"].value = "no"
    assert explorer.walk.standings["d7"].certainty == "certain"
    assert explorer.walk.standings["d8"].certainty == "silent"
    assert len(explorer.walk.undecided) == COUNT - 2
    explorer.close()

    page = tmp_path / "page.html"
    done("export", folder, "-o", page, "--practice")
    assert "drug 299" in page.read_text(encoding="utf-8")
    take_a_round(guide, tmp_path / "record")
    done("cards", folder, "-o", tmp_path / "cards.apkg")

    cases = guide.synthetic(20, unknown=0.2)
    cases.to_csv(tmp_path / "cases.csv", index=False)
    done("classify", folder, tmp_path / "cases.csv", "-o", tmp_path / "out.csv")
    expected = (
        cases["f7"].astype(object).map({"yes": "offered", "no": "silent"}).fillna("not decided yet")
    )
    assert pd.read_csv(tmp_path / "out.csv")["d7"].tolist() == expected.tolist()

    changed = tmp_path / "changed"
    shutil.copytree(folder, changed)
    text = (changed / "guide.yaml").read_text(encoding="utf-8")
    before = "\n    offer: d7\n"
    assert before in text
    after = text.replace(before, before.replace("offer", "withhold"))
    (changed / "guide.yaml").write_text(after, encoding="utf-8")
    found = run("diff", folder, changed)
    assert found.returncode == 1, found.err
    assert "drug 7: offered → not for this patient" in found.out


@pytest.mark.slow
def test_the_work_for_practice_grows_with_the_questions(tmp_path: Path) -> None:
    """Each question is about one recommendation, so it does not take a look at all the others."""
    guide = tree.load(independent(tmp_path / "guide", 30))
    with counted() as work:
        made = worksheet(guide)
    assert len(made["questions"][0]) > 60
    assert work.steps < 1_000_000
