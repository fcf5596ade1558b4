"""Guides as large as the loader takes, for the tests of speed. Each is a text and its YAML."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from written_guides import written

WORDS = """
patients with severe disease in whom treatment has failed may be offered further care when the
liver lungs bone or brain are involved and surgery is not possible before chemotherapy radiation
therapy after informed consent of both physicians unless early signs improve soon
"""


def prose(statements: int, size: int, seed: int = 0) -> tuple[str, list[str]]:
    """A text of about so many letters, and the sentences of it that are to be quoted."""
    chance = random.Random(seed)
    each = max(60, size // statements)
    words_known = WORDS.split()
    sentences = []
    for number in range(statements):
        words = [f"Rule {number} says:"]
        while sum(map(len, words)) + len(words) < each:
            words.append(chance.choice(words_known))
        sentences.append(" ".join(words) + ".")
    return sentences


def guide(
    statements: int = 2_000,
    size: int = 1_000_000,
    factors: int = 12,
    options: int = 30,
    spread: int = 12,
    asks: tuple[int, int] = (3, 6),
    verbs: tuple[str, ...] = ("offer", "offer", "prefer"),
    quote: Callable[[int, str], object] = lambda number, sentence: sentence[:80],
    **more: object,
) -> tuple[str, str]:
    """Every statement quotes a sentence, names an option and asks so many factors.

    `spread`: of how many factors those on one option speak; of few, so that the tree is small.
    """
    chance = random.Random(statements)
    sentences = prose(statements, size)
    names = [f"f{i}" for i in range(factors)]
    head = "".join(f"Ask {name}.\n" for name in names)
    head += "".join(f"Take choice {i}.\n" for i in range(options))
    made = {
        "title": "Large?",
        "factors": {id: {"question": f"{id}?", "quote": f"Ask {id}."} for id in names},
        "options": {
            f"o{i}": {"name": f"choice {i}", "quote": f"Take choice {i}."} for i in range(options)
        },
        "statements": {},
    }
    for number, sentence in enumerate(sentences):
        option = number % options
        about = [names[(option + k) % factors] for k in range(spread)]
        asked = chance.sample(about, chance.randint(*asks))
        made["statements"][f"s{number}"] = {
            "quote": quote(number, sentence),
            "when": {id: chance.choice(("yes", "no")) for id in asked},
            chance.choice(verbs): f"o{option}",
        }
    made |= more
    return head + "\n".join(sentences) + "\n", written(made)


# About so many nodes, and what makes a tree of them.
SIZES: dict[int, tuple[int, int, int, tuple[int, int]]] = {
    10: (5, 6, 2, (1, 2)),
    # Large ones decide one option: several would be trees of their own.
    100: (11, 18, 1, (2, 4)),
    1_000: (16, 40, 1, (3, 5)),
    3_000: (18, 60, 1, (3, 5)),
}


def write_guide(folder: Path, nodes: int) -> Path:
    """A folder with a guide whose tree has about so many nodes: one of `SIZES`."""
    factors, statements, options, asks = SIZES[nodes]
    text, data = guide(statements, 3_000, factors, options, factors, asks)
    folder.mkdir(parents=True)
    (folder / "text.txt").write_text(text, encoding="utf-8")
    (folder / "guide.yaml").write_text(data, encoding="utf-8")
    return folder


PAIRS = 14


def far_apart(pairs: int = PAIRS) -> tuple[str, str]:
    """Any of these pairs makes tea, and the second of all pairs are asked after the first.

    At that place any of 2 ** pairs ways to answer the first has to be remembered, so that the
    diagram of tea has 2 ** (pairs + 1) nodes, whatever makes it.
    """
    numbers = range(pairs)
    names = [f"{letter}{number}" for letter in "ab" for number in numbers]
    made = {
        "title": "?",
        "factors": {name: {"question": f"{name}?", "quote": "If it rains"} for name in names},
        "options": {
            "tea": {"name": "tea", "quote": "drink tea"},
            "milk": {"name": "milk", "quote": "Take milk"},
        },
        "statements": {
            "s": {
                "quote": "If it rains, drink tea",
                "any": [{f"a{i}": "yes", f"b{i}": "yes"} for i in numbers],
                "offer": "tea",
            },
            "t": {"quote": "Take milk on Sundays", "when": {"a0": "yes"}, "prefer": "milk"},
        },
    }
    return "If it rains, drink tea. Take milk on Sundays.", written(made)
