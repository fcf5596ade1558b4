"""Answers that name several values in words, whatever the values are called."""

import itertools
from pathlib import Path

import pandas as pd
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import tree
from tree.model.answers import Spelling
from tree.model.possible import left_possible

BETWEEN = st.sampled_from([" or ", ", ", ", or ", " OR "])
WORDS = st.sampled_from(["a", "b", "c"])


@st.composite
def joined(draw, words, most):
    """Some words with an "or" between them, as a list of words and what stands between."""
    count = draw(st.integers(1, most))
    parts = [draw(words)]
    for _ in range(count - 1):
        parts += [draw(BETWEEN), draw(words)]
    return parts


NAMES = st.lists(joined(WORDS, 3).map("".join), min_size=2, max_size=4, unique_by=str.lower)


def readings(names, parts):
    """Every way to read an answer as values one after the other, the longest first ones first."""
    if not parts:
        yield []
    for end in range(len(parts), 0, -2):
        word = "".join(parts[:end])
        if word in names:
            for rest in readings(names, parts[end + 1 :]):
                yield [names.index(word), *rest]


@examples(400)
@given(NAMES, st.data())
def test_the_longest_name_that_fits_wins(names, data):
    parts = data.draw(joined(WORDS, 5))
    spelling = Spelling(tuple(name.lower() for name in names))
    expected = next(readings(list(spelling.values), [part.lower() for part in parts]), None)
    found = left_possible(spelling, "".join(parts))
    assert found == (expected and tuple(sorted(set(expected))))


@examples(200)
@given(NAMES, st.data())
def test_values_that_are_named_can_always_be_read(names, data):
    spelling = Spelling(tuple(names))
    for place, name in enumerate(names):
        assert left_possible(spelling, name) == (place,)
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1))
    for between in (" or ", ", "):
        assert left_possible(spelling, between.join(chosen))


def test_an_or_in_the_name_of_a_value(tmp_path: Path):
    guide = tree.loads(
        "In wet or dry or damp rooms take a coat.",
        """
title: What to take?
factors: {room: {question: How is it?, quote: rooms, values: [wet or dry, damp, warm]}}
options: {coat: {name: a coat, quote: a coat}}
statements:
  s: {quote: In wet or dry or damp rooms take a coat., when: {room: damp}, offer: coat}
""",
    )
    assert guide.walk(room="wet or dry").answers == {"room": "wet or dry"}
    for written in ("wet or dry or damp", "damp or Wet or Dry", ["damp", "wet or dry"]):
        assert guide.walk(room=written).answers == {"room": ("wet or dry", "damp")}
        assert guide.walk(room=written).undecided == ("coat",)
    cases = pd.DataFrame({"room": ["wet or dry", "wet or dry or warm", "damp or wet or dry"]})
    found = guide.classify(cases)["coat"].tolist()
    assert found == ["silent", "silent", "not decided yet"]
    with pytest.raises(tree.AnswerError):
        guide.walk(room="wet or damp")


def test_many_ors_are_read_quickly():
    spelling = Spelling(("a", "a or a", "b"))
    assert left_possible(spelling, " or ".join(["a"] * 20_001)) == (0, 1)
    assert left_possible(spelling, " or ".join([*itertools.repeat("a", 20_000), "c"])) is None
