"""Thousands of strange guides, the same in every run. `make fuzz` looks for stranger ones."""

import random
import sys
from dataclasses import replace

import pytest
import strange_guides
import written_guides
from strange_guides import SEEDS, TEXTS, begun, changed, retold, starts, survives

import tree
from tree.loading import yaml_nodes


@pytest.mark.slow
def test_the_seeds_survive():
    assert survives(*SEEDS[0])
    assert survives(*SEEDS[-1])
    for text, yaml in SEEDS:
        survives(text, yaml)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_strange_guides_survive(seed):
    chance = random.Random(seed)
    read = 0
    for _ in range(600):
        text, yaml = begun(chance)
        for _ in range(chance.choice((0, 1, 1, 2, 4))):
            text, yaml = changed(chance, text, yaml)
        read += survives(text, yaml)
    # Not all are refused at the door: what comes after it is tried, too.
    assert 20 < read < 500


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_new_makes_a_guide_of_strange_texts(seed):
    chance = random.Random(seed)
    made = 0
    for _ in range(40):
        text = chance.choice([*TEXTS, *(text for text, _ in SEEDS)])[:3000]
        for _ in range(chance.choice((1, 2, 4))):
            text = retold(chance, text)
        made += starts(text)
    assert made > 10


def test_what_is_written_is_read_as_it_was_meant():
    chance = random.Random(0)
    for _ in range(50):
        made = written_guides.guide(chance)
        yaml = written_guides.written(made)
        assert strange_guides.value(yaml) == made


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_both_parsers_read_the_same(seed):
    # What the quick one takes, the careful one must take too, every part at the same place.
    chance = random.Random(seed)
    quick = 0
    for _ in range(300):
        text, yaml = begun(chance)
        for _ in range(chance.choice((0, 1, 1, 2))):
            text, yaml = changed(chance, text, yaml)
        found = yaml_nodes._quickly(yaml)
        if found:
            quick += 1
            assert found == yaml_nodes._carefully(yaml)
    assert quick > 100


@pytest.mark.slow
@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("title: Tea\ntitle: Coffee", "duplicate key 'title'"),
        ("title: &a Tea\ntext: *a", "anchor '&a' is not allowed"),
        ("title: !!str Tea\ntext: !x {a: b}", "tag '!!str' is not allowed"),
        ('title: "T\\aea"\n? [a, b]\n: c', "control character U+0007"),
        ("[" * 30 + "]" * 30, "nested more than 20 deep"),
        ("context:\n" + "- {quote: a, reason: b}\n" * 40_000, "more than 200000 keys and values"),
    ],
)
def test_what_is_wrong_is_read_once_and_quickly(monkeypatch, yaml, message):
    # The parser that says where the YAML itself breaks takes thirty times as long.
    asked = []
    careful = yaml_nodes._carefully
    monkeypatch.setattr(yaml_nodes, "_carefully", lambda *given: asked.append(given))
    yaml_nodes.parse_unnamed.cache_clear()
    found = yaml_nodes.parse("guide.yaml", yaml)
    assert not asked
    assert found[1][0].message.startswith(message)
    if len(yaml) < 1000:
        node, problems = careful(yaml)
        assert found == (node, [replace(problem, file="guide.yaml") for problem in problems])


@pytest.mark.slow
def test_shipped_guides_are_read_quickly():
    for path in sorted((strange_guides.ROOT / "data").glob("*/*.yaml")):
        yaml = path.read_text(encoding="utf-8")
        found = yaml_nodes._quickly(yaml)
        assert found, path
        assert found == yaml_nodes._carefully(yaml)


def test_without_the_parser_in_c_all_is_read_too(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    yaml_nodes.parse_unnamed.cache_clear()
    assert yaml_nodes._quickly("title: Tea") is None
    assert yaml_nodes.parse("guide.yaml", "title: Tea")[0].entries[0][1].value == "Tea"


def test_a_mark_outside_of_every_sentence_can_be_listed():
    # It was said to be claimed, by nobody.
    yaml = f"unclaimed: [Some prefer rest., {{words: \u2022, nth: 1}}]\n{strange_guides.GUIDE}"
    yaml = yaml.replace("unclaimed: [Some prefer rest., {words: Dr. Else}]\n", "")
    text = strange_guides.TEXT.replace("Advice", "\u2022 Advice")
    assert survives(text, yaml)
    messages = [problem.message for problem in tree.check_text(text, yaml).problems]
    assert "mark '\u2022' is outside every sentence: delete it here" in messages


def test_a_problem_is_told_on_one_line():
    # A name that was a line break made two of it.
    assert str(tree.Problem("t", 1, 1, "option '\u2028' is\nodd")) == "t:1:1: option ' ' is odd"
