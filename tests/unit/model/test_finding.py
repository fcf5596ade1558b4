"""Where words stand in a text: the same as a regular expression finds, and much quicker."""

import re

import pytest
from counting import steps, times_as_long
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st

from tree.model.search import Finder

PIECES = ["a", "b", "ab", "ba", "aba", " ", " ", "  ", "\n", "\n\n", "\u00a0", "."]
prose = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=30)


def expected(content, words, start, end):
    """The plain way: every white space is any white space."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.compile(pattern).finditer(content, start, end) if pattern else ()
    return [match.span() for match in found]


@examples(500)
@given(prose, prose, st.data())
@example("a a a\na a", "a a", None)
@example("bab ab. b aba, ba abc", "b ab", None)
@example("x b c x b d", "x b", None)
def test_the_same_places_as_a_regular_expression(content, words, data):
    start, end = 0, len(content)
    if data:
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, len(content)))
    for finder in (Finder(content), Finder(content, short=0)):
        assert finder.find(words) == expected(content, words, 0, len(content))
        assert finder.find(words, start, end) == expected(content, words, start, end)


@given(prose, st.data())
def test_words_of_the_content_are_found_where_they_stand(content, data):
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    places = Finder(content, short=0).find(content[start:end])
    assert places == Finder(content).find(content[start:end])
    assert places == expected(content, content[start:end], 0, len(content))
    assert bool(places) == bool(content[start:end].strip())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("a ", "a " * 200_000),
        ("a ", "a " * 200_000 + "b"),
        ("a ", "a"),
        ("ab ", "b a"),
        ("aaaa", "a" * 200_000 + "b"),
        ("one two three ", "two three one"),
    ],
)
def test_a_long_text_takes_no_longer_than_its_length_asks(unit, words):
    def find(size):
        content = unit * (size // len(unit))
        part = words if len(words) < 100 else words[: size // 2] + words[-1]
        return lambda: Finder(content, short=0).find(part)

    # Eight times the text; what compares all words at every place takes sixty-four times as long.
    assert steps(find(160_000)) < 12 * steps(find(20_000)) + 1_000
    assert times_as_long(find(10_000), find(80_000), enough=24) < 24
