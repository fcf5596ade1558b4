"""Where words stand in a text: the same as a regular expression finds, and much quicker."""

import re

import pytest
from counting import steps, times_as_long
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st

from tree.model.search import Finder
from tree.model.text import Passage, Text
from tree.model.typography import Typography

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


# --- typography ---------------------------------------------------------------------------

# What people and programs write for the same letters.
SAME = {
    " ": [" ", "\u00a0", "\u2009", "  ", "\n", "\t"],
    "-": ["-", "\u2010", "\u2011", "–", "—", "−"],
    "'": ["'", "’", "‘", "´", "′"],
    '"': ['"', "“", "”", "„", "»", "‟", "''"],
    "...": ["...", "…", ". . .", "\u22ef"],
    "é": ["é", "e\u0301"],
    "ffi": ["ffi", "ﬃ", "ｆﬁ"],
    "fl": ["fl", "ﬂ"],
    "a": ["a", "ａ", "\u00ada", "\u200ba"],
    "한": ["한", "\u1112\u1161\u11ab"],
}
# Where a line of the text ends within a word.
DIVIDED = {"b": ["b", "-\nb", "\u00ad\n b", "\u2010\n  b"]}
WORDS = [
    *("one", "eﬃcient", "-5", "so-called", "(été)", "don't", '"tea"', "wait...", "Kabul,", "flab"),
    *("- a", "2-3", "한 a", "office", "un-even", "-", "a...b", "x", '"a" - "b"', "cab!", "a-b-c"),
]
TOKENS = re.compile("|".join(map(re.escape, (*SAME, *DIVIDED))) + r"|\S")


def tokens(words):
    return TOKENS.findall(words.replace("ﬃ", "ffi"))


def written(data, found, ways):
    return [data.draw(st.sampled_from(ways.get(token, [token]))) for token in found]


@examples(200)
@given(st.data(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_typography_hides_no_words(data, words):
    # No two words are the same, so that every quote stands but once.
    each = [tokens(f"q{number}q{word}") for number, word in enumerate(words)]
    first = data.draw(st.integers(0, len(each) - 1))
    last = data.draw(st.integers(first, len(each) - 1))
    content, starts, ends = "", [], []
    for found in each:
        starts.append(len(content))
        content += "".join(written(data, found, SAME | DIVIDED))
        ends.append(len(content))
        content += data.draw(st.sampled_from(SAME[" "]))
    quoted = [token for found in each[first : last + 1] for token in (*found, " ")][:-1]
    quote = "".join(written(data, quoted, SAME))
    text = Text("t", content)
    place = starts[first], ends[last]
    assert Typography(content).find(quote) == [place]
    assert (text.find(quote), text.first(quote, 2)) == ([place], [place])
    assert (text.nth(quote, 1), text.nth(quote, 2)) == (place, None)
    assert text.names(quote)


@pytest.mark.parametrize(
    ("content", "words", "expected"),
    [
        # What is more than typography is not the same.
        ("so called", "so-called", []),
        ("socalled", "so-called", []),
        ("so-called", "socalled", []),
        ("20 to 30", "20-30", []),
        ("wait now", "wait... now", []),
        ("teas", "tea's", []),
        ("5 °C", "-5 °C", []),
        ("x² and ½", "x2", []),
        ("Tea", "tea", []),
        ("ete", "été", []),
        # A hyphen at the end of a line may belong to the word.
        ("so-\ncalled", "so-called", ["so-\ncalled"]),
        ("so-\ncalled", "socalled", ["so-\ncalled"]),
        ("with-\nout", "with- out", ["with-\nout"]),
        ("without", "with- out", ["without"]),
        ("pre- and post", "pre- and", ["pre- and"]),
        ("- a\n- b", "– b", ["- b"]),
        ("»Tee« hilft", '"Tee" hilft', ["»Tee« hilft"]),
        ("« Du thé » aide", '"Du thé" aide', ["« Du thé » aide"]),
        # What stands just so wins; what stands several times is said to.
        ("a–b a-b", "a-b", ["a-b"]),
        ("a–b a—b", "a-b", ["a–b", "a—b"]),
        ("aa-a", "a–a", ["a-a"]),
        ("-", "–", []),
    ],
)
def test_typography_and_what_is_more(content, words, expected):
    text = Text("t", content)
    assert [content[start:end] for start, end in text.find(words)] == expected
    assert len(text.first(words, 1)) == min(1, len(expected))
    assert bool(text.nth(words, max(1, len(expected)))) == bool(expected)
    assert text.nth(words, len(expected) + 1) is None


# As it is pasted from a PDF, and from a word processor.
PDF = (
    "Nosebleeds are common. Most stop with-\nout treatment. If the bleeding con-\ntinues for more "
    "than 20 minutes, a tam-\nponade is recommended.1 Patients who take anti-\ncoagulants should "
    "be referred to the emer-\ngency depart\u00adment. This is eﬃcient.\n"
)
WORD = (
    "Don’t give aspirin – even a little – to a “feverish” child.\n•\tParacetamol\u00a0500\u00a0mg "
    "is the first choice…\x0bIf it isn’t enough, ask.\n"
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (WORD, 'Don\'t give aspirin - even a little - to a "feverish" child'),
        (WORD, "Paracetamol 500 mg is the first choice... If it isn't enough"),
        (PDF, "This is efficient"),
        (PDF, "Most stop without treatment"),
        (PDF, "anticoagulants should be referred to the emergency department."),
    ],
)
def test_pasted_texts(content, words):
    text = Text("t", content)
    [(start, end)] = text.find(words)
    # A quote is what stands in the text.
    assert text.quote(start, end).words in content
    assert [content[start], content[end - 1]] == [words[0], words[-1]]
    assert text.names(words.upper())


def test_typography_within_a_passage():
    text = Text("t", "a–b c\na—b d").with_passages([Passage("p", "", 0, 0), Passage("q", "", 6, 0)])
    first, second = text.passages
    assert (text.find("a-b", first), text.find("a-b", second)) == ([(0, 3)], [(6, 9)])
    assert (text.find("b c", second), text.nth("a-b", 2)) == ([], (6, 9))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", [*" -'…é\u0301\u00adﬁ\n", " -", "- ", "...", "« ", "a-b ", "e\u0301 "]
)
def test_typography_takes_no_longer_than_the_length_asks(unit):
    def find(size):
        content = (unit * size)[:size]

        def search():
            found = Typography(content)
            for words in (content[: size // 2], "a–b", "a-b-a"):
                found.find(words)

        return search

    assert steps(find(40_000)) < 12 * steps(find(5_000)) + 1_000
    assert times_as_long(find(5_000), find(40_000), enough=24) < 24
