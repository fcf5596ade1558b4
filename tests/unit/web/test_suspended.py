"""What a learning platform keeps of practice: the record in few letters, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hostile import write_hostile_guide
from in_node import in_node
from places import DATA

import tree
from tree.teaching.questions.worksheet import worksheet

SCORM_12, SCORM_2004 = 4096, 64000
WORK = r"""
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { keptIn, RECORD } from "./tree/web/static/practice/kept.js";
import { attemptOf, gradeOf } from "./tree/web/static/practice/marking.js";
import { nameQuestions, questionOf, valuesIn } from "./tree/web/static/practice/worksheet.js";
import { suspendedFrom, suspendedIn } from "./tree/web/static/scorm/suspended.js";

const { sheet, room, count } = JSON.parse(readFileSync(0, "utf8"));
nameQuestions(sheet);
let seed = 7;
const chance = most => (seed = (seed * 48271) % 2147483647) % most;
const name = () => Array.from({ length: 16 }, () => chance(16).toString(16)).join("");
const ids = sheet.questions[0];
const rounds = Array.from({ length: Math.ceil(count / 12) || 1 }, name);
const learner = name();
const attempts = Array.from({ length: count }, (_, i) => {
  const asked = questionOf(sheet, chance(ids.length));
  const chosen = new Map(asked.rows.map(r => [r, chance(valuesIn(sheet, asked, r).length)]));
  return {
    ...attemptOf(sheet, asked, chosen, gradeOf(asked, chosen)),
    seconds: chance(9000) / 10,
    round: rounds[Math.floor(i / 12)],
    id: name(),
    at: new Date(1.7e12 + i * 6e4 + chance(6e4)).toISOString().replace("Z", "+00:00"),
    learner
  };
});
const questions = ids.slice(0, 10);
const round = { id: rounds.at(-1), guide_digest: sheet.digest, questions, position: 3 };
const kept = { ...RECORD, learner, attempts, rounds: rounds.length, round };
const [letters, lost] = suspendedIn(sheet, { kept, best: 70, lost: 0 }, room);
const newest = { ...kept, attempts: attempts.slice(lost) };
const back = suspendedFrom(sheet, letters);
const changed = suspendedFrom({ ...sheet, digest: "0" }, letters);
console.log(JSON.stringify({
  length: letters.length,
  plain: /^[ -~]*$/.test(letters),
  lost,
  same: isDeepStrictEqual(back, { kept: newest, best: 70, lost }),
  taken: keptIn(JSON.stringify(back.kept)) !== null,
  changed: [changed.kept.attempts.length, changed.best, changed.lost]
}));
"""


def suspended(node: str, guide: tree.Guide, room: int, count: int) -> dict[str, Any]:
    """What comes back of so many attempts."""
    data = {"sheet": worksheet(guide, guide.vignettes), "room": room, "count": count}
    return dict(in_node(node, ["--input-type=module", "-e", WORK], data))


GUIDES = sorted(path.parent for path in DATA.glob("*/guide.yaml"))


@pytest.mark.parametrize("folder", GUIDES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("count", [0, 1, 60])
def test_the_record_comes_back_as_it_was(node: str, folder: Path, count: int) -> None:
    found = suspended(node, tree.load(folder), SCORM_2004, count)
    assert found["same"]
    assert found["taken"]
    assert found["plain"]
    assert found["lost"] == 0
    # Of a guide that has changed the best score is left, and how many answers there were.
    assert found["changed"] == [0, 70, count]


@pytest.mark.parametrize(("room", "least"), [(SCORM_12, 60), (SCORM_2004, 1200)])
def test_the_oldest_answers_give_way(node: str, room: int, least: int) -> None:
    liver = tree.load(DATA / "metastatic_liver_cancer")
    found = suspended(node, liver, room, 2000)
    assert found["same"]
    assert found["length"] <= room
    assert 2000 - found["lost"] >= least


def test_hostile_names(node: str, tmp_path: Path) -> None:
    write_hostile_guide(tmp_path / "hostile")
    found = suspended(node, tree.load(tmp_path / "hostile"), SCORM_12, 20)
    assert found["same"]
    assert found["taken"]
    assert found["plain"]
