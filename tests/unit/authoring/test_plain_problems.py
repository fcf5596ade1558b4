"""Who writes a guide on a screen reads of problems in the words of the text."""

from __future__ import annotations

import re
from functools import cache

import pytest
from places import BAD

from tree import TreeError, check, check_text
from tree.authoring.guide_files import GuideFiles, guide_files
from tree.authoring.plain_problems import COUNTED, SECTIONS, SEEN_TOGETHER, plainly
from tree.authoring.plain_slips import SLIPS
from tree.authoring.screen_state import screen_state
from tree.model.errors import Problem
from tree.model.findings import FindingKind

TEXT = "Drink tea when it rains. When you are ill, take no tea. Or walk when it is dry."
GUIDE = """
title: Tea?
factors:
  rain: {question: Does it rain?, quote: it rains}
  ill: {question: Are you ill?, quote: you are ill}
options:
  tea: {name: a cup of tea, quote: Drink tea}
  walk: {name: a walk, quote: walk}
statements:
  drink: {quote: Drink tea when it rains., when: {rain: yes}, offer: tea}
  none: {quote: "When you are ill, take no tea.", when: {ill: yes}, withhold: tea}
  dry: {quote: Or walk when it is dry., all: {rain: no, ill: no}, offer: walk}
"""


def test_problems_are_in_the_words_of_the_text():
    report = check_text(TEXT, GUIDE)
    reading = report.guide
    text = check_text(TEXT, GUIDE.replace("withhold: tea", "withhold: tea, outweighs: drink"))
    assert text.guide
    state = screen_state(
        guide_files(GUIDE), text.guide.text, reading, reading is not None, report.problems
    )
    conflict = next(each for each in state["problems"] if each["severity"] == "error")
    assert conflict["message"].startswith(
        "a cup of tea: “When you are ill, take no tea.” rules it out, and “Drink tea when it "
        "rains.” speaks for it, such as where: Does it rain? yes; Are you ill? yes. "
    )
    assert conflict["conflict"] == ["none", "drink"]
    gap = next(each for each in state["problems"] if "no option" in each["message"])
    assert gap["message"].startswith("The text speaks for no option where: ")
    assert "Are you ill? yes" in gap["message"]
    assert gap["where"] == conflict["where"] == ""
    words = str(state["problems"])
    assert not any(name in words for name in ("conflict:", "gap:", "outweighs", "guide.yaml"))
    entry = next(each for each in state["entries"] if each["id"] == "none")
    # The screen says it on the first card of its statements.
    assert entry["problems"] == []


def test_a_statement_is_always_called_by_words():
    solved = GUIDE.replace("withhold: tea}", "withhold: tea, outweighs: drink}")
    report = check_text(TEXT, solved)
    assert report.guide
    state = screen_state(guide_files(solved), report.guide.text, report.guide, True)
    entry = next(each for each in state["entries"] if each["id"] == "none")
    assert entry["says"][-1] == "the exception to: “Drink tea when it rains.”"
    # A fault of the guide takes no entry its words.
    wrong = GUIDE.replace("offer: walk", "offer: nothing_known")
    state = screen_state(guide_files(wrong), report.guide.text, None, False)
    labels = {each["id"]: each["label"] for each in state["entries"]}
    assert labels["drink"] == "Drink tea when it rains."


# --- every kind of problem ----------------------------------------------------------------------

NAMED = ("factors", "options", "groups", "statements", "scopes", "passages")
# What only somebody can do to a file who edits it: no form of the screen writes it. Whoever adds a
# folder to tests/bad either gives its problem a kind, or lists it there.
BY_EDITOR = set((BAD / "only_in_an_editor.txt").read_text(encoding="utf-8").split())


@cache
def wrong() -> dict[str, list[Problem]]:
    """The problems of each folder of tests/bad."""
    return {
        each.name: list(check(each).problems) for each in sorted(BAD.iterdir()) if each.is_dir()
    }


def files_of(folder: str) -> GuideFiles:
    found = BAD / folder / "guide.yaml"
    try:
        return guide_files(found.read_text(encoding="utf-8"))
    except (TreeError, ValueError, OSError):
        return guide_files("")


def test_every_problem_has_a_kind_or_only_an_editor_can_make_it():
    without = {
        name for name, problems in wrong().items() if any(each.finding is None for each in problems)
    }
    assert without == BY_EDITOR


def test_every_kind_is_shown_by_a_bad_guide_and_has_words():
    made = {each.finding.kind for problems in wrong().values() for each in problems if each.finding}
    # What is too large to be drawn is no small guide: `test_large_diagrams.py` has one.
    assert made | {FindingKind.NOT_DRAWN} == set(FindingKind)
    assert SEEN_TOGETHER.keys() | SLIPS.keys() | set(COUNTED) == set(FindingKind)
    assert not SEEN_TOGETHER.keys() & SLIPS.keys()


@pytest.mark.parametrize("folder", sorted(each.name for each in BAD.iterdir() if each.is_dir()))
def test_plain_words_name_nothing_of_the_file(folder: str):
    files = files_of(folder)
    ids = {section: list(files.ids(section)) for section in NAMED}
    numbers = {
        section: {id: f"«{section} {n}»" for n, id in enumerate(each)}
        for section, each in ids.items()
    }
    every = {id for each in ids.values() for id in each}
    for problem in wrong()[folder]:
        finding = problem.finding
        if finding is None or finding.kind in COUNTED:
            continue
        said = plainly(problem, numbers)
        assert said.endswith((".", "?", "»”")), said
        assert not re.search(r"'|guide\.yaml|[{}]|_", said), said
        assert not re.search(r"\b(factor|statement|scope|patient|outweighs|withh\w+)\b", said), said
        for key, value in finding.parts.items():
            several = value if isinstance(value, tuple) else (value,)
            if key == "case":
                named = ids["factors"] if value is None else value
                assert set(named) <= set(ids["factors"])
            elif key in SECTIONS:
                section = SECTIONS[key]
                assert set(several) <= set(ids[section]) | set(ids["groups"]), (key, value)
            elif not finding.kind.startswith("quote"):
                # No name of the file goes onto the screen as if it were words.
                assert not set(several) & every, (key, value)
