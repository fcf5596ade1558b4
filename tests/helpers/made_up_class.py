"""Make up the records of a class that does not exist: `python tests/helpers/made_up_class.py`.

For the notebook on teaching. Each student reads some things less surely than others; what the
vignette does not say is guessed at more often. The same files in every run.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from places import LIVER, ROOT

import tree
from tree.model.parts import UNKNOWN
from tree.teaching.questions.attempts import FORMAT, VERSION, Attempt
from tree.teaching.questions.grading import grade
from tree.teaching.questions.questions import (
    BRANCH,
    SAYINGS,
    STANDING,
    PracticeQuestion,
    digest,
    values_of,
)
from tree.teaching.questions.rounds import attempt, draw
from tree.teaching.questions.steps import CHOICE, FACTOR, OPTION, Step, steps

FOLDER = ROOT / "notebooks" / "made_up_class"
STUDENTS = "abcdefgh"
ROUNDS, LENGTH = 2, 8


def contents(guide: tree.Guide) -> dict[str, str]:
    """What stands in each file of the folder."""
    records = {f"made_up_{name}.json": record(guide, name) for name in STUDENTS}
    whole = records["made_up_c.json"]
    return {
        **{name: as_json(found) for name, found in records.items()},
        # As happens: an older copy of a record, half of one, and something else.
        "made_up_c (older copy).json": as_json({**whole, "attempts": whole["attempts"][:6]}),
        "made_up_i.json": as_json(whole)[:700],
        "READ_ME.txt": "Everything in this folder is made up, by tests/helpers/made_up_class.py.\n",
    }


def as_json(record: Mapping[str, Any]) -> str:
    """A record with each attempt on a line of its own."""
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in record["attempts"])
    head = json.dumps({key: record[key] for key in ("format", "version", "learner")})
    return f'{head[:-1]}, "attempts": [\n{lines}\n]}}\n'


def record(guide: tree.Guide, name: str) -> dict[str, Any]:
    """The record of one student."""
    chance = random.Random(f"made up {name}")
    learner = f"{chance.getrandbits(64):016x}"
    weak = chance.uniform(0.0, 0.3)
    at = datetime(2025, 3, 3, 9, tzinfo=UTC) + timedelta(minutes=chance.randrange(60))
    # What is hard is the same for everybody: the same seed for each student.
    hard = random.Random("what is hard")
    about = [*(f.id for f in guide.factors), *(s.id for s in guide.statements)]
    more = {id: hard.choice((0, 0, 0.1, 0.4)) for id in about}
    found: list[Attempt] = []
    for number in range(ROUNDS):
        for question in draw(guide.questions(), found, f"{name}{number}", LENGTH):
            said = answered(question, chance, weak, more)
            graded = grade(question, said)
            for again in range(1 if graded.right else 2):
                at += timedelta(seconds=chance.randrange(20, 90))
                said = answered(question, chance, 0, {}) if again else said
                made = attempt(
                    grade(question, said),
                    said,
                    digest(guide, guide.vignettes),
                    f"{learner[:6]}-{number}",
                    float(chance.randrange(15, 80)),
                )
                found.append(
                    Attempt(
                        **{
                            **vars(made),
                            "id": f"{learner[:6]}-{len(found)}",
                            "at": at.isoformat(timespec="milliseconds"),
                            "learner": learner,
                        }
                    )
                )
        at += timedelta(days=7)
    return {
        "format": FORMAT,
        "version": VERSION,
        "learner": learner,
        "attempts": [brief(each) for each in found],
    }


def brief(attempt: Attempt) -> dict[str, Any]:
    """An attempt without what is empty, as a record may hold it."""
    content = asdict(attempt)
    content["judged"] = [
        {key: value for key, value in each.items() if value or key == "right"}
        for each in content["judged"]
    ]
    return {key: value for key, value in content.items() if value not in ("", None)}


def answered(
    question: PracticeQuestion, chance: random.Random, weak: float, more: Mapping[str, float]
) -> Any:
    """An answer that is wrong here and there."""
    parts: dict[str, dict[str, str]] = {FACTOR: {}, OPTION: {}, CHOICE: {}}
    for step in steps(question):
        likely = weak / (1 if step.about == CHOICE else 3)
        likely += more.get(step.statement, 0) * 0.8 + more.get(step.factor, 0) / 3
        likely += 0.15 * (step.accepted[0] == UNKNOWN) if more else 0
        others = [value for value in possible(question, step) if value not in step.accepted]
        said = chance.choice(others) if chance.random() < likely else step.accepted[0]
        parts[step.about][step.id] = said
    if question.kind == STANDING:
        return {"factors": parts[FACTOR], "options": parts[OPTION]}
    return parts[FACTOR] if question.kind == BRANCH else parts[CHOICE][""]


def possible(question: PracticeQuestion, step: Step) -> list[str]:
    """Everything that can be answered at a step."""
    if step.about == FACTOR:
        return list(values_of(question.reading.factor(step.id)))
    return list(SAYINGS) if step.about == OPTION else [choice for choice, _ in question.choices]


def write(folder: Path, guide: tree.Guide) -> None:
    """Write every file, and remove what is no longer one of them."""
    folder.mkdir(exist_ok=True)
    made = contents(guide)
    for old in folder.iterdir():
        if old.name not in made:
            old.unlink()
    for name, content in made.items():
        (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER, tree.load(LIVER))
