"""Thousands of strange guides, the same in every run. `make fuzz` looks for stranger ones."""

import random

import pytest
import strange_guides
import written_guides
from strange_guides import SEEDS, TEXTS, begun, changed, retold, starts, survives


def test_the_seeds_survive():
    assert survives(*SEEDS[0])
    assert survives(*SEEDS[-1])
    for text, yaml in SEEDS:
        survives(text, yaml)


@pytest.mark.parametrize("seed", range(6))
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


@pytest.mark.parametrize(
    ("text", "yaml"),
    [
        # A name that is a line break made a message of two lines.
        ("If it rains", 'options: {"\u2028": {name: rains}}\nfactors: {}\nstatements: {a: {}}'),
        # A mark that is no sentence was claimed by nobody, and said so.
        ("\u2022 If it rains", f"unclaimed: ['\u2022']{strange_guides.GUIDE}"),
    ],
)
def test_what_once_broke_survives(text, yaml):
    survives(text, yaml)
