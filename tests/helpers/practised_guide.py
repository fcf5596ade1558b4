"""The liver guide with two vignettes of our own, and answers to its questions."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from places import LIVER

from tree.teaching.questions.grading import grade
from tree.teaching.questions.questions import PracticeQuestion

# In the second one the vignette does not say everything.
CASES = """
retired_teacher:
  vignette: >-
    A retired teacher has three small tumors in the liver, and the scans show no spread to any
    other organ. The surgeon is confident that all three can be taken out safely, and finds
    nothing else that speaks against an operation. The tumor is of a type that usually shrinks
    under chemotherapy. She plays the organ in her village.
  answers:
    other_organ_involvement:
      value: no
      words: no spread to any other organ
    extensive_liver_involvement:
      value: no
      words: three small tumors in the liver
    other_factors_against_resection:
      value: no
      words: nothing else that speaks against an operation
    complete_removal_feasible:
      value: yes
      words: all three can be taken out safely
    chemotherapy_responsive_tumor:
      value: yes
      words: of a type that usually shrinks under chemotherapy
  distractors: She plays the organ in her village.
cook_of_58:
  vignette: >-
    A cook of 58 has tumors throughout the liver. There are deposits in the lungs as well. The
    laboratory has not yet said what type of tumor it is.
  answers:
    other_organ_involvement:
      value: yes
      words: deposits in the lungs
    extensive_liver_involvement:
      value: yes
      words: tumors throughout the liver
"""


def write_guide(folder: Path) -> Path:
    """The liver guide with the vignettes."""
    if (folder / "cases.yaml").exists():
        return folder
    shutil.copytree(LIVER, folder, dirs_exist_ok=True)
    (folder / "cases.yaml").write_text(CASES, encoding="utf-8")
    return folder


def write_opposite_guide(folder: Path) -> Path:
    """The same stories, and the opposite of each answer."""
    cases = write_guide(folder) / "cases.yaml"
    source = cases.read_text(encoding="utf-8")
    opposite = {"yes": "no", "no": "yes"}
    flipped = re.sub("(?<=value: )(yes|no)", lambda found: opposite[found[0]], source)
    cases.write_text(flipped, encoding="utf-8")
    return folder


def right_answer(question: PracticeQuestion) -> Any:
    """An answer that is right, from the case and the walk alone."""
    walk = question.walk
    factors = {f.id: walk.answers.get(f.id, "unknown") for f in question.reading.factors}
    if question.kind == "branch":
        return factors
    if question.kind == "standing":
        said = {id: str(o.standing or "not decided yet") for id, o in walk.standings.items()}
        return {"factors": factors, "options": said}
    return next(choice for choice, _ in question.choices if grade(question, choice).right)


def wrong_answer(question: PracticeQuestion) -> Any:
    """An answer that leaves the text: at the last option, at the first factor, or elsewhere."""
    right = right_answer(question)
    if question.kind == "standing":
        last = question.reading.options[-1].id
        wrong = "withheld" if right["options"][last] != "withheld" else "offered"
        return {**right, "options": {**right["options"], last: wrong}}
    if question.kind == "branch":
        asked = {id for on in question.walk.trees for id in on.tree.factors}
        first = next(f for f in question.reading.factors if f.id in asked)
        return {**right, first.id: next(v for v in first.values if v != right[first.id])}
    return next(choice for choice, _ in question.choices if not grade(question, choice).right)
