"""Every sentence is used, context or unclaimed: against a slow way of looking at each pair."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import LIVER as FOLDER
from random_guides import guide, readings

import tree
from tree.logic.coverage import Claim, cover, covered
from tree.model.parts import Group
from tree.model.sentences import sentences


@pytest.fixture(scope="module")
def liver():
    return tree.load(FOLDER, strict=True)


def overlap(span, quote):
    return max(span[0], quote.start) < min(span[1], quote.end)


def slowly(reading):
    """For every sentence its claim and who claims it, each pair looked at."""
    entries = [
        *((s.id, s.quotes) for s in reading.statements),
        *(
            (f.id, (*f.quotes, *([f.judgement] if f.judgement is not None else [])))
            for f in reading.factors
        ),
        *((o.id, (*o.quotes, *o.does)) for o in (*reading.options, *reading.groups)),
    ]
    found = []
    for span in sentences(reading.text.content):
        used = {id for id, quotes in entries if any(overlap(span, quote) for quote in quotes)}
        aside = {reason for quote, reason in reading.context if overlap(span, quote)}
        claim = "used" if used else "context" if aside else "unclaimed"
        found.append((span, claim, used or aside))
    return found


def quickly(reading):
    return [
        ((s.words.start, s.words.end), str(s.claim), set(s.by)) for s in cover(reading).sentences
    ]


def test_counts_of_the_liver_guide(liver):
    coverage = liver.coverage()
    assert coverage.counts == {"used": 19, "context": 4, "unclaimed": 0}
    assert len(coverage.sentences) == 23
    assert coverage.unclaimed == ()
    assert repr(coverage) == "<coverage: 19 used, 4 context, 0 unclaimed>"


def test_every_sentence_of_the_liver_guide(liver):
    assert quickly(liver) == slowly(liver)
    heading, *_ = liver.coverage().sentences
    assert heading.words.words == "What is the treatment for metastatic liver cancer?"
    assert (heading.claim, heading.by) == (Claim.CONTEXT, ("heading",))
    for sentence in liver.coverage().sentences:
        words = sentence.words
        assert liver.text.content[words.start : words.end] == words.words
        assert len(set(sentence.by)) == len(sentence.by) > 0


def test_coverage_in_words(liver):
    coverage = liver.coverage()
    # Long lines are folded between words.
    words = ["19 used, 4 context, 0 unclaimed"]
    for sentence in coverage.sentences:
        words.append(f'{sentence.claim} "{sentence.words.line}" {", ".join(sentence.by)}')
    assert str(coverage).split() == " ".join(words).split()
    assert max(map(len, str(coverage).splitlines())) <= 90


def unquoted(reading, id):
    """The same guide, one statement quoting nothing."""
    statements = (replace(s, quotes=()) if s.id == id else s for s in reading.statements)
    return replace(reading, statements=tuple(statements))


def test_without_its_only_quotes_a_sentence_is_unclaimed(liver):
    alone = {}
    for statement in liver.statements:
        without = unquoted(liver, statement.id).coverage()
        expected = [s.words for s in liver.coverage().sentences if s.by == (statement.id,)]
        assert [s.words for s in without.unclaimed] == expected
        alone[statement.id] = [words.line for words in expected]
    # Some are quoted by others too, some are not: both were met.
    assert alone["wascher_most_effective"] == []
    assert alone["transplant_surgery_factors"] == [
        "Depending on both tumor factors and patient factors the team will design an approach."
    ]


def test_a_sentence_both_used_and_set_aside_is_used(liver):
    statement = liver.statement("overview_surgery")
    both = replace(liver, context=(*liver.context, (statement.quotes[0], "aside")))
    assert both.coverage() == liver.coverage()


@given(st.data())
def test_random_guides(data):
    reading = data.draw(readings(passages=3))
    content = reading.text.content
    piece = st.builds(
        lambda start, size: reading.text.quote(start, min(start + size, len(content))),
        st.integers(0, len(content) - 1),
        st.integers(1, 80),
    )
    pieces = st.lists(piece, max_size=2).map(tuple)
    reading = replace(
        reading,
        statements=tuple(replace(s, quotes=data.draw(pieces)) for s in reading.statements),
        factors=tuple(
            replace(f, quotes=data.draw(pieces), judgement=data.draw(st.none() | piece))
            for f in reading.factors
        ),
        options=tuple(
            replace(o, quotes=data.draw(pieces), does=data.draw(pieces)) for o in reading.options
        ),
        groups=(Group("g", "Group", (), data.draw(pieces), data.draw(pieces)),),
        context=tuple((quote, f"reason {i}") for i, quote in enumerate(data.draw(pieces))),
    )
    assert quickly(reading) == slowly(reading)
    coverage = cover(reading)
    assert sum(coverage.counts.values()) == len(coverage.sentences) == 12
    assert list(coverage.counts) == ["used", "context", "unclaimed"]
    assert coverage.counts["unclaimed"] == len(coverage.unclaimed)
    assert guide(reading).coverage() == coverage
    # Without one statement's quotes exactly those are unclaimed that nobody else claims.
    for statement in reading.statements:
        lost = {s.words for s in cover(unquoted(reading, statement.id)).unclaimed}
        lost -= {s.words for s in coverage.unclaimed}
        assert lost == {
            s.words
            for s in coverage.sentences
            if s.by == (statement.id,)
            and not any(overlap((s.words.start, s.words.end), q) for q, _ in reading.context)
        }


# --- texts whose sentences cannot be told apart --------------------------------------------

THAI = "ถ้ามีไข้ให้ดื่มน้ำมากๆ ถ้าปวดหัวให้นอนพัก อย่ารอ"


def thai(*quoted, context="X"):
    """A guide of a Thai text of one line, with these quotes."""
    quotes = "".join(f"\n      - {words}" for words in quoted)
    return tree.loads(
        f"{THAI}\nX\n",
        f"""
title: ไข้
language: th
factors: {{fever: {{question: มีไข้หรือไม่, quote: ถ้ามีไข้}}}}
options: {{water: {{name: ดื่มน้ำ, quote: ดื่มน้ำ}}}}
statements:
  drink:
    quote:{quotes}
    when: {{fever: yes}}
    offer: water
context:
  - {{quote: {context}, reason: aside}}
""",
    ).coverage()


def test_a_line_of_several_sentences_is_used_only_once_all_of_it_is():
    part = thai(THAI.split()[0])
    assert part.counts == {"used": 0, "context": 1, "unclaimed": 1}
    assert [s.words.words for s in part.whole_lines] == [THAI]
    assert part.unclaimed[0].by == ("drink", "fever", "water")
    assert "The sentences of 1 line cannot be told apart" in str(part).replace("\n", " ")
    assert thai(*THAI.split()).counts == {"used": 1, "context": 1, "unclaimed": 0}
    assert thai(THAI.split()[0], context=f"[{', '.join(THAI.split()[1:])}, X]").counts == {
        "used": 1,
        "context": 1,
        "unclaimed": 0,
    }


@given(st.sets(st.integers(0, 11)), st.sampled_from(["x", "ก"]))
def test_what_is_covered(gaps, letter):
    content = "".join(" " if i in gaps else letter for i in range(12))
    spans = [(i, i + 1) for i in range(12) if i not in gaps]
    assert covered(content, 0, 12, spans[::-1])
    for left_out in spans:
        assert not covered(content, 0, 12, [span for span in spans if span != left_out])


def test_no_text_whose_sentences_cannot_be_told_apart_seems_done():
    for content in (THAI, "drink tea and rest a lot " * 30):
        part = tree.loads(content, few_letters(content)).coverage()
        assert part.counts["unclaimed"] > 0


def few_letters(content):
    """A guide that quotes a few letters of this text, and nothing more."""
    first = content[:9]
    return f"""
title: t
factors: {{f: {{question: f, quote: {{words: {first!r}, nth: 1}}}}}}
options: {{o: {{name: {first!r}, quote: {{words: {first!r}, nth: 1}}}}}}
statements: {{s: {{quote: {{words: {first!r}, nth: 1}}, when: {{f: yes}}, offer: o}}}}
"""
