"""Practice as a file for record stores and gradebooks."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attempts import MISREAD
from in_node import in_node
from places import DATA, ROOT
from platforms import modules

import tree
from tree.exchange import gradebook, xapi
from tree.model.errors import AnswerError
from tree.teaching.questions.attempts import Attempt

MADE_UP = ROOT / "notebooks" / "made_up_record.json"
CLASS = ROOT / "notebooks" / "made_up_class"
# What judges statements is Learning Locker's own, which ADL's tests of conformance run on.
WORK = """
const { readFileSync } = require("node:fs");
const judge = require(process.argv[1]).default;
const found = JSON.parse(readFileSync(0, "utf8")).map(each => judge(each));
console.log(JSON.stringify(found));
"""


def judged(node: str, statements: list[dict[str, Any]]) -> list[list[Any]]:
    """What is wrong with each statement."""
    judge = modules() / "@learninglocker" / "xapi-validation"
    found: list[list[Any]] = in_node(node, ["-e", WORK, judge], statements)
    assert len(found) == len(statements)
    return found


def test_every_attempt_and_round_is_told(node: str, tmp_path: Path) -> None:
    progress = tree.progress(MADE_UP)
    progress.to_xapi(tmp_path / "practice.json")
    made = json.loads((tmp_path / "practice.json").read_text(encoding="utf-8"))
    assert judged(node, made) == [[] for _ in made]
    answered = [each for each in made if each["verb"]["id"] == xapi.ANSWERED]
    scored = [each for each in made if each["verb"]["id"] == xapi.SCORED]
    assert len(answered) == len(progress.attempts)
    for told, attempt in zip(answered, progress.attempts, strict=True):
        assert told["result"]["success"] == attempt.right
        assert datetime.fromisoformat(told["timestamp"]) == datetime.fromisoformat(attempt.at)
        assert attempt.guide_digest in told["object"]["id"]
    rounds = [(row.right, row.asked) for row in progress.rounds.itertuples()]
    assert [(each["result"]["score"][k] for k in ("raw", "max")) for each in scored]
    assert [tuple(each["result"]["score"][k] for k in ("raw", "max")) for each in scored] == rounds
    assert len({each["id"] for each in made}) == len(made)


def test_the_same_record_makes_the_same_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    tree.progress(MADE_UP).to_xapi(one)
    tree.progress(MADE_UP).to_xapi(other)
    assert one.read_bytes() == other.read_bytes()
    with pytest.raises(FileExistsError):
        tree.progress(MADE_UP).to_xapi(one)


@pytest.mark.parametrize(
    ("actor", "key"),
    [
        ("", "account"),
        ("anna@example.org", "mbox"),
        (("https://platform.example/", "Anna \u05d0"), "account"),
    ],
)
def test_whose_they_are(node: str, actor: xapi.Actor, key: str) -> None:
    made = xapi.statements(tree.progress(MADE_UP).attempts, actor)
    assert {key, "objectType"} == {*made[0]["actor"]}
    assert judged(node, made[:3]) == [[], [], []]


@pytest.mark.parametrize(
    "actor", ["anna", "a b@c.d", "mailto:a@b.c", ("", "anna"), ("https://x", " "), ("ftp://x", "a")]
)
def test_nobody_is_refused_with_what_is_allowed(actor: xapi.Actor) -> None:
    with pytest.raises(AnswerError, match=r"no (e-mail address|account): .*: allowed: "):
        xapi.statements([MISREAD], actor)


def test_what_anybody_may_have_written_makes_valid_statements(node: str) -> None:
    chance = random.Random(4)
    letters = "a</>&\"'\\%:#? \x00\x1f\u202e\u05d0\u0627\U0001f333\ud800\ufffe"

    def words() -> str:
        return "".join(chance.choices(letters, k=chance.choice([0, 1, 9, 3000])))

    attempts = [
        replace(
            MISREAD,
            guide=words(),
            guide_digest=words(),
            question=words(),
            answer=chance.choice([words(), {words(): words()}, None, 3]),
            right=chance.random() < 0.5,
            seconds=chance.choice([-1.0, 0.0, 0.004, 59.999, 1e8]),
            round=words(),
            at=chance.choice([words(), "2026-11-30", "2026-11-30T10:00:00.123+00:00"]),
            id=str(number),
            learner=words(),
        )
        for number in range(200)
    ]
    made = json.loads(xapi.content(attempts))
    assert judged(node, made) == [[] for _ in made]


# --- gradebooks --------------------------------------------------------------------------------


def right_of(folder: Path, guide: str) -> dict[str, tuple[int, int]]:
    """The first tries of each student, counted anew from the files."""
    attempts: dict[str, dict[str, Any]] = defaultdict(dict)
    for file in sorted(folder.glob("*.json")):
        try:
            record = json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            continue
        for each in record["attempts"]:
            if each["guide"] == guide:
                attempts[record["learner"]][each["id"]] = each
    found = {}
    for learner, tried in attempts.items():
        first: dict[tuple[str, str], bool] = {}
        for each in sorted(tried.values(), key=lambda each: each["at"]):
            first.setdefault((each["round"], each["question"]), each["right"])
        found[learner] = sum(first.values()), len(first)
    return found


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_class_for_moodle_and_canvas(tmp_path: Path) -> None:
    guide = tree.load(DATA / "metastatic_liver_cancer")
    found = tree.classroom(CLASS, guide, names=True)
    found.to_gradebook(tmp_path / "moodle.csv")
    found.to_gradebook(tmp_path / "canvas.csv", "canvas", "Liver")
    head, *moodle = rows_of(tmp_path / "moodle.csv")
    assert head == ["Username", guide.title, "Feedback"]
    counted = right_of(CLASS, guide.id)
    wanted = {
        name: f"{100 * counted[learner][0] / counted[learner][1]:.4g}"
        for learner, name in found.students.items()
    }
    assert {name: percent for name, percent, _ in moodle} == wanted
    head, possible, *canvas = rows_of(tmp_path / "canvas.csv")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Liver"]
    assert [possible[0].strip(), possible[5]] == ["Points Possible", "100"]
    assert {row[3]: row[5] for row in canvas} == wanted


def test_students_without_names_are_in_no_gradebook(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="names=True"):
        tree.classroom(CLASS).to_gradebook(tmp_path / "class.csv")
    assert not (tmp_path / "class.csv").exists()


def test_a_name_is_no_formula_and_no_other_student() -> None:
    tried = [replace(MISREAD, learner=learner, right=True) for learner in "ab"]
    made = gradebook.table(tried, {"a": "=1+1", "b": 'b",\n"c'}).decode()
    rows = list(csv.reader(io.StringIO(made)))
    assert [row[0] for row in rows] == ["Username", "'=1+1", 'b",\n"c']
    with pytest.raises(AnswerError, match="several records of one name: 'x'"):
        gradebook.table(tried, {"a": "x", "b": "x"})
    with pytest.raises(AnswerError, match="unknown platform 'modle'"):
        gradebook.table(tried, {}, "modle")


def test_only_first_tries_count() -> None:
    again: list[Attempt] = [MISREAD, replace(MISREAD, id="2", right=True)]
    assert gradebook.results(again) == {"": (0, 1)}
