"""Slips in YAML, as they happen while a guide is written, and what is said of them."""

from __future__ import annotations

import re

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import tree

TEXT = "If it rains, drink tea. Else: walk.\n"
GUIDE = """\
title: Tea or a walk?
factors:
  rain:
    question: Does it rain?
    quote: If it rains
options:
  tea:
    name: tea
    quote: drink tea
statements:
  drink:
    quote: If it rains, drink tea.
    when: {rain: yes}
    offer: tea
context:
  - quote: "Else: walk."
    reason: an aside
"""

# What is right, what stands there instead, the line of the message, and the message.
SLIPS = {
    "tab": ("    offer: tea", "\toffer: tea", 14, "not YAML: there is a tab here: use spaces"),
    "colon in words": (
        '"Else: walk."',
        "Else: walk.",
        16,
        "not YAML: ': ' within words: put quotation marks around them",
    ),
    "too far to the right": (
        "    quote: drink tea",
        "      quote: drink tea",
        9,
        "not YAML: this line is too far to the right, or the line above lacks its ': '",
    ),
    "too far to the left": (
        "    offer: tea",
        "   offer: tea",
        14,
        "not YAML: this line does not begin just below the one that it belongs with",
    ),
    "no colon": (
        "  drink:\n",
        "  drink\n",
        12,
        "not YAML: this line is too far to the right, or the line above lacks its ': '",
    ),
    "words that go on too far to the left": (
        "quote: If it rains, drink tea.",
        "quote: If it rains,\n    drink tea.",
        13,
        "not YAML: this line lacks its ': ', or words that go on here are too far to the left",
    ),
    "no space after the colon of a line": (
        "name: tea",
        "name:tea",
        9,
        "not YAML: this line is too far to the right, or the line above lacks its ': '",
    ),
    "no space after the colon in a bracket": (
        "{rain: yes}",
        "{rain:yes}",
        13,
        "undefined factor 'rain:yes': did you mean 'rain'? allowed: rain; write a space after ':'",
    ),
    "quotation mark not closed": (
        '"Else: walk."',
        '"Else: walk.',
        16,
        "not YAML: this quotation mark is never closed",
    ),
    "words after a quotation mark": (
        "question: Does",
        'question: "Does"',
        4,
        "not YAML: words go on after the closing quotation mark: "
        "use the other kind around them all",
    ),
    "bracket not closed": (
        "{rain: yes}",
        "{rain: yes",
        13,
        "not YAML: this bracket is not closed with }, or words in it hold ': '",
    ),
    "list not closed": (
        "offer: tea",
        "offer: [tea",
        14,
        "not YAML: this bracket is not closed with ], or words in it hold ': '",
    ),
    "bracket closed twice": (
        "{rain: yes}",
        "{rain: yes}}",
        13,
        "not YAML: this bracket closes nothing",
    ),
    "nothing after a name": (
        "question: Does it rain?\n",
        "question:\n",
        4,
        "nothing is written here; text expected",
    ),
    "special sign": (
        "question: Does",
        "question: @Does",
        4,
        "not YAML: words that begin with @ need quotation marks around them",
    ),
    "emphasis": (
        "quote: drink tea\n",
        "quote: |drink tea|\n",
        9,
        "not YAML: there is a sign here that has a meaning of its own: "
        "put quotation marks around the words",
    ),
    "item on the line of its name": (
        "quote: drink tea\n",
        "quote: - drink tea\n",
        9,
        "not YAML: '- ' begins an item of a list: give it a line of its own",
    ),
    "items among names": (
        "    reason: an aside",
        "    - reason: an aside",
        17,
        "not YAML: items that begin with '- ' and names with ': ' are mixed here",
    ),
    "backslash": (
        '"Else: walk."',
        '"Else: \\walk."',
        16,
        "not YAML: a backslash within \"...\" has a meaning of its own: use '...'",
    ),
    "list without brackets": (
        "quote: If it rains\n",
        "quote: If it rains\n    values: yes, no\n",
        6,
        "factor 'rain' needs at least two values; several are written [yes, no]",
    ),
    "options without brackets": (
        "offer: tea",
        "offer: tea, tea",
        14,
        "undefined option or group 'tea, tea': allowed: tea; several are written [tea, tea]",
    ),
    "comma in a bracket": (
        "{rain: yes}\n",
        "{rain: yes}\n    because: {quote: If it rains, drink tea.}\n",
        14,
        "text expected here, not keys with values",
    ),
    "comma in a quote in a bracket": (
        "quote: If it rains\n",
        "quote: {words: If it rains, drink tea.}\n",
        5,
        "unknown key 'drink tea.' in a quote: allowed: words, in, nth; "
        "within {} put quotation marks around words with a comma",
    ),
}


def test_the_guide_without_a_slip_is_right() -> None:
    assert tree.check_text(TEXT, GUIDE).ok


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_in_plain_words_where_it_is(slip: str) -> None:
    right, wrong, line, message = SLIPS[slip]
    assert GUIDE.count(right) == 1
    report = tree.check_text(TEXT, GUIDE.replace(right, wrong))
    told = report.errors[0]
    assert (told.line, told.message) == (line, message)
    # The line is shown with a caret, so that nobody has to count.
    assert told.pointed().splitlines()[-1].strip() == "^"


def test_one_slip_is_not_told_twice() -> None:
    # What only the misspelt name would have used is not called unused as well.
    report = tree.check_text(TEXT, GUIDE.replace("offer: tea", "offer: tee"))
    assert [p.message[:24] for p in report.problems] == ["undefined option or grou"]


@examples(300)
@given(
    st.integers(0, len(GUIDE)),
    st.integers(0, 2),
    st.text(st.sampled_from(":{}[],\"'-#\t\n @*&!|>%?`\\a"), max_size=2),
)
def test_any_small_slip_is_told_without_the_words_of_the_parser(
    place: int, left_out: int, typed: str
) -> None:
    source = GUIDE[:place] + typed + GUIDE[place + left_out :]
    report = tree.check_text(TEXT, source)
    for problem in report.problems:
        assert 1 <= problem.line <= len(source.split("\n"))
        assert not re.search(
            r"<\w+ |<scalar|\btoken|mapping (keys|values) |but found", problem.message
        )
    assert str(report).endswith(report.summary.split()[-1])


@pytest.mark.parametrize("before", [0, 30, 60, 200])
@pytest.mark.parametrize("after", [0, 30, 60, 200])
def test_the_caret_stands_under_the_place_in_a_line_of_any_length(before: int, after: int) -> None:
    line = "a" * before + "X" + "b" * after
    problem = tree.Problem("t", 1, before + 3, "m", source="  " + line).pointed()
    _, shown, caret = problem.splitlines()
    assert shown[caret.index("^")] == "X"
    assert len(shown) <= 4 + 90 + 2
    # What is left out is marked, and nothing is left out where all of it fits.
    assert shown.strip().strip("…") in line
    assert ("…" in shown) == (len(line) > 90)
