"""Guides with something strange in them: where a fuzzer begins, what it changes, and what must
hold whatever it makes. Used with a seeded chance by test_fuzz.py, and by fuzz.py."""

from __future__ import annotations

import functools
import itertools
import json
import random
from pathlib import Path

import written_guides
from places import BAD, ROOT
from written_guides import Value, written

import tree
from tree.authoring import new_guide
from tree.loading import loader
from tree.loading.keys import SECTIONS
from tree.loading.sources import strings
from tree.loading.yaml_nodes import YamlMapping, YamlNode, YamlScalar, parse

TEXT = """\
Advice
  1. If it rains, drink tea. Below 10 degrees tea is best; from 30 on, water.
  2. In a storm tea is not for the weak. Some prefer rest.
Dr. Else
Walk, says Else, but never in a storm. Drink tea or water.
"""
# Everything that the format has, in one small guide.
GUIDE = """\
title: Tea or a walk?
language: en
subject: {one: guest, many: guests}
grades: {A: sure, B: less sure}
passages:
  one: {author: Nobody, begins: Advice}
  two:
    author: Else
    begins: Dr. Else
    draft: true
factors:
  rain: {question: Does it rain?, quote: If it rains, help: Look out.}
  storm: {question: A storm?, quote: {words: a storm, in: one}, asked_if: {rain: yes}}
  degrees:
    question: How warm is it?
    quote: [Below 10 degrees, from 30 on]
    unit: degrees
    values: {cold: {below: 10}, mild: {from: 10, below: 30}, hot: {from: 30}}
  weak: {question: Who?, quote: the weak, judgement: weak, values: [strong, frail, weak]}
  knots:
    question: How windy?
    quote: {words: a storm, nth: 2}
    unit: knots
    range: {from: 0, below: 200}
    also: [not measured]
    short: Wind
  bad: {question: How bad?, quote: not for the weak, score: {storm: 2, weak: {frail: 1, weak: 2}}}
options:
  tea: {name: tea, synonyms: Tea, quote: {words: tea, nth: 1}}
  water: {name: water, short: W, does: Drink tea or water, quote: {words: water, nth: 2}}
  walk: {name: Walk, quote: Walk}
groups:
  drinks: {name: drink, quote: 'drink tea.', options: [tea, water]}
scopes:
  inside:
    begins: If it rains
    ends: for the weak.
    any: {rain: yes, storm: yes, degrees: {below: 30}}
  outdoors: {passage: two, when: {knots: {to: 40}}, quote: "Walk, says Else"}
statements:
  rainy:
    quote: If it rains, drink tea.
    when: {rain: yes}
    unless: {knots: [{over: 90}, not measured], weak: weak}
    prefer: tea
    strength: drink
    grade: A
  warm:
    quote: Below 10 degrees tea is best; from 30 on, water.
    any:
      - {degrees: cold, rain: no}
      - all: {degrees: {not: [cold, mild]}, storm: no}
    offer: drinks
  stormy:
    quote: In a storm tea is not for the weak.
    when: {storm: yes, any: {weak: [weak, frail], at_least: {1: {rain: yes, storm: yes}}}}
    withhold: tea
    outweighs: [rainy]
  outside:
    quote: Walk, says Else, but never in a storm.
    all:
      - any: {storm: no, rain: no}
      - any: {weak: {not: weak}, degrees: mild, bad: {to: 1}}
    offer: walk
    basis: implied
    because: A storm is no weather for a walk.
  both: {quote: Drink tea or water., when: {rain: yes}, combine: [tea, water]}
  first: {quote: Drink tea or water., order: [tea, walk]}
  never: {quote: Drink tea or water., apart: [drinks, walk]}
  other: {quote: Drink tea or water., instead: {of: tea, use: water}}
  all_of_you: {quote: Drink tea or water., remark: Drink., draft: true}
context:
  - {quote: Advice, reason: heading}
unclaimed: [Some prefer rest., {words: Dr. Else}]
examples:
  A wet day: {rain: yes, degrees: 7.5, weak: strong}
"""


def _seeds() -> list[tuple[str, str]]:
    liver = ROOT / "data" / "metastatic_liver_cancer"
    folders = sorted(path for path in BAD.iterdir() if path.is_dir())
    pairs = [
        (_read(folder / "text.txt"), _read(folder / "guide.yaml")) for folder in [liver, *folders]
    ]
    text, guide = pairs[0]
    # Of the shipped guide its beginning too: a small file is read fast.
    beginning = guide[: guide.index("  other_factors_against_resection:")]
    return [(TEXT, GUIDE), (text, beginning), *pairs[1:], pairs[0]]


def _read(path: Path) -> str:
    return path.read_bytes().decode(errors="replace") if path.exists() else ""


TEXTS = [_read(path) for path in sorted((ROOT / "data").rglob("text.txt"))] or [TEXT]
# The largest one comes last, for who wants to leave it out.
SEEDS = _seeds()
KEYS = sorted({name for section in SECTIONS for name in section.names} | {"not"})
SCALARS = [
    *KEYS,
    *("", "yes", "no", "true", "unknown", "implied", "stated", "tea", "rain", "storm", "a", "."),
    *("0", "1", "-1", "7.5", "10", "30", "1e9", "999999999999", "0.000000001", "nan", "inf"),
    *("one", "two", "rainy", "text.txt", "guide.yaml", "..", "~", "null", "If it rains"),
    *("ß", "İ", "\u2028", "\u00a0", "\ufeff", "e\u0301", "\U0001f375", "\u202e", "x" * 300),
]
SIGNS = [
    *(": ", ":\n  ", "\n", "\n  ", "\n    ", "\n- ", "- ", ", ", "{", "}", "[", "]", "|\n", ">-\n"),
    *("? ", "<<: ", "!!int ", "!a!b ", "&a ", "*a", "---\n", "...\n", "%YAML 1.2\n---\n", "%TAG "),
    *('"', "'", "\\0", "\\ud800", "\\U00110000", "\\x", "#", "@", "`", "\t", "\x00", "\x85", "\r"),
    *("\r\n", "\ud800", "{not: yes}", "{below: 5}", "[yes, no]", "any: {rain: yes}"),
]


@functools.lru_cache(maxsize=500)
def _value(yaml: str) -> str:
    """What the YAML holds, as JSON, which is quick to copy; "" where it is no YAML."""
    try:
        node, _ = parse("", yaml)
    except Exception:  # what must not happen is for `survives` to find
        node = None
    return json.dumps(_plain(node)) if node else ""


def value(yaml: str) -> Value:
    """What the YAML holds, every time a copy of its own."""
    return json.loads(_value(yaml) or '""')


def _plain(node: YamlNode) -> Value:
    if isinstance(node, YamlScalar):
        return node.value
    if isinstance(node, YamlMapping):
        return {key.value: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items]


def _parts(value: Value) -> list[tuple[dict | list, str | int]]:
    """Every place in a value, as the mapping or list that holds it and the key."""
    found = []
    ahead = [value]
    while ahead:
        holder = ahead.pop()
        if isinstance(holder, str):
            continue
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            found.append((holder, key))
            ahead.append(holder[key])
    return found


def _restructured(chance: random.Random, yaml: str) -> str:
    """One or several parts of the guide exchanged, dropped, wrapped, renamed or put in."""
    whole = value(yaml)
    other = value(chance.choice(SEEDS[:-1])[1])
    for _ in range(chance.choice((1, 1, 2, 4))):
        places, others = _parts(whole), _parts(other)
        if not places or not others:
            return yaml
        holder, key = chance.choice(places)
        elsewhere, there = chance.choice(others if chance.random() < 0.3 else places)
        # A copy, so that nothing comes to hold itself.
        taken = json.loads(json.dumps(elsewhere[there]))
        kind = chance.randrange(9)
        if kind == 0:
            del holder[key]
        elif kind == 1:
            holder[key] = taken
        elif kind == 2:
            holder[key] = chance.choice(SCALARS)
        elif kind == 3:
            holder[key] = [holder[key], taken]
        elif kind == 4:
            holder[key] = {chance.choice(KEYS): holder[key]}
        elif kind == 5 and isinstance(holder[key], str):
            words = [*holder[key].split(), chance.choice(SCALARS)]
            holder[key] = " ".join(chance.sample(words, chance.randint(1, len(words))))
        elif isinstance(holder, dict) and kind == 6:
            holder[chance.choice([*KEYS, *SCALARS])] = holder.pop(key)
        elif isinstance(holder, dict) and isinstance(there, str) and kind == 7:
            holder[there] = taken
        elif isinstance(holder, dict):
            holder[f"{key}{chance.randrange(9)}"] = taken
        else:
            holder.insert(chance.randrange(len(holder) + 1), taken)
    return written(whole) + "\n"


def _scribbled(chance: random.Random, source: str) -> str:
    """Signs put in, taken out or copied, with no regard for what they mean."""
    for _ in range(chance.choice((1, 1, 1, 3))):
        at, end = chance.randint(0, len(source)), chance.randint(0, len(source))
        out = at + chance.choice((0, 0, 1, 5, 20))
        kind = chance.randrange(4)
        if kind == 0:
            source = source[:at] + chance.choice(SIGNS) + source[out:]
        elif kind == 1:
            source = source[:at] + chance.choice(SCALARS) + source[out:]
        elif kind == 2:
            source = source[:at] + source[end : end + 80] + source[out:]
        else:
            source = source[:at] + source[out:]
    return source


def begun(chance: random.Random) -> tuple[str, str]:
    """A guide to begin with: mostly a good one, for what is refused at once tells little."""
    kind = chance.randrange(4)
    if kind == 0:
        return chance.choice(SEEDS[:-1])
    if kind == 1:
        return SEEDS[0]
    return written_guides.text(), written(written_guides.guide(chance))


def changed(chance: random.Random, text: str, yaml: str) -> tuple[str, str]:
    """The two files with something in them changed."""
    kind = chance.randrange(10)
    if kind < 6:
        return text, _restructured(chance, yaml)
    if kind < 9:
        return text, _scribbled(chance, yaml)
    return retold(chance, text), yaml


def retold(chance: random.Random, text: str) -> str:
    """A text with a sentence of another in it, or with signs put in, taken out or copied."""
    if chance.random() < 0.5:
        return _scribbled(chance, text)
    lines = chance.choice(TEXTS).splitlines(keepends=True)
    at, line = chance.randint(0, len(text)), chance.randrange(len(lines))
    return text[:at] + "".join(lines[line : line + 3]) + text[at:]


@functools.lru_cache(maxsize=1000)
def starts(text: str) -> bool:
    """Assert that `new` makes a guide of a text in which nothing is wrong, or refuses the text."""
    content, problems = strings(text, "").read(new_guide.TEXT_FILE)
    if problems:
        return False
    try:
        yaml = new_guide.source("a text.txt", content)
    except tree.TreeError:
        return False
    _, problems = loader.read(strings(content, yaml))
    # The sections that a guide must have are still to be written.
    wrong = [p for p in problems if "hold named entries; nothing" not in p.message]
    assert not wrong, wrong[0]
    survives(content, yaml)
    return True


def read(text: str, yaml: str) -> tuple[tree.Guide | None, tuple[tree.Problem, ...]]:
    """The guide, or why there is none."""
    try:
        return tree.loads(text, yaml), ()
    except tree.TreeError as error:
        return None, error.problems


def survives(text: str, yaml: str) -> bool:
    """Assert that a guide is read, or refused with a problem at a place; whether it was read."""
    report = tree.check_text(text, yaml)
    assert str(report)
    assert json.dumps(report.to_dict())
    for problem in report.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert len(str(problem).splitlines()) == 1
        assert len(problem.message) < 700
    if report.guide is None and len(yaml) % 4:
        return False  # reading it again would seldom tell more, and takes as long
    guide, problems = read(text, yaml)
    assert bool(problems) == (report.guide is None)
    assert set(problems) <= set(report.errors)
    if guide is None:
        return False
    assert report.guide == guide
    assert str(guide.tree)
    assert str(guide.coverage())
    examples = [dict(answers) for _, answers in guide.examples]
    for answers in itertools.islice([{}, *examples], 3):
        walk = guide.walk(answers)
        assert str(walk)
        assert str(walk.why())
    return True
