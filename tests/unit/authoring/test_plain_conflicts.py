"""A conflict of many statements is said once, and one button settles all of it."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from places import ROOT

from tree import check_text
from tree.authoring.guide_files import guide_files
from tree.authoring.plain_conflicts import disputes, is_conflict
from tree.authoring.screen_state import screen_state

GUIDES = sorted(
    path.parent.relative_to(ROOT).as_posix()
    for folder in ("data", "tests/drafting")
    for path in (ROOT / folder).glob("*/guide.yaml")
)
# Each entry of a draft with its key in a line of its own, and within braces.
OUTWEIGHS = re.compile(
    r"^ +outweighs: (?:\[[^]]*\]|[^\[\n]*)\n|, outweighs: (?:\[[^]]*\]|\w+)", re.M
)
TEXT = "Borrow hand tools. Borrow saws. Not when late. Not when young. The warden may allow it."
GUIDE = """
title: Tools?
factors:
  late: {question: Late?, quote: late}
  young: {question: Young?, quote: young}
  allowed: {question: Does the warden allow it?, quote: The warden may allow it.}
options:
  tools: {name: hand tools, quote: hand tools}
  saws: {name: saws, quote: saws}
statements:
  late: {quote: Not when late., when: {late: yes}, withhold: [tools, saws]}
  young: {quote: Not when young., when: {young: yes}, withhold: saws}
  warden: {quote: The warden may allow it., when: {allowed: yes}, offer: [tools, saws]}
"""


def state_of(text: str, source: str):
    report = check_text(text, source)
    assert report.guide
    return screen_state(guide_files(source), report.guide.text, report.guide, True, report.problems)


def test_a_conflict_of_several_statements_is_said_once():
    state = state_of(TEXT, GUIDE)
    (conflict,) = (each for each in state["problems"] if each["conflict"])
    assert conflict["message"] == (
        "saws, hand tools: “The warden may allow it.” speaks for it, and 2 others rule it out, "
        "such as where: Late? yes; Does the warden allow it? yes. Which of them is the exception?"
    )
    assert conflict["path"] == ["statements", "warden"]
    assert conflict["conflict"] == ["warden", "late", "young"]
    # Its entries do not say it again.
    assert not any("exception" in words for e in state["entries"] for words in e["problems"])
    # What the first button writes settles all of it, and what the others write, too.
    (one, *others) = conflict["conflict"]
    settled = GUIDE.replace("offer: [tools, saws]", f"offer: [tools, saws], outweighs: {others}")
    assert not any(each["conflict"] for each in state_of(TEXT, settled)["problems"])
    settled = re.sub(r"(withhold: .*)}", rf"\1, outweighs: {one}}}", GUIDE)
    assert not any(each["conflict"] for each in state_of(TEXT, settled)["problems"])


@pytest.mark.parametrize("folder", GUIDES)
def test_every_conflict_is_in_one_dispute_and_settled_by_its_first_button(folder: str):
    text = (ROOT / folder / "text.txt").read_text(encoding="utf-8")
    source = (ROOT / folder / "guide.yaml").read_text(encoding="utf-8")
    source = OUTWEIGHS.sub(lambda found: "\n" * found[0].count("\n"), source)
    problems = check_text(text, source).problems
    found = list(disputes(problems))
    assert Counter(p for each in found for p in each.problems) == Counter(
        filter(is_conflict, problems)
    )
    for each in found:
        pairs = {
            (parts["statement"], other)
            for parts in (problem.finding.parts for problem in each.problems if problem.finding)
            for other in parts["others"]
        }
        sides = {(each.statement, other) for other in each.others}
        assert pairs == (sides if each.rules_out else {(b, a) for a, b in sides})
    assert len(found) <= len({p.finding.parts["statement"] for p in problems if is_conflict(p)})


def test_what_is_left_out_of_the_guides_makes_conflicts():
    """The test before this one is about something."""
    counts = []
    for folder in GUIDES:
        source = (ROOT / folder / "guide.yaml").read_text(encoding="utf-8")
        text = (ROOT / folder / "text.txt").read_text(encoding="utf-8")
        problems = check_text(text, OUTWEIGHS.sub("", source)).problems
        counts.append((len(list(disputes(problems))), sum(map(is_conflict, problems))))
    assert sum(one < many for one, many in counts) > 2
