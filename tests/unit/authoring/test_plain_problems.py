"""Who writes a guide on a screen reads of problems in the words of the text."""

from __future__ import annotations

from tree import check_text
from tree.authoring.guide_files import guide_files
from tree.authoring.screen_state import screen_state

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
    assert entry["problems"] == [conflict["message"]]


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
